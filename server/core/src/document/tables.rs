//! The tables of a document as they were read: for those who draw them.

use super::Analysis;
use super::chapter::At;
use super::judged::Judged;
use super::view::{CellView, RowView, TableView};
use crate::reading::fact_table::{CellFact, FactRow, FactTable};

/// Nothing nests deeper than 类, 款, 项 and a line above them.
const DEEPEST: usize = 4;

impl Analysis {
    /// The tables of each disclosure, the project sheets as one of them, in order of place. The pages of one table are
    /// joined.
    pub fn tables(&self) -> Vec<TableView> {
        let mut out: Vec<(usize, TableView)> = Vec::new();
        for (start, judged) in self.judged() {
            for table in &judged.disclosure.tables {
                let base = start.section(table.section);
                out.push((base + table.title.span.start, self.table(start, &judged, table)));
            }
        }
        out.sort_by_key(|(at, _)| *at);
        out.into_iter().map(|(_, table)| table).collect()
    }

    fn table(&self, start: At, judged: &Judged, table: &FactTable) -> TableView {
        let row = |fact: &FactRow| RowView {
            code: fact.row.code.as_ref().map(|code| code.text.clone()),
            name: fact.row.name.text.clone(),
            depth: depth(table, fact),
            cells: fact.cells.iter().map(|cell| self.cell(start, judged, *cell)).collect(),
        };
        TableView {
            place: table.form.name.clone(),
            title: table.title.text.clone(),
            unit: table.unit.or(judged.disclosure.unit).unwrap_or_default().word().to_owned(),
            columns: table.columns.iter().map(|name| name.clone().unwrap_or_default()).collect(),
            rows: table.rows.iter().map(row).collect(),
        }
    }

    fn cell(&self, start: At, judged: &Judged, cell: CellFact) -> CellView {
        match cell {
            CellFact::Blank => CellView::Blank,
            CellFact::Unknown => CellView::Unknown,
            CellFact::Figure(id) => {
                CellView::Figure { span: self.span_of(start, judged, id), text: self.printed(start, judged, id) }
            }
        }
    }
}

/// How many rows a row is a part of.
fn depth(table: &FactTable, fact: &FactRow) -> usize {
    let above = |row: &FactRow| row.row.parent.and_then(|parent| table.rows.get(parent));
    std::iter::successors(above(fact), |row| above(row)).take(DEEPEST).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[test]
    fn a_table_is_shown_as_it_was_read() {
        let text = "某县水务局2025年部门预算公开\n\n部门预算支出总表\n单位：万元\n\n\
                    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
                    | | 合计 | 8.50 | 5.00 | 3.50 |\n| 213 | 农林水支出 | 8.50 | 5.00 | 3.50 |\n\
                    | 21303 | 水利 | 8.50 | 5.00 | 3.50 |\n| 2130301 | 行政运行 | 5.00 | 5.00 | |\n\
                    | 2130306 | 水利工程运行与维护 | 3.50 | | 3.50 |\n";
        let document = Document::open(text);
        let tables = document.analysis().tables();
        let [table] = tables.as_slice() else { panic!("one table: {tables:?}") };
        assert_eq!((table.place.as_str(), table.unit.as_str()), ("支出总表", "万元"));
        assert_eq!(table.columns, ["合计", "基本支出", "项目支出"]);
        let depths: Vec<usize> = table.rows.iter().map(|row| row.depth).collect();
        assert_eq!(depths, [0, 0, 1, 2, 2]);
        let last = table.rows.last().expect("a row");
        assert_eq!((last.code.as_deref(), last.name.as_str()), (Some("2130306"), "水利工程运行与维护"));
        let [CellView::Figure { span, text: printed }, CellView::Blank, CellView::Figure { .. }] =
            last.cells.as_slice()
        else {
            panic!("{:?}", last.cells)
        };
        assert_eq!((printed.as_str(), &text[span.start..span.end]), ("3.50", "3.50"));
    }
}
