//! Money in sentences.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::component::{Component, money, rate_of};
use super::draft::written;
use super::money_steps::stepped;
use super::parties::Parties;
use super::prose::{Sentence, bare, begins, find};
use super::years::{named, within};
use crate::agreement::{RateUnit, Role};
use crate::date::{MONTHS, Period};
use crate::language::amounts::{self, Sum, is_of_part, sums};
use crate::language::payment;
use crate::language::periods::{When, when};
use crate::paper::Place;
use crate::register::write::{Table, Value};
use crate::text;

pub(super) fn is_ceiling(words: &[&str], sum: &Sum) -> bool {
    let before = words.get(sum.at.start.saturating_sub(2)..sum.at.start).unwrap_or_default();
    find(before, "högst | maximalt | max | upp till").is_some()
}

/// "per plats och månad (antal: 6)", "per år": what an amount is for each of.
pub(super) fn rate(sentence: &Sentence, sum: &Sum) -> Option<Table> {
    let words = sentence.words();
    let after = words.get(sum.at.end..)?;
    let unit = |word: &str| match word {
        "år" | "kalenderår" => Some(RateUnit::Year),
        "halvår" => Some(RateUnit::HalfYear),
        "månad" => Some(RateUnit::Month),
        _ => None,
    };
    let per = match after {
        ["per", time, ..] if unit(time).is_some() => unit(time),
        _ => None,
    };
    if let Some(per) = per {
        return Some(Table::default().with("amount", 0).with("per", per.word()));
    }
    let ["per", rest @ ..] = after else { return None };
    let start = sum.at.end + 1;
    let whole = find(rest, "för hela perioden");
    let joint = rest
        .iter()
        .position(|word| matches!(*word, "och" | "/"))
        .filter(|at| rest.get(at + 1).is_some_and(|word| unit(word).is_some()));
    let (end, per) = match (joint, whole) {
        (Some(joint), _) => (joint, unit(rest.get(joint + 1)?)?),
        (None, Some(whole)) => (whole, RateUnit::Period),
        _ => return None,
    };
    let mut table = Table::default().with("amount", 0).with("unit", sentence.original(start..start + end));
    if let Some(at) = find(rest, "antal")
        && let Some((count, _)) = crate::language::numbers::number(rest.get(at + 2..)?)
        && let Ok(count) = u32::try_from(count)
    {
        table.set("count", count);
    } else if let Some(at) = find(rest, "för").filter(|at| *at > end)
        && let Some((count, left)) = crate::language::numbers::number(rest.get(at + 1..)?)
        && let Ok(count) = u32::try_from(count)
    {
        let from = words.len() - left.len();
        let until = find(left, "och från och med").map_or(words.len(), |until| from + until);
        table.set("units", bare(sentence.original(from..until)));
        table.set("count", count);
        // "… och från och med den 1 juli 2025 för 9 platser"
        if let Some((day_at, from)) = find(left, "och från och med")
            .and_then(|until| sentence.day_from(words.len() - left.len() + until))
        {
            let later =
                words.get(day_at..).and_then(|rest| find(rest, "för").and_then(|at| rest.get(at + 1..)));
            if let Some(count) = later
                .and_then(crate::language::numbers::number)
                .and_then(|(count, _)| u32::try_from(count).ok())
            {
                table.at(&["step", &format!("fran-{from}")]).set("from", from).set("count", count);
            }
        }
    }
    table.set("per", per.word());
    Some(table)
}

/// "11 månader", where no more is said of them than that an amount is for so many.
pub(super) fn months(words: &[&str]) -> Option<u32> {
    (0..words.len()).find_map(|at| {
        let rest = words.get(at..)?;
        let (When::Months(months), left) = when(rest)? else { return None };
        let is_months = words.get(at..words.len() - left.len())?.iter().any(|word| word.starts_with("månad"));
        (is_months && months <= 600).then_some(months)
    })
}

/// Words of other money than what the agreement pays.
const OTHER_MONEY: &str = "kostar | kostnad | kostnaden | kostnader | omslut* | hyra | hyran | värde | värt | värd | medlemsavgift* | egen insats | egna medel | \
    vite | skadestånd | återbetala* | tröskelvärde* | basbelopp* | prisbasbelopp* | lägst | föregående avtal | tidigare | avgift | avgiften";

/// What one does who pays, and who else may do it than the agreement's parties.
const PAYS: &str = "bidrar | betalar | finansierar | medfinansierar | satsar | skjuter till | tillskjuter | avsätter | står för | beviljar | stöder | stödjer";
const OTHER_PAYERS: [&str; 10] = [
    "region",
    "länsstyrelse",
    "arvsfond",
    "fonden",
    "staten",
    "socialstyrelse",
    "boverket",
    "skolverket",
    "myndighet",
    "sparbank",
];

/// What begins the parts of an amount, and how a sentence begins that tells only of such a part.
const PARTS: &str = "varav | därav | fördelat på | fördelade på | uppdelat på | uppdelade på | varvid";
const OF_A_WHOLE: &str = "av beloppet | av detta belopp | av ersättningen | av summan | av detta | av dessa | häri ingår | däri ingår | i beloppet ingår | i ersättningen ingår | i summan ingår";

