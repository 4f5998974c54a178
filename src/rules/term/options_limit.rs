//! The term with all its options is longer than the guideline allows.

use chrono::NaiveDate;

use crate::agreement::{Bound, ExtensionOption, GoingOn, Term};
use crate::date::{Length, Period};
use crate::finding::{Finding, Level};
use crate::measure::Measure;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP204",
    slug: "options-limit",
    title: "Avtalstiden med förlängningar är längre än riktlinjerna tillåter",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "kommunens riktlinjer",
    why: "En option binder den som har gett den. Används alla gäller avtalet så länge som de räcker, och en som bara anger hur lång tiden är minst har inget slut.",
    check: Check::Life(check),
    bad: Example::agreement(&[], "term.option.ett-ar = { months = 12, times = 4 }", "term.option"),
    good: Example::agreement(&[], "term.option.ett-ar = { months = 12, times = 3 }", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(guideline) = scope.guideline else { return Vec::new() };
    let term = &scope.agreement.term;
    let limits = &guideline.limits;
    // A guideline that only limits the term may mean it with or without what prolongs it.
    let (most, is_silent) = match (limits.term_with_options_months, limits.base_term_months) {
        (Some(most), _) => (most, false),
        (None, Some(most)) => (most, true),
        (None, None) => return Vec::new(),
    };
    let (Some(start), period) = (term.start.known().copied(), term.period()) else { return Vec::new() };
    // Where no end is known, what has been changed still says how long it lasts.
    if period.is_none() && term.last_day().is_some() {
        return Vec::new();
    }
    let until = |end| Period { start, end };
    let Some(last_day) = until(start).last_day_within(most) else { return Vec::new() };
    let silent = if is_silent { " och säger inget om förlängning" } else { "" };
    let allowed = format!(
        "Riktlinjerna tillåter högst {} ({}){silent}",
        text::years_or_months(most),
        guideline.citation()
    );
    let help = "Ta bort eller korta förlängningarna, eller hänvisa till beslutet om undantag.";
    let mut findings = Vec::new();

    findings.extend(without_ceiling(term).map(|(key, option)| {
        let message = format!(
            "Optionen ”{key}” är på minst {}, utan bortre gräns. {allowed}.",
            text::months(option.months)
        );
        let help = "Skriv hur lång förlängningen högst får bli (months, och bound = \"at-most\" om den får bli kortare), eller hänvisa till beslutet om undantag.";
        scope.guideline_finding(&RULE, path!["term", "option", key, "bound"], message).help(help)
    }));
    let changes = scope.last_days();
    // All options follow on the day after the term or what has prolonged it without one, so whole months are counted from
    // there.
    let without_option = changes.iter().filter(|change| change.option().is_none()).map(|change| change.until);
    let last = without_option.chain(period.map(|period| period.end)).max();
    let months = term.option.values().map(|option| option.months.saturating_mul(option.times));
    let months = months.fold(0, u32::saturating_add);
    let after = last.and_then(|last| last.succ_opt()).map(|start| Period { start, end: start });
    let say = |message: String| scope.guideline_finding(&RULE, path!["term", "option"], message).help(help);
    // An option may be used when all renewals have come.
    let renewed = term.going_on().and_then(|terms| terms.until).filter(|until| Some(*until) > last);
    let after_renewals = renewed.and_then(|last| last.succ_opt()).map(|start| Period { start, end: start });
    let all = after.into_iter().map(|after| (after, "Med alla optioner"));
    let renewed =
        after_renewals.map(|after| (after, "Med alla optioner efter den automatiska förlängningen"));
    findings.extend(all.chain(renewed).filter(|_| months > 0).find_map(|(after, what)| {
        let Some(end) = after.last_day_within(months) else {
            return Some(say(format!("{what} gäller avtalet så gott som utan slut. {allowed}.")));
        };
        let whole = until(end).length();
        let message = format!("{what} gäller avtalet till {end} ({whole}). {allowed}.");
        (end > last_day).then(|| say(message).measured(Measure::of_length(whole)))
    }));
    findings.extend(of_extended(scope, last, (most, &allowed)));
    if let Some(change) =
        changes.into_iter().max_by_key(|change| change.until).filter(|change| change.until > last_day)
    {
        let whole = until(change.until);
        let what = if change.is_extension() { "förlängningen" } else { "tillägget" };
        let message = format!("Med {what} gäller avtalet {whole} ({}). {allowed}.", whole.length());
        let finding = scope.guideline_finding(&RULE, change.change.until_path(), message).help(help);
        findings.push(finding.measured(Measure::of_length(whole.length())));
    }
    // That it lasts until further notice is held against the limit of the term.
    let is_told = |terms: &GoingOn| terms.is_until_further_notice() && limits.base_term_months.is_some();
    if let Some(going_on) = term.going_on().filter(|terms| !is_told(terms)) {
        let path = path!["term", going_on.key];
        let say = |path, message: String| scope.guideline_finding(&RULE, path, message).help(help);
        findings.extend(match going_on.until {
            // What has no end has no measure either, but for how long each renewal is.
            None if going_on.is_until_further_notice() => {
                Some(say(path, format!("Avtalet gäller tills vidare, utan bortre gräns. {allowed}.")))
            }
            None => {
                let message = format!("Avtalet förlängs automatiskt utan bortre gräns. {allowed}.");
                let each = Length { months: going_on.months, days: 0 };
                // At another place than what has an end, which is not accepted with it.
                Some(say(path.join("months"), message).measured(Measure::of_length(each)))
            }
            Some(limit) if limit > last_day => {
                let whole = until(limit).length();
                let message = format!("Avtalet kan förlängas automatiskt till {limit}. {allowed}.");
                Some(say(path, message).measured(Measure::of_length(whole)))
            }
            Some(_) => None,
        });
    }
    if is_silent {
        for finding in &mut findings {
            finding.level = Level::Warning;
        }
    }
    findings
}

