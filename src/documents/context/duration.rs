//! How long the agreement lasts, and what has made it longer or shorter.

use chrono::{Datelike, NaiveDate};
use indexmap::IndexMap;
use minijinja::Value;

use super::parties::called;
use super::words::{definite, object};
use crate::agreement::{
    Agreement, Bound, Change, DocumentWord, Exit, ExtensionOption, Means, Predecessor, Term,
};
use crate::date::{self, Length, Period};
use crate::documents::blanks::{Blanks, briefly};
use crate::documents::markdown::escape;
use crate::path;
use crate::records::{Decision, Records};
use crate::term::{Commitment, Life, RestsOn, Stretch};
use crate::text;
use crate::typography::keep_together;
use crate::vocabulary::Known;

/// The term that the agreement states, and what has become of it by `day`; `stated` is the one that it was agreed with.
pub(super) fn duration(
    agreement: &Agreement,
    stated: &Term,
    records: Option<&Records>,
    life: &Life<'_>,
    blanks: &mut Blanks,
    day: NaiveDate,
) -> Value {
    let term = &agreement.term;
    let is_open = term.open_ended().is_some();
    let period = term.period().filter(|_| !is_open);
    let moved = moved_to(life).filter(|_| !is_open);
    let whole = period.map(|period| Period { end: moved.unwrap_or(period.end), ..period });
    // Proposed time is in no agreement's text yet.
    let gaps = life.gaps().into_iter().filter(|gap| whole.is_some_and(|whole| whole.contains(gap)));
    let gaps: Vec<String> = gaps.map(days_in_words).collect();
    let length = whole.filter(|_| gaps.is_empty()).map(|period| length_in_words(period.length()));
    let years = period.map(|period| {
        let (first, last) = (period.years().min(), period.years().max());
        match (first, last) {
            (Some(first), Some(last)) if first != last => format!("åren {first}–{last}"),
            _ if period.length().months < 12 => months_in_words(period),
            (Some(first), _) => format!("år {first}"),
            _ => String::new(),
        }
    });
    let memo = agreement.memo.dated.known();
    let begins_before_memo = term.start.known().zip(memo).is_some_and(|(start, memo)| start < memo);
    let is_last_of_its_kind = |number: usize, stretch: &Stretch| {
        let next = life.as_agreed.get(number + 1);
        !(stretch.rests_on.comes_by_itself() && next.is_some_and(|next| next.rests_on.comes_by_itself()))
    };
    let is_signed = life.standing == Commitment::Agreed;
    let changes: Value = life
        .as_agreed
        .iter()
        .enumerate()
        .filter(|(number, stretch)| is_last_of_its_kind(*number, stretch))
        // What nobody has signed has not been renewed: its text says that it will be.
        .filter(|(_, stretch)| is_signed || !matches!(stretch.rests_on, RestsOn::Renewal(_)))
        .filter_map(|(_, stretch)| change(agreement, records, stretch))
        .collect();
    let stops_renewal = life.early_end.is_none() && life.notice.is_some() && life.going_on.is_some();
    let not_after = life.last_day().filter(|_| stops_renewal).map(|last| last.to_string());
    let notice = term.open_ended().and_then(|open| open.notice_months.known());
    let notice = notice.map(|months| notice_of_each(agreement).unwrap_or_else(|| in_months(months.get())));
    let extensions = life.as_agreed.iter().filter(|one| !matches!(one.rests_on, RestsOn::Supplement(_)));
    let additions = agreement.supplement.len()
        + extensions.filter(|one| one.rests_on.change(agreement).is_some()).count();
    object(IndexMap::from([
        ("begins_before_memo", Value::from(begins_before_memo)),
        // Days and blanks: nothing that anybody wrote.
        ("span", Value::from_safe_string(span(term, moved, blanks))),
        (
            "follows_on",
            Value::from(
                agreement
                    .predecessor
                    .as_ref()
                    .map(|before| Value::from_safe_string(follows_on(agreement, before, blanks, day))),
            ),
        ),
        ("until_further_notice", Value::from(is_open)),
        ("limits_extensions_alone", Value::from(stated.limits_extensions_alone())),
        ("notice_elsewhere", Value::from(agreement.exit.values().any(Exit::is_ordinary))),
        ("by_months", Value::from(moved.is_none() && is_by_months(term))),
        ("ends_on", Value::from(term.open_ended().and_then(|open| Some(open.ends_on?.long())))),
        ("review_every", Value::from(term.review_every_years.map(|years| every(years.get())))),
        ("length", Value::from(length)),
        ("gaps", Value::from((!gaps.is_empty()).then(|| text::list(&gaps)))),
        ("years", Value::from(years)),
        // The last day that was agreed first, where changes have moved it.
        (
            "first_until",
            Value::from(stated.last_day().filter(|_| moved.is_some()).map(|last| last.to_string())),
        ),
        ("changes", changes),
        // What the parties have signed beside the agreement itself.
        ("has_additions", Value::from(additions > 0)),
        ("several_additions", Value::from(additions > 1)),
        ("not_after", Value::from(not_after)),
        ("onward", onward(agreement, life)),
        ("notice", Value::from(notice)),
        ("early_end", early_end(agreement, life, day)),
    ]))
}

