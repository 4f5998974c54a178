//! What has been paid of an agreement, and what it promises: computed as the program itself computes it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value, json};

use super::budget::{Commitments, YEARS, is_net};
use super::days::{AS_OF, date, has_come};
use crate::agreement::{Agreement, PayoutMethod};
use crate::money::Money;
use crate::payouts;
use crate::register::{Entry, Register};
use crate::vocabulary::Known;

/// The name of the agreement in a register of its own.
const ID: &str = "demo";

/// A register with nothing but one agreement of the demo, as the program reads it, and what is shared. Nothing where a
/// fault keeps it from being read.
pub(super) fn alone(shared: &Register, agreement: &Value, records: Option<&Value>) -> Option<Register> {
    let mut register = Register::default();
    register.settings.clone_from(&shared.settings);
    register.indexes.clone_from(&shared.indexes);
    let data = serde_json::from_value(agreement.clone()).ok()?;
    register.agreements.insert(ID.to_owned(), Entry { file: "agreements/demo.toml".into(), data });
    if let Some(records) = records {
        let data = serde_json::from_value(records.clone()).ok()?;
        register.records.insert(ID.to_owned(), Entry { file: "records/demo.toml".into(), data });
    }
    Some(register)
}

/// What is put right between two payments, in kronor.
const MISTAKE: i64 = 1500;

/// What has come in and gone out of the municipality's payouts.
#[derive(Default)]
pub(super) struct Paid {
    pub(super) payments: Map<String, Value>,
    pub(super) invoices: Map<String, Value>,
}

