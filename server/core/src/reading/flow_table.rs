//! Tables of PDF text: cells joined by one space, empty cells lost, names wrapped around the figures, pages breaking
//! tables and rows. What is read here are rows with their figures in order; `place` finds the columns.

use super::figure::Figure;
use super::flow_header::{self, FlowHeader};
use super::grid_table::{class_named, figure_of, named_row, named_row_behind};
use super::header::is_code;
use super::number::{Printed, printed};
use super::source::{SourceLine, is_surely_a_page, states_unit, words};
use super::stream::Hints;
use super::table::{Column, Label, Row, RowKind, Side, Slot, Table, TableReading};
use crate::catalog::name::{bared, fold, folded};
use crate::catalog::{Form, Shape, Unit};
use crate::hash::Set;
use crate::layout::grid::Cell;
use crate::layout::line::{numbering, tidy};
use crate::text::Span;

/// Reads a table of PDF text; `lines` are those behind the title.
pub fn read(form: &'static Form, title: Label, lines: &[SourceLine]) -> TableReading {
    let unit = lines.iter().take(12).find_map(|line| states_unit(line.text).then(|| Unit::stated(line.text)).flatten());
    let mut head = flow_header::read(form, lines);
    head.unit = unit.or(head.unit);
    read_with(form, title, lines, &head, &Hints::default())
}

/// Reads a table under a header that has been read; `hints` tell the columns of some of its figures.
pub fn read_with(
    form: &'static Form,
    title: Label,
    lines: &[SourceLine],
    head: &FlowHeader,
    hints: &Hints,
) -> TableReading {
    let columns = head.columns.iter().map(|name| Column { name: Some(name.clone()), header: name.clone() }).collect();
    let table = Table {
        form,
        title,
        unit: head.unit,
        columns,
        rows: Vec::new(),
        flow: true,
        columns_sure: false,
        unread: head.columns.is_empty(),
        declared_empty: false,
    };
    let mut reader = Reader {
        table,
        figures: Vec::new(),
        serial: head.serial.then_some(1),
        numbered_lines: head.numbered_lines,
        open: None,
        orphan: None,
    };
    let repeated: Set<String> = lines[..head.lines].iter().map(|line| fold(line.text)).collect();
    // Cells flattened from a page, one or several a line: rows cannot be told.
    let flattened = lines.iter().filter(|line| line.text.contains(['|', '<'])).count() >= 3
        || lines.iter().filter(|line| pattern!(r"[\p{Han}）],[\d,.]*\d\.\d").is_match(line.text)).count() >= 3;
    reader.table.unread |= flattened;
    // Amounts where the header should be: the table has no rows that could be told.
    let amounts = |line: &SourceLine| words(line).iter().any(|word| word.text.contains('.') && is_figure(word));
    reader.table.unread |= lines[..head.lines].iter().any(amounts);
    let mut at_page_top = false;
    let body = &lines[head.lines..];
    for (index, line) in body.iter().enumerate() {
        let folded = folded(tidy(line.text));
        if states_unit(line.text) {
            at_page_top = true;
            continue;
        }
        // A number alone before the next page's head is the page's number.
        let page_number =
            folded.chars().all(|c| c.is_ascii_digit() || c == '-') && !is_code(&folded, form.is_economic());
        if is_surely_a_page(&folded)
            || page_number
                && (body.get(index + 1).is_none_or(|next| states_unit(next.text))
                    || reader.serial.is_none() && reader.is_filled())
        {
            continue;
        }
        let head_again = at_page_top || line.text.split_whitespace().count() >= 3 && !line.text.contains('.');
        if head_again && repeated.contains(&*folded) {
            continue;
        }
        at_page_top = false;
        if folded.starts_with('注') || folded.starts_with("说明：") {
            reader.table.declared_empty |= folded.contains("空表") || folded.contains("无数据");
            continue;
        }
        match form.shape {
            Shape::Sided => reader.sided(line),
            _ => reader.plain(line),
        }
    }
    let (mut table, figures) = reader.finish();
    for row in &mut table.rows {
        let known: Option<Vec<(usize, u32)>> =
            row.loose.iter().map(|&index| Some((*hints.get(&figures[index as usize].span.start)?, index))).collect();
        for (column, index) in known.unwrap_or_default() {
            if let Some(cell) = row.cells.get_mut(column) {
                *cell = Slot::Figure(index);
            }
        }
    }
    (table, figures)
}

