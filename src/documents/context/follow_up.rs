//! Steering groups, reports and accounts.

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::Value;

use super::parties::called;
use super::words::object;
use crate::agreement::{Agreement, CountedFrom, Due, Duty, DutyKind, Every, Force, LateCut};
use crate::date;
use crate::documents::blanks::Blanks;
use crate::path;
use crate::text;
use crate::vocabulary::{Fact, Known};

/// What the steering groups' data means in words: names in place of keys.
pub(super) fn groups(agreement: &Agreement) -> Value {
    Value::from_pairs(agreement.steering_group.iter().map(|(key, group)| {
        let style = group.decides_by.known().map(|style| style.label());
        let meetings = group.meetings.known().map(|meetings| meetings.per.label());
        let (the, is_named) = definite_title(&group.title);
        let fields = object(IndexMap::from([
            ("the", Value::from(the)),
            ("is_named", Value::from(is_named)),
            ("decides_by", Value::from(style)),
            ("per", Value::from(meetings)),
            ("called_by", party_of(agreement, &group.called_by)),
            ("minutes_by", party_of(agreement, &group.minutes_by)),
        ]));
        (key.as_str(), fields)
    }))
}

/// A group's title in the definite form: "Arbetsgruppen", "Styrgruppen för BISAM"; of one that does not end as groups do, "Gruppen".
/// With whether it is the title's own.
fn definite_title(title: &str) -> (String, bool) {
    let (first, rest) = title.trim().split_once(' ').unwrap_or((title.trim(), ""));
    let is_addition =
        ["", "för", "i", "om", "på", "med", "vid"].contains(&rest.split(' ').next().unwrap_or(""));
    let lower = first.to_lowercase();
    let endings = [
        ("grupp", "en"),
        ("nämnd", "en"),
        ("kommitté", "n"),
        ("styrelse", "n"),
        ("råd", "et"),
        ("forum", "et"),
        ("utskott", "et"),
        ("team", "et"),
        ("möte", "t"),
        ("gruppen", ""),
        ("nämnden", ""),
        ("kommittén", ""),
        ("styrelsen", ""),
        ("rådet", ""),
        ("forumet", ""),
        ("utskottet", ""),
        ("teamet", ""),
        ("mötet", ""),
    ];
    let ending = endings.iter().find(|(ending, _)| lower.ends_with(ending)).filter(|_| is_addition);
    let Some((_, definite)) = ending else { return ("Gruppen".to_owned(), false) };
    let rest = if rest.is_empty() { String::new() } else { format!(" {rest}") };
    (text::capitalised(&format!("{first}{definite}{rest}")), true)
}

fn party_of(agreement: &Agreement, fact: &Fact<String>) -> Value {
    Value::from(fact.known().map(|key| called(agreement, key)))
}

/// Reports and accounts, with names in place of keys.
pub(super) fn duties(agreement: &Agreement, blanks: &mut Blanks) -> Value {
    agreement
        .follow_up
        .iter()
        .map(|(key, duty)| {
            let base = path!["follow_up", key];
            let person = |text: &String| Value::from(called(agreement, text));
            let author = blanks.show(&duty.author, &base.join("author"), person);
            let receiver = blanks.show(&duty.receiver, &base.join("receiver"), person);
            let due = blanks.show(&duty.due, &base.join("due"), |due| Value::from(when(due)));
            let template =
                blanks.show(&duty.template, &base.join("template"), |text| Value::from(text.as_str()));
            let how_often = match how_often(duty, agreement.term.last_day()) {
                Some(words) => Value::from(words),
                None if duty.every.is_open() => blanks.blank(&base.join("every")),
                None if duty.at_least_per_year.is_open() => blanks.blank(&base.join("at_least_per_year")),
                None => Value::from(()),
            };
            let what = duty.title.clone().unwrap_or_else(|| text::capitalised(duty.kind.label()));
            object(IndexMap::from([
                ("one", Value::from(one_of(&what))),
                ("what", Value::from(what)),
                ("informs", Value::from(duty.kind == DutyKind::Information)),
                ("how_often", how_often),
                ("author", author),
                ("receiver", receiver),
                ("due", due),
                ("late", Value::from(late(duty))),
                ("contents", Value::from(duty.contents.clone())),
                ("use_for", Value::from(duty.use_for.as_deref())),
                ("template", template),
            ]))
        })
        .collect()
}

