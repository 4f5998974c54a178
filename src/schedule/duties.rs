//! Reports, accounts, evaluations: what the agreement asks for, and what the municipality asks for of everybody.

use std::sync::{Arc, LazyLock};

use chrono::Datelike;

use super::context::{Context, Draft};
use super::deadline::{FollowsFrom, Responsible};
use super::due_day::{Turn, due_day};
use super::recurrence::{Recurrence, Rhythm, is_cut_short, stretches};
use crate::agreement::{CountedFrom, Covers, Due, Duty, DutyKind, Role};
use crate::date::Period;
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::path;
use crate::register::disk::SETTINGS_FILE;
use crate::term::{Commitment, funding_on};
use crate::text;
use crate::vocabulary::Known;

/// The kind of date of a kind of duty.
#[must_use]
pub fn deadline_kind(kind: DutyKind) -> DeadlineKind {
    match kind {
        DutyKind::ActivityReport => DeadlineKind::ActivityReport,
        DutyKind::YearlyReport => DeadlineKind::YearlyReport,
        DutyKind::CommitteeAccount => DeadlineKind::CommitteeAccount,
        DutyKind::AnnualAccounts => DeadlineKind::AnnualAccounts,
        DutyKind::Statistics => DeadlineKind::Statistics,
        DutyKind::Workshop => DeadlineKind::Workshop,
        DutyKind::MidTermReview => DeadlineKind::MidTermReview,
        DutyKind::FinalEvaluation => DeadlineKind::FinalEvaluation,
        DutyKind::Information | DutyKind::Other => DeadlineKind::FollowUp,
    }
}

pub(super) fn add(context: &mut Context<'_>) {
    let Some(term) = context.term else {
        let term = &context.agreement().term;
        let what = match (term.start.known(), term.last_day()) {
            (Some(_), Some(_)) => "Avtalstiden slutar innan den börjar",
            (None, _) => "Avtalstidens första dag är inte angiven",
            (_, None) => "Avtalstidens sista dag är inte angiven",
        };
        context.gap(path!["term"], format!("{what}: inga datum kan räknas fram ur avtalstiden."));
        return;
    };
    let agreement = context.agreement();
    for (key, duty) in &agreement.follow_up {
        add_duty(context, key, duty, term);
    }
    for kind in &context.settings.routine {
        let own = agreement.follow_up.values().filter(|duty| duty.kind == *kind);
        let authors: Vec<Option<&str>> = own.map(|duty| duty.author.known().map(String::as_str)).collect();
        // A duty whose author is not stated may be anybody's.
        if !authors.contains(&None) {
            add_routine(context, *kind, term, &authors);
        }
    }
}

/// How often a duty comes; nothing where the agreement does not say.
fn rhythm(duty: &Duty) -> Option<Rhythm> {
    if let Some(every) = duty.every.known() {
        return Some(Rhythm::from(*every));
    }
    if let Some(times) = duty.at_least_per_year.known().map(|times| times.get()) {
        // Five times a year, say, is at least once in every second month.
        let each = (1..=12).rev().find(|months| 12_u32.is_multiple_of(*months) && 12 / months >= times);
        return Some(Rhythm::Months(each.unwrap_or(1)));
    }
    // One date of its own, or what comes once by its nature.
    let has_date = duty.due.known().is_some_and(|due| due.date.is_some());
    (has_date || comes_once(duty.kind)).then_some(Rhythm::Once)
}

fn comes_once(kind: DutyKind) -> bool {
    matches!(kind, DutyKind::FinalEvaluation | DutyKind::MidTermReview)
}

/// The days that each report on a duty covers, in order; none where the agreement does not say how often it comes.
#[must_use]
pub fn report_periods(duty: &Duty, term: Period) -> Vec<Period> {
    let reports = rhythm(duty).map(|rhythm| reports(duty, term, rhythm)).unwrap_or_default();
    reports.into_iter().map(|one| one.period).collect()
}

/// A report is not asked for on so few days at the beginning or the end of the term: the next or the one before tells of
/// them.
const TOO_FEW_DAYS: u32 = 14;

