//! The proposal to the committee cannot be understood alone.

use crate::agreement::{Memo, Role};
use crate::finding::{Finding, Level};
use crate::path;
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP609",
    slug: "proposal-incomplete",
    title: "Förslaget till beslut anger inte motpart, tid eller belopp",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: ett beslut ska kunna förstås utan bilagor",
    why: "Nämnden fattar ett beslut om pengar. Vem, hur länge och hur mycket ska stå i beslutet, inte bara i en bilaga.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &["funding.2025", "funding.2024.amount"],
        "funding.2024.amount = \"not-stated\"",
        "memo",
    ),
    good: Example::agreement(&["funding.2025"], "", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    if agreement.memo == Memo::default() {
        return Vec::new();
    }
    let has_money = agreement.funding.is_empty() && !agreement.in_kind.is_empty()
        || payouts::agreed_total(agreement).is_some();
    let facts = [
        (agreement.parties(Role::CivilSociety).next().is_some(), "ingen motpart", "parten i [party.NAMN]"),
        (
            agreement.term.period().is_some() || agreement.term.months.is_some(),
            "ingen tid",
            "start och end, months eller until_further_notice i [term]",
        ),
        (has_money, "inget belopp", "beloppet per år i [funding.NAMN]"),
    ];
    let missing: Vec<_> = facts.iter().filter(|(known, ..)| !known).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let what: Vec<&str> = missing.iter().map(|(_, what, _)| *what).collect();
    let add: Vec<&str> = missing.iter().map(|(.., add)| *add).collect();
    let message = format!(
        "Förslaget till beslut anger {}. Beslutet ska kunna förstås utan bilagor.",
        text::list(&what)
    );
    vec![scope.finding(&RULE, path!["memo"], message).help(format!("Lägg till {}.", text::list(&add)))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn so_many_months_from_a_day_that_is_not_known_are_a_time() {
        let said = |length: &'static str| {
            let changes = [Example::agreement(&["term.start", "term.end"], length, "")];
            found(&RULE, &changes).into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        let open = "term.start = \"not-stated\"\nterm.end = \"not-stated\"";
        assert!(said(open)[0].contains("ingen tid"));
        assert!(!said("term.start = \"not-stated\"\nterm.months = 24").concat().contains("ingen tid"));
    }

    #[test]
    fn a_proposal_without_money_is_complete_where_something_else_is_contributed() {
        let said = |remove: &'static [&'static str]| {
            let findings = found(&RULE, &[Example::agreement(remove, "", "")]);
            findings.into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        assert_eq!(said(&["funding"]), Vec::<String>::new());
        let nothing = said(&["funding", "in_kind"]);
        assert_eq!(nothing.len(), 1);
        assert!(nothing[0].contains("anger inget belopp."), "{nothing:?}");
    }
}
