//! Two agreements with the same party about the same activity hold at the same time.

use std::collections::{BTreeMap, BTreeSet};

use crate::agreement::{Role, Status};
use crate::date::Period;
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::measure::Measure;
use crate::path;
use crate::payouts::AgreementStatement;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP209",
    slug: "overlap",
    title: "Två avtal med samma part om samma verksamhet gäller samtidigt",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: en verksamhet ersätts en gång",
    why: "Samma verksamhet kan bli betald två gånger, och vid en tvist är det oklart vilket avtal som gäller.",
    check: Check::Register(check),
    bad: Example::file(
        "agreements/tidigare.toml",
        "title = \"ett öppet hus\"\nactivity = \"oppet-hus\"\nstatus = \"ended\"\nterm = { start = 2022-01-01, end = 2024-06-30 }\nparty.x = { role = \"civil-society\", name = \"Föreningen Öppet hus i Ådala\" }\nstandard_clauses = []\n",
        "term.start",
    ),
    good: Example::file(
        "agreements/tidigare.toml",
        "title = \"ett öppet hus\"\nactivity = \"oppet-hus\"\nstatus = \"ended\"\nterm = { start = 2022-01-01, end = 2023-12-31 }\nparty.x = { role = \"civil-society\", name = \"Föreningen Öppet hus i Ådala\" }\nstandard_clauses = []\n",
        "",
    ),
};

/// So many earlier agreements are told one by one.
const MOST: usize = 10;

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let mut activities: BTreeMap<&str, Vec<(Period, &AgreementStatement<'_>)>> = BTreeMap::new();
    let mut findings = Vec::new();
    for one in scope.statements.iter().filter(|one| one.entry.data.status != Status::Draft) {
        if let Some(term) = one.statement.life.with_proposals() {
            findings.extend(outside(scope, term, one));
            activities.entry(&one.entry.data.activity).or_default().push((term, one));
        }
    }
    activities.retain(|_, agreements| agreements.len() > 1);
    findings.extend(activities.values_mut().flat_map(|agreements| overlaps(scope, agreements)));
    findings
}

/// The days that an agreement shares with the one that it follows on and that the register does not hold.
fn outside(scope: &RegisterScope<'_>, term: Period, one: &AgreementStatement<'_>) -> Option<Finding> {
    let before = one.entry.data.predecessor.as_ref()?.period.known()?;
    let shared = term.overlap(before)?;
    let message = format!(
        "Avtalet {} {term}, och det som det följer på gäller {before}. Båda {} {shared}.",
        lasts(one, term),
        if lasts(one, term) == HOLDS { HOLDS } else { "skulle gälla" },
    );
    let finding = scope.of(one).finding(&RULE, path!["predecessor", "period"], message);
    let finding = finding.help("Rätta tiden för det föregående avtalet, eller avtalets första dag.");
    let place = Place::value(&one.entry.file, path!["term"]);
    Some(
        finding.measured(Measure::of_length(shared.length())).related(place, format!("avtalets tid: {term}")),
    )
}

