//! Paragraphs of accounts that tell of one 科目 each: K（类）K（款）K（项）。主要用于…。年初预算为A，支出决算为B.

use super::figure::Figure;
use super::prose::Prose;
use super::table::Label;
use crate::hash::Map;
use crate::text::Span;

/// One such paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectParagraph {
    /// The names of 类, 款 and 项, as far as they are told.
    pub names: [Option<Label>; 3],
    /// 年初预算数, by its number in the section.
    pub planned: Option<u32>,
    /// 决算数, by its number in the section.
    pub outcome: Option<u32>,
}

/// Longest stretch of a paragraph that is looked at, in bytes.
const REACH: usize = 1200;

/// Reads the paragraphs of a narrative; their amounts are among `figures`.
pub fn read(prose: &Prose, figures: &[Figure]) -> Vec<SubjectParagraph> {
    let text = &prose.folded.text;
    let form = pattern!(
        r"(?:(?P<a>[\p{Han}、]{2,24}?)(?:支出)?（类）(?:支出)?)?(?:(?P<b>[\p{Han}、（）]{2,30}?)（款）)?(?P<c>[\p{Han}、（）]{2,40}?)（项）"
    );
    let heads: Vec<regex::Captures> = form.captures_iter(text).collect();
    let ends = |index: usize| heads.get(index + 1).and_then(|next| next.get(0)).map_or(text.len(), |next| next.start());
    let places: Map<Span, u32> = figures.iter().zip(0..).map(|(figure, number)| (figure.span, number)).collect();
    let mut out = Vec::new();
    let mut joined = false;
    for (index, head) in heads.iter().enumerate() {
        let Some(whole) = head.get(0) else { continue };
        let mut end = ends(index).min(whole.end() + REACH);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        // The next heading ends the last of them.
        let body = &text[whole.end()..end];
        let body = pattern!(r"\n(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)")
            .find(body)
            .map_or(body, |next| &body[..next.start()]);
        let amount = |form: &regex::Regex| {
            let number = form.captures(body)?.get(1)?;
            let span = prose.span(whole.end() + number.start()..whole.end() + number.end());
            places.get(&span).copied()
        };
        // 小学教育（项）、初中教育（项）支出决算为A: an amount of both is one of neither.
        let shared = std::mem::replace(&mut joined, !body.contains(['。', '；', '\n', '，', '：']) && body.len() < 60);
        let planned =
            amount(pattern!(r"年初(?:部门)?预算(?:数|安排)?(?:为|是|：)?([\d,，]+(?:\.\d+)?)(?:亿元|万元|元)"));
        let outcome = amount(pattern!(
            r"(?:^|[，。；：）])(?:本年|20\d\d年度?)?(?:支出)?决算(?:数|支出)?(?:为|是|：)?([\d,，]+(?:\.\d+)?)(?:亿元|万元|元)"
        ));
        let (planned, outcome) = if shared { (None, None) } else { (planned, outcome) };
        let name = |part: &str| {
            let found = head.name(part)?;
            let text = trimmed(found.as_str());
            let from = found.end() - text.len();
            Some(Label { text: text.to_owned(), span: prose.span(from..found.end()) })
        };
        out.push(SubjectParagraph { names: [name("a"), name("b"), name("c")], planned, outcome });
    }
    out
}

/// A name without what stands before it in its sentence: 其中、主要用于、the mark of a level.
fn trimmed(name: &str) -> &str {
    let cut = ["（类）", "（款）", "（项）"].iter().filter_map(|mark| name.rfind(mark).map(|at| at + mark.len())).max();
    let name = &name[cut.unwrap_or(0)..];
    let name = name.trim_start_matches(['）', '、']);
    ["其中", "用于", "支出"].iter().fold(name, |name, lead| name.strip_prefix(lead).unwrap_or(name))
}
