//! `gouji.toml`, with a page of one's own beside it: what is wrong is said at its place, the rest counts, and an entry can
//! be added.

use std::io;
use std::path::{Path, PathBuf};

use gouji_core::Document;
use gouji_project::{Date, FILE, Files, PAGES, Project, Scope, added};

use super::holds::{holds, inside};

/// The document that is checked by it.
const SAMPLE: &str = include_str!("../../../fixtures/sentences/qinghe-faulty.txt");
/// What stands between `gouji.toml` and the page, where there is one.
const BORDER: &str = "\n%%%%\n";

struct Folder<'a> {
    config: &'a str,
    page: Option<&'a str>,
}

impl Files for Folder<'_> {
    fn read(&self, path: &Path) -> io::Result<Option<String>> {
        Ok(if path == folder().join(FILE) {
            Some(self.config.to_owned())
        } else if path == own_page() {
            self.page.map(str::to_owned)
        } else {
            None
        })
    }

    fn list(&self, asked: &Path) -> Vec<PathBuf> {
        if asked == folder().join(PAGES) && self.page.is_some() { vec![own_page()] } else { Vec::new() }
    }
}

fn folder() -> PathBuf {
    PathBuf::from("/公开")
}

fn own_page() -> PathBuf {
    folder().join(PAGES).join("X01.md")
}

/// Reads the word of a folder and checks a document by it.
pub fn config(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (config, page) = text.split_once(BORDER).map_or((&*text, None), |(config, page)| (config, Some(page)));
    let project = Project::read(&folder(), &Folder { config, page }, Date::today());
    for source in project.sources() {
        for own in &source.complaints {
            inside(&source.text, own.at, &own.message.zh);
            let _ = source.place(own.at.start);
        }
    }
    let file = folder().join("乡镇/预算.txt");
    let terms = project.terms(&file);
    let document = Document::open_with(SAMPLE, terms.selection);
    holds(&document);
    let Some(finding) = document.analysis().findings().first() else { return };
    for scope in [Scope::Finding, Scope::File, Scope::Project] {
        // That it is read as before with one entry more is asserted by `added` itself, which else adds nothing.
        let more = added(config, &finding.key, scope, &project.below(&file), project.book());
        let Some(more) = more else { continue };
        let longer = format!("{config}{more}");
        let again = Project::read(&folder(), &Folder { config: &longer, page }, Date::today());
        let shown = Document::open_with(SAMPLE, again.terms(&file).selection);
        assert!(shown.analysis().findings().iter().all(|own| own.key != finding.key), "hidden: {:?}", finding.key);
    }
}
