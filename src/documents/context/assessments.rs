//! Who has made the assessments that a memo shows, and when.

use indexmap::IndexMap;
use minijinja::Value;

use super::parties::called;
use crate::agreement::{Agreement, Assessment, AssessmentKind};
use crate::date;
use crate::documents::blanks::{Blanks, briefly};
use crate::path;
use crate::text;
use crate::vocabulary::Known;

/// One sentence for all assessments that somebody has made on one day. The best interests of the child have a text of their own.
pub(super) fn assessors(agreement: &Agreement, blanks: &mut Blanks) -> Value {
    let is_shown =
        |one: &&Assessment| one.kind != AssessmentKind::ChildsBest && one.conclusion.known().is_some();
    let shown: Vec<&Assessment> = agreement.assessment.values().filter(is_shown).collect();
    let mut all: IndexMap<String, Vec<&Assessment>> = IndexMap::new();
    for one in &shown {
        let Some(by) = one.by.known() else { continue };
        // Who speaks in the assessment itself is named there.
        let names = |text: &String| text.to_lowercase().contains(&called(agreement, by).to_lowercase());
        if one.date.known().is_none() && one.conclusion.known().is_some_and(names) {
            continue;
        }
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
    let told = all.iter().map(sentence).map(Value::from);
    let open = agreement.assessment.iter().filter(|(_, one)| is_shown(one) && one.by.is_open());
    let open = open.map(|(key, one)| {
        let by = briefly(blanks.blank(&path!["assessment", key, "by"]));
        Value::from_safe_string(format!("Bedömningen {} är gjord av: {by}.", object_of(one.kind)))
    });
    told.chain(open).collect()
}

/// What an assessment is of, as it follows the word.
fn object_of(kind: AssessmentKind) -> String {
    match kind {
        AssessmentKind::NoOtherActor => kind.label().to_owned(),
        AssessmentKind::Other => "i övrigt".to_owned(),
        kind => format!("av {}", kind.label()),
    }
}
