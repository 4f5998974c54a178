//! The partnerships of a budget line cost more in a year than its frame.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::budget::{Budget, FrameStatus};
use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::money::Money;
use crate::path;
use crate::payouts::{BEYOND_BOUND, BOUND, BudgetYear, Share, WITH_PROPOSALS};
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::term::Commitment;
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP303",
    slug: "frame-exceeded",
    title: "Åtagandena är större än budgetramen",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "kommunens riktlinjer: överenskommelser ska rymmas i befintlig budgetram",
    why: "En nämnd får inte lova mer än den har. Summan räknas över hela registret, år för år. Ramen prövas först mot det som är avtalat eller beslutat, sedan med det som är föreslaget. En brist som bara beror på det som kan avböjas, på preliminär uppräkning eller på hur en summa för flera år fördelas är en not.",
    check: Check::Register(check),
    bad: Example {
        file: "budget.toml",
        remove: &[],
        toml: "line.social.year.2025.amount = 499_999",
        at: "line.social.year.2025.amount",
    },
    good: Example {
        file: "budget.toml",
        remove: &[],
        toml: "line.social.year.2025.amount = 500_000",
        at: "",
    },
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let Some(budget) = &scope.register.budget else { return Vec::new() };
    let years = &scope.budget_years;
    let findings = years.iter().filter_map(|year| {
        let found = finding(&budget.file, &budget.data, year, years)?;
        let is_unread = |share: &Share<'_>| scope.register.has_unread_records(share.agreement);
        Some(if year.shares.iter().any(is_unread) { uncertain(found) } else { found })
    });
    findings.collect()
}

/// The finding where nobody knows what has become of some of the agreements.
fn uncertain(found: Finding) -> Finding {
    let message =
        format!("{} Summan är osäker: det finns avtal vars händelser inte kan läsas.", found.message);
    Finding { level: Level::Note, message, ..found }
}

/// What a year costs, without what prices can still change: what a floor promises, they cannot.
fn firm(year: &BudgetYear<'_>, counted: &[Commitment]) -> Option<Money> {
    let preliminary = year.charged_sum_of(counted, |share| share.preliminary_adjustment)?;
    let promised = year.charged_sum_of(counted, |share| share.promised)?;
    Some(year.charge(counted)?.checked_sub(preliminary)?.checked_add(promised)?.rounded())
}

/// A sum that a frame does not hold.
struct Lack {
    sum: Money,
    missing: Money,
    level: Level,
    /// What of the sum lacks, in words.
    how: String,
    /// What is in the sum.
    counted: &'static [Commitment],
    /// Whether what prices may still take away is left in it.
    is_without_fall: bool,
    /// The years over which the sum is divided, where their frames hold it together.
    divided: Vec<i32>,
}

/// Whether the frame holds what is bound, then what is proposed as well, then what can still be declined. What only lacks
/// because of a value that can change, of how a sum for several years is divided, or of what can still be declined is a
/// note, whatever the frame. The sum is the budget's, except where a value that can change makes it lower.
fn lack(year: &BudgetYear<'_>, all: &[BudgetYear<'_>], grave: Level) -> Option<Lack> {
    let frame = year.frame?.amount;
    let beyond = |sum: Money| {
        let missing = sum.rounded().checked_sub(frame).filter(|missing| *missing > Money::ZERO)?;
        Some((sum.rounded(), missing))
    };
    for counted in [BOUND, WITH_PROPOSALS] {
        let whole = year.charge(counted)?;
        let preliminary = year.charged_sum_of(counted, |share| share.preliminary_adjustment)?;
        let is_adjusted = year.charged_sum_of(counted, |share| share.adjustment)? != preliminary;
        if let Some((firm_sum, firm_missing)) = beyond(firm(year, counted)?) {
            let divided = divided_within_frames(year, all, counted).unwrap_or_default();
            let more = beyond(whole).filter(|(_, missing)| *missing > firm_missing);
            let is_promised = year.charged_sum_of(counted, |share| share.promised)? > Money::ZERO;
            let adjusted = if is_promised {
                "med den lägsta uppräkning som avtalen anger (floor)"
            } else if is_adjusted {
                "med fastställd uppräkning"
            } else {
                "före uppräkning"
            };
            let is_without_fall = preliminary < Money::ZERO;
            let mut how = match more {
                Some(_) => format!(", varav {firm_missing} redan {adjusted}"),
                None if is_adjusted || is_promised || is_without_fall => format!(" {adjusted}"),
                None => String::new(),
            };
            if !divided.is_empty() {
                how.push_str(" när det som gäller flera år fördelas efter månader");
            }
            let is_sure = divided.is_empty() && !year.is_grant_open(counted);
            let level = if is_sure { grave } else { Level::Note };
            let (sum, missing) = more.unwrap_or((firm_sum, firm_missing));
            return Some(Lack { sum, missing, level, how, counted, is_without_fall, divided });
        }
        if let Some((sum, missing)) = beyond(whole) {
            let how = " med preliminär uppräkning".to_owned();
            let level = Level::Note;
            return Some(Lack {
                sum,
                missing,
                level,
                how,
                counted,
                is_without_fall: false,
                divided: Vec::new(),
            });
        }
    }
    let mut with_possible =
        BEYOND_BOUND.into_iter().filter(|(counted, _)| counted.contains(&Commitment::Possible));
    let (counted, when, (sum, missing)) =
        with_possible.find_map(|(counted, when)| Some((counted, when, beyond(year.charge(counted)?)?)))?;
    let (level, how) = (Level::Note, format!(" om {when}"));
    Some(Lack { sum, missing, level, how, counted, is_without_fall: false, divided: Vec::new() })
}

