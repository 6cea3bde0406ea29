//! The explanation behind the tables: sentences, project sheets, procurement, assets, glossary.

use super::body::{Body, Project, YEAR};
use super::paper::{Cell, Head, Kind, Paper, printed};

const GLOSSARY: [&str; 7] = [
    "财政拨款收入：本级财政在当年安排给部门的资金，含一般公共预算、政府性基金预算和国有资本经营预算三类拨款。",
    "事业收入：事业单位从事专业业务及辅助活动取得的收入。",
    "上年结转：以前年度已经安排、当年没有用完，转到本年按原用途继续使用的资金。",
    "基本支出：为保证机构运转、完成日常工作而发生的人员经费和公用经费。",
    "项目支出：为完成特定任务或者事业发展目标，在基本支出之外安排的支出。",
    "“三公”经费：用财政拨款安排的因公出国（境）费、公务用车购置及运维费和公务接待费。",
    "机关运行经费：部门的公用经费，用于购买货物和服务，包括办公费、印刷费、邮电费、差旅费、会议费、福利费、维修费等。",
];

const BODIES: Head = Head {
    cells: &[&["单位名称", "单位性质", "单位规格", "经费保障形式"]],
    rows: &["单位名称", "单位性质", "单位规格", "经费保障形式"],
};

const PURCHASES: Head = Head {
    cells: &[
        &[
            "政府采购项目来源",
            "采购物品名称",
            "政府采购目录序号",
            "计量  单位",
            "数量",
            "单价",
            "政府采购金额（当年部门预算安排资金）",
            "2025年  预留中  小微企  业份额",
        ],
        &[
            "项目名称",
            "预算    资金",
            "",
            "",
            "",
            "",
            "",
            "合计",
            "一般公共预算拨款",
            "基金预算拨款",
            "国有资本经营预算拨款",
            "财政专户核拨",
            "单位    资金",
            "上年结转结余",
            "",
        ],
    ],
    rows: &[
        "项目名称",
        "预算资金",
        "采购物品名称",
        "政府采购目录序号",
        "计量单位",
        "数量",
        "单价",
        "合计",
        "一般公共预算拨款",
        "基金预算拨款",
        "国有资本经营预算拨款",
        "财政专户核拨",
        "单位资金",
        "上年结转结余",
        "2025年预留中小微企业份额",
    ],
};

const ASSETS: Head = Head {
    cells: &[&["项   目", "数量", "价值（金额单位：万元）"]],
    rows: &["项目", "数量", "价值（金额单位：万元）"],
};

/// What the sentences say of a project begins here; projects have numbers of their own.
const PROJECT: u64 = 9_000_000;

