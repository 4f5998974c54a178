//! `iop validate --fix`: mends in the files what can be mended without anybody deciding anything. A mend is kept only where the
//! finding is then gone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rayon::prelude::*;
use similar::TextDiff;

use super::rewriting::{self, Rewritten};
use super::{Outcome, clock, files, levels, root, turn, wanted};
use crate::cli::ValidateArguments;
use crate::documents::Stationery;
use crate::finding::{Finding, Part, Place};
use crate::key_path::KeyPath;
use crate::register::{InputFile, Register, Source, codes, disk, kind_of};
use crate::rules::mending::{self, Edit};
use crate::rules::{self, Judging};
use crate::text;

/// So many times over a mend may bring to light what can be mended too.
const ROUNDS: usize = 6;

/// Mends the files, or shows what would be mended. Nothing where the findings that are left are to be shown.
pub(super) fn run(arguments: &ValidateArguments) -> anyhow::Result<Option<Outcome>> {
    let root = root(arguments.common.at.named())?;
    let _turn = if arguments.diff { None } else { turn::take(&root, turn::USUAL)? };
    let (register, _) = Register::load(disk::read(&root));
    let wanted = wanted::paths(&register, &root, &arguments.paths)?;
    let is_wanted = |file: &str| wanted::is_among(&wanted, file);
    let mut mended = Mended { root, files: BTreeMap::new(), refused: BTreeSet::new() };
    mended.schema_lines(&register, is_wanted);
    mended.mend(is_wanted, |_, findings| Ok(findings))?;
    mended.mend(is_wanted, |register, read| {
        if register.settings.is_none() || register.is_empty() {
            return Ok(Vec::new());
        }
        let (stationery, _) = Stationery::load(register);
        let levels = levels(&arguments.judging.level)?;
        let judging = Judging { read, levels, ignores_waivers: arguments.no_waivers, baseline: None };
        let as_of = arguments.common.as_of.unwrap_or_else(clock::today);
        Ok(rules::judge(register, &stationery, judging, as_of).findings)
    })?;
    let Mended { root, files: all, .. } = mended;
    let mut all: Vec<(usize, Rewritten)> = all
        .into_iter()
        .map(|(file, one)| (one.number, Rewritten { file, old: one.old, new: one.new }))
        .collect();
    if arguments.diff {
        for (_, one) in &all {
            let names = (format!("a/{}", one.file), format!("b/{}", one.file));
            let diff = TextDiff::from_lines(&one.old, &one.new);
            files::print(&diff.unified_diff().header(&names.0, &names.1).to_string())?;
        }
        files::say(&told(&all, ["skulle rättas. Inget är skrivet"; 2]));
        return Ok(Some(if all.is_empty() { Outcome::Clean } else { Outcome::Findings }));
    }
    let (numbers, mut texts): (Vec<usize>, Vec<Rewritten>) = all.drain(..).unzip();
    let numbers: BTreeMap<String, usize> = texts.iter().map(|one| one.file.clone()).zip(numbers).collect();
    let is_all = rewriting::write(&root, &mut texts);
    let written = texts.into_iter().map(|one| (numbers.get(&one.file).copied().unwrap_or_default(), one));
    let written: Vec<(usize, Rewritten)> = written.collect();
    if is_all || !written.is_empty() {
        files::say(&told(&written, ["är rättat", "är rättade"]));
    }
    Ok((!is_all).then_some(Outcome::Usage))
}

/// How much has been mended, file by file.
fn told(all: &[(usize, Rewritten)], [one, many]: [&str; 2]) -> String {
    if all.is_empty() {
        return "Inget att rätta automatiskt.".to_owned();
    }
    let number: usize = all.iter().map(|(number, _)| number).sum();
    let each: Vec<String> =
        all.iter().map(|(number, one)| format!("{} ({number})", text::visible(&one.file))).collect();
    let what = if number == 1 { format!("ställe {one}") } else { format!("ställen {many}") };
    format!("{number} {what}: {}.", text::list(&each))
}

/// The register with what has been mended in it.
struct Mended {
    root: PathBuf,
    files: BTreeMap<String, File>,
    /// What a mend did not help.
    refused: BTreeSet<(String, KeyPath)>,
}

/// A file with what has been mended in it, and how much.
struct File {
    old: String,
    new: String,
    number: usize,
}

impl Mended {
    /// The first line by which editors find the schema of each file, where the register has the schema.
    fn schema_lines(&mut self, register: &Register, is_wanted: impl Fn(&str) -> bool) {
        let all = register
            .files()
            .filter(|file| is_wanted(file) && register.source(file).is_some_and(Source::is_read));
        for file in all {
            let Some(kind) = kind_of(file).filter(|kind| self.root.join(kind.schema_file()).is_file()) else {
                continue;
            };
            let text = register.source(file).map(|source| source.text().to_string()).unwrap_or_default();
            // One that is empty may have changed since it was read.
            if text.is_empty() {
                continue;
            }
            if let Some(new) = with_schema_line(&text, &kind.schema_line()) {
                self.files.insert(file.to_owned(), File { old: text, new, number: 1 });
            }
        }
    }

