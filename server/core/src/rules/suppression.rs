//! What the user does not want to be told of: findings named by what they are about, never by line or text.

use crate::finding::Key;

/// A finding, or several, that are known and accepted. What it leaves open matches anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suppression {
    /// Names it to the one who made it.
    pub number: usize,
    /// Rule code, whatever its letter case.
    pub rule: String,
    /// Whose disclosure.
    pub body: Option<String>,
    /// Of what year.
    pub year: Option<u16>,
    /// The table.
    pub table: Option<String>,
    /// The row, the 科目, the measure.
    pub what: Option<String>,
    /// The column.
    pub column: Option<String>,
}

impl Suppression {
    /// Is a finding of this key meant? White space does not count: the user may have typed what a table prints.
    pub fn covers(&self, key: &Key) -> bool {
        let same = |own: &Option<String>, other: &str| own.as_deref().is_none_or(|own| bare(own).eq(bare(other)));
        self.rule.eq_ignore_ascii_case(&key.rule)
            && self.year.is_none_or(|year| key.year == Some(year))
            && same(&self.body, key.body.as_deref().unwrap_or_default())
            && same(&self.table, &key.table)
            && same(&self.what, &key.what)
            && same(&self.column, &key.column)
    }
}

fn bare(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_open_matches_anything() {
        let key = Key {
            rule: "NT09".into(),
            body: Some("某县水务局".into()),
            year: Some(2025),
            what: "213 农林水支出".into(),
            ..Key::default()
        };
        let all = Suppression { rule: "nt09".into(), ..Suppression::default() };
        assert!(all.covers(&key));
        let one = Suppression { what: Some("213农林水支出".into()), year: Some(2025), ..all.clone() };
        assert!(one.covers(&key));
        for other in [
            Suppression { rule: "NT10".into(), ..one.clone() },
            Suppression { year: Some(2024), ..one.clone() },
            Suppression { body: Some("某县".into()), ..one.clone() },
            Suppression { column: Some("合计".into()), ..one.clone() },
        ] {
            assert!(!other.covers(&key), "{other:?}");
        }
    }
}
