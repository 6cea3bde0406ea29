//! The lists as a whole, and the known renames and conflicts.

use super::*;

fn functional() -> &'static SubjectList {
    subjects(List::Functional)
}

fn codes(subjects: &[&Subject]) -> Vec<&'static str> {
    subjects.iter().map(|subject| subject.code).collect()
}

/// The verdict as one word, with the codes and names that go with it.
fn word(list: List, code: &str, name: &str, year: u16) -> String {
    match subjects(list).verdict(code, name, Some(year)) {
        NameVerdict::Known => "known".into(),
        NameVerdict::OtherYear(row) => format!("other year: {}", row.name),
        NameVerdict::Unlisted => "unlisted".into(),
        NameVerdict::OtherName(rows) => {
            let names: Vec<_> = rows.iter().map(|row| row.name).collect();
            format!("other name: {}", names.join("/"))
        }
        NameVerdict::Uncertain => "uncertain".into(),
    }
}

#[track_caller]
fn owes(code: &str, name: &str, year: u16, expected: &str) {
    let list = match code.len() {
        5 if code.starts_with('3') => List::EconomicDepartment,
        3 | 5 if code.starts_with('5') => List::EconomicGovernment,
        _ => List::Functional,
    };
    assert_eq!(word(list, code, name, year), expected, "{code} {name} {year}");
}

#[test]
fn every_row_is_read_and_hangs_on_its_parent() {
    for list in [List::Functional, List::EconomicDepartment, List::EconomicGovernment, List::Income] {
        let all = subjects(list);
        assert_eq!(all.rows().len(), rows::fields(source(list).1).count());
        for row in all.rows() {
            assert!(row.code.bytes().all(|byte| byte.is_ascii_digit()), "{row:?}");
            let above = row.parent.map(|parent| all.by_code(parent));
            assert_eq!(above.is_none(), row.level == Level::Class, "{row:?}");
            assert!(above.is_none_or(|above| !above.is_empty()), "{row:?}");
            assert!(!normal_name(row.name).contains('('), "{row:?}");
            let verdict = all.verdict(row.code, row.name, row.valid_to.or(row.valid_from));
            assert_eq!(verdict, NameVerdict::Known, "{row:?}");
        }
    }
}

#[test]
fn codes_names_and_paths() {
    let row = functional().by_code("2080109")[0];
    assert_eq!((row.name, row.level, row.parent, row.seen), ("社会保险经办机构", Level::Item, Some("20801"), true));
    let department = subjects(List::EconomicDepartment);
    assert_eq!(department.by_code("30231")[0].name, "公务用车运行维护费");
    assert_eq!(functional().by_code("210").len(), 2);
    assert!(functional().by_code("").is_empty() && functional().by_code("9").is_empty());

    assert_eq!(codes(&functional().by_name("机关事业单位基本养老保险缴费 支出")), ["2080505"]);
    assert_eq!(codes(&department.by_name("因公出国(境)费用")), ["30212"]);
    assert!(functional().by_name("行政运行").len() > 20);

    let names: Vec<_> = functional().path("2080505").iter().map(|row| row.name).collect();
    assert_eq!(names, ["社会保障和就业支出", "行政事业单位养老支出", "机关事业单位基本养老保险缴费支出"]);
    assert_eq!(codes(&functional().path("2080577")), ["208", "20805"]);
    assert!(functional().path("科目").is_empty());
}

#[test]
fn children_stand_once_under_their_newest_name() {
    let sections = functional().children("210");
    assert_eq!(sections.iter().filter(|row| row.code == "21001").count(), 1);
    assert!(sections.iter().any(|row| row.name == "卫生健康管理事务"));
    assert_eq!(codes(&subjects(List::Income).children("105")), ["10503", "10504"]);
    assert!(codes(&subjects(List::Income).children("")).contains(&"110"));
    assert_eq!(functional().current("2080808").map(|row| row.name), Some("褒扬纪念"));
    assert_eq!(functional().current("21105").map(|row| row.name), Some("森林保护修复"));
}

