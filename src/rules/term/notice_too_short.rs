//! Notice is shorter than the guideline demands, or there is none.

use crate::date::Length;
use crate::finding::Finding;
use crate::measure::Measure;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP216",
    slug: "notice-too-short",
    title: "Uppsägningstiden är kortare än riktlinjerna kräver, eller saknas",
    gravity: Gravity::Completeness,
    since: "0.2.0",
    source: "kommunens riktlinjer",
    why: "Uppsägningstiden ger den andra parten tid att säga upp lokaler och personal, och kommunen tid att ordna det som verksamheten gav.",
    check: Check::Agreement(check),
    bad: Example::file(
        "guidelines/adala-2019.toml",
        "limits.notice_months = 9",
        "exit.uppsagning.notice_months",
    ),
    good: Example::file("guidelines/adala-2019.toml", "limits.notice_months = 6", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some((guideline, least)) =
        scope.guideline.and_then(|guideline| Some((guideline, guideline.limits.notice_months?)))
    else {
        return Vec::new();
    };
    let demand = format!(
        "Riktlinjerna kräver minst {} uppsägningstid ({})",
        text::genitive(&text::months(least)),
        guideline.citation()
    );
    let term = &scope.agreement.term;
    let going_on = term.going_on();
    let by_term = going_on.map(|terms| (path!["term", terms.key, "notice_months"], terms.notice_months));
    let ordinary = scope.agreement.exit.iter().filter(|(_, exit)| exit.is_ordinary());
    let by_exit = ordinary.map(|(key, exit)| {
        let months = exit.notice_months.known().map(|months| months.get());
        (path!["exit", key, "notice_months"], months)
    });
    let all: Vec<_> = by_term.into_iter().chain(by_exit).collect();
    if all.iter().all(|(_, months)| months.is_none()) {
        let message = format!("Det framgår inte med vilken tid avtalet kan sägas upp. {demand}.");
        let help = "Lägg till en punkt i [exit] med cause = [\"any\"], means = \"notice\" och notice_months.";
        return vec![scope.guideline_finding(&RULE, path!["exit"], message).help(help)];
    }
    all.into_iter()
        .filter_map(|(path, months)| Some((path, months.filter(|months| *months < least)?)))
        .map(|(path, months)| {
            let message = format!("Uppsägningstiden är {}. {demand}.", text::months(months));
            let help = "Förläng uppsägningstiden, eller hänvisa till beslutet om undantag.";
            let short = Length { months: least.saturating_sub(months), days: 0 };
            scope.guideline_finding(&RULE, path, message).measured(Measure::of_length(short)).help(help)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn every_time_of_notice_is_long_enough() {
        let places = |agreement: &'static str| {
            let guideline = Example::file("guidelines/adala-2019.toml", "limits.notice_months = 3", "");
            let findings =
                found(&RULE, &[guideline, Example::agreement(&["exit.uppsagning"], agreement, "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let notice = |months: u32| {
            let exit =
                format!("exit.u = {{ cause = [\"any\"], means = \"notice\", notice_months = {months} }}");
            places(exit.leak())
        };
        assert_eq!(notice(3), Vec::<String>::new());
        assert_eq!(notice(2), ["exit.u.notice_months"]);
        assert_eq!(
            places("term.renewal = { months = 12, notice_months = 1 }"),
            ["term.renewal.notice_months"]
        );
        assert_eq!(places("exit.h = { cause = [\"breach\"], means = \"rescission\" }"), ["exit"]);
    }
}