/// "nio månader för kommunen och tre månader för föreningen", where parties have a time of notice each.
fn notice_of_each(agreement: &Agreement) -> Option<String> {
    let ordinary = agreement.exit.values().filter(|exit| exit.is_ordinary() && !exit.open_to.is_empty());
    let each = ordinary.filter_map(|exit| {
        let parties: Vec<&str> = exit.open_to.iter().map(|party| called(agreement, party)).collect();
        Some((exit.notice_months.known()?.get(), text::list(&parties)))
    });
    let each: Vec<(u32, String)> = each.collect();
    let is_one = each.iter().all(|(months, _)| Some(months) == each.first().map(|(first, _)| first));
    let told: Vec<String> =
        each.iter().map(|(months, parties)| format!("{} för {parties}", in_months(*months))).collect();
    (!is_one).then(|| text::list(&told))
}

/// The last day that signed changes have put in the place of the stated one.
fn moved_to(life: &Life<'_>) -> Option<NaiveDate> {
    if life.standing != Commitment::Agreed {
        return None;
    }
    if let Some(early) = life.early_end.as_ref().filter(|early| early.rests_on.is_some()) {
        return Some(early.day);
    }
    let is_change = |one: &&Stretch| matches!(one.rests_on, RestsOn::Extension(_) | RestsOn::Supplement(_));
    life.as_agreed.iter().rfind(is_change)?.to
}

/// How long the agreement is to last, as it follows "gäller": to its last day, for so many months or until further notice.
fn span(term: &Term, moved: Option<NaiveDate>, blanks: &mut Blanks) -> String {
    let mut day = |day: Option<NaiveDate>, key: &str| match day {
        Some(day) => date::long(day),
        None => blanks.blank(&path!["term", key]).to_string(),
    };
    let from = format!("från och med den {}", day(term.start.known().copied(), "start"));
    match (term.open_ended(), term.months) {
        (Some(_), _) => format!("{from} och tills vidare"),
        (None, Some(months)) if moved.is_none() && is_by_months(term) => {
            let months = text::months(months);
            let last = term.last_day().map(|last| format!(", till och med den {}", date::long(last)));
            format!("i {months} {from}{}", last.unwrap_or_default())
        }
        (None, _) => format!("{from} till och med den {}", day(moved.or(term.end.known().copied()), "end")),
    }
}

/// Whether the agreement states its length in months and no last day.
fn is_by_months(term: &Term) -> bool {
    term.months.is_some() && term.end.known().is_none() && term.open_ended().is_none()
}