/// Words that say that an amount is for each of the years that are named.
const EACH: &str = "vardera | vartdera | vart och ett | per år | årligen | varje år | helår | per kalenderår | om året | årlig | respektive år";

/// Words that say that it is for all of them.
const TOGETHER: &str = "totalt | sammanlagt | tillsammans | sammantaget | hela perioden | hela avtalstiden";

/// What says that an amount is not for all of the time.
const LIMITED: &str = "därefter | sedan | härefter | inledningsvis | till och med | t.o.m. | fram till | från och med | fr.o.m. | första året | andra året | tredje året | \
    första månaden | första månaderna | de första | de två | de tre | under sommaren | höjs till | sänks till | ökar till | minskar till | trappas";

/// Whether words say that an amount is not for all of the time, though of no time that has been understood.
fn is_limited(sentence: &Sentence, term: Option<Period>) -> bool {
    let words = sentence.words();
    let till_month = words.windows(2).any(|pair| {
        matches!(pair, ["till" | "från" | "efter", month] if MONTHS.contains(month) || matches!(*month, "sommaren" | "hösten" | "våren" | "årsskiftet"))
    });
    // "Från och med den 1 januari 2026", where the agreement begins on that day, says nothing more.
    let whole = |phrases: &str, is_edge: &dyn Fn(Period, NaiveDate) -> bool| {
        find(&words, phrases).is_some_and(|at| {
            let said = sentence.day_from(at).map(|(_, day)| day);
            said.zip(term).is_some_and(|(day, term)| is_edge(term, day))
        })
    };
    let from = whole("från och med | fr.o.m.", &|term, day| term.start == day);
    let to = whole("till och med | t.o.m. | fram till", &|term, day| term.end == day || term.start == day);
    till_month
        || LIMITED.split('|').map(str::trim).any(|phrase| {
            find(&words, phrase).is_some()
                && !(from && matches!(phrase, "från och med" | "fr.o.m."))
                && !(to && matches!(phrase, "till och med" | "t.o.m." | "fram till"))
        })
}

