//! Blocks → sections: where each table, project sheet and headed part of the narrative begins.

use std::collections::HashMap;
use std::sync::Arc;

use super::source::{is_page_number, states_unit};
use crate::catalog::name::{bare, fold};
use crate::catalog::{Form, Kind, Shape, forms, subjects};
use crate::layout::grid::{self, Cell};
use crate::layout::line::{LineKind, Numbering, numbering, tidy};
use crate::layout::{Block, BlockKind};

/// A section to be: a run of whole blocks.
#[derive(Clone, Debug)]
pub struct Plan {
    /// First block and one past the last.
    pub blocks: std::ops::Range<usize>,
    /// What it is.
    pub kind: PlanKind,
    /// The headings above it, outermost first, joined.
    pub context: String,
    /// Of a budget or of accounts, as far as the titles tell.
    pub published: Kind,
}

/// What a section is.
#[derive(Clone, Copy, Debug)]
pub enum PlanKind {
    /// A part of the narrative.
    Narrative,
    /// A table with the form its title names; none where a table stands without a title.
    Table(Option<&'static Form>),
}

impl PartialEq for PlanKind {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (PlanKind::Narrative, PlanKind::Narrative) => true,
            (PlanKind::Table(a), PlanKind::Table(b)) => a.map(|form| &form.id) == b.map(|form| &form.id),
            _ => false,
        }
    }
}

/// Lines looked at to see whether a title has a table under it.
const AHEAD: usize = 8;

/// What the first line of a block says by itself. It is kept as long as the block is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Face {
    title: Option<&'static Form>,
    number: Option<Numbering>,
    cover: bool,
    /// The kind that a title or a heading names.
    says: Option<Kind>,
}

/// The faces of blocks, by the blocks' identity (their address).
pub type Faces = HashMap<usize, Face>;

impl Face {
    fn of(block: &Block) -> Self {
        let Some((line, kind)) = first_line(block) else { return Self::default() };
        if block.kind != BlockKind::Text {
            // A title may be the first row of its table.
            let title = if block.kind == BlockKind::Html {
                first_words(block)
            } else {
                line.replace(['|', '\t', ',', '"'], " ")
            };
            let title = forms::by_title(&title).map(|(form, _)| form);
            return Self { title, ..Self::default() };
        }
        let body = tidy(line);
        let number = numbering(body).map(|(number, _)| number);
        let heads = matches!(kind, LineKind::Heading | LineKind::Caption) && body.chars().count() <= 60;
        let says = if heads { kind_of_title(body) } else { None };
        Self { title: forms::by_title(line).map(|(form, _)| form), number, cover: is_cover(body), says }
    }
}

/// What the first row of a table of tags says.
fn first_words(block: &Block) -> String {
    let row = grid::rows(block, 0).unwrap_or_default().into_iter().next().unwrap_or_default();
    let mut cells: Vec<Cell> = row.into_iter().filter(|cell| !cell.is_blank()).collect();
    cells.dedup_by_key(|cell| cell.span);
    cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn address(block: &Arc<Block>) -> usize {
    Arc::as_ptr(block) as usize
}

/// Gathers blocks to sections. `known` are the faces of the blocks before the last edit, whose blocks must still live.
pub fn plan(blocks: &[Arc<Block>], known: Option<&Faces>) -> (Vec<Plan>, Faces) {
    let face = |block: &Arc<Block>| {
        known.and_then(|known| known.get(&address(block)).copied()).unwrap_or_else(|| Face::of(block))
    };
    let faces: Vec<Face> = blocks.iter().map(face).collect();
    let kept = blocks.iter().map(address).zip(faces.iter().copied()).collect();
    let published = first_kind(&faces);
    let mut walk = Walk {
        blocks,
        faces,
        plans: Vec::new(),
        chapter: String::new(),
        section: String::new(),
        has_grid: false,
        published,
    };
    let mut index = 0;
    while index < blocks.len() {
        index += walk.block(index);
    }
    (walk.plans, kept)
}

/// The kind a title names; where it names both, that of a budget.
fn kind_of_title(title: &str) -> Option<Kind> {
    // The names of the funds say 预算 in accounts too.
    let bare = ["公共预算", "基金预算", "经营预算"].iter().fold(fold(title), |title, fund| title.replace(fund, ""));
    match (bare.contains("预算"), bare.contains("决算")) {
        (false, true) => Some(Kind::Accounts),
        (true, _) => Some(Kind::Budget),
        _ => None,
    }
}

/// What the text is before any cover: what its first cover says, else what most of its headings say.
fn first_kind(faces: &[Face]) -> Kind {
    if let Some(kind) = faces.iter().find(|face| face.cover).and_then(|face| face.says) {
        return kind;
    }
    let count = |kind| faces.iter().filter(|face| face.says == Some(kind)).count();
    if count(Kind::Accounts) > count(Kind::Budget) { Kind::Accounts } else { Kind::Budget }
}

struct Walk<'a> {
    blocks: &'a [Arc<Block>],
    faces: Vec<Face>,
    plans: Vec<Plan>,
    chapter: String,
    section: String,
    /// The section that is open holds a table whose columns are known.
    has_grid: bool,
    /// What the latest cover said.
    published: Kind,
}

