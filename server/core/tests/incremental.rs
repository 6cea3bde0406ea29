//! After any edits, choices of rules and words of the user the document equals one that is opened fresh.

use gouji_core::Document;
use std::sync::{Arc, LazyLock};

use gouji_core::catalog::Unit;
use gouji_core::finding::Severity;
use gouji_core::rules::{Book, Page, Selection, Suppression};
use gouji_core::text::Span;
use proptest::prelude::*;

const SOURCE: &str = "某县水务局2025年部门预算公开

部门预算支出总表
单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
| | 合计 | 430.60 | 345.00 | 85.60 |
| 213 | 农林水支出 | 406.00 | 320.40 | 85.60 |
| 21303 | 水利 | 406.00 | 320.40 | 85.60 |
| 221 | 住房保障支出 | 24.60 | 24.60 | |

部门预算一般公共预算财政拨款支出表
450某县水务局 预算年度：2025 单位：万元
序号
科目编码 科目名称 合计 基本支出 项目支出
栏次 1 2 3 4 5
1 合计 430.60 345.00 85.60
2 213 农林水支出 406.00 320.40 85.60
3 221 住房保障支出 24.60 24.60

二、部门预算安排的总体情况
2025年支出预算430.60万元，其中：基本支出345.00万元，包括人员经费300.00万元和日常公用经费45.00万元；项目支出85.60万元，主要为：1、河道清淤经费60.00万
元；2、水库维修25.60万元。
1、河道清淤经费绩效目标表
单位：万元
项目编码 13000025P00012345678A 项目名称 河道清淤经费
预算规模及资金用途
预算数 60.00 其中：财政 资金 60.00 其他资金
资金支出计划（%）
3月底 6月底 10月底 12月底
15.00 30.00 45.00 60.00
八、国有资产信息
上年末固定资产金额为12.80万元。
\t固定资产占用情况表

\t项目
\t数量
\t价值

\t资产总额
\t1
\t12.80

\t2、车辆
\t1
\t12.80

部門預算收入總表 |
單位：萬元 |
科目编码 | 科目名称 | 合计 | 小计 | 财政拨款收入 |
合 计 | 430.60 | 430.60 | 430.60 |
213 | 农林水支出 | 406.00 | 406.00 | 406.00 |
221 | 住房保障支出 | 24.60 | 24.60 | 24.60 |

部门预算一般公共预算财政拨款基本支出表
单位：万元

科目编码

科目名称

合计

人员经费

公用经费

合计

345.00

300.00

45.00

301

工资福利支出

300.00

300.00

302

商品和服务支出

45.00

45.00
";

const ACCOUNTS: &str = "某县水利局2023年度部门决算公开

一般公共预算财政拨款支出决算表
单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 589.85 | 364.25 | 225.60 |
| 208 | 社会保障和就业支出 | 36.40 | 36.40 |  |
| 20805 | 行政事业单位养老支出 | 36.40 | 36.40 |  |
| 2080501 | 行政单位离退休 | 4.20 | 4.20 |  |
| 2080505 | 机关事业单位基本养老保险缴费支出 | 32.20 | 32.20 |  |
| 210 | 卫生健康支出 | 16.10 | 16.10 |  |
| 21011 | 行政事业单位医疗 | 16.10 | 16.10 |  |
| 2101101 | 行政单位医疗 | 16.10 | 16.10 |  |
| 213 | 农林水支出 | 512.75 | 287.15 | 225.60 |
| 21303 | 水利 | 512.75 | 287.15 | 225.60 |
| 2130301 | 行政运行 | 287.15 | 287.15 |  |
| 2130306 | 水利工程运行与维护 | 145.60 |  | 145.60 |
| 2130314 | 防汛 | 80.00 |  | 80.00 |
| 221 | 住房保障支出 | 24.60 | 24.60 |  |
| 22102 | 住房改革支出 | 24.60 | 24.60 |  |
| 2210201 | 住房公积金 | 24.60 | 24.60 |  |

