//! The `iop` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    std::panic::catch_unwind(iop::commands::main).unwrap_or(iop::commands::Outcome::Internal).into()
}
