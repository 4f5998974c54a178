//! What has been found so far: the file in the making, and a list of facts with where each of them stands.

use std::fmt::Write;

use crate::key_path::{KeyPath, Segment};
use crate::paper::Place;
use crate::register::FileKind;
use crate::register::write::{Table, Value};
use crate::text;

/// How well a fact is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The paper says it in one way.
    Found,
    /// The paper can be read in several ways; none is chosen.
    Uncertain,
    /// The paper does not say it, as far as is understood.
    Missing,
}

/// A fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The key that it has, or would have, in the file.
    pub path: KeyPath,
    /// How well it is known.
    pub state: State,
    /// What it says, in the file's words; of several readings each.
    pub values: Vec<String>,
    /// The same as people read it.
    pub shown: Vec<String>,
    /// Where it stands.
    pub places: Vec<Place>,
}

impl Fact {
    /// What it is called: "Avtalstid: Start".
    #[must_use]
    pub fn title(&self) -> String {
        let schema = FileKind::Agreement.schema();
        let mut path = KeyPath::root();
        let mut title = String::new();
        for segment in self.path.segments() {
            path.push(segment.clone());
            let name = match (schema.title(&path), segment) {
                // A title goes on with what it means.
                (Some(name), _) => name.split(':').next().unwrap_or(name).to_owned(),
                (None, Segment::Key(key)) => key.clone(),
                (None, Segment::Index(index)) => (index + 1).to_string(),
            };
            if !title.is_empty() {
                title.push_str(" · ");
            }
            title.push_str(&name);
        }
        title
    }
}

/// A value that a paper says, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

/// The file in the making.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) root: Table,
    pub(super) facts: Vec<Fact>,
}

impl Draft {
    /// The paper says it.
    pub(super) fn found(&mut self, path: &[&str], value: impl Into<Value>, place: Place) {
        let value = value.into();
        let (written, shown) = (written(&value), shown(&key_path(path), &value));
        self.put(path, value, &place.to_string());
        let fact = Fact {
            path: key_path(path),
            state: State::Found,
            values: vec![written],
            shown: vec![shown],
            places: vec![place],
        };
        self.facts.push(fact);
    }

    /// A value that follows from what the paper says elsewhere, or that the file must have: no fact of its own.
    pub(super) fn set(&mut self, path: &[&str], value: impl Into<Value>) {
        if let Some((key, above)) = path.split_last() {
            self.root.at(above).set(key, value);
        }
    }

    /// The paper says it in several ways: nothing is chosen.
    pub(super) fn unclear(&mut self, path: &[&str], readings: &[(String, Place)]) {
        let told: Vec<String> =
            readings.iter().map(|(reading, place)| format!("{reading} ({place})")).collect();
        self.put(path, Value::not_stated(), &format!("Kan läsas på flera sätt: {}", told.join("; ")));
        let (values, places) = readings.iter().cloned().unzip();
        self.tell(path, State::Uncertain, values, places);
    }

    /// The paper says something of a table that can be read in several ways: the table says so, and no value of it.
    pub(super) fn unclear_of(&mut self, path: &[&str], reading: &str, place: Place) {
        self.root.at(path);
        self.unclear_in(path, path, reading, place);
    }

    /// The same of a table that must not stand there without a value: the one above it says so.
    pub(super) fn unclear_without(&mut self, path: &[&str], reading: &str, place: Place) {
        let above = path.split_last().map_or(path, |(_, above)| above);
        self.unclear_in(above, path, reading, place);
    }

    fn unclear_in(&mut self, table: &[&str], path: &[&str], reading: &str, place: Place) {
        // The same is hardly said far away, and a long paper has many facts.
        const NEAR: usize = 50;
        let comment = format!("Osäkert: {reading} ({place})");
        if !self
            .facts
            .iter()
            .rev()
            .take(NEAR)
            .any(|fact| fact.state == State::Uncertain && fact.values == [reading])
        {
            self.comment(table, comment);
            self.tell(path, State::Uncertain, vec![reading.to_owned()], vec![place]);
        }
    }

    /// Takes away a value that the register could not read, with those below it: it is told as uncertain, and stands in the comment.
    pub(super) fn give_up(&mut self, path: &[&str]) {
        let Some((key, above)) = path.split_last() else { return };
        let Some(value) = self.root.at(above).get(key).map(written) else { return };
        self.root.at(above).remove(key);
        let full: KeyPath = key_path(path);
        let place =
            self.facts.iter().find(|fact| fact.path == full).and_then(|fact| fact.places.first().copied());
        self.facts.retain(|fact| !fact.path.segments().starts_with(full.segments()));
        let name = path.join(".");
        self.comment(above, format!("Osäkert: {name} = {value}"));
        self.tell(path, State::Uncertain, vec![value], place.into_iter().collect());
    }

    /// The paper does not say it; the file says so where its key must be there.
    pub(super) fn missing(&mut self, path: &[&str], must_stand: bool) {
        if must_stand {
            self.set(path, Value::not_stated());
        }
        self.tell(path, State::Missing, Vec::new(), Vec::new());
    }

