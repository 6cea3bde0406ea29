//! The lines of a span with the span marked, windowed where a line is long.

use std::fmt::Write;

use anstyle::Style;
use gouji_core::text::{Span, Text};

use super::cells::{Strip, head, tail};
use super::words::FAINT;

/// Cells for the text of a line; with the line number it stays below eighty.
const ROOM: usize = 70;
/// Cells that a mark may take: beside it there must be something of the line.
const MARK: usize = ROOM - 20;
/// Bytes that are looked at on each side of a place. No line is ever read whole: it may have ten million characters.
const REACH: usize = 8 * ROOM;

/// A line as it is shown, windowed where it is long.
pub struct Row {
    /// From 0.
    pub line: usize,
    /// What stands before the mark.
    pub before: Strip,
    /// What is marked.
    pub marked: Strip,
    /// What stands behind it.
    pub after: Strip,
}

/// Draws a span: each line after its number, below it the marks. Of a span over many lines the first two and the last.
pub fn snippet(text: &Text, span: Span, style: Style) -> Drawn {
    let rows = rows(text, span);
    let gutter = rows.iter().map(|row| (row.line + 1).to_string().len()).max().unwrap_or(1);
    let mut shown = format!("{FAINT}{:gutter$} |{FAINT:#}\n", "");
    let mut above = rows.first().map_or(0, |row| row.line);
    for Row { line, before, marked, after } in &rows {
        if *line > above + 1 {
            let _ = writeln!(shown, "{FAINT}{:gutter$} :{FAINT:#}", "");
        }
        above = *line;
        let marked_text =
            if marked.shown.is_empty() { String::new() } else { format!("{style}{}{style:#}", marked.shown) };
        let content = format!(" {}{marked_text}{}", before.shown, after.shown);
        let marks = "^".repeat(marked.width.max(1));
        let _ = writeln!(shown, "{FAINT}{:gutter$} |{FAINT:#}{}", line + 1, content.trim_end());
        let _ = writeln!(shown, "{FAINT}{:gutter$} |{FAINT:#} {:2$}{style}{marks}{style:#}", "", "", before.width);
    }
    Drawn { shown, gutter }
}

/// A drawn span, and where what is said below it aligns.
pub struct Drawn {
    /// The lines, each ended.
    pub shown: String,
    /// Cells of the line numbers.
    pub gutter: usize,
}

/// The lines of a span; of one over many lines the first two and the last.
pub fn rows(text: &Text, span: Span) -> Vec<Row> {
    let first = text.line_of(span.start);
    let last = text.line_of(span.end).max(first);
    let lines = if last - first < 3 { (first..=last).collect() } else { vec![first, first + 1, last] };
    let clipped = lines.into_iter().map(|line| (line, clip(text, text.line_span(line), span, line > first)));
    // A span that ends with a line break has nothing on the line below; blank lines inside it have nothing to mark.
    clipped
        .filter(|(line, mark)| *line == first || !mark.is_empty())
        .map(|(line, mark)| row(text, line, mark))
        .collect()
}

/// The part of a span that stands on a line; of a line it goes on to, without the indent.
fn clip(text: &Text, line: Span, span: Span, goes_on: bool) -> Span {
    let start = span.start.clamp(line.start, line.end);
    let end = span.end.clamp(start, line.end);
    if !goes_on {
        return Span::new(start, end);
    }
    let near = text.slice(Span::new(start, end.min(start + REACH)));
    Span::new(start + near.len() - near.trim_start().len(), end)
}

