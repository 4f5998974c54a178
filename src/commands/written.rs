//! Which documents `iop render` has written in a folder, so that those that nobody writes any more are told and can be taken
//! away, and no file of anybody else is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{UsageError, files};
use crate::digest::sha256;
use crate::documents::{Format, Kind, Templates};

/// The list, in the folder itself.
const LIST: &str = ".iop-written.json";

/// The version of the list. A later one is left alone.
const VERSION: u32 = 1;

/// The documents in a folder: the digest of each by its path in the folder, which is the agreement's id and the file's name.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Written {
    version: u32,
    files: BTreeMap<String, String>,
}

impl Written {
    /// What the list in `folder` says. One that is not there or cannot be used knows of nothing, and what is not named as a
    /// document of these templates is none of ours.
    pub(super) fn read(folder: &Path, templates: &Templates) -> Self {
        let path = folder.join(LIST);
        let text = if path.is_symlink() { None } else { std::fs::read(path).ok() };
        let read = text.and_then(|text| serde_json::from_slice::<Self>(&text).ok());
        let mut read = read
            .filter(|read| read.version == VERSION)
            .unwrap_or(Self { version: VERSION, files: BTreeMap::new() });
        read.files.retain(|file, _| is_document(file, templates.kinds()));
        read
    }

    /// Remembers a document that has been written.
    pub(super) fn add(&mut self, id: &str, name: &str, content: &[u8]) {
        self.files.insert(format!("{id}/{name}"), sha256(content));
    }

    /// Keeps the list, where it says something.
    pub(super) fn keep(&self, folder: &Path) -> Result<(), UsageError> {
        let path = folder.join(LIST);
        if self.files.is_empty() && !files::exists(&path)? {
            return Ok(());
        }
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        files::write_atomically(&path, (text + "\n").as_bytes())
    }

    /// The documents in `folder` that lie there as they were written, of the agreements that `is_meant` says.
    pub(super) fn lying(&self, folder: &Path, is_meant: impl Fn(&str, &str) -> bool) -> Vec<String> {
        let lies = |file: &str, digest: &str| {
            let path = folder.join(file);
            // What is reached through a link lies elsewhere, and what has changed is somebody else's by now.
            let is_link = path.is_symlink() || path.parent().is_some_and(Path::is_symlink);
            !is_link && std::fs::read(path).is_ok_and(|content| sha256(content) == digest)
        };
        let known = self
            .files
            .iter()
            .filter(|(file, _)| file.split_once('/').is_some_and(|(id, name)| is_meant(id, name)));
        known.filter(|(file, digest)| lies(file, digest)).map(|(file, _)| file.clone()).collect()
    }

    /// Takes a document away, and its folder where nothing else is in it.
    pub(super) fn remove(&mut self, folder: &Path, file: &str) -> Result<(), UsageError> {
        let path: PathBuf = folder.join(file);
        std::fs::remove_file(&path).map_err(|error| {
            let reason = crate::register::disk::reason(&error);
            UsageError(format!("{} går inte att ta bort: {reason}.", files::shown(&path)))
        })?;
        self.files.remove(file);
        if let Some(above) = path.parent() {
            // It stays where something else lies in it.
            _ = std::fs::remove_dir(above);
        }
        Ok(())
    }
}

/// Whether a path of the list is one that we can have written: a document of one of these kinds, in the folder of an agreement.
fn is_document<'a>(file: &str, mut kinds: impl Iterator<Item = &'a Kind>) -> bool {
    let Some((id, (stem, ending))) =
        file.split_once('/').and_then(|(id, name)| Some((id, name.split_once('.')?)))
    else {
        return false;
    };
    let is_id = !id.is_empty() && id.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-');
    let is_plain = stem.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
    let is_of =
        |name: &str| stem == name || stem.strip_prefix(name).is_some_and(|part| part.starts_with('-'));
    is_id
        && is_plain
        && Format::of_ending(ending).is_some()
        && kinds.any(|kind| kind.file_names().any(|name| is_of(&name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_of_the_list_leads_out_of_the_folder() {
        let (templates, faults) = Templates::load(std::iter::empty());
        assert!(faults.is_empty(), "{faults:?}");
        let is_document = |file: &str| is_document(file, templates.kinds());
        for file in ["a/avtal.md", "rsmh-lund-2021/tjansteutlatande.md", "a/avtal-tillagg-1.md"] {
            assert!(is_document(file), "{file}");
        }
        for file in [
            "avtal.md",
            "../avtal.md",
            "a/../avtal.md",
            "/etc/passwd",
            "a/b/avtal.md",
            "a\\..\\b/avtal.md",
            "C:/avtal.md",
            "agreements/rsmh-lund-2021.toml",
            "a/avtal.toml",
            "a/README.md",
            "a/avtalet.md",
            "a/",
            "",
        ] {
            assert!(!is_document(file), "{file}");
        }
    }
}