/// What is bound, and what the rest of the sum would add to it.
fn commitments(year: &BudgetYear<'_>, lack: &Lack) -> Option<String> {
    let of = |counted: &[Commitment]| {
        if lack.is_without_fall { firm(year, counted) } else { Some(year.charge(counted)?.rounded()) }
    };
    let bound = of(BOUND)?;
    if lack.counted == BOUND {
        return Some(format!("Åtagandena {} är {}.", year.year, lack.sum));
    }
    let is_proposed_counted = lack.counted.contains(&Commitment::Proposed);
    let with_proposals = if is_proposed_counted { of(WITH_PROPOSALS)? } else { bound };
    let proposed = with_proposals.checked_sub(bound)?;
    let possible = lack.sum.checked_sub(with_proposals)?;
    let added: Vec<String> = [(proposed, "det som är föreslaget"), (possible, "det som är möjligt")]
        .into_iter()
        .filter(|(amount, _)| *amount != Money::ZERO)
        .map(|(amount, what)| format!("{what} {amount}"))
        .collect();
    Some(format!(
        "Avtalat och beslutat {} är {bound}. Därtill kommer {}, tillsammans {}.",
        year.year,
        text::list(&added),
        lack.sum
    ))
}

/// The years of a line over which a sum is divided by days, where their frames together hold what they cost. The
/// agreement does not say how much each of them costs, so a lack in one of them may be nothing but the division.
fn divided_within_frames(
    year: &BudgetYear<'_>,
    all: &[BudgetYear<'_>],
    counted: &[Commitment],
) -> Option<Vec<i32>> {
    let divided: BTreeSet<(&str, &str)> = year
        .shares
        .iter()
        .filter(|share| share.is_divided)
        .map(|share| (share.agreement, share.funding))
        .collect();
    let holds = |other: &&BudgetYear<'_>| {
        let mut shares = other.shares.iter();
        other.line == year.line && shares.any(|share| divided.contains(&(share.agreement, share.funding)))
    };
    let concerned: Vec<&BudgetYear<'_>> = all.iter().filter(holds).collect();
    let left = concerned.iter().try_fold(Money::ZERO, |sum, other| {
        sum.checked_add(other.frame?.amount.checked_sub(firm(other, counted)?)?)
    })?;
    (concerned.len() > 1 && left >= Money::ZERO).then(|| concerned.iter().map(|year| year.year).collect())
}

