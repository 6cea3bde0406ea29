//! 科目 that the narrative tells with their level and an amount: 卫生健康支出（类）A, 教育（类）支出 B, 行政运行（项）C.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{relation, term};
use crate::catalog::name::fold;
use crate::hash::Set;
use crate::reading::fact_table::{CellFact, FactRow, FactTable};
use crate::reading::statement::{Aspect, Statement};
use crate::reading::table::RowKind;
use crate::reading::{FigureId, Section};
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::narrative;

/// A 科目 as a label names it.
struct Named {
    name: String,
    code: Option<String>,
    level: u8,
}

/// The statements of a section that are of a 科目 named with its level.
struct Labels(Vec<(usize, Named)>);

impl Labels {
    fn of(section: &Section) -> Self {
        if !["类）", "款）", "项）"].iter().any(|level| section.prose.contains(level)) {
            return Self(Vec::new());
        }
        let all = section.statements.iter().enumerate();
        let open = all.filter(|(_, own)| own.aspect == Aspect::Level && own.measure.is_none());
        Self(open.filter_map(|(node, own)| Some((node, label_of(section, own)?))).collect())
    }
}

/// The 科目 of a statement. X（类）支出年初预算为 A，支出决算为 B: what is named is said of the plan.
fn label_of(section: &Section, statement: &Statement) -> Option<Named> {
    let of_plan = || {
        let plan = statement.about.map(|about| &section.statements[about])?;
        (plan.aspect == Aspect::Planned).then(|| named(&plan.long_label.text)).flatten()
    };
    // X（类）A in a list of changes is none of its amount.
    let above = statement.parent.map(|parent| &section.statements[parent]);
    if above.is_some_and(|above| above.aspect != Aspect::Level) {
        return None;
    }
    named(&statement.long_label.text).or_else(of_plan)
}

/// The 科目 that a label ends with: its name and level, perhaps its code beside the level (卫生健康支出（210类）).
fn named(label: &str) -> Option<Named> {
    if !["类", "款", "项"].iter().any(|level| label.contains(level)) || !label.contains('（') {
        return None;
    }
    // Behind the level only words that say nothing: （项）学生营养餐项目 is a project of it.
    let found = pattern!(
        r"(?:^|[）（])([\p{Han}、]{2,30})（(\d{3}|\d{5}|\d{7}|\d{2})?(类|款|项)级?(?:科目)?）(?:支出|科目|决算|预算|财政拨款|拨款|资金|数|年初|年度|当年|本年|安排|20\d\d年度?|为|是|有|共|计|合|：|金额|总额)*$"
    )
    .captures(label)?;
    let level = ["类", "款", "项"].iter().position(|word| *word == &found[3])? as u8 + 1;
    let name = found.get(1)?.as_str();
    let name = ["其中", "用于"].iter().fold(name, |name, lead| name.strip_prefix(lead).unwrap_or(name)).to_owned();
    let code = found.get(2).map(|code| code.as_str().to_owned()).filter(|code| code.len() > 2);
    Some(Named { name, code, level })
}

/// Names are the same with or without 支出 at their end: 一般公共服务（类）支出.
fn stem(name: &str) -> &str {
    name.strip_suffix("支出").filter(|rest| rest.chars().count() >= 2).unwrap_or(name)
}

impl Named {
    /// Its row, where one alone may be meant.
    fn row<'t>(&self, table: &'t FactTable) -> Option<&'t FactRow> {
        let of_level = || table.rows.iter().filter(|fact| fact.row.kind == RowKind::Subject(self.level));
        let only = |mut rows: Box<dyn Iterator<Item = &'t FactRow> + '_>| match (rows.next(), rows.next()) {
            (Some(row), None) => Some(row),
            _ => None,
        };
        if let Some(code) = &self.code {
            return only(Box::new(
                of_level().filter(move |fact| fact.row.code.as_ref().is_some_and(|own| own.text == *code)),
            ));
        }
        let sure = |fact: &&FactRow| fact.row.name_sure;
        only(Box::new(of_level().filter(sure).filter(|fact| fact.row.name.text == self.name))).or_else(|| {
            only(Box::new(of_level().filter(sure).filter(|fact| stem(&fact.row.name.text) == stem(&self.name))))
        })
    }
}

/// The tables that the amounts under a heading may be of, the one that is meant first.
fn tables<'a>(context: &Context<'a>, heading: &str) -> Vec<&'a FactTable> {
    let fund = |word: &str| heading.contains(word);
    let names: &[&str] = match (context.disclosure.accounts, fund("政府性基金"), fund("国有资本")) {
        (false, true, _) => &["政府性基金支出表"],
        (false, _, true) => &["国有资本经营支出表"],
        (false, ..) => &["一般公共预算支出表", "支出总表"],
        (true, true, _) => &["政府性基金决算表"],
        (true, _, true) => &["国有资本经营决算表"],
        (true, ..) if fund("一般公共预算") || fund("财政拨款") => &["一般公共预算支出决算表", "支出决算表"],
        (true, ..) => &["支出决算表", "一般公共预算支出决算表"],
    };
    names.iter().filter_map(|name| context.disclosure.table(name)).filter(|table| !table.repeated_codes).collect()
}

/// What a 科目 is told to be, and the cells that may say so.
struct Told<'a> {
    own: FigureId,
    name: String,
    cells: Vec<(FigureId, &'a FactTable, &'a FactRow)>,
    /// The first table is the one that the heading speaks of.
    meant: bool,
}

