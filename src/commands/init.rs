//! `iop init`: a new register, whole or not at all, beside what stands in its folder.

use std::path::Path;

use super::ask::{Asker, Question};
use super::whole_folder::{self, cannot_write};
use super::{Outcome, UsageError, files};
use crate::cli::{InitArguments, frame};
use crate::drafting::{Ci, DraftFile, Founding, Profile};
use crate::money::Money;
use crate::register::disk::SETTINGS_FILE;
use crate::register::portable;
use crate::settings::{MemoWord, ProposalStyle};
use crate::text;

/// The committee that every municipality has.
const BOARD: &str = "Kommunstyrelsen";

pub(super) fn run(arguments: &InitArguments) -> anyhow::Result<Outcome> {
    let folder = &*arguments.folder;
    refuse_a_register(folder)?;
    refuse_a_reserved_name(folder)?;
    let founding = asked(arguments, &Asker::new())?;
    let new = founding.files();
    refuse_what_is_there(folder, &new)?;
    whole_folder::write(folder, ".iop-init-", |whole| {
        for file in &new {
            whole_folder::add(whole, &file.path, &file.text).map_err(|error| cannot_write(folder, &error))?;
        }
        Ok(())
    })?;
    files::print(&told(folder, &founding))?;
    Ok(Outcome::Clean)
}

/// What the arguments say, and the answers to what they do not.
fn asked(arguments: &InitArguments, asker: &Asker) -> Result<Founding, UsageError> {
    let municipality = asker.needed(
        arguments.municipality.clone(),
        Question { asks: "Kommunens namn, som Ådala kommun", flag: "--municipality NAMN" },
        name,
    )?;
    let municipality =
        name(&municipality).map_err(|wrong| UsageError(format!("--municipality: {wrong}.")))?;
    let committees = committees(arguments, asker)?;
    let profile = asker.one_of(
        arguments.guideline,
        Question { asks: "Riktlinjer att börja med", flag: "--guideline" },
        &Profile::ALL.map(|one| (one, one.label())),
    )?;
    let frames = frames(arguments, asker)?;
    let memo = asker.one_of(
        arguments.memo,
        Question { asks: "Vad heter skrivelsen till nämnden", flag: "--memo" },
        &MemoWord::ALL.map(|one| (one, one.label())),
    )?;
    let proposal = asker.one_of(
        arguments.proposal,
        Question { asks: "Hur skrivs förslaget till beslut", flag: "--proposal" },
        &ProposalStyle::ALL.map(|one| (one, one.label())),
    )?;
    let ci = asker.one_of(
        arguments.ci,
        Question { asks: "Ska registret granskas av sig självt vid varje ändring", flag: "--ci" },
        &Ci::ALL.map(|one| (one, one.label())),
    )?;
    Ok(Founding {
        municipality,
        committees,
        profile: profile.unwrap_or(Profile::Neutral),
        frames,
        memo: memo.unwrap_or(MemoWord::Tjansteskrivelse),
        proposal: proposal.unwrap_or(ProposalStyle::AttClauses),
        ci: ci.unwrap_or(Ci::None),
    })
}

fn committees(arguments: &InitArguments, asker: &Asker) -> Result<Vec<String>, UsageError> {
    let asks = "Nämnder som beslutar om partnerskap, med kommatecken emellan; den viktigaste först";
    let given = (!arguments.committee.is_empty()).then(|| arguments.committee.clone());
    let several = |line: &str| line.split(',').map(|one| name(one.trim())).collect::<Result<Vec<_>, _>>();
    let answered = asker.perhaps(given, Question { asks, flag: "--committee NAMN" }, several)?;
    let answered = answered.unwrap_or_else(|| vec![BOARD.to_owned()]);
    let named: Result<Vec<String>, String> = answered.iter().map(|one| name(one)).collect();
    let named = named.map_err(|wrong| UsageError(format!("--committee: {wrong}.")))?;
    let mut distinct: Vec<String> = Vec::new();
    for committee in named {
        let committee = text::capitalised(&committee);
        if !distinct.contains(&committee) {
            distinct.push(committee);
        }
    }
    Ok(distinct)
}

