//! A plain amount for each year or month, beside other amounts for the same days.

use crate::agreement::{Funding, Role};
use crate::date::Period;
use crate::finding::{Finding, Level, Place};
use crate::language::titles::beside_time;
use crate::measure::Measure;
use crate::payouts::{Component, period_of};
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP331",
    slug: "amounts-overlap",
    title: "Ett fast belopp per år står bredvid andra belopp för samma dagar",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "avtalets belopp",
    why: "Alla ersättningar läggs ihop. Står samma pengar både som ett belopp per år och som summor för halvåren betalas de två gånger.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "funding.arlig = { payer = \"kommun\", budget_line = \"social\", rate = { amount = 500_000, per = \"year\" } }",
        "funding.arlig",
    ),
    good: Example::agreement(
        &[],
        "funding.arlig = { title = \"Samordning\", payer = \"kommun\", budget_line = \"social\", rate = { amount = 50_000, per = \"year\" } }",
        "",
    ),
};

const HELP: &str =
    "Ta bort det belopp som inte gäller. Betalar de olika saker: ge ersättningarna varsin benämning (title).";

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let components = &scope.statement.components;
    let mut findings = Vec::new();
    for (number, one) in components.iter().enumerate().filter(|(_, one)| is_plain(one)) {
        // Two plain amounts are told once, at the later.
        let others = components.iter().enumerate().filter(|(position, other)| {
            *position != number && (!is_plain(other) || *position < number) && is_same(scope, one, other)
        });
        let others: Vec<&Component<'_>> = others.map(|(_, other)| other).collect();
        let Some(rate) = one.funding.rate.as_ref().filter(|_| !others.is_empty()) else { continue };
        let names: Vec<String> = others.iter().map(|other| format!("”{}”", other.key)).collect();
        let message = format!(
            "Ersättningen ”{}” är {} per {}, för samma dagar som {}. Alla belopp läggs ihop.",
            one.key,
            rate.amount,
            rate.per.label(),
            text::list(&names)
        );
        let mut finding = scope.finding(&RULE, one.path.clone(), message).help(HELP);
        finding = finding.measured(Measure::of_kronor(rate.amount));
        if is_beside(scope, one) {
            finding.level = Level::Note;
        }
        for other in others {
            finding = finding.related(Place::value(scope.file, other.path.clone()), "gäller samma dagar");
        }
        findings.push(finding);
    }
    findings.extend(components.iter().filter_map(|one| sum_of_its_parts(scope, one)));
    findings
}

