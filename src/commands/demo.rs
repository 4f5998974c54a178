//! `iop demo`: an invented register in a folder of its own.

use std::path::Path;

use rayon::prelude::*;

use super::interruption::{self, go_on};
use super::whole_folder::{self, cannot_write};
use super::{Outcome, UsageError, files};
use crate::cli::DemoArguments;
use crate::demo::{AS_OF, Commitments, Demo, DemoFile, Planted};
use crate::register::FileKind;
use crate::text;

/// The list of the faults that the register has been given.
const MANIFEST: &str = "manifest.json";

/// So many agreements are made before they are written: enough for all cores, and little memory.
const BATCH: usize = 256;

pub(super) fn run(arguments: &DemoArguments) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    refuse_a_full(folder)?;
    interruption::leave_to_the_command();
    let demo = Demo::new(arguments.agreements, arguments.seed);
    let faults = whole_folder::write(folder, ".iop-demo-", |whole| {
        let faults = fill(whole, &demo, folder)?;
        go_on()?;
        Ok(faults)
    })?;
    let given = files::quoted(&folder.display().to_string());
    let shown = files::shown(folder);
    let summary = format!(
        "{} i den påhittade Granviks kommun skrevs i {}.\n{} och står i {}.\n\nPröva nu:\n  iop validate --register {given} --as-of {AS_OF}\n  iop render --register {given} --as-of {AS_OF}\n",
        text::count(usize::try_from(arguments.agreements).unwrap_or_default(), "avtal", "avtal"),
        shown,
        text::count(faults, "avsiktligt fel är planterat", "avsiktliga fel är planterade"),
        files::shown(&folder.join(MANIFEST)),
    );
    files::print(&summary)?;
    Ok(Outcome::Clean)
}

/// A whole register is written: a folder that is there must be empty.
fn refuse_a_full(folder: &Path) -> Result<(), UsageError> {
    match std::fs::read_dir(folder).map(Iterator::count) {
        Ok(0) => Ok(()),
        Ok(_) => Err(UsageError(format!(
            "Mappen {} är inte tom. Ange en ny eller tom mapp: där skrivs ett helt register.",
            files::shown(folder)
        ))),
        Err(_) if !files::exists(folder)? => Ok(()),
        Err(error) => Err(cannot_write(folder, &error)),
    }
}

/// Writes all files of the register into an empty folder, which is to become `folder`.
fn fill(whole: &Path, demo: &Demo, folder: &Path) -> anyhow::Result<usize> {
    let fault = |error: std::io::Error| cannot_write(folder, &error);
    for name in ["agreements", "records", "guidelines", "indexes", "meetings", "schema"] {
        std::fs::create_dir(whole.join(name)).map_err(fault)?;
    }
    let mut planted = Vec::new();
    let mut commitments = Commitments::default();
    for first in (0..demo.agreements()).step_by(BATCH) {
        let batch = first..demo.agreements().min(first + BATCH);
        let made: Result<Vec<(Commitments, Vec<Planted>)>, UsageError> = batch
            .into_par_iter()
            .map(|index| {
                go_on()?;
                let made = demo.make(index);
                for file in &made.files {
                    whole_folder::add(whole, &file.path, &file.text)
                        .map_err(|error| cannot_write(folder, &error))?;
                }
                Ok((made.commitments, made.planted))
            })
            .collect();
        for (promised, found) in made? {
            commitments = commitments.and(promised);
            planted.extend(found);
        }
    }
    let (shared, in_budget) = demo.shared(&commitments);
    planted.extend(in_budget);
    let faults = planted.len();
    let manifest = DemoFile { path: MANIFEST.to_owned(), text: demo.manifest(planted) };
    for file in shared.iter().chain([&manifest]) {
        whole_folder::add(whole, &file.path, &file.text).map_err(fault)?;
    }
    for kind in FileKind::ALL {
        whole_folder::add(whole, &kind.schema_file(), &kind.schema_text()).map_err(fault)?;
    }
    Ok(faults)
}
