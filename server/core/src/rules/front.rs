//! Reads a page: its TOML front matter with every mistake at its place, then its text.

use super::builtin;
use super::formula::{self, Condition, Formula, Scope};
use super::page::{Page, Tolerance};
use super::written::{self, Table, Value};
use crate::catalog::{Kind, forms, measures};
use crate::finding::{Complaint, Message, Severity};
use crate::text::Span;

const KEYS: [&str; 13] = [
    "code",
    "name",
    "name_en",
    "severity",
    "tolerance",
    "authority",
    "since",
    "formula",
    "function",
    "partial",
    "administrative",
    "kind",
    "opt_in",
];

/// Names of formulas that are no table of the official forms.
const NARRATIVE: [&str; 2] = ["说明", "本量"];

/// The page, where it can be laid, and what is wrong with it. Places are those of the source.
pub fn read(source: &str) -> (Option<Page>, Vec<Complaint>) {
    let mut complaints = Vec::new();
    let page = match parts(source) {
        Err(what) => {
            let first = source.lines().next().unwrap_or_default().len();
            complain(&mut complaints, Span::new(0, first), what);
            None
        }
        Ok((front, base, body)) => {
            let body = body.replace("\r\n", "\n");
            written::read(front, base, &mut complaints, |table, complaints| page(source, table, &body, complaints))
        }
    };
    let sound = !complaints.iter().any(|complaint| complaint.severity == Severity::Error);
    (page.filter(|_| sound), complaints)
}

/// What is said of a text that is no page at all.
pub fn no_page() -> Complaint {
    Complaint { at: Span::default(), severity: Severity::Error, message: Message::new("不是规则页", "not a page") }
}

