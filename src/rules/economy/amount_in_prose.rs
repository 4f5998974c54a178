//! A text speaks of an amount that the agreement does not hold.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::agreement::{Agreement, Role};
use crate::date::Period;
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::key_path::Segment;
use crate::money::{Money, grouped};
use crate::path;
use crate::payouts;
use crate::rules::Text;
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
        &["kronor", "kr|", "tkr|", "mnkr", "mkr|", "sek|", "msek|", ":-"],
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
const SUBJECTS: [&str; 15] = [
    "ersättning",
    "ersätter",
    "bidrar med",
    "bidrag",
    "stöd är",
    "stödet är",
    "stöd på",
    "beloppet är",
    "beloppet uppgår",
    "finansier",
    "betalar",
    "betalas",
    "betala ",
    "utbetal",
    "anslår",
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
const PAYS: [&str; 13] = [
    "betalar",
    "betala",
    "utbetalar",
    "bidrar",
    "bidra",
    "finansierar",
    "finansiera",
    "anslår",
    "ersätter",
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
const UNITS: [(&str, u32); 14] = [
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
    ("kronor", 1),
    ("sek", 1),
    ("kr", 1),
    (":-", 1),
];

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let mut known = None;
    let mut payers = None;
    texts
        .iter()
        .filter(|text| {
            let prose = ["clause", "memo", "undertaking", "goal", "development", "exclusion"];
            matches!(text.path.segments().first(), Some(Segment::Key(key)) if prose.contains(&key.as_str()))
        })
        .filter_map(|Text { path, text }| {
            let payers = payers.get_or_insert_with(|| Payers::of(scope));
            let amounts = amounts(text, payers);
            if amounts.is_empty() {
                return None;
            }
            let known = known.get_or_insert_with(|| known_amounts(scope.agreement));
            // Where no amount is known there is nothing that the text could contradict.
            let foreign: BTreeSet<Decimal> =
                amounts.into_iter().filter(|amount| !known.is_empty() && !known.contains(amount)).collect();
            if foreign.is_empty() {
                return None;
            }
            let shown: Vec<String> =
                foreign.into_iter().map(|amount| format!("{}{NBSP}kronor", grouped(amount))).collect();
            let message = format!("Texten anger {}, som inte finns bland ersättningarna.", text::list(&shown));
            Some(
                scope
                    .finding(&RULE, path.clone(), message)
                    .help("Rätta beloppet, eller ta bort det ur texten: dokumenten skriver beloppen ur [funding].")
                    .related(Place::value(scope.file, path!["funding"]), "ersättningarna"),
            )
        })
        .collect()
}

/// All amounts that the agreement holds, and those that people make of them: sums by year and in all, and their halves,
/// quarters and twelfths.
fn known_amounts(agreement: &Agreement) -> BTreeSet<Decimal> {
    let mut known: BTreeSet<Money> = BTreeSet::new();
    for funding in agreement.funding.values() {
        known.extend(payouts::amount_of(funding, &agreement.term));
        known.extend(funding.rate.as_ref().map(|rate| rate.amount));
    }
    known.extend(payouts::agreed_total(agreement));
    for year in agreement.term.period().iter().flat_map(Period::years) {
        let parts =
            agreement.funding.values().filter_map(|funding| payouts::by_year(funding, &agreement.term));
        let of_year = parts.flatten().filter(|share| share.year == year);
        known.extend(of_year.map(|share| share.amount).try_fold(Money::ZERO, Money::checked_add));
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

/// The amounts in sentences about what is paid.
fn amounts(text: &str, payers: &Payers) -> Vec<Decimal> {
    let mut amounts = Vec::new();
    for sentence in text.split(". ").flat_map(|part| part.split('\n')) {
        let lower = sentence.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        // "Region Skåne bidrar": another public body, where the sentence is about it.
        if !has(&SUBJECTS) || has(&OTHERS) || lower.trim_start().starts_with("region ") {
            continue;
        }
        for (unit, worth) in UNITS {
            for (at, _) in lower.match_indices(unit) {
                let before = lower.get(..at).unwrap_or_default();
                let rest = lower.get(at + unit.len()..).unwrap_or_default();
                let is_apart = before.ends_with([' ', NBSP]) || unit == ":-";
                if is_apart && !rest.starts_with(char::is_alphanumeric) {
                    let number = number_at_end(before).and_then(|number| number.checked_mul(worth.into()));
                    let number = number.filter(|_| !payers.is_others(before, rest));
                    amounts.extend(number.map(|amount| amount.normalize()));
                }
            }
        }
    }
    amounts
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
        amounts(text, &payers).into_iter().map(|kronor| kronor.to_string()).collect()
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
        assert_eq!(read("Ersättningen är 900 tkr, varav 2 mnkr"), ["2000000", "900000"]);
        assert_eq!(read("Ersättningen för 2024 500 000 kronor"), ["500000"]);
        assert_eq!(read("Bidraget är 75000 kronor, ersättningen 600.000 SEK"), ["75000", "600000"]);
        assert_eq!(read("Kommunen ska betala 0,5 mnkr eller 5,5 miljoner kronor"), ["5500000", "500000"]);
        assert_eq!(read("Bidraget är 600 000,50 kronor"), ["600000.5"]);
        assert_eq!(read("Hyran är 5 000 kronor. Bidraget ökar kraven."), Vec::<String>::new());
        assert_eq!(read("Deltagaravgiften är 50 kronor och betalas av var och en"), Vec::<String>::new());
        assert_eq!(read("bidrag kr kr 1 kr é500 kronor, ., kronor"), ["500", "1"]);
    }
}
