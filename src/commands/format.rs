//! `iop format`: lays out the register's files alike. What they say, and their comments, stay.

use super::rewriting::{self, Rewritten};
use super::{Outcome, files, root, turn, wanted};
use crate::cli::FormatArguments;
use crate::register::write::formatted;
use crate::register::{Register, Source, disk, kind_of};
use crate::text;

pub(super) fn run(arguments: &FormatArguments) -> anyhow::Result<Outcome> {
    let root = root(arguments.at.named())?;
    let _turn = if arguments.check { None } else { turn::take(&root, turn::USUAL)? };
    let (register, _) = Register::load(disk::read(&root));
    let wanted = wanted::paths(&register, &root, &arguments.files)?;
    let (mut changed, mut unread, mut same, mut is_all) = (Vec::new(), Vec::new(), 0_usize, true);
    let all = register.files().filter(|file| kind_of(file).is_some() && wanted::is_among(&wanted, file));
    for file in all {
        let text = register.source(file).filter(|source| source.is_read()).map(Source::text);
        let has_changed = register.source(file).is_some_and(Source::has_changed);
        match text.map(|text| (formatted(&text), text)) {
            _ if has_changed => {
                files::say(&rewriting::has_changed(file));
                is_all = false;
            }
            Some((Some(new), old)) if new == **old => same += 1,
            Some((Some(new), old)) => {
                changed.push(Rewritten { file: file.to_owned(), old: old.to_string(), new });
            }
            _ => unread.push(file),
        }
    }
    for file in &unread {
        let file = text::visible(file);
        files::say(&format!(
            "{file} går inte att läsa och är orörd. Vad som är fel visar iop validate {file}"
        ));
    }
    is_all &= arguments.check || rewriting::write(&root, &mut changed);
    let mut told = String::new();
    for one in &changed {
        told.push_str(&format!("{}\n", text::visible(&one.file)));
    }
    let number = changed.len();
    let (filer, laid_out) = if number == 1 { ("fil", "uppställd") } else { ("filer", "uppställda") };
    let rest = format!("{same} var det redan.");
    told.push_str(&match (number, arguments.check) {
        // It has been said why.
        (0, _) if !is_all => String::new(),
        (0, _) if same == 1 => "Inget att ändra: filen är uppställd som den ska.\n".to_owned(),
        (0, _) => format!("Inget att ändra: {same} filer är uppställda som de ska.\n"),
        (_, true) => format!("{number} {filer} skulle ställas upp. {rest} Inget är skrivet.\n"),
        (_, false) => format!("{number} {filer} är {laid_out}. {rest}\n"),
    });
    files::print(&told)?;
    if !is_all {
        return Ok(Outcome::Usage);
    }
    let is_clean = unread.is_empty() && !(arguments.check && number > 0);
    Ok(if is_clean { Outcome::Clean } else { Outcome::Findings })
}
