//! How a partnership comes to its end, or goes on: review, the decision whether to go on, options, notice, the last day.

use chrono::NaiveDate;

use super::approval;
use super::context::{Context, Draft};
use super::deadline::{Basis, Fulfilled, When};
use super::term_in_force::{TermEnd, TermInForce, notice_day, termination};
use crate::agreement::{Cause, Extension, ExtensionOption, Means, Status};
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::key_path::KeyPath;
use crate::path;
use crate::payouts::is_agreed;
use crate::text;
use crate::vocabulary::Known;

const REVIEW: &str = "Översyn: ska partnerskapet fortsätta?";

const LAST_DAY: &str = "Avtalstidens sista dag";

pub(super) fn add(context: &mut Context<'_>) {
    let Some(term) = context.term.clone() else {
        add_stated(context);
        return;
    };
    add_reviews(context, &term);
    add_options(context, &term);
    add_continuations(context, &term);
    add_notice(context, &term);
    add_last_day(context, &term);
}

/// A date that belongs to the term as a whole.
fn simple<'a>(
    context: &Context<'a>,
    kind: DeadlineKind,
    title: &str,
    day: NaiveDate,
    path: KeyPath,
) -> Draft<'a> {
    let basis = Basis { place: context.place(path), clause: Some("term"), reckoning: None, assumed: None };
    Draft { responsible: context.public(), ..Draft::new(kind, title.to_owned(), When::Day(day), basis) }
}

/// The days that the agreement states, where its term is not known: nothing else can be counted.
fn add_stated(context: &mut Context<'_>) {
    let term = &context.agreement().term;
    if let Some(day) = term.review_by.known() {
        let draft = simple(context, DeadlineKind::Review, REVIEW, *day, path!["term", "review_by"]);
        let done = context.done(DeadlineKind::Review, None, Some("1"));
        context.add(Draft { period: Some("1".to_owned()), done, ..draft });
    }
    for (key, option) in &term.option {
        let Some(day) = option.notice_by.known().copied() else { continue };
        let last = LastUse { day, is_stated: true, reckoning: None, assumed: None };
        add_option(context, (key, option), 1, last, None);
    }
    if let (Some(end), None) = (term.end.known(), term.start.known()) {
        let draft = simple(context, DeadlineKind::TermEnd, LAST_DAY, *end, path!["term", "end"]);
        context.add(draft);
    }
}

/// A day so many months before an end of the term, where it lies within it.
fn before_end(term: &TermInForce, end: NaiveDate, months: u32) -> Option<NaiveDate> {
    notice_day(end, months).filter(|day| *day > term.period.start)
}

/// What answers the question whether to go on after an end of the term: that it has been made longer, or that another
/// agreement has taken over.
fn answer<'a>(context: &Context<'a>, term: &TermInForce, end: usize) -> Option<Fulfilled<'a>> {
    let Some(next) = term.ends.get(end + 1) else { return successor(context) };
    let extension = next.extension.as_ref().and_then(|key| context.agreement().extension.get(key));
    let date = extension.and_then(|extension| extension.dated.known()).copied();
    Some(Fulfilled { date, reference: None, place: context.place(next.path.clone()) })
}

/// The first agreement that takes over, as soon as it is known: by its decision, or else by its own date.
fn successor<'a>(context: &Context<'a>) -> Option<Fulfilled<'a>> {
    let known = context.successors.iter().filter_map(|next| {
        let records = context.register.records.get(crate::register::id_of(&next.file));
        let decided = records.and_then(approval::decision).and_then(|decision| decision.date);
        let date = decided.or(next.data.dated.known().copied());
        let place = Place::value(&next.file, path!["continues"]);
        date.is_none_or(|date| date <= context.as_of).then_some(Fulfilled { date, reference: None, place })
    });
    known.min_by_key(|done| done.date)
}

