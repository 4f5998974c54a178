//! An invoice that is not what the agreement says.

use super::unfit::{Claim, Unfit, unfit};
use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::money::Money;
use crate::path;
use crate::payouts::{InvoiceState, Invoiced, Payout};
use crate::rules::{Check, Example, Gravity, Rule, Scope};
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
    let unmatched = statement.not_agreed.iter().filter(|one| !one.is_repeated);
    // What is credited of one that no payout is for is told there.
    let unmatched = unmatched.filter(|one| one.invoice.credits.is_none());
    let unmatched = unmatched.map(|one| not_agreed(scope, one));
    let beyond = statement.credits_nothing.iter().filter(|one| !one.is_repeated);
    let beyond = beyond.filter_map(|one| credits_nothing(scope, one));
    differing
        .chain(unbound)
        .chain(unmatched)
        .chain(beyond)
        .chain(due_before(scope))
        .chain(credited_before(scope))
        .collect()
}

/// A credit note for which there is too little to credit; what credits an invoice that there is not is IOP108's.
fn credits_nothing(scope: &Scope<'_>, one: &Invoiced<'_>) -> Option<Finding> {
    let of = one.invoice.credits.as_deref()?;
    let credited = scope.records()?.data.invoice.get(of)?;
    let number = &one.invoice.number;
    let (at, message) = if credited.credits.is_some() {
        let message = format!(
            "Kreditfakturan {number} krediterar ”{of}”, som själv är en kreditfaktura: den räknas inte."
        );
        ("credits", message)
    } else {
        let whole = one.invoice.amount;
        let left = whole.checked_sub(one.amount)?;
        let beyond = one.amount;
        let message = format!(
            "Kreditfakturan {number} är på {whole}, men av ”{of}” är bara {left} kvar att kreditera: {beyond} räknas inte."
        );
        ("amount", message)
    };
    let place = Place::value(one.file, path!["invoice", one.key, at]);
    let help = "Kontrollera beloppet, och vilken faktura som krediteras.";
    Some(say(place, message, one.amount, help.to_owned()))
}

/// The credit notes from before what they credit.
fn credited_before(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let early = records.data.invoice.iter().filter_map(|(key, credit)| {
        let of = credit.credits.as_deref()?;
        let credited = records.data.invoice.get(of).filter(|credited| credit.date < credited.date)?;
        let place = Place::value(&records.file, path!["invoice", key, "date"]);
        let message = format!(
            "Kreditfakturan {} är daterad {}, före den som den krediterar (”{of}”, {}).",
            credit.number, credit.date, credited.date
        );
        let finding = Finding::new(RULE.code, Level::Warning, place, message).source(RULE.source);
        Some(
            finding
                .measured(Measure::of_days(credited.date - credit.date))
                .help("Rätta det ena datumet, eller vilken faktura som krediteras."),
        )
    });
    early.collect()
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
    let help = if over > Money::ZERO {
        "Begär en kreditfaktura på det som är för mycket (credits), eller kontrollera vilken utbetalning fakturan gäller."
    } else {
        "Kommer fler fakturor för samma utbetalning: skriv partial = true på den här. Annars: begär en ny faktura."
    };
    Some(say(place, message, size, help.to_owned()))
}

/// That no payout is for an invoice.
fn not_agreed(scope: &Scope<'_>, one: &Invoiced<'_>) -> Finding {
    let Invoiced { invoice, amount, .. } = one;
    let claim = Claim {
        payout: invoice.payout.as_deref(),
        funding: invoice.funding.as_deref(),
        payee: invoice.payee.as_deref(),
    };
    let payouts = &scope.statement.payouts;
    let unfit = unfit(scope.agreement, payouts, &claim, ("fakturerad", |payout| payout.is_invoiced));
    let Unfit { key, why, help } = unfit.unwrap_or_else(|| Unfit {
        key: None,
        why: "ingen utbetalning är kvar att fakturera som den passar".to_owned(),
        help: "Kontrollera fakturan mot avtalet, och payout, funding och period mot iop payouts.".to_owned(),
    });
    let place = one.place();
    let place =
        key.map_or_else(|| place.clone(), |key| Place { path: place.path.join(key), ..place.clone() });
    let message = format!("Fakturan {} ({amount}, {}) är inte avtalad: {why}.", invoice.number, invoice.date);
    say(place, message, *amount, help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;
    use crate::text;

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
    fn what_credits_too_much_says_how_much_and_what_credits_nothing_which() {
        let credited = |key: &str, amount: u32, of: &str| {
            invoice("a", "2024-01-10", 250_000, "")
                + &invoice("b", "2024-01-12", 10_000, "credits = \"a\"")
                + &invoice("n", "2024-01-12", 250_000, "payout = \"2024#1\"")
                + &invoice(key, "2024-01-13", amount, &format!("credits = \"{of}\""))
        };
        let told = |key, amount, of| {
            said(&credited(key, amount, of)).into_iter().find(|(path, _)| path.starts_with("invoice.k"))
        };
        assert_eq!(told("k", 240_000, "a"), None);
        let (path, message) = told("k", 240_001, "a").unwrap();
        assert_eq!(path, "invoice.k.amount");
        assert_eq!(
            message,
            "Kreditfakturan k är på 240 001 kronor, men av ”a” är bara 240 000 kronor kvar att kreditera: 1 krona räknas inte."
        );
        let (path, message) = told("k", 5, "b").unwrap();
        assert_eq!(path, "invoice.k.credits");
        assert!(message.contains("”b”, som själv är en kreditfaktura"), "{message}");
        // One that credits nothing that there is stands at the name.
        assert_eq!(told("k", 5, "x"), None);
    }

    #[test]
    fn nothing_is_credited_before_it_was_invoiced() {
        let told = |day: &str| {
            let both = invoice("a", "2024-01-10", 260_000, "payout = \"2024#1\"")
                + &invoice("k", day, 10_000, "credits = \"a\"");
            said(&both).into_iter().map(|(path, _)| path).collect::<Vec<_>>()
        };
        assert_eq!(told("2024-01-10"), [""; 0]);
        assert_eq!(told("2024-01-09"), ["invoice.k.date"]);
    }

    #[test]
    fn the_advice_fits_what_is_wrong() {
        let help = |amount: u32| {
            let records = invoice("a", "2024-01-10", amount, "payout = \"2024#1\"");
            let found = found(&RULE, &[Example::file("records/oppet-hus.toml", records.leak(), "")]);
            found.into_iter().next().and_then(|one| one.help).unwrap()
        };
        assert!(help(260_000).starts_with("Begär en kreditfaktura") && !help(260_000).contains("partial"));
        assert!(help(240_000).contains("partial = true"));
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
