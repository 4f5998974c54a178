//! The rules: one file each, and one list. A rule names its code, what it rests on and how grave it is; it says
//! where by key path and never counts lines.

mod clause_missing;
mod clause_unknown;
mod clause_without_data;
mod end_before_start;
mod frame_exceeded;
mod frame_uncertain;
mod funding_outside_term;
mod funding_unclear;
mod ground_unmet;
mod guideline_missing;
mod letter_without_glyph;
pub mod levels;
mod open_fact;
mod party_without_signatory;
mod reference;
mod register_reference;
mod registry_number;
mod side_missing;
mod structure;
mod term_limit;
mod term_passed;
mod text_too_deep;
mod year_without_funding;

#[cfg(test)]
mod examples;

use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;
use serde_json::Value;

use crate::agreement::Agreement;
use crate::documents::Stationery;
use crate::finding::{Finding, Level, Place};
use crate::guideline::Guideline;
use crate::key_path::KeyPath;
use crate::register::{Entry, Register};

/// All rules, by code.
pub const RULES: [&Rule; 30] = [
    &structure::UNREADABLE,
    &structure::SYNTAX,
    &structure::UNKNOWN_KEY,
    &structure::MISSING_KEY,
    &structure::TYPE,
    &structure::DOMAIN,
    &structure::FILE_NAME,
    &reference::RULE,
    &structure::TEMPLATE,
    &register_reference::RULE,
    &guideline_missing::RULE,
    &structure::STATIONERY,
    &letter_without_glyph::RULE,
    &text_too_deep::RULE,
    &term_limit::RULE,
    &end_before_start::RULE,
    &term_passed::RULE,
    &year_without_funding::RULE,
    &funding_outside_term::RULE,
    &frame_exceeded::RULE,
    &frame_uncertain::RULE,
    &funding_unclear::RULE,
    &clause_missing::RULE,
    &ground_unmet::RULE,
    &clause_unknown::RULE,
    &open_fact::RULE,
    &clause_without_data::RULE,
    &registry_number::RULE,
    &party_without_signatory::RULE,
    &side_missing::RULE,
];

/// What a rule is about: the hundred of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Files, keys, references.
    Structure,
    /// How long the agreement lasts.
    Term,
    /// Money.
    Economy,
    /// What the agreement says.
    Content,
    /// Steering and follow-up.
    Governance,
    /// Decision and case.
    Case,
    /// What the law may demand.
    Law,
}

impl Family {
    /// The family of a rule.
    #[must_use]
    pub fn of(rule: &Rule) -> Self {
        match rule.code.as_bytes().get(3) {
            Some(b'2') => Self::Term,
            Some(b'3') => Self::Economy,
            Some(b'4') => Self::Content,
            Some(b'5') => Self::Governance,
            Some(b'6') => Self::Case,
            Some(b'7') => Self::Law,
            _ => Self::Structure,
        }
    }

    /// The Swedish name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Structure => "filer och hänvisningar",
            Self::Term => "avtalstid",
            Self::Economy => "ekonomi",
            Self::Content => "innehåll",
            Self::Governance => "styrning och uppföljning",
            Self::Case => "beslut och ärende",
            Self::Law => "lag",
        }
    }
}

/// The rule of this code or name, in whatever case it is written.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES
        .into_iter()
        .find(|rule| rule.code.eq_ignore_ascii_case(name) || rule.slug.eq_ignore_ascii_case(name))
}

/// How grave a rule's findings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gravity {
    /// Contradictions and broken limits: the same whatever the agreement's status.
    Correctness(Level),
    /// What is missing: a note while the text is a draft or a proposal, an error once it is decided, and a note
    /// again when the agreement has ended and nothing can be done about it.
    Completeness,
}