impl Body {
    /// Writes all that stands behind the tables; `duties` more lines are written of what the body has to do.
    pub fn narrative(&self, paper: &mut Paper, duties: usize) {
        let (name, own) = (&self.name, &self.office.own);
        paper.line(&format!("第一部分  {name}{YEAR}年部门预算信息公开情况说明"));
        paper.line(&format!("依照预算法和地方预决算公开的有关规定，现将{name}{YEAR}年部门预算说明如下："));
        paper.line("一、部门职责及机构设置情况").line("部门职责：");
        let more = [
            "负责机关和所属单位的财务、资产和内部审计工作。",
            "组织开展调查研究，提出工作意见和建议。",
            "负责信访、保密、信息公开和建议提案办理工作。",
            "推进依法行政，规范行政权力运行。",
            "组织开展业务培训，加强队伍建设。",
        ];
        let lines = self.office.duties.iter().map(String::as_str).chain(more.into_iter().cycle().take(duties));
        for (number, duty) in lines.chain(["承办上级交办的其他事项。"]).enumerate() {
            paper.line(&format!("{}、{duty}", number + 1));
        }
        paper.line("机构设置：");
        paper.table("部门机构设置情况", &[], BODIES);
        paper.row(&[name, "行政", "正科级", "财政拨款"].map(Cell::words));
        paper.end();
        self.sums(paper);
        paper.line("五、部门整体绩效目标").line("（一）总体绩效目标").line(&self.office.aim);
        paper.line("（二）分项绩效目标");
        for (number, project) in self.projects.iter().take(3).enumerate() {
            let (counted, count, unit) = project.counted;
            paper.line(&format!("{}.做好{}", number + 1, project.name));
            paper.line(&format!("绩效目标：{}", project.goal));
            paper.line(&format!("绩效指标：{counted}达到{count}{unit}以上。"));
        }
        paper.line("（三）工作保障措施");
        paper.line("健全预算绩效管理制度，细化项目支出计划，按季度开展绩效运行监控，年终开展绩效自评，并把评价结果用于下一年度预算安排。");
        paper.line("六、部门主管专项资金预算安排情况及绩效目标");
        paper.line(&format!("{YEAR}年{own}没有安排主管的专项资金。"));
        paper.line("七、部门项目预算安排情况及绩效目标");
        for (number, project) in self.projects.iter().enumerate() {
            sheet(paper, number, project);
        }
        self.buying(paper);
        self.owning(paper);
        paper.line("十、名词解释");
        for (number, line) in GLOSSARY.iter().enumerate() {
            paper.line(&format!("{}、{line}", number + 1));
        }
        paper.line("十一、其他需要说明的事项").line(&format!("{own}没有其他需要说明的事项。"));
    }

    fn sums(&self, paper: &mut Paper) {
        let (name, own) = (&self.name, &self.office.own);
        let basic: i64 = self.basic.values().sum();
        let ((staff, running), (projects, fund)) = (self.staff_and_running(), self.project_sums());
        let total = basic + projects + fund;
        paper.line("二、部门预算安排的总体情况");
        paper.line(&format!("本部门预算实行综合预算管理，全部收入和全部支出都列入预算。{name}的收支均在其中。"));
        paper.line("1、收入说明");
        paper.put(&format!("{YEAR}年预算收入")).sum(total, Kind::Sum, 0).put("万元，其中：一般公共预算收入");
        paper.sum(basic + projects, Kind::Said, 10).put("万元，基金预算收入").sum(fund, Kind::Sum, 0);
        paper.line("万元，国有资本经营预算收入0.00万元，财政专户核拨收入0.00万元，单位资金收入0.00万元，上年结转结余0.00万元。");
        paper.line("2、支出说明");
        paper.put(&format!("{YEAR}年支出预算")).sum(total, Kind::Sum, 0).put("万元，其中基本支出");
        paper.sum(basic, Kind::Sum, 11).put("万元，包括人员经费").sum(staff, Kind::Said, 12);
        paper.put("万元和日常公用经费").sum(running, Kind::Said, 12).put("万元；项目支出");
        paper.sum(projects + fund, Kind::Sum, 14).put("万元，主要为");
        for (number, project) in self.projects.iter().enumerate() {
            let end = if number + 1 == self.projects.len() { "万元。\n" } else { "万元、" };
            paper.put(&project.name).sum(project.amount, Kind::Said, PROJECT + number as u64).put(end);
        }
        paper.line("3、比上年增减情况");
        let [basic, projects, cars, reception] = self.change;
        let change = basic + projects;
        paper
            .put(&format!("{YEAR}年预算收支安排"))
            .sum(total, Kind::Sum, 0)
            .put(&format!("万元，较{}年预算", YEAR - 1));
        changed(paper, change);
        // Half up, in hundredths of a per cent.
        let rate = (change.abs() * 20_000 + (total - change)) / (2 * (total - change));
        paper.put(&format!("，{}{}%，其中：基本支出", if change < 0 { "下降" } else { "增长" }, printed(rate)));
        changed(paper, basic);
        paper.put("，主要是在职人员调整工资和社会保险缴费基数；项目支出");
        changed(paper, projects);
        paper.put(if projects < 0 {
            "，主要是压减一般性项目。\n"
        } else {
            "，主要是新增项目。\n"
        });
        paper.line("三、机关运行经费安排情况");
        paper.put(&format!("{YEAR}年，{own}机关运行经费共计安排")).sum(running, Kind::Said, 12);
        paper.line("万元，用于办公费、印刷费、邮电费、差旅费、公务接待费等日常开支。");
        paper.line("四、财政拨款“三公”经费预算情况及增减变化原因");
        let (car, guests) = (self.economic[&30231], self.economic[&30217]);
        paper.put(&format!("{YEAR}年，{own}财政拨款“三公”经费预算安排")).sum(car + guests, Kind::Said, 16);
        paper.put("万元，其中：因公出国（境）费0.00万元；公务用车购置及运维费").sum(car, Kind::Said, 16);
        paper.put("万元（其中：公务用车购置费0.00万元，公务用车运维费").sum(car, Kind::Sum, 17);
        paper.put("万元）；公务接待费").sum(guests, Kind::Said, 16).put(&format!("万元。与{}年相比", YEAR - 1));
        changed(paper, cars + reception);
        paper.put("。公务用车运维费");
        changed(paper, cars);
        paper.put("，主要是压减车辆维修支出；公务接待费");
        changed(paper, reception);
        paper.line("，主要是压缩接待开支。");
    }