/// A payment for each payout of the municipality that has fallen due, and an invoice where that is how it is paid. `style`
/// decides how a payment names its payout, and whether one was too small and the next made it good.
pub(super) fn paid(alone: &Register, style: usize) -> Paid {
    let mut paid = Paid::default();
    let payments = &mut paid.payments;
    let Some(entry) = alone.agreements.get(ID) else { return paid };
    let statement = payouts::statement(alone, entry, AS_OF);
    let own = statement.payouts.iter().filter(|payout| payout.payer == "kommun");
    let mut last: Option<(String, &payouts::Payout<'_>)> = None;
    let mut mistake = None;
    let mut latest: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    for (number, payout) in own.enumerate() {
        let Some(due) = payout.due.or(payout.when.last_day()) else { continue };
        let Some(to_pay) = payout.to_pay.filter(|to_pay| *to_pay != Money::ZERO) else { continue };
        // Of a ceiling, not all is used.
        let amount =
            if payout.ceiling { to_pay.checked_part(23, 25).unwrap_or(to_pay).rounded() } else { to_pay };
        let sent = due - Days::new(30);
        let plan = payout.origin.plan.and_then(|plan| entry.data.payout_plan.get(plan));
        let by_invoice = plan.and_then(|plan| plan.method.known()) == Some(&PayoutMethod::Invoice);
        let key = payout.id.replace('#', "-");
        if by_invoice && has_come(sent) {
            let invoice = json!({
                "number": format!("{style}-{:03}", number + 1), "supplier": supplier(&entry.data, &payout.payees),
                "date": date(sent), "due": date(due), "amount": written(amount), "payout": payout.id,
            });
            // The first one was made out wrong: it was credited the week after, and sent again.
            if style.is_multiple_of(5) && number == 0 {
                let with = |more: Value| merged(&invoice, &more);
                let wrong = format!("{key}-fel");
                paid.invoices.insert(
                    wrong.clone(),
                    with(json!({
                        "number": format!("{style}-001F"), "date": date(sent - Days::new(14)),
                    })),
                );
                let credit = json!({ "number": format!("{style}-001K"), "date": date(sent - Days::new(7)),
                    "credits": wrong, "payout": null, "due": null });
                paid.invoices.insert(format!("{key}-kredit"), with(credit));
            }
            paid.invoices.insert(key.clone(), invoice);
        }
        if !has_come(due) {
            continue;
        }
        // In the order of a component's payouts: what was decided late can be due after the next.
        let latest = latest.entry(payout.funding).or_insert(NaiveDate::MIN);
        let day = (due - Days::new(3)).max(*latest);
        *latest = day;
        let mut payment = json!({
            "date": date(day), "amount": written(amount), "voucher": format!("V{}-{:05}", day.format("%y%m"), 100 + number),
        });
        let is_divided = entry.data.funding.get(payout.funding).is_some_and(|one| !one.payees.is_empty());
        if let ([payee], true) = (&*payout.payees, is_divided && !style.is_multiple_of(3)) {
            payment["payee"] = (*payee).into();
        }
        match style % 3 {
            0 => payment["payout"] = payout.id.clone().into(),
            1 => payment["funding"] = payout.funding.into(),
            _ => {
                payment["funding"] = payout.funding.into();
                payment["period"] =
                    json!({ "start": date(payout.covers.start), "end": date(payout.covers.end) });
            }
        }
        let before = last.replace((key.clone(), payout));
        let same = before.filter(|(_, before)| {
            before.funding == payout.funding && before.has_receivers_of(payout) && !payout.ceiling
        });
        mistake = mistake.or_else(|| same.map(|(before, _)| (before, key.clone())));
        // One was paid in two parts: the association asked for some of it early.
        if style.is_multiple_of(12) && number == 1 && !by_invoice {
            let early = amount.checked_part(1, 4).unwrap_or_default().rounded();
            let part = json!({ "date": date(day - Days::new(7)), "amount": written(early), "partial": true,
                "voucher": format!("V{}-{:05}", day.format("%y%m"), 900 + number) });
            payments.insert(format!("{key}-forsta"), merged(&payment, &part));
            payment["amount"] = written(amount.checked_sub(early).unwrap_or(amount));
        }
        payments.insert(key, payment);
    }
    // The last ones are as they should be: other mistakes may be planted in them.
    let may_err = style.is_multiple_of(7) && payments.len() > 4 && statement.life.ended().is_none();
    if let Some((first, second)) = mistake.filter(|_| may_err)
        && let (Some(too_little), Some(made_good)) = (kronor(payments, &first), kronor(payments, &second))
    {
        payments[&first]["amount"] = (too_little - MISTAKE).into();
        payments[&second]["amount"] = (made_good + MISTAKE).into();
    }
    paid
}

/// An object with some of its fields changed, and without those that are nothing.
fn merged(one: &Value, more: &Value) -> Value {
    let fields = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let mut merged = fields(one);
    merged.extend(fields(more));
    merged.retain(|_, value| !value.is_null());
    merged.into()
}

/// The number that a receiver has in the municipality's ledger.
fn supplier(agreement: &Agreement, payees: &[&str]) -> String {
    let party = payees.first().and_then(|payee| agreement.party.get(*payee));
    let number =
        party.and_then(|party| party.organisation_number.known()).map(String::as_str).unwrap_or_default();
    let digits: String = number.chars().filter(char::is_ascii_digit).skip(4).take(5).collect();
    format!("1{digits:0>5}")
}

/// So much is taken off, in kronor.
const REDUCTION: i64 = 10_000;

/// A reduction of the first payout that can bear it, with the day of its decision; nothing where none has fallen due.
pub(super) fn reduction(alone: &Register) -> Option<(Value, NaiveDate)> {
    let statement = payouts::statement(alone, alone.agreements.get(ID)?, AS_OF);
    if statement.life.ended().is_some() {
        return None;
    }
    let bears = |amount: Money| amount > Money::kronor(3 * REDUCTION);
    let mut own = statement.payouts.iter().filter(|payout| payout.payer == "kommun" && !payout.ceiling);
    let payout = own.find(|payout| payout.to_pay.is_some_and(bears))?;
    let decided = payout.due.or(payout.when.last_day())?.checked_sub_days(Days::new(40))?;
    has_come(decided + Days::new(90)).then(|| {
        let deduction = json!({ "kind": "reduction", "date": date(decided), "amount": REDUCTION, "payout": payout.id,
            "reason": "årsrapporten kom för sent", "decision": "nedsattning" });
        (deduction, decided)
    })
}

/// A payment of whole kronor.
fn kronor(payments: &Map<String, Value>, key: &str) -> Option<i64> {
    payments.get(key)?.get("amount")?.as_i64()
}

/// Whole kronor as a number, others as text with a decimal comma.
fn written(amount: Money) -> Value {
    let number = amount.decimal().normalize();
    match number.to_i64().filter(|whole| Decimal::from(*whole) == number) {
        Some(whole) => whole.into(),
        None => format!("{number:.2}").replace('.', ",").into(),
    }
}

/// What the agreement costs each budget line and year, with what is proposed and possible.
pub(super) fn commitments(alone: &Register) -> Commitments {
    let mut sums = Commitments::default();
    let statements = payouts::statements(alone, AS_OF);
    for year in payouts::outlook(alone, &YEARS, &statements, AS_OF) {
        let Some(line) = year.line else { continue };
        for share in &year.shares {
            let paid = if is_net(line) { share.grants } else { Money::ZERO };
            let cost = share.forecast.checked_sub(paid).unwrap_or(share.forecast);
            sums.add(line.to_owned(), year.year, cost);
        }
    }
    sums
}
