//! Tables by the names that people have chosen for them, in the order of the file.

use std::borrow::{Borrow, Cow};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Named tables. A file has a handful of each kind, and a register has hundreds of thousands of such handfuls: side by
/// side they take the least room, and the one of a name is found as quickly as by hashing.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyed<T>(Box<[(String, T)]>);

impl<T> Keyed<T> {
    /// The table of this name.
    #[must_use]
    pub fn get<Q: PartialEq + ?Sized>(&self, key: &Q) -> Option<&T>
    where
        String: Borrow<Q>,
    {
        self.0.iter().find(|(other, _)| other.borrow() == key).map(|(_, value)| value)
    }

    /// The table of this name, to be changed.
    pub fn get_mut<Q: PartialEq + ?Sized>(&mut self, key: &Q) -> Option<&mut T>
    where
        String: Borrow<Q>,
    {
        self.0.iter_mut().find(|(other, _)| (*other).borrow() == key).map(|(_, value)| value)
    }

    /// Whether there is a table of this name.
    #[must_use]
    pub fn contains_key<Q: PartialEq + ?Sized>(&self, key: &Q) -> bool
    where
        String: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// The tables with their names.
    pub fn iter(&self) -> Iter<'_, T> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// The names.
    #[must_use]
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &String> + ExactSizeIterator + Clone {
        self.0.iter().map(|(key, _)| key)
    }

    /// The tables.
    #[must_use]
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator + Clone {
        self.0.iter().map(|(_, value)| value)
    }

    /// The tables, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Leaves only the tables that are to stay.
    pub fn retain(&mut self, mut stays: impl FnMut(&String, &mut T) -> bool) {
        let mut tables = std::mem::take(&mut self.0).into_vec();
        tables.retain_mut(|(key, value)| stays(key, value));
        self.0 = tables.into();
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first one with its name.
    #[must_use]
    pub fn first(&self) -> Option<(&String, &T)> {
        self.iter().next()
    }
}

/// An iterator over named tables.
pub type Iter<'a, T> =
    std::iter::Map<std::slice::Iter<'a, (String, T)>, fn(&'a (String, T)) -> (&'a String, &'a T)>;

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<'a, T> IntoIterator for &'a Keyed<T> {
    type Item = (&'a String, &'a T);
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// Of tables with the same name the last one holds, where the first one stood.
impl<T> FromIterator<(String, T)> for Keyed<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(tables: I) -> Self {
        let mut all: Vec<(String, T)> = Vec::new();
        for (key, table) in tables {
            match all.iter_mut().find(|(other, _)| *other == key) {
                Some((_, first)) => *first = table,
                None => all.push((key, table)),
            }
        }
        Self(all.into())
    }
}

#[cfg(test)]
impl<T> std::ops::Index<&str> for Keyed<T> {
    type Output = T;

    fn index(&self, key: &str) -> &T {
        self.get(key).expect("a table of this name")
    }
}

impl<T: Serialize> Serialize for Keyed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Keyed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(KeyedVisitor(PhantomData))
    }
}

/// Reads one table after the other. That no name stands twice is TOML's own rule.
struct KeyedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for KeyedVisitor<T> {
    type Value = Keyed<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut tables: A) -> Result<Keyed<T>, A::Error> {
        let mut read = Vec::with_capacity(tables.size_hint().unwrap_or_default());
        while let Some(table) = tables.next_entry()? {
            read.push(table);
        }
        Ok(Keyed(read.into()))
    }
}

impl<T: JsonSchema> JsonSchema for Keyed<T> {
    fn inline_schema() -> bool {
        BTreeMap::<String, T>::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        BTreeMap::<String, T>::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        BTreeMap::<String, T>::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        BTreeMap::<String, T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_keep_the_order_of_the_file_and_are_found_by_name() {
        let keyed: Keyed<u32> = toml::from_str("b = 2\na = 1").unwrap();
        assert_eq!(keyed.keys().collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!((keyed.get("a"), keyed.get("c"), keyed["b"]), (Some(&1), None, 2));
        assert_eq!(toml::to_string(&keyed).unwrap(), "b = 2\na = 1\n");
    }
}
