//! What the words around a number make of it.

use super::scan::last;
use super::{Found, Kind, Quantity, Role};
use crate::reading::comparison;
use crate::text::Rest;
use crate::text::rest::{is_digit, is_numeral};

/// What the words tell.
pub(super) struct Told {
    pub role: Role,
    pub way: i8,
    pub name: Box<str>,
    pub base: Box<str>,
    /// The words that leave the way open, in the gap.
    pub turn: Option<(usize, usize)>,
    pub vague: bool,
    pub chained: bool,
}

/// Longest clause that is looked at, in bytes.
const CLAUSE: usize = 240;

/// Words by which a number is a rise.
const UP: [&str; 10] = ["增加", "增长", "上升", "提高", "增支", "增收", "上涨", "增幅", "增速", "调增"];
/// Words by which it is a fall.
const DOWN: [&str; 13] =
    ["减少", "下降", "降低", "压减", "压缩", "减支", "减收", "降幅", "减幅", "调减", "缩减", "回落", "下浮"];
/// What of a budget.
const OF_BUDGET: [&str; 7] = ["数", "安排", "总额", "金额", "指标", "支出", "收入"];

/// Reads the words of a number: those since the number before it, and those behind it.
pub(super) fn tell(number: &Found, gap: &str, after: &str, before: Option<&Quantity>) -> Told {
    let tail = last(gap.rsplit(['。', '\n']).next().unwrap_or(gap), CLAUSE);
    let clause = tail.rsplit(['，', '；', '：']).next().unwrap_or(tail);
    let joint = matches!(gap, "、" | "和" | "，" | "及" | "以及" | "与" | "，和");
    let mut told = Told {
        role: Role::Other,
        way: 0,
        name: core(clause).into(),
        base: "".into(),
        turn: None,
        vague: vague(tail, clause, after),
        chained: joint && before.is_some_and(|last| last.kind == number.kind),
    };
    // 完成预算 A 的 P, 占支出 A 的 P: the whole stands between the words and the percentage.
    if let Some(last) = before.filter(|last| gap == "的" && last.kind == Kind::Money && number.kind == Kind::Percent) {
        let name = &last.name;
        told.role = if name.contains("完成") || name.ends_with("预算") && name.starts_with('为') {
            Role::Completion
        } else if name.starts_with('占') || name.contains("，占") {
            Role::Share
        } else {
            Role::Other
        };
        return told;
    }
    if let Some(last) = before.filter(|_| told.chained) {
        told.role = last.role;
        told.way = last.way;
        told.vague |= last.vague;
        told.base = last.base.clone();
        told.name = "".into();
        return told;
    }
    if !matches!(number.kind, Kind::Count(_))
        && let Some((0, from, to)) = direction(clause)
    {
        let base = gap.len() - clause.len();
        told.turn = Some((base + from, base + to));
    }
    match number.kind {
        Kind::Money => money(clause, tail, &mut told),
        Kind::Percent => percent(clause, &mut told, number),
        Kind::Points => {}
        Kind::Count(_) => told.role = Role::Level,
    }
    told
}

fn money(clause: &str, tail: &str, told: &mut Told) {
    if let Some((way, ..)) = direction(clause) {
        (told.role, told.way) = (Role::Change, way);
        return;
    }
    told.role = if clause.ends_with('由') || comparison::is_prior(clause) && !is_years_budget(clause) {
        Role::Prior
    } else if is_budget(clause) {
        Role::Budget
    } else if is_result(clause) {
        Role::Result
    } else {
        Role::Level
    };
    // 2024年与2023年相比 names no figure of last year.
    if told.role == Role::Prior && tail.ends_with("相比") {
        told.role = Role::Level;
    }
}

fn percent(clause: &str, told: &mut Told, number: &Found) {
    let clause =
        clause.rsplit('（').next().filter(|inner| !inner.contains('）') && !inner.is_empty()).unwrap_or(clause);
    if let Some(base) = completed(clause) {
        told.role = Role::Completion;
        told.base = base.into();
        return;
    }
    if is_completion(clause) {
        told.role = Role::Completion;
        return;
    }
    if let Some((way, at, _)) = direction(clause) {
        // 占比上升5.5% means points.
        let share = ["占", "比重", "比例", "率", "进度"].iter().any(|word| clause[..at].contains(word));
        told.role = if share { Role::Other } else { Role::Growth };
        told.way = if number.amount.value.is_sign_negative() { way.abs() } else { way };
        return;
    }
    if let Some(found) =
        pattern!(r"占(?P<base>[^，。；：]{0,60}?)的?(?:比例|比重|百分比|比率|比)?(?:分别|各)?(?:为|是|达到?|：)*$")
            .captures(clause)
    {
        told.role = Role::Share;
        told.base = key(&found["base"]).into();
    }
}

