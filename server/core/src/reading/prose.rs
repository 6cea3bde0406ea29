//! The amounts of a narrative and the words around them.

use std::cell::OnceCell;

use super::number::{Amount, numbers};
use super::source::{Folded, SourceLine, is_page_number, lead, states_unit};
use crate::catalog::Unit;
use crate::catalog::name::{fold_char, folded};
use crate::layout::BlockKind;
use crate::layout::line::{LineKind, Numbering, numbering, tidy};
use crate::text::Span;

/// The running text of a narrative, healed of line breaks; `\n` stands where one sentence surely ends with its line.
pub struct Prose<'a> {
    /// Folded text with the places it came from.
    pub folded: Folded,
    section: Vec<(usize, &'a str)>,
    mentions: OnceCell<Vec<Mention>>,
}

/// An amount of money in running text.
#[derive(Clone, Debug)]
pub struct Mention {
    /// In the folded text: the number, and the number with its unit.
    pub number: std::ops::Range<usize>,
    /// End of the unit.
    pub end: usize,
    /// Its value.
    pub amount: Amount,
    /// Its unit.
    pub unit: Unit,
}

impl<'a> Prose<'a> {
    /// Joins the text lines of a narrative.
    pub fn of(lines: &[SourceLine<'a>]) -> Self {
        let mut prose = Folded::default();
        let mut section = Vec::new();
        let mut closed = true;
        let mut lines = lines.iter().filter(|line| line.family == BlockKind::Text).peekable();
        while let Some(line) = lines.next() {
            let body = tidy(line.text);
            let bare = folded(body);
            // A number alone on a line is a page's, unless its unit begins the next.
            let mut split = || {
                let next = lines.peek().and_then(|next| next.text.chars().find_map(fold_char));
                matches!(next, Some('万' | '元' | '亿' | '%' | '.'))
            };
            let page = is_page_number(&bare) && !split();
            if page || states_unit(line.text) && !bare.contains('，') {
                continue;
            }
            let number = numbering(body).map(|(kind, _)| kind);
            // An item behind a colon or a semicolon goes on with the sentence.
            let goes_on = prose.text.ends_with(['：', '；', '，', '、']);
            if closed || number.is_some() && !goes_on {
                prose.mark('\n', line.span.start);
            }
            let lead = lead(line.text, body);
            prose.push(body, line.span.start + lead);
            section.push((line.span.start, line.text));
            let short = number.is_some()
                && body.chars().count() <= 24
                && !body.contains(['，', '。', '；'])
                && !bare.ends_with(|c: char| c.is_ascii_digit() || c == '万');
            closed = body.ends_with('。')
                || short
                || line.kind == LineKind::Caption && number.is_some_and(|n| n < Numbering::Item);
        }
        prose.punctuate();
        Self { folded: prose, section, mentions: OnceCell::new() }
    }

    /// The place in the section of a range of the folded text.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        self.folded.span(range)
    }

    /// The section's own text of a place, without the line breaks in it.
    pub fn original(&self, span: Span) -> String {
        let first = self.section.partition_point(|(start, _)| *start <= span.start).saturating_sub(1);
        let inside = self.section[first.min(self.section.len())..].iter().take_while(|(start, _)| *start < span.end);
        let part = |(start, text): &(usize, &'a str)| {
            let range = span.start.saturating_sub(*start)..(span.end - start).min(text.len());
            text.get(range).unwrap_or_default()
        };
        inside.map(part).collect()
    }

    /// The amounts of money, in order. Thresholds (20万元以上), prices for each (元/张) and ranges are none.
    pub fn mentions(&self) -> &[Mention] {
        self.mentions.get_or_init(|| mentions(&self.folded.text))
    }
}

fn mentions(text: &str) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    for number in numbers(text, &[",", "，"]) {
        let (before, printed, behind) = (&text[..number.start], &text[number.clone()], &text[number.end..]);
        let unit = ["亿元", "万元", "元", "万"].into_iter().find(|unit| behind.starts_with(unit));
        let end = number.end + unit.map_or(0, str::len);
        let after = &text[end..];
        let unit = match unit {
            Some("亿元") => Unit::HundredMillion,
            Some("万元") => Unit::TenThousand,
            Some("元") => Unit::Yuan,
            Some("万") if after.is_empty() || after.starts_with(['，', '；', '。', '、', '）', ',', '\n']) => {
                Unit::TenThousand
            }
            // 较上年2.08减少0.03万元: the unit is that of the change.
            None if printed.contains('.')
                && ["增加", "减少", "下降", "增长"].iter().any(|dir| after.starts_with(dir)) =>
            {
                Unit::TenThousand
            }
            _ => continue,
        };
        let threshold = ["以上", "以下", "以内", "及以上", "（含）", "（含本", "/", "每", "／", "起"]
            .iter()
            .any(|word| after.starts_with(word));
        let bounded = before.ends_with(['≥', '≤', '<', '>', '＜', '＞', '〔', '【', '[', '-', '~', '～', '.', '第'])
            || before.ends_with(|c: char| c.is_ascii_alphabetic());
        let price =
            ["单价", "单价在", "每人", "人均", "每户", "不超过", "不低于"].iter().any(|word| before.ends_with(word));
        // 支出总计,867.48万元: a sentence, or 1,867.48 that lost its first digit.
        let beheaded = printed.find('.') == Some(3)
            && before
                .strip_suffix('，')
                .is_some_and(|label| label.ends_with(['计', '算', '额', '出', '入', '费', '款', '金']));
        if threshold || bounded || price || beheaded {
            continue;
        }
        let Some(amount) = Amount::parse(printed) else { continue };
        out.push(Mention { number, end, amount, unit });
    }
    out
}
