//! The JSON Schema of each kind of file, generated from the types and compiled once.

use std::sync::LazyLock;

use jsonschema::Validator;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde_json::Value;

use super::node::TomlJson;
use crate::agreement::Agreement;
use crate::budget::Budget;
use crate::guideline::Guideline;
use crate::index::Series;
use crate::key_path::{KeyPath, Segment};
use crate::meeting_plan::MeetingPlan;
use crate::records::Records;
use crate::settings::Settings;

/// A kind of file in the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// `iop.toml`.
    Settings,
    /// `agreements/*.toml`.
    Agreement,
    /// `records/*.toml`.
    Records,
    /// `guidelines/*.toml`.
    Guideline,
    /// `budget.toml`.
    Budget,
    /// `indexes/*.toml`.
    Series,
    /// `meetings/*.toml`.
    MeetingPlan,
}

impl FileKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Settings,
        Self::Agreement,
        Self::Records,
        Self::Guideline,
        Self::Budget,
        Self::Series,
        Self::MeetingPlan,
    ];

    /// The schema's name, as in `schema/NAME.v1.json`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Settings => "register",
            Self::Agreement => "agreement",
            Self::Records => "records",
            Self::Guideline => "guideline",
            Self::Budget => "budget",
            Self::Series => "index",
            Self::MeetingPlan => "meetings",
        }
    }

    /// Where a register has its schema, from its folder.
    #[must_use]
    pub fn schema_file(self) -> String {
        format!("schema/{}.v1.json", self.name())
    }

    /// What stands in that file.
    #[must_use]
    pub fn schema_text(self) -> String {
        format!("{:#}\n", self.schema().document())
    }

    /// The first line of a file of this kind, by which editors find the schema.
    #[must_use]
    pub fn schema_line(self) -> String {
        let up = match self {
            Self::Settings | Self::Budget => "",
            Self::Agreement | Self::Records | Self::Guideline | Self::Series | Self::MeetingPlan => "../",
        };
        format!("#:schema {up}{}\n", self.schema_file())
    }

    /// The schema of this kind of file.
    #[must_use]
    pub fn schema(self) -> &'static FileSchema {
        static SETTINGS: LazyLock<FileSchema> = LazyLock::new(FileSchema::of::<Settings>);
        static AGREEMENT: LazyLock<FileSchema> = LazyLock::new(FileSchema::of::<Agreement>);
        static RECORDS: LazyLock<FileSchema> = LazyLock::new(FileSchema::of::<Records>);
        static GUIDELINE: LazyLock<FileSchema> = LazyLock::new(FileSchema::of::<Guideline>);
        static BUDGET: LazyLock<FileSchema> = LazyLock::new(FileSchema::of::<Budget>);
        static SERIES: LazyLock<FileSchema> = LazyLock::new(FileSchema::of::<Series>);
        static MEETINGS: LazyLock<FileSchema> = LazyLock::new(FileSchema::of::<MeetingPlan>);
        match self {
            Self::Settings => &SETTINGS,
            Self::Agreement => &AGREEMENT,
            Self::Records => &RECORDS,
            Self::Guideline => &GUIDELINE,
            Self::Budget => &BUDGET,
            Self::Series => &SERIES,
            Self::MeetingPlan => &MEETINGS,
        }
    }
}

/// A schema as a document and compiled.
pub struct FileSchema {
    document: Value,
    validator: Validator<TomlJson>,
}

