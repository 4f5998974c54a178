//! The budget frame cannot be judged: it is assumed, missing for a year, or no line is named.

use chrono::{Datelike, NaiveDate};

use crate::budget::{BudgetLine, Frame, FrameStatus};
use crate::finding::{Finding, Level, Mention, Place, Spread};
use crate::measure::Measure;
use crate::path;
use crate::payouts::{self, AgreementStatement};
use crate::register::Register;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP304",
    slug: "frame-uncertain",
    title: "Det går inte att avgöra om budgetramen räcker",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "kommunens riktlinjer: överenskommelser ska rymmas i befintlig budgetram",
    why: "Ett antaget värde säger inget om nämndens verkliga ram. Att inget överskridande visas betyder då inte \
          att pengarna finns. En ram som anges som beslutad på en dag som inte har varit är inte heller visad.",
    check: Check::Register(check),
    bad: Example {
        file: "budget.toml",
        remove: &[],
        toml: "line.social.year.2025.status = \"assumed\"",
        at: "line.social.year.2025.status",
    },
    good: Example {
        file: "budget.toml",
        remove: &[],
        toml: "line.social.year.2025.status = \"plan\"",
        at: "",
    },
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let register = scope.register;
    let mut findings = assumed_frames(register);
    findings.extend(not_yet_decided(register, scope.as_of));
    findings.extend(missing_frames(register, &scope.statements));
    findings
}

/// One note for each line with assumed frames, at each of them.
fn assumed_frames(register: &Register) -> Vec<Finding> {
    let Some(budget) = &register.budget else { return Vec::new() };
    let lines = budget.data.line.iter();
    lines
        .filter_map(|(key, line)| {
            let assumed = line.year.iter().filter(|(_, frame)| frame.status == FrameStatus::Assumed);
            let mentions = assumed.map(|(year, _)| Mention {
                place: Place::value(&budget.file, path!["line", key, "year", year, "status"]),
                word: year.clone(),
            });
            let spread = Spread::new(
                format!("Ramen för ”{}” är antagen, inte beslutad, för ", line.title),
                ". Att den räcker är därför inte visat.",
                mentions,
            );
            let finding = Finding::at_each(RULE.code, Level::Note, spread)?;
            Some(finding.source(RULE.source).help("Skriv in den beslutade ramen med källa när den är känd."))
        })
        .collect()
}

/// One note for each line with frames that are said to be decided on a day that has not come, at each of them.
fn not_yet_decided(register: &Register, as_of: NaiveDate) -> Vec<Finding> {
    let Some(budget) = &register.budget else { return Vec::new() };
    // What is decided before its year is right, whenever it is looked back at.
    let is_to_come = |year: &str, frame: &Frame| {
        let is_late = |day: NaiveDate| year.parse().is_ok_and(|year| day.year() >= year);
        let day = frame.known_from().filter(|_| frame.status == FrameStatus::Decided);
        day.is_some_and(|day| day > as_of && is_late(day))
    };
    let of_line = |(key, line): (&String, &BudgetLine)| {
        let to_come = line.year.iter().filter(|(year, frame)| is_to_come(year, frame));
        let mentions = to_come.map(|(year, _)| Mention {
            place: Place::value(&budget.file, path!["line", key, "year", year, "source"]),
            word: year.clone(),
        });
        let spread = Spread::new(
            format!(
                "Ramen för ”{}” anges som beslutad, men på en dag som inte har varit ännu, för ",
                line.title
            ),
            ".",
            mentions,
        );
        let finding = Finding::at_each(RULE.code, Level::Note, spread)?;
        let help = "Rätta dagen i source, eller skriv status = \"plan\" tills ramen är beslutad.";
        Some(finding.source(RULE.source).help(help))
    };
    budget.data.line.iter().filter_map(of_line).collect()
}

