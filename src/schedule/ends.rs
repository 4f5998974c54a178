//! How a partnership begins and comes to its end: the decision on it, the review, the decision whether to go on, options,
//! notice, and the last day.

use chrono::{Days, NaiveDate};

use super::context::{Context, Draft};
use super::deadline::{Basis, Fulfilled, Responsible, When};
use super::term_in_force::{TermInForce, notice_day};
use crate::agreement::{Cause, Extension, ExtensionOption, Means, Status};
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::key_path::KeyPath;
use crate::path;
use crate::records::DecisionKind;
use crate::vocabulary::Known;

pub(super) fn add(context: &mut Context<'_>) {
    let Some(term) = context.term.clone() else { return };
    add_approval(context, &term);
    add_review(context, &term);
    add_options(context, &term);
    add_continuation(context, &term);
    add_notice(context, &term);
    let last = term.ends.last().map_or_else(|| path!["term", "end"], |end| end.path.clone());
    let mut draft = simple(
        context,
        DeadlineKind::TermEnd,
        "Avtalstidens sista dag".to_owned(),
        When::Day(term.period.end),
        last,
    );
    if term.renews {
        draft.notes.push("Avtalet förlängs automatiskt om ingen säger upp det.".to_owned());
    } else if term.ends.len() > 1 {
        draft.notes.push("Efter förlängning.".to_owned());
    }
    context.add(draft);
}

/// A date that belongs to the term as a whole.
fn simple<'a>(
    context: &Context<'a>,
    kind: DeadlineKind,
    title: String,
    when: When,
    path: KeyPath,
) -> Draft<'a> {
    let basis = Basis { place: context.place(path), clause: Some("term"), reckoning: None, assumed: None };
    Draft { responsible: context.public(), ..Draft::new(kind, title, when, basis) }
}

/// The committee that decides, by the name it has today.
fn committee<'a>(context: &Context<'a>) -> Responsible<'a> {
    let committee = context.register.committee_of(context.agreement());
    let name = committee.and_then(|committee| committee.name_on(context.as_of));
    name.map_or_else(|| context.public(), |name| Responsible { party: Some(name), function: None })
}

/// The decision on the agreement itself, while it is not decided or where the decision is on record.
fn add_approval(context: &mut Context<'_>, term: &TermInForce) {
    let records = context.records;
    let decisions =
        records.into_iter().flat_map(|records| records.data.decision.iter().map(move |one| (records, one)));
    let decision = decisions
        .filter(|(_, (_, decision))| {
            matches!(decision.kind, DecisionKind::Approval | DecisionKind::Assignment)
        })
        .filter(|(_, (_, decision))| decision.date <= context.as_of)
        .min_by_key(|(_, (_, decision))| decision.date);
    let done = decision.map(|(records, (key, decision))| Fulfilled {
        date: Some(decision.date),
        reference: decision.registry_number.as_deref().or(decision.paragraph.as_deref()),
        place: Place::value(&records.file, path!["decision", key]),
    });
    let is_open = matches!(context.agreement().status, Status::Draft | Status::Proposed);
    let days = context.settings.legal_force_days.get();
    let Some(day) = term.period.start.checked_sub_days(Days::new(days.into())) else { return };
    if done.is_none() && !is_open {
        return;
    }
    let draft = simple(
        context,
        DeadlineKind::Approval,
        "Beslut om avtalet".to_owned(),
        When::Day(day),
        path!["term", "start"],
    );
    let reckoning = format!("{days}\u{a0}dagar före start, så att beslutet hinner bli slutligt");
    context.add(Draft {
        responsible: committee(context),
        basis: Basis {
            reckoning: Some(reckoning),
            assumed: Some("schedule.legal_force_days"),
            clause: None,
            ..draft.basis
        },
        done,
        ..draft
    });
}

/// The review: as stated, or so many months before the end.
fn add_review(context: &mut Context<'_>, term: &TermInForce) {
    let agreement = context.agreement();
    let title = "Översyn: ska partnerskapet fortsätta?".to_owned();
    let mut draft = if let Some(day) = agreement.term.review_by.known() {
        simple(context, DeadlineKind::Review, title, When::Day(*day), path!["term", "review_by"])
    } else {
        let months = context.settings.review_months.get();
        let Some(day) = notice_day(term.period.end, months).filter(|day| *day > term.period.start) else {
            return;
        };
        let path = term.ends.last().map_or_else(|| path!["term", "end"], |end| end.path.clone());
        let draft = simple(context, DeadlineKind::Review, title, When::Day(day), path);
        let reckoning = Some(format!("{months}\u{a0}månader före avtalstidens slut"));
        Draft {
            basis: Basis { reckoning, assumed: Some("schedule.review_months"), ..draft.basis },
            useful_until: Some(term.period.end),
            ..draft
        }
    };
    draft.done = context.done(DeadlineKind::Review, None, None);
    draft.notes.extend(agreement.term.review_task.known().cloned());
    context.add(draft);
}

