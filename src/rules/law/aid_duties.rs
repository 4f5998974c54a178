//! What is asked of who gives aid of minor importance: the receiver's certificate, a decision that says so, and an entry in the
//! central register.

use chrono::NaiveDate;

use crate::agreement::{AidRules, MinorAid};
use crate::finding::{Finding, Level};
use crate::holiday;
use crate::law;
use crate::path;
use crate::rules::law::de_minimis::right_on;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::term::decided_on;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP706",
    slug: "aid-duties",
    title: "Stöd av mindre betydelse: intyg, beslut eller registrering saknas, eller har en dag som inte går ihop",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "förordning (EU) 2023/2831 och 2023/2832",
    why: "Den som ger stöd av mindre betydelse ska veta vad mottagaren redan har fått, säga i beslutet att det är sådant stöd, enligt vilken förordning och hur mycket, och från 2026 föra in stödet i det centrala registret inom tjugo arbetsdagar. Annars kan stödet vara olagligt och krävas tillbaka. Prövas bara där [legal.de_minimis] säger att stödet ges så. Läser förordningens nummer i punkterna i [memo], inte protokollet.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "legal.de_minimis = { rules = \"general\", certificate = \"2023-10-20\" }",
        "memo.points",
    ),
    good: Example::agreement(
        &[],
        "legal.de_minimis = { rules = \"general\", certificate = \"2023-10-20\" }\nmemo.points = [\"stödet på 1 000 000 kronor ges som stöd av mindre betydelse enligt förordning (EU) 2023/2831\"]",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(aid) = &scope.agreement.legal.de_minimis else { return Vec::new() };
    let records = scope.records().map(|records| &*records.data);
    let Some(day) = right_on(scope.agreement, records) else { return Vec::new() };
    let mut findings = Vec::new();
    let Some(duty) = law::aid_duty(day) else {
        let message =
            format!("Programmet känner inte till vad som gäller för stöd av mindre betydelse den {day}.");
        let finding = scope.finding(&RULE, path!["legal", "de_minimis"], message);
        return vec![finding.help("Ta reda på vad som gäller, eller fråga kommunjuristen.")];
    };
    if duty.certificate && aid.certificate.known().is_none() {
        let message =
            "Mottagarens intyg om annat stöd av mindre betydelse under tre år är inte angivet.".to_owned();
        findings.push(scope.finding(&RULE, path!["legal", "de_minimis", "certificate"], message).help(
            "Begär intyget innan stödet beviljas, och skriv dagen för det i certificate i [legal.de_minimis].",
        ));
    }
    findings.extend(impossible_days(scope, aid, day));
    findings.extend(sentence(scope, aid));
    if let Some(working_days) = duty.working_days {
        findings.extend(registration(scope, aid, day, working_days));
    }
    findings
}

/// Days that cannot be: a certificate that the receiver gave when the aid had been granted, and an entry of aid that nobody had
/// decided on.
fn impossible_days(scope: &Scope<'_>, aid: &MinorAid, granted: NaiveDate) -> Vec<Finding> {
    let records = scope.records().map(|records| &*records.data);
    let decided = records.and_then(|records| decided_on(scope.agreement, records));
    // Some enter the aid when it is decided, before all have signed.
    let first = decided.map_or(granted, |decided| decided.min(granted));
    let say = |key: &str, message: String, help: &str| {
        scope.finding(&RULE, path!["legal", "de_minimis", key], message).help(help.to_owned())
    };
    let certificate = aid.certificate.known().filter(|day| **day > granted).map(|day| {
        let message =
            format!("Mottagarens intyg är daterat den {day}, efter att stödet beviljades den {granted}.");
        let help = "Kontrollera dagen. Intyget ska finnas innan stödet beviljas, så att kommunen vet vad mottagaren redan har fått.";
        say("certificate", message, help)
    });
    let registered = aid.registered.known().filter(|day| **day < first).map(|day| {
        let message = format!("Stödet är registrerat den {day}, innan det beviljades den {first}.");
        say("registered", message, "Kontrollera dagen mot registret.")
    });
    certificate.into_iter().chain(registered).collect()
}

/// The regulation by its number. Rules of an earlier day are named by it in the register's own words.
fn regulation(aid: &MinorAid) -> &'static str {
    match aid.rules {
        AidRules::General => "2023/2831",
        AidRules::Sgei => "2023/2832",
    }
}

