//! Which characters occur in a line, read once: most of the looks that heal a line and tell its kind are spared by it.

use crate::text::script::{Traditional, is_han};

/// The byte order mark.
pub const MARK: char = '\u{feff}';

/// Half-width characters that tell something, by their bit in [`Signs`].
const TAB: u16 = 1;
const TAG: u16 = 1 << 1;
const BAR: u16 = 1 << 2;
const COMMA: u16 = 1 << 3;
const SEMICOLON: u16 = 1 << 4;
const FIGURE: u16 = 1 << 5;
const DEBRIS: u16 = 1 << 6;
const STOP: u16 = 1 << 7;
const TRADITIONAL: u16 = 1 << 8;

/// The bits of each half-width character.
static BITS: [u16; 128] = bits();

const fn bits() -> [u16; 128] {
    let mut bits = [0; 128];
    bits[b'\t' as usize] = TAB;
    bits[b'<' as usize] = TAG;
    bits[b'|' as usize] = BAR;
    bits[b',' as usize] = COMMA;
    bits[b';' as usize] = SEMICOLON;
    bits[b'.' as usize] = FIGURE;
    bits[b'=' as usize] = DEBRIS;
    bits[b'[' as usize] = DEBRIS;
    bits[b'H' as usize] = DEBRIS;
    let mut digit = b'0';
    while digit <= b'9' {
        bits[digit as usize] = FIGURE;
        digit += 1;
    }
    bits
}

/// What occurs in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    bits: u16,
    /// How often a Han character follows itself.
    pub pairs: usize,
}

impl Signs {
    /// Of a line.
    pub fn of(line: &str) -> Self {
        let (mut bits, mut pairs, mut last) = (0, 0, ' ');
        let traditional = Traditional::characters();
        for c in line.chars() {
            if let Some(own) = BITS.get(c as usize) {
                bits |= own;
            } else if is_han(c) {
                pairs += usize::from(c == last);
                bits |= if traditional.has(c) { TRADITIONAL } else { 0 };
            } else {
                bits |= match c {
                    '｜' | '│' => BAR,
                    '，' | '。' | '；' => STOP,
                    MARK => DEBRIS,
                    _ => 0,
                };
            }
            last = c;
        }
        Self { bits, pairs }
    }

    fn has(self, bits: u16) -> bool {
        self.bits & bits != 0
    }

    /// A tab.
    pub fn tab(self) -> bool {
        self.has(TAB)
    }

    /// What a tag begins with.
    pub fn tag(self) -> bool {
        self.has(TAG)
    }

    /// A bar of any kind.
    pub fn bar(self) -> bool {
        self.has(BAR)
    }

    /// A half-width comma.
    pub fn comma(self) -> bool {
        self.has(COMMA)
    }

    /// A half-width comma or semicolon.
    pub fn parts(self) -> bool {
        self.has(COMMA | SEMICOLON)
    }

    /// A full-width comma, stop or semicolon.
    pub fn stop(self) -> bool {
        self.has(STOP)
    }

    /// A digit or a point.
    pub fn figure(self) -> bool {
        self.has(FIGURE)
    }

    /// What debris begins with.
    pub fn debris(self) -> bool {
        self.has(DEBRIS)
    }

    /// A traditional character.
    pub fn traditional(self) -> bool {
        self.has(TRADITIONAL)
    }
}
