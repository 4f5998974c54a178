//! Code strings as figures show them: a column for each field that the municipality declares.

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{Cell, Column};
use crate::payouts::CodeString;
use crate::register::Register;

/// Titles of columns that stand beside those of codes: a field that is called the same is told apart from them.
const TAKEN: [&str; 12] = [
    "Avtal",
    "Organisation",
    "Utbetalning",
    "Betalare",
    "Mottagare",
    "Motpart",
    "Status",
    "Nämnd",
    "Budgetrad",
    "Verifikation",
    "Slag",
    "År",
];

/// What the columns of the fields are called, in their order.
pub(super) fn titles(register: &Register) -> Vec<String> {
    let fields = register.settings.iter().flat_map(|settings| settings.data.code.values());
    let title = |title: &String| {
        if TAKEN.contains(&title.as_str()) { format!("{title} (kod)") } else { title.clone() }
    };
    fields.map(|field| title(&field.title)).collect()
}

/// Where a field of the code string stands, by its key or its title, in whatever case.
#[must_use]
pub fn position(register: &Register, name: &str) -> Option<usize> {
    let fields = &register.settings.as_ref()?.data.code;
    let is_title = |title: &str| title.to_lowercase() == name.to_lowercase();
    fields.get_index_of(name).or_else(|| fields.values().position(|field| is_title(&field.title)))
}

/// The fields' keys.
pub(super) fn keys(register: &Register) -> impl Iterator<Item = &str> {
    register.settings.iter().flat_map(|settings| settings.data.code.keys()).map(String::as_str)
}

/// A column for each field: what a row says in the one at a position.
pub(super) fn columns<'a, R: 'a>(titles: &[String], of: fn(&R, usize) -> Cell) -> Vec<Column<'a, R>> {
    let column = |(position, title): (usize, &String)| {
        Column::<R>::new(title.clone(), move |row| of(row, position)).yields(3)
    };
    titles.iter().enumerate().map(column).collect()
}

/// The cell of a code string in the column of the field at a position.
pub(super) fn cell(codes: &CodeString<'_>, position: usize) -> Cell {
    Cell::shown(codes.at(position))
}

/// A whole code string as people write it, "4100 · – · 55"; nothing where it has no code.
pub(super) fn whole(codes: &CodeString<'_>) -> Option<String> {
    let all: Vec<&str> = codes.codes().map(|code| code.unwrap_or("–")).collect();
    codes.codes().any(|code| code.is_some()).then(|| all.join(" · "))
}

/// The codes of several in the field at a position, each once.
pub(super) fn joined(all: &[CodeString<'_>], position: usize) -> String {
    let codes: BTreeSet<&str> = all.iter().filter_map(|one| one.at(position)).collect();
    codes.into_iter().collect::<Vec<_>>().join(", ")
}

/// The codes by the fields' keys, for programs.
pub(super) fn by_key<'a>(register: &'a Register, codes: &CodeString<'a>) -> BTreeMap<&'a str, &'a str> {
    keys(register).zip(codes.codes()).filter_map(|(key, code)| Some((key, code?))).collect()
}
