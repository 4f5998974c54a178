//! A decision names another sum or other days than the agreement has.

use std::cmp::Ordering;

use crate::agreement::{Change, Funding};
use crate::date::{Length, Period};
use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::money::Money;
use crate::path;
use crate::payouts;
use crate::records::{Decision, DecisionKind, Records};
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::term::{deciding_beside, first_of_each};
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
    findings.extend(joint.iter().filter_map(|one| of_parts(scope, one, |key| place(key, "amount"))));
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
    of_agreement.into_iter().chain(of_changes).collect()
}

/// What is wrong with the sums of committees that decide together: each decides all of it, or its own part.
fn of_parts(scope: &Scope<'_>, joint: &Joint<'_>, place: impl Fn(&str) -> Place) -> Option<Finding> {
    let approvals = &joint.decisions;
    let last = *approvals.iter().rfind(|(_, decision)| decision.amount.is_some())?;
    let (sum, adjusted) = match sum(scope, last.0, last.1) {
        Sum::Of { stated, adjusted } => (stated, adjusted),
        Sum::Unknown | Sum::Endless => return None,
    };
    let amounts: Option<Vec<Money>> = approvals.iter().map(|(_, decision)| decision.amount).collect();
    let all_have = amounts.filter(|all| all.len() >= joint.count);
    let told = approvals.iter().filter_map(|(_, decision)| decision.amount);
    if all_have.is_none() {
        // What the others decide may be the rest.
        let most = told.max().filter(|most| *most > adjusted.max(sum))?;
        return differs(most, (sum, adjusted), place(last.0), "Beslutet gäller");
    }
    if told.clone().all(|one| differs(one, (sum, adjusted), place(last.0), "").is_none()) {
        return None;
    }
    differs(payouts::sum(told.map(Some))?, (sum, adjusted), place(last.0), "Besluten gäller tillsammans")
}

/// What the agreement pays by a decision.
enum Sum {
    Of {
        /// As the agreement states it.
        stated: Money,
        /// The same adjusted to prices, as far as they are known.
        adjusted: Money,
    },
    /// The agreement leaves some of it open, or has none.
    Unknown,
    /// The agreement goes on until further notice, and the decision does not say for how long it is.
    Endless,
}

/// What the agreement pays by a decision: what names it, and for the days of an approval or an extension what names no other.
/// Only what the municipality itself pays: a committee decides on no other money.
fn sum(scope: &Scope<'_>, key: &str, decision: &Decision) -> Sum {
    let agreement = scope.agreement;
    let time = scope.money_time();
    let own = agreement.funding.values().map(|funding| (funding, None));
    let supplements = agreement.supplements_in_order().into_iter();
    let added = supplements
        .flat_map(|(change, one)| one.funding.values().map(move |funding| (funding, Some(change))));
    let days = days(scope, key, decision);
    let has_days = match decision.kind {
        DecisionKind::Approval => true,
        DecisionKind::Extension => days.is_some(),
        _ => false,
    };
    // All of what names it, and of what grows for each year as much as the decision is for.
    let named_days = decision.period.filter(|_| !time.has_end());
    let by_it = |funding: &Funding, supplement: Option<Change<'_>>| {
        let of_supplement = || supplement.into_iter().flat_map(Change::decisions).flatten();
        let named: Vec<&String> = match funding.decision.known() {
            Some(own) => vec![own],
            None => of_supplement().collect(),
        };
        if named.is_empty() {
            return has_days.then_some(days);
        }
        named.into_iter().any(|named| named == key).then_some(named_days)
    };
    let components: Vec<(&Funding, Option<Period>)> = own
        .chain(added)
        .filter(|(funding, _)| scope.register.pays_itself(agreement, &funding.payer))
        .filter_map(|(funding, supplement)| Some((funding, by_it(funding, supplement)?)))
        .collect();
    let grows = |(funding, days): &(&Funding, Option<Period>)| {
        days.is_none() && funding.period.is_none() && funding.amount.known().is_none()
    };
    if !time.has_end() && components.iter().any(grows) {
        return Sum::Endless;
    }
    let time = days.map_or(time, |days| time.lasting_to(days.end));
    let Some(stated) = payouts::total_within(components.iter().copied(), time) else { return Sum::Unknown };
    let rises = components.iter().map(|(funding, days)| rise(scope, funding, *days));
    let rise = payouts::sum(rises.map(Some));
    let adjusted = rise.and_then(|rise| stated.checked_add(rise)).unwrap_or(stated);
    Sum::Of { stated, adjusted }
}

/// By how much what a component is for some days is adjusted, as far as the prices are known.
fn rise(scope: &Scope<'_>, funding: &Funding, days: Option<Period>) -> Money {
    let components = scope.statement.in_force_or_proposed().filter(|one| std::ptr::eq(one.funding, funding));
    let years = components.flat_map(|one| &one.years);
    let years = years.filter(|year| days.is_none_or(|days| days.contains(&year.period)));
    let rises = years.filter_map(|year| year.payable?.checked_sub(year.agreed?));
    payouts::sum(rises.map(Some)).unwrap_or_default()
}

/// The days that a decision is for: those that it names, or by an approval the stated term, and else those that the changes
/// that name it add.
fn days(scope: &Scope<'_>, key: &str, decision: &Decision) -> Option<Period> {
    decision.period.or_else(|| stated_days(scope, key, decision))
}

/// The days that the agreement lasts by a decision: by its approval the stated term, else from the day after what held before
/// up to the last day of the changes that name it.
fn stated_days(scope: &Scope<'_>, key: &str, decision: &Decision) -> Option<Period> {
    let agreement = scope.agreement;
    if decision.kind == DecisionKind::Approval {
        return agreement.term.period().filter(|_| agreement.term.open_ended().is_none());
    }
    let changes = || {
        let names = |named: Option<&String>| named.is_some_and(|named| named == key);
        let changes = agreement.extensions().chain(agreement.supplements());
        changes.filter_map(move |one| Some((one.until()?, one.decisions().any(names))))
    };
    let last = changes().filter(|(_, is_named)| *is_named).map(|(until, _)| until).max()?;
    let before = changes().map(|(until, _)| until).chain(agreement.term.last_day());
    let start = before.filter(|until| *until < last).max()?.succ_opt()?;
    Some(Period { start, end: last })
}

fn amount(
    scope: &Scope<'_>,
    (key, decision): (&str, &Decision),
    decided: Money,
    place: Place,
) -> Option<Finding> {
    match sum(scope, key, decision) {
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
    let (level, lasts) = match agreed {
        Some(agreed) if agreed == decided => return None,
        Some(agreed) if decided.contains(&agreed) => (Level::Warning, agreed.to_string()),
        Some(agreed) => (Level::Error, agreed.to_string()),
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
    Some(say_time(level, place, format!("Beslutet gäller {decided}, men avtalet {lasts}.")))
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
    Some(say_time(level, place, message))
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
