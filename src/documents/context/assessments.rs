//! Who has made the assessments that a memo shows, and when.

use indexmap::IndexMap;
use minijinja::Value;

use super::parties::called;
use crate::agreement::{Agreement, Assessment, AssessmentKind};
use crate::date;
use crate::text;
use crate::vocabulary::Known;

/// One sentence for all assessments that somebody has made on one day. The best interests of the child have a text of their own.
pub(super) fn assessors(agreement: &Agreement) -> Value {
    let is_shown =
        |one: &&Assessment| one.kind != AssessmentKind::ChildsBest && one.conclusion.known().is_some();
    let shown: Vec<&Assessment> = agreement.assessment.values().filter(is_shown).collect();
    let mut all: IndexMap<String, Vec<&Assessment>> = IndexMap::new();
    for one in &shown {
        let Some(by) = one.by.known() else { continue };
        let day = one.date.known().map(|day| format!(" den {}", date::long(*day))).unwrap_or_default();
        let by = text::uncapitalised(called(agreement, by));
        all.entry(format!("{by}{day}")).or_default().push(one);
    }
    let sentence = |(by, some): (&String, &Vec<&Assessment>)| {
        // What is not said of all of them says of which it is.
        let named: Vec<String> = some.iter().map(|one| object_of(one.kind)).collect();
        let of = if some.len() == shown.len() { String::new() } else { format!(" {}", text::list(&named)) };
        match some.as_slice() {
            [_] => format!("Bedömningen{of} är gjord av {by}."),
            _ => format!("Bedömningarna{of} är gjorda av {by}."),
        }
    };
    all.iter().map(sentence).map(Value::from).collect()
}

/// What an assessment is of, as it follows the word.
fn object_of(kind: AssessmentKind) -> String {
    match kind {
        AssessmentKind::NoOtherActor => kind.label().to_owned(),
        AssessmentKind::Other => "i övrigt".to_owned(),
        kind => format!("av {}", kind.label()),
    }
}
