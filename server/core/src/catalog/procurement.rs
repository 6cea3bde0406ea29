//! Procurement items (政府采购品目): the 2013 and the 2022 edition, and which purchases become fixed assets.
//!
//! Both lists are working subsets. A code that is not listed proves nothing, and documents write item names in their
//! own words (其他办公耗材), so a name is never judged here.

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use super::subjects::{normal_name, rows};
use crate::hash::Map;

/// Which published catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// Codes grow by two digits a level: `A02`, `A0201`, … `A0201060102`.
    E2013,
    /// Codes always have eight digits, filled with noughts: `A02000000`.
    E2022,
}

/// What is bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 货物
    Goods,
    /// 工程
    Works,
    /// 服务
    Services,
}

/// One code of one edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// A letter and digits.
    pub code: &'static str,
    /// As published.
    pub name: &'static str,
    /// The edition it stands in.
    pub edition: Edition,
    /// Code of the item above, in the same edition.
    pub parent: Option<&'static str>,
    /// The pair was seen in a real document, not only recalled.
    pub seen: bool,
}

/// The code in the editions that list it; `A02010104` is a computer in one and a server in the other.
pub fn by_code(code: &str) -> &'static [Item] {
    let items = items();
    let code = code.trim();
    let start = items.partition_point(|item| item.code < code);
    let len = items[start..].partition_point(|item| item.code == code);
    &items[start..start + len]
}

/// Every item of that name, in either edition.
pub fn by_name(name: &str) -> impl Iterator<Item = &'static Item> {
    static NAMES: LazyLock<Map<Cow<str>, Vec<&Item>>> = LazyLock::new(|| {
        let mut names: Map<Cow<str>, Vec<&Item>> = Map::default();
        items().iter().for_each(|item| names.entry(normal_name(item.name)).or_default().push(item));
        names
    });
    NAMES.get(&normal_name(name)).into_iter().flatten().copied()
}

/// Goods, works or services; `None` where the text is no code at all.
pub fn kind(code: &str) -> Option<Kind> {
    let code = code.trim();
    let (letter, digits) = code.split_at_checked(1)?;
    if digits.len() > 10 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match letter {
        "A" => Some(Kind::Goods),
        "B" => Some(Kind::Works),
        "C" => Some(Kind::Services),
        _ => None,
    }
}

/// Whether goods of this class are booked as fixed assets, by class alone (price floors are not seen here); `None`
/// where the class is mixed, the editions disagree or nothing certain is known.
pub fn is_fixed_asset(code: &str) -> Option<bool> {
    let code = code.trim();
    match kind(code)? {
        // Construction and services are spent or built, not bought as assets: 拟购置固定资产 never counts them.
        Kind::Works | Kind::Services => return Some(false),
        Kind::Goods => {}
    }
    match edition(code) {
        Some(edition) => fixed_in(edition, code),
        None => {
            let old = fixed_in(Edition::E2013, code)?;
            (fixed_in(Edition::E2022, code)? == old).then_some(old)
        }
    }
}

/// The edition a code of goods must belong to, `None` where it can be of either.
fn edition(code: &str) -> Option<Edition> {
    match by_code(code) {
        [only] => return Some(only.edition),
        [] => {}
        _ => return None,
    }
    if code.len() != 9 {
        return Some(Edition::E2013);
    }
    // The old edition never fills up with noughts, and its 图书和档案 has no eight-digit codes that are bought in
    // practice: an unlisted A05xxxxxx is furniture or stationery of the new one.
    (code.ends_with("00") || code.starts_with("A05")).then_some(Edition::E2022)
}

/// Classes of goods by prefix; the longest that fits decides, and `None` is "cannot be said".
type Classes = &'static [(&'static str, Option<bool>)];

const CLASSES_2013: Classes = &[
    ("A01", Some(true)),
    // 土地: a right of use is an intangible asset, land on the books a fixed one.
    ("A0101", None),
    ("A02", Some(true)),
    // 计算机软件: an intangible asset unless the machine cannot do without it; A020109 is spare parts.
    ("A020108", None),
    ("A020109", None),
    ("A03", Some(true)),
    // 殡葬设备及用品 mixes equipment with supplies.
    ("A0329", None),
    ("A04", Some(true)),
    ("A05", Some(true)),
    // 家具: beds to screens (A0601–A0607) are furniture, what follows is basins, taps and tableware.
    ("A06", Some(true)),
    ("A0608", None),
    ("A0609", None),
    ("A061", None),
    // Materials and supplies; 被服装具 were fixed assets once and are an expense (30224) now.
    ("A07", Some(false)),
    ("A0703", None),
    ("A08", Some(false)),
    ("A09", Some(false)),
    // 建材, 医药品, 农产品, 矿物 … and A19 无形资产.
    ("A1", Some(false)),
];

const CLASSES_2022: Classes = &[
    ("A01", Some(true)),
    ("A02", Some(true)),
    // 信息化设备零部件: spare parts.
    ("A020107", None),
    // 演出服饰 stands under 设备 and is clothing.
    ("A024502", None),
    // 文物和陈列品, 图书和档案.
    ("A03", Some(true)),
    ("A04", Some(true)),
    // 家具和用具 as a whole holds the 办公用品 below it.
    ("A05", None),
    ("A0501", Some(true)),
    ("A0502", Some(true)),
    ("A0503", Some(true)),
    // 被服: as A0703 of 2013.
    ("A050303", None),
    // 办公用品: 复印纸, 鼓粉盒 are used up.
    ("A0504", Some(false)),
    // 特种动植物 are the sixth class of fixed assets.
    ("A06", Some(true)),
    // 物资; 无形资产 (software) are assets, but not fixed ones.
    ("A07", Some(false)),
    ("A08", Some(false)),
];

fn fixed_in(edition: Edition, code: &str) -> Option<bool> {
    let classes = match edition {
        Edition::E2013 => CLASSES_2013,
        Edition::E2022 => CLASSES_2022,
    };
    let fitting = classes.iter().filter(|(prefix, _)| code.starts_with(prefix));
    fitting.max_by_key(|(prefix, _)| prefix.len())?.1
}

fn items() -> &'static [Item] {
    static ITEMS: OnceLock<Vec<Item>> = OnceLock::new();
    ITEMS.get_or_init(|| {
        let csv = include_str!("../../data/procurement.csv");
        let mut items: Vec<_> = rows::fields(csv).filter_map(parse).collect();
        items.sort_by_key(|item| (item.code, item.edition));
        items
    })
}

fn parse([code, name, edition, parent, _, _, seen]: [&'static str; rows::FIELDS]) -> Option<Item> {
    Some(Item {
        code,
        name,
        edition: match edition {
            "2013" => Edition::E2013,
            "2022" => Edition::E2022,
            _ => return None,
        },
        parent: (!parent.is_empty()).then_some(parent),
        seen: seen == "yes",
    })
}

#[cfg(test)]
mod tests;