    fn buying(&self, paper: &mut Paper) {
        let own = &self.office.own;
        let of = |goods: bool| {
            let own = self.purchases.iter().filter(|own| own.goods.code.starts_with('A') == goods);
            own.map(super::body::Purchase::amount).sum::<i64>()
        };
        let (goods, services) = (of(true), of(false));
        let all = goods + services;
        paper.line("八、政府采购预算情况");
        paper.put(&format!("{YEAR}年，{own}安排政府采购预算")).sum(all, Kind::Said, 20).put("万元，其中：货物类");
        paper.sum(goods, Kind::Said, 20).put("万元、工程类0.00万元、服务类").sum(services, Kind::Said, 20);
        paper.line("万元。具体内容见下表。");
        let body = format!("{}{}", self.code, self.name);
        paper.table("部门政府采购预算", &[&body, "单位：万元"], PURCHASES);
        let small = self.purchases.iter().filter(|own| own.small).map(super::body::Purchase::amount).sum();
        let mut row = vec![Cell::words("合  计")];
        row.extend((0..6).map(|_| Cell::none()));
        row.extend([Cell::amount(all, Kind::Sum, 0), Cell::amount(all, Kind::Sum, 0)]);
        row.extend((0..5).map(|_| Cell::none()));
        row.push(Cell::amount(small, Kind::Sum, 0));
        paper.row(&row);
        for (number, line) in self.purchases.iter().enumerate() {
            let about = 100 + number as u64;
            let (name, budget) = match line.project.map(|number| &self.projects[number]) {
                Some(project) => (project.name.as_str(), project.amount),
                None if line.goods.code.starts_with('A') => ("公用经费一", self.economic[&30201]),
                None => ("公用经费二", self.economic[&30231]),
            };
            let (goods, amount) = (line.goods, line.amount());
            let mut row = vec![Cell::words(name), Cell::amount(budget, Kind::Sum, 0)];
            row.extend([&goods.name, &goods.code, &goods.unit].map(Cell::words));
            row.extend([Cell::words(line.count.to_string()), Cell::amount(line.price, Kind::Sum, about)]);
            row.extend([(); 2].map(|()| Cell::amount(amount, Kind::Purchase, about)));
            row.extend((0..5).map(|_| Cell::none()));
            row.push(Cell::amount(if line.small { amount } else { 0 }, Kind::Sum, about));
            paper.row(&row);
        }
        paper.end();
        paper.line("注：同一目录序号的物品因规格不同单价可以不同，涉密采购按有关规定办理。");
    }

