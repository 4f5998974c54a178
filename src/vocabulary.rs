//! Words that a data file may use where it has a choice, and the value that says "the document leaves it open".

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// Declares an enum of fixed words: the word in the file (English) and its Swedish name. Schema, findings and
/// documents all take the Swedish name from here.
#[macro_export]
macro_rules! vocabulary {
    (
        $(#[$outer:meta])*
        pub enum $name:ident ($title:literal) {
            $( $(#[$inner:meta])* $variant:ident = $word:literal, $label:literal; )+
        }
    ) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
                 serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[schemars(title = $title)]
        pub enum $name {
            $( $(#[$inner])* #[serde(rename = $word)] #[schemars(title = $label)] $variant, )+
        }

        impl $name {
            /// The Swedish name.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $( Self::$variant => $label, )+ }
            }

            /// The word in the file.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )+ }
            }
        }
    };
}

/// The word that says that a document leaves something open. It is a value, never filled with a guess.
pub const NOT_STATED: &str = "not-stated";

/// The one value of [`Stated::NotStated`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Marker {
    /// `"not-stated"`.
    #[serde(rename = "not-stated")]
    NotStated,
}

/// What a document says of something: a value, or that it says nothing (`"not-stated"`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Stated<T> {
    /// `"not-stated"`.
    NotStated(Marker),
    /// What it says.
    Value(T),
}

impl<T> Stated<T> {
    /// The value where there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::NotStated(_) => None,
        }
    }
}

impl<T: JsonSchema> JsonSchema for Stated<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Stated_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut inner = generator.subschema_for::<T>();
        // A plain string already admits the marker; two alternatives would only blur the editor's help. The key
        // tells it from a text that cannot be left open.
        if inner.get("type").and_then(|kind| kind.as_str()) == Some("string")
            && inner.get("pattern").is_none()
            && inner.get("format").is_none()
        {
            inner.insert("x-open".to_owned(), true.into());
            return inner;
        }
        json_schema!({ "anyOf": [inner, { "const": NOT_STATED }] })
    }
}

/// A fact that a file may lack, hold, or declare open.
pub type Fact<T> = Option<Stated<T>>;

/// Reads a [`Fact`] without caring whether it is missing or declared open.
pub trait Known<T> {
    /// The value where it is known.
    fn known(&self) -> Option<&T>;
    /// Whether the file says in so many words that the document leaves it open.
    fn is_open(&self) -> bool;
}

impl<T> Known<T> for Fact<T> {
    fn known(&self) -> Option<&T> {
        self.as_ref().and_then(Stated::value)
    }

    fn is_open(&self) -> bool {
        matches!(self, Some(Stated::NotStated(_)))
    }
}
