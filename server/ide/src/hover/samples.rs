//! Sample data for the tests of this crate.

use gouji_core::document::{FigureView, RelationView, Verdict};
use gouji_core::text::Span;
use gouji_core::verdict::finding::{Edit, Finding, Fix, Key, Message, Severity};

/// A finding at 5..11 whose fix writes at 20..26.
pub fn finding() -> Finding {
    Finding {
        rule: "AS01".into(),
        name: Message::new("资产总额", "Total assets"),
        severity: Severity::Error,
        message: Message::new("资产总额 141.68，各项合计 148.61", "Total assets 141.68, items sum to 148.61"),
        span: Span::new(5, 11),
        text: "141.68".into(),
        related: Vec::new(),
        fixes: vec![Fix {
            title: Message::new("改为 148.61", "Change to 148.61"),
            preferred: true,
            edits: vec![Edit { span: Span::new(20, 26), new_text: "148.61".into() }],
        }],
        key: Key { rule: "AS01".into(), what: "资产总额".into(), year: Some(2025), ..Key::default() },
    }
}

/// A figure of a table.
pub fn figure() -> FigureView {
    FigureView {
        span: Span::new(5, 11),
        text: "603.57".into(),
        place: "部门支出总表".into(),
        what: "2101103 公务员医疗补助".into(),
        column: Some("合计".into()),
        year: Some(2025),
        unit: "万元".into(),
    }
}

/// A relation with a verdict.
pub fn relation(rule: &str, verdict: Verdict) -> RelationView {
    let sentence = Message::new("合计 603.57 = 基本支出 595.57 + 项目支出 8.00", "total 603.57 = 595.57 + 8.00");
    RelationView { rule: rule.into(), verdict, figures: Vec::new(), sentence }
}
