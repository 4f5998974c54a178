//! Amounts, adjustments and who pays.

use indexmap::IndexMap;
use minijinja::Value;

use super::object;
use super::parties::called;
use crate::agreement::{Agreement, AppliesWhen, Rate};
use crate::documents::blanks::Blanks;
use crate::path;
use crate::payouts;
use crate::text;
use crate::vocabulary::Known;

/// Rows of the table of amounts, their sum, and the sentences about adjustment.
pub(super) fn economy(agreement: &Agreement, blanks: &mut Blanks) -> Value {
    let rows: Value = agreement
        .funding
        .iter()
        .map(|(key, funding)| {
            let base = path!["funding", key];
            let period = payouts::period_of(funding, &agreement.term);
            let what = funding.title.clone().unwrap_or_else(|| match period {
                Some(period) if period.years().count() == 1 => {
                    period.years().min().unwrap_or_default().to_string()
                }
                _ => "Hela avtalstiden".to_owned(),
            });
            let amount = match (&funding.amount, &funding.rate) {
                (None, Some(rate)) => rate_in_words(rate),
                (None, None) => blanks.blank(&base.join("amount")),
                (amount, _) => {
                    blanks.show(amount, &base.join("amount"), |amount| Value::from(amount.to_string()))
                }
            };
            let months = funding.months.known().map(|months| {
                format!("{months}{}{}", text::NBSP, if months.get() == 1 { "månad" } else { "månader" })
            });
            object(IndexMap::from([
                ("what", Value::from(what)),
                ("period", Value::from(period.map(|period| period.to_string()))),
                ("months", Value::from(months)),
                ("amount", amount),
                ("ceiling", Value::from(funding.ceiling)),
                ("payer", Value::from(called(agreement, &funding.payer))),
                ("payee", Value::from(funding.payee.as_ref().map(|payee| called(agreement, payee)))),
            ]))
        })
        .collect();
    let by_year: Vec<String> = agreement
        .funding
        .values()
        .filter(|funding| funding.rate.is_none() && !funding.ceiling)
        .filter_map(|funding| {
            let period = payouts::period_of(funding, &agreement.term)?;
            let amount = payouts::amount_of(funding, &agreement.term)?;
            (period.years().count() == 1).then(|| format!("{amount} för {}", period.start.format("%Y")))
        })
        .collect();
    let payers: Vec<&str> =
        unique(agreement.funding.values().map(|funding| called(agreement, &funding.payer)));
    let complete = by_year.len() == agreement.funding.len();
    object(IndexMap::from([
        ("rows", rows),
        ("total", Value::from(payouts::agreed_total(agreement).map(|sum| sum.to_string()))),
        ("by_year", Value::from(complete.then(|| text::list(&by_year)))),
        ("payer", Value::from(text::list(&payers))),
        ("several", Value::from(agreement.funding.len() > 1)),
        ("adjustments", adjustments(agreement)),
    ]))
}

fn adjustments(agreement: &Agreement) -> Value {
    agreement
        .indexation
        .iter()
        .map(|(key, indexation)| {
            let years: Vec<String> = indexation.years.iter().map(ToString::to_string).collect();
            object(IndexMap::from([
                ("key", Value::from(key.as_str())),
                ("years", Value::from((!years.is_empty()).then(|| text::list(&years)))),
                ("follows", Value::from(indexation.follows.as_deref())),
                ("on_extension", Value::from(indexation.applies == AppliesWhen::OnExtension)),
                ("amount", Value::from(indexation.amounts.known().map(|amounts| amounts.label()))),
                ("method", Value::from(indexation.method.known().map(|method| method.label()))),
            ]))
        })
        .collect()
}

/// "12 500 kronor per plats och månad, för 6 platser" without the plural that nobody has told.
fn rate_in_words(rate: &Rate) -> Value {
    let mut words = format!("{} per {} och {}", rate.amount, rate.unit, rate.per.label());
    if let Some(count) = rate.count.known() {
        words.push_str(&format!(" (antal: {count})"));
    }
    Value::from(words)
}

fn unique<'a>(items: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for item in items {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen
}
