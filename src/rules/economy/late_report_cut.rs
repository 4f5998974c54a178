//! A report came late, and what the agreement then takes off a payout is not on record, or is another sum.

use rust_decimal::Decimal;

use crate::agreement::Duty;
use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::measure::Measure;
use crate::money::Money;
use crate::path;
use crate::records::{Deduction, DeductionKind};
use crate::register::id_of;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::schedule::{CutPart, LateCut, parts_in_words};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP333",
    slug: "late-report-cut",
    title: "En rapport kom för sent, och avdraget som följer av det stämmer inte",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "avtalets uppföljning",
    why: "Säger avtalet att en sen rapport minskar nästa utbetalning ska avdraget vara infört, med rätt belopp. Annars betalas mer än avtalat, eller mindre.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "follow_up.arsrapport.late.sen = { after_days = 0, share = \"120\" }",
        "follow_up.arsrapport.late.sen.share",
    ),
    good: Example::agreement(&[], "follow_up.arsrapport.late.sen = { after_days = 0, share = \"20\" }", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let duties = || scope.agreement.follow_up.iter().filter(|(_, duty)| !duty.late.is_empty());
    let mut findings = Vec::new();
    for (key, duty) in duties() {
        findings.extend(unclear(key, duty).map(|(path, message)| {
            scope
                .finding(&RULE, path, message)
                .help("Läs avtalet igen och rätta andelen eller antalet dagar.")
        }));
    }
    let known = scope.register.agreements.get_key_value(id_of(scope.file));
    let Some((id, entry)) = known else { return findings };
    // What has not come can be later still.
    let cuts = scope.scheduler.late_cuts(id, entry, scope.statement, false);
    if !scope.has_unread_records() {
        findings.extend(cuts.iter().flat_map(|cut| differs(scope, cut)));
    }
    findings
}

/// What in the agreement's own words cannot be.
fn unclear<'a>(key: &'a str, duty: &'a Duty) -> impl Iterator<Item = (KeyPath, String)> + 'a {
    duty.late.iter().enumerate().filter_map(move |(number, (name, cut))| {
        let path = path!["follow_up", key, "late", name];
        let share = cut.share.decimal();
        if share <= Decimal::ZERO || share > Decimal::ONE_HUNDRED {
            return Some((
                path.join("share"),
                format!("Avdraget för en sen rapport är {}, och det går inte.", cut.share),
            ));
        }
        let is_again = duty.late.values().take(number).any(|other| other.after_days == cut.after_days);
        is_again.then(|| {
            let message = format!("Två avdrag gäller en rapport som är mer än {} dagar sen.", cut.after_days);
            (path.join("after_days"), message)
        })
    })
}

/// Where what is on record for a payout is another sum than the reports take off it, or can take off it. Payouts of which nothing
/// is on record are told together.
fn differs(scope: &Scope<'_>, cut: &LateCut) -> Vec<Finding> {
    let recorded = |part: &CutPart| -> Vec<(&String, &Deduction)> {
        let all = scope.records().into_iter().flat_map(|records| records.data.deduction.iter());
        // Money that has come back has been taken off as well.
        all.filter(|(_, one)| one.kind != DeductionKind::Credit && one.payout == part.payout).collect()
    };
    let mut findings = Vec::new();
    let mut missing = Vec::new();
    for part in &cut.parts {
        let own = recorded(part);
        let off = own.iter().try_fold(Money::ZERO, |sum, (_, one)| sum.checked_add(one.amount));
        let is_it = |off: &Money| (part.at_least..=part.amount).contains(off);
        // What is taken off beside it has another reason.
        if own.iter().any(|(_, one)| is_it(&one.amount)) {
            continue;
        }
        // A sum beyond what can be counted is told at the deductions.
        let Some(off) = off.filter(|off| !is_it(off)) else { continue };
        match own.first() {
            None => missing.push(part),
            Some((key, _)) => findings.extend(is_another(scope, cut, part, (key, off))),
        }
    }
    findings.extend(is_missing(scope, cut, &missing));
    findings
}

/// That nothing is on record of what is taken off some payouts.
fn is_missing(scope: &Scope<'_>, cut: &LateCut, missing: &[&CutPart]) -> Option<Finding> {
    let at_least = missing.iter().try_fold(Money::ZERO, |sum, part| sum.checked_add(part.at_least))?;
    let (path, parts) = (cut.reports.first()?.path.clone(), parts_in_words(missing.iter().copied()));
    let message =
        format!("{}. {} dras av, men inget avdrag är infört.", cut.because(), text::capitalised(&parts));
    let what = match missing {
        [] => return None,
        [only] => format!(
            "Skriv [deduction.NAMN] i records/ med kind = \"reduction\", amount, payout = \"{}\", reason och beslutet.",
            only.payout
        ),
        several => {
            let each =
                several.iter().map(|part| format!("{} med payout = \"{}\"", part.at_least, part.payout));
            format!(
                "Skriv en [deduction.NAMN] i records/ för varje utbetalning, med kind = \"reduction\", reason och beslutet: {}.",
                text::list(&each.collect::<Vec<_>>())
            )
        }
    };
    let help = format!("{what} Har någon beslutat att inte göra avdraget: godta anmärkningen i [waiver].");
    Some(scope.finding(&RULE, path, message).help(help).measured(Measure::of_kronor(at_least)))
}

