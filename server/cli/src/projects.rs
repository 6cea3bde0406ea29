//! What the folders of the documents say of checking: read once each, and what is to be said of it in the end.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use gouji_core::document::Analysis;
use gouji_core::finding::Complaint;
use gouji_core::rules::Book;
use gouji_project::{Date, Disk, FILE, Project, Source, Terms};

/// So many folders of documents are remembered: more are only asked again.
const FOLDERS: usize = 4096;

/// The folders that were asked.
#[derive(Default)]
pub struct Projects {
    known: Mutex<Known>,
    /// The entries of `[[suppress]]` that hid something, by folder and number.
    used: Mutex<BTreeSet<(PathBuf, usize)>>,
}

/// What has been asked for.
#[derive(Default)]
struct Known {
    /// By the folder of a document: which project counts there. Forgotten when there are too many.
    counting: HashMap<PathBuf, Option<Arc<Project>>>,
    /// By its own folder. All of them are kept: what is wrong with them is said at the end.
    projects: BTreeMap<PathBuf, Arc<Project>>,
}

/// A complaint, where it is and whether its file could be read at all.
pub struct Said {
    /// The file as it is shown.
    pub path: String,
    /// Line and column, from 1.
    pub place: gouji_project::Place,
    /// What is wrong.
    pub complaint: Complaint,
    /// The file is there and cannot be read.
    pub unreadable: bool,
}

impl Projects {
    /// The folder whose word counts for a file.
    pub fn of(&self, file: &Path) -> Option<Arc<Project>> {
        let file = real(file);
        let beside = file.parent()?.to_owned();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(project) = known.counting.get(&beside) {
            return project.clone();
        }
        let project = Project::folder_of(&file, &Disk).map(|folder| {
            let read = |folder: &Path| Arc::new(Project::read(folder, &Disk, Date::today()));
            Arc::clone(known.projects.entry(folder).or_insert_with_key(|folder| read(folder)))
        });
        if known.counting.len() >= FOLDERS {
            known.counting.clear();
        }
        known.counting.insert(beside, project.clone());
        project
    }

    /// The folder whose word counts for the files of one.
    pub fn of_folder(&self, folder: &Path) -> Option<Arc<Project>> {
        self.of(&folder.join(FILE))
    }

    /// What a file is checked by.
    pub fn terms(&self, file: &Path) -> Terms {
        let file = real(file);
        self.of(&file).map(|project| project.terms(&file)).unwrap_or_default()
    }

    /// The books of those folders that were asked, the embedded one first.
    pub fn books(&self) -> Vec<Arc<Book>> {
        let own = self.all().into_values().map(|project| Arc::clone(project.book()));
        std::iter::once(Arc::clone(Book::embedded())).chain(own).collect()
    }

    /// Notes which entries hid something in a document.
    pub fn note(&self, file: &Path, analysis: &Analysis) {
        if analysis.suppressed().is_empty() {
            return;
        }
        if let Some(project) = self.of(file) {
            let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
            used.extend(analysis.suppressed().iter().map(|(number, _)| (project.folder.clone(), *number)));
        }
    }

    /// All that is wrong with what the folders say. Entries that hid nothing are among it where all documents of their
    /// folder were looked at, by all rules.
    pub fn complaints(&self, searched: &[PathBuf]) -> Vec<Said> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let searched: Vec<PathBuf> = searched.iter().map(|path| whole(path)).collect();
        let mut out = Vec::new();
        for (folder, project) in self.all() {
            out.extend(project.sources().flat_map(of_source));
            let (Some(file), true) = (&project.file, searched.iter().any(|path| folder.starts_with(path))) else {
                continue;
            };
            let unused = project.suppressions().filter(|own| !used.contains(&(folder.clone(), own.suppression.number)));
            out.extend(unused.map(|entry| said(file, Project::unused(entry))));
        }
        out.sort_by(|a, b| (&a.path, a.place.line, a.place.column).cmp(&(&b.path, b.place.line, b.place.column)));
        out
    }

    fn all(&self) -> BTreeMap<PathBuf, Arc<Project>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).projects.clone()
    }
}

/// What is wrong with one file.
pub fn of_source(source: &Source) -> Vec<Said> {
    source.complaints.iter().map(|own| said(source, own.clone())).collect()
}

fn said(source: &Source, complaint: Complaint) -> Said {
    // Shown as the documents are: from the folder where the program was started, if it is below that.
    let here = whole(Path::new("."));
    let path = source.path.strip_prefix(&here).unwrap_or(&source.path).display().to_string();
    Said { path, place: source.place(complaint.at.start), unreadable: source.unreadable, complaint }
}

/// A path that has one spelling: two documents of a folder are in one folder, however they were named.
fn whole(path: &Path) -> PathBuf {
    let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.canonicalize().unwrap_or_else(|_| absolute())
}

/// A file in its folder, whether it is there or not.
fn real(file: &Path) -> PathBuf {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    file.file_name().map_or_else(|| whole(file), |name| whole(parent).join(name))
}
