//! One section, read by itself. Places are relative to its first byte.

use std::sync::Arc;

use smallvec::SmallVec;

use super::crossed;
use super::economic_sides;
use super::figure::Figure;
use super::flow_table;
use super::grid_table::{self, figure_of};
use super::header;
use super::mentions::BodyMention;
use super::number::Amount;
use super::outline::{self, Plan, PlanKind};
use super::paragraph::{self, SubjectParagraph};
use super::prose::Prose;
use super::purchase_table;
use super::quantity::{self, Claim, Months, Quantity};
use super::sheet::{self, Sheet};
use super::source::{self, SourceLine};
use super::statement::{self, Statement};
use super::stream;
use super::table::{Label, Table};
use super::target::{self, Target, Voice};
use super::years;
use crate::catalog::name::{fold, folded};
use crate::catalog::{Form, Kind, Shape, Unit, forms};
use crate::layout::grid::{self, Cell};
use crate::layout::line::{numbering, tidy};
use crate::layout::{Block, BlockKind, Kept};
use crate::text::Span;

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SectionKind {
    /// A headed part of the narrative.
    Narrative,
    /// A table.
    Table,
    /// A project sheet.
    Sheet,
}

/// A section that has been read.
#[derive(Debug, Default)]
pub struct Section {
    /// What it is.
    pub kind: Option<SectionKind>,
    /// Length in bytes.
    pub len: usize,
    /// Its title or heading.
    pub heading: Label,
    /// The headings above it.
    pub context: String,
    /// True where the heading announces a whole disclosure.
    pub cover: bool,
    /// The table, as far as it can be read by itself.
    pub table: Option<Table>,
    /// The project sheet.
    pub sheet: Option<Sheet>,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// Its sentences with amounts.
    pub statements: Vec<Statement>,
    /// The targets that the narrative of a headed part on 绩效 states.
    pub targets: Vec<Target>,
    /// The numbers of its sentences, with their neighbours; places are those of `prose`.
    pub quantities: Vec<Quantity>,
    /// What its sentences compare in words.
    pub claims: Vec<Claim>,
    /// What comes once a month, counted.
    pub months: Vec<Months>,
    /// Folded narrative text, for rules that look for words; of a table of purchases, its notes.
    pub prose: String,
    /// Bodies named in table heads and titles.
    pub bodies: Vec<BodyMention>,
    /// Years stated as that of the budget.
    pub years: Vec<(u16, Span)>,
    /// Years by which its sentences and its columns say what they are of; they may also speak of other years.
    pub told_years: Vec<(u16, Span)>,
    /// A date that a table states (截止时间), as year, month, day.
    pub date: Option<((u16, u8, u8), Label)>,
    /// In accounts, the paragraphs that tell of one 科目 each.
    pub paragraphs: Vec<SubjectParagraph>,
    /// Final accounts, not a budget.
    pub accounts: bool,
    /// The blocks it was read from, shared with the layout: for rules that look at what is printed.
    pub blocks: Arc<[Arc<Block>]>,
    /// What was found out about it.
    pub kept: Kept,
}

impl Section {
    /// Figures that stand in no text.
    pub fn of_figures(figures: Vec<Figure>) -> Self {
        Self { figures, ..Self::default() }
    }

    /// Reads its blocks, as what they were planned to be.
    pub fn read(plan: &Plan, own: &Arc<[Arc<Block>]>) -> Self {
        let blocks: &[Arc<Block>] = own;
        let mut lines: Vec<SourceLine> = Vec::with_capacity(blocks.iter().map(|block| block.lines.len()).sum());
        lines.extend(source::lines(blocks));
        let mut section = Self {
            len: blocks.iter().map(|block| block.len()).sum(),
            context: plan.context.to_string(),
            kind: Some(SectionKind::Narrative),
            blocks: Arc::clone(own),
            ..Self::default()
        };
        if let Some(first) = lines.first().filter(|line| line.family == BlockKind::Text) {
            let body = tidy(first.text);
            let lead = source::lead(first.text, body);
            let span = Span::new(first.span.start + lead, first.span.start + lead + body.len());
            section.heading = Label { text: body.to_owned(), span };
            section.cover = outline::is_cover(body);
        }
        section.accounts = plan.published == Kind::Accounts;
        section.mentions(&lines, blocks);
        match plan.kind {
            PlanKind::Narrative => section.narrative(&lines),
            PlanKind::Table(form) => section.tabular(form, &lines, blocks),
        }
        section.settle();
        section
    }

    /// It is read once and kept long: the room that its lists grew into and do not fill is given back.
    fn settle(&mut self) {
        self.figures.shrink_to_fit();
        self.statements.shrink_to_fit();
        self.targets.shrink_to_fit();
        self.quantities.shrink_to_fit();
        self.prose.shrink_to_fit();
        if let Some(table) = &mut self.table {
            table.rows.shrink_to_fit();
        }
        if let Some(sheet) = &mut self.sheet {
            sheet.targets.shrink_to_fit();
            sheet.indicators.shrink_to_fit();
        }
    }