收入支出决算总表
公开01表
单位：万元
收入 支出
项目 决算数 项目 决算数
一、一般公共预算财政拨款收入 589.85 一、一般公共服务支出
二、政府性基金预算财政拨款收入 八、社会保障和就业支出 36.40
三、国有资本经营预算财政拨款收入 九、卫生健康支出 16.10
四、上级补助收入 十一、城乡社区支出
五、事业收入 十二、农林水支出 517.75
六、经营收入 十九、住房保障支出 24.60
七、附属单位上缴收入 二十三、其他支出
八、其他收入 8.00 二十四、债务还本支出
本年收入合计 597.85 本年支出合计 594.85
使用非财政拨款结余 结余分配
年初结转和结余 12.00 年末结转和结余 15.00
总计 609.85 总计 609.85
支出决算表
公开03表
单位：万元
科目编码 科目名称 本年支出合计 基本支出 项目支出 上缴上级支出 经营支出 对附属单位补助支出
合计 594.85 364.25 230.60
208 社会保障和就业支出 36.40 36.40
20805 行政事业单位养老支出 36.40 36.40
2080501 行政单位离退休 4.20 4.20
2080505 机关事业单位基本养老保险缴费支出 32.20 32.20
210 卫生健康支出 16.10 16.10
21011 行政事业单位医疗 16.10 16.10
2101101 行政单位医疗 16.10 16.10
213 农林水支出 517.75 287.15 230.60
21303 水利 517.75 287.15 230.60
2130301 行政运行 287.15 287.15
2130306 水利工程运行与维护 150.60 150.60
2130314 防汛 80.00 80.00
221 住房保障支出 24.60 24.60
22102 住房改革支出 24.60 24.60
2210201 住房公积金 24.60 24.60
一般公共预算财政拨款基本支出决算表
单位：万元
\t科目编码
\t科目名称
\t决算数
\t科目编码
\t科目名称
\t决算数

\t301
\t工资福利支出
\t318.05
\t302
\t商品和服务支出
\t39.00

\t30101
\t基本工资
\t128.40
\t30201
\t办公费
\t12.30

\t30102
\t津贴补贴
\t98.15
\t30207
\t邮电费
\t3.10

\t30103
\t奖金
\t18.60
\t30211
\t差旅费
\t8.45

\t30108
\t机关事业单位基本养老保险缴费
\t32.20
\t30217
\t公务接待费
\t1.20

\t30110
\t职工基本医疗保险缴费
\t16.10
\t30231
\t公务用车运行维护费
\t4.60

\t30113
\t住房公积金
\t24.60
\t30239
\t其他交通费用
\t9.35

\t303
\t对个人和家庭的补助
\t4.20
\t310
\t资本性支出
\t3.00

\t30302
\t退休费
\t4.20
\t31002
\t办公设备购置
\t3.00

\t人员经费合计
\t
\t322.25
\t公用经费合计
\t
\t42.00

财政拨款“三公”经费支出决算表
单位：万元

| 合计 |  | 因公出国（境）费 |  | 公务用车购置及运行维护费 |  |  |  |  |  | 公务接待费 |  |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
|  |  |  |  | 小计 |  | 公务用车购置费 |  | 公务用车运行维护费 |  |  |  |
| 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 |
| 8.00 | 5.80 | 0.00 | 0.00 | 6.00 | 4.60 | 0.00 | 0.00 | 6.00 | 4.60 | 2.00 | 1.20 |

