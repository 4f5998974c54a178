//! A decision names another sum or other days than the agreement has.

use std::cmp::Ordering;

use chrono::TimeDelta;

use super::decided_sum::{Sum, bearer, stated_days, sum};
use crate::date::{Length, Period};
use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::money::Money;
use crate::path;
use crate::payouts;
use crate::records::{Decision, DecisionKind, Records};
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::term::{deciding_beside, first_of_each};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP623",
    slug: "decision-differs",
    title: "Beslutet anger ett annat belopp eller en annan tid än avtalet",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "kommunallagen (2017:725) 6 kap. 3 och 4 §§",
    why: "Den som undertecknar får bara binda kommunen till det som nämnden har beslutat: det beloppet och den tiden, inte mer.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-11-01, period = { start = 2024-01-01, end = 2024-12-31 } }",
        "decision.avtal.period",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-11-01, period = { start = 2024-01-01, end = 2025-12-31 } }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let place = |key: &str, field: &str| Place::value(&records.file, path!["decision", key, field]);
    let mut findings = Vec::new();
    let joint = joint(scope, &records.data);
    for (key, decision) in &records.data.decision {
        let is_part = |joint: &Joint<'_>| joint.decisions.iter().any(|(part, _)| part == key);
        if let Some(decided) = decision.amount.filter(|_| !joint.iter().any(is_part)) {
            findings.extend(amount(scope, (key, decision), decided, place(key, "amount")));
        }
        if let Some(decided) = decision.period {
            findings.extend(period(scope, (key, decision), decided, place(key, "period")));
        }
    }
    findings.extend(joint.iter().flat_map(|one| of_parts(scope, one, |key| place(key, "amount"))));
    findings
}

/// Decisions of several committees on one thing.
struct Joint<'a> {
    decisions: Vec<(&'a str, &'a Decision)>,
    /// How many are to decide.
    count: usize,
}

/// What several committees decide together: the agreement, and each change that says so.
fn joint<'a>(scope: &'a Scope<'_>, records: &'a Records) -> Vec<Joint<'a>> {
    let beside = deciding_beside(scope.agreement);
    let approvals = first_of_each(scope.agreement, records, |kind| kind == DecisionKind::Approval);
    let of_agreement = (beside > 0).then_some(Joint { decisions: approvals, count: beside + 1 });
    // What ends an agreement costs nothing of its own.
    let changes = scope.agreement.extensions().chain(scope.agreement.supplements());
    let keys = changes.map(|change| change.decisions().collect());
    let of_changes = keys.filter(|keys: &Vec<_>| keys.len() > 1).map(|keys| {
        let count = keys.len();
        let named = keys.into_iter().flatten();
        let mut decisions: Vec<(&str, &Decision)> =
            named.filter_map(|key| Some((key.as_str(), records.decision.get(key)?))).collect();
        decisions.sort_by_key(|(_, one)| one.date);
        Joint { decisions, count }
    });
    // Money that names one of the decisions is held against that one.
    let has_own = |joint: &Joint<'_>| {
        let mut named = scope.agreement.stated_funding().filter_map(|(.., one)| one.decision.known());
        named.any(|named| joint.decisions.iter().any(|(key, _)| key == named))
    };
    of_agreement.into_iter().chain(of_changes).filter(|joint| !has_own(joint)).collect()
}