/// The ends of the term about which there is something to decide, with their position: all but an early one.
fn open_ends(term: &TermInForce) -> impl DoubleEndedIterator<Item = (usize, &TermEnd)> {
    let count = term.ends.len() - usize::from(term.is_early);
    term.ends.iter().take(count).enumerate()
}

/// The review before each end of the term: as stated for the first, or so many months before.
fn add_reviews(context: &mut Context<'_>, term: &TermInForce) {
    let agreement = context.agreement();
    let months = context.settings.review_months.get();
    for (index, end) in open_ends(term) {
        let number = (index + 1).to_string();
        let recorded = context.done(DeadlineKind::Review, None, Some(&number));
        let stated = agreement.term.review_by.known().filter(|_| index == 0);
        let draft = if let Some(day) = stated {
            let draft = simple(context, DeadlineKind::Review, REVIEW, *day, path!["term", "review_by"]);
            Draft { notes: agreement.term.review_task.known().cloned().into_iter().collect(), ..draft }
        } else {
            let Some(day) = before_end(term, end.day, months) else { continue };
            let draft = simple(context, DeadlineKind::Review, REVIEW, day, end.path.clone());
            let reckoning = Some(format!("{} före {}", text::months(months), end.day));
            Draft {
                basis: Basis { reckoning, assumed: Some("schedule.review_months"), ..draft.basis },
                useful_until: Some(end.day),
                ..draft
            }
        };
        let done = recorded.or_else(|| answer(context, term, index));
        context.add(Draft { period: Some(number), done, ..draft });
    }
}

/// The days on which options can last be used: those that have been used, and the next use of each.
fn add_options(context: &mut Context<'_>, term: &TermInForce) {
    let agreement = context.agreement();
    for (key, option) in &agreement.term.option {
        let used = uses(context, key);
        let next = next_use(&used);
        for number in 1..=option.times.min(next) {
            let extension = usize::try_from(number).ok().and_then(|number| used.get(number - 1));
            // The end that this use would move: the one in force when it was made. An end that an early one came before
            // is moved by nobody.
            let before = match extension {
                Some(extension) => term.agreed_ends.iter().rev().find(|end| end.day < extension.until),
                None => term.agreed_ends.last(),
            };
            let before = before.filter(|end| !term.is_early || end.day < term.period.end);
            let Some(end) = before.map(|end| end.day) else { continue };
            let Some(last) = last_use(context, term, option, number, end) else { continue };
            add_option(context, (key, option), number, last, extension.copied());
        }
    }
}

/// The extensions by which an option has been used, in order.
fn uses<'a>(context: &Context<'a>, option: &str) -> Vec<&'a Extension> {
    let records = context.records.map(|records| &*records.data);
    let mut used: Vec<_> = context
        .agreement()
        .extension
        .values()
        .filter(|extension| extension.option.as_deref() == Some(option))
        .filter(|extension| is_agreed(extension, records, context.as_of))
        .collect();
    used.sort_by_key(|extension| extension.until);
    used
}

/// The number of the use after those that have been made.
fn next_use(used: &[&Extension]) -> u32 {
    u32::try_from(used.len()).unwrap_or(u32::MAX).saturating_add(1)
}

/// Whether an option can still make the term longer: a use is left, and its stated last day has not passed.
fn is_extendable(context: &Context<'_>, term: &TermInForce) -> bool {
    context.agreement().term.option.iter().any(|(key, option)| {
        let number = next_use(&uses(context, key));
        let last = last_use(context, term, option, number, term.period.end);
        number <= option.times && last.is_some_and(|last| !last.is_stated || context.as_of <= last.day)
    })
}

/// The last day to use an option, and how it is known.
struct LastUse {
    day: NaiveDate,
    is_stated: bool,
    reckoning: Option<String>,
    assumed: Option<&'static str>,
}

