//! Words that a data file may use where it has a choice, and the value that says "the document leaves it open".

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, IntoDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

/// Declares an enum of fixed words: the word in the file (English), its Swedish name and, for the schema alone, what it means
/// in Swedish where the name does not tell. Schema, findings and documents all take the Swedish name from here.
#[macro_export]
macro_rules! vocabulary {
    (
        $(#[$outer:meta])*
        pub enum $name:ident ($title:literal) {
            $( $(#[$inner:meta])* $variant:ident = $word:literal, $label:literal $(, $meaning:literal)?; )+
        }
    ) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
                 serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[schemars(title = $title)]
        pub enum $name {
            $( $(#[$inner])* #[serde(rename = $word)] #[schemars(title = concat!($label $(, ": ", $meaning)?))] $variant, )+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: [Self; [$( $word, )+].len()] = [$( Self::$variant, )+];

            /// The one of this word.
            #[must_use]
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.word() == word)
            }

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Stated<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StatedVisitor(PhantomData))
    }
}

/// Reads the marker or a value in one pass. Serde's own way with untagged alternatives copies what it reads, and writes
/// a message for each that does not fit.
struct StatedVisitor<T>(PhantomData<T>);

impl<T> StatedVisitor<T> {
    fn value<'de, E: de::Error>(deserializer: impl Deserializer<'de>) -> Result<Stated<T>, E>
    where
        T: Deserialize<'de>,
    {
        // What the value lacks to be one of this type says nothing of the marker.
        T::deserialize(deserializer)
            .map(Stated::Value)
            .map_err(|_| E::custom("did not match a value or \"not-stated\""))
    }
}

impl<'de, T: Deserialize<'de>> de::Visitor<'de> for StatedVisitor<T> {
    type Value = Stated<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value or \"{NOT_STATED}\"")
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Stated<T>, E> {
        Self::value(IntoDeserializer::<E>::into_deserializer(truth))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Stated<T>, E> {
        Self::value(IntoDeserializer::<E>::into_deserializer(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Stated<T>, E> {
        Self::value(IntoDeserializer::<E>::into_deserializer(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Stated<T>, E> {
        match text {
            NOT_STATED => Ok(Stated::NotStated(Marker::NotStated)),
            text => Self::value(IntoDeserializer::<E>::into_deserializer(text)),
        }
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, items: A) -> Result<Stated<T>, A::Error> {
        Self::value(SeqAccessDeserializer::new(items))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, entries: A) -> Result<Stated<T>, A::Error> {
        Self::value(MapAccessDeserializer::new(entries))
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
