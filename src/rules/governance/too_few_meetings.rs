//! The steering group meets less often than the guideline demands.

use crate::agreement::Bound;
use crate::finding::Finding;
use crate::measure::Measure;
use crate::path;
use crate::rules::governance::times_a_year;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP501",
    slug: "too-few-meetings",
    title: "Styrgruppen möts mer sällan än riktlinjerna kräver",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "kommunens riktlinjer",
    why: "Möts styrgruppen för sällan upptäcks avvikelser först när pengarna är slut.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "steering_group.styrgrupp.meetings = { times = 1, per = \"year\" }",
        "steering_group.styrgrupp.meetings",
    ),
    good: Example::agreement(
        &[],
        "steering_group.styrgrupp.meetings = { times = 1, per = \"half-year\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some((guideline, least)) = scope
        .guideline
        .and_then(|guideline| Some((guideline, guideline.governance.steering_meetings_per_year?.get())))
    else {
        return Vec::new();
    };
    let groups = scope.agreement.steering_group.iter();
    let known = groups.filter_map(|(key, group)| {
        let meetings = group.meetings.known()?;
        // Of the most that a group meets nothing is promised.
        let times = if meetings.bound == Bound::AtMost { 0 } else { meetings.times };
        Some((key, group, times.saturating_mul(times_a_year(meetings.per))))
    });
    // One group that meets often enough steers the partnership; others may meet as they like.
    let Some((key, group, times)) = known.max_by_key(|(.., times)| *times) else {
        let message = format!(
            "Avtalet anger inte hur ofta en styrgrupp möts. Riktlinjerna kräver minst {} möten om året ({}).",
            text::numeral(least),
            guideline.citation()
        );
        let help = "Ange meetings för styrgruppen i [steering_group.NAMN], till exempel { times = 1, per = \"half-year\" }.";
        return vec![scope.guideline_finding(&RULE, path!["steering_group"], message).help(help)];
    };
    if times >= least {
        return Vec::new();
    }
    let often = match times {
        0 => "inte varje år".to_owned(),
        1 => "en gång om året".to_owned(),
        times => format!("{} gånger om året", text::numeral(times)),
    };
    let message = format!(
        "{} möts {often}. Riktlinjerna kräver minst {} möten om året ({}).",
        group.title,
        text::numeral(least),
        guideline.citation()
    );
    vec![
        scope
            .guideline_finding(&RULE, path!["steering_group", key, "meetings"], message)
            .measured(Measure::of_count(least.saturating_sub(times)))
            .help("Kom överens om fler möten, eller hänvisa till beslutet om undantag."),
    ]
}
