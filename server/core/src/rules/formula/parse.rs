//! The parser of the formula language.

use rust_decimal::Decimal;

use crate::catalog::Unit;

use super::{Comparison, Condition, Factor, Formula, Mistake, Op, Reference, Relative, Scope, Term};

/// Parses a formula.
pub fn parse(text: &str) -> Result<Formula, Mistake> {
    // Each part is parsed by itself; its mistakes are placed in the whole.
    let within = |part: &str, mistake: Mistake| {
        let before = part.as_ptr().addr() - text.as_ptr().addr();
        Mistake { at: mistake.at + text[..before].chars().count(), ..mistake }
    };
    let condition = |part| condition(part).map_err(|mistake| within(part, mistake));
    let (body, conditions) = match text.split_once(" 当 ") {
        Some((body, rest)) => (body, rest.split(" 且 ").map(condition).collect::<Result<_, _>>()?),
        None => (text, Vec::new()),
    };
    let (scope, body) = match body.find([':', '：']).filter(|_| body.trim_start().starts_with('每')) {
        Some(at) => {
            let mark = body[at..].chars().next().map_or(1, char::len_utf8);
            (scope(body[..at].trim())?, &body[at + mark..])
        }
        None => (Scope::Once, body),
    };
    let comparison = comparison(body).map_err(|mistake| within(body, mistake))?;
    Ok(Formula { scope, comparison, conditions })
}

fn scope(text: &str) -> Result<Scope, Mistake> {
    let fail = || Mistake {
        what: format!("不认识的范围“{text}”，应为 每行、每列、每格、每个科目 或 每个量"), at: 0
    };
    let (word, table) = text.split_once(char::is_whitespace).ok_or_else(fail)?;
    let table = table.trim();
    match word {
        "每行" => Ok(match table.split_once('[') {
            Some((table, set)) => Scope::Row(table.to_owned(), Some(set.trim_end_matches(']').to_owned())),
            None => Scope::Row(table.to_owned(), None),
        }),
        "每列" => Ok(Scope::Column(table.to_owned())),
        "每格" => Ok(Scope::Cell(table.to_owned())),
        "每个科目" => Ok(Scope::Subject(table.to_owned())),
        "每个量" => Ok(Scope::Measure),
        _ => Err(fail()),
    }
}

fn condition(text: &str) -> Result<Condition, Mistake> {
    let text = text.trim_end();
    let (lead, text) = (text, text.trim_start());
    if let Some(table) = text.strip_prefix("有 ") {
        return Ok(Condition::Present(table.trim().to_owned()));
    }
    if let Some(table) = text.strip_prefix("空 ") {
        return Ok(Condition::Empty(table.trim().to_owned()));
    }
    if let Some(measure) = text.strip_prefix("无 说明.") {
        return Ok(Condition::Unsaid(measure.trim().to_owned()));
    }
    if let Some(table) = text.strip_prefix("无 ") {
        return Ok(Condition::Absent(table.trim().to_owned()));
    }
    comparison(lead).map(Condition::Holds)
}

fn comparison(text: &str) -> Result<Comparison, Mistake> {
    let mut parser = Parser { chars: text.chars().collect(), at: 0 };
    let left = parser.side()?;
    parser.space();
    let op = parser.next().ok_or_else(|| parser.mistake("缺少 =、≤ 或 ≥"))?;
    let right = parser.side()?;
    parser.space();
    if parser.at < parser.chars.len() {
        return Err(parser.mistake("多出来的文字"));
    }
    match op {
        '=' | '＝' => Ok(Comparison { left, op: Op::Equal, right }),
        '≤' => Ok(Comparison { left, op: Op::AtMost, right }),
        '≥' => Ok(Comparison { left: right, op: Op::AtMost, right: left }),
        _ => Err(parser.mistake("应为 =、≤ 或 ≥")),
    }
}

/// No constant of a formula is as large: sums of it with any amounts that are printed stay within a decimal.
const LARGEST: u64 = 1_000_000_000_000;

struct Parser {
    chars: Vec<char>,
    at: usize,
}

impl Parser {
    fn mistake(&self, what: &str) -> Mistake {
        Mistake { what: what.to_owned(), at: self.at.min(self.chars.len()) }
    }

