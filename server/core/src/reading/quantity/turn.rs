//! Words that turn the number behind them into a change.

use crate::text::Rest;

/// Words by which a number is a rise.
const UP: [&str; 10] = ["增加", "增长", "上升", "提高", "增支", "增收", "上涨", "增幅", "增速", "调增"];
/// Words by which it is a fall.
const DOWN: [&str; 13] =
    ["减少", "下降", "降低", "压减", "压缩", "减支", "减收", "降幅", "减幅", "调减", "缩减", "回落", "下浮"];
/// The word that turns the number behind it into a change: its way (0 where the words leave it open), and where it
/// begins and ends.
pub fn direction(clause: &str) -> Option<(i8, usize, usize)> {
    let mut rest = Rest(clause);
    while !rest.is_empty() {
        let at = rest.at(clause);
        let Some(way) = turn(&mut rest) else {
            rest.take_char();
            continue;
        };
        let end = rest.at(clause);
        let mut tail = rest;
        tail.take(&["额", "率", "幅度", "幅", "比例", "比率", "数额", "数", "金额", "资金", "经费", "支出", "收入"]);
        tail.take_each(&["了", "为", "是", "达到", "达", "：", "约", "近", "超过", "超"]);
        if tail.is_empty() {
            return Some((way, at, end));
        }
    }
    None
}

/// Takes a word that turns: 增加, 减少（增加）, 增减.
fn turn(rest: &mut Rest) -> Option<i8> {
    const HEADS: [char; 11] = ['增', '上', '提', '调', '减', '下', '降', '压', '缩', '回', '涨'];
    if !rest.0.starts_with(HEADS) {
        return None;
    }
    let up = rest.take(&UP);
    if !up && !rest.take(&DOWN) {
        return rest.take(&["增减"]).then_some(0);
    }
    let mut other = *rest;
    if other.take(&["（", "/", "或"]) && other.take(if up { &DOWN } else { &UP }) {
        other.take(&["）"]);
        *rest = other;
        return Some(0);
    }
    Some(if up { 1 } else { -1 })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::text::rest::tests::of;

    const SPOKEN: [&str; 20] = [
        "增加", "增长", "减少", "下降", "压缩", "增减", "（", "/", "或", "）", "额", "幅度", "比例", "资金", "了",
        "为", "达到", "约", "超过", "经费",
    ];

    static TURNS: LazyLock<regex::Regex> = LazyLock::new(|| {
        let (up, down) = (UP.join("|"), DOWN.join("|"));
        crate::compiled(&format!(
            r"(?P<both>(?:{up})[（/或](?:{down})）?|(?:{down})[（/或](?:{up})）?|增减)|(?P<up>{up})|(?P<down>{down})"
        ))
    });

    proptest! {
        #[test]
        fn turns_are_read_as_patterns_would(text in of(&SPOKEN)) {
            let tail = pattern!(
                r"^(?:额|率|幅度?|比例|比率|数额?|金额|资金|经费|支出|收入)?(?:了|为|是|达到?|：|约|近|超过|超)*$"
            );
            let form = &TURNS;
            let turns = form.captures_iter(&text).find_map(|found| {
                let all = found.get(0)?;
                let way = i8::from(found.name("up").is_some()) - i8::from(found.name("down").is_some());
                tail.is_match(&text[all.end()..]).then_some((way, all.start(), all.end()))
            });
            prop_assert_eq!(direction(&text), turns, "{}", text);
        }
    }
}
