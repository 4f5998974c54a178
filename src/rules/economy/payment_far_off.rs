//! A payment or an invoice that has been put to a payout of quite another time, or that says two things.

use chrono::{Datelike, Days, NaiveDate};

use crate::date::Period;
use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::path;
use crate::payouts::{Paid, Payout};
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP321",
    slug: "payment-far-off",
    title: "En betalning eller faktura hamnar på en utbetalning som den kanske inte avser",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: en betalning och en faktura ska gå att följa till det de avser",
    why: "Saknas en tidigare betalning i registret hamnar de senare på fel utbetalning och fel år, och utfallet stämmer inte med bokföringen.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "[payment.januari]\ndate = 2024-01-31\namount = 250_000\n[payment.nasta]\ndate = 2025-01-31\namount = 250_000\n",
        "payment.nasta",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "[payment.januari]\ndate = 2024-01-31\namount = 250_000\n[payment.nasta]\ndate = 2025-01-31\namount = 250_000\npayout = \"2025#1\"\n",
        "",
    ),
};

/// So many days from what it pays a payment may lie before somebody should look at it.
const FAR: Days = Days::new(92);

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let payouts = &scope.statement.payouts;
    let entered = payouts.iter().flat_map(|payout| entered(scope, payout).map(move |one| (payout, one)));
    shifted(scope).into_iter().chain(entered.filter_map(|(payout, one)| fault(payout, &one))).collect()
}

/// A payment or an invoice that belongs to a payout.
struct Entered<'a> {
    /// As it is called at the beginning of a sentence, with its name, and further on.
    called: (&'static str, String, &'static str),
    place: Place,
    day: NaiveDate,
    payout: Option<&'a str>,
    funding: Option<&'a str>,
    period: Option<Period>,
}

fn entered<'a>(scope: &Scope<'a>, payout: &'a Payout<'a>) -> impl Iterator<Item = Entered<'a>> {
    let records = scope.records();
    let payments = payout.payments.iter().filter_map(move |paid| {
        let payment = records?.data.payment.get(paid.key).filter(|_| paid.table == "payment")?;
        Some(Entered {
            called: ("Betalningen", format!("”{}”", paid.key), "betalningen"),
            place: Place::value(paid.file, path!["payment", paid.key]),
            day: paid.date,
            payout: payment.payout.as_deref(),
            funding: payment.funding.as_deref(),
            period: payment.period,
        })
    });
    // A credit note is for what the invoice that it credits is for.
    let invoices = payout.invoices.iter().filter(|one| one.invoice.credits.is_none());
    payments.chain(invoices.map(|one| Entered {
        called: ("Fakturan", one.invoice.number.clone(), "fakturan"),
        place: one.place(),
        day: one.invoice.date,
        payout: one.invoice.payout.as_deref(),
        funding: one.invoice.funding.as_deref(),
        period: one.invoice.period,
    }))
}

/// The first payment that stands in a later month than its payout, while that month has a payout of its own which has been
/// given to a still later payment or to none: one before it is missing, and all that follow have moved.
fn shifted(scope: &Scope<'_>) -> Option<Finding> {
    let payments = &scope.records()?.data.payment;
    let month = |day: NaiveDate| (day.year(), day.month());
    let due = |payout: &Payout<'_>| payout.due.map(month);
    let is_given = |paid: &Paid<'_>| {
        let payment = payments.get(paid.key);
        payment
            .is_some_and(|payment| payment.payout.is_none() && payment.period.is_none() && !payment.partial)
    };
    scope.statement.payouts.iter().find_map(|payout| {
        let [paid] = payout.payments.as_slice() else { return None };
        let paid_in = month(paid.date);
        if !is_given(paid) || due(payout)? >= paid_in {
            return None;
        }
        let same = |other: &&Payout<'_>| other.funding == payout.funding && other.has_receivers_of(payout);
        let own = scope.statement.payouts.iter().filter(same).find(|other| due(other) == Some(paid_in))?;
        // A payment that is late beside the month's own moves nothing.
        let in_time = scope.statement.payouts.iter().filter(same).flat_map(|other| &other.payments);
        if in_time.filter(|other| month(other.date) == paid_in).count() > 1 {
            return None;
        }
        let message = format!(
            "Betalningen ”{}” den {} räknas till utbetalningen {}, som skulle göras senast {}, men är gjord när {} skulle göras. Troligen saknas en betalning för {}, så att de följande har flyttats.",
            paid.key, paid.date, payout.id, payout.due?, own.id, payout.id
        );
        let place = Place::value(paid.file, path!["payment", paid.key]);
        Some(
            Finding::new(RULE.code, Level::Warning, place, message)
                .source(RULE.source)
                .help("Lägg till den betalning som saknas, eller skriv i payout vilken utbetalning som var och en avser.")
                .related(payout.place(), format!("ger utbetalningen {}", payout.id)),
        )
    })
}

