//! The grammar of sentences with amounts: what each amount is a part of, and whether it is a level, a change or last
//! year's figure.

use super::figure::Figure;
use super::phrase::{
    OPENER_HEADS, OPENERS, REASONS, RESTATED, SPENT, direction, is_led, labels, last_ordinal, prior, without_comparison,
};
use super::prose::{Mention, Prose};
use super::table::Label;
use crate::catalog::Kind;
use crate::catalog::measures::{self, Measure};
use crate::text::Span;

/// What an amount says of its measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// How much it is.
    Level,
    /// By how much it changed against the year before.
    Change,
    /// How much it was the year before.
    Prior,
    /// In accounts, how much the budget of the year had set: 年初预算数.
    Planned,
    /// An amount that only explains another.
    Reason,
}

/// With what a paragraph compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Base {
    /// As far as it says, with what was published the year before.
    Published,
    /// With what was spent: 执行数, 决算.
    Spent,
    /// With figures worked out anew: 同口径, 机构改革, 预算调整.
    Restated,
}

/// One amount of the narrative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The figure, by its number in the section.
    pub figure: u32,
    /// The words that name it: from the last comma, and from the last mark that is no 、.
    pub label: Label,
    /// The longer reading of the name, where a 、 may be part of it.
    pub long_label: Label,
    /// The measure it is of.
    pub measure: Option<&'static str>,
    /// What it says.
    pub aspect: Aspect,
    /// The statement it is listed under.
    pub parent: Option<usize>,
    /// For a change or a figure of last year: the statement it speaks of.
    pub about: Option<usize>,
    /// With what its paragraph compares.
    pub base: Base,
    /// 等 follows: the list it ends is not whole.
    pub open_ended: bool,
    /// All of it as an item of a list: from the mark before its name to the end of its unit.
    pub item: Span,
}

impl Statement {
    /// Last year's figure of something that the sentence has not said before.
    fn is_of_another(&self) -> bool {
        self.aspect == Aspect::Prior && self.about.is_none() && self.measure.is_none()
    }
}

/// The paragraph around a place of the folded text; of a long one the part near the place.
fn paragraph(text: &str, at: usize) -> &str {
    let near = |from: usize, to: usize| {
        let from = (from..=at).find(|&at| text.is_char_boundary(at)).unwrap_or(at);
        let to = (at..=to).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(at);
        (from, to)
    };
    let (from, to) = near(at.saturating_sub(CLAUSE), (at + CLAUSE).min(text.len()));
    let start = text[from..at].rfind('\n').map_or(from, |found| from + found + 1);
    let end = text[at..to].find('\n').map_or(to, |found| at + found);
    &text[start..end]
}

fn base(paragraph: &str) -> Base {
    let says = |words: &[&str]| words.iter().any(|word| paragraph.contains(word));
    if says(&RESTATED) {
        Base::Restated
    } else if says(&SPENT) {
        Base::Spent
    } else {
        Base::Published
    }
}

/// 财政拨款收入预算A，支出预算B: the sentence speaks of grants alone, though the second name does not say so.
fn is_of_grants(text: &str, at: usize) -> bool {
    let from = (at.saturating_sub(CLAUSE)..at).find(|&from| text.is_char_boundary(from)).unwrap_or(at);
    let said = &text[from..at];
    let sentence = said.rsplit(['。', '\n']).next().unwrap_or_default();
    let own = said.rsplit(['，', '；']).next().unwrap_or_default();
    sentence.split_once(['，', '；', '（']).is_some_and(|(head, _)| {
        head.contains(|c: char| c.is_ascii_digit())
            && ["财政拨款收入预算", "财政拨款收支", "财政拨款预算收入"].iter().any(|word| head.contains(word))
            && ["支出预算", "预算支出"].iter().any(|word| own.starts_with(word))
    })
}

struct Open {
    parent: usize,
    bracket: bool,
    ordinal: Option<u32>,
    comma: bool,
}

