//! A text cites an act by a number that did not hold when the agreement was written.

use crate::finding::{Finding, Level, Place};
use crate::language::cues::Cue;
use crate::law;
use crate::rules::{Check, Example, Gravity, Rule, Scope, Text};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP707",
    slug: "act-not-in-force",
    title: "Texten hänvisar till en lag som inte gällde",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "lagens dagar i kraft, i assets/law/acts.toml",
    why: "En hänvisning till en upphävd lag pekar på paragrafer som betyder något annat, eller ingenting. Avtalet prövas efter den dag det är daterat, eller annars sin första dag. Läser nummer som 2001:453 i avtalets texter, för de lagar som står i listan, i dag bara socialtjänstlagen. Läser inte hänvisningar utan nummer.",
    check: Check::Texts(cues, |text| law::acts().iter().any(|act| cites(text, &act.number)), check),
    bad: Example::agreement(
        &[],
        "clause.background.text = \"Stödet ges enligt socialtjänstlagen (2025:400).\"",
        "clause.background.text",
    ),
    good: Example::agreement(
        &[],
        "clause.background.text = \"Stödet ges enligt socialtjänstlagen (2001:453).\"",
        "",
    ),
};

/// The acts' numbers.
fn cues() -> Vec<Cue> {
    law::acts().iter().map(|act| Cue::part(&act.number)).collect()
}

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let agreement = scope.agreement;
    let Some(day) = agreement.dated.known().or(agreement.term.start.known()).copied() else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for text in texts {
        for act in law::acts().iter().filter(|act| !act.holds_on(day) && cites(&text.text, &act.number)) {
            let then = law::acts().iter().find(|other| other.name == act.name && other.holds_on(day));
            let then = then.map_or_else(
                || "Vilken som gällde då känner programmet inte till.".to_owned(),
                |then| format!("Då gällde {} ({}).", then.name, then.number),
            );
            let held = match (act.from, act.until) {
                (Some(from), _) => format!("som gäller från {from}"),
                (None, Some(until)) => format!("som gällde till och med {until}"),
                (None, None) => String::new(),
            };
            let message = format!(
                "Texten hänvisar till {} ({}), {held}. Avtalet är från {day}. {then}",
                act.name, act.number
            );
            let finding = scope.finding(&RULE, text.path.clone(), message);
            let place = Place::word(scope.file, text.path.clone(), act.number.as_str());
            findings.push(
                Finding { place, ..finding }
                    .help("Hänvisa till den lag som gällde, och pröva om paragrafen är en annan."),
            );
        }
    }
    findings
}

/// Whether a number stands in a text, and not as part of another.
fn cites(text: &str, number: &str) -> bool {
    text.match_indices(number).any(|(at, _)| {
        let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        !is_digit(text.get(..at).and_then(|before| before.chars().next_back()))
            && !is_digit(text.get(at + number.len()..).and_then(|after| after.chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn an_act_is_cited_by_its_number_on_the_day_of_the_agreement() {
        let told = |dated: &str, number: &str| {
            let toml = format!("dated = {dated}\nclause.background.text = \"SoL ({number}) 4 kap.\"");
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        assert_eq!(told("2025-06-30", "2001:453"), [""; 0]);
        assert_eq!(told("2025-07-01", "2025:400"), [""; 0]);
        assert_eq!(told("2025-07-01", "12001:453"), [""; 0]);
        assert_eq!(
            told("2025-07-01", "2001:453"),
            [
                "Texten hänvisar till socialtjänstlagen (2001:453), som gällde till och med 2025-06-30. Avtalet är från 2025-07-01. Då gällde socialtjänstlagen (2025:400)."
            ]
        );
        assert!(told("2025-06-30", "2025:400")[0].contains("som gäller från 2025-07-01"));
    }
}
