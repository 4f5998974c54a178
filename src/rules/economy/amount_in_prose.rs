//! A text speaks of an amount that the agreement does not hold.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use rust_decimal::Decimal;

use crate::agreement::{Agreement, Funding, Role};
use crate::date::{self, Period};
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::key_path::{KeyPath, Segment};
use crate::money::{Money, grouped};
use crate::path;
use crate::payouts;
use crate::rules::Text;
use crate::rules::prose;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text::{self, NBSP};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP307",
    slug: "amount-in-prose",
    title: "Ett belopp i texten finns inte bland ersättningarna",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: samma belopp på alla ställen",
    why: "Står ett belopp i texten och ett annat i tabellen vet varken parten eller ekonomen vilket som gäller.",
    check: Check::Texts(
        // The short units as whole words: hardly a text has no word that begins with the same letters.
        &["kronor", "kr|", "tkr|", "kkr|", "mnkr", "mkr|", "sek|", "msek|", ":-"],
        check,
    ),
    bad: Example::agreement(
        &[],
        "clause.background.text = \"Kommunen bidrar med 550 000 kronor om året.\"",
        "clause.background.text",
    ),
    good: Example::agreement(
        &[],
        "clause.background.text = \"Kommunen bidrar med 500\u{a0}000 kronor om året, sammanlagt 1 mnkr. Entrén är 20 000 kr billigare än i Bergsjö.\"",
        "",
    ),
};

/// A sentence with one of these speaks of what is paid.
const SUBJECTS: [&str; 19] = [
    "ersättning",
    "ersätter",
    "ersätta ",
    "bidrag",
    "stöd är",
    "stödet är",
    "stöd på",
    "beloppet är",
    "beloppet uppgår",
    "beloppet för",
    "beloppet höjs",
    "beloppet ändras",
    "finansier",
    "betalar",
    "betalas",
    "betala ",
    "utbetal",
    "anslår",
    "anslå ",
];

/// A sentence with one of these speaks of other money.
const OTHERS: [&str; 15] = [
    "avgift",
    "staten",
    "statsbidrag",
    "budgetram",
    "basbelopp",
    "egeninsats",
    "egen insats",
    "egna medel",
    "fonden",
    "länsstyrelsen",
    "kyrkan",
    "myndigheten",
    "socialstyrelsen",
    "sponsor",
    "gåvor",
];

/// What somebody does who pays.
const PAYS: [&str; 15] = [
    "betalar",
    "betala",
    "utbetalar",
    "bidrar",
    "bidra",
    "finansierar",
    "finansiera",
    "anslår",
    "anslå",
    "ersätter",
    "ersätta",
    "bekostar",
    "bekosta",
    "stöder",
    "stödjer",
];

/// Who pays money that the agreement does not hold, but for the organisations' own names.
const OTHER_PAYERS: [&str; 10] = [
    "föreningen",
    "organisationen",
    "stiftelsen",
    "församlingen",
    "samfundet",
    "medlemmarna",
    "deltagarna",
    "deltagaren",
    "hyresgästen",
    "regionen",
];

/// Units of money, the longest first, with what each is worth in kronor.
const UNITS: [(&str, u32); 15] = [
    ("miljon(er) kronor", 1_000_000),
    ("miljoner kronor", 1_000_000),
    ("miljon kronor", 1_000_000),
    ("tusen kronor", 1_000),
    ("miljoner kr", 1_000_000),
    ("miljon kr", 1_000_000),
    ("msek", 1_000_000),
    ("mnkr", 1_000_000),
    ("mkr", 1_000_000),
    ("tkr", 1_000),
    ("kkr", 1_000),
    ("kronor", 1),
    ("sek", 1),
    ("kr", 1),
    (":-", 1),
];

/// What names the whole of which an amount is a part: what an activity costs, and not what is paid.
const WHOLES: [&str; 6] = ["budget", "omsättning", "omslutning", "totalkostnad", "omsätter", "kostar"];

/// What goes between such a name, or "av", and the amount.
const BEFORE_WHOLE: [&str; 17] = [
    "på",
    "om",
    "är",
    "uppgår",
    "till",
    "beräknas",
    "uppskattas",
    "totalt",
    "sammanlagt",
    "ca",
    "cirka",
    "omkring",
    "runt",
    "drygt",
    "vara",
    "knappt",
    ":",
];

