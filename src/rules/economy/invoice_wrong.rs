//! An invoice that is not what the agreement says.

use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::money::Money;
use crate::path;
use crate::payouts::{InvoiceState, Invoiced, Payout};
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP334",
    slug: "invoice-wrong",
    title: "En faktura stämmer inte med avtalet",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "avtalets utbetalningsplan",
    why: "En faktura som avviker eller inte är avtalad ska inte betalas förrän någon vet varför.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "[invoice.januari]\nnumber = \"17\"\ndate = 2024-01-10\namount = 260_000\npayout = \"2024#1\"\n",
        "invoice.januari.amount",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "[invoice.januari]\nnumber = \"17\"\ndate = 2024-01-10\namount = 250_000\npayout = \"2024#1\"\n",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let statement = &scope.statement;
    let differing = statement.payouts.iter().filter_map(differs);
    // Of an agreement that is itself only proposed all is.
    let is_bound = statement.life.standing.is_bound();
    // What names a decision that is not on record is told there.
    let lacks_decision = |payout: &&Payout<'_>| {
        let named = statement.terms(payout.funding).and_then(|terms| terms.decision.known());
        named
            .is_some_and(|key| scope.records().is_none_or(|records| !records.data.decision.contains_key(key)))
    };
    // What is for days on which the agreement does not hold is told at its period.
    let is_in_its_time = |payout: &&Payout<'_>| {
        let weakest = statement.life.weakest(payout.covers);
        weakest.is_none_or(|days| days.commitment.is_bound() || days.stretch.is_some())
    };
    let unbound = statement.payouts.iter().filter(|_| is_bound).filter(is_in_its_time);
    let unbound = unbound.filter(|payout| !lacks_decision(payout)).filter_map(not_bound);
    // One that has come before is IOP335's.
    let known = |key: &str| scope.records().is_some_and(|records| records.data.invoice.contains_key(key));
    // What credits an invoice that there is not is IOP106's.
    let is_own = |one: &&Invoiced<'_>| one.invoice.credits.as_deref().is_none_or(known);
    let unmatched = statement.not_agreed.iter().filter(|one| !one.is_repeated).filter(is_own);
    let unmatched = unmatched.map(|one| not_agreed(one, &statement.payouts));
    differing.chain(unbound).chain(unmatched).chain(due_before(scope)).collect()
}

/// The invoices that fall due before their own day.
fn due_before(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let early = records.data.invoice.iter().filter_map(|(key, invoice)| {
        let due = invoice.due.filter(|due| *due < invoice.date)?;
        let place = Place::value(&records.file, path!["invoice", key, "due"]);
        let message =
            format!("Fakturan {} förfaller {due}, före sitt eget datum {}.", invoice.number, invoice.date);
        let finding = Finding::new(RULE.code, Level::Warning, place, message).source(RULE.source);
        Some(
            finding
                .measured(Measure::of_days(invoice.date - due))
                .help("Kontrollera de två datumen mot fakturan."),
        )
    });
    early.collect()
}

/// That a payout has been invoiced by which nobody is bound.
fn not_bound(payout: &Payout<'_>) -> Option<Finding> {
    let last = payout.invoices.last().filter(|_| !payout.is_bound())?;
    let message = format!(
        "Fakturan {} gäller {}, men den är bara {}: ingen är bunden av den.",
        last.invoice.number,
        payout.id,
        payout.commitment.predicate(false)
    );
    let help = "Betala den inte förrän någon har beslutat om det som den gäller, eller för in beslutet.";
    Some(say(last.place(), message, payout.invoiced(), help.to_owned()))
}

fn say(place: Place, message: String, amount: Money, help: String) -> Finding {
    let finding = Finding::new(RULE.code, Level::Warning, place, message).source(RULE.source);
    finding.measured(Measure::of_kronor(amount)).help(help)
}

