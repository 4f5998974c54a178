//! The day on which something is due does not exist, or its month is not said.

use crate::agreement::Due;
use crate::date::month_name;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP511",
    slug: "due-day-impossible",
    title: "Förfallodagen finns inte eller går inte att räkna ut",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "avtalets uppföljning",
    why: "En dag som inte finns i månaden, eller som saknar månad, säger inte när något ska vara klart. Bevakningen tar då en annan dag än den parterna menade.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "follow_up.arsrapport.due = { month = 2, day = 31 }",
        "follow_up.arsrapport.due.day",
    ),
    good: Example::agreement(&[], "follow_up.arsrapport.due = { month = 2, day = 29 }", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let duties = scope.agreement.follow_up.iter();
    duties
        .filter_map(|(key, duty)| {
            let (fault, help) = fault(duty.due.known()?)?;
            let name = duty.title.as_deref().unwrap_or(duty.kind.label());
            let message = format!("{}: {fault}.", crate::text::capitalised(name));
            Some(scope.finding(&RULE, path!["follow_up", key, "due", "day"], message).help(help))
        })
        .collect()
}

fn fault(due: &Due) -> Option<(String, &'static str)> {
    let day = due.day?;
    // A full date, or a number of days, says the day by itself.
    if due.date.is_some() || due.days_after_period.is_some() {
        return None;
    }
    let Some(month) = due.month else {
        return Some((
            format!("dagen är den {day}, men det framgår inte i vilken månad"),
            "Ange månaden i month, eller skriv days_after_period: så många dagar efter periodens slut.",
        ));
    };
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let name = month_name(month)?;
    (day > days).then(|| {
        (format!("den {day} {name} finns inte"), "Rätta dagen. Är månadens sista dag avsedd: ta bort day.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_needs_a_month_that_has_it() {
        let said = |due: &str| fault(&toml::from_str(due).unwrap()).map(|(fault, _)| fault);
        for right in [
            "month = 2",
            "month = 2\nday = 29",
            "month = 4\nday = 30",
            "month = 12\nday = 31",
            "day = 15\ndays_after_period = 30",
            "day = 15\ndate = \"2025-02-15\"",
            "words = \"på våren\"",
        ] {
            assert_eq!(said(right), None, "{right}");
        }
        assert_eq!(said("month = 2\nday = 30").unwrap(), "den 30 februari finns inte");
        assert_eq!(said("month = 11\nday = 31").unwrap(), "den 31 november finns inte");
        assert_eq!(said("day = 15").unwrap(), "dagen är den 15, men det framgår inte i vilken månad");
    }
}
