//! The agreement is said to have ended, and its term goes on; or the day on which it ended early cannot be right.

use chrono::NaiveDate;

use crate::agreement::{Status, What};
use crate::date::Period;
use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::path;
use crate::records::DecisionKind;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::term::change_on;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP211",
    slug: "ended-early",
    title: "Dagen då avtalet upphörde i förtid saknas, saknar grund eller kan inte stämma",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: registret ska visa vad som gäller i dag",
    why: "Utan dagen räknas utbetalningar, möten och rapporter till avtalstidens slut, fast avtalet inte längre gäller. Utan grund i händelserna går det inte att se varför pengar och skyldigheter har fallit bort.",
    check: Check::Life(check),
    bad: Example::agreement(&[], "status = \"ended\"", "status"),
    good: Example::agreement(&[], "status = \"ended\"\nterm.ended = 2025-01-31", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let life = scope.life();
    // What would hold had it not ended: the days against which an early end is held.
    let end = life.as_agreed.last().and_then(|last| last.to);
    let Some(term) = agreement.term.start.known().zip(end).map(|(start, end)| Period { start: *start, end })
    else {
        return untold(scope).into_iter().collect();
    };
    let (message, path, days, help) = match agreement.term.ended.known() {
        None if agreement.status == Status::Ended && scope.as_of < life.last_day().unwrap_or(term.end) => (
            format!(
                "Statusen är ”avslutad”, men avtalet gäller till {} och det framgår inte när det upphörde.",
                term.end
            ),
            path!["status"],
            term.end - scope.as_of,
            "Skriv den sista dagen i [term]: ended = 20ÅÅ-MM-DD, eller ändra status om avtalet fortfarande gäller.",
        ),
        Some(ended) if *ended < term.start => (
            format!("Avtalet skulle ha upphört {ended}, men det började gälla först {}.", term.start),
            path!["term", "ended"],
            term.start - *ended,
            "Rätta datumet. Trädde avtalet aldrig i kraft: ta bort ended och skriv vad som hände i records/.",
        ),
        // How long an agreement lasts that renews itself is not told by its end.
        Some(ended) if *ended >= term.end && agreement.term.going_on().is_none() => (
            format!("Avtalet skulle upphöra i förtid {ended}, men avtalstiden slutar {}.", term.end),
            path!["term", "ended"],
            *ended - term.end,
            "Ta bort ended om avtalet gällde tiden ut, eller rätta datumet. En längre tid skrivs som en förlängning.",
        ),
        None => return untold(scope).or_else(|| not_ended(scope)).into_iter().collect(),
        Some(ended) => {
            return not_ended(scope).or_else(|| without_ground(scope, *ended)).into_iter().collect();
        }
    };
    let finding = scope.finding(&RULE, path, message).measured(Measure::of_days(days)).help(help);
    vec![finding.related(Place::value(scope.file, path!["term"]), format!("avtalstiden är {term}"))]
}

/// An ending is decided, and neither notice nor the stated last day ends the agreement by then.
fn not_ended(scope: &Scope<'_>) -> Option<Finding> {
    let ending = scope.agreement.ending.as_ref()?;
    let change = scope.agreement.change("ending", What::Ending(ending));
    if !change_on(change, scope.records().map(|records| &*records.data), scope.as_of).is_bound() {
        return None;
    }
    let last = scope.life().last_day().filter(|last| *last != ending.until)?;
    let until = ending.until;
    let message = format!("Avslutet till och med {until} är beslutat, men avtalet räknas till {last}.");
    let finding =
        scope.finding(&RULE, path!["ending", "until"], message).measured(Measure::of_days(last - until));
    Some(finding.help(
        "Skriv uppsägningen i records/ med den punkt i [exit] som den stöds på, eller den sista dagen i [term]: ended = 20ÅÅ-MM-DD.",
    ))
}