fn frames(arguments: &InitArguments, asker: &Asker) -> Result<Vec<(i32, Money)>, UsageError> {
    let asks = "Nämndens ram för partnerskap, som år=belopp, till exempel 2027=500000";
    let given = (!arguments.frame.is_empty()).then(|| arguments.frame.clone());
    let several = |line: &str| line.split(',').map(|one| frame(one.trim())).collect::<Result<Vec<_>, _>>();
    let mut frames =
        asker.perhaps(given, Question { asks, flag: "--frame ÅR=BELOPP" }, several)?.unwrap_or_default();
    frames.sort_by_key(|(year, _)| *year);
    let years = || frames.iter().map(|(year, _)| *year);
    match years().zip(years().skip(1)).find(|(one, next)| one == next) {
        Some((year, _)) => {
            Err(UsageError(format!("Ramen för {year} är angiven två gånger. Ange den en gång.")))
        }
        None => Ok(frames),
    }
}

/// A name on one line.
fn name(line: &str) -> Result<String, String> {
    const MOST: usize = 200;
    let line = line.trim();
    if !text::says_something(line) {
        return Err("skriv ett namn".to_owned());
    }
    if line.chars().count() > MOST
        || line.chars().any(char::is_control)
        || text::hidden(line).next().is_some()
    {
        return Err(format!("skriv namnet på en rad, med högst {MOST} tecken"));
    }
    Ok(line.to_owned())
}

fn refuse_a_register(folder: &Path) -> Result<(), UsageError> {
    if files::exists(&folder.join(SETTINGS_FILE))? {
        return Err(UsageError(format!(
            "{} är redan ett register: filen {SETTINGS_FILE} finns. Inget har skrivits.",
            files::shown(folder)
        )));
    }
    Ok(())
}

/// A folder that Windows has no room for could not be fetched there.
fn refuse_a_reserved_name(folder: &Path) -> Result<(), UsageError> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    if portable::is_reserved(&name) {
        return Err(UsageError(format!(
            "Mappen kan inte heta {}: Windows har reserverat namnet. Inget har skrivits. Välj ett annat namn.",
            text::visible(&name)
        )));
    }
    Ok(())
}

/// Nothing is written over, and nothing is written beside what would be.
fn refuse_what_is_there(folder: &Path, new: &[DraftFile]) -> Result<(), UsageError> {
    const NAMED: usize = 5;
    if files::exists(folder)? && !folder.is_dir() {
        return Err(UsageError(format!("{} är ingen mapp. Inget har skrivits.", files::shown(folder))));
    }
    let mut there = Vec::new();
    for file in new {
        if files::exists(&folder.join(&file.path))? {
            there.push(file.path.clone());
        }
    }
    let more = there.len().saturating_sub(NAMED);
    there.truncate(NAMED);
    if more > 0 {
        there.push(text::count(more, "fil till", "filer till"));
    }
    match there.as_slice() {
        [] => Ok(()),
        there => Err(UsageError(format!(
            "I {} finns redan {}, och inget skrivs över. Flytta undan det, eller ange en annan mapp.",
            files::shown(folder),
            text::list(there)
        ))),
    }
}

fn told(folder: &Path, founding: &Founding) -> String {
    let is_here = folder == Path::new(".");
    let step = if is_here {
        String::new()
    } else {
        format!("  cd {}\n", files::quoted(&folder.display().to_string()))
    };
    let place = if is_here { "den här mappen".to_owned() } else { files::shown(folder) };
    let undecided = if founding.has_own_guidelines() {
        ""
    } else {
        "Riktlinjerna i guidelines/ är inte kommunens egna: skriv in det som kommunen har beslutat.\n"
    };
    format!(
        "Registret för {} är upplagt i {place}.\n{undecided}README.md säger vad som finns där och hur det sparas och delas.\n\nNästa steg:\n{step}  iop new\n",
        founding.municipality
    )
}
