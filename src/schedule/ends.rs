//! How a partnership comes to its end, or goes on: review, the decision whether to go on, the last day.

use chrono::NaiveDate;

use super::approval;
use super::context::{Context, Draft};
use super::deadline::{FollowsFrom, Fulfilled};
use super::options;
use crate::agreement::Status;
use crate::date::Period;
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::path;
use crate::term::{Life, RestsOn, Stretch, decided_on, notice_day};
use crate::text;
use crate::vocabulary::Known;

const REVIEW: &str = "Översyn: ska partnerskapet fortsätta?";

const LAST_DAY: &str = "Avtalstidens sista dag";

pub(super) fn add(context: &mut Context<'_>) {
    if context.term.is_none() {
        add_stated(context);
        options::add_stated(context);
        return;
    }
    let life = context.life.clone();
    add_reviews(context, &life);
    add_recurring_reviews(context, &life);
    options::add(context, &life);
    add_continuations(context, &life);
    add_last_day(context, &life);
}

/// The days that are known where the term is not: nothing else can be counted.
fn add_stated(context: &mut Context<'_>) {
    let term = &context.agreement().term;
    if let Some(day) = term.review_by.known() {
        let draft = context.of_term(DeadlineKind::Review, REVIEW, *day, path!["term", "review_by"]);
        let done = context.done(DeadlineKind::Review, None, Some("1")).or_else(|| successor(context));
        context.add(Draft { period: Some("1".to_owned()), done, ..draft });
    }
    if term.start.known().is_none() {
        let life = context.life.clone();
        add_last_day(context, &life);
    }
}

/// A day so many months before an end of the term, where it lies within it.
fn before_end(context: &Context<'_>, end: NaiveDate, months: u32) -> Option<NaiveDate> {
    let term = context.term?;
    notice_day(end, months).filter(|day| *day > term.start)
}

/// What answers the question whether to go on after an end of the term: that it has been made longer, that notice has
/// been given, or that another agreement has taken over.
fn answer<'a>(context: &Context<'a>, life: &Life<'_>, end: usize) -> Option<Fulfilled<'a>> {
    let Some(next) = life.holding().nth(end + 1) else {
        return context.notice_given().or_else(|| successor(context));
    };
    let dated = next.rests_on.change(context.agreement()).and_then(|change| change.dated());
    // An extension that is decided may be signed later.
    let date = dated.filter(|day| *day <= context.as_of);
    Some(Fulfilled { date, reference: None, place: context.place(next.ends_at.clone()) })
}

/// The first agreement that takes over, as soon as it is known: by its decision, or else by its own date.
fn successor<'a>(context: &Context<'a>) -> Option<Fulfilled<'a>> {
    let known = context.successors.iter().filter_map(|next| {
        let records = context.register.records_of(next);
        let decided = records.and_then(|records| decided_on(&next.data, records));
        let date = decided.or(next.data.dated.known().copied());
        let place = Place::value(&next.file, path!["continues"]);
        date.is_none_or(|date| date <= context.as_of).then_some(Fulfilled { date, reference: None, place })
    });
    known.min_by_key(|done| done.date)
}

/// The ends of the term about which there is something to decide, each with its position and day: all but an early one.
pub(super) fn open_ends<'a>(
    life: &'a Life<'_>,
) -> impl DoubleEndedIterator<Item = (usize, NaiveDate, &'a Stretch)> {
    let holding: Vec<&Stretch> = life.holding().collect();
    let count = holding.len() - usize::from(life.early_end.is_some()).min(holding.len());
    let ends = holding.into_iter().take(count).enumerate();
    ends.filter_map(|(index, stretch)| Some((index, stretch.to?, stretch))).collect::<Vec<_>>().into_iter()
}

/// The reviews that come every so many years from the first day, whatever the end.
fn add_recurring_reviews(context: &mut Context<'_>, life: &Life<'_>) {
    let Some((years, term)) = context.agreement().term.review_every_years.zip(context.term) else { return };
    for number in 1.. {
        let months = years.get().checked_mul(12).and_then(|months| months.checked_mul(number));
        let day = months.and_then(|months| term.last_day_within(months));
        let Some(day) = day.filter(|day| *day <= term.end) else { break };
        let period = format!("P{number}");
        let path = path!["term", "review_every_years"];
        let draft = context.of_term(DeadlineKind::Review, REVIEW, day, path);
        let reckoning = Some(format!("{} från {}", text::months(years.get() * 12 * number), term.start));
        let done = context.done(DeadlineKind::Review, None, Some(&period));
        let basis = FollowsFrom { reckoning, ..draft.basis };
        let stretch = life.holding().find(|one| one.part_of(Period { start: day, end: day }).is_some());
        let footing = stretch.map(|stretch| context.ground().of_stretch(stretch));
        context.add(Draft { period: Some(period), done, basis, footing, ..draft });
    }
}

/// The review before each end of the term: as stated for the first, or so many months before.
fn add_reviews(context: &mut Context<'_>, life: &Life<'_>) {
    let agreement = context.agreement();
    let is_recurring = agreement.term.review_every_years.is_some() || life.has_no_end();
    let months = context.settings.review_months.get();
    for (index, end, stretch) in open_ends(life) {
        let number = (index + 1).to_string();
        let recorded = context.done(DeadlineKind::Review, None, Some(&number));
        let stated = agreement.term.review_by.known().filter(|_| index == 0);
        let draft = if let Some(day) = stated {
            let draft = context.of_term(DeadlineKind::Review, REVIEW, *day, path!["term", "review_by"]);
            Draft { notes: agreement.term.review_task.known().cloned().into_iter().collect(), ..draft }
        } else {
            let Some(day) = before_end(context, end, months).filter(|_| !is_recurring) else { continue };
            let draft = context.of_term(DeadlineKind::Review, REVIEW, day, stretch.ends_at.clone());
            let reckoning = Some(format!("{} före {end}", text::months(months)));
            Draft {
                basis: FollowsFrom { reckoning, assumed: Some("schedule.review_months"), ..draft.basis },
                useful_until: Some(end),
                ..draft
            }
        };
        let done = recorded.or_else(|| answer(context, life, index));
        let footing = Some(context.ground().of_stretch(stretch));
        context.add(Draft { period: Some(number), done, footing, ..draft });
    }
}

