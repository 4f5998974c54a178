//! The parts of a payout plan do not make the whole.

use rust_decimal::Decimal;

use crate::agreement::{PayoutPart, PayoutPlan};
use crate::finding::{Finding, Level};
use crate::measure::Measure;
use crate::money::{Money, Percent};
use crate::path;
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP308",
    slug: "payout-shares",
    title: "Utbetalningens delar blir inte hela beloppet",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "avtalets egna belopp",
    why: "Blir delarna mer eller mindre än hela beloppet betalas fel summa ut, eller så stannar en del.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "payout_plan.halvar.part.forst = { month = 1, share = \"50\" }\npayout_plan.halvar.part.sist = { month = 7, share = \"40\" }",
        "payout_plan.halvar.part",
    ),
    good: Example::agreement(
        &[],
        "payout_plan.halvar.part.forst = { month = 1, share = \"33,33\" }\npayout_plan.halvar.part.sist = { month = 7, rest = true }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let plans = scope.agreement.payout_plan.iter();
    plans
        .filter_map(|(key, plan)| {
            let (fault, measure) = fault(plan, &wholes(scope, plan))?;
            let message = format!("Utbetalningsplanen ”{key}”: {fault}");
            let help = "Låt delarna bli 100 procent eller hela beloppet, eller skriv rest = true för den sista delen.";
            let finding = scope.finding(&RULE, path!["payout_plan", key, "part"], message).help(help);
            Some(Finding { measure, ..finding })
        })
        .collect()
}

/// What is wrong with the parts of a plan, and how much they are beside the whole.
fn fault(plan: &PayoutPlan, wholes: &[Money]) -> Option<(String, Option<Measure>)> {
    let parts = || plan.part.values();
    if plan.part.is_empty() {
        return None;
    }
    let says = |part: &PayoutPart| {
        usize::from(part.share.is_some()) + usize::from(part.amount.is_some()) + usize::from(part.rest)
    };
    if let Some((name, part)) = plan.part.iter().find(|(_, part)| says(part) != 1) {
        let what = if says(part) == 0 {
            "varken andel, belopp eller resten"
        } else {
            "mer än ett av andel, belopp och resten"
        };
        return Some((format!("delen ”{name}” anger {what}."), None));
    }
    let rests = parts().filter(|part| part.rest).count();
    if rests > 1 {
        return Some(("fler än en del är resten.".to_owned(), None));
    }
    let shares: Decimal = parts().filter_map(|part| part.share).map(Percent::decimal).sum();
    if parts().any(|part| part.share.is_some_and(|share| share.decimal() <= Decimal::ZERO)) {
        return Some(("en andel är noll eller mindre.".to_owned(), None));
    }
    let amounts = parts().filter_map(|part| part.amount).try_fold(Money::ZERO, Money::checked_add)?;
    let hundred = Decimal::ONE_HUNDRED;
    let percent = crate::money::grouped(shares);
    let beside_hundred = shares.checked_sub(hundred).map(Measure::of_percent);
    // Beside that of the wholes that is nearest.
    let beside = |amounts: Money| {
        let apart = wholes.iter().filter_map(|whole| whole.checked_sub(amounts)).map(Measure::of_kronor);
        apart.min_by_key(|measure| measure.kronor)
    };
    if rests == 1 {
        if shares >= hundred {
            let message = format!("delarna är {percent} procent, och inget blir kvar till resten.");
            return Some((message, beside_hundred));
        }
        let leaves_nothing = |whole: &Money| {
            let part = whole.decimal().checked_mul(shares).and_then(|part| part.checked_div(hundred));
            let used = part.and_then(|part| part.checked_add(amounts.decimal()));
            used.is_none_or(|used| used >= whole.decimal())
        };
        let none_left = !wholes.is_empty() && wholes.iter().all(leaves_nothing);
        return none_left.then(|| {
            let message = format!(
                "delarna räcker till hela beloppet, och inget blir kvar till resten: {}.",
                expected(wholes)
            );
            (message, beside(amounts))
        });
    }
    if amounts == Money::ZERO {
        let message = || format!("delarna är tillsammans {percent} procent.");
        return (shares != hundred).then(|| (message(), beside_hundred));
    }
    if shares > Decimal::ZERO {
        return Some(("delarna blandar andelar och belopp utan att någon del är resten.".to_owned(), None));
    }
    let message = || format!("delarna är tillsammans {amounts}, men {}.", expected(wholes));
    (!wholes.is_empty() && !wholes.contains(&amounts)).then(|| (message(), beside(amounts)))
}

