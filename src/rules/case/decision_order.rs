//! The decisions did not come in the order that the guideline demands.

use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::records::DecisionKind;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP624",
    slug: "decision-order",
    title: "Besluten är inte fattade i den ordning som riktlinjerna kräver",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "kommunens riktlinjer",
    why: "Ett organ som ska bereda ärendet eller ta ställning först kan inte göra det i efterhand.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "decision.ks = { kind = \"other\", by = \"Kommunstyrelsen\", date = 2023-10-15 }\ndecision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-11-01 }",
        "decision.ks.date",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "decision.ks = { kind = \"other\", by = \"Kommunstyrelsen\", date = 2023-12-01 }\ndecision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-11-01 }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let (Some(guideline), Some(records)) = (scope.guideline, scope.records()) else { return Vec::new() };
    let order = &guideline.case.decision_order;
    let of_agreement = |kind: DecisionKind| matches!(kind, DecisionKind::Approval | DecisionKind::Other);
    let decided = |organ: &str| {
        let decisions = records.data.decision.iter().filter(|(_, one)| of_agreement(one.kind));
        let own = decisions.filter(|(_, one)| text::uncapitalised(&one.by) == text::uncapitalised(organ));
        own.min_by_key(|(_, one)| one.date)
    };
    let say = |place: Place, message: String, help: &str| {
        Finding::new(RULE.code, Level::Warning, place, message)
            .source(guideline.citation())
            .help(help.to_owned())
    };
    let mut findings = Vec::new();
    let mut before = None;
    for (number, organ) in order.iter().enumerate() {
        let later = order.iter().skip(number + 1).find_map(|later| Some((later, decided(later)?)));
        match (decided(organ), later) {
            (None, Some((later, (key, _)))) => {
                let message = format!(
                    "{} har beslutat, men inget beslut av {organ} är registrerat. Riktlinjerna kräver det först.",
                    text::capitalised(later)
                );
                let place = Place::value(&records.file, path!["decision", key]);
                findings.push(say(place, message, "Skriv beslutet i records/, eller pröva om det saknas."));
            }
            (Some((key, decision)), _) => {
                if let Some((earlier, day)) = before.filter(|(_, day)| decision.date < *day) {
                    let message = format!(
                        "{} beslutade {}, före {earlier} ({day}). Riktlinjerna kräver den omvända ordningen.",
                        text::capitalised(organ),
                        decision.date
                    );
                    let place = Place::value(&records.file, path!["decision", key, "date"]);
                    findings.push(say(
                        place,
                        message,
                        "Rätta datumet, eller låt organen besluta i rätt ordning.",
                    ));
                }
                before = Some((organ, decision.date));
            }
            (None, None) => {}
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn who_decides_later_has_waited_for_who_decides_first() {
        let order = "case.decision_order = [\"arbetsutskottet\", \"socialnämnden\"]";
        let said = |records: &'static str| {
            let order = Example::file("guidelines/adala-2019.toml", order, "");
            let findings = found(&RULE, &[order, Example::file("records/oppet-hus.toml", records, "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let first = "decision.au = { kind = \"other\", by = \"Arbetsutskottet\", date = 2023-12-01 }";
        let last = "decision.avtal = { kind = \"approval\", by = \"socialnämnden\", date = 2023-11-01 }";
        assert_eq!(said(first), Vec::<String>::new());
        assert_eq!(said(last), ["decision.avtal"]);
        assert_eq!(said(format!("{first}\n{last}").leak()), ["decision.avtal.date"]);
        assert_eq!(said(format!("{}\n{last}", first.replace("12-01", "11-01")).leak()), Vec::<String>::new());
    }
}
