//! Turns: of two who change a register at the same time, one waits for the other.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use same_file::Handle;

use super::interruption::Unfinished;
use super::{UsageError, files};
use crate::register::disk;

/// The file that whoever changes the register keeps locked meanwhile. No file that is read is locked itself: some systems then
/// keep everybody from reading it, its own program included.
const LOCK: &str = ".iop-lock";

/// So often somebody who waits tries again.
const PAUSE: Duration = Duration::from_millis(50);

/// How long somebody waits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// So long without a word.
    pub(super) silent: Duration,
    /// So long at most.
    pub(super) most: Duration,
}

/// Reading and writing the largest register takes some seconds; somebody who holds it for a minute has stopped.
pub(super) const USUAL: Patience = Patience { silent: Duration::from_secs(1), most: Duration::new(60, 0) };

/// The turn of this program. Others wait until it is dropped, or the program ends in whatever way.
#[derive(Debug)]
pub(super) struct Turn {
    path: PathBuf,
    _unfinished: Unfinished,
    /// Closed, and so unlocked, after the file has gone.
    _locked: File,
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Where it stays, the next one takes it over.
        _ = std::fs::remove_file(&self.path);
    }
}

/// Waits until nobody else changes the register in `root`, and says so where it takes time. Nothing where the disk cannot lock,
/// as some in networks cannot, or where no file can be made beside the others: that is no reason to stop, for a file that has
/// changed meanwhile is not written.
pub(super) fn take(root: &Path, patience: Patience) -> Result<Option<Turn>, UsageError> {
    let path = root.join(LOCK);
    let began = Instant::now();
    let mut has_told = false;
    loop {
        // A link could lead anywhere.
        if path.is_symlink() {
            return Ok(None);
        }
        match open(&path) {
            Some(file) => match file.try_lock() {
                // Whoever had it before has taken the file away, and somebody else may hold a new one.
                Ok(()) if !is_at(&file, &path) => {}
                Ok(()) => {
                    let unfinished = Unfinished::new(&path);
                    return Ok(Some(Turn { path, _unfinished: unfinished, _locked: file }));
                }
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(_)) => return Ok(None),
            },
            // It is there and on its way out, as Windows shows a file that is taken away while it is open.
            None if disk::exists(&path).unwrap_or_default() => {}
            None => return Ok(None),
        }
        let waited = began.elapsed();
        if waited >= patience.most {
            return Err(UsageError(format!(
                "Någon annan har ändrat i registret i {} sekunder och är inte klar. Inget har skrivits. Försök igen senare; om inget annat iop-kommando körs, ta bort filen {} och försök igen.",
                waited.as_secs(),
                files::shown(&path)
            )));
        }
        if waited >= patience.silent && !has_told {
            files::say("Någon annan ändrar i registret just nu. Väntar …");
            has_told = true;
        }
        std::thread::sleep(PAUSE);
    }
}

/// The file to lock, made where it is not there. One of somebody else can perhaps only be read, which is enough.
fn open(path: &Path) -> Option<File> {
    let made = OpenOptions::new().create(true).truncate(false).write(true).open(path);
    made.or_else(|_| File::open(path)).ok()
}

/// Whether an open file is the one that stands at a path.
fn is_at(file: &File, path: &Path) -> bool {
    let open = file.try_clone().and_then(Handle::from_file);
    open.is_ok_and(|open| Handle::from_path(path).is_ok_and(|there| there == open))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Patience = Patience { silent: Duration::ZERO, most: Duration::from_millis(200) };

    #[test]
    fn nobody_waits_for_ever_and_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let turn = take(folder.path(), SHORT).unwrap().unwrap();
        let refused = take(folder.path(), SHORT).unwrap_err().to_string();
        assert!(refused.contains("Inget har skrivits") && refused.contains(LOCK), "{refused}");
        drop(turn);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        // What a program that was ended has left is nobody's turn.
        File::create(folder.path().join(LOCK)).unwrap();
        assert!(take(folder.path(), SHORT).unwrap().is_some());
    }

    #[test]
    fn one_at_a_time_has_its_turn() {
        let folder = tempfile::tempdir().unwrap();
        let patience = Patience { silent: Duration::new(60, 0), most: Duration::new(60, 0) };
        let inside = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let _turn = take(folder.path(), patience).unwrap().unwrap();
                    assert_eq!(inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst), 0);
                    std::thread::sleep(Duration::from_millis(5));
                    inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                });
            }
        });
    }
}
