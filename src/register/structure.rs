//! What the schema has to say about a file, in Swedish.

use std::collections::BTreeMap;
use std::sync::Arc;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::de::DeTable;
use unicode_security::skeleton;

use super::bounds;
use super::codes;
use super::node::{Content, Node, elements, members};
use super::renamed;
use super::schema::{FileKind, FileSchema};
use super::trail::Trail;
use crate::finding::{Finding, Level, Place};
use crate::key_path::{KeyPath, Segment};
use crate::text;
use crate::vocabulary::NOT_STATED;

/// So many structural errors of one file are worth reading.
const MOST: usize = 50;

/// Checks a file against the schema and, where it agrees, reads it into its type. Whether its texts may have characters that do
/// not show is known from its text as a whole.
pub(super) fn read<T: DeserializeOwned>(
    kind: FileKind,
    file: &Arc<str>,
    root: Node<'_>,
    may_hide: bool,
) -> Result<T, Vec<Finding>> {
    let schema = kind.schema();
    let mut findings: Vec<Finding> = Vec::new();
    // Nearly every file is right, and to say so is much quicker than to list what is wrong.
    if !schema.validator().is_valid(root) {
        let errors = schema.validator().iter_errors(root);
        findings.extend(errors.flat_map(|error| describe(schema, file, root, &error)));
    }
    if findings.is_empty() {
        root.walk(&Trail::Root, &mut |trail, node| {
            let content = node.content();
            if let Some((said, help)) = bounds::beyond(kind, &content) {
                let path = trail.path();
                let message = format!("{} {said}.", name_of(schema, &path));
                let place = Place::value(file, path);
                findings.push(Finding::new(codes::DOMAIN, Level::Error, place, message).help(help));
                return;
            }
            match content {
                Content::Text(text) => findings.extend(misleading(schema, file, trail, text, may_hide)),
                Content::Table(table) => findings.extend(misleading_keys(file, trail, table)),
                _ => {}
            }
        });
    }
    if !findings.is_empty() {
        findings.sort_by(|left, right| (&left.place, left.code).cmp(&(&right.place, right.code)));
        // A value of the wrong type breaks every other demand on it too; the first says what is needed.
        findings.dedup_by(|next, first| next.place == first.place);
        if findings.len() > MOST {
            let more = findings.len() - MOST;
            findings.truncate(MOST);
            if let Some(last) = findings.last_mut() {
                last.message
                    .push_str(&format!(" Ytterligare {more} fel i filen visas när dessa är rättade."));
            }
        }
        return Err(findings);
    }
    // Only what cannot be read is read again, with an eye on where it fails.
    if let Ok(data) = T::deserialize(root) {
        return Ok(data);
    }
    serde_path_to_error::deserialize(root).map_err(|error| {
        let path = error.path().iter().filter_map(segment_of).collect();
        let place = Place::value(file, path);
        vec![Finding::new(codes::DOMAIN, Level::Error, place, sentence(&error.inner().to_string()))]
    })
}

/// An empty clause is judged by the guideline that requires it.
fn is_clause(path: &KeyPath) -> bool {
    matches!(path.segments().first(), Some(Segment::Key(key)) if key == "clause")
}

/// Reports a text that does not say what it seems to: one with characters that do not show, an empty one, and
/// `"not-stated"` where a text must stand, which would be shown as if somebody were called that.
fn misleading(
    schema: &FileSchema,
    file: &Arc<str>,
    trail: &Trail<'_>,
    text: &str,
    may_hide: bool,
) -> Option<Finding> {
    let finding = |path: KeyPath, message: String| {
        Finding::new(codes::DOMAIN, Level::Error, Place::value(file, path), message)
    };
    if text == NOT_STATED {
        let path = trail.path();
        return (!schema.can_be_open(&path)).then(|| {
            let message = format!("{} kan inte vara \"{NOT_STATED}\".", name_of(schema, &path));
            finding(path, message).help("Skriv uppgiften, eller ta bort raden om den inte behövs.")
        });
    }
    if may_hide && let Some(numbers) = text::numbers(text::hidden(text)) {
        let path = trail.path();
        let message = format!("{} har tecken som inte syns: {numbers}.", name_of(schema, &path));
        let help = "Skriv om texten för hand: osynliga tecken kan ändra hur den läses.";
        return Some(finding(path, message).help(help));
    }
    if !text.trim_start().is_empty() {
        return None;
    }
    let path = trail.path();
    (!is_clause(&path)).then(|| {
        let help = if schema.can_be_open(&path) {
            "Skriv uppgiften, skriv \"not-stated\" om den är öppen, eller ta bort raden."
        } else {
            "Skriv uppgiften, eller ta bort raden om den inte behövs."
        };
        let message = format!("{} saknar innehåll.", name_of(schema, &path));
        finding(path, message).help(help)
    })
}

