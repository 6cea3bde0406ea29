//! The figures of one body's budget, all of which agree. Amounts are in hundredths of 万元.

use std::collections::BTreeMap;

use super::dice::Dice;
use super::office::{Goods, OFFICES, Office};

/// The year of the budgets.
pub const YEAR: i64 = 2025;

/// A body and its budget.
#[derive(Debug)]
pub struct Body {
    /// Its number among the bodies of the budget: three digits.
    pub code: usize,
    /// Its name with the place.
    pub name: String,
    /// What kind of body it is.
    pub office: &'static Office,
    /// Basic expenditure by functional 项.
    pub basic: BTreeMap<u64, i64>,
    /// Basic expenditure by economic 款.
    pub economic: BTreeMap<u64, i64>,
    /// Its projects.
    pub projects: Vec<Project>,
    /// What it buys.
    pub purchases: Vec<Purchase>,
    /// Its assets.
    pub assets: Assets,
    /// Changes against last year's budget: basic, projects, cars, reception.
    pub change: [i64; 4],
}

/// A project.
#[derive(Debug)]
pub struct Project {
    /// The functional 项.
    pub subject: u64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What is counted, how many, in which unit.
    pub counted: (&'static str, i64, &'static str),
    /// Its goal.
    pub goal: &'static str,
    /// Its amount.
    pub amount: i64,
    /// It is paid from land revenue.
    pub fund: bool,
}

/// A line of procurement.
#[derive(Debug)]
pub struct Purchase {
    /// The project that pays, by number; none for public funds.
    pub project: Option<usize>,
    /// What is bought.
    pub goods: &'static Goods,
    /// How many.
    pub count: i64,
    /// Price of one.
    pub price: i64,
    /// It is reserved for small enterprises.
    pub small: bool,
}

impl Purchase {
    /// Its amount.
    pub fn amount(&self) -> i64 {
        self.count * self.price
    }
}

/// Assets at the end of the year before.
#[derive(Debug)]
pub struct Assets {
    /// 平方米 of houses, of these offices, and their values.
    pub houses: [i64; 2],
    /// Values of houses, of these offices.
    pub house_values: [i64; 2],
    /// How many cars, and their value.
    pub cars: (i64, i64),
    /// Other assets: how many, and their value.
    pub others: (i64, i64),
}

impl Assets {
    /// Their value.
    pub fn value(&self) -> i64 {
        self.house_values[0] + self.cars.1 + self.others.1
    }
}

impl Body {
    /// The body of this number with so many projects and lines of procurement.
    pub fn new(number: usize, projects: usize, dice: &mut Dice) -> Self {
        let all = &*OFFICES;
        let (office, place) = (number % all.office.len(), number / all.office.len());
        let office = &all.office[office];
        let (first, second) = (place % all.places.len(), place / all.places.len());
        let rank = &all.ranks[place % all.ranks.len()];
        let place = format!("{}{}{rank}", all.places[first], all.features[second % all.features.len()]);
        let code = 301 + number % 690;
        let (economic, basic) = basic(office, dice);
        let projects: Vec<Project> = (0..projects).map(|own| project(office, code, own, dice)).collect();
        let purchases = purchases(&projects, economic[&30201], economic[&30231], dice);
        let (houses, cars) = (dice.between(600, 4200), dice.between(1, 6));
        let offices = houses * dice.between(40, 80) / 100;
        let assets = Assets {
            houses: [houses, offices],
            house_values: [houses * 17 + dice.between(1, 99), offices * 17],
            cars: (cars, cars * dice.between(900, 1900)),
            others: (dice.between(90, 700), dice.between(3000, 30000)),
        };
        let change = [
            dice.between(100, 3000),
            dice.between(-2000, 4000),
            -dice.between(5, 60).min(economic[&30231] / 2),
            -dice.between(1, 9).min(economic[&30217] / 2),
        ];
        Self {
            code,
            name: format!("{place}{}", office.name),
            office,
            basic,
            economic,
            projects,
            purchases,
            assets,
            change,
        }
    }

    /// Expenditure by functional 项: basic, projects. Of the general budget, of land revenue, or of both.
    pub fn by_function(&self, general: bool, fund: bool) -> BTreeMap<u64, [i64; 2]> {
        let mut all: BTreeMap<u64, [i64; 2]> = BTreeMap::new();
        if general {
            self.basic.iter().for_each(|(code, amount)| all.entry(*code).or_default()[0] += amount);
        }
        for project in self.projects.iter().filter(|own| if own.fund { fund } else { general }) {
            all.entry(project.subject).or_default()[1] += project.amount;
        }
        all
    }

    /// Basic expenditure on staff and on running costs.
    pub fn staff_and_running(&self) -> (i64, i64) {
        let running = self.economic.range(30200..30300).map(|(_, amount)| amount).sum();
        (self.economic.values().sum::<i64>() - running, running)
    }

