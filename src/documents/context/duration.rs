//! How long the agreement lasts, and what has made it longer or shorter.

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::Value;

use super::object;
use crate::agreement::Agreement;
use crate::path;
use crate::term::{Life, RestsOn, Stretch};
use crate::vocabulary::Known;

/// The stated term, and what has become of it by `day`.
pub(super) fn duration(agreement: &Agreement, life: &Life<'_>, day: NaiveDate) -> Value {
    let period = agreement.term.period();
    let years = period.map(|period| {
        let (first, last) = (period.years().min(), period.years().max());
        match (first, last) {
            (Some(first), Some(last)) if first != last => format!("åren {first}–{last}"),
            (Some(first), _) => format!("år {first}"),
            _ => String::new(),
        }
    });
    let memo = agreement.memo.dated.known();
    let begins_before_memo = period.zip(memo).is_some_and(|(period, memo)| period.start < *memo);
    let is_last_of_its_kind = |number: usize, stretch: &Stretch| {
        let next = life.as_agreed.get(number + 1);
        !matches!(
            (&stretch.rests_on, next.map(|next| &next.rests_on)),
            (RestsOn::Renewal(_), Some(RestsOn::Renewal(_)))
        )
    };
    let changes: Value = life
        .as_agreed
        .iter()
        .enumerate()
        .filter(|(number, stretch)| is_last_of_its_kind(*number, stretch))
        .filter_map(|(_, stretch)| change(agreement, stretch))
        .collect();
    let stops_renewal = life.early_end.is_none() && life.notice.is_some() && agreement.term.renewal.is_some();
    let not_after = life.last_day().filter(|_| stops_renewal).map(|last| last.to_string());
    object(IndexMap::from([
        ("begins_before_memo", Value::from(begins_before_memo)),
        ("length", Value::from(period.map(|period| period.length().to_string()))),
        ("years", Value::from(years)),
        ("changes", changes),
        ("not_after", Value::from(not_after)),
        ("early_end", early_end(agreement, life, day)),
    ]))
}

/// What has moved the last day, and to which.
fn change(agreement: &Agreement, stretch: &Stretch) -> Option<Value> {
    let (dated, number) = match &stretch.rests_on {
        RestsOn::Extension(key) => (agreement.extension.get(key)?.dated.known(), None),
        RestsOn::Supplement(key) => {
            let supplement = agreement.supplement.get(key)?;
            (supplement.dated.known(), Some(supplement.number))
        }
        RestsOn::Renewal(_) => (None, None),
        RestsOn::Stated | RestsOn::Option(_) => return None,
    };
    Some(object(IndexMap::from([
        ("by", Value::from(stretch.rests_on.word())),
        ("until", Value::from(stretch.to?.to_string())),
        ("dated", Value::from(dated.map(ToString::to_string))),
        ("supplement", Value::from(number)),
    ])))
}

/// What ends the agreement before its time, and when.
fn early_end(agreement: &Agreement, life: &Life<'_>, day: NaiveDate) -> Value {
    let Some(early) = &life.early_end else { return Value::from(()) };
    let mut supplements = agreement.supplement.iter();
    let supplement =
        supplements.find_map(|(key, one)| (early.path == path!["supplement", key, "end"]).then_some(one));
    let by_notice = life.notice.as_ref().and_then(|notice| notice.ends.as_ref());
    let by_notice = by_notice.is_some_and(|(_, path)| *path == early.path);
    let dated = supplement.and_then(|one| one.dated.known()).map(ToString::to_string);
    object(IndexMap::from([
        ("day", Value::from(early.day.to_string())),
        ("is_past", Value::from(early.day < day)),
        ("by_notice", Value::from(by_notice)),
        ("dated", Value::from(dated)),
        ("supplement", Value::from(supplement.map(|one| one.number))),
    ]))
}
