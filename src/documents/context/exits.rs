//! How the agreement can be changed and ended.

use indexmap::IndexMap;
use minijinja::Value;

use super::parties::called;
use super::words::object;
use crate::agreement::{Agreement, Cause, Consequence, NoticeCounts};
use crate::documents::blanks::Blanks;
use crate::path;
use crate::text;
use crate::vocabulary::Known;
use crate::whole::Whole;

/// The ways out, in the file's order, with their causes as clauses that follow "om".
pub(super) fn exits(agreement: &Agreement, blanks: &mut Blanks) -> Value {
    agreement
        .exit
        .iter()
        .map(|(key, exit)| {
            let base = path!["exit", key];
            let causes: Vec<&str> = match &exit.named_cause {
                Some(named) => vec![named.trim().trim_end_matches('.')],
                None => exit.cause.iter().map(|cause| cause.label()).collect(),
            };
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
                ("cause", Value::from(causes.join(", eller om "))),
                (
                    "others_cause",
                    Value::from(causes.join(", eller om ").replacen("en part ", "en annan part ", 1)),
                ),
                ("several", Value::from(causes.len() > 1)),
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
            ]))
        })
        .collect()
}
