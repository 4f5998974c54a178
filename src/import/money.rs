//! The money that the paper says is paid: in tables and in sentences.

use chrono::Datelike;
use rust_decimal::Decimal;

use super::content::free;
use super::draft::Draft;
use super::parties::Parties;
use super::prose::{Sentence, bare, find, sentences};
use super::sections::{Sections, prose, tables};
use super::years::{Named, named, within};
use crate::agreement::{RateUnit, Role};
use crate::date::Period;
use crate::language::amounts::{self, Sum, sums};
use crate::language::periods::{When, when};
use crate::money::Money;
use crate::paper::Place;
use crate::register::write::Table;
use crate::text;

/// A component of the money.
#[derive(Debug, Clone)]
pub(super) struct Component {
    pub(super) key: String,
    pub(super) title: Option<String>,
    pub(super) period: Option<Period>,
    months: Option<u32>,
    amount: Option<Money>,
    rate: Option<Table>,
    is_ceiling: bool,
    /// Whether it is said to be for the whole term.
    pub(super) is_whole: bool,
    payer: Option<String>,
    payee: Option<String>,
    pub(super) place: Place,
}

impl Component {
    fn new(place: Place) -> Self {
        Self {
            key: String::new(),
            title: None,
            period: None,
            months: None,
            amount: None,
            rate: None,
            is_ceiling: false,
            is_whole: false,
            payer: None,
            payee: None,
            place,
        }
    }
}

/// The key of a payer that nobody has named: `validate` tells that no party has it.
const NO_PAYER: &str = "betalaren";

/// Writes the money, and returns its components.
pub(super) fn write(
    sections: &Sections<'_>,
    parties: &Parties,
    term: Option<Period>,
    draft: &mut Draft,
) -> Vec<Component> {
    let mut own = sections.blocks(&["economy", "memo-economy"]);
    if own.is_empty() {
        own = sections.everything();
    }
    let mut found = Vec::new();
    let mut unclear: Vec<(String, Place)> = Vec::new();
    for table in tables(&own) {
        found.extend(in_table(&table, parties, term, &mut unclear));
    }
    let told = prose(&own);
    if found.is_empty() {
        for sentence in &told {
            in_sentence(sentence, &told, parties, term, &mut found, &mut unclear);
        }
    }
    let mut keys: Vec<String> = Vec::new();
    for component in &mut found {
        component.key = free(&mut keys, &base_key(component));
    }
    for component in &found {
        one(component, parties, draft);
    }
    for sentence in &told {
        shared(sentence, &found, parties, draft);
    }
    if !unclear.is_empty() {
        for (reading, place) in &unclear {
            draft.unclear_of(&["funding"], reading, *place);
        }
    } else if found.is_empty() {
        draft.missing(&["funding"], false);
    }
    whole(&told, draft);
    in_kind(&prose(&sections.everything()), parties, draft);
    found
}

fn base_key(component: &Component) -> String {
    let year = component.period.map(|period| (period.start.year(), period.end.year()));
    match (&component.title, year) {
        (Some(title), _) => {
            let slug = text::slug(title);
            let words: Vec<&str> = slug.split('-').take(4).collect();
            if slug.is_empty() { "ersattning".to_owned() } else { words.join("-") }
        }
        (None, Some((first, last))) if first == last => first.to_string(),
        (None, Some((first, last))) => format!("{first}-{last}"),
        (None, None) => "ersattning".to_owned(),
    }
}

/// Writes one component.
fn one(component: &Component, parties: &Parties, draft: &mut Draft) {
    let Component { key, title, period, months, amount, rate, is_ceiling, payer, payee, place, .. } =
        component;
    let at = |field: &'static str| ["funding", key.as_str(), field];
    if let Some(title) = title {
        draft.set(&at("title"), title.as_str());
    }
    let payer = payer.clone().or_else(|| parties.only(Role::Public).map(|party| party.key.clone()));
    match payer {
        Some(payer) => draft.set(&at("payer"), payer),
        None => {
            draft.missing(&at("payer"), false);
            draft.set(&at("payer"), NO_PAYER);
            draft.comment(&at("payer"), "Hittades inte: ange nyckeln för den part som betalar.");
        }
    }
    if let Some(payee) =
        payee.clone().or_else(|| parties.only(Role::CivilSociety).map(|party| party.key.clone()))
    {
        draft.set(&at("payee"), payee);
    }
    if let Some(period) = period {
        draft.found(
            &at("period"),
            Table::default().with("start", period.start).with("end", period.end),
            *place,
        );
    }
    if let Some(months) = months {
        draft.found(&at("months"), *months, *place);
    }
    if let Some(amount) = amount {
        draft.found(&at("amount"), *amount, *place);
    }
    if let Some(rate) = rate {
        draft.found(&at("rate"), rate.clone(), *place);
    }
    if *is_ceiling {
        draft.set(&at("ceiling"), true);
    }
}

