//! What folders say of checking (`gouji.toml`, pages of one's own): read once, forgotten when it changes, its mistakes
//! published. A file that is open counts as it stands in the editor.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::SystemTime;

use gouji_core::finding::Complaint;
use gouji_core::rules::{Book, Selection};
use gouji_core::text::Text;
use gouji_project::{Date, Disk, FILE, Files, PAGES, Project, Source};
use serde_json::{Value, json};

use super::Session;
use super::slot::{Slot, Snapshot};
use crate::to_proto;
use crate::uri;

/// What is known of folders.
#[derive(Default)]
pub struct Words {
    /// By the folder of a document.
    by_folder: HashMap<PathBuf, Known>,
}

#[derive(Clone)]
struct Known {
    project: Option<Arc<Project>>,
    /// How its files were when they were read; kept where the client tells of no changes.
    stamp: Vec<(PathBuf, Option<SystemTime>)>,
}

/// The disk, with the words that are open in front of it.
struct Desk(HashMap<PathBuf, Text>);

impl Files for Desk {
    fn read(&self, path: &Path) -> io::Result<Option<String>> {
        match self.0.get(path) {
            Some(text) => Ok(Some(text.to_string())),
            None => Disk.read(path),
        }
    }

    fn list(&self, folder: &Path) -> Vec<PathBuf> {
        Disk.list(folder)
    }
}

/// Is this the canonical URI of a file that says how others are checked, and is no document?
pub fn is_one(canonical: &str) -> bool {
    let Some(path) = uri::path(canonical) else { return false };
    path.file_name().is_some_and(|name| name == FILE)
        || path.extension().is_some_and(|ending| ending == "md")
            && path.parent().is_some_and(|own| own.ends_with(PAGES))
}

impl Session {
    fn words(&self) -> MutexGuard<'_, Words> {
        self.words.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The folder whose word counts for a file. Reads the disk the first time; from then on what is known counts, so that
    /// no keystroke waits for a disk.
    pub fn project(&self, file: &Path) -> Option<Arc<Project>> {
        let beside = file.parent()?.to_owned();
        if let Some(known) = self.words().by_folder.get(&beside) {
            return known.project.clone();
        }
        let desk = Desk(self.documents().words());
        let folder = Project::folder_of(file, &desk);
        let project = folder.map(|folder| Arc::new(Project::read(&folder, &desk, Date::today())));
        let stamp = if self.settings().watches { Vec::new() } else { stamp(file, project.as_deref()) };
        self.words().by_folder.insert(beside, Known { project: project.clone(), stamp });
        project
    }

    /// Looks whether what counts for a file has changed on the disk, where the client tells of no changes.
    pub(super) fn look_again(&self, canonical: &str) {
        let Some(file) = uri::path(canonical).filter(|_| !self.settings().watches) else { return };
        let known = file.parent().and_then(|beside| self.words().by_folder.get(beside).cloned());
        if known.is_some_and(|known| stamp(&file, known.project.as_deref()) != known.stamp) {
            self.forget_words();
        }
    }

    /// What a document is checked by, and who says so.
    pub(super) fn terms(&self, canonical: &str) -> (Option<Arc<Project>>, Selection) {
        let file = uri::path(canonical);
        let project = file.as_ref().and_then(|file| self.project(file));
        let terms = file.zip(project.as_ref()).map(|(file, project)| project.terms(&file)).unwrap_or_default();
        let checked = terms.check && !is_one(canonical);
        let selection = if checked { terms.selection } else { terms.selection.and_none() };
        (project, self.preferences().applied(selection))
    }

    /// Is this the canonical URI of a file that says how others are checked?
    pub fn is_word(&self, canonical: &str) -> bool {
        is_one(canonical)
    }

    /// Something that folders say has changed: everything open is looked at anew.
    pub fn forget_words(&self) {
        self.words().by_folder.clear();
        self.refresh();
        self.disk.restate();
    }

    /// The page of a code, of one's own too.
    pub fn book_with(&self, code: &str) -> Arc<Book> {
        let words = self.words();
        let books = words.by_folder.values().filter_map(|known| known.project.as_ref()).map(|project| project.book());
        let own = books.into_iter().find(|book| book.page(code).is_some()).cloned();
        own.unwrap_or_else(|| Arc::clone(Book::embedded()))
    }

    /// Forgets what the folder of a closed document says, unless another document of it is open.
    pub(super) fn leave_folder(&self, canonical: &str) {
        let Some(path) = uri::path(canonical) else { return };
        let Some(folder) = path.parent() else { return };
        if !self.open_files().iter().any(|(file, _)| file.parent() == Some(folder)) {
            self.words().by_folder.remove(folder);
        }
    }

    /// The text of a file as it stands: in the editor, with its version, or on the disk.
    pub fn standing(&self, path: &Path) -> Option<(Text, Option<i32>)> {
        if let Some((text, version)) = self.documents().versioned(path) {
            return Some((text, Some(version)));
        }
        Some((Text::new(&Disk.read(path).ok()??), None))
    }

