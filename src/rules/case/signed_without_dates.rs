//! The status says signed, and no date says when.

use crate::agreement::Status;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP617",
    slug: "signed-without-dates",
    title: "Avtalet är undertecknat men datum saknas",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "avtalsrätten: när parterna blev bundna",
    why: "Dagen för sista underskriften är den då avtalet blev bindande, och den då rätten till stöd uppstod.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "status = \"signed\"", "status"),
    good: Example::file(
        "records/oppet-hus.toml",
        "signing.a = { party = \"kommun\", signatory = \"ordforande\", date = 2023-12-01 }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    if scope.agreement.status != Status::Signed || scope.has_unread_records() {
        return Vec::new();
    }
    let is_dated = |party: &str, signatory: &str| {
        scope.records().is_some_and(|records| {
            let mut signings = records.data.signing.values();
            signings.any(|signing| {
                signing.party == party && signing.signatory == signatory && signing.date.known().is_some()
            })
        })
    };
    let mut without: Vec<&str> = Vec::new();
    for (key, party) in &scope.agreement.party {
        let signatories = party.signatory.known().into_iter().flat_map(crate::keyed::Keyed::keys);
        if !signatories.into_iter().all(|signatory| is_dated(key, signatory)) {
            without.push(party.called());
        }
    }
    if without.is_empty() {
        return Vec::new();
    }
    let id = crate::register::id_of(scope.file);
    let message = format!(
        "Statusen är ”undertecknad”, men det framgår inte när {} undertecknade.",
        text::list(&without)
    );
    vec![
        scope
            .finding(&RULE, path!["status"], message)
            .help(format!("Lägg till [signing.NAMN] med party, signatory och date i records/{id}.toml.")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn each_signatory_of_each_party_has_a_date_of_her_own() {
        let said = |records| {
            let signed = Example::agreement(&[], "status = \"signed\"", "");
            let findings = found(&RULE, &[signed, Example::file("records/oppet-hus.toml", records, "")]);
            findings.into_iter().next().map(|finding| finding.message)
        };
        let of = |text: &str| {
            Some(format!("Statusen är ”undertecknad”, men det framgår inte när {text} undertecknade."))
        };
        let both = "signing.a = { party = \"kommun\", signatory = \"ordforande\", date = 2023-12-01 }\n\
                    signing.b = { party = \"forening\", signatory = \"ordforande\", date = 2023-12-02 }";
        assert_eq!(said(both), None);
        assert_eq!(
            said("signing.a = { party = \"kommun\", signatory = \"ordforande\", date = 2023-12-01 }"),
            of("föreningen")
        );
        assert_eq!(
            said("signing.b = { party = \"forening\", signatory = \"ordforande\", date = 2023-12-02 }"),
            of("kommunen")
        );
        assert_eq!(
            said("signing.b = { party = \"forening\", signatory = \"kassor\", date = 2023-12-02 }"),
            of("kommunen och föreningen")
        );
    }
}
