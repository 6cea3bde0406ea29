//! The narrative of accounts against 一般公共预算财政拨款支出决算表: paragraphs of one 科目 each, lists of 类, and
//! 机关运行经费.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{place, relation, term, told_subjects};
use crate::catalog::name::without_brackets;
use crate::catalog::subjects::{List, subjects as list};
use crate::finding::{Message, Severity};
use crate::reading::FigureId;
use crate::reading::fact_table::{CellFact, FactRow, FactTable};
use crate::reading::paragraph::SubjectParagraph;
use crate::reading::statement::Aspect;
use crate::reading::table::{Label, RowKind};
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::narrative;
use crate::rules::note::Note;
use crate::rules::relation::{Sides, Term};

const TABLE: &str = "一般公共预算支出决算表";

/// More rows or paragraphs than any body has 科目.
const MOST: usize = 3000;

/// The paragraphs of a disclosure with their sections: those under a heading of the general public budget. Elsewhere the
/// same 科目 may be told in another scope.
fn paragraphs<'a>(context: &Context<'a>) -> impl Iterator<Item = (u32, &'a SubjectParagraph)> + use<'a> {
    let of_budget = |heading: &str| {
        (heading.contains("一般公共预算") || heading.contains("财政拨款支出决算")) && !heading.contains("政府性基金")
    };
    let told = context.sections.of(|class| class.paragraphs);
    told.filter(move |(_, section)| of_budget(&section.context))
        .flat_map(|(number, section)| section.paragraphs.iter().map(move |paragraph| (number, paragraph)))
        .take(MOST)
}

/// The name of a row: as printed, or where that was pieced together, as another table or the list has it by its code.
fn name_of(context: &Context, fact: &FactRow) -> String {
    if fact.row.name_sure {
        return fact.row.name.text.clone();
    }
    let Some(code) = fact.row.code.as_ref().map(|code| code.text.as_str()) else { return String::new() };
    let elsewhere =
        ["支出决算表", "收入决算表"].into_iter().filter_map(|name| context.disclosure.table(name)).find_map(|table| {
            let own =
                |other: &&FactRow| other.row.name_sure && other.row.code.as_ref().is_some_and(|own| own.text == code);
            table.rows.iter().find(own).map(|other| other.row.name.text.clone())
        });
    elsewhere.unwrap_or_else(|| {
        let rows = list(List::Functional).by_code(code);
        let mut valid = rows.iter().filter(|row| context.disclosure.year.is_none_or(|year| row.valid_in(year)));
        valid.next_back().or(rows.last()).map_or(String::new(), |row| row.name.to_owned())
    })
}

/// A name as it is compared: many leave 支出 off its end.
fn key(name: &str) -> &str {
    name.strip_suffix("支出").filter(|rest| rest.chars().count() >= 2).unwrap_or(name)
}

/// The table's rows of 项, with their names.
struct Rows<'a> {
    table: &'a FactTable,
    column: usize,
    names: Vec<String>,
}

impl<'a> Rows<'a> {
    fn of(context: &Context<'a>) -> Option<Self> {
        let table =
            context.disclosure.table(TABLE).filter(|table| !table.repeated_codes && table.rows.len() <= MOST)?;
        let column = table.column("合计")?;
        let names = table.rows.iter().map(|fact| name_of(context, fact)).collect();
        Some(Self { table, column, names })
    }

    fn items(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.table.rows.len()).filter(|&row| self.table.rows[row].row.kind == RowKind::Subject(3))
    }

    fn figure(&self, row: usize) -> Option<FigureId> {
        match self.table.rows[row].cells[self.column] {
            CellFact::Figure(id) => Some(id),
            _ => None,
        }
    }

    fn parent_name(&self, row: usize) -> Option<&str> {
        self.table.rows[row].row.parent.map(|parent| self.names[parent].as_str())
    }

    /// The row a paragraph names.
    fn named(&self, paragraph: &SubjectParagraph) -> Option<usize> {
        let name = &paragraph.names[2].as_ref()?.text;
        let mut found: Vec<usize> = self.items().filter(|&row| self.names[row] == *name).collect();
        if found.is_empty() {
            found =
                self.items().filter(|&row| !self.names[row].is_empty() && key(&self.names[row]) == key(name)).collect();
        }
        if found.len() > 1
            && let Some(above) = &paragraph.names[1]
        {
            found.retain(|&row| self.parent_name(row).is_some_and(|own| key(own) == key(&above.text)));
        }
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The one row of the same 款 and the same amount that no paragraph names, where none has the name of this one.
    fn renamed(&self, context: &Context, section: u32, paragraph: &SubjectParagraph, taken: &[usize]) -> Option<usize> {
        let name = &paragraph.names[2].as_ref()?.text;
        let above = &paragraph.names[1].as_ref()?.text;
        if self.items().any(|row| key(&self.names[row]) == key(name)) {
            return None;
        }
        let own = context.figure(FigureId { section, index: paragraph.outcome? }).value();
        let same = |row: &usize| {
            !taken.contains(row)
                && self.parent_name(*row).is_some_and(|parent| key(parent) == key(above))
                && self.figure(*row).is_some_and(|id| context.figure(id).value() == own)
        };
        let found: Vec<usize> = self.items().filter(same).collect();
        match found.as_slice() {
            [only] if !own.is_zero() => Some(*only),
            _ => None,
        }
    }
}

