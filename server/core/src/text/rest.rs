//! Words taken off a text one after another, from its head or from its end.
//!
//! The words around a figure come in a fixed order: 较 · 上年 · 预算 · 数. Readers of such orders are written out with
//! [`Rest`]: each pattern would have to be compiled when a program that has just started first asks for it, and keeps
//! some fifty kilobytes, of which forty made half of the wait for the first findings.

use std::ops::Range;

/// A digit in half or full width.
pub fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// A numeral of the numbers up to 十.
pub fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// What is left of a text. What is taken is asked for in the order in which it may stand; what does not stand there takes
/// nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest<'a>(pub &'a str);

impl<'a> Rest<'a> {
    /// Has all been taken?
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Where it begins in the text of which it is left; nothing was cut from the end.
    pub fn at(self, text: &str) -> usize {
        text.len() - self.0.len()
    }

    /// Takes the first of these words that it begins with. Where one begins as another does, the longer stands first.
    pub fn take(&mut self, words: &[&str]) -> bool {
        let rest = words.iter().find_map(|word| self.0.strip_prefix(word));
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Takes as many of these words as follow one another; was there one?
    pub fn take_each(&mut self, words: &[&str]) -> bool {
        let before = self.0;
        while self.take(words) {}
        self.0.len() < before.len()
    }

    /// Takes the first of these words that it ends with.
    pub fn cut(&mut self, words: &[&str]) -> bool {
        let rest = words.iter().find_map(|word| self.0.strip_suffix(word));
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Cuts as many of these words as it ends with one after another.
    pub fn cut_each(&mut self, words: &[&str]) {
        while self.cut(words) {}
    }

    /// Takes one character.
    pub fn take_char(&mut self) -> Option<char> {
        let mut characters = self.0.chars();
        let taken = characters.next();
        self.0 = characters.as_str();
        taken
    }

    /// Takes the characters of a kind that it begins with.
    pub fn take_while(&mut self, kind: impl Fn(char) -> bool) -> &'a str {
        self.take_up_to(usize::MAX, kind)
    }

    /// The same, not more of them than `most`.
    pub fn take_up_to(&mut self, most: usize, kind: impl Fn(char) -> bool) -> &'a str {
        let length = self.0.chars().take(most).take_while(|&c| kind(c)).map(char::len_utf8).sum();
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }

    /// Takes up to `most` digits.
    pub fn take_digits(&mut self, most: usize) -> &'a str {
        self.take_up_to(most, is_digit)
    }

    /// Takes white space.
    pub fn take_space(&mut self) {
        self.0 = self.0.trim_start();
    }

    /// Takes the number of a year of this century, without 年.
    pub fn take_year(&mut self) -> Option<&'a str> {
        let mut rest = Rest(self.0.strip_prefix("20")?);
        if rest.take_digits(2).chars().count() < 2 {
            return None;
        }
        let year = &self.0[..self.0.len() - rest.0.len()];
        *self = rest;
        Some(year)
    }

    /// Takes 第三部分.
    pub fn take_part(&mut self) -> bool {
        let mut rest = *self;
        let numbered =
            rest.take(&["第"]) && !rest.take_while(|c| is_numeral(c) || is_digit(c)).is_empty() && rest.take(&["部分"]);
        if numbered {
            *self = rest;
        }
        numbered
    }

    /// Cuts such a number with its 年.
    pub fn cut_year(&mut self) -> bool {
        let before = self.0.strip_suffix('年').and_then(|number| {
            let number = number.strip_suffix(is_digit)?.strip_suffix(is_digit)?;
            number.strip_suffix("20")
        });
        self.0 = before.unwrap_or(self.0);
        before.is_some()
    }
}

/// Where years of this century stand, from their number to 年.
pub fn years(text: &str) -> impl DoubleEndedIterator<Item = Range<usize>> + '_ {
    text.match_indices('年').filter_map(|(at, sign)| {
        let end = at + sign.len();
        let mut before = Rest(&text[..end]);
        before.cut_year().then_some(before.0.len()..end)
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    /// Texts of these words, in any order.
    pub fn of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
        proptest::collection::vec(select(words), 0..9).prop_map(|words| words.concat())
    }

    proptest! {
        #[test]
        fn years_are_those_of_the_pattern(text in of(&["20", "2", "0", "１", "9", "年", "度", "预算"])) {
            let form = pattern!(r"20\d\d年");
            let expected: Vec<Range<usize>> = form.find_iter(&text).map(|found| found.range()).collect();
            prop_assert_eq!(years(&text).collect::<Vec<_>>(), expected, "{}", text);
        }
    }

    #[test]
    fn words_are_taken_in_their_order() {
        let mut rest = Rest("较上年预算数数的");
        assert!(rest.take(&["比", "较"]) && rest.take(&["上年", "去年"]) && !rest.take(&["上年"]));
        assert!(rest.take_each(&["预算", "数"]));
        assert_eq!(rest, Rest("的"));
        let mut rest = Rest("与2024年预算数");
        rest.cut_each(&["预算", "数"]);
        assert!(rest.cut_year() && !rest.cut_year());
        assert_eq!(rest, Rest("与"));
    }
}
