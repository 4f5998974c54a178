//! Facts that stand in a document as the agreement's file states them, with where they stand there: a format that has a place
//! for it (Word's content controls) can say so. They travel as templates' values, and in the text between private characters.

use std::fmt;
use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{DynObject, Object, ObjectRepr};

use super::markdown;
use super::private::{END, NUMBER, TEXT};
use crate::key_path::KeyPath;

/// Where a fact of the text stands in the agreement's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactPlace {
    /// Its key path.
    pub path: KeyPath,
    /// Its Swedish name.
    pub title: String,
    /// Whether it is not known yet.
    pub is_open: bool,
}

/// A fact as templates handle it: a text that remembers which it is.
#[derive(Debug)]
struct Fact {
    number: usize,
    text: String,
}

impl Object for Fact {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        !self.text.is_empty()
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<std::cmp::Ordering> {
        Some(self.text.cmp(&other.downcast_ref::<Self>()?.text))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A template's value for the fact of this number.
pub(super) fn fact(number: usize, text: &str) -> Value {
    Value::from_object(Fact { number, text: text.to_owned() })
}

/// The text of a value, whether or not it remembers which fact it is.
pub(super) fn text_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.downcast_object_ref::<Fact>().map(|fact| fact.text.as_str()))
}

/// The value with another text, which is the same fact.
pub(super) fn with_text(value: &Value, text: String) -> Value {
    match value.downcast_object_ref::<Fact>() {
        Some(fact) => Value::from_object(Fact { number: fact.number, text }),
        None => Value::from(text),
    }
}

/// How a value stands in Markdown: a fact between its marks, plain text made harmless.
pub(super) fn shown(value: &Value) -> String {
    if value.is_safe() {
        return value.to_string();
    }
    match value.downcast_object_ref::<Fact>() {
        Some(fact) => marked(fact.number, &markdown::escape(&fact.text)),
        None => markdown::escape(&value.to_string()),
    }
}

/// A text without the marks around its facts.
pub(super) fn unmarked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(NUMBER) {
        plain.push_str(before);
        rest = after.split_once(TEXT).map_or(after, |(_, after)| after);
    }
    plain.push_str(rest);
    plain.retain(|letter| letter != END);
    plain
}

/// How long the mark is with which a text begins, where it begins with a fact.
pub(super) fn mark_before(text: &str) -> usize {
    if !text.starts_with(NUMBER) {
        return 0;
    }
    text.find(TEXT).map_or(0, |at| at + TEXT.len_utf8())
}

/// A text between the marks of the fact of this number.
pub(super) fn marked(number: usize, text: &str) -> String {
    format!("{NUMBER}{number}{TEXT}{text}{END}")
}
