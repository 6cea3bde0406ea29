//! Counts of what comes once a month: 1—7月份每月通报中六次第一、一次第二. They are written in Chinese numerals as often as
//! in digits, and only here are those read as counts: elsewhere 一个 and 三次 are words of any sentence.

use super::super::figure::Figure;
use super::super::number::Amount;
use super::super::prose::Prose;
use crate::catalog::Unit;

/// How often what comes once a month is told to have come, in a span of months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Months {
    /// The first month.
    pub from: u32,
    /// The last month, by its number among the figures.
    pub to: u32,
    /// The counts, likewise.
    pub times: Vec<u32>,
}

/// Reads them; their numbers become figures.
pub fn read(prose: &Prose, figures: &mut Vec<Figure>) -> Vec<Months> {
    let text = prose.folded.text.as_str();
    if !(text.contains("月份") && text.contains('次')) {
        return Vec::new();
    }
    let span = pattern!(r"(?:^|[^\d.])(\d{1,2})(?:月份?)?[-~～至到](\d{1,2})月份");
    let times = pattern!(
        r"(?:^|[^第每首再多数几历\d一二两三四五六七八九十])([一二两三四五六七八九十]{1,3}|\d{1,2})次(?:第|获|为|排|居|位|名)"
    );
    let mut out = Vec::new();
    for found in span.captures_iter(text) {
        let (Some(all), Some(first), Some(last)) = (found.get(0), found.get(1), found.get(2)) else { continue };
        let rest = &text[all.end()..];
        let rest = &rest[..rest.find(['。', '；', '\n']).unwrap_or(rest.len())];
        let monthly =
            ["每月", "月通报", "月度", "逐月", "各月", "月排名", "月考核"].iter().any(|word| rest.contains(word));
        let told: Vec<_> = times.captures_iter(rest).filter_map(|found| found.get(1)).collect();
        let (Ok(from), Ok(to)) = (first.as_str().parse::<u32>(), last.as_str().parse::<u32>()) else { continue };
        if !monthly || told.len() < 2 || !(1..=12).contains(&to) || from == 0 || from >= to {
            continue;
        }
        let mut figure = |range: std::ops::Range<usize>, value: u32, what: &str| -> Option<u32> {
            let span = prose.span(range);
            figures.push(Figure {
                span,
                text: prose.original(span).into(),
                amount: Amount::parse(&value.to_string())?,
                unit: Unit::Count,
                sign: 1,
                what: what.into(),
                column: "数量".into(),
                by_hand: true,
            });
            u32::try_from(figures.len() - 1).ok()
        };
        let base = all.end();
        let counts: Option<Vec<u32>> = told
            .iter()
            .map(|count| figure(base + count.start()..base + count.end(), numeral(count.as_str())?, "次数"))
            .collect();
        if let (Some(to), Some(times)) = (figure(last.range(), to, "月份"), counts) {
            out.push(Months { from, to, times });
        }
    }
    out
}

/// A number below one hundred, in digits or Chinese numerals.
fn numeral(text: &str) -> Option<u32> {
    if let Ok(value) = text.parse() {
        return Some(value);
    }
    let digit = |c: char| match c {
        '两' => Some(2),
        c => "一二三四五六七八九".chars().zip(1..).find_map(|(own, value)| (own == c).then_some(value)),
    };
    let (tens, ones) = match text.split_once('十') {
        Some((tens, ones)) => (Some(tens), ones),
        None => (None, text),
    };
    let one = |text: &str| {
        let mut all = text.chars();
        match (all.next(), all.next()) {
            (None, _) => Some(None),
            (Some(c), None) => digit(c).map(Some),
            _ => None,
        }
    };
    match (tens, one(ones)?) {
        (Some(tens), ones) => Some(one(tens)?.unwrap_or(1) * 10 + ones.unwrap_or(0)),
        (None, ones) => ones,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_in_both_scripts() {
        let read: Vec<_> = ["七", "12", "十", "十二", "二十", "二十三", "二三"].into_iter().map(numeral).collect();
        assert_eq!(read, [Some(7), Some(12), Some(10), Some(12), Some(20), Some(23), None]);
    }
}