/// Rows that a table may have. No disclosure comes near it; past it a table is not read, so that any text is read in
/// bounded time.
const MOST_ROWS: usize = 4_000;

struct Reader {
    table: Table,
    figures: Vec<Figure>,
    /// The serial number that the next row must have, where the table numbers its rows.
    serial: Option<u32>,
    /// 行次 stands behind each label.
    numbered_lines: bool,
    /// The row that goes on.
    open: Option<usize>,
    /// Words above the first row or between two rows that may belong to the next.
    orphan: Option<Label>,
}

fn is_figure(word: &Cell) -> bool {
    !matches!(printed(&word.text), Printed::Words)
}

impl Reader {
    /// Has the open row its figures, printed with decimals? Then a whole number alone is the page's.
    fn is_filled(&self) -> bool {
        let last = self.open.and_then(|open| self.table.rows[open].loose.last());
        last.is_some_and(|&index| self.figures[index as usize].amount.decimals > 0)
    }

    fn serial_of(&self, words: &[Cell]) -> Option<u32> {
        let wanted = self.serial?;
        let number: u32 = words.first()?.text.parse().ok()?;
        let plausible = number >= wanted && number <= wanted + 2;
        (plausible && words.get(1).is_none_or(|next| !next.text.contains('.'))).then_some(number)
    }

    fn plain(&mut self, line: &SourceLine) {
        let economic = self.table.form.is_economic();
        let subject = self.table.form.shape == Shape::Subject;
        let mut words = words(line);
        let mut begins = false;
        if let Some(number) = self.serial_of(&words) {
            self.serial = Some(number + 1);
            words.remove(0);
            begins = true;
        }
        let tail = words.iter().rposition(|word| !is_figure(word)).map_or(0, |last| last + 1);
        let mut figures = words.split_off(tail);
        if self.out_of_step(&words) {
            self.table.unread = true;
            self.take(&words, true);
        }
        let mut code = None;
        if subject {
            // Where nothing but a code precedes the figures, the code was taken for one of them.
            if words.is_empty() && figures.first().is_some_and(|word| is_code(&word.text, economic)) {
                words.push(figures.remove(0));
            }
            code = take_code(&mut words, economic);
            if code.is_some() && self.serial.is_none() {
                begins = true;
            }
        }
        let text: String = words.iter().map(|word| word.text.as_str()).collect();
        let span = match (words.first(), words.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        };
        let label = Label { text, span };
        let total = matches!(&*bared(&label.text), "合计" | "总计");
        let named = self.table.form.row(&label.text).is_some()
            || numbering(&label.text).is_some()
            || folded(&label.text).starts_with("其中");
        begins |= self.serial.is_none() && (total || named && (!subject || economic) && !label.text.is_empty());
        if subject && code.is_none() && words.is_empty() && self.table.rows.is_empty() && figures.len() >= 2 {
            // The figures of an unlabelled 合计 row, before the first code.
            self.begin(None, Label::default(), true);
        } else if total && figures.is_empty() && self.is_unlabelled_total() {
            // Its word may come a line later.
            self.continue_name(label);
            return;
        } else if begins {
            self.begin(code, label, total);
        } else if !label.text.is_empty() {
            self.continue_name(label);
        }
        self.take(&figures, true);
    }

    fn is_unlabelled_total(&self) -> bool {
        self.table.rows.last().is_some_and(|row| row.kind == RowKind::Total && row.name.text.is_empty())
    }

