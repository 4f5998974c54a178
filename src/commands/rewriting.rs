//! Files of the register with other texts than they had, each written whole or not at all, and only where it still has the text
//! that was read.

use std::collections::BTreeSet;
use std::path::Path;

use super::{UsageError, files};
use crate::text;

/// A file with another text than it had, both plain as `line_ends` has it.
pub(super) struct Rewritten {
    /// Its path from the register's folder.
    pub(super) file: String,
    /// What stood in it when the register was read.
    pub(super) old: String,
    /// What is to stand in it.
    pub(super) new: String,
}

/// Writes the files and says which could not be; only what has been written is left. Whether all have been.
pub(super) fn write(root: &Path, all: &mut Vec<Rewritten>) -> bool {
    let before = all.len();
    // A file that two links lead to is one.
    let mut written = BTreeSet::new();
    all.retain(|one| {
        let is_done = root.join(&one.file).canonicalize().is_ok_and(|path| !written.insert(path));
        let put = if is_done { Ok(()) } else { put(root, &one.file, Some(&one.old), &one.new) };
        put.map_err(|refused| files::say(&refused.0)).is_ok()
    });
    before == all.len()
}

/// That somebody else has written in a file.
pub(super) fn has_changed(file: &str) -> String {
    format!("{} ändrades under tiden. Inget har skrivits; försök igen.", text::visible(file))
}

/// Writes a file that still has the text that was read; nothing stands for one that was not there.
pub(super) fn put(root: &Path, file: &str, old: Option<&str>, new: &str) -> Result<(), UsageError> {
    // A link stays a link: what it leads to is written.
    let path = root.join(file);
    let path = path.canonicalize().unwrap_or(path);
    if !files::is_unchanged(&path, old) {
        return Err(UsageError(has_changed(file)));
    }
    files::write_text(&path, new)
}
