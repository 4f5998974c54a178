//! The registry number does not look like the municipality's others.

use crate::finding::{Finding, Level};
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
    let Some(number) = scope.agreement.case.registry_number.known().map(|number| number.trim()) else {
        return Vec::new();
    };
    if forms.is_empty() || number.is_empty() || forms.iter().any(|form| has_form(number, form)) {
        return Vec::new();
    }
    let shown: Vec<String> = forms.iter().map(|form| format!("”{form}”")).collect();
    let message =
        format!("Diarienumret ”{number}” har inte formen {}, där 0 är en siffra.", text::either(&shown));
    vec![
        scope
            .guideline_finding(&RULE, path!["case", "registry_number"], message)
            .help("Jämför med diariet och rätta numret."),
    ]
}

/// Whether `text` is as `form` with a digit for each zero. No-break spaces count as spaces.
fn has_form(text: &str, form: &str) -> bool {
    let plain = |letter: char| if letter == text::NBSP { ' ' } else { letter };
    let mut letters = text.chars().map(plain);
    let fits = form.chars().map(plain).all(|expected| match (expected, letters.next()) {
        ('0', Some(letter)) => letter.is_ascii_digit(),
        (expected, letter) => letter == Some(expected),
    });
    fits && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_stands_for_a_digit() {
        assert!(has_form("SO 2022/0229", "SO 0000/0000"));
        assert!(has_form("SO\u{a0}2022/0229", "SO 0000/0000"));
        assert!(has_form("KSN-2016-1422", "KSN-0000-0000"));
        for wrong in ["SO 2022/229", "SO 2022/02299", "so 2022/0229", "SO 2022-0229", "", "SO 2022/022O"] {
            assert!(!has_form(wrong, "SO 0000/0000"), "{wrong}");
        }
    }
}
