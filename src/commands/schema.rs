//! `iop schema`: the JSON Schema of every kind of file, for editors.

use super::{Outcome, files};
use crate::cli::SchemaArguments;
use crate::register::FileKind;

pub(super) fn run(arguments: &SchemaArguments) -> anyhow::Result<Outcome> {
    let mut lines = String::new();
    for kind in FileKind::ALL {
        let path = arguments.out.join(format!("{}.v1.json", kind.name()));
        files::write_text(&path, &kind.schema_text())?;
        lines.push_str(&format!("{}\n", files::shown(&path)));
    }
    files::print(&lines)?;
    Ok(Outcome::Clean)
}
