//! The `iop` program.

use std::process::ExitCode;

use iop::paper::apart;

/// Setting many documents at once is mostly asking for memory and giving it back: a tenth of the time is saved.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|argument| argument == apart::ARGUMENT) {
        let mut next = || arguments.next().unwrap_or_default().to_string_lossy().into_owned();
        return apart::serve(&next(), &next());
    }
    std::panic::catch_unwind(iop::commands::main).unwrap_or(iop::commands::Outcome::Internal).into()
}
