//! Units of amounts.

use rust_decimal::Decimal;

/// What an amount is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Unit {
    /// 元
    Yuan,
    /// 万元
    #[default]
    TenThousand,
    /// 亿元
    HundredMillion,
    /// A number of things, or anything that is no money.
    Count,
    /// A percentage, or points of one.
    Percent,
}

impl Unit {
    /// How many 元 one of it is; 1 for what is no money.
    pub fn yuan(self) -> Decimal {
        match self {
            Unit::Yuan | Unit::Count | Unit::Percent => Decimal::ONE,
            Unit::TenThousand => Decimal::from(10_000),
            Unit::HundredMillion => Decimal::from(100_000_000),
        }
    }

    /// As printed; empty for a count.
    pub const fn word(self) -> &'static str {
        match self {
            Unit::Yuan => "元",
            Unit::TenThousand => "万元",
            Unit::HundredMillion => "亿元",
            Unit::Count => "",
            Unit::Percent => "%",
        }
    }

    /// Is it money?
    pub const fn is_money(self) -> bool {
        matches!(self, Unit::Yuan | Unit::TenThousand | Unit::HundredMillion)
    }

    /// The unit that a line states: 单位：万元, （单位：元）, 价值（金额单位：万元）.
    pub fn stated(line: &str) -> Option<Self> {
        let after = line.split_once("单位").map_or(line, |(_, rest)| rest);
        let after: String = after.chars().filter(|c| !c.is_whitespace()).collect();
        let after = after.trim_start_matches(['：', ':', '（', '(']);
        [
            ("万元", Unit::TenThousand),
            ("亿元", Unit::HundredMillion),
            ("人民币万元", Unit::TenThousand),
            ("元", Unit::Yuan),
        ]
        .into_iter()
        .find_map(|(word, unit)| after.starts_with(word).then_some(unit))
        .or_else(|| Self::bracketed(line))
    }

    /// The unit in the brackets of a header cell: 预算数（万元）.
    fn bracketed(line: &str) -> Option<Self> {
        let folded = super::name::fold(line);
        [("（万元）", Unit::TenThousand), ("（亿元）", Unit::HundredMillion), ("（元）", Unit::Yuan)]
            .into_iter()
            .find_map(|(word, unit)| folded.contains(word).then_some(unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_from_their_lines() {
        assert_eq!(Unit::stated("单位：万元"), Some(Unit::TenThousand));
        assert_eq!(Unit::stated("金额单位: 元"), Some(Unit::Yuan));
        assert_eq!(Unit::stated("价值（金额单位：万元）"), Some(Unit::TenThousand));
        assert_eq!(Unit::stated("预算数（万元）"), Some(Unit::TenThousand));
        assert_eq!(Unit::stated("单价(元)"), Some(Unit::Yuan));
        assert_eq!(Unit::stated("单位：某某局"), None);
    }
}