/// The front matter, where it begins, and the text behind it.
fn parts(source: &str) -> Result<(&str, usize, &str), (&'static str, &'static str)> {
    let rest =
        source.strip_prefix("+++").and_then(|rest| rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')));
    let rest = rest.ok_or(("规则页应以 +++ 开头", "a page begins with +++"))?;
    let end = rest.find("\n+++").ok_or(("规则页缺少结束的 +++", "the closing +++ is missing"))?;
    let body = rest[end..].trim_start_matches('\n').trim_start_matches('+');
    Ok((&rest[..end + 1], source.len() - rest.len(), body))
}

fn complain(complaints: &mut Vec<Complaint>, at: Span, (zh, en): (impl Into<String>, impl Into<String>)) {
    complaints.push(Complaint { at, severity: Severity::Error, message: Message::new(zh, en) });
}

fn page(source: &str, front: Table, body: &str, complaints: &mut Vec<Complaint>) -> Option<Page> {
    front.only(&KEYS, complaints);
    let text = |key: &str, complaints: &mut Vec<Complaint>| {
        front.get(key).and_then(|value| Some((value.text(complaints)?.to_owned(), value.at)))
    };
    let need = |key: &str, complaints: &mut Vec<Complaint>| {
        if front.get(key).is_none() {
            complain(complaints, Span::new(0, 3), (format!("头部缺少 {key}"), format!("the front matter lacks {key}")));
        }
        text(key, complaints)
    };
    let flag = |key: &str, complaints: &mut Vec<Complaint>| {
        front.get(key).and_then(|value| value.flag(complaints)).unwrap_or_default()
    };
    let (code, name) = (need("code", complaints), need("name", complaints));
    let severity = need("severity", complaints).and_then(|(word, at)| {
        let severity = Severity::of_word(&word);
        if severity.is_none() {
            let words = Severity::ALL.map(Severity::word).join("、");
            complain(complaints, at, (format!("不认识的级别“{word}”；可用：{words}"), format!("no severity {word}")));
        }
        severity
    });
    let tolerance = need("tolerance", complaints).and_then(|(word, at)| {
        let tolerance = Tolerance::of_word(&word);
        if tolerance.is_none() {
            complain(complaints, at, (format!("不认识的精度“{word}”；可用：T0 至 T5"), format!("no tolerance {word}")));
        }
        tolerance
    });
    let kind = text("kind", complaints).and_then(|(word, at)| {
        let kind = Kind::of_word(&word);
        if kind.is_none() {
            complain(complaints, at, (format!("不认识的种类“{word}”；可用：预算、决算"), format!("no kind {word}")));
        }
        kind
    });
    let function = text("function", complaints);
    if let Some((name, at)) = function.as_ref().filter(|(name, _)| !builtin::exists(name)) {
        complain(complaints, *at, (format!("没有函数 {name}"), format!("no function {name}")));
    }
    let texts = |key: &str, complaints: &mut Vec<Complaint>| {
        front.get(key).map(|value: Value| value.texts(complaints)).unwrap_or_default()
    };
    let written = texts("formula", complaints);
    if front.get("formula").is_none() && function.is_none() {
        complain(complaints, Span::new(0, 3), ("规则页既没有公式，也没有函数", "neither a formula nor a function"));
    }
    let parsed = written.iter().filter_map(|(text, at)| formula(source, text, *at, complaints)).collect();
    let authority: Vec<&str> = texts("authority", complaints).into_iter().map(|(text, _)| text).collect();
    let body = body.trim_start_matches('\n');
    let (name, _) = name?;
    let name_en = text("name_en", complaints).map_or_else(|| name.clone(), |(name, _)| name);
    Some(Page {
        code: code?.0,
        name: Message::new(name, name_en),
        severity: severity?,
        tolerance: tolerance?,
        authority: authority.join("、"),
        since: text("since", complaints).unwrap_or_default().0,
        formulas: written.into_iter().map(|(text, _)| text.to_owned()).collect(),
        parsed,
        function: function.map(|(name, _)| name),
        partial: flag("partial", complaints),
        administrative: flag("administrative", complaints),
        kind,
        opt_in: flag("opt_in", complaints),
        body: body.to_owned().into(),
    })
}

/// A formula; what is wrong with it is said where it is wrong. Names that nothing has are no mistake of the language,
/// but the formula would never be laid.
fn formula(source: &str, text: &str, at: Span, complaints: &mut Vec<Complaint>) -> Option<Formula> {
    // Where the text is written as it is read, its characters can be counted.
    let inner = at.start + usize::from(source[at.start..].starts_with(['"', '\'']));
    let verbatim = source[inner..].starts_with(text);
    let place = |from: usize, to: usize| if verbatim { Span::new(inner + from, inner + to) } else { at };
    match formula::parse(text) {
        Err(mistake) => {
            let from = text.char_indices().nth(mistake.at).map_or(text.len(), |(byte, _)| byte);
            let next = text[from..].chars().next().map_or(0, char::len_utf8);
            let at = if next == 0 { place(from, from + usize::from(verbatim)) } else { place(from, from + next) };
            complain(complaints, at, (format!("公式写法不对：{}", mistake.what), format!("formula: {}", mistake.what)));
            None
        }
        Ok(formula) => {
            for name in strangers(&formula) {
                let at = text.find(&name).map_or(at, |from| place(from, from + name.len()));
                let message = Message::new(
                    format!("没有叫“{name}”的表或量，此式不会成立"),
                    format!("no table or measure is called {name}: the formula is never laid"),
                );
                complaints.push(Complaint { at, severity: Severity::Warning, message });
            }
            Some(formula)
        }
    }
}

/// The tables and measures of a formula that there are not.
fn strangers(formula: &Formula) -> Vec<String> {
    let mut found = Vec::new();
    let mut table = |name: &str| {
        if !NARRATIVE.contains(&name) && forms::by_name(name).is_none() {
            found.push(name.to_owned());
        }
    };
    match &formula.scope {
        Scope::Row(name, _) | Scope::Column(name) | Scope::Cell(name) | Scope::Subject(name) => table(name),
        Scope::Once | Scope::Measure => {}
    }
    let mut measured: Vec<&str> = Vec::new();
    for condition in &formula.conditions {
        match condition {
            Condition::Present(name) | Condition::Absent(name) | Condition::Empty(name) => table(name),
            Condition::Unsaid(measure) => measured.push(measure),
            Condition::Holds(_) => {}
        }
    }
    for reference in formula.references() {
        match reference.table.as_deref() {
            Some("说明") => measured.push(reference.name.as_deref().unwrap_or_default()),
            Some(name) => table(name),
            None => {}
        }
    }
    for name in measured {
        let measure = name.split('.').next().unwrap_or_default();
        if measures::by_name(measure).is_none() && measures::by_name(name).is_none() {
            found.push(measure.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(front: &str) -> Vec<(String, String)> {
        let source = format!("+++\n{front}\n+++\n# 页\n");
        let (_, complaints) = read(&source);
        let shown = |own: &Complaint| (source[own.at.start..own.at.end].to_owned(), own.message.zh.clone());
        complaints.iter().map(shown).collect()
    }

    const SOUND: &str = "code = \"X01\"\nname = \"名\"\nseverity = \"error\"\ntolerance = \"T1\"\n";

    #[test]
    fn every_mistake_is_said_at_its_place() {
        let one = |front: &str| said(&format!("{SOUND}{front}")).into_iter().next().expect("a complaint");
        assert_eq!(
            one("formula = [\"每行 支出总表: 合计 + = 基本支出\"]"),
            ("=".into(), "公式写法不对：这里应有一个名称".into())
        );
        assert_eq!(one("formula = [\"支出总裁[合计].合计 = 1万元\"]").0, "支出总裁");
        assert_eq!(one("formula = [\"说明.基本支处 ≤ 1万元\"]").0, "基本支处");
        assert_eq!(one("function = \"nothing\"").1, "没有函数 nothing");
        assert_eq!(one("formla = \"x\""), ("formla".into(), "没有键 formla；是否指 formula".into()));
        assert_eq!(one("formula = 3"), ("3".into(), "应为文字的列表，如 [\"…\"]".into()));
        assert_eq!(one("since = \"0.1\"").1, "规则页既没有公式，也没有函数");
        let short = said("code = \"X01\"\nseverity = \"fatal\"\nformula = \"支出总表[合计].合计 = 0\"");
        let short: Vec<&str> = short.iter().map(|(_, said)| said.as_str()).collect();
        assert!(short.contains(&"头部缺少 name") && short.contains(&"头部缺少 tolerance"), "{short:?}");
        assert!(short.iter().any(|said| said.starts_with("不认识的级别“fatal”")), "{short:?}");
    }

    #[test]
    fn windows_line_ends_and_broken_toml_are_survived() {
        let source = format!(
            "+++\r\n{}formula = \"支出总表[合计].合计 = 0\"\r\n+++\r\n# 页\r\n\r\n文\r\n",
            SOUND.replace('\n', "\r\n")
        );
        let (page, complaints) = read(&source);
        assert!(complaints.is_empty(), "{complaints:?}");
        assert_eq!(page.expect("a page").explanation(), "# 页\n\n文");
        for broken in ["", "+++", "+++\n", "+++\ncode = \n+++\n", "x", "+++\ncode = \"X01\nname\n+++"] {
            let (page, complaints) = read(broken);
            assert!(page.is_none() && !complaints.is_empty(), "{broken:?}");
            assert!(complaints.iter().all(|own| own.at.end <= broken.len().max(3)), "{complaints:?}");
        }
    }
}
