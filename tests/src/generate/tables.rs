//! The nine tables of a budget, as the official forms have them.

use std::collections::BTreeMap;

use super::body::{Body, YEAR, chinese};
use super::office::OFFICES;
use super::paper::{Cell, Head, Kind, Paper};

/// The functional 类 in the order of the forms.
const CLASSES: [(u64, &str); 31] = [
    (201, "一般公共服务支出"),
    (202, "外交支出"),
    (203, "国防支出"),
    (204, "公共安全支出"),
    (205, "教育支出"),
    (206, "科学技术支出"),
    (207, "文化旅游体育与传媒支出"),
    (208, "社会保障和就业支出"),
    (209, "社会保险基金支出"),
    (210, "卫生健康支出"),
    (211, "节能环保支出"),
    (212, "城乡社区支出"),
    (213, "农林水支出"),
    (214, "交通运输支出"),
    (215, "资源勘探工业信息等支出"),
    (216, "商业服务业等支出"),
    (217, "金融支出"),
    (219, "援助其他地区支出"),
    (220, "自然资源海洋气象等支出"),
    (221, "住房保障支出"),
    (222, "粮油物资储备支出"),
    (223, "国有资本经营预算支出"),
    (224, "灾害防治及应急管理支出"),
    (227, "预备费"),
    (229, "其他支出"),
    (230, "转移性支出"),
    (231, "债务还本支出"),
    (232, "债务付息支出"),
    (233, "债务发行费用支出"),
    (234, "抗疫特别国债安排的支出"),
    (0, "人行科目"),
];

const FLOW: Head = Head {
    cells: &[&["序号", "收入", "支出"], &["", "项  目", "预算数", "项  目", "预算数"], &["栏次", "1", "2", "3", "4"]],
    rows: &["序号", "收入项目", "预算数", "支出项目", "预算数"],
};