/// "Beloppet för 2026 fördelas så: föreningen får 80 procent …", "Beloppet är gemensamt för …": who receive an amount together.
fn shared(sentence: &Sentence, components: &[Component], parties: &Parties, draft: &mut Draft) {
    let Some(at) = sentence.find("fördelas så | är gemensamt för") else { return };
    let what = sentence.original(0..at);
    let named: Vec<&Component> = components.iter().filter(|one| super::plans::concerns(what, one)).collect();
    let [component] = named.as_slice() else { return };
    let words = sentence.words();
    let mut payees = Table::default();
    for party in parties.named_in(sentence.rest(at + 2)) {
        let mut part = Table::default();
        // The number that follows the name of the party.
        let called = party.named.short_name.as_deref().unwrap_or(&party.named.name).to_lowercase();
        let from = find(&words, &format!("{called} får")).map(|from| from + called.split(' ').count() + 1);
        if let Some((number, rest)) =
            from.and_then(|from| words.get(from..)).and_then(crate::language::numbers::number)
        {
            match rest.first() {
                Some(&("procent" | "%")) => {
                    _ = part.set("share", number.normalize().to_string().replace('.', ","))
                }
                Some(&("kronor" | "kr")) => {
                    if let Some(amount) = money(number) {
                        part.set("amount", amount);
                    }
                }
                _ => {}
            }
        }
        payees.set(&party.key, part);
    }
    if !payees.is_empty() {
        draft.root.at(&["funding", &component.key]).remove("payee");
        draft.found(&["funding", &component.key, "payees"], payees, sentence.place);
    }
}

/// The components in a table: a row each, with an amount in one of its cells.
fn in_table(
    table: &super::sections::Table<'_>,
    parties: &Parties,
    term: Option<Period>,
    unclear: &mut Vec<(String, Place)>,
) -> Vec<Component> {
    let head: Vec<String> = table.head.iter().map(|cell| cell.to_lowercase()).collect();
    let column = |words: &[&str]| head.iter().position(|cell| words.iter().any(|word| cell.contains(word)));
    let amounts =
        column(&["belopp", "summa", "ersättning", "kronor", "bidrag", "finansiering", "(kr", "tkr"]);
    let Some(amounts) = amounts.or_else(|| (head.len() == 2).then_some(1)) else { return Vec::new() };
    let unit = if head.get(amounts).is_some_and(|cell| cell.contains("tkr") || cell.contains("tusental")) {
        "tkr"
    } else {
        "kronor"
    };
    let mut found = Vec::new();
    for (cells, place) in &table.rows {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let what = cell(0);
        let is_sum = ["summa", "sammanlagt", "totalt", "därutöver", "total"]
            .iter()
            .any(|word| what.to_lowercase().starts_with(word));
        if is_sum || cell(amounts).trim().is_empty() {
            continue;
        }
        let mut component = Component::new(*place);
        if !amount_of_cell(cell(amounts), unit, &mut component) {
            unclear.push((format!("{what}: {}", cell(amounts)), *place));
            continue;
        }
        let others: Vec<&str> = (0..cells.len()).filter(|at| *at != amounts).map(cell).collect();
        for cell in others.iter().rev() {
            let of_cell = sentences(cell, *place);
            for sentence in &of_cell {
                let words = sentence.words();
                let times = named(&words);
                if component.period.is_none()
                    && let [Named { periods, is_years, .. }] = times.as_slice()
                    && let [period] = periods.as_slice()
                {
                    component.period = Some(if *is_years { within(*period, term) } else { *period });
                }
                component.months = component.months.or_else(|| months(&words));
            }
        }
        describe(what, parties, &mut component);
        found.push(component);
    }
    found
}

