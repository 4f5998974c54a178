//! A period that ends before it begins.

use crate::date::Period;
use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::measure::Measure;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP202",
    slug: "end-before-start",
    title: "Perioden slutar innan den börjar",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "avtalets egna datum",
    why: "En period som slutar före sin början har ingen dag. Inga belopp och inga datum kan räknas ur den.",
    check: Check::Agreement(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "term.end = 2023-12-31",
        at: "term.end",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["funding.2025"],
        toml: "term.end = 2024-01-01\nfunding.2024.period.end = 2024-01-01",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let term = &scope.agreement.term;
    let mut findings = Vec::new();
    if let (Some(start), Some(end)) = (term.start.known(), term.last_day()) {
        let period = Period { start: *start, end };
        findings.extend(reversed(scope, period, &path!["term"], "Avtalstiden"));
    }
    findings.extend(shorter(scope));
    for change in scope.agreement.extensions() {
        if let Some(period) = change.period().filter(Period::is_reversed) {
            let message =
                format!("{} slutar {} men börjar först {}.", change.named(), period.end, period.start);
            let finding = scope.finding(&RULE, change.until_path(), message).help("Rätta det ena datumet.");
            findings.push(finding.measured(Measure::of_days(period.start - period.end)));
        }
    }
    let before = scope.agreement.predecessor.as_ref().and_then(|before| before.period.known());
    findings.extend(before.and_then(|period| {
        reversed(scope, *period, &path!["predecessor", "period"], "Tiden för det avtal som det här följer på")
    }));
    for (at, key, funding) in scope.agreement.stated_funding() {
        if let Some(period) = funding.period {
            let name = format!("Perioden för ersättningen ”{key}”");
            findings.extend(reversed(scope, period, &at.join("period"), &name));
        }
    }
    findings
}

/// Extensions that end no later than what held when they were agreed.
fn shorter(scope: &Scope<'_>) -> Vec<Finding> {
    const HELP: &str = "Rätta det ena datumet. Kortas avtalstiden skriver man det i ett tillägg med den nya sista dagen (end).";
    let held = scope.agreement.term.last_day();
    let mut held = held.map(|end| (end, path!["term", scope.agreement.term.end_key()]));
    let mut findings = Vec::new();
    for change in scope.last_days() {
        let before = held.clone().filter(|(held, _)| change.is_extension() && change.until <= *held);
        if let Some((last, path)) = before {
            let message = format!(
                "{} slutar {}, men avtalet gäller redan till {last}.",
                change.change.named(),
                change.until
            );
            let finding = scope.finding(&RULE, change.change.until_path(), message).help(HELP);
            let finding = finding.measured(Measure::of_days(last - change.until));
            findings.push(finding.related(Place::value(scope.file, path), "det slut som gäller"));
        } else if change.commitment.is_bound() {
            held = Some((change.until, change.change.until_path()));
        }
    }
    findings
}

fn reversed(scope: &Scope<'_>, period: Period, path: &KeyPath, name: &str) -> Option<Finding> {
    period.is_reversed().then(|| {
        let message = format!("{name} slutar {} men börjar först {}.", period.end, period.start);
        let start = Place::value(scope.file, path.join("start"));
        scope
            .finding(&RULE, path.join("end"), message)
            .measured(Measure::of_days(period.start - period.end))
            .help("Rätta det ena datumet.")
            .related(start, format!("början är {}", period.start))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn an_extension_must_end_after_the_term() {
        let places = |until: &str| {
            let toml = format!("extension.a.until = {until}").leak();
            let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(places("2025-12-30"), ["extension.a.until"]);
        assert_eq!(places("2025-12-31"), ["extension.a.until"]);
        assert_eq!(places("2026-01-01"), Vec::<String>::new());
    }

    #[test]
    fn what_an_agreement_follows_on_ends_after_it_begins() {
        let places = |end: &str| {
            let toml = format!(
                "predecessor = {{ title = \"avtalet\", period = {{ start = 2022-01-01, end = {end} }} }}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(places("2023-12-31"), Vec::<String>::new());
        assert_eq!(places("2021-12-31"), ["predecessor.period.end"]);
    }

    #[test]
    fn an_extension_ends_after_the_one_before_it() {
        // They are judged on 1 March 2025.
        let places = |more: &str| {
            let toml = format!(
                "status = \"signed\"\nextension.a = {{ until = 2026-12-31, dated = 2024-05-01 }}\n{more}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let second =
            |until: &str, dated: &str| format!("extension.b = {{ until = {until}, dated = {dated} }}\n");
        let shortened =
            "supplement.s = { number = 1, changes = \"Slutet.\", dated = 2024-05-15, end = 2026-03-31 }";
        assert_eq!(places(&second("2026-06-30", "2024-04-01")), Vec::<String>::new());
        assert_eq!(places(&second("2026-06-30", "2024-06-01")), ["extension.b.until"]);
        assert_eq!(places(&second("2027-06-30", "2024-06-01")), Vec::<String>::new());
        assert_eq!(
            places(&format!("{}{shortened}", second("2026-06-30", "2024-06-01"))),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_period_of_funding_may_be_one_day_and_not_none() {
        let places = |end: &str| {
            let toml = format!("funding.2025.period = {{ start = 2025-01-01, end = {end} }}").leak();
            let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(places("2025-01-01"), Vec::<String>::new());
        assert_eq!(places("2024-12-31"), ["funding.2025.period.end"]);
    }
}