/// That the agreement extends or takes over from one that the register does not hold, as a sentence.
fn follows_on(agreement: &Agreement, before: &Predecessor, blanks: &mut Blanks, today: NaiveDate) -> String {
    let the = text::capitalised(definite(agreement.document_word));
    let title = escape(before.title.trim().trim_end_matches('.'));
    let dated =
        blanks.show(&before.dated, &path!["predecessor", "dated"], |day| Value::from(date::long(*day)));
    let dated = if dated.is_none() { String::new() } else { format!(" av den {dated}") };
    let number = blanks.show(&before.registry_number, &path!["predecessor", "registry_number"], |number| {
        Value::from(escape(number))
    });
    let number =
        if number.is_none() { String::new() } else { format!(" (diarienummer {})", briefly(number)) };
    let time = before.period.known().map(|period| {
        let (first, last) = (date::long(period.start), date::long(period.end));
        // Words that have been signed stand as they were.
        let day = agreement.dated.known().map_or(today, |dated| today.min(*dated));
        let holds = if period.end < day { "gällde" } else { "gäller" };
        format!(", som {holds} från och med den {first} till och med den {last}")
    });
    let time = time.unwrap_or_default();
    if before.extended {
        let this = match agreement.document_word {
            DocumentWord::Avtal => "det här avtalet",
            DocumentWord::Overenskommelse => "den här överenskommelsen",
        };
        return format!(
            "{} förlänger {title}{dated}{number}{time}. Villkoren där gäller också under den nya tiden, om {this} inte säger något annat.",
            text::capitalised(this)
        );
    }
    format!("{the} avlöser {title}{dated}{number}{time}.")
}

/// "augusti–december 2024": whole months of one year; otherwise the year alone.
fn months_in_words(period: Period) -> String {
    let (year, first, last) = (period.start.year(), period.start.month(), period.end.month());
    let is_whole = period.start.day() == 1 && period.end.succ_opt().is_some_and(|next| next.day() == 1);
    match (date::month_name(first), date::month_name(last)) {
        (Some(only), _) if is_whole && first == last => format!("{only} {year}"),
        (Some(first), Some(last)) if is_whole => format!("{first}–{last} {year}"),
        _ => format!("år {year}"),
    }
}

/// "vart tredje år".
fn every(years: u32) -> String {
    match years {
        1 => "varje år".to_owned(),
        2 => "vartannat år".to_owned(),
        years => format!("vart {} år", text::ordinal(years)),
    }
}

/// "en månad", "sex månader".
pub(super) fn in_months(months: u32) -> String {
    format!("{} {}", text::numeral(months), if months == 1 { "månad" } else { "månader" })
}

/// "den 1 januari 2026 till och med den 31 december 2026".
pub(super) fn days_in_words(period: Period) -> String {
    format!("den {} till och med den {}", date::long(period.start), date::long(period.end))
}

/// "sex månader", "6 månader och 3 dagar".
pub(super) fn length_in_words(length: Length) -> String {
    // Figures stay with their unit; words need not.
    if length.days == 0 && length.months <= 12 { in_months(length.months) } else { length.to_string() }
}

/// How it may go on after its last day: by itself or if somebody asks for it, and until when at the longest, or for how long where
/// no such day is known.
fn onward(agreement: &Agreement, life: &Life<'_>) -> Value {
    let term = &agreement.term;
    let renewal = term.renewal.as_ref();
    let possible = life.possible().next();
    // An agreement that does not know its days knows all the same that it may go on.
    let is_dated = life.last_day().is_some();
    let may_go_on = possible.is_some() || (!is_dated && (renewal.is_some() || !term.option.is_empty()));
    if term.open_ended().is_some() || !may_go_on {
        return Value::from(());
    }
    // A right to extend can stand beside a renewal that comes by itself.
    let by_itself = renewal.is_some() || possible.is_some_and(|first| first.rests_on.comes_by_itself());
    let renewal = renewal.filter(|_| by_itself);
    let by_option = by_itself && !term.option.is_empty();
    let may_be_longer = term.option.values().any(|option| option.bound == Bound::AtLeast);
    // At least so much has no most.
    let until = life.reach.filter(|_| is_dated && !may_be_longer);
    let options: Vec<String> = term.option.values().map(option_in_words).collect();
    let length = (until.is_none() && !by_itself && !options.is_empty()).then(|| text::list(&options));
    object(IndexMap::from([
        ("by_itself", Value::from(by_itself)),
        ("by_option", Value::from(by_option)),
        ("months", Value::from(renewal.map(|renewal| in_months(renewal.months)))),
        ("until", Value::from(until.map(|last| last.to_string()))),
        ("length", Value::from(length)),
    ]))
}

