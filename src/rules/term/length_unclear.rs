//! What the agreement says of how long it lasts cannot all hold, or says nothing.

use chrono::NaiveDate;

use crate::agreement::{AppliesWhen, Exit};
use crate::date::Period;
use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP214",
    slug: "length-unclear",
    title: "Det framgår inte hur länge avtalet gäller",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "avtalets egen tid",
    why: "Ett avtal har en sista dag, en längd i månader eller gäller tills vidare. Säger det två av dem, eller inget, kan ingen räkna ut när det slutar.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "term.until_further_notice.notice_months = 6", "term.until_further_notice"),
    good: Example::agreement(
        &["term.end", "exit.uppsagning"],
        "term.until_further_notice = { notice_months = 6, ends_on = \"12-31\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let term = &scope.agreement.term;
    let mut findings = Vec::new();
    let mut say = |path: KeyPath, message: String, help: &str| {
        findings.push(scope.finding(&RULE, path, message).help(help.to_owned()));
    };
    let until_further_notice = || path!["term", "until_further_notice"];
    if term.end.is_none() && term.months.is_none() && term.until_further_notice.is_none() {
        say(
            path!["term"],
            "Det framgår inte hur länge avtalet gäller.".to_owned(),
            "Ange den sista dagen (end), längden (months) eller until_further_notice i [term]. Lämnar avtalet det öppet: end = \"not-stated\".",
        );
    }
    if let (Some(end), Some(_)) = (&term.end, &term.until_further_notice) {
        let message = match end.value() {
            Some(end) => format!("Avtalet gäller tills vidare, men har också en sista dag: {end}."),
            None => "Avtalet gäller tills vidare. Då är den sista dagen inte öppen.".to_owned(),
        };
        say(until_further_notice(), message, "Ta bort end eller until_further_notice.");
    }
    if let (Some(months), Some(_)) = (term.months, &term.until_further_notice) {
        let message =
            format!("Avtalet gäller tills vidare, men har också en längd: {}.", text::months(months));
        say(path!["term", "months"], message, "Ta bort months eller until_further_notice.");
    }
    if let Some((months, by_months)) = other_end(scope) {
        let message = format!(
            "Avtalet gäller {}, alltså till och med {by_months}, men slutdatumet är ett annat.",
            text::months(months)
        );
        say(path!["term", "months"], message, "Rätta den ena uppgiften, eller ta bort months.");
    }
    if let Some(open) = term.open_ended() {
        let notice = open.notice_months.known().map(|months| months.get());
        if term.renewal.is_some() {
            let message = "Avtalet gäller tills vidare. Då förlängs det inte automatiskt.".to_owned();
            say(path!["term", "renewal"], message, "Ta bort renewal eller until_further_notice.");
        }
        for (key, _) in &term.option {
            let message =
                format!("Avtalet gäller tills vidare. Då finns inget slut som optionen ”{key}” kan flytta.");
            say(path!["term", "option", key], message, "Ta bort optionen, eller ange en sista dag (end).");
        }
        if let Some(most) = term.at_most_months_at_a_time {
            let message =
                format!("Avtalet gäller tills vidare, men kan gälla högst {} åt gången.", text::months(most));
            say(
                path!["term", "at_most_months_at_a_time"],
                message,
                "Ta bort den ena uppgiften, eller ange en sista dag (end).",
            );
        }
        let on_extension = scope.agreement.indexation.iter();
        for (key, _) in on_extension.filter(|(_, one)| one.applies == AppliesWhen::OnExtension) {
            let message =
                format!("Avtalet gäller tills vidare och förlängs inte. Då justerar ”{key}” inget belopp.");
            say(
                path!["indexation", key, "applies"],
                message,
                "Ta bort applies, så att beloppen justeras varje år, eller ange en sista dag (end).",
            );
        }
        let ordinary = || scope.agreement.exit.iter().filter(|(_, exit)| exit.is_ordinary());
        let months = |exit: &Exit| exit.notice_months.known().map(|months| months.get());
        // Parties may have a time of notice each, of which the agreement's is one.
        let has_own = ordinary().any(|(_, exit)| months(exit) == notice);
        for (key, exit) in ordinary().filter(|(_, exit)| !has_own || exit.open_to.is_empty()) {
            if let Some((own, notice)) = months(exit).zip(notice).filter(|(own, notice)| own != notice) {
                let message = format!(
                    "Uppsägningstiden är {} här, men {} där det står att avtalet gäller tills vidare.",
                    text::months(own),
                    text::months(notice)
                );
                say(path!["exit", key, "notice_months"], message, "Rätta den ena uppsägningstiden.");
            }
        }
    }
    let related = |finding: Finding| finding.related(Place::value(scope.file, path!["term"]), "avtalstiden");
    findings.into_iter().map(related).collect()
}

