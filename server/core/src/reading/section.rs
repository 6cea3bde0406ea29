//! One section, read by itself. Places are relative to its first byte.

use std::sync::Arc;

use super::crossed;
use super::economic_sides;
use super::figure::Figure;
use super::flow_table;
use super::grid_table::{self, figure_of};
use super::header;
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
use crate::catalog::name::{BODY_ENDS, fold, folded};
use crate::catalog::{Form, Kind, Shape, Unit, forms};
use crate::layout::grid::{self, Cell};
use crate::layout::line::{LineKind, numbering, tidy};
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

/// A name of the publishing body, with its code where one is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyMention {
    /// Its code (450, 450001).
    pub code: Option<Label>,
    /// Its name.
    pub name: Label,
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
        let lines = source::lines(blocks);
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
    pub fn lines(&self) -> Vec<SourceLine<'_>> {
        source::lines(&self.blocks)
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
        let printed = rows.clone();
        let piped = blocks.iter().any(|block| block.kind == BlockKind::Piped);
        let barred = piped && !blocks.iter().any(|block| grid::is_ruled(block) || is_other_grid(block.kind));
        let title_lines =
            usize::from(form.is_some() && lines.first().is_some_and(|line| line.family == BlockKind::Text));
        let (rows, inner, unit) = captions(rows);
        let unit = unit.or_else(|| {
            lines
                .iter()
                .take(8)
                .find_map(|line| source::states_unit(line.text).then(|| Unit::stated(line.text)).flatten())
        });
        let form = form.or(inner).or_else(|| header::by_signature(&rows));
        let Some(form) = form else { return };
        if self.heading.text.is_empty() || inner.is_some() {
            self.heading.text =
                if self.heading.text.is_empty() { form.name.clone() } else { self.heading.text.clone() };
        }
        let title = self.heading.clone();
        if form.shape == Shape::Sheet {
            self.kind = Some(SectionKind::Sheet);
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
        let columned = rows.is_empty();
        let lacking = !columned && !barred && form.shape != Shape::Procurement && stream::has_short_rows(&printed);
        let flattened = columned && stream::is_one_cell_a_line(behind);
        let cells = blocks.iter().all(|block| matches!(block.kind, BlockKind::Cells | BlockKind::Text));
        let endless = !columned && cells && stream::is_endless(&printed);
        let loose = flattened || endless || barred && !stream::is_whole(form, &printed) || lacking;
        let (mut table, figures) = match form.shape {
            Shape::Crossed if endless => grid_table::read(form, title, unit, &[]),
            Shape::Crossed => {
                let rows = if columned { behind.iter().map(source::words).collect() } else { rows };
                crossed::read(form, title, unit, &rows, columned)
            }
            // Sets of columns side by side of which the rows are lost.
            _ if loose && economic_sides::concerns(form) => grid_table::read(form, title, unit, &[]),
            _ if loose => {
                let text: String = blocks.iter().map(|block| block.text.as_ref()).collect();
                let rows = match () {
                    () if flattened => vec![stream::cells(behind, &text)],
                    () if endless => vec![printed.into_iter().flatten().collect()],
                    () => printed,
                };
                stream::read(form, title, unit, rows, &text)
            }
            _ if columned => match super::columned::rows(behind, &|words| form.column(words).is_some()) {
                Some(rows) => {
                    let (rows, _, _) = captions(rows);
                    grid_table::read_wrapped(form, title, unit, &economic_sides::unfold(form, rows))
                }
                None if form.shape == Shape::Procurement => purchase_table::read(form, title, behind),
                None => flow_table::read(form, title, &economic_sides::unfold_lines(form, behind)),
            },
            _ => grid_table::read(form, title, unit, &economic_sides::unfold(form, rows)),
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

    /// Bodies, years and dates that heads and titles state.
    fn mentions(&mut self, lines: &[SourceLine], blocks: &[Arc<Block>]) {
        for line in
            lines.iter().filter(|line| line.kind != LineKind::ProseEnd && line.family != BlockKind::Html).take(400)
        {
            let head = matches!(
                line.kind,
                LineKind::Cell
                    | LineKind::Caption
                    | LineKind::Row
                    | LineKind::Piped
                    | LineKind::Tabbed
                    | LineKind::Commas
                    | LineKind::Heading
            );
            if !head {
                continue;
            }
            self.head_mentions(line.text, line.span.start, source::pieces(line));
        }
        // Of tags, what the cells say.
        let mut base = 0;
        for block in blocks {
            if block.kind == BlockKind::Html {
                for cell in grid::rows(block, base).unwrap_or_default().into_iter().take(20).flatten() {
                    let piece = (cell.span.start, cell.text.as_str());
                    self.head_mentions(&cell.text, cell.span.start, [piece].into_iter());
                }
            }
            base += block.len();
        }
        if self.cover || self.heading.text.contains("预算") || self.heading.text.contains("决算") {
            self.title_mentions();
        }
    }

    /// What one line of a head states, which stands at `start`; `pieces` are its words.
    fn head_mentions<'a>(&mut self, text: &str, start: usize, pieces: impl Iterator<Item = (usize, &'a str)>) {
        // A digit with a Han character right behind it, in half or full width; most lines have none.
        let glued = text
            .as_bytes()
            .windows(3)
            .any(|bytes| matches!(bytes, [_, b'0'..=b'9', 0xe2..=0xf4] | [0xbc, 0x90..=0x99, 0xe2..=0xf4]));
        for (place, piece) in pieces.filter(|_| glued) {
            let trimmed = piece.trim_matches(['|', ',', '"']);
            if let Some(found) = pattern!(r"^(\d+)(\p{Han}[\p{Han}（）()]{3}[\p{Han}（）()]*)$").captures(trimmed) {
                let at = place + piece.find(trimmed).unwrap_or(0);
                let (code, name) = (&found[1], &found[2]);
                let (digits, length) = (code.chars().count(), name.chars().count());
                let fits = matches!(digits, 3 | 6 | 9) && length <= LONGEST;
                if fits && is_body(name) && self.bodies.len() < 8 {
                    self.bodies.push(BodyMention {
                        code: Some(Label { text: code.to_owned(), span: Span::new(at, at + code.len()) }),
                        name: Label {
                            text: name.to_owned(),
                            span: Span::new(at + code.len(), at + code.len() + name.len()),
                        },
                    });
                }
            }
        }
        if text.contains("年度")
            && let Some(found) = pattern!(r"(?:预算年度|年度)[：:]\s*(20\d\d)").captures(text)
            && let Some(year) = found.get(1)
        {
            let span = Span::new(start + year.start(), start + year.end());
            self.years.push((year.as_str().parse().unwrap_or(0), span));
        }
        self.told_years.extend(years::heads(text, start));
        if self.date.is_none()
            && text.contains('截')
            && let Some(found) = pattern!(r"截[止至](?:时间|日期)?[：:]?\s*((20\d\d)\s*(?:年|-|/|\.)\s*(\d{1,2})\s*(?:月|-|/|\.)\s*(\d{1,2})\s*日?)").captures(text)
            && let Some(all) = found.get(1)
        {
            let number = |index: usize| found[index].parse::<u16>().unwrap_or(0);
            let span = Span::new(start + all.start(), start + all.end());
            self.date = Some(((number(2), number(3) as u8, number(4) as u8), Label { text: all.as_str().to_owned(), span }));
        }
    }

    /// Bodies that a paragraph begins with: 某县水务局上年末固定资产金额为…
    fn sentence_mentions(&mut self, lines: &[SourceLine]) {
        for line in lines.iter().filter(|line| matches!(line.kind, LineKind::Prose | LineKind::ProseEnd)) {
            let form =
                pattern!(r"^\s*(\p{Han}{4}\p{Han}*?)(?:（[^）]{1,12}）)?(?:上年末|20\d\d\s*年(?:部门|单位)?预算)");
            if let Some(name) =
                form.captures(line.text).and_then(|found| found.get(1)).filter(|name| is_body(name.as_str()))
                && name.as_str().chars().count() <= 30
                && !name.as_str().contains("现将")
            {
                let span = Span::new(line.span.start + name.start(), line.span.start + name.end());
                self.bodies.push(BodyMention { code: None, name: Label { text: name.as_str().to_owned(), span } });
            }
        }
    }

    fn title_mentions(&mut self) {
        let text = self.heading.text.clone();
        let Some(found) = pattern!(
            r"^(?:第[一二三四五六七八九十\d]+部分[：:\s]*)?(?:关于)?(\p{Han}[\p{Han}（）()]{3}[\p{Han}（）()]*?)\s*(20\d\d)\s*年"
        )
        .captures(&text) else {
            return;
        };
        let (Some(name), Some(year)) = (found.get(1), found.get(2)) else { return };
        if name.as_str().chars().count() > LONGEST {
            return;
        }
        let base = self.heading.span.start;
        self.years.push((year.as_str().parse().unwrap_or(0), Span::new(base + year.start(), base + year.end())));
        if is_body(name.as_str()) {
            let span = Span::new(base + name.start(), base + name.end());
            self.bodies.push(BodyMention { code: None, name: Label { text: name.as_str().to_owned(), span } });
        }
    }
}

