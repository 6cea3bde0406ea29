//! What the first line of a block says by itself, and what the first lines of many say of the kind of a text.

use std::sync::Arc;

use super::headings::{is_cover, kind_of_title};
use crate::catalog::{Form, Kind, forms};
use crate::layout::grid::{self, Cell};
use crate::layout::line::{LineKind, Numbering, numbering, tidy};
use crate::layout::{Block, BlockKind};

/// What the first line of a block says by itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Face {
    pub title: Option<&'static Form>,
    pub number: Option<Numbering>,
    pub cover: bool,
    /// The kind that a title or a heading names.
    pub says: Option<Kind>,
}

/// What the first lines of some blocks say of the kind of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Titles {
    /// What the first cover says, where one says it.
    cover: Option<Option<Kind>>,
    /// How many headings name a budget.
    budgets: usize,
    /// How many name accounts.
    accounts: usize,
}

impl Titles {
    /// Of some blocks.
    pub fn of(blocks: &[Arc<Block>]) -> Self {
        blocks.iter().map(|block| Self::of_face(Face::of(block))).fold(Self::default(), Self::and)
    }

    fn of_face(face: Face) -> Self {
        let says = |kind| usize::from(face.says == Some(kind));
        let cover = face.cover.then_some(face.says);
        Self { cover, budgets: says(Kind::Budget), accounts: says(Kind::Accounts) }
    }

    /// With those that follow.
    pub fn and(self, next: Self) -> Self {
        let (budgets, accounts) = (self.budgets + next.budgets, self.accounts + next.accounts);
        Self { cover: self.cover.or(next.cover), budgets, accounts }
    }

    /// What the text is before any cover: what its first cover says, else what most of its headings say.
    pub fn kind(&self) -> Kind {
        let most = if self.accounts > self.budgets { Kind::Accounts } else { Kind::Budget };
        self.cover.flatten().unwrap_or(most)
    }
}

impl Face {
    /// What the first line of a block says; looked at once.
    pub fn of(block: &Block) -> Self {
        *block.kept.get(|| Self::read(block))
    }

    fn read(block: &Block) -> Self {
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

/// The first line of a block that is not blank.
pub fn first_line(block: &Block) -> Option<(&str, LineKind)> {
    let line = block.lines.iter().find(|line| line.kind != LineKind::Blank)?;
    Some((&block.text[line.span().range()], line.kind))
}
