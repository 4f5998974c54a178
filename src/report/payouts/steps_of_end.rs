//! How the end of an agreement cuts a payout.

use super::step::{Step, exactly};
use crate::date::Period;
use crate::money::{Money, grouped_exactly};
use crate::payouts::{Doubt, Paid, Payout, fraction};

/// What the end of the agreement takes away of a payout.
pub(super) fn cut(payout: &Payout<'_>, steps: &mut Vec<Step>) {
    let last = payout.doubts.iter().find_map(|doubt| match doubt {
        Doubt::EndedEarly { last, .. } | Doubt::NotExtendedAfter { last, .. } => Some(*last),
        _ => None,
    });
    let Some(last) = last else { return };
    let back = Money::ZERO.checked_sub(payout.lapsed).unwrap_or_default();
    if payout.is_settled() {
        let what = format!("Bortfaller: avtalet slutar {last}, och det är betalt med mindre");
        return steps.push(Step::new(what, back.to_string(), payout.payments.last().map(Paid::place)));
    }
    if payout.has_lapsed() {
        let what = format!("Bortfaller: avtalet slutar {last}, före den tid som utbetalningen avser");
        return steps.push(Step::new(what, back.to_string(), None));
    }
    let whole = payout.due_sum();
    let days = Period { start: payout.covers.start, end: last };
    let ratio = if last < payout.covers.start {
        Some((0, 1))
    } else {
        fraction(payout.pace.weight(days), payout.pace.weight(payout.covers))
    };
    let (Some(whole), Some((own, all))) = (whole, ratio) else { return };
    let how = if payout.pace.is_uneven() { "efter vad tiden kostar" } else { "efter månader" };
    let what = format!("Till och med {last}, {how}: {} × {own} ÷ {all}", grouped_exactly(whole.decimal()));
    let Some(exact) = whole.checked_factor(own.into()).and_then(|part| part.checked_divided(all.into()))
    else {
        return;
    };
    steps.push(Step::new(what, exactly(exact), None));
    if payout.is_open_ceiling() {
        let to_pay = payout.to_pay.unwrap_or_default();
        if exact.rounded_to_ore() != to_pay {
            steps.push(Step::new("Dock högst det som är kvar av taket", to_pay.to_string(), None));
        }
        return;
    }
    let counted = whole.checked_sub(payout.lapsed).unwrap_or_default();
    if exact.rounded_to_ore() != counted {
        steps.push(Step::new("Dock minst det som är betalt", counted.to_string(), None));
    } else if exact != counted {
        steps.push(Step::new("Avrundat till öre", counted.to_string(), None));
    }
}