#[test]
fn classes_by_any_name_they_had() {
    let code = |name| functional().class_by_name(name).map(|row| row.code);
    for (name, expected) in [
        ("社会保障和就业支出", "208"),
        ("社会保障和就业", "208"),
        ("社会保障和就业（类）支出", "208"),
        ("教育", "205"),
        ("农林水 支出", "213"),
        ("农林水事务支出", "213"),
        ("文化体育与传媒支出", "207"),
        ("医疗卫生与计划生育支出", "210"),
        ("医疗卫生", "210"),
        ("国土海洋气象等支出", "220"),
        ("资源勘探信息等支出", "215"),
        ("抗疫特别国债安排的支出", "234"),
        ("预备费", "227"),
        ("其他支出", "229"),
    ] {
        assert_eq!(code(name), Some(expected), "{name}");
    }
    for name in ["其他", "支出", "", "基本支出", "项目支出", "人大事务"] {
        assert_eq!(code(name), None, "{name}");
    }
    let economic = subjects(List::EconomicDepartment);
    assert_eq!(economic.class_by_name("资本性支出(基本建设)").map(|row| row.code), Some("309"));
    assert_eq!(economic.class_by_name("医疗卫生"), None);
}

#[test]
fn renames_are_a_hint_out_of_their_years() {
    owes("207", "文化旅游体育与传媒支出", 2024, "known");
    owes("207", "文化体育与传媒支出", 2024, "other year: 文化体育与传媒支出");
    owes("207", "文化体育与传媒支出", 2018, "known");
    owes("20805", "行政事业单位离退休", 2025, "other year: 行政事业单位离退休");
    owes("20805", "行政事业单位离退休", 2020, "known");
    owes("20805", "行政事业单位养老支出", 2020, "known");
    owes("2130153", "农田建设", 2025, "other year: 农田建设");
    owes("2130599", "其他巩固脱贫衔接乡村振兴支出", 2024, "known");
    assert_eq!(functional().verdict("20805", "行政事业单位离退休", None), NameVerdict::Known);
}

#[test]
fn other_names_are_worth_a_warning() {
    owes("2130153", "农产品质量安全", 2024, "other name: 农田建设/耕地建设与利用");
    owes("2100301", "综合医院", 2024, "other name: 城市社区卫生机构");
    owes("2050701", "特殊教育", 2024, "other name: 特殊学校教育");
    owes("2200199", "其他国土资源事务支出", 2024, "other name: 其他自然资源事务支出");
    owes("2100717", "计划生育事务", 2025, "other name: 计划生育服务");
    owes("50101", "工资津补贴", 2024, "other name: 工资奖金津补贴");
    owes("50102", "社会保险缴费", 2024, "other name: 社会保障缴费");
    owes("30202", "咨询费", 2024, "other name: 印刷费");
    owes("20701", "文化旅游体育与传媒支出", 2024, "other name: 文化/文化和旅游");
    owes("21303", "水利工程建设", 2024, "other name: 水利");
}

#[test]
fn what_the_layout_may_have_done_accuses_nobody() {
    owes("2082602", "财政对城乡居", 2025, "known");
    owes("2080505", "机关事业单位基本养老保险缴费支", 2025, "known");
    owes("2080505", "机关事业单位基本养老保险…", 2025, "known");
    owes("2080505", "养老保险缴费支出", 2025, "known");
    owes("30108", "机关事业单位基本养老保险缴费120.50", 2025, "known");
    owes("30113", "住房公积金财政拨款", 2025, "known");
    owes("2080505", "2080505-机关事业单位基本养老保险缴费支出", 2025, "known");
    owes("21303", "水利（款）", 2025, "known");
    owes("205", "教育", 2025, "known");
    owes("30213", "维修(护)费", 2025, "known");
    owes("30211", "差旅", 2025, "other name: 差旅费");
    owes("2010101", "", 2025, "uncertain");
    owes("2010101", "⾏政运⾏", 2025, "uncertain");
}

#[test]
fn doubtful_and_unlisted_codes_accuse_nobody() {
    owes("503", "机关资本性支出", 2025, "uncertain");
    owes("503", "会议费", 2025, "uncertain");
    owes("21105", "退耕还林", 2025, "uncertain");
    owes("20301", "现役部队", 2025, "uncertain");
    owes("227", "预备费", 2025, "known");
    owes("2080177", "地方自设项", 2025, "unlisted");
    assert!(functional().uncertain("22198") && !functional().uncertain("50601"));
}

#[test]
fn any_text_may_be_asked_about() {
    for text in ["", " ", "\u{301}", "２０８", "20８05", "科目编码", "208\u{0}", "99999999999", "（", "😀支出"]
    {
        let list = functional();
        assert!(list.by_code(text).is_empty(), "{text}");
        assert!(list.path(text).len() <= 1 && list.class_by_name(text).is_none(), "{text}");
        assert!(!matches!(list.verdict(text, text, None), NameVerdict::Known), "{text}");
        assert_eq!(nearest_name(text, list.rows()), None, "{text}");
    }
}
