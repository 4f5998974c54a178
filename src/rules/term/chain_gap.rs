//! Days without an agreement: between one and the next with the same party about the same activity, and before an extension.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Months;

use crate::agreement::{Role, Status};
use crate::date::Period;
use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::path;
use crate::payouts::AgreementStatement;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP213",
    slug: "chain-gap",
    title: "Det finns dagar utan avtal mellan två avtal som avlöser varandra, eller före en förlängning",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "god sed: det som betalas ska ha ett avtal att vila på",
    why: "Pågår verksamheten och betalningarna under dagarna emellan har de ingen grund, och ingen vet vad som gäller om något händer.",
    check: Check::Register(check),
    bad: Example::file("agreements/tidigare.toml", GAP, "term.start"),
    good: Example::file("agreements/tidigare.toml", NO_GAP, ""),
};

const GAP: &str = "title = \"ett öppet hus\"\nactivity = \"oppet-hus\"\nstatus = \"ended\"\nterm = { start = 2022-01-01, end = 2023-11-30 }\nparty.x = { role = \"civil-society\", name = \"Föreningen Öppet hus i Ådala\" }\nstandard_clauses = []\n";
const NO_GAP: &str = "title = \"ett öppet hus\"\nactivity = \"oppet-hus\"\nstatus = \"ended\"\nterm = { start = 2022-01-01, end = 2023-12-31 }\nparty.x = { role = \"civil-society\", name = \"Föreningen Öppet hus i Ådala\" }\nstandard_clauses = []\n";