/// What the parts may make: the sum of the components, or each component where they all are alike.
fn wholes(scope: &Scope<'_>, plan: &PayoutPlan) -> Vec<Money> {
    let is_paid_by_it = |key: &str| plan.funding.is_empty() || plan.funding.iter().any(|named| named == key);
    let concerned = scope.statement.components.iter().filter(|one| is_paid_by_it(one.key));
    let amounts: Option<Vec<Money>> =
        concerned.map(|one| payouts::amount_of(one.funding, scope.money_time())).collect();
    let mut wholes: Vec<Money> = amounts.unwrap_or_default();
    wholes.extend(
        wholes.iter().copied().try_fold(Money::ZERO, Money::checked_add).filter(|_| wholes.len() > 1),
    );
    wholes
}

fn expected(wholes: &[Money]) -> String {
    match wholes {
        [only] => format!("beloppet är {only}"),
        [.., sum] => format!("beloppen är tillsammans {sum}"),
        [] => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault_of(parts: &str) -> Option<String> {
        let plan: PayoutPlan = toml::from_str(&format!("[part]\n{parts}")).unwrap();
        let whole = Money::kronor;
        fault(&plan, &[whole(300), whole(300), whole(600)]).map(|(fault, _)| fault)
    }

    #[test]
    fn parts_must_make_the_whole() {
        for right in [
            "a.share = \"33,34\"\nb.share = \"66,66\"",
            "a.share = \"99,99\"\nb.rest = true",
            "a.amount = 100\nb.amount = 200",
            "a.amount = 200\nb.amount = 400",
            "a.amount = 100\nb.share = \"10\"\nc.rest = true",
        ] {
            assert_eq!(fault_of(right), None, "{right}");
        }
        for wrong in [
            "a.share = \"33,33\"\nb.share = \"66,66\"",
            "a.share = \"100\"\nb.rest = true",
            "a.share = \"-10\"\nb.share = \"110\"",
            "a.share = \"0\"\nb.share = \"100\"",
            "a.rest = true\nb.rest = true",
            "a.amount = 100\nb.amount = 100",
            "a.amount = 100\nb.share = \"50\"",
            "a.month = 3",
            "a = { amount = 300, rest = true }",
            "a.amount = 600\nb.rest = true",
        ] {
            assert!(fault_of(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn a_fault_says_what_is_wrong_with_the_parts() {
        for (parts, said) in [
            ("a.month = 3", "delen ”a” anger varken andel, belopp eller resten."),
            ("a = { amount = 300, rest = true }", "delen ”a” anger mer än ett av andel, belopp och resten."),
            (
                "a.amount = 100\nb.share = \"50\"",
                "delarna blandar andelar och belopp utan att någon del är resten.",
            ),
            (
                "a.amount = 100\nb.amount = 100",
                "delarna är tillsammans 200 kronor, men beloppen är tillsammans 600 kronor.",
            ),
            (
                "a.amount = 600\nb.rest = true",
                "delarna räcker till hela beloppet, och inget blir kvar till resten: beloppen är tillsammans 600 kronor.",
            ),
        ] {
            assert_eq!(
                fault_of(parts).map(|said| said.replace('\u{a0}', " ")).as_deref(),
                Some(said),
                "{parts}"
            );
        }
        // A krona is left of the sum.
        assert_eq!(fault_of("a.amount = 599\nb.rest = true"), None);
    }

    #[test]
    fn the_parts_of_a_plan_for_one_component_make_that_amount() {
        let said = |parts: &str| {
            let toml = format!("payout_plan.halvar.funding = [\"2024\"]\n[payout_plan.halvar.part]\n{parts}");
            let findings = crate::rules::examples::found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| one.message.replace('\u{a0}', " ")).collect::<Vec<_>>()
        };
        let parts = |last: u32| {
            said(&format!("a = {{ month = 1, amount = 300_000 }}\nb = {{ month = 7, amount = {last} }}"))
        };
        assert_eq!(parts(200_000), Vec::<String>::new());
        assert_eq!(
            parts(200_001),
            [
                "Utbetalningsplanen ”halvar”: delarna är tillsammans 500 001 kronor, men beloppet är 500 000 kronor."
            ]
        );
    }
}
