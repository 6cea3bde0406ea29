//! The grammar of sentences with amounts: what each amount is a part of, and whether it is a level, a change or last
//! year's figure.

mod lists;
mod measure;
mod wording;

use super::comparison;
use super::figure::Figure;
use super::phrase::{REASONS, direction, is_led, labels, last_ordinal};
use super::prose::{Mention, Prose};
use super::table::Label;
use crate::catalog::Kind;
use crate::catalog::measures;
use crate::text::Span;
use lists::Open;
use wording::{CLAUSE, base, is_of_grants, is_outcome, paragraph, planned};

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

impl Aspect {
    /// What the figure is called beside its measure.
    const fn word(self) -> &'static str {
        match self {
            Self::Change => "增减",
            Self::Prior => "上年",
            Self::Planned => "年初预算",
            Self::Level | Self::Reason => "",
        }
    }
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
    /// The lists that an amount may be an item of, the outermost first.
    open: Vec<Open>,
    /// What the paragraph is about.
    top: Option<usize>,
}

/// The words that lead to an amount.
struct Lead<'t> {
    /// From the amount before.
    gap: &'t str,
    /// Those of the amount's own sentence.
    clause: &'t str,
    /// Where the clause begins in the folded text.
    at: usize,
    /// A full stop parts the amount from the one before.
    broken: bool,
    /// The number of an item in the clause, with the place behind it.
    ordinal: Option<(u32, usize)>,
}

impl<'t> Lead<'t> {
    fn of(text: &'t str, start: usize, number: usize) -> Self {
        let gap = &text[start..number];
        let stop = gap.char_indices().rfind(|(_, c)| matches!(c, '。' | '\n')).map(|(at, c)| at + c.len_utf8());
        let mut clause = &gap[stop.unwrap_or(0)..];
        if clause.len() > CLAUSE {
            let cut =
                (clause.len() - CLAUSE..clause.len()).find(|&at| clause.is_char_boundary(at)).unwrap_or(clause.len());
            clause = &clause[cut..];
        }
        Self { gap, clause, at: number - clause.len(), broken: stop.is_some(), ordinal: last_ordinal(clause) }
    }

    fn ordinal_end(&self) -> Option<usize> {
        self.ordinal.map(|(_, end)| end)
    }
}

/// What the words before an amount say of it.
struct Told {
    /// What is left of them for its name.
    label: String,
    aspect: Aspect,
    sign: i8,
    /// The statement whose change or figure of last year it is.
    subject: Option<usize>,
}

