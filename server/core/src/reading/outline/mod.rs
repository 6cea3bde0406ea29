//! Blocks → sections: where each table, project sheet and headed part of the narrative begins.

mod face;
mod headings;

use std::ops::Range;
use std::sync::Arc;

use super::source::{is_page_number, states_unit};
use crate::catalog::name::fold;
use crate::catalog::{Form, Kind, Shape, forms};
use crate::layout::line::{LineKind, Numbering, numbering, tidy};
use crate::layout::{Block, BlockKind};
pub use face::Titles;
use face::{Face, first_line};
pub use headings::is_cover;
use headings::{heads_columns, is_bare_heading, is_row, is_strange_title};

/// A section to be: a run of whole blocks.
#[derive(Clone, Debug)]
pub struct Plan {
    /// First block and one past the last, among those that were walked over.
    pub blocks: Range<usize>,
    /// What it is.
    pub kind: PlanKind,
    /// The headings above it, outermost first, joined.
    pub context: Arc<str>,
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

/// Where a walk over the blocks stands: all that decides, with the blocks near it, what the next block is.
#[derive(Clone, Debug)]
pub struct State {
    /// The section that is open.
    open: Option<PlanKind>,
    /// It holds a table whose columns are known.
    has_grid: bool,
    /// Its bytes.
    size: usize,
    chapter: Arc<str>,
    section: Arc<str>,
    /// What the latest cover said.
    published: Kind,
}

impl State {
    /// Before the first block of a text of this kind.
    pub fn first(published: Kind) -> Self {
        let nothing: Arc<str> = Arc::from("");
        Self { open: None, has_grid: false, size: 0, chapter: Arc::clone(&nothing), section: nothing, published }
    }

