//! The days on which options to extend can last be used: those that have been used, and the next use of each.

use chrono::NaiveDate;

use super::context::{Context, Draft};
use super::deadline::{FollowsFrom, Fulfilled};
use crate::agreement::{Extension, ExtensionOption};
use crate::deadline_kind::DeadlineKind;
use crate::path;
use crate::term::{LastUse, Life, Stretch, notice_day, uses};
use crate::text;
use crate::vocabulary::Known;

/// The stated days of options, where the term is not known.
pub(super) fn add_stated(context: &mut Context<'_>) {
    for (key, option) in &context.agreement().term.option {
        let Some(day) = option.notice_by.known().copied() else { continue };
        let used = used(context, key).first().copied();
        if is_given_up(context, used) {
            continue;
        }
        add_use(
            context,
            (key, option),
            (1, None),
            Last { day, is_stated: true, reckoning: None, assumed: None },
            used,
        );
    }
}

pub(super) fn add(context: &mut Context<'_>, life: &Life<'_>) {
    for (key, option) in &context.agreement().term.option {
        let used = used(context, key);
        for number in 1..=used.len() + 1 {
            if u32::try_from(number).is_ok_and(|number| number > option.times) {
                break;
            }
            let extension = used.get(number - 1);
            // The end that this use would move: the one in force when it was made. An end that an early one came before
            // is moved by nobody.
            let ends = || life.as_agreed.iter().filter_map(|stretch| stretch.to);
            let before = match extension {
                Some(extension) => ends().rfind(|end| *end < extension.until).or_else(|| ends().next()),
                None => ends().next_back(),
            };
            let Some(end) = before.filter(|end| life.ended().is_none_or(|last| *end < last)) else {
                continue;
            };
            if is_given_up(context, extension.copied()) {
                continue;
            }
            let Some(last) = last_use(context, life, option, number, end) else { continue };
            add_use(context, (key, option), (number, Some(end)), last, extension.copied());
        }
    }
}

/// Whether an option that has not been used is asked for no more: who has given notice extends nothing.
fn is_given_up(context: &Context<'_>, used: Option<&Extension>) -> bool {
    used.is_none() && context.life.notice.is_some()
}

/// The extensions by which an option has been used, in order: what is only proposed leaves its day as it is.
fn used<'a>(context: &Context<'a>, option: &str) -> Vec<&'a Extension> {
    let records = context.records.map(|records| &*records.data);
    let all = uses(context.agreement(), records, option, context.as_of).into_iter();
    all.filter(|one| one.commitment.is_bound()).map(|one| one.extension).collect()
}

/// The last day to use an option, and how it is known.
struct Last {
    day: NaiveDate,
    is_stated: bool,
    reckoning: Option<String>,
    assumed: Option<&'static str>,
}

/// An agreement that states no day leaves it to the municipality to decide in time.
fn last_use(
    context: &Context<'_>,
    life: &Life<'_>,
    option: &ExtensionOption,
    number: usize,
    end: NaiveDate,
) -> Option<Last> {
    let first = life.as_agreed.first().and_then(Stretch::period)?.end;
    Some(match LastUse::of(option, number, first, end) {
        Some(LastUse::Stated(day)) => Last { day, is_stated: true, reckoning: None, assumed: None },
        Some(LastUse::Alike(day)) => {
            let reckoning = Some(format!("lika lång tid före {end} som första gången"));
            Last { day, is_stated: true, reckoning, assumed: None }
        }
        None => {
            let months = context.settings.decision_months.get();
            let reckoning = Some(format!("{} före {end}", text::months(months)));
            let day = notice_day(end, months)?;
            Last { day, is_stated: false, reckoning, assumed: Some("schedule.decision_months") }
        }
    })
}

fn add_use<'a>(
    context: &mut Context<'a>,
    (key, option): (&'a str, &'a ExtensionOption),
    (number, end): (usize, Option<NaiveDate>),
    last: Last,
    used: Option<&Extension>,
) {
    let added = if option.months == 1 { "en månad".to_owned() } else { text::months(option.months) };
    let path = path!["term", "option", key];
    let (title, path) = if last.is_stated {
        (format!("Sista dag att förlänga med {added}"), path.join("notice_by"))
    } else {
        (format!("Ta ställning till att förlänga med {added}"), path)
    };
    let draft = context.of_term(DeadlineKind::Option, &title, last.day, path.clone());
    let condition = option.condition.known().map(|condition| format!("Villkor: {condition}."));
    context.add(Draft {
        of: Some(key.to_owned()),
        period: (option.times > 1).then(|| number.to_string()),
        responsible: option.by.known().map_or_else(|| context.public(), |by| context.named(Some(by))),
        basis: FollowsFrom { reckoning: last.reckoning, assumed: last.assumed, ..draft.basis },
        // An extension that is decided may be signed later.
        done: used.map(|extension| Fulfilled {
            date: extension.dated.known().copied().filter(|day| *day <= context.as_of),
            reference: None,
            place: context.place(path),
        }),
        footing: end.map(|end| context.ground().of_end(end)),
        notes: condition.into_iter().collect(),
        ..draft
    });
}
