//! Hover on a 科目: its path in the official list, with codes.

use gouji_core::document::SubjectView;
use gouji_core::verdict::finding::Locale;

use super::Hover;

/// The path of the 科目 from its 类 down.
pub fn part(_view: &SubjectView, _locale: Locale) -> Option<Hover> {
    None
}
