//! Reads `gouji.toml`.

use gouji_core::catalog::Unit;
use gouji_core::finding::{Complaint, Message, Severity};
use gouji_core::rules::written::{self, Table, Value};
use gouji_core::rules::{Book, Suppression, unknown};
use gouji_core::text::Span;

use crate::config::{Choice, Config, Entry, Section};
use crate::date::Date;
use crate::globs::Globs;
use crate::keys::{self, FILES, ROOT, RULES, SUPPRESS};

/// What a text says, and what is wrong with it. Codes are those of the book.
pub fn read(text: &str, book: &Book, today: Date) -> (Config, Vec<Complaint>) {
    let mut complaints = Vec::new();
    let config =
        written::read(text, 0, &mut complaints, |root, complaints| Reader { book, today, complaints }.config(root));
    complaints.sort_by_key(|complaint| complaint.at);
    (config, complaints)
}

struct Reader<'a> {
    book: &'a Book,
    today: Date,
    complaints: &'a mut Vec<Complaint>,
}

impl Reader<'_> {
    fn config(&mut self, root: Table) -> Config {
        root.only(&keys::names(ROOT), self.complaints);
        let sections = root.get("files").map(|value| value.tables(self.complaints)).unwrap_or_default();
        let entries = root.get("suppress").map(|value| value.tables(self.complaints)).unwrap_or_default();
        let rules = root.get("rules").and_then(|value| value.table(self.complaints)).map(|table| {
            table.only(&keys::names(RULES), self.complaints);
            self.choice(table)
        });
        Config {
            floor: root.get("min_severity").and_then(|value| self.severity(value)),
            unit: self.unit(root),
            rules: rules.unwrap_or_default(),
            files: sections.into_iter().filter_map(|table| self.section(table)).collect(),
            suppressions: entries
                .into_iter()
                .enumerate()
                .filter_map(|(number, table)| self.entry(number, table))
                .collect(),
        }
    }

    fn choice(&mut self, table: Table) -> Choice {
        let severities = table.get("severity").and_then(|value| value.table(self.complaints));
        let mut choice = Choice { off: self.codes(table, "off"), on: self.codes(table, "on"), severities: Vec::new() };
        for (word, at) in severities.iter().flat_map(|table| table.keys()) {
            let severity = severities.and_then(|table| table.get(word)).and_then(|value| self.severity(value));
            let named = self.named(word, at);
            choice
                .severities
                .extend(severity.into_iter().flat_map(|own| named.iter().map(move |code| (code.clone(), own))));
        }
        choice
    }

    fn codes(&mut self, table: Table, key: &str) -> Vec<String> {
        let words = table.get(key).map(|value| value.texts(self.complaints)).unwrap_or_default();
        words.into_iter().flat_map(|(word, at)| self.named(word, at)).collect()
    }

    /// The codes that a word names.
    fn named(&mut self, word: &str, at: Span) -> Vec<String> {
        let named = self.book.named(word.trim());
        if named.is_empty() {
            self.complaints.push(Complaint { at, severity: Severity::Warning, message: unknown(word, self.book) });
        }
        named.into_iter().map(|number| self.book[number].code.clone()).collect()
    }

    fn severity(&mut self, value: Value) -> Option<Severity> {
        let severity = Severity::of_word(value.text(self.complaints)?);
        if severity.is_none() {
            value.expect(" error、warning、info 或 hint", "error, warning, info or hint", self.complaints);
        }
        severity
    }

    fn unit(&mut self, table: Table) -> Option<Unit> {
        let value = table.get("unit")?;
        let word = value.text(self.complaints)?;
        let unit = [Unit::Yuan, Unit::TenThousand, Unit::HundredMillion].into_iter().find(|unit| unit.word() == word);
        if unit.is_none() {
            value.expect("元、万元或亿元", "元, 万元 or 亿元", self.complaints);
        }
        unit
    }

    fn globs(&mut self, value: Value) -> Option<Globs> {
        let patterns = value.texts(self.complaints);
        if patterns.is_empty() {
            return None;
        }
        let mut globs = Globs::default();
        for (pattern, at) in patterns {
            if let Err(why) = globs.add(pattern) {
                let message =
                    Message::new(format!("路径的写法不对：{pattern}"), format!("not a pattern: {pattern}: {why}"));
                self.complaints.push(Complaint { at, severity: Severity::Error, message });
            }
        }
        Some(globs)
    }

    fn section(&mut self, table: Table) -> Option<Section> {
        table.only(&keys::names(FILES), self.complaints);
        let section = Section {
            paths: table.get("paths").and_then(|value| self.globs(value)).unwrap_or_default(),
            check: table.get("check").and_then(|value| value.flag(self.complaints)),
            unit: self.unit(table),
            rules: self.choice(table),
        };
        self.need(table, "paths", "哪些文件", "which files")?;
        Some(section)
    }

    fn need(&mut self, table: Table, key: &str, zh: &str, en: &str) -> Option<()> {
        if table.get(key).is_some() {
            return Some(());
        }
        let message = Message::new(format!("缺少 {key}（{zh}）"), format!("{key} is missing ({en})"));
        self.complaints.push(Complaint { at: table.at, severity: Severity::Error, message });
        None
    }

    fn entry(&mut self, number: usize, table: Table) -> Option<Entry> {
        table.only(&keys::names(SUPPRESS), self.complaints);
        self.need(table, "rule", "哪条规则", "which rule");
        let value = table.get("rule")?;
        let rule = value.text(self.complaints)?.trim().to_owned();
        if self.book.page(&rule).is_none() {
            let message = unknown(&rule, self.book);
            self.complaints.push(Complaint { at: value.at, severity: Severity::Warning, message });
        }
        let text = |key: &str, complaints: &mut Vec<Complaint>| {
            table.get(key).and_then(|value| value.text(complaints)).map(|text| text.trim().to_owned())
        };
        let reason = text("reason", self.complaints);
        if reason.is_none_or(|reason| reason.is_empty()) {
            // It counts all the same: what was accepted is not to come back because of a missing word.
            let at = table.get("reason").map_or(table.at, |value| value.at);
            let message = Message::new("请写明理由（reason）", "give a reason");
            self.complaints.push(Complaint { at, severity: Severity::Warning, message });
        }
        let date = table.get("until").and_then(|value| Some((value.at, value.date(self.complaints)?)));
        let until = date.map(|(at, (year, month, day))| (at, Date { year, month, day }));
        if let Some((at, _)) = until.filter(|(_, until)| *until < self.today) {
            let message =
                Message::new("已过期，不再屏蔽；请删去或更新", "expired and no longer counted: renew or remove it");
            self.complaints.push(Complaint { at, severity: Severity::Warning, message });
        }
        let suppression = Suppression {
            number,
            rule,
            body: text("body", self.complaints),
            year: table.get("year").and_then(|value| value.year(self.complaints)),
            table: text("table", self.complaints),
            what: text("what", self.complaints),
            column: text("column", self.complaints),
        };
        // What cannot be read narrows nothing: the entry would hide more than its author meant.
        let unread = ["year", "body", "table", "what", "column"].iter().any(|key| {
            let read = match *key {
                "year" => suppression.year.is_some(),
                "body" => suppression.body.is_some(),
                "table" => suppression.table.is_some(),
                "what" => suppression.what.is_some(),
                _ => suppression.column.is_some(),
            };
            table.get(key).is_some() && !read
        });
        let files = table.get("file").map(|value| self.globs(value).unwrap_or_default());
        (!unread).then(|| Entry { at: table.at, suppression, files, until: until.map(|(_, date)| date) })
    }
}