fn figures_of(section: u32, index: Option<u32>) -> Option<FigureId> {
    index.map(|index| FigureId { section, index })
}

/// FA09: what a paragraph says of a 项, and what a list says of a 类, is its row of the table.
pub fn subjects(context: &Context, page: usize, laid: &mut Laid) {
    if let Some(rows) = Rows::of(context) {
        in_paragraphs(context, page, &rows, laid);
        classes(context, page, &rows, laid);
    }
    told_subjects::amounts(context, page, laid);
}

fn in_paragraphs(context: &Context, page: usize, rows: &Rows, laid: &mut Laid) {
    let all: Vec<(u32, &SubjectParagraph)> = paragraphs(context).collect();
    let taken: Vec<usize> = all.iter().filter_map(|(_, paragraph)| rows.named(paragraph)).collect();
    let mut told: BTreeMap<usize, Vec<Term>> = BTreeMap::new();
    for (section, paragraph) in &all {
        let row = rows.named(paragraph).or_else(|| rows.renamed(context, *section, paragraph, &taken));
        if let (Some(row), Some(id)) = (row, figures_of(*section, paragraph.outcome)) {
            told.entry(row).or_default().push(term(id, format!("说明{}", rows.names[row])));
        }
    }
    for (row, terms) in told {
        let Some(id) = rows.figure(row) else { continue };
        // Told in several parts, or several times in different scopes: only the parts of a whole say so by themselves.
        let sum: Decimal = terms.iter().filter_map(|term| term.figure).map(|id| context.figure(id).value()).sum();
        if terms.len() > 1 && sum != context.figure(id).value() {
            continue;
        }
        let what = rows.table.rows[row].row.what();
        let right = vec![term(id, format!("{TABLE}{what}"))];
        laid.relations.push(relation(context, page, terms, Op::Equal, right, what));
    }
}

fn classes(context: &Context, page: usize, rows: &Rows, laid: &mut Laid) {
    for (section, _, statement) in context.disclosure.statements() {
        let all = &context.sections[section as usize].statements;
        let whole = statement.parent.map(|parent| &all[parent]);
        let listed =
            whole.is_some_and(|whole| whole.measure == Some("一般公共预算支出") && whole.aspect == Aspect::Level);
        if !listed || statement.aspect != Aspect::Level || statement.measure.is_some() {
            continue;
        }
        let label = without_brackets(&statement.long_label.text);
        let label = label.trim_end_matches(['为', '是']);
        let Some(class) = list(List::Functional).class_by_name(label) else { continue };
        let own = |row: &usize| {
            let row = &rows.table.rows[*row].row;
            row.kind == RowKind::Subject(1) && row.code.as_ref().is_some_and(|code| code.text == class.code)
        };
        let Some(row) = (0..rows.table.rows.len()).find(own) else { continue };
        let Some(id) = rows.figure(row) else { continue };
        let left = vec![term(FigureId { section, index: statement.figure }, format!("说明{label}"))];
        let what = rows.table.rows[row].row.what();
        let right = vec![term(id, format!("{TABLE}{what}"))];
        laid.relations.push(relation(context, page, left, Op::Equal, right, what));
    }
}

/// FA13: the 年初预算 of all 项 add up to that of the whole, where the paragraphs tell all of the outlay.
pub fn planned(context: &Context, page: usize, laid: &mut Laid) {
    let all: Vec<(u32, &SubjectParagraph)> = paragraphs(context).collect();
    let whole: Vec<(u32, usize)> = narrative::mentions(context, "一般公共预算支出", "年初预算");
    let [(section, node)] = whole.as_slice() else { return };
    let statements = &context.sections[*section as usize].statements;
    let total = FigureId { section: *section, index: statements[*node].figure };
    let outcome =
        statements.iter().find(|statement| statement.about == Some(*node) && statement.aspect == Aspect::Level);
    let Some(outcome) = outcome else { return };
    let parts = |index: &dyn Fn(&SubjectParagraph) -> Option<u32>| -> Option<Vec<Term>> {
        let one = |(section, paragraph): &(u32, &SubjectParagraph)| {
            let name = paragraph.names[2].as_ref()?;
            Some(term(figures_of(*section, index(paragraph))?, name.text.clone()))
        };
        all.iter().map(one).collect()
    };
    let (Some(plans), Some(outcomes)) = (parts(&|paragraph| paragraph.planned), parts(&|paragraph| paragraph.outcome))
    else {
        return;
    };
    if plans.len() < 2 {
        return;
    }
    let left = vec![term(total, "说明年初预算")];
    let mut relation = relation(context, page, left, Op::Equal, plans, "年初预算");
    let whole = vec![term(FigureId { section: *section, index: outcome.figure }, "说明支出决算")];
    relation.guards.push(Sides { left: whole, right: outcomes, op: Op::Equal, product: false, base: Vec::new() });
    laid.relations.push(relation);
}