/// The options that say how long an extension is at least, and not at most.
fn without_ceiling(term: &Term) -> impl Iterator<Item = (&String, &ExtensionOption)> {
    term.option.iter().filter(|(_, option)| option.bound == Bound::AtLeast)
}

/// That the agreement is an extension of an earlier one, and lasts too long together with that.
fn of_extended(scope: &Scope<'_>, last: Option<NaiveDate>, (most, allowed): (u32, &str)) -> Option<Finding> {
    let before = scope.agreement.predecessor.as_ref().filter(|before| before.extended)?;
    let whole = Period { start: before.period.known()?.start, end: last? };
    if whole.is_reversed() || whole.last_day_within(most)? >= whole.end {
        return None;
    }
    let length = whole.length();
    let message =
        format!("Avtalet förlänger {}. Tillsammans gäller de {whole} ({length}). {allowed}.", before.title);
    let help = "Korta avtalstiden, eller hänvisa till beslutet om undantag. Är avtalet inte en förlängning utan ett nytt avtal: ta bort extended.";
    let finding = scope.guideline_finding(&RULE, path!["predecessor", "extended"], message);
    Some(finding.measured(Measure::of_length(length)).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// Where the rule finds something. The term begins 2024-01-01, and five years are allowed: to the end of 2028.
    fn places(toml: &'static str) -> Vec<String> {
        let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
        findings.iter().map(|finding| finding.place.path.to_string()).collect()
    }

    const NOWHERE: [&str; 0] = [];

    #[test]
    fn the_whole_term_is_told() {
        let message = |toml| {
            let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
            findings[0].message.replace('\u{a0}', " ")
        };
        assert_eq!(
            message("term.option.a = { months = 37 }"),
            "Med alla optioner gäller avtalet till 2029-01-31 (61 månader). \
             Riktlinjerna tillåter högst fem år (kommunfullmäktige 2019-05-20 § 45)."
        );
        assert_eq!(
            message("extension.a.until = 2029-01-01"),
            "Med förlängningen gäller avtalet 2024-01-01–2029-01-01 (60 månader och 1 dag). \
             Riktlinjerna tillåter högst fem år (kommunfullmäktige 2019-05-20 § 45)."
        );
    }

    #[test]
    fn a_limit_of_the_term_alone_is_held_against_what_prolongs_it_as_a_warning() {
        let said = |toml| {
            let agreement = Example::agreement(&[], toml, "");
            let remove = &["limits.term_with_options_months"];
            let guideline = Example { file: "guidelines/adala-2019.toml", remove, toml: "", at: "" };
            found(&RULE, &[agreement, guideline])
        };
        assert_eq!(said("extension.a.until = 2026-12-31"), []);
        assert_eq!(said("term.option.a = { months = 12 }"), []);
        for (toml, path) in [
            ("extension.a.until = 2027-01-01", "extension.a.until"),
            ("term.option.a = { months = 13 }", "term.option"),
            ("term.renewal = { months = 12, until = 2027-12-31 }", "term.renewal"),
        ] {
            let findings = said(toml);
            let [finding] = findings.as_slice() else { panic!("{toml}: {findings:?}") };
            assert_eq!((finding.level, finding.place.path.to_string().as_str()), (Level::Warning, path));
            let message = finding.message.replace('\u{a0}', " ");
            assert!(
                message.ends_with(
                    "högst tre år (kommunfullmäktige 2019-05-20 § 45) och säger inget om förlängning."
                ),
                "{message}"
            );
        }
        let none = &["limits"];
        let guideline = Example { file: "guidelines/adala-2019.toml", remove: none, toml: "", at: "" };
        assert_eq!(
            found(&RULE, &[Example::agreement(&[], "extension.a.until = 2035-01-01", ""), guideline]),
            []
        );
    }

    #[test]
    fn a_term_without_options_is_not_this_rules_matter() {
        assert_eq!(places("term.end = 2029-12-31"), NOWHERE);
        assert_eq!(places("term.end = 2029-12-31\nterm.option.a = { months = 1 }"), ["term.option"]);
    }

    #[test]
    fn an_extension_may_last_to_the_last_day_allowed() {
        assert_eq!(places("extension.a.until = 2028-12-31"), NOWHERE);
        assert_eq!(places("extension.a.until = 2029-01-01"), ["extension.a.until"]);
    }

    #[test]
    fn a_supplement_may_last_as_long_as_an_extension_and_an_option_follows_on_it() {
        let supplement = |end: &str, more: &str| {
            let toml = format!("supplement.a = {{ number = 1, changes = \"Tiden.\", end = {end} }}\n{more}");
            places(toml.leak())
        };
        assert_eq!(supplement("2028-12-31", ""), NOWHERE);
        assert_eq!(supplement("2029-01-01", ""), ["supplement.a.end"]);
        assert_eq!(supplement("2028-12-31", "term.option.o = { months = 12 }"), ["term.option"]);
        // An extension that uses the option is that option.
        let used = "term.option.o = { months = 36 }\nextension.a = { until = 2028-12-31, option = \"o\" }";
        assert_eq!(places(used), NOWHERE);
    }

    #[test]
    fn what_has_no_end_lasts_as_long_as_what_changes_it() {
        assert_eq!(places("term.end = \"not-stated\"\nextension.a.until = 2028-12-31"), NOWHERE);
        assert_eq!(
            places("term.end = \"not-stated\"\nextension.a.until = 2029-01-01"),
            ["extension.a.until"]
        );
    }

    #[test]
    fn an_automatic_renewal_may_last_to_the_last_day_allowed_and_needs_an_end() {
        assert_eq!(places("term.renewal = { months = 12, until = 2028-12-31 }"), NOWHERE);
        assert_eq!(places("term.renewal = { months = 12, until = 2029-01-01 }"), ["term.renewal"]);
        assert_eq!(places("term.renewal = { months = 12 }"), ["term.renewal.months"]);
    }

    #[test]
    fn an_option_without_a_ceiling_or_an_end_is_told_without_a_measure() {
        let measures = |toml: &'static str| {
            let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
            findings.iter().map(|one| (one.place.path.to_string(), one.measure)).collect::<Vec<_>>()
        };
        assert_eq!(
            measures("term.option.o = { months = 12, bound = \"at-least\" }"),
            [("term.option.o.bound".to_owned(), None)]
        );
        assert_eq!(places("term.option.o = { months = 12, bound = \"at-most\" }"), NOWHERE);
        let one = |number| format!("term.option.o{number} = {{ months = 600, times = 100 }}");
        let many: Vec<String> = (0..60).map(one).collect();
        assert_eq!(measures(many.join("\n").leak()), [("term.option".to_owned(), None)]);
    }

    #[test]
    fn options_follow_on_renewals_too() {
        let both = |until: &str, times: u32| {
            let toml = format!(
                "term.renewal = {{ months = 12, until = {until} }}\nterm.option.o = {{ months = 12, times = {times} }}"
            );
            places(toml.leak())
        };
        assert_eq!(both("2026-12-31", 2), NOWHERE);
        assert_eq!(both("2026-12-31", 3), ["term.option"]);
        assert_eq!(both("2028-12-31", 1), ["term.option"]);
    }

    #[test]
    fn an_agreement_that_extends_another_lasts_as_long_as_both() {
        let from = |start: &str, extended: bool| {
            let toml = format!(
                "predecessor = {{ title = \"avtalet\", extended = {extended}, period = {{ start = {start}, end = 2023-12-31 }} }}"
            );
            places(toml.leak())
        };
        assert_eq!(from("2021-01-01", true), NOWHERE);
        assert_eq!(from("2020-12-31", true), ["predecessor.extended"]);
        assert_eq!(from("2020-12-31", false), NOWHERE);
    }
}