/// What is wrong with the sums of committees that decide together: each decides all of it, or its own part.
fn of_parts(scope: &Scope<'_>, joint: &Joint<'_>, place: impl Fn(&str) -> Place) -> Vec<Finding> {
    let approvals = &joint.decisions;
    let last = approvals.iter().rfind(|(_, decision)| decision.amount.is_some());
    let Some((key, decision)) = last.copied() else { return Vec::new() };
    let Sum::Of { stated, adjusted } = sum(scope, key, decision, None) else { return Vec::new() };
    let amounts: Option<Vec<Money>> = approvals.iter().map(|(_, decision)| decision.amount).collect();
    let all_have = amounts.filter(|all| all.len() >= joint.count);
    let told = approvals.iter().filter_map(|(_, decision)| decision.amount);
    let of_whole = |decided: Money, what: &str| differs(decided, (stated, adjusted), place(key), what);
    if all_have.is_none() {
        // What the others decide may be the rest.
        let most = told.max().filter(|most| *most > adjusted.max(stated));
        return most.and_then(|most| of_whole(most, "Beslutet gäller")).into_iter().collect();
    }
    if told.clone().all(|one| of_whole(one, "").is_none()) {
        return Vec::new();
    }
    let together = payouts::sum(told.map(Some)).and_then(|all| of_whole(all, "Besluten gäller tillsammans"));
    together.map_or_else(|| of_each(scope, approvals, place), |finding| vec![finding])
}

/// What is wrong with each committee's own part, where it is known of all the money which of them bears it.
fn of_each(
    scope: &Scope<'_>,
    approvals: &[(&str, &Decision)],
    place: impl Fn(&str) -> Place,
) -> Vec<Finding> {
    let Some(settings) = &scope.register.settings else { return Vec::new() };
    let committees: Option<Vec<&str>> = approvals
        .iter()
        .map(|(_, one)| {
            let mut all = settings.data.committee.iter();
            all.find(|(_, committee)| committee.is_called(&one.by)).map(|(key, _)| key.as_str())
        })
        .collect();
    let Some(committees) = committees else { return Vec::new() };
    let components = scope.statement.in_force_or_proposed().map(|one| one.funding);
    let mut own = components.filter(|one| scope.register.pays_itself(scope.agreement, &one.payer));
    if !own.all(|one| bearer(scope, one).is_some_and(|bearer| committees.contains(&bearer))) {
        return Vec::new();
    }
    let sums = approvals.iter().zip(committees).map(|((key, decision), committee)| {
        match sum(scope, key, decision, Some(committee)) {
            Sum::Of { stated, adjusted } => Some(((*key, *decision), (stated, adjusted))),
            Sum::Unknown | Sum::Endless => None,
        }
    });
    // What one of them bears is known only where it is known of all.
    let Some(sums) = sums.collect::<Option<Vec<_>>>() else { return Vec::new() };
    sums.into_iter()
        .filter_map(|((key, decision), (stated, adjusted))| {
            let what = format!("{} beslut gäller", text::genitive(&text::capitalised(&decision.by)));
            differs(decision.amount?, (stated, adjusted), place(key), &what)
        })
        .collect()
}

fn amount(
    scope: &Scope<'_>,
    (key, decision): (&str, &Decision),
    decided: Money,
    place: Place,
) -> Option<Finding> {
    match sum(scope, key, decision, None) {
        Sum::Of { stated, adjusted } => differs(decided, (stated, adjusted), place, "Beslutet gäller"),
        Sum::Unknown => None,
        Sum::Endless => {
            let message = format!(
                "Beslutet gäller {decided}, men inte för hur lång tid: avtalet gäller tills vidare, och vad det ger växer för varje år."
            );
            let finding = Finding::new(RULE.code, Level::Note, place, message).source(RULE.source);
            Some(finding.help("Ange tiden som beslutet gäller: period i beslutet."))
        }
    }
}

/// That a decision is for less than the agreement states, or for more than it gives when it has been adjusted to prices.
fn differs(decided: Money, (stated, adjusted): (Money, Money), place: Place, what: &str) -> Option<Finding> {
    let (level, message, measure) = if decided < stated {
        let over = stated.checked_sub(decided)?;
        let message =
            format!("{what} {decided}, men avtalet ger {stated}: {over} mer än vad som är beslutat.");
        (Level::Error, message, over)
    } else {
        let most = stated.max(adjusted);
        let less = decided.checked_sub(most).filter(|less| *less > Money::ZERO)?;
        let how = if most > stated { " med den uppräkning som är känd" } else { "" };
        (Level::Warning, format!("{what} {decided}, men avtalet ger {most}{how}: {less} mindre."), less)
    };
    let finding = Finding::new(RULE.code, level, place, message).source(RULE.source);
    let help = "Rätta det ena beloppet, eller fatta ett nytt beslut (decision i [funding.NAMN]) om det som inte är beslutat.";
    Some(finding.measured(Measure::of_kronor(measure)).help(help))
}

