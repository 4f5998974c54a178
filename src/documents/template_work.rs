//! How much text a template has handled while it is rendered. The engine counts its steps, but not how long the texts are
//! that it moves about in one.

use std::cell::Cell;
use std::io;

use minijinja::{Error, ErrorKind};

/// The longest text that a template gives, in bytes: ten times what is set on paper.
const LONGEST: usize = 4 * 1024 * 1024;

/// So many bytes of text a template may show or send through filters, in all.
const MOST: usize = 16 * 1024 * 1024;

thread_local! {
    /// A template is rendered by the thread that began it.
    static HANDLED: Cell<usize> = const { Cell::new(0) };
}

/// Begins to count anew, for one template.
pub(super) fn begin() {
    HANDLED.set(0);
}

/// Counts a text that is shown or changed.
pub(super) fn handle(text: &str) -> Result<(), Error> {
    let handled = HANDLED.get().saturating_add(text.len());
    HANDLED.set(handled);
    if handled > MOST { Err(Error::new(ErrorKind::OutOfFuel, TOO_MUCH)) } else { Ok(()) }
}

/// What is said of a template that gives more text than any document has.
pub(super) const TOO_MUCH: &str = "mallen ger mer text än ett dokument kan ha";

/// Keeps what a template writes, up to the longest text that one may give.
#[derive(Default)]
pub(super) struct Page(pub(super) Vec<u8>);

impl io::Write for Page {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        if self.0.len() + part.len() > LONGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