/// How often an amount is paid, by how many months go between, as people write it after the amount.
const STRETCHES: [(&[&str], u32); 4] = [
    (&["per år", "om året", "årligen", "varje år", "per kalenderår", "per verksamhetsår", "/år"], 12),
    (&["per halvår", "i halvåret", "halvårsvis", "varje halvår", "/halvår"], 6),
    (&["per kvartal", "i kvartalet", "kvartalsvis", "varje kvartal", "/kvartal"], 3),
    (&["per månad", "i månaden", "månadsvis", "månatligen", "varje månad", "/månad", "/mån"], 1),
];

/// An amount of which a text speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Amount {
    kronor: Decimal,
    /// For how many months at a time, where the text says so.
    months: Option<u32>,
}

impl Amount {
    fn shown(self) -> String {
        let each = match self.months {
            Some(12) => " per år",
            Some(6) => " per halvår",
            Some(3) => " per kvartal",
            Some(_) => " per månad",
            None => "",
        };
        format!("{}{NBSP}kronor{each}", grouped(self.kronor))
    }
}

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let mut known = None;
    let mut payers = None;
    let begins = scope.agreement.term.start.known().map(Datelike::year);
    texts
        .iter()
        .filter(|text| {
            let prose = ["clause", "memo", "undertaking", "goal", "development", "exclusion"];
            match text.path.segments() {
                [Segment::Key(table), _, Segment::Key(key)] if table == "supplement" => key == "changes",
                [Segment::Key(key), ..] => prose.contains(&key.as_str()),
                _ => false,
            }
        })
        .filter_map(|Text { path, text }| {
            let payers = payers.get_or_insert_with(|| Payers::of(scope));
            let amounts = match lead_of(scope.agreement, path) {
                Some(lead) => amounts(&format!("{lead} {text}"), payers, begins),
                None => amounts(text, payers, begins),
            };
            if amounts.is_empty() {
                return None;
            }
            let known = known.get_or_insert_with(|| KnownAmounts::of(scope));
            // Where no amount is known there is nothing that the text could contradict.
            if known.all.is_empty() {
                return None;
            }
            let shown = |amounts: BTreeSet<Amount>| {
                let shown: Vec<String> = amounts.into_iter().map(Amount::shown).collect();
                text::list(&shown)
            };
            let (held, foreign): (BTreeSet<Amount>, BTreeSet<Amount>) =
                amounts.into_iter().partition(|amount| known.all.contains(&amount.kronor));
            let misplaced: BTreeSet<Amount> =
                held.into_iter().filter(|amount| !known.fits(*amount)).collect();
            let message = match (foreign.is_empty(), misplaced.is_empty()) {
                (false, _) => {
                    let foreign = foreign.into_iter().map(|amount| Amount { months: None, ..amount }).collect();
                    format!("Texten anger {}, som inte finns bland ersättningarna.", shown(foreign))
                }
                (true, false) => format!(
                    "Texten anger {}. Beloppet finns bland ersättningarna, men för en annan tid.",
                    shown(misplaced)
                ),
                (true, true) => return None,
            };
            Some(
                scope
                    .finding(&RULE, path.clone(), message)
                    .help("Rätta beloppet, eller ta bort det ur texten: dokumenten skriver beloppen ur [funding].")
                    .related(Place::value(scope.file, path!["funding"]), "ersättningarna"),
            )
        })
        .collect()
}

/// The words that an undertaking continues: they say who pays, and often with what verb.
fn lead_of<'a>(agreement: &'a Agreement, path: &KeyPath) -> Option<&'a str> {
    match path.segments() {
        [Segment::Key(table), Segment::Key(key), Segment::Key(items), _]
            if table == "undertaking" && items == "items" =>
        {
            agreement.undertaking.get(key).map(|undertaking| undertaking.lead.as_str())
        }
        _ => None,
    }
}

/// The amounts that the agreement holds.
struct KnownAmounts {
    all: BTreeSet<Decimal>,
    /// Those of which it is known for how many months they are, with that number. Nothing where one of the components is
    /// open.
    of_months: Option<Vec<(Decimal, Decimal)>>,
    /// Those that are paid at a time, or that others contribute: for whatever time a text says.
    of_any: BTreeSet<Decimal>,
}

impl KnownAmounts {
    fn of(scope: &Scope<'_>) -> Self {
        let agreement = scope.agreement;
        let amount = |money: Money| money.decimal().normalize();
        let rates = agreement.stated_funding().filter_map(|(.., funding)| funding.rate.as_ref());
        let parts = agreement.payout_plan.values().flat_map(|plan| plan.part.values());
        let in_kind = agreement.in_kind.values().filter_map(|contribution| contribution.value.known());
        let of_any = rates
            .map(|rate| rate.amount)
            .chain(agreement.economy.total_cost.known().copied())
            .chain(in_kind.copied())
            .chain(parts.filter_map(|part| part.amount));
        Self {
            all: known_amounts(scope),
            of_months: with_months(scope),
            of_any: of_any.map(amount).collect(),
        }
    }

