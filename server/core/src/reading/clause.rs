//! Clauses that stand twice in a text, word for word but for their numbers.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::script::is_han;

/// Shortest clause that is surely the same by its words, in Han characters.
const WORDS: usize = 8;

/// The numbers of clauses that stand at least twice: a key that is the same for the same number of the same clause, and
/// where the number stands in `text`. `marks` are passed over.
pub fn repeated(text: &str, marks: &[char]) -> Vec<(String, Range<usize>)> {
    let mut found: BTreeMap<String, Vec<Vec<Range<usize>>>> = BTreeMap::new();
    let mut start = 0;
    let ends = text
        .char_indices()
        .filter(|(_, c)| matches!(c, '，' | '。' | '；' | '：' | '\n'))
        .map(|(at, c)| (at, at + c.len_utf8()));
    for (end, next) in ends.chain([(text.len(), text.len())]) {
        let clause = start..end;
        start = next;
        if !text[clause.clone()].contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let (masked, numbers) = mask(text, clause, marks);
        let words = masked.chars().filter(|&c| is_han(c)).count();
        if words >= WORDS && !numbers.is_empty() {
            found.entry(masked).or_default().push(numbers);
        }
    }
    let twice = found.into_iter().filter(|(_, places)| places.len() > 1);
    twice
        .flat_map(|(masked, places)| {
            places.into_iter().flat_map(move |numbers| {
                let masked = masked.clone();
                numbers.into_iter().enumerate().map(move |(index, range)| (format!("{masked} {index}"), range))
            })
        })
        .collect()
}

/// A clause with `#` for each number, without the number of a list item before it, and where its numbers stand.
fn mask(text: &str, range: Range<usize>, marks: &[char]) -> (String, Vec<Range<usize>>) {
    let mut masked = String::new();
    let mut numbers: Vec<Range<usize>> = Vec::new();
    for (at, c) in text[range.clone()].char_indices() {
        let place = range.start + at;
        if marks.contains(&c) {
            // A cell that begins with the number of an item begins a clause.
            let rest = text[place + c.len_utf8()..].trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.starts_with(['.', '、', '．']) && rest.len() < text.len() - place - c.len_utf8() {
                masked.clear();
                numbers.clear();
            }
            continue;
        }
        let goes_on = numbers.last().is_some_and(|last| last.end == place) && masked.ends_with('#');
        if c.is_ascii_digit() || c == '.' && goes_on && text[place + 1..].starts_with(|c: char| c.is_ascii_digit()) {
            match numbers.last_mut().filter(|_| goes_on) {
                Some(last) => last.end = place + 1,
                None => {
                    masked.push('#');
                    numbers.push(place..place + 1);
                }
            }
        } else if masked == "#" && matches!(c, '.' | '、' | '．') {
            masked.clear();
            numbers.clear();
        } else {
            masked.push(c);
        }
    }
    (masked, numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_clauses_that_differ_in_numbers_alone_are_compared() {
        let text =
            "实现对20座小型水库巡查全覆盖，保障安全。1.实现对26座小型水库巡查全覆盖；2.实现对6座中型水库巡查全覆盖";
        let found: Vec<&str> = repeated(text, &[]).into_iter().map(|(_, range)| &text[range]).collect();
        assert_eq!(found, ["20", "26"]);
    }
}
