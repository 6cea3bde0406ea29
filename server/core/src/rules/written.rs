//! TOML as users write it: read with the place of every word. What is wrong is said and passed over, the rest is taken.

use toml::de::{DeTable, DeValue};

use super::unknown::nearest;
use crate::finding::{Complaint, Message, Severity};
use crate::text::Span;

/// A table, with its place.
#[derive(Clone, Copy)]
pub struct Table<'t> {
    table: &'t DeTable<'t>,
    /// Its place in the source.
    pub at: Span,
    base: usize,
}

/// A value, with its place.
#[derive(Clone, Copy)]
pub struct Value<'t> {
    value: &'t DeValue<'t>,
    /// Its place in the source.
    pub at: Span,
    base: usize,
}

/// Reads a text that begins at `base` of its source, and hands over all of it that can be read.
pub fn read<T>(
    text: &str,
    base: usize,
    complaints: &mut Vec<Complaint>,
    then: impl FnOnce(Table, &mut Vec<Complaint>) -> T,
) -> T {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at =
            error.span().map_or(Span::new(base, base + text.len()), |at| Span::new(base + at.start, base + at.end));
        let (zh, en) = (format!("TOML 写法不对：{}", error.message()), format!("not TOML: {}", error.message()));
        complaints.push(Complaint { at, severity: Severity::Error, message: Message::new(zh, en) });
    }
    let at = table.span();
    let whole = Table { table: table.get_ref(), at: Span::new(base + at.start, base + at.end), base };
    then(whole, complaints)
}

impl<'t> Table<'t> {
    /// The keys with their places.
    pub fn keys(self) -> impl Iterator<Item = (&'t str, Span)> {
        self.table.keys().map(move |key| (key.get_ref().as_ref(), self.place(key.span())))
    }

    /// The value of a key.
    pub fn get(self, key: &str) -> Option<Value<'t>> {
        let (_, value) = self.table.iter().find(|(own, _)| own.get_ref().as_ref() == key)?;
        Some(Value { value: value.get_ref(), at: self.place(value.span()), base: self.base })
    }

    /// Says which keys are not among these, and which of them may be meant.
    pub fn only(self, known: &[&str], complaints: &mut Vec<Complaint>) {
        for (key, at) in self.keys().filter(|(key, _)| !known.contains(key)) {
            let message = match nearest(key, known.iter().copied()) {
                Some(meant) => {
                    Message::new(format!("没有键 {key}；是否指 {meant}"), format!("no key {key}; did you mean {meant}"))
                }
                None => Message::new(
                    format!("没有键 {key}；可用：{}", known.join("、")),
                    format!("no key {key}; known are {}", known.join(", ")),
                ),
            };
            complaints.push(Complaint { at, severity: Severity::Warning, message });
        }
    }

    fn place(self, at: std::ops::Range<usize>) -> Span {
        Span::new(self.base + at.start, self.base + at.end)
    }
}

impl<'t> Value<'t> {
    /// Says what is expected here.
    pub fn expect(self, zh: &str, en: &str, complaints: &mut Vec<Complaint>) {
        // Where something else is wrong with a value, more would be said than is known.
        if complaints.iter().any(|own| own.at == self.at) {
            return;
        }
        let message = Message::new(format!("应为{zh}"), format!("expected {en}"));
        complaints.push(Complaint { at: self.at, severity: Severity::Error, message });
    }

    /// A text.
    pub fn text(self, complaints: &mut Vec<Complaint>) -> Option<&'t str> {
        let text = if let DeValue::String(text) = self.value { Some(text.as_ref()) } else { None };
        self.wanted(text, "文字，写在引号里", "a text in quotes", complaints)
    }

    /// The texts of a list, with their places; one text alone is a list of one.
    pub fn texts(self, complaints: &mut Vec<Complaint>) -> Vec<(&'t str, Span)> {
        let each = match self.value {
            DeValue::String(_) => vec![self],
            _ => self.list().unwrap_or_default(),
        };
        let texts: Option<Vec<_>> = each.iter().map(|value| Some((value.plain()?, value.at))).collect();
        let texts = texts.filter(|_| matches!(self.value, DeValue::String(_) | DeValue::Array(_)));
        self.wanted(texts, "文字的列表，如 [\"…\"]", "a list of texts such as [\"…\"]", complaints).unwrap_or_default()
    }

    /// A yes or no.
    pub fn flag(self, complaints: &mut Vec<Complaint>) -> Option<bool> {
        let flag = if let DeValue::Boolean(flag) = self.value { Some(*flag) } else { None };
        self.wanted(flag, " true 或 false", "true or false", complaints)
    }

    /// A year.
    pub fn year(self, complaints: &mut Vec<Complaint>) -> Option<u16> {
        let year = if let DeValue::Integer(number) = self.value { number.as_str().parse().ok() } else { None };
        let year = year.filter(|year| (1900..=2200).contains(year));
        self.wanted(year, "年份，如 2025", "a year such as 2025", complaints)
    }

    /// A date, as year, month, day.
    pub fn date(self, complaints: &mut Vec<Complaint>) -> Option<(u16, u8, u8)> {
        let printed = match self.value {
            DeValue::Datetime(date) if date.time.is_none() => date.date,
            DeValue::String(text) => text.parse::<toml::value::Datetime>().ok().and_then(|date| date.date),
            _ => None,
        };
        let date = printed.map(|date| (date.year, date.month, date.day));
        self.wanted(date, "日期，如 2026-12-31", "a date such as 2026-12-31", complaints)
    }

    /// A table.
    pub fn table(self, complaints: &mut Vec<Complaint>) -> Option<Table<'t>> {
        let table = self.as_table();
        self.wanted(table, "一组键值", "a table", complaints)
    }

    /// The tables of a list.
    pub fn tables(self, complaints: &mut Vec<Complaint>) -> Vec<Table<'t>> {
        let tables: Option<Vec<_>> = self.list().and_then(|list| list.into_iter().map(Value::as_table).collect());
        self.wanted(tables, "若干组键值，各以 [[…]] 开头", "tables, each headed [[…]]", complaints).unwrap_or_default()
    }

    fn wanted<T>(self, value: Option<T>, zh: &str, en: &str, complaints: &mut Vec<Complaint>) -> Option<T> {
        if value.is_none() {
            self.expect(zh, en, complaints);
        }
        value
    }

    fn plain(self) -> Option<&'t str> {
        if let DeValue::String(text) = self.value { Some(text.as_ref()) } else { None }
    }

    fn as_table(self) -> Option<Table<'t>> {
        if let DeValue::Table(table) = self.value { Some(Table { table, at: self.at, base: self.base }) } else { None }
    }

    fn list(self) -> Option<Vec<Self>> {
        let DeValue::Array(list) = self.value else { return None };
        let place = |at: std::ops::Range<usize>| Span::new(self.base + at.start, self.base + at.end);
        Some(list.iter().map(|own| Self { value: own.get_ref(), at: place(own.span()), base: self.base }).collect())
    }
}