/// That a sum is for the very days that other sums are for together, as a year is beside its halves.
fn sum_of_its_parts(scope: &Scope<'_>, one: &Component<'_>) -> Option<Finding> {
    let amount = one.funding.amount.known()?;
    let days = |component: &Component<'_>| period_of(component.funding, scope.money_time());
    let own = days(one)?;
    let parts: Vec<(&Component<'_>, Period)> = scope
        .statement
        .components
        .iter()
        .filter(|other| other.funding.amount.known().is_some() && is_same(scope, one, other))
        .filter_map(|other| Some((other, days(other)?)))
        .filter(|(_, part)| *part != own && own.contains(part))
        .collect();
    let covered: Vec<Period> = parts.iter().map(|(_, part)| *part).collect();
    if !own.without(&covered).is_empty() {
        return None;
    }
    let names: Vec<String> = parts.iter().map(|(other, _)| format!("”{}”", other.key)).collect();
    let message = format!(
        "Ersättningen ”{}” är {amount}, för samma dagar som {} tillsammans. Alla belopp läggs ihop.",
        one.key,
        text::list(&names)
    );
    let mut finding = scope.finding(&RULE, one.path.clone(), message).help(HELP);
    finding = finding.measured(Measure::of_kronor(*amount));
    for (other, _) in parts {
        finding = finding.related(Place::value(scope.file, other.path.clone()), "gäller samma dagar");
    }
    Some(finding)
}

/// Whether a supplement has added it to the agreement's amounts: it may be meant so.
fn is_beside(scope: &Scope<'_>, component: &Component<'_>) -> bool {
    component.supplement.is_some() && !scope.agreement.funding.contains_key(component.key)
}

/// Whether it is an amount for each year, half-year or month in which nothing is counted.
fn is_plain(component: &Component<'_>) -> bool {
    let funding = component.funding;
    let rate = funding.rate.as_ref().filter(|_| funding.amount.known().is_none());
    rate.is_some_and(|rate| rate.unit.is_none() && rate.per.months().is_some())
}

/// Whether two components pay the same for the same days: nothing that is said of them tells them apart.
fn is_same(scope: &Scope<'_>, one: &Component<'_>, other: &Component<'_>) -> bool {
    let (first, second) = (one.funding, other.funding);
    let days = period_of(first, scope.money_time()).zip(period_of(second, scope.money_time()));
    // Where one organisation is all there is, it is the payee also where none is named.
    let mut organisations = scope.agreement.parties(Role::CivilSociety);
    let only = organisations.next().filter(|_| organisations.next().is_none());
    let only =
        only.and_then(|only| scope.agreement.party.iter().find(|(_, party)| std::ptr::eq(*party, only)));
    let payee = |funding: &Funding| funding.payee.clone().or(only.map(|(key, _)| key.clone()));
    // A title that only says for which time it is tells nothing apart.
    let named = |funding: &Funding| beside_time(funding.title.as_deref().unwrap_or_default());
    let is_alike = first.payer == second.payer
        && named(first) == named(second)
        && payee(first) == payee(second)
        && first.payees.keys().eq(second.payees.keys());
    // What a decision or a supplement has added comes beside the rest, but for a plain amount that goes on: that may be meant to
    // take the place of the rest. What a supplement has put in the place of another is the agreement's.
    let is_own = |component: &Component<'_>| {
        if is_beside(scope, component) && is_plain(component) {
            return component.funding.decision.known().is_none();
        }
        let first = component
            .supplement
            .map_or(Some(component.funding), |_| scope.agreement.funding.get(component.key));
        first.is_some_and(|first| first.decision.known().is_none())
    };
    is_alike && is_own(one) && is_own(other) && days.is_some_and(|(one, other)| one.overlap(&other).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// The agreement has amounts for 2024 and for 2025.
    fn said(funding: &str) -> Vec<String> {
        let toml = format!("funding.arlig = {{ payer = \"kommun\", budget_line = \"social\", {funding} }}");
        let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
        findings.into_iter().map(|one| one.message.replace(text::NBSP, " ")).collect()
    }

    #[test]
    fn an_amount_a_year_is_the_same_money_as_sums_for_its_parts() {
        let nothing: [&str; 0] = [];
        assert_eq!(
            said("rate = { amount = 500_000, per = \"year\" }"),
            [
                "Ersättningen ”arlig” är 500 000 kronor per år, för samma dagar som ”2024” och ”2025”. Alla belopp läggs ihop."
            ]
        );
        assert_eq!(
            said(
                "rate = { amount = 40_000, per = \"month\" }, period = { start = \"2025-07-01\", end = \"2025-12-31\" }"
            ),
            [
                "Ersättningen ”arlig” är 40 000 kronor per månad, för samma dagar som ”2025”. Alla belopp läggs ihop."
            ]
        );
        assert_eq!(
            said("amount = 500_000"),
            [
                "Ersättningen ”arlig” är 500 000 kronor, för samma dagar som ”2024” och ”2025” tillsammans. Alla belopp läggs ihop."
            ]
        );
        assert_eq!(said("rate = { amount = 500_000, per = \"year\" }, payee = \"forening\"").len(), 1);
        for no_name in ["2024–2025", "Ersättning per år", "Årlig ersättning för hela avtalstiden"] {
            let told = said(&format!("rate = {{ amount = 500_000, per = \"year\" }}, title = \"{no_name}\""));
            assert_eq!(told.len(), 1, "{no_name}");
        }
        for told_apart in [
            "rate = { amount = 500_000, per = \"year\" }, title = \"Lokal\"",
            "rate = { amount = 500_000, per = \"year\" }, decision = \"hojning\"",
            "rate = { amount = 500_000, per = \"year\" }, payee = \"kommun\"",
            "rate = { amount = 500, unit = \"plats\", count = 3, per = \"year\" }",
            "rate = { amount = 500_000, per = \"year\" }, period = { start = \"2026-01-01\", end = \"2026-12-31\" }",
            "amount = 500_000, period = { start = \"2024-01-01\", end = \"2025-06-30\" }",
        ] {
            assert_eq!(said(told_apart), nothing, "{told_apart}");
        }
    }

    #[test]
    fn what_a_supplement_puts_in_the_place_of_an_amount_is_the_same_money_as_that_was() {
        let places = |supplement: &str| {
            let toml = format!(
                "funding.2024.title = \"År 2024\"\nfunding.2025.title = \"År 2025\"\n\
                 [supplement.s]\nnumber = 1\nchanges = \"Beloppet ändras.\"\ndated = 2024-06-01\n{supplement}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let rate =
            "payer = \"kommun\", budget_line = \"social\", rate = { amount = 500_000, per = \"year\" }";
        // The year's amount is now for each year, beside the sum of the other.
        assert_eq!(places(&format!("funding.2025 = {{ {rate} }}")), ["supplement.s.funding.2025"]);
        // Added beside the sums of the years it may be meant so, and is a note.
        assert_eq!(places(&format!("funding.mer = {{ {rate} }}")), ["supplement.s.funding.mer"]);
    }
}
