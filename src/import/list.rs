//! Agreement files from a list that a municipality keeps: one agreement a row.

use chrono::{Datelike, NaiveDate};

use super::committee;
use super::designation::Designation;
use super::draft::Draft;
use super::privacy::Privacy;
use super::prose::sentences;
use super::{Imported, ORDER, Options, State, finished};
use crate::agreement::Role;
use crate::date::{PartialDate, Period};
use crate::language::days::{point, year};
use crate::money::Money;
use crate::paper::Place;
use crate::register::write::Table;
use crate::text;

/// A list: its first row with names, and the others.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows, with their numbers in the file from 1.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Title,
    Organisation,
    Number,
    Municipality,
    Organ,
    Start,
    End,
    Registry,
    /// The amount of a year, or of the whole term.
    Amount(Option<i32>),
}

/// What columns are called.
const NAMES: [(Column, &str); 9] = [
    (Column::Title, "ämne avtal verksamhet benämning insats partnerskap titel rubrik vad"),
    (
        Column::Organisation,
        "organisation förening motpart part samarbetspart avtalspart idéburen_part idéburen_organisation",
    ),
    (Column::Number, "organisationsnummer org.nr orgnr org_nr organisationsnr"),
    (Column::Municipality, "kommun offentlig_part"),
    (Column::Organ, "nämnd organ ansvarig_nämnd"),
    (
        Column::Start,
        "start startdatum från gäller_från avtalsstart första_dag börjar fr.o.m. fr.o.m från_och_med gäller_från_och_med",
    ),
    (
        Column::End,
        "slut slutdatum till gäller_till avtalsslut sista_dag gäller_till_och_med upphör t.o.m. t.o.m till_och_med",
    ),
    (Column::Registry, "diarienummer dnr diarienr ärendenummer"),
    (Column::Amount(None), "belopp ersättning summa bidrag"),
];

/// What a row of sums is called.
const TOTALS: [&str; 5] = ["summa", "totalt", "total", "sammanlagt", "delsumma"];

impl Column {
    fn of(name: &str) -> Option<Self> {
        let words: Vec<String> = name
            .to_lowercase()
            .split([' ', '(', ')', ':', '/'])
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let years: Vec<i32> = words.iter().filter_map(|word| year(word)).collect();
        if let [year] = years.as_slice()
            && words.len() <= 3
        {
            return Some(Self::Amount(Some(*year)));
        }
        let units = ["kr", "kronor"];
        let plain: Vec<&str> =
            words.iter().map(String::as_str).filter(|word| !units.contains(word)).collect();
        let plain = plain.join("_");
        NAMES
            .iter()
            .find(|(_, names)| names.split(' ').any(|known| known == plain))
            .map(|(column, _)| *column)
    }
}

/// The columns of a list whose names say nothing that is known.
#[must_use]
pub fn unknown_columns(list: &List) -> Vec<&str> {
    list.head
        .iter()
        .map(String::as_str)
        .filter(|name| !name.trim().is_empty() && Column::of(name).is_none())
        .collect()
}

/// An agreement for each row that names an organisation or a subject.
#[must_use]
pub fn agreements(list: &List, municipality: Option<&str>, options: &Options) -> Vec<Imported> {
    let columns: Vec<Option<Column>> = list.head.iter().map(|name| Column::of(name)).collect();
    list.rows
        .iter()
        .filter_map(|(number, cells)| one(&columns, *number, cells, municipality, options))
        .collect()
}

