//! A section sign without a space.

use crate::finding::{Finding, Level, Mention, Place, Spread};
use crate::language::cues::Cue;
use crate::rules::Text;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP616",
    slug: "section-sign",
    title: "Paragraftecknet saknar mellanslag",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "svenska skrivregler",
    why: "”§167” är svårare att läsa och hittas inte av den som söker på ”§ 167”.",
    check: Check::Texts(cues, |text| !without_space(text).is_empty(), check),
    bad: Example::agreement(
        &[],
        "clause.background.text = \"Nämnden beslutade i §167 om en mötesplats.\"",
        "clause.background.text",
    ),
    good: Example::agreement(
        &[],
        "clause.background.text = \"Nämnden beslutade i § 167 och 2 kap. 3 § om en mötesplats.\"",
        "",
    ),
};

/// A sign and a digit beside it.
fn cues() -> Vec<Cue> {
    ('0'..='9')
        .flat_map(|digit| [format!("§{digit}"), format!("{digit}§")])
        .map(|sign| Cue::part(&sign))
        .collect()
}

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let found = texts.iter().filter_map(|Text { path, text }| {
        let mentions = without_space(text).into_iter().map(|(wrong, right)| Mention {
            place: Place::word(scope.file, path.clone(), wrong.as_str()),
            word: format!("”{wrong}” (”{right}”)"),
        });
        let spread = Spread::new("", " ska skrivas med mellanslag.", mentions);
        let finding = Finding::at_each(RULE.code, RULE.gravity.level(scope.agreement), spread)?;
        Some(finding.source(RULE.source).help(HELP))
    });
    found.collect()
}

pub(super) const HELP: &str = "Skriv ett mellanslag mellan paragraftecknet och numret.";

/// What is to be said of a text's section signs, where anything is.
pub(super) fn told(text: &str) -> Option<String> {
    let wrong = without_space(text);
    if wrong.is_empty() {
        return None;
    }
    let quoted =
        |words: &[String]| text::list(&words.iter().map(|word| format!("”{word}”")).collect::<Vec<_>>());
    let (wrong, right): (Vec<String>, Vec<String>) = wrong.into_iter().unzip();
    Some(format!("{} ska skrivas med mellanslag: {}.", quoted(&wrong), quoted(&right)))
}

/// The section signs that a number goes before or follows at once, each with its whole numbers and as it should be
/// written, each once.
fn without_space(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (at, sign) in text.match_indices('§') {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + sign.len()..).unwrap_or_default();
        let number_before =
            before.get(before.trim_end_matches(|letter: char| letter.is_ascii_digit()).len()..);
        let number_after = after.get(..after.bytes().take_while(u8::is_ascii_digit).count());
        let (number_before, number_after) =
            (number_before.unwrap_or_default(), number_after.unwrap_or_default());
        let join = |space: &str| {
            let parts = [number_before, sign, number_after];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(space)
        };
        let pair = (join(""), join("\u{a0}"));
        if pair.0 != sign && !found.contains(&pair) {
            found.push(pair);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Vec<String> {
        without_space(text).into_iter().map(|(wrong, _)| wrong).collect()
    }

    #[test]
    fn every_sign_without_a_space_is_shown_with_its_whole_number() {
        assert_eq!(wrong("Nämnden beslutade i §167, §168 och §167 om en mötesplats."), ["§167", "§168"]);
        assert_eq!(wrong("Enligt § 45 och §7, 2 kap. 3§ och 12§"), ["§7", "3§", "12§"]);
        assert_eq!(wrong("§12"), ["§12"]);
        assert_eq!(without_space("3§"), [("3§".to_owned(), "3\u{a0}§".to_owned())]);
        assert_eq!(wrong("2 kap. 3 §, §§ 4–5 och §\u{a0}6"), Vec::<String>::new());
    }

    #[test]
    fn all_of_a_text_are_in_one_finding() {
        let toml = "clause.background.text = \"Enligt §167 och 2 kap. 3§ kommunallagen.\"";
        let findings = crate::rules::examples::found(&RULE, &[Example::agreement(&[], toml, "")]);
        let [finding] = findings.as_slice() else { panic!("{findings:?}") };
        assert_eq!(
            finding.message.replace('\u{a0}', " "),
            "”§167” (”§ 167”) och ”3§” (”3 §”) ska skrivas med mellanslag."
        );
    }
}
