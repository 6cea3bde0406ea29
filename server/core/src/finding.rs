//! What the user sees.

use std::fmt;
use std::sync::Arc;

use crate::text::{Span, Spot};

/// How sure a finding is, and how loudly it is said (RULES.md §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A contradiction that no rounding explains.
    Error,
    /// Most probably wrong.
    Warning,
    /// Worth knowing.
    Info,
    /// A rounding difference or a matter of style.
    Hint,
}

impl Severity {
    /// The word of the JSON contract: `error`, `warning`, `info`, `hint`.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
            Severity::Hint => "hint",
        }
    }

    /// All of them, the worst first.
    pub const ALL: [Self; 4] = [Severity::Error, Severity::Warning, Severity::Info, Severity::Hint];

    /// The severity of a word of the contract.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.word() == word)
    }

    /// The word in a language.
    pub const fn in_locale(self, locale: Locale) -> &'static str {
        match (locale, self) {
            (Locale::English, _) => self.word(),
            (Locale::Chinese, Severity::Error) => "错误",
            (Locale::Chinese, Severity::Warning) => "警告",
            (Locale::Chinese, Severity::Info) => "信息",
            (Locale::Chinese, Severity::Hint) => "提示",
        }
    }
}

/// The languages that user-facing text exists in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Locale {
    /// 中文.
    #[default]
    Chinese,
    /// English.
    English,
}

/// One text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Message {
    /// 中文.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Message {
    /// Both texts.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The text in a language.
    pub fn in_locale(&self, locale: Locale) -> &str {
        match locale {
            Locale::Chinese => &self.zh,
            Locale::English => &self.en,
        }
    }
}

/// What is wrong with something the user wrote for us to read: a configuration, a page of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Where, in its file.
    pub at: Span,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, and what is expected.
    pub message: Message,
}

/// Which other file a place stands in, and where there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The file, as those name it who gave it to the engine: a path, a URI.
    pub file: Arc<str>,
    /// The place in lines and columns: the text of that file may not be at hand.
    pub spot: Spot,
}

/// A place that is evidence for a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where, in the same document, or in the file of `elsewhere`.
    pub span: Span,
    /// The other file, where it stands in one.
    pub elsewhere: Option<Elsewhere>,
    /// The printed text there.
    pub text: String,
    /// What that place is.
    pub message: Message,
}

/// A replacement of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub new_text: String,
}

/// A repair that the evidence supports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an editor's menu shows it: 改为 148.61.
    pub title: Message,
    /// True where the evidence leaves no other repair.
    pub preferred: bool,
    /// The edits, in order of place, none overlapping.
    pub edits: Vec<Edit>,
}

/// What a finding is about, free of place and wording: it stays the same whatever is edited elsewhere. Suppressions name
/// its parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Key {
    /// Rule code.
    pub rule: String,
    /// Whose disclosure.
    pub body: Option<String>,
    /// Of what year.
    pub year: Option<u16>,
    /// The table; empty outside tables.
    pub table: String,
    /// The row with its 科目, the measure, or what the rule looks at.
    pub what: String,
    /// The column, where there is one.
    pub column: String,
}

impl fmt::Display for Key {
    /// In one line, all parts in order: `IN06/某县水务局/2025/部门预算支出总表/213 农林水支出/合计`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, body, year, table, what, column } = self;
        write!(f, "{rule}/{}/", body.as_deref().unwrap_or_default())?;
        year.map_or(Ok(()), |year| write!(f, "{year}"))?;
        write!(f, "/{table}/{what}/{column}")
    }
}

/// One contradiction, at the place that is at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Rule code: `AS01`.
    pub rule: String,
    /// Short name of the rule.
    pub name: Message,
    /// How sure.
    pub severity: Severity,
    /// The evidence in one sentence, figures filled in.
    pub message: Message,
    /// The place at fault.
    pub span: Span,
    /// The printed text there.
    pub text: String,
    /// The evidence, in order of weight.
    pub related: Vec<Related>,
    /// Repairs, the likeliest first.
    pub fixes: Vec<Fix>,
    /// What it is about.
    pub key: Key,
}

impl Finding {
    /// Does it stand at a place, or would a repair of it change something there?
    pub fn concerns(&self, span: Span) -> bool {
        let mut edits = self.fixes.iter().flat_map(|fix| &fix.edits);
        self.span.meets(span) || edits.any(|edit| edit.span.meets(span))
    }
}
