//! Every key and every word of the file formats has a Swedish name and says what it means. What says nothing yet stands in a
//! list that has been read, and that only becomes shorter.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::common::repository;

/// What of a schema lacks a name or a meaning: keys as `Type.key`, words as `Type = word`.
fn lacking(texts: &str, words: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut seen = 0;
    for entry in fs::read_dir(repository().join("schema")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let schema: Value = serde_json::from_str(&text).unwrap();
        let own = (schema["title"].as_str().unwrap().to_owned(), &schema);
        let types = schema["$defs"].as_object().unwrap().iter().map(|(name, one)| (name.clone(), one));
        for (name, one) in types.chain([own]) {
            for (key, of_key) in one["properties"].as_object().into_iter().flatten() {
                seen += 1;
                if of_key[texts].as_str().is_none_or(str::is_empty) {
                    found.insert(format!("{name}.{key}"));
                }
            }
            for word in one["enum"].as_array().into_iter().flatten() {
                seen += 1;
                let word = word.as_str().unwrap();
                if one[words][word].as_str().is_none_or(str::is_empty) {
                    found.insert(format!("{name} = {word}"));
                }
            }
        }
    }
    assert!(seen > 600, "{seen}");
    found
}

#[test]
fn every_key_and_word_has_a_swedish_name() {
    assert_eq!(lacking("title", "x-titles"), BTreeSet::new());
}

#[test]
fn every_key_and_word_says_what_it_means_but_those_that_are_listed() {
    let list = fs::read_to_string(repository().join("tests/expected/undescribed.txt")).unwrap();
    let listed: BTreeSet<String> =
        list.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect();
    let lacking = lacking("description", "x-descriptions");
    let new: Vec<&String> = lacking.difference(&listed).collect();
    assert!(
        new.is_empty(),
        "give them a text: \"Name: meaning\" in the title of a key, a third text in vocabulary!: {new:#?}"
    );
    let done: Vec<&String> = listed.difference(&lacking).collect();
    assert!(
        done.is_empty(),
        "they have a text now: take them out of tests/expected/undescribed.txt: {done:#?}"
    );
}

/// Every description of a schema, wherever it stands.
fn descriptions<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get("description").and_then(Value::as_str));
            object.values().for_each(|one| descriptions(one, found));
        }
        Value::Array(array) => array.iter().for_each(|one| descriptions(one, found)),
        _ => {}
    }
}

#[test]
fn no_comment_of_the_code_stands_as_a_description() {
    for entry in fs::read_dir(repository().join("schema")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let schema: Value = serde_json::from_str(&text).unwrap();
        let mut found = Vec::new();
        descriptions(&schema, &mut found);
        let is_english = |word: &str| ["the", "which", "how", "whether", "of", "its"].contains(&word);
        let is_foreign =
            |text: &&&str| text.to_lowercase().split(|letter: char| !letter.is_alphabetic()).any(is_english);
        assert_eq!(found.iter().filter(is_foreign).collect::<Vec<_>>(), Vec::<&&str>::new());
    }
}