fn row(text: &Text, line: usize, mark: Span) -> Row {
    let whole = text.line_span(line);
    let inside = text.slice(Span::new(mark.start, mark.end.min(mark.start + REACH)));
    let marked = head(&inside, inside.len() < mark.len(), MARK);
    let left = Span::new(whole.start.max(mark.start.saturating_sub(REACH)), mark.start);
    // Where the mark itself had to be cut, what follows it is not shown: it would seem to touch.
    let right = if inside.len() < mark.len() { whole.end } else { mark.end };
    let right = Span::new(right, whole.end.min(right + REACH));
    let (before, after) = (text.slice(left), text.slice(right));
    let (more_before, more_after) = (left.start > whole.start, right.end < whole.end);
    let room = ROOM - marked.width;
    // Each side has half of the room, and what the other leaves of its half.
    let short = |side: Strip| side.width.min(room / 2);
    let after_wants = short(head(&after, more_after, room));
    let before = tail(&before, more_before, room - after_wants);
    let after = head(&after, more_after, room - before.width);
    Row { line, before, marked, after }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(source: &str, span: Span) -> String {
        anstream::adapter::strip_str(&snippet(&Text::new(source), span, Style::new()).shown).to_string()
    }

    fn mark(source: &str, figure: &str) -> String {
        let start = source.find(figure).expect("the figure stands in the text");
        draw(source, Span::new(start, start + figure.len()))
    }

    #[test]
    fn marks_stand_under_wide_characters() {
        assert_eq!(mark("资产总额 141.68 万元\n", "141.68"), "  |\n1 | 资产总额 141.68 万元\n  |          ^^^^^^\n");
        assert_eq!(mark("共１２３元", "１２３"), "  |\n1 | 共１２３元\n  |   ^^^^^^\n");
        assert_eq!(mark("𠀀㐀é\u{301}1", "1"), "  |\n1 | 𠀀㐀é\u{301}1\n  |      ^\n");
    }

    #[test]
    fn a_tab_is_four_cells_wherever_it_stands() {
        assert_eq!(mark("\t合计\t8.00\t", "8.00"), "  |\n1 |     合计    8.00\n  |             ^^^^\n");
    }

    #[test]
    fn line_ends_of_every_kind_stay_out() {
        assert_eq!(mark("甲\r\n乙 5\r\n丙", "5"), "  |\n2 | 乙 5\n  |    ^\n");
        assert_eq!(mark("甲\r乙 5\r丙", "5"), "  |\n2 | 乙 5\n  |    ^\n");
        assert_eq!(mark("甲\u{c}乙 5", "5"), "  |\n1 | 甲␌乙 5\n  |       ^\n");
    }

    #[test]
    fn an_empty_span_has_one_mark_even_at_the_end() {
        assert_eq!(draw("合计", Span::new(6, 6)), "  |\n1 | 合计\n  |     ^\n");
        assert_eq!(draw("", Span::new(0, 0)), "  |\n1 |\n  | ^\n");
        assert_eq!(draw("甲\n", Span::new(9, 9)), "  |\n2 |\n  | ^\n");
    }

    #[test]
    fn several_lines_are_marked_without_their_indent() {
        let shown = draw("一 甲\n  乙\n", Span::new(4, 13));
        assert_eq!(shown, "  |\n1 | 一 甲\n  |    ^^\n2 |   乙\n  |   ^^\n");
        let shown = draw("一\n二\n三\n四\n五", Span::new(0, 19));
        assert_eq!(shown, "  |\n1 | 一\n  | ^^\n2 | 二\n  | ^^\n  :\n5 | 五\n  | ^^\n");
    }

    #[test]
    fn a_long_line_is_windowed_around_the_figure() {
        let long = format!("{}141.68{}", "预".repeat(300), "算".repeat(300));
        let shown = mark(&long, "141.68");
        let lines: Vec<_> = shown.lines().collect();
        let beside = "预".repeat(15);
        assert_eq!(lines[1], format!("1 | …{beside}141.68{}…", "算".repeat(16)));
        assert_eq!(lines[2], format!("  | {}^^^^^^", " ".repeat(31)));
        assert_eq!(mark("1 end", "1").lines().nth(1), Some("1 | 1 end"));
        let start = format!("8{}", "x".repeat(300));
        assert_eq!(mark(&start, "8").lines().nth(1), Some(format!("1 | 8{}…", "x".repeat(68)).as_str()));
        let end = format!("{}8", "x".repeat(300));
        assert_eq!(mark(&end, "8").lines().nth(1), Some(format!("1 | …{}8", "x".repeat(68)).as_str()));
    }

    #[test]
    fn a_long_span_is_cut() {
        let shown = draw(&"预".repeat(5000), Span::new(0, 15000));
        assert!(shown.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) < 80), "{shown}");
    }

    proptest::proptest! {
        #[test]
        fn any_span_of_any_text_is_drawn(source in "[预a\u{10000}\r\n\t\u{c}\u{301}\u{202e}]{0,200}", start in 0usize..700, len in 0usize..700) {
            let shown = draw(&source, Span::new(start, start + len));
            proptest::prop_assert!(shown.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) < 80));
        }
    }
}
