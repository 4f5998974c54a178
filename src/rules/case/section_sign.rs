//! A section sign without a space.

use crate::finding::{Finding, Level};
use crate::rules::Text;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP616",
    slug: "section-sign",
    title: "Paragraftecknet saknar mellanslag",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "svenska skrivregler",
    why: "”§167” är svårare att läsa och hittas inte av den som söker på ”§ 167”.",
    check: Check::Texts(&["§0", "§1", "§2", "§3", "§4", "§5", "§6", "§7", "§8", "§9"], check),
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

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    texts
        .iter()
        .filter_map(|Text { path, text }| {
            let wrong = without_space(text)?;
            let message =
                format!("”{wrong}” ska skrivas med mellanslag: ”{}”.", wrong.replace('§', "§\u{a0}"));
            Some(
                scope
                    .finding(&RULE, path.clone(), message)
                    .help("Skriv ett mellanslag mellan paragraftecknet och numret."),
            )
        })
        .collect()
}

/// The first section sign that a number follows at once, with the number.
fn without_space(text: &str) -> Option<&str> {
    text.match_indices('§').find_map(|(at, sign)| {
        let rest = text.get(at + sign.len()..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0).then(|| text.get(at..at + sign.len() + digits))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sign_without_a_space_is_shown_with_its_whole_number() {
        assert_eq!(without_space("Nämnden beslutade i §167 och §168 om en mötesplats."), Some("§167"));
        assert_eq!(without_space("Enligt § 45 och §7"), Some("§7"));
        assert_eq!(without_space("§12"), Some("§12"));
        assert_eq!(without_space("2 kap. 3 §, §§ 4–5 och §\u{a0}6"), None);
    }
}