    /// A line with amounts between its words holds more than a row: what belongs to what cannot be told.
    fn out_of_step(&self, words: &[Cell]) -> bool {
        let amount = |word: &Cell| matches!(printed(&word.text), Printed::Number(amount) if amount.decimals > 0);
        let Some(first) = words.iter().position(amount) else { return false };
        words.iter().filter(|word| amount(word)).count() >= 2
            || words[first..].iter().any(|word| self.table.form.row(&word.text).is_some())
    }

    /// True where the table has as many rows as are read; then it is given up.
    fn is_full(&mut self) -> bool {
        let full = self.table.rows.len() >= MOST_ROWS;
        if full {
            self.table.unread = true;
            self.open = None;
        }
        full
    }

    fn begin(&mut self, code: Option<Label>, mut label: Label, total: bool) {
        if self.is_full() {
            return;
        }
        let orphan = self.orphan.take();
        let mut sure = true;
        if let (Some(orphan), true) = (orphan, label.text.is_empty()) {
            label = orphan;
            sure = false;
        }
        let kind = match &code {
            _ if total => RowKind::Total,
            Some(code) => RowKind::Subject((code.text.len() as u8 - 1) / 2),
            None => RowKind::Item,
        };
        // 208 | 0501行政单位离退休: the code was cut in two.
        sure &= code.is_none() || !label.text.starts_with(|c: char| c.is_ascii_digit());
        let mut row = named_row(&self.table, kind, Side::Outlay, label);
        row.code = code;
        row.name_sure = sure;
        self.table.rows.push(row);
        self.open = Some(self.table.rows.len() - 1);
    }

    /// Words without a row of their own: the rest of a wrapped name.
    fn continue_name(&mut self, label: Label) {
        let Some(open) = self.open else {
            self.orphan = Some(label);
            return;
        };
        let (kind, side, known) = {
            let row = &self.table.rows[open];
            (row.kind, row.side, row.clone())
        };
        let joined = Label {
            text: format!("{}{}", known.name.text, fold(&label.text)),
            span: known.name.span.cover(label.span),
        };
        let first = known.name.text.is_empty();
        let mut row = if first {
            named_row_at(&self.table, open, kind, side, label)
        } else {
            named_row_at(&self.table, open, kind, side, joined)
        };
        row.code = known.code;
        row.loose = known.loose;
        // Behind the figures it may as well be the head of the next name.
        row.name_sure = known.name_sure && row.loose.is_empty();
        row.parent = row.parent.or(known.parent);
        if known.depth.is_some() {
            (row.depth, row.parent) = (known.depth, known.parent);
        }
        self.table.rows[open] = row;
    }

    /// Gives figures to the open row. A row that has some already takes no more from another line.
    fn take(&mut self, words: &[Cell], new_line: bool) {
        let figures: Vec<&Cell> =
            words.iter().filter(|word| matches!(printed(&word.text), Printed::Number(_))).collect();
        if figures.is_empty() {
            return;
        }
        // A figure before any label, or two lots of figures for one row: the text is not in the order of reading. What
        // is printed still counts as amounts.
        let again = self.open.is_some_and(|open| new_line && !self.table.rows[open].loose.is_empty());
        self.table.unread |= self.open.is_none() || again;
        for word in figures {
            if let Printed::Number(amount) = printed(&word.text) {
                let index = self.figures.len() as u32;
                let row = self.open.unwrap_or(usize::MAX);
                self.figures.push(figure_of(&self.table, row, usize::MAX, word, amount));
                if let (Some(open), false) = (self.open, again) {
                    self.table.rows[open].loose.push(index);
                }
            }
        }
    }

