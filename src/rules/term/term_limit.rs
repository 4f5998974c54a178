//! The base term is longer than the guideline allows.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::agreement::{Agreement, ExtensionOption, GoingOn, Role};
use crate::date::{Length, Period};
use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::term::{made_on, unstoppable};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP201",
    slug: "term-limit",
    title: "Avtalstiden är längre än riktlinjerna tillåter",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "kommunens riktlinjer",
    why: "Riktlinjerna begränsar hur länge ett partnerskap får gälla, så att kommunen prövar det på nytt och \
          inte binder kommande budgetar längre än nämnden har bestämt. En förlängning som avtalas tillsammans med avtalet \
          eller som kommunen inte kan hindra är en del av avtalstiden. Detsamma gäller avtal efter varandra som ingås på en gång.",
    check: Check::Life(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "term.end = 2027-01-01",
        at: "term.end",
    },
    good: Example { file: "agreements/oppet-hus.toml", remove: &[], toml: "term.end = 2026-12-31", at: "" },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(guideline) = scope.guideline else { return Vec::new() };
    let limits = &guideline.limits;
    let Some(most) = limits.base_term_months else {
        let most = limits.term_with_options_months;
        return most.and_then(|most| at_once(scope, (guideline.citation(), most))).into_iter().collect();
    };
    let Some(period) = scope.agreement.term.period() else {
        let limit = (guideline.citation(), most);
        return without_days(scope, limit).into_iter().collect();
    };
    let Some(last_day) = period.last_day_within(most) else { return Vec::new() };
    let going_on = scope.agreement.term.going_on();
    let allowed = text::years_or_months(most);
    let limit = format!("Riktlinjerna tillåter högst {allowed} ({})", guideline.citation());
    let say = |path, message: String, whole: Period, help: String| {
        scope.guideline_finding(&RULE, path, message).measured(Measure::of_length(whole.length())).help(help)
    };
    let mut findings = Vec::new();
    if last_day < period.end {
        let message = format!("Avtalstiden är {} ({period}). {limit}.", period.length());
        let help = format!("Ändra slutdatum till senast {last_day} eller hänvisa till beslutet om undantag.");
        findings.push(say(path!["term", scope.agreement.term.end_key()], message, period, help));
    }
    let is_over = |until: NaiveDate| until > last_day.max(period.end);
    let changes = scope.last_days().into_iter().filter(|change| change.is_of_the_first);
    if let Some(change) = changes
        .filter(|change| is_over(change.until))
        .max_by_key(|change| (change.until, change.change.dated()))
    {
        let whole = Period { end: change.until, ..period };
        let name = change.change.named();
        let why = match change.change.dated() {
            Some(dated) => {
                format!("{name} avtalades {dated}, samtidigt med avtalet eller innan det började gälla")
            }
            None => format!("{name} har inget datum som visar att ändringen kom till senare än avtalet"),
        };
        let message =
            format!("{why}. Då hör den tiden till avtalstiden: {} ({whole}). {limit}.", whole.length());
        let help = format!(
            "Kom ändringen till senare: skriv dagen (dated). Annars: korta till senast {last_day} eller hänvisa till beslutet om undantag."
        );
        findings.push(say(change.change.until_path(), message, whole, help));
    }
    if let Some(open) = going_on.filter(GoingOn::is_until_further_notice) {
        // What has no end has no measure either.
        let message = format!("Avtalet gäller tills vidare. {limit}.");
        let help = format!(
            "Ange en sista dag (end), senast {last_day}, i stället för {}, eller hänvisa till beslutet om undantag.",
            open.key
        );
        findings.push(scope.guideline_finding(&RULE, path!["term", open.key], message).help(help));
    } else if let Some(until) =
        unstoppable(scope.agreement).and_then(|renewal| renewal.to).filter(|until| is_over(*until))
    {
        let whole = Period { end: until, ..period };
        let message = format!(
            "Förlängningen till {until} kan ingen hindra: uppsägningstiden börjar före avtalet. Då hör den till avtalstiden: {} ({whole}). {limit}.",
            whole.length()
        );
        let help = "Korta uppsägningstiden eller avtalstiden, eller hänvisa till beslutet om undantag.";
        findings.push(say(path!["term", "renewal"], message, whole, help.to_owned()));
    }
    let (key, until, is_conditional) = called_on_by_others(scope.agreement, period);
    if let Some(until) = until.filter(|until| is_over(*until)) {
        let whole = Period { end: until, ..period };
        let met = if is_conditional { " när villkoret är uppfyllt" } else { "" };
        let message = format!(
            "Förlängningen till {until} kan den idéburna parten kräva{met}, utan att kommunen kan hindra det. Då hör den till avtalstiden: {} ({whole}). {limit}.",
            whole.length()
        );
        let help = "Låt optionen användas av kommunen, eller av parterna tillsammans, korta den, eller hänvisa till beslutet om undantag.";
        let mut finding = say(path!["term", "option", key, "by"], message, whole, help.to_owned());
        if is_conditional {
            finding.level = Level::Warning;
        }
        findings.push(finding);
    }
    findings.extend(at_once(scope, (guideline.citation(), most)));
    findings
}

