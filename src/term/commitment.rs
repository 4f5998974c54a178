//! How firmly the parties are bound.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::agreement::{Agreement, Change, Status};
use crate::records::{Decision, DecisionKind, Records};
use crate::vocabulary;
use crate::vocabulary::Known;

vocabulary! {
    /// How firmly the parties are bound: the firmest first.
    pub enum Commitment ("Bindningsgrad") {
        /// Signed, or such that nobody can decline it any more.
        Agreed = "agreed", "avtalat";
        /// Decided, not yet signed.
        Decided = "decided", "beslutat";
        /// An option or a renewal that can still be declined, or a successor that nobody has decided.
        Possible = "possible", "möjligt";
        /// Laid before the committee, or ready to be.
        Proposed = "proposed", "förslag";
        /// Being written.
        Draft = "draft", "utkast";
    }
}

impl Commitment {
    /// Whether somebody is bound: what frames are judged on.
    #[must_use]
    pub fn is_bound(self) -> bool {
        matches!(self, Self::Agreed | Self::Decided)
    }

    /// Whether it is only a text that somebody has written.
    #[must_use]
    pub fn is_proposal(self) -> bool {
        matches!(self, Self::Proposed | Self::Draft)
    }

    /// As it follows "som bara är", of a word of the common gender or of a neuter.
    #[must_use]
    pub fn predicate(self, is_neuter: bool) -> &'static str {
        match (self, is_neuter) {
            (Self::Agreed, false) => "avtalad",
            (Self::Decided, false) => "beslutad",
            (Self::Possible, false) => "möjlig",
            (Self::Agreed | Self::Decided | Self::Possible, true) => self.label(),
            (Self::Proposed, _) => "ett förslag",
            (Self::Draft, _) => "ett utkast",
        }
    }

    fn of(status: Status) -> Self {
        match status {
            Status::Draft => Self::Draft,
            Status::Proposed => Self::Proposed,
            Status::Decided => Self::Decided,
            Status::Signed | Status::Ended => Self::Agreed,
        }
    }

    /// What a status of today says of an earlier day: nothing is decided before its decision nor signed before its day.
    fn on(status: Status, decided: Option<NaiveDate>, signed: Option<NaiveDate>, day: NaiveDate) -> Self {
        let now = Self::of(status);
        if !now.is_bound() {
            return now;
        }
        let is_signed = signed.is_none_or(|signed| signed <= day);
        match decided {
            Some(decided) if decided > day => Self::Proposed,
            _ if now != Self::Agreed || is_signed => now,
            Some(_) => Self::Decided,
            None => Self::Proposed,
        }
    }
}

/// How firmly the parties were bound on `day` by the agreement itself. Its status says how far it has come by now; the
/// days of decision and signing in its records how far it had come then.
#[must_use]
pub fn standing_on(agreement: &Agreement, records: Option<&Records>, day: NaiveDate) -> Commitment {
    let decisions = records.map(|records| decisions_to_enter(agreement, records)).unwrap_or_default();
    let decided = last_decision(agreement, &decisions);
    let commitment = Commitment::on(agreement.status, decided, records.and_then(last_signing), day);
    // What only some of those have decided who are to decide, nobody is bound by.
    let is_waiting = decided.is_none() && !decisions.is_empty();
    let commitment = if is_waiting { commitment.max(Commitment::Proposed) } else { commitment };
    // Whether to go on at all is the question that a successor asks.
    if commitment.is_proposal() && agreement.continues.is_some() { Commitment::Possible } else { commitment }
}

/// The day from which the parties were bound by a change, as far as was known on `by`: its date, or its decision where that
/// came later. Nothing where the file holds neither.
#[must_use]
pub fn bound_from(change: Change<'_>, records: Option<&Records>, by: NaiveDate) -> Option<NaiveDate> {
    let days = [change.dated(), change_decided_on(change, records)];
    days.into_iter().flatten().filter(|day| *day <= by).max()
}

/// The first day on which somebody was bound by a change, and the key that it follows from: its decision, which may be signed
/// later, else its date.
pub(super) fn made(change: Change<'_>, records: Option<&Records>) -> Option<(NaiveDate, &'static str)> {
    let decided = change_decided_on(change, records).map(|day| (day, "decision"));
    decided.or_else(|| Some((change.dated()?, "dated")))
}