    fn sided(&mut self, line: &SourceLine) {
        let mut words = words(line);
        if let Some(number) = self.serial_of(&words) {
            self.serial = Some(number + 1);
            words.remove(0);
        }
        let labels = words.iter().filter(|word| !is_figure(word) && self.side_of(&word.text).is_some()).count();
        // The whole table on one line: labels and figures may be out of step.
        self.table.unread |= labels > 4;
        let mut first = true;
        let mut number_due = false;
        for word in &words {
            if is_figure(word) {
                if std::mem::take(&mut number_due) && is_line_number(&word.text) {
                    continue;
                }
                self.take(std::slice::from_ref(word), first && labels > 0);
                continue;
            }
            match self.side_of(&word.text) {
                Some(_) if self.is_full() => {}
                Some(side) => {
                    // Of two labels in a line the left is income; one that both sides have goes by what came before.
                    let side = match (first, labels >= 2) {
                        (true, true) => Side::Income,
                        (false, true) => Side::Outlay,
                        _ if self.is_of_both(&word.text) && self.has_income(&word.text) => Side::Outlay,
                        _ => side,
                    };
                    number_due = self.numbered_lines;
                    let label = Label { text: word.text.clone(), span: word.span };
                    let row = named_row(&self.table, RowKind::Item, side, label);
                    self.table.rows.push(row);
                    self.open = Some(self.table.rows.len() - 1);
                    first = false;
                }
                None => self.continue_name(Label { text: word.text.clone(), span: word.span }),
            }
        }
    }

    fn is_of_both(&self, text: &str) -> bool {
        self.table.form.row_on(text, "收入").is_some() && self.table.form.row_on(text, "支出").is_some()
    }

    fn has_income(&self, text: &str) -> bool {
        let name = self.table.form.row_on(text, "收入").map(|item| item.name.as_str());
        self.table.rows.iter().any(|row| row.side == Side::Income && Some(row.name.text.as_str()) == name)
    }

    /// The side of a label; none where the words are no label of their own.
    fn side_of(&self, text: &str) -> Option<Side> {
        if let Some(item) = self.table.form.row(text) {
            return Some(if item.side.as_deref() == Some("收入") { Side::Income } else { Side::Outlay });
        }
        if numbering(text).is_none() && !folded(text).starts_with("其中") {
            return None;
        }
        let name = bared(text);
        if class_named(text).is_some() || name.ends_with("支出") {
            return Some(Side::Outlay);
        }
        let income = ["收入", "拨款", "资金"].iter().any(|end| name.ends_with(end));
        Some(if income { Side::Income } else { Side::Outlay })
    }

    fn finish(mut self) -> TableReading {
        self.table.link_parents();
        (self.table, self.figures)
    }
}

/// 行次: a small whole number.
fn is_line_number(text: &str) -> bool {
    text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Takes the code off the front of a row's words, glued together where it is split (208 05 05).
fn take_code(words: &mut Vec<Cell>, economic: bool) -> Option<Label> {
    let first = words.first()?;
    let digits = first.text.bytes().take_while(u8::is_ascii_digit).count();
    if !is_code(&first.text[..digits], economic) {
        return None;
    }
    if digits < first.text.len() {
        // 30207邮电费
        let code = Label {
            text: first.text[..digits].to_owned(),
            span: Span::new(first.span.start, first.span.start + digits),
        };
        words[0] =
            Cell { span: Span::new(first.span.start + digits, first.span.end), text: first.text[digits..].to_owned() };
        return Some(code);
    }
    let mut code = Label { text: first.text.clone(), span: first.span };
    words.remove(0);
    while let Some(next) = words.first() {
        let part = next.text.len() == 2 && next.text.bytes().all(|b| b.is_ascii_digit()) && code.text.len() < 7;
        if !part {
            break;
        }
        code.text += &next.text;
        code.span = code.span.cover(next.span);
        words.remove(0);
    }
    Some(code)
}

/// A row named anew in the place of an old one, so that it does not count as its own predecessor.
fn named_row_at(table: &Table, at: usize, kind: RowKind, side: Side, label: Label) -> Row {
    named_row_behind(table, &table.rows[..at], kind, side, label)
}