/// Reports the keys of a table that are not what they seem to be: with characters that do not show, and two that nobody can tell
/// apart.
fn misleading_keys(file: &Arc<str>, trail: &Trail<'_>, table: &DeTable<'_>) -> Vec<Finding> {
    const HELP: &str = "Skriv om nyckeln för hand, helst med a–z, 0–9 och bindestreck.";
    // Nearly all keys are of letters that everybody has.
    let is_plain = |key: &str| key.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if members(table).all(|(key, _)| is_plain(key)) {
        return Vec::new();
    }
    let shown = |key| text::visible(key);
    let finding = |key: &str, message: String| {
        let place = Place::key(file, trail.path().join(key));
        Finding::new(codes::DOMAIN, Level::Error, place, message).help(HELP)
    };
    let mut findings = Vec::new();
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (key, _) in members(table) {
        if let Some(numbers) = text::numbers(key.chars().filter(|letter| text::hides(*letter))) {
            findings
                .push(finding(key, format!("Nyckeln ”{}” har tecken som inte syns: {numbers}.", shown(key))));
        }
        let other = seen.entry(skeleton(key).collect()).or_insert(key);
        if *other != key && !(is_plain(key) && is_plain(other)) {
            let strange = key.chars().chain(other.chars()).filter(|letter| !letter.is_ascii());
            let numbers = text::numbers(strange).unwrap_or_default();
            findings.push(finding(
                key,
                format!(
                    "Nycklarna ”{}” och ”{}” ser likadana ut men är inte samma ({numbers}).",
                    shown(other),
                    shown(key)
                ),
            ));
        }
    }
    findings
}

fn segment_of(segment: &serde_path_to_error::Segment) -> Option<Segment> {
    match segment {
        serde_path_to_error::Segment::Map { key } => Some(Segment::Key(key.clone())),
        serde_path_to_error::Segment::Seq { index } => Some(Segment::Index(*index)),
        _ => None,
    }
}

/// What a type says of a value that the schema let pass. Our own types speak Swedish; a library's English is kept
/// back.
fn sentence(detail: &str) -> String {
    if detail.contains("did not match") || detail.contains("expected") {
        return "Värdet går inte att läsa.".to_owned();
    }
    format!("Värdet {}.", detail.trim_end_matches('.'))
}

/// The path of an error, from its JSON pointer. Whether "2021" is a key or an index shows in the file itself.
fn path_of(root: Node<'_>, error: &ValidationError<'_>) -> KeyPath {
    let mut node = Some(root);
    let pointer = error.instance_path().as_str();
    pointer
        .split('/')
        .skip(1)
        .map(|step| {
            let key = step.replace("~1", "/").replace("~0", "~");
            match node.map(Node::content) {
                Some(Content::Array(array)) => {
                    let index = key.parse().unwrap_or_default();
                    node = elements(array).nth(index);
                    Segment::Index(index)
                }
                Some(Content::Table(table)) => {
                    node = members(table).find(|(name, _)| *name == key).map(|(_, node)| node);
                    Segment::Key(key)
                }
                _ => Segment::Key(key),
            }
        })
        .collect()
}

