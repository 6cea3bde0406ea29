//! What the documentation shows is read without a complaint.

use std::path::Path;

use gouji_core::document::examples::failures;
use gouji_core::rules::{Book, Page, Selection};
use gouji_project::{Date, Disk, FILE, Project};

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    std::fs::read_to_string(path).expect("a page of the documentation")
}

/// The fenced blocks of a language.
fn blocks(text: &str, fence: &str, language: &str) -> Vec<String> {
    let open = format!("\n{fence}{language}\n");
    let close = format!("\n{fence}");
    let each = text.split(open.as_str()).skip(1).map(|rest| rest.split(close.as_str()).next().unwrap_or_default());
    each.map(|block| format!("{block}\n")).collect()
}

#[test]
fn the_examples_of_gouji_toml_are_right() {
    let all = blocks(&page("configuration.md"), "```", "toml");
    assert!(all.len() >= 3);
    for text in all {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join(FILE), &text).expect("a file");
        let project = Project::read(folder.path(), &Disk, Date { year: 2026, month: 1, day: 1 });
        assert_eq!(project.file.expect("a file").complaints, [], "{text}");
    }
}

#[test]
fn the_page_that_is_shown_holds() {
    let all = blocks(&page("formulas.md"), "````", "markdown");
    assert_eq!(all.len(), 1);
    let (page, complaints) = Page::check(&all[0]);
    assert_eq!(complaints, []);
    let page = page.expect("a page");
    let selection = Selection::of(std::sync::Arc::new(Book::with([page.clone()])));
    assert_eq!(failures(&page.code, &selection), []);
}
