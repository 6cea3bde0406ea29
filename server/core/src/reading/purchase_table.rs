//! The procurement table of PDF text: one row a line around the code of what is bought, empty cells lost, names
//! wrapped. Figures behind a code are quantity, price, amount, its sources and what is set aside; which is which is told
//! by 数量 × 单价 = 金额 and 合计 = Σ来源. What fits no reading leaves the whole table unread.

use rust_decimal::Decimal;

use super::figure::Figure;
use super::flow_header;
use super::grid_table::figure_of;
use super::number::{Amount, Printed, printed};
use super::source::{SourceLine, states_unit, words};
use super::table::{Column, Label, Row, RowKind, Side, Slot, Table, TableReading};
use crate::catalog::name::fold;
use crate::catalog::{Form, Unit};
use crate::layout::grid::Cell;
use crate::layout::line::tidy;

/// The column of the one source of money whose name is lost with the empty cells around it.
pub const SOURCE: &str = "资金来源";

const COLUMNS: [&str; 6] = ["预算资金", "数量", "单价", "合计", SOURCE, "中小微预留"];

/// Columns by their places above.
const BUDGET: usize = 0;
const QUANTITY: usize = 1;
const PRICE: usize = 2;
const AMOUNT: usize = 3;
const FROM: usize = 4;
const KEPT: usize = 5;

/// A row whose columns are not told yet.
struct Draft {
    row: Row,
    budget: Option<(Cell, Amount)>,
    figures: Vec<(Cell, Amount)>,
}

/// Reads the table; `lines` are those behind the title.
pub fn read(form: &'static Form, title: Label, lines: &[SourceLine]) -> TableReading {
    let unit = lines.iter().take(12).find_map(|line| states_unit(line.text).then(|| Unit::stated(line.text)).flatten());
    let head = flow_header::read(form, lines);
    let start = lines.iter().position(begins).unwrap_or(lines.len());
    let header = &lines[..start];
    let scraps: String = header.iter().map(|line| fold(line.text)).collect();
    let columns = COLUMNS.iter().map(|name| Column { name: Some((*name).to_owned()), header: (*name).to_owned() });
    let mut table = Table {
        form,
        title,
        unit: unit.or(head.unit),
        columns: columns.collect(),
        rows: Vec::new(),
        flow: false,
        columns_sure: true,
        unread: false,
        declared_empty: lines.iter().any(|line| fold(line.text).contains("空表")),
    };
    let mut drafts: Vec<Draft> = Vec::new();
    let mut stray = false;
    let mut head_open: Option<Head> = None;
    let repeated: Vec<String> = header.iter().map(|line| fold(line.text)).collect();
    for (index, line) in lines.iter().enumerate().skip(start) {
        let folded = fold(tidy(line.text));
        let page_number = folded.len() <= 5 && folded.chars().all(|c| c.is_ascii_digit() || c == '-');
        let next_page = lines.get(index + 1).is_none_or(|next| states_unit(next.text));
        if states_unit(line.text) || repeated.contains(&folded) || page_number && next_page {
            continue;
        }
        if folded.starts_with('注') || folded.starts_with("说明：") {
            break;
        }
        match draft(line, drafts.last_mut()) {
            Drafted::Row(mut draft) => {
                if let Some(head) = head_open.take().filter(|_| draft.budget.is_none()) {
                    draft.budget = Some(head.budget);
                    draft.row.group = Some(head.project).filter(|project| !project.text.is_empty());
                    draft.row.name = append(head.name, std::mem::take(&mut draft.row.name));
                }
                // Words that belong to the row above or below leave both without a sure project.
                if std::mem::take(&mut stray) {
                    draft.row.group = None;
                }
                drafts.push(*draft);
            }
            Drafted::Went => {}
            Drafted::Head(head) => head_open = Some(*head),
            Drafted::Words(words) if head_open.is_some() => {
                head_open = head_open.map(|head| Head { name: append(head.name, words), ..head });
            }
            Drafted::Words(_) => {
                stray = true;
                if let Some(last) = drafts.last_mut() {
                    last.row.group = None;
                    last.row.name_sure = false;
                }
            }
            Drafted::Strange => table.unread = true,
        }
    }
    let named = ["数量", "单价"].iter().all(|word| scraps.contains(word));
    let items = drafts.iter().filter(|draft| draft.row.kind == RowKind::Item).count();
    table.unread |= !named || items == 0 || drafts.iter().any(|draft| draft.figures.is_empty());
    let mut figures = Vec::new();
    if !table.unread {
        place(&mut table, drafts, &mut figures);
    }
    if table.unread {
        table.rows.clear();
        figures.clear();
    }
    (table, figures)
}