/// The amounts of a sentence, each with the time that stands before or behind it.
pub(super) fn in_sentence(
    sentence: &Sentence,
    all: &[Sentence],
    parties: &Parties,
    term: Option<Period>,
    found: &mut Vec<Component>,
    unclear: &mut Vec<(String, Place)>,
) {
    let words = sentence.words();
    let sums = sums(&words);
    let times = named(&words);
    // Parts of a whole are not added to it: what is counted ends where they begin.
    let parts = find(&words, PARTS).unwrap_or(words.len());
    let is_other = words.get(..parts).is_none_or(|whole| find(whole, OTHER_MONEY).is_some());
    if sums.is_empty() || is_other {
        return;
    }
    if parts == 0 || begins(&words, OF_A_WHOLE).is_some() {
        return;
    }
    let payers = parties.payers();
    let subject = find(&words, PAYS).map_or("", |verb| sentence.original(0..verb));
    let is_public = parties.named_in(subject).iter().any(|party| party.role == Role::Public);
    if !is_public
        && sentence.words.iter().take(6).any(|word| OTHER_PAYERS.iter().any(|other| word.starts_with(other)))
        && !subject.is_empty()
    {
        return;
    }
    if !is_public
        && find(&words, "parterna | vardera part* | båda part* | respektive part").is_some_and(|at| at < 4)
        && !subject.is_empty()
    {
        unclear.push((format!("vem som betalar: {}", bare(sentence.whole())), sentence.place));
        return;
    }
    let is_about_money = find(&words, "ersätt* | bidra* | belopp* | finansier* | betal* | utbetal* | stöd | medel | kommunen | ersättningen | anslag*").is_some()
        || !times.is_empty();
    let named_payer = parties
        .named_in(sentence.whole())
        .into_iter()
        .find(|party| party.role == Role::Public)
        .map(|party| party.key.clone());
    let starts = sums.first().map_or(0, |sum| sum.at.start);
    if !is_limited(&sentence.part(0..starts), term)
        && let Some(both) = stepped(sentence, &sums, term)
    {
        found.extend(both.map(|component| Component { payer: named_payer.clone(), ..component }));
        return;
    }
    let mut last = 0;
    // Times stand on one side of their amounts all through a sentence.
    let first_before = sums.first().map_or(0, |sum| sum.at.start);
    let are_before = times.iter().any(|time| time.at.end <= first_before);
    for (number, sum) in sums.iter().enumerate() {
        let next = sums.get(number + 1).map_or(words.len(), |next| next.at.start);
        let (before, after) = (last..sum.at.start, sum.at.end..next);
        last = sum.at.end;
        let within_range = |range: &std::ops::Range<usize>| {
            times
                .iter()
                .filter(|time| range.contains(&time.at.start) && time.at.end <= range.end)
                .collect::<Vec<_>>()
        };
        let (side, range) = if are_before && !within_range(&before).is_empty() {
            (within_range(&before), before.start..after.end)
        } else {
            (within_range(&after), before.start..after.end)
        };
        let around = words.get(range).unwrap_or_default();
        let is_apart = words
            .get(before.clone())
            .is_some_and(|before| find(before, "utöver | förutom | exklusive | föreningsbidrag*").is_some())
            || words
                .get(after.clone())
                .is_some_and(|after| find(after, "inte ingår | ingår inte | ej ingår | ingår ej").is_some());
        let is_dated_part = side.iter().any(|time| time.at.start >= parts);
        if is_apart || sum.at.start >= parts && !is_dated_part || payment::is_of_others(&words, sum, &payers)
        {
            continue;
        }
        let is_large = sum.has_unit || sum.kronor >= Decimal::from(10_000) && !side.is_empty();
        if !is_large || !is_about_money || sum.kronor < Decimal::ONE_HUNDRED {
            continue;
        }
        let Some(amount) = money(sum.kronor) else { continue };
        if is_of_part(&words, sum) {
            unclear.push((format!("en del av ett belopp: {}", bare(sentence.whole())), sentence.place));
            continue;
        }
        let mut component = Component::new(sentence.place);
        component.is_ceiling = is_ceiling(&words, sum);
        component.payer.clone_from(&named_payer);
        component.payee = parties
            .named_in(&around.join(" "))
            .into_iter()
            .find(|party| party.role == Role::CivilSociety)
            .map(|party| party.key.clone());
        component.months = months(words.get(sum.at.end..next).unwrap_or_default());
        let is_total = find(around, TOGETHER).is_some();
        let is_each = find(around, EACH).is_some();
        let per = amounts::per_after(words.get(sum.at.end..).unwrap_or_default());
        let periods: Vec<(Period, bool)> =
            side.iter().flat_map(|time| time.periods.iter().map(|period| (*period, time.is_years))).collect();
        let shown = format!(
            "{} kronor",
            text::visible(sentence.original(sum.at.clone())).trim_end_matches(" kronor")
        );
        match periods.as_slice() {
            [] => {
                // A total of what other sentences say in parts says nothing more.
                if is_total
                    && (number > 0
                        || all.iter().any(|other| {
                            other.place != sentence.place
                                && !named(&other.words()).is_empty()
                                && !amounts::sums(&other.words()).is_empty()
                        }))
                {
                    continue;
                }
                let is_short = term.is_some_and(|term| term.length().months <= 12);
                if rate(sentence, sum).is_none_or(|rate| rate.get("units").is_none())
                    && is_limited(sentence, term)
                {
                    // What goes before "därefter" is no more for all of the time than what follows it.
                    if begins(&words, "därefter | sedan | härefter").is_some()
                        && let Some(last) =
                            found.pop_if(|last| last.place == sentence.place && last.period.is_none())
                    {
                        let amount = last.rate.map(Value::Table).or(last.amount.map(Value::from));
                        let amount = amount.as_ref().map(written).unwrap_or_default();
                        unclear
                            .push((format!("vilken tid som går före ”därefter”: {amount}"), sentence.place));
                    }
                    let reading = format!("vilken tid beloppen gäller: {}", bare(sentence.whole()));
                    if unclear.last().is_none_or(|(known, _)| *known != reading) {
                        unclear.push((reading, sentence.place));
                    }
                    continue;
                }
                match per.and_then(amounts::Per::months) {
                    Some(12) => component.rate = Some(rate_of(amount, RateUnit::Year)),
                    Some(6) => component.rate = Some(rate_of(amount, RateUnit::HalfYear)),
                    Some(1) => component.rate = Some(rate_of(amount, RateUnit::Month)),
                    _ if rate(sentence, sum).is_some() => {
                        component.rate = rate(sentence, sum).map(|rate| rate.with("amount", amount));
                    }
                    _ if per.is_none() && (is_total || is_short) => component.amount = Some(amount),
                    _ => {
                        unclear
                            .push((format!("{shown}: för hela avtalstiden, eller per år"), sentence.place));
                        continue;
                    }
                }
                found.push(component);
            }
            [(period, is_years)] => {
                component.period = Some(if *is_years { within(*period, term) } else { *period });
                match per.and_then(amounts::Per::months) {
                    Some(6) => component.rate = Some(rate_of(amount, RateUnit::HalfYear)),
                    Some(1) => component.rate = Some(rate_of(amount, RateUnit::Month)),
                    _ => component.amount = Some(amount),
                }
                found.push(component);
            }
            several if is_each && !is_total => {
                for (period, is_years) in several {
                    let mut component = component.clone();
                    component.period = Some(if *is_years { within(*period, term) } else { *period });
                    component.amount = Some(amount);
                    found.push(component);
                }
            }
            [(first, _), .., (last, _)] if is_total => {
                component.period = Some(Period { start: first.start, end: last.end });
                component.amount = Some(amount);
                found.push(component);
            }
            several => {
                let years: Vec<String> =
                    several.iter().map(|(period, _)| period.start.year().to_string()).collect();
                let years = text::list(&years);
                unclear.push((
                    format!("{shown} för vart och ett av {years}, eller för dem tillsammans"),
                    sentence.place,
                ));
            }
        }
    }
}