一、收入支出决算总体情况说明
2023年度收入支出总计609.85万元。与2022年度相比，收入支出总计增加20.00万元。
三、支出决算情况说明
本年支出合计594.85万元，其中：基本支出364.25万元；项目支出230.60万元。
五、一般公共预算财政拨款支出决算情况说明
（一）一般公共预算财政拨款支出决算结构情况
2023年度一般公共预算财政拨款支出589.85万元，主要用于以下方面：社会保障和就业支出（类）36.40万元；卫生健康支出（类）16.10万元；农林水支出（类）512.75万元；住房保障支出（类）24.60万元。
（二）一般公共预算财政拨款支出决算具体情况
2023年度一般公共预算财政拨款支出年初预算为600.00万元，支出决算为589.85万元。其中：
1、社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）。主要用于：退休人员支出。年初预算为4.20万元，支出决算为4.20万元。
2、社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）。年初预算为33.00万元，支出决算为32.20万元。
3、卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）。年初预算为16.50万元，支出决算为16.10万元。
4、农林水支出（类）水利（款）行政运行（项）。年初预算为290.00万元，支出决算为287.15万元。
5、农林水支出（类）水利（款）水利工程运行与维护（项）。年初预算为150.00万元，支出决算为145.60万元。
6、农林水支出（类）水利（款）防汛（项）。年初预算为81.30万元，支出决算为80.00万元。
7、住房保障支出（类）住房改革支出（款）住房公积金（项）。年初预算为25.00万元，支出决算为24.60万元。
六、一般公共预算财政拨款基本支出决算情况说明
一般公共预算财政拨款基本支出364.25万元。其中：人员经费322.25万元，主要包括：基本工资、津贴补贴、奖金；公用经费42.00万元，主要包括：办公费、邮电费、差旅费。
七、财政拨款“三公”经费支出决算情况说明
“三公”经费财政拨款支出年初预算为8.00万元，支出决算为5.80万元，其中：因公出国（境）费决算为0.00万元；公务用车购置及运行维护费支出决算为4.60万元；公务接待费支出决算为1.20万元。
1、公务用车运行维护费支出4.60万元。
2、公务接待费支出1.20万元，其中：国内公务接待支出1.20万元。
";

fn same(left: &Document, right: &Document) -> bool {
    let (a, b) = (left.analysis(), right.analysis());
    a.findings() == b.findings()
        && a.relations() == b.relations()
        && a.coverage() == b.coverage()
        && a.identity() == b.identity()
        && a.outline() == b.outline()
        && a.unread() == b.unread()
        && a.suppressed() == b.suppressed()
}

/// A book with a page of one's own, which the sample contradicts.
static OWN: LazyLock<Arc<Book>> = LazyLock::new(|| {
    let page = Page::parse(
        "+++\ncode = \"X01\"\nname = \"项目支出不超过六十万元\"\nname_en = \"Cap\"\nseverity = \"warning\"\ntolerance = \"T0\"\n\
         formula = [\"支出总表[合计].项目支出 ≤ 60万元\"]\n+++\n# 上限\n",
    );
    Arc::new(Book::with(page))
});