/// "2024", "Härbärget, våren 2024, till stiftelsen, från kommunen": what the component is called, who pays and who receives.
fn describe(what: &str, parties: &Parties, component: &mut Component) {
    // The decision behind an amount is no part of its name.
    let what = match what.split_once(" (enligt beslut") {
        Some((before, after)) => format!("{before}{}", after.split_once(')').map_or("", |(_, after)| after)),
        None => what.to_owned(),
    };
    let mut title: Vec<&str> = Vec::new();
    for part in what.split(", ") {
        let party = |rest: &str| parties.named_in(rest).first().map(|party| party.key.clone());
        if let Some(rest) = part.strip_prefix("till ")
            && let Some(key) = party(rest)
        {
            component.payee = Some(key);
        } else if let Some(rest) = part.strip_prefix("från ")
            && let Some(key) = party(rest)
        {
            component.payer = Some(key);
        } else {
            title.push(part);
        }
    }
    let title = title.join(", ");
    let place = component.place;
    let only_time = sentences(&title, place).first().is_none_or(|sentence| {
        let words = sentence.words();
        let times = named(&words);
        let of_times: usize = times.iter().map(|one| one.at.len()).sum();
        !times.is_empty() && of_times + 1 >= words.len()
    });
    component.is_whole = title.to_lowercase().starts_with("hela avtalstiden");
    let is_named = !only_time && !component.is_whole;
    component.title = Some(bare(&title).to_owned()).filter(|title| is_named && !title.is_empty());
}

/// The amount that a cell says; whether it says one.
fn amount_of_cell(cell: &str, unit: &str, component: &mut Component) -> bool {
    let place = component.place;
    let mut found = sentences(cell, place);
    let has_sum = |found: &[Sentence]| found.iter().any(|sentence| !sums(&sentence.words()).is_empty());
    let is_number = cell.chars().all(|letter| {
        letter.is_ascii_digit() || letter.is_whitespace() || matches!(letter, ',' | '.' | '-' | ':')
    });
    if (is_number || !has_sum(&found)) && cell.chars().any(|letter| letter.is_ascii_digit()) {
        found = sentences(&format!("{} {unit}", cell.trim_end_matches([':', '-', ' '])), place);
    }
    let [sentence] = found.as_slice() else { return false };
    let words = sentence.words();
    let sums = sums(&words);
    let Some(sum) = sums.first().filter(|_| sums.len() == 1) else { return false };
    component.is_ceiling = is_ceiling(&words, sum);
    let Some(amount) = money(sum.kronor) else { return false };
    match rate(sentence, sum) {
        Some(rate) => component.rate = Some(rate.with("amount", amount)),
        None => component.amount = Some(amount),
    }
    true
}

fn money(kronor: Decimal) -> Option<Money> {
    kronor.normalize().to_string().replace('.', ",").parse().ok()
}

fn is_ceiling(words: &[&str], sum: &Sum) -> bool {
    let before = words.get(sum.at.start.saturating_sub(2)..sum.at.start).unwrap_or_default();
    find(before, "högst | maximalt | max | upp till").is_some()
}

