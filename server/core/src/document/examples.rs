//! The examples of a page, tried: what must be said is said, at the text named, and nothing else is.

use std::sync::Arc;

use crate::document::Document;
use crate::finding::{Finding, Message, Severity};
use crate::rules::Selection;
use crate::rules::across::Library;
use crate::rules::relation::Verdict;

/// A document that a page gives as an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its heading: `应报：…`, `不报：…`.
    pub title: String,
    /// The document.
    pub text: String,
    /// Other files that lie beside it, with their names.
    pub beside: Vec<(String, String)>,
    /// What it owes.
    pub owed: Vec<Owed>,
    /// Nothing may be said of it.
    pub clean: bool,
}

/// A finding that an example owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The texts it may stand at.
    pub at: Vec<String>,
    /// The new text of its first fix; none where any will do.
    pub fix: Option<String>,
}

/// An example that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its heading; empty where the page as a whole is meant.
    pub title: String,
    /// How.
    pub how: Message,
}

/// The examples of a page's text.
pub fn examples(body: &str) -> Vec<Example> {
    let Some((_, part)) = body.split_once("\n## 例") else { return Vec::new() };
    part.split("\n### ").skip(1).map(example).collect()
}

fn example(chunk: &str) -> Example {
    let title = chunk.lines().next().unwrap_or_default().trim().to_owned();
    let (mut text, mut beside) = (String::from("\n"), Vec::new());
    for block in chunk.split("```text").skip(1) {
        let (name, rest) = block.split_once('\n').unwrap_or_default();
        let source = format!("{}\n", rest.split("\n```").next().unwrap_or_default());
        match name.trim() {
            "" if text == "\n" => text = source,
            name => beside.push((name.to_owned(), source)),
        }
    }
    let behind = chunk.rsplit("```").next().unwrap_or_default();
    let owed = behind.lines().filter_map(|line| line.strip_prefix("- 报 ")).map(|line| {
        let (at, fix) = line.split_once("改为").map_or((line, None), |(at, fix)| (at, quoted(fix).into_iter().next()));
        Owed { at: quoted(at), fix }
    });
    Example { clean: title.starts_with("不报"), title, text, beside, owed: owed.collect() }
}

fn quoted(line: &str) -> Vec<String> {
    line.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

impl Example {
    /// The document, beside the other files.
    pub fn open(&self, selection: Selection) -> Document {
        let mut library = Library::default();
        for (name, source) in &self.beside {
            let name = Arc::from(name.as_str());
            library.put(&name, Document::open_with(source, selection.clone().and_none()).published(&name));
        }
        Document::open_among(&self.text, selection, &Arc::from(""), &Arc::new(library))
    }
}

/// Tries all examples of the page of this code. They are checked by all rules of the selection, and by this one even if
/// it must be asked for.
pub fn failures(code: &str, selection: &Selection) -> Vec<Failure> {
    let mut failures = Vec::new();
    let Some(page) = selection.book().page(code) else { return failures };
    let all = examples(&page.body);
    if all.iter().all(|example| example.clean) || !all.iter().any(|example| example.clean) {
        let how = Message::new("缺少应报或不报的例子", "an example of either kind is missing");
        failures.push(Failure { title: String::new(), how });
    }
    let asked = selection.clone().with([code]);
    for example in all {
        let document = example.open(asked.clone());
        let mut fail = |how| failures.push(Failure { title: example.title.clone(), how });
        // Of its own rule, what is said quietly counts as well where something is owed.
        let quiet = page.severity == Severity::Hint || !example.clean;
        Trial { code: &page.code, quiet, document: &document }.run(&example, &mut fail);
    }
    failures
}

struct Trial<'a> {
    code: &'a str,
    /// Hints of the page's own rule count too.
    quiet: bool,
    document: &'a Document,
}

impl Trial<'_> {
    fn run(&self, example: &Example, fail: &mut impl FnMut(Message)) {
        let said = |finding: &&Finding| finding.severity <= Severity::Warning;
        let findings = self.document.analysis().findings().iter();
        let loud: Vec<&Finding> =
            findings.filter(|finding| said(finding) || self.quiet && finding.rule == self.code).collect();
        if example.clean {
            if !loud.is_empty() {
                fail(Message::new(
                    format!("不应报而报：{}", list(&loud, true)),
                    format!("is to say nothing, but says {}", list(&loud, false)),
                ));
            }
            return;
        }
        for owed in &example.owed {
            let texts = owed.at.join("”或“");
            match loud.iter().find(|finding| owed.at.contains(&finding.text)) {
                None => fail(Message::new(
                    format!("应在“{texts}”处报而没有报；报的是：{}", list(&loud, true)),
                    format!("says nothing at {texts}, but {}", list(&loud, false)),
                )),
                Some(finding) => {
                    let first = finding.fixes.first().and_then(|fix| fix.edits.first()).map(|edit| &edit.new_text);
                    if let Some(wanted) = owed.fix.as_ref().filter(|wanted| first != Some(wanted)) {
                        let got = first.map_or("—", String::as_str);
                        fail(Message::new(
                            format!("“{texts}”应改为 {wanted}，给出的是 {got}"),
                            format!("{texts} should become {wanted}, offered is {got}"),
                        ));
                    }
                }
            }
        }
        if loud.len() > example.owed.len() {
            fail(Message::new(
                format!("应报 {} 处，多报了：{}", example.owed.len(), list(&loud, true)),
                format!("owes {} findings, but says {}", example.owed.len(), list(&loud, false)),
            ));
        }
        let relations = self.document.analysis().relations();
        let broken = relations.iter().any(|own| own.rule == self.code && own.verdict == Verdict::Contradicted);
        if !broken && !loud.iter().any(|finding| finding.rule == self.code) {
            fail(Message::new(
                format!("没有触及规则 {}；报的是：{}", self.code, list(&loud, true)),
                format!("does not touch {}, but {}", self.code, list(&loud, false)),
            ));
        }
    }
}

fn list(findings: &[&Finding], chinese: bool) -> String {
    if findings.is_empty() {
        return (if chinese { "没有" } else { "nothing" }).to_owned();
    }
    let each = findings.iter().map(|own| {
        let message = if chinese { &own.message.zh } else { &own.message.en };
        format!("{}“{}”（{message}）", own.rule, own.text)
    });
    each.collect::<Vec<_>>().join("；")
}
