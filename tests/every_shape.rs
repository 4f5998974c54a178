//! Agreements of every shape that the format allows: all keys filled, every choice of every word, everything open,
//! and nothing but what is required. Whatever the shape, both documents are written.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests fail loudly")]

mod common;

use common::{Lund, TODAY, plain, repository};
use serde_json::{Map, Value, json};

/// How a made-up agreement is filled.
#[derive(Clone, Copy)]
enum Fill {
    /// Every key, with the nth word wherever there is a choice.
    All(usize),
    /// Every key, and "not-stated" wherever that is allowed.
    Open,
    /// Only the keys that must be there.
    Least,
}

fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(repository().join("schema/agreement.v1.json")).unwrap())
        .unwrap()
}

/// A value that the schema allows. Every text and every key is "a", so that references lead to something.
fn made_up(root: &Value, node: &Value, fill: Fill) -> Value {
    if let Some(reference) = node.get("$ref").and_then(Value::as_str) {
        return made_up(root, root.pointer(reference.strip_prefix('#').unwrap()).unwrap(), fill);
    }
    if let Some(choices) = node.get("anyOf").and_then(Value::as_array) {
        let open = choices.iter().any(|choice| choice.get("const").is_some());
        return if open && matches!(fill, Fill::Open) {
            json!("not-stated")
        } else {
            made_up(root, &choices[0], fill)
        };
    }
    if let Some(words) = node.get("enum").and_then(Value::as_array) {
        let choice = if let Fill::All(number) = fill { number % words.len() } else { 0 };
        return words[choice].clone();
    }
    if node.get("format") == Some(&json!("date")) {
        return json!("2024-03-01");
    }
    match node.get("type").and_then(Value::as_str).unwrap_or_else(|| panic!("{node}")) {
        "string" => match node.get("pattern").and_then(Value::as_str) {
            Some(pattern) if pattern.contains("64") => json!("0".repeat(64)),
            Some(pattern) if pattern.starts_with("^-?") => json!("2,5"),
            Some(_) => json!("2024"),
            None if matches!(fill, Fill::Open) && node.get("x-open").is_some() => json!("not-stated"),
            None => json!("a"),
        },
        "boolean" => json!(true),
        "integer" => node.get("minimum").cloned().unwrap_or(json!(2024)),
        "array" => json!([made_up(root, &node["items"], fill)]),
        "object" => {
            let mut object = Map::new();
            if let Some(below) = node.get("additionalProperties").filter(|below| below.is_object()) {
                object.insert("a".to_owned(), made_up(root, below, fill));
            }
            let required: Vec<&str> = node
                .get("required")
                .map(|keys| keys.as_array().unwrap().iter().filter_map(Value::as_str).collect())
                .unwrap_or_default();
            for (key, below) in node.get("properties").and_then(Value::as_object).into_iter().flatten() {
                if !matches!(fill, Fill::Least) || required.contains(&key.as_str()) {
                    object.insert(key.clone(), made_up(root, below, fill));
                }
            }
            Value::Object(object)
        }
        other => panic!("{other}"),
    }
}

/// Renders a made-up agreement and returns both documents.
fn documents(fill: Fill) -> (String, String) {
    let root = schema();
    let mut agreement = made_up(&root, &root, fill);
    let fields = agreement.as_object_mut().unwrap();
    fields.insert("guideline".to_owned(), json!("lund-iop-2020"));
    fields.insert("committee".to_owned(), json!("social"));
    let clauses: Vec<String> = std::fs::read_dir(repository().join("templates/clauses"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    fields.insert("standard_clauses".to_owned(), json!(clauses));

    let lund = Lund::copy();
    lund.write("agreements/a.toml", toml::to_string(&agreement).unwrap());
    let run = lund.run(&["render", "a", "--format", "md", "--as-of", TODAY]);
    assert!(!run.output.contains("skrevs inte"), "{}", run.output);
    assert!(
        !run.output.contains("går inte att läsa"),
        "{}\n{}",
        run.output,
        lund.run(&["validate", "agreements/a.toml"]).output
    );
    (plain(&lund.read("build/a/avtal.md")), plain(&lund.read("build/a/tjansteskrivelse.md")))
}

#[test]
fn every_key_and_every_choice_of_words_can_be_rendered() {
    let most_words = schema().to_string().matches("\"x-titles\"").count().min(12);
    for number in 0..most_words {
        let (agreement, memo) = documents(Fill::All(number));
        for document in [agreement, memo] {
            assert!(!document.contains("ej angivet"), "nothing is open: {document}");
            assert!(!document.contains("not-stated"), "{document}");
        }
    }
}

#[test]
fn an_agreement_with_everything_open_says_so_in_both_documents() {
    let (agreement, memo) = documents(Fill::Open);
    for document in [&agreement, &memo] {
        assert!(document.contains("ej angivet]**"));
        assert!(!document.contains("not-stated"), "{document}");
    }
    assert!(
        agreement.contains(
            "gäller från och med den **[Start: ej angivet]** till och med den **[Slut: ej angivet]**"
        ),
        "{agreement}"
    );
}

#[test]
fn an_agreement_with_only_what_is_required_can_be_rendered() {
    let (agreement, memo) = documents(Fill::Least);
    assert!(agreement.contains("Diarienummer: **[ej angivet]**"), "{agreement}");
    assert!(memo.contains("Handläggare: **[ej angivet]**"), "{memo}");
}