/// The length in months and the last day that follows from it, where the agreement states another one.
fn other_end(scope: &Scope<'_>) -> Option<(u32, NaiveDate)> {
    let term = &scope.agreement.term;
    let (months, start, end) = (term.months?, *term.start.known()?, *term.end.known()?);
    let by_months = Period { start, end }.last_day_within(months)?;
    (by_months != end).then_some((months, by_months))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    fn places(remove: &'static [&'static str], toml: &'static str) -> Vec<String> {
        let findings = found(&RULE, &[Example::agreement(remove, toml, "")]);
        findings.iter().map(|finding| finding.place.path.to_string()).collect()
    }

    const NOWHERE: [&str; 0] = [];
    const OPEN: &[&str] = &["term.end", "exit.uppsagning"];

    #[test]
    fn one_of_three_says_how_long_it_lasts() {
        assert_eq!(places(OPEN, ""), ["term"]);
        assert_eq!(places(OPEN, "term.end = \"not-stated\""), NOWHERE);
        assert_eq!(places(OPEN, "term.months = 24"), NOWHERE);
        assert_eq!(places(&[], "term.months = 24"), NOWHERE);
        assert_eq!(places(&[], "term.months = 23"), ["term.months"]);
        assert_eq!(
            places(OPEN, "term.months = 24\nterm.until_further_notice.notice_months = 3"),
            ["term.months"]
        );
        assert_eq!(
            places(OPEN, "term.end = \"not-stated\"\nterm.until_further_notice.notice_months = 3"),
            ["term.until_further_notice"]
        );
    }

    #[test]
    fn what_has_no_end_is_not_made_longer_and_has_one_time_of_notice() {
        let with = |more: &'static str| {
            let toml = format!("term.until_further_notice.notice_months = 3\n{more}");
            let findings = found(&RULE, &[Example::agreement(OPEN, toml.leak(), "")]);
            findings.into_iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(with("term.renewal.months = 12"), ["term.renewal"]);
        assert_eq!(with("term.option.a.months = 12"), ["term.option.a"]);
        assert_eq!(with("term.at_most_months_at_a_time = 12"), ["term.at_most_months_at_a_time"]);
        let on_extension = "indexation.x = { flat = \"2\", applies = \"on-extension\" }";
        assert_eq!(with(on_extension), ["indexation.x.applies"]);
        let exit = "exit.u = { cause = [\"any\"], means = \"notice\", notice_months = 6 }";
        assert_eq!(with(exit), ["exit.u.notice_months"]);
        assert_eq!(with("exit.u = { cause = [\"any\"], means = \"notice\", notice_months = 3 }"), NOWHERE);
        assert_eq!(with("exit.u = { cause = [\"breach\"], means = \"notice\", notice_months = 6 }"), NOWHERE);
        let of = |party: &str, months: u32| {
            format!(
                "exit.{party} = {{ cause = [\"any\"], means = \"notice\", notice_months = {months}, open_to = [\"{party}\"] }}\n"
            )
        };
        let each = |one: u32, other: u32| (of("kommun", one) + &of("forening", other)).leak();
        assert_eq!(with(each(9, 3)), NOWHERE);
        assert_eq!(with(each(9, 6)), ["exit.kommun.notice_months", "exit.forening.notice_months"]);
    }
}
