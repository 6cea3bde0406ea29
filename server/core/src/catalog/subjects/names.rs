//! Names as documents print them: what counts as the same name, and which listed name is meant by a slip.

use std::borrow::Cow;

use super::Subject;
use crate::catalog::name::fold_char;

/// Names of functional 类 from before the listed windows, without 支出, and the code each had. Only for looking up:
/// the years are recalled, so no verdict rests on them.
pub(super) const FORMER_CLASSES: &[(&str, &str)] = &[
    ("医疗卫生", "210"),
    ("环境保护", "211"),
    ("城乡社区事务", "212"),
    ("农林水事务", "213"),
    ("资源勘探电力信息等", "215"),
    ("资源勘探电力信息等事务", "215"),
    ("商业服务业等事务", "216"),
    ("金融监管等事务", "217"),
    ("国土资源气象等", "220"),
    ("国土资源气象等事务", "220"),
    ("粮油物资管理事务", "222"),
    ("粮油物资储备管理事务", "222"),
];

/// The name folded as all names are, and with 、 for every comma: lists and documents join the parts of a name with
/// either. Borrows where nothing changes, as in nearly every listed name.
pub fn normal_name(name: &str) -> Cow<'_, str> {
    if name.chars().all(|c| normal_char(c) == Some(c)) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.chars().filter_map(normal_char).collect())
    }
}

fn normal_char(c: char) -> Option<char> {
    match c {
        ',' | '，' | '､' => Some('、'),
        c => fold_char(c),
    }
}

/// A name without its closing 支出, which tables add and drop at will. 其他支出 keeps it: 其他 alone names nothing.
pub(super) fn stem(name: &str) -> &str {
    match name.strip_suffix("支出") {
        Some("" | "其他") | None => name,
        Some(stem) => stem,
    }
}

/// The one candidate within two characters of the printed name; `None` where two are equally near.
///
/// A short name must be nearer: 教育 and 文化 are two characters apart and have nothing in common, so one slip is
/// granted for every three characters. The same name under two codes is no unique answer either.
pub fn nearest_name<'a>(name: &str, within: impl IntoIterator<Item = &'a Subject>) -> Option<&'a Subject> {
    let printed: Vec<char> = normal_name(name).chars().collect();
    let limit = (printed.len() / 3).min(2);
    let mut best: Option<(usize, &Subject)> = None;
    let mut alone = true;
    for subject in within {
        let listed: Vec<char> = normal_name(subject.name).chars().collect();
        if printed.len().abs_diff(listed.len()) > limit {
            continue;
        }
        let distance = distance(&printed, &listed);
        match best {
            _ if distance > limit => {}
            Some((least, _)) if distance > least => {}
            Some((least, _)) if distance == least => alone = false,
            _ => {
                best = Some((distance, subject));
                alone = true;
            }
        }
    }
    best.filter(|_| alone).map(|(_, subject)| subject)
}

/// Characters to put in, take out or replace.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, &from) in a.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, &to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::subjects::{List, subjects};

    #[test]
    fn one_name_in_many_spellings() {
        for printed in ["维修(护)费", "维修（护）费", "维修（护)费", " 维 修\u{3000}（护）费"] {
            assert_eq!(normal_name(printed), "维修（护）费");
        }
        assert_eq!(normal_name("股利，股息收入"), normal_name("股利、股息收入"));
        assert_eq!(normal_name("ＬＥＤ显示屏"), "LED显示屏");
        assert!(matches!(normal_name("行政运行"), Cow::Borrowed(_)));
    }

    #[test]
    fn distance_counts_characters() {
        let distance = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(distance("", "水利"), 2);
        assert_eq!(distance("社会保险缴费", "社会保障缴费"), 1);
        assert_eq!(distance("工资津补贴", "工资奖金津补贴"), 2);
        assert_eq!(distance("住房公积金", "住房公积金"), 0);
    }

    #[test]
    fn a_slip_finds_its_name_and_a_tie_finds_none() {
        let list = subjects(List::EconomicGovernment);
        let nearest = |name| nearest_name(name, list.children("501")).map(|subject| subject.code);
        assert_eq!(nearest("社会保险缴费"), Some("50102"));
        assert_eq!(nearest("住房公积全"), Some("50103"));
        assert_eq!(nearest("会议费"), None);
        let functional = subjects(List::Functional);
        assert_eq!(nearest_name("教育", functional.by_code("20701")), None);
        assert_eq!(nearest_name("行政运行", functional.rows()), None);
        assert_eq!(nearest_name("", functional.rows()), None);
    }
}
