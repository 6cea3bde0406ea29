//! A section that holds a table, read by whichever reader its layout asks for.

use std::sync::Arc;

use super::captions::{Captions, without};
use super::crossed;
use super::economic_sides;
use super::flow_table;
use super::grid_table::{self, figure_of};
use super::header;
use super::number::Amount;
use super::purchase_table;
use super::section::{Section, SectionKind};
use super::sheet;
use super::source::{self, SourceLine};
use super::stream;
use super::table::Table;
use crate::catalog::name::fold;
use crate::catalog::{Form, Shape, Unit, forms};
use crate::layout::grid::{self, Cell};
use crate::layout::line::{numbering, tidy};
use crate::layout::{Block, BlockKind};
use crate::text::Span;

impl Section {
    /// Reads a table or a project sheet.
    pub(super) fn tabular(&mut self, form: Option<&'static Form>, lines: &[SourceLine], blocks: &[Arc<Block>]) {
        self.kind = Some(SectionKind::Table);
        let mut base = 0;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for block in blocks {
            rows.extend(grid::rows(block, base).unwrap_or_default());
            base += block.len();
        }
        let piped = blocks.iter().any(|block| block.kind == BlockKind::Piped);
        let barred = piped && !blocks.iter().any(|block| grid::is_ruled(block) || is_other_grid(block.kind));
        let title_lines =
            usize::from(form.is_some() && lines.first().is_some_and(|line| line.family == BlockKind::Text));
        let Captions { own, form: inner, unit } = Captions::of(&rows);
        let unit = unit.or_else(|| {
            lines
                .iter()
                .take(8)
                .find_map(|line| source::states_unit(line.text).then(|| Unit::stated(line.text)).flatten())
        });
        let form = form.or(inner).or_else(|| header::by_signature(&without(rows.clone(), &own)));
        let Some(form) = form else { return };
        if self.heading.text.is_empty() || inner.is_some() {
            self.heading.text =
                if self.heading.text.is_empty() { form.name.clone() } else { self.heading.text.clone() };
        }
        let title = self.heading.clone();
        if form.shape == Shape::Sheet {
            self.kind = Some(SectionKind::Sheet);
            let rows = without(rows, &own);
            let body: Vec<Vec<Cell>> = if rows.is_empty() {
                lines.iter().skip(title_lines).map(source::words).collect()
            } else {
                sheet_rows(rows, lines)
            };
            let mut title = title;
            if title_lines == 1
                && forms::by_title(&title.text).is_none()
                && let Some(next) = lines.get(1)
            {
                title.text += tidy(next.text);
                title.span = title.span.cover(next.span);
            }
            self.sheet = Some(sheet::read(&body, title, unit.unwrap_or_default(), &mut self.figures));
            self.print(blocks);
            return;
        }
        if form.shape == Shape::Names {
            self.prose = lines.iter().map(|line| fold(line.text)).collect();
            return;
        }
        let behind = &lines[title_lines.min(lines.len())..];
        let columned = own.iter().all(|own| *own);
        let lacking = !columned && !barred && form.shape != Shape::Procurement && stream::has_short_rows(&rows);
        let flattened = columned && stream::is_one_cell_a_line(behind);
        let cells = blocks.iter().all(|block| matches!(block.kind, BlockKind::Cells | BlockKind::Text));
        let endless = !columned && cells && stream::is_endless(&rows);
        let loose = flattened || endless || barred && !stream::is_whole(form, &rows) || lacking;
        let (mut table, figures) = match form.shape {
            Shape::Crossed if endless => grid_table::read(form, title, unit, &[]),
            Shape::Crossed => {
                let rows = if columned { behind.iter().map(source::words).collect() } else { without(rows, &own) };
                crossed::read(form, title, unit, &rows, columned)
            }
            // Sets of columns side by side of which the rows are lost.
            _ if loose && economic_sides::concerns(form) => grid_table::read(form, title, unit, &[]),
            _ if loose => {
                let text: String = blocks.iter().map(|block| block.text.as_ref()).collect();
                let rows = match () {
                    () if flattened => vec![stream::cells(behind, &text)],
                    () if endless => vec![rows.into_iter().flatten().collect()],
                    () => rows,
                };
                stream::read(form, title, unit, rows, &text)
            }
            _ if columned => match super::columned::rows(behind, &|words| form.column(words).is_some()) {
                Some(rows) => {
                    let own = Captions::of(&rows).own;
                    let rows = without(rows, &own);
                    grid_table::read_wrapped(form, title, unit, &economic_sides::unfold(form, rows))
                }
                None if form.shape == Shape::Procurement => purchase_table::read(form, title, behind),
                None => flow_table::read(form, title, &economic_sides::unfold_lines(form, behind)),
            },
            _ => grid_table::read(form, title, unit, &economic_sides::unfold(form, without(rows, &own))),
        };
        table.declared_empty |= lines.iter().any(|line| line.family == BlockKind::Text && says_empty(line.text));
        if form.shape == Shape::Procurement {
            let notes = lines.iter().map(|line| fold(line.text)).filter(|text| text.starts_with('注'));
            self.prose = notes.collect();
        }
        let empty = table.declared_empty && figures.is_empty();
        table.unread = !empty && (table.unread || table.flow && form.shape == Shape::Procurement);
        table.unread |= is_torn(lines);
        table.unread |= (columned || barred) && !table.adds_up(&figures);
        self.figures = figures;
        if table.unread {
            for figure in &mut self.figures {
                (figure.what, figure.column) = (Box::default(), Box::default());
            }
            self.count_amounts(&table, behind);
        }
        self.table = Some(table);
    }

