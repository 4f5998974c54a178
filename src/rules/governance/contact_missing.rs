//! Nobody to ask, or no way to reach them.

use crate::finding::Finding;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP507",
    slug: "contact-missing",
    title: "Kontaktperson saknas eller går inte att nå",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: parterna ska kunna nå varandra",
    why: "Den första frågan i ett samarbete är vem man ringer.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &["party.forening.contact.verksamhetsledare.phone"],
        "",
        "party.forening.contact.verksamhetsledare",
    ),
    good: Example::agreement(
        &["party.forening.contact.verksamhetsledare.phone"],
        "party.forening.contact.verksamhetsledare.email = \"withheld\"",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, party) in &scope.agreement.party {
        let Some(contacts) = party.contact.known().filter(|contacts| !contacts.is_empty()) else {
            let message = format!("Det framgår inte vem man kontaktar hos {}.", party.called());
            let help = format!(
                "Lägg till [party.{key}.contact.NAMN] med function, och email eller phone (\"withheld\" om adressen inte ska spridas)."
            );
            findings.push(scope.finding(&RULE, path!["party", key, "contact"], message).help(help));
            continue;
        };
        for (name, contact) in contacts {
            if contact.email.known().is_some() || contact.phone.known().is_some() {
                continue;
            }
            let who = contact.function.known().or(contact.name.known()).map_or(name.as_str(), String::as_str);
            let message =
                format!("Kontaktpersonen ”{who}” hos {} har varken e-post eller telefon.", party.called());
            let help = "Ange email eller phone, eller \"withheld\" där adressen finns men inte ska spridas.";
            findings.push(scope.finding(&RULE, path!["party", key, "contact", name], message).help(help));
        }
    }
    findings
}
