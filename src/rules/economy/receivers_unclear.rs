//! An amount goes to several, and what the agreement says of how they divide it cannot be.

use crate::finding::{Finding, Level};
use crate::payouts::{self, DivisionFault};
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP337",
    slug: "receivers-unclear",
    title: "Det framgår inte vem som får hur mycket av ett belopp",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "avtalets belopp",
    why: "Går ett belopp till flera organisationer betalas var och en det som avtalet säger. Blir delarna inte hela beloppet går det inte att säga vad någon av dem ska få, och beloppet visas som gemensamt.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "party.annan = { role = \"civil-society\", name = \"Annan förening\" }\nfunding.2025.payees = { forening = { share = \"60\" }, annan = { share = \"30\" } }",
        "funding.2025.payees",
    ),
    good: Example::agreement(
        &[],
        "party.annan = { role = \"civil-society\", name = \"Annan förening\" }\nfunding.2025.payees = { forening = { share = \"60\" }, annan = { share = \"40\" } }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let all = scope.agreement.stated_funding();
    all.filter_map(|(at, key, funding)| {
        let fault = payouts::division(funding, scope.money_time()).err()?;
        let (message, help) = match fault {
            DivisionFault::Twice => (
                format!("Ersättningen ”{key}” har både en mottagare (payee) och flera (payees)."),
                "Behåll payees om flera får den, annars payee.",
            ),
            DivisionFault::Alone => (
                format!("Ersättningen ”{key}” ska gå till flera (payees), men bara en är angiven."),
                "Skriv payee om bara en får den, annars de andra också.",
            ),
            DivisionFault::Mixed => (
                format!("Ersättningen ”{key}” delas på olika sätt mellan mottagarna."),
                "Ge var och en en andel (share), eller var och en ett belopp (amount), eller ingen något om fördelningen inte är angiven.",
            ),
            DivisionFault::Shares(sum) => (
                format!(
                    "Mottagarnas andelar av ersättningen ”{key}” är tillsammans {} procent, inte 100.",
                    sum.normalize().to_string().replace('.', ",")
                ),
                "Rätta andelarna. Är fördelningen inte angiven utelämnas de.",
            ),
            DivisionFault::Amounts(sum, whole, per) => (
                format!(
                    "Mottagarnas delar av ersättningen ”{key}” är tillsammans {sum}, men ersättningen är {whole}{}.",
                    per.map(|per| format!(" per {}", per.label())).unwrap_or_default()
                ),
                "Rätta delarna eller beloppet. Är fördelningen inte angiven utelämnas delarna.",
            ),
        };
        Some(scope.finding(&RULE, at.join("payees"), message).help(help))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;
    use crate::text;

    #[test]
    fn what_several_have_makes_the_amount() {
        let said = |payees: &str| {
            let toml = format!(
                "party.annan = {{ role = \"civil-society\", name = \"Annan förening\" }}\nfunding.2025.{payees}"
            );
            let found = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            found.into_iter().map(|one| one.message.replace(text::NBSP, " ")).collect::<Vec<_>>()
        };
        let nothing: [&str; 0] = [];
        for right in [
            "payees = { forening = {}, annan = {} }",
            "payees = { forening = { share = \"33,5\" }, annan = { share = \"66,5\" } }",
            "payees = { forening = { amount = 300_000 }, annan = { amount = 200_000 } }",
        ] {
            assert_eq!(said(right), nothing, "{right}");
        }
        assert_eq!(
            said("payees = { forening = { amount = 300_000 }, annan = { amount = 100_000 } }"),
            [
                "Mottagarnas delar av ersättningen ”2025” är tillsammans 400 000 kronor, men ersättningen är 500 000 kronor."
            ]
        );
        // A part of what is counted by the year is what that one gets each year, however long the agreement lasts.
        let yearly = "amount = \"not-stated\"\nfunding.2025.rate = { amount = 90_000, per = \"year\" }\n\
             funding.2025.payees = { forening = { amount = 40_000 }, annan = { amount = ";
        assert_eq!(said(&format!("{yearly}50_000 }} }}")), nothing);
        assert_eq!(
            said(&format!("{yearly}60_000 }} }}")),
            [
                "Mottagarnas delar av ersättningen ”2025” är tillsammans 100 000 kronor, men ersättningen är 90 000 kronor per år."
            ]
        );
        assert_eq!(
            said("payees = { forening = { share = \"60\" }, annan = { share = \"40,5\" } }"),
            ["Mottagarnas andelar av ersättningen ”2025” är tillsammans 100,5 procent, inte 100."]
        );
        for (mixed, start) in [
            (
                "payees = { forening = { share = \"60\" }, annan = {} }",
                "Ersättningen ”2025” delas på olika sätt",
            ),
            (
                "payees = { forening = { share = \"60\", amount = 1 }, annan = { share = \"40\" } }",
                "Ersättningen ”2025” delas på olika sätt",
            ),
            ("payees = { forening = {} }", "Ersättningen ”2025” ska gå till flera (payees), men bara en"),
            (
                "payees = { annan = {}, region = {} }\nfunding.2025.payee = \"forening\"",
                "Ersättningen ”2025” har både en mottagare",
            ),
        ] {
            let said = said(mixed);
            assert!(said.len() == 1 && said[0].starts_with(start), "{mixed}: {said:?}");
        }
    }
}
