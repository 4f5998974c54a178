//! The writer or receiver of a report nearly bears a party's key, and is then taken for somebody else.

use crate::agreement::Agreement;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP512",
    slug: "author-near-party",
    title: "Avsändaren eller mottagaren är nästan en parts nyckel",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "registrets format: en part anges med sin nyckel",
    why: "Det som inte är en parts nyckel läses som en funktion. Rapporten räknas då inte till parten, och dokumenten skriver nyckeln som den står.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "follow_up.arsrapport.author = \"förening\"", "follow_up.arsrapport.author"),
    good: Example::agreement(
        &[],
        "follow_up.arsrapport = { author = \"föreningens revisor\", receiver = \"styrgruppen\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, duty) in &scope.agreement.follow_up {
        for (at, fact) in [("author", &duty.author), ("receiver", &duty.receiver)] {
            let Some(name) = fact.known() else { continue };
            let Some(party) = meant(scope.agreement, name) else { continue };
            let message = format!("”{name}” är ingen parts nyckel och läses som en funktion.");
            findings.push(
                scope
                    .finding(&RULE, path!["follow_up", key, at], message)
                    .help(format!("Menade du ”{party}”?")),
            );
        }
    }
    findings
}

/// The party that a name means but for a slip or two. A key is one short word, so a longer text is a function.
fn meant<'a>(agreement: &'a Agreement, name: &str) -> Option<&'a str> {
    if agreement.party.contains_key(name) {
        return None;
    }
    let plain = |name: &str| crate::text::slug(name);
    let written = plain(name);
    agreement.party.keys().map(String::as_str).find(|key| {
        let slips = strsim::osa_distance(&written, &plain(key));
        // In a short word two slips make another word.
        let most = if key.chars().count() > 5 { 2 } else { 1 };
        slips <= most && !name.trim().contains(' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_slip_is_told_and_a_function_is_not() {
        let said = |name: &str| {
            let toml = format!("follow_up.arsrapport.receiver = \"{name}\"");
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().filter_map(|finding| finding.help).collect::<Vec<_>>()
        };
        for slip in ["komun", "Kommun", "kommunen", "kommun "] {
            assert_eq!(said(slip), ["Menade du ”kommun”?"], "{slip}");
        }
        assert_eq!(said("foreningen"), ["Menade du ”forening”?"]);
        let none: [&str; 0] = [];
        for other in ["kommun", "styrgruppen", "nämnden", "kommunens revisor", "kommunchefen"] {
            assert_eq!(said(other), none, "{other}");
        }
    }

    #[test]
    fn in_a_key_of_five_letters_two_slips_make_another_word() {
        let said = |name: &str| {
            let toml = format!(
                "party.klubb = {{ role = \"civil-society\", name = \"Klubben\" }}\nfollow_up.arsrapport.receiver = \"{name}\""
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().filter_map(|finding| finding.help).collect::<Vec<_>>()
        };
        assert_eq!(said("klubba"), ["Menade du ”klubb”?"]);
        assert_eq!(said("klubben"), Vec::<String>::new());
    }
}