impl Reader<'_> {
    fn mention(&mut self, start: usize, mention: &Mention, figures: &mut Vec<Figure>) {
        let text = &self.prose.folded.text;
        let lead = Lead::of(text, start, mention.number.start);
        if lead.broken && !self.goes_on(&lead) {
            self.open.clear();
        }
        self.brackets(lead.gap, lead.clause);
        let (short, long) = labels(lead.clause, lead.ordinal_end());
        let reason = self.gives_reasons(&lead);
        self.open_list(&lead, reason);
        let mut told = self.told(short, lead.broken);
        let (measure, other) = self.named(&mut told, &lead, long, mention.number.start);
        let Told { mut aspect, sign, subject, .. } = told;
        if reason && (measure.is_none() || aspect == Aspect::Level) {
            aspect = Aspect::Reason;
        }
        let parent = self.listed_under(&lead, measure.is_some());
        let node = self.statements.len();
        let span = self.prose.span(mention.number.clone());
        let label_of = |words: &str| {
            let from = lead.at + lead.clause.rfind(words).unwrap_or(0);
            Label { text: words.to_owned(), span: self.prose.span(from..from + words.len()) }
        };
        let compares = matches!(aspect, Aspect::Change | Aspect::Prior);
        let statement = Statement {
            figure: figures.len() as u32,
            label: label_of(short),
            long_label: label_of(long),
            measure,
            aspect,
            parent: parent.filter(|_| subject.is_none() || !(compares || aspect == Aspect::Planned)),
            about: subject.or(other),
            base: if compares { base(paragraph(text, mention.number.start)) } else { Base::Published },
            open_ended: text[mention.end..].starts_with('等'),
            item: Span::new(
                self.prose.span(start..start + 1).start,
                self.prose.span(mention.number.start..mention.end).end,
            ),
        };
        figures.push(Figure {
            span,
            text: self.prose.original(span).into(),
            amount: mention.amount,
            unit: mention.unit,
            sign,
            what: measure.map_or_else(|| statement.label.text.clone(), str::to_owned).into(),
            column: aspect.word().into(),
            by_hand: true,
        });
        self.statements.push(statement);
        if aspect == Aspect::Level && self.open.is_empty() && measure.is_some() {
            self.top = Some(node);
        }
    }

    /// Is an amount only the reason of another?
    fn gives_reasons(&self, lead: &Lead) -> bool {
        // 压减公务接待费A、公务用车运行费B: the verb is said once for all of them.
        let led = !lead.broken
            && lead.gap.starts_with(['、', '和', '及', '与'])
            && self.statements.last().is_some_and(|last| match last.aspect {
                Aspect::Reason => true,
                Aspect::Level => last.measure.is_none() && is_led(&last.label.text),
                _ => false,
            });
        led || REASONS.iter().any(|word| lead.clause.contains(word))
    }

    /// A level, a change, last year's figure, what was planned: by the words before the amount.
    fn told(&self, label: &str, across: bool) -> Told {
        if let Some((core, sign)) = direction(label) {
            let label = comparison::without(core).to_owned();
            // 收入较上年B增加C: the change is of what last year's figure was of.
            let of_another = !across && self.statements.last().is_some_and(Statement::is_of_another);
            let subject = if label.is_empty() && !of_another { self.subject(across) } else { None };
            Told { label, aspect: Aspect::Change, sign, subject }
        } else if let Some(core) = comparison::prior(label) {
            let subject = self.prior_subject(core, across);
            Told { label: label.to_owned(), aspect: Aspect::Prior, sign: 1, subject }
        } else if let Some(core) = planned(label).filter(|_| self.kind == Kind::Accounts) {
            let own = core.is_empty() && !across;
            let subject = if own { self.latest(|statement| statement.aspect == Aspect::Level) } else { None };
            Told { label: core.to_owned(), aspect: Aspect::Planned, sign: 1, subject }
        } else {
            Told { label: label.to_owned(), aspect: Aspect::Level, sign: 1, subject: None }
        }
    }

    /// The measure of an amount, and the statement before it that is of the same quantity at another time.
    fn named(
        &mut self,
        told: &mut Told,
        lead: &Lead,
        long: &str,
        number: usize,
    ) -> (Option<&'static str>, Option<usize>) {
        let last = self.statements.len().checked_sub(1);
        let last_is = |aspect: Aspect| last.filter(|&last| self.statements[last].aspect == aspect);
        // 年初预算为A，支出决算为B: of the same quantity.
        let outcome = last_is(Aspect::Planned).filter(|_| !lead.broken && is_outcome(&told.label));
        // 收、支总计 is one name.
        if self.kind == Kind::Accounts && told.label.starts_with('支') && long.ends_with(&format!("收、{}", told.label))
        {
            told.label = long.to_owned();
        }
        // 基本支出由A增加到B，增加C: last year's, this year's and the change.
        let from = told
            .label
            .strip_suffix('由')
            .and_then(|core| measures::ending(core).into_iter().find(|measure| self.heading_allows(measure)));
        let to = ["增加到", "减少到", "调整为", "增长到", "下降到", "提高到", "降低到"].contains(&told.label.as_str());
        let before = last_is(Aspect::Prior).filter(|_| to);
        if from.is_some() {
            told.aspect = Aspect::Prior;
        }
        let measure = match (told.subject.or(outcome), from, before) {
            (_, Some(measure), _) => Some(measure.name.as_str()),
            (_, _, Some(node)) | (Some(node), ..) => self.statements[node].measure,
            _ if self.kind == Kind::Budget && is_of_grants(&self.prose.folded.text, number) => None,
            _ => self.measure(&told.label, told.aspect, lead.broken),
        };
        (measure, before.or(outcome))
    }
}
