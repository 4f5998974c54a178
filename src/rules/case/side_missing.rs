//! A partnership with only one side.

use crate::agreement::Role;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP603",
    slug: "side-missing",
    title: "Partnerskapet saknar en av sina sidor",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "innebörden av idéburet offentligt partnerskap",
    why: "Ett idéburet offentligt partnerskap ingås mellan minst en offentlig och minst en idéburen part.",
    check: Check::Agreement(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "party.forening.role = \"public\"",
        at: "party",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "party.forsamling = { role = \"civil-society\", name = \"Ådala församling\", form = \"congregation\", signatory.kyrkoherde.title = \"kyrkoherde\" }",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    [Role::Public, Role::CivilSociety]
        .into_iter()
        .filter(|role| scope.agreement.parties(*role).next().is_none())
        .map(|role| {
            let message = format!("Avtalet har ingen {}.", role.label());
            let help = format!("Lägg till en part med role = \"{}\", eller rätta role.", role.word());
            scope.finding(&RULE, path!["party"], message).help(help)
        })
        .collect()
}