    /// Whether an amount that the agreement holds can be the one for the time that the text says: in proportion to one of
    /// those whose time is known, to the krona.
    fn fits(&self, amount: Amount) -> bool {
        let (Some(months), Some(known)) = (amount.months, &self.of_months) else { return true };
        let each = |(whole, of): &(Decimal, Decimal)| {
            whole.checked_mul(months.into())?.checked_div(*of)?.checked_sub(amount.kronor)
        };
        self.of_any.contains(&amount.kronor)
            || known.iter().any(|known| each(known).is_some_and(|off| off.abs() <= Decimal::ONE))
    }
}

/// The components that are paid together: those of the agreement itself, those in force, and those that would be with what is
/// only proposed. A text may speak of any of them.
fn paid_together<'a>(scope: &'a Scope<'_>) -> [Vec<&'a Funding>; 3] {
    let statement = scope.statement;
    let is_replaced = |key: &str| statement.proposed.iter().any(|proposal| proposal.key == key);
    let kept = statement.components.iter().filter(|one| !is_replaced(one.key));
    [
        scope.agreement.funding.values().collect(),
        statement.components.iter().map(|one| one.funding).collect(),
        kept.chain(&statement.proposed).map(|one| one.funding).collect(),
    ]
}

/// Components, years and their sum, each with its number of months. A year's amount is also that of a whole year, however
/// much of it the agreement covers.
fn with_months(scope: &Scope<'_>) -> Option<Vec<(Decimal, Decimal)>> {
    let time = scope.money_time();
    let mut known = Vec::new();
    for components in paid_together(scope) {
        let mut by_year: BTreeMap<i32, Decimal> = BTreeMap::new();
        for funding in &components {
            let amount = payouts::amount_of(funding, time)?.decimal();
            known.push((amount, months_of(payouts::period_of(funding, time)?)));
            for share in payouts::by_year(funding, time)? {
                let sum = by_year.entry(share.year).or_default();
                *sum = sum.checked_add(share.amount.decimal())?;
                // A component whose amount is for several years has none for each of them but its part.
                known.push((share.amount.decimal(), YEAR));
            }
        }
        known.extend(by_year.values().map(|sum| (*sum, YEAR)));
        let total = payouts::total_of(components.into_iter(), time)?;
        known.push((total.decimal(), months_of(time.period()?)));
    }
    Some(known)
}

/// The months of a year.
const YEAR: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

/// How many months a period has, the days beyond them as a part of one.
fn months_of(period: Period) -> Decimal {
    let length = period.length();
    let days = Decimal::from(length.days) / Decimal::from(31);
    (Decimal::from(length.months) + days).max(Decimal::from(1) / Decimal::from(31))
}

/// All amounts that the agreement holds, and those that people make of them: sums by year and in all, and their halves,
/// quarters and twelfths.
fn known_amounts(scope: &Scope<'_>) -> BTreeSet<Decimal> {
    let agreement = scope.agreement;
    let mut known: BTreeSet<Money> = BTreeSet::new();
    for (.., funding) in agreement.stated_funding() {
        known.extend(payouts::amount_of(funding, scope.money_time()));
        known.extend(funding.rate.as_ref().map(|rate| rate.amount));
    }
    for components in paid_together(scope) {
        let mut by_year: BTreeMap<i32, Option<Money>> = BTreeMap::new();
        for share in components.iter().filter_map(|one| payouts::by_year(one, scope.money_time())).flatten() {
            let sum = by_year.entry(share.year).or_insert(Some(Money::ZERO));
            *sum = sum.and_then(|sum| sum.checked_add(share.amount));
        }
        known.extend(by_year.into_values().flatten());
        known.extend(payouts::total_of(components.into_iter(), scope.money_time()));
    }
    let parts: Vec<Money> = known
        .iter()
        .flat_map(|whole| [2, 4, 12].map(|parts| whole.checked_part(1, parts)))
        .flatten()
        .collect();
    known.extend(parts.iter().flat_map(|part| [part.rounded(), part.rounded_to_ore()]));
    known.extend(agreement.economy.total_cost.known());
    known.extend(agreement.in_kind.values().filter_map(|contribution| contribution.value.known()));
    let parts = agreement.payout_plan.values().flat_map(|plan| plan.part.values());
    known.extend(parts.filter_map(|part| part.amount));
    known.into_iter().map(|amount| amount.decimal().normalize()).collect()
}

