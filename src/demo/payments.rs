//! What has been paid of an agreement, and what it promises: computed as the program itself computes it.

use chrono::Days;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value, json};

use super::agreement::{date, has_come};
use super::budget::Commitments;
use super::case::AS_OF;
use crate::agreement::Agreement;
use crate::money::Money;
use crate::payouts;
use crate::register::{Entry, Register};

/// An agreement of the demo as the program reads it. Nothing where a fault keeps it from being read.
pub(super) fn read(agreement: &Value) -> Option<Entry<Agreement>> {
    let data = serde_json::from_value(agreement.clone()).ok()?;
    Some(Entry { file: "agreements/demo.toml".into(), data })
}

/// A payment for each payout of the municipality that has fallen due. `style` decides how it names its payout.
pub(super) fn payments(shared: &Register, entry: &Entry<Agreement>, style: usize) -> Map<String, Value> {
    let statement = payouts::statement(shared, entry, AS_OF);
    let mut payments = Map::new();
    let own = statement.payouts.iter().filter(|payout| payout.payer == "kommun");
    for (number, payout) in own.enumerate() {
        let Some(due) = payout.due.or(payout.when.last_day()).filter(|due| has_come(*due)) else { continue };
        let Some(to_pay) = payout.to_pay else { continue };
        // Of a ceiling, not all is used.
        let amount =
            if payout.ceiling { to_pay.checked_part(23, 25).unwrap_or(to_pay).rounded() } else { to_pay };
        let day = due - Days::new(3);
        let mut payment = json!({
            "date": date(day), "amount": written(amount), "voucher": format!("V{}-{:05}", day.format("%y%m"), 100 + number),
        });
        match style % 3 {
            0 => payment["payout"] = payout.id.clone().into(),
            1 => payment["funding"] = payout.funding.into(),
            _ => {
                payment["funding"] = payout.funding.into();
                payment["period"] =
                    json!({ "start": date(payout.covers.start), "end": date(payout.covers.end) });
            }
        }
        payments.insert(payout.id.replace('#', "-"), payment);
    }
    payments
}

/// Whole kronor as a number, others as text with a decimal comma.
fn written(amount: Money) -> Value {
    let number = amount.decimal().normalize();
    match number.to_i64().filter(|whole| Decimal::from(*whole) == number) {
        Some(whole) => whole.into(),
        None => format!("{number:.2}").replace('.', ",").into(),
    }
}

/// What the agreement promises of each budget line and year, with its adjustments.
pub(super) fn commitments(shared: &Register, entry: &Entry<Agreement>) -> Commitments {
    let mut sums = Commitments::default();
    for component in payouts::components(shared, entry, None, AS_OF) {
        let line = entry.data.funding.get(component.key).and_then(|funding| funding.budget_line.clone());
        let Some(line) = line else { continue };
        for (year, amount) in component.years.iter().filter_map(|year| Some((year.year, year.payable?))) {
            sums.add(line.clone(), year, amount);
        }
    }
    sums
}
