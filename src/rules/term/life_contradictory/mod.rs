//! Events in an agreement's life that cannot all be: none of them is chosen, each is told of where it stands.

mod changes;
mod notice;
mod options;
mod succession;

use crate::finding::{Finding, Level};
use crate::key_path::KeyPath;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP212",
    slug: "life-contradictory",
    title: "Händelser i avtalets liv motsäger varandra",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "avtalets och händelsernas egna datum",
    why: "Stämmer inte datumen vet ingen hur länge avtalet gäller. Då räknas belopp, frister och möten ur ett datum som kan vara fel.",
    check: Check::Life(check),
    bad: Example::agreement(
        &[],
        "extension.a = { until = 2026-06-30, dated = 2026-09-01 }",
        "extension.a.dated",
    ),
    good: Example::agreement(&[], "extension.a = { until = 2026-06-30, dated = 2025-09-01 }", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let mut findings = changes::check(scope);
    findings.extend(options::check(scope));
    findings.extend(notice::check(scope));
    findings.extend(succession::check(scope));
    findings
}

/// A finding where an event stands in the agreement.
fn at(scope: &Scope<'_>, path: KeyPath, message: String, help: &str) -> Finding {
    scope.finding(&RULE, path, message).help(help.to_owned())
}

/// The same as a warning.
fn warn(scope: &Scope<'_>, path: KeyPath, message: String, help: &str) -> Finding {
    Finding { level: Level::Warning, ..at(scope, path, message, help) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// Where the rule finds something. The term is 2024-01-01–2025-12-31, and the examples are judged on 2025-03-01.
    fn places(agreement: &str, records: &str) -> Vec<String> {
        let agreement = Example::agreement(&[], agreement.to_owned().leak(), "");
        let records = Example::file("records/oppet-hus.toml", format!("{records}\n").leak(), "");
        let findings = found(&RULE, &[agreement, records]);
        findings.iter().map(|finding| finding.place.path.to_string()).collect()
    }

    const NOWHERE: [&str; 0] = [];

    fn notice(more: &str) -> String {
        format!("decision.t = {{ kind = \"termination\", by = \"x\", date = 2024-06-01, {more} }}\n")
    }

    #[test]
    fn a_change_is_agreed_before_its_own_last_day_and_ends_nothing_before_the_start() {
        assert_eq!(places("extension.a = { until = 2026-06-30, dated = 2026-06-30 }", ""), NOWHERE);
        assert_eq!(
            places("extension.a = { until = 2026-06-30, dated = 2026-07-01 }", ""),
            ["extension.a.dated"]
        );
        let supplement = |end: &str| {
            places(&format!("supplement.a = {{ number = 1, changes = \"Tiden.\", end = {end} }}"), "")
        };
        assert_eq!(supplement("2023-12-31"), ["supplement.a.end"]);
        assert_eq!(supplement("2024-01-01"), NOWHERE);
    }

    #[test]
    fn a_change_is_agreed_while_the_agreement_holds() {
        let ended = "status = \"signed\"\nterm.end = 2024-12-31\n";
        let extended =
            |dated: &str| format!("{ended}extension.a = {{ until = 2025-12-31, dated = {dated} }}");
        assert_eq!(places(&extended("2024-12-31"), ""), NOWHERE);
        assert_eq!(places(&extended("2025-01-01"), ""), ["extension.a.dated"]);
        let supplement =
            "supplement.a = { number = 1, changes = \"Tiden.\", end = 2025-12-31, dated = 2025-01-15 }";
        assert_eq!(places(&format!("{ended}{supplement}"), ""), ["supplement.a.dated"]);
        // It was decided while the agreement held, and signed later.
        let decided = extended("2025-01-15").replace(" }", ", decision = \"d\" }");
        let on = |day: &str| format!("decision.d = {{ kind = \"extension\", by = \"x\", date = {day} }}");
        assert_eq!(places(&decided, &on("2024-12-15")), NOWHERE);
        assert_eq!(places(&decided, &on("2025-01-10")), ["extension.a.decision"]);
        // The day after another end: one that is stated, and one that a supplement agreed.
        assert_eq!(
            places(
                "status = \"signed\"\nterm.ended = 2024-10-31\nextension.a = { until = 2026-12-31, dated = 2024-11-01 }",
                ""
            ),
            ["extension.a.dated"]
        );
        // A renewal that had come by then holds.
        let renewed = "status = \"signed\"\nterm = { end = 2024-12-31, renewal = { months = 12, notice_months = 3 } }\n\
                       extension.a = { until = 2026-12-31, dated = 2025-02-01 }";
        assert_eq!(places(renewed, ""), NOWHERE);
    }

    #[test]
    fn an_early_end_and_a_change_of_the_last_day_agree() {
        let shorter =
            "supplement.a = { number = 1, changes = \"Tiden.\", end = 2024-06-30, dated = 2024-03-01 }\n";
        let ended = |day: &str| places(&format!("status = \"signed\"\n{shorter}term.ended = {day}"), "");
        assert_eq!(ended("2024-06-30"), NOWHERE);
        assert_eq!(ended("2024-05-31"), NOWHERE);
        assert_eq!(ended("2024-07-01"), ["term.ended"]);
        let exits =
            "status = \"signed\"\nexit.u = { cause = [\"any\"], means = \"notice\", notice_months = 3 }\n";
        let noticed = |change: &str| places(&format!("{exits}{change}"), &notice("exit = \"u\""));
        let extension = |dated: &str| format!("extension.a = {{ until = 2026-12-31, dated = {dated} }}");
        // Notice of 1 June 2024 ends it on 1 September.
        assert_eq!(noticed(&extension("2024-06-01")), NOWHERE);
        assert_eq!(noticed(&extension("2024-06-02")), ["extension.a.until"]);
        // A supplement that came after it says another day, and that holds.
        let later =
            "supplement.a = { number = 1, changes = \"Tiden.\", end = 2024-10-31, dated = 2024-06-15 }";
        assert_eq!(noticed(later), NOWHERE);
    }

    #[test]
    fn supplements_are_numbered_as_they_came() {
        let two = |first: &str, second: &str| {
            let one = |key: &str, said: &str| format!("supplement.{key} = {{ changes = \"x\", {said} }}\n");
            places(&format!("{}{}", one("a", first), one("b", second)), "")
        };
        assert_eq!(two("number = 1", "number = 2"), NOWHERE);
        assert_eq!(two("number = 1", "number = 1"), ["supplement.b.number"]);
        let (early, late) = ("dated = 2024-02-01", "dated = 2024-05-01");
        assert_eq!(two(&format!("number = 1, {early}"), &format!("number = 2, {late}")), NOWHERE);
        assert_eq!(
            two(&format!("number = 2, {early}"), &format!("number = 1, {late}")),
            ["supplement.a.number"]
        );
        assert_eq!(two(&format!("number = 1, {early}"), &format!("number = 2, {early}")), NOWHERE);
    }

    #[test]
    fn notice_comes_in_time_and_ends_what_has_begun() {
        let renewed = "status = \"signed\"\nterm = { end = 2024-12-31, renewal = { months = 12, notice_months = 6 } }\n\
                       exit.h = { cause = [\"breach\"], means = \"rescission\" }\n\
                       exit.u = { cause = [\"any\"], means = \"notice\", notice_months = 1 }\n";
        let received = |day: &str, more: &str| places(renewed, &notice(&format!("received = {day}{more}")));
        assert_eq!(received("2024-06-30", ""), NOWHERE);
        assert_eq!(received("2024-07-01", ""), ["decision.t.received"]);
        // In the year that it came to be renewed for it is in time for the next.
        assert_eq!(received("2025-01-01", ""), NOWHERE);
        // Rescission is no notice against a renewal, and an exit with a time of notice says when it ends.
        assert_eq!(received("2024-07-01", ", exit = \"h\""), NOWHERE);
        assert_eq!(received("2024-07-01", ", exit = \"u\""), NOWHERE);
        let begun = "status = \"signed\"\nterm.start = 2024-07-02\nexit.u = { cause = [\"any\"], means = \"notice\", notice_months = 1 }\n";
        assert_eq!(places(begun, &notice("exit = \"u\"")), ["decision.t.exit"]);
        assert_eq!(places(&begun.replace("07-02", "07-01"), &notice("exit = \"u\"")), NOWHERE);
        assert_eq!(
            places("term.renewal = { months = 12, notice_months = 24 }", ""),
            ["term.renewal.notice_months"]
        );
        assert_eq!(places("term.renewal = { months = 12, notice_months = 23 }", ""), NOWHERE);
    }

    #[test]
    fn an_option_is_used_so_often_and_so_early_as_it_says() {
        let option = "term.option.o = { months = 6, notice_by = 2025-06-30 }\n";
        let used = |extensions: &str| places(&format!("{option}{extensions}"), "");
        let first = "extension.a = { until = 2026-06-30, option = \"o\", dated = 2025-06-30 }\n";
        assert_eq!(used(first), NOWHERE);
        assert_eq!(used(&first.replace("dated = 2025-06-30", "dated = 2025-07-01")), ["extension.a.option"]);
        let second = "extension.b = { until = 2026-12-31, option = \"o\", dated = 2025-11-01 }\n";
        assert_eq!(used(&format!("{first}{second}")), ["extension.b.option"]);
    }

    #[test]
    fn notice_is_decided_sent_and_received_in_this_order_and_given_once() {
        let exits = "exit.u = { cause = [\"any\"], means = \"notice\", notice_months = 3 }";
        let with = |more: &str| places(exits, &notice(more));
        assert_eq!(with("sent = 2024-06-01, received = 2024-06-01, exit = \"u\""), NOWHERE);
        assert_eq!(with("sent = 2024-05-31, received = 2024-06-02"), ["decision.t.sent"]);
        assert_eq!(with("sent = 2024-06-02"), ["decision.t.sent"]);
        assert_eq!(with("sent = 2024-06-03, received = 2024-06-02"), ["decision.t.received"]);
        assert_eq!(with("received = 2024-05-31"), ["decision.t.received"]);
        assert_eq!(with("exit = \"x\""), ["decision.t.exit"]);
        assert_eq!(with("exit = \"tvist\""), ["decision.t.exit"]);
        assert_eq!(with("received = 2026-01-01"), ["decision.t.received"]);
        let twice = notice("") + "decision.u = { kind = \"termination\", by = \"x\", date = 2024-07-01 }\n";
        assert_eq!(places(exits, &twice), ["decision.u.kind"]);
        let ended = |day: &str| places(&format!("{exits}\nterm.ended = {day}"), &notice("exit = \"u\""));
        assert_eq!(ended("2024-09-01"), NOWHERE);
        assert_eq!(ended("2024-08-31"), ["decision.t.exit"]);
        let other = "decision.a = { kind = \"amount\", by = \"x\", date = 2024-06-01, sent = 2024-06-02 }\n";
        assert_eq!(places(exits, other), ["decision.a.sent"]);
    }
}