fn period(
    scope: &Scope<'_>,
    (key, decision): (&str, &Decision),
    decided: Period,
    place: Place,
) -> Option<Finding> {
    let agreed = stated_days(scope, key, decision).map(|agreed| match decision.kind {
        DecisionKind::Approval => agreed,
        // A change says until when; from when follows from what held.
        _ => Period { start: decided.start, ..agreed },
    });
    let (level, agreed) = match agreed {
        Some(agreed) if agreed == decided => return None,
        Some(agreed) if decided.contains(&agreed) => (Level::Warning, agreed),
        Some(agreed) => (Level::Error, agreed),
        None if decision.kind != DecisionKind::Approval => return None,
        None if scope.agreement.term.open_ended().is_none() => return length(scope, decided, place),
        None => {
            let is_endless = scope.life().notice.is_none() && scope.life().early_end.is_none();
            return is_endless.then(|| {
                let message = format!("Beslutet gäller {decided}, men avtalet gäller tills vidare.");
                say_time(Level::Error, place, message)
            });
        }
    };
    // The days that one of them has and not the other.
    let days = |one: Period, other: Period| one.without(&[other]).iter().map(Period::days).sum::<u32>();
    let days = days(agreed, decided).saturating_add(days(decided, agreed));
    let finding = say_time(level, place, format!("Beslutet gäller {decided}, men avtalet {agreed}."));
    Some(finding.measured(Measure::of_days(TimeDelta::days(days.into()))))
}

/// That a decision is for another length of time than the agreement, of which only the months are known yet.
fn length(scope: &Scope<'_>, decided: Period, place: Place) -> Option<Finding> {
    let agreed = scope.agreement.term.months.filter(|_| !decided.is_reversed())?;
    let agreed = Length { months: agreed, days: 0 };
    let length = decided.length();
    let level = match length.cmp(&agreed) {
        Ordering::Equal => return None,
        Ordering::Less => Level::Error,
        Ordering::Greater => Level::Warning,
    };
    let message = format!("Beslutet gäller {decided} ({length}), men avtalet {agreed}.");
    let until = decided.last_day_within(agreed.months)?;
    Some(say_time(level, place, message).measured(Measure::of_days(until - decided.end)))
}

