//! Where a report goes: to standard output, or whole into the file that a person names.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::{UsageError, files};
use crate::cli::Output;
use crate::register::{TEMPLATES, disk, kind_of};

/// What somebody is told who asks for a workbook and names no file.
const WHERE_TO: &str =
    "--format xlsx skrivs i en fil. Ange vilken med --output, till exempel --output utbetalningar.xlsx.";

/// Where a report goes.
pub(super) struct Destination {
    /// The file as it was named, and where it lies behind links; standard output where there is none.
    file: Option<(PathBuf, PathBuf)>,
}

impl Destination {
    /// The file that is asked for, if it is one that a report may be written in: nothing else than a file, in a folder that is
    /// there, and none that the register at `root` consists of.
    /// A workbook is for a file alone, and no other has its ending: Excel believes the name.
    pub(super) fn of(asked: &Output, root: &Path, is_workbook: bool) -> Result<Self, UsageError> {
        let Some(named) = &asked.output else {
            return if is_workbook { Err(UsageError(WHERE_TO.to_owned())) } else { Ok(Self { file: None }) };
        };
        let shown = files::shown(named);
        let is_named_so = named.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        if named.is_dir() {
            return Err(UsageError(format!(
                "{shown} är en mapp. Ange en fil med --output, till exempel {}.",
                files::shown(&named.join("rapport.txt"))
            )));
        }
        if files::exists(named)? && !named.is_file() {
            return Err(UsageError(format!("{shown} är ingen vanlig fil. Ange en annan med --output.")));
        }
        if is_named_so != is_workbook {
            return Err(UsageError(if is_workbook {
                format!(
                    "Med --format xlsx ska filens namn sluta på .xlsx: {shown} skulle inte gå att öppna i Excel."
                )
            } else {
                format!(
                    "{shown} slutar på .xlsx, men rapporten skrivs i ett annat format. Ge filen ett annat namn, eller lägg till --format xlsx där det finns."
                )
            }));
        }
        let behind = behind_links(named)?;
        let within = root.canonicalize().ok().filter(|root| behind.starts_with(root));
        let within = within.map(|root| disk::relative(&root, &behind));
        if within.is_some_and(|file| kind_of(&file).is_some() || Path::new(&*file).starts_with(TEMPLATES)) {
            return Err(UsageError(format!(
                "{shown} ligger där registret har sina egna filer. Ange en fil någon annanstans med --output."
            )));
        }
        Ok(Self { file: Some((named.clone(), behind)) })
    }

    /// Whether it is standard output.
    pub(super) fn is_standard_output(&self) -> bool {
        self.file.is_none()
    }

    /// Gives it a text.
    pub(super) fn give(&self, text: &str) -> Result<(), UsageError> {
        self.give_pieces(|out| out.write_str(text))
    }

    /// Gives it what `write` gives away piece by piece; none ends within a line end or a colour.
    pub(super) fn give_pieces(
        &self,
        write: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result,
    ) -> Result<(), UsageError> {
        let Some((named, behind)) = &self.file else { return files::print_pieces(write) };
        files::write_whole(behind, |file| files::fill_with_pieces(file, write))?;
        tell(named)
    }

    /// Gives it bytes that are no text: never to standard output.
    pub(super) fn give_bytes(
        &self,
        write: impl FnOnce(&mut File) -> std::io::Result<()>,
    ) -> Result<(), UsageError> {
        let Some((named, behind)) = &self.file else { return Err(UsageError(WHERE_TO.to_owned())) };
        files::write_whole(behind, write)?;
        tell(named)
    }
}

fn tell(named: &Path) -> Result<(), UsageError> {
    files::print(&format!("Rapporten är skriven i {}.\n", files::shown(named)))
}

/// Where a file lies, or will lie, behind the links on the way to it.
fn behind_links(named: &Path) -> Result<PathBuf, UsageError> {
    if named.is_file() {
        return named.canonicalize().map_err(|error| files::cannot_read(named, &error));
    }
    let above = named.parent().filter(|above| !above.as_os_str().is_empty());
    let above = above.map_or(Cow::Owned(files::current_folder()?), Cow::Borrowed);
    let folder = above.canonicalize().ok().filter(|folder| folder.is_dir());
    let (Some(folder), Some(name)) = (folder, named.file_name()) else {
        return Err(UsageError(format!(
            "Mappen {} finns inte. Skapa den först, eller ange en fil i en mapp som finns.",
            files::shown(&above)
        )));
    };
    Ok(folder.join(name))
}
