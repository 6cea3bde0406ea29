//! What the user set, as the client passes it on: `{"gouji": {…}}`, or the settings without that level.

use gouji_core::rules::{Book, Selection, unknown};
use gouji_core::verdict::finding::{Locale, Message, Severity};
use serde_json::Value;

use crate::capabilities;

/// The user's wishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// `gouji.locale`; none where the client's language is to be used.
    pub locale: Option<Locale>,
    /// `gouji.rules.off`: rules that are not checked, whatever a folder says.
    pub off: Vec<String>,
    /// `gouji.minSeverity`: the lowest severity that is shown.
    pub floor: Severity,
    /// `gouji.workspace`: documents are compared with those of the workspace folders, not only with open ones.
    pub folder: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { locale: None, off: Vec::new(), floor: Severity::Hint, folder: true }
    }
}

impl Preferences {
    /// What is left of a selection.
    pub fn applied(&self, selection: Selection) -> Selection {
        selection.and_without(self.off.iter().map(String::as_str))
    }
}

/// Settings that were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What was understood; the rest has its default.
    pub preferences: Preferences,
    /// What was not understood, and what is expected.
    pub complaints: Vec<Message>,
}

/// Reads settings; none where they say nothing of gouji: clients that have no settings, or wait to be asked for them,
/// announce a change all the same.
pub fn read(settings: &Value) -> Option<Reading> {
    let bare = ["locale", "rules", "minSeverity", "workspace"].iter().any(|name| settings.get(name).is_some());
    let own = if bare { settings } else { settings.get("gouji").filter(|own| !own.is_null())? };
    let mut reading = Reading::default();
    if group(own).is_none() {
        reading.complain("gouji", "应为一组设置", "expected a group of settings");
    }
    reading.take(own, "rules", group, "应为一组设置", "expected a group of settings");
    let locale =
        reading.take(own, "locale", locale, r#"应为 "auto"、"zh" 或 "en""#, r#"expected "auto", "zh" or "en""#);
    let off = reading.take(
        own,
        "rules.off",
        codes,
        r#"应为规则代码的列表，如 ["XT13"]"#,
        r#"expected a list of rule codes such as ["XT13"]"#,
    );
    let floor = reading.take(
        own,
        "minSeverity",
        |value| Severity::of_word(value.as_str()?),
        r#"应为 "error"、"warning"、"info" 或 "hint""#,
        r#"expected "error", "warning", "info" or "hint""#,
    );
    let folder = reading.take(
        own,
        "workspace",
        |value| match value.as_str()? {
            "folder" => Some(true),
            "open" => Some(false),
            _ => None,
        },
        r#"应为 "folder" 或 "open""#,
        r#"expected "folder" or "open""#,
    );
    let preferences = &mut reading.preferences;
    preferences.folder = folder.unwrap_or(preferences.folder);
    preferences.locale = locale.flatten();
    preferences.floor = floor.unwrap_or(preferences.floor);
    if let Some(off) = off {
        preferences.off = off.iter().map(|code| code.to_uppercase()).collect();
        preferences.off.sort();
        let book = Book::embedded();
        let strangers = off.into_iter().filter(|code| book.page(code).is_none()).map(|code| unknown(code, book));
        let said = |said: Message| {
            Message::new(format!("gouji.rules.off：{}", said.zh), format!("gouji.rules.off: {}", said.en))
        };
        reading.complaints.extend(strangers.map(said));
    }
    Some(reading)
}

impl Reading {
    /// A setting; none where it is not set, or is not as expected, which is noted.
    fn take<'v, T>(
        &mut self,
        own: &'v Value,
        name: &str,
        parse: impl Fn(&'v Value) -> Option<T>,
        zh: &str,
        en: &str,
    ) -> Option<T> {
        let value = own.pointer(&format!("/{}", name.replace('.', "/"))).filter(|value| !value.is_null())?;
        let parsed = parse(value);
        if parsed.is_none() {
            self.complain(&format!("gouji.{name}"), zh, en);
        }
        parsed
    }

    fn complain(&mut self, name: &str, zh: &str, en: &str) {
        let (zh, en) =
            (format!("设置 {name} {zh}，现按默认值处理"), format!("setting {name}: {en}; its default is used"));
        self.complaints.push(Message::new(zh, en));
    }
}

/// An object; or an empty list, as clients written in Lua spell an empty object.
fn group(value: &Value) -> Option<()> {
    (value.is_object() || value.as_array().is_some_and(Vec::is_empty)).then_some(())
}

/// The language chosen; within it none for that of the client.
fn locale(value: &Value) -> Option<Option<Locale>> {
    match value.as_str()? {
        "auto" => Some(None),
        tag => capabilities::language(tag).map(Some),
    }
}

fn codes(value: &Value) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_are_read_with_or_without_their_level() {
        let settings = json!({"locale": "en", "rules": {"off": ["xt13", "AS01"]}, "minSeverity": "warning"});
        let expected = Preferences {
            locale: Some(Locale::English),
            off: vec!["AS01".to_owned(), "XT13".to_owned()],
            floor: Severity::Warning,
            folder: true,
        };
        for settings in [json!({"gouji": settings, "python": {"locale": 1}}), settings] {
            assert_eq!(read(&settings), Some(Reading { preferences: expected.clone(), complaints: Vec::new() }));
        }
    }

    #[test]
    fn what_says_nothing_of_gouji_is_no_setting() {
        for settings in [json!(null), json!({}), json!([]), json!("gouji"), json!({"gouji": null}), json!({"go": {}})] {
            assert_eq!(read(&settings), None, "{settings}");
        }
    }

    #[test]
    fn what_is_not_set_has_its_default() {
        let nothing = json!({"locale": "auto", "rules": {"off": null}, "minSeverity": null, "server": {"path": "/"}});
        for settings in [nothing, json!({"gouji": {}}), json!({"gouji": []}), json!({"gouji": {"rules": []}})] {
            assert_eq!(read(&settings), Some(Reading::default()), "{settings}");
        }
    }

    #[test]
    fn what_is_malformed_is_named_and_has_its_default() {
        let settings = json!({"locale": "français", "rules": {"off": "XT13"}, "minSeverity": 2});
        let reading = read(&settings).unwrap();
        assert_eq!(reading.preferences, Preferences::default());
        let said: Vec<&str> = reading.complaints.iter().map(|said| said.zh.as_str()).collect();
        assert_eq!(
            said,
            [
                r#"设置 gouji.locale 应为 "auto"、"zh" 或 "en"，现按默认值处理"#,
                r#"设置 gouji.rules.off 应为规则代码的列表，如 ["XT13"]，现按默认值处理"#,
                r#"设置 gouji.minSeverity 应为 "error"、"warning"、"info" 或 "hint"，现按默认值处理"#,
            ]
        );
        for (settings, name) in [(json!({"gouji": 1}), "gouji:"), (json!({"rules": ["XT13"]}), "gouji.rules:")] {
            let complaints = read(&settings).unwrap().complaints;
            assert!(complaints[0].en.starts_with(&format!("setting {name}")), "{complaints:?}");
        }
    }

    #[test]
    fn a_code_that_does_not_exist_is_passed_over_and_the_nearest_named() {
        let reading = read(&json!({"rules": {"off": ["XT31", "IN08"]}})).unwrap();
        assert_eq!(reading.preferences.applied(Selection::default()), Selection::without(["IN08"]));
        assert_eq!(reading.complaints.len(), 1);
        assert!(reading.complaints[0].zh.starts_with("gouji.rules.off：没有规则 XT31；是否指 XT"));
    }
}