/// Who can be said to pay, in lower case.
struct Payers {
    /// Those whose money the agreement holds.
    public: Vec<String>,
    /// Others, and what they pay is not among the agreement's amounts.
    other: Vec<String>,
}

impl Payers {
    fn of(scope: &Scope<'_>) -> Self {
        let names = |role: Role| {
            let parties = scope.agreement.parties(role);
            parties
                .flat_map(|party| [&*party.name, party.called()])
                .map(str::to_lowercase)
                .collect::<Vec<_>>()
        };
        let mut public = names(Role::Public);
        public.extend(["kommunen", "staden", "nämnden", "förvaltningen"].map(str::to_owned));
        // A region that is a party pays what the agreement holds.
        let is_public =
            |name: &&str| *name == "regionen" && public.iter().any(|name| name.contains("region"));
        let mut other = names(Role::CivilSociety);
        other.extend(OTHER_PAYERS.into_iter().filter(|name| !is_public(name)).map(str::to_owned));
        Self { public, other }
    }

    /// Whether what stands between two parts of a sentence is paid by somebody whose money the agreement does not hold:
    /// the last one before the verb does it, or what follows says by whom it is done.
    fn is_others(&self, before: &str, after: &str) -> bool {
        let verb = PAYS.iter().filter_map(|verb| last_word(before, verb)).max();
        let last = |names: &[String], text: &str| {
            names.iter().filter_map(|name| last_word(text, name)).filter(|at| !is_object(text, *at)).max()
        };
        let paid_by = self.other.iter().any(|name| {
            after.find(&format!(" av {name}")).is_some_and(|at| {
                ["betalas", "finansieras", "bekostas", "tillskjuts"].iter().any(|verb| {
                    before.contains(verb) || after.get(..at).is_some_and(|after| after.contains(verb))
                })
            })
        });
        let Some(subject) = verb.and_then(|verb| before.get(..verb)) else { return paid_by };
        paid_by || last(&self.other, subject) > last(&self.public, subject)
    }
}

/// Where a word, or several, stands last in a text as a whole.
fn last_word(text: &str, word: &str) -> Option<usize> {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.rmatch_indices(word).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        !is_letter(before) && !is_letter(after)
    })
}

/// Whether a name is one to whom, by whom or with whom something is done.
fn is_object(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    [" till ", " av ", " med ", " för ", " hos "].iter().any(|word| format!(" {before}").ends_with(word))
}

/// Whether a sentence is about the time before the agreement: it names years, and all of them came before. The year of a
/// day is mostly that of a decision and says nothing of what is paid when.
fn is_history(sentence: &str, begins: Option<i32>) -> bool {
    let words = prose::words(sentence);
    let is_of_day = |at: usize| {
        let month = at.checked_sub(1).and_then(|before| words.get(before));
        month.is_some_and(|month| (1..=12).any(|number| date::month_name(number) == Some(*month)))
    };
    let mut years = words
        .iter()
        .enumerate()
        .filter(|(at, word)| word.len() == 4 && !is_of_day(*at))
        .filter_map(|(_, word)| word.parse::<i32>().ok())
        .filter(|year| (1950..2100).contains(year))
        .peekable();
    begins.is_some_and(|begins| years.peek().is_some() && years.all(|year| year < begins))
}

/// Whether somebody contributes with something: "bidrar med", "bidrar därutöver årligen med".
fn contributes(sentence: &str) -> bool {
    // So many words at most go between the two.
    const BETWEEN: usize = 4;
    let words = prose::words(sentence);
    let mut verbs = words.iter().enumerate().filter(|(_, word)| ["bidrar", "bidra"].contains(word));
    verbs.any(|(at, _)| words.iter().skip(at + 1).take(BETWEEN).any(|word| *word == "med"))
}

