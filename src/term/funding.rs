//! The money that an agreement pays as it stands on a day: its own components, and those of its supplements.

use chrono::NaiveDate;

use super::commitment::{Commitment, change_on};
use crate::agreement::{Agreement, Funding, funding_path};
use crate::key_path::KeyPath;
use crate::records::Records;
use crate::vocabulary::Known;

/// A component of the money, with where it stands.
#[derive(Debug, Clone)]
pub struct FundingTerms<'a> {
    /// Its key.
    pub key: &'a str,
    /// What it says.
    pub funding: &'a Funding,
    /// Where in the agreement.
    pub path: KeyPath,
    /// The supplement that it stands in, by key; nothing for the agreement's own.
    pub supplement: Option<&'a str>,
    /// How firmly the parties are bound by that supplement: what in it waits for a decision is a proposal.
    pub commitment: Option<Commitment>,
}

/// The components on a day.
#[derive(Debug, Clone, Default)]
pub struct FundingOnDay<'a> {
    /// Those that are paid, in the file's order: a supplement's in the place of the one whose key it has, others last.
    pub components: Vec<FundingTerms<'a>>,
    /// Those that a supplement only proposes in the place of one of them.
    pub proposed: Vec<FundingTerms<'a>>,
    /// Those in whose place a supplement stands by which the parties are bound less firmly.
    pub replaced: Vec<FundingTerms<'a>>,
}

/// A component that a decision has changed counts once that decision is on record: the decision that is not.
#[must_use]
pub fn awaited<'a>(records: Option<&Records>, funding: &'a Funding, day: NaiveDate) -> Option<&'a str> {
    let key = funding.decision.known()?;
    let decision = records.and_then(|records| records.decision.get(key));
    decision.is_none_or(|decision| decision.date > day).then_some(key)
}

/// The components of an agreement as they were known on `day`.
#[must_use]
pub fn funding_on<'a>(
    agreement: &'a Agreement,
    records: Option<&Records>,
    day: NaiveDate,
) -> FundingOnDay<'a> {
    let own = agreement.funding.iter().map(|(key, funding)| FundingTerms {
        key,
        funding,
        path: funding_path(None, key),
        supplement: None,
        commitment: None,
    });
    let firmness = |terms: &FundingTerms<'_>| terms.commitment.unwrap_or(Commitment::Agreed);
    let mut found = FundingOnDay { components: own.collect(), ..FundingOnDay::default() };
    let supplements = agreement.supplements_in_order().into_iter();
    for (change, supplement) in supplements.filter(|(_, one)| !one.funding.is_empty()) {
        let standing = change_on(change, records, day);
        let name = change.key;
        for (key, funding) in &supplement.funding {
            let waiting = awaited(records, funding, day).map(|_| Commitment::Proposed);
            let commitment = waiting.map_or(standing, |waiting| standing.max(waiting));
            let path = funding_path(Some(name), key);
            let terms =
                FundingTerms { key, funding, path, supplement: Some(name), commitment: Some(commitment) };
            match found.components.iter_mut().find(|one| one.key == key) {
                Some(before) if commitment.is_bound() => {
                    let before = std::mem::replace(before, terms);
                    found.replaced.retain(|one| one.key != key || firmness(one) < commitment);
                    if !firmness(&before).is_bound() {
                        found.proposed.push(before);
                    } else if firmness(&before) < commitment {
                        found.replaced.push(before);
                    }
                }
                Some(_) => found.proposed.push(terms),
                None => found.components.push(terms),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreement(more: &str) -> Agreement {
        let head = "title = \"x\"\nactivity = \"x\"\nstatus = \"signed\"\nparty = {}\n\
                    term = { start = \"2024-01-01\", end = \"2025-12-31\" }\n";
        toml::from_str(&format!("{head}{more}")).unwrap()
    }

    fn paths(terms: &[FundingTerms<'_>]) -> Vec<String> {
        terms.iter().map(|one| one.path.to_string()).collect()
    }

    #[test]
    fn a_supplement_replaces_adds_or_only_proposes() {
        let agreement = agreement(
            r#"
            funding.2024 = { payer = "k", amount = 100 }
            funding.2025 = { payer = "k", amount = 100 }
            [supplement.b]
            number = 2
            changes = "x"
            status = "proposed"
            funding.2024 = { payer = "k", amount = 300 }
            funding.extra = { payer = "k", amount = 5 }
            [supplement.a]
            number = 1
            changes = "x"
            dated = "2024-06-01"
            funding.2025 = { payer = "k", amount = 200 }"#,
        );
        let shown = |day: &str| {
            let found = funding_on(&agreement, None, day.parse().unwrap());
            (paths(&found.components), paths(&found.proposed))
        };
        let (components, proposed) = shown("2024-06-01");
        assert_eq!(components, ["funding.2024", "supplement.a.funding.2025", "supplement.b.funding.extra"]);
        assert_eq!(proposed, ["supplement.b.funding.2024"]);
        let (components, proposed) = shown("2024-05-31");
        assert_eq!(components, ["funding.2024", "funding.2025", "supplement.b.funding.extra"]);
        assert_eq!(proposed, ["supplement.a.funding.2025", "supplement.b.funding.2024"]);
    }

    #[test]
    fn what_one_supplement_proposes_and_another_states_stays_a_proposal() {
        let agreement = agreement(
            r#"
            funding.own = { payer = "k", amount = 100 }
            [supplement.a]
            number = 1
            changes = "x"
            status = "proposed"
            funding.new = { payer = "k", amount = 40 }
            [supplement.b]
            number = 2
            changes = "x"
            dated = "2024-06-01"
            funding.new = { payer = "k", amount = 30 }
            funding.own = { payer = "k", amount = 90, decision = "d" }"#,
        );
        let found = funding_on(&agreement, None, "2024-06-01".parse().unwrap());
        assert_eq!(paths(&found.components), ["funding.own", "supplement.b.funding.new"]);
        // What waits for a decision replaces nothing.
        assert_eq!(paths(&found.proposed), ["supplement.a.funding.new", "supplement.b.funding.own"]);
        assert!(found.replaced.is_empty());
    }
}