/// 年初预算数为 before an amount: of this year, whatever was compared before.
fn is_years_budget(clause: &str) -> bool {
    let mut rest = Rest(clause);
    rest.cut(&["为"]);
    rest.cut(&["数"]);
    rest.0.ends_with("年初预算")
}

/// 预算安排数为 before an amount.
fn is_budget(clause: &str) -> bool {
    let mut rest = Rest(clause);
    cut_fillers(&mut rest, &["调整为", "为", "是", "：", "共", "计", "（"]);
    rest.cut_each(&["数", "安排", "金额", "总额", "总计", "合计", "收入", "支出", "指标", "资金", "调整"]);
    rest.0.ends_with("预算")
}

/// 支出决算数为 before an amount.
fn is_result(clause: &str) -> bool {
    const SPENT: [&str; 7] = ["决算", "执行", "实际支出", "实际完成", "完成支出", "支出完成", "累计支出"];
    let mut rest = Rest(clause);
    cut_fillers(&mut rest, &["为", "是", "：", "共", "计"]);
    // Of 累计支出 the end may be what of the outturn it is: then the words before it are looked at.
    loop {
        if SPENT.iter().any(|word| rest.0.ends_with(word)) {
            return true;
        }
        if !rest.cut(&["数", "金额", "总额", "总计", "合计", "支出", "收入"]) {
            return false;
        }
    }
}

/// Cuts words that fill; 总计 and 合计 are of what is filled.
fn cut_fillers(rest: &mut Rest, words: &[&str]) {
    while !["总计", "合计"].iter().any(|total| rest.0.ends_with(total)) && rest.cut(words) {}
}

/// 完成率为 before a percentage.
fn is_completion(clause: &str) -> bool {
    const RATES: [&str; 6] = ["完成率", "执行率", "执行比例", "执行进度", "支出进度", "完成比例"];
    let mut rest = Rest(clause);
    rest.cut_each(&["为", "是", "达到", "达", "："]);
    RATES.iter().any(|rate| rest.0.ends_with(rate))
}

/// The budget that a percentage says is completed: 完成年初预算的, 占全年预算数的比例为.
fn completed(clause: &str) -> Option<&str> {
    /// Longest words before 预算, in characters.
    const LONGEST: usize = 14;
    let mut said = Rest(clause);
    said.cut(&["为", "达到", "达"]);
    said.cut(&["比例为", "比例"]);
    said.cut(&["的"]);
    let mut stem = said;
    stem.cut_each(&OF_BUDGET);
    let stem = stem.0.strip_suffix("预算")?;
    let named = |from: usize| {
        let own = stem.get(from..)?;
        let short = own.chars().take(LONGEST + 1).count() <= LONGEST;
        (short && !own.contains(['，', '。', '；', '：', '占', '为'])).then(|| &said.0[from..])
    };
    stem.char_indices().find_map(|(at, _)| {
        let here = &stem[at..];
        let done = ["完成", "为", "达到", "达"].iter().filter(|word| here.starts_with(**word));
        let share = || {
            let own =
                here.strip_prefix('占').filter(|own| matches!(*own, "年初" | "当年" | "全年" | "调整" | "调整后"))?;
            Some(&said.0[stem.len() - own.len()..])
        };
        done.filter_map(|word| named(at + word.len())).next().or_else(share)
    })
}