/// After so long a time, in months, a new agreement is a new beginning, unless it says that it continues the old one.
const NEW_BEGINNING: Months = Months::new(6);

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let mut activities: BTreeMap<&str, Vec<(Period, &AgreementStatement<'_>)>> = BTreeMap::new();
    let mut findings = Vec::new();
    for one in scope.statements.iter().filter(|one| one.entry.data.status != Status::Draft) {
        findings.extend(gaps_inside(scope, one));
        if let Some(term) = one.statement.life.in_force() {
            activities.entry(&one.entry.data.activity).or_default().push((term, one));
        }
    }
    let by_id: BTreeMap<&str, (Period, &AgreementStatement<'_>)> =
        activities.values().flatten().map(|(term, one)| (one.id, (*term, *one))).collect();
    findings.extend(activities.values_mut().flat_map(|agreements| gaps(scope, agreements, &by_id)));
    findings
}

/// The days before an extension that begins later than the day after the last.
fn gaps_inside(scope: &RegisterScope<'_>, one: &AgreementStatement<'_>) -> Vec<Finding> {
    let life = &one.statement.life;
    let found = life.gaps().into_iter().filter_map(|gap| {
        let after = life.stretches.iter().find(|stretch| stretch.from > Some(gap.end))?;
        let change = after.rests_on.change(&one.entry.data)?;
        let length = gap.length();
        let message = format!(
            "{} börjar {}, men avtalet {} till {}: {length} utan avtal.",
            change.named(),
            change.from()?,
            if gap.start <= scope.as_of { "gällde" } else { "gäller" },
            gap.start.pred_opt()?
        );
        let finding = scope.of(one).finding(&RULE, change.path().join("from"), message);
        let help = "Pröva vad som gäller för de dagarna: det som betalas för dem har inget avtal. Har parterna kommit överens om dem: ta bort from.";
        Some(finding.measured(Measure::of_length(length)).help(help))
    });
    found.collect()
}

/// The gaps of one activity, in the order in which the agreements begin: before each the one that ended last of those with a
/// party of it and the one that it says that it continues.
fn gaps(
    scope: &RegisterScope<'_>,
    agreements: &mut [(Period, &AgreementStatement<'_>)],
    by_id: &BTreeMap<&str, (Period, &AgreementStatement<'_>)>,
) -> Vec<Finding> {
    agreements.sort_by_key(|(term, one)| (*term, &one.entry.file));
    let mut latest: BTreeMap<String, (Period, &AgreementStatement<'_>)> = BTreeMap::new();
    let mut findings = Vec::new();
    for (term, one) in agreements.iter() {
        findings.extend(gap_outside(scope, *term, one));
        let parties =
            one.entry.data.parties(Role::CivilSociety).map(|party| scope.organisations.identity(party));
        let parties: BTreeSet<String> = parties.collect();
        let continued = one.entry.data.continues.as_deref().and_then(|id| by_id.get(id));
        let known = parties.iter().filter_map(|party| latest.get(party));
        let before = known.chain(continued).max_by_key(|(before, _)| before.end);
        if let Some((before, earlier)) = before {
            findings.extend(gap(scope, (*term, one), (*before, earlier)));
        }
        for party in parties {
            let last = latest.entry(party).or_insert((*term, one));
            if last.0.end <= term.end {
                *last = (*term, one);
            }
        }
    }
    findings
}

/// The days between an agreement that the register does not hold and the one that follows on it.
fn gap_outside(scope: &RegisterScope<'_>, term: Period, one: &AgreementStatement<'_>) -> Option<Finding> {
    let before = one.entry.data.predecessor.as_ref()?;
    let last = before.period.known()?.end;
    let gap = Period { start: last.succ_opt()?, end: term.start.pred_opt()? };
    if gap.is_reversed() {
        return None;
    }
    let length = gap.length();
    let message = format!(
        "Avtalet börjar gälla {}, men det som det följer på gäller till {last}: {length} utan avtal.",
        term.start
    );
    let finding = scope.of(one).finding(&RULE, path!["term", "start"], message).help(
        "Pröva vad som gäller för de dagarna. Har parterna avtalat om dem: skriv det i [predecessor] eller i start.",
    );
    let place = Place::value(&one.entry.file, path!["predecessor", "period", "end"]);
    Some(finding.measured(Measure::of_length(length)).related(place, "det föregående avtalets slut"))
}

fn gap(
    scope: &RegisterScope<'_>,
    (term, one): (Period, &AgreementStatement<'_>),
    (before, earlier): (Period, &AgreementStatement<'_>),
) -> Option<Finding> {
    let gap = Period { start: before.end.succ_opt()?, end: term.start.pred_opt()? };
    let continues = one.entry.data.continues.as_deref() == Some(earlier.id);
    let is_near = gap.start.checked_add_months(NEW_BEGINNING).is_none_or(|after| term.start < after);
    if gap.is_reversed() || !(continues || is_near) {
        return None;
    }
    let length = gap.length();
    let which = if continues {
        format!("”{}”, som det fortsätter,", earlier.id)
    } else {
        format!("det förra om ”{}” med samma part", one.entry.data.activity)
    };
    let held = if before.end < scope.as_of { "gällde" } else { "gäller" };
    let message = format!(
        "Avtalet börjar gälla {}, men {which} {held} till {}: {length} utan avtal.",
        term.start, before.end
    );
    let finding = scope.of(one).finding(&RULE, path!["term", "start"], message).help(
        "Låt avtalen följa på varandra, förläng det förra, eller ge verksamheterna olika namn i activity om de är olika.",
    );
    Some(
        finding.measured(Measure::of_length(length)).related(
            Place::value(&earlier.entry.file, path!["term"]),
            format!("det förra avtalet: {before}"),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn an_agreement_that_the_register_does_not_hold_leaves_gaps_too() {
        let said = |end: &str| {
            let toml = format!(
                "predecessor = {{ title = \"avtalet\", period = {{ start = 2022-01-01, end = {end} }} }}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| one.message.replace('\u{a0}', " ")).collect::<Vec<_>>()
        };
        assert_eq!(said("2023-12-31"), Vec::<String>::new());
        assert!(said("2023-12-15")[0].ends_with("gäller till 2023-12-15: 16 dagar utan avtal."));
    }

    #[test]
    fn an_extension_that_begins_later_leaves_a_gap_in_its_own_agreement() {
        let said = |toml: &'static str| {
            let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
            let said = |one: Finding| format!("{} {}", one.place.path, one.message.replace('\u{a0}', " "));
            findings.into_iter().map(said).collect::<Vec<_>>()
        };
        assert_eq!(said("extension.a = { from = 2026-01-01, until = 2026-12-31 }"), Vec::<String>::new());
        assert_eq!(
            said("extension.a = { from = 2026-02-15, until = 2026-12-31 }"),
            [
                "extension.a.from Förlängningen ”a” börjar 2026-02-15, men avtalet gäller till 2025-12-31: 1 månad och 14 dagar utan avtal."
            ]
        );
    }

    #[test]
    fn a_day_is_a_gap_and_half_a_year_a_new_beginning_unless_the_agreement_says_otherwise() {
        let said = |end: &str, more: &'static str| {
            let earlier = Example { toml: GAP.replace("2023-11-30", end).leak(), ..RULE.bad };
            let findings = found(&RULE, &[earlier, Example::agreement(&[], more, "")]);
            findings.into_iter().map(|one| one.message.replace('\u{a0}', " ")).collect::<Vec<_>>()
        };
        assert_eq!(said("2023-12-31", ""), Vec::<String>::new());
        assert!(said("2023-12-30", "")[0].ends_with("gällde till 2023-12-30: 1 dag utan avtal."));
        assert!(said("2023-07-01", "")[0].ends_with(": 5 månader och 30 dagar utan avtal."));
        assert_eq!(said("2023-06-30", ""), Vec::<String>::new());
        assert_eq!(said("2023-06-30", "continues = \"tidigare\"").len(), 1);
        // Who says what it continues need not have a party of the same name, nor the same word for the activity.
        for other in ["name = \"Annan\"", "activity = \"lov\""] {
            let kind = other.split(" = ").next().unwrap();
            let line = if kind == "name" {
                "name = \"Föreningen Öppet hus i Ådala\""
            } else {
                "activity = \"oppet-hus\""
            };
            let earlier = Example { toml: GAP.replace(line, other).leak(), ..RULE.bad };
            assert_eq!(found(&RULE, &[earlier]), []);
            let findings = found(&RULE, &[earlier, Example::agreement(&[], "continues = \"tidigare\"", "")]);
            assert!(
                findings[0].message.contains("men ”tidigare”, som det fortsätter, gällde till 2023-11-30"),
                "{findings:?}"
            );
        }
    }

    #[test]
    fn the_agreement_that_ended_last_is_the_one_before() {
        let file = |name: &'static str, start: &str, end: &str| {
            let toml =
                GAP.replace("start = 2022-01-01, end = 2023-11-30", &format!("start = {start}, end = {end}"));
            Example::file(name, toml.leak(), "")
        };
        let long = file("agreements/a.toml", "2021-01-01", "2023-12-31");
        let short = file("agreements/b.toml", "2022-01-01", "2022-06-30");
        assert_eq!(found(&RULE, &[long, short]), []);
    }
}
