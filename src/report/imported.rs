//! What has been found in a paper: for the terminal, and as JSON.

use serde_json::{Value, json};

use super::sheet::{Cell, Column, Line, Sheet, Table};
use crate::import::{Fact, Imported, State};
use crate::paper::{Paper, Place};
use crate::text;

/// The version of the JSON.
const VERSION: u32 = 1;

/// Three lists: what was found, what can be read in several ways, and what was not found.
#[must_use]
pub fn sheets(imported: &Imported) -> Vec<Sheet> {
    [("Hittat", State::Found), ("Osäkert", State::Uncertain), ("Hittades inte", State::Missing)]
        .into_iter()
        .filter_map(|(heading, state)| {
            let facts: Vec<&Fact> = imported.facts.iter().filter(|fact| fact.state == state).collect();
            (!facts.is_empty()).then(|| sheet(heading, &facts))
        })
        .collect()
}

fn sheet(heading: &str, facts: &[&Fact]) -> Sheet {
    let table = Table {
        name: "Uppgifter",
        heading: format!("{heading} ({})", facts.len()),
        columns: vec![
            Column::new("Uppgift", |fact: &&Fact| Cell::text(text::visible(&fact.title()))),
            Column::new("Står i filen", |fact: &&Fact| {
                Cell::text(text::visible(&brief(&fact.shown.join(" / "))))
            }),
            Column::new("Var", |fact: &&Fact| Cell::text(places(fact))),
        ],
        rows: facts.iter().copied().map(Line::Row).collect(),
        notes: Vec::new(),
    };
    table.sheet()
}

/// So much of a text that one sees which it is.
fn brief(text: &str) -> String {
    const MOST: usize = 90;
    let mut letters = text.chars();
    let short: String = letters.by_ref().take(MOST).collect();
    if letters.next().is_some() { format!("{}…", short.trim_end()) } else { short }
}

fn places(fact: &Fact) -> String {
    let mut places: Vec<String> = fact.places.iter().map(ToString::to_string).collect();
    places.dedup();
    places.join("; ")
}

/// The same as JSON, with what a reader must know of the paper.
#[must_use]
pub fn json(imported: &Imported, paper: &Paper, file: &str) -> Value {
    let facts: Vec<Value> = imported
        .facts
        .iter()
        .map(|fact| {
            let state = match fact.state {
                State::Found => "found",
                State::Uncertain => "uncertain",
                State::Missing => "not-found",
            };
            let places = fact.places.iter().map(place_of);
            json!({
                "path": fact.path.to_string(),
                "title": fact.title(),
                "state": state,
                "values": fact.values,
                "places": places.collect::<Vec<_>>(),
            })
        })
        .collect();
    let unplaced: Vec<Value> = imported
        .unplaced
        .iter()
        .map(|(sentence, place)| json!({ "text": sentence, "place": place_of(place) }))
        .collect();
    json!({
        "version": VERSION,
        "file": file,
        "id": imported.id,
        "notes": paper.told.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "facts": facts,
        "unplaced": unplaced,
    })
}

fn place_of(place: &Place) -> Value {
    json!({ "page": place.page, "paragraph": place.paragraph, "line": place.line, "text": place.to_string() })
}
