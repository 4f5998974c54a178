//! The rules: one file each, and one list. A rule names its code, what it rests on and how grave it is; it says
//! where by key path and never counts lines.

pub mod baseline;
mod case;
mod chains;
mod content;
mod declaration;
mod economy;
mod governance;
mod judge;
mod law;
pub mod levels;
pub mod mending;
mod organisations;
mod scope;
mod structure;
mod term;
mod text_walk;
mod texts;
pub mod waivers;

#[cfg(test)]
mod examples;

use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use rayon::prelude::*;

pub use declaration::{Check, Example, Family, Gravity, Rule};
pub use judge::{Judgement, Judging, judge};
pub use organisations::Organisations;
pub use scope::{RegisterScope, Scope};
use texts::Heard;
pub use texts::Text;

use crate::documents::Stationery;
use crate::finding::Finding;
use crate::payouts::{self, AgreementStatement, Outlook};
use crate::register::Register;

/// All rules, by code.
pub static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let families = [
        structure::RULES,
        waivers::RULES,
        structure::LATER,
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

/// The rule of exactly this code.
fn of_code(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

/// Runs every rule over the register. The findings come rule by rule; [`sort`] puts them in reading order.
fn check(register: &Register, stationery: &Stationery, as_of: NaiveDate) -> Vec<Finding> {
    let mut scope = RegisterScope::new(register, stationery, as_of);
    let framed = register.budget.as_ref().and_then(|budget| budget.data.framed_years());
    let outlook = framed.map(|span| Outlook::new(register, span, as_of));
    let heard = Heard::default();
    // The sums of all agreements would take more room than the agreements: each one's are gone before the next one's.
    let of_each = register.agreements.par_iter().map(|(id, entry)| {
        let one = AgreementStatement { id, entry, statement: payouts::statement(register, entry, as_of) };
        let findings = check_agreement(&scope.of(&one), &heard);
        let costs = outlook.as_ref().map(|outlook| outlook.costs(&one));
        let value = payouts::extended_value(&entry.data, &one.statement);
        let one = AgreementStatement { statement: one.statement.without_sums(), ..one };
        ((findings, costs), (one, value))
    });
    let ((findings, costs), (statements, values)): ((Vec<_>, Vec<_>), (Vec<_>, Vec<_>)) = of_each.unzip();
    scope.statements = statements;
    scope.values = values;
    scope.budget_years = outlook.map_or_else(Vec::new, |outlook| outlook.years(costs.into_iter().flatten()));
    let checks: Vec<_> = RULES
        .iter()
        .filter_map(|rule| match rule.check {
            Check::Register(check) => Some(check),
            _ => None,
        })
        .collect();
    let of_register: Vec<_> = checks.into_par_iter().map(|check| check(&scope)).collect();
    findings.into_iter().chain(of_register).flatten().collect()
}

fn check_agreement(scope: &Scope<'_>, heard: &Heard) -> Vec<Finding> {
    let texts = heard.concerned(scope.agreement, scope.stationery);
    let mut findings = Vec::new();
    let mut about_texts = 0;
    for rule in RULES.iter() {
        match rule.check {
            Check::Agreement(check) => findings.extend(check(scope)),
            Check::Life(_) if scope.has_unread_records() => {}
            Check::Life(check) => findings.extend(check(scope)),
            Check::Texts(_, _, check) | Check::Glance(_, check) => {
                let own = texts.iter().filter(|(_, rules)| rules.has(about_texts)).map(|(text, _)| text);
                let own: Vec<&Text> = own.collect();
                if !own.is_empty() {
                    findings.extend(check(scope, &own));
                }
                about_texts += 1;
            }
            Check::Register(_) | Check::Reading | Check::Waivers => {}
        }
    }
    findings
}

/// Puts findings in the order in which people read: by file, by line, graver first on the same line.
fn sort(register: &Register, findings: &mut [Finding]) {
    // Each file's places are read once, when the first of them is asked for.
    findings.par_sort_by_cached_key(|finding| {
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
    of_code(code).is_some_and(|rule| rule.gravity == Gravity::Completeness)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Level, Place};
    use crate::register::InputFile;

    #[test]
    fn a_rule_is_found_by_code_or_name_in_any_case() {
        let code = |name| find(name).map(|rule| rule.code);
        for name in ["IOP303", "iop303", "frame-exceeded", "Frame-Exceeded"] {
            assert_eq!(code(name), Some("IOP303"), "{name}");
        }
        for name in ["", "IOP3", "IOP999", "frame"] {
            assert_eq!(code(name), None, "{name}");
        }
    }

    #[test]
    fn only_what_is_missing_makes_a_document_incomplete() {
        assert!(is_incompleteness("IOP404"));
        assert!(!is_incompleteness("IOP303"));
        assert!(!is_incompleteness("IOP999"));
    }

    #[test]
    fn findings_come_agreements_first_then_by_line_and_the_graver_first() {
        let files = [("a.toml", "x = 1\n"), ("agreements/b.toml", "title = \"x\"\nactivity = \"x\"\n")];
        let files = files.map(|(file, text)| InputFile::text(file, text));
        let (register, _) = Register::load(files);
        let finding = |code, level, file: &str, key: &str| {
            Finding::new(code, level, Place::value(&file.into(), crate::path![key]), "x")
        };
        let mut findings = vec![
            finding("IOP1", Level::Error, "a.toml", "x"),
            finding("IOP2", Level::Error, "agreements/b.toml", "activity"),
            finding("IOP3", Level::Note, "agreements/b.toml", "title"),
            finding("IOP5", Level::Error, "agreements/b.toml", "title"),
            finding("IOP4", Level::Error, "agreements/b.toml", "title"),
        ];
        sort(&register, &mut findings);
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["IOP4", "IOP5", "IOP3", "IOP2", "IOP1"]);
    }
}
