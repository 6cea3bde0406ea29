//! The header of a table whose columns are known: which column holds what.

use crate::catalog::name::{bare, fold};
use crate::catalog::{Form, Shape, forms};
use crate::layout::grid::Cell;
use crate::reading::number::{Amount, Printed, printed};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// 序号, 行次: numbers that are no figures.
    Serial,
    /// Codes.
    Code,
    /// A part of a code that is split over columns (类, 款, 项).
    CodePart,
    /// The names of the rows.
    Name,
    /// The project that an item is bought for.
    Project,
    /// Figures; with the form's name for the column where the header is understood.
    Figures(Option<String>),
    /// Words that no rule reads.
    Words,
}

/// A header that has been read.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// How many rows it takes.
    pub rows: usize,
    /// What each column holds.
    pub columns: Vec<Holds>,
    /// The printed header of each column, from the top down, folded.
    pub labels: Vec<Vec<String>>,
}

/// Words of header cells that are no columns of figures.
const WORDS: [&str; 15] = [
    "序号",
    "行次",
    "栏次",
    "科目编码",
    "科目名称",
    "项目",
    "收入",
    "支出",
    "功能分类科目",
    "单位名称",
    "采购物品名称",
    "政府采购目录序号",
    "计量单位",
    "项目名称",
    "备注",
];

/// Is this the row that numbers the columns?
pub fn numbers_columns(row: &[Cell]) -> bool {
    // 类 款 项 栏次 1 2 3
    let cells = || row.iter().filter(|cell| !cell.is_blank()).map(|cell| fold(&cell.text));
    cells().any(|cell| cell == "栏次")
        && cells().find(|cell| !is_level(cell)).is_some_and(|cell| cell == "栏次" || cell == "类款项")
}

fn is_level(text: &str) -> bool {
    matches!(text, "类" | "款" | "项")
}

/// A code of 科目: 3, 5 or 7 digits that begin as the lists do.
pub fn is_code(text: &str, economic: bool) -> bool {
    let folded = fold(text);
    folded.bytes().all(|b| b.is_ascii_digit())
        && matches!(folded.len(), 3 | 5 | 7)
        && if economic { folded.starts_with(['3', '5']) && folded.len() < 7 } else { folded.starts_with('2') }
}

/// The row begins the body of the table: it has a figure, a code, or a label that a row of the form has.
fn is_body(form: &Form, row: &[Cell]) -> bool {
    let figures = |cell: &&Cell| matches!(printed(&cell.text), Printed::Number(_));
    if row.iter().any(|cell| figures(&cell) || is_code(&cell.text, form.is_economic())) {
        return true;
    }
    let heads = row.iter().filter(|cell| is_head(form, &cell.text)).count();
    let labels = row.iter().filter(|cell| {
        crate::layout::line::numbering(cell.text.trim()).is_some()
            || form.row(&cell.text).is_some_and(|item| item.name != "合计")
    });
    labels.count() > heads
}

fn is_head(form: &Form, text: &str) -> bool {
    WORDS.contains(&fold(text).as_str()) || form.column(text).is_some()
}

/// Reads the header at the top of `rows` (caption rows already taken off).
pub fn read(form: &Form, rows: &[Vec<Cell>]) -> Header {
    let numbered = rows.iter().position(|row| numbers_columns(row));
    let head = numbered.unwrap_or_else(|| rows.iter().position(|row| is_body(form, row)).unwrap_or(rows.len()));
    let body = head + usize::from(numbered.is_some());
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut labels = labels(&rows[..head.min(rows.len())], width);
    // 类, 款 and 项 may stand in the row that numbers the columns.
    for (column, cell) in numbered.map_or(&[] as &[Cell], |row| &rows[row]).iter().enumerate() {
        let text = fold(&cell.text);
        if is_level(&text) && column < width {
            labels[column].push(text);
        }
    }
    let mut columns: Vec<Holds> =
        (0..width).map(|column| holds(form, &labels[column], &rows[body.min(rows.len())..], column)).collect();
    if !is_turned(form, rows) {
        official(form, &mut columns);
    }
    Header { rows: body, columns, labels }
}

/// The header cells above each column, from the top down. A header row that is merged over columns has fewer cells than
/// the row below it; a cell merged over rows leaves an empty cell below it (FORMATS L1).
fn labels(rows: &[Vec<Cell>], width: usize) -> Vec<Vec<String>> {
    let mut labels: Vec<Vec<String>> = vec![Vec::new(); width];
    for row in rows.iter().rev() {
        let cells: Vec<String> = row.iter().map(|cell| fold(&cell.text)).collect();
        let used = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let cells = &cells[..used];
        let groups = groups(&labels);
        let direct = labels.iter().all(Vec::is_empty) || used > groups.len() || groups.len() == width && used == width;
        if direct {
            for (column, cell) in cells.iter().enumerate() {
                if !cell.is_empty() {
                    labels[column].insert(0, cell.clone());
                }
            }
        } else {
            for (group, cell) in groups.iter().zip(cells) {
                for &column in group {
                    if !cell.is_empty() {
                        labels[column].insert(0, cell.clone());
                    }
                }
            }
        }
    }
    labels
}

/// Columns that a cell of the next upper row covers: each unlabelled column by itself, labelled neighbours together.
fn groups(labels: &[Vec<String>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (column, label) in labels.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if !label.is_empty() && group.iter().all(|&c| !labels[c].is_empty()) => group.push(column),
            _ => groups.push(vec![column]),
        }
    }
    groups
}

