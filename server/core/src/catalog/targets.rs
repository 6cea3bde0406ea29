//! Words of performance targets: units that are the same, the sides of a thing that indicators measure
//! (`data/targets.toml`).

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    unit: Vec<Vec<String>>,
    aspect: Vec<String>,
    stop: Vec<String>,
    generic: Vec<String>,
}

static TARGETS: LazyLock<File> = LazyLock::new(|| crate::embedded::list!("targets"));

/// The unit at the beginning of a text, the longest that fits: the name of its kind, and how it is printed.
pub fn leading_unit(text: &str) -> Option<(&'static str, &'static str)> {
    let all = TARGETS.unit.iter().flat_map(|kind| kind.iter().map(move |word| (kind[0].as_str(), word.as_str())));
    all.filter(|(_, word)| text.starts_with(word)).max_by_key(|(_, word)| word.len())
}

/// A unit without the words behind it that make its number a bound: 人以上.
pub fn without_bounds(unit: &str) -> &str {
    ["及以上", "以上", "以内", "以下", "左右"].iter().fold(unit, |unit, tail| {
        std::iter::successors(Some(unit), |unit| unit.strip_suffix(tail)).last().unwrap_or(unit)
    })
}

/// The kind of a whole unit, with the ten thousand before it (万人); none for what is no unit that targets count in.
pub fn unit_kind(unit: &str) -> Option<String> {
    let unit = without_bounds(unit);
    let (scale, bare) = unit.strip_prefix('万').map_or(("", unit), |bare| ("万", bare));
    let (kind, printed) = leading_unit(bare)?;
    (printed == bare).then(|| format!("{scale}{kind}"))
}

/// The sides of a thing that a text speaks of: 满意, 及时, 覆盖.
pub fn aspects(text: &str) -> Vec<&'static str> {
    static ANY: LazyLock<AhoCorasick> = LazyLock::new(|| super::words::any_that_overlap(&TARGETS.aspect));
    let mut found: Vec<usize> = ANY.find_overlapping_iter(text).map(|found| found.pattern().as_usize()).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|number| TARGETS.aspect[number].as_str()).collect()
}

/// A text without the words that say nothing of what is measured; a space stands for each.
pub fn bare(text: &str) -> Cow<'_, str> {
    static STOP: LazyLock<AhoCorasick> = LazyLock::new(|| super::words::any(&TARGETS.stop));
    if !STOP.is_match(text) {
        return Cow::Borrowed(text);
    }
    let mut bare = String::with_capacity(text.len());
    STOP.replace_all_with(text, &mut bare, |_, _, bare| {
        bare.push(' ');
        true
    });
    Cow::Owned(bare)
}

/// Does a name say too little to be known by it alone?
pub fn is_generic(name: &str) -> bool {
    TARGETS.generic.iter().any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_known_by_their_kind() {
        assert_eq!(leading_unit("个月供暖"), Some(("个月", "个月")));
        assert_eq!(leading_unit("摄氏度以上"), Some(("度", "摄氏度")));
        assert_eq!(unit_kind("万人以上"), Some("万人".to_owned()));
        assert_eq!(unit_kind("所"), Some("家".to_owned()));
        assert_eq!(unit_kind("次/半年"), None);
        assert_eq!(unit_kind("月底"), None);
    }

    #[test]
    fn empty_words_part_what_is_compared() {
        assert_eq!(bare("供暖温度达到"), "供暖温度 ");
        assert_eq!(aspects("参保群众满意度"), ["满意", "参保"]);
        assert!(is_generic("满意度") && !is_generic("供暖温度"));
    }
}