/// The decision whether to go on, where neither an option nor an automatic renewal decides it: at every end of an
/// agreement that has none of them, else at the last one when they are used up. Nothing is left to decide once notice has
/// been given, and a proposed extension has its own decision.
fn add_continuations(context: &mut Context<'_>, life: &Life<'_>) {
    if life.has_no_end() {
        return;
    }
    let agreement = context.agreement();
    let has_others = !agreement.term.option.is_empty() || agreement.term.going_on().is_some();
    let goes_on = life.possible().next().is_some();
    let months = context.settings.decision_months.get();
    let count = life.holding().count();
    for (index, end, stretch) in open_ends(life) {
        let is_last = index + 1 == count;
        let is_due = if is_last { !goes_on && life.notice.is_none() } else { !has_others };
        if !is_due {
            continue;
        }
        let Some(day) = before_end(context, end, months) else { continue };
        let number = (index + 1).to_string();
        let recorded = context.done(DeadlineKind::Continuation, None, Some(&number));
        let done = recorded.or_else(|| answer(context, life, index));
        if done.is_none() && approval::is_asked_beyond(context, end) {
            continue;
        }
        let title = "Beslut om partnerskapet ska fortsätta";
        let draft = context.of_term(DeadlineKind::Continuation, title, day, stretch.ends_at.clone());
        let reckoning = Some(format!("{} före {end}", text::months(months)));
        context.add(Draft {
            period: Some(number),
            responsible: context.committee(),
            basis: FollowsFrom { reckoning, assumed: Some("schedule.decision_months"), ..draft.basis },
            done,
            useful_until: Some(end),
            footing: Some(context.ground().of_stretch(stretch)),
            ..draft
        });
    }
}

fn add_last_day(context: &mut Context<'_>, life: &Life<'_>) {
    let agreement = context.agreement();
    let last = life.holding().next_back().and_then(|last| Some((last, last.to?)));
    let Some((last, day)) = last.filter(|_| !life.has_no_end()) else { return };
    if agreement.status == Status::Ended && agreement.term.ended.is_none() && context.as_of <= day {
        let text = "Avtalet är avslutat i förtid, men den sista dagen är inte angiven.";
        context.gap(path!["term", "ended"], text);
    }
    let mut draft = context.of_term(DeadlineKind::TermEnd, LAST_DAY, day, last.ends_at.clone());
    let mut footing = context.ground().of_stretch(last);
    draft.can_move = context.last_day_can_move();
    if let Some(early) = &life.early_end {
        footing.commitment = footing.commitment.max(early.commitment);
        let how = early.how(life.standing).map_or_else(String::new, |how| format!(", {how}"));
        draft.notes.push(format!("Avtalet slutar i förtid{how}."));
    } else if life.untold_end.is_some() {
        draft.notes.push("Avtalet är uppsagt, men det framgår inte när det upphör.".to_owned());
    } else if life.renews() {
        let is_open = agreement.term.open_ended().is_some();
        draft.notes.push(if is_open {
            "Avtalet gäller tills vidare. Det upphör den här dagen bara om någon säger upp det i tid."
                .to_owned()
        } else {
            "Avtalet förlängs automatiskt om ingen säger upp det.".to_owned()
        });
    } else if life.holding().count() > 1 {
        draft.notes.push("Efter förlängning.".to_owned());
    }
    draft.footing = Some(footing);
    if last.commitment > life.standing {
        let what = last.rests_on.indefinite();
        draft
            .notes
            .push(format!("Följer av {what}, som bara är {}.", last.rests_on.predicate(last.commitment)));
    }
    let options = life.possible().filter(|one| matches!(one.rests_on, RestsOn::Option(_)));
    draft.notes.extend(options.filter_map(|one| {
        let until = one.declinable_until.map_or_else(String::new, |day| format!(" senast {day}"));
        Some(format!("En option kan användas{until}: då gäller avtalet som längst till och med {}.", one.to?))
    }));
    if let Some(notice) = &life.notice
        && let Some(missed) = life.missed_notice_day()
    {
        draft.notes.push(format!(
            "Uppsägningen räknas från {}, efter den {missed} som var sista dag: avtalet förlängdes ändå.",
            notice.given
        ));
    }
    if let Some((sooner, commitment)) = life.proposed_end.filter(|(sooner, _)| *sooner < day) {
        let degree = commitment.predicate(true);
        draft.notes.push(format!("Ett tillägg som bara är {degree} låter avtalet sluta {sooner}."));
    }
    let proposed = life.stretches.iter().filter(|one| !one.holds && one.commitment.is_proposal());
    draft.notes.extend(proposed.filter_map(|one| {
        let what = text::capitalised(one.rests_on.indefinite());
        let degree = one.rests_on.predicate(one.commitment);
        Some(format!("{what} till och med {} är bara {degree}.", one.to?))
    }));
    context.add(draft);
}