    fn space(&mut self) {
        while self.chars.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn side(&mut self) -> Result<Vec<Term>, Mistake> {
        let mut terms = Vec::new();
        let mut sign = 1;
        loop {
            self.space();
            if terms.is_empty() && matches!(self.peek(), Some('-' | '−')) {
                self.at += 1;
                sign = -1;
            }
            terms.push(self.term(sign)?);
            self.space();
            sign = match self.peek() {
                Some('+' | '＋') => 1,
                Some('-' | '−' | '－') => -1,
                _ => return Ok(terms),
            };
            self.at += 1;
        }
    }

    fn term(&mut self, sign: i8) -> Result<Term, Mistake> {
        let mut factors = vec![self.factor()?];
        loop {
            self.space();
            if !matches!(self.peek(), Some('×' | '*')) {
                return Ok(Term { sign, factors });
            }
            self.at += 1;
            factors.push(self.factor()?);
        }
    }

    /// How many 元 the unit behind a number is; 1 where there is none.
    fn unit(&mut self) -> Decimal {
        for unit in [Unit::TenThousand, Unit::HundredMillion, Unit::Yuan] {
            if self.chars[self.at..].iter().copied().take(2).collect::<String>().starts_with(unit.word()) {
                self.at += unit.word().chars().count();
                return unit.yuan();
            }
        }
        Decimal::ONE
    }

    fn factor(&mut self) -> Result<Factor, Mistake> {
        self.space();
        let sum = self.peek() == Some('Σ');
        if sum {
            self.at += 1;
            self.space();
        } else if self.peek().is_some_and(|c| c.is_ascii_digit()) {
            let start = self.at;
            while self.peek().is_some_and(|c| c.is_ascii_digit() || c == '.') {
                self.at += 1;
            }
            let text: String = self.chars[start..self.at].iter().collect();
            let number: Decimal = text.parse().map_err(|_| self.mistake("数字写法不对"))?;
            if number >= Decimal::from(LARGEST) {
                return Err(self.mistake("数字太大"));
            }
            return Ok(Factor::Number(number * self.unit()));
        }
        let mut reference = Reference { of: None, table: None, row: None, name: None, optional: false, sum };
        let mut first = self.word();
        if self.peek() == Some('.')
            && let Some(of) = Relative::ALL.into_iter().find(|of| of.word() == first)
        {
            self.at += 1;
            reference.of = Some(of);
            first = self.word();
        }
        if self.peek() == Some('[') {
            self.at += 1;
            let start = self.at;
            while self.peek().is_some_and(|c| c != ']') {
                self.at += 1;
            }
            if self.peek().is_none() {
                return Err(self.mistake("缺少 ]"));
            }
            reference.row = Some(self.chars[start..self.at].iter().collect());
            self.at += 1;
            reference.table = Some(first).filter(|word| !word.is_empty());
            if self.peek() == Some('.') {
                self.at += 1;
                reference.name = Some(self.word()).filter(|word| !word.is_empty());
            }
        } else if self.peek() == Some('.') {
            self.at += 1;
            let mut rest = self.word();
            while self.peek() == Some('.') {
                self.at += 1;
                rest = format!("{rest}.{}", self.word());
            }
            reference.table = Some(first);
            reference.name = Some(rest);
        } else if first.is_empty() {
            return Err(self.mistake("这里应有一个名称"));
        } else {
            reference.name = Some(first);
        }
        if self.peek() == Some('?') || self.peek() == Some('？') {
            self.at += 1;
            reference.optional = true;
        }
        Ok(Factor::Reference(reference))
    }

    fn word(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(|c| {
            !c.is_whitespace()
                && !matches!(
                    c,
                    '[' | ']'
                        | '.'
                        | '='
                        | '≤'
                        | '≥'
                        | '+'
                        | '-'
                        | '×'
                        | '*'
                        | '?'
                        | '？'
                        | '−'
                        | '＋'
                        | '－'
                        | '＝'
                        | ':'
                        | '：'
                )
        }) {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_reads_as_it_is_written() {
        let formula =
            parse("每行 支出总表[类]: 合计 = 收支总表[同科目].预算数 + 经营支出? 当 空 政府采购表 且 合计 ≥ 0.01")
                .expect("a formula");
        assert_eq!(formula.scope, Scope::Row("支出总表".into(), Some("类".into())));
        assert_eq!(formula.comparison.right.len(), 2);
        assert_eq!(formula.conditions.len(), 2);
        let Factor::Reference(last) = &formula.comparison.right[1].factors[0] else { panic!("a reference") };
        assert!(last.optional);
        let sum = parse("Σ 说明.项目支出.分项 ≤ 说明.项目支出").expect("a formula");
        assert_eq!(sum.comparison.op, Op::AtMost);
    }

    #[test]
    fn other_disclosures_are_named_before_the_table() {
        let formula = parse("说明.三公经费.上年 = 上年.三公经费表[三公经费小计].合计 当 无 说明.收支安排.上年")
            .expect("a formula");
        assert_eq!(formula.conditions, [Condition::Unsaid("收支安排.上年".into())]);
        let own: Vec<_> = formula.references().map(|one| (one.of, one.table.as_deref(), one.name.as_deref())).collect();
        assert_eq!(
            own,
            [(None, Some("说明"), Some("三公经费.上年")), (Some(Relative::LastYear), Some("三公经费表"), Some("合计"))]
        );
        let sum = parse("收支总表[收入总计].预算数 = Σ 所属单位.收支总表[收入总计].预算数").expect("a formula");
        assert!(sum.references().nth(1).is_some_and(|one| one.sum && one.of == Some(Relative::Units)));
        let told = parse("说明.机关运行经费.上年 = 上年.说明.机关运行经费").expect("a formula");
        assert!(told.references().nth(1).is_some_and(|one| one.table.as_deref() == Some("说明")));
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        assert!(parse("合计 基本支出").is_err());
        assert!(parse("每天 支出总表: 合计 = 1").is_err_and(|m| m.what.contains("每天")));
        assert!(parse("收支总表[收入总计.预算数 = 1").is_err_and(|m| m.what.contains(']')));
    }
}
