//! How long the agreement lasts, and what has made it longer or shorter.

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::Value;

use super::{definite, object};
use crate::agreement::{Agreement, Exit, Predecessor, Term};
use crate::date;
use crate::documents::blanks::Blanks;
use crate::path;
use crate::term::{Life, RestsOn, Stretch};
use crate::text;
use crate::vocabulary::Known;

/// The stated term, and what has become of it by `day`.
pub(super) fn duration(agreement: &Agreement, life: &Life<'_>, blanks: &mut Blanks, day: NaiveDate) -> Value {
    let term = &agreement.term;
    let is_open = term.open_ended().is_some();
    let period = term.period().filter(|_| !is_open);
    let years = period.map(|period| {
        let (first, last) = (period.years().min(), period.years().max());
        match (first, last) {
            (Some(first), Some(last)) if first != last => format!("åren {first}–{last}"),
            (Some(first), _) => format!("år {first}"),
            _ => String::new(),
        }
    });
    let memo = agreement.memo.dated.known();
    let begins_before_memo = term.start.known().zip(memo).is_some_and(|(start, memo)| start < memo);
    let is_last_of_its_kind = |number: usize, stretch: &Stretch| {
        let next = life.as_agreed.get(number + 1);
        !(stretch.rests_on.comes_by_itself() && next.is_some_and(|next| next.rests_on.comes_by_itself()))
    };
    let changes: Value = life
        .as_agreed
        .iter()
        .enumerate()
        .filter(|(number, stretch)| is_last_of_its_kind(*number, stretch))
        .filter_map(|(_, stretch)| change(agreement, stretch))
        .collect();
    let stops_renewal = life.early_end.is_none() && life.notice.is_some() && life.going_on.is_some();
    let not_after = life.last_day().filter(|_| stops_renewal).map(|last| last.to_string());
    object(IndexMap::from([
        ("begins_before_memo", Value::from(begins_before_memo)),
        // Days and blanks: nothing that anybody wrote.
        ("span", Value::from_safe_string(span(term, blanks))),
        (
            "follows_on",
            Value::from(agreement.predecessor.as_ref().map(|before| follows_on(agreement, before))),
        ),
        ("until_further_notice", Value::from(is_open)),
        ("notice_elsewhere", Value::from(agreement.exit.values().any(Exit::is_ordinary))),
        ("by_months", Value::from(is_by_months(term))),
        ("ends_on", Value::from(term.open_ended().and_then(|open| Some(open.ends_on?.long())))),
        ("review_every", Value::from(term.review_every_years.map(|years| every(years.get())))),
        ("length", Value::from(period.map(|period| period.length().to_string()))),
        ("years", Value::from(years)),
        ("changes", changes),
        ("not_after", Value::from(not_after)),
        ("early_end", early_end(agreement, life, day)),
    ]))
}

/// How long the agreement is to last, as it follows "gäller": to its last day, for so many months or until further notice.
fn span(term: &Term, blanks: &mut Blanks) -> String {
    let mut day = |day: Option<NaiveDate>, key: &str| match day {
        Some(day) => date::long(day),
        None => blanks.blank(&path!["term", key]).to_string(),
    };
    let from = format!("från och med den {}", day(term.start.known().copied(), "start"));
    match (term.open_ended(), term.months) {
        (Some(_), _) => format!("{from} och tills vidare"),
        (None, Some(months)) if is_by_months(term) => {
            let months = text::months(months);
            let last = term.last_day().map(|last| format!(", till och med den {}", date::long(last)));
            format!("i {months} {from}{}", last.unwrap_or_default())
        }
        (None, _) => format!("{from} till och med den {}", day(term.end.known().copied(), "end")),
    }
}

/// Whether the agreement states its length in months and no last day.
fn is_by_months(term: &Term) -> bool {
    term.months.is_some() && term.end.known().is_none() && term.open_ended().is_none()
}

/// That the agreement extends or takes over from one that the register does not hold, as a sentence.
fn follows_on(agreement: &Agreement, before: &Predecessor) -> String {
    let the = definite(agreement.document_word);
    let title = before.title.trim().trim_end_matches('.');
    let number = before.registry_number.known();
    let number = number.map(|number| format!(" (diarienummer {number})")).unwrap_or_default();
    let last = before.period.known().map(|period| format!(", med sista dag den {}", date::long(period.end)));
    let last = last.unwrap_or_default();
    if before.extended {
        return format!(
            "{} förlänger {title}{number}{last}. Villkoren där gäller också under den nya tiden, om inget annat sägs här.",
            text::capitalised(the)
        );
    }
    format!("{} avlöser {title}{number}{last}.", text::capitalised(the))
}

/// "vart tredje år".
fn every(years: u32) -> String {
    match years {
        1 => "varje år".to_owned(),
        2 => "vartannat år".to_owned(),
        years => format!("vart {} år", text::ordinal(years)),
    }
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
        // That it goes on until further notice changes nothing.
        RestsOn::Stated | RestsOn::YearOn(_) | RestsOn::Option(_) => return None,
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
