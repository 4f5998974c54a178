//! Payouts, and the index values that later ones wait for.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::context::{Context, Draft};
use super::deadline::called;
use super::deadline::{FollowsFrom, Fulfilled, PayoutSum, Responsible, When};
use super::due_day::{after_months, end_of_month, next_month_end};
use super::footing::Footing;
use crate::date::Period;
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::index::SeriesKind;
use crate::key_path::KeyPath;
use crate::money::Money;
use crate::path;
use crate::payouts::{self, Doubt, NeededValue, Notice, Payout};
use crate::text;
use crate::whole::MonthOfYear;

pub(super) fn add(context: &mut Context<'_>) {
    add_payouts(context);
    add_index_values(context);
}

fn add_payouts(context: &mut Context<'_>) {
    let statement = payouts::statement(context.register, context.entry, context.as_of);
    let last = context.term.map(|term| term.end);
    // What is less firm than the agreement itself is not to be paid, nor what would follow on an early end.
    let is_in_force = |payout: &&Payout<'_>| {
        let is_as_firm = payout.commitment.is_bound() || payout.commitment <= statement.life.standing;
        let is_of_term = last.is_none_or(|last| payout.covers.start <= last);
        is_owed(payout) && (is_of_term && is_as_firm || !payout.payments.is_empty())
    };
    for payout in statement.payouts.iter().filter(is_in_force) {
        let Some(when) = when(payout, context.life.last_day()) else { continue };
        let (number, count) = payout.number;
        let of_several = if count > 1 { format!("{number} av {count}, avser ") } else { "avser ".to_owned() };
        let most = if payout.is_open_ceiling() { "högst " } else { "" };
        // As the payouts show it: what is not definite in whole kronor.
        let shown = |amount: Money| if payout.is_preliminary() { amount.rounded() } else { amount };
        let is_paid_in_part = !payout.is_settled() && payout.paid() != Money::ZERO;
        let amount = match (payout.to_pay, payout.left) {
            (None, _) => "beloppet är inte känt".to_owned(),
            (Some(whole), Some(left)) if is_paid_in_part => {
                format!("{most}{} kvar av {}", shown(left), shown(whole))
            }
            (Some(whole), _) => format!("{most}{}", shown(whole)),
        };
        let mut notes = Vec::new();
        if let [_, _, ..] = payout.payees.as_slice() {
            let names: Vec<&str> = payout.payees.iter().map(|key| called(context.agreement(), key)).collect();
            notes.push(format!("Gemensamt för {}, fördelningen är inte angiven.", text::list(&names)));
        }
        if payout.is_preliminary() {
            let doubts = || payout.doubts.iter();
            if !doubts().all(Doubt::is_about_term) {
                notes.push("Beloppet är preliminärt.".to_owned());
            }
            let told = doubts().filter(|doubt| doubt.is_about_term() || doubt.is_about_end());
            notes.extend(told.map(|doubt| format!("{}.", text::capitalised(&doubt.to_string()))));
        }
        if payout.is_open_ceiling() {
            notes.push("Beloppet är ett tak: högst så mycket kan begäras.".to_owned());
        }
        if matches!(payout.when, payouts::PayoutTime::NotStated(_)) && payout.due.is_none() {
            notes.push("Månaden är inte angiven.".to_owned());
        }
        let last_paid =
            payout.payments.iter().filter(|paid| paid.amount > Money::ZERO).max_by_key(|paid| paid.date);
        let is_paid = payout.is_settled() || payout.left == Some(Money::ZERO);
        let done = last_paid.filter(|_| is_paid).map(|paid| Fulfilled {
            date: Some(paid.date),
            reference: paid.voucher,
            place: paid.place(),
        });
        let place = payout.origin.path().map_or_else(|| payout.place(), |path| context.place(path));
        // The component and its number are what the payout is called in `iop payouts` as well.
        let title = format!("Utbetalning {} ({of_several}{}): {amount}", payout.id, years(payout));
        let reckoning = payout.after_decision.as_ref().map(ToString::to_string);
        let basis = FollowsFrom { place, clause: Some("payouts"), reckoning, assumed: None };
        context.add(Draft {
            of: Some(payout.id.clone()),
            covers: Some(payout.covers),
            responsible: Responsible { party: Some(payout.payer), function: None },
            receiver: match payout.payees.as_slice() {
                [payee] => Some(payee),
                _ => None,
            },
            done,
            footing: Some(Footing { commitment: payout.commitment, since: None }),
            sum: Some(PayoutSum {
                is_settled: payout.is_settled(),
                is_ceiling: payout.ceiling,
                doubts: payout.doubts.clone(),
            }),
            notes,
            ..Draft::new(DeadlineKind::Payout, title, when, basis)
        });
    }
}

/// Whether somebody is to pay it, or has paid it. Nobody owes nothing, nor what waits for a decision.
fn is_owed(payout: &Payout<'_>) -> bool {
    let is_nothing = payout.to_pay == Some(Money::ZERO);
    let waits = !payout.commitment.is_bound() && payout.doubts.iter().any(Doubt::is_undecided);
    payout.is_settled() || !(payout.has_lapsed() || is_nothing || waits)
}

