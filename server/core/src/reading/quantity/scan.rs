//! Finds the numbers of a text.

use super::super::number::numbers;
use super::super::prose::Prose;
use super::{Amount, Found, Kind};

/// All numbers that a unit follows, in order; those of money are the mentions that statements were made of.
pub(super) fn all(prose: &Prose) -> Vec<Found> {
    let text = prose.folded.text.as_str();
    let mentions = prose.mentions();
    let mut out: Vec<Found> = mentions
        .iter()
        .enumerate()
        .map(|(statement, mention)| Found {
            start: mention.number.start,
            digits: mention.number.end,
            end: mention.end,
            kind: Kind::Money,
            amount: mention.amount,
            statement: Some(statement),
            bare: false,
        })
        .collect();
    let money: Vec<(usize, usize)> = out.iter().map(|found| (found.start, found.end)).collect();
    let taken = |at: usize| {
        let after = money.partition_point(|&(start, _)| start <= at);
        after.checked_sub(1).is_some_and(|index| money[index].1 > at)
    };
    const UNITS: [&str; 14] =
        ["%", "个百分点", "百分点", "辆", "台（套）", "台/套", "台套", "台", "套", "批次", "批", "人次", "人", "个"];
    for number in numbers(text, &[",", "，"]).filter(|number| !taken(number.start)) {
        let (before, printed, behind) = (&text[..number.start], &text[number.clone()], &text[number.end..]);
        let unit = UNITS.into_iter().find(|unit| behind.starts_with(unit)).unwrap_or_default();
        let after = &behind[unit.len()..];
        let Some(mut amount) = Amount::parse(printed) else { continue };
        let mut start = number.start;
        let bare = unit.is_empty();
        let kind = match unit {
            "" if lacks_its_sign(before, printed, after) => Kind::Percent,
            "" => continue,
            "%" => Kind::Percent,
            "个百分点" | "百分点" => Kind::Points,
            // 12个月, 3个人年 and numbers in names are counts of something else.
            _ if before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-')
                || after.starts_with(['月', '工', '%', '/'])
                || printed.contains('.') =>
            {
                continue;
            }
            "台/套" | "台套" => Kind::Count("台（套）".into()),
            unit => Kind::Count(unit.into()),
        };
        if kind == Kind::Percent && before.ends_with('-') {
            let sign = before.len() - 1;
            // 5%-10% is a range, 增幅为-4.5% a fall.
            if before[..sign].ends_with(|c: char| c.is_ascii_digit() || c == '%') {
                continue;
            }
            start = sign;
            amount.value = -amount.value;
        }
        out.push(Found {
            start,
            digits: number.end,
            end: number.end + unit.len(),
            kind,
            amount,
            statement: None,
            bare,
        });
    }
    out.sort_by_key(|found| found.start);
    out
}

/// 增长13.95。 behind an amount: a rate whose sign was forgotten.
fn lacks_its_sign(before: &str, number: &str, after: &str) -> bool {
    number.contains('.')
        && after.starts_with(['。', '，', '；', '）', '\n'])
        && pattern!(r"元[，、；](?:同比|比上年|较上年)?(?:增长|下降|增幅|降幅|减幅|增长率|占|占比)(?:为|了)?$")
            .is_match(last(before, 60))
}

/// The last bytes of a text, from a character on.
pub(super) fn last(text: &str, bytes: usize) -> &str {
    let mut from = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}