/// To when the options that the organisation alone calls on reach, with the key of the last of them, and whether a condition
/// must be met.
fn called_on_by_others(agreement: &Agreement, period: Period) -> (&str, Option<NaiveDate>, bool) {
    let is_others = |option: &&ExtensionOption| {
        let by = option.by.known().and_then(|by| agreement.party.get(by.as_str()));
        by.is_some_and(|party| party.role == Role::CivilSociety)
    };
    let own = || agreement.term.option.iter().filter(|(_, option)| is_others(option));
    let months = own().map(|(_, option)| option.months.saturating_mul(option.times));
    let months = months.fold(0, u32::saturating_add);
    let after = period.end.succ_opt().map(|start| Period { start, end: start }).filter(|_| months > 0);
    let until = after.map(|after| after.last_day_within(months).unwrap_or(NaiveDate::MAX));
    let key = own().next_back().map_or("", |(key, _)| key);
    (key, until, own().all(|(_, option)| option.condition.known().is_some()))
}

/// That the parties had entered into the agreement before one that it continues began: they were then bound by both at once.
fn at_once(scope: &Scope<'_>, (citation, most): (String, u32)) -> Option<Finding> {
    let (register, agreement) = (scope.register, scope.agreement);
    let period = agreement.term.period()?;
    let records = scope.records().map(|records| &*records.data);
    let made = made_on(agreement, records).filter(|_| scope.life().standing.is_bound())?;
    let (mut before, mut seen, mut first) = (agreement.continues.as_deref(), BTreeSet::new(), None);
    while let Some((id, entry)) = before.and_then(|id| Some((id, register.agreements.get(id)?))) {
        if !seen.insert(id) {
            break;
        }
        let start = entry.data.term.start.known().copied();
        let is_with = made_on(&entry.data, register.records_of(entry)).is_some_and(|with| made <= with);
        if let Some(start) = start.filter(|start| *start <= period.start && (made < *start || is_with)) {
            first = Some((start, entry));
        }
        before = entry.data.continues.as_deref();
    }
    let (start, entry) = first?;
    let whole = Period { start, ..period };
    if whole.last_day_within(most)? >= whole.end {
        return None;
    }
    let message = format!(
        "Avtalet ingicks {made}, samtidigt med det avtal som det fortsätter eller innan det började gälla ({start}). Då är de en och samma avtalstid: {} ({whole}). Riktlinjerna tillåter högst {} ({citation}).",
        whole.length(),
        text::years_or_months(most)
    );
    let finding = scope.guideline_finding(&RULE, path!["continues"], message);
    let finding = finding
        .measured(Measure::of_length(whole.length()))
        .related(Place::value(&entry.file, path!["term", "start"]), format!("avtalstiden börjar {start}"));
    Some(finding.help(
        "Pröva fortsättningen när det första avtalet går mot sitt slut, korta avtalen så att de tillsammans ryms, eller hänvisa till beslutet om undantag.",
    ))
}