/// FA14: names of 款 and 项 in paragraphs are those of the table.
pub fn names(context: &Context, page: usize, laid: &mut Laid) {
    let Some(rows) = Rows::of(context) else { return };
    let all: Vec<(u32, &SubjectParagraph)> = paragraphs(context).collect();
    let taken: Vec<usize> = all.iter().filter_map(|(_, paragraph)| rows.named(paragraph)).collect();
    for (section, paragraph) in &all {
        if let Some(row) = rows.named(paragraph) {
            let (Some(told), Some(printed)) = (&paragraph.names[1], rows.parent_name(row)) else { continue };
            let (a, b) = (key(&told.text), key(printed));
            let parent = rows.table.rows[row].row.parent.map(|parent| &rows.table.rows[parent]);
            if a.is_empty() || b.is_empty() || a.ends_with(b) || b.ends_with(a) || same_words(a, b) {
                continue;
            }
            let Some(parent) = parent.filter(|parent| parent.row.kind == RowKind::Subject(2)) else { continue };
            laid.notes.push(misnamed(page, *section, told, printed, parent, "款"));
        } else if let (Some(row), Some(told)) =
            (rows.renamed(context, *section, paragraph, &taken), &paragraph.names[2])
        {
            laid.notes.push(misnamed(page, *section, told, &rows.names[row], &rows.table.rows[row], "项"));
        }
    }
}

/// The same but for marks between words.
fn same_words(a: &str, b: &str) -> bool {
    let words =
        |name: &str| name.chars().filter(|c| !matches!(c, '、' | '（' | '）' | '和' | '及' | '与')).collect::<String>();
    words(a) == words(b)
}

fn misnamed(page: usize, section: u32, told: &Label, new: &str, row: &FactRow, level: &str) -> Note {
    let code = row.row.code.clone().unwrap_or_default();
    Note {
        page,
        severity: Severity::Warning,
        at: place(
            section,
            told,
            Message::new(
                format!("{level}的名称“{}”与支出决算表的“{} {new}”不一致", told.text, code.text),
                format!("“{}” differs from “{} {new}” in the table", told.text, code.text),
            ),
        ),
        related: vec![place(row.section, &code, Message::new("表中的科目", "The subject in the table"))],
        fixes: vec![(Message::new(format!("改为 {new}"), format!("Change to {new}")), None, new.to_owned())],
        certain: false,
        key: format!("{level}/{}", told.text),
        explains: Vec::new(),
    }
}

/// FA12: 机关运行经费 is the 公用经费 of the basic outlay, where all of the body is administrative.
pub fn operating(context: &Context, page: usize, laid: &mut Laid) {
    if !only_administrative(context) {
        return;
    }
    let Some(table) = context.disclosure.table("基本支出决算表") else { return };
    let cell = |row: &str, column: &str| match table.rows[table.row(row)?].cells[table.column(column)?] {
        CellFact::Figure(id) => Some(id),
        _ => None,
    };
    let Some(id) = cell("公用经费合计", "金额").or_else(|| cell("合计", "公用经费")) else { return };
    for (section, node) in narrative::mentions(context, "机关运行经费", "") {
        let statement = &context.sections[section as usize].statements[node];
        let left = vec![term(FigureId { section, index: statement.figure }, "说明机关运行经费")];
        let right = vec![term(id, "基本支出决算表公用经费合计")];
        laid.relations.push(relation(context, page, left, Op::Equal, right, ""));
    }
}

/// No row of its outlay and no word of its institutions is of an institution (事业).
fn only_administrative(context: &Context) -> bool {
    let Some(rows) = Rows::of(context) else { return false };
    let own = |name: &&String| name.as_str() == "行政运行";
    let institution =
        |name: &String| name.starts_with("事业") || name.contains("事业运行") || name.contains("事业机构");
    let told = || {
        context.sections.of(|_| true).any(|(_, section)| {
            let heading = section.context.as_str();
            // 名词解释 speaks of institutions everywhere.
            let glossary = heading.contains("名词") || section.heading.text.contains("名词");
            !glossary && (section.prose.contains("事业单位") || section.prose.contains("下属单位"))
        })
    };
    rows.names.iter().any(|name| own(&name)) && !rows.names.iter().any(institution) && !told()
}