    /// Does a walk that stands here take the same way?
    pub fn goes_the_same_way(&self, other: &Self) -> bool {
        (self.open, self.has_grid, self.size > LONG) == (other.open, other.has_grid, other.size > LONG)
            && (&self.chapter, &self.section, self.published) == (&other.chapter, &other.section, other.published)
    }
}

/// Blocks past a decision that it may look at: a title at the lines under it, a scrap of a table at the next block.
pub const LOOKS_AHEAD: usize = AHEAD + 4;

/// Blocks before it.
pub const LOOKS_BACK: usize = 1;

/// A narrative longer than this, in bytes, is cut where that can be told from a block alone (so that a cut stays where it
/// is while text comes and goes elsewhere): the cost of an edit is bounded in a text without headings.
const LONG: usize = 24 * 1024;

/// One block in so many may begin a further part of a long narrative.
const CUTS: u32 = 16;

/// Walks over blocks from `from` on, where the state was this, until `ends` says so of the block that comes next. Gives
/// the sections, each with the state before its first block, and where the walk ended; none where the first block goes
/// on with the section before it.
pub fn walk(
    state: State,
    blocks: &[Arc<Block>],
    from: usize,
    mut ends: impl FnMut(usize, &State) -> bool,
) -> Option<(Vec<(Plan, State)>, usize)> {
    let mut walk = Walk { blocks, state, plans: Vec::new() };
    let mut index = from;
    while index < blocks.len() && !ends(index, &walk.state) {
        let (before, known) = (walk.state.clone(), walk.plans.len());
        let taken = walk.block(index);
        if walk.plans.is_empty() {
            return None;
        }
        if let Some((_, state)) = walk.plans.get_mut(known) {
            *state = before;
        }
        walk.state.size += blocks[index..index + taken].iter().map(|block| block.len()).sum::<usize>();
        index += taken;
    }
    Some((walk.plans, index))
}

struct Walk<'a> {
    blocks: &'a [Arc<Block>],
    state: State,
    /// Each with the state before it.
    plans: Vec<(Plan, State)>,
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
            let open_table = matches!(self.state.open, Some(PlanKind::Table(_)));
            if !open_table || self.state.has_grid && self.face(index).title.is_some() {
                self.begin(index, 1, PlanKind::Table(None));
            } else {
                self.extend(index, 1);
            }
            self.state.has_grid = true;
            return 1;
        }
        if let Some((form, taken)) = self.title(index, line) {
            self.begin(index, taken, PlanKind::Table(Some(form)));
            return taken;
        }
        let body = tidy(line);
        let Face { number, cover, says, .. } = self.face(index);
        if let Some(kind) = says.filter(|_| cover) {
            self.state.published = kind;
        }
        let open = self.state.open;
        if let Some(PlanKind::Table(form)) = open
            && self.goes_on(form, body, kind, number, index)
        {
            self.extend(index, 1);
            return 1;
        }
        match number {
            Some(Numbering::Part | Numbering::Chapter) if kind == LineKind::Heading => {
                self.state.chapter = self.heading(index, body);
                self.state.section = Arc::from("");
                self.begin(index, 1, PlanKind::Narrative);
            }
            Some(Numbering::Section) if kind == LineKind::Heading => {
                self.state.section = self.heading(index, body);
                self.begin(index, 1, PlanKind::Narrative);
            }
            None if kind == LineKind::Caption && is_bare_heading(&fold(body)) => {
                self.state.chapter = fold(body).into();
                self.state.section = Arc::from("");
                self.begin(index, 1, PlanKind::Narrative);
            }
            _ if cover => self.begin(index, 1, PlanKind::Narrative),
            _ if matches!(open, Some(PlanKind::Table(_)) | None)
                || self.state.size > LONG && may_begin_a_part(block) =>
            {
                self.begin(index, 1, PlanKind::Narrative);
            }
            _ => self.extend(index, 1),
        }
        1
    }

    /// The words of a heading; the number may stand on a line of its own.
    fn heading(&self, index: usize, body: &str) -> Arc<str> {
        let mut words = fold(body);
        if numbering(body).is_some_and(|(_, end)| end == body.len()) {
            let lines = |block: &Arc<Block>| -> Vec<String> {
                let used = block.lines.iter().filter(|line| line.kind != LineKind::Blank);
                used.take(2).map(|line| fold(tidy(&block.text[line.span().range()]))).collect()
            };
            let next = self.blocks[index..].iter().take(2).flat_map(lines).nth(1);
            words.extend(next);
        }
        words.chars().take(60).collect::<String>().into()
    }

    fn face(&self, index: usize) -> Face {
        Face::of(&self.blocks[index])
    }

    fn begin(&mut self, index: usize, taken: usize, kind: PlanKind) {
        let context = format!("{}\n{}", self.state.chapter, self.state.section).into();
        let plan = Plan { blocks: index..index + taken, kind, context, published: self.state.published };
        self.plans.push((plan, self.state.clone()));
        self.state.open = Some(kind);
        self.state.has_grid = false;
        self.state.size = 0;
    }

    /// Goes on with the section that is open; of the first one that may be one that was not walked over.
    fn extend(&mut self, index: usize, taken: usize) {
        match (self.plans.last_mut(), self.state.open) {
            (Some((plan, _)), _) => plan.blocks.end = index + taken,
            (None, None) => self.begin(index, taken, PlanKind::Narrative),
            (None, Some(_)) => {}
        }
    }

    /// The form whose title stands here with a table under it, and the blocks the title takes. A table of contents
    /// repeats every title: there the next thing is another title.
    fn title(&self, index: usize, line: &str) -> Option<(&'static Form, usize)> {
        let (form, taken) = match self.face(index).title {
            Some(form) => (form, 1),
            // A long title may be wrapped: its numbered head is the line before.
            None => {
                self.face(index).number.filter(|number| *number == Numbering::Item)?;
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
                let text = &block.text[line.span().range()];
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
        matches!((form, self.face(index).title), (Some(open), Some(title)) if open.id == title.id)
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
        if self.face(index).cover {
            return false;
        }
        let sheet = form.is_some_and(|form| form.shape == Shape::Sheet);
        if sheet {
            return !matches!(number, Some(Numbering::Part | Numbering::Chapter | Numbering::Section));
        }
        if self.state.has_grid {
            // Scraps between the pages of a table, and the first line of a cell that was wrapped between bars.
            let next = self.blocks.get(index + 1).filter(|next| next.kind != BlockKind::Text);
            let own = &self.blocks[index];
            let before = self.blocks[..index].last().filter(|before| match before.kind {
                BlockKind::Piped => true,
                BlockKind::Tabbed | BlockKind::Commas => !is_parted(before) && !is_parted(own),
                _ => false,
            });
            let torn = before.is_some_and(|before| next.is_some_and(|next| next.kind == before.kind))
                && self.face(index + 1).title.is_none()
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

/// A property of a block alone that one in [`CUTS`] has.
fn may_begin_a_part(block: &Block) -> bool {
    block.text.bytes().take(64).fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % CUTS == 0
}

/// Does a blank line part a block from the next?
fn is_parted(block: &Block) -> bool {
    block.lines.last().is_some_and(|line| line.kind == LineKind::Blank)
}
