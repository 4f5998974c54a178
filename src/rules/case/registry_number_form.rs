//! The registry number does not look like the municipality's others.

use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP604",
    slug: "registry-number-form",
    title: "Diarienumret har inte kommunens form",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "kommunens riktlinjer",
    why: "Ett felskrivet diarienummer leder till fel ärende eller inget alls.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "case.registry_number = \"SN 2023-101\"", "case.registry_number"),
    good: Example::agreement(&[], "case.registry_number = \"SN 2024/0007\"", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let forms = scope.guideline.map_or(&[][..], |guideline| &guideline.case.registry_number);
    if forms.is_empty() {
        return Vec::new();
    }
    let shown: Vec<String> = forms.iter().map(|form| format!("”{form}”")).collect();
    let finding = |number: &str, place: Place| {
        let message =
            format!("Diarienumret ”{number}” har inte formen {}, där 0 är en siffra.", text::either(&shown));
        let mut finding = scope.guideline_finding(&RULE, KeyPath::root(), message);
        finding.place = place;
        finding.help("Jämför med diariet och rätta numret.")
    };
    let own = scope.agreement.case.registry_number.known().map(|number| number.trim());
    let own = own
        .filter(|number| !number.is_empty() && !forms.iter().any(|form| text::has_form(number, form)))
        .map(|number| finding(number, Place::value(scope.file, path!["case", "registry_number"])));
    let decided = scope.records().into_iter().flat_map(|records| {
        let decisions =
            records.data.decision.iter().map(|(key, one)| ("decision", key, &one.registry_number));
        let waivers = records.data.waiver.iter().map(|(key, one)| ("waiver", key, &one.registry_number));
        decisions.chain(waivers).filter_map(|(table, key, number)| {
            let number = number.as_deref()?.trim();
            let is_wrong = !forms.iter().any(|form| has_form_of_any_organ(number, form));
            let place = Place::value(&records.file, path![table, key, "registry_number"]);
            is_wrong.then(|| finding(number, place))
        })
    });
    own.into_iter().chain(decided).collect()
}

/// Whether `text` is as `form` but for the letters that it begins with: other organs than the case's own decide too,
/// and keep registers of their own.
fn has_form_of_any_organ(text: &str, form: &str) -> bool {
    let after_letters = |text: &str| {
        let rest = text.trim_start_matches(char::is_alphabetic);
        (text.len() > rest.len(), rest.to_owned())
    };
    let ((text_begins, text_rest), (form_begins, form_rest)) = (after_letters(text), after_letters(form));
    text_begins == form_begins && text::has_form(&text_rest, &form_rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn numbers_in_the_records_are_tested_too() {
        let places = |number: &str| {
            let toml = format!(
                "decision.avtal = {{ kind = \"approval\", by = \"Socialnämnden\", date = 2023-12-01, registry_number = \"{number}\" }}\n\
                 waiver.x = {{ code = \"IOP201\", path = \"term.end\", date = 2024-01-01, registry_number = \"{number}\" }}"
            );
            let example = Example::file("records/oppet-hus.toml", toml.leak(), "");
            let findings = found(&RULE, &[example]);
            findings.iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
        };
        for wrong in ["123", "2023/0101", "SN 2023/101"] {
            assert_eq!(
                places(wrong),
                ["decision.avtal.registry_number", "waiver.x.registry_number"],
                "{wrong}"
            );
        }
        // The council has a register of its own.
        for right in ["SN 2023/0101", "KS 2023/0101", "KSN-2023-0101"] {
            assert_eq!(places(right), Vec::<String>::new(), "{right}");
        }
    }

    #[test]
    fn a_zero_stands_for_a_digit() {
        assert!(text::has_form("SO 2022/0229", "SO 0000/0000"));
        assert!(text::has_form("SO\u{a0}2022/0229", "SO 0000/0000"));
        assert!(text::has_form("KSN-2016-1422", "KSN-0000-0000"));
        for wrong in ["SO 2022/229", "SO 2022/02299", "so 2022/0229", "SO 2022-0229", "", "SO 2022/022O"] {
            assert!(!text::has_form(wrong, "SO 0000/0000"), "{wrong}");
        }
    }
}
