//! What other tables say of the columns of a table of PDF text: the evidence that its figures are placed by.

use std::sync::Arc;

use super::disclosure::{Disclosure, figure};
use super::fact_table::{CellFact, FactTable};
use super::place::{Bound, Bounds};
use super::section::Section;
use super::table::{Side, Table};

impl Disclosure {
    /// What other tables say of the columns of a table of PDF text.
    pub(super) fn bounds(&self, id: &str, table: &Table, section: &Section, all: &[Arc<Section>]) -> Bounds {
        let mut bounds = Bounds::default();
        let value = |form: &str, row: &str, column: &str| self.value(form, row, column, all);
        match id {
            "B2" => {
                let income = |row: &str| value("收支总表", row, "预算数");
                let grants: Option<rust_decimal::Decimal> =
                    ["一般公共预算拨款收入", "政府性基金预算拨款收入", "国有资本经营预算拨款收入"]
                        .iter()
                        .map(|row| income(row))
                        .sum();
                exactly(&mut bounds, "财政拨款收入", grants);
                exactly(&mut bounds, "财政专户收入", income("财政专户管理资金收入"));
                exactly(&mut bounds, "上年结转", income("上年结转结余"));
                if income("单位资金").is_some_and(|sum| sum.is_zero()) {
                    for column in
                        ["单位资金收入", "事业收入", "经营收入", "上级补助收入", "附属单位上缴收入", "其他收入"]
                    {
                        bounds.insert(column.to_owned(), Bound::Nil);
                    }
                }
            }
            "B3" => {
                for column in ["基本支出", "项目支出"] {
                    if let Some(least) = value("一般公共预算支出表", "合计", column) {
                        bounds.insert(column.to_owned(), Bound::AtLeast(least));
                    }
                }
            }
            "B4" => {
                for (fund, column) in [
                    ("一般公共预算拨款", "一般公共预算"),
                    ("政府性基金预算拨款", "政府性基金预算"),
                    ("国有资本经营预算拨款", "国有资本经营预算"),
                ] {
                    let rows = table.rows.iter().filter(|row| row.side == Side::Income && row.name.text == fund);
                    let sum =
                        rows.flat_map(|row| &row.loose).map(|&index| section.figures[index as usize].value()).sum();
                    exactly(&mut bounds, column, Some(sum));
                }
            }
            "F2" => {
                let income = |row: &str| value("收入支出决算总表", row, "金额");
                let grants: Option<rust_decimal::Decimal> =
                    ["一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "国有资本经营预算财政拨款收入"]
                        .iter()
                        .map(|row| income(row))
                        .sum();
                exactly(&mut bounds, "财政拨款收入", grants.or_else(|| income("财政拨款收入")));
                for column in ["上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"]
                {
                    exactly(&mut bounds, column, income(column));
                }
            }
            "F3" => {
                for column in ["基本支出", "项目支出"] {
                    if let Some(least) = value("一般公共预算支出决算表", "合计", column) {
                        bounds.insert(column.to_owned(), Bound::AtLeast(least));
                    }
                }
            }
            "F4" => {
                for (form, column) in
                    [("政府性基金决算表", "政府性基金预算"), ("国有资本经营决算表", "国有资本经营预算")]
                {
                    if self.table(form).is_some_and(FactTable::is_empty) {
                        bounds.insert(column.to_owned(), Bound::Nil);
                    }
                }
                exactly(&mut bounds, "一般公共预算", value("一般公共预算支出决算表", "合计", "合计"));
            }
            "B9" => {
                for (form, column) in
                    [("政府性基金支出表", "政府性基金预算"), ("国有资本经营支出表", "国有资本经营预算")]
                {
                    if self.table(form).is_some_and(FactTable::is_empty) {
                        bounds.insert(column.to_owned(), Bound::Nil);
                    }
                }
            }
            _ => {}
        }
        bounds
    }

    /// The value of a cell in 元; zero where it is blank; none where the table, row or column is not there.
    pub(super) fn value(
        &self,
        form: &str,
        row: &str,
        column: &str,
        all: &[Arc<Section>],
    ) -> Option<rust_decimal::Decimal> {
        let table = self.table(form)?;
        match table.rows[table.row(row)?].cells[table.column(column)?] {
            CellFact::Blank => Some(rust_decimal::Decimal::ZERO),
            CellFact::Figure(id) => Some(figure(all, id).value()),
            CellFact::Unknown => None,
        }
    }
}

fn exactly(bounds: &mut Bounds, column: &str, value: Option<rust_decimal::Decimal>) {
    if let Some(value) = value {
        bounds.insert(column.to_owned(), if value.is_zero() { Bound::Nil } else { Bound::Exactly(value) });
    }
}
