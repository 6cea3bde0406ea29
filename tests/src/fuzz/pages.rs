//! Rule pages of one's own and formulas alone: what is wrong with them is said at its place, and what can be laid is laid
//! over a disclosure without harm.

use std::sync::Arc;

use gouji_core::Document;
use gouji_core::document::examples::examples;
use gouji_core::rules::formula::{self, Formula};
use gouji_core::rules::{Book, Page, Selection};

use super::holds::{holds, inside};

/// The disclosure over which formulas are laid.
const SAMPLE: &str = include_str!("../../../fixtures/md/shuiwu-faulty.md");

/// Reads a page, where the text begins like one; else a formula.
pub fn pages(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    if text.starts_with("+++") {
        page(&text);
    } else {
        alone(&text);
    }
}

fn page(text: &str) {
    let (page, complaints) = Page::check(text);
    complaints.iter().for_each(|own| inside(text, own.at, &own.message.zh));
    drop(examples(text));
    if let Some(page) = page {
        drop((page.group().to_owned(), page.below_heading().to_owned()));
        laid(page);
    }
}

fn alone(text: &str) {
    match formula::parse(text) {
        Ok(parsed) => {
            let names = Formula::references(&parsed).count();
            assert!(names <= text.len(), "no more names than bytes");
            // A page holds a formula as a string of TOML.
            if !text.contains(['"', '\\', '\n', '\r']) && !text.contains(|c: char| c.is_control()) {
                page(&format!(
                    "+++\ncode = \"X01\"\nname = \"试\"\nname_en = \"Try\"\nseverity = \"error\"\ntolerance = \"T1\"\n\
                     authority = [\"表\"]\nsince = \"0.1\"\nformula = [\"{text}\"]\n+++\n# 试\n\nIn English: a try.\n"
                ));
            }
        }
        Err(mistake) => assert!(mistake.at <= text.chars().count(), "{mistake}: within the formula"),
    }
}

fn laid(page: Page) {
    let code = page.code.clone();
    let book = Book::with([page]);
    let selection = Selection::of(Arc::new(book)).with([code.as_str()]);
    holds(&Document::open_with(SAMPLE, selection));
}
