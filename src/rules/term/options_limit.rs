//! The term with all its options is longer than the guideline allows.

use crate::date::Period;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP204",
    slug: "options-limit",
    title: "Avtalstiden med förlängningar är längre än riktlinjerna tillåter",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "kommunens riktlinjer",
    why: "En option binder den som har gett den. Används alla gäller avtalet så länge som de räcker.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "term.option.ett-ar = { months = 12, times = 4 }", "term.option"),
    good: Example::agreement(&[], "term.option.ett-ar = { months = 12, times = 3 }", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(guideline) = scope.guideline else { return Vec::new() };
    let term = &scope.agreement.term;
    let (Some(most), Some(period)) = (guideline.limits.term_with_options_months, term.period()) else {
        return Vec::new();
    };
    let Some(last_day) = period.last_day_within(most) else { return Vec::new() };
    let limit =
        format!("Riktlinjerna tillåter högst {} ({})", text::years_or_months(most), guideline.citation());
    let help = "Ta bort eller korta förlängningarna, eller hänvisa till beslutet om undantag.";
    let mut findings = Vec::new();

    let months = term.option.values().map(|option| option.months.saturating_mul(option.times));
    let months = months.fold(0, u32::saturating_add);
    // The options follow on the day after the term, so whole months are counted from there.
    let after = period.end.succ_opt().map(|start| Period { start, end: start });
    let end = after.and_then(|after| after.last_day_within(months)).filter(|_| months > 0);
    if let Some(end) = end.filter(|end| *end > last_day) {
        let message = format!(
            "Med alla optioner gäller avtalet till {end} ({}). {limit}.",
            Period { end, ..period }.length()
        );
        findings.push(scope.guideline_finding(&RULE, path!["term", "option"], message).help(help));
    }
    let extensions = scope.agreement.extension.iter();
    if let Some((key, extension)) = extensions
        .max_by_key(|(_, extension)| extension.until)
        .filter(|(_, extension)| extension.until > last_day)
    {
        let whole = Period { end: extension.until, ..period };
        let message = format!("Med förlängningen gäller avtalet {whole} ({}). {limit}.", whole.length());
        let path = path!["extension", key, "until"];
        findings.push(scope.guideline_finding(&RULE, path, message).help(help));
    }
    if let Some(renewal) = &term.renewal {
        let message = match renewal.until.known() {
            None => Some(format!("Avtalet förlängs automatiskt utan bortre gräns. {limit}.")),
            Some(until) if *until > last_day => {
                Some(format!("Avtalet kan förlängas automatiskt till {until}. {limit}."))
            }
            Some(_) => None,
        };
        findings.extend(
            message
                .map(|message| scope.guideline_finding(&RULE, path!["term", "renewal"], message).help(help)),
        );
    }
    findings
}
