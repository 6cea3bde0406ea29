//! Which rules the user wants checked: `--select`, `--ignore`.

use std::sync::Arc;

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgAction, Args};
use gouji_core::rules::{Book, Selection, unknown};
use gouji_core::verdict::finding::Message;

/// `--select`, `--ignore`.
#[derive(Clone, Debug, Default, Args)]
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
    /// True where the user did not choose.
    pub fn is_open(&self) -> bool {
        self.select.is_empty() && self.ignore.is_empty()
    }

    /// What is wrong with the choice, where rules are those of these books.
    pub fn check(&self, books: &[Arc<Book>]) -> Result<(), Message> {
        let words = self.select.iter().chain(&self.ignore).map(|word| word.trim());
        let known = |word: &str| books.iter().any(|book| !book.named(word).is_empty());
        if let (Some(wrong), Some(book)) = (words.clone().find(|word| !known(word)), books.last()) {
            return Err(unknown(wrong, book));
        }
        let none_left = |book: &Arc<Book>| self.apply(Selection::of(Arc::clone(book))).checked().next().is_none();
        if books.iter().all(none_left) {
            return Err(Message::new("选项排除了全部规则", "no rule is left to check"));
        }
        Ok(())
    }

    /// What is left of a selection. What is asked for here is checked whatever the selection says.
    pub fn apply(&self, selection: Selection) -> Selection {
        let book = Arc::clone(selection.book());
        let codes = |words: &[String]| -> Vec<&str> {
            let numbers = words.iter().flat_map(|word| book.named(word.trim()));
            numbers.map(|number| book[number].code.as_str()).collect()
        };
        let selection = match self.select.is_empty() {
            true => selection,
            false => selection.and_none().with(codes(&self.select)),
        };
        selection.and_without(codes(&self.ignore))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(select: &[&str], ignore: &[&str]) -> Result<Vec<String>, String> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let choice = Choice { select: words(select), ignore: words(ignore) };
        choice.check(&[Arc::clone(Book::embedded())]).map_err(|message| message.zh)?;
        let selection = choice.apply(Selection::default());
        Ok(selection.checked().map(|(_, page)| page.code.clone()).collect())
    }

    #[test]
    fn codes_and_groups_are_chosen_and_left_out() {
        let by_default = Book::embedded().pages().filter(|page| !page.opt_in).count();
        assert_eq!(checked(&[], &[]).map(|codes| codes.len()), Ok(by_default));
        let wanted = |code: &str| code.starts_with("AS") && code != "AS02" || code == "IN06";
        let all = Book::embedded().pages().map(|page| page.code.clone()).filter(|code| wanted(code));
        assert_eq!(checked(&["as", " in06"], &["AS02"]), Ok(all.collect()));
        assert!(checked(&[], &["XT"]).is_ok_and(|codes| codes.iter().all(|code| !code.starts_with("XT"))));
    }

    #[test]
    fn what_is_no_rule_is_told_with_the_one_that_may_be_meant() {
        assert!(checked(&["IN60"], &[]).is_err_and(|said| said.starts_with("没有规则 IN60；是否指 IN")));
        assert!(checked(&[], &["I"]).is_err_and(|said| said.starts_with("没有规则 I；")));
        assert_eq!(checked(&["IN"], &["IN"]), Err("选项排除了全部规则".to_owned()));
    }
}