/// That another sum has been invoiced than a payout comes to; it stands at the last of its invoices.
fn differs(payout: &Payout<'_>) -> Option<Finding> {
    if payout.invoice_state() != InvoiceState::Differs {
        return None;
    }
    let (over, last) = (payout.over_invoiced()?, payout.invoices.last()?);
    let (invoiced, comes_to) = (payout.invoiced(), payout.comes_to()?);
    let place = Place::value(last.file, path!["invoice", last.key, "amount"]);
    let most = if payout.ceiling { "högst " } else { "" };
    let message = format!("{} är fakturerad med {invoiced}, men ska vara {most}{comes_to}.", payout.id);
    let size = Money::ZERO.checked_sub(over).map_or(over, |back| back.max(over));
    let help =
        "Begär en ny faktura eller en kreditfaktura, eller skriv partial = true om fler fakturor kommer.";
    Some(say(place, message, size, help.to_owned()))
}

/// That no payout is for an invoice.
fn not_agreed(one: &Invoiced<'_>, payouts: &[Payout<'_>]) -> Finding {
    let number = &one.invoice.number;
    if let Some(of) = &one.invoice.credits {
        let message =
            format!("Kreditfakturan {number} är på {} mer än det som är kvar av ”{of}”.", one.amount);
        let place = Place::value(one.file, path!["invoice", one.key, "amount"]);
        return say(
            place,
            message,
            one.amount,
            "Kontrollera beloppet, och vilken faktura som krediteras.".to_owned(),
        );
    }
    if let Some(named) = &one.invoice.payout
        && !payouts.iter().any(|payout| payout.id == *named)
    {
        let place = Place::value(one.file, path!["invoice", one.key, "payout"]);
        let known: Vec<&str> = payouts.iter().map(|payout| payout.id.as_str()).collect();
        let message = format!("Utbetalningen ”{named}” finns inte: fakturan {number} är inte avtalad.");
        return say(place, message, one.amount, text::instead_of(named, &known));
    }
    let message = format!(
        "Fakturan {number} ({}, {}) är inte avtalad: ingen utbetalning är kvar att fakturera som den passar.",
        one.amount, one.invoice.date
    );
    let help = "Kontrollera fakturan mot avtalet, och payout, funding och period mot iop payouts.";
    say(one.place(), message, one.amount, help.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    fn said(records: &str) -> Vec<(String, String)> {
        let findings =
            found(&RULE, &[Example::file("records/oppet-hus.toml", records.to_owned().leak(), "")]);
        let plain = |text: String| text.replace(text::NBSP, " ");
        findings.into_iter().map(|one| (one.place.path.to_string(), plain(one.message))).collect()
    }

    fn invoice(key: &str, day: &str, amount: u32, more: &str) -> String {
        format!("[invoice.{key}]\nnumber = \"{key}\"\ndate = {day}\namount = {amount}\n{more}\n")
    }

    #[test]
    fn what_agrees_and_parts_that_may_still_be_invoiced_are_no_findings() {
        assert_eq!(said(&invoice("a", "2024-01-10", 250_000, "")), []);
        assert_eq!(said(&invoice("a", "2024-01-10", 100_000, "partial = true")), []);
        let parts = invoice("a", "2024-01-10", 100_000, "partial = true\npayout = \"2024#1\"")
            + &invoice("b", "2024-01-12", 150_000, "payout = \"2024#1\"");
        assert_eq!(said(&parts), []);
    }

    #[test]
    fn what_is_not_agreed_stands_at_its_key() {
        let found = said(&invoice("a", "2024-01-10", 250_000, "payout = \"2023#1\""));
        assert_eq!(found[0].0, "invoice.a.payout");
        let three = invoice("a", "2024-01-10", 250_000, "payout = \"2024#1\"")
            + &invoice("b", "2024-01-11", 250_000, "payout = \"2024#1\"");
        let found = said(&three);
        assert_eq!(found[0].0, "invoice.b");
        assert!(
            found[0].1.starts_with("Fakturan b (250 000 kronor, 2024-01-11) är inte avtalad"),
            "{found:?}"
        );
    }
}