    /// Its lines that are not blank, as printed.
    pub fn lines(&self) -> impl Iterator<Item = SourceLine<'_>> {
        source::lines(&self.blocks)
    }

    /// Those of them in which a word is printed.
    pub fn lines_with<'a>(&'a self, word: &'a str) -> impl Iterator<Item = SourceLine<'a>> {
        source::lines_with(&self.blocks, word)
    }

    /// The texts of its blocks, each with where it begins.
    pub fn texts(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut next = 0;
        self.blocks.iter().map(move |block| {
            let base = next;
            next += block.len();
            (base, &*block.text)
        })
    }

    /// Is a word printed in it, within a block?
    pub fn says(&self, word: &str) -> bool {
        self.blocks.iter().any(|block| block.text.contains(word))
    }

    /// What is printed from a place on, to the end of its block.
    pub fn text_from(&self, at: usize) -> &str {
        let mut base = 0;
        for block in &*self.blocks {
            if at < base + block.len() {
                return block.text.get(at - base..).unwrap_or_default();
            }
            base += block.len();
        }
        ""
    }

    /// The unit that is printed right behind a place: 元, 万元, 亿元.
    pub fn unit_behind(&self, at: usize) -> Option<Span> {
        let found = pattern!(r"^\s*(亿元|万元|元)").captures(self.text_from(at))?;
        let word = found.get(1)?;
        Some(Span::new(at + word.start(), at + word.end()))
    }

    fn narrative(&mut self, lines: &[SourceLine]) {
        let prose = Prose::of(lines);
        let heading = fold(&self.context);
        self.sentence_mentions(lines);
        self.told_years.extend(years::told(&prose));
        let kind = if self.accounts { Kind::Accounts } else { Kind::Budget };
        self.statements = statement::read(&prose, &heading, kind, &mut self.figures);
        if self.accounts {
            self.paragraphs = paragraph::read(&prose, &self.figures);
        }
        // A glossary explains terms, it states nothing.
        if !heading.contains("名词解释") {
            self.quantities = quantity::read(&prose, &self.statements, &mut self.figures);
            self.claims = quantity::claims(&prose);
            self.months = quantity::months(&prose, &mut self.figures);
        }
        if heading.contains("绩效") {
            for found in target::find(&prose.folded.text) {
                let span = prose.span(found.number.clone());
                self.targets.push(Target {
                    figure: u32::try_from(self.figures.len()).unwrap_or(u32::MAX),
                    aim: found.aim,
                    unit: found.unit.clone(),
                    part: target::part_of(&prose.folded.text, found.start),
                    kept: Kept::default(),
                    lead: found.lead.clone(),
                    tail: found.tail,
                    clause: found.clause,
                    voice: Voice::Narrative,
                });
                self.figures.push(Figure {
                    span,
                    text: prose.original(span).into(),
                    amount: found.amount,
                    unit: Unit::Count,
                    sign: 1,
                    what: found.lead.into(),
                    column: format!("指标 {}", found.unit).into(),
                    by_hand: true,
                });
            }
        }
        self.prose = prose.folded.text;
    }

    fn tabular(&mut self, form: Option<&'static Form>, lines: &[SourceLine], blocks: &[Arc<Block>]) {
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

/// The rows of a table that say whose it is and in what unit; a title may be among them.
struct Captions {
    /// Of each row, is it one of them?
    own: Vec<bool>,
    form: Option<&'static Form>,
    unit: Option<Unit>,
}

impl Captions {
    fn of(rows: &[Vec<Cell>]) -> Self {
        let mut captions = Self { own: Vec::with_capacity(rows.len()), form: None, unit: None };
        for row in rows {
            let own = captions.takes(row);
            captions.own.push(own);
        }
        captions
    }

    fn takes(&mut self, row: &[Cell]) -> bool {
        let mut used: SmallVec<[&Cell; 8]> = row.iter().filter(|cell| !cell.is_blank()).collect();
        // A merged cell stands in every column that it covers.
        used.dedup_by_key(|cell| cell.span);
        let amounts = || used.iter().any(|cell| Amount::parse(&cell.text).is_some());
        let states = used.iter().any(|cell| source::states_unit(&cell.text));
        if states && used.len() <= 5 && !amounts() && !used.iter().any(|cell| folded(&cell.text) == "项目") {
            let stated = |cell: &&Cell| source::states_unit(&cell.text).then(|| Unit::stated(&cell.text)).flatten();
            self.unit = self.unit.or_else(|| used.iter().find_map(stated));
            return true;
        }
        let numbers = |cell: &&Cell| cell.text.contains('公') && forms::is_number_of_table(&folded(&cell.text));
        if used.iter().any(numbers) && !amounts() {
            return true;
        }
        if let [only] = used.as_slice()
            && let Some((found, _)) = forms::by_title(&only.text)
        {
            self.form = self.form.or(Some(found));
            return true;
        }
        used.is_empty()
    }
}

/// Rows without those of which this is true.
fn without(rows: Vec<Vec<Cell>>, these: &[bool]) -> Vec<Vec<Cell>> {
    rows.into_iter().zip(these).filter(|(_, own)| !**own).map(|(row, _)| row).collect()
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