    /// What is said in one way, in several, or not at all.
    pub(super) fn reading<T: PartialEq + Clone + Into<Value>>(
        &mut self,
        path: &[&str],
        said: &[Said<T>],
        must_stand: bool,
    ) {
        let mut different: Vec<&Said<T>> = Vec::new();
        for one in said {
            if !different.iter().any(|other| other.value == one.value) {
                different.push(one);
            }
        }
        match different.as_slice() {
            [] => self.missing(path, must_stand),
            [only] => self.found(path, only.value.clone(), only.place),
            several => {
                let readings: Vec<(String, Place)> =
                    several.iter().map(|one| (written(&one.value.clone().into()), one.place)).collect();
                self.unclear(path, &readings);
            }
        }
    }

    /// Takes the table `x` of another draft, with its facts, as the table of a key.
    pub(super) fn take(&mut self, mut other: Self, table: &str, key: &str) {
        let own = std::mem::take(other.root.table("x"));
        self.root.table(table).set(key, own);
        for fact in other.facts {
            let mut path = KeyPath::root();
            path.push(table);
            path.push(key);
            for segment in fact.path.segments().iter().skip(1) {
                path.push(segment.clone());
            }
            self.facts.push(Fact { path, ..fact });
        }
    }

    /// The same where the table of the key stands there: the values come after those that it has.
    pub(super) fn take_into(&mut self, mut other: Self, table: &str, key: &str) {
        let mut whole = std::mem::take(self.root.at(&[table, key]));
        whole.append(std::mem::take(other.root.table("x")));
        *other.root.table("x") = whole;
        self.take(other, table, key);
    }

    /// Puts another text in the place of each, in the file and in what is told of it.
    pub(super) fn change_texts(&mut self, change: &impl Fn(&str) -> String) {
        self.root.change_texts(change);
        for value in self.facts.iter_mut().flat_map(|fact| &mut fact.values) {
            *value = change(value);
        }
    }

    /// Whether the file says something there.
    pub(super) fn has(&self, path: &[&str]) -> bool {
        let Some((key, above)) = path.split_last() else { return false };
        let table = above.iter().try_fold(&self.root, |table, key| match table.get(key) {
            Some(Value::Table(inner)) => Some(inner),
            _ => None,
        });
        table.is_some_and(|table| table.get(key).is_some())
    }

    fn put(&mut self, path: &[&str], value: Value, comment: &str) {
        if let Some((key, above)) = path.split_last() {
            self.root.at(above).set(key, value).comment(key, comment);
        }
    }

    /// Says something of a value, above it or behind it.
    pub(super) fn comment(&mut self, path: &[&str], comment: impl Into<String>) {
        if let Some((key, above)) = path.split_last() {
            self.root.at(above).comment(key, comment);
        }
    }

    fn tell(&mut self, path: &[&str], state: State, values: Vec<String>, places: Vec<Place>) {
        self.facts.push(Fact { path: key_path(path), state, shown: values.clone(), values, places });
    }
}

fn key_path(keys: &[&str]) -> KeyPath {
    let mut path = KeyPath::root();
    for key in keys {
        path.push(*key);
    }
    path
}

/// A value on one line, in the file's words.
pub(super) fn written(value: &Value) -> String {
    line(value, &|_, word| word.to_owned(), &KeyPath::root())
}

/// What is written at a path as people read it: words of the format and keys by their Swedish names.
fn shown(path: &KeyPath, value: &Value) -> String {
    let schema = FileKind::Agreement.schema();
    let name = |path: &KeyPath, word: &str| {
        let title = schema.word(path, word).map(str::to_owned);
        title.or_else(|| schema.title(path).map(text::uncapitalised).filter(|_| ends_with(path, word)))
    };
    line(value, &|path, word| name(path, word).unwrap_or_else(|| word.to_owned()), path)
}

/// Whether a word is the key that a path leads to.
fn ends_with(path: &KeyPath, word: &str) -> bool {
    matches!(path.segments().last(), Some(Segment::Key(key)) if key == word)
}

/// A value on one line, each of its words and keys as `name` has them.
fn line(value: &Value, name: &dyn Fn(&KeyPath, &str) -> String, path: &KeyPath) -> String {
    match value {
        Value::Text(text) => name(path, text).split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Date(date) => date.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Verbatim(written) => written.clone(),
        Value::Truth(true) => "ja".to_owned(),
        Value::Truth(false) => "nej".to_owned(),
        Value::List(items) => {
            let path = path.join(0);
            items.iter().map(|item| line(item, name, &path)).collect::<Vec<_>>().join("; ")
        }
        Value::Table(table) => {
            let mut said = String::new();
            for (key, value) in table.iter() {
                let path = path.join(key);
                let mark = if said.is_empty() { "" } else { ", " };
                // Writing to a text cannot fail.
                _ = write!(said, "{mark}{} {}", name(&path, key), line(value, name, &path));
            }
            said
        }
    }
}