/// The first row: a sum, or something bought.
fn begins(line: &SourceLine) -> bool {
    let words = words(line);
    let sum = label_of(&words).is_some_and(|text| sum_kind(&text).is_some());
    let figures = words.iter().any(|word| matches!(printed(&word.text), Printed::Number(_)));
    (sum || words.iter().any(|word| is_code(&word.text))) && figures
}

/// The words before the first figure, joined.
fn label_of(words: &[Cell]) -> Option<String> {
    let label: String = words
        .iter()
        .take_while(|word| matches!(printed(&word.text), Printed::Words))
        .map(|word| fold(&word.text))
        .collect();
    (!label.is_empty()).then_some(label)
}

fn sum_kind(label: &str) -> Option<RowKind> {
    match label {
        "合计" | "总计" => Some(RowKind::Total),
        _ if label.ends_with("小计") => Some(RowKind::Subtotal),
        _ => None,
    }
}

/// The code of a procurement item: a letter and at least four digits.
fn is_code(word: &str) -> bool {
    let digits = word.strip_prefix(['A', 'B', 'C']);
    digits.is_some_and(|digits| (4..=10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// The beginning of a row: its project, the project's money and the first words of what is bought.
struct Head {
    project: Label,
    budget: (Cell, Amount),
    name: Label,
}

enum Drafted {
    Row(Box<Draft>),
    /// Figures or a unit that belong to the row above.
    Went,
    /// The beginning of a row whose name goes on in the next line.
    Head(Box<Head>),
    /// Words of a wrapped name.
    Words(Label),
    /// Figures that belong to nothing.
    Strange,
}

fn draft(line: &SourceLine, open: Option<&mut Draft>) -> Drafted {
    let words = words(line);
    let numbers = |cells: &[Cell]| -> Option<Vec<(Cell, Amount)>> {
        cells
            .iter()
            .filter(|cell| printed(&cell.text) != Printed::Nil)
            .map(|cell| match printed(&cell.text) {
                Printed::Number(amount) => Some((cell.clone(), amount)),
                _ => None,
            })
            .collect()
    };
    if let Some(at) = words.iter().position(|word| is_code(&word.text)) {
        if words[at + 1..].iter().any(|word| is_code(&word.text)) {
            return Drafted::Strange;
        }
        let behind = words[at + 1..].iter().position(|word| matches!(printed(&word.text), Printed::Number(_)));
        let behind = behind.map_or(words.len(), |first| at + 1 + first);
        // 台 45 0.02 …: one word for the unit of measure, or none.
        let (Some(figures), true) = (numbers(&words[behind..]), behind - at <= 3) else { return Drafted::Strange };
        let before = words[..at].iter().rposition(|word| matches!(printed(&word.text), Printed::Number(_)));
        let budget = before.and_then(|index| match printed(&words[index].text) {
            Printed::Number(amount) => Some((words[index].clone(), amount)),
            _ => None,
        });
        let project = before.map(|index| &words[..index]).filter(|words| !words.is_empty()).map(joined);
        let name = joined(&words[before.map_or(0, |index| index + 1)..at]);
        let mut row = Row::new(RowKind::Item, Side::Outlay, name, COLUMNS.len());
        row.code = Some(Label { text: words[at].text.clone(), span: words[at].span });
        row.group = project.filter(|_| budget.is_some());
        return Drafted::Row(Box::new(Draft { row, budget, figures }));
    }
    let first = words.iter().position(|word| matches!(printed(&word.text), Printed::Number(_)));
    let Some(first) = first else { return Drafted::Words(joined(&words)) };
    let label = joined(&words[..first]);
    if let (Some(kind), Some(figures)) = (sum_kind(&fold(&label.text)), numbers(&words[first..])) {
        let row = Row::new(kind, Side::Outlay, label, COLUMNS.len());
        return Drafted::Row(Box::new(Draft { row, budget: None, figures }));
    }
    // The figures of the row above, wrapped with or without its unit of measure.
    match (open, numbers(&words[first..])) {
        (Some(open), Some(figures)) if open.figures.is_empty() && first <= 1 => {
            open.figures = figures;
            Drafted::Went
        }
        (_, None) if first > 0 && words[first + 1..].iter().all(|word| printed(&word.text) == Printed::Words) => {
            match printed(&words[first].text) {
                Printed::Number(amount) => Drafted::Head(Box::new(Head {
                    project: label,
                    budget: (words[first].clone(), amount),
                    name: joined(&words[first + 1..]),
                })),
                _ => Drafted::Strange,
            }
        }
        _ => Drafted::Strange,
    }
}

fn append(first: Label, rest: Label) -> Label {
    match (first.text.is_empty(), rest.text.is_empty()) {
        (true, _) => rest,
        (_, true) => first,
        _ => Label { text: first.text + &rest.text, span: first.span.cover(rest.span) },
    }
}

fn joined(words: &[Cell]) -> Label {
    let span = match (words.first(), words.last()) {
        (Some(first), Some(last)) => first.span.cover(last.span),
        _ => crate::text::Span::default(),
    };
    Label { text: words.iter().map(|word| fold(&word.text)).collect(), span }
}

/// 数量 × 单价 may be 金额, by what is printed.
fn multiplies(quantity: Amount, price: Amount, amount: Amount) -> bool {
    let half = |amount: Amount| Decimal::new(5, amount.decimals + 1);
    let off = (quantity.value * price.value - amount.value).abs();
    off <= quantity.value.abs() * half(price) + half(amount)
}

fn place(table: &mut Table, drafts: Vec<Draft>, figures: &mut Vec<Figure>) {
    // Does every row that tells name a source behind its amount?
    let sourced = |own: &[(Cell, Amount)], at: usize| own.get(at + 1).map(|next| next.1.value == own[at].1.value);
    let told: Vec<bool> = drafts
        .iter()
        .filter_map(|draft| sourced(&draft.figures, if draft.row.kind == RowKind::Item { 2 } else { 0 }))
        .collect();
    let by_source = !told.is_empty() && told.iter().filter(|told| **told).count() * 3 >= told.len() * 2;
    let (mut sound, mut items) = (0, 0);
    for draft in drafts {
        let number = table.rows.len();
        let item = draft.row.kind == RowKind::Item;
        let slots = if item { item_slots(&draft.figures, by_source) } else { sum_slots(&draft.figures, by_source) };
        items += usize::from(item);
        sound += usize::from(item && holds(&draft.figures));
        table.rows.push(draft.row);
        if item {
            table.rows[number].parent = table.rows[..number].iter().rposition(|row| row.kind == RowKind::Subtotal);
        }
        let mut put = |column: usize, (cell, amount): &(Cell, Amount)| {
            table.rows[number].cells[column] = Slot::Figure(figures.len() as u32);
            let figure = figure_of(table, number, column, cell, *amount);
            figures.push(figure);
        };
        if let Some(budget) = &draft.budget {
            put(BUDGET, budget);
        }
        match &slots {
            Some(slots) => slots.iter().zip(&draft.figures).for_each(|(column, figure)| {
                if let Some(column) = column {
                    put(*column, figure);
                }
            }),
            None => table.rows[number].cells[QUANTITY..].fill(Slot::Unknown),
        }
        // Several sources, of which it is not known where they stand.
        if slots.is_some_and(|slots| slots.contains(&None)) {
            table.rows[number].cells[FROM] = Slot::Unknown;
        }
    }
    // A table in which quantity, price and amount do not go together has other columns.
    table.unread = sound * 3 < items * 2;
}

fn holds(own: &[(Cell, Amount)]) -> bool {
    matches!(own, [(_, quantity), (_, price), (_, amount), ..] if multiplies(*quantity, *price, *amount))
}

/// A column for each figure; none for one whose place is not told.
type Slots = Vec<Option<usize>>;

/// The columns of an item's figures, where its own identities bear out one reading.
fn item_slots(own: &[(Cell, Amount)], by_source: bool) -> Option<Slots> {
    let [quantity, price, money @ ..] = own else { return None };
    let amount = money.first()?;
    // A wrong amount does not hide the row: its source tells as much.
    let product = |amount: &(Cell, Amount)| multiplies(quantity.1, price.1, amount.1);
    let sound = product(amount) || money.get(1).is_some_and(|next| next.1.value == amount.1.value || product(next));
    let mut slots = vec![Some(QUANTITY), Some(PRICE)];
    slots.extend(sum_slots(money, by_source).filter(|_| sound)?);
    Some(slots)
}

/// The columns of 金额 and what follows it: its source or sources, and what is set aside.
fn sum_slots(own: &[(Cell, Amount)], by_source: bool) -> Option<Slots> {
    let value = |at: usize| own[at].1.value;
    let several = (3..=own.len()).find(|&end| (1..end).map(value).sum::<Decimal>() == value(0));
    let plain: &[usize] = if by_source { &[AMOUNT, FROM, KEPT] } else { &[AMOUNT, KEPT] };
    if let Some(end) = several.filter(|_| value(1) != value(0)) {
        let mut slots = vec![Some(AMOUNT)];
        slots.resize(end, None);
        let rest: &[Option<usize>] = if own.len() > end { &[Some(KEPT)] } else { &[] };
        slots.extend(rest);
        return (slots.len() == own.len()).then_some(slots);
    }
    (!own.is_empty() && own.len() <= plain.len()).then(|| plain[..own.len()].iter().copied().map(Some).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn slots(figures: &[&str]) -> Option<Slots> {
        let of = |text: &&str| {
            let amount = Amount::parse(text).expect("a number");
            (Cell { span: Span::default(), text: (*text).to_owned() }, amount)
        };
        item_slots(&figures.iter().map(of).collect::<Vec<_>>(), true)
    }

    #[test]
    fn figures_find_their_columns_by_their_own_sums() {
        let plain = [Some(QUANTITY), Some(PRICE), Some(AMOUNT), Some(FROM), Some(KEPT)];
        assert_eq!(slots(&["10", "0.80", "8.00", "8.00", "6.00"]).as_deref(), Some(&plain[..]));
        assert_eq!(slots(&["45", "0.01", "0.35", "0.35"]).as_deref(), Some(&plain[..4]));
        // A wrong amount is borne out by its source.
        assert_eq!(slots(&["34", "0.02", "0.86", "0.68", "0.68"]).as_deref(), Some(&plain[..]));
        // Two sources, and what is set aside.
        let two = [Some(QUANTITY), Some(PRICE), Some(AMOUNT), None, None, Some(KEPT)];
        assert_eq!(slots(&["5", "1.00", "5.00", "3.00", "2.00"]).as_deref(), Some(&two[..5]));
        assert_eq!(slots(&["5", "1.00", "5.00", "3.00", "2.00", "4.00"]).as_deref(), Some(&two[..]));
        // Neither the product nor the source.
        assert_eq!(slots(&["5", "1.00", "7.00", "3.00", "1.00"]), None);
    }
}
