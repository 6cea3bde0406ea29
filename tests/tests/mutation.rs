//! One planted slip at a time: how many are seen, said at the figure itself, and put right by a repair that is offered.
//! The clean fixture of every layout is mutated at amounts that stand in a relation; the same slips in every run. Fewer
//! than the floor is a regression. `cargo test -p gouji-tests --test mutation -- --nocapture` prints the figures.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gouji_core::Document;
use gouji_core::document::Verdict;
use gouji_core::text::Span;
use gouji_core::verdict::finding::{Edit, Finding};
use gouji_tests::dice::Dice;
use gouji_tests::expect;

/// Slips planted in one fixture.
const EACH: usize = 30;

/// Per cent of the slips that must be seen, said at the figure, and put right: a point below what is reached, so that a
/// regression fails. Pages that lost their columns and narratives without tables are among the fixtures.
const FLOORS: Score = Score { slips: 800, seen: 94, blamed: 91, right: 88, new: 0 };

/// New findings in a hundred mutants, at most.
const NEW: usize = 125;

#[derive(Clone, Copy, Debug, Default)]
struct Score {
    slips: usize,
    seen: usize,
    blamed: usize,
    right: usize,
    new: usize,
}

/// What a slip makes of a printed number, in ASCII digits with one point.
fn slipped(kind: &str, text: &str, dice: &mut Dice) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let digits: Vec<usize> = (0..chars.len()).filter(|&at| chars[at].is_ascii_digit()).collect();
    let at = digits[dice.roll(digits.len())];
    let mut out = chars.clone();
    match kind {
        "digit" => {
            let old = chars[at].to_digit(10)?;
            out[at] = char::from_digit((old + 1 + u32::try_from(dice.roll(8)).ok()?) % 10, 10)?;
            if at == 0 && out[0] == '0' {
                return None;
            }
        }
        "swap" => {
            let pairs: Vec<usize> = (1..chars.len())
                .filter(|&at| {
                    chars[at - 1].is_ascii_digit() && chars[at].is_ascii_digit() && chars[at - 1] != chars[at]
                })
                .collect();
            let at = *pairs.get(dice.roll(pairs.len()))?;
            out.swap(at - 1, at);
        }
        "drop" => {
            out.remove(at);
            if !out.first()?.is_ascii_digit() || !out.last()?.is_ascii_digit() {
                return None;
            }
        }
        "point" => {
            let point = chars.iter().position(|c| *c == '.')?;
            out.swap(point, point + 1);
        }
        _ => return None,
    }
    // 12.5 is the same amount as 12.50.
    let (new, same) =
        (out.iter().collect::<String>(), |text: &str| text.trim_end_matches('0').trim_start_matches('0').to_owned());
    (same(&new) != same(text)).then_some(new)
}

/// A printed amount, and the one beside it in its relation.
type Printed = (Span, String, Option<(Span, String)>);

/// The amounts that stand in a relation that holds, in order of place.
fn amounts(document: &Document) -> Vec<Printed> {
    let plain = |text: &str| {
        text.contains('.') && text.chars().all(|c| c.is_ascii_digit() || c == '.') && text.chars().any(|c| c > '0')
    };
    let mut out: BTreeMap<Span, (String, Option<(Span, String)>)> = BTreeMap::new();
    for relation in document.analysis().relations().iter().filter(|relation| relation.verdict == Verdict::Exact) {
        let figures: Vec<(Span, String)> = relation
            .figures
            .iter()
            .filter(|(_, _, text)| plain(text))
            .map(|(_, span, text)| (*span, text.clone()))
            .collect();
        for (number, (span, text)) in figures.iter().enumerate() {
            let beside = figures.get(number + 1).filter(|(other, own)| {
                own != text && document.text().line_of(other.start).abs_diff(document.text().line_of(span.start)) <= 2
            });
            let known = out.entry(*span).or_insert_with(|| (text.clone(), None));
            known.1 = known.1.take().or_else(|| beside.cloned());
        }
    }
    out.into_iter().map(|(span, (text, beside))| (span, text, beside)).collect()
}

