//! Whose disclosure is whose: names of bodies as they are compared between files.

use crate::catalog::name::{fold, without_brackets};
use crate::text::script::is_han;

/// A body as its own disclosure names it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Body {
    /// Folded, without brackets: 怀安县水务局.
    pub name: String,
    /// The place it begins with: 怀安县; empty where it names none.
    place: String,
    /// Its code (450, 450001), where tables print one.
    pub code: Option<String>,
    /// Whether the titles speak of a department (部门预算) or of a unit (单位预算); none where they say neither.
    pub department: Option<bool>,
}

impl Body {
    /// A body of this name.
    pub fn new(name: &str, code: Option<String>, department: Option<bool>) -> Self {
        let name = without_brackets(&fold(name)).into_owned();
        let place = place(&name).to_owned();
        Self { name, place, code, department }
    }

    /// The name without the place: what bodies are looked up by.
    pub fn stem(&self) -> &str {
        &self.name[self.place.len()..]
    }

    /// Is it the same body as in another file? Only where the names are equal, but for a place that one of them leaves
    /// out, and neither code nor title says otherwise.
    pub fn is(&self, other: &Self) -> bool {
        let titles = matches!((&self.department, &other.department), (Some(a), Some(b)) if a != b);
        let codes = matches!((&self.code, &other.code), (Some(a), Some(b)) if a != b);
        let places = self.place == other.place || self.place.is_empty() || other.place.is_empty();
        self.stem() == other.stem() && places && !titles && !codes
    }

    /// Is it that body for sure: with the same place, or the same code? A 教育局 without a place may be any.
    pub fn is_surely(&self, other: &Self) -> bool {
        let codes = self.code.is_some() && self.code == other.code;
        self.is(other) && (codes || !self.place.is_empty() && self.place == other.place)
    }

    /// Is it, by its code, a unit of a department?
    pub fn is_unit_of(&self, department: &Self) -> bool {
        let (Some(own), Some(above)) = (&self.code, &department.code) else { return false };
        let places = self.place == department.place || self.place.is_empty() || department.place.is_empty();
        above.len() == 3 && own.len() > above.len() && own.starts_with(above.as_str()) && places
    }
}

/// The place a name begins with: 某省某市某县; empty where it begins with none.
fn place(name: &str) -> &str {
    let mut end = 0;
    for _ in 0..3 {
        end += first_place(&name[end..]);
    }
    if name[end..].chars().count() >= 2 { &name[..end] } else { "" }
}

const ENDS: [&str; 8] = ["省", "自治区", "自治州", "市", "盟", "县", "区", "旗"];

/// How long the first place is that a name begins with, in bytes: one to seven characters and what it is; 0 where there
/// is none.
fn first_place(name: &str) -> usize {
    let stems = name.char_indices().take(7).take_while(|(_, c)| is_han(*c)).map(|(at, c)| at + c.len_utf8());
    let ends = |stem: usize| ENDS.iter().find(|end| name[stem..].starts_with(**end)).map(|end| stem + end.len());
    stems.filter_map(ends).next().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(name: &str) -> Body {
        Body::new(name, None, None)
    }

    #[test]
    fn spaces_brackets_and_a_place_left_out_make_no_other_body() {
        assert!(body("某川县 水务局").is(&body("某川县水务局（本级）")));
        assert!(body("水务局").is(&body("某川县水务局")));
        assert!(!body("水务局").is_surely(&body("某川县水务局")) && !body("水务局").is_surely(&body("水务局")));
        assert!(body("某川县水务局").is_surely(&body("某川县水务局")));
        assert!(!body("某川县水务局").is(&body("某山县水务局")));
        assert!(!body("某川县水务局").is(&body("某川县水务站")));
        assert!(body("某川市市场监督管理局").stem() == "市场监督管理局");
        assert_eq!(body("某市区").stem(), "某市区");
    }

    #[test]
    fn codes_and_titles_tell_a_department_from_its_own_unit() {
        let coded = |code: &str| Body::new("某川县水务局", Some(code.into()), None);
        assert!(coded("450").is(&body("某川县水务局")));
        assert!(!coded("450").is(&coded("450001")));
        assert!(coded("450001").is_unit_of(&coded("450")));
        assert!(!coded("451001").is_unit_of(&coded("450")));
        let titled = |department| Body::new("某川县水务局", None, Some(department));
        assert!(!titled(true).is(&titled(false)));
    }
}
