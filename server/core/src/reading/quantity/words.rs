//! What the words around a number make of it.

use super::ending::{completed, is_budget, is_completion, is_result, is_years_budget};
use super::numbering::lead;
use super::scan::last;
use super::turn::direction;
use super::{Found, Kind, Quantity, Role};
use crate::reading::comparison;
use crate::text::Rest;
use crate::text::rest::years;

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

/// A name as names are compared: without year and body before it and fillers behind it.
pub fn key(name: &str) -> &str {
    let mut rest = name;
    if rest.contains('年')
        && let Some(at) =
            rest.rfind("年度").map(|at| at + "年度".len()).or_else(|| years(rest).next_back().map(|year| year.end))
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