    /// Expenditure on projects from the general budget and from land revenue.
    pub fn project_sums(&self) -> (i64, i64) {
        let of = |fund: bool| self.projects.iter().filter(|own| own.fund == fund).map(|own| own.amount).sum();
        (of(false), of(true))
    }
}

fn basic(office: &Office, dice: &mut Dice) -> (BTreeMap<u64, i64>, BTreeMap<u64, i64>) {
    let people = dice.between(9, 80);
    let wage = people * dice.between(330, 420);
    let pension = wage * 24 / 100 + dice.between(1, 9);
    let health = wage * 11 / 100 + dice.between(1, 9);
    let mut economic = BTreeMap::from([
        (30101, wage),
        (30102, wage * dice.between(45, 65) / 100),
        (30103, wage / 12 + dice.between(1, 9)),
        (30108, pension),
        (30110, health),
        (30112, health / 13),
        (30113, wage * 19 / 100 + dice.between(1, 9)),
        (30201, people * dice.between(18, 34)),
        (30202, dice.between(90, 240)),
        (30207, dice.between(110, 320)),
        (30211, people * dice.between(9, 16)),
        (30217, dice.between(20, 90)),
        (30228, wage * 3 / 100),
        (30229, wage * 2 / 100 + 3),
        (30231, dice.between(1, 4) * dice.between(240, 260)),
        (30239, people * dice.between(20, 26)),
        (30302, people * dice.between(20, 60)),
    ]);
    for (code, amount) in [
        (30107, wage / 3),
        (30109, pension / 2),
        (30111, health / 3),
        (30205, dice.between(30, 120)),
        (30206, dice.between(120, 480)),
        (30208, dice.between(200, 700)),
        (30213, dice.between(80, 300)),
        (30215, dice.between(30, 160)),
    ] {
        if dice.chance(55) {
            economic.insert(code, amount);
        }
    }
    let mut basic: BTreeMap<u64, i64> = BTreeMap::new();
    for (code, amount) in &economic {
        let function = match code {
            30108 => 2_080_505,
            30109 => 2_080_506,
            30110 => 2_101_101,
            30111 => 2_101_103,
            30113 => 2_210_201,
            30302 => 2_080_501,
            _ => office.run,
        };
        *basic.entry(function).or_default() += amount;
    }
    (economic, basic)
}

fn project(office: &'static Office, body: usize, number: usize, dice: &mut Dice) -> Project {
    let fund = office.fund.as_ref().filter(|_| number == 1);
    // The second one is the fund's, where there is one.
    let among = number - usize::from(office.fund.is_some() && number > 1);
    let round = among / office.projects.len();
    let plan = fund.unwrap_or(&office.projects[among % office.projects.len()]);
    let quarter = &OFFICES.quarters[round % OFFICES.quarters.len()];
    let again = if round < OFFICES.quarters.len() { String::new() } else { format!("第{}期", chinese(round)) };
    let letter = char::from(b"ABCDEFGHJKLMNPQRSTUVWXYZ"[dice.below(24)]);
    let code = format!("{body}0725P{:05}{:06}{letter}", dice.between(0, 99_999), number);
    let counted = (plan.2.as_str(), dice.between(2, 480), plan.3.as_str());
    let name = format!("{quarter}{}{again}", plan.1);
    let amount = dice.between(120, 2600) * if dice.chance(70) { 10 } else { 1 };
    Project { subject: plan.0, code, name, counted, goal: &plan.4, amount, fund: fund.is_some() }
}

fn purchases(projects: &[Project], office: i64, cars: i64, dice: &mut Dice) -> Vec<Purchase> {
    let goods = &OFFICES.goods;
    let mut all = Vec::new();
    // Public funds: paper and service of the cars. Projects: one line of many of them.
    for (number, ceiling) in [(6, office), (7, cars), (8, cars / 2)] {
        let own = &goods[number];
        let price = dice.between(own.price[0], own.price[1]).min(ceiling / 2).max(1);
        let count = if number == 6 { dice.between(5, 60).min(ceiling / price) } else { 1 };
        all.push(Purchase { project: None, goods: own, count, price, small: dice.chance(60) });
    }
    for (number, project) in projects.iter().enumerate().filter(|(_, own)| !own.fund) {
        let own = &goods[[0, 1, 2, 3, 4, 5, 9, 10][dice.below(8)]];
        let price = dice.between(own.price[0], own.price[1]);
        let most = (project.amount / 3 / price).min(12);
        if most >= 1 && dice.chance(75) {
            let count = if own.fixed { dice.between(1, most) } else { 1 };
            all.push(Purchase { project: Some(number), goods: own, count, price, small: dice.chance(60) });
        }
    }
    all
}

/// A number below a hundred in Chinese.
pub fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, 0) => "零".to_owned(),
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens, ones) => format!("{}十{}", DIGITS[tens % 10], DIGITS[ones]),
    }
}
