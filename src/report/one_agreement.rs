//! One agreement as a person reads it: what it comes to, and every fact in its files by its Swedish name, with where it stands.

use chrono::NaiveDate;
use serde::Serialize;
use toml::Value;

use super::missing::Missing;
use super::overview::OverviewReport;
use super::sheet::{Cell, Column, Line, Sheet, Table};
use crate::finding::{Finding, Place};
use crate::key_path::{KeyPath, Segment};
use crate::money::grouped;
use crate::register::walk::{Leaf, leaves};
use crate::register::{FileKind, Register, id_of};
use crate::text;
use crate::vocabulary::NOT_STATED;

/// One agreement with all that its files say.
#[derive(Debug)]
pub struct AgreementReport<'a> {
    /// The agreement at a glance.
    pub glance: OverviewReport<'a>,
    /// Its file.
    pub file: &'a str,
}

/// The version of the JSON format. It grows by new keys; one that changes its meaning raises it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    as_of: NaiveDate,
    missing: &'a [Missing],
    facts: Vec<Fact>,
}

/// What stands in a file.
#[derive(Debug, Serialize)]
struct Fact {
    /// The Swedish name of the part of the file.
    part: String,
    /// What it is, by Swedish names and the keys that people have chosen.
    name: String,
    /// What it says.
    says: String,
    file: String,
    line: usize,
    path: String,
}

/// A row of what the agreement comes to.
struct Sum {
    what: &'static str,
    says: Cell,
}

impl AgreementReport<'_> {
    /// What it comes to, its facts, its events and what has been found in it; for programs, whose sheets share their columns, the
    /// facts and events alone.
    #[must_use]
    pub fn sheets(&self, is_for_programs: bool) -> Vec<Sheet> {
        let mut sheets: Vec<Sheet> = self.sums().into_iter().filter(|_| !is_for_programs).collect();
        let of = |kind, title: &str, file: &str| {
            let facts = self.facts(kind, file);
            (!facts.is_empty()).then(|| table(title, facts))
        };
        sheets.extend(of(FileKind::Agreement, "Avtalet", self.file));
        sheets.extend(of(FileKind::Records, "Händelser", &self.records()));
        sheets.extend(self.found().filter(|_| !is_for_programs));
        sheets
    }

    /// The facts of its files as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let mut facts = self.facts(FileKind::Agreement, self.file);
        facts.extend(self.facts(FileKind::Records, &self.records()));
        super::json::pretty(&Output {
            version: VERSION,
            as_of: self.glance.as_of,
            missing: self.glance.missing,
            facts,
        })
    }

    fn records(&self) -> String {
        self.file.replacen("agreements/", "records/", 1)
    }

    fn sums(&self) -> Option<Sheet> {
        let glances = self.glance.glances();
        let one = glances.first()?;
        let row = |what, says| Line::Row(Sum { what, says });
        let rows = vec![
            row("Ämne", Cell::text(text::capitalised(one.title()))),
            row("Organisation", Cell::text(one.organisation())),
            row("Status", Cell::text(one.status())),
            row("Gäller", Cell::text(one.span())),
            row("Enligt", Cell::text(one.rests_on())),
            row("Årets belopp (kr)", one.money()),
            row("Beloppets säkerhet", one.certainty()),
            row("Nästa", one.next()),
            row("Anmärkningar", Cell::text(one.found())),
        ];
        let rows = rows.into_iter().filter(|line| !matches!(line, Line::Row(Sum { says: Cell::Empty, .. })));
        let table = Table {
            name: "Översikt",
            heading: format!("{} · räknat per {}", id_of(self.file), self.glance.as_of),
            columns: vec![
                Column::<Sum>::new("Uppgift", |row| Cell::text(row.what)).key(),
                Column::<Sum>::new("Innehåll", |row| row.says.clone())
                    .mixed()
                    .missing(|missing| Cell::text(missing.agreement.as_deref().unwrap_or(&missing.file))),
            ],
            rows: rows.collect(),
            notes: Vec::new(),
        };
        Some(table.sheet())
    }

    /// Every fact of a file, in its order.
    fn facts(&self, kind: FileKind, file: &str) -> Vec<Fact> {
        let register = self.glance.register;
        let Some(source) = register.source(file) else { return Vec::new() };
        let leaves = leaves(&source.text());
        leaves.iter().map(|leaf| fact(register, kind, file, leaf)).collect()
    }

    /// What has been found in its files.
    fn found(&self) -> Option<Sheet> {
        let records = self.records();
        let files = [self.file, &records];
        let found: Vec<&Finding> =
            self.glance.findings.iter().filter(|one| files.contains(&&*one.place.file)).collect();
        let register = self.glance.register;
        let at = |place: &Place| format!("{}:{}", place.file, register.locate(place).line);
        let columns = vec![
            Column::<&Finding>::new("Anmärkning", |one| Cell::text(one.code)).key(),
            Column::<&Finding>::new("Allvar", |one| Cell::text(one.level.label())),
            Column::<&Finding>::new("Vad", |one| Cell::text(&*one.message)),
            Column::<&Finding>::new("Var", move |one| Cell::text(at(&one.place))).whole().yields(1),
        ];
        (!found.is_empty()).then(|| {
            Table {
                name: "Granskning",
                heading: "Anmärkningar".to_owned(),
                columns,
                rows: found.into_iter().map(Line::Row).collect(),
                notes: vec![
                    "iop validate visar dem på sina rader, och iop explain KOD förklarar dem.".to_owned(),
                ],
            }
            .sheet()
        })
    }
}