/// That another sum is on record, at the first deduction of it.
fn is_another(
    scope: &Scope<'_>,
    cut: &LateCut,
    part: &CutPart,
    (key, off): (&str, Money),
) -> Option<Finding> {
    let place = Place::value(&scope.records()?.file, path!["deduction", key, "amount"]);
    let message =
        format!("{}. {} dras av, men {off} är infört.", cut.because(), text::capitalised(&part.to_string()));
    let over = part.at_least.checked_sub(off)?.max(off.checked_sub(part.amount)?);
    let finding = Finding::new(RULE.code, Level::Warning, place, message).source(RULE.source);
    Some(
        finding
            .measured(Measure::of_kronor(over))
            .help("Rätta avdraget, eller skriv av vilket skäl det är ett annat."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// The report for 2024 is due on 28 February 2025; 250 000 kronor are paid in July.
    fn said(late: &str, came: &str, deduction: &str) -> Vec<String> {
        let late = format!("follow_up.arsrapport.late = {{ {late} }}");
        let records = format!(
            "[report.ar]\nduty = \"arsrapport\"\nperiod = {{ start = 2024-01-01, end = 2024-12-31 }}\ndate = {came}\n{deduction}"
        );
        let changes = [
            Example::agreement(&[], late.leak(), ""),
            Example::file("records/oppet-hus.toml", records.leak(), ""),
        ];
        let found = found(&RULE, &changes).into_iter();
        found.map(|one| format!("{}: {}", one.place.path, one.message.replace(text::NBSP, " "))).collect()
    }

    #[test]
    fn a_cut_follows_from_how_late_the_report_is() {
        let nothing: [&str; 0] = [];
        let late = "sen = { share = \"20\" }, mycket = { after_days = 14, share = \"50\" }";
        assert_eq!(said(late, "2025-02-28", ""), nothing);
        assert_eq!(
            said(late, "2025-03-01", ""),
            [
                "follow_up.arsrapport.late.sen: Årlig uppföljningsrapport, 2024 kom en dag för sent. Av 2025#2 (250 000 kronor) ska 50 000 kronor dras av, men inget avdrag är infört."
            ]
        );
    }

    #[test]
    fn each_of_several_payouts_has_its_part_of_a_cut() {
        let two = "funding.kultur = { title = \"Kultur\", payer = \"kommun\", budget_line = \"social\", amount = 100_000, period = { start = 2025-01-01, end = 2025-12-31 } }\n";
        let told = |deductions: &str| {
            let toml = format!("{two}follow_up.arsrapport.late = {{ sen = {{ share = \"20\" }} }}");
            let records = format!(
                "[report.ar]\nduty = \"arsrapport\"\nperiod = {{ start = 2024-01-01, end = 2024-12-31 }}\ndate = 2025-03-01\n{deductions}"
            );
            let changes = [
                Example::agreement(&[], toml.leak(), ""),
                Example::file("records/oppet-hus.toml", records.leak(), ""),
            ];
            let plain = |text: String| text.replace(text::NBSP, " ");
            let found = found(&RULE, &changes).into_iter();
            found
                .map(|one| (plain(format!("{}: {}", one.place.path, one.message)), plain(one.help.unwrap())))
                .collect::<Vec<_>>()
        };
        let both = told("");
        let [(message, help)] = both.as_slice() else { panic!("{both:?}") };
        assert_eq!(
            message,
            "follow_up.arsrapport.late.sen: Årlig uppföljningsrapport, 2024 kom en dag för sent. Av 2025#2 (250 000 kronor) ska 50 000 kronor och av kultur#2 (50 000 kronor) ska 10 000 kronor dras av, men inget avdrag är infört."
        );
        assert!(
            help.contains(
                "50 000 kronor med payout = \"2025#2\" och 10 000 kronor med payout = \"kultur#2\""
            ),
            "{help}"
        );
        let reduction = |key: &str, amount: u32| {
            format!(
                "[deduction.{}]\nkind = \"reduction\"\ndate = 2025-03-01\namount = {amount}\npayout = \"{key}#2\"\nreason = \"sen\"\n",
                if key == "2025" { "a" } else { "b" }
            )
        };
        // All of it taken off the one is too much of that and nothing of the other.
        let one = told(&reduction("2025", 60_000));
        let starts: Vec<&str> = one.iter().map(|(message, _)| message.split(':').next().unwrap()).collect();
        assert_eq!(starts, ["follow_up.arsrapport.late.sen", "deduction.a.amount"], "{one:?}");
        assert!(one[0].1.contains("payout = \"kultur#2\""), "{one:?}");
        assert_eq!(told(&(reduction("2025", 50_000) + &reduction("kultur", 10_000))), []);
    }

    #[test]
    fn a_cut_is_on_record_with_its_sum() {
        let nothing: [&str; 0] = [];
        let reduction = |amount: u32| {
            format!(
                "[deduction.sen]\nkind = \"reduction\"\ndate = 2025-03-01\namount = {amount}\npayout = \"2025#2\"\nreason = \"rapporten kom för sent\"\n"
            )
        };
        let late = "sen = { share = \"20\" }";
        assert_eq!(said(late, "2025-03-01", &reduction(50_000)), nothing);
        let other = reduction(30_000).replace("deduction.sen", "deduction.stangd");
        assert_eq!(said(late, "2025-03-01", &(reduction(50_000) + &other)), nothing);
        assert_eq!(said(late, "2025-03-01", &reduction(40_000)).len(), 1);
        assert!(said(late, "2025-03-01", &reduction(40_000))[0].starts_with("deduction.sen.amount: "));
        assert_eq!(
            said("sen = { share = \"0\" }, igen = { share = \"20\" }", "2025-02-28", ""),
            [
                "follow_up.arsrapport.late.sen.share: Avdraget för en sen rapport är 0 procent, och det går inte.",
                "follow_up.arsrapport.late.igen.after_days: Två avdrag gäller en rapport som är mer än 0 dagar sen."
            ]
        );
    }
}