fn sentence(scope: &Scope<'_>, aid: &MinorAid) -> Option<Finding> {
    let number = regulation(aid);
    if scope.agreement.memo.points.iter().any(|point| point.contains(number)) {
        return None;
    }
    let message = format!(
        "Förslaget till beslut säger inte att ersättningen är {} enligt förordning (EU) {number}, och med vilket belopp.",
        aid.rules.label()
    );
    let help = format!(
        "Lägg till en punkt i points i [memo]: ”ersättningen på BELOPP kronor ges som {} enligt förordning (EU) {number}”.",
        aid.rules.label()
    );
    Some(scope.finding(&RULE, path!["memo", "points"], message).help(help))
}

fn registration(scope: &Scope<'_>, aid: &MinorAid, granted: NaiveDate, working_days: u32) -> Option<Finding> {
    let last = after_working_days(granted, working_days)?;
    let until_then = format!("inom {working_days} arbetsdagar från den {granted}, alltså senast den {last}");
    let (message, level) = match aid.registered.known() {
        Some(day) if *day <= last => return None,
        Some(day) => {
            let message = format!("Stödet registrerades den {day}. Det skulle ha skett {until_then}.");
            (message, Level::Warning)
        }
        None => {
            let level = if scope.as_of > last { Level::Warning } else { Level::Note };
            (format!("Stödet ska föras in i det centrala registret {until_then}."), level)
        }
    };
    let finding = scope.finding(&RULE, path!["legal", "de_minimis", "registered"], message);
    let finding = Finding { level, ..finding };
    Some(finding.help("För in stödet i registret, och skriv dagen i registered i [legal.de_minimis]."))
}

/// The last of so many working days after a day.
fn after_working_days(day: NaiveDate, number: u32) -> Option<NaiveDate> {
    let days = day.iter_days().skip(1).filter(|day| holiday::day_off(*day).is_none());
    days.take(usize::try_from(number).ok()?).last()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn the_twentieth_working_day_passes_over_weekends_and_holidays() {
        let after = |day: &str| after_working_days(day.parse().unwrap(), 20).unwrap().to_string();
        assert_eq!(after("2026-02-02"), "2026-03-02");
        // Good Friday, Easter Monday and the first of May.
        assert_eq!(after("2026-04-02"), "2026-05-05");
    }

    #[test]
    fn from_2026_it_is_entered_in_a_register_and_from_2029_nothing_is_certified() {
        let with = |dated: &str, aid: &str| {
            let toml = format!(
                "dated = {dated}\nlegal.de_minimis = {{ rules = \"general\"{aid} }}\nmemo.points = [\"förordning (EU) 2023/2831\"]"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| format!("{:?} {}", one.level, one.place.path)).collect::<Vec<_>>()
        };
        assert_eq!(with("2025-12-31", ""), ["Warning legal.de_minimis.certificate"]);
        assert_eq!(with("2025-12-31", ", certificate = 2025-12-01"), [""; 0]);
        // The register is judged on 1 March 2025.
        assert_eq!(with("2026-02-02", ", certificate = 2026-01-01"), ["Note legal.de_minimis.registered"]);
        assert_eq!(with("2026-02-02", ", certificate = 2026-01-01, registered = 2026-03-02"), [""; 0]);
        assert_eq!(
            with("2026-02-02", ", certificate = 2026-01-01, registered = 2026-03-03"),
            ["Warning legal.de_minimis.registered"]
        );
        // Nobody certifies what has been granted, or enters what nobody has decided on.
        assert_eq!(
            with("2026-02-02", ", certificate = 2026-02-03, registered = 2026-03-02"),
            ["Warning legal.de_minimis.certificate"]
        );
        assert_eq!(
            with("2026-02-02", ", certificate = 2026-02-02, registered = 2026-02-01"),
            ["Warning legal.de_minimis.registered"]
        );
        assert_eq!(with("2026-02-02", ", certificate = 2026-02-02, registered = 2026-02-02"), [""; 0]);
        assert_eq!(with("2029-01-01", ", registered = 2029-01-10"), [""; 0]);
        assert_eq!(with("2031-01-01", ""), ["Warning legal.de_minimis"]);
    }
}