/// The overlaps of one activity, in the order in which the agreements begin.
fn overlaps(scope: &RegisterScope<'_>, agreements: &mut [(Period, &AgreementStatement<'_>)]) -> Vec<Finding> {
    agreements.sort_by_key(|(term, one)| (*term, &one.entry.file));
    let mut findings = Vec::new();
    // By organisation, the agreements that had not ended when the latest one of it began.
    let mut holding: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, (term, one)) in agreements.iter().enumerate() {
        let parties =
            one.entry.data.parties(Role::CivilSociety).map(|party| scope.organisations.identity(party));
        let mut earlier = Vec::new();
        for party in parties.collect::<BTreeSet<_>>() {
            let own = holding.entry(party).or_default();
            own.retain(|other| agreements.get(*other).is_some_and(|(other, _)| other.end >= term.start));
            earlier.extend_from_slice(own);
            own.push(position);
        }
        earlier.sort_unstable();
        earlier.dedup();
        let earlier: Vec<_> = earlier.into_iter().filter_map(|other| agreements.get(other)).collect();
        // Where they are many, the last one stands for all of those that are not told.
        let told = if earlier.len() > MOST { MOST - 1 } else { earlier.len() };
        let (one_by_one, rest) = earlier.split_at(told);
        let finding = |message: String| {
            scope.of(one).finding(&RULE, path!["term", "start"], message).help(
                "Ändra det ena avtalets tid, eller ge verksamheterna olika namn i activity om de är olika.",
            )
        };
        let about = &one.entry.data.activity;
        for (other_term, other) in one_by_one {
            let Some(shared) = term.overlap(other_term) else { continue };
            let (own, others) = (lasts(one, *term), lasts(other, *other_term));
            let both = if (own, others) == (HOLDS, HOLDS) { "Båda gäller" } else { "Båda skulle gälla" };
            let message = format!(
                "Avtalet {own} {term}, och ett annat avtal om ”{about}” med samma part {others} {other_term}. {both} {shared}."
            );
            findings.push(finding(message).measured(Measure::of_length(shared.length())).related(
                Place::value(&other.entry.file, path!["term"]),
                format!("det andra avtalet: {other_term}"),
            ));
        }
        if !rest.is_empty() {
            let message = format!(
                "Avtalet {} {term}, samtidigt som ytterligare {} tidigare avtal om ”{about}” med samma part.",
                lasts(one, *term),
                rest.len()
            );
            let measure = Measure::of_count(u32::try_from(rest.len()).unwrap_or(u32::MAX));
            findings.push(finding(message).measured(measure).related_to_last(
                rest,
                "avtal dessförinnan",
                |(other_term, other)| {
                    (
                        Place::value(&other.entry.file, path!["term"]),
                        format!("ett tidigare avtal: {other_term}"),
                    )
                },
            ));
        }
    }
    findings
}

const HOLDS: &str = "gäller";