/// "minskas utbetalningen närmast efter … med 20 procent. Är rapporten mer än 30 dagar sen är minskningen i stället 50 procent.": what
/// a late report takes off the next payout. Only the cut for the longest delay that has passed counts.
fn late(duty: &Duty) -> Option<String> {
    let mut cuts: Vec<&LateCut> = duty.late.values().collect();
    cuts.sort_by_key(|cut| cut.after_days);
    let (first, later) = cuts.split_first()?;
    let delay = |days: u32| match days {
        1 => "mer än en dag sen".to_owned(),
        days => format!("mer än {days} dagar sen"),
    };
    let payout = "utbetalningen närmast efter den dag då rapporten senast skulle ha lämnats";
    let condition = match first.after_days {
        0 => String::new(),
        days => format!(", om rapporten är {}", delay(days)),
    };
    let mut said = match first.force {
        Force::Shall => format!("minskas {payout} med {}{condition}.", first.share),
        Force::May => format!("kan {payout} minskas med {}{condition}.", first.share),
    };
    for cut in later {
        let is = match cut.force {
            Force::Shall => "är minskningen i stället",
            Force::May => "kan minskningen i stället bli",
        };
        said.push_str(&format!(" Är rapporten {} {is} {}.", delay(cut.after_days), cut.share));
    }
    Some(said)
}

/// "en halvårsrapport"; words whose gender their ending does not tell stand alone.
fn one_of(what: &str) -> String {
    let endings = ["rapport", "redovisning", "utvärdering", "avstämning", "uppföljning", "berättelse"];
    if endings.iter().any(|ending| what.to_lowercase().ends_with(ending)) {
        format!("en {}", text::uncapitalised(what))
    } else {
        text::uncapitalised(what)
    }
}

fn how_often(duty: &Duty, last: Option<NaiveDate>) -> Option<String> {
    let often = frequency(duty, last)?;
    let is_from_start = duty.counted_from == Some(CountedFrom::Start);
    Some(if is_from_start { format!("{often}, räknat från avtalets första dag") } else { often })
}

fn frequency(duty: &Duty, last: Option<NaiveDate>) -> Option<String> {
    let comes_after = |due: &Due| match due.date {
        Some(day) => last.is_some_and(|last| last < day),
        // Once is for the whole term.
        None => due.days_after_period.is_some(),
    };
    Some(match (duty.at_least_per_year.known(), duty.every.known()) {
        (Some(times), _) if times.get() == 1 => "minst en gång per år".to_owned(),
        (Some(times), _) => format!("minst {} gånger per år", text::numeral(times.get())),
        (None, Some(Every::Once)) if duty.due.known().is_some_and(comes_after) => "en gång".to_owned(),
        (None, Some(Every::Once)) => Every::Once.label().to_owned(),
        (None, Some(every)) => format!("varje {}", every.label()),
        (None, None) if duty.kind == DutyKind::Information => "när det händer".to_owned(),
        (None, None) => return None,
    })
}

fn when(due: &Due) -> String {
    if let Some(words) = &due.words {
        return words.clone();
    }
    if let Some(date) = due.date {
        return format!("senast den {}", date::long(date));
    }
    let month = due.month.and_then(date::month_name);
    match (due.day, month, due.days_after_period) {
        (Some(day), Some(month), _) => format!("senast den {day}{}{month}", text::NBSP),
        (None, Some(month), _) => format!("senast i {month}"),
        (_, None, Some(days)) => format!("senast {} efter periodens slut", text::days(days)),
        _ => String::new(),
    }
}