/// The amounts in sentences about what is paid, in an agreement that begins in a certain year.
fn amounts(text: &str, payers: &Payers, begins: Option<i32>) -> Vec<Amount> {
    let mut amounts = Vec::new();
    for lower in prose::sentences(text) {
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        // "Region Skåne bidrar": another public body, where the sentence is about it.
        if !(has(&SUBJECTS) || contributes(&lower))
            || has(&OTHERS)
            || lower.trim_start().starts_with("region ")
        {
            continue;
        }
        if is_history(&lower, begins) {
            continue;
        }
        let mut last = 0;
        for (at, unit, worth) in units(&lower) {
            let before = lower.get(..at).unwrap_or_default();
            let after = lower.get(at + unit.len()..).unwrap_or_default();
            let as_written = number_before(before, worth == 1).map(|(start, number)| (start, number, after));
            let written = as_written.or_else(|| {
                let (number, rest) = number_after(after)?;
                Some((at, number, rest))
            });
            // The number of "kr 500 kronor" is one.
            let Some((start, number, rest)) = written.filter(|(start, ..)| *start >= last) else { continue };
            let between = lower.get(last..start).unwrap_or_default();
            let is_whole = is_whole(between, last > 0);
            last = lower.len() - rest.len();
            // What may come besides is no part of what has been agreed.
            let is_besides =
                prose::words(between).contains(&"ytterligare") && prose::words(before).contains(&"kan");
            if !is_whole && !is_besides && !payers.is_others(before, rest) {
                let kronor = number.checked_mul(worth.into()).map(|kronor| kronor.normalize());
                // "Bidrar årligen med 500 000 kronor"
                let yearly = || prose::words(between).contains(&"årligen").then_some(12);
                let months = stretch(rest).or_else(yearly);
                amounts.extend(kronor.map(|kronor| Amount { kronor, months }));
            }
        }
    }
    amounts
}

/// The units of money in a sentence: where each begins, and what it is worth.
fn units(lower: &str) -> Vec<(usize, &'static str, u32)> {
    let mut found: Vec<(usize, &str, u32)> = Vec::new();
    for (unit, worth) in UNITS {
        for (at, _) in lower.match_indices(unit) {
            let before = lower.get(..at).unwrap_or_default();
            let rest = lower.get(at + unit.len()..).unwrap_or_default();
            let is_apart = !before.ends_with(char::is_alphanumeric) && !before.ends_with('-') || unit == ":-";
            // "Tusen kronor" is found before the kronor in it.
            let in_other = found.iter().any(|(start, other, _)| (*start..start + other.len()).contains(&at));
            if is_apart && !in_other && !rest.starts_with(char::is_alphanumeric) {
                found.push((at, unit, worth));
            }
        }
    }
    found.sort_unstable();
    found
}

/// The number before a unit and where it begins: in digits, in digits with words in brackets after them, or in words.
fn number_before(before: &str, in_kronor: bool) -> Option<(usize, Decimal)> {
    let trimmed = before.trim_end();
    let spelt = trimmed.strip_suffix(')').and_then(|inside| inside.rsplit_once('('));
    let digits = match spelt {
        Some((digits, words)) if words.chars().all(|letter| letter.is_alphabetic() || letter == ' ') => {
            digits
        }
        _ => before,
    };
    // "Mkr (SEK 5)": the bracket before the unit belongs to no number.
    if let Some(number) = number_at_end(digits) {
        let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | NBSP | ',' | '.');
        return Some((digits.trim_end_matches(is_part).len(), number));
    }
    let is_counted = |word: &str| ["miljon", "miljoner", "tusen", "hundra"].contains(&word);
    let mut start = trimmed.len();
    let mut written = String::new();
    for word in trimmed.split(' ').rev() {
        if !is_counted(word) && prose::in_words(word).is_none() {
            break;
        }
        written.insert_str(0, word);
        start = start.saturating_sub(word.len() + 1);
    }
    // "En kr" is hardly an amount, and before "tusen kronor" stands no more than hundreds.
    let number = prose::in_words(&written).filter(|number| (*number >= 1_000) == in_kronor)?;
    Some((start, number.into()))
}

/// The number after a unit, "kr 550 000", and what follows it. A year is none.
fn number_after(after: &str) -> Option<(Decimal, &str)> {
    let trimmed = after.trim_start_matches([' ', NBSP]);
    let is_digit = |letter: char| letter.is_ascii_digit();
    if trimmed.len() == after.len() || !trimmed.starts_with(is_digit) {
        return None;
    }
    let first = trimmed.find(|letter| !is_digit(letter)).unwrap_or(trimmed.len());
    // Groups of three digits follow the first.
    let mut end = first;
    while first <= 3
        && let Some(group) = trimmed.get(end..).and_then(|rest| rest.strip_prefix([' ', NBSP, '.']))
        && group.bytes().take_while(u8::is_ascii_digit).count() == 3
    {
        end = trimmed.len() - group.len() + 3;
    }
    let (digits, rest) = trimmed.split_at_checked(end)?;
    let is_year = digits.len() == 4 && matches!(digits.get(..2), Some("19" | "20" | "21"));
    // "Kr 5,5" and "kr 2024-01-01" are left alone.
    let goes_on = rest.strip_prefix([',', '-', '/', '–']).is_some_and(|rest| rest.starts_with(is_digit));
    if is_year || goes_on || rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    Some((number_at_end(digits)?, rest))
}