/// Longest name of a body, in characters.
const LONGEST: usize = 41;

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

/// Does a name end as those of public bodies do?
pub fn is_body(name: &str) -> bool {
    let folded = folded(name);
    let name = crate::catalog::name::without_brackets(&folded);
    BODY_ENDS.iter().any(|end| name.ends_with(end))
}

/// Takes off the rows that say whose table it is and in what unit; a title may be among them.
fn captions(mut rows: Vec<Vec<Cell>>) -> (Vec<Vec<Cell>>, Option<&'static Form>, Option<Unit>) {
    let mut form = None;
    let mut unit = None;
    rows.retain(|row| {
        let mut used: Vec<&Cell> = row.iter().filter(|cell| !cell.is_blank()).collect();
        // A merged cell stands in every column that it covers.
        used.dedup_by_key(|cell| cell.span);
        let states = used.iter().any(|cell| source::states_unit(&cell.text));
        if states
            && used.len() <= 5
            && used.iter().all(|cell| Amount::parse(&cell.text).is_none())
            && !used.iter().any(|cell| fold(&cell.text) == "项目")
        {
            unit = unit.or_else(|| {
                used.iter().find_map(|cell| source::states_unit(&cell.text).then(|| Unit::stated(&cell.text)).flatten())
            });
            return false;
        }
        let number = used.iter().any(|cell| forms::is_number_of_table(&fold(&cell.text)));
        if number && used.iter().all(|cell| super::number::Amount::parse(&cell.text).is_none()) {
            return false;
        }
        if let [only] = used.as_slice()
            && let Some((found, _)) = forms::by_title(&only.text)
        {
            form = form.or(Some(found));
            return false;
        }
        !used.is_empty()
    });
    (rows, form, unit)
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
