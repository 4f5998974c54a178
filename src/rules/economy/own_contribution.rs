//! The civil-society side contributes nothing of its own.

use crate::agreement::{Party, Role};
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP310",
    slug: "own-contribution",
    title: "Den idéburna parten bidrar inte med något eget",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: i ett partnerskap bidrar båda parter",
    why: "Bidrar bara kommunen liknar partnerskapet ett köp eller ett vanligt föreningsbidrag.",
    check: Check::Agreement(check),
    bad: Example::agreement(&["in_kind.ledare"], "", "in_kind"),
    good: Example::agreement(&["in_kind.ledare"], "economy.partial_funding = true", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let is_civil =
        |key: &String| agreement.party.get(key).is_some_and(|party| party.role == Role::CivilSociety);
    let contributes = agreement.in_kind.values().any(|contribution| is_civil(&contribution.party))
        || scope.statement.components.iter().any(|one| is_civil(&one.funding.payer))
        // What the file says is open is told as such.
        || agreement.economy.partial_funding.is_open()
        || agreement.economy.partial_funding.known() == Some(&true);
    let names: Vec<&str> = agreement.parties(Role::CivilSociety).map(Party::called).collect();
    if contributes || names.is_empty() {
        return Vec::new();
    }
    let message = format!(
        "Det framgår inte vad {} bidrar med: varken pengar, arbete, kunskap, lokaler eller annan finansiering.",
        text::list(&names)
    );
    vec![scope.finding(&RULE, path!["in_kind"], message).help(
        "Lägg till det i [in_kind.NAMN], eller skriv partial_funding = true i [economy] om kommunens pengar är en del av verksamhetens finansiering.",
    )]
}