const INCOME: Head = Head {
    cells: &[
        &["序号", "功能分类科目", "合计", "本年收入", "上年结转"],
        &[
            "",
            "科目编码",
            "科目名称",
            "",
            "小计",
            "财政拨款 收入",
            "财政专户 收入",
            "事业收入",
            "经营收入",
            "上级补助收入",
            "附属单位上缴收入",
            "其他收入",
            "",
        ],
        &["栏次", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"],
    ],
    rows: &[
        "序号",
        "科目编码",
        "科目名称",
        "合计",
        "小计",
        "财政拨款收入",
        "财政专户收入",
        "事业收入",
        "经营收入",
        "上级补助收入",
        "附属单位上缴收入",
        "其他收入",
        "上年结转",
    ],
};

const OUTLAY: Head = Head {
    cells: &[
        &[
            "序号",
            "功能分类科目",
            "合计",
            "基本支出",
            "项目支出",
            "经营支出",
            "上解上级     支出",
            "对附属单位补助支出",
        ],
        &["", "科目编码", "科目名称", "", "", "", "", "", ""],
        &["栏次", "1", "2", "3", "4", "5", "6", "7", "8"],
    ],
    rows: &[
        "序号",
        "科目编码",
        "科目名称",
        "合计",
        "基本支出",
        "项目支出",
        "经营支出",
        "上解上级支出",
        "对附属单位补助支出",
    ],
};

const APPROPRIATION: Head = Head {
    cells: &[
        &["序号", "收入", "支出"],
        &[
            "",
            "项  目",
            "金额",
            "项  目",
            "合计",
            "一般公共预算财政拨款",
            "政府性基金预算财政    拨款",
            "国有资本经营预算财政拨款",
        ],
        &["栏次", "1", "2", "3", "4", "5", "6", "7"],
    ],
    rows: &[
        "序号",
        "收入项目",
        "金额",
        "支出项目",
        "合计",
        "一般公共预算财政拨款",
        "政府性基金预算财政拨款",
        "国有资本经营预算财政拨款",
    ],
};

const BY_FUNCTION: Head = Head {
    cells: &[
        &["序号", "功能分类科目", "合计", "基本支出", "项目支出"],
        &["", "科目编码", "科目名称", "", "", ""],
        &["栏次", "1", "2", "3", "4", "5"],
    ],
    rows: &["序号", "科目编码", "科目名称", "合计", "基本支出", "项目支出"],
};

const BY_PURPOSE: Head = Head {
    cells: &[
        &["序号", "支出部门经济分类科目", "一般公共预算基本支出"],
        &["", "科目编码", "科目名称", "合计", "人员经费", "公用经费"],
        &["栏次", "1", "2", "3", "4", "5"],
    ],
    rows: &["序号", "科目编码", "科目名称", "合计", "人员经费", "公用经费"],
};

const THREE: Head = Head {
    cells: &[
        &["序号", "项  目", "资 金 性 质"],
        &[
            "",
            "",
            "合计",
            "一般公共预算              财政拨款",
            "政府性基金                  预算拨款",
            "国有资本经营              预算财政拨款",
        ],
        &["栏次", "1", "2", "3", "4", "5"],
    ],
    rows: &["序号", "项目", "合计", "一般公共预算财政拨款", "政府性基金预算拨款", "国有资本经营预算财政拨款"],
};

/// A number of a row, words, and so on: what most rows begin with.
fn begun(number: usize, words: &[&str]) -> Vec<Cell> {
    let mut cells = vec![Cell::words(number.to_string())];
    cells.extend(words.iter().map(|words| Cell::words(*words)));
    cells
}

impl Body {
    /// Writes the nine tables.
    pub fn tables(&self, paper: &mut Paper) {
        self.flow(paper);
        self.income(paper);
        let all = self.by_function(true, true);
        self.tree(paper, "部门预算支出总表", OUTLAY, &all, 3);
        self.appropriation(paper);
        let general = self.by_function(true, false);
        self.tree(paper, "部门预算一般公共预算财政拨款支出表", BY_FUNCTION, &general, 0);
        self.purposes(paper);
        let fund = self.by_function(false, true);
        self.tree(paper, "部门预算政府性基金预算财政拨款支出表", BY_FUNCTION, &fund, 0);
        if fund.is_empty() {
            paper.line("注：本部门未安排政府性基金预算财政拨款支出，本表为空。");
        }
        self.tree(paper, "部门预算国有资本经营预算财政拨款支出表", BY_FUNCTION, &BTreeMap::new(), 0);
        paper.line("注：本部门未安排国有资本经营预算财政拨款支出，本表为空。");
        self.three(paper);
    }

    fn begin(&self, paper: &mut Paper, title: &str, head: Head) {
        let (body, year) = (format!("{}{}", self.code, self.name), format!("预算年度：{YEAR}"));
        paper.table(title, &[&body, &year, "单位：万元"], head);
    }

    fn classes(&self, general: bool, fund: bool) -> BTreeMap<u64, i64> {
        let mut classes = BTreeMap::new();
        for (code, amounts) in self.by_function(general, fund) {
            *classes.entry(code / 10_000).or_default() += amounts[0] + amounts[1];
        }
        classes
    }

    fn flow(&self, paper: &mut Paper) {
        self.begin(paper, "部门预算收支总表", FLOW);
        let (basic, (general, fund)) = (self.basic.values().sum::<i64>(), self.project_sums());
        let income = [
            "一般公共预算拨款收入",
            "政府性基金预算拨款收入",
            "国有资本经营预算拨款收入",
            "财政专户管理资金收入",
            "单位资金",
        ];
        let classes = self.classes(true, true);
        for (number, (code, name)) in CLASSES.iter().enumerate() {
            let ordinal = chinese(number + 1);
            let mut row = begun(number + 1, &[]);
            row.push(Cell::words(income.get(number).map(|name| format!("{ordinal}、{name}")).unwrap_or_default()));
            let amount = [basic + general, fund].get(number).copied().unwrap_or_default();
            row.push(Cell::amount(amount, Kind::Sum, 0));
            row.push(Cell::words(format!("{ordinal}、{name}")));
            row.push(Cell::amount(classes.get(code).copied().unwrap_or_default(), Kind::Sum, *code));
            paper.row(&row);
        }
        let total = basic + general + fund;
        let totals = [
            ("本年收入合计", "本年支出合计", total),
            ("上年结转结余", "年终结转结余", 0),
            ("收入总计", "支出总计", total),
        ];
        for (number, (left, right, amount)) in totals.into_iter().enumerate() {
            let mut row = begun(CLASSES.len() + 1 + number, &[left]);
            row.extend([Cell::amount(amount, Kind::Sum, 0), Cell::words(right), Cell::amount(amount, Kind::Sum, 0)]);
            paper.row(&row);
        }
        paper.end();
    }

    fn income(&self, paper: &mut Paper) {
        self.begin(paper, "部门预算收入总表", INCOME);
        for (number, (code, [basic, projects])) in rows(&self.by_function(true, true)).into_iter().enumerate() {
            let (amount, kind) = (basic + projects, kind(code));
            let mut row = begun(number + 1, &named(code).each_ref().map(String::as_str));
            row.extend([(); 3].map(|()| Cell::amount(amount, kind, code)));
            row.extend((0..7).map(|_| Cell::none()));
            paper.row(&row);
        }
        paper.end();
    }

    fn tree(&self, paper: &mut Paper, title: &str, head: Head, by: &BTreeMap<u64, [i64; 2]>, empty: usize) {
        self.begin(paper, title, head);
        for (number, (code, [basic, projects])) in rows(by).into_iter().enumerate() {
            let mut row = begun(number + 1, &named(code).each_ref().map(String::as_str));
            let kind = kind(code);
            row.extend([basic + projects, basic, projects].map(|amount| Cell::amount(amount, kind, code)));
            row.extend((0..empty).map(|_| Cell::none()));
            paper.row(&row);
        }
        if by.is_empty() {
            paper.row(&[(); 6].map(|()| Cell::none()));
        }
        paper.end();
    }

    fn appropriation(&self, paper: &mut Paper) {
        self.begin(paper, "部门预算财政拨款收支总表", APPROPRIATION);
        let (basic, (projects, fund)) = (self.basic.values().sum::<i64>(), self.project_sums());
        let names = ["一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款"];
        let (general, land) = (self.classes(true, false), self.classes(false, true));
        let of = |classes: &BTreeMap<u64, i64>, code: &u64| classes.get(code).copied().unwrap_or_default();
        let four = |general: i64, fund: i64, code: u64| {
            [general + fund, general, fund, 0].map(|amount| Cell::amount(amount, Kind::Sum, code))
        };
        for (number, (code, name)) in CLASSES.iter().enumerate() {
            let ordinal = chinese(number + 1);
            let mut row = begun(number + 1, &[]);
            row.push(Cell::words(names.get(number).map(|name| format!("{ordinal}、{name}")).unwrap_or_default()));
            let income = [basic + projects, fund].get(number).copied().unwrap_or_default();
            row.push(Cell::amount(income, Kind::Sum, 0));
            row.push(Cell::words(format!("{ordinal}、{name}")));
            row.extend(four(of(&general, code), of(&land, code), *code));
            paper.row(&row);
        }
        let ends = [
            ("本年收入合计", "本年支出合计", true),
            ("年初财政拨款结转和结余", "年末财政拨款结转和结余", false),
            ("一、一般公共预算拨款", "", false),
            ("二、政府性基金预算拨款", "", false),
            ("三、国有资本经营预算拨款", "", false),
            ("收入总计", "支出总计", true),
        ];
        for (number, (left, right, full)) in ends.into_iter().enumerate() {
            let (general, fund) = if full { (basic + projects, fund) } else { (0, 0) };
            let mut row = begun(CLASSES.len() + 1 + number, &[left]);
            row.extend([Cell::amount(general + fund, Kind::Sum, 0), Cell::words(right)]);
            row.extend(four(general, fund, 0));
            paper.row(&row);
        }
        paper.end();
    }

    fn purposes(&self, paper: &mut Paper) {
        self.begin(paper, "部门预算一般公共预算财政拨款基本支出表", BY_PURPOSE);
        let (staff, running) = self.staff_and_running();
        let mut number = 1;
        let mut write = |code: u64, staff: i64, running: i64| {
            let mut row = begun(number, &named(code).each_ref().map(String::as_str));
            let kind = kind(code);
            row.extend([staff + running, staff, running].map(|amount| Cell::amount(amount, kind, code)));
            paper.row(&row);
            number += 1;
        };
        write(0, staff, running);
        for class in 301..=303 {
            let of = || self.economic.range(class * 100..(class + 1) * 100);
            let split = |amount: i64| if class == 302 { (0, amount) } else { (amount, 0) };
            let (staff, running) = split(of().map(|(_, amount)| amount).sum());
            write(class, staff, running);
            for (code, amount) in of() {
                let (staff, running) = split(*amount);
                write(*code, staff, running);
            }
        }
        paper.end();
    }

    fn three(&self, paper: &mut Paper) {
        self.begin(paper, "部门预算财政拨款“三公”经费支出表", THREE);
        let (cars, reception) = (self.economic[&30231], self.economic[&30217]);
        let rows = [
            ("合计", cars + reception),
            ("“三公”经费小计", cars + reception),
            ("一、因公出国（境）费", 0),
            ("    其中：教学科研人员因公出国（境）费", 0),
            ("          其他因公出国（境）费", 0),
            ("二、公务用车购置及运维费", cars),
            ("    其中：公务用车购置费", 0),
            ("          公务用车运行维护费", cars),
            ("三、公务接待费", reception),
        ];
        for (number, (name, amount)) in rows.into_iter().enumerate() {
            let mut row = begun(number + 1, &[name]);
            row.extend([amount, amount, 0, 0].map(|amount| Cell::amount(amount, Kind::Sum, 1)));
            paper.row(&row);
        }
        paper.end();
    }
}

/// The code and the name of a row; the row of all has no code.
fn named(code: u64) -> [String; 2] {
    if code == 0 {
        return [String::new(), "合计".to_owned()];
    }
    [code.to_string(), OFFICES.subject(code).to_owned()]
}

fn kind(code: u64) -> Kind {
    if code > 9999 && !(20_000..30_000).contains(&code) { Kind::Subject } else { Kind::Sum }
}

/// All rows of a table by function: 合计, 类, 款, 项. None where there is nothing.
fn rows(by: &BTreeMap<u64, [i64; 2]>) -> Vec<(u64, [i64; 2])> {
    // In the order of the codes as text: 类 before its 款, 款 before its 项.
    let mut all: BTreeMap<String, [i64; 2]> = BTreeMap::new();
    for (code, amounts) in by {
        for parent in [0, code / 10_000, code / 100, *code] {
            let key = if parent == 0 { String::new() } else { parent.to_string() };
            let sum = all.entry(key).or_default();
            (0..2).for_each(|column| sum[column] += amounts[column]);
        }
    }
    all.into_iter().map(|(code, amounts)| (code.parse().unwrap_or_default(), amounts)).collect()
}
