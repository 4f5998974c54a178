//! TOML as people want to read it: what a new file holds (here), how it is laid out (`layout`), and a file that stands there
//! laid out alike (`format`), its tables in one order (`order`).

mod format;
mod layout;
mod order;

pub use format::formatted;
pub use layout::{Style, file, grouped};

use chrono::NaiveDate;
use indexmap::IndexMap;

use crate::money::Money;
use crate::vocabulary::NOT_STATED;

/// A value of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Truth(bool),
    /// What TOML can write and no key takes, such as a number with decimals: for files with a fault in them.
    Verbatim(String),
    /// Several values.
    List(Vec<Self>),
    /// A table.
    Table(Table),
}

impl Value {
    /// The value that says that a document leaves something open.
    #[must_use]
    pub fn not_stated() -> Self {
        Self::Text(NOT_STATED.to_owned())
    }

    /// Texts as a list.
    pub fn texts<S: Into<String>>(texts: impl IntoIterator<Item = S>) -> Self {
        Self::List(texts.into_iter().map(|text| Self::Text(text.into())).collect())
    }
}

impl Value {
    fn change_texts(&mut self, change: &impl Fn(&str) -> String) {
        match self {
            Self::Text(text) => *text = change(text),
            Self::List(items) => items.iter_mut().for_each(|item| item.change_texts(change)),
            Self::Table(table) => table.change_texts(change),
            Self::Date(_) | Self::Number(_) | Self::Truth(_) | Self::Verbatim(_) => {}
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<Table> for Value {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

/// Whole kronor as a number, others as text.
impl From<Money> for Value {
    fn from(money: Money) -> Self {
        let plain = money.plain();
        plain.parse().map_or_else(|_| Self::Text(plain.replace('.', ",")), Self::Number)
    }
}

/// A table: its values in order, each with what is said of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    values: IndexMap<String, Value>,
    comments: IndexMap<String, Vec<String>>,
}

impl Table {
    /// Sets a value, in the place of one that stands there.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) -> &mut Self {
        self.values.insert(key.to_owned(), value.into());
        self
    }

    /// Takes a value away, with what is said of it.
    pub fn remove(&mut self, key: &str) {
        self.values.shift_remove(key);
        self.comments.shift_remove(key);
    }

    /// The same for a table that is put together.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.set(key, value);
        self
    }

    /// Says something of a value: behind it where it is short, above it otherwise.
    pub fn comment(&mut self, key: &str, comment: impl Into<String>) -> &mut Self {
        self.comments.entry(key.to_owned()).or_default().push(comment.into());
        self
    }

    /// The table at a key, which is made where there is none; what else stands there gives way.
    pub fn table(&mut self, key: &str) -> &mut Self {
        let value = self.values.entry(key.to_owned()).or_insert_with(|| Value::Table(Self::default()));
        if !matches!(value, Value::Table(_)) {
            *value = Value::Table(Self::default());
        }
        match value {
            Value::Table(table) => table,
            // Made a table just now.
            _ => unreachable!(),
        }
    }

    /// The table at a path, made where there is none.
    pub fn at(&mut self, path: &[&str]) -> &mut Self {
        path.iter().fold(self, |table, key| table.table(key))
    }

    /// Adds the values of another table after its own.
    pub fn append(&mut self, other: Self) {
        self.values.extend(other.values);
        for (key, comments) in other.comments {
            self.comments.entry(key).or_default().extend(comments);
        }
    }

    /// Puts another text in the place of each text and comment of the table and those in it.
    pub fn change_texts(&mut self, change: &impl Fn(&str) -> String) {
        for comment in self.comments.values_mut().flatten() {
            *comment = change(comment);
        }
        self.values.values_mut().for_each(|value| value.change_texts(change));
    }

    /// The value at a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    /// The values with their keys, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Whether it has no values.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Whether nothing stands in it but tables of which the same is true.
    fn says_nothing(&self) -> bool {
        let is_silent = |value: &Value| matches!(value, Value::Table(table) if table.says_nothing());
        self.values.values().all(is_silent) && !self.has_comments()
    }

    /// Whether it or a table in it says something of a value.
    fn has_comments(&self) -> bool {
        let within = |value: &Value| matches!(value, Value::Table(table) if table.has_comments());
        self.comments.values().any(|comments| !comments.is_empty()) || self.values.values().any(within)
    }
}
