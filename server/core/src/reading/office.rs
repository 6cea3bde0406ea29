//! Whether 机关运行经费 is all of 公用经费: what each section says of it, and what that makes of the disclosure.

use super::section::{Section, SectionKind};

/// What one section says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Office {
    /// Its definition counts projects as well.
    projects: bool,
    /// Its definition speaks of 公用经费, and not of institutions (事业单位).
    office: bool,
    /// Its definition is of all of it: 指各部门（单位）的公用经费.
    of_all: bool,
    /// It lists administrative bodies, or institutions run like them.
    administrative: bool,
    /// It lists other institutions.
    others: bool,
}

impl Office {
    /// What a section says.
    pub fn of(section: &Section) -> Self {
        let mut out = Self::default();
        let prose = &section.prose;
        let definition = pattern!(r"机关运行(?:经)?费[”」』]*(?:[：:]|，?(?:是指|指的是|指|即))");
        let found = prose.contains("机关运行").then(|| definition.find_iter(prose)).into_iter().flatten();
        for meaning in found.map(|found| prose[found.end()..].split('。').next().unwrap_or_default()) {
            out.projects |= ["项目支出", "项目经费", "项目资金"].iter().any(|word| meaning.contains(word));
            out.office |= meaning.contains("公用经费") && !meaning.contains("事业单位");
            out.of_all |=
                meaning.contains("公用经费") && !meaning.contains("事业单位") && !meaning.contains("行政单位");
        }
        if section.kind == Some(SectionKind::Table) && section.table.is_none() {
            let like_it = pattern!(r"(?:参照|参公)[^，。；]{0,12}事业(?:单位)?|参公|参照公务员");
            out.administrative = prose.contains("行政") || like_it.is_match(prose);
            out.others = like_it.replace_all(prose, "").contains("事业");
        }
        out
    }
}

/// Is 机关运行经费 here all of 公用经费? The document's own glossary is asked first: it may say so, or that projects count
/// as well. Institutions (事业单位) have none: where the glossary only repeats the general definition, of administrative
/// bodies and institutions run like them, the institutions table decides: it must not list others.
pub fn all_of_running_costs(sections: impl Iterator<Item = Office>) -> bool {
    let said = sections.fold(Office::default(), |said, own| Office {
        projects: said.projects || own.projects,
        office: said.office || own.office,
        of_all: said.of_all || own.of_all,
        administrative: said.administrative || own.administrative,
        others: said.others || own.others,
    });
    !said.projects && (said.of_all || (said.office || said.administrative) && !said.others)
}