impl Gravity {
    /// How grave, in Swedish.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Correctness(level) => level.label(),
            Self::Completeness => "not, och fel när avtalet är beslutat",
        }
    }

    fn level(self, agreement: &Agreement) -> Level {
        match self {
            Self::Correctness(level) => level,
            Self::Completeness if !agreement.status.must_be_complete() => Level::Note,
            Self::Completeness => Level::Error,
        }
    }
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// One agreement at a time.
    Agreement(fn(&Scope<'_>) -> Vec<Finding>),
    /// The register as a whole.
    Register(fn(&Register, &Stationery) -> Vec<Finding>),
    /// Made while a file is read, before there is anything to judge.
    Reading,
}

/// A rule's declaration.
#[derive(Clone, Copy)]
pub struct Rule {
    /// The code, such as `IOP201`: the hundred is the [`Family`].
    pub code: &'static str,
    /// The name for settings.
    pub slug: &'static str,
    /// The Swedish title.
    pub title: &'static str,
    /// How grave its findings are.
    pub gravity: Gravity,
    /// The version of the program that had it first.
    pub since: &'static str,
    /// The guideline, law or practice behind it, in Swedish.
    pub source: &'static str,
    /// Why it matters, in Swedish.
    pub why: &'static str,
    /// The check.
    pub check: Check,
    /// A change to the clean register that the rule must report.
    pub bad: Example,
    /// A change near it that the rule must let pass.
    pub good: Example,
}

/// A change to the register in `examples/adala/`, which has nothing to remark on.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The file that is changed, or one that is added.
    pub file: &'static str,
    /// Key paths that are taken out first.
    pub remove: &'static [&'static str],
    /// TOML that is merged in; for a file that is added, its whole text.
    pub toml: &'static str,
    /// The key path of the finding, for a bad example.
    pub at: &'static str,
}

/// What a rule about one agreement may look at.
pub struct Scope<'a> {
    /// The whole register.
    pub register: &'a Register,
    /// The municipality's templates and fonts.
    pub stationery: &'a Stationery,
    /// The agreement's file.
    pub file: &'a Arc<str>,
    /// The agreement.
    pub agreement: &'a Agreement,
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// The guideline profile that it is checked against, where there is one.
    pub guideline: Option<&'a Guideline>,
}

impl Scope<'_> {
    /// Calls `look` with every text of the agreement and its key path.
    fn texts(&self, look: &mut impl FnMut(&KeyPath, &str)) {
        let data = serde_json::to_value(self.agreement).unwrap_or_default();
        walk(&data, &KeyPath::root(), look);
    }

    /// A finding of `rule` at `path` in this agreement, with the rule's own level and source.
    #[must_use]
    pub fn finding(&self, rule: &Rule, path: KeyPath, message: impl Into<String>) -> Finding {
        let level = rule.gravity.level(self.agreement);
        Finding::new(rule.code, level, Place::value(self.file, path), message).source(rule.source)
    }

    /// The same with the guideline's decision as its source.
    #[must_use]
    pub fn guideline_finding(&self, rule: &Rule, path: KeyPath, message: impl Into<String>) -> Finding {
        let finding = self.finding(rule, path, message);
        match self.guideline {
            Some(guideline) => finding.source(guideline.citation()),
            None => finding,
        }
    }
}

fn walk(value: &Value, path: &KeyPath, look: &mut impl FnMut(&KeyPath, &str)) {
    match value {
        Value::String(text) => look(path, text),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| walk(item, &path.join(index), look));
        }
        Value::Object(map) => map.iter().for_each(|(key, value)| walk(value, &path.join(key), look)),
        _ => {}
    }
}

/// Runs every rule over the register. The findings come rule by rule; [`sort`] puts them in reading order.
#[must_use]
pub fn check(register: &Register, stationery: &Stationery, as_of: NaiveDate) -> Vec<Finding> {
    let agreements: Vec<&Entry<Agreement>> = register.agreements.values().collect();
    let mut findings: Vec<Finding> = agreements
        .par_iter()
        .flat_map_iter(|entry| {
            let scope = Scope {
                register,
                stationery,
                file: &entry.file,
                agreement: &entry.data,
                as_of,
                guideline: register.guideline_of(&entry.data).map(|entry| &entry.data),
            };
            RULES
                .iter()
                .filter_map(|rule| match rule.check {
                    Check::Agreement(check) => Some(check(&scope)),
                    Check::Register(_) | Check::Reading => None,
                })
                .flatten()
                .collect::<Vec<Finding>>()
        })
        .collect();
    for rule in RULES {
        if let Check::Register(check) = rule.check {
            findings.extend(check(register, stationery));
        }
    }
    findings
}

/// Puts findings in the order in which people read: by file, by line, graver first on the same line.
pub fn sort(register: &Register, findings: &mut [Finding]) {
    findings.sort_by_cached_key(|finding| {
        let location = register.locate(&finding.place);
        (
            std::cmp::Reverse(finding.place.file.starts_with("agreements/")),
            Arc::clone(&finding.place.file),
            location.line,
            location.column,
            std::cmp::Reverse(finding.level),
            finding.code,
            finding.place.path.clone(),
        )
    });
}

/// Whether findings of this code say that something is missing, which a final document may not lack.
#[must_use]
pub fn is_incompleteness(code: &str) -> bool {
    RULES.iter().any(|rule| rule.code == code && rule.gravity == Gravity::Completeness)
}
