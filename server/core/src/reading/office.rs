//! Whether 机关运行经费 is all of 公用经费: what each section says of it, and what that makes of the disclosure.

use super::section::{Section, SectionKind};
use crate::text::Rest;

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
        for meaning in definitions(prose) {
            out.projects |= ["项目支出", "项目经费", "项目资金"].iter().any(|word| meaning.contains(word));
            out.office |= meaning.contains("公用经费") && !meaning.contains("事业单位");
            out.of_all |=
                meaning.contains("公用经费") && !meaning.contains("事业单位") && !meaning.contains("行政单位");
        }
        if section.kind == Some(SectionKind::Table) && section.table.is_none() {
            let (like_it, others) = without_those_like_it(prose);
            out.administrative = prose.contains("行政") || like_it;
            out.others = others.contains("事业");
        }
        out
    }
}

/// What 机关运行经费 is said to be, each time up to the end of the sentence.
fn definitions(prose: &str) -> impl Iterator<Item = &str> {
    const TERM: &str = "机关运行";
    prose.match_indices(TERM).filter_map(|(at, _)| {
        let mut rest = Rest(&prose[at + TERM.len()..]);
        rest.take(&["经"]);
        let term = rest.take(&["费"]);
        rest.take_each(&["”", "」", "』"]);
        let defined = rest.take(&["：", ":"]) || {
            rest.take(&["，"]);
            rest.take(&["是指", "指的是", "指", "即"])
        };
        (term && defined).then(|| rest.0.split('。').next().unwrap_or_default())
    })
}

/// Does a list name institutions run like administrative bodies (参照公务员法管理的事业单位)? What it holds beside them.
fn without_those_like_it(prose: &str) -> (bool, String) {
    /// Longest words between 参照 and 事业单位, in characters.
    const LONGEST: usize = 12;
    let (mut found, mut others) = (false, String::new());
    let mut rest = Rest(prose);
    while !rest.is_empty() {
        let mut named = rest;
        if !named.take(&["参照", "参公"]) {
            others.extend(rest.take_char());
            continue;
        }
        let between = Rest(named.0).take_up_to(LONGEST, |c| !matches!(c, '，' | '。' | '；')).len();
        let body = "事业";
        let reach = named.0.char_indices().map(|(at, _)| at).take_while(|&at| at <= between);
        if let Some(at) = reach.filter(|&at| named.0[at..].starts_with(body)).last() {
            named = Rest(&named.0[at + body.len()..]);
            named.take(&["单位"]);
        } else if rest.0.starts_with("参照") && !named.take(&["公务员"]) {
            others.extend(rest.take_char());
            continue;
        }
        found = true;
        rest = named;
    }
    (found, others)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::rest::tests::of;

    const WORDS: [&str; 24] = [
        "机关运行",
        "经",
        "费",
        "”",
        "：",
        "，",
        "是指",
        "指的是",
        "指",
        "即",
        "。",
        "参照",
        "参公",
        "公务员",
        "法管理",
        "的",
        "事业",
        "单位",
        "；",
        "行政",
        "县",
        "某某局所属中心",
        "参",
        "照",
    ];

    proptest! {
        #[test]
        fn what_is_said_is_read_as_patterns_would(text in of(&WORDS)) {
            let form = pattern!(r"机关运行(?:经)?费[”」』]*(?:[：:]|，?(?:是指|指的是|指|即))");
            let expected: Vec<&str> =
                form.find_iter(&text).map(|found| text[found.end()..].split('。').next().unwrap_or_default()).collect();
            prop_assert_eq!(definitions(&text).collect::<Vec<_>>(), expected, "{}", text);
            let form = pattern!(r"(?:参照|参公)[^，。；]{0,12}事业(?:单位)?|参公|参照公务员");
            let expected = (form.is_match(&text), form.replace_all(&text, "").into_owned());
            prop_assert_eq!(without_those_like_it(&text), expected, "{}", text);
        }
    }
}