fn holds(form: &Form, labels: &[String], body: &[Vec<Cell>], column: usize) -> Holds {
    let leaf = labels.last().map_or("", String::as_str);
    let path: String = labels.concat();
    let content = Content::of(body, column);
    match leaf {
        "序号" | "行次" | "栏次" => return Holds::Serial,
        "类" | "款" | "项" if content.figures == 0 || form.shape == Shape::Subject => return Holds::CodePart,
        _ => {}
    }
    if form.shape == Shape::Procurement {
        if path.contains("来源") && leaf.contains("名称") || leaf == "项目名称" || leaf == "采购项目" {
            return Holds::Project;
        }
        if leaf.contains("目录") || leaf.contains("编码") || leaf.contains("品目") && leaf.contains("序号") {
            return Holds::Code;
        }
        if leaf.contains("物品") || leaf.contains("名称") || leaf.contains("品目") {
            return Holds::Name;
        }
        if leaf.contains("计量") {
            return Holds::Words;
        }
    } else if leaf.contains("编码") || leaf.contains("代码") {
        return Holds::Code;
    }
    // Under 上年结转 the leaves are details of it; its own 小计 is the column the forms know.
    let carried = labels.iter().rev().skip(1).any(|upper| upper.contains("结转"));
    if carried {
        let known = matches!(leaf, "小计" | "合计").then(|| form.column("上年结转").map(str::to_owned)).flatten();
        return if known.is_some() { Holds::Figures(known) } else { Holds::Words };
    }
    // A header may be wrapped over rows: the whole of it is tried before its upper parts.
    let named = form
        .column(leaf)
        .or_else(|| form.column(&path))
        .or_else(|| labels.iter().rev().find_map(|label| form.column(label)));
    if let Some(name) = named
        && content.words * 2 <= content.figures + content.blanks + content.words
    {
        return Holds::Figures(Some(name.to_owned()));
    }
    if content.words > content.figures {
        let name = matches!(leaf, "")
            || leaf.contains("名称")
            || leaf.contains("项目")
            || leaf.contains("科目")
            || bare(leaf) == "收入"
            || bare(leaf) == "支出"
            || leaf.contains("分类");
        return if name || form.shape == Shape::Sided { Holds::Name } else { Holds::Words };
    }
    match content.figures {
        0 => Holds::Words,
        _ if content.decimals == 0 && column == 0 => Holds::Serial,
        _ => Holds::Figures(None),
    }
}

#[derive(Default)]
struct Content {
    words: usize,
    figures: usize,
    decimals: usize,
    blanks: usize,
}

impl Content {
    fn of(body: &[Vec<Cell>], column: usize) -> Self {
        let mut content = Self::default();
        for cell in body.iter().filter_map(|row| row.get(column)) {
            match printed(&cell.text) {
                Printed::Nil => content.blanks += 1,
                Printed::Number(Amount { decimals, .. }) => {
                    content.figures += 1;
                    content.decimals += usize::from(decimals > 0);
                }
                Printed::Words => content.words += 1,
            }
        }
        content
    }
}

/// The names of the form's rows stand over columns: 合计 | 因公出国（境）费 | 公务用车购置费 | 公务接待费.
fn is_turned(form: &Form, rows: &[Vec<Cell>]) -> bool {
    rows.iter().take(4).any(|row| {
        let mut names: Vec<&str> = row.iter().filter_map(|cell| form.row(&cell.text)).map(|row| &*row.name).collect();
        names.sort_unstable();
        names.dedup();
        names.len() >= 3
    })
}

/// Where no header is understood but the table has just the columns of the plain form, they are those.
fn official(form: &Form, columns: &mut [Holds]) {
    let unnamed: Vec<usize> =
        (0..columns.len()).filter(|&column| matches!(columns[column], Holds::Figures(None))).collect();
    let named = columns.iter().filter(|holds| matches!(holds, Holds::Figures(Some(_)))).count();
    if named == 0 && !form.official.is_empty() && unnamed.len() == form.official.len() {
        for (column, name) in unnamed.into_iter().zip(&form.official) {
            columns[column] = Holds::Figures(Some(name.clone()));
        }
    }
}

/// The form whose header this is, where the table has no title: most of its named columns must be there.
pub fn by_signature(rows: &[Vec<Cell>]) -> Option<&'static Form> {
    let cells: Vec<String> = rows
        .iter()
        .take(6)
        .flatten()
        .chain(rows.iter().skip(6).take(40).filter(|row| row.len() == 1).flatten())
        .map(|cell| fold(&cell.text))
        .filter(|c| !c.is_empty())
        .collect();
    let has = |word: &str| cells.iter().any(|cell| cell.contains(word));
    if has("采购物品名称") || has("采购目录") && has("数量") && has("单价") {
        return forms::by_id("G");
    }
    if has("资产总额") && has("数量") {
        return forms::by_id("A");
    }
    if has("单位名称") && has("单位性质") {
        return forms::by_id("J");
    }
    if has("项目编码") && has("预算数") {
        return forms::by_id("P");
    }
    // A list of the three public expenses with a figure each (FORMATS L12).
    let three = ["因公出国（境）费", "公务用车购置及运维费", "公务接待费"];
    let listed = rows.len() <= 24
        && forms::by_id("B9").is_some_and(|form| {
            three.iter().all(|name| cells.iter().any(|cell| form.row(cell).is_some_and(|row| row.name == *name)))
        });
    if listed { forms::by_id("B9") } else { None }
}
