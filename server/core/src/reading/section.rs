//! One section, read by itself. Places are relative to its first byte.

use std::sync::Arc;

use super::figure::Figure;
use super::mentions::BodyMention;
use super::outline::{self, Plan, PlanKind};
use super::paragraph::{self, SubjectParagraph};
use super::prose::Prose;
use super::quantity::{self, Claim, Months, Quantity};
use super::sheet::Sheet;
use super::source::{self, SourceLine};
use super::statement::{self, Statement};
use super::table::{Label, Table};
use super::target::{self, Target, Voice};
use super::years;
use crate::catalog::name::fold;
use crate::catalog::{Kind, Unit};
use crate::layout::line::tidy;
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
        source::texts(&self.blocks)
    }

    /// Has it cells? Of PDF text words may be cut, and what stands beside something may belong to something else.
    pub fn has_cells(&self) -> bool {
        self.blocks.iter().any(|block| block.kind != BlockKind::Text)
    }

    /// Is a word printed in it, within a block?
    pub fn says(&self, word: &str) -> bool {
        self.blocks.iter().any(|block| block.text.contains(word))
    }

    /// What is printed from a place on, to the end of its block.
    pub fn text_from(&self, at: usize) -> &str {
        let own = self.texts().find(|(base, text)| at < base + text.len());
        own.and_then(|(base, text)| text.get(at - base..)).unwrap_or_default()
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
}