/// "per plats och månad (antal: 6)", "per år": what an amount is for each of.
fn rate(sentence: &Sentence, sum: &Sum) -> Option<Table> {
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
fn months(words: &[&str]) -> Option<u32> {
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

/// Words that say that an amount is for each of the years that are named.
const EACH: &str = "vardera | vartdera | vart och ett | per år | årligen | varje år | helår | per kalenderår | om året | årlig | respektive år";

/// Words that say that it is for all of them.
const TOGETHER: &str = "totalt | sammanlagt | tillsammans | sammantaget | hela perioden | hela avtalstiden";

/// The amounts of a sentence, each with the time that stands before or behind it.
fn in_sentence(
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
    if sums.is_empty() || find(&words, OTHER_MONEY).is_some() {
        return;
    }
    let is_about_money = find(&words, "ersätt* | bidra* | belopp* | finansier* | betal* | utbetal* | stöd | medel | kommunen | ersättningen | anslag*").is_some()
        || !times.is_empty();
    let named_payer = parties
        .named_in(sentence.whole())
        .into_iter()
        .find(|party| party.role == Role::Public)
        .map(|party| party.key.clone());
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
        let is_large = sum.has_unit || sum.kronor >= Decimal::from(10_000) && !side.is_empty();
        if !is_large || !is_about_money || sum.kronor < Decimal::ONE_HUNDRED {
            continue;
        }
        let Some(amount) = money(sum.kronor) else { continue };
        let mut component = Component::new(sentence.place);
        component.is_ceiling = is_ceiling(&words, sum);
        component.payer = named_payer.clone();
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
                match per.and_then(amounts::Per::months) {
                    Some(12) => component.rate = Some(rate_of(amount, RateUnit::Year)),
                    Some(6) => component.rate = Some(rate_of(amount, RateUnit::HalfYear)),
                    Some(1) => component.rate = Some(rate_of(amount, RateUnit::Month)),
                    _ if rate(sentence, sum).is_some() => {
                        component.rate = rate(sentence, sum).map(|rate| rate.with("amount", amount))
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

fn rate_of(amount: Money, per: RateUnit) -> Table {
    Table::default().with("amount", amount).with("per", per.word())
}

/// What holds for the economy as a whole.
fn whole(told: &[Sentence], draft: &mut Draft) {
    let mut has_part = false;
    for sentence in told {
        if !has_part
            && (sentence.has("delfinansiering* | delfinansierar")
                || sentence.has("del av") && sentence.has("finansier*") && sentence.has("hela | totala"))
        {
            draft.found(&["economy", "partial_funding"], true, sentence.place);
            has_part = true;
        }
        if let Some(at) = sentence.find("hela verksamheten kostar | verksamhetens totala kostnad är") {
            let words = sentence.words();
            let sums = sums(words.get(at..).unwrap_or_default());
            if let [sum] = sums.as_slice()
                && let Some(amount) = money(sum.kronor)
            {
                draft.found(&["economy", "total_cost"], amount, sentence.place);
            }
        }
        if sentence.has("moms | mervärdesskatt") {
            let kind = if sentence.has("ingen moms | utan moms | inte moms") {
                Some("none")
            } else if sentence.has("exklusive moms | exkl moms") {
                Some("excluded")
            } else if sentence.has("inklusive moms | inkl moms") {
                Some("included")
            } else {
                None
            };
            if let Some(kind) = kind {
                draft.found(&["economy", "vat"], kind, sentence.place);
            }
        }
        if let Some(at) = sentence.find("ersättningens art") {
            let kind = sentence.rest(at + 2);
            let kind = bare(kind.trim_start_matches([':', ' '])).to_lowercase();
            if let Some(kind) = crate::agreement::Instrument::ALL.into_iter().find(|one| one.label() == kind)
            {
                draft.found(&["economy", "instrument"], kind.word(), sentence.place);
            }
        }
    }
}

/// "Föreningen bidrar med …": all of it as one, since nobody can say where its parts end.
fn in_kind(told: &[Sentence], parties: &Parties, draft: &mut Draft) {
    let mut keys: Vec<String> = Vec::new();
    for sentence in told {
        let Some(at) = sentence.find("bidrar till partnerskapet med | bidrar till överenskommelsen med | bidrar till samarbetet med | bidrar med | bidrar i partnerskapet med") else { continue };
        let words = sentence.words();
        let Some(with) = words.get(at..).and_then(|rest| rest.iter().position(|word| *word == "med")) else {
            continue;
        };
        let Some(party) = parties.named_in(sentence.original(0..at)).first().copied() else { continue };
        let what = sentence.rest(at + with + 1);
        if what.to_lowercase().contains("finansiering") || !sums(&words).is_empty() && !what.contains("(värt")
        {
            continue;
        }
        let (what, value) = match what.rsplit_once(" (värt ") {
            Some((what, value)) if !what.contains("(värt") => (what, Some(value)),
            _ => (what, None),
        };
        let key = free(&mut keys, &party.key);
        let path = |field: &'static str| ["in_kind", key.as_str(), field];
        draft.set(&path("party"), party.key.as_str());
        draft.found(&path("what"), bare(what), sentence.place);
        let value = value.and_then(|value| {
            let found = sentences(value, sentence.place);
            let words = found.first()?.words();
            match sums(&words).as_slice() {
                [sum] => money(sum.kronor),
                _ => None,
            }
        });
        if let Some(value) = value {
            draft.found(&path("value"), value, sentence.place);
        }
    }
    if keys.is_empty() {
        draft.missing(&["in_kind"], false);
    }
}