/// The same of a term whose days are not known: as long as it says, or without an end.
fn without_days(scope: &Scope<'_>, (citation, most): (String, u32)) -> Option<Finding> {
    let term = &scope.agreement.term;
    let limit = format!("Riktlinjerna tillåter högst {} ({citation})", text::years_or_months(most));
    if let Some(open) = term.going_on().filter(GoingOn::is_until_further_notice) {
        let message = format!("Avtalet gäller tills vidare. {limit}.");
        let help =
            "Ange en sista dag (end) eller en längd (months), eller hänvisa till beslutet om undantag.";
        return Some(scope.guideline_finding(&RULE, path!["term", open.key], message).help(help));
    }
    let months = term.months.filter(|months| *months > most)?;
    let message = format!("Avtalstiden är {}. {limit}.", text::years_or_months(months));
    let finding = scope.guideline_finding(&RULE, path!["term", "months"], message);
    let help = format!("Ändra längden till högst {most} månader eller hänvisa till beslutet om undantag.");
    Some(finding.measured(Measure::of_length(Length { months, days: 0 })).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// Where the rule finds something. The term is 2024-01-01–2025-12-31, three years are allowed, and the agreement is dated
    /// 2023-11-01.
    fn places(toml: &str) -> Vec<String> {
        let findings = found(&RULE, &[Example::agreement(&[], toml.to_owned().leak(), "")]);
        findings.into_iter().map(|one| one.place.path.to_string()).collect()
    }

    const NOWHERE: [&str; 0] = [];

    #[test]
    fn what_is_agreed_with_the_agreement_or_before_it_begins_is_of_its_term() {
        let extended =
            |until: &str, dated: &str| places(&format!("extension.a = {{ until = {until}{dated} }}"));
        assert_eq!(extended("2026-12-31", ""), NOWHERE);
        assert_eq!(extended("2027-01-01", ""), ["extension.a.until"]);
        assert_eq!(extended("2027-01-01", ", dated = 2023-11-01"), ["extension.a.until"]);
        assert_eq!(extended("2027-01-01", ", dated = 2023-12-31"), ["extension.a.until"]);
        assert_eq!(extended("2027-01-01", ", dated = 2024-01-01"), NOWHERE);
        assert_eq!(
            places("dated = 2024-01-15\nextension.a = { until = 2027-01-01, dated = 2024-01-15 }"),
            ["extension.a.until"]
        );
        let supplement = "supplement.a = { number = 1, changes = \"Tiden.\", end = 2027-01-01 }";
        assert_eq!(places(supplement), ["supplement.a.end"]);
        // What is proposed while the agreement binds comes after it.
        let proposed = "extension.a = { until = 2027-01-01, status = \"proposed\" }";
        assert_eq!(places(proposed), ["extension.a.until"]);
        assert_eq!(places(&format!("status = \"signed\"\n{proposed}")), NOWHERE);
    }

    #[test]
    fn a_term_whose_days_are_not_known_is_held_to_the_limit_too() {
        let places = |term: &str| {
            let open = Example::agreement(&["term"], format!("term = {{ {term} }}").leak(), "");
            let findings = found(&RULE, &[open]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(places("start = \"not-stated\", months = 36"), NOWHERE);
        assert_eq!(places("start = \"not-stated\", months = 37"), ["term.months"]);
        let open = "start = \"not-stated\", until_further_notice = { notice_months = 3 }";
        assert_eq!(places(open), ["term.until_further_notice"]);
    }

    #[test]
    fn a_renewal_that_nobody_can_hinder_is_of_the_term() {
        let renewed =
            |notice: u32| places(&format!("term.renewal = {{ months = 24, notice_months = {notice} }}"));
        // Notice 23 months before the end is notice by 2024-01-31, and 24 months before by the day before the start.
        assert_eq!(renewed(23), NOWHERE);
        assert_eq!(renewed(24), ["term.renewal"]);
    }

    #[test]
    fn what_the_organisation_alone_can_demand_is_of_the_term() {
        assert_eq!(places("term.option.o = { months = 12, by = \"forening\" }"), NOWHERE);
        assert_eq!(places("term.option.o = { months = 13, by = \"forening\" }"), ["term.option.o.by"]);
        assert_eq!(places("term.option.o = { months = 24, by = \"kommun\" }"), NOWHERE);
        assert_eq!(places("term.option.o.months = 24"), NOWHERE);
        let conditional =
            "term.option.o = { months = 24, by = \"forening\", condition = \"att det går bra\" }";
        let findings = found(&RULE, &[Example::agreement(&[], conditional, "")]);
        assert_eq!(findings.iter().map(|one| one.level).collect::<Vec<_>>(), [Level::Warning]);
    }

    #[test]
    fn agreements_that_were_entered_into_at_once_have_one_term() {
        let with = |first: &str, end: &str, status: &str| {
            let before = format!(
                "title = \"ett öppet hus\"\nactivity = \"oppet-hus\"\nstatus = \"signed\"\nterm = {{ start = {first}, end = 2023-12-31 }}\n\
                 party.x = {{ role = \"civil-society\", name = \"En förening\" }}\nstandard_clauses = []\n"
            );
            let own = format!("continues = \"forra\"\nstatus = \"{status}\"\nterm.end = {end}");
            let changes = [
                Example::file("agreements/forra.toml", before.leak(), ""),
                Example::agreement(&[], own.leak(), ""),
            ];
            let findings = found(&RULE, &changes);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(with("2023-12-01", "2026-11-30", "signed"), NOWHERE);
        assert_eq!(with("2023-12-01", "2026-12-31", "signed"), ["continues"]);
        // Nobody is bound by a proposal, and what is agreed while the first runs is another question.
        assert_eq!(with("2023-12-01", "2026-12-31", "proposed"), NOWHERE);
        assert_eq!(with("2023-11-01", "2026-12-31", "signed"), NOWHERE);
    }
}