/// Reads the sentences of a narrative under a heading of a budget or of accounts.
pub fn read(prose: &Prose, heading: &str, kind: Kind, figures: &mut Vec<Figure>) -> Vec<Statement> {
    let mentions = prose.mentions();
    let mut reader = Reader { prose, heading, kind, statements: Vec::new(), open: Vec::new(), top: None };
    let mut start = 0;
    for mention in mentions {
        reader.mention(start, mention, figures);
        start = mention.end;
    }
    reader.statements
}

struct Reader<'a> {
    prose: &'a Prose<'a>,
    heading: &'a str,
    kind: Kind,
    statements: Vec<Statement>,
    open: Vec<Open>,
    top: Option<usize>,
}

/// How many amounts back a sentence may refer.
const LOOKBACK: usize = 200;

/// Longest stretch before an amount that is looked at for its name, in bytes.
const CLAUSE: usize = 1500;

/// 其中 goes on with what was, not with what had been planned or was the year before.
fn is_of_the_year(aspect: Aspect) -> bool {
    !matches!(aspect, Aspect::Prior | Aspect::Planned)
}

/// What a label that says 年初预算数 speaks of; empty where it says no more. 一般公共预算 is no plan but a fund, and an
/// adjusted budget is another figure.
fn planned(label: &str) -> Option<&str> {
    let bare = label.trim_end_matches(['为', '是', '约', '的', '：']);
    let bare = ["安排", "数"].iter().fold(bare, |bare, end| bare.strip_suffix(end).unwrap_or(bare));
    let core = bare.strip_suffix("预算")?;
    if core.ends_with(['共', '金', '营', '整', '加']) || core.contains("调整") {
        return None;
    }
    let core = core.strip_suffix("部门").unwrap_or(core);
    let core = core.strip_suffix("年初").or_else(|| core.strip_suffix("全年")).unwrap_or(core);
    let leads = ["完成", "比", "较", "与", "为", "占", "低于", "高于", "本年"];
    Some(leads.iter().fold(core, |core, lead| core.strip_prefix(lead).unwrap_or(core)))
}

/// Measures of one kind of expense, of which no fund is a part.
const EXPENSES: [&str; 3] = ["三公经费", "机关运行经费", "政府采购"];

