//! A walk over all texts of some data, each with the way to it. It goes through the data as a serializer does, and
//! copies none of it: most texts are looked at once and forgotten.

use std::fmt::{self, Display};

use serde::ser::{self, Serialize};

use crate::key_path::{KeyPath, Segment};

/// Calls `look` with every text of `data`: strings, the words of the format, and `"not-stated"`.
pub(super) fn walk<T: Serialize>(data: &T, look: &mut dyn FnMut(&Trail, &str)) {
    // Nothing here can fail: what cannot be a text is passed over.
    _ = data.serialize(&mut Walk { trail: Trail::default(), look });
}

/// The way to a text.
#[derive(Default)]
pub(super) struct Trail(Vec<Step>);

enum Step {
    Field(&'static str),
    Key(String),
    Index(usize),
}

impl Trail {
    /// The way as a path, for a text that is worth keeping.
    pub(super) fn path(&self) -> KeyPath {
        let segments = self.0.iter().map(|step| match step {
            Step::Field(name) => Segment::from(*name),
            Step::Key(key) => Segment::from(key),
            Step::Index(index) => Segment::from(*index),
        });
        segments.collect()
    }
}

struct Walk<'a> {
    trail: Trail,
    look: &'a mut dyn FnMut(&Trail, &str),
}

impl Walk<'_> {
    fn below<T: Serialize + ?Sized>(&mut self, step: Step, value: &T) -> Result<(), Never> {
        self.trail.0.push(step);
        let result = value.serialize(&mut *self);
        self.trail.0.pop();
        result
    }
}

/// An error that does not occur.
#[derive(Debug)]
struct Never;

impl Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Values that hold no text.
macro_rules! no_text {
    ($($method:ident: $kind:ty),* $(,)?) => {
        $(fn $method(self, _: $kind) -> Result<(), Never> { Ok(()) })*
    };
}

impl<'a, 'b> ser::Serializer for &'a mut Walk<'b> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Sequence<'a, 'b>;
    type SerializeTuple = Sequence<'a, 'b>;
    type SerializeTupleStruct = Sequence<'a, 'b>;
    type SerializeTupleVariant = Sequence<'a, 'b>;
    type SerializeMap = Table<'a, 'b>;
    type SerializeStruct = Table<'a, 'b>;
    type SerializeStructVariant = Table<'a, 'b>;

    no_text! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_bytes: &[u8],
    }

    fn serialize_str(self, text: &str) -> Result<(), Never> {
        (self.look)(&self.trail, text);
        Ok(())
    }

    /// Dates and numbers come this way; they are no texts.
    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, word: &'static str) -> Result<(), Never> {
        self.serialize_str(word)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        word: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.below(Step::Field(word), value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Sequence<'a, 'b>, Never> {
        Ok(Sequence { walk: self, index: 0 })
    }

    fn serialize_tuple(self, _: usize) -> Result<Sequence<'a, 'b>, Never> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Sequence<'a, 'b>, Never> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Sequence<'a, 'b>, Never> {
        self.serialize_seq(None)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Table<'a, 'b>, Never> {
        Ok(Table { walk: self, key: String::new() })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Table<'a, 'b>, Never> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Table<'a, 'b>, Never> {
        self.serialize_map(None)
    }
}

/// A list that is being gone through.
struct Sequence<'a, 'b> {
    walk: &'a mut Walk<'b>,
    index: usize,
}

impl ser::SerializeSeq for Sequence<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.index += 1;
        self.walk.below(Step::Index(self.index - 1), value)
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

/// Tuples are lists here.
macro_rules! as_sequence {
    ($($kind:ident: $method:ident),*) => {
        $(impl ser::$kind for Sequence<'_, '_> {
            type Ok = ();
            type Error = Never;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
                ser::SerializeSeq::serialize_element(self, value)
            }

            fn end(self) -> Result<(), Never> {
                Ok(())
            }
        })*
    };
}

as_sequence!(
    SerializeTuple: serialize_element, SerializeTupleStruct: serialize_field, SerializeTupleVariant: serialize_field
);

/// A table that is being gone through.
struct Table<'a, 'b> {
    walk: &'a mut Walk<'b>,
    key: String,
}

impl ser::SerializeMap for Table<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        let read = &mut self.key;
        key.serialize(&mut Walk { trail: Trail::default(), look: &mut |_, text| text.clone_into(read) })
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        let key = std::mem::take(&mut self.key);
        self.walk.below(Step::Key(key), value)
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

impl ser::SerializeStruct for Table<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Never> {
        self.walk.below(Step::Field(name), value)
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

impl ser::SerializeStructVariant for Table<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Never> {
        ser::SerializeStruct::serialize_field(self, name, value)
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::agreement::Agreement;

    fn of_json(value: &Value, path: &KeyPath, texts: &mut Vec<(String, String)>) {
        match value {
            Value::String(text) => texts.push((path.to_string(), text.clone())),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| of_json(item, &path.join(index), texts));
            }
            Value::Object(map) => map.iter().for_each(|(key, value)| of_json(value, &path.join(key), texts)),
            _ => {}
        }
    }

    #[test]
    fn the_walk_sees_what_json_would_hold_but_for_dates_and_numbers() {
        let text = include_str!("../../examples/bergsjo/agreements/natt-och-dag.toml");
        let text = text.lines().map(|line| {
            // The types read dates as text; the register turns them into it.
            let is_date = |word: &str| word.len() == 10 && word.parse::<chrono::NaiveDate>().is_ok();
            let quoted = |word: &str| if is_date(word) { format!("\"{word}\"") } else { word.to_owned() };
            line.split(' ')
                .map(|word| match word.strip_suffix(',') {
                    Some(word) => quoted(word) + ",",
                    None => quoted(word),
                })
                .collect::<Vec<_>>()
                .join(" ")
        });
        let agreement: Agreement = toml::from_str(&text.collect::<Vec<_>>().join("\n")).unwrap();
        let mut expected = Vec::new();
        of_json(&serde_json::to_value(&agreement).unwrap(), &KeyPath::root(), &mut expected);
        expected.retain(|(_, text)| !text.starts_with(|letter: char| letter.is_ascii_digit()));
        let mut found = Vec::new();
        walk(&agreement, &mut |trail, text| found.push((trail.path().to_string(), text.to_owned())));
        found.retain(|(_, text)| !text.starts_with(|letter: char| letter.is_ascii_digit()));
        assert!(found.len() > 100);
        assert_eq!(found, expected);
    }
}
