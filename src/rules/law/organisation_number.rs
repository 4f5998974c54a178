//! An organisation number that cannot be one.

use crate::check_digit;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP704",
    slug: "organisation-number",
    title: "Organisationsnumret är fel skrivet",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "lagen (1974:174) om identitetsbeteckning för juridiska personer m.fl.",
    why: "Organisationsnumret avgör vem som är part och vem som får pengarna. Kontrollsiffran visar att en siffra är fel.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "party.forening.organisation_number = \"802000-1234\"",
        "party.forening.organisation_number",
    ),
    good: Example::agreement(&[], "party.kommun.organisation_number = \"212000-1132\"", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let parties = scope.agreement.party.iter();
    parties
        .filter_map(|(key, party)| {
            let number = party.organisation_number.known()?;
            let fault = fault(number)?;
            let message = format!("Organisationsnumret ”{number}” för {} {fault}.", party.called());
            Some(
                scope
                    .finding(&RULE, path!["party", key, "organisation_number"], message)
                    .help("Jämför med Skatteverkets registreringsbevis eller föreningens stadgar. Formen är 212000-1132."),
            )
        })
        .collect()
}

fn fault(number: &str) -> Option<&'static str> {
    let digits: Vec<u8> = number.trim().bytes().filter(|byte| *byte != b'-').collect();
    let is_divided_otherwise = number.chars().filter(char::is_ascii_digit).count() == 10
        && number.chars().all(|letter| letter.is_ascii_digit() || !letter.is_alphanumeric());
    if digits.len() != 10 && is_divided_otherwise {
        return Some("ska skrivas med bindestreck mellan de sex första och de fyra sista siffrorna");
    }
    let [_, _, third, ..] = digits.as_slice() else { return Some("har inte tio siffror") };
    if digits.len() != 10 || !digits.iter().all(u8::is_ascii_digit) {
        return Some("har inte tio siffror");
    }
    // The third digit tells an organisation number from a date of birth.
    if *third < b'2' {
        return Some("har en tredje siffra som inget organisationsnummer har");
    }
    (!check_digit::is_right(&digits)).then_some("har fel kontrollsiffra")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_and_the_shape_count() {
        assert_eq!(fault("212000-1132"), None);
        assert_eq!(fault(" 2120001132 "), None);
        assert_eq!(fault("212000-1133"), Some("har fel kontrollsiffra"));
        for number in ["", "21", "21200-1132", "212000-113x", "0212000-1132"] {
            assert_eq!(fault(number), Some("har inte tio siffror"), "{number}");
        }
        for number in ["212000 1132", "212000\u{a0}1132", "212000–1132", "212000.1132"] {
            assert!(fault(number).unwrap().contains("bindestreck"), "{number}");
        }
        // The third digit of an organisation number is two or more.
        for (number, fault_said) in [
            ("811228-9874", "tredje siffra"),
            ("802000-1234", "kontrollsiffra"),
            ("801999-0000", "tredje siffra"),
        ] {
            assert!(fault(number).unwrap().contains(fault_said), "{number}");
        }
    }
}
