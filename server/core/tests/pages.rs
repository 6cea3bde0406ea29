//! Every rule page's examples hold, and a rule that is switched off is as if it were not there.

use gouji_core::Document;
use gouji_core::document::examples::{examples, failures};
use gouji_core::rules::{Book, Selection};

#[test]
fn every_page_has_examples_that_hold() {
    let mut wrong = Vec::new();
    for page in Book::embedded().pages() {
        let failed = failures(&page.code, &Selection::default());
        wrong.extend(failed.into_iter().map(|own| format!("{} {}：{}", page.code, own.title, own.how.zh)));
    }
    assert!(wrong.is_empty(), "{} 处：\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_rule_that_is_switched_off_compares_nothing_and_says_nothing() {
    for page in Book::embedded().pages() {
        let example = examples(&page.body).into_iter().find(|example| !example.clean).expect("an example");
        let mut document = example.open(Selection::without([page.code.as_str()]));
        let analysis = document.analysis();
        assert!(analysis.findings().iter().all(|finding| finding.rule != page.code), "{}", page.code);
        assert!(analysis.relations().iter().all(|relation| relation.rule != page.code), "{}", page.code);
        document.select(Selection::none());
        assert!(document.analysis().findings().is_empty() && document.analysis().relations().is_empty());
        assert_eq!(document.analysis().identity(), Document::open(&example.text).analysis().identity());
    }
}
