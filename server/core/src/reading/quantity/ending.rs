//! What the end of a clause makes of the number behind it.

use crate::text::Rest;

/// What of a budget.
const OF_BUDGET: [&str; 7] = ["数", "安排", "总额", "金额", "指标", "支出", "收入"];

/// 年初预算数为 before an amount: of this year, whatever was compared before.
pub fn is_years_budget(clause: &str) -> bool {
    let mut rest = Rest(clause);
    rest.cut(&["为"]);
    rest.cut(&["数"]);
    rest.0.ends_with("年初预算")
}

/// 预算安排数为 before an amount.
pub fn is_budget(clause: &str) -> bool {
    let mut rest = Rest(clause);
    cut_fillers(&mut rest, &["调整为", "为", "是", "：", "共", "计", "（"]);
    rest.cut_each(&["数", "安排", "金额", "总额", "总计", "合计", "收入", "支出", "指标", "资金", "调整"]);
    rest.0.ends_with("预算")
}

/// 支出决算数为 before an amount.
pub fn is_result(clause: &str) -> bool {
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
pub fn is_completion(clause: &str) -> bool {
    const RATES: [&str; 6] = ["完成率", "执行率", "执行比例", "执行进度", "支出进度", "完成比例"];
    let mut rest = Rest(clause);
    rest.cut_each(&["为", "是", "达到", "达", "："]);
    RATES.iter().any(|rate| rest.0.ends_with(rate))
}

/// The budget that a percentage says is completed: 完成年初预算的, 占全年预算数的比例为.
pub fn completed(clause: &str) -> Option<&str> {
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

#[cfg(test)]
mod tests {
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

    proptest! {
        #[test]
        fn ends_are_read_as_patterns_would(text in of(&SPOKEN)) {
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
        }
    }
}