/// What the user may say: a few rules or nearly all switched off, a book, severities, a unit, a suppression.
fn word() -> impl Strategy<Value = Selection> {
    let codes: Vec<&str> = Book::embedded().pages().map(|page| page.code.as_str()).collect();
    let all = codes.len();
    let off = prop::sample::subsequence(codes, 0..all);
    let units = prop::sample::select(vec![None, None, Some(Unit::Yuan), Some(Unit::TenThousand)]);
    (off, any::<bool>(), any::<bool>(), any::<bool>(), units).prop_map(|(off, own, quiet, known, unit)| {
        let book = if own { &OWN } else { Book::embedded() };
        let mut selection = Selection::of(Arc::clone(book)).and_without(off).with_unit(unit);
        if quiet {
            selection = selection.with_severity("IN08", Severity::Info).with_severity("X01", Severity::Error);
        }
        if known {
            let rule = Suppression { rule: "X01".to_owned(), year: Some(2025), ..Suppression::default() };
            selection = selection.with_suppressions(vec![rule]);
        }
        selection
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn edited_equals_fresh(
        edits in prop::collection::vec((0usize..1000, 0usize..40, "([0-9]{1,2}|\\.|\n|\t|，|。|表|\\| |部门预算收入总表\n|一、|万元|某乡水务站2025年部门预算公开\n| ){0,2}", prop::option::weighted(0.3, word())), 1..5),
    ) {
        let mut document = Document::open(SOURCE);
        let mut selection = Selection::default();
        for (at, length, with, chosen) in edits {
            let start = document.text().len() * at / 1000;
            document.edit(Span::new(start, start + length), &with);
            if let Some(word) = chosen {
                selection = word;
                document.select(selection.clone());
            }
        }
        let fresh = Document::open_with(&document.text().to_string(), selection);
        prop_assert!(same(&document, &fresh), "{}", document.text());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn edited_accounts_equal_fresh(
        edits in prop::collection::vec((0usize..1000, 0usize..40, "([0-9]{1,2}|\\.|\n|\t|，|。|表|\\| |收入决算表\n|五、|（项）|决算|预算|年初预算为|某乡水务站2023年部门决算公开\n| ){0,2}"), 1..5),
    ) {
        let mut document = Document::open(ACCOUNTS);
        for (at, length, with) in edits {
            let start = document.text().len() * at / 1000;
            document.edit(Span::new(start, start + length), &with);
        }
        let fresh = Document::open(&document.text().to_string());
        prop_assert!(same(&document, &fresh), "{}", document.text());
    }
}

#[test]
fn the_sample_of_accounts_holds() {
    let document = Document::open(ACCOUNTS);
    let analysis = document.analysis();
    assert!(analysis.coverage().checked * 10 > analysis.coverage().amounts * 9);
    assert!(analysis.findings().iter().all(|finding| finding.severity.word() == "hint"), "{:?}", analysis.findings());
}

#[test]
fn the_sample_is_one_disclosure_with_relations() {
    let document = Document::open(SOURCE);
    assert!(document.analysis().coverage().exact > 20);
    assert_eq!(
        document.analysis().findings().iter().filter(|f| f.severity.word() == "error").count(),
        0,
        "{:?}",
        document.analysis().findings()
    );
}

#[test]
fn a_page_of_ones_own_finds_what_it_is_made_for_and_a_suppression_hides_it() {
    let selection = Selection::of(Arc::clone(&OWN));
    let mut document = Document::open_with(SOURCE, selection.clone());
    let own = |document: &Document| document.analysis().findings().iter().filter(|f| f.rule == "X01").count();
    assert_eq!(own(&document), 1, "{:?}", document.analysis().findings());
    let number = OWN.number("X01").expect("a page");
    assert_eq!(OWN[number].severity, Severity::Warning);
    let hide = |body: &str| {
        let rule = Suppression {
            number: 7,
            rule: "X01".to_owned(),
            body: Some(body.to_owned()),
            year: Some(2025),
            table: Some("支出总表".to_owned()),
            ..Suppression::default()
        };
        selection.clone().with_suppressions(vec![rule])
    };
    document.select(hide("某县水务局"));
    assert_eq!((own(&document), document.analysis().suppressed().len()), (0, 1));
    assert_eq!(document.analysis().suppressed()[0].0, 7);
    document.select(hide("某县农业局"));
    assert_eq!((own(&document), document.analysis().suppressed().len()), (1, 0));
}

#[test]
fn a_unit_that_the_user_knows_is_that_of_tables_that_state_none() {
    let text = "某县水务局2025年部门预算公开\n\n部门预算支出总表\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n\
                | --- | --- | --- | --- | --- |\n| | 合计 | 4306000 | 3450000 | 856000 |\n\n\
                二、部门预算安排的总体情况\n2025年支出预算430.60万元，其中：基本支出345.00万元；项目支出85.60万元。\n";
    let yuan = Selection::default().with_unit(Some(Unit::Yuan));
    let document = Document::open_with(text, yuan);
    assert!(document.analysis().findings().is_empty(), "{:?}", document.analysis().findings());
    assert!(document.analysis().coverage().exact > 2);
    assert_eq!(document.analysis().identity().and_then(|own| own.unit).as_deref(), Some("元"));
}
