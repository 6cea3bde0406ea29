//! UF02: a contradiction that a slip of the unit explains: the same digits, 万元 for 元 or 元 for 万元.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::judge::Judgement;
use crate::catalog::Unit;
use crate::finding::{Message, Severity};
use crate::reading::{Figure, FigureId};
use crate::rules::Relation;
use crate::rules::note::{Note, NotePlace};
use crate::text::Span;

/// What a judgement becomes where the figure at fault has the digits of its copy and another unit. `unit_behind` is
/// where the unit of a figure is printed.
pub fn recognise<'a>(
    page: usize,
    judgement: &Judgement,
    relations: &[Arc<Relation>],
    find: &dyn Fn(FigureId) -> &'a Figure,
    unit_behind: &dyn Fn(FigureId) -> Option<Span>,
) -> Option<Note> {
    let own = find(judgement.figure);
    let pair = judgement.explains.iter().find_map(|number| {
        let sides = &relations.get(*number)?.sides;
        let ([left], [right]) = (sides.left.as_slice(), sides.right.as_slice()) else { return None };
        let (left, right) = (left.figure?, right.figure?);
        let other = if left == judgement.figure { right } else { left };
        (left == judgement.figure || right == judgement.figure).then_some(other)
    })?;
    let copy = find(pair);
    let meant = meant(own, copy)?;
    let (printed, wanted) = (own.unit.word(), meant.word());
    let message = Message::new(
        format!(
            "{} {}{printed} 与 {} {}{} 数字相同，单位应为{wanted}",
            own.what,
            own.text,
            copy.what,
            copy.text,
            copy.unit.word()
        ),
        format!(
            "{}{printed} has the digits of {}{}: the unit should be {wanted}",
            own.text,
            copy.text,
            copy.unit.word()
        ),
    );
    let place =
        |id: FigureId, message: Message| NotePlace { section: id.section, span: find(id).span, chars: None, message };
    // In a cell the unit is that of the table: there a figure is wrong, not its unit.
    let unit = unit_behind(judgement.figure)?;
    let title = Message::new(format!("单位改为{wanted}"), format!("Change the unit to {wanted}"));
    Some(Note {
        page,
        // Whatever the relation by itself proves: that the digits are the same is no chance.
        severity: Severity::Error,
        at: place(judgement.figure, message),
        related: judgement.related.iter().map(|(id, message)| place(*id, message.clone())).collect(),
        certain: true,
        fixes: vec![(title, Some(unit), wanted.to_owned())],
        key: format!("{}/{}", own.what, own.column),
        explains: Vec::new(),
    })
}

/// The unit in which a figure would be its copy: another than its own, with the same digits.
fn meant(own: &Figure, copy: &Figure) -> Option<Unit> {
    let digits = own.amount.value.normalize().mantissa().unsigned_abs();
    // Round figures have few digits and are like many others.
    let telling = digits >= 100 && !own.value().is_zero();
    let wanted: Decimal = copy.value().abs();
    [Unit::Yuan, Unit::TenThousand, Unit::HundredMillion].into_iter().find(|unit| {
        telling && own.unit != Unit::Count && *unit != own.unit && own.amount.value.abs() * unit.yuan() == wanted
    })
}
