//! An extension is longer than the guideline allows, or there are more of them.

use crate::agreement::Bound;
use crate::date::{Length, Period};
use crate::finding::{Finding, Level};
use crate::key_path::KeyPath;
use crate::measure::Measure;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::term::RestsOn;
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP215",
    slug: "extension-limit",
    title: "En förlängning är längre, eller förlängningarna fler, än riktlinjerna tillåter",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "kommunens riktlinjer",
    why: "Begränsas varje förlängning prövar kommunen partnerskapet på nytt med jämna mellanrum, också när hela tiden ryms i den längsta som är tillåten.",
    check: Check::Life(check),
    bad: Example::agreement(&[], "term.option.lang.months = 36", "term.option.lang.months"),
    good: Example::agreement(&[], "term.option.lang.months = 24", ""),
};

/// What makes the agreement longer: where it stands, what it is called and how long it is.
struct Extended {
    path: KeyPath,
    what: String,
    length: Length,
    times: u32,
}

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(guideline) = scope.guideline else { return Vec::new() };
    let limits = &guideline.limits;
    if limits.extension_months.is_none() && limits.extensions.is_none() {
        return Vec::new();
    }
    // Of a term that ends before it begins nothing can be said.
    if scope.agreement.term.period().is_none() && scope.agreement.term.last_day().is_some() {
        return Vec::new();
    }
    let all = extended(scope);
    let mut findings = Vec::new();
    if let Some(most) = limits.extension_months {
        let is_longer = |one: &&Extended| (one.length.months, one.length.days) > (most, 0);
        findings.extend(all.iter().filter(is_longer).map(|one| {
            let message = format!(
                "{} är {}. Riktlinjerna tillåter högst {} åt gången ({}).",
                one.what,
                one.length,
                text::years_or_months(most),
                guideline.citation()
            );
            let finding = scope.guideline_finding(&RULE, one.path.clone(), message);
            let help = "Korta förlängningen, eller hänvisa till beslutet om undantag.";
            finding.measured(Measure::of_length(one.length)).help(help)
        }));
        // How long one that is at least so long can be, nobody knows.
        let options = scope.agreement.term.option.iter().filter(|(_, one)| one.bound == Bound::AtLeast);
        findings.extend(options.filter(|(_, option)| option.months <= most).map(|(key, option)| {
            let message = format!(
                "Optionen ”{key}” är på minst {}, utan bortre gräns. Riktlinjerna tillåter högst {} åt gången ({}).",
                text::months(option.months),
                text::years_or_months(most),
                guideline.citation()
            );
            let help = "Skriv hur lång förlängningen högst får bli (months, och bound = \"at-most\" om den får bli kortare), eller hänvisa till beslutet om undantag.";
            scope.guideline_finding(&RULE, path!["term", "option", key, "bound"], message).help(help)
        }));
    }
    if let Some(most) = limits.extensions {
        let mut number = 0_u32;
        let passing = all.iter().find(|one| {
            number = number.saturating_add(one.times);
            number > most
        });
        if let Some(one) = passing {
            let total = all.iter().fold(0_u32, |sum, one| sum.saturating_add(one.times));
            let times = if total == 1 { "gång" } else { "gånger" };
            let message = format!(
                "Avtalet förlängs {total} {times}. Riktlinjerna tillåter högst {most} ({}).",
                guideline.citation()
            );
            let help = "Ta bort en förlängning eller option, eller hänvisa till beslutet om undantag.";
            let finding = scope.guideline_finding(&RULE, one.path.clone(), message).help(help);
            findings.push(finding.measured(Measure::of_count(total)));
        }
    }
    findings
}

