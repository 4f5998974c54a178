//! Which agreements and files a person asks for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{UsageError, files};
use crate::agreement::Agreement;
use crate::register::{Entry, Register, disk, id_of};
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

/// The paths that were asked about, from the register's folder; with an agreement's name what has been recorded of it.
pub(super) fn paths(register: &Register, root: &Path, paths: &[PathBuf]) -> Result<Vec<String>, UsageError> {
    let wanted = |path: &PathBuf| {
        // An agreement's name is enough, as it is for the other commands.
        let named = path.to_str().map(|name| format!("agreements/{name}.toml"));
        if let Some(file) = named.filter(|file| register.has(file) && !path.exists()) {
            let records = path.to_str().map(|name| format!("records/{name}.toml"));
            return Ok(std::iter::once(file).chain(records).collect());
        }
        let inside = inside(root, path)?;
        let is_read = register.has(&inside) || (path.is_dir() && disk::may_hold_files(&inside));
        if is_read {
            return Ok(vec![inside]);
        }
        let shown = files::shown(path);
        Err(UsageError(if path.is_dir() {
            format!("I mappen {shown} finns inget som registret läser.")
        } else {
            format!(
                "{shown} är ingen fil som registret läser. Ange en fil i registret, till exempel ett avtal i agreements/."
            )
        }))
    };
    let wanted: Vec<Vec<String>> = paths.iter().map(wanted).collect::<Result<_, _>>()?;
    Ok(wanted.concat())
}

/// Whether a file is at or below one of the paths that were asked about; without any, every file is.
pub(super) fn is_among(wanted: &[String], file: &str) -> bool {
    wanted.is_empty()
        || wanted.iter().any(|wanted| {
            wanted.is_empty()
                || file.strip_prefix(&**wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
}

/// A path on the command line as a path from the register's folder.
fn inside(root: &Path, path: &Path) -> Result<String, UsageError> {
    let missing = || UsageError(format!("{} finns inte.", files::shown(path)));
    let full = std::path::absolute(path).map_err(|_| missing())?;
    if !files::exists(&full)? {
        return Err(missing());
    }
    // The last part may itself be a link with its own place in the register, so only what is above it is resolved.
    let full = match (full.parent().and_then(|parent| parent.canonicalize().ok()), full.file_name()) {
        (Some(parent), Some(name)) => parent.join(name),
        _ => full.canonicalize().map_err(|_| missing())?,
    };
    let root = root.canonicalize().map_err(|_| missing())?;
    // What holds the whole register means all of it.
    if root.starts_with(&full) {
        return Ok(String::new());
    }
    if !full.starts_with(&root) {
        return Err(UsageError(format!(
            "{} ligger utanför registret {}.",
            files::shown(path),
            files::shown(&root)
        )));
    }
    Ok(disk::relative(&root, &full).to_string())
}