fn fault(payout: &Payout<'_>, one: &Entered<'_>) -> Option<Finding> {
    let (the, name, it) = &one.called;
    let say = |message: String| {
        Finding::new(RULE.code, Level::Warning, one.place.clone(), message)
            .source(RULE.source)
            .help(format!("Skriv i payout vilken utbetalning som {it} avser, som den heter i iop payouts, och lägg till den som saknas."))
            .related(payout.place(), format!("ger utbetalningen {}", payout.id))
    };
    if one.payout.is_some() {
        let is_other = one.funding.is_some_and(|funding| funding != payout.funding);
        let elsewhere = one.period.is_some_and(|period| period.overlap(&payout.covers).is_none());
        let what = if is_other {
            "en annan ersättning"
        } else if elsewhere {
            "en annan tid"
        } else {
            return None;
        };
        return Some(say(format!("{the} {name} nämner utbetalningen {}, men anger {what}.", payout.id)));
    }
    // What is for a stated period is where it says that it is.
    if one.period.is_some() {
        return None;
    }
    let last = payout.due.or(payout.when.last_day())?;
    let first = payout.covers.start.min(last);
    let is_early = one.day.checked_add_days(FAR).is_some_and(|day| day < first);
    let is_late = last.checked_add_days(FAR).is_some_and(|day| one.day > day);
    let apart = if is_early { first - one.day } else { one.day - last };
    (is_early || is_late).then(|| {
        say(format!(
            "{the} {name} den {} räknas till utbetalningen {}, som skulle göras senast {last}.",
            one.day, payout.id
        ))
        .measured(Measure::of_days(apart))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_payment_that_names_its_payout_must_not_name_another_component_or_time() {
        let said = |more: &str| {
            let text =
                format!("[payment.a]\ndate = 2024-01-31\namount = 250_000\npayout = \"2024#1\"\n{more}");
            let findings = found(&RULE, &[Example::file("records/oppet-hus.toml", text.leak(), "")]);
            findings.into_iter().next().map(|finding| finding.message)
        };
        assert_eq!(said(""), None);
        assert_eq!(said("funding = \"2024\""), None);
        assert_eq!(said("period = { start = 2024-01-01, end = 2024-06-30 }"), None);
        assert!(said("funding = \"2025\"").unwrap().contains("en annan ersättning"));
        assert!(said("period = { start = 2025-01-01, end = 2025-06-30 }").unwrap().contains("en annan tid"));
    }

    #[test]
    fn an_invoice_is_followed_as_a_payment_is() {
        let said = |more: &str| {
            let text = format!("[invoice.a]\nnumber = \"17\"\namount = 250_000\n{more}");
            let findings = found(&RULE, &[Example::file("records/oppet-hus.toml", text.leak(), "")]);
            findings.into_iter().next().map(|finding| (finding.place.path.to_string(), finding.message))
        };
        assert_eq!(said("date = 2024-01-10"), None);
        let (path, message) = said("date = 2021-01-10").unwrap();
        assert_eq!(path, "invoice.a");
        assert_eq!(
            message,
            "Fakturan 17 den 2021-01-10 räknas till utbetalningen 2024#1, som skulle göras senast 2024-01-31."
        );
        assert!(said("date = 2024-01-10\npayout = \"2024#1\"\nfunding = \"2025\"").is_some());
    }

    #[test]
    fn three_months_on_either_side_are_near() {
        let is_far = |day: &str| {
            let text = format!("[payment.a]\ndate = {day}\namount = 250_000\n");
            !found(&RULE, &[Example::file("records/oppet-hus.toml", text.leak(), "")]).is_empty()
        };
        // The payout covers 2024, and its last day to pay is 31 January.
        assert!(is_far("2023-09-30") && !is_far("2023-10-01"));
        assert!(!is_far("2024-05-02") && is_far("2024-05-03"));
    }
}