/// The verb of a time: of what is only proposed nobody says that it holds.
fn lasts(one: &AgreementStatement<'_>, term: Period) -> &'static str {
    let is_bound = one.statement.life.bound_until() == Some(term.end);
    if is_bound { HOLDS } else { "ska enligt ett förslag gälla" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn another_party_another_activity_or_a_draft_may_hold_at_the_same_time() {
        let found = |from: &str, to: &str| {
            assert!(RULE.bad.toml.contains(from), "{from}");
            found(&RULE, &[Example { toml: RULE.bad.toml.replace(from, to).leak(), ..RULE.bad }])
        };
        assert_eq!(found("Föreningen Öppet hus i Ådala", "Annan förening"), []);
        assert_eq!(found("activity = \"oppet-hus\"", "activity = \"lov\""), []);
        assert_eq!(found("status = \"ended\"", "status = \"draft\""), []);
        assert_eq!(found("Föreningen Öppet hus i Ådala", "föreningen öppet  hus i ådala").len(), 1);
        assert_eq!(found("end = 2024-06-30 }", "end = 2024-06-30, ended = 2023-12-31 }"), []);
        // One shared day is enough.
        assert_eq!(found("2024-06-30", "2024-01-01").len(), 1);
    }

    #[test]
    fn an_agreement_that_the_register_does_not_hold_may_not_hold_at_the_same_time() {
        let said = |end: &str, status: &str| {
            let toml = format!(
                "status = \"{status}\"\n\
                 predecessor = {{ title = \"avtalet\", period = {{ start = 2022-01-01, end = {end} }} }}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| format!("{} {}", one.place.path, one.message)).collect::<Vec<_>>()
        };
        assert_eq!(said("2023-12-31", "signed"), Vec::<String>::new());
        assert_eq!(
            said("2024-01-31", "signed"),
            [
                "predecessor.period Avtalet gäller 2024-01-01–2025-12-31, och det som det följer på gäller 2022-01-01–2024-01-31. Båda gäller 2024-01-01–2024-01-31."
            ]
        );
        assert!(said("2024-01-31", "proposed")[0].ends_with("Båda skulle gälla 2024-01-01–2024-01-31."));
        assert_eq!(said("2024-01-31", "draft"), Vec::<String>::new());
    }

    #[test]
    fn a_proposal_is_not_said_to_hold() {
        let said = |status: &'static str| {
            found(&RULE, &[Example::agreement(&[], status, ""), RULE.bad]).remove(0).message
        };
        let (proposed, signed) = (said("status = \"proposed\""), said("status = \"signed\""));
        assert!(
            proposed.starts_with("Avtalet ska enligt ett förslag gälla 2024-01-01–2025-12-31, och"),
            "{proposed}"
        );
        assert!(
            proposed.ends_with("gäller 2022-01-01–2024-06-30. Båda skulle gälla 2024-01-01–2024-06-30."),
            "{proposed}"
        );
        assert!(signed.ends_with("Båda gäller 2024-01-01–2024-06-30."), "{signed}");
    }

    #[test]
    fn one_agreement_with_the_number_and_one_with_the_name_have_the_same_party() {
        let numbered = Example::agreement(&[], "party.forening.organisation_number = \"212000-1132\"", "");
        assert_eq!(found(&RULE, &[numbered, RULE.bad]).len(), 1);
        let written = RULE.bad.toml.replace(
            "name = \"Föreningen Öppet hus i Ådala\"",
            "name = \"Öppet hus\", organisation_number = \"2120001132\"",
        );
        assert_eq!(found(&RULE, &[numbered, Example { toml: written.leak(), ..RULE.bad }]).len(), 1);
    }

    #[test]
    fn thousands_of_agreements_at_once_are_told_in_a_few() {
        let earlier: Vec<Example> = (0..40)
            .map(|number| Example::file(format!("agreements/a{number:02}.toml").leak(), RULE.bad.toml, ""))
            .collect();
        let findings = found(&RULE, &earlier);
        // 0 + 1 + … + 10 for the first eleven, and ten for each of the other thirty.
        assert_eq!(findings.len(), 55 + 30 * 10);
        let last = findings.last().unwrap();
        assert!(last.message.contains("ytterligare 31 tidigare avtal"), "{}", last.message);
        assert_eq!(last.related.len(), 10);
    }

    #[test]
    fn an_agreement_that_has_ended_is_not_compared_and_one_of_several_parties_once() {
        let two = "party.y = { role = \"civil-society\", name = \"Annan\" }\n";
        let with = |file: &'static str, from: &str, to: &str| {
            let toml = RULE
                .bad
                .toml
                .replace("start = 2022-01-01, end = 2024-06-30", &format!("start = {from}, end = {to}"));
            Example::file(file, format!("{toml}{two}").leak(), "")
        };
        let changes = [
            with("agreements/a.toml", "2020-01-01", "2020-12-31"),
            with("agreements/b.toml", "2020-06-01", "2021-06-30"),
            with("agreements/c.toml", "2021-01-01", "2021-12-31"),
        ];
        let pairs: Vec<String> = found(&RULE, &changes)
            .iter()
            .map(|finding| format!("{} {}", finding.place.file, finding.related[0].place.file))
            .collect();
        assert_eq!(pairs, ["agreements/b.toml agreements/a.toml", "agreements/c.toml agreements/b.toml"]);
    }

    #[test]
    fn ten_earlier_agreements_are_told_one_by_one_and_eleven_are_not() {
        let said = |earlier: usize| {
            let changes: Vec<Example> = (0..earlier)
                .map(|number| {
                    Example::file(format!("agreements/a{number:02}.toml").leak(), RULE.bad.toml, "")
                })
                .collect();
            let mut findings = found(&RULE, &changes);
            findings.retain(|one| &*one.place.file == "agreements/oppet-hus.toml");
            findings.into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        let ten = said(10);
        assert_eq!(ten.len(), 10);
        assert!(ten.iter().all(|message| !message.contains("ytterligare")), "{ten:?}");
        let eleven = said(11);
        assert_eq!(eleven.len(), 10);
        assert!(eleven[9].contains("ytterligare 2 tidigare avtal"), "{eleven:?}");
    }
}
