//! The last day for notice: where none needs a cause, and where an agreement renews itself. Notice that needs a cause has no
//! day. Before each, the last meeting of the committee that can decide on it.

use chrono::{Days, NaiveDate};

use super::committee;
use super::context::{Context, Draft};
use super::deadline::{FollowsFrom, Fulfilled, When};
use super::ends::open_ends;
use crate::agreement::NoticeCounts;
use crate::deadline_kind::DeadlineKind;
use crate::key_path::KeyPath;
use crate::path;
use crate::term::{Life, Stretch, exits_on, notice_day};
use crate::text;
use crate::vocabulary::Known;

pub(super) fn add(context: &mut Context<'_>) {
    if context.term.is_none() {
        return;
    }
    let life = context.life.clone();
    let renewing = add_renewals(context, &life);
    add_ordinary(context, &life, renewing);
}

/// A right to give notice.
struct Right {
    months: u32,
    counts: NoticeCounts,
    path: KeyPath,
    /// The standard clause that tells of it.
    clause: &'static str,
}

/// The last day for notice against each renewal, past and next. Returns the time of notice of the one before the last end.
fn add_renewals(context: &mut Context<'_>, life: &Life<'_>) -> Option<u32> {
    let going_on = life.going_on?;
    let path = path!["term", going_on.key, "notice_months"];
    let Some(months) = going_on.notice_months else {
        context.gap(
            path,
            "Sista dag för uppsägning före en förlängning är inte känd: uppsägningstiden är inte angiven.",
        );
        return None;
    };
    if !going_on.has_notice_day {
        return None;
    }
    let title = if going_on.is_until_further_notice() {
        "Sista dag för uppsägning, för att avtalet ska upphöra vid nästa tillfälle"
    } else {
        "Sista dag för uppsägning innan avtalet förlängs automatiskt"
    };
    let mut is_told = false;
    let open = open_ends(life).count();
    let ends = life.as_agreed.iter().enumerate().filter_map(|(index, stretch)| Some((index, stretch.to?)));
    for (index, end) in ends {
        // Nobody gives notice against a renewal that does not come, or that an extension came before. One that notice has
        // stopped does not come any more, and that notice stays even if something else ends the agreement earlier.
        let is_stopped = || {
            let is_next = going_on.until.is_none_or(|until| end < until);
            let day = notice_day(end, months).filter(|_| is_next);
            life.notice.as_ref().zip(day).is_some_and(|(notice, day)| notice.given <= day)
        };
        let next = life.as_agreed.get(index + 1);
        let is_renewed = match next {
            Some(next) => index < open && is_renewal(next),
            None => index < open && life.renews() || is_stopped(),
        };
        is_told = is_renewed;
        if is_renewed {
            let right =
                Right { months, counts: going_on.notice_counts_from, path: path.clone(), clause: "term" };
            let of = if going_on.is_until_further_notice() { "year" } else { "renewal" };
            add_day(context, life, end, title, &right, (of, Some(index + 1)));
        }
    }
    is_told.then_some(months)
}

fn is_renewal(stretch: &Stretch) -> bool {
    stretch.rests_on.comes_by_itself()
}

fn add_ordinary(context: &mut Context<'_>, life: &Life<'_>, renewing: Option<u32>) {
    if life.has_no_end() {
        return;
    }
    let records = context.records.map(|records| &*records.data);
    let exits = exits_on(context.agreement(), records, context.as_of).into_iter();
    let ordinary = exits.filter(|(_, (exit, _))| exit.is_ordinary());
    for (key, (exit, path)) in ordinary {
        let path = path.join("notice_months");
        let Some(months) = exit.notice_months.known().map(|months| months.get()) else {
            context.gap(path, "Sista dag för uppsägning är inte känd: uppsägningstiden är inte angiven.");
            continue;
        };
        // Notice of the same length against renewal is the same notice.
        let is_told = renewing == Some(months);
        // An early end leaves nothing to give notice of; notice that led to it stays as done.
        let is_over = life.early_end.is_some() && life.notice.is_none();
        if is_told || is_over {
            continue;
        }
        let Some(end) = life.as_agreed.last().and_then(|last| last.to) else { continue };
        let right = Right { months, counts: exit.notice_counts_from, path, clause: "exit" };
        add_day(context, life, end, "Sista dag för uppsägning före avtalstidens slut", &right, (key, None));
    }
}

fn add_day(
    context: &mut Context<'_>,
    life: &Life<'_>,
    end: NaiveDate,
    title: &str,
    right: &Right,
    (of, number): (&str, Option<usize>),
) {
    let is_of_term = |day: &NaiveDate| context.term.is_some_and(|term| *day >= term.start);
    let Some(day) = notice_day(end, right.months).filter(is_of_term) else { return };
    let period = number.map(|number| number.to_string());
    let given = context.notice_given().filter(|given| given.date.is_some_and(|given| given <= day));
    let draft = context.of_term(DeadlineKind::Notice, title, day, right.path.clone());
    let counts = match right.counts {
        NoticeCounts::Receipt => "Uppsägningen ska ha kommit fram den dagen.",
        NoticeCounts::Sending => "Uppsägningen ska ha skickats den dagen.",
    };
    let basis = FollowsFrom {
        reckoning: Some(format!("{} före {end}", text::months(right.months))),
        clause: Some(right.clause),
        ..draft.basis
    };
    context.add(Draft {
        of: Some(of.to_owned()),
        period: period.clone(),
        basis,
        done: given.clone(),
        footing: Some(context.ground().of_end(end)),
        notes: vec![counts.to_owned()],
        ..draft
    });
    // It was decided in time if its decision was, however long it took to reach the other side.
    let decided = life.notice.as_ref().map(|notice| notice.decision.date);
    let given = given.map(|given| Fulfilled { date: decided, ..given });
    add_decision(context, (day, end), right, (of, period), given);
}

/// The last meeting of the committee whose decision still reaches the other side in time.
fn add_decision<'a>(
    context: &mut Context<'a>,
    (day, end): (NaiveDate, NaiveDate),
    right: &Right,
    (of, period): (&str, Option<String>),
    given: Option<Fulfilled<'a>>,
) {
    let delivery = match right.counts {
        NoticeCounts::Receipt => context.settings.notice_delivery_days.get(),
        NoticeCounts::Sending => 0,
    };
    let Some(latest) = day.checked_sub_days(Days::new(delivery.into())) else { return };
    let chosen = committee::last_meeting(context, latest);
    let (when, place, notes) = match chosen {
        Ok(meeting) => (When::Day(meeting.date), meeting.place.clone(), meeting.steps(context.as_of)),
        Err(reason) => {
            (When::Unknown { near: latest, reason }, context.place(right.path.clone()), Vec::new())
        }
    };
    let reckoning = match delivery {
        0 => format!("senast den {day}"),
        days => format!("{} före {day}, så att uppsägningen hinner komma fram", text::days(days)),
    };
    let basis = FollowsFrom {
        place,
        clause: None,
        reckoning: Some(reckoning),
        assumed: (delivery > 0).then_some("schedule.notice_delivery_days"),
    };
    context.add(Draft {
        of: Some(of.to_owned()),
        period,
        responsible: context.committee(),
        done: given,
        footing: Some(context.ground().of_end(end)),
        notes,
        ..Draft::new(
            DeadlineKind::NoticeDecision,
            "Sista sammanträde som kan besluta om uppsägning".to_owned(),
            when,
            basis,
        )
    });
}
