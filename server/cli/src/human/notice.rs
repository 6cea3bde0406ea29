//! What is said on the standard error beside the output: files that were not read, and how the others were.

use std::io::Write;

use gouji_core::verdict::finding::{Locale, Message};

use super::cells::plain;
use super::words::{self, say};
use crate::survey::Opened;
use gouji_core::verdict::finding::Severity;

/// What is worth a note about a document that was read.
pub fn of(opened: &Opened) -> Vec<Message> {
    let mut notices = Vec::new();
    if opened.encoding != "UTF-8" {
        let name = opened.encoding;
        notices.push(Message::new(format!("按 {name} 编码读取"), format!("read as {name}")));
    }
    if opened.document.text().is_empty() {
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

/// Prints why a file was not read.
pub fn refuse(path: &str, reason: &Message, locale: Locale) {
    let (style, colon) = (words::colour(Severity::Error), say(locale, "：", ": "));
    let (word, reason) = (say(locale, "未检查", "not checked"), plain(reason.in_locale(locale)));
    let _ = writeln!(anstream::stderr(), "{style}{word}{style:#}{colon}{}{colon}{reason}", plain(path));
}
