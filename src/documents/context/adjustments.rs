//! How amounts are adjusted, as the sentences about it need it.

use chrono::Datelike;
use indexmap::IndexMap;
use minijinja::Value;

use super::amounts::quoted;
use super::words::object;
use crate::agreement::{AdjustmentMethod, Agreement, AppliesWhen, Indexation, YearKind};
use crate::date::{PartialDate, month_name};
use crate::payouts;
use crate::register::Register;
use crate::term::MoneyTime;
use crate::text;
use crate::vocabulary::Known;

/// What the adjustment of each indexation follows and how it is counted. What reads the same of amounts that nobody has agreed
/// on yet is said once.
pub(super) fn adjustments(register: &Register, agreement: &Agreement, time: MoneyTime) -> Value {
    let mut said: Vec<IndexMap<&str, Value>> = Vec::new();
    let all = agreement.indexation.iter();
    all.filter_map(|(key, indexation)| {
        let fields = fields(register, agreement, indexation, time);
        if lacks_amounts(agreement, indexation) && said.contains(&fields) {
            return None;
        }
        said.push(fields.clone());
        Some(object([("key", Value::from(key.as_str()))].into_iter().chain(fields).collect()))
    })
    .collect()
}

/// Whether none of the amounts that it adjusts has been agreed on yet.
fn lacks_amounts(agreement: &Agreement, indexation: &Indexation) -> bool {
    let named = &indexation.funding;
    !named.is_empty() && !named.iter().any(|name| agreement.funding.contains_key(name))
}

fn fields(
    register: &Register,
    agreement: &Agreement,
    indexation: &Indexation,
    time: MoneyTime,
) -> IndexMap<&'static str, Value> {
    let years: Vec<String> = indexation.years.iter().map(ToString::to_string).collect();
    // A series that the register lacks is a finding; its key is no word for a document.
    let title = |series: &str| Some(register.indexes.get(series)?.data.title.clone());
    let weighed = indexation.composite.iter();
    let weighed = weighed.filter_map(|(series, weight)| Some(format!("{} till {weight}", title(series)?)));
    let series: Vec<String> = match &indexation.series {
        Some(series) => title(series).into_iter().collect(),
        None => weighed.collect(),
    };
    let follows = indexation.follows.clone().or_else(|| (!series.is_empty()).then(|| text::list(&series)));
    let concerned = agreement.funding.iter().filter(|(name, _)| indexation.funding.contains(name));
    let concerns: Vec<String> = concerned.map(|(_, funding)| quoted(agreement, funding, time)).collect();
    let is_part = !concerns.is_empty() && leaves_others(agreement, indexation, time);
    let first = agreement.term.start.known().and_then(|start| start.year().checked_add(1));
    let has_amounts = !lacks_amounts(agreement, indexation);
    IndexMap::from([
        ("several_concerned", Value::from(concerns.len() > 1)),
        ("concerns", Value::from(is_part.then(|| text::list(&concerns)))),
        ("years", Value::from((!years.is_empty()).then(|| text::list(&years)))),
        ("agreement_year", Value::from(indexation.per == YearKind::AgreementYear)),
        ("several_years", Value::from(indexation.years.len() > 1)),
        ("is_yearly", Value::from(indexation.years.len() != 1)),
        ("first_year", Value::from(first)),
        ("year_begins", Value::from(year_begins(indexation))),
        ("follows", Value::from(follows)),
        ("flat", Value::from(indexation.flat.map(|percent| percent.to_string()))),
        ("on_extension", Value::from(indexation.applies == AppliesWhen::OnExtension)),
        // Whether amounts are before or after adjustment is said of those that the document has.
        ("has_amounts", Value::from(has_amounts)),
        (
            "amount",
            Value::from(indexation.amounts.known().filter(|_| has_amounts).map(|amounts| amounts.label())),
        ),
        ("method", Value::from(method(indexation))),
        ("is_chained", Value::from(indexation.method.known() == Some(&AdjustmentMethod::Chained))),
        ("base", Value::from(indexation.base.as_deref().map(|from| base(from, indexation.method.known())))),
        ("lag", Value::from(lag(indexation.lag_years))),
        ("percent_decimals", Value::from(indexation.percent_decimals.map(decimals))),
        ("published", Value::from(published(indexation))),
        ("floor", Value::from(indexation.floor.map(|percent| percent.to_string()))),
        ("cap", Value::from(indexation.cap.map(|percent| percent.to_string()))),
        ("round_to", Value::from(indexation.round_to.known().map(|unit| unit.label()))),
        ("rounding_place", Value::from(indexation.rounding_place.known().map(|place| place.label()))),
    ])
}

/// Whether amounts for the adjusted years are not adjusted, so that a sentence must say which are.
fn leaves_others(agreement: &Agreement, indexation: &Indexation, time: MoneyTime) -> bool {
    let others = agreement.funding.iter().filter(|(name, _)| !indexation.funding.contains(name));
    others.into_iter().any(|(_, funding)| match payouts::period_of(funding, time) {
        Some(period) if !indexation.years.is_empty() => {
            indexation.years.iter().any(|year| period.years().contains(year))
        }
        _ => true,
    })
}

/// On what each year's adjustment is counted: against a base on the amount that is stated for the year.
fn method(indexation: &Indexation) -> Option<&'static str> {
    Some(match indexation.method.known()? {
        AdjustmentMethod::AgainstBase => "det avtalade beloppet",
        AdjustmentMethod::Chained => AdjustmentMethod::Chained.label(),
    })
}

/// "ett år", "två år".
fn lag(years: u32) -> Option<String> {
    match years {
        0 => None,
        1 => Some("ett år".to_owned()),
        years => Some(format!("{} år", text::numeral(years))),
    }
}

/// "den 1 april", where the agreement names the day on which its years begin.
fn year_begins(indexation: &Indexation) -> Option<String> {
    let begins = indexation.year_begins?;
    Some(format!("den {} {}", begins.day, month_name(begins.month.get())?))
}

/// "hela procent", "en decimal".
fn decimals(number: u32) -> String {
    match number {
        0 => "hela procent".to_owned(),
        1 => "en decimal".to_owned(),
        number => format!("{} decimaler", text::numeral(number)),
    }
}

/// "i oktober året före justeringen": when the notice that counts is published.
fn published(indexation: &Indexation) -> Option<String> {
    let published = indexation.published?;
    let month = month_name(published.month.get())?;
    Some(match published.years_before {
        0 => format!("i {month} samma år som justeringen"),
        1 => format!("i {month} året före justeringen"),
        years => format!("i {month} {} år före justeringen", text::numeral(years)),
    })
}

/// "oktober 2023 till oktober det år som justeras": from what a change is measured, and where it is measured anew each year to what.
fn base(text: &str, method: Option<&AdjustmentMethod>) -> String {
    let Ok(from) = text.parse::<PartialDate>() else { return text.to_owned() };
    let from_in_words = from.long();
    if method != Some(&AdjustmentMethod::AgainstBase) {
        return from_in_words;
    }
    let month = match from {
        PartialDate::Month(..) => from_in_words.split(' ').next().map(|month| format!("{month} ")),
        PartialDate::Year(_) | PartialDate::Day(_) => None,
    };
    format!("{from_in_words} till {}det år som justeras", month.unwrap_or_default())
}
