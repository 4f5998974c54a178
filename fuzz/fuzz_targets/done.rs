//! What `done` writes into records: the first letter says what has been done, the rest of the line is the reference, and then come
//! the records. All that stood there stands there still, and what has been done shows.

#![no_main]

use iop::finding::Level;
use iop::register::edit;
use iop::schedule::{self, Event, Scheduler, State};
use iop_fuzz::{AGREEMENT, AS_OF, RECORDS, adala, text};
use libfuzzer_sys::fuzz_target;
use toml::{Table, Value};

fuzz_target!(|input: &str| {
    let (first, records) = input.split_once('\n').unwrap_or((input, ""));
    let records = iop::line_ends::plain(records.to_owned());
    keeps_everything(
        &records,
        &edit::Entry { table: "done", key: "a".to_owned(), values: vec![("kind", "x".into())] },
    );
    let (register, read) = adala(&[(RECORDS, text(&records))]);
    let Some(entry) = register.agreements.get(iop::register::id_of(AGREEMENT)) else { return };
    if read.iter().any(|finding| &*finding.place.file == RECORDS) {
        return;
    }
    let schedule = Scheduler::new(&register, AS_OF).schedule("oppet-hus", entry);
    let ticked = schedule.deadlines.iter().filter(|one| one.kind.nature().is_ticked_off);
    let open: Vec<_> = ticked.filter(|one| !matches!(one.state, State::Done(_))).collect();
    let letter = first.chars().next().map_or(0, u32::from) as usize;
    let Some(deadline) = open.get(letter % open.len().max(1)) else { return };
    let reference = first.get(1..).filter(|reference| !reference.is_empty());
    let event = Event { date: AS_OF, reference };
    let known = register.records_of(entry);
    let Ok(change) = schedule::record_entry(&schedule, deadline, (known, &records), event) else { return };
    let Some(new) = keeps_everything(&records, &change) else { return };
    let (register, read) = adala(&[(RECORDS, text(&new))]);
    if read.iter().any(|finding| finding.level == Level::Error && &*finding.place.file == RECORDS) {
        return;
    }
    let Some(entry) = register.agreements.get("oppet-hus") else { panic!("the agreement is gone") };
    let schedule = Scheduler::new(&register, AS_OF).schedule("oppet-hus", entry);
    let shows =
        schedule.deadlines.iter().any(|one| one.id == deadline.id && matches!(one.state, State::Done(_)));
    assert!(shows, "{} does not show as done in\n{new}", deadline.id);
});

/// The text with the entry, where it can have it: it is TOML still, and holds what it held.
fn keeps_everything(old: &str, entry: &edit::Entry) -> Option<String> {
    let new = edit::with(old, entry).ok()?;
    let after: Table = toml::from_str(&new).unwrap_or_else(|error| panic!("{error}\n{new}"));
    let before: Table = toml::from_str(old).unwrap_or_else(|error| panic!("{error}\n{old}"));
    let is_entry = |path: &[&str]| path == [entry.table, &entry.key];
    assert!(holds(&after, &before, &mut Vec::new(), &is_entry), "{old:?} became {new:?}");
    for comment in old.lines().filter(|line| line.trim_start().starts_with('#')) {
        assert!(new.contains(comment.trim()), "{comment:?} is gone from {new:?}");
    }
    Some(new)
}

/// Whether a table has all of another, but for the values of the entry that is written.
fn holds<'a>(
    after: &Table,
    before: &'a Table,
    path: &mut Vec<&'a str>,
    is_entry: &dyn Fn(&[&str]) -> bool,
) -> bool {
    before.iter().all(|(key, old)| {
        path.push(key);
        let is_there = match (after.get(key), old) {
            (Some(Value::Table(new)), Value::Table(old)) => holds(new, old, path, is_entry),
            (Some(new), old) => new.to_string() == old.to_string() || is_entry(&path[..path.len() - 1]),
            (None, _) => false,
        };
        path.pop();
        is_there
    })
}