/// The measure that a name of several steps begins with.
fn root(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

fn same_root(a: &str, b: &str) -> bool {
    root(a) == root(b)
}

/// 支出决算为: what became of the plan before it.
fn is_outcome(label: &str) -> bool {
    let bare = label.trim_end_matches(['为', '是', '约', '数', '：']);
    matches!(bare, "支出决算" | "决算" | "决算支出" | "实际支出" | "支出" | "收入决算")
}

impl Reader<'_> {
    fn mention(&mut self, start: usize, mention: &Mention, figures: &mut Vec<Figure>) {
        let text = &self.prose.folded.text;
        let gap = &text[start..mention.number.start];
        let broken = gap.rfind(['。', '\n']).map(|at| at + text[start + at..].chars().next().map_or(1, char::len_utf8));
        let mut clause = &gap[broken.unwrap_or(0)..];
        if clause.len() > CLAUSE {
            let cut =
                (clause.len() - CLAUSE..clause.len()).find(|&at| clause.is_char_boundary(at)).unwrap_or(clause.len());
            clause = &clause[cut..];
        }
        let ordinal = last_ordinal(clause);
        if broken.is_some() {
            let goes_on = matches!((self.open.last(), ordinal), (Some(Open { ordinal: Some(last), .. }), Some((next, _))) if next == last + 1);
            if !goes_on {
                self.open.clear();
            }
        }
        self.brackets(gap, clause);
        let at = mention.number.start - clause.len();
        let (short, long) = labels(clause, ordinal.map(|(_, end)| end));
        let mut label = short.to_owned();
        // 压减公务接待费A、公务用车运行费B: the verb is said once for all of them.
        let led = broken.is_none()
            && gap.starts_with(['、', '和', '及', '与'])
            && self.statements.last().is_some_and(|last| match last.aspect {
                Aspect::Reason => true,
                Aspect::Level => last.measure.is_none() && is_led(&last.label.text),
                _ => false,
            });
        let reason = led || REASONS.iter().any(|word| clause.contains(word));
        // Behind the number of an item an opener is a slip of the list, no list of its own.
        let numbered = self.open.last().is_some_and(|open| open.ordinal.is_some());
        let within = ordinal.map(|(_, end)| end).filter(|_| numbered);
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
        let resumed = broken.is_some() && OPENERS.iter().any(|word| clause.starts_with(word));
        if let Some(parent) = named {
            self.open.clear();
            self.nest(Open { parent, bracket: false, ordinal: None, comma: false });
        } else if resumed
            && !reason
            && let Some(parent) = self.latest(|s| s.parent.is_none() && is_of_the_year(s.aspect))
            // A收入，包括本年收入B，上年结转C。其中：… splits anew what has been split.
            && !self.statements[parent..].iter().any(|part| part.parent == Some(parent))
        {
            self.nest(Open { parent, bracket: false, ordinal: None, comma: false });
        } else if (opener.is_some() || made_of)
            && !reason
            && !fresh
            && broken.is_none()
            && let Some(last) = self.last_sentence()
        {
            self.nest(Open { parent: last, bracket: false, ordinal: None, comma: false });
        }
        let mut aspect = Aspect::Level;
        let mut sign = 1;
        let mut subject = None;
        if let Some((core, way)) = direction(&label) {
            aspect = Aspect::Change;
            sign = way;
            let core = without_comparison(core).to_owned();
            if core.is_empty() {
                subject = self.subject(broken.is_some());
                // 收入较上年B增加C: the change is of what last year's figure was of.
                if broken.is_none() && self.statements.last().is_some_and(Statement::is_of_another) {
                    subject = None;
                }
            }
            label = core;
        } else if let Some(core) = prior(&label) {
            aspect = Aspect::Prior;
            subject = self.prior_subject(core, broken.is_some());
        } else if let Some(core) = planned(&label).filter(|_| self.kind == Kind::Accounts) {
            aspect = Aspect::Planned;
            if core.is_empty() && broken.is_none() {
                subject = self.latest(|statement| statement.aspect == Aspect::Level);
            }
            label = core.to_owned();
        }
        // 年初预算为A，支出决算为B: of the same quantity.
        let outcome =
            self.statements.len().checked_sub(1).filter(|&last| {
                broken.is_none() && self.statements[last].aspect == Aspect::Planned && is_outcome(&label)
            });
        // 收、支总计 is one name.
        if self.kind == Kind::Accounts && label.starts_with('支') && long.ends_with(&format!("收、{label}")) {
            label = long.to_owned();
        }
        // 基本支出由A增加到B，增加C: last year's, this year's and the change.
        let from = label
            .strip_suffix('由')
            .and_then(|core| measures::ending(core).into_iter().find(|measure| self.heading_allows(measure)));
        let to = ["增加到", "减少到", "调整为", "增长到", "下降到", "提高到", "降低到"].contains(&label.as_str());
        let before =
            self.statements.len().checked_sub(1).filter(|&last| to && self.statements[last].aspect == Aspect::Prior);
        if from.is_some() {
            aspect = Aspect::Prior;
        }
        let measure = match (subject.or(outcome), from, before) {
            (_, Some(measure), _) => Some(measure.name.as_str()),
            (_, _, Some(node)) => self.statements[node].measure,
            (Some(node), ..) => self.statements[node].measure,
            _ if self.kind == Kind::Budget && is_of_grants(text, mention.number.start) => None,
            _ => self.measure(&label, aspect, broken.is_some()),
        };
        if reason && (measure.is_none() || aspect == Aspect::Level) {
            aspect = Aspect::Reason;
        }
        // A semicolon ends an inner list whose own items are parted by commas.
        let counted = ordinal.is_some() && self.open.last().is_some_and(|open| open.ordinal.is_some());
        if measure.is_none()
            && !counted
            && gap.contains('；')
            && self.open.len() >= 2
            && self.open.last().is_some_and(|open| open.comma && !open.bracket)
        {
            self.open.pop();
        }
        let parent = self.open.last().map(|open| open.parent);
        if let Some(open) = self.open.last_mut() {
            open.ordinal = ordinal.map(|(number, _)| number).or(open.ordinal);
            open.comma |= gap.starts_with(['，', '、', '和', ',']) && open.parent + 1 < self.statements.len();
        }
        let node = self.statements.len();
        let span = self.prose.span(mention.number.clone());
        let label_of = |text: &str| {
            let from = at + clause.len() - clause[..].len() + clause.rfind(text).unwrap_or(0);
            Label { text: text.to_owned(), span: self.prose.span(from..from + text.len()) }
        };
        let statement = Statement {
            figure: figures.len() as u32,
            label: label_of(short),
            long_label: label_of(long),
            measure,
            aspect,
            parent: if matches!(aspect, Aspect::Change | Aspect::Prior | Aspect::Planned) && subject.is_some() {
                None
            } else {
                parent
            },
            about: subject.or(before).or(outcome),
            base: match aspect {
                Aspect::Change | Aspect::Prior => base(paragraph(text, mention.number.start)),
                _ => Base::Published,
            },
            open_ended: text[mention.end..].starts_with('等'),
            item: Span::new(
                self.prose.span(start..start + 1).start,
                self.prose.span(mention.number.start..mention.end).end,
            ),
        };
        let aspect_word = match aspect {
            Aspect::Change => "增减",
            Aspect::Prior => "上年",
            Aspect::Planned => "年初预算",
            _ => "",
        };
        figures.push(Figure {
            span,
            text: self.prose.original(span).into(),
            amount: mention.amount,
            unit: mention.unit,
            sign,
            what: measure.map_or_else(|| statement.label.text.clone(), str::to_owned).into(),
            column: aspect_word.into(),
            by_hand: true,
        });
        self.statements.push(statement);
        if aspect == Aspect::Level && self.open.is_empty() && measure.is_some() {
            self.top = Some(node);
        }
    }

    /// Opens and closes lists by the brackets of a gap; brackets that close within it are part of a name.
    fn brackets(&mut self, gap: &str, clause: &str) {
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
            self.nest(Open { parent: last, bracket: true, ordinal: None, comma: false });
        }
    }

    /// 项目支出主要为：… and 基本支出中，…: a list that names what it splits, told before.
    fn named_head(&self, clause: &str, opener: Option<usize>) -> Option<usize> {
        let end = opener.or_else(|| clause.find("中，").or_else(|| clause.find("中：")))?;
        let head = clause[..end].rsplit(['，', '；', '：', '。', '\n', '、']).next()?;
        let measure = measures::ending(head).into_iter().find(|measure| {
            head.ends_with(&measure.name) && self.kind.has(measure.kind) || self.heading_allows(measure)
        })?;
        self.latest(|statement| statement.measure == Some(measure.name.as_str()) && statement.aspect == Aspect::Level)
    }

    /// Opens a list. No sentence nests deeper than this; the outermost is forgotten.
    fn nest(&mut self, open: Open) {
        const DEEPEST: usize = 12;
        if self.open.len() >= DEEPEST {
            self.open.remove(0);
        }
        self.open.push(open);
    }

    /// The latest statement that passes a test, of those near enough to be meant.
    fn latest(&self, test: impl Fn(&Statement) -> bool) -> Option<usize> {
        let from = self.statements.len().saturating_sub(LOOKBACK);
        self.statements[from..].iter().rposition(test).map(|at| from + at)
    }

    /// What 其中 refers to: the amount before it.
    fn last_sentence(&self) -> Option<usize> {
        self.latest(|statement| is_of_the_year(statement.aspect))
    }

    /// What 较上年增加 speaks of: the amount before it, or across a full stop the amount that the paragraph is about.
    fn subject(&self, across: bool) -> Option<usize> {
        if across {
            return self.top;
        }
        self.latest(|statement| statement.aspect == Aspect::Level).or(self.top)
    }

    /// What 较上年B speaks of, with the words before 较: the same as without them, unless they name something else.
    fn prior_subject(&self, core: &str, across: bool) -> Option<usize> {
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

    /// The measure a label names, in its place: closes the lists that it cannot be a part of.
    fn measure(&mut self, label: &str, aspect: Aspect, across: bool) -> Option<&'static str> {
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
                    self.nest(Open { parent, bracket: false, ordinal: None, comma: true });
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

    fn heading_allows(&self, measure: &Measure) -> bool {
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
