//! A clean disclosure whose amounts are all tripled is as clean as before: every identity is linear.
//!
//! Left out: columns kept by spaces (a longer figure leaves its column), and tables in 元 under a narrative in 万元
//! (three times a rounded figure is not the rounding of three times the figure).

use std::path::Path;
use std::process::ExitCode;

use gouji_core::Document;
use gouji_core::verdict::finding::Severity;
use gouji_tests::expect;
use libtest_mimic::{Arguments, Failed, Trial};
use regex::{Captures, Regex};

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let trials = expect::fixtures(&folder)
        .expect("fixtures/ can be read")
        .into_iter()
        .map(|(file, _)| (file.strip_prefix(&folder).unwrap_or(&file).display().to_string(), file))
        .filter(|(name, _)| !name.contains("-faulty") && !name.starts_with("wide/") && name != "sep/tuiyi.tsv")
        .map(|(name, file)| Trial::test(name, move || check(&file)))
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn check(file: &Path) -> Result<(), Failed> {
    let source = tripled(&expect::decode(&std::fs::read(file)?));
    let document = Document::open(&source);
    let errors: Vec<String> = document
        .analysis()
        .findings()
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| {
            format!("{} 第 {} 行 {}", finding.rule, document.text().line_of(finding.span.start) + 1, finding.text)
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(format!("\n{}", errors.join("\n")).into()) }
}

/// The text with every amount times three: numbers with two decimals that are no percentage, and numbers before 元 or
/// 万元 that are no threshold (单价在20万元以上).
fn tripled(source: &str) -> String {
    let number = Regex::new(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?").expect("a valid pattern");
    let unit = Regex::new(r"^\s*万?\s*元").expect("a valid pattern");
    number
        .replace_all(source, |found: &Captures| {
            let whole = found.get(0).expect("group 0 is the match");
            let after = &source[whole.end()..];
            let decimals = whole.as_str().chars().rev().position(|c| matches!(c, '.' | '．')).unwrap_or(0);
            let counted = unit.find(after).is_some_and(|unit| !after[unit.end()..].starts_with("以上"));
            let printed = decimals == 2 && !after.starts_with('.') && !after.trim_start().starts_with(['%', '％']);
            if counted || printed { times_three(whole.as_str(), decimals) } else { whole.as_str().to_owned() }
        })
        .into_owned()
}

/// Three times a printed number, in the width of digits and with the separators and decimals it was printed with.
fn times_three(printed: &str, decimals: usize) -> String {
    let digits: String = printed.chars().filter_map(|c| half_width(c).filter(char::is_ascii_digit)).collect();
    let value: u64 = digits.parse().expect("at most 19 digits");
    let tripled = format!("{:0width$}", value * 3, width = decimals + 1);
    let (whole, fraction) = tripled.split_at(tripled.len() - decimals);
    let separated = printed.contains([',', '，']);
    let mut text = String::new();
    for (place, digit) in whole.char_indices() {
        if separated && place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if decimals > 0 {
        text.push('.');
        text.push_str(fraction);
    }
    let wide = printed.chars().any(|c| ('０'..='９').contains(&c));
    if wide { text.chars().map(full_width).collect() } else { text }
}

fn half_width(c: char) -> Option<char> {
    if c.is_ascii() { Some(c) } else { char::from_u32((c as u32).checked_sub(0xFEE0)?) }
}

fn full_width(c: char) -> char {
    char::from_u32(c as u32 + 0xFEE0).unwrap_or(c)
}