/// The word that turns the number behind it into a change: its way (0 where the words leave it open), and where it
/// begins and ends.
pub(super) fn direction(clause: &str) -> Option<(i8, usize, usize)> {
    let mut rest = Rest(clause);
    while !rest.is_empty() {
        let at = rest.at(clause);
        let Some(way) = turn(&mut rest) else {
            rest.take_while(1, |_| true);
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

/// Words that make a number no fact to be computed: about, at least; or a rate by another standard.
fn vague(tail: &str, clause: &str, after: &str) -> bool {
    let about = [
        "约",
        "近",
        "超",
        "超过",
        "不低于",
        "不少于",
        "不超过",
        "不高于",
        "≥",
        "≤",
        "<",
        ">",
        "＜",
        "＞",
        "以上",
        "力争",
        "达到或超过",
        "~",
        "～",
        "至",
        "控制在",
    ];
    let standard = ["同口径", "可比口径", "剔除", "扣除", "年均", "还原", "不含", "不考虑", "平均", "按可比", "累计"];
    about.iter().any(|word| clause.ends_with(word))
        || standard.iter().any(|word| tail.contains(word))
        || ["以上", "以下", "以内", "左右", "及以上", "-", "~", "～", "至", "（含）"]
            .iter()
            .any(|word| after.starts_with(word))
}

/// The name in a clause: without what numbers it, opens a list, compares, turns or fills.
pub fn core(clause: &str) -> &str {
    let mut rest = Rest(clause);
    while lead(&mut rest) {}
    let mut rest = rest.0;
    if let Some((_, at, _)) = direction(rest) {
        rest = &rest[..at];
    }
    rest = comparison::without(rest);
    comparison::before(rest).unwrap_or(rest)
}

/// Takes what numbers a name or opens a list.
fn lead(rest: &mut Rest) -> bool {
    let mut number = *rest;
    number.take(&["（", "("]);
    let numbered = !number.take_while(3, is_numeral).is_empty() || !number.take_digits(2).is_empty();
    if numbered && number.take(&["）", "、", ".", "．"]) {
        *rest = number;
        return true;
    }
    rest.take(&[
        "其中",
        "包括",
        "主要为",
        "主要是",
        "主要包括",
        "主要用于",
        "主要有",
        "用于以下方面",
        "由",
        "加上",
        "加",
        "和",
        "及",
        "以及",
        "、",
        "：",
        "（",
        "）",
    ])
}

/// A name as names are compared: without year and body before it and fillers behind it.
pub fn key(name: &str) -> &str {
    let mut rest = name;
    if rest.contains('年')
        && let Some(at) = rest.rfind("年度").map(|at| at + "年度".len()).or_else(|| comparison::last_year(rest))
    {
        rest = &rest[at..];
    }
    for lead in [
        "本年度",
        "本年",
        "我部门",
        "本部门",
        "我单位",
        "本单位",
        "我局",
        "全年",
        "当年",
        "部门",
        "单位",
        "的",
        "全部",
        "全区",
        "全市",
        "全县",
        "全省",
        "全镇",
    ] {
        rest = rest.strip_prefix(lead).filter(|rest| !rest.is_empty()).unwrap_or(rest);
    }
    const TAILS: [&str; 15] =
        ["为", "是", "共计", "：", "共", "的", "数", "金额", "达", "达到", "安排", "完成", "分别", "均", "各"];
    let mut bare = rest;
    while let Some(shorter) = TAILS.iter().find_map(|tail| bare.strip_suffix(tail)) {
        bare = shorter;
    }
    if bare.is_empty() { rest } else { bare }
}

/// Where the words of numbered items begin.
pub(super) fn items(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut rest = Rest(text);
    let mut opens = true;
    while !rest.is_empty() {
        if opens && item(&mut rest) {
            out.push(rest.at(text));
            opens = false;
        } else {
            opens = matches!(rest.0.chars().next(), Some('\n' | '。' | '；' | '：'));
            rest.take_while(1, |_| true);
        }
    }
    out
}

/// Takes what numbers an item: （一）, 2、, 3.名称, ④.
fn item(rest: &mut Rest) -> bool {
    if !rest.take_while(1, |c| ('①'..='⑩').contains(&c)).is_empty() {
        return true;
    }
    let mut number = *rest;
    number.take(&["（"]);
    let counted = if !number.take_while(3, is_numeral).is_empty() {
        number.take(&["）", "、"])
    } else {
        !number.take_digits(2).is_empty()
            && (number.take(&["）", "、", "．"])
                || number.take(&["."]) && !number.take_while(1, |c| !is_digit(c)).is_empty())
    };
    if counted {
        *rest = number;
    }
    counted
}

/// The column under which such a number is shown.
pub(super) const fn column(kind: &Kind, role: Role) -> &'static str {
    match (kind, role) {
        (Kind::Count(_), _) => "数量",
        (Kind::Points, _) => "百分点",
        (_, Role::Growth) => "增长率",
        (_, Role::Share) => "占比",
        (_, Role::Completion) => "完成率",
        _ => "比率",
    }
}

/// How many sentences end in a text; marks in a row end one.
pub(super) fn ends(text: &str) -> usize {
    let mut open = true;
    let mut count = 0;
    for c in text.chars() {
        let end = matches!(c, '。' | '\n');
        count += usize::from(end && open);
        open = !end;
    }
    count
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::text::rest::tests::of;

    const SPOKEN: [&str; 44] = [
        "完成",
        "为",
        "达到",
        "达",
        "占",
        "年初",
        "当年",
        "全年",
        "调整",
        "调整后",
        "预算",
        "数",
        "安排",
        "总额",
        "金额",
        "指标",
        "支出",
        "收入",
        "的",
        "比例",
        "是",
        "：",
        "，",
        "本部门",
        "决算",
        "执行",
        "实际",
        "累计",
        "总计",
        "合计",
        "共",
        "计",
        "（",
        "率",
        "进度",
        "资金",
        "增加",
        "减少",
        "增减",
        "下降",
        "或",
        "/",
        "）",
        "了",
    ];
    const NUMBERED: [&str; 24] = [
        "（", "(", "一", "十", "1", "２", "）", "、", ".", "．", "其中", "包括", "主要", "为", "用于", "由", "加",
        "上", "和", "以及", "：", "\n", "。", "①",
    ];

    static TURNS: LazyLock<regex::Regex> = LazyLock::new(|| {
        let (up, down) = (UP.join("|"), DOWN.join("|"));
        crate::compiled(&format!(
            r"(?P<both>(?:{up})[（/或](?:{down})）?|(?:{down})[（/或](?:{up})）?|增减)|(?P<up>{up})|(?P<down>{down})"
        ))
    });

    proptest! {
        #[test]
        fn words_before_a_number_are_read_as_patterns_would(text in of(&SPOKEN)) {
            let form = pattern!(r"预算(?:数|安排|金额|总额|总计|合计|收入|支出|指标|资金|调整)*(?:为|是|：|共|计|（|调整为)*$");
            prop_assert_eq!(is_budget(&text), form.is_match(&text), "{}", text);
            let form = pattern!(
                r"(?:决算|执行|实际支出|实际完成|实际执行|完成支出|支出完成|累计支出)(?:数|金额|总额|总计|合计|支出|收入)*(?:为|是|：|共|计)*$",
            );
            prop_assert_eq!(is_result(&text), form.is_match(&text), "{}", text);
            let form = pattern!(r"(?:预算)?(?:完成率|执行率|执行比例|执行进度|支出进度|完成比例)(?:为|是|达到?|：)*$");
            prop_assert_eq!(is_completion(&text), form.is_match(&text), "{}", text);
            let form = pattern!(
                r"(?:(?:完成|为|达到?)(?P<base>[^，。；：占为]{0,14}预算(?:数|安排|总额|金额|指标|支出|收入)*)|占(?P<plan>(?:年初|当年|全年|调整后?)预算(?:数|安排|总额|金额|指标|支出|收入)*))的?(?:比例为|比例)?(?:为|达到?)?$",
            );
            let base = form.captures(&text).map(|found| found.name("base").or(found.name("plan")).map_or("", |base| base.as_str()).to_owned());
            prop_assert_eq!(completed(&text).map(str::to_owned), base, "{}", text);
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

        #[test]
        fn what_numbers_is_read_as_patterns_would(text in of(&NUMBERED)) {
            let form = pattern!(
                r"^(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）、.．]|其中|包括|主要(?:为|是|包括|用于|有)|用于以下方面|由|加上?|和|及|以及|、|：|（|）)+",
            );
            let mut rest = Rest(&text);
            while lead(&mut rest) {}
            prop_assert_eq!(rest.0, form.find(&text).map_or(&*text, |found| &text[found.end()..]), "{}", text);
            let form = pattern!(
                r"(?:^|[\n。；：])(?:（?[一二三四五六七八九十]{1,3}[）、]|（?\d{1,2}(?:[）、．]|\.[^\d])|[①②③④⑤⑥⑦⑧⑨⑩])",
            );
            let expected: Vec<usize> = form.find_iter(&text).map(|found| found.end()).collect();
            prop_assert_eq!(items(&text), expected, "{}", text);
        }
    }
}
