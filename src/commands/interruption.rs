//! Somebody ends the program before it is done: nothing half-made is left, and the next run is not refused.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::UsageError;

/// What a program says with its exit code that was ended from the keyboard, as shells have it.
const INTERRUPTED: i32 = 130;

/// Whether somebody has asked the program to end.
static IS_ASKED: AtomicBool = AtomicBool::new(false);

/// Whether the command ends itself, since it takes away more than single files.
static ENDS_ITSELF: AtomicBool = AtomicBool::new(false);

/// The files that are not whole yet.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Watches for somebody who ends the program. Where that cannot be told, it ends as the system has it.
pub(super) fn watch() {
    _ = ctrlc::set_handler(|| {
        IS_ASKED.store(true, Ordering::Relaxed);
        if !ENDS_ITSELF.load(Ordering::Relaxed) {
            // Whoever has it writes no more: the program ends with it.
            let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
            for path in unfinished.iter() {
                _ = std::fs::remove_file(path);
            }
            std::process::exit(INTERRUPTED);
        }
    });
}

/// From now on the command asks [`go_on`] itself.
pub(super) fn leave_to_the_command() {
    ENDS_ITSELF.store(true, Ordering::Relaxed);
}

/// # Errors
///
/// Somebody has asked the program to end.
pub(super) fn go_on() -> Result<(), UsageError> {
    if IS_ASKED.load(Ordering::Relaxed) {
        return Err(UsageError("Avbrutet. Inget har skrivits.".to_owned()));
    }
    Ok(())
}

/// A file that is taken away if the program is ended before this is dropped.
#[derive(Debug)]
pub(super) struct Unfinished(PathBuf);

impl Unfinished {
    pub(super) fn new(path: &Path) -> Self {
        UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}
