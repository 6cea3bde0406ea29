//! A workspace's own rule pages.

use std::path::Path;

use gouji_core::finding::{Complaint, Message, Severity};
use gouji_core::rules::{Book, Page};
use gouji_core::text::Span;

use crate::files::Files;
use crate::keys::PAGES;
use crate::project::Source;

/// The pages beside a folder's `gouji.toml` and the book they make with the embedded ones.
pub fn read(folder: &Path, files: &dyn Files) -> (Vec<Source>, Book) {
    let mut paths = files.list(&folder.join(PAGES));
    paths.retain(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md")));
    paths.sort();
    let mut sources = Vec::new();
    let mut pages: Vec<Page> = Vec::new();
    for path in paths {
        let Some(mut source) = Source::read(path, files) else { continue };
        let (page, mut complaints) = Page::check(&source.text);
        if let Some(page) = page {
            let others = pages.iter().chain(Book::embedded().pages());
            match refusal(&page.code, others) {
                None => {
                    source.code = Some(page.code.clone());
                    pages.push(page);
                }
                Some(message) => {
                    let at = code_place(&source.text, &page.code);
                    complaints.push(Complaint { at, severity: Severity::Error, message });
                }
            }
        }
        source.complaints.extend(complaints);
        sources.push(source);
    }
    (sources, Book::with(pages))
}

/// Why a page may not have a code.
fn refusal<'p>(code: &str, mut others: impl Iterator<Item = &'p Page>) -> Option<Message> {
    let digits = code.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let is_code = !digits.is_empty() && digits.len() < code.len() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_code {
        return Some(Message::new(
            format!("规则代码 {code} 应为大写字母加数字，如 X01"),
            format!("the code {code} is to be capital letters and digits such as X01"),
        ));
    }
    let taken = others.find(|page| page.code.eq_ignore_ascii_case(code))?;
    Some(Message::new(
        format!("规则代码 {code} 已有：{}；请另用代码，如 X01", taken.name.zh),
        format!("the code {code} is that of “{}”; use another such as X01", taken.name.en),
    ))
}

fn code_place(text: &str, code: &str) -> Span {
    let quoted = [format!("\"{code}\""), format!("'{code}'")];
    let at = quoted.iter().find_map(|quoted| Some((text.find(quoted.as_str())?, quoted.len())));
    at.map_or(Span::new(0, 3.min(text.len())), |(start, length)| Span::new(start, start + length))
}