    /// Figures that were read from folded text, over the borders of cells, say what is printed in their place, line
    /// breaks apart.
    fn print(&mut self, blocks: &[Arc<Block>]) {
        let source: String = blocks.iter().map(|block| &*block.text).collect();
        for figure in &mut self.figures {
            if let Some(printed) = source.get(figure.span.start..figure.span.end) {
                figure.text = printed.replace(['\r', '\n'], "").into();
            }
        }
    }

    /// The amounts of a table that was given up still count as printed ones.
    fn count_amounts(&mut self, table: &Table, lines: &[SourceLine]) {
        let known: crate::hash::Set<usize> = self.figures.iter().map(|figure| figure.span.start).collect();
        for mut word in lines.iter().filter(|line| line.family != BlockKind::Html).flat_map(source::words) {
            let marks = ['|', '"', ','];
            let trimmed = word.text.trim_matches(marks);
            let start = word.span.start + (word.text.len() - word.text.trim_start_matches(marks).len());
            word = Cell { span: Span::new(start, start + trimmed.len()), text: trimmed.to_owned() };
            if let Some(amount) = Amount::parse(&word.text).filter(|amount| amount.decimals > 0)
                && !known.contains(&word.span.start)
            {
                self.figures.push(figure_of(table, usize::MAX, usize::MAX, &word, amount));
            }
        }
    }
}

/// Does a note say that a table is empty?
fn says_empty(note: &str) -> bool {
    let folded = fold(note);
    ["空表", "无数据", "没有数据"].iter().any(|word| folded.contains(word))
}

/// Do words without a bar or tab stand between the rows? Then a cell was wrapped, and its words are not where they belong.
fn is_torn(lines: &[SourceLine]) -> bool {
    let row = |line: &SourceLine| matches!(line.family, BlockKind::Piped | BlockKind::Tabbed | BlockKind::Commas);
    let (Some(first), Some(last)) = (lines.iter().position(row), lines.iter().rposition(row)) else {
        return false;
    };
    lines[first..last].iter().any(|line| {
        let folded = fold(line.text);
        !row(line) && !source::states_unit(line.text) && !source::is_page_number(&folded)
    })
}

fn is_other_grid(kind: BlockKind) -> bool {
    !matches!(kind, BlockKind::Piped | BlockKind::Text)
}

/// A sheet in a grid may have cells that run over lines of text: those lines are rows of their own.
fn sheet_rows(mut rows: Vec<Vec<Cell>>, lines: &[SourceLine]) -> Vec<Vec<Cell>> {
    for line in lines.iter().skip(1).filter(|line| line.family == BlockKind::Text) {
        if numbering(tidy(line.text)).is_some() {
            rows.push(vec![Cell { span: line.span, text: line.text.to_owned() }]);
        }
    }
    rows.sort_by_key(|row| row.iter().find(|cell| !cell.is_blank()).map_or(0, |cell| cell.span.start));
    rows
}
