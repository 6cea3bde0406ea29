//! A folder with its word on checking, and what follows from it for a document.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gouji_core::finding::{Complaint, Message, Severity};
use gouji_core::rules::{Book, Selection};
use gouji_core::text::{Encoding, Span, Text};

use crate::config::{Config, Entry};
use crate::date::Date;
use crate::files::Files;
use crate::keys::{FILE, PAGES};
use crate::{own, read};

/// A file of the user's words: `gouji.toml`, or a page.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// What is wrong with it, in order of place.
    pub complaints: Vec<Complaint>,
    /// It is there and could not be read.
    pub unreadable: bool,
    /// The code under which a page was taken into the book.
    pub code: Option<String>,
}

/// Line and column of a place, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

impl Source {
    /// Reads a file; none where there is none.
    pub(crate) fn read(path: PathBuf, files: &dyn Files) -> Option<Self> {
        match files.read(&path) {
            Ok(text) => text.map(|text| Self { path, text, ..Self::default() }),
            Err(error) => {
                let message = Message::new(format!("未能读取：{error}"), format!("cannot be read: {error}"));
                let complaint = Complaint { at: Span::default(), severity: Severity::Error, message };
                Some(Self { path, complaints: vec![complaint], unreadable: true, ..Self::default() })
            }
        }
    }

    /// Where an offset is.
    pub fn place(&self, offset: usize) -> Place {
        let position = Text::new(&self.text).position(offset, Encoding::Utf32);
        Place { line: position.line + 1, column: position.column + 1 }
    }
}

/// A folder with its word on checking.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder.
    pub folder: PathBuf,
    /// `gouji.toml`; none where the folder has only pages.
    pub file: Option<Source>,
    /// The pages.
    pub pages: Vec<Source>,
    book: Arc<Book>,
    config: Config,
    today: Date,
}

/// What a document is checked by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// False where it is not to be checked.
    pub check: bool,
    /// The lowest severity that is shown.
    pub floor: Severity,
    /// Rules, severities, suppressions, unit.
    pub selection: Selection,
}

impl Default for Terms {
    fn default() -> Self {
        Self { check: true, floor: Severity::Hint, selection: Selection::default() }
    }
}

impl Project {
    /// The folder whose word counts for a file: the nearest at or above its own that has a `gouji.toml` or pages.
    pub fn folder_of(file: &Path, files: &dyn Files) -> Option<PathBuf> {
        let has_word = |folder: &&Path| {
            !matches!(files.read(&folder.join(FILE)), Ok(None)) || !files.list(&folder.join(PAGES)).is_empty()
        };
        // Deeper than any folder a person works in.
        file.ancestors().skip(1).take(64).find(has_word).map(Path::to_owned)
    }

    /// Reads a folder's word. What is wrong with it is complained of, the rest counts.
    pub fn read(folder: &Path, files: &dyn Files, today: Date) -> Self {
        let (pages, book) = own::read(folder, files);
        let mut file = Source::read(folder.join(FILE), files);
        let (config, complaints) = read::read(file.as_ref().map_or("", |file| &file.text), &book, today);
        if let Some(file) = &mut file {
            file.complaints.extend(complaints);
        }
        Self { folder: folder.to_owned(), file, pages, book: Arc::new(book), config, today }
    }

    /// The embedded pages and the folder's own.
    pub fn book(&self) -> &Arc<Book> {
        &self.book
    }

    /// The lowest severity that is to be shown, where the folder says so.
    pub fn floor(&self) -> Option<Severity> {
        self.config.floor
    }

    /// What a file below the folder is checked by.
    pub fn terms(&self, file: &Path) -> Terms {
        let config = &self.config;
        let below = self.below(file);
        let mut selection = config.rules.apply(Selection::of(Arc::clone(&self.book)));
        let (mut check, mut unit) = (true, config.unit);
        for section in config.files.iter().filter(|section| section.paths.fit(&below)) {
            check = section.check.unwrap_or(check);
            unit = section.unit.or(unit);
            selection = section.rules.apply(selection);
        }
        let counting = config.suppressions.iter().filter(|entry| entry.counts(&below, self.today));
        let suppressions = counting.map(|entry| entry.suppression.clone()).collect();
        let selection = selection.with_unit(unit).with_suppressions(suppressions);
        Terms { check, floor: config.floor.unwrap_or(Severity::Hint), selection }
    }

    /// The entries of `[[suppress]]` that count today.
    pub fn suppressions(&self) -> impl Iterator<Item = &Entry> {
        self.config.suppressions.iter().filter(|entry| entry.until.is_none_or(|until| self.today <= until))
    }

    /// The path of a file below the folder, with `/`; the whole path where it is not below it.
    pub fn below(&self, file: &Path) -> String {
        let below = file.strip_prefix(&self.folder).unwrap_or(file);
        let parts = below.components().map(|part| part.as_os_str().to_string_lossy());
        parts.collect::<Vec<_>>().join("/")
    }

    /// All files of its word.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.file.iter().chain(&self.pages)
    }

    /// What is said of an entry that hides nothing.
    pub fn unused(entry: &Entry) -> Complaint {
        let rule = &entry.suppression.rule;
        let message = Message::new(
            format!("没有与此条相符的问题（{rule}），可以删去"),
            format!("nothing is suppressed by this entry ({rule}): it can be removed"),
        );
        Complaint { at: entry.at, severity: Severity::Warning, message }
    }

    /// The entry that means exactly one open file and none else, or the body and year of one: what is known of it is
    /// enough to say that an entry is not used.
    pub fn is_about(&self, entry: &Entry, file: &Path, body: Option<&str>, year: Option<u16>) -> bool {
        let own = &entry.suppression;
        match &entry.files {
            Some(files) => files.only().is_some() && files.fit(&self.below(file)),
            None => own.body.is_some() && own.year.is_some() && own.body.as_deref() == body && own.year == year,
        }
    }
}
