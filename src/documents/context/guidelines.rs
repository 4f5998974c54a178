//! The guidelines that a document rests on.

use indexmap::IndexMap;
use minijinja::Value;

use super::words::object;
use crate::agreement::Agreement;
use crate::guideline::Guideline;
use crate::paragraph::Paragraph;
use crate::register::Register;
use crate::text;

/// The guidelines that an agreement is checked against, where somebody has decided them: a document rests on no others.
pub(super) fn decided<'a>(register: &'a Register, agreement: &'a Agreement) -> Option<&'a Guideline> {
    let guideline = &*register.guideline_of(agreement)?.data;
    guideline.decided_by.is_some().then_some(guideline)
}

/// What templates see of it.
pub(super) fn shown(guideline: &Guideline) -> Value {
    let most = guideline.limits.base_term_months.map(text::years_or_months);
    object(IndexMap::from([
        ("title", Value::from(guideline.title.as_str())),
        ("decided_by", Value::from(guideline.decided_by.as_deref())),
        ("decided", Value::from(guideline.decided.map(|day| day.to_string()))),
        ("paragraph", Value::from(guideline.paragraph.as_ref().map(Paragraph::as_str))),
        ("citation", Value::from(guideline.citation())),
        ("several", Value::from(!guideline.also_decided.is_empty())),
        ("assumed", Value::from(guideline.assumed.as_deref())),
        ("longest", Value::from(most)),
        ("within_frame", Value::from(guideline.limits.within_budget_frame)),
    ]))
}
