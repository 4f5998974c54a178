//! Extensions and supplements against each other and against what ends the agreement.

use chrono::NaiveDate;

use super::{at, warn};
use crate::agreement::Change;
use crate::finding::{Finding, Place};
use crate::path;
use crate::rules::Scope;
use crate::term::{LastDay, Life, Stretch};
use crate::text;
use crate::vocabulary::Known;

const HELP: &str = "Rätta det ena datumet.";

pub(super) fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let changes = scope.last_days();
    let pairs: [fn(&Scope<'_>, &LastDay<'_>) -> Option<Finding>; 5] =
        [after_itself, before_the_start, begins_in_held_time, after_the_end, against_notice];
    let mut findings: Vec<Finding> = Vec::new();
    for change in &changes {
        // The first that is wrong says enough.
        findings.extend(pairs.iter().find_map(|pair| pair(scope, change)));
    }
    findings.extend(against_an_agreed_end(scope));
    findings.extend(numbers(scope));
    findings
}

/// An extension that was agreed after its own last day.
fn after_itself(scope: &Scope<'_>, change: &LastDay<'_>) -> Option<Finding> {
    let day = change.change.dated().filter(|day| change.is_extension() && *day > change.until)?;
    let message =
        format!("{} är daterad {day}, efter sin egen sista dag {}.", change.change.named(), change.until);
    Some(at(scope, change.change.path().join("dated"), message, HELP))
}

/// A supplement that ends the agreement before it begins.
fn before_the_start(scope: &Scope<'_>, change: &LastDay<'_>) -> Option<Finding> {
    let start = scope.agreement.term.start.known().filter(|start| change.until < **start)?;
    if change.is_extension() {
        return None;
    }
    let message = format!(
        "{} låter avtalet sluta {}, men det börjar gälla först {start}.",
        change.change.named(),
        change.until
    );
    let help = "Rätta datumet. Ska avtalet aldrig börja gälla: skriv det i records/ och ändra status.";
    Some(at(scope, change.change.until_path(), message, help))
}

/// An extension that begins on days that the agreement held already.
fn begins_in_held_time(scope: &Scope<'_>, change: &LastDay<'_>) -> Option<Finding> {
    let from = change.change.from()?;
    let stretches = scope.life().stretches.iter();
    let own = |one: &&Stretch| {
        one.rests_on.change(scope.agreement).is_some_and(|own| own.path() == change.change.path())
    };
    let begins = stretches.filter(own).find_map(|one| one.from).filter(|begins| from < *begins)?;
    let message = format!(
        "{} börjar {from}, men avtalet gäller redan till {}. Den räknas från {begins}.",
        change.change.named(),
        begins.pred_opt()?
    );
    let help = "Rätta datumet, eller ta bort from: då börjar förlängningen dagen efter den sista som gäller.";
    Some(at(scope, change.change.path().join("from"), message, help))
}

/// A change that was agreed after the last day that held when it was made. One that says from when it counts leaves days without an
/// agreement, and changes none.
fn after_the_end(scope: &Scope<'_>, change: &LastDay<'_>) -> Option<Finding> {
    let (day, key) = change.made.filter(|_| change.commitment.is_bound())?;
    let records = scope.records().map(|records| &*records.data);
    let last = Life::known_on(scope.agreement, records, day.pred_opt()?).last_day()?;
    let begins_anew = change.change.from().is_some_and(|from| last < from && day <= from);
    (last < day && !begins_anew).then(|| {
        let what = if key == "decision" { "beslutades" } else { "avtalades" };
        let message =
            format!("{} {what} {day}, men avtalet gällde bara till {last}. Då fanns inget att ändra.", change.change.named());
        let help = "Rätta datumet. Beslutades det i tid: skriv beslutet i records/ och dess nyckel i decision. Annars är det ett nytt avtal.";
        warn(scope, change.change.path().join(key), message, help)
    })
}

/// A change that was agreed after notice had been given, and that goes beyond the day on which the notice ends the agreement.
fn against_notice(scope: &Scope<'_>, change: &LastDay<'_>) -> Option<Finding> {
    let life = scope.life();
    let notice = life.notice.as_ref()?;
    let (ends, _) = notice.ends.as_ref()?;
    let (day, _) = change.made.filter(|(day, _)| change.commitment.is_bound() && *day > notice.given)?;
    // Another end that holds is no contradiction.
    if life.ended() != Some(*ends) || change.until <= *ends {
        return None;
    }
    let message = format!(
        "{} låter avtalet gälla till {} och kom till {day}, efter uppsägningen ”{}” ({}) som gör att det upphör {ends}. Det räknas till {ends}.",
        change.change.named(),
        change.until,
        notice.key,
        notice.given
    );
    let help = "Behåll det som gäller. Togs uppsägningen tillbaka: ändra kind i records/.";
    Some(at(scope, change.change.until_path(), message, help))
}

/// A day on which the agreement is said to have ended although a supplement had let it end before.
fn against_an_agreed_end(scope: &Scope<'_>) -> Option<Finding> {
    let ended = scope.agreement.term.ended.known()?;
    let agreed = scope.life().agreed_end.as_ref().filter(|agreed| agreed.day < *ended)?;
    let message = format!(
        "Avtalet skulle ha upphört {ended}, men enligt ett tillägg gällde det bara till {}. Det räknas till {ended}.",
        agreed.day
    );
    let help = "Rätta det ena datumet, eller ta bort ended om det är tillägget som gäller.";
    let finding = at(scope, path!["term", "ended"], message, help);
    Some(finding.related(Place::value(scope.file, agreed.path.clone()), "slutet enligt tillägget"))
}

/// Changes with the same number, or numbered otherwise than they are dated: a later one changes what an earlier one said.
fn numbers(scope: &Scope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut before: Option<(Change<'_>, u32)> = None;
    let mut latest: Option<(Change<'_>, NaiveDate)> = None;
    let numbered = scope.agreement.changes().filter_map(|change| Some((change, change.number()?)));
    let mut numbered: Vec<_> = numbered.collect();
    numbered.sort_by_key(|(_, number)| *number);
    for (change, number) in numbered {
        let path = change.path().join("number");
        let dated = change.dated();
        let later = latest.zip(dated).filter(|((_, latest), dated)| latest > dated);
        let named = |other: Change<'_>| text::uncapitalised(&other.named());
        if let Some((other, _)) = before.filter(|(_, before)| *before == number) {
            let message = format!("{} och {} har båda nummer {number}.", other.named(), named(change));
            let help =
                "Numrera tilläggen i den ordning de kom till: ett senare ändrar vad ett tidigare säger.";
            let place = Place::value(scope.file, other.path().join("number"));
            findings.push(at(scope, path, message, help).related(place, "samma nummer"));
        } else if let Some(((other, day), dated)) = later {
            let message = format!(
                "{} har nummer {number} och dagen {dated}, före {} ({day}) som har ett lägre nummer.",
                change.named(),
                named(other)
            );
            let help =
                "Rätta numret eller datumet: ett tillägg med högre nummer ändrar vad ett med lägre säger.";
            findings.push(at(scope, path, message, help));
        }
        before = Some((change, number));
        if let Some(dated) = dated.filter(|dated| latest.is_none_or(|(_, day)| day < *dated)) {
            latest = Some((change, dated));
        }
    }
    findings
}