    /// Publishes what is wrong with what the folders of open documents say, where that has changed.
    pub(super) fn complain(&self) {
        if self.settings().pulls {
            return;
        }
        // Kept to the end: whoever looks later tells later, and of what is then the case.
        let mut published = self.complained.lock().unwrap_or_else(PoisonError::into_inner);
        let open = self.open_files();
        let projects: BTreeMap<PathBuf, Arc<Project>> = {
            let words = self.words();
            let known = open.iter().filter_map(|(file, _)| words.by_folder.get(file.parent()?)?.project.clone());
            known.map(|project| (project.folder.clone(), project)).collect()
        };
        let mut now: BTreeMap<String, Value> = BTreeMap::new();
        for project in projects.values() {
            for source in project.sources() {
                let said = self.said_of(project, source, &open);
                if !said.is_empty() {
                    let key = uri::of_path(&source.path);
                    now.insert(self.spelling(&key).unwrap_or(key), json!(said));
                }
            }
        }
        let gone: Vec<String> = published.keys().filter(|uri| !now.contains_key(*uri)).cloned().collect();
        let news = now.iter().filter(|(uri, said)| published.get(*uri) != Some(said));
        let news = news.map(|(uri, said)| (uri.clone(), said.clone()));
        for (uri, diagnostics) in news.chain(gone.into_iter().map(|uri| (uri, json!([])))) {
            self.tell("textDocument/publishDiagnostics", &json!({"uri": uri, "diagnostics": diagnostics}));
        }
        *published = now;
    }

    /// What is wrong with a file by which a folder says how others are checked, for clients that ask.
    pub fn mistakes(&self, canonical: &str) -> Vec<Value> {
        let Some(path) = uri::path(canonical) else { return Vec::new() };
        let Some(project) = self.project(&path) else { return Vec::new() };
        let source = project.sources().find(|source| source.path == path);
        source.map(|source| self.said_of(&project, source, &self.open_files())).unwrap_or_default()
    }

    fn open_files(&self) -> Vec<(PathBuf, Arc<Slot>)> {
        let slots = self.documents().slots().into_iter();
        slots.filter_map(|slot| Some((uri::path(slot.uri.as_str())?, slot))).collect()
    }

    fn said_of(&self, project: &Arc<Project>, source: &Source, open: &[(PathBuf, Arc<Slot>)]) -> Vec<Value> {
        let is_file = project.file.as_ref().is_some_and(|file| file.path == source.path);
        let unused = if is_file { unused(project, open) } else { Vec::new() };
        source.complaints.iter().chain(&unused).map(|complaint| self.said(source, complaint)).collect()
    }

    fn said(&self, source: &Source, complaint: &Complaint) -> Value {
        let (text, settings) = (Text::new(&source.text), self.settings());
        let position = |offset: usize| {
            let at = text.position(offset.min(text.len()), settings.encoding);
            json!({"line": at.line, "character": at.column})
        };
        json!({
            "range": {"start": position(complaint.at.start), "end": position(complaint.at.end)},
            "severity": to_proto::severity(complaint.severity),
            "source": "gouji",
            "message": complaint.message.in_locale(self.locale()),
        })
    }
}

/// The entries of which enough is open to say that they hide nothing.
fn unused(project: &Arc<Project>, open: &[(PathBuf, Arc<Slot>)]) -> Vec<Complaint> {
    let seen: Vec<(&PathBuf, Arc<Snapshot>)> = open
        .iter()
        .filter_map(|(file, slot)| Some((file, slot.latest()?)))
        .filter(|(_, seen)| judged_by(seen, project))
        .collect();
    let mut out = Vec::new();
    for entry in project.suppressions() {
        let (mut about, mut used) = (false, false);
        for (file, snapshot) in &seen {
            let Some(document) = &snapshot.document else { continue };
            let analysis = document.analysis();
            let Some(identity) = analysis.identity() else { continue };
            about |= project.is_about(entry, file, identity.body.as_deref(), identity.year);
            used |= analysis.suppressed().iter().any(|(number, _)| *number == entry.suppression.number);
        }
        if about && !used {
            out.push(Project::unused(entry));
        }
    }
    out
}

/// The numbers of entries are those of one reading of the file.
fn judged_by(snapshot: &Snapshot, project: &Arc<Project>) -> bool {
    snapshot.project.as_ref().is_some_and(|own| Arc::ptr_eq(own, project))
}

/// When the files were written that count for a file, or would count if they were there.
fn stamp(file: &Path, project: Option<&Project>) -> Vec<(PathBuf, Option<SystemTime>)> {
    let written = |path: &Path| std::fs::metadata(path).and_then(|data| data.modified()).ok();
    let top = project.map(|project| project.folder.clone());
    let mut out = Vec::new();
    for folder in file.ancestors().skip(1).take(64) {
        let pages = folder.join(PAGES);
        let mut files = Disk.list(&pages);
        files.sort();
        files.extend([folder.join(FILE), pages]);
        out.extend(files.into_iter().map(|path| (written(&path), path)).map(|(time, path)| (path, time)));
        if top.as_deref() == Some(folder) {
            break;
        }
    }
    out
}
