//! What templates and word processors leave in a text.

use super::{at, note, sections};
use crate::finding::{Message, Severity};
use crate::layout::BlockKind;
use crate::reading::SectionKind;
use crate::rules::context::{Context, Laid};
use crate::text::Span;

/// CP08: a blank that was not filled in, an instruction of the template. An alternative that was not chosen is NN10's.
pub fn placeholders(context: &Context, page: usize, laid: &mut Laid) {
    let form = pattern!(concat!(
        r"(?:[×✕]{2,}|[Xx]{2,4}|\*{2,4}|_{3,}|＿{2,})\s*(?:万元|亿元|元|年度|年|部门|单位|个|辆|[%％])|20[Xx×]{2}\s*年",
        r"|[（(【]\s*(?:请填写|请在此|此处填写|单位名称|部门名称|填写单位|填写部门|根据实际情况填|按实际情况填)[^（）()【】]{0,30}[）)】]"
    ));
    for (section, own) in sections(context).filter(|(_, own)| own.kind == Some(SectionKind::Narrative)) {
        for line in own.lines().iter().filter(|line| line.family == BlockKind::Text) {
            for found in form.find_iter(line.text) {
                let message = Message::new(
                    format!("“{}”是没有填写的空白或模板的填写要求", found.as_str()),
                    format!("“{}” is a blank of the template, or tells how to fill it", found.as_str()),
                );
                let span = Span::new(line.span.start + found.start(), line.span.start + found.end());
                laid.notes.push(note(page, Severity::Hint, at(section, span, message), found.as_str().to_owned()));
            }
        }
    }
}

/// UF08: what a word processor prints in the place of a reference it cannot find. Said once.
pub fn residue(context: &Context, page: usize, laid: &mut Laid) {
    let form = pattern!(r"错误[！!]\s*(?:未找到引用源|未定义书签|文档中没有指定样式的文字|超链接引用无效)|MERGEFORMAT");
    let mut places: Vec<(u32, Span, String)> = Vec::new();
    for (section, own) in sections(context) {
        for line in own.lines() {
            places.extend(form.find_iter(line.text).map(|found| {
                let span = Span::new(line.span.start + found.start(), line.span.start + found.end());
                (section, span, found.as_str().to_owned())
            }));
        }
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