/// The stated day for the first use; for later ones the same time before the end. An agreement that states no day leaves
/// it to the municipality to decide in time.
fn last_use(
    context: &Context<'_>,
    term: &TermInForce,
    option: &ExtensionOption,
    number: u32,
    end: NaiveDate,
) -> Option<LastUse> {
    let Some(stated) = option.notice_by.known().copied() else {
        let months = context.settings.decision_months.get();
        let reckoning = Some(format!("{} före {end}", text::months(months)));
        let assumed = Some("schedule.decision_months");
        return Some(LastUse { day: notice_day(end, months)?, is_stated: false, reckoning, assumed });
    };
    if number == 1 {
        return Some(LastUse { day: stated, is_stated: true, reckoning: None, assumed: None });
    }
    let first = term.ends.first()?.day;
    let by_months = (0..=60).find(|months| notice_day(first, *months) == Some(stated));
    let day = match by_months {
        Some(months) => notice_day(end, months)?,
        None => end.checked_sub_signed(first - stated)?,
    };
    let reckoning = Some(format!("lika lång tid före {end} som första gången"));
    Some(LastUse { day, is_stated: true, reckoning, assumed: None })
}

fn add_option<'a>(
    context: &mut Context<'a>,
    (key, option): (&'a str, &'a ExtensionOption),
    number: u32,
    last: LastUse,
    used: Option<&Extension>,
) {
    let added = if option.months == 1 { "en månad".to_owned() } else { text::months(option.months) };
    let path = path!["term", "option", key];
    let (title, path) = if last.is_stated {
        (format!("Sista dag att förlänga med {added}"), path.join("notice_by"))
    } else {
        (format!("Ta ställning till att förlänga med {added}"), path)
    };
    let draft = simple(context, DeadlineKind::Option, &title, last.day, path.clone());
    let condition = option.condition.known().map(|condition| format!("Villkor: {condition}."));
    context.add(Draft {
        of: Some(key.to_owned()),
        period: (option.times > 1).then(|| number.to_string()),
        responsible: option.by.known().map_or_else(|| context.public(), |by| context.named(Some(by))),
        basis: Basis { reckoning: last.reckoning, assumed: last.assumed, ..draft.basis },
        done: used.map(|extension| Fulfilled {
            date: extension.dated.known().copied(),
            reference: None,
            place: context.place(path),
        }),
        notes: condition.into_iter().collect(),
        ..draft
    });
}

/// The decision whether to go on, where neither an option nor an automatic renewal decides it: at every end of an
/// agreement that has none of them, else at the last one when they are used up. Nothing is left to decide once notice has
/// been given.
fn add_continuations(context: &mut Context<'_>, term: &TermInForce) {
    let agreement = context.agreement();
    let has_others = !agreement.term.option.is_empty() || agreement.term.renewal.is_some();
    let is_decided_otherwise = term.renews || is_extendable(context, term);
    let records = context.records.map(|records| &*records.data);
    let is_terminated = termination(records, context.as_of).is_some();
    let months = context.settings.decision_months.get();
    for (index, end) in open_ends(term) {
        let is_last = index + 1 == term.ends.len();
        let is_due = if is_last { !is_decided_otherwise && !is_terminated } else { !has_others };
        if !is_due {
            continue;
        }
        let Some(day) = before_end(term, end.day, months) else { continue };
        let number = (index + 1).to_string();
        let recorded = context.done(DeadlineKind::Continuation, None, Some(&number));
        let done = recorded.or_else(|| answer(context, term, index));
        let title = "Beslut om partnerskapet ska fortsätta";
        let draft = simple(context, DeadlineKind::Continuation, title, day, end.path.clone());
        let reckoning = Some(format!("{} före {}", text::months(months), end.day));
        context.add(Draft {
            period: Some(number),
            responsible: context.committee(),
            basis: Basis { reckoning, assumed: Some("schedule.decision_months"), ..draft.basis },
            done,
            useful_until: Some(end.day),
            ..draft
        });
    }
}

