//! What follows on an agreement that is there: its successor, and what is proposed of it.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::one_line;
use crate::agreement::{Agreement, ExtensionOption};
use crate::cli::{self, NewArguments};
use crate::commands::added::{NewFile, sections};
use crate::commands::ask::{Asker, Question};
use crate::commands::recording::Changed;
use crate::commands::wanted::readable;
use crate::commands::{Loaded, Outcome, UsageError, files, load};
use crate::drafting::{Proposed, successor, with_proposed};
use crate::keyed::Keyed;
use crate::payouts;
use crate::records::Records;
use crate::register::{Entry, Register};
use crate::term::{LastDay, last_days, uses};
use crate::text;

/// The one agreement that is named.
fn named<'a>(register: &'a Register, name: &Path) -> Result<(&'a str, &'a Entry<Agreement>), UsageError> {
    let (found, broken) = readable(register, &[name.to_owned()])?;
    found.into_iter().next().ok_or_else(|| {
        UsageError(format!(
            "{} kan inte läsas. Se vad som är fel med iop validate.",
            text::visible(&broken.join(", "))
        ))
    })
}

/// The text of a file as it was read, where nobody has changed it since.
fn text_of(register: &Register, file: &str) -> Result<String, UsageError> {
    let source = register.source(file);
    let toml = source.map(|source| source.text().to_string()).unwrap_or_default();
    files::tell_of_changed(register);
    if toml.is_empty() {
        return Err(UsageError(format!("{file} ändrades under tiden. Inget har skrivits; försök igen.")));
    }
    Ok(toml)
}

/// `iop new --continue`.
pub(super) fn continued(arguments: &NewArguments, root: &Path, before: &Path) -> anyhow::Result<Outcome> {
    let Loaded { register, as_of, .. } = load(&arguments.common)?;
    let (id, entry) = named(&register, before)?;
    let other = register.agreements.iter().find(|(_, one)| one.data.continues.as_deref() == Some(id));
    if let Some((other, _)) = other {
        return Err(UsageError(format!("{other} avlöser redan {id}. Inget har skrivits.")).into());
    }
    let drafted = successor(&register, (id, entry), &text_of(&register, &entry.file)?, as_of);
    let id = arguments.id.as_deref().unwrap_or(&drafted.id);
    NewFile { root, id, text: &drafted.text }.write(drafted.points)
}

/// A proposal that is asked for, and the agreement that it is of.
pub(super) struct Asked {
    agreement: PathBuf,
    proposed: Proposed,
}

impl Asked {
    /// What the arguments ask for, with answers to what they do not say; nothing where they ask for a new agreement.
    pub(super) fn of(arguments: &NewArguments, asker: &Asker) -> Result<Option<Self>, UsageError> {
        let until = |asks| {
            let question = Question { asks, flag: "--until DATUM" };
            asker.needed(arguments.until, question, cli::date)
        };
        let of = |agreement: &PathBuf, proposed| Some(Self { agreement: agreement.clone(), proposed });
        if let Some(agreement) = &arguments.extend {
            let until = until("Till och med vilken dag avtalet ska förlängas, som 2027-12-31")?;
            let option = arguments.option.clone();
            return Ok(of(agreement, Proposed::Extension { from: arguments.from, until, option }));
        }
        if let Some(agreement) = &arguments.change {
            let question = Question { asks: "Vad som ändras, i hela meningar", flag: "--changes TEXT" };
            let changes = asker.needed(arguments.changes.clone(), question, one_line)?;
            if !text::says_something(&changes) {
                return Err(UsageError("--changes: skriv vad som ändras.".to_owned()));
            }
            return Ok(of(agreement, Proposed::Supplement { changes, until: arguments.until }));
        }
        if let Some(agreement) = &arguments.end {
            let until = until("Till och med vilken dag avtalet ska gälla, som 2027-06-30")?;
            let (by, exit) = (arguments.by.clone(), arguments.exit.clone());
            return Ok(of(agreement, Proposed::Ending { until, by, exit }));
        }
        if arguments.until.is_some() || arguments.changes.is_some() {
            return Err(UsageError(
                "--until och --changes gäller ett avtal som finns: ange också --extend, --change eller --end.".to_owned(),
            ));
        }
        Ok(None)
    }