/// Somebody is bound by the agreement, and nothing on record says why it ends before its time. One that ended before there were
/// records has none.
fn without_ground(scope: &Scope<'_>, ended: NaiveDate) -> Option<Finding> {
    let (agreement, records) = (scope.agreement, scope.records().map(|records| &*records.data));
    let is_from_before = agreement.status == Status::Ended && records.is_none();
    // What the parties agree on is decided as something else, after the agreement itself was.
    let is_given = records.is_some_and(|records| {
        let of = |kind: DecisionKind| records.decision.values().filter(move |one| one.kind == kind);
        let approved = of(DecisionKind::Approval).map(|one| one.date).max();
        let is_later = |day: NaiveDate| approved.is_none_or(|approved| approved < day);
        of(DecisionKind::Termination).next().is_some()
            || of(DecisionKind::Other).any(|one| one.date <= ended && is_later(one.date))
    });
    let mut changes = agreement
        .supplements()
        .chain(agreement.ending.as_ref().map(|ending| agreement.change("ending", What::Ending(ending))));
    let mut is_agreed = || {
        changes.any(|change| {
            change.until().is_some_and(|until| until <= ended)
                && change_on(change, records, scope.as_of).is_bound()
        })
    };
    if is_from_before || is_given || !scope.life().standing.is_bound() || is_agreed() {
        return None;
    }
    let message = format!(
        "Avtalet slutar i förtid {ended}, men det framgår inte varför: i händelserna finns ingen uppsägning eller hävning."
    );
    Some(scope.finding(&RULE, path!["term", "ended"], message).help(
        "Skriv in uppsägningen i records/: [decision.NAMN] med kind = \"termination\", eller skriv det som parterna har kommit överens om i [ending]. Gäller avtalet tiden ut: ta bort ended.",
    ))
}