/// The days on which options can last be used: those that have been used, and the next use of each.
fn add_options(context: &mut Context<'_>, term: &TermInForce) {
    let agreement = context.agreement();
    for (key, option) in &agreement.term.option {
        let used: Vec<_> = agreement
            .extension
            .values()
            .filter(|extension| extension.option.as_deref() == Some(key))
            .filter(|extension| extension.dated.known().is_none_or(|day| *day <= context.as_of))
            .collect();
        let next = u32::try_from(used.len()).unwrap_or(u32::MAX).saturating_add(1);
        for number in 1..=option.times.min(next) {
            let extension = usize::try_from(number).ok().and_then(|number| used.get(number - 1));
            // The end that this use would move: the one in force when it was made.
            let before = match extension {
                Some(extension) => term.ends.iter().rev().find(|end| end.day < extension.until),
                None => term.ends.last(),
            };
            let Some(end) = before.map(|end| end.day) else { continue };
            add_option(context, (key, option), number, end, extension.copied());
        }
    }
}

fn add_option<'a>(
    context: &mut Context<'a>,
    (key, option): (&'a str, &'a ExtensionOption),
    number: u32,
    end: NaiveDate,
    used: Option<&Extension>,
) {
    let months = context.settings.decision_months.get();
    let stated = option.notice_by.known().filter(|_| number == 1);
    let usual = || notice_day(end, months);
    let Some(day) = stated.copied().or_else(usual) else { return };
    let path = path!["term", "option", key];
    let (path, reckoning, assumed) = match stated {
        Some(_) => (path.join("notice_by"), None, None),
        None => (path, Some(format!("{months}\u{a0}månader före {end}")), Some("schedule.decision_months")),
    };
    let added =
        if option.months == 1 { "en månad".to_owned() } else { format!("{}\u{a0}månader", option.months) };
    let draft = simple(
        context,
        DeadlineKind::Option,
        format!("Sista dag att förlänga med {added}"),
        When::Day(day),
        path.clone(),
    );
    context.add(Draft {
        of: Some(key.to_owned()),
        period: (option.times > 1).then(|| number.to_string()),
        responsible: option.by.known().map_or_else(|| context.public(), |by| context.named(Some(by))),
        basis: Basis { reckoning, assumed, ..draft.basis },
        done: used.map(|extension| Fulfilled {
            date: extension.dated.known().copied(),
            reference: None,
            place: context.place(path),
        }),
        notes: option
            .condition
            .known()
            .map(|condition| format!("Villkor: {condition}."))
            .into_iter()
            .collect(),
        ..draft
    });
}

/// The decision whether to go on, where neither an option nor an automatic renewal decides it.
fn add_continuation(context: &mut Context<'_>, term: &TermInForce) {
    let agreement = context.agreement();
    if !agreement.term.option.is_empty() || agreement.term.renewal.is_some() {
        return;
    }
    let months = context.settings.decision_months.get();
    for (index, end) in term.ends.iter().enumerate() {
        let Some(day) = notice_day(end.day, months).filter(|day| *day > term.period.start) else { continue };
        let number = (index + 1).to_string();
        // A term that has been made longer, or an agreement that takes over, is the answer.
        let done = context.done(DeadlineKind::Continuation, None, Some(&number)).or_else(|| {
            match term.ends.get(index + 1) {
                Some(next) => {
                    let extension = next.extension.as_ref().and_then(|key| agreement.extension.get(key));
                    let date = extension.and_then(|extension| extension.dated.known()).copied();
                    Some(Fulfilled { date, reference: None, place: context.place(next.path.clone()) })
                }
                None => context.successor.map(|next| {
                    let place = Place::value(&next.file, path!["continues"]);
                    Fulfilled { date: None, reference: None, place }
                }),
            }
        });
        let draft = simple(
            context,
            DeadlineKind::Continuation,
            "Beslut om partnerskapet ska fortsätta".to_owned(),
            When::Day(day),
            end.path.clone(),
        );
        let reckoning = Some(format!("{months}\u{a0}månader före {}", end.day));
        context.add(Draft {
            period: Some(number),
            responsible: committee(context),
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
    let end = term.period.end;
    let ordinary = agreement
        .exit
        .iter()
        .filter(|(_, exit)| exit.means == Means::Notice && exit.cause.contains(&Cause::Any));
    let mut rights: Vec<(String, u32, KeyPath, &'static str, String)> = ordinary
        .filter_map(|(key, exit)| {
            let months = exit.notice_months.known()?.get();
            let title = "Sista dag för uppsägning före avtalstidens slut".to_owned();
            Some((key.clone(), months, path!["exit", key, "notice_months"], "exit", title))
        })
        .collect();
    let renewal = agreement.term.renewal.as_ref().filter(|_| term.renews);
    if let Some(months) = renewal.and_then(|renewal| renewal.notice_months.known()) {
        let title = "Sista dag för uppsägning innan avtalet förlängs automatiskt".to_owned();
        let path = path!["term", "renewal", "notice_months"];
        // Ordinary notice of the same length is the same notice.
        rights.retain(|(_, other, ..)| *other != months.get());
        rights.push(("renewal".to_owned(), months.get(), path, "term", title));
    }
    for (of, months, path, clause, title) in rights {
        let Some(day) = notice_day(end, months).filter(|day| *day >= term.period.start) else { continue };
        let draft = simple(context, DeadlineKind::Notice, title, When::Day(day), path);
        let reckoning = Some(format!("{months}\u{a0}månader före {end}"));
        context.add(Draft {
            of: Some(of),
            basis: Basis { reckoning, clause: Some(clause), ..draft.basis },
            ..draft
        });
    }
}