/// NT06, FA09: the amount of a 科目 named with its level is that of its row. The words seldom say whether they speak of all
/// of it, or of its basic outlay or projects alone: any of its cells may have the amount.
pub fn amounts(context: &Context, page: usize, laid: &mut Laid) {
    let mut known: Set<FigureId> = laid
        .relations
        .iter()
        .filter(|relation| relation.page == page)
        .flat_map(|relation| relation.sides.figures())
        .collect();
    let mut open: BTreeMap<(u32, usize, String), Vec<Told>> = BTreeMap::new();
    for (number, section) in context.sections.of(|class| class.statements) {
        let labels = &section.kept.get(|| Labels::of(section)).0;
        if labels.is_empty() {
            continue;
        }
        known.extend(
            section
                .paragraphs
                .iter()
                .flat_map(|told| [told.planned, told.outcome])
                .flatten()
                .map(|index| FigureId { section: number, index }),
        );
        let heading = fold(&section.context);
        if ["执行", "上年", "绩效", "名词"].iter().any(|word| heading.contains(word)) {
            continue;
        }
        let tables = tables(context, &heading);
        for (node, label) in labels {
            let statement = &section.statements[*node];
            let own = FigureId { section: number, index: statement.figure };
            if known.contains(&own) || narrative::names_other_year(&statement.long_label.text, context.disclosure.year)
            {
                continue;
            }
            let Some(told) = told(context, section, label, &tables, own) else { continue };
            if let Some((id, table, row)) = told.cells.iter().find(|(id, ..)| same(context, *id, own)) {
                lay(context, page, (vec![own], &told.name), *id, table, row, laid);
                split(context, page, (number, section, *node), *id, table, row, laid);
            } else if let Some((_, _, row)) = told.cells.first().filter(|_| told.meant) {
                let key = (row.section, row.row.name.span.start, told.name.clone());
                open.entry(key).or_default().push(told);
            }
        }
    }
    for told in open.into_values() {
        let Some(&(id, table, row)) = told[0].cells.first() else { continue };
        // Told in several parts, or several times in different scopes: only parts that make it say so.
        let sum: Decimal = told.iter().map(|told| context.figure(told.own).value()).sum();
        if told.len() == 1 || sum == context.figure(id).value() {
            let own = told.iter().map(|told| told.own).collect();
            lay(context, page, (own, &told[0].name), id, table, row, laid);
        }
    }
}

/// The same amount, as printed: the finer rounded to the coarser.
fn same(context: &Context, a: FigureId, b: FigureId) -> bool {
    let (a, b) = (context.figure(a), context.figure(b));
    let half = if a.half_ulp() == b.half_ulp() { Decimal::ZERO } else { a.half_ulp().max(b.half_ulp()) };
    (a.value() - b.value()).abs() <= half
}

/// The cells that a 科目 may be told from.
fn told<'a>(
    context: &Context,
    section: &Section,
    label: &Named,
    tables: &[&'a FactTable],
    own: FigureId,
) -> Option<Told<'a>> {
    let mut cells = Vec::new();
    let mut meant = false;
    for (place, table) in tables.iter().enumerate() {
        let Some(row) = label.row(table) else { continue };
        let all = ["合计", "本年支出", "基本支出", "项目支出"].iter().filter_map(|name| table.column(name));
        for (order, column) in all.enumerate() {
            if let CellFact::Figure(id) = row.cells[column] {
                meant |= place == 0 && order == 0;
                cells.push((id, *table, row));
            } else if order == 0 {
                break;
            }
        }
    }
    // The table of another scope says nothing of an amount that is not in it.
    let scoped = ["财政拨款", "一般公共", "基金", "国有资本"].iter().any(|word| section.context.contains(word));
    meant |= !scoped && !context.disclosure.accounts;
    (!cells.is_empty()).then(|| Told { own, name: label.name.clone(), cells, meant })
}

/// X（项）A，其中：基本支出 B，项目支出 C: columns of its row, where A is the row's total.
fn split(
    context: &Context,
    page: usize,
    (number, section, node): (u32, &Section, usize),
    total: FigureId,
    table: &FactTable,
    row: &FactRow,
    laid: &mut Laid,
) {
    let cell = |name: &str| match row.cells[table.column(name)?] {
        CellFact::Figure(id) => Some(id),
        _ => None,
    };
    if cell("合计").or_else(|| cell("本年支出")) != Some(total) {
        return;
    }
    let parts = section.statements[node..].iter().take(8).filter(|part| part.parent == Some(node));
    for part in parts.filter(|part| part.aspect == Aspect::Level) {
        let name = part.label.text.trim_end_matches(['为', '是']);
        let Some(id) = ["基本支出", "项目支出"].into_iter().find(|own| *own == name).and_then(cell) else {
            continue;
        };
        lay(context, page, (vec![FigureId { section: number, index: part.figure }], name), id, table, row, laid);
    }
}

fn lay(
    context: &Context,
    page: usize,
    (own, name): (Vec<FigureId>, &str),
    id: FigureId,
    table: &FactTable,
    row: &FactRow,
    laid: &mut Laid,
) {
    let left = own.into_iter().map(|own| term(own, format!("说明{name}"))).collect();
    let what = row.row.what();
    let right = vec![term(id, format!("{}{what}", table.form.name))];
    laid.relations.push(relation(context, page, left, Op::Equal, right, what));
}