/// The findings for one error of the validator.
fn describe(
    schema: &FileSchema,
    file: &Arc<str>,
    root: Node<'_>,
    error: &ValidationError<'_>,
) -> Vec<Finding> {
    let path = path_of(root, error);
    // A value that no file may hold is already reported; `null` only stands in for it.
    if error.instance().is_null() {
        return Vec::new();
    }
    let schema_path = error.schema_path().as_str();
    let owner = schema_path.rsplit_once('/').map_or("", |(owner, _)| owner);
    let rules = schema.at(owner);
    let name = || name_of(schema, &path);
    let value = Place::value(file, path.clone());
    let finding = |code, place, message: String| vec![Finding::new(code, Level::Error, place, message)];

    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|key| {
                let known: Vec<&str> = rules
                    .and_then(|rules| rules.get("properties")?.as_object())
                    .map(|properties| properties.keys().map(String::as_str).collect())
                    .unwrap_or_default();
                let place = Place::key(file, path.join(key));
                let help = renamed::help(key, &known).unwrap_or_else(|| {
                    text::nearest(key, known.iter().copied()).map_or_else(
                        || format!("Här kan stå: {}.", text::list(&known)),
                        |near| format!("Menade du ”{near}”?"),
                    )
                });
                Finding::new(
                    codes::UNKNOWN_KEY,
                    Level::Error,
                    place,
                    format!("Nyckeln ”{key}” finns inte här."),
                )
                .help(help)
            })
            .collect(),
        ValidationErrorKind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            let missing = path.join(key);
            let title = name_of(schema, &missing);
            let place = Place::value(file, missing);
            let message = if title == key {
                format!("”{key}” saknas.")
            } else {
                format!("”{key}” ({title}) saknas.")
            };
            let message =
                if path.is_root() { message } else { format!("{message} Den hör hemma i [{path}].") };
            vec![
                Finding::new(codes::MISSING_KEY, Level::Error, place, message)
                    .help(format!("Lägg till {}.", how_to_write(schema, rules, key))),
            ]
        }
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            // A table was meant where an alternative has complaints about what is in it, and not about its type.
            let meant = context.iter().find(|errors| {
                !errors.is_empty()
                    && error.instance().is_object()
                    && errors.iter().all(|error| {
                        !matches!(
                            error.kind(),
                            ValidationErrorKind::Constant { .. } | ValidationErrorKind::Type { .. }
                        ) || depth(error) > path.segments().len()
                    })
            });
            let deepest = context.iter().flatten().max_by_key(|error| depth(error));
            match (meant, deepest) {
                (Some(errors), _) => {
                    errors.iter().flat_map(|error| describe(schema, file, root, error)).collect()
                }
                (None, Some(inner)) if depth(inner) > depth(error) => describe(schema, file, root, inner),
                _ => {
                    let expected =
                        expectation(schema, rules).unwrap_or_else(|| "ett annat slags värde".to_owned());
                    finding(codes::TYPE, value, format!("{} ska vara {expected}.", name()))
                }
            }
        }
        ValidationErrorKind::Type { .. } => {
            let expected = expectation(schema, rules).unwrap_or_else(|| "ett annat slags värde".to_owned());
            finding(codes::TYPE, value, format!("{} ska vara {expected}.", name()))
        }
        ValidationErrorKind::Enum { options } => {
            let words = words(options);
            let titles = rules.and_then(|rules| rules.get("x-titles"));
            let near = error.instance().as_str().and_then(|word| text::nearest(word, words.iter().copied()));
            let named: Vec<String> = words
                .iter()
                .map(|word| match titles.and_then(|titles| titles.get(word)?.as_str()) {
                    Some(title) if title != *word => format!("\"{word}\" ({title})"),
                    _ => format!("\"{word}\""),
                })
                .collect();
            let message = format!("{} kan vara {}.", name(), text::either(&named));
            let mut found = Finding::new(codes::DOMAIN, Level::Error, value, message);
            if let Some(near) = near {
                found = found.help(format!("Menade du \"{near}\"?"));
            }
            vec![found]
        }
        ValidationErrorKind::Format { .. } => {
            let message = format!("{} ska vara ett datum som finns, till exempel 2021-02-28.", name());
            finding(codes::DOMAIN, value, message)
        }
        ValidationErrorKind::Minimum { limit } | ValidationErrorKind::ExclusiveMinimum { limit } => {
            finding(codes::DOMAIN, value, format!("{} får inte vara mindre än {limit}.", name()))
        }
        ValidationErrorKind::Maximum { limit } | ValidationErrorKind::ExclusiveMaximum { limit } => {
            finding(codes::DOMAIN, value, format!("{} får inte vara större än {limit}.", name()))
        }
        ValidationErrorKind::MinLength { .. }
        | ValidationErrorKind::MinItems { .. }
        | ValidationErrorKind::MinProperties { .. } => {
            finding(codes::DOMAIN, value, format!("{} saknar innehåll.", name()))
        }
        ValidationErrorKind::Pattern { .. } => {
            let expected =
                expectation(schema, rules).unwrap_or_else(|| "skriven på ett annat sätt".to_owned());
            finding(codes::DOMAIN, value, format!("{} ska vara {expected}.", name()))
        }
        ValidationErrorKind::PropertyNames { error } => {
            let key = error.instance().as_str().unwrap_or_default();
            let demand = rules.map(|rules| rules.get("propertyNames").unwrap_or(rules));
            let expected = expectation(schema, demand);
            let expected = expected.unwrap_or_else(|| "skriven på ett annat sätt".to_owned());
            let message = format!("Nyckeln ”{}” ska vara {expected}.", text::visible(key));
            finding(codes::DOMAIN, Place::key(file, path.join(key)), message)
        }
        _ => finding(codes::DOMAIN, value, format!("{} har ett värde som inte är tillåtet.", name())),
    }
}

