//! The case has no registry number.

use crate::finding::Finding;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP601",
    slug: "registry-number",
    title: "Diarienummer saknas",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "offentlighets- och sekretesslagen (2009:400) 5 kap. 1 §",
    why: "Allmänna handlingar ska registreras. Utan diarienummer går avtalet, beslutet och uppföljningen inte att \
          hitta som ett ärende.",
    check: Check::Agreement(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["case.registry_number"],
        toml: "",
        at: "case.registry_number",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "case.registry_number = \"KSN-2016-1422\"",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let number = &scope.agreement.case.registry_number;
    if number.known().is_some_and(|number| text::says_something(number)) {
        return Vec::new();
    }
    let message = "Ärendet har inget diarienummer.";
    let help = "Skriv in numret ur diariet: registry_number = \"…\" under [case].";
    vec![scope.finding(&RULE, path!["case", "registry_number"], message).help(help)]
}