    /// Mends what `look` finds, until nothing more can be mended.
    fn mend(
        &mut self,
        is_wanted: impl Fn(&str) -> bool,
        look: impl Fn(&Register, Vec<Finding>) -> anyhow::Result<Vec<Finding>>,
    ) -> anyhow::Result<()> {
        for _ in 0..ROUNDS {
            let (register, read) = self.register(&BTreeMap::new());
            let findings = look(&register, read)?;
            let mut edits: BTreeMap<&str, Vec<(&Place, Edit)>> = BTreeMap::new();
            for (place, edit) in findings.iter().flat_map(|finding| mending::edits(&register, finding)) {
                if is_wanted(&place.file) && !self.refused.contains(&known(place)) {
                    edits.entry(&place.file).or_default().push((place, edit));
                }
            }
            if edits.is_empty() {
                return Ok(());
            }
            let text = |file: &str| {
                register.source(file).map(|source| source.text().to_string()).unwrap_or_default()
            };
            let tried = edits.iter().map(|(file, edits)| {
                let edits = edits.iter().map(|(_, edit)| edit.clone()).collect();
                ((*file).to_owned(), mending::applied(&text(file), edits).0)
            });
            let (after, read) = self.register(&tried.collect());
            let left = look(&after, read)?;
            for (file, edits) in edits {
                let helps = |place: &Place| match place.part {
                    Part::Bytes(..) => {
                        // No mend adds a line.
                        let line = register.locate(place).line;
                        slips(&left, file) < slips(&findings, file) && !is_wrong_at(&after, &left, file, line)
                    }
                    _ => !is_left(&left, place),
                };
                let (good, bad): (Vec<_>, Vec<_>) = edits.into_iter().partition(|(place, _)| helps(place));
                self.refused.extend(bad.iter().map(|(place, _)| known(place)));
                let (new, number) =
                    mending::applied(&text(file), good.into_iter().map(|(_, edit)| edit).collect());
                if number > 0 {
                    let known = self.files.entry(file.to_owned());
                    let one =
                        known.or_insert_with(|| File { old: text(file), new: String::new(), number: 0 });
                    one.new = new;
                    one.number += number;
                }
            }
        }
        Ok(())
    }

    /// The register with what has been mended and is tried.
    fn register(&self, tried: &BTreeMap<String, String>) -> (Register, Vec<Finding>) {
        let mended = self.files.iter().filter(|(file, _)| !tried.contains_key(*file));
        let texts = mended.map(|(file, one)| (file, &one.new)).chain(tried);
        let changed: Vec<InputFile> = texts.map(|(file, text)| InputFile::text(file, text)).collect();
        let is_changed = |file: &str| tried.contains_key(file) || self.files.contains_key(file);
        let others = disk::read(&self.root).filter(|input| !is_changed(&input.file));
        Register::load(others.chain(changed))
    }
}

fn known(place: &Place) -> (String, KeyPath) {
    (place.file.to_string(), place.path.clone())
}

/// How much in a file is no TOML.
fn slips(findings: &[Finding], file: &str) -> usize {
    findings.iter().filter(|one| one.code == codes::SYNTAX && *one.place.file == *file).count()
}

/// Whether a value on a line is of the wrong kind.
fn is_wrong_at(register: &Register, findings: &[Finding], file: &str, line: usize) -> bool {
    let wrong = findings.iter().filter(|one| [codes::TYPE, codes::DOMAIN].contains(&one.code));
    wrong.filter(|one| *one.place.file == *file).any(|one| register.locate(&one.place).line == line)
}

/// Whether something that can be mended is found at a place.
fn is_left(findings: &[Finding], place: &Place) -> bool {
    let can_be = findings.iter().filter(|one| mending::what(one.code).is_some());
    can_be.flat_map(Finding::places).any(|other| other.is_same_key(place))
}

/// A text with the line by which editors find its schema; nothing where it has it, or names a schema elsewhere.
fn with_schema_line(text: &str, line: &str) -> Option<String> {
    let head = text.lines().take_while(|line| line.trim().is_empty() || line.starts_with('#'));
    match head.filter(|line| line.starts_with("#:schema")).last() {
        None => Some(format!("{line}{text}")),
        Some(there) if there.trim_end() == line.trim_end() || there.contains("://") => None,
        Some(there) => Some(text.replacen(there, line.trim_end(), 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_line_is_added_or_set_right_and_one_elsewhere_stays() {
        const LINE: &str = "#:schema ../schema/agreement.v1.json\n";
        let with = |text: &str| with_schema_line(text, LINE);
        assert_eq!(with("a = 1\n"), Some(format!("{LINE}a = 1\n")));
        assert_eq!(with("# x\n#:schema schema/agreement.json\na = 1\n"), Some(format!("# x\n{LINE}a = 1\n")));
        assert_eq!(with(&format!("# x\n{LINE}a = 1\n")), None);
        assert_eq!(with("#:schema https://example.org/a.json\na = 1\n"), None);
        assert_eq!(with(""), Some(LINE.to_owned()));
    }
}
