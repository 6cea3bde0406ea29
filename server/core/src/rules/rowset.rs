//! Rows by name, by code, by set (docs/formulas.md, 行集).

use crate::catalog::name::{bare, bared};
use crate::catalog::procurement;
use crate::catalog::subjects::{List, subjects};
use crate::hash::{Map, Set};
use crate::reading::fact_table::{CellFact, FactTable, Groups, is_top_item};
use crate::reading::table::{RowKind, Side};

/// The rows of a set; none where the table does not have it in a form that can be added up.
pub fn rows(table: &FactTable, set: &str, within: Option<usize>) -> Option<Vec<usize>> {
    let all = 0..table.rows.len();
    let of = |test: &dyn Fn(usize) -> bool| -> Vec<usize> { all.clone().filter(|&row| test(row)).collect() };
    let kind = |wanted: RowKind| {
        let found = of(&|row| table.rows[row].row.kind == wanted);
        (!found.is_empty() && !table.repeated_codes).then_some(found)
    };
    let starts = |letter: char| {
        of(&|row| {
            table.rows[row].row.kind == RowKind::Item
                && table.rows[row].row.code.as_ref().is_some_and(|code| code.text.starts_with(letter))
        })
    };
    match set {
        "类" => kind(RowKind::Subject(1)),
        "款" => kind(RowKind::Subject(2)),
        "项" => kind(RowKind::Subject(3)),
        "人员类" => economic(table, &["301", "303"]),
        "公用类" => economic(table, &["302", "307", "309", "310", "311", "312", "313", "399"]),
        "小计" => Some(of(&|row| table.rows[row].row.kind == RowKind::Subtotal)),
        "明细" => Some(of(&|row| table.rows[row].row.kind == RowKind::Item)),
        "下属明细" => {
            Some(of(&|row| table.rows[row].row.kind == RowKind::Item && table.rows[row].row.parent == within))
        }
        "固定资产品目" => Some(of(&|row| {
            table.rows[row].row.code.as_ref().is_some_and(|code| procurement::is_fixed_asset(&code.text) == Some(true))
        })),
        "单位" => units(table),
        "货物" => Some(starts('A')),
        "工程" => Some(starts('B')),
        "服务" => Some(starts('C')),
        "项目" => Some(of(&|row| table.rows[row].row.group.is_some() && group(table, row).first() == Some(&row))),
        "*" => Some(all.collect()),
        "收入来源" => sources(table),
        "支出功能类" => classes(table),
        "年初结转分项" => {
            let parent = all.clone().find(|&row| table.rows[row].row.name.text.starts_with("年初"))?;
            let found = of(&|row| table.rows[row].row.parent == Some(parent));
            (!found.is_empty()).then_some(found)
        }
        _ => None,
    }
}

/// The rows of the units of a department, in a table that lists it by units: by codes of six digits that begin alike,
/// else by names of bodies where nothing else is listed.
fn units(table: &FactTable) -> Option<Vec<usize>> {
    let items = || (0..table.rows.len()).filter(|&row| table.rows[row].row.kind == RowKind::Item);
    let code = |row: usize| table.rows[row].row.code.as_ref().map_or("", |code| code.text.as_str());
    let coded: Vec<usize> =
        items().filter(|&row| code(row).len() == 6 && code(row).bytes().all(|b| b.is_ascii_digit())).collect();
    let department = coded.first().map(|&row| &code(row)[..3]);
    let alike = department.is_some_and(|department| coded.iter().all(|&row| code(row).starts_with(department)));
    let named: Vec<usize> = items().collect();
    let bodies = table.rows.iter().all(|fact| !matches!(fact.row.kind, RowKind::Subject(_)))
        && named
            .iter()
            .all(|&row| code(row).is_empty() && crate::reading::mentions::is_body(&table.rows[row].row.name.text));
    let found = if alike {
        coded
    } else if bodies {
        named
    } else {
        return None;
    };
    (found.len() >= 2).then_some(found)
}

/// The 类 of an economic table that have these codes.
fn economic(table: &FactTable, codes: &[&str]) -> Option<Vec<usize>> {
    let own = |row: &usize| {
        let row = &table.rows[*row].row;
        row.kind == RowKind::Subject(1) && row.code.as_ref().is_some_and(|code| codes.contains(&code.text.as_str()))
    };
    let found: Vec<usize> = (0..table.rows.len()).filter(own).collect();
    (!found.is_empty() && !table.repeated_codes).then_some(found)
}

/// The lines of income above 本年收入合计.
fn sources(table: &FactTable) -> Option<Vec<usize>> {
    let total = table.row("本年收入合计")?;
    let found: Vec<usize> = (0..total)
        .filter(|&row| table.rows[row].row.side == Side::Income && is_top_item(&table.rows[row]))
        .filter(|&row| !table.rows[row].row.name.text.contains("结转"))
        .collect();
    (!found.is_empty()).then_some(found)
}

/// The 类 of outlay above 本年支出合计. Where a line with a figure is no 类 the side lists something else.
fn classes(table: &FactTable) -> Option<Vec<usize>> {
    let total = table.row("本年支出合计")?;
    let found: Vec<usize> = (0..total)
        .filter(|&row| table.rows[row].row.side == Side::Outlay && is_top_item(&table.rows[row]))
        .filter(|&row| !table.rows[row].row.name.text.contains("结转"))
        .collect();
    let strange = found.iter().any(|&row| {
        class_code(&table.rows[row].row.name.text).is_none()
            && table.rows[row].cells.iter().any(|cell| *cell != CellFact::Blank)
    });
    (!found.is_empty() && !strange).then_some(found)
}

