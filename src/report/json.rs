//! Findings for programs: one object, with paths from the register's folder and positions from 1.

use std::fmt::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

use super::{Report, held_back};
use crate::finding::{Finding, Place};
use crate::measure::Measure;
use crate::register::Register;
use crate::rules::baseline::VERSION;
use crate::rules::levels::SetIn;
use crate::rules::waivers::Waived;
use crate::settings::LevelSetting;

/// An object as people can read it too, with a line break at its end.
pub(super) fn pretty(object: &impl Serialize) -> String {
    // Keys are strings and no value refuses to be written, so there is nothing to fail.
    serde_json::to_string_pretty(object).unwrap_or_default() + "\n"
}

/// An object as an element of a list at the top of another, in no more room than it takes.
pub(super) fn element(object: &impl Serialize) -> Box<str> {
    pretty(object).trim_end().replace('\n', "\n    ").into()
}

/// Writes an object piece by piece: `frame` as [`pretty`] makes it, whose list `key` is empty, with these elements in that.
pub(super) fn write_with(
    out: &mut dyn Write,
    frame: &str,
    key: &str,
    elements: impl IntoIterator<Item: AsRef<str>>,
) -> fmt::Result {
    let mut elements = elements.into_iter().peekable();
    // Quotes in texts are escaped, so it stands nowhere else.
    let empty = format!("\"{key}\": []");
    let Some((head, foot)) = frame.split_once(&empty).filter(|_| elements.peek().is_some()) else {
        return out.write_str(frame);
    };
    write!(out, "{head}\"{key}\": [")?;
    for (index, element) in elements.enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(out, "{comma}\n    {}", element.as_ref())?;
    }
    write!(out, "\n  ]{foot}")
}

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    as_of: String,
    /// Where the register lies in its repository: with this before it a file's path is the repository's.
    base: &'a str,
    findings: Vec<Item<'a>>,
    waived: Vec<WaivedItem<'a>>,
    levels: Vec<LevelItem<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Item<'a> {
    code: &'static str,
    level: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Position<'a>,
    source: Option<&'a str>,
    help: Option<&'a str>,
    /// How much it is, where that can be counted; an earlier report is compared by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    measure: Option<Measure>,
    /// What of several such faults stands here.
    #[serde(skip_serializing_if = "Option::is_none")]
    word: Option<&'a str>,
    related: Vec<RelatedItem<'a>>,
}

#[derive(Serialize)]
struct RelatedItem<'a> {
    message: &'a str,
    /// Whether the same fault stands there, and not what it rests on.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    same_fault: bool,
    /// What of several such faults stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    word: Option<&'a str>,
    #[serde(flatten)]
    place: Position<'a>,
}

#[derive(Serialize)]
struct Position<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    path: String,
}

/// A finding that somebody has decided to accept.
#[derive(Serialize)]
struct WaivedItem<'a> {
    #[serde(flatten)]
    finding: Item<'a>,
    waiver: Decision<'a>,
}

#[derive(Serialize)]
struct Decision<'a> {
    #[serde(flatten)]
    place: Position<'a>,
    reason: Option<&'a str>,
    by: Option<&'a str>,
    date: String,
    registry_number: Option<&'a str>,
    until: Option<String>,
}

/// A level that has switched findings off or made them milder.
#[derive(Serialize)]
struct LevelItem<'a> {
    name: &'a str,
    set_in: &'static str,
    level: LevelSetting,
    findings: usize,
}

#[derive(Serialize)]
struct Summary {
    agreements: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    waived: usize,
    known: usize,
    /// The codes of those that an earlier report held.
    known_codes: Vec<&'static str>,
    /// What was found in the files that were not asked about; nothing where the whole register was.
    #[serde(skip_serializing_if = "Option::is_none")]
    elsewhere: Option<Elsewhere>,
    /// Switched off by levels.
    silenced: usize,
    /// Made milder by levels.
    lowered: usize,
}

#[derive(Serialize)]
struct Elsewhere {
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// The report as one JSON object.
pub(super) fn write(report: &Report<'_>) -> String {
    let tally = report.tally();
    let silenced = report.eased.iter().filter(|eased| eased.level == LevelSetting::Off).count();
    let levels = held_back::by_level(report.eased).into_iter().map(|one| LevelItem {
        name: one.name,
        set_in: match one.set_in {
            SetIn::Register => "iop.toml",
            SetIn::CommandLine => "command-line",
        },
        level: one.level,
        findings: one.findings,
    });
    let output = Output {
        version: VERSION,
        as_of: report.as_of.to_string(),
        base: &report.base,
        // Each place is looked up in the text of its file.
        findings: report.findings.par_iter().map(|finding| item(report.register, finding)).collect(),
        waived: report.waived.iter().map(|accepted| waived_item(report.register, accepted)).collect(),
        levels: levels.collect(),
        summary: Summary {
            agreements: report.register.agreement_files(),
            errors: tally.errors,
            warnings: tally.warnings,
            notes: tally.notes,
            waived: report.waived.len(),
            known: report.known.len(),
            known_codes: held_back::codes(report.known),
            elsewhere: report.elsewhere.as_ref().map(|tally| Elsewhere {
                errors: tally.errors,
                warnings: tally.warnings,
                notes: tally.notes,
            }),
            silenced,
            lowered: report.eased.len() - silenced,
        },
    };
    pretty(&output)
}

fn waived_item<'a>(register: &Register, accepted: &'a Waived) -> WaivedItem<'a> {
    let Waived { finding, place, waiver } = accepted;
    WaivedItem {
        finding: item(register, finding),
        waiver: Decision {
            place: position(register, place),
            reason: waiver.reason.as_deref(),
            by: waiver.by.as_deref(),
            date: waiver.date.to_string(),
            registry_number: waiver.registry_number.as_deref(),
            until: waiver.until.map(|until| until.to_string()),
        },
    }
}

fn item<'a>(register: &Register, finding: &'a Finding) -> Item<'a> {
    Item {
        code: finding.code,
        level: finding.level.key(),
        message: &finding.message,
        place: position(register, &finding.place),
        source: finding.source.as_deref(),
        help: finding.help.as_deref(),
        measure: finding.measure,
        word: finding.word_at(&finding.place),
        related: finding
            .related
            .iter()
            .map(|related| RelatedItem {
                message: &related.message,
                same_fault: finding.word_at(&related.place).is_some(),
                word: finding.word_at(&related.place),
                place: position(register, &related.place),
            })
            .collect(),
    }
}

fn position<'a>(register: &Register, place: &'a Place) -> Position<'a> {
    let location = register.locate(place);
    Position { file: &place.file, line: location.line, column: location.column, path: place.path.to_string() }
}
