//! How the agreement can be changed and ended.

use indexmap::IndexMap;
use minijinja::Value;

use super::parties::called;
use super::words::object;
use crate::agreement::{Agreement, Cause, Consequence, NoticeCounts, Party, Role};
use crate::documents::blanks::Blanks;
use crate::path;
use crate::register::Register;
use crate::text;
use crate::vocabulary::Known;
use crate::whole::Whole;

/// The ways out, in the file's order, with their causes as clauses that follow "om".
pub(super) fn exits(register: &Register, agreement: &Agreement, blanks: &mut Blanks) -> Value {
    agreement
        .exit
        .iter()
        .map(|(key, exit)| {
            let base = path!["exit", key];
            let causes: Vec<&str> = match &exit.named_cause {
                Some(named) => vec![named.trim().trim_end_matches('.')],
                None => exit.cause.iter().map(|cause| cause.label()).collect(),
            };
            let causes = causes.join(", eller om ");
            let another = if agreement.party.len() == 2 { "den andra parten " } else { "en annan part " };
            let decides_for = exit.decided_by.known().and_then(|organ| party_of(register, agreement, organ));
            let open_to: Vec<&str> = exit.open_to.iter().map(|party| called(agreement, party)).collect();
            let mut show = |fact, field: &str| {
                blanks.show(fact, &base.join(field), |text: &String| Value::from(called(agreement, text)))
            };
            let liable = show(&exit.liable, "liable");
            let measure = show(&exit.measure, "measure");
            let decided_by = show(&exit.decided_by, "decided_by");
            let consequence = blanks.show(&exit.consequence, &base.join("consequence"), |consequence| {
                Value::from(consequence.label())
            });
            object(IndexMap::from([
                ("key", Value::from(key.as_str())),
                ("means", Value::from(exit.means.word())),
                ("cause", Value::from(causes.replace("en annan part ", another))),
                ("others_cause", Value::from(causes.replacen("en part ", another, 1))),
                ("several", Value::from(exit.named_cause.is_none() && exit.cause.len() > 1)),
                (
                    "without_cause",
                    Value::from(exit.named_cause.is_none() && exit.cause.contains(&Cause::Any)),
                ),
                ("is_breach", Value::from(exit.named_cause.is_none() && exit.cause.contains(&Cause::Breach))),
                ("counts_from_sending", Value::from(exit.notice_counts_from == NoticeCounts::Sending)),
                ("is_repayment", Value::from(exit.consequence.known() == Some(&Consequence::Repayment))),
                // Each of them may by itself.
                ("open_to", Value::from((!open_to.is_empty()).then(|| text::either(&open_to)))),
                ("in_writing", Value::from(exit.in_writing)),
                ("consequence_force", Value::from(exit.consequence_force.word())),
                (
                    "no_compensation",
                    Value::from(exit.consequence.known() == Some(&Consequence::NoCompensation)),
                ),
                ("within_months", Value::from(exit.within_months.map(Whole::get))),
                (
                    "is_law_change",
                    Value::from(exit.named_cause.is_none() && exit.cause == [Cause::LawChange]),
                ),
                (
                    "is_dispute",
                    Value::from(exit.named_cause.is_none() && exit.cause.contains(&Cause::Dispute)),
                ),
                ("dialogue_first", Value::from(exit.dialogue_first)),
                ("consequence", consequence),
                ("liable", liable),
                ("measure", measure),
                ("decided_by", decided_by),
                ("decides_for", Value::from(decides_for.map(Party::called))),
            ]))
        })
        .collect()
}

/// The party for which an organ decides: a party's own, or one of the municipality's committees. Nothing of one that both sides
/// have a seat in.
fn party_of<'a>(register: &Register, agreement: &'a Agreement, organ: &str) -> Option<&'a Party> {
    let is_same = |other: &str| other.to_lowercase() == organ.trim().to_lowercase();
    let whose = agreement.party.values().find(|party| party.organ.known().is_some_and(|own| is_same(own)));
    let mut committees = register.settings.iter().flat_map(|settings| settings.data.committee.values());
    let mut public = agreement.parties(Role::Public);
    let only = public.next().filter(|_| public.next().is_none());
    whose.or_else(|| only.filter(|_| committees.any(|one| one.is_called(organ.trim()))))
}
