//! A section sign without a space where the source of a figure is cited.

use std::sync::Arc;

use super::section_sign;
use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::path;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};

pub(super) const RULE: Rule = Rule {
    code: "IOP619",
    slug: "section-sign-in-source",
    title: "Paragraftecknet saknar mellanslag i en källa",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "svenska skrivregler",
    why: "Källan skrivs ut i dokument och tabeller. ”§101” hittas inte av den som söker på ”§ 101” i protokollet.",
    check: Check::Register(check),
    bad: Example::file(
        "budget.toml",
        "line.social.year.2025.source = \"kommunfullmäktige 2024-11-18 §101\"",
        "line.social.year.2025.source",
    ),
    good: Example::file(
        "budget.toml",
        "line.social.year.2025.source = \"kommunfullmäktige 2024-11-18 § 101\"",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let register = scope.register;
    let frames = register.budget.iter().flat_map(|budget| {
        budget.data.line.iter().flat_map(move |(key, line)| {
            line.year.iter().filter_map(move |(year, frame)| {
                finding(&budget.file, path!["line", key, "year", year, "source"], &frame.source)
            })
        })
    });
    let values = register.indexes.values().flat_map(|series| {
        series.data.value.iter().flat_map(move |(key, vintages)| {
            vintages.iter().enumerate().filter_map(move |(number, vintage)| {
                finding(&series.file, path!["value", key, number, "source"], &vintage.source)
            })
        })
    });
    frames.chain(values).collect()
}

fn finding(file: &Arc<str>, path: KeyPath, text: &str) -> Option<Finding> {
    let message = section_sign::told(text)?;
    let finding = Finding::new(RULE.code, Level::Note, Place::value(file, path), message);
    Some(finding.source(RULE.source).help(section_sign::HELP))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn sources_of_series_are_read_as_well() {
        let toml = "[[value.2025]]\nnumber = \"2,0\"\nstatus = \"decided\"\nsource = \"kommunfullmäktige 2024-11-18 §7\"\n";
        let findings = found(&RULE, &[Example::file("indexes/priser.toml", toml, "")]);
        let [finding] = findings.as_slice() else { panic!("{findings:?}") };
        assert_eq!(finding.place.path.to_string(), "value.2025[0].source");
    }
}