impl FileSchema {
    fn of<T: JsonSchema>() -> Self {
        let settings = SchemaSettings::draft2020_12()
            .with_transform(RecursiveTransform(swedish_help))
            .with_transform(RecursiveTransform(without_null))
            .with_transform(RecursiveTransform(examples_at_the_value));
        let document = settings.into_generator().into_root_schema_for::<T>().to_value();
        #[expect(
            clippy::expect_used,
            reason = "the schema comes from the types alone; a test compiles every kind"
        )]
        let validator = jsonschema::options_for::<TomlJson>()
            .should_validate_formats(true)
            .build(&document)
            .expect("generated schemas compile");
        Self { document, validator }
    }

    /// The schema as it is published in `schema/`.
    #[must_use]
    pub fn document(&self) -> &Value {
        &self.document
    }

    pub(super) fn validator(&self) -> &Validator<TomlJson> {
        &self.validator
    }

    /// The part of the schema at a JSON pointer such as `/$defs/Party/properties`.
    pub(super) fn at(&self, pointer: &str) -> Option<&Value> {
        self.document.pointer(pointer)
    }

    /// The Swedish name of what stands at `path`, from the types: "Diarienummer" for `case.registry_number`.
    /// Keys that people choose have none.
    #[must_use]
    pub fn title(&self, path: &KeyPath) -> Option<&str> {
        self.node(path)?.get("title").and_then(Value::as_str)
    }

    /// The Swedish name of one of the words that can stand at `path`: "idéburen part" for `civil-society`.
    #[must_use]
    pub fn word(&self, path: &KeyPath, word: &str) -> Option<&str> {
        let node = self.target(self.node(path)?);
        let own = node.get("x-titles");
        let own = own.or_else(|| {
            let choices = node.get("anyOf")?.as_array()?.iter();
            choices.map(|choice| self.target(choice)).find_map(|choice| choice.get("x-titles"))
        });
        own?.get(word)?.as_str()
    }

    /// Whether what stands at `path` is a text or a day, and not one of a few words.
    #[must_use]
    pub fn is_free_text(&self, path: &KeyPath) -> bool {
        let is_text = |choice: &Value| {
            let choice = self.target(choice);
            let has = |key: &str| choice.get(key).is_some();
            let types = choice.get("type");
            let is_string = types.and_then(Value::as_str) == Some("string")
                || types
                    .and_then(Value::as_array)
                    .is_some_and(|types| types.iter().any(|one| one == "string"));
            is_string && !has("enum") && !has("const") && !has("oneOf")
        };
        let Some(node) = self.node(path).map(|node| self.target(node)) else { return false };
        is_text(node)
            || node.get("anyOf").and_then(Value::as_array).is_some_and(|choices| choices.iter().any(is_text))
    }

    /// Whether what stands at `path` may be declared open with `"not-stated"`.
    #[must_use]
    pub fn can_be_open(&self, path: &KeyPath) -> bool {
        self.node(path).is_some_and(|node| {
            let has_marker =
                |choices: &Vec<Value>| choices.iter().any(|choice| choice.get("const").is_some());
            node.get("x-open").is_some()
                || node.get("anyOf").and_then(Value::as_array).is_some_and(has_marker)
        })
    }

    fn node(&self, path: &KeyPath) -> Option<&Value> {
        path.segments().iter().try_fold(&self.document, |node, segment| self.step(node, segment))
    }

    fn step<'a>(&'a self, node: &'a Value, segment: &Segment) -> Option<&'a Value> {
        let node = self.target(node);
        let found = match segment {
            Segment::Key(key) => node
                .get("properties")
                .and_then(|properties| properties.get(key))
                .or_else(|| node.get("additionalProperties").filter(|schema| schema.is_object())),
            Segment::Index(_) => node.get("items"),
        };
        found.or_else(|| node.get("anyOf")?.as_array()?.iter().find_map(|choice| self.step(choice, segment)))
    }

    /// What a part of the schema refers to, or the part itself.
    pub(super) fn target<'a>(&'a self, node: &'a Value) -> &'a Value {
        node.get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| self.document.pointer(reference.strip_prefix('#')?))
            .unwrap_or(node)
    }
}

impl std::fmt::Debug for FileSchema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileSchema").finish_non_exhaustive()
    }
}

/// Titles in the types are written "Name: explanation" in Swedish; the explanation becomes the description, in
/// place of the English one that the doc comment gives.
fn swedish_help(schema: &mut Schema) {
    let Some(title) = schema.get("title").and_then(Value::as_str).map(str::to_owned) else {
        return;
    };
    if schema.get("x-expects").is_none() {
        schema.remove("description");
    }
    if let Some((name, explanation)) = title.split_once(": ") {
        schema.insert("title".to_owned(), name.into());
        schema.insert("description".to_owned(), crate::text::capitalised(explanation).into());
    }
}

