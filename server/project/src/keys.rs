//! The keys of `gouji.toml`: one list, from which the file is read, its schema written, and editors complete.

/// The file.
pub const FILE: &str = "gouji.toml";
/// The folder of a workspace's own pages, beside the file.
pub const PAGES: &str = ".gouji/rules";

/// A key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// It must be there.
    pub required: bool,
    /// What it does, 中文.
    pub about: &'static str,
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Codes of rules or groups, in a list.
    Codes,
    /// One code.
    Code,
    /// `error`, `warning`, `info`, `hint`.
    Severity,
    /// Severities by code or group.
    Severities,
    /// Yes or no.
    Flag,
    /// 元, 万元, 亿元.
    Unit,
    /// Any text.
    Text,
    /// A year.
    Year,
    /// A day.
    Date,
    /// Patterns of paths.
    Globs,
    /// A table with these keys.
    Table(&'static [Key]),
    /// Any number of tables with these keys.
    Tables(&'static [Key]),
}

const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, required: false, about }
}

const fn needed(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, required: true, about }
}

const OFF: Key = key("off", Kind::Codes, "不检查的规则：代码或组，如 [\"XT13\", \"NN\"]");
const ON: Key = key("on", Kind::Codes, "要检查的规则：默认不检查的，或组已列入 off 而仍要检查的");
const SEVERITY: Key = key("severity", Kind::Severities, "规则的级别，如 { NT09 = \"hint\" }");
const UNIT: Key = key("unit", Kind::Unit, "没有注明单位的表按此单位读数");

/// The keys of the file.
pub const ROOT: &[Key] = &[
    key("min_severity", Kind::Severity, "低于此级别的不列出"),
    UNIT,
    key("rules", Kind::Table(RULES), "检查哪些规则，各是什么级别"),
    key("files", Kind::Tables(FILES), "只对部分文件的规定，后面的优先"),
    key("suppress", Kind::Tables(SUPPRESS), "已知并接受的问题，不再列出"),
];

/// The keys of `[rules]`.
pub const RULES: &[Key] = &[OFF, ON, SEVERITY];

/// The keys of `[[files]]`.
pub const FILES: &[Key] = &[
    needed("paths", Kind::Globs, "哪些文件：相对于本文件所在文件夹，可用 *、**、?"),
    key("check", Kind::Flag, "false 表示不检查"),
    UNIT,
    OFF,
    ON,
    SEVERITY,
];

/// The keys of `[[suppress]]`.
pub const SUPPRESS: &[Key] = &[
    needed("rule", Kind::Code, "规则代码"),
    needed("reason", Kind::Text, "理由"),
    key("body", Kind::Text, "单位名称"),
    key("year", Kind::Year, "预算年度"),
    key("table", Kind::Text, "表名"),
    key("what", Kind::Text, "行、科目或说明里的量"),
    key("column", Kind::Text, "栏名"),
    key("file", Kind::Globs, "哪些文件：相对于本文件所在文件夹，可用 *、**、?"),
    key("until", Kind::Date, "到哪一天为止（含当天），如 2026-12-31"),
];

/// The names of keys.
pub fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}