/// The day on which the last of those who are to decide on the agreement had decided: its approval, or a task to sign it, by as
/// many as it says. Nothing where some of them have not.
#[must_use]
pub fn decided_on(agreement: &Agreement, records: &Records) -> Option<NaiveDate> {
    last_decision(agreement, &decisions_to_enter(agreement, records))
}

fn last_decision(agreement: &Agreement, decisions: &[(&str, &Decision)]) -> Option<NaiveDate> {
    decisions.get(deciding_beside(agreement)).map(|(_, decision)| decision.date)
}

/// The first decision to enter into the agreement by each of those who have made one, the earliest first. Who they are is told
/// by their names alone: where nobody but its committee decides, all decisions are its.
fn decisions_to_enter<'a>(agreement: &Agreement, records: &'a Records) -> Vec<(&'a str, &'a Decision)> {
    first_of_each(agreement, records, |kind| {
        matches!(kind, DecisionKind::Approval | DecisionKind::Assignment)
    })
}

/// The first decision of some kinds by each of those who decide on the agreement, the earliest first.
#[must_use]
pub fn first_of_each<'a>(
    agreement: &Agreement,
    records: &'a Records,
    is_its: impl Fn(DecisionKind) -> bool,
) -> Vec<(&'a str, &'a Decision)> {
    let decisions = records.decision.iter().filter(|(_, one)| is_its(one.kind));
    let mut decisions: Vec<(&str, &Decision)> = decisions.map(|(key, one)| (key.as_str(), one)).collect();
    decisions.sort_by_key(|(_, one)| one.date);
    let is_alone = deciding_beside(agreement) == 0;
    let mut known = BTreeSet::new();
    decisions.retain(|(_, one)| {
        let by = decider(one);
        known.insert(if is_alone { String::new() } else { by })
    });
    decisions
}

/// How many committees are to decide beside the agreement's own. One that is named twice decides once.
#[must_use]
pub fn deciding_beside(agreement: &Agreement) -> usize {
    let others = agreement.also_decides.values().map(|one| &one.committee);
    others.filter(|one| Some(*one) != agreement.committee.as_ref()).collect::<BTreeSet<_>>().len()
}

/// The day on which the agreement itself was made, as far as the files tell: when the last one signed, else its own date, else
/// its decision.
pub fn made_on(agreement: &Agreement, records: Option<&Records>) -> Option<NaiveDate> {
    let signed = records.and_then(last_signing);
    signed.or_else(|| agreement.dated.known().copied()).or_else(|| decided_on(agreement, records?))
}

/// The day on which the last one signed, where all days are on record.
fn last_signing(records: &Records) -> Option<NaiveDate> {
    let days: Option<Vec<NaiveDate>> =
        records.signing.values().map(|signing| signing.date.known().copied()).collect();
    days?.into_iter().max()
}

/// How firmly the parties were bound on `day` by a change of their agreement. One without a status is agreed from its
/// date on, and always where it has none; where it names a decision that nobody had on record, or some of those who are to
/// decide name none, it was proposed.
#[must_use]
pub fn change_on(change: Change<'_>, records: Option<&Records>, day: NaiveDate) -> Commitment {
    let decided = change_decided_on(change, records);
    let status = change.status().unwrap_or(Status::Signed);
    // A decision that is named and not on record has not been made.
    let is_waiting = decided.is_none() && change.decisions().any(|key| key.is_some());
    if is_waiting && Commitment::of(status).is_bound() {
        return Commitment::Proposed;
    }
    Commitment::on(status, decided, change.dated(), day)
}

/// The day on which the last of those who are to decide on a change had decided. Nothing where some of them have not, or the
/// file does not say.
#[must_use]
pub fn change_decided_on(change: Change<'_>, records: Option<&Records>) -> Option<NaiveDate> {
    let decisions: Option<Vec<&Decision>> =
        change.decisions().map(|key| records?.decision.get(key?)).collect();
    let decisions = decisions?;
    // One committee does not decide for another.
    let deciders: BTreeSet<String> = decisions.iter().map(|one| decider(one)).collect();
    (deciders.len() == decisions.len()).then(|| decisions.iter().map(|one| one.date).max())?
}

