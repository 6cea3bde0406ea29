//! Small changes of inputs, the same in every run.

use super::dictionary;
use crate::dice::Dice;

/// Inputs that grow longer than this teach nothing new.
const LONGEST: usize = 10_000;

/// Makes changes.
pub struct Mutator {
    dice: Dice,
    words: Vec<String>,
}

impl Mutator {
    /// Changes that only depend on `seed`.
    pub fn new(seed: u64) -> Self {
        Self { dice: Dice(seed), words: dictionary() }
    }

    /// Changes an input in one to four places.
    pub fn change(&mut self, input: &[u8], other: &[u8]) -> Vec<u8> {
        let mut out = input.to_vec();
        for _ in 0..=self.dice.roll(4) {
            let at = self.dice.roll(out.len() + 1);
            let end = (at + self.dice.roll(64)).min(out.len());
            match self.dice.roll(6) {
                0 if at < out.len() => out[at] = u8::try_from(self.dice.roll(256)).unwrap_or_default(),
                1 => drop(out.drain(at..end)),
                2 => {
                    let piece = out[at..end].to_vec();
                    let to = self.dice.roll(out.len() + 1);
                    out.splice(to..to, piece);
                }
                3 if !other.is_empty() => {
                    let from = self.dice.roll(other.len());
                    let to = (from + self.dice.roll(200)).min(other.len());
                    out.splice(at..end, other[from..to].iter().copied());
                }
                _ => {
                    let word = self.dice.roll(self.words.len());
                    out.splice(at..at, self.words[word].bytes());
                }
            }
        }
        out.truncate(LONGEST);
        out
    }
}

/// So many changed inputs, of a corpus that is not empty.
pub fn mutants(corpus: &[Vec<u8>], count: usize) -> Vec<Vec<u8>> {
    let mut mutator = Mutator::new(corpus.len() as u64);
    let pick = |mutator: &mut Mutator| mutator.dice.roll(corpus.len());
    let one = |_| {
        let (own, other) = (pick(&mut mutator), pick(&mut mutator));
        mutator.change(&corpus[own], &corpus[other])
    };
    (0..count).map(one).collect()
}