/// What a file, or where it is named one of its tables, says is open: where it stands and what it is.
#[must_use]
pub fn open_facts(register: &Register, kind: FileKind, file: &str, table: &str) -> Vec<String> {
    let Some(source) = register.source(file) else { return Vec::new() };
    let below = format!("{table}.");
    let is_open = |leaf: &&Leaf| {
        leaf.value.as_str() == Some(NOT_STATED)
            && (table.is_empty() || leaf.path.to_string().starts_with(&below))
    };
    let leaves = leaves(&source.text());
    let facts = leaves.iter().filter(is_open).map(|leaf| fact(register, kind, file, leaf));
    facts.map(|one| format!("rad {}  {}: {}", one.line, one.part, one.name)).collect()
}

fn table(title: &str, facts: Vec<Fact>) -> Sheet {
    let mut before = String::new();
    let rows = facts.into_iter().map(|fact| {
        let is_again = fact.part == before;
        before.clone_from(&fact.part);
        Line::Row((fact, is_again))
    });
    let rows: Vec<Line<(Fact, bool)>> = rows.collect();
    Table {
        name: "Uppgifter",
        heading: title.to_owned(),
        columns: vec![
            Column::<(Fact, bool)>::new("Del", |(fact, is_again)| {
                if *is_again { Cell::Again((*fact.part).into()) } else { Cell::text(&fact.part) }
            })
            .key(),
            Column::<(Fact, bool)>::new("Uppgift", |(fact, _)| Cell::text(&fact.name)),
            Column::<(Fact, bool)>::new("Innehåll", |(fact, _)| Cell::text(&fact.says)),
            Column::<(Fact, bool)>::new("Var", |(fact, _)| {
                Cell::text(format!("{}:{}", fact.file, fact.line))
            })
            .whole()
            .yields(1),
            Column::<(Fact, bool)>::new("Nyckel", |(fact, _)| Cell::text(&fact.path)).whole().yields(2),
        ],
        rows,
        notes: Vec::new(),
    }
    .sheet()
}

fn fact(register: &Register, kind: FileKind, file: &str, leaf: &Leaf) -> Fact {
    let place = Place::key(&file.into(), leaf.path.clone());
    let (part, name) = named(kind, &leaf.path);
    Fact {
        part,
        name,
        says: said(kind, &leaf.path, &leaf.value),
        file: file.to_owned(),
        line: register.locate(&place).line,
        path: leaf.path.to_string(),
    }
}

/// The name of the part of the file that a path leads into, and of what stands there.
fn named(kind: FileKind, path: &KeyPath) -> (String, String) {
    let schema = kind.schema();
    let mut at = KeyPath::root();
    let mut names: Vec<String> = path
        .segments()
        .iter()
        .map(|segment| {
            at.push(segment.clone());
            let title = schema.title(&at).map(str::to_owned);
            title.unwrap_or_else(|| match segment {
                Segment::Key(key) => key.clone(),
                Segment::Index(index) => (index + 1).to_string(),
            })
        })
        .collect();
    let rest = names.split_off(names.len().min(1));
    let part = names.pop().unwrap_or_default();
    if rest.is_empty() { ("Allmänt".to_owned(), part) } else { (part, rest.join(" · ")) }
}

/// What a value says, as people read it.
fn said(kind: FileKind, path: &KeyPath, value: &Value) -> String {
    /// Years and small numbers are never grouped.
    const GROUPED_FROM: u64 = 10_000;
    match value {
        Value::String(word) if word == NOT_STATED => "ej angivet".to_owned(),
        Value::String(text) => kind.schema().word(path, text).unwrap_or(text).trim().to_owned(),
        Value::Integer(number) if number.unsigned_abs() >= GROUPED_FROM => grouped((*number).into()),
        Value::Boolean(true) => "ja".to_owned(),
        Value::Boolean(false) => "nej".to_owned(),
        Value::Array(items) => {
            let path = path.join(0);
            let items: Vec<String> = items.iter().map(|item| said(kind, &path, item)).collect();
            items.join("; ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path;

    #[test]
    fn facts_have_swedish_names_and_words() {
        let named = |path: KeyPath| named(FileKind::Agreement, &path);
        let pair = |part: &str, name: &str| (part.to_owned(), name.to_owned());
        assert_eq!(named(path!["title"]), pair("Allmänt", "Ämne"));
        assert_eq!(named(path!["party", "forening", "role"]), pair("Parter", "forening · Sida"));
        let said = |path: KeyPath, value: &str| {
            let table: toml::Table = format!("x = {value}").parse().unwrap();
            said(FileKind::Agreement, &path, &table["x"])
        };
        assert_eq!(said(path!["party", "f", "role"], "\"civil-society\""), "idéburen part");
        assert_eq!(said(path!["exit", "x", "cause"], "[\"any\", \"dispute\"]").matches("; ").count(), 1);
        assert_eq!(said(path!["purpose"], "\"not-stated\""), "ej angivet");
        assert_eq!(said(path!["funding", "a", "amount"], "500_000").replace('\u{a0}', " "), "500 000");
        assert_eq!(said(path!["original", "electronic"], "true"), "ja");
    }
}
