//! `gouji rules`: the table of all rules, the trial of their examples, their pages as documentation.

mod docs;
mod test;

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use gouji_core::rules::Book;
use gouji_core::verdict::finding::Locale;

use super::Ending;
use crate::args::{Format, RulesCommand};
use crate::human::notice;
use crate::projects::Projects;
use crate::{human, json};

/// Prints code, severity and name of every rule, those of the folder where the program was started included; or does
/// with them what else is asked.
pub fn rules(command: Option<&RulesCommand>, format: Format, locale: Locale) -> io::Result<Ending> {
    match command {
        Some(RulesCommand::Test { path, all }) => return test::test(path, *all, locale),
        Some(RulesCommand::Docs { write, check }) => return docs::docs(write.as_deref(), check.as_deref(), locale),
        None => {}
    }
    let book = own_book(locale);
    match format {
        Format::Human => anstream::stdout().lock().write_all(human::book(book.pages(), locale).as_bytes())?,
        Format::Json => json::print(&json::Report::rules(&book, locale))?,
    }
    Ok(Ending::Done)
}

/// The embedded pages and those of the folder where the program was started; what is wrong with these is said.
pub fn own_book(locale: Locale) -> Arc<Book> {
    let projects = Projects::default();
    let project = projects.of_folder(Path::new("."));
    projects.complaints(&[]).iter().for_each(|said| notice::complain(said, locale));
    project.map_or_else(|| Arc::clone(Book::embedded()), |project| Arc::clone(project.book()))
}