fn said(document: &Document) -> BTreeSet<(String, String)> {
    document.analysis().findings().iter().map(|finding| (finding.rule.clone(), finding.message.zh.clone())).collect()
}

fn put_right(document: &Document, finding: &Finding, clean: &str) -> bool {
    finding.fixes.iter().any(|fix| {
        let mut text = document.text().to_string();
        let mut edits: Vec<&Edit> = fix.edits.iter().collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
        edits.iter().for_each(|edit| text.replace_range(edit.span.start..edit.span.end, &edit.new_text));
        text == clean
    })
}

fn score(source: &str, total: &mut Score, kinds: &mut BTreeMap<&'static str, Score>) {
    let clean = Document::open(source);
    let (known, places) = (said(&clean), amounts(&clean));
    let mut dice = Dice(source.len() as u64);
    if places.is_empty() {
        return;
    }
    for number in 0..EACH {
        let (span, text, beside) = &places[dice.roll(places.len())];
        let kind = ["digit", "swap", "drop", "point", "cell"][number % 5];
        let mut edits = match (kind, beside) {
            ("cell", Some((other, theirs))) => vec![(*span, theirs.clone()), (*other, text.clone())],
            _ => match slipped(kind, text, &mut dice) {
                Some(new) => vec![(*span, new)],
                None => continue,
            },
        };
        edits.sort_by_key(|(span, _)| std::cmp::Reverse(*span));
        let mut mutant = clean.clone();
        edits.iter().for_each(|(span, new)| mutant.edit(*span, new));
        let new: Vec<&Finding> = mutant
            .analysis()
            .findings()
            .iter()
            .filter(|finding| !known.contains(&(finding.rule.clone(), finding.message.zh.clone())))
            .collect();
        // A place that lies behind another edit has moved by what that one is longer.
        let placed = |place: Span| {
            let before = edits.iter().filter(|(other, _)| other.start < place.start);
            let moved: isize = before.map(|(other, new)| new.len().cast_signed() - other.len().cast_signed()).sum();
            let length = edits.iter().find(|(other, _)| *other == place).map_or(0, |(_, new)| new.len());
            let start = place.start.saturating_add_signed(moved);
            Span::new(start, start + length)
        };
        let spots: Vec<Span> = edits.iter().map(|(place, _)| placed(*place)).collect();
        for score in [&mut *total, kinds.entry(kind).or_default()] {
            score.slips += 1;
            score.new += new.len();
            score.seen += usize::from(!new.is_empty());
            score.blamed += usize::from(new.iter().any(|finding| spots.iter().any(|spot| finding.span.meets(*spot))));
            score.right += usize::from(new.iter().any(|finding| put_right(&mutant, finding, source)));
        }
    }
}

#[test]
fn planted_slips_are_seen_named_and_put_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let (mut total, mut kinds) = (Score::default(), BTreeMap::new());
    for (path, _) in expect::fixtures(&folder).expect("fixtures/ can be read") {
        let name = path.strip_prefix(&folder).unwrap_or(&path).display().to_string();
        if name.contains("-faulty") || name.starts_with("plain/") {
            continue;
        }
        let mut own = Score::default();
        score(&expect::decode(&std::fs::read(&path).expect("a file")), &mut own, &mut kinds);
        println!("{name}: {own:?}");
        for (sum, part) in [
            (&mut total.slips, own.slips),
            (&mut total.seen, own.seen),
            (&mut total.blamed, own.blamed),
            (&mut total.right, own.right),
            (&mut total.new, own.new),
        ] {
            *sum += part;
        }
    }
    kinds.iter().for_each(|(kind, score)| println!("{kind}: {score:?}"));
    println!("all: {total:?}");
    assert!(total.slips >= FLOORS.slips, "{total:?}");
    for (name, count, floor) in [
        ("seen", total.seen, FLOORS.seen),
        ("blamed", total.blamed, FLOORS.blamed),
        ("right", total.right, FLOORS.right),
    ] {
        assert!(count * 100 >= total.slips * floor, "{name} must be at least {floor} %: {total:?}");
    }
    assert!(total.new * 100 <= total.slips * NEW, "{total:?}");
}
