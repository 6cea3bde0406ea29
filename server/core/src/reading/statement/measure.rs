//! The measure that a label names, in its place among the lists of the sentence.

use super::lists::Open;
use super::{Aspect, Reader};
use crate::catalog::measures::{self, Measure};

/// Measures of one kind of expense, of which no fund is a part.
const EXPENSES: [&str; 3] = ["三公经费", "机关运行经费", "政府采购"];

/// The measure that a name of several steps begins with.
fn root(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

fn same_root(a: &str, b: &str) -> bool {
    root(a) == root(b)
}

impl Reader<'_> {
    /// The measure a label names, in its place: closes the lists that it cannot be a part of.
    pub(super) fn measure(&mut self, label: &str, aspect: Aspect, across: bool) -> Option<&'static str> {
        for measure in measures::ending(label) {
            if !self.heading_allows(measure) || !measure.is_worded(label, self.heading) {
                continue;
            }
            if measure.under.is_empty() {
                // “三公”经费支出A（其中：一般公共预算支出B）: out of which fund the expenses were paid.
                if aspect == Aspect::Level && self.is_paid_out_of(measure) {
                    continue;
                }
                let standing = !measure.section.is_empty() || self.open.is_empty() || aspect == Aspect::Change;
                // A measure that stands by itself is no item of a list of something else.
                if standing || self.statements.last().is_some_and(|last| last.measure.is_some()) {
                    if measure.section.is_empty() && aspect == Aspect::Level {
                        self.open.clear();
                    }
                    return Some(measure.name.as_str());
                }
                continue;
            }
            if let Some(depth) = self.open.iter().rposition(|open| self.allows(measure, open.parent, aspect)) {
                self.open.truncate(depth + 1);
                return Some(measure.name.as_str());
            }
            // 支出预算100万元，基本支出60万元，项目支出40万元: a list without 其中.
            // A change of a part may come a sentence later than that of the whole.
            let recent = match aspect {
                Aspect::Change => {
                    self.latest(|statement| statement.aspect == Aspect::Change && statement.parent.is_none())
                }
                _ if across => None,
                _ => self.latest(|statement| statement.parent.is_none()),
            };
            if let Some(parent) = recent.filter(|&parent| self.allows(measure, parent, aspect)) {
                self.open.clear();
                // 其中本年支出A，年末结转和结余B: both make the total; the second is no part of the first.
                if aspect == Aspect::Change
                    || self.statements[parent].measure.is_some_and(|own| same_root(own, &measure.name))
                {
                    self.nest(Open { comma: true, ..Open::under(parent) });
                }
                return Some(measure.name.as_str());
            }
        }
        None
    }

    /// Is a measure of whole outlay listed under an expense of one kind?
    fn is_paid_out_of(&self, measure: &Measure) -> bool {
        let listed = |open: &Open| {
            let whole = self.statements[open.parent].measure;
            open.parent + 1 == self.statements.len() && whole.is_some_and(|name| EXPENSES.contains(&root(name)))
        };
        !EXPENSES.contains(&root(&measure.name)) && self.open.last().is_some_and(listed)
    }

    pub(super) fn heading_allows(&self, measure: &Measure) -> bool {
        measure.is_told(self.kind, self.heading)
    }

    fn allows(&self, measure: &Measure, parent: usize, aspect: Aspect) -> bool {
        let parent = &self.statements[parent];
        match aspect {
            // 收支安排…增加A，其中：基本支出增加B: the changes of the parts of the outlay.
            Aspect::Change => parent.aspect == Aspect::Change,
            _ => {
                parent.aspect == Aspect::Level
                    && parent.measure.is_some_and(|name| measure.under.iter().any(|under| under == name))
            }
        }
    }
}
