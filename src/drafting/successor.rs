//! The successor of an agreement: what the parties go on with is carried over, what belonged to its time, its case and its
//! decisions is open, and amounts are a proposal that says so.

mod carried;
pub(super) mod money;

use chrono::{Datelike, NaiveDate};
use toml::Table as Toml;

use super::agreement::years;
use crate::agreement::{Agreement, Memo, Term};
use crate::date::Period;
use crate::key_path::KeyPath;
use crate::path;
use crate::payouts;
use crate::register::walk::leaves;
use crate::register::write::{self, Style, Table, Value};
use crate::register::{Entry, FileKind, Register};
use crate::text;

/// A successor as it is drafted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// The id that it gets by itself.
    pub id: String,
    /// What is to stand in its file.
    pub text: String,
    /// What somebody must look at, each as a sentence.
    pub points: Vec<String>,
}

/// Drafts the successor of an agreement whose file has this text, as it is known on `as_of`.
#[must_use]
pub fn successor(
    register: &Register,
    (id, entry): (&str, &Entry<Agreement>),
    toml: &str,
    as_of: NaiveDate,
) -> Successor {
    let agreement = &*entry.data;
    let statement = payouts::statement(register, entry, as_of);
    let start = statement.life.last_day().and_then(|last| last.succ_opt());
    let term = start.and_then(|start| next_term(&agreement.term, start));
    let old: Toml = toml.parse().unwrap_or_default();
    let mut root = carried::carried(old);
    root.set("continues", id);
    set_term(root.table("term"), &agreement.term, start, term);
    let mut points = Vec::new();
    if let Some(last) = statement.life.last_day() {
        points.push(format!("Avtalet börjar dagen efter det förra, som gäller till och med {last}."));
    } else {
        points.push("Det förra avtalets sista dag är inte känd, så den första dagen är öppen.".to_owned());
    }
    let years = term.map(years).unwrap_or_default();
    let renamed = money::carry(&mut root, agreement, &statement, &years);
    money::point_at(&mut root, &renamed);
    if !agreement.funding.is_empty() {
        points.push("Beloppen är det förra avtalets, och ett förslag: ändra dem till det som parterna kommer överens om.".to_owned());
    }
    for (has, told) in [
        (agreement.ground.is_some(), "Skälen för partnerskap ska besvaras på nytt."),
        (
            !agreement.assessment.is_empty(),
            "Bedömningarna gällde det förra avtalet: gör dem på nytt under [assessment].",
        ),
        (agreement.memo != Memo::default(), "Skrivelsen gällde det förra avtalet: skriv en ny under [memo]."),
        (!agreement.annex.is_empty(), "Bilagorna ska ha nya datum och nummer, eller tas bort."),
        (
            !agreement.indexation.is_empty(),
            "Uppräkningen gäller alla år utom det första: ändra det om parterna kommer överens om något annat.",
        ),
    ] {
        if has {
            points.push(told.to_owned());
        }
    }
    let first = format!(
        "{}# Utkast till det avtal som avlöser {id}. Parter, åtaganden, mål och klausuler är det förra avtalets; det som hörde till dess\n\
         # tid, ärende och beslut är öppet.\n\n",
        FileKind::Agreement.schema_line()
    );
    let text = write::file(&first, &root, Style::default());
    points.extend(years_in_texts(&text));
    Successor { id: next_id(id, start), text, points }
}

/// As long a term as the one before, from a day on; nothing where it has no known length.
fn next_term(term: &Term, start: NaiveDate) -> Option<Period> {
    if term.open_ended().is_some() {
        return None;
    }
    let before = term.period()?;
    let from = |months| Period { start, end: start }.last_day_within(months);
    let length = before.length();
    let months = term.months.or_else(|| (length.days == 0).then_some(length.months))?;
    Some(Period { start, end: from(months)? })
}

fn set_term(table: &mut Table, old: &Term, start: Option<NaiveDate>, term: Option<Period>) {
    table.set("start", start.map_or_else(Value::not_stated, Value::from));
    if old.open_ended().is_some() {
        return;
    }
    if let Some(months) = old.months {
        table.set("months", months).comment("months", "lika länge som det förra avtalet: ett förslag");
        return;
    }
    table.set("end", term.map_or_else(Value::not_stated, |term| Value::from(term.end)));
    if term.is_some() {
        table.comment("end", "lika lång tid som det förra avtalet: ett förslag");
    }
}

/// An id with another year: "oppet-hus-2024" → "oppet-hus-2026".
fn next_id(id: &str, start: Option<NaiveDate>) -> String {
    let is_year = |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let stem = id.rsplit_once('-').filter(|(_, last)| is_year(last)).map_or(id, |(stem, _)| stem);
    match start {
        Some(start) => format!("{stem}-{}", start.year()),
        None => format!("{stem}-nytt"),
    }
}

/// The texts that speak of a year: nobody has read them for the new time.
fn years_in_texts(toml: &str) -> Vec<String> {
    let not_prose =
        |path: &KeyPath| [path!["continues"], path!["original"]].iter().any(|above| path.is_in(above));
    let schema = FileKind::Agreement.schema();
    leaves(toml)
        .into_iter()
        .filter(|leaf| !not_prose(&leaf.path) && schema.is_free_text(&leaf.path))
        .filter_map(|leaf| {
            let years = years_of(leaf.value.as_str()?);
            let years: Vec<String> = years.iter().map(ToString::to_string).collect();
            (!years.is_empty()).then(|| {
                format!("Texten i {} nämner {}: läs den för den nya tiden.", leaf.path, text::list(&years))
            })
        })
        .collect()
}

/// The years that a text names, each once.
fn years_of(text: &str) -> Vec<i32> {
    let numbers = text.split(|letter: char| !letter.is_ascii_digit()).filter(|number| number.len() == 4);
    let mut years: Vec<i32> = numbers
        .filter_map(|number| number.parse().ok())
        .filter(|year| (1990..=2100).contains(year))
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}
