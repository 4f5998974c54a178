//! The term has run out, but the status says that the agreement is still to come or in force.

use crate::agreement::Status;
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP203",
    slug: "term-passed",
    title: "Avtalstiden har gått ut men statusen är inte ändrad",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "god sed: registret ska visa vad som gäller i dag",
    why: "Den som läser registret tror annars att avtalet gäller eller ska beslutas.",
    check: Check::Life(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["funding.2025"],
        toml: "term.end = 2024-06-30\nfunding.2024.period.end = 2024-06-30",
        at: "status",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["funding.2025"],
        toml: "status = \"ended\"\nterm.end = 2024-06-30\nfunding.2024.period.end = 2024-06-30",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let Some(last) = scope.life().holding().next_back() else { return Vec::new() };
    let Some(end) = last.to.filter(|end| agreement.status != Status::Ended && *end < scope.as_of) else {
        return Vec::new();
    };
    let life = scope.life();
    let how = life.early_end.as_ref().and_then(|early| early.how(life.standing));
    let how = how.map_or_else(String::new, |how| format!(" ({how})"));
    let message = format!(
        "Avtalstiden slutade {end}{how}, men statusen är ”{}” ({}).",
        agreement.status.label(),
        scope.as_of
    );
    vec![
        scope
            .finding(&RULE, path!["status"], message)
            .help("Ta reda på hur det gick och ändra status till \"ended\", eller lägg till den förlängning som gäller.")
            .related(Place::value(scope.file, last.ends_at.clone()), "avtalstidens slut"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn the_last_day_is_that_of_the_latest_extension() {
        let place = |toml| {
            let found = found(&RULE, &[Example::agreement(&["funding.2025"], toml, "")]);
            found.first().map(|finding| finding.related[0].place.path.to_string())
        };
        let ended = "term.end = 2024-06-30\nfunding.2024.period.end = 2024-06-30\n";
        assert_eq!(place(ended).as_deref(), Some("term.end"));
        let extended = "term.end = 2024-06-30\nfunding.2024.period.end = 2024-06-30\n\
                        extension.a.until = 2024-12-31\nextension.b.until = 2024-09-30";
        assert_eq!(place(extended).as_deref(), Some("extension.a.until"));
        let early = "term.ended = 2024-06-30\nterm.renewal.months = 12";
        assert_eq!(place(early).as_deref(), Some("term.ended"));
        // Until 1 March 2025, the day that counts as today, it holds.
        let holds =
            "term.end = 2024-06-30\nfunding.2024.period.end = 2024-06-30\nextension.a.until = 2025-03-01";
        assert_eq!(place(holds), None);
        let renewed = |status: &str| {
            let toml = format!(
                "status = \"{status}\"\nterm.end = 2024-06-30\nfunding.2024.period.end = 2024-06-30\n\
                 term.renewal = {{ months = 12, until = 2025-03-01 }}"
            );
            place(toml.leak())
        };
        assert_eq!(renewed("signed"), None);
        // What nobody has decided is not renewed by itself.
        assert_eq!(renewed("proposed").as_deref(), Some("term.end"));
    }

    #[test]
    fn the_agreement_holds_on_its_last_day_and_an_extension_to_it_moves_nothing() {
        let place = |end: &str, more: &str| {
            let toml = format!("term.end = {end}\n{more}").leak();
            let findings = found(&RULE, &[Example::agreement(&["funding.2025"], toml, "")]);
            findings.first().map(|finding| finding.related[0].place.path.to_string())
        };
        assert_eq!(place("2025-03-01", ""), None);
        assert_eq!(place("2025-02-28", "").as_deref(), Some("term.end"));
        assert_eq!(place("2025-02-27", "extension.a.until = 2025-02-27").as_deref(), Some("term.end"));
        assert_eq!(
            place("2025-02-27", "extension.a.until = 2025-02-28").as_deref(),
            Some("extension.a.until")
        );
    }
}
