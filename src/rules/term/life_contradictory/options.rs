//! Options that are used too often or too late.

use chrono::NaiveDate;

use super::{at, warn};
use crate::agreement::{Bound, Extension, ExtensionOption};
use crate::date::{Length, Period};
use crate::finding::Finding;
use crate::path;
use crate::rules::Scope;
use crate::term::{LastUse, Use, uses};
use crate::vocabulary::Known;

pub(super) fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let Some(first) = agreement.term.last_day() else { return Vec::new() };
    let records = scope.records().map(|records| &*records.data);
    let mut findings = Vec::new();
    for (key, option) in &agreement.term.option {
        let mut end = first;
        for (number, Use { key: name, extension, .. }) in
            uses(agreement, records, key, scope.as_of).into_iter().enumerate()
        {
            let number = number + 1;
            let path = path!["extension", name, "option"];
            if usize::try_from(option.times).is_ok_and(|times| number > times) {
                let message = format!(
                    "Förlängningen ”{name}” använder optionen ”{key}” för {number}:e gången, men den kan användas högst {} gånger.",
                    option.times
                );
                let help = "Ta bort option om parterna har kommit överens om förlängningen ändå, eller rätta antalet gånger.";
                findings.push(at(scope, path.clone(), message, help));
            }
            let by = LastUse::of(option, number, first, end).map(LastUse::day);
            if let (Some(by), Some(dated)) = (by, extension.dated.known())
                && *dated > by
            {
                let message =
                    format!("Optionen ”{key}” användes {dated}, efter sista dagen att använda den ({by}).");
                let help = "Rätta datumet, eller ta bort option om parterna har kommit överens om förlängningen ändå.";
                findings.push(warn(scope, path, message, help));
            }
            findings.extend(of_another_length(scope, (key, option), (name, extension), end));
            end = extension.until;
        }
    }
    findings
}

/// That an extension is longer or shorter than the option that it uses allows.
fn of_another_length(
    scope: &Scope<'_>,
    (key, option): (&str, &ExtensionOption),
    (name, extension): (&str, &Extension),
    end: NaiveDate,
) -> Option<Finding> {
    let start = extension.from.map_or_else(|| end.succ_opt(), Some)?;
    let period = Period { start, end: extension.until };
    let length = Some(period).filter(|period| !period.is_reversed())?.length();
    let months = Length { months: option.months, days: 0 };
    // A month from the last of one to the last of another is a day more or less, and one extension may use an option as often as
    // it can be used.
    let day_off = [Some(extension.until), extension.until.succ_opt(), extension.until.pred_opt()];
    let lengths: Vec<Length> =
        day_off.into_iter().flatten().map(|end| Period { start, end }.length()).collect();
    let is_times = |length: &Length| {
        length.days == 0
            && (1..=option.times).any(|times| times.checked_mul(option.months) == Some(length.months))
    };
    let (fits, bound) = match option.bound {
        Bound::Exactly => (lengths.iter().any(is_times), ""),
        Bound::AtLeast => (lengths.iter().any(|length| *length >= months), "minst "),
        Bound::AtMost => (lengths.iter().any(|length| *length <= months), "högst "),
    };
    let message = format!("Förlängningen ”{name}” är {length}, men optionen ”{key}” är {bound}{months}.");
    let help = "Rätta den sista dagen (until), eller ta bort option om parterna har kommit överens om en annan längd.";
    (!fits).then(|| warn(scope, path!["extension", name, "until"], message, help))
}