/// Extensions and later last days in supplements, each from the end before it; then what is left of options, and renewals
/// as often as they can come, or without an end as often as they have come and once more.
fn extended(scope: &Scope<'_>) -> Vec<Extended> {
    let term = &scope.agreement.term;
    let mut last = term.last_day();
    let mut found = Vec::new();
    let mut changes = scope.last_days();
    changes.sort_by_key(|change| change.until);
    let mut used = std::collections::BTreeMap::<String, u32>::new();
    for change in changes {
        if let Some(option) = change.option() {
            *used.entry(option.to_owned()).or_default() += 1;
        }
        let start = change.begins_after(last).filter(|start| *start <= change.until);
        if let Some(start) = start {
            let length = Period { start, end: change.until }.length();
            found.push(Extended {
                what: change.change.named(),
                path: change.change.until_path(),
                length,
                times: 1,
            });
        }
        last = last.max(Some(change.until));
    }
    for (key, option) in &term.option {
        let left = option.times.saturating_sub(used.get(key.as_str()).copied().unwrap_or_default());
        if left > 0 {
            let path = path!["term", "option", key, "months"];
            let length = Length { months: option.months, days: 0 };
            found.push(Extended { path, what: format!("Optionen ”{key}”"), length, times: left });
        }
    }
    if let Some(renewal) = &term.renewal {
        let path = path!["term", "renewal", "months"];
        let length = Length { months: renewal.months, days: 0 };
        let come = scope.life().holding().filter(|one| matches!(one.rests_on, RestsOn::Renewal(_))).count();
        let come = u32::try_from(come).unwrap_or(u32::MAX);
        // As often as it can come up to its last day; without one as often as it has, and once more.
        let until = renewal.until.known().and_then(|until| {
            let start = last?.succ_opt()?;
            let length = Period { start, end: *until }.length();
            let months = length.months + u32::from(length.days > 0);
            (start <= *until).then(|| months.div_ceil(renewal.months.max(1)))
        });
        let times = until.unwrap_or(come.saturating_add(1));
        found.push(Extended { path, what: "Den automatiska förlängningen".to_owned(), length, times });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    fn places(limits: &'static str, agreement: &'static str) -> Vec<String> {
        let guideline = Example::file("guidelines/adala-2019.toml", limits, "");
        let findings = found(&RULE, &[guideline, Example::agreement(&[], agreement, "")]);
        findings.into_iter().map(|one| one.place.path.to_string()).collect()
    }

    #[test]
    fn a_renewal_counts_as_often_as_it_can_come() {
        let until = |day: &str| {
            let renewal = format!("term.renewal = {{ months = 12, notice_months = 6, until = {day} }}");
            places("limits.extensions = 1", renewal.leak()).len()
        };
        assert_eq!(until("2026-12-31"), 0);
        assert_eq!(until("2028-12-31"), 1);
    }

    #[test]
    fn each_extension_is_measured_from_the_end_before_it() {
        let half_years = "extension.a.until = 2026-06-30\nextension.b.until = 2026-12-31";
        assert_eq!(places("limits.extension_months = 6", half_years), Vec::<String>::new());
        assert_eq!(
            places("limits.extension_months = 5", half_years),
            ["extension.a.until", "extension.b.until"]
        );
        let a_day_more = "extension.a.until = 2026-07-01";
        assert_eq!(places("limits.extension_months = 6", a_day_more), ["extension.a.until"]);
    }

    #[test]
    fn options_count_as_often_as_they_are_left() {
        let twice = "term.option.a = { months = 6, times = 2 }";
        assert_eq!(places("limits.extensions = 2", twice), Vec::<String>::new());
        assert_eq!(places("limits.extensions = 1", twice), ["term.option.a.months"]);
        let used =
            "term.option.a = { months = 6, times = 2 }\nextension.a = { until = 2026-06-30, option = \"a\" }";
        assert_eq!(places("limits.extensions = 2", used), Vec::<String>::new());
        assert_eq!(places("limits.extensions = 1", used), ["term.option.a.months"]);
        assert_eq!(places("limits.extensions = 0", "term.renewal.months = 12"), ["term.renewal.months"]);
    }

    #[test]
    fn an_option_of_at_least_so_long_has_no_longest() {
        let option = |bound: &str| {
            let toml = format!("term.option.a = {{ months = 6, bound = \"{bound}\" }}");
            places("limits.extension_months = 6", toml.leak())
        };
        assert_eq!(option("at-least"), ["term.option.a.bound"]);
        assert_eq!(option("at-most"), Vec::<String>::new());
    }
}