/// TOML has no null: takes out the alternative that optional keys get, and turns the list of single words that
/// enums become into one flat list, which validators and editors report better.
fn without_null(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    if object.get("default").is_some_and(|default| default.is_null() || default.is_object()) {
        object.remove("default");
    }
    if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
        choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
        if let [Value::Object(only)] = choices.as_slice() {
            let only = only.clone();
            object.remove("anyOf");
            for (key, value) in only {
                object.entry(key).or_insert(value);
            }
        }
    }
    if let Some(Value::Array(choices)) = object.get("oneOf")
        && choices.iter().all(|choice| choice.get("const").is_some_and(Value::is_string))
    {
        let words: Vec<Value> = choices.iter().filter_map(|choice| choice.get("const").cloned()).collect();
        let told = |what: &str| -> serde_json::Map<String, Value> {
            let of_word =
                |choice: &Value| Some((choice.get("const")?.as_str()?.to_owned(), choice.get(what)?.clone()));
            choices.iter().filter_map(of_word).collect()
        };
        let (titles, meanings) = (told("title"), told("description"));
        object.remove("oneOf");
        object.insert("type".to_owned(), "string".into());
        object.insert("enum".to_owned(), Value::Array(words));
        object.insert("x-titles".to_owned(), Value::Object(titles));
        if !meanings.is_empty() {
            object.insert("x-descriptions".to_owned(), Value::Object(meanings));
        }
    }
}

/// A key that may be left open has two alternatives, its value and the word for open. Editors show what stands at an
/// alternative and not what stands beside them all, so the examples move to the value, which comes first.
fn examples_at_the_value(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    if !object.contains_key("anyOf") {
        return;
    }
    let Some(examples) = object.remove("examples") else { return };
    if let Some(Value::Array(choices)) = object.get_mut("anyOf")
        && let Some(Value::Object(value)) = choices.first_mut()
    {
        value.insert("examples".to_owned(), examples);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path;

    #[test]
    fn every_kind_of_file_has_a_schema_that_compiles_and_holds_no_null() {
        for kind in FileKind::ALL {
            let schema = kind.schema();
            assert!(schema.document().get("title").is_some(), "{}", kind.name());
            assert!(!schema.document().to_string().contains("null"), "{}", kind.name());
        }
    }

    #[test]
    fn every_key_that_the_format_defines_has_a_swedish_title() {
        fn check(node: &Value, at: &str, missing: &mut Vec<String>) {
            if let Some(Value::Object(properties)) = node.get("properties") {
                for (key, property) in properties {
                    if property.get("title").is_none() {
                        missing.push(format!("{at}/{key}"));
                    }
                }
            }
            if let Value::Object(object) = node {
                for (key, value) in object {
                    check(value, &format!("{at}/{key}"), missing);
                }
            }
        }
        for kind in FileKind::ALL {
            let mut missing = Vec::new();
            check(kind.schema().document(), kind.name(), &mut missing);
            assert_eq!(missing, Vec::<String>::new());
        }
    }

    #[test]
    fn every_example_fits_its_key() {
        fn check(document: &Value, node: &Value, at: &str, seen: &mut usize, wrong: &mut Vec<String>) {
            let Value::Object(object) = node else { return };
            if let Some(Value::Array(examples)) = object.get("examples") {
                let mut alone = object.clone();
                alone.insert("$defs".to_owned(), document.get("$defs").cloned().unwrap_or_default());
                let validator =
                    jsonschema::options().should_validate_formats(true).build(&alone.into()).unwrap();
                *seen += examples.len();
                wrong.extend(
                    examples
                        .iter()
                        .filter(|example| !validator.is_valid(example))
                        .map(|example| format!("{at}: {example}")),
                );
            }
            for (key, value) in object {
                check(document, value, &format!("{at}/{key}"), seen, wrong);
            }
        }
        for kind in FileKind::ALL {
            let (mut seen, mut wrong) = (0, Vec::new());
            let document = kind.schema().document();
            check(document, document, kind.name(), &mut seen, &mut wrong);
            assert_eq!(wrong, Vec::<String>::new());
            assert!(seen > 0, "{}", kind.name());
        }
    }

    #[test]
    fn names_what_stands_at_a_path() {
        let schema = FileKind::Agreement.schema();
        assert_eq!(schema.title(&path!["case", "registry_number"]), Some("Diarienummer"));
        assert_eq!(schema.title(&path!["payout_plan", "main", "months"]), Some("Utbetalningsmånader"));
        assert_eq!(schema.title(&path!["party", "x", "signatory", "y", "name"]), Some("Namn"));
        assert_eq!(schema.title(&path!["nonsense"]), None);
        let role = |word: &str| schema.word(&path!["party", "x", "role"], word);
        assert_eq!((role("civil-society"), role("x")), (Some("idéburen part"), None));
        assert_eq!(schema.word(&path!["party", "x", "form"], "foundation"), Some("stiftelse"));
    }
}
