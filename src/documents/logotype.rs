//! The municipality's logotype, looked through once for all formats.

use std::sync::OnceLock;

use super::picture::fault::Fault;
use super::picture::{self, Kind};
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::register::{PICTURES, Register, codes};

/// A logotype that can be shown.
#[derive(Debug)]
pub(super) struct Logotype {
    /// What kind of picture it is.
    pub(super) kind: Kind,
    /// What of the file is shown.
    pub(super) bytes: Vec<u8>,
    /// What it shows, for those who do not see it.
    pub(super) text: String,
    /// Its height in millimetres.
    pub(super) height_mm: u32,
    stand_in: OnceLock<Option<Vec<u8>>>,
}

impl Logotype {
    /// What shows a drawing to a program that shows none, as sharp as print.
    pub(super) fn stand_in(&self) -> Option<&[u8]> {
        const POINTS_A_MILLIMETRE: u32 = 12;
        let height = self.height_mm.saturating_mul(POINTS_A_MILLIMETRE);
        self.stand_in.get_or_init(|| picture::stand_in(self.kind, &self.bytes, height)).as_deref()
    }

    /// Its width in whole millimetres: as its height by its sides, or a square where these are not told.
    pub(super) fn width_mm(&self) -> u16 {
        let (width, height) = picture::sides(self.kind, &self.bytes).unwrap_or((1, 1));
        let millimetres = width.saturating_mul(u64::from(self.height_mm)) / height.max(1);
        u16::try_from(millimetres.clamp(1, 1000)).unwrap_or(1000)
    }
}

/// The register's logotype, where it has one. What cannot be used is a finding.
pub(super) fn load(register: &Register, findings: &mut Vec<Finding>) -> Option<Logotype> {
    const HELP: &str =
        "Lägg en svg-, png- eller jpg-fil i templates/pictures/, eller ta bort inställningen logotype.";
    let entry = register.settings.as_ref()?;
    let wanted = entry.data.pdf.logotype.as_ref()?;
    let file = format!("{PICTURES}/{}", wanted.file);
    let bytes = register.assets(PICTURES).find(|(path, _)| ***path == *file).map(|(_, bytes)| bytes);
    let checked =
        bytes.ok_or_else(|| Fault::new(format!("Logotypen {file} finns inte."), HELP)).and_then(|bytes| {
            picture::check(bytes)
                .map_err(|fault| Fault { problem: format!("{file}: {}", fault.problem), ..fault })
        });
    match checked {
        Ok((kind, bytes)) => Some(Logotype {
            kind,
            bytes: bytes.into_owned(),
            text: wanted.text.clone(),
            height_mm: wanted.height_mm(),
            stand_in: OnceLock::new(),
        }),
        Err(Fault { problem, help }) => {
            let place = Place::value(&entry.file, path!["pdf", "logotype", "file"]);
            findings.push(Finding::new(codes::STATIONERY, Level::Error, place, problem).help(help));
            None
        }
    }
}