/// The first line of a block that is not blank.
fn first_line(block: &Block) -> Option<(&str, LineKind)> {
    let line = block.lines.iter().find(|line| line.kind != LineKind::Blank)?;
    Some((&block.text[line.span.start..line.span.end], line.kind))
}

impl Walk<'_> {
    /// Takes the block at `index` (and those that its title runs over); returns how many.
    fn block(&mut self, index: usize) -> usize {
        let block = &self.blocks[index];
        let Some((line, kind)) = first_line(block) else {
            self.extend(index, 1);
            return 1;
        };
        if block.kind != BlockKind::Text {
            let open_table = matches!(self.plans.last(), Some(plan) if matches!(plan.kind, PlanKind::Table(_)));
            if !open_table || self.has_grid && self.faces[index].title.is_some() {
                self.begin(index, 1, PlanKind::Table(None));
            } else {
                self.extend(index, 1);
            }
            self.has_grid = true;
            return 1;
        }
        if let Some((form, taken)) = self.title(index, line) {
            self.begin(index, taken, PlanKind::Table(Some(form)));
            return taken;
        }
        let body = tidy(line);
        let Face { number, cover, says, .. } = self.faces[index];
        if let Some(kind) = says.filter(|_| cover) {
            self.published = kind;
        }
        let open = self.plans.last().map(|plan| plan.kind);
        if let Some(PlanKind::Table(form)) = open
            && self.goes_on(form, body, kind, number, index)
        {
            self.extend(index, 1);
            return 1;
        }
        match number {
            Some(Numbering::Part | Numbering::Chapter) if kind == LineKind::Heading => {
                self.chapter = self.heading(index, body);
                self.section.clear();
                self.begin(index, 1, PlanKind::Narrative);
            }
            Some(Numbering::Section) if kind == LineKind::Heading => {
                self.section = self.heading(index, body);
                self.begin(index, 1, PlanKind::Narrative);
            }
            None if kind == LineKind::Caption && is_bare_heading(&fold(body)) => {
                self.chapter = fold(body);
                self.section.clear();
                self.begin(index, 1, PlanKind::Narrative);
            }
            _ if cover => self.begin(index, 1, PlanKind::Narrative),
            _ if matches!(open, Some(PlanKind::Table(_)) | None) => self.begin(index, 1, PlanKind::Narrative),
            _ => self.extend(index, 1),
        }
        1
    }

    /// The words of a heading; the number may stand on a line of its own.
    fn heading(&self, index: usize, body: &str) -> String {
        let mut words = fold(body);
        if numbering(body).is_some_and(|(_, end)| end == body.len()) {
            let lines = |block: &Arc<Block>| -> Vec<String> {
                let used = block.lines.iter().filter(|line| line.kind != LineKind::Blank);
                used.take(2).map(|line| fold(tidy(&block.text[line.span.start..line.span.end]))).collect()
            };
            let next = self.blocks[index..].iter().take(2).flat_map(lines).nth(1);
            words.extend(next);
        }
        words.chars().take(60).collect()
    }

    fn begin(&mut self, index: usize, taken: usize, kind: PlanKind) {
        let context = format!("{}\n{}", self.chapter, self.section);
        self.plans.push(Plan { blocks: index..index + taken, kind, context, published: self.published });
        self.has_grid = false;
    }

    fn extend(&mut self, index: usize, taken: usize) {
        match self.plans.last_mut() {
            Some(plan) => plan.blocks.end = index + taken,
            None => self.begin(index, taken, PlanKind::Narrative),
        }
    }

    /// The form whose title stands here with a table under it, and the blocks the title takes. A table of contents
    /// repeats every title: there the next thing is another title.
    fn title(&self, index: usize, line: &str) -> Option<(&'static Form, usize)> {
        let (form, taken) = match self.faces[index].title {
            Some(form) => (form, 1),
            // A long title may be wrapped: its numbered head is the line before.
            None => {
                self.faces[index].number.filter(|number| *number == Numbering::Item)?;
                let (next, kind) = first_line(self.blocks.get(index + 1)?)?;
                let wrapped = kind == LineKind::Caption
                    && !tidy(line).ends_with(['。', '；', '，', '：'])
                    && tidy(line).chars().count() > 20;
                let form = forms::by_title(&format!("{}{}", tidy(line), tidy(next))).filter(|_| wrapped)?.0;
                (form, 2)
            }
        };
        let mut seen = 0;
        let (mut scraps, mut heads) = (true, false);
        for (offset, block) in self.blocks[index..].iter().enumerate() {
            let own = usize::from(offset == 0);
            for line in block.lines.iter().filter(|line| line.kind != LineKind::Blank).skip(own) {
                let text = &block.text[line.span.start..line.span.end];
                if block.kind != BlockKind::Text || states_unit(text) || heads_columns(text) {
                    return Some((form, taken));
                }
                seen += 1;
                // Cells one a line under a title, and no unit: at least the words of a header stand among them.
                scraps &= text.chars().count() <= 24
                    && !text.contains(['，', '。', '；', '：'])
                    && numbering(tidy(text)).is_none();
                heads |= ["科目编码", "科目名称", "预算数", "金额"].contains(&fold(text).as_str());
                if seen == AHEAD && scraps && heads {
                    return Some((form, taken));
                }
                if seen > AHEAD
                    || matches!(line.kind, LineKind::ProseEnd)
                    || offset >= taken && forms::by_title(text).is_some()
                {
                    return None;
                }
            }
        }
        None
    }

    /// Is a line the title of the table that is open, come again on another page?
    fn names_again(&self, form: Option<&'static Form>, index: usize) -> bool {
        matches!((form, self.faces[index].title), (Some(open), Some(title)) if open.id == title.id)
    }

    /// Does a line of text belong to the table that is open?
    fn goes_on(
        &self,
        form: Option<&'static Form>,
        body: &str,
        kind: LineKind,
        number: Option<Numbering>,
        index: usize,
    ) -> bool {
        let bare_body = fold(body);
        if bare_body.starts_with('注') || bare_body.starts_with("说明：") || is_page_number(&bare_body) {
            return true;
        }
        if self.faces[index].cover {
            return false;
        }
        let sheet = form.is_some_and(|form| form.shape == Shape::Sheet);
        if sheet {
            return !matches!(number, Some(Numbering::Part | Numbering::Chapter | Numbering::Section));
        }
        if self.has_grid {
            // Scraps between the pages of a table, and the first line of a cell that was wrapped between bars.
            let next = self.blocks.get(index + 1).filter(|next| next.kind != BlockKind::Text);
            let own = &self.blocks[index];
            let before = self.blocks[..index].last().filter(|before| match before.kind {
                BlockKind::Piped => true,
                BlockKind::Tabbed | BlockKind::Commas => !is_parted(before) && !is_parted(own),
                _ => false,
            });
            let torn = before.is_some_and(|before| next.is_some_and(|next| next.kind == before.kind))
                && self.faces[index + 1].title.is_none()
                && own.lines.len() <= 3;
            return torn && !body.ends_with('。') && body.chars().count() < 40
                || kind == LineKind::Caption && next.is_some() && states_unit(body);
        }
        match number {
            Some(Numbering::Part) => false,
            Some(_) => form.is_some_and(|form| is_row(form, body)),
            None if is_bare_heading(&bare_body) => false,
            // The title of a table that no form has ends this one.
            None if is_strange_title(&bare_body) && !self.names_again(form, index) => false,
            None => {
                let long = body.chars().count() >= 18 && body.contains(['，', '。']);
                !matches!(kind, LineKind::Prose | LineKind::ProseEnd) || !long && !body.ends_with('。')
            }
        }
    }
}

