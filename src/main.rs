//! The `iop` program.

use std::process::ExitCode;

/// Setting many documents at once is mostly asking for memory and giving it back: a tenth of the time is saved.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    std::panic::catch_unwind(iop::commands::main).unwrap_or(iop::commands::Outcome::Internal).into()
}