    fn owning(&self, paper: &mut Paper) {
        let (name, assets) = (&self.name, &self.assets);
        let fixed: i64 = self.purchases.iter().filter(|own| own.goods.fixed).map(super::body::Purchase::amount).sum();
        paper.line("九、国有资产信息");
        paper.put(&format!("{name}上年末固定资产金额为")).sum(assets.value(), Kind::Said, 30);
        if fixed > 0 {
            paper.put("万元（详见下表）。本年度拟购置固定资产总额为").sum(fixed, Kind::Sum, 31);
            paper.line("万元，已列入政府采购预算。");
        } else {
            paper.line("万元（详见下表）。本年度不安排固定资产购置。");
        }
        let body = format!("{}{name}", self.code);
        paper.table("部门固定资产占用情况表", &[&body, &format!("截止时间：{}-12-31", YEAR - 1)], ASSETS);
        let rows = [
            ("资产总额", None, assets.value(), Kind::Sum),
            ("1、房屋（平方米）", Some(assets.houses[0]), assets.house_values[0], Kind::Asset),
            ("　　其中：办公用房（平方米）", Some(assets.houses[1]), assets.house_values[1], Kind::Sum),
            ("2、车辆（台、辆）", Some(assets.cars.0), assets.cars.1, Kind::Asset),
            ("3、单价在20万元以上的设备", None, 0, Kind::Sum),
            ("4、其他固定资产", Some(assets.others.0), assets.others.1, Kind::Asset),
        ];
        for (name, count, value, kind) in rows {
            let count = count.map(|count| count.to_string()).unwrap_or_default();
            paper.row(&[Cell::words(name), Cell::words(count), Cell::amount(value, kind, 32)]);
        }
        paper.end();
    }
}

/// 增加 or 减少, with its amount.
fn changed(paper: &mut Paper, amount: i64) {
    paper.put(if amount < 0 { "减少" } else { "增加" }).sum(amount.abs(), Kind::Sum, 40).put("万元");
}

/// The sheet of a project.
fn sheet(paper: &mut Paper, number: usize, project: &Project) {
    let about = PROJECT + number as u64;
    let (counted, count, unit) = project.counted;
    let amount = |kind| Cell::amount(project.amount, kind, about);
    paper.table(
        &format!("{}、{}绩效目标表", number + 1, project.name),
        &["单位：万元"],
        Head { cells: &[], rows: &[] },
    );
    let words = |words: &[&str]| words.iter().map(|words| Cell::words(*words)).collect::<Vec<_>>();
    paper.row(&words(&["项目编码", &project.code, "项目名称", &project.name]));
    let mut funds = words(&["预算规模及资金用途", "预算数"]);
    funds.extend([amount(Kind::Sum), Cell::words("其中：财政    资金"), amount(Kind::Sheet)]);
    funds.extend(words(&["其他资金", " "]));
    paper.row(&funds);
    paper.row(&words(&["", project.goal]));
    paper.row(&words(&["资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"]));
    paper.row(&words(&["", "25%", "50%", "75%", "100%"]));
    paper.row(&words(&["绩效目标", &format!("1.{counted}{count}{unit}。")]));
    paper.end();
    let limit = printed(project.amount);
    let limit = format!("≤{}万元", limit.trim_end_matches('0').trim_end_matches('.'));
    let year = format!("{YEAR}年工作计划");
    paper.row(&words(&["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"]));
    let lines: [[&str; 5]; 6] = [
        ["产出指标", "数量指标", counted, "年度内实际完成的数量", &format!("≥{count}{unit}")],
        ["", "质量指标", "工作合格率", "达到要求的数量占全部数量的比例", "≥98%"],
        ["", "时效指标", "工作完成时间", "实际完成的时间", "不晚于11月底"],
        ["", "成本指标", "项目支出", "实际发生的支出", &limit],
        ["效益指标", "社会效益指标", "工作影响", "与上年情况比较", "较上年提高"],
        ["满意度指标", "服务对象满意度指标", "服务对象满意度", "回收问卷中表示满意的比例", "≥95%"],
    ];
    for line in lines {
        let mut row = words(&line);
        row.push(Cell::words(&year));
        paper.row(&row);
    }
    paper.end();
}