/// "2022", or "2022–2023" where the payout covers both.
fn years(payout: &Payout<'_>) -> String {
    let years = payout.covers.years();
    if years.start() == years.end() {
        payout.year.to_string()
    } else {
        format!("{}–{}", years.start(), years.end())
    }
}

/// The last day to pay where it is stated; else the day, the month, or any day on which it can be made.
fn when(payout: &Payout<'_>, last_of_term: Option<NaiveDate>) -> Option<When> {
    if let Some(due) = payout.due {
        return Some(When::Day(due));
    }
    let last = payout.when.last_day()?;
    Some(match payout.when {
        payouts::PayoutTime::Day(day) => When::Day(day),
        payouts::PayoutTime::Month(year, month) => {
            When::Window(Period { start: NaiveDate::from_ymd_opt(year, month, 1)?, end: last })
        }
        payouts::PayoutTime::NotStated(_) => When::Window(payout.any_day_until(last_of_term)?),
    })
}

/// A value that somebody has to enter.
struct Needed<'a> {
    series: &'a str,
    key: String,
    year: i32,
    notice: Notice,
    path: KeyPath,
}

fn add_index_values(context: &mut Context<'_>) {
    let (agreement, time) = (context.agreement(), context.life.money_time);
    let mut needed: BTreeMap<(&str, String), Needed<'_>> = BTreeMap::new();
    for (name, indexation) in &agreement.indexation {
        for series in indexation.series.iter().chain(indexation.composite.keys()) {
            let Some(known) = context.register.indexes.get(series) else { continue };
            for NeededValue { key, year, notice } in
                payouts::needed_values(agreement, time, indexation, known.data.kind)
            {
                let path = path!["indexation", name];
                let need = Needed { series, key: key.clone(), year, notice, path };
                let first = needed.entry((series, key)).or_insert(need);
                first.year = first.year.min(year);
            }
        }
    }
    let payer = context.public();
    // Nobody pays for a year that an early end comes before.
    let early_end = context.life.ended().map(|last| last.year());
    for need in needed.into_values().filter(|need| early_end.is_none_or(|last| need.year <= last)) {
        add_index_value(context, need, payer);
    }
}

fn add_index_value<'a>(context: &mut Context<'a>, need: Needed<'a>, payer: Responsible<'a>) {
    let Some(series) = context.register.indexes.get(need.series) else { return };
    let month = context.settings.index_value_month;
    let Some((day, after)) = entered_by(&need, series.data.kind, month) else { return };
    let latest = need.notice.find(&series.data, &need.key, context.as_of);
    let mut notes = Vec::new();
    let done = latest.and_then(|(position, vintage, is_firm)| {
        if !is_firm {
            notes.push(format!("Registret har ett värde som är {}.", vintage.status.label()));
            return None;
        }
        let place = Place::value(&series.file, path!["value", &need.key, position]);
        Some(Fulfilled { date: vintage.known_from, reference: Some(vintage.source.as_str()), place })
    });
    let title = format!("För in {} för {} i ”{}”", noun(series.data.kind), need.key, series.data.title);
    let basis = FollowsFrom {
        place: context.place(need.path),
        clause: Some("economy"),
        reckoning: Some(match after {
            After::Budget => format!("när budgeten för {} är beslutad", need.year),
            After::OwnMonth => "månaden efter indextalets egen".to_owned(),
            After::Notice => "månaden efter den då beskedet publiceras".to_owned(),
        }),
        assumed: matches!(after, After::Budget).then_some("schedule.index_value_month"),
    };
    context.add(Draft {
        of: Some(need.series.to_owned()),
        period: Some(need.key),
        responsible: payer,
        done,
        notes,
        ..Draft::new(DeadlineKind::IndexValue, title, When::Day(day), basis)
    });
}

fn noun(kind: SeriesKind) -> &'static str {
    match kind {
        SeriesKind::YearlyChange => "värdet",
        SeriesKind::Level => "indextalet",
    }
}

/// After what a value is to be entered.
enum After {
    /// The budget of the year has been decided.
    Budget,
    /// The month that an index level is of.
    OwnMonth,
    /// The month in which the notice that counts is published.
    Notice,
}

/// The end of the month in which values for the adjusted year are entered, the year before it; an index level cannot be
/// known before the end of the month after its own, nor a notice that alone counts before that of the month after it.
fn entered_by(need: &Needed<'_>, kind: SeriesKind, month: MonthOfYear) -> Option<(NaiveDate, After)> {
    if let Some(month) = need.notice.published_in() {
        return Some((after_months(month.end, 1)?, After::Notice));
    }
    let year_before = NaiveDate::from_ymd_opt(need.year.checked_sub(1)?, 1, 1)?;
    let usual = next_month_end(year_before, month)?;
    if kind == SeriesKind::YearlyChange {
        return Some((usual, After::Budget));
    }
    let (year, month) = match need.key.split_once('-') {
        Some((year, month)) => (year.parse().ok()?, month.parse().ok()?),
        None => (need.key.parse().ok()?, 12),
    };
    let known = after_months(end_of_month(NaiveDate::from_ymd_opt(year, month, 1)?)?, 1)?;
    Some((usual.max(known), if usual >= known { After::Budget } else { After::OwnMonth }))
}
