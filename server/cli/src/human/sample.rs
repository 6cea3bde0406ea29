//! A document and a finding for the tests of both outputs.

use gouji_core::text::Span;
use gouji_core::verdict::finding::{Edit, Finding, Fix, Key, Message, Related, Severity};

/// Three lines with every kind of line break that occurs.
pub const TEXT: &str = "固定资产\r\n资产总额\t141.68\n资产计 148.61 万元";

/// The total of line 2, contradicted by line 3.
pub fn finding() -> Finding {
    let span = |printed: &str| {
        let start = TEXT.find(printed).unwrap_or_default();
        Span::new(start, start + printed.len())
    };
    Finding {
        rule: "AS01".into(),
        name: Message::new("资产合计", "Total assets"),
        severity: Severity::Error,
        message: Message::new("资产总额 141.68，各项合计 148.61", "assets 141.68, items 148.61"),
        span: span("141.68"),
        text: "141.68".into(),
        related: vec![Related {
            span: span("148.61"),
            elsewhere: None,
            text: "148.61".into(),
            message: Message::new("说明", "narrative"),
        }],
        fixes: vec![Fix {
            title: Message::new("改为 148.61", "Change to 148.61"),
            preferred: true,
            edits: vec![Edit { span: span("141.68"), new_text: "148.61".into() }],
        }],
        key: Key { rule: "AS01".into(), ..Key::default() },
    }
}
