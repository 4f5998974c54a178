//! Something is recorded as done on a day on which it cannot have been.

use chrono::NaiveDate;

use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::path;
use crate::records::{DecisionKind, Records};
use crate::register::Entry;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP621",
    slug: "event-too-early",
    title: "En händelse är daterad innan den kan ha inträffat",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "god sed: det som är registrerat har hänt den dag som står där",
    why: "Med fel årtal räknas gränser, frister och ordningen mellan beslut och undertecknande från fel dag.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 1923-12-01 }",
        "decision.avtal.date",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-12-01 }",
        "",
    ),
};

/// No agreement that is kept as a file is older: partnerships of this kind came about 2010.
const FIRST_YEAR: i32 = 1990;

/// What of the records is money under the agreement.
const MONEY: [&str; 3] = ["payment", "invoice", "deduction"];

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let (Some(records), Some(first)) = (scope.records(), NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1)) else {
        return Vec::new();
    };
    let say = |path, message: String| {
        let place = Place::value(&records.file, path);
        Finding::new(RULE.code, Level::Warning, place, message).source(RULE.source).help("Rätta dagen.")
    };
    let events = records.data.events();
    let before = events.filter(|(.., day)| *day < first);
    let mut findings: Vec<Finding> = before
        .map(|(table, key, day)| {
            say(path![table, key, "date"], format!("”{key}” är daterad {day}, före {FIRST_YEAR}."))
        })
        .collect();
    findings.extend(before_the_case(scope, records, first));
    // A memo may be written anew for what comes after the agreement, and none is needed for a delegated decision.
    let agreement = scope.agreement;
    let is_first = agreement.extension.is_empty() && agreement.supplement.is_empty();
    if let Some(memo) = agreement.memo.dated.known().filter(|_| is_first) {
        let approvals = records.data.decision.iter().filter(|(_, one)| {
            one.kind == DecisionKind::Approval && !one.delegated && one.date >= first && one.date < *memo
        });
        findings.extend(approvals.map(|(key, decision)| {
            let message =
                format!("Avtalet godkändes {}, före skrivelsen {memo} som föreslog det.", decision.date);
            say(path!["decision", key, "date"], message)
                .measured(Measure::of_days(*memo - decision.date))
                .related(Place::value(scope.file, path!["memo", "dated"]), "skrivelsens datum")
        }));
    }
    findings
}

/// The payments, invoices and deductions from before anything of the agreement had begun.
fn before_the_case(scope: &Scope<'_>, records: &Entry<Records>, first: NaiveDate) -> Vec<Finding> {
    let agreement = scope.agreement;
    let stated = [agreement.dated.known(), agreement.memo.dated.known(), agreement.term.start.known()];
    let opened = agreement.case.opened.known().and_then(|opened| opened.first_day());
    let periods = agreement.stated_funding().filter_map(|(.., funding)| Some(funding.period?.start));
    let decided = records.data.decision.values().map(|decision| decision.date);
    let begun = stated.into_iter().flatten().copied().chain(opened).chain(periods).chain(decided);
    let Some(begun) = begun.filter(|day| *day >= first).min() else { return Vec::new() };
    let money = records.data.events().filter(|(table, ..)| MONEY.contains(table));
    let early = money.filter(|(.., day)| first <= *day && *day < begun);
    early
        .map(|(table, key, day)| {
            let message = format!(
                "”{key}” är daterad {day}, men avtalet har inget tidigare än {begun}: ingen skrivelse, inget beslut och ingen avtalstid."
            );
            let place = Place::value(&records.file, path![table, key, "date"]);
            let finding = Finding::new(RULE.code, Level::Warning, place, message).source(RULE.source);
            finding.measured(Measure::of_days(begun - day)).help("Rätta dagen, eller flytta posten till det avtal som den gäller.")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_day_is_possible_from_1990_and_an_approval_from_the_memo_on() {
        let places = |records: &str, agreement: &'static str| {
            let changes = [
                Example::agreement(&[], agreement, ""),
                Example::file("records/oppet-hus.toml", records.to_owned().leak(), ""),
            ];
            let findings = found(&RULE, &changes);
            findings.iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
        };
        let signing = |day: &str| {
            format!("signing.a = {{ party = \"kommun\", signatory = \"ordforande\", date = {day} }}")
        };
        assert_eq!(places(&signing("1989-12-31"), ""), ["signing.a.date"]);
        assert_eq!(places(&signing("1990-01-01"), ""), Vec::<String>::new());
        let approval = |more: &str| {
            format!("decision.a = {{ kind = \"approval\", by = \"x\", date = 2023-10-31{more} }}")
        };
        // Nothing of the agreement is earlier than the memo's day.
        let payment = |day: &str| format!("payment.a = {{ date = {day}, amount = 250_000 }}");
        assert_eq!(places(&payment("2021-01-31"), ""), ["payment.a.date"]);
        assert_eq!(places(&payment("2023-11-30"), "memo.dated = 2023-11-30"), Vec::<String>::new());
        // The memo is dated 2023-11-01.
        let memo = "memo.dated = 2023-11-01";
        assert_eq!(places(&approval(""), memo), ["decision.a.date"]);
        assert_eq!(places(&approval(""), "memo.dated = 2023-10-31"), Vec::<String>::new());
        assert_eq!(places(&approval(", delegated = true"), memo), Vec::<String>::new());
        let later = "memo.dated = 2023-11-01\nextension.a.until = 2026-12-31";
        assert_eq!(places(&approval(""), later), Vec::<String>::new());
    }
}
