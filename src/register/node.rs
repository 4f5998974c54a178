//! A value of a parsed file as JSON: a date is a string there, and what no file may hold is `null`. The JSON Schema
//! looks at the parsed file itself in this way, so that no copy of it is made.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{self, Json, NodeIdentity};
use serde_json::{Number, Value};
use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};
use toml::value::Date;

use super::trail::Trail;

/// A value of a parsed file.
#[derive(Clone, Copy)]
pub(super) struct Node<'a>(&'a DeValue<'a>);

/// What a value is as JSON.
pub(super) enum Content<'a> {
    /// What no file may hold.
    Null,
    /// A truth value.
    Boolean(bool),
    /// An integer that fits.
    Integer(i64),
    /// A text.
    Text(&'a str),
    /// A date without a time of day.
    Date(Date),
    /// A list.
    Array(&'a DeArray<'a>),
    /// Keys with what they hold, in the file's order.
    Table(&'a DeTable<'a>),
}

impl<'a> Node<'a> {
    /// The value as JSON.
    pub(super) fn new(value: &'a DeValue<'a>) -> Self {
        Self(value)
    }

    /// The value as it was parsed.
    pub(super) fn value(self) -> &'a DeValue<'a> {
        self.0
    }

    /// What it holds.
    pub(super) fn content(self) -> Content<'a> {
        match self.0 {
            DeValue::String(text) => Content::Text(text),
            DeValue::Boolean(truth) => Content::Boolean(*truth),
            DeValue::Integer(integer) => {
                i64::from_str_radix(integer.as_str(), integer.radix()).map_or(Content::Null, Content::Integer)
            }
            DeValue::Datetime(moment) => match (moment.date, moment.time, moment.offset) {
                (Some(date), None, None) => Content::Date(date),
                _ => Content::Null,
            },
            DeValue::Float(_) => Content::Null,
            DeValue::Array(array) => Content::Array(array),
            DeValue::Table(table) => Content::Table(table),
        }
    }

    /// Calls `look` with this value and all below it, in the file's order, and the way to each.
    pub(super) fn walk(self, trail: &Trail<'_>, look: &mut dyn FnMut(&Trail<'_>, Self)) {
        look(trail, self);
        match self.0 {
            DeValue::Array(array) => {
                for (index, node) in elements(array).enumerate() {
                    node.walk(&Trail::Index(trail, index), look);
                }
            }
            DeValue::Table(table) => {
                for (key, node) in members(table) {
                    node.walk(&Trail::Key(trail, key), look);
                }
            }
            _ => {}
        }
    }
}

/// A date as JSON has it: "2024-02-29". Every date of a file is written so, for the schema and for its type.
pub(super) fn written(date: Date) -> String {
    let digit = |number: u16| char::from_digit(u32::from(number % 10), 10).unwrap_or('0');
    let (year, month, day) = (date.year, u16::from(date.month), u16::from(date.day));
    let year = [year / 1000, year / 100, year / 10, year].map(digit);
    let [month, day] = [month, day].map(|number| ['-', digit(number / 10), digit(number)]);
    year.into_iter().chain(month).chain(day).collect()
}

/// The elements of an array.
pub(super) fn elements<'a>(array: &'a DeArray<'a>) -> Elements<'a> {
    array.iter().map(|element| Node(element.get_ref()))
}

/// The keys of a table with what they hold.
pub(super) fn members<'a>(table: &'a DeTable<'a>) -> Members<'a> {
    table.iter().map(|(key, value)| (&**key.get_ref(), Node(value.get_ref())))
}

/// An iterator over the elements of an array.
pub(super) type Elements<'a> =
    std::iter::Map<std::slice::Iter<'a, Spanned<DeValue<'a>>>, fn(&'a Spanned<DeValue<'a>>) -> Node<'a>>;

/// An iterator over the keys of a table.
pub(super) type Members<'a> = std::iter::Map<
    toml::map::Iter<'a, Spanned<DeString<'a>>, Spanned<DeValue<'a>>>,
    fn((&'a Spanned<DeString<'a>>, &'a Spanned<DeValue<'a>>)) -> (&'a str, Node<'a>),
>;

/// The representation of JSON by parsed files.
pub(super) struct TomlJson;

impl Json for TomlJson {
    type Node<'a> = Node<'a>;
    type PreparedKey = String;
    type StringBuffer = ();

    // To hash a key for a lookup takes as long as to compare it with some others.
    const KEYS_PER_LOOKUP: usize = 12;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>((): &mut (), string: &str, look: impl FnOnce(Node<'_>) -> T) -> T {
        look(Node(&DeValue::String(string.into())))
    }
}

impl<'a> json::Node<'a, TomlJson> for Node<'a> {
    type Object = &'a DeTable<'a>;
    type Array = &'a DeArray<'a>;
    type Number = Number;

    fn as_object(&self) -> Option<&'a DeTable<'a>> {
        self.0.as_table()
    }

    fn as_array(&self) -> Option<&'a DeArray<'a>> {
        self.0.as_array()
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self.content() {
            Content::Text(text) => Some(text.into()),
            Content::Date(date) => Some(written(date).into()),
            _ => None,
        }
    }

    fn as_number(&self) -> Option<Number> {
        match self.content() {
            Content::Integer(integer) => Some(integer.into()),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        self.0.as_bool()
    }

    fn is_null(&self) -> bool {
        matches!(self.content(), Content::Null)
    }

    fn json_type(&self) -> JsonType {
        match self.content() {
            Content::Null => JsonType::Null,
            Content::Boolean(_) => JsonType::Boolean,
            Content::Integer(_) => JsonType::Number,
            Content::Text(_) | Content::Date(_) => JsonType::String,
            Content::Array(_) => JsonType::Array,
            Content::Table(_) => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self.content(), expected) {
            (Content::Text(text), expected) => expected == text,
            _ => *self.to_value() == *expected,
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match self.content() {
            Content::Null => Value::Null,
            Content::Boolean(truth) => truth.into(),
            Content::Integer(integer) => integer.into(),
            Content::Text(text) => text.into(),
            Content::Date(date) => written(date).into(),
            Content::Array(array) => elements(array).map(|node| node.to_value().into_owned()).collect(),
            Content::Table(table) => {
                members(table).map(|(key, node)| (key, node.to_value().into_owned())).collect()
            }
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(std::ptr::from_ref(self.0).addr()))
    }
}

impl<'a> json::Object<'a, TomlJson> for &'a DeTable<'a> {
    type Node = Node<'a>;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        DeTable::len(self)
    }

    fn get(&self, key: &String) -> Option<Node<'a>> {
        DeTable::get(self, key.as_str()).map(|value| Node(value.get_ref()))
    }

    fn members(&self) -> Members<'a> {
        members(self)
    }
}

impl<'a> json::Array<'a, TomlJson> for &'a DeArray<'a> {
    type Node = Node<'a>;
    type ElementsIter = Elements<'a>;

    fn len(&self) -> usize {
        <[_]>::len(self)
    }

    fn elements(&self) -> Elements<'a> {
        elements(self)
    }
}