fn finding(
    file: &Arc<str>,
    budget: &Budget,
    year: &BudgetYear<'_>,
    all: &[BudgetYear<'_>],
) -> Option<Finding> {
    let (key, frame) = (year.line?, year.frame?);
    let line = budget.line.get(key)?;
    let (grave, called) = firmness(frame.status);
    let lack = lack(year, all, grave)?;
    let Lack { missing, how, counted, divided, .. } = &lack;
    let together = if divided.is_empty() {
        String::new()
    } else {
        let years: Vec<String> = divided.iter().map(i32::to_string).collect();
        format!(" Ramarna för {} räcker tillsammans.", text::list(&years))
    };
    let message = format!(
        "{} {}Ramen för ”{}” är {} ({called}; {}). Det fattas {missing}{how}.{together}",
        commitments(year, &lack)?,
        by_grants(year, counted)?,
        line.title,
        frame.amount,
        frame.source
    );
    let place = Place::value(file, path!["line", key, "year", year.year.to_string(), "amount"]);
    let mut finding = Finding::new(RULE.code, lack.level, place, message)
        .source(RULE.source)
        .measured(Measure::of_kronor(*missing))
        .help("Kontrollera ramen med ekonomen före manusstopp, eller ändra beloppen.");
    let is_counted = |share: &Share| counted.contains(&share.commitment);
    for share in year.shares.iter().filter(|share| is_counted(share) || share.outcome != Money::ZERO) {
        let place = Place::value(share.file, share.path());
        let how = if share.is_divided { " (fördelat efter månader)" } else { "" };
        let most = if share.ceiling { "högst " } else { "" };
        finding = finding.related(
            place,
            format!(
                "{} {most}{} år {}{how}",
                share.commitment.label(),
                share.expected(is_counted(share)).rounded(),
                year.year
            ),
        );
    }
    Some(finding)
}

/// That a frame is for what state grants leave, with what they pay or that nobody knows it.
fn by_grants(year: &BudgetYear<'_>, counted: &[Commitment]) -> Option<String> {
    let paid = year.granted(counted)?;
    let open = year.is_grant_open(counted);
    Some(match (paid == Money::ZERO, open) {
        (true, false) => String::new(),
        (false, false) => format!("Statsbidrag på {} är avdraget. ", paid.rounded()),
        (true, true) => "Statsbidraget är inte angivet och inte avdraget. ".to_owned(),
        (false, true) => format!(
            "Statsbidrag på {} är avdraget; hur mycket mer statsbidrag betalar är inte angivet. ",
            paid.rounded()
        ),
    })
}

/// How grave a lack is and what the frame is called.
fn firmness(status: FrameStatus) -> (Level, &'static str) {
    match status {
        FrameStatus::Decided => (Level::Error, "beslutad"),
        FrameStatus::Plan => (Level::Warning, "enligt plan"),
        FrameStatus::Assumed => (Level::Note, "antaget värde, inte beslutat"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// One component for both years in the place of one for each, of the frames 500 000 kronor a year.
    fn said(amount: &str) -> Vec<(Level, String)> {
        let toml = format!(
            "funding.b = {{ payer = \"kommun\", budget_line = \"social\", {amount}, \
             period = {{ start = 2024-01-01, end = 2025-12-16 }} }}"
        );
        let remove = &["funding.2024", "funding.2025"];
        let findings = found(&RULE, &[Example::agreement(remove, toml.leak(), "")]);
        findings.into_iter().map(|one| (one.level, one.message.replace('\u{a0}', " "))).collect()
    }

    #[test]
    fn how_a_sum_for_several_years_is_divided_is_no_lack() {
        // 2024 has 12 of 23 and 16/31 months: 1 000 000 × 372 ÷ 729 = 510 288,07.
        let divided = said("amount = 1_000_000");
        assert_eq!(divided.len(), 1, "{divided:?}");
        assert_eq!(divided[0].0, Level::Note);
        assert!(
            divided[0].1.ends_with(
                "Det fattas 10 288 kronor när det som gäller flera år fördelas efter månader. Ramarna för 2024 och 2025 räcker tillsammans."
            ),
            "{divided:?}"
        );
        let lacking = said("amount = 1_000_001");
        assert!(lacking.iter().any(|(level, _)| *level == Level::Error), "{lacking:?}");
        assert_eq!(said("rate = { amount = 41_666, unit = \"plats\", count = 1, per = \"month\" }"), []);
    }

    /// What is said of 2025 with this frame and this change to the agreement, which costs 500 000 kronor that year.
    fn lack(frame: u32, toml: &'static str) -> Vec<(Level, String)> {
        let frame =
            Example::file("budget.toml", format!("line.social.year.2025.amount = {frame}").leak(), "");
        let findings = found(&RULE, &[frame, Example::agreement(&[], toml, "")]);
        let said = |message: &str| {
            let plain = message.replace('\u{a0}', " ");
            plain.split_once("Det fattas ").map(|(_, rest)| rest.to_owned()).unwrap_or_default()
        };
        findings.iter().map(|one| (one.level, said(&one.message))).collect()
    }

    #[test]
    fn a_lack_says_whether_adjustment_or_what_is_undecided_is_counted() {
        let firm = "indexation.fast = { flat = \"2\", amounts = \"before-adjustment\", years = [2025] }";
        let provisional =
            "indexation.pris = { series = \"priser\", amounts = \"before-adjustment\", years = [2025] }";
        let undecided = "status = \"signed\"\nfunding.2025.decision = \"tillskott\"";
        // Half of the year is agreed, the other half can still be left unused.
        let possible = "status = \"signed\"\nterm = { end = 2025-06-30, option.a = { months = 12 } }";
        for (frame, toml, level, said) in [
            (499_999, "", Level::Error, "1 krona."),
            (499_999, "status = \"signed\"", Level::Error, "1 krona."),
            (509_999, firm, Level::Error, "1 krona med fastställd uppräkning."),
            // 2,1 per cent of 500 000 kronor that may change.
            (510_499, provisional, Level::Note, "1 krona med preliminär uppräkning."),
            (499_999, provisional, Level::Error, "10 501 kronor, varav 1 krona redan före uppräkning."),
            (499_999, undecided, Level::Error, "1 krona."),
            (499_999, possible, Level::Note, "1 krona om det som är möjligt blir av."),
        ] {
            assert_eq!(lack(frame, toml), [(level, said.to_owned())], "{frame} {toml}");
            // Where the lack is a krona, a krona more is enough.
            if said.starts_with("1 krona") && (frame, toml) != (499_999, provisional) {
                assert_eq!(lack(frame + 1, toml), [], "{frame} {toml}");
            }
        }
    }

    #[test]
    fn what_is_bound_and_what_is_not_are_told_apart() {
        let changes = [
            Example::file("budget.toml", "line.social.year.2025.amount = 499_999", ""),
            Example::agreement(&[], "", ""),
        ];
        let findings = found(&RULE, &changes);
        let message = findings[0].message.replace('\u{a0}', " ");
        assert!(
            message.starts_with(
                "Avtalat och beslutat 2025 är 0 kronor. Därtill kommer det som är föreslaget 500 000 kronor, tillsammans 500 000 kronor."
            ),
            "{message}"
        );
    }
}