/// Whether the words between two amounts, or before the first, say that the one after them is the whole of which the
/// municipality pays a part: "500 000 kr av en total budget på 1,4 miljoner kronor".
fn is_whole(between: &str, is_second: bool) -> bool {
    let words = prose::words(between);
    let is_filler = |word: &&&str| BEFORE_WHOLE.contains(word);
    let Some(at) = words.iter().rposition(|word| !is_filler(&word)) else { return false };
    let (before, named) = (words.get(..at).unwrap_or_default(), words.get(at).copied().unwrap_or_default());
    if WHOLES.iter().any(|whole| named.contains(whole)) {
        return true;
    }
    // "Verksamhetens kostnader är", "den totala kostnaden på"; what the municipality does with a cost is to pay it.
    let of = before.get(before.len().saturating_sub(2)..).unwrap_or_default();
    let of_all = ["total", "hela", "samlad", "sammanlag", "verksamhet", "projekt"];
    named.contains("kostnad") && of.iter().any(|word| of_all.iter().any(|all| word.starts_with(all)))
        || is_second && named == "av" && before.is_empty()
}

/// For how many months at a time an amount is, where what follows it says so at once.
fn stretch(after: &str) -> Option<u32> {
    let after = after.trim_start_matches([' ', NBSP]);
    STRETCHES.iter().find_map(|(words, months)| {
        let says = words.iter().any(|word| {
            after.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        says.then_some(*months)
    })
}

/// The number with which a text ends: "… med 500 000", "… 0,5", "… 600.000".
fn number_at_end(text: &str) -> Option<Decimal> {
    let trimmed = text.trim_end();
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | NBSP | ',' | '.');
    let start =
        trimmed.char_indices().rev().take_while(|(_, letter)| is_part(*letter)).last().map(|(at, _)| at)?;
    let digits = trimmed.get(start..)?.trim_start_matches([' ', NBSP, ',', '.']);
    let (whole, fraction) = digits.rsplit_once(',').unwrap_or((digits, ""));
    let groups: Vec<&str> = whole.split([' ', NBSP, '.', ',']).filter(|group| !group.is_empty()).collect();
    // A year before the number, as in "under 2024 500 000 kronor", is no part of it: groups have three digits.
    let thousands = groups.iter().rev().take_while(|group| group.len() == 3).count();
    let first = groups.len().checked_sub(thousands + 1).and_then(|at| groups.get(at));
    let number = match (first.filter(|group| group.len() < 3), thousands) {
        (None, 0) => (*groups.last()?).to_owned(),
        (first, _) => first.into_iter().chain(groups.get(groups.len() - thousands..)?).copied().collect(),
    };
    format!("{number}.{fraction}0").parse().ok().filter(|number: &Decimal| !number.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let payers =
            Payers { public: names(&["kommunen"]), other: names(&["föreningen", "rsmh lund", "regionen"]) };
        amounts(text, &payers, Some(2024)).into_iter().map(|amount| amount.kronor.to_string()).collect()
    }

    /// What is found in an agreement with a change.
    fn found(toml: String) -> Vec<String> {
        crate::rules::examples::found(&RULE, &[Example::agreement(&[], toml.leak(), "")])
            .into_iter()
            .map(|finding| finding.message.replace(NBSP, " "))
            .collect()
    }

    fn found_in(text: &str) -> Vec<String> {
        found(format!("clause.background.text = \"{text}\""))
    }

    #[test]
    fn an_undertaking_is_read_with_its_lead() {
        let found = |key: &str, lead: &str, item: &str| {
            found(format!(
                "undertaking.{key} = {{ party = \"{key}\", lead = \"{lead}\", items = [\"{item}\"] }}"
            ))
        };
        let item = "bidra med 550 000 kronor per år";
        assert_eq!(
            found("kommun", "Kommunen ska", item),
            ["Texten anger 550 000 kronor, som inte finns bland ersättningarna."]
        );
        assert_eq!(found("kommun", "Kommunen ska", "bidra med 500 000 kronor per år"), Vec::<String>::new());
        assert_eq!(found("forening", "Föreningen ska", item), Vec::<String>::new());
    }

    #[test]
    fn a_unit_before_the_number_and_words_after_it_are_read() {
        for text in [
            "Kommunen betalar kr 550 000.",
            "Kommunen betalar kr\u{a0}550\u{a0}000 per år.",
            "Kommunen bidrar med SEK 550 000",
            "Kommunen bidrar med SEK 550.000, varje år",
            "Kommunen betalar 550 000 (femhundratusen) kronor per år.",
            "Kommunen betalar femhundrafemtiotusen kronor.",
            "Kommunen betalar femhundrafemtio tusen kronor.",
            "Kommunen betalar 550 (femhundrafemtio) tusen kronor.",
            "Kommunen bidrar med 550 kkr.",
        ] {
            assert_eq!(read(text), ["550000"], "{text}");
            assert_eq!(found_in(text).len(), 1, "{text}");
        }
        assert_eq!(read("Kommunen betalar en miljon etthundratusen kronor."), ["1100000"]);
        assert_eq!(read("Kommunen betalar två miljoner kronor."), ["2000000"]);
        for text in [
            "Kommunen betalar en halv miljon kronor.",
            "Kommunen betalar i kr 2024 och kr 2024-01-01",
            "Kommunen betalar flera tusen kronor, hundratals kronor och en kr",
            "Ersättning i kr 5,5",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn the_right_number_for_the_wrong_time_is_found() {
        for (text, shown) in [
            ("Kommunen betalar 500 000 kr per halvår.", "500 000 kronor per halvår"),
            ("Kommunen bidrar med 1 000 000 kr per år.", "1 000 000 kronor per år"),
            ("Kommunen betalar 1 mnkr årligen.", "1 000 000 kronor per år"),
            ("Kommunen bidrar årligen med 1 000 000 kronor.", "1 000 000 kronor per år"),
            ("Kommunen betalar 250 000 kronor i månaden.", "250 000 kronor per månad"),
            ("Kommunen betalar 250 000 kr/år.", "250 000 kronor per år"),
        ] {
            let message =
                format!("Texten anger {shown}. Beloppet finns bland ersättningarna, men för en annan tid.");
            assert_eq!(found_in(text), [message], "{text}");
        }
        for text in [
            "Kommunen betalar 500 000 kr per år, 250 000 kr per halvår och 125 000 kr per kvartal.",
            "Kommunen betalar 41 666,67 kronor i månaden.",
            "Kommunen bidrar årligen med 500 000 kronor, sammanlagt 1 000 000 kronor.",
            "Kommunen bidrar årligen med 250 000 kronor per halvår.",
            "Kommunen betalar 1 000 000 kr under avtalstiden, varav 500 000 kronor varje år.",
            "Kommunen betalar 1 000 000 kr. Årligen betalas hälften.",
        ] {
            assert_eq!(found_in(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_component_or_a_part_of_a_year_has_its_own_time() {
        let part = "term.start = 2024-02-01\nfunding.2024.period.start = 2024-02-01\nfunding.2024.amount = 458_000\n";
        let clause = |text: &str| format!("{part}clause.background.text = \"{text}\"");
        assert_eq!(found(clause("Kommunen betalar 458 000 kr per år.")), Vec::<String>::new());
        assert_eq!(found(clause("Kommunen betalar 229 000 kr per år.")).len(), 1);
        let open = "funding.2025 = { amount = \"not-stated\" }\nclause.background.text = \"Kommunen betalar 500 000 kr i månaden.\"";
        assert_eq!(found(open.to_owned()), Vec::<String>::new());
        let paid = "payout_plan.halvar.part.a = { month = 1, amount = 250_000 }\nclause.background.text = \"Kommunen betalar 250 000 kr per månad.\"";
        assert_eq!(found(paid.to_owned()), Vec::<String>::new());
    }

    #[test]
    fn what_the_activity_costs_is_not_what_is_paid() {
        for text in [
            "Kommunens bidrag är 500 000 kr av en total budget på 1,4 miljoner kronor.",
            "Kommunens bidrag är 500 000 kr av totalt 1,4 miljoner kronor.",
            "Kommunen bidrar med 500 000 kr, och verksamhetens kostnader är 1,4 mnkr.",
            "Kommunen bidrar med 500 000 kr till en verksamhet som omsätter cirka 2 mnkr.",
            "Den totala kostnaden beräknas till 1,4 mnkr och kommunen betalar 500 000 kr.",
        ] {
            assert_eq!(read(text), ["500000"], "{text}");
        }
        assert_eq!(read("Kommunens bidrag till kostnaderna är 550 000 kr"), ["550000"]);
        assert_eq!(read("Kommunens bidrag ryms i nämndens budget och är 550 000 kr"), ["550000"]);
        assert_eq!(
            read("Kommunen bidrar med 500 000 kr av nämndens medel och 60 000 kr"),
            ["500000", "60000"]
        );
    }

    #[test]
    fn reads_amounts_in_every_unit_and_of_every_name() {
        for (text, kronor) in [
            ("Kommunen bidrar med 5 mkr", "5000000"),
            ("Kommunen bidrar med 1,7 miljon kronor", "1700000"),
            ("Kommunen bidrar med 1,7 miljon(er) kronor", "1700000"),
            ("Kommunen bidrar med 550 tusen kronor", "550000"),
            ("Kommunen betalar 550 000:- per år", "550000"),
            ("Kommunens stöd är 550 000 kronor", "550000"),
            ("Kommunen ersätter föreningen med 550 000 kronor", "550000"),
            ("Beloppet är 550 000 kronor per år", "550000"),
            ("Kommunen, som ligger i region Skåne, bidrar med 550 000 kronor", "550000"),
            ("I regionen finns få mötesplatser och kommunen bidrar med 550 000 kronor", "550000"),
            ("Till föreningen betalar kommunen 550 000 kronor", "550000"),
            ("Föreningen får ett bidrag på 550 000 kronor", "550000"),
            ("Föreningen ersätts: kommunen betalar 550 000 kronor", "550000"),
        ] {
            assert_eq!(read(text), [kronor], "{text}");
        }
    }

    #[test]
    fn what_others_pay_is_not_the_agreements_money() {
        for text in [
            "Budgetramen för bidrag är 2 mkr",
            "Prisbasbeloppet är 58 800 kronor och ersättningen följer det",
            "Föreningen betalar 60 000 kronor i hyra",
            "RSMH Lund bidrar med 100 000 kronor",
            "Föreningen ska själv finansiera 50 000 kronor",
            "Regionen betalar 200 000 kronor",
            "Region Skåne bidrar med 200 000 kronor",
            "Allmänna arvsfonden bidrar med 200 000 kronor",
            "Hyran på 60 000 kronor betalas av föreningen",
            "60 000 kronor bekostas av föreningen och är ett bidrag",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            read("Kommunen betalar 550 000 kronor och föreningen bidrar med 100 000 kronor"),
            ["550000"]
        );
    }

    #[test]
    fn what_was_paid_before_and_what_may_come_besides_is_not_agreed() {
        for text in [
            "Föreningen fick 2023 ett bidrag på 350 000 kronor",
            "Åren 2021–2023 betalade kommunen 350 000 kronor om året",
            "Kommunen kan bidra med ytterligare 50 000 kronor om nämnden beslutar det",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
        for text in [
            "Kommunen betalar 350 000 kronor för 2024",
            "Kommunen betalade 2023 mindre än nu, och betalar 2024 350 000 kronor",
            "Kommunen betalar ytterligare 350 000 kronor",
            "Kommunen betalar 350 000 kronor enligt punkt 1203",
            "Enligt beslut 2023-11-20 § 101 betalar kommunen 350 000 kronor",
            "Enligt beslut den 20 november 2023 betalar kommunen 350 000 kronor",
        ] {
            assert_eq!(read(text), ["350000"], "{text}");
        }
    }

    #[test]
    fn a_short_unit_is_found_in_an_agreement() {
        for text in ["Kommunen bidrar med 5 mkr.", "Kommunen betalar 5:- om året.", "Kommunen anslår 5 MSEK."]
        {
            let toml = format!("clause.background.text = \"{text}\"");
            let findings = crate::rules::examples::found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            assert_eq!(findings.len(), 1, "{text}");
        }
    }

    #[test]
    fn reads_amounts_as_people_write_them() {
        assert_eq!(read("Kommunen betalar 500 000 kronor."), ["500000"]);
        assert_eq!(read("Bidraget är 1\u{a0}250\u{a0}000\u{a0}kr om året"), ["1250000"]);
        assert_eq!(read("Ersättningen är 900 tkr, varav 2 mnkr"), ["900000", "2000000"]);
        assert_eq!(read("Ersättningen för 2024 500 000 kronor"), ["500000"]);
        assert_eq!(read("Bidraget är 75000 kronor, ersättningen 600.000 SEK"), ["75000", "600000"]);
        assert_eq!(read("Kommunen ska betala 0,5 mnkr eller 5,5 miljoner kronor"), ["500000", "5500000"]);
        assert_eq!(read("Bidraget är 600 000,50 kronor"), ["600000.5"]);
        assert_eq!(read("Hyran är 5 000 kronor. Bidraget ökar kraven."), Vec::<String>::new());
        assert_eq!(read("Deltagaravgiften är 50 kronor och betalas av var och en"), Vec::<String>::new());
        assert_eq!(read("bidrag kr kr 1 kr é500 kronor, ., kronor"), ["1", "500"]);
    }
}
