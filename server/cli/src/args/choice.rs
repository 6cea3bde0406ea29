//! Which rules the user wants checked: `--select`, `--ignore`.

use std::collections::BTreeSet;

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgAction, Args};
use gouji_core::rules::page::Page;
use gouji_core::rules::{Book, Selection, unknown};
use gouji_core::verdict::finding::Message;

/// `--select`, `--ignore`.
#[derive(Debug, Default, Args)]
pub struct Choice {
    /// 只检查这些规则：代码或组，如 IN06,XT；用逗号隔开，也可多次给出
    #[arg(
        long,
        value_name = "代码",
        value_delimiter = ',',
        action = ArgAction::Append,
        value_parser = NonEmptyStringValueParser::new(),
        help_heading = "选项"
    )]
    select: Vec<String>,
    /// 不检查这些规则：代码或组
    #[arg(
        long,
        value_name = "代码",
        value_delimiter = ',',
        action = ArgAction::Append,
        value_parser = NonEmptyStringValueParser::new(),
        help_heading = "选项"
    )]
    ignore: Vec<String>,
}

impl Choice {
    /// The rules that are left, or what is wrong with the choice.
    pub fn selection(&self) -> Result<Selection, Message> {
        let (wanted, unwanted) = (codes(&self.select)?, codes(&self.ignore)?);
        let chosen = |page: &Page| wanted.contains(page.code.as_str()) || self.select.is_empty() && !page.opt_in;
        let is_off = |page: &&Page| !chosen(page) || unwanted.contains(page.code.as_str());
        let all = || Book::embedded().pages();
        if all().all(|page| is_off(&page)) {
            return Err(Message::new("选项排除了全部规则", "no rule is left to check"));
        }
        let off = all().filter(is_off).map(|page| page.code.as_str());
        Ok(Selection::without(off).with(wanted.iter().filter(|code| !unwanted.contains(*code)).copied()))
    }
}

/// The codes that words name, each by itself or by its group.
fn codes(words: &[String]) -> Result<BTreeSet<&'static str>, Message> {
    let mut found = BTreeSet::new();
    for word in words.iter().map(|word| word.trim()) {
        let book = Book::embedded();
        let named = book.named(word);
        if named.is_empty() {
            return Err(unknown(word, book));
        }
        found.extend(named.into_iter().map(|number| book[number].code.as_str()));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(select: &[&str], ignore: &[&str]) -> Result<Vec<String>, String> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let selection = Choice { select: words(select), ignore: words(ignore) }.selection();
        let selection = selection.map_err(|message| message.zh)?;
        Ok(selection.checked().map(|(_, page)| page.code.clone()).collect())
    }

    #[test]
    fn codes_and_groups_are_chosen_and_left_out() {
        let by_default = Book::embedded().pages().filter(|page| !page.opt_in).count();
        assert_eq!(checked(&[], &[]).map(|codes| codes.len()), Ok(by_default));
        assert_eq!(checked(&["as", " in06"], &["AS02"]), Ok(vec!["AS01".to_owned(), "IN06".to_owned()]));
        assert!(checked(&[], &["XT"]).is_ok_and(|codes| codes.iter().all(|code| !code.starts_with("XT"))));
    }

    #[test]
    fn what_is_no_rule_is_told_with_the_one_that_may_be_meant() {
        assert!(checked(&["IN60"], &[]).is_err_and(|said| said.starts_with("没有规则 IN60；是否指 IN")));
        assert!(checked(&[], &["I"]).is_err_and(|said| said.starts_with("没有规则 I；")));
        assert_eq!(checked(&["IN"], &["IN"]), Err("选项排除了全部规则".to_owned()));
    }
}