fn say_time(level: Level, place: Place, message: String) -> Finding {
    Finding::new(RULE.code, level, place, message)
        .source(RULE.source)
        .help("Rätta den ena tiden, eller fatta ett nytt beslut om den tid som inte är beslutad.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// The level and place of what is found. The agreement lasts 2024-01-01–2025-12-31 and gives 900 000 kronor a year.
    fn said(records: &str, agreement: &'static str) -> Vec<String> {
        let records = Example::file("records/oppet-hus.toml", records.to_owned().leak(), "");
        let findings = found(&RULE, &[records, Example::agreement(&[], agreement, "")]);
        findings.iter().map(|one| format!("{:?} {} {}", one.level, one.place.path, one.message)).collect()
    }

    fn approval(more: &str) -> String {
        format!(
            "decision.avtal = {{ kind = \"approval\", by = \"Socialnämnden\", date = 2023-11-01, {more} }}"
        )
    }

    #[test]
    fn a_decision_may_state_the_sum_as_it_is_adjusted() {
        let sum = found_sum();
        let flat = "indexation.pris = { flat = \"10\", years = [2025], funding = [\"2025\"], amounts = \"before-adjustment\", method = \"chained\" }";
        let with = |amount: i64| said(&approval(&format!("amount = {amount}")), flat);
        let adjusted = sum + 50_000;
        for amount in [sum, sum + 40_000, adjusted] {
            assert_eq!(with(amount), Vec::<String>::new());
        }
        assert!(with(sum - 1)[0].starts_with("Error decision.avtal.amount"), "{:?}", with(sum - 1));
        let more = with(adjusted + 1);
        assert!(more[0].contains("med den uppräkning som är känd: 1\u{a0}krona mindre"), "{more:?}");
    }

    #[test]
    fn more_than_was_decided_is_an_error_and_less_a_warning() {
        let sum = found_sum();
        let with = |amount: i64| said(&approval(&format!("amount = {amount}")), "");
        assert_eq!(with(sum), Vec::<String>::new());
        assert!(with(sum - 1)[0].starts_with("Error decision.avtal.amount"), "{:?}", with(sum - 1));
        assert!(with(sum + 1)[0].starts_with("Warning decision.avtal.amount"), "{:?}", with(sum + 1));
    }

    /// What the example pays, from the message of a decision on one krona.
    fn found_sum() -> i64 {
        let found = said(&approval("amount = 1"), "");
        let text = found[0].replace('\u{a0}', "");
        let after = text.split("avtalet ger").nth(1).unwrap();
        let digits: String =
            after.chars().take_while(|one| *one != ':').filter(char::is_ascii_digit).collect();
        digits.parse().unwrap()
    }

    #[test]
    fn an_extension_keeps_to_the_days_of_its_decision() {
        let decision = "decision.mer = { kind = \"extension\", by = \"Socialnämnden\", date = 2025-09-01, period = { start = 2026-01-01, end = 2026-06-30 } }";
        let with = |until: &str| {
            said(decision, format!("extension.a = {{ until = {until}, decision = \"mer\" }}").leak())
        };
        assert_eq!(with("2026-06-30"), Vec::<String>::new());
        assert!(with("2026-07-31")[0].starts_with("Error decision.mer.period"));
        assert!(with("2026-05-31")[0].starts_with("Warning decision.mer.period"));
    }

    #[test]
    fn of_a_term_without_days_the_length_is_held_against_the_decision() {
        let open = Example::agreement(&["term"], "term = { start = \"not-stated\", months = 24 }", "");
        let with = |end: &str| {
            let more = format!("period = {{ start = 2024-01-01, end = {end} }}");
            let records = Example::file("records/oppet-hus.toml", approval(&more).leak(), "");
            found(&RULE, &[records, open]).into_iter().next().map(|one| (one.level, one.message))
        };
        assert_eq!(with("2025-12-31"), None);
        let (level, message) = with("2024-12-31").unwrap();
        assert_eq!(level, Level::Error);
        assert_eq!(
            message.replace('\u{a0}', " "),
            "Beslutet gäller 2024-01-01–2024-12-31 (12 månader), men avtalet 24 månader."
        );
        assert_eq!(with("2026-06-30").unwrap().0, Level::Warning);
    }

    #[test]
    fn committees_that_decide_together_decide_the_sum_or_its_parts() {
        let sum = found_sum();
        let with = |first: i64, second: i64| {
            let records = format!(
                "decision.a = {{ kind = \"approval\", by = \"Socialnämnden\", date = 2023-11-01, amount = {first} }}\n\
                 decision.b = {{ kind = \"approval\", by = \"Kulturnämnden\", date = 2023-11-08, amount = {second} }}"
            );
            said(&records, "also_decides.kultur = { committee = \"kultur\", registry_number = \"KN 1\" }")
        };
        assert_eq!(with(sum - 300_000, 300_000), Vec::<String>::new());
        assert_eq!(with(sum, sum), Vec::<String>::new());
        let less = with(sum - 300_000, 299_000);
        assert_eq!(less.len(), 1, "{less:?}");
        assert!(less[0].starts_with("Error decision.b.amount Besluten gäller tillsammans"), "{less:?}");
    }

    #[test]
    fn each_committee_decides_on_what_its_own_lines_bear() {
        let sum = found_sum();
        let with = |social: i64, kultur: i64| {
            let records = format!(
                "decision.a = {{ kind = \"approval\", by = \"Socialnämnden\", date = 2023-11-01, amount = {social} }}\n\
                 decision.b = {{ kind = \"approval\", by = \"Kulturnämnden\", date = 2023-11-08, amount = {kultur} }}"
            );
            let line =
                |key: &str| format!("[line.{key}]\ntitle = \"{key}\"\ncommittee = \"{key}\"\nyear = {{}}\n");
            let changes = [
                Example::file("records/oppet-hus.toml", records.leak(), ""),
                Example::file("budget.toml", (line("social") + &line("kultur")).leak(), ""),
                Example::file(
                    "iop.toml",
                    "[municipality]\nname = \"Ådala kommun\"\n[default]\ncommittee = \"social\"\n\
                     [committee.social]\nnames = [{ name = \"Socialnämnden\" }]\n\
                     [committee.kultur]\nnames = [{ name = \"Kulturnämnden\" }]",
                    "",
                ),
                Example::agreement(
                    &[],
                    "also_decides.kultur = { committee = \"kultur\" }\n\
                     funding.2024.budget_line = \"social\"\nfunding.2025.budget_line = \"kultur\"",
                    "",
                ),
            ];
            let findings = found(&RULE, &changes);
            findings.iter().map(|one| format!("{:?} {}", one.level, one.place.path)).collect::<Vec<_>>()
        };
        let nothing: [&str; 0] = [];
        assert_eq!(with(sum - 500_000, 500_000), nothing);
        assert_eq!(with(sum, sum), nothing);
        // Together it is all, and each is for the other's money.
        assert_eq!(with(sum - 400_000, 400_000), ["Warning decision.a.amount", "Error decision.b.amount"]);
    }

    #[test]
    fn a_decision_is_held_against_the_money_of_its_own_time() {
        let sum = found_sum();
        let later = "extension.a = { until = 2026-12-31, decision = \"mer\" }\n\
                     funding.2026 = { payer = \"kommun\", amount = 300_000, period = { start = 2026-01-01, end = 2026-12-31 } }";
        assert_eq!(said(&approval(&format!("amount = {sum}")), later), Vec::<String>::new());
        let extension = |amount: i64| {
            let records = format!(
                "decision.mer = {{ kind = \"extension\", by = \"Socialnämnden\", date = 2025-09-01, amount = {amount} }}"
            );
            said(&records, later)
        };
        assert_eq!(extension(300_000), Vec::<String>::new());
        let over = extension(250_000);
        assert!(over[0].contains("avtalet ger 300\u{a0}000\u{a0}kronor: 50\u{a0}000"), "{over:?}");
    }

    #[test]
    fn what_lasts_until_further_notice_is_held_against_the_time_of_the_decision() {
        let open = Example::agreement(
            &["term.end", "funding"],
            "term.until_further_notice = { notice_months = 6, ends_on = \"12-31\" }\n\
             funding.ar = { payer = \"kommun\", rate = { amount = 100_000, per = \"year\" } }",
            "",
        );
        let with = |more: &str| {
            let records = Example::file("records/oppet-hus.toml", approval(more).leak(), "");
            let findings = found(&RULE, &[records, open]);
            findings.iter().map(|one| format!("{:?} {}", one.level, one.message)).collect::<Vec<_>>()
        };
        // Without a time it would be another sum every year.
        assert!(
            with("amount = 100_000")[0].starts_with("Note Beslutet gäller"),
            "{:?}",
            with("amount = 100_000")
        );
        // Three years of it, however far it is known to last; and the agreement does not end with them.
        let time = "period = { start = 2024-01-01, end = 2026-12-31 }";
        let found = with(&format!("amount = 300_000, {time}"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("avtalet gäller tills vidare"), "{found:?}");
        assert_eq!(with(&format!("amount = 250_000, {time}")).len(), 2);
    }
}
