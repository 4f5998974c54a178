//! What figures rest on, so that they can be traced and computed again years later.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::agreement::Agreement;
use crate::digest::hexadecimal;
use crate::payouts::{self, KnownValue};
use crate::register::{Entry, Register};

/// The program, the day, the files and the index values.
#[derive(Debug, Serialize)]
pub(super) struct Evidence {
    tool: &'static str,
    tool_version: &'static str,
    as_of: String,
    inputs: Vec<Input>,
    index_values: Vec<IndexValue>,
}

#[derive(Debug, Serialize)]
struct Input {
    file: String,
    sha256: String,
}

#[derive(Debug, Serialize)]
struct IndexValue {
    series: String,
    title: String,
    coverage: Option<&'static str>,
    key: String,
    number: String,
    reference: Option<String>,
    status: &'static str,
    source: String,
    known_from: Option<NaiveDate>,
    file: String,
    path: String,
}

impl Evidence {
    /// Of the sums of `agreements`, every reading included, with all files that can have changed them.
    pub(super) fn of<'a>(
        register: &Register,
        agreements: impl Iterator<Item = &'a Entry<Agreement>>,
        more: &[&str],
        as_of: NaiveDate,
    ) -> Self {
        let mut files: BTreeSet<String> = more.iter().map(|file| (*file).to_owned()).collect();
        let mut values: BTreeSet<KnownValue<'_>> = BTreeSet::new();
        for entry in agreements {
            files.insert(entry.file.to_string());
            files.insert(entry.file.replacen("agreements/", "records/", 1));
            let named = entry
                .data
                .indexation
                .values()
                .flat_map(|indexation| indexation.series.iter().chain(indexation.composite.keys()));
            // A series that lacks a value is what the missing value rests on.
            files.extend(named.map(|series| format!("indexes/{series}.toml")));
            values.extend(payouts::values_behind(register, entry, as_of));
        }
        files.extend(values.iter().map(|value| value.file.to_string()));
        files.insert(crate::register::disk::SETTINGS_FILE.to_owned());
        let inputs = files.into_iter().filter_map(|file| {
            let digest = register.source(&file)?.digest();
            Some(Input { sha256: hexadecimal(digest), file })
        });
        Self {
            tool: env!("CARGO_PKG_NAME"),
            tool_version: env!("CARGO_PKG_VERSION"),
            as_of: as_of.to_string(),
            inputs: inputs.collect(),
            index_values: values.iter().map(index_value).collect(),
        }
    }
}

fn index_value(value: &KnownValue<'_>) -> IndexValue {
    IndexValue {
        series: value.series.to_owned(),
        title: value.title.to_owned(),
        coverage: value.coverage.map(crate::index::Coverage::word),
        key: value.key.to_owned(),
        number: value.number.normalize().to_string(),
        reference: value.reference.map(str::to_owned),
        status: value.status.word(),
        source: value.source.to_owned(),
        known_from: value.known_from,
        file: value.file.to_string(),
        path: value.place().path.to_string(),
    }
}
