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
use crate::schedule::LateCut;
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
    findings.extend(cuts.iter().filter_map(|cut| differs(scope, cut)));
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

/// Whether what is on record for the payouts of a day is another sum than the reports take off, or can take off.
fn differs(scope: &Scope<'_>, cut: &LateCut) -> Option<Finding> {
    let first = cut.reports.first()?;
    let records = scope.records();
    let is_off = |one: &Deduction| one.kind == DeductionKind::Reduction && cut.payouts.contains(&one.payout);
    let recorded: Vec<(&String, &Deduction)> = records
        .into_iter()
        .flat_map(|records| records.data.deduction.iter())
        .filter(|(_, one)| is_off(one))
        .collect();
    let off = recorded.iter().try_fold(Money::ZERO, |sum, (_, one)| sum.checked_add(one.amount))?;
    if (cut.at_least..=cut.amount).contains(&off) || scope.has_unread_records() {
        return None;
    }
    let reports: Vec<String> = cut.reports.iter().map(ToString::to_string).collect();
    let names = text::list(&cut.payouts);
    let how = if cut.at_least == cut.amount {
        format!("ska {}", cut.amount)
    } else {
        format!("ska {} och kan {}", cut.at_least, cut.amount)
    };
    let because = format!("{}. Av {names} ({}) {how} dras av", text::list(&reports), cut.sum);
    let (finding, over) = match recorded.as_slice() {
        [] => {
            let message = format!("{because}, men inget avdrag är infört.");
            let finding = scope.finding(&RULE, first.path.clone(), message);
            let help = format!(
                "Skriv [deduction.NAMN] i records/ med kind = \"reduction\", amount, payout = \"{}\", reason och beslutet. Har någon beslutat att inte göra avdraget: godta anmärkningen i [waiver].",
                cut.payouts.first().map(String::as_str).unwrap_or_default()
            );
            (finding.help(help), cut.at_least)
        }
        [(key, _), ..] => {
            let place = Place::value(&records?.file, path!["deduction", key.as_str(), "amount"]);
            let message = format!("{because}, men {off} är infört.");
            let finding = Finding::new(RULE.code, Level::Warning, place, message).source(RULE.source);
            let over = cut.at_least.checked_sub(off)?.max(off.checked_sub(cut.amount)?);
            (finding.help("Rätta avdraget, eller skriv av vilket skäl det är ett annat."), over)
        }
    };
    Some(finding.measured(Measure::of_kronor(over)))
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
    fn a_cut_is_on_record_with_its_sum() {
        let nothing: [&str; 0] = [];
        let reduction = |amount: u32| {
            format!(
                "[deduction.sen]\nkind = \"reduction\"\ndate = 2025-03-01\namount = {amount}\npayout = \"2025#2\"\nreason = \"rapporten kom för sent\"\n"
            )
        };
        let late = "sen = { share = \"20\" }";
        assert_eq!(said(late, "2025-03-01", &reduction(50_000)), nothing);
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