/// Notice or rescission ends the agreement, and nothing says when.
fn untold(scope: &Scope<'_>) -> Option<Finding> {
    let life = scope.life();
    let notice = life.notice.as_ref().filter(|_| life.untold_end.is_some())?;
    let records = scope.records()?;
    let meanwhile = match life.last_day() {
        Some(last) => format!("räknas det till {last}"),
        None => "räknas det som om det fortsätter".to_owned(),
    };
    let message = format!(
        "Avtalet är uppsagt genom ”{}” ({}), men det framgår inte när det upphör. Tills vidare {meanwhile}.",
        notice.key, notice.given
    );
    let level = RULE.gravity.level(scope.agreement);
    let place = Place::value(&records.file, path!["decision", notice.key]);
    let finding = Finding::new(RULE.code, level, place, message).source(RULE.source);
    Some(finding.help(
        "Ange den punkt i [exit] som uppsägningen stöds på (exit), eller skriv den sista dagen i [term]: ended = 20ÅÅ-MM-DD.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// The clean agreement lasts 2024-01-01–2025-12-31, and the examples are judged on 2025-03-01.
    fn places(toml: &'static str) -> Vec<String> {
        let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
        findings.iter().map(|finding| finding.place.path.to_string()).collect()
    }

    #[test]
    fn an_early_end_lies_within_the_term_and_before_its_last_day() {
        let nowhere: [&str; 0] = [];
        assert_eq!(places("term.ended = 2023-12-31"), ["term.ended"]);
        assert_eq!(places("term.ended = 2024-01-01"), nowhere);
        assert_eq!(places("term.ended = 2025-12-30"), nowhere);
        assert_eq!(places("term.ended = 2025-12-31"), ["term.ended"]);
        assert_eq!(places("term.ended = 2026-03-31\nterm.renewal.months = 12"), nowhere);
        // With an extension the last day is a later one.
        assert_eq!(places("term.ended = 2025-12-31\nextension.a.until = 2026-06-30"), nowhere);
    }

    #[test]
    fn a_decided_ending_ends_the_agreement() {
        let found = |more: &str| {
            let agreement = format!(
                "ending = {{ until = 2025-06-30, cause = \"Den är nedlagd.\", decision = \"d\" }}\n{more}"
            );
            let records = "decision.d = { kind = \"other\", by = \"x\", date = 2025-02-01 }";
            let records = Example::file("records/oppet-hus.toml", records, "");
            let findings = found(&RULE, &[Example::agreement(&[], agreement.leak(), ""), records]);
            findings.iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        assert_eq!(found(""), ["ending.until"]);
        assert_eq!(found("term.ended = 2025-05-31"), ["ending.until"]);
        assert_eq!(found("term.ended = 2025-06-30"), nowhere);
        // What nobody has decided ends nothing.
        assert_eq!(places("ending = { until = 2025-06-30, cause = \"Den är nedlagd.\" }"), nowhere);
    }

    #[test]
    fn notice_says_when_the_agreement_ends() {
        let found = |agreement: &'static str, decision: &str| {
            let records = format!(
                "decision.t = {{ kind = \"termination\", by = \"x\", date = 2025-02-01, {decision} }}"
            );
            let records = Example::file("records/oppet-hus.toml", records.leak(), "");
            let findings = found(&RULE, &[Example::agreement(&[], agreement, ""), records]);
            findings.iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        let exits = "exit.u = { cause = [\"any\"], means = \"notice\", notice_months = 3 }\n\
                     exit.h = { cause = [\"breach\"], means = \"rescission\" }\n";
        assert_eq!(found(exits, ""), ["decision.t"]);
        assert_eq!(found(exits, "exit = \"h\""), ["decision.t"]);
        assert_eq!(found(exits, "exit = \"u\""), nowhere);
        assert_eq!(found(exits, "sent = 2025-02-02"), nowhere);
        assert_eq!(found("term.ended = 2025-05-31", ""), nowhere);
        let renewed = "exit.h = { cause = [\"breach\"], means = \"immediate\" }\nterm.renewal.months = 12";
        assert_eq!(found(renewed, ""), nowhere);
        assert_eq!(found(renewed, "exit = \"h\""), ["decision.t"]);
        // Without an end there is nothing that it runs out at.
        let open = "term.end = \"not-stated\"\nexit.h = { cause = [\"breach\"], means = \"rescission\" }\n\
                    exit.u = { cause = [\"any\"], means = \"notice\", notice_months = 3 }";
        assert_eq!(found(open, ""), ["decision.t"]);
        assert_eq!(found(open, "exit = \"h\""), ["decision.t"]);
        assert_eq!(found(open, "exit = \"u\""), nowhere);
        let agreed =
            "supplement.s = { number = 1, changes = \"Slutet.\", dated = 2025-02-15, end = 2025-04-30 }";
        assert_eq!(found(agreed, ""), nowhere);
    }

    #[test]
    fn an_ended_agreement_with_days_left_says_when_it_ended() {
        let nowhere: [&str; 0] = [];
        assert_eq!(places("status = \"ended\"\nterm.ended = \"not-stated\""), ["status"]);
        assert_eq!(places("status = \"ended\"\nterm.end = 2025-03-01"), nowhere);
        assert_eq!(places("status = \"ended\"\nterm.end = 2025-03-02"), ["status"]);
        assert_eq!(places("status = \"signed\""), nowhere);
    }

    #[test]
    fn an_early_end_has_a_ground_on_record() {
        let found = |status: &str, records: &[&'static str]| {
            let toml = format!("status = \"{status}\"\nterm.ended = 2025-06-30");
            let records = records.iter().map(|text| Example::file("records/oppet-hus.toml", text, ""));
            let changes: Vec<_> =
                std::iter::once(Example::agreement(&[], toml.leak(), "")).chain(records).collect();
            let findings = found(&RULE, &changes);
            findings.iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        assert_eq!(found("signed", &[]), ["term.ended"]);
        let approval = "decision.d = { kind = \"approval\", by = \"x\", date = 2023-12-01 }";
        assert_eq!(found("signed", &[approval]), ["term.ended"]);
        assert_eq!(found("ended", &[approval]), ["term.ended"]);
        assert_eq!(found("ended", &[]), nowhere);
        let notice = "decision.d = { kind = \"termination\", by = \"x\", date = 2024-12-01 }";
        assert_eq!(found("signed", &[notice]), nowhere);
    }
}
