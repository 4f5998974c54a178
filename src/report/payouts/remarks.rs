//! What stands below the payouts: why a sum is not definite, what sums do not hold, what is paid otherwise.

use crate::money::Money;
use crate::payouts::{self, Deducted, Invoiced, Payout, Statement};
use crate::schedule::LateCut;
use crate::text;

/// What sums do not hold, conditions, and what is paid otherwise than it should be.
pub(super) fn remarks(statement: &Statement<'_>, shown: &[&Payout<'_>]) -> Vec<String> {
    let mut remarks = Vec::new();
    let unknown = shown.iter().filter(|payout| payout.to_pay.is_none()).count();
    if unknown > 0 {
        remarks.push(format!(
            "Summorna saknar {} utan känt belopp.",
            text::count(unknown, "utbetalning", "utbetalningar")
        ));
    }
    if shown.len() > 1
        && let Some(most) =
            payouts::sum(shown.iter().filter(|one| one.is_open_ceiling()).map(|one| one.to_pay))
                .filter(|most| *most > Money::ZERO)
    {
        remarks.push(format!("I summorna ingår tak med det mesta som kan betalas, {most}."));
    }
    // One that is all of a component is counted to the year in which it is paid.
    let begins =
        |one: &&&Payout<'_>| one.covers.years().count() > 1 && one.year == *one.covers.years().start();
    let several: Vec<&str> = shown.iter().filter(begins).map(|one| one.id.as_str()).collect();
    if !several.is_empty() {
        remarks.push(format!(
            "En utbetalning räknas till det år då den tid som den avser börjar. {} avser flera år; `iop budget` fördelar kostnaden på dem.",
            text::list(&several)
        ));
    }
    for payout in shown {
        for condition in &payout.conditions {
            remarks.push(format!("Villkor för {}: {}.", payout.id, condition.trim_end_matches('.')));
        }
    }
    for (payout, one) in
        shown.iter().flat_map(|payout| payout.deductions.iter().map(move |one| (payout, one)))
    {
        remarks.push(format!("{}: {}, {}.", payout.id, text::uncapitalised(&in_words(one)), one.amount));
    }
    remarks.extend(paid_after_end(statement, shown));
    for difference in &statement.differences {
        if shown.iter().any(|payout| payout.id == difference.payout) {
            remarks.push(difference.to_string());
        }
    }
    for paid in &statement.unmatched {
        remarks.push(format!(
            "Betalningen ”{}” ({}, {}) hör inte till någon utbetalning och ingår inte i summorna.",
            paid.key, paid.amount, paid.date
        ));
    }
    for one in &statement.not_agreed {
        let why = if one.is_repeated { "är redan införd och räknas inte" } else { "är inte avtalad" };
        remarks.push(format!(
            "Fakturan {} ({}, {}) {why}; `iop payouts --invoices` visar alla.",
            one.invoice.number, one.amount, one.invoice.date
        ));
    }
    remarks.extend(statement.credits_nothing.iter().map(credits_nothing));
    remarks
}

/// That some of what has been paid is for time after an early end: the payouts say nothing of it, since nobody has decided that
/// it is to come back.
fn paid_after_end(statement: &Statement<'_>, shown: &[&Payout<'_>]) -> Option<String> {
    let last = statement.life.early_end.as_ref()?.day;
    let after = shown.iter().filter(|payout| !payout.ceiling).filter_map(|payout| {
        let amount = payouts::paid_after(payout, last).filter(|amount| *amount > Money::ZERO)?;
        Some((payout.id.as_str(), amount))
    });
    let (ids, amounts): (Vec<&str>, Vec<Money>) = after.unzip();
    let sum = payouts::sum(amounts.into_iter().map(Some)).filter(|_| !ids.is_empty())?;
    Some(format!(
        "Av det som är betalt för {} avser {sum} tid efter avtalets slut {last}. Vem som ska betala tillbaka vad är en rättslig fråga; `iop payouts --ended {last}` visar vad som är intjänat.",
        text::list(&ids)
    ))
}

/// That a credit note, or some of it, credits nothing, and is in no sum.
pub(super) fn credits_nothing(one: &Invoiced<'_>) -> String {
    let Invoiced { invoice, amount, .. } = one;
    let why = if one.is_repeated {
        format!("({amount}) är redan införd")
    } else {
        format!("krediterar {amount} mer än det som finns att kreditera")
    };
    format!("Kreditfakturan {} den {} {why}: det räknas inte.", invoice.number, invoice.date)
}

/// "Nedsättning 2025-03-12 enligt beslutet ”n”: rapporten kom för sent".
pub(super) fn in_words(one: &Deducted<'_>) -> String {
    let decision = one.decision.map_or_else(String::new, |key| format!(" enligt beslutet ”{key}”"));
    let kind = text::capitalised(one.kind.label());
    format!("{kind} {}{decision}: {}", one.date, one.reason.trim_end_matches('.'))
}

/// What late reports take off a payout by the agreement, and nobody has taken off it.
pub(super) fn possible_cuts(payout: &Payout<'_>, cuts: &[LateCut]) -> Vec<String> {
    let own = cuts.iter().flat_map(|cut| cut.open().map(move |part| (cut, part)));
    let own = own.filter(|(_, part)| part.payout == payout.id);
    own.map(|(cut, part)| {
        format!("Möjligt avdrag: {part} dras av: {}. {}", cut.because(), part.told().trim_end_matches('.'))
    })
    .collect()
}

/// Reasons with numbers, so that a row can point at them.
#[derive(Default)]
pub(super) struct Notes(Vec<String>);

impl Notes {
    pub(super) fn numbers(&mut self, payout: &Payout<'_>, cuts: &[LateCut]) -> Vec<usize> {
        let mut numbers = Vec::new();
        let reasons = payouts::reasons(payout.told_doubts()).into_iter();
        for reason in reasons.chain(possible_cuts(payout, cuts)) {
            let position = self.0.iter().position(|known| *known == reason).unwrap_or_else(|| {
                self.0.push(reason);
                self.0.len() - 1
            });
            numbers.push(position + 1);
        }
        numbers
    }

    pub(super) fn lines(self) -> Vec<String> {
        self.0.into_iter().enumerate().map(|(index, reason)| format!("{}) {reason}.", index + 1)).collect()
    }
}