    /// Writes the proposal into the agreement's file.
    pub(super) fn write(&self, arguments: &NewArguments, root: &Path) -> anyhow::Result<Outcome> {
        let Loaded { register, as_of, .. } = load(&arguments.common)?;
        let (id, entry) = named(&register, &self.agreement)?;
        let agreement = &*entry.data;
        match &self.proposed {
            Proposed::Extension { from, until, option } => {
                known("--option", option.as_deref(), &agreement.term.option)?;
                let last = payouts::statement(&register, entry, as_of).life.last_day();
                if let Some(last) = last.filter(|last| until <= last) {
                    return Err(UsageError(format!(
                        "{id} gäller redan till och med {last}. Ange en senare dag med --until."
                    ))
                    .into());
                }
                let next = last.and_then(|last| last.succ_opt());
                if let Some(from) = from.filter(|from| until < from || next.is_some_and(|next| *from < next))
                {
                    let earliest = next.map_or_else(String::new, |next| format!(" tidigast {next} och"));
                    return Err(UsageError(format!(
                        "Den nya tiden börjar{earliest} senast den sista dagen, {until}: ange en annan dag än {from} med --from, eller utelämna --from om den följer direkt på den förra. Inget har skrivits."
                    ))
                    .into());
                }
                let changes = last_days(agreement, register.records_of(entry), as_of);
                let is_open = |change: &&LastDay<'_>| {
                    !change.commitment.is_bound() && last.is_none_or(|last| last < change.until)
                };
                if let Some(open) = changes.iter().find(is_open) {
                    return Err(UsageError(format!(
                        "Det finns redan ett förslag om förlängning: [{}] i {}, till och med {}. Ändra det där. Inget har skrivits.",
                        open.change.path(),
                        entry.file,
                        open.until
                    ))
                    .into());
                }
                if let Some(option) = option {
                    is_left(option, agreement, register.records_of(entry), as_of)?;
                }
            }
            Proposed::Ending { by, exit, .. } => {
                if agreement.ending.is_some() {
                    return Err(UsageError(format!(
                        "{id} har redan ett förslag om att sluta i förtid, under [ending]. Ändra det där."
                    ))
                    .into());
                }
                known("--by", by.as_deref(), &agreement.party)?;
                known("--exit", exit.as_deref(), &agreement.exit)?;
            }
            Proposed::Supplement { .. } => {}
        }
        let old = text_of(&register, &entry.file)?;
        let statement = payouts::statement(&register, entry, as_of);
        let added = with_proposed(&old, agreement, &statement, &self.proposed);
        let changed = Changed { root, file: &entry.file, old: Some(&old), new: &added.text };
        let table = &added.table;
        let sections = changed.write(|after| Ok(sections(after, &entry.file, table, added.points)))?;
        files::print(&format!(
            "Förslaget är skrivet i {}, [{table}], som utkast.\n{sections}\nSedan:\n  iop validate {}\n  iop render {id} --list\n",
            entry.file, entry.file
        ))?;
        Ok(Outcome::Clean)
    }
}

/// An option that is named must be one that can be used once more.
fn is_left(
    key: &str,
    agreement: &Agreement,
    records: Option<&Records>,
    as_of: NaiveDate,
) -> Result<(), UsageError> {
    let is_used_up = |key: &str, option: &ExtensionOption| {
        u32::try_from(uses(agreement, records, key, as_of).len()).is_ok_and(|used| option.times <= used)
    };
    let options = &agreement.term.option;
    let Some(option) = options.get(key).filter(|option| is_used_up(key, option)) else { return Ok(()) };
    let used = uses(agreement, records, key, as_of);
    let used: Vec<String> = used.iter().map(|one| format!("[extension.{}]", one.key)).collect();
    let times = if option.times == 1 { "en gång".to_owned() } else { format!("{} gånger", option.times) };
    let left = options.iter().filter(|(key, one)| !is_used_up(key, one));
    let left: Vec<String> = left.map(|(key, _)| format!("”{key}”")).collect();
    let instead = match left.as_slice() {
        [] => "Utelämna --option".to_owned(),
        left => format!("Ange {} i stället, eller utelämna --option", text::either(left)),
    };
    Err(UsageError(format!(
        "Optionen ”{key}” är förbrukad: den får användas {times}, och det har {} gjort. {instead}, om parterna \
         är överens om förlängningen utan option. Inget har skrivits.",
        text::list(&used)
    )))
}

/// A key that is given must be one that the agreement has.
fn known<T>(flag: &str, given: Option<&str>, there: &Keyed<T>) -> Result<(), UsageError> {
    let Some(given) = given.filter(|given| !there.contains_key(*given)) else { return Ok(()) };
    let keys: Vec<&str> = there.keys().map(String::as_str).collect();
    let instead =
        if keys.is_empty() { "Avtalet har ingen.".to_owned() } else { text::instead_of(given, &keys) };
    Err(UsageError(format!("{flag}: ”{}” finns inte i avtalet. {instead}", text::visible(given))))
}