/// The periods in which something is asked for.
fn asked(term: Period, rhythm: Rhythm, from: CountedFrom) -> Vec<Recurrence> {
    let mut stretches = stretches(term, rhythm, from);
    stretches.retain(|one| is_asked(one, term, rhythm));
    stretches
}

fn is_asked(one: &Recurrence, term: Period, rhythm: Rhythm) -> bool {
    one.period == term || !is_cut_short(one.period, rhythm, TOO_FEW_DAYS)
}

/// One stretch for each report.
fn reports(duty: &Duty, term: Period, rhythm: Rhythm) -> Vec<Recurrence> {
    let stretches = asked(term, rhythm, duty.counted_from.unwrap_or(CountedFrom::Calendar));
    match rhythm {
        // What comes once tells of the whole term, and of no year.
        Rhythm::Once => stretches,
        Rhythm::Months(_) => stretches.iter().map(|one| covered(one, duty, term)).collect(),
    }
}

/// The days that each report covers: its own period, or the year so far.
fn covered(stretch: &Recurrence, duty: &Duty, term: Period) -> Recurrence {
    let end = stretch.period.end;
    let year = end.year();
    // A year to date is the calendar's.
    let is_to_date = duty.covers == Some(Covers::YearToDate) && duty.counted_from != Some(CountedFrom::Start);
    let Some(of_year) = term.in_year(year).filter(|_| is_to_date) else {
        return stretch.clone();
    };
    let period = Period { end, ..of_year };
    // The last report of a year is the one for the whole of it. It keeps its own period's name, which stays when the
    // term becomes longer.
    let is_whole = (end.month(), end.day()) == (12, 31);
    let name = if is_whole { format!("helåret {year}") } else { stretch.name.clone() };
    Recurrence { name, period, ..stretch.clone() }
}

fn add_duty<'a>(context: &mut Context<'a>, key: &'a str, duty: &'a Duty, term: Period) {
    let title = duty.title.clone().unwrap_or_else(|| text::capitalised(duty.kind.label()));
    let has_date = duty.due.known().is_some_and(|due| due.date.is_some());
    if comes_once(duty.kind) && !has_date && context.life.has_no_end() {
        let text = format!("”{title}” räknas från avtalstidens slut, och avtalet gäller tills vidare.");
        context.gap(path!["follow_up", key, "due"], text);
        return;
    }
    let Some(rhythm) = rhythm(duty) else {
        // To tell when something happens has no day.
        if duty.kind == DutyKind::Information && duty.every.is_none() {
            return;
        }
        context
            .gap(path!["follow_up", key, "every"], format!("Hur ofta ”{title}” ska komma är inte angivet."));
        return;
    };
    let from = duty.counted_from.unwrap_or(CountedFrom::Calendar);
    for short in stretches(term, rhythm, from).iter().filter(|one| !is_asked(one, term, rhythm)) {
        let gap = format!(
            "”{title}” behövs inte för {}: avtalet gäller bara {} av den.",
            short.name,
            short.period.in_words()
        );
        context.gap(path!["follow_up", key], gap);
    }
    let stretches = reports(duty, term, rhythm);
    let periods: Vec<Period> = stretches.iter().map(|one| one.period).collect();
    let kind = deadline_kind(duty.kind);
    let received = context.reports(key, &periods);
    for ((stretch, report), number) in stretches.into_iter().zip(received).zip(0..) {
        let due = duty.due.known();
        let has_date = due.is_some_and(|due| due.date.is_some());
        let turn = Turn { period: stretch.period, rhythm, number, start: term.start };
        let Some(day) = due_day(duty.kind, due, turn, context.settings) else { continue };
        let done = report.or_else(|| context.done(kind, Some(key), Some(&stretch.label)));
        // What cannot be counted is told in the agreement's own words.
        let words = due.and_then(|due: &Due| due.words.as_deref());
        let notes = words.map(|words| format!("Avtalet säger: {words}.")).into_iter().collect();
        let title = if rhythm == Rhythm::Once { title.clone() } else { format!("{title}, {}", stretch.name) };
        let place = match duty.due {
            Some(_) => path!["follow_up", key, "due"],
            None => path!["follow_up", key],
        };
        let basis = FollowsFrom {
            place: context.place(place),
            clause: Some("follow-up"),
            reckoning: day.reckoning,
            assumed: day.assumed,
        };
        context.add(Draft {
            of: Some(key.to_owned()),
            period: Some(stretch.label),
            covers: Some(stretch.period),
            responsible: author(context, duty),
            receiver: duty.receiver.known().map(String::as_str),
            done,
            // What comes once without a date of its own is counted from the last day.
            can_move: rhythm == Rhythm::Once && !has_date && context.last_day_can_move(),
            notes,
            ..Draft::new(kind, title, day.when, basis)
        });
    }
}

