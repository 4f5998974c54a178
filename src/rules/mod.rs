//! The rules: one file each, and one list. A rule names its code, what it rests on and how grave it is; it says
//! where by key path and never counts lines.

mod case;
mod content;
mod declaration;
mod economy;
mod governance;
mod law;
pub mod levels;
mod scope;
mod structure;
mod term;
mod texts;
pub mod waivers;

#[cfg(test)]
mod examples;

use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use rayon::prelude::*;

pub use declaration::{Check, Example, Family, Gravity, Rule};
pub use scope::{RegisterScope, Scope};
pub use texts::Text;

use crate::agreement::Agreement;
use crate::documents::Stationery;
use crate::finding::Finding;
use crate::register::{Entry, Register};

/// All rules, by code.
pub static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let families = [
        structure::RULES,
        term::RULES,
        economy::RULES,
        content::RULES,
        governance::RULES,
        case::RULES,
        law::RULES,
    ];
    families.concat()
});

/// The rule of this code or name, in whatever case it is written.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code.eq_ignore_ascii_case(name) || rule.slug.eq_ignore_ascii_case(name))
}

/// Runs every rule over the register. The findings come rule by rule; [`sort`] puts them in reading order.
#[must_use]
pub fn check(register: &Register, stationery: &Stationery, as_of: NaiveDate) -> Vec<Finding> {
    let agreements: Vec<&Entry<Agreement>> = register.agreements.values().collect();
    let scope = RegisterScope { register, stationery, as_of };
    let mut findings: Vec<Finding> =
        agreements.par_iter().flat_map_iter(|entry| check_agreement(&scope.of(entry))).collect();
    for rule in RULES.iter() {
        if let Check::Register(check) = rule.check {
            findings.extend(check(&scope));
        }
    }
    findings
}

fn check_agreement(scope: &Scope<'_>) -> Vec<Finding> {
    let has_words = texts::concerned(scope.register.source(scope.file).map_or("", |source| &*source.text));
    let mut findings = Vec::new();
    for (rule, has_words) in RULES.iter().zip(has_words) {
        match rule.check {
            Check::Agreement(check) => findings.extend(check(scope)),
            Check::Texts(_, check) if has_words => findings.extend(check(scope)),
            Check::Texts(..) | Check::Register(_) | Check::Reading | Check::Waivers => {}
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