/// A note for each component that a guideline wants within a frame and that has none to be tested against.
fn missing_frames(register: &Register, statements: &[AgreementStatement<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for AgreementStatement { entry, statement, .. } in statements {
        let demanded = register
            .guideline_of(&entry.data)
            .is_some_and(|guideline| guideline.data.limits.within_budget_frame);
        // What stands on no line is in no frame, whoever asks; it must not be overlooked.
        let has_lines = register.has("budget.toml");
        let life = &statement.life;
        for component in statement.in_force_or_proposed() {
            let (key, funding) = (component.key, component.funding);
            let path = component.path.join("budget_line");
            let Some(line_key) = &funding.budget_line else {
                // What somebody else pays needs no frame of the municipality's.
                if !(demanded || has_lines) || !register.bears(&entry.data, &funding.payer) {
                    continue;
                }
                let message = format!(
                    "Ersättningen ”{key}” hör inte till någon budgetrad och kan inte prövas mot någon ram. I iop budget står den på raden Utan budgetrad."
                );
                let mut found =
                    Finding::new(RULE.code, Level::Note, Place::value(&entry.file, path), message);
                found.measure = payouts::amount_of(funding, life.money_time).map(Measure::of_kronor);
                findings.push(
                    found
                        .source(RULE.source)
                        .help("Lägg till budget_line med nyckeln till en rad i budget.toml."),
                );
                continue;
            };
            if !demanded {
                continue;
            }
            if !has_lines {
                let message = "Registret har ingen budget.toml, så avtalet kan inte prövas mot någon ram.";
                findings.push(
                    Finding::new(RULE.code, Level::Note, Place::value(&entry.file, path), message)
                        .source(RULE.source)
                        .help("Lägg till budget.toml med nämndens rader och ramar."),
                );
                break;
            }
            let Some(budget_line) =
                register.budget.as_ref().and_then(|budget| budget.data.line.get(line_key))
            else {
                continue;
            };
            if payouts::amount_of(funding, life.money_time).is_none() {
                let message =
                    format!("Ersättningen ”{key}” har inget känt belopp och ingår inte i summan mot ramen.");
                let place = Place::value(&entry.file, component.path.clone());
                findings.push(
                    Finding::new(RULE.code, Level::Note, place, message)
                        .source(RULE.source)
                        .help("Räkna med beloppet för hand tills det är känt."),
                );
            }
            let is_over = |year: i32| life.ended().is_some_and(|last| last.year() < year);
            let years: Vec<String> = payouts::period_of(funding, life.money_time)
                .into_iter()
                .flat_map(|period| period.years())
                .filter(|year| !is_over(*year))
                .map(|year| year.to_string())
                .filter(|year| !budget_line.year.contains_key(year))
                .collect();
            if !years.is_empty() {
                let message =
                    format!("Budgetraden ”{}” har ingen ram för {}.", budget_line.title, text::list(&years));
                let many = u32::try_from(years.len()).unwrap_or(u32::MAX);
                findings.push(
                    Finding::new(RULE.code, Level::Note, Place::value(&entry.file, path), message)
                        .measured(Measure::of_count(many))
                        .source(RULE.source)
                        .help("Skriv in ramen i budget.toml, med status och källa."),
                );
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_year_after_an_early_end_needs_no_frame() {
        let longer = "term.end = 2028-12-31\nfunding.2024.period = { start = 2024-01-01, end = 2028-12-31 }";
        let messages = |more: &str| {
            let toml = format!("{longer}\n{more}").leak();
            let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
            findings.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        let without = messages("");
        assert_eq!(without.len(), 1, "{without:?}");
        assert!(without[0].ends_with("har ingen ram för 2027 och 2028."), "{without:?}");
        let ended = messages("status = \"ended\"\nterm.ended = 2027-03-31");
        assert!(ended[0].ends_with("har ingen ram för 2027."), "{ended:?}");
        assert_eq!(messages("status = \"ended\"\nterm.ended = 2026-12-31"), Vec::<String>::new());
    }

    #[test]
    fn what_has_no_frame_to_be_tested_against_is_told_of_where_the_guideline_wants_one() {
        let places = |changes: &[Example]| {
            found(&RULE, changes).into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        let no_line = Example::agreement(&["funding.2025.budget_line"], "", "");
        let no_amount =
            Example::agreement(&["funding.2025.amount"], "funding.2025.amount = \"not-stated\"", "");
        assert_eq!(places(&[no_line]), ["funding.2025.budget_line"]);
        assert_eq!(places(&[no_amount]), ["funding.2025"]);
        let guideline = Example::file("guidelines/adala-2019.toml", "limits.within_budget_frame = false", "");
        // Money on no line is told of whatever the guideline says: the register has lines.
        assert_eq!(places(&[no_line, guideline]), ["funding.2025.budget_line"]);
        assert_eq!(places(&[no_amount, guideline]), nowhere);
    }

    #[test]
    fn a_frame_is_not_decided_on_a_day_that_has_not_come() {
        let places = |day: &str| {
            let toml = format!("line.social.year.2024.source = \"kommunfullmäktige {day} § 101\"");
            let findings = found(&RULE, &[Example::file("budget.toml", toml.leak(), "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(places("2025-03-01"), [""; 0]);
        assert_eq!(places("2033-11-20"), ["line.social.year.2024.source"]);
    }
}