/// Who writes it; an account to the committee whose author is not stated comes from the one who got the task.
fn author<'a>(context: &Context<'a>, duty: &'a Duty) -> Responsible<'a> {
    let executor = context.agreement().memo.executor.known();
    let executor = executor.filter(|_| duty.kind == DutyKind::CommitteeAccount);
    context.named(duty.author.known().or(executor))
}

/// What the municipality asks for whether agreed or not: of each organisation that gets money and has not agreed to it, or
/// of itself.
fn add_routine<'a>(context: &mut Context<'a>, kind: DutyKind, term: Period, agreed: &[Option<&str>]) {
    static FILE: LazyLock<Arc<str>> = LazyLock::new(|| SETTINGS_FILE.into());
    if comes_once(kind) && context.life.has_no_end() {
        return;
    }
    let rhythm = if comes_once(kind) { Rhythm::Once } else { Rhythm::Months(12) };
    let authors: Vec<(&'a str, Responsible<'a>)> = match kind {
        DutyKind::CommitteeAccount | DutyKind::FinalEvaluation | DutyKind::MidTermReview => {
            if agreed.is_empty() { vec![("routine", context.public())] } else { Vec::new() }
        }
        _ => paid_organisations(context)
            .filter(|key| !agreed.contains(&Some(key)))
            .map(|key| (key, Responsible { party: Some(key), function: None }))
            .collect(),
    };
    let deadline = deadline_kind(kind);
    let name = text::capitalised(deadline.label());
    for stretch in asked(term, rhythm, CountedFrom::Calendar) {
        let turn = Turn { period: stretch.period, rhythm, number: 0, start: term.start };
        let Some(day) = due_day(kind, None, turn, context.settings) else { continue };
        for (of, responsible) in &authors {
            let title =
                if rhythm == Rhythm::Once { name.clone() } else { format!("{name}, {}", stretch.name) };
            let basis = FollowsFrom {
                place: Place::value(&FILE, path!["schedule", "routine"]),
                clause: None,
                reckoning: day.reckoning.clone(),
                assumed: day.assumed,
            };
            context.add(Draft {
                of: Some((*of).to_owned()),
                period: Some(stretch.label.clone()),
                covers: Some(stretch.period),
                responsible: *responsible,
                receiver: context.public_party().map(|(key, _)| key),
                done: context.done(deadline, Some(of), Some(&stretch.label)),
                can_move: rhythm == Rhythm::Once && context.last_day_can_move(),
                notes: vec!["Kommunens rutin, inte avtalat.".to_owned()],
                ..Draft::new(deadline, title, day.when.clone(), basis)
            });
        }
    }
}

/// The civil-society parties that receive money; all of them where nothing says which.
fn paid_organisations<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a str> {
    let agreement = context.agreement();
    let records = context.records.map(|records| &*records.data);
    let funding = funding_on(agreement, records, context.as_of).components.into_iter();
    // What a supplement only proposes pays nobody yet.
    let bound = funding.filter(|one| one.commitment.is_none_or(Commitment::is_bound));
    let payees: Vec<&str> = bound
        .flat_map(|one| one.funding.payees.keys().chain(&one.funding.payee))
        .map(String::as_str)
        .collect();
    let organisations = agreement.party.iter().filter(|(_, party)| party.role == Role::CivilSociety);
    organisations.map(|(key, _)| key.as_str()).filter(move |key| payees.is_empty() || payees.contains(key))
}
