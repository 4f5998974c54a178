//! What was found and is not among the findings: accepted, known, switched off or made milder. Every format says it, so that
//! a clean report never means less than it seems to.

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use crate::finding::Finding;
use crate::rules::levels::{Eased, SetIn};
use crate::settings::LevelSetting;
use crate::text;

/// How many findings one level has eased.
pub(super) struct ByLevel<'a> {
    pub(super) name: &'a str,
    pub(super) set_in: SetIn,
    pub(super) level: LevelSetting,
    pub(super) findings: usize,
}

/// The levels that have eased something, those of the register first.
pub(super) fn by_level<'a>(eased: &'a [Eased]) -> Vec<ByLevel<'a>> {
    let mut levels: BTreeMap<(SetIn, &str), ByLevel<'a>> = BTreeMap::new();
    for Eased { name, set_in, level, .. } in eased {
        let empty = ByLevel { name, set_in: *set_in, level: *level, findings: 0 };
        levels.entry((*set_in, name)).or_insert(empty).findings += 1;
    }
    levels.into_values().collect()
}

/// Whether anything was found that is not shown as grave as its rule says.
pub(super) fn is_any(report: &Report<'_>) -> bool {
    !report.waived.is_empty() || !report.known.is_empty() || !report.eased.is_empty()
}

/// ", 1 undantag (IOP201), 2 kända sedan tidigare (IOP303), 3 avstängda (IOP2 och IOP3 i iop.toml)", or nothing.
pub(super) fn in_words(report: &Report<'_>) -> String {
    let mut parts = Vec::new();
    if !report.waived.is_empty() {
        let waived = text::count(report.waived.len(), "undantag", "undantag");
        parts.push(format!("{waived} ({})", named(report.waived.iter().map(|waived| &waived.finding))));
    }
    if !report.known.is_empty() {
        let known = text::count(report.known.len(), "känd", "kända");
        parts.push(format!("{known} sedan tidigare ({})", named(report.known)));
    }
    let levels = by_level(report.eased);
    let (off, milder): (Vec<_>, Vec<_>) = levels.iter().partition(|one| one.level == LevelSetting::Off);
    parts.extend(of_levels(&off, "avstängd", "avstängda"));
    parts.extend(of_levels(&milder, "sänkt", "sänkta"));
    if parts.is_empty() { String::new() } else { format!(", {}", parts.join(", ")) }
}

/// The codes of findings, each once and in order.
pub(super) fn codes<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<&'static str> {
    let codes: BTreeSet<&str> = findings.into_iter().map(|finding| finding.code).collect();
    codes.into_iter().collect()
}

fn named<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> String {
    text::list(&codes(findings))
}

fn of_levels(levels: &[&ByLevel<'_>], one: &str, several: &str) -> Option<String> {
    let findings: usize = levels.iter().map(|level| level.findings).sum();
    let named = |set_in: SetIn, place: &str| {
        let names: Vec<&str> =
            levels.iter().filter(|level| level.set_in == set_in).map(|level| level.name).collect();
        (!names.is_empty()).then(|| format!("{} {place}", text::list(&names)))
    };
    let named: Vec<String> =
        [named(SetIn::Register, "i iop.toml"), named(SetIn::CommandLine, "på kommandoraden")]
            .into_iter()
            .flatten()
            .collect();
    (findings > 0).then(|| format!("{} ({})", text::count(findings, one, several), named.join(", ")))
}