/// Who decided, however the name is written.
fn decider(decision: &Decision) -> String {
    decision.by.split_whitespace().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const HEAD: &str = "title = \"x\"\nactivity = \"x\"\nstatus = \"signed\"\nparty = {}\n\
                        term = { start = \"2024-01-01\", end = \"2024-12-31\" }\n";

    /// An agreement with one extension.
    fn extended(extension: &str) -> Agreement {
        toml::from_str(&format!("{HEAD}[extension.a]\n{extension}")).unwrap()
    }

    fn records(toml: &str) -> Records {
        toml::from_str(toml).unwrap()
    }

    #[test]
    fn an_agreement_is_bound_from_its_decision_and_its_last_signing() {
        let known = records(
            "decision.a = { kind = \"approval\", by = \"x\", date = \"2023-11-22\" }\n\
             signing.a = { party = \"k\", signatory = \"s\", date = \"2023-12-01\" }\n\
             signing.b = { party = \"f\", signatory = \"s\", date = \"2023-12-05\" }",
        );
        let on = |status: &str, records: &Records, day: &str| {
            let toml = format!(
                "title = \"x\"\nactivity = \"x\"\nstatus = \"{status}\"\nparty = {{}}\n\
                 term = {{ start = \"2024-01-01\", end = \"2024-12-31\" }}"
            );
            let agreement: Agreement = toml::from_str(&toml).unwrap();
            standing_on(&agreement, Some(records), date(day)).label()
        };
        assert_eq!(on("signed", &known, "2023-11-21"), "förslag");
        assert_eq!(on("signed", &known, "2023-11-22"), "beslutat");
        assert_eq!(on("signed", &known, "2023-12-04"), "beslutat");
        assert_eq!(on("signed", &known, "2023-12-05"), "avtalat");
        assert_eq!(on("decided", &known, "2024-06-01"), "beslutat");
        assert_eq!(on("proposed", &known, "2024-06-01"), "förslag");
        // Without days on record the status is all that is known.
        let nothing = Records::default();
        assert_eq!(on("signed", &nothing, "1990-01-01"), "avtalat");
        assert_eq!(on("draft", &nothing, "2024-06-01"), "utkast");
        let unsigned = records("signing.a = { party = \"k\", signatory = \"s\", date = \"not-stated\" }");
        assert_eq!(on("signed", &unsigned, "1990-01-01"), "avtalat");
    }

    #[test]
    fn an_agreement_that_several_decide_on_is_decided_when_the_last_of_them_has() {
        let agreement: Agreement = toml::from_str(
            "title = \"x\"\nactivity = \"x\"\nstatus = \"signed\"\nparty = {}\n\
             term = { start = \"2024-01-01\", end = \"2024-12-31\" }\n\
             also_decides.kultur = { committee = \"kultur\", registry_number = \"KN 1\" }",
        )
        .unwrap();
        let first = "decision.a = { kind = \"approval\", by = \"Socialnämnden\", date = \"2023-11-22\" }\n\
                     decision.b = { kind = \"assignment\", by = \"socialnämnden\", date = \"2023-11-23\" }\n";
        let second = "decision.c = { kind = \"approval\", by = \"Kulturnämnden\", date = \"2023-12-06\" }\n";
        let on = |toml: &str, day: &str| standing_on(&agreement, Some(&records(toml)), date(day)).label();
        assert_eq!(on(first, "2024-06-01"), "förslag");
        let both = format!("{first}{second}");
        assert_eq!(on(&both, "2023-12-05"), "förslag");
        assert_eq!(on(&both, "2023-12-06"), "avtalat");
        assert_eq!(decided_on(&agreement, &records(first)), None);
        // Where nothing is on record the status is all that is known.
        assert_eq!(on("", "2024-06-01"), "avtalat");
    }

    #[test]
    fn a_change_without_status_is_agreed_from_its_date_and_with_one_as_it_says() {
        let known = records("decision.d = { kind = \"extension\", by = \"x\", date = \"2024-05-12\" }");
        let on = |toml: &str, day: &str| {
            let agreement = extended(&format!("until = \"2025-12-31\"\n{toml}"));
            change_on(agreement.extensions().next().unwrap(), Some(&known), date(day)).label()
        };
        assert_eq!(on("", "1990-01-01"), "avtalat");
        assert_eq!(on("dated = \"2024-05-20\"", "2024-05-19"), "förslag");
        assert_eq!(on("dated = \"2024-05-20\"", "2024-05-20"), "avtalat");
        assert_eq!(on("decision = \"other\"", "2030-01-01"), "förslag");
        assert_eq!(on("decision = \"d\"", "2024-05-11"), "förslag");
        assert_eq!(on("decision = \"d\"", "2024-05-12"), "avtalat");
        assert_eq!(on("decision = \"d\"\ndated = \"2024-05-20\"", "2024-05-12"), "beslutat");
        assert_eq!(on("decision = \"d\"\ndated = \"2024-05-01\"", "2024-05-11"), "förslag");
        assert_eq!(on("decision = \"d\"\ndated = \"2024-05-20\"", "2024-05-20"), "avtalat");
        assert_eq!(on("status = \"proposed\"", "2030-01-01"), "förslag");
        assert_eq!(on("status = \"draft\"\ndated = \"2024-05-20\"", "2030-01-01"), "utkast");
        assert_eq!(on("status = \"decided\"\ndecision = \"d\"", "2024-05-11"), "förslag");
        assert_eq!(on("status = \"decided\"\ndecision = \"d\"", "2024-05-12"), "beslutat");
    }

    #[test]
    fn a_change_that_several_decide_on_is_decided_when_the_last_of_them_has() {
        let known = records(
            "decision.d = { kind = \"extension\", by = \"x\", date = \"2024-05-12\" }\n\
             decision.e = { kind = \"extension\", by = \"y\", date = \"2024-06-03\" }",
        );
        let with = |own: &str, other: &str| {
            extended(&format!(
                "until = \"2025-12-31\"\n{own}\nalso_decides.k = {{ committee = \"kultur\"{other} }}"
            ))
        };
        let on = |own: &str, other: &str, day: &str| {
            change_on(with(own, other).extensions().next().unwrap(), Some(&known), date(day)).label()
        };
        let (own, other) = ("decision = \"d\"", ", decision = \"e\"");
        assert_eq!(on(own, other, "2024-06-02"), "förslag");
        assert_eq!(on(own, other, "2024-06-03"), "avtalat");
        assert_eq!(on(own, "", "2030-01-01"), "förslag");
        assert_eq!(on("", other, "2030-01-01"), "förslag");
        assert_eq!(on(own, ", decision = \"f\"", "2030-01-01"), "förslag");
        // Where neither names one the status is all that is known.
        assert_eq!(on("", "", "2024-05-01"), "avtalat");
        let both = with(own, other);
        let bound = |day: &str| bound_from(both.extensions().next().unwrap(), Some(&known), date(day));
        assert_eq!(bound("2024-12-31"), Some(date("2024-06-03")));
        assert_eq!(bound("2024-05-31"), None);
    }

    #[test]
    fn what_two_committees_concluded_is_ended_when_both_have_decided() {
        let known = records(
            "decision.d = { kind = \"termination\", by = \"x\", date = \"2024-05-12\" }\n\
             decision.e = { kind = \"termination\", by = \"y\", date = \"2024-06-03\" }",
        );
        let on = |decisions: &str, day: &str| {
            let agreement: Agreement = toml::from_str(&format!(
                "{HEAD}also_decides.k = {{ committee = \"kultur\" }}\n[ending]\nuntil = \"2025-06-30\"\n{decisions}"
            ))
            .unwrap();
            change_on(agreement.changes().next().unwrap(), Some(&known), date(day)).label()
        };
        assert_eq!(on("", "2030-01-01"), "förslag");
        // One of the two does not end it alone, whether or not the other one is named.
        assert_eq!(on("decision = \"d\"", "2030-01-01"), "förslag");
        let both = "decision = \"d\"\nalso_decides.k = { committee = \"kultur\", decision = \"e\" }";
        assert_eq!(on(both, "2024-06-02"), "förslag");
        assert_eq!(on(both, "2024-06-03"), "beslutat");
    }
}
