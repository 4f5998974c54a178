//! Which agreements a person asks for.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::{UsageError, files};
use crate::agreement::Agreement;
use crate::register::{Entry, Register, id_of};
use crate::text;

/// An agreement that was asked for.
pub(super) enum Wanted<'a> {
    /// With its data.
    Readable(&'a Entry<Agreement>),
    /// A file that cannot be read as an agreement.
    Broken(Arc<str>),
}

impl Wanted<'_> {
    /// Its file.
    pub(super) fn file(&self) -> &Arc<str> {
        match self {
            Self::Readable(entry) => &entry.file,
            Self::Broken(file) => file,
        }
    }
}

/// The agreements named, or all, in the order of their ids. An agreement is named by its id or its file's path.
pub(super) fn wanted<'a>(
    register: &'a Register,
    names: &[PathBuf],
) -> Result<BTreeMap<String, Wanted<'a>>, UsageError> {
    let all: BTreeMap<String, Wanted<'a>> = register
        .files()
        .filter(|file| file.starts_with("agreements/"))
        .map(|file| {
            let id = id_of(file).to_owned();
            let wanted =
                register.agreements.get(&id).map_or_else(|| Wanted::Broken(file.into()), Wanted::Readable);
            (id, wanted)
        })
        .collect();
    if names.is_empty() {
        return Ok(all);
    }
    let mut chosen = BTreeMap::new();
    let mut all = all;
    for name in names {
        let is_path = name.extension().is_some_and(|extension| extension == "toml");
        if is_path && !files::exists(name)? {
            return Err(UsageError(format!("{} finns inte.", files::shown(name))));
        }
        let id = id_of(&name.to_string_lossy().replace('\\', "/")).to_owned();
        if chosen.contains_key(&id) {
            continue;
        }
        let Some((id, entry)) = all.remove_entry(&id) else {
            // In a folder that cannot be read it may lie.
            let file = format!("agreements/{id}.toml");
            if register.has(&file) {
                chosen.insert(id, Wanted::Broken(file.into()));
                continue;
            }
            let known = all.keys().map(String::as_str);
            let hint = text::nearest(&id, known).map_or_else(
                || {
                    let ids: Vec<_> = all.keys().map(|id| text::visible(id)).collect();
                    format!("De avtal som finns är {}.", text::list(&ids))
                },
                |near| format!("Menade du ”{}”?", text::visible(near)),
            );
            let id = text::visible(&id);
            return Err(UsageError(format!("Det finns inget avtal som heter ”{id}”. {hint}")));
        };
        chosen.insert(id, entry);
    }
    Ok(chosen)
}

/// Agreements by id.
type ById<'a> = Vec<(&'a str, &'a Entry<Agreement>)>;

/// The agreements named, or all, that can be read; and the files of those that cannot.
pub(super) fn readable<'a>(
    register: &'a Register,
    names: &[PathBuf],
) -> Result<(ById<'a>, Vec<String>), UsageError> {
    let (mut found, mut broken) = (Vec::new(), Vec::new());
    for one in wanted(register, names)?.into_values() {
        match one {
            Wanted::Readable(entry) => found.push((id_of(&entry.file), entry)),
            Wanted::Broken(file) => broken.push(file.to_string()),
        }
    }
    Ok((found, broken))
}