/// The code of the 类 of a name.
fn class_code(name: &str) -> Option<&'static str> {
    subjects(List::Functional).class_by_name(name).map(|class| class.code)
}

/// The 科目 printed next below a row: those of its codes that have no other printed row between.
pub fn children(table: &FactTable, row: usize) -> &[usize] {
    let fact = &table.rows[row];
    if !matches!(fact.row.kind, RowKind::Subject(_)) {
        return &[];
    }
    let children = table.index.children.get_or_init(|| children_by_code(table));
    fact.row.code.as_ref().and_then(|code| children.get(&code.text)).map_or(&[], Vec::as_slice)
}

/// The rows right below each code that is printed.
fn children_by_code(table: &FactTable) -> Map<String, Vec<usize>> {
    let codes = || table.rows.iter().map(|fact| fact.row.code.as_ref().map(|code| code.text.as_str()));
    let printed: Set<&str> = codes().flatten().collect();
    let mut children: Map<String, Vec<usize>> = Map::default();
    for (row, code) in codes().enumerate().filter_map(|(row, code)| Some((row, code?))) {
        // The longest printed code that it goes on from.
        let above = (0..code.len()).rev().filter_map(|end| code.get(..end)).find(|above| printed.contains(above));
        if let Some(above) = above {
            children.entry(above.to_owned()).or_default().push(row);
        }
    }
    children
}

/// The items bought for the same project by the same unit.
pub fn group(table: &FactTable, row: usize) -> &[usize] {
    let groups = table.index.groups.get_or_init(|| groups(table));
    &groups.rows[groups.of[row]]
}

fn groups(table: &FactTable) -> Groups {
    let mut groups = Groups::default();
    let mut known = Map::default();
    for (number, fact) in table.rows.iter().enumerate() {
        let fresh = groups.rows.len();
        let group = match &fact.row.group {
            Some(label) => *known.entry((fact.row.parent, bare(&label.text))).or_insert(fresh),
            None => fresh,
        };
        if group == fresh {
            groups.rows.push(Vec::new());
        }
        groups.rows[group].push(number);
        groups.of.push(group);
    }
    groups
}

/// A row by its name, by its code, or by the name of a row set and a name in it (年初结转分项·一般公共预算拨款).
pub fn named(table: &FactTable, name: &str) -> Option<usize> {
    if let Some((set, name)) = name.split_once('·') {
        return rows(table, set, None)?.into_iter().find(|&row| table.rows[row].row.name.text == name);
    }
    table.row(name)
}

/// The row of another table that has the same 科目.
pub fn same_subject(table: &FactTable, from: &FactTable, row: usize) -> Option<usize> {
    let code = subject(from, row)?;
    if table.repeated_codes || from.repeated_codes {
        return None;
    }
    if code == TOTAL {
        return table.rows.iter().position(|fact| fact.row.kind == RowKind::Total);
    }
    let subjects = table.index.subjects.get_or_init(|| {
        let mut subjects = Map::default();
        for (row, code) in (0..table.rows.len()).filter_map(|row| Some((row, subject(table, row)?))) {
            subjects.entry(code.to_owned()).or_insert(row);
        }
        subjects
    });
    subjects.get(code).copied()
}

/// What a row is of, as it is compared between tables: the code of its 科目, or 合计.
pub fn subject_code(table: &FactTable, row: usize) -> Option<String> {
    subject(table, row).map(str::to_owned)
}

const TOTAL: &str = "合计";

fn subject(table: &FactTable, row: usize) -> Option<&str> {
    let fact = &table.rows[row];
    match fact.row.kind {
        RowKind::Total => Some(TOTAL),
        RowKind::Subject(_) => fact.row.code.as_ref().map(|code| code.text.as_str()),
        RowKind::Item if fact.row.side == Side::Outlay && fact.row.parent.is_none() => class_code(&fact.row.name.text),
        _ => None,
    }
}

/// The sheet of the project that an item is bought for.
pub fn same_project(table: &FactTable, from: &FactTable, row: usize) -> Option<usize> {
    let wanted = project_key(&from.rows[row].row.group.as_ref()?.text);
    let long = |key: &str| key.chars().nth(5).is_some();
    let keys =
        table.index.projects.get_or_init(|| table.rows.iter().map(|fact| project_key(&fact.row.name.text)).collect());
    let mut found = (0..table.rows.len()).filter(|&other| {
        let own = &keys[other];
        *own == wanted || long(&wanted) && (own.contains(&wanted) || long(own) && wanted.contains(own))
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// A project's name as it is compared: without its library code, punctuation and document brackets' width.
pub fn project_key(name: &str) -> String {
    let bare = bared(name);
    let rest = match bare.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((code, rest)) if code.chars().all(|c| c.is_ascii_alphanumeric()) => rest,
        _ => &bare,
    };
    let mut key = String::with_capacity(rest.len());
    key.extend(rest.chars().filter_map(|c| match c {
        '【' | '〔' | '［' | '[' => Some('（'),
        '】' | '〕' | '］' | ']' => Some('）'),
        '、' | '，' | '-' | '.' | '·' | '《' | '》' | '_' | '/' => None,
        c => Some(c),
    }));
    key
}
