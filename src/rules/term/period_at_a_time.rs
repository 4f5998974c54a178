//! A period that is longer than the agreement itself allows at a time.

use crate::date::{Length, Period};
use crate::finding::{Finding, Level};
use crate::key_path::KeyPath;
use crate::measure::Measure;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP210",
    slug: "period-at-a-time",
    title: "En förlängning är längre än avtalet tillåter åt gången",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "avtalets egna ord om hur länge det kan gälla åt gången",
    why: "Säger avtalet ”högst ett år åt gången” och sedan förlängs med två motsäger det sig självt, och ingen vet när det går ut. Är avtalstiden själv längre än så läses orden som en gräns för förlängningarna.",
    check: Check::Life(check),
    bad: Example::agreement(
        &[],
        "term.at_most_months_at_a_time = 24\nextension.a.until = 2028-01-01",
        "extension.a.until",
    ),
    good: Example::agreement(&[], "term.at_most_months_at_a_time = 24", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let term = &scope.agreement.term;
    let of_extensions_alone = term.limits_extensions_alone();
    let verb = if of_extensions_alone { "förlängas med högst" } else { "gälla högst" };
    let of_each = term.at_most_months_at_a_time.map(|most| (most, verb));
    let of_extensions = term.extensions_at_most_months.map(|most| (most, "förlängas med högst"));
    let is_longer =
        |period: Period, most: u32| period.last_day_within(most).is_some_and(|last| last < period.end);
    let months = |months| Length { months, days: 0 };
    let mut findings = Vec::new();
    let Some(limit) = of_each.into_iter().chain(of_extensions).min_by_key(|(most, _)| *most) else {
        return findings;
    };
    let (most, _) = limit;
    let say = |path, length: Length, what: String| say(scope, limit, path, length, &what);
    let mut changes = scope.last_days();
    changes.sort_by_key(|change| change.until);
    // Where its days are not known, what makes it longer by so many months is.
    let mut last = term.period().map(|base| base.end);
    for change in changes.into_iter().filter(|_| term.period().is_some()) {
        let start = change.begins_after(last);
        let Some(start) = start.filter(|start| *start <= change.until) else { continue };
        let period = Period { start, end: change.until };
        if is_longer(period, most) {
            let what = if change.is_extension() { "förlängningen" } else { "tillägget" };
            let what = format!("{what} {period} är {}", period.length());
            findings.push(say(change.change.until_path(), period.length(), what));
        }
        last = Some(change.until);
    }
    for (key, option) in term.option.iter().filter(|(_, option)| option.months > most) {
        let what = format!("optionen förlänger med {}", text::years_or_months(option.months));
        findings.push(say(path!["term", "option", key, "months"], months(option.months), what));
    }
    if let Some(renewal) = term.renewal.as_ref().filter(|renewal| renewal.months > most) {
        let what = format!("det förlängs automatiskt med {}", text::years_or_months(renewal.months));
        findings.push(say(path!["term", "renewal", "months"], months(renewal.months), what));
    }
    findings
}

fn say(scope: &Scope<'_>, limit: (u32, &str), path: KeyPath, length: Length, what: &str) -> Finding {
    let (most, verb) = limit;
    let message = format!("Avtalet kan {verb} {} åt gången, men {what}.", text::years_or_months(most));
    scope
        .finding(&RULE, path, message)
        .measured(Measure::of_length(length))
        .help("Ändra perioden, eller det som avtalet säger om hur länge det kan gälla åt gången.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn every_period_is_measured_by_itself() {
        let places = |toml: &'static str| {
            let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
            findings.iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        // The term is 24 months, to the end of 2025.
        assert_eq!(places("term.at_most_months_at_a_time = 24\nextension.a.until = 2027-12-31"), nowhere);
        assert_eq!(
            places(
                "term.at_most_months_at_a_time = 24\nextension.a.until = 2028-01-01\nextension.b.until = 2026-12-31\n\
                 term.option.c.months = 25\nterm.renewal.months = 36"
            ),
            ["term.option.c.months", "term.renewal.months"],
        );
        assert_eq!(
            places("term.at_most_months_at_a_time = 24\nextension.a.until = 2028-01-01"),
            ["extension.a.until"]
        );
        assert_eq!(
            places(
                "term.at_most_months_at_a_time = 24\nextension.a.until = 2027-12-31\n\
                 supplement.b = { number = 1, changes = \"Tiden.\", end = 2030-01-01 }"
            ),
            ["supplement.b.end"]
        );
    }

    #[test]
    fn a_limit_on_extensions_is_none_on_the_term() {
        let places = |toml: &'static str| {
            let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
            findings.iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(places("term.extensions_at_most_months = 12\nextension.a.until = 2026-12-31"), [""; 0]);
        assert_eq!(
            places("term.extensions_at_most_months = 12\nextension.a.until = 2027-01-01"),
            ["extension.a.until"]
        );
    }

    #[test]
    fn a_limit_that_the_term_itself_passes_is_one_on_extensions() {
        let said = |toml: &'static str| {
            let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
            findings.into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        assert_eq!(said("term.at_most_months_at_a_time = 12"), [""; 0]);
        let longer = said("term.at_most_months_at_a_time = 12\nextension.a.until = 2027-01-01");
        assert!(longer[0].starts_with("Avtalet kan förlängas med högst ett år åt gången, men"), "{longer:?}");
    }

    #[test]
    fn a_prolongation_may_be_exactly_as_long_as_allowed_at_a_time() {
        let places = |months: u32| {
            let toml = format!(
                "term.at_most_months_at_a_time = 24\nterm.option.a.months = {months}\nterm.renewal.months = {months}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(places(24), Vec::<String>::new());
        assert_eq!(places(25), ["term.option.a.months", "term.renewal.months"]);
    }
}
