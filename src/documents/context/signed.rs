//! When and by which functions an agreement was signed: it is never shown as an original that waits for signatures, and no line
//! waits for one who has signed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::Value;

use super::parties::bound;
use super::words::object;
use crate::agreement::{Agreement, Authority, Party, Signatory, Status};
use crate::date;
use crate::records::{Records, Signing};
use crate::term::{Commitment, Life};
use crate::text;
use crate::vocabulary::Known;

/// Who signed for whom and when, where all parties have.
pub(super) fn signed(agreement: &Agreement, records: Option<&Records>, life: &Life<'_>) -> Value {
    let is_signed = matches!(agreement.status, Status::Signed | Status::Ended);
    if !is_signed || life.standing != Commitment::Agreed {
        return Value::from(());
    }
    let parties = agreement.party.iter().map(|(key, party)| {
        let signatures = alike(signatories(party).map(|(name, signatory)| {
            let on_record = signing_of(records, key, name).and_then(day_of);
            Signature::of(signatory, on_record.or_else(|| Some(signatory.date.known()?.long())))
        }));
        object(IndexMap::from([("party", Value::from(bound(party))), ("signatures", signatures)]))
    });
    parties.collect()
}

/// Who of each party, by key, have signed by `day`, and with which signatures.
pub(super) fn signings(agreement: &Agreement, records: Option<&Records>, day: NaiveDate) -> Value {
    Value::from_pairs(agreement.party.iter().map(|(key, party)| {
        let has_signed = |name: &str| {
            signing_of(records, key, name).filter(|one| one.date.known().is_none_or(|date| *date <= day))
        };
        let done = || signatories(party).filter_map(|(name, one)| Some((name, one, has_signed(name)?)));
        let signatures = alike(done().map(|(_, one, signing)| Signature::of(one, day_of(signing))));
        let fields = object(IndexMap::from([
            ("keys", done().map(|(name, ..)| Value::from(name)).collect()),
            ("signatures", signatures),
            (
                "lasting",
                signatories(party).filter(|(_, one)| lasts(one)).map(|(name, _)| Value::from(name)).collect(),
            ),
        ]));
        (key.as_str(), fields)
    }))
}

/// Whether what gives somebody the right to sign holds for later papers too: neither a task, which is given for one, nor a paper of a
/// year.
fn lasts(signatory: &Signatory) -> bool {
    let is_general = matches!(signatory.authority.known(), Some(Authority::Articles | Authority::Delegation));
    let is_of_a_year = |evidence: &String| {
        let mut numbers = evidence.split(|letter: char| !letter.is_ascii_digit());
        numbers.any(|number| number.len() == 4)
    };
    is_general && !signatory.evidence.known().is_some_and(is_of_a_year)
}

fn signatories(party: &Party) -> impl Iterator<Item = (&str, &Signatory)> {
    let all = party.signatory.known().into_iter().flat_map(|all| all.iter());
    all.map(|(key, signatory)| (key.as_str(), signatory))
}

fn signing_of<'a>(records: Option<&'a Records>, party: &str, signatory: &str) -> Option<&'a Signing> {
    records?.signing.values().find(|one| one.party == party && one.signatory == signatory)
}

fn day_of(signing: &Signing) -> Option<String> {
    signing.date.known().copied().map(date::long)
}

/// One signature: whose, and what is known of it.
struct Signature {
    who: String,
    facts: [(&'static str, Option<String>); 3],
}

impl Signature {
    fn of(signatory: &Signatory, date: Option<String>) -> Self {
        let name = signatory.name.known();
        let title = signatory.title.known().map(|title| text::uncapitalised(title));
        let words: Vec<&str> = title.iter().chain(name).map(String::as_str).collect();
        let who = if words.is_empty() { "undertecknare".to_owned() } else { words.join(" ") };
        let facts = [
            ("date", date),
            ("place", signatory.place.known().cloned()),
            ("evidence", signatory.evidence.known().cloned()),
        ];
        Self { who, facts }
    }
}

/// Signatures of which the same is known, together: who, once each, and what.
fn alike(signatures: impl Iterator<Item = Signature>) -> Value {
    let mut all: IndexMap<[(&str, Option<String>); 3], Vec<String>> = IndexMap::new();
    for one in signatures {
        all.entry(one.facts).or_default().push(one.who);
    }
    let shown = all.into_iter().map(|(facts, everyone)| {
        let mut told = BTreeSet::new();
        let once: Vec<String> = everyone
            .iter()
            .filter(|who| told.insert(who.as_str()))
            .map(|who| match everyone.iter().filter(|other| *other == who).count() {
                1 => who.clone(),
                several => several_of(who, several),
            })
            .collect();
        let facts = facts.into_iter().map(|(name, fact)| (name, Value::from(fact)));
        object(facts.chain([("who", Value::from(text::list(&once)))]).collect())
    });
    shown.collect()
}

/// "två ledamöter i styrelsen"; words whose plural is not known here are counted after.
fn several_of(who: &str, count: usize) -> String {
    let number = text::numeral(u32::try_from(count).unwrap_or(u32::MAX));
    let (first, rest) =
        who.split_once(' ').map_or((who, String::new()), |(first, rest)| (first, format!(" {rest}")));
    match first.strip_suffix("ledamot") {
        Some(before) => format!("{number} {before}ledamöter{rest}"),
        None if first.ends_with("are") => format!("{number} {who}"),
        None => format!("{who} ({number} personer med den titeln)"),
    }
}