/// The last day for notice: where none needs a cause, and where an agreement renews itself. Notice that needs a cause has
/// no day.
fn add_notice(context: &mut Context<'_>, term: &TermInForce) {
    let agreement = context.agreement();
    let mut renewing = None;
    if let Some(renewal) = &agreement.term.renewal {
        let path = path!["term", "renewal", "notice_months"];
        match renewal.notice_months.known() {
            Some(months) => {
                renewing = Some(months.get()).filter(|_| term.renews);
                add_renewals(context, term, months.get(), &path);
            }
            None => context.gap(path, "Sista dag för uppsägning före en förlängning är inte känd: uppsägningstiden är inte angiven."),
        }
    }
    let ordinary = agreement
        .exit
        .iter()
        .filter(|(_, exit)| exit.means == Means::Notice && exit.cause.contains(&Cause::Any));
    for (key, exit) in ordinary {
        let path = path!["exit", key, "notice_months"];
        let Some(months) = exit.notice_months.known().map(|months| months.get()) else {
            context.gap(path, "Sista dag för uppsägning är inte känd: uppsägningstiden är inte angiven.");
            continue;
        };
        // Notice of the same length against renewal is the same notice.
        if renewing == Some(months) {
            continue;
        }
        let title = "Sista dag för uppsägning före avtalstidens slut";
        if term.is_early {
            continue;
        }
        let notice = (months, path, "exit");
        add_notice_day(context, term, term.period.end, title, notice, (key.clone(), None));
    }
}

/// The last day for notice against each renewal, past and next.
fn add_renewals(context: &mut Context<'_>, term: &TermInForce, months: u32, path: &KeyPath) {
    let title = "Sista dag för uppsägning innan avtalet förlängs automatiskt";
    let renewal = path!["term", "renewal"];
    for (index, end) in open_ends(term) {
        // Nobody gives notice against a renewal that does not come, or that an extension came before.
        let is_renewed = term.agreed_ends.get(index + 1).map_or(term.renews, |next| next.path == renewal);
        if !is_renewed {
            continue;
        }
        let name = ("renewal".to_owned(), Some((index + 1).to_string()));
        add_notice_day(context, term, end.day, title, (months, path.clone(), "term"), name);
    }
}

fn add_notice_day(
    context: &mut Context<'_>,
    term: &TermInForce,
    end: NaiveDate,
    title: &str,
    (months, path, clause): (u32, KeyPath, &'static str),
    (of, period): (String, Option<String>),
) {
    let Some(day) = notice_day(end, months).filter(|day| *day >= term.period.start) else { return };
    let draft = simple(context, DeadlineKind::Notice, title, day, path);
    let reckoning = Some(format!("{} före {end}", text::months(months)));
    let given = context.records.and_then(|records| {
        let (key, decision) = termination(Some(&records.data), context.as_of)?;
        let place = Place::value(&records.file, path!["decision", key]);
        let reference = decision.registry_number.as_deref();
        (decision.date <= day).then_some(Fulfilled { date: Some(decision.date), reference, place })
    });
    context.add(Draft {
        of: Some(of),
        period,
        basis: Basis { reckoning, clause: Some(clause), ..draft.basis },
        done: given,
        ..draft
    });
}

fn add_last_day(context: &mut Context<'_>, term: &TermInForce) {
    let agreement = context.agreement();
    let path = term.ends.last().map_or_else(|| path!["term", "end"], |end| end.path.clone());
    if agreement.status == Status::Ended && agreement.term.ended.is_none() && context.as_of <= term.period.end
    {
        let text = "Avtalet är avslutat i förtid, men den sista dagen är inte angiven.";
        context.gap(path!["term", "ended"], text);
    }
    let mut draft = simple(context, DeadlineKind::TermEnd, LAST_DAY, term.period.end, path);
    if term.renews {
        draft.notes.push("Avtalet förlängs automatiskt om ingen säger upp det.".to_owned());
    } else if term.is_early {
        draft.notes.push("Avtalet slutar i förtid.".to_owned());
    } else if term.ends.len() > 1 {
        draft.notes.push("Efter förlängning.".to_owned());
    }
    context.add(draft);
}
