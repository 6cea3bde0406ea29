//! The lists of a sentence that are open, and the statements that one may speak of.

use super::wording::is_of_the_year;
use super::{Aspect, Lead, Reader, Statement};
use crate::catalog::measures;
use crate::reading::phrase::{OPENER_HEADS, OPENERS};

/// How many amounts back a sentence may refer.
const LOOKBACK: usize = 200;

/// A list that is open.
pub struct Open {
    /// The statement whose parts it lists.
    pub parent: usize,
    /// It ends with its bracket.
    pub bracket: bool,
    /// The number of its latest item.
    pub ordinal: Option<u32>,
    /// Commas part its items.
    pub comma: bool,
}

impl Open {
    /// The list of a statement's parts.
    pub fn under(parent: usize) -> Self {
        Self { parent, bracket: false, ordinal: None, comma: false }
    }
}

impl Reader<'_> {
    /// Does a clause behind a full stop go on with the numbered list that is open?
    pub(super) fn goes_on(&self, lead: &Lead) -> bool {
        let last = self.open.last().and_then(|open| open.ordinal);
        last.zip(lead.ordinal).is_some_and(|(last, (next, _))| next == last + 1)
    }

    /// Opens the list that the words before an amount announce.
    pub(super) fn open_list(&mut self, lead: &Lead, reason: bool) {
        let Lead { gap, clause, broken, .. } = *lead;
        // Behind the number of an item an opener is a slip of the list, no list of its own.
        let numbered = self.open.last().is_some_and(|open| open.ordinal.is_some());
        let within = lead.ordinal_end().filter(|_| numbered);
        let opens = clause.contains(OPENER_HEADS);
        let opener = OPENERS
            .iter()
            .filter(|_| opens)
            .filter_map(|word| clause.rfind(word))
            .filter(|at| within.is_none_or(|end| *at < end))
            .max();
        let fresh = self.open.last().is_some_and(|open| open.bracket && open.parent + 1 == self.statements.len());
        let named = self.named_head(clause, opener);
        let made_of = gap.trim_start_matches(['，', '；']).starts_with('由') && !gap.contains("由于");
        // 支出总计A。其中：… goes on with what the sentence before was about.
        let resumed = broken && OPENERS.iter().any(|word| clause.starts_with(word));
        if let Some(parent) = named {
            self.open.clear();
            self.nest(Open::under(parent));
        } else if resumed
            && !reason
            && let Some(parent) = self.latest(|s| s.parent.is_none() && is_of_the_year(s.aspect))
            // A收入，包括本年收入B，上年结转C。其中：… splits anew what has been split.
            && !self.statements[parent..].iter().any(|part| part.parent == Some(parent))
        {
            self.nest(Open::under(parent));
        } else if (opener.is_some() || made_of)
            && !reason
            && !fresh
            && !broken
            && let Some(last) = self.last_sentence()
        {
            self.nest(Open::under(last));
        }
    }

    /// The statement whose list an amount is an item of, which has a measure or none.
    pub(super) fn listed_under(&mut self, lead: &Lead, measured: bool) -> Option<usize> {
        let gap = lead.gap;
        // A semicolon ends an inner list whose own items are parted by commas.
        let counted = lead.ordinal.is_some() && self.open.last().is_some_and(|open| open.ordinal.is_some());
        if !measured
            && !counted
            && gap.contains('；')
            && self.open.len() >= 2
            && self.open.last().is_some_and(|open| open.comma && !open.bracket)
        {
            self.open.pop();
        }
        let open = self.open.last_mut()?;
        open.ordinal = lead.ordinal.map(|(number, _)| number).or(open.ordinal);
        open.comma |= gap.starts_with(['，', '、', '和', ',']) && open.parent + 1 < self.statements.len();
        Some(open.parent)
    }

    /// Opens and closes lists by the brackets of a gap; brackets that close within it are part of a name.
    pub(super) fn brackets(&mut self, gap: &str, clause: &str) {
        let mut depth: Vec<usize> = Vec::new();
        for (at, c) in gap.char_indices() {
            match c {
                '（' => depth.push(at),
                '）' if depth.pop().is_none() => {
                    while let Some(open) = self.open.pop() {
                        if open.bracket {
                            break;
                        }
                    }
                }
                _ => {}
            }
        }
        let opened = depth
            .last()
            .is_some_and(|&at| at >= gap.len() - clause.len() && gap[..at].chars().all(|c| !c.is_alphanumeric()));
        if opened && let Some(last) = self.statements.len().checked_sub(1) {
            self.nest(Open { bracket: true, ..Open::under(last) });
        }
    }

    /// 项目支出主要为：… and 基本支出中，…: a list that names what it splits, told before.
    pub(super) fn named_head(&self, clause: &str, opener: Option<usize>) -> Option<usize> {
        let end = opener.or_else(|| clause.find("中，").or_else(|| clause.find("中：")))?;
        let head = clause[..end].rsplit(['，', '；', '：', '。', '\n', '、']).next()?;
        let measure = measures::ending(head).into_iter().find(|measure| {
            head.ends_with(&measure.name) && self.kind.has(measure.kind) || self.heading_allows(measure)
        })?;
        self.latest(|statement| statement.measure == Some(measure.name.as_str()) && statement.aspect == Aspect::Level)
    }

    /// Opens a list. No sentence nests deeper than this; the outermost is forgotten.
    pub(super) fn nest(&mut self, open: Open) {
        const DEEPEST: usize = 12;
        if self.open.len() >= DEEPEST {
            self.open.remove(0);
        }
        self.open.push(open);
    }

    /// The latest statement that passes a test, of those near enough to be meant.
    pub(super) fn latest(&self, test: impl Fn(&Statement) -> bool) -> Option<usize> {
        let from = self.statements.len().saturating_sub(LOOKBACK);
        self.statements[from..].iter().rposition(test).map(|at| from + at)
    }

    /// What 其中 refers to: the amount before it.
    pub(super) fn last_sentence(&self) -> Option<usize> {
        self.latest(|statement| is_of_the_year(statement.aspect))
    }

    /// What 较上年增加 speaks of: the amount before it, or across a full stop the amount that the paragraph is about.
    pub(super) fn subject(&self, across: bool) -> Option<usize> {
        if across {
            return self.top;
        }
        self.latest(|statement| statement.aspect == Aspect::Level).or(self.top)
    }

    /// What 较上年B speaks of, with the words before 较: the same as without them, unless they name something else.
    pub(super) fn prior_subject(&self, core: &str, across: bool) -> Option<usize> {
        let subject = self.subject(across);
        let named = measures::ending(core);
        if !named.is_empty() {
            return self.latest(|statement| {
                statement.aspect == Aspect::Level
                    && statement.measure.is_some_and(|name| named.iter().any(|measure| measure.name == name))
            });
        }
        let side = ["收入", "支出"].into_iter().find(|side| core.ends_with(side));
        subject.filter(|&node| {
            let measure = self.statements[node].measure;
            side.is_none_or(|side| measure.is_none_or(|name| name.contains(side)))
        })
    }
}