/// How a missing key is written: as a line, a table, or a table for each name.
fn how_to_write(schema: &FileSchema, rules: Option<&Value>, key: &str) -> String {
    let property =
        rules.and_then(|rules| rules.get("properties")?.get(key)).map(|property| schema.target(property));
    match property.and_then(|property| property.get("type")?.as_str()) {
        Some("object") if property.is_some_and(|property| property.get("properties").is_none()) => {
            format!("tabellen [{key}.NAMN]")
        }
        Some("object") => format!("tabellen [{key}]"),
        _ => format!("raden {key} = …"),
    }
}

fn depth(error: &ValidationError<'_>) -> usize {
    error.instance_path().iter().len()
}

/// What people call the thing at `path`: its Swedish title, or its key.
fn name_of(schema: &FileSchema, path: &KeyPath) -> String {
    if let Some(title) = schema.title(path) {
        return format!("”{title}”");
    }
    match path.segments().last() {
        Some(Segment::Key(key)) => format!("”{key}”"),
        Some(Segment::Index(index)) => format!("Värde {} i listan", index + 1),
        None => "Filen".to_owned(),
    }
}

fn words(options: &Value) -> Vec<&str> {
    options.as_array().map(|list| list.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

fn alternatives(words: &[&str]) -> String {
    text::either(&words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>())
}

/// What a part of the schema expects, as it follows "ska vara".
fn expectation(schema: &FileSchema, rules: Option<&Value>) -> Option<String> {
    let rules = rules?;
    if let Some(expected) = rules.get("x-expects").and_then(Value::as_str) {
        return Some(expected.to_owned());
    }
    if let Some(reference) = rules.get("$ref").and_then(Value::as_str) {
        return expectation(schema, schema.at(reference.strip_prefix('#')?));
    }
    if let Some(Value::Array(choices)) = rules.get("anyOf") {
        let parts: Vec<String> =
            choices.iter().filter_map(|choice| expectation(schema, Some(choice))).collect();
        return Some(parts.join(" eller "));
    }
    if rules.get("const").is_some_and(|word| word == NOT_STATED) {
        return Some(format!("\"{NOT_STATED}\""));
    }
    if let Some(options) = rules.get("enum") {
        return Some(alternatives(&words(options)));
    }
    if rules.get("format").is_some_and(|format| format == "date") {
        return Some("ett datum, till exempel 2021-02-01".to_owned());
    }
    let expected = match rules.get("type")?.as_str()? {
        "string" => "text inom citattecken",
        "integer" => "ett heltal",
        "boolean" => "true eller false",
        "array" => "en lista inom hakparenteser",
        "object" => "en tabell med nycklar",
        _ => return None,
    };
    Some(expected.to_owned())
}
