//! Disclosures that look like real ones, of any size, the same for the same seed: invented bodies, official forms, sums
//! that are right. With slips planted where they are asked for, and places for a keystroke.

mod body;
mod dice;
mod narrative;
mod office;
mod paper;
mod slips;
mod tables;

use std::ops::Range;

use body::Body;
use dice::Dice;
pub use paper::Layout;
use paper::Paper;

/// A disclosure is about so large; what is larger holds several.
const ONE: usize = 40_000;

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// About so many bytes.
    pub bytes: usize,
    /// The same text for the same seed.
    pub seed: u64,
    /// How tables are written.
    pub layout: Layout,
    /// A contradiction for so many bytes; none for a text that is right.
    pub slip_every: Option<usize>,
}

impl Wish {
    /// So many bytes, one cell a line, nothing wrong.
    pub fn clean(bytes: usize) -> Self {
        Self { bytes, seed: 1, layout: Layout::Cells, slip_every: None }
    }

    /// So many bytes, one cell a line, a contradiction for each 2,000 bytes.
    pub fn faulty(bytes: usize) -> Self {
        Self { slip_every: Some(2000), ..Self::clean(bytes) }
    }
}

/// An amount at which something is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its bytes.
    pub at: Range<usize>,
    /// The byte at which a digit goes in.
    pub type_at: usize,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The text.
    pub text: String,
    /// How many contradictions were planted.
    pub planted: usize,
    /// Amounts of project sheets that are contradicted already: a digit more or less does not change the number of findings.
    /// In order of their distance from the middle.
    pub neutral: Vec<Place>,
    /// Amounts of project sheets where a digit more makes a contradiction, and its removal ends it. In order of their
    /// distance from the middle.
    pub toggle: Vec<Place>,
    /// The same in sentences.
    pub told: Vec<Place>,
    /// Where prose is written: ends of sentences without figures, in order of their distance from the middle.
    pub prose: Vec<usize>,
    /// Amounts all over the text.
    pub amounts: Vec<Range<usize>>,
}

/// The digit that is typed.
pub const TYPED: &str = "7";

/// Makes what is wished for.
pub fn generate(wish: Wish) -> Generated {
    let mut dice = Dice::new(wish.seed);
    let mut paper = Paper::new(wish.layout);
    let mut number = dice.below(office::OFFICES.bodies());
    while paper.text.len() + ONE / 4 < wish.bytes {
        let left = wish.bytes - paper.text.len();
        // The last two share what is left.
        let size = match left {
            left if left <= ONE * 3 / 2 => left,
            left if left <= ONE * 5 / 2 => left / 2,
            _ => usize::try_from(dice.between(20_000, 60_000)).unwrap_or(ONE),
        };
        write(&mut paper, number % office::OFFICES.bodies(), size, &mut dice);
        number += 1;
    }
    slips::plant(paper, wish.slip_every)
}

/// Writes one disclosure of about this size.
fn write(paper: &mut Paper, number: usize, size: usize, dice: &mut Dice) {
    let start = (paper.text.len(), paper.marks.len());
    let (mut projects, mut duties) = (2, 0);
    // The first try tells how much is still to come, the second how much a project takes.
    let mut one = 1600;
    for attempt in 0.. {
        paper.text.truncate(start.0);
        paper.marks.truncate(start.1);
        // The same dice for each try.
        let mut own = dice.clone();
        let body = Body::new(number, projects, &mut own);
        body.tables(paper);
        body.narrative(paper, duties);
        paper.put("\n");
        let now = paper.text.len() - start.0;
        match attempt {
            0 => projects += size.saturating_sub(now) / one,
            1 if projects > 2 => {
                let by = now.abs_diff(size) / one;
                one = (now / projects.max(1)).clamp(1000, 2400);
                projects = if now > size { projects.saturating_sub(by + 1).max(2) } else { projects + by };
            }
            2 => duties = size.saturating_sub(now) / 60,
            _ => break,
        }
    }
    paper.body += 1;
    dice.next();
}
