//! What is said on the standard error beside the output: files that were not read, and how the others were.

use std::io::Write;
use std::time::Duration;

use gouji_core::document::mend::Made;
use gouji_core::verdict::finding::{Locale, Message, Severity};

use super::Tally;
use super::cells::plain;
use super::words::{self, REPAIR, say};
use crate::projects::Said;
use crate::survey::Opened;
use gouji_project::Place;

/// What is worth a note about a document that was read.
pub fn of(opened: &Opened) -> Vec<Message> {
    let mut notices = Vec::new();
    if opened.script.encoding != "UTF-8" {
        let name = opened.script.encoding;
        notices.push(Message::new(format!("按 {name} 编码读取"), format!("read as {name}")));
    }
    if opened.document.text().is_empty() && !opened.excluded {
        notices.push(Message::new("文件为空", "is empty"));
    }
    notices
}

/// Prints notes on a file.
pub fn tell(path: &str, notices: &[Message], locale: Locale) {
    for notice in notices {
        let (word, colon) = (say(locale, "说明", "note"), say(locale, "：", ": "));
        let _ = writeln!(anstream::stderr(), "{word}{colon}{}{colon}{}", plain(path), notice.in_locale(locale));
    }
}

/// Prints what was changed in a file.
pub fn changed(path: &str, change: &Made, locale: Locale) {
    let (word, colon) = (say(locale, "已改", "changed"), say(locale, "：", ": "));
    let Made { position, rule, text, title } = change;
    let (line, column) = (position.line + 1, position.column + 1);
    let (path, text, title) = (plain(path), plain(text), plain(title.in_locale(locale)));
    let _ = writeln!(
        anstream::stderr(),
        "{REPAIR}{word}{REPAIR:#}{colon}{path}:{line}:{column}{colon}{rule} {text}{colon}{title}"
    );
}

/// Prints how much could be changed, where nothing was.
pub fn changeable(changes: usize, files: usize, locale: Locale) {
    let said = match locale {
        Locale::Chinese => format!("可改 {changes} 处，涉及文件 {files} 个；未写入任何文件"),
        Locale::English => format!("changes to be made: {changes}, in {files} files; nothing was written"),
    };
    let _ = writeln!(anstream::stderr(), "{said}");
}

/// Prints how fast it went.
pub fn stats(sum: &Tally, took: Duration, locale: Locale) {
    let _ = writeln!(anstream::stderr(), "{}", super::stats(sum, took, locale));
}

/// Prints why a file was not written.
pub fn unwritten(path: &str, reason: &Message, locale: Locale) {
    let (style, colon) = (words::colour(Severity::Error), say(locale, "：", ": "));
    let (word, reason) = (say(locale, "未写入", "not written"), plain(reason.in_locale(locale)));
    let _ = writeln!(anstream::stderr(), "{style}{word}{style:#}{colon}{}{colon}{reason}", plain(path));
}

/// Prints what is wrong with what a folder says.
pub fn complain(said: &Said, locale: Locale) {
    let severity = said.complaint.severity;
    let (style, colon) = (words::colour(severity), say(locale, "：", ": "));
    let (word, message) = (severity.in_locale(locale), plain(said.complaint.message.in_locale(locale)));
    let (path, Place { line, column }) = (plain(&said.path), said.place);
    let _ = writeln!(anstream::stderr(), "{style}{word}{style:#}{colon}{path}:{line}:{column}{colon}{message}");
}

/// Prints why a file was not read.
pub fn refuse(path: &str, reason: &Message, locale: Locale) {
    let (style, colon) = (words::colour(Severity::Error), say(locale, "：", ": "));
    let (word, reason) = (say(locale, "未检查", "not checked"), plain(reason.in_locale(locale)));
    let _ = writeln!(anstream::stderr(), "{style}{word}{style:#}{colon}{}{colon}{reason}", plain(path));
}
