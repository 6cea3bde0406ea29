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