/// "högst tolv månader, högst två gånger".
fn option_in_words(option: &ExtensionOption) -> String {
    let bound = match option.bound {
        Bound::AtLeast => "minst ",
        Bound::AtMost => "högst ",
        Bound::Exactly => "",
    };
    let times = match option.times {
        0 | 1 => String::new(),
        times => format!(", högst {} gånger", text::numeral(times)),
    };
    format!("{bound}{}{times}", in_months(option.months))
}

/// "socialnämnden 2025-05-28 § 41".
pub(super) fn citation(decision: &Decision) -> String {
    let paragraph = decision.paragraph.as_ref().map(|one| format!(" {one}")).unwrap_or_default();
    keep_together(&format!("{} {}{paragraph}", text::uncapitalised(&decision.by), decision.date))
}

/// What has moved the last day, and to which.
fn change(agreement: &Agreement, records: Option<&Records>, stretch: &Stretch) -> Option<Value> {
    let made = stretch.rests_on.change(agreement);
    // That it goes on until further notice changes nothing.
    if made.is_none() && !matches!(stretch.rests_on, RestsOn::Renewal(_)) {
        return None;
    }
    let decisions = made.into_iter().flat_map(Change::decisions).flatten();
    let decisions = decisions.filter_map(|key| records?.decision.get(key));
    let decisions: Vec<String> = decisions.map(citation).collect();
    Some(object(IndexMap::from([
        ("by", Value::from(stretch.rests_on.word())),
        ("from", Value::from(made.and_then(|one| one.from()).map(|from| from.to_string()))),
        ("until", Value::from(stretch.to?.to_string())),
        ("dated", Value::from(made.and_then(|one| one.dated()).map(|day| day.to_string()))),
        ("number", Value::from(made.and_then(|one| one.number()))),
        ("decision", Value::from((!decisions.is_empty()).then(|| text::list(&decisions)))),
    ])))
}

/// What ends the agreement before its time, and when.
fn early_end(agreement: &Agreement, life: &Life<'_>, day: NaiveDate) -> Value {
    let Some(early) = &life.early_end else { return Value::from(()) };
    let mut supplements = agreement.supplement.iter();
    let supplement =
        supplements.find_map(|(key, one)| (early.path == path!["supplement", key, "end"]).then_some(one));
    // A day that the agreement states beside the notice is the day of that notice.
    let by_notice = life.notice.is_some() && early.rests_on.is_none();
    let decided = life.notice.as_ref().filter(|_| by_notice).map(|notice| citation(notice.decision));
    let dated = supplement.and_then(|one| one.dated.known()).map(ToString::to_string);
    let exit = life.notice.as_ref().and_then(|notice| agreement.exit.get(notice.decision.exit.as_deref()?));
    let by_rescission = by_notice && exit.is_some_and(|exit| exit.means == Means::Rescission);
    object(IndexMap::from([
        ("day", Value::from(early.day.to_string())),
        ("is_past", Value::from(early.day < day)),
        ("by_notice", Value::from(by_notice)),
        ("by_rescission", Value::from(by_rescission)),
        // Of several committees that concluded it, the one that has decided.
        ("decided", Value::from(decided.filter(|_| !agreement.also_decides.is_empty()))),
        ("dated", Value::from(dated)),
        ("supplement", Value::from(supplement.map(|one| one.number))),
    ]))
}