/// Does a blank line part a block from the next?
fn is_parted(block: &Block) -> bool {
    block.lines.last().is_some_and(|line| line.kind == LineKind::Blank)
}

/// Is a line a heading of accounts that lost its number: 收入支出决算总体情况说明?
fn is_bare_heading(folded: &str) -> bool {
    let length = folded.chars().count();
    (8..=40).contains(&length)
        && folded.contains("决算")
        && (folded.ends_with("情况说明") || folded.ends_with("情况") || folded.ends_with("决算说明"))
        && !folded.contains(['，', '。', '：', '；'])
}

/// Is a line the title of some table, by its words?
fn is_strange_title(folded: &str) -> bool {
    let length = folded.chars().count();
    (8..=40).contains(&length)
        && folded.ends_with('表')
        && (folded.contains("决算") || folded.contains("情况") || folded.contains("预算"))
        && !folded.contains(['，', '。', '：', '本'])
        && !without_year(folded).starts_with(|c: char| c.is_ascii_digit())
}

/// A title without the year it begins with: 2025年单位…预算表.
fn without_year(folded: &str) -> &str {
    folded.split_once('年').filter(|(year, _)| year.len() == 4).map_or(folded, |(_, rest)| rest)
}

/// Does a line name columns, as a header without a unit line does?
fn heads_columns(text: &str) -> bool {
    let folded = fold(text);
    let words =
        ["序号", "项目", "科目编码", "科目名称", "预算数", "金额", "合计", "收入", "支出", "栏次", "数量", "单位名称"];
    text.split_whitespace().count() >= 2
        // A line of a table of contents, with its page.
        && numbering(tidy(text)).is_none()
        && words.iter().filter(|word| folded.contains(**word)).count() >= 2
        && folded.chars().count() < 60
}

