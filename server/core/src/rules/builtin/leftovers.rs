//! What templates and word processors leave in a text.

use super::{at, note};
use crate::finding::{Message, Severity};
use crate::layout::BlockKind;
use crate::reading::Section;
use crate::reading::class::Class;
use crate::reading::source::SourceLine;
use crate::rules::context::{Context, Laid};
use crate::rules::facet::Facet;
use crate::text::Span;

/// CP08: a blank that was not filled in, an instruction of the template. An alternative that was not chosen is NN10's.
pub fn placeholders(context: &Context, page: usize, laid: &mut Laid) {
    for (section, Blanks(blanks)) in context.sections.facets(Class::is_narrative) {
        for (span, text) in blanks {
            let message = Message::new(
                format!("“{text}”是没有填写的空白或模板的填写要求"),
                format!("“{text}” is a blank of the template, or tells how to fill it"),
            );
            laid.notes.push(note(page, Severity::Hint, at(section, *span, message), text.clone()));
        }
    }
}

/// The blanks of a section with their places.
#[derive(PartialEq)]
struct Blanks(Vec<(Span, String)>);

impl Facet for Blanks {
    fn of(own: &Section) -> Self {
        let form = || {
            pattern!(concat!(
                r"(?:[×✕]{2,}|[Xx]{2,4}|\*{2,4}|_{3,}|＿{2,})\s*(?:万元|亿元|元|年度|年|部门|单位|个|辆|[%％])|20[Xx×]{2}\s*年",
                r"|[（(【]\s*(?:请填写|请在此|此处填写|单位名称|部门名称|填写单位|填写部门|根据实际情况填|按实际情况填)[^（）()【】]{0,30}[）)】]"
            ))
        };
        // What every blank has one of.
        const MARKS: [&str; 11] = ["×", "✕", "X", "x", "*", "_", "＿", "填", "请在此", "单位名称", "部门名称"];
        let text = lines_with_any(own, &MARKS).filter(|line| line.family == BlockKind::Text);
        Self(text.flat_map(|line| found(form(), &line)).collect())
    }
}

/// The references of a section that were not resolved, with their places.
#[derive(PartialEq)]
struct Residue(Vec<(Span, String)>);

impl Facet for Residue {
    fn of(own: &Section) -> Self {
        let form =
            || pattern!(r"错误[！!]\s*(?:未找到引用源|未定义书签|文档中没有指定样式的文字|超链接引用无效)|MERGEFORMAT");
        Self(lines_with_any(own, &["错误", "MERGEFORMAT"]).flat_map(|line| found(form(), &line)).collect())
    }
}

/// The lines that have one of these words. Most sections have none of them, and are not looked through line by line.
fn lines_with_any<'a>(own: &'a Section, words: &[&str]) -> impl Iterator<Item = SourceLine<'a>> {
    let said = words.iter().any(|word| own.says(word));
    let any = move |line: &SourceLine| words.iter().any(|word| line.text.contains(word));
    said.then(|| own.lines().filter(any)).into_iter().flatten()
}

fn found(form: &'static regex::Regex, line: &SourceLine) -> Vec<(Span, String)> {
    let place = |found: regex::Match| Span::new(line.span.start + found.start(), line.span.start + found.end());
    form.find_iter(line.text).map(|found| (place(found), found.as_str().to_owned())).collect()
}

/// UF08: what a word processor prints in the place of a reference it cannot find. Said once.
pub fn residue(context: &Context, page: usize, laid: &mut Laid) {
    let mut places: Vec<(u32, Span, &str)> = Vec::new();
    for (section, Residue(residue)) in context.sections.facets(|_| true) {
        places.extend(residue.iter().map(|(span, text)| (section, *span, text.as_str())));
    }
    let Some((section, span, text)) = places.first() else { return };
    let count = places.len();
    let message = Message::new(
        format!("定稿中留有失效的引用：{text}（共 {count} 处）"),
        format!("A reference that was not resolved was left: {text} ({count} in all)"),
    );
    let mut found = note(page, Severity::Hint, at(*section, *span, message), "失效的引用");
    let others = places.iter().skip(1).take(8);
    found.related =
        others.map(|(section, span, _)| at(*section, *span, Message::new("又一处", "Another one"))).collect();
    laid.notes.push(found);
}