fn one(
    columns: &[Option<Column>],
    number: u32,
    cells: &[String],
    municipality: Option<&str>,
    options: &Options,
) -> Option<Imported> {
    let place = Place { page: None, paragraph: number, line: Some(number) };
    // A column of which there are two says nothing for sure.
    let cell = |wanted: Column| {
        let mut found = columns
            .iter()
            .zip(cells)
            .filter(|(column, _)| **column == Some(wanted))
            .map(|(_, cell)| cell.trim());
        found.next().filter(|cell| !cell.is_empty() && found.next().is_none())
    };
    let title = cell(Column::Title);
    let organisation = cell(Column::Organisation).map(Designation::of).filter(|named| !named.name.is_empty());
    // A row below the agreements that sums them up is none.
    let is_total = cells
        .iter()
        .find(|cell| !cell.trim().is_empty())
        .is_some_and(|first| TOTALS.contains(&first.trim().trim_end_matches(':').to_lowercase().as_str()));
    if title.is_none() && organisation.is_none() || is_total {
        return None;
    }
    let mut draft = Draft::default();
    if let Some(title) = title {
        draft.found(&["title"], title, place);
    } else {
        draft.missing(&["title"], false);
        draft.set(&["title"], super::head::NO_TITLE);
    }
    draft.set(&["activity"], "");
    draft.set(&["status"], "draft");
    for table in ORDER {
        draft.root.table(table);
    }
    if let Some(key) = cell(Column::Organ).and_then(|organ| committee::of_organ(organ, &options.committees)) {
        draft.found(&["committee"], key, place);
    }
    if let Some(registry) = cell(Column::Registry) {
        draft.found(&["case", "registry_number"], registry, place);
    }
    let public = cell(Column::Municipality).or(municipality);
    if let Some(name) = public {
        draft.set(&["party", "kommun", "role"], Role::Public.word());
        draft.set(&["party", "kommun", "name"], name);
        if let Some(organ) = cell(Column::Organ) {
            draft.found(&["party", "kommun", "organ"], text::capitalised(organ), place);
        }
    }
    let key = organisation.as_ref().map_or_else(
        || "organisation".to_owned(),
        |named| {
            let slug = text::slug(&named.name).split('-').take(4).collect::<Vec<_>>().join("-");
            if slug.is_empty() || slug == "kommun" { "organisation".to_owned() } else { slug }
        },
    );
    draft.set(&["party", &key, "role"], Role::CivilSociety.word());
    match &organisation {
        Some(named) => {
            draft.found(&["party", &key, "name"], named.name.as_str(), place);
            if let Some(form) = named.form {
                draft.found(&["party", &key, "form"], form.word(), place);
            }
        }
        None => draft.set(&["party", &key, "name"], super::parties::NAMELESS),
    }
    let stated = cell(Column::Number)
        .and_then(|number| Designation::of(&format!("x, org.nr {number}")).organisation_number);
    if let Some(number) = stated.or(organisation.and_then(|named| named.organisation_number)) {
        draft.found(&["party", &key, "organisation_number"], number, place);
    }
    let start = day(&mut draft, "start", cell(Column::Start), place);
    let end = day(&mut draft, "end", cell(Column::End), place);
    let term = start.zip(end).map(|(start, end)| Period { start, end }).filter(|term| !term.is_reversed());
    for (column, text) in columns.iter().zip(cells) {
        let Some(Column::Amount(year)) = column else { continue };
        let plain: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let plain = plain.trim_end_matches("kronor").trim_end_matches("kr").trim_end_matches(":-");
        let Some(amount) = plain.parse::<Money>().ok().filter(|amount| *amount != Money::ZERO) else {
            continue;
        };
        let period = match (year, term) {
            (Some(year), Some(term)) => term.in_year(*year),
            (Some(year), None) => NaiveDate::from_ymd_opt(*year, 1, 1)
                .zip(NaiveDate::from_ymd_opt(*year, 12, 31))
                .map(|(start, end)| Period { start, end }),
            (None, term) => term.filter(|term| term.length().months <= 12),
        };
        let (Some(period), true) = (period, public.is_some()) else {
            draft.unclear_of(&["funding"], &format!("{text}: för vilken tid, och vem som betalar"), place);
            continue;
        };
        let name = year.map_or_else(|| period.start.year().to_string(), |year| year.to_string());
        draft.set(&["funding", &name, "payer"], "kommun");
        draft.set(&["funding", &name, "payee"], key.as_str());
        draft.set(
            &["funding", &name, "period"],
            Table::default().with("start", period.start).with("end", period.end),
        );
        draft.found(&["funding", &name, "amount"], amount, place);
    }
    if !draft
        .facts
        .iter()
        .any(|fact| fact.state != State::Missing && fact.path.to_string().starts_with("funding"))
    {
        draft.missing(&["funding"], false);
    }
    Some(finished(draft, &Privacy::default(), &key, start.map(|start| start.year()), Vec::new(), options))
}

/// The day of a cell, which is written as it is known.
fn day(draft: &mut Draft, field: &str, cell: Option<&str>, place: Place) -> Option<NaiveDate> {
    let day = cell.and_then(|cell| {
        let found = sentences(cell.split('T').next().unwrap_or(cell), place);
        let words = found.first()?.words();
        match point(&words)? {
            (point, []) => match point.as_start(None)? {
                PartialDate::Day(day) => Some(day),
                _ => None,
            },
            _ => None,
        }
    });
    match day {
        Some(day) => draft.found(&["term", field], day, place),
        None => draft.missing(&["term", field], true),
    }
    day
}