/// Is a numbered line a row of the form rather than a heading?
fn is_row(form: &Form, body: &str) -> bool {
    let label = body.split_whitespace().next().unwrap_or(body);
    if form.row(label).is_some() || form.row(body).is_some() {
        return true;
    }
    let heading = ["情况", "说明", "职责", "名词", "事项", "绩效", "信息", "公开", "概况", "机构", "解释"];
    match form.shape {
        Shape::Sided => {
            let known = subjects::subjects(subjects::List::Functional).class_by_name(&bare(label)).is_some();
            known || !heading.iter().any(|word| body.contains(word))
        }
        Shape::Label | Shape::Crossed => !heading.iter().any(|word| body.contains(word)),
        _ => false,
    }
}

/// A line that announces a whole disclosure: 某某局2025年部门预算公开.
pub fn is_cover(body: &str) -> bool {
    if body.len() > 300 || !body.contains('年') || !body.contains('算') {
        return false;
    }
    let folded = fold(body);
    folded.chars().count() <= 60
        && !folded.contains(['，', '。', '；'])
        && pattern!(r"^(?:第[一二三四五六七八九十\d]+部分)?[：:]?[^\d]{2,30}20\d\d年度?(?:部门|单位)?(?:综合)?(?:预算|决算|预决算)(?:信息)?(?:公开|说明|情况|报告|文本|表|编制)*$").is_match(&folded)
}
