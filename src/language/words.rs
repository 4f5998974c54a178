//! The words that a jurist could extend, from `assets/words/`, checked when they are read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What money is counted in, and how often it is paid.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// What says that an amount is for all the time that is agreed.
    pub whole: Vec<String>,
    /// Units of money, and what each is worth in kronor.
    pub money: BTreeMap<String, u32>,
    /// What goes between a number and its unit, and how much it makes of it.
    pub times: BTreeMap<String, u32>,
    /// How often.
    pub per: Vec<PerWords>,
}

/// How often something is paid, or for what.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerWords {
    /// The word for it.
    pub name: String,
    /// The months between two times, where they are so many.
    pub months: Option<u32>,
    /// What says so after an amount.
    pub after: Vec<String>,
    /// What says so before one.
    pub before: Vec<String>,
    /// What says after an amount that it is for one such time, and not how often it is paid.
    #[serde(default)]
    pub once: Vec<String>,
}

/// Words that tell the name of a person.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameWords {
    /// Given names.
    pub given: std::collections::BTreeSet<String>,
    /// How family names end.
    pub family_endings: Vec<String>,
    /// What somebody is, as the end of a word.
    pub functions: Vec<String>,
    /// What goes before somebody who acts for a party.
    pub leads: Vec<String>,
    /// How words for bodies and places end, before the endings of Swedish.
    pub bodies: Vec<String>,
    /// Whole words that tell them.
    pub body_words: Vec<String>,
    /// What stands where a name is to be written.
    pub labels: Vec<String>,
}

/// Words that belong to a purchase.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurchaseWords {
    /// Nouns that are enough.
    pub nouns: Vec<String>,
    /// Nouns that are enough as the last part of another.
    pub heads: Vec<String>,
    /// First parts of compounds that are enough: "leveransdag".
    pub firsts: Vec<String>,
    /// Bodies of such compounds that are another thing.
    pub other_compounds: Vec<String>,
    /// After one of these a noun is another's.
    pub not_after: Vec<String>,
    /// Fixed expressions.
    pub phrases: Vec<String>,
    /// What a buyer or a seller does, and with what.
    pub pair: Vec<PairWords>,
    /// Who may well buy what it needs.
    pub buys_itself: Vec<String>,
}

/// Verbs, and what belongs to a purchase together with them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairWords {
    /// Whether it is the buyer who does it.
    pub buys: bool,
    /// What somebody does.
    pub verbs: Vec<String>,
    /// With what.
    pub objects: Vec<String>,
}

/// Words about who pays, and what.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentWords {
    /// Who pays what the agreement holds.
    pub public: Vec<String>,
    /// Who pays other money.
    pub others: Vec<String>,
    /// How words end that name a public body.
    pub public_endings: Vec<String>,
    /// What somebody does who pays.
    pub pays: Vec<String>,
    /// Those of them that say so only of a public body.
    pub pays_with_payer: Vec<String>,
    /// What is paid.
    pub subjects: Vec<String>,
    /// The same, where a public body is named.
    pub weak_subjects: Vec<String>,
    /// What is done with what is paid.
    pub passive: Vec<String>,
    /// What somebody does who is paid.
    pub receives: Vec<String>,
    /// How words begin that speak of other money.
    pub other_money: Vec<String>,
    /// The same as whole words.
    pub other_words: Vec<String>,
    /// The same as expressions.
    pub other_phrases: Vec<String>,
    /// What tells that it was before.
    pub before: Vec<String>,
    /// The whole of which an amount is a part.
    pub wholes: Vec<String>,
    /// What makes a number a limit.
    pub limits: Vec<String>,
}

/// What templates leave.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftoverWords {
    /// What templates write.
    pub phrases: Vec<String>,
    /// What a field says in which nothing has been chosen.
    pub choices: Vec<String>,
    /// What templates ask for.
    pub fields: Vec<String>,
    /// Those of them that stand for one in capitals in the middle of a sentence.
    pub in_capitals: Vec<String>,
    /// Verbs that ask for something between brackets.
    pub verbs: Vec<String>,
    /// What stands between angles.
    pub angles: Vec<String>,
    /// What stands between round brackets.
    pub round: Vec<String>,
    /// What asks a writer for something, at the beginning of a sentence.
    pub asks: Vec<String>,
    /// What an X is a number of.
    pub counted: Vec<String>,
    /// What stands for a word that is to come, in capitals.
    pub fillers: Vec<String>,
}

/// What sections are about, by their headings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadingWords {
    /// Words that say nothing of it.
    filler: String,
    /// The subjects.
    pub topic: BTreeMap<String, TopicWords>,
}

impl HeadingWords {
    /// Whether a word says nothing of what a section is about.
    #[must_use]
    pub fn is_filler(&self, word: &str) -> bool {
        self.filler.split_whitespace().any(|filler| filler == word)
    }
}

/// The words of one subject.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicWords {
    /// What is enough where nothing else stands there.
    #[serde(default)]
    pub whole: Vec<String>,
    /// What is enough wherever it stands; a word with a star has any ending.
    #[serde(default)]
    pub holds: Vec<String>,
}

#[expect(clippy::expect_used, reason = "the files are part of the program; a test reads them")]
fn read<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("the words are well-formed")
}

/// The units.
pub static UNITS: LazyLock<Units> = LazyLock::new(|| read(include_str!("../../assets/words/units.toml")));

/// The words of purchase.
pub static PURCHASE: LazyLock<PurchaseWords> =
    LazyLock::new(|| read(include_str!("../../assets/words/purchase.toml")));

/// The words of payment.
pub static PAYMENT: LazyLock<PaymentWords> =
    LazyLock::new(|| read(include_str!("../../assets/words/payment.toml")));

/// The words of headings.
pub static HEADINGS: LazyLock<HeadingWords> =
    LazyLock::new(|| read(include_str!("../../assets/words/headings.toml")));

/// The words of `names.toml`.
pub static NAMES: LazyLock<NameWords> = LazyLock::new(|| read(include_str!("../../assets/words/names.toml")));

/// The words of templates.
pub static LEFTOVERS: LazyLock<LeftoverWords> =
    LazyLock::new(|| read(include_str!("../../assets/words/leftovers.toml")));

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::fold::Folded;
    use super::*;

    /// Every word is written as texts are compared, and stands once in its list.
    fn check(name: &str, words: &[String]) {
        assert!(!words.is_empty(), "{name}");
        let mut seen = BTreeSet::new();
        for word in words {
            assert_eq!(Folded::of(word).text(), word, "{name}");
            assert!(!word.is_empty() && word.trim() == word && seen.insert(word), "{name}: {word}");
        }
    }

    #[test]
    fn the_words_are_as_they_must_be() {
        let keys = |map: &BTreeMap<String, u32>| map.keys().cloned().collect::<Vec<_>>();
        check("money", &keys(&UNITS.money));
        check("times", &keys(&UNITS.times));
        for per in &UNITS.per {
            check(&per.name, &per.after);
            check(&per.name, &per.before);
        }
        let PurchaseWords { nouns, heads, firsts, other_compounds, not_after, phrases, pair, buys_itself } =
            &*PURCHASE;
        for pair in pair {
            check("verbs", &pair.verbs);
            check("objects", &pair.objects);
        }
        for (name, words) in [
            ("nouns", nouns),
            ("heads", heads),
            ("firsts", firsts),
            ("other_compounds", other_compounds),
            ("not_after", not_after),
            ("phrases", phrases),
            ("buys_itself", buys_itself),
        ] {
            check(name, words);
        }
        let words: BTreeMap<String, Vec<String>> =
            toml::from_str(include_str!("../../assets/words/payment.toml")).unwrap();
        for (name, words) in &words {
            check(name, words);
        }
        let LeftoverWords {
            phrases,
            choices,
            fields,
            in_capitals,
            verbs,
            angles,
            round,
            asks,
            counted,
            fillers,
        } = &*LEFTOVERS;
        for (name, words) in [
            ("phrases", phrases),
            ("choices", choices),
            ("fields", fields),
            ("in_capitals", in_capitals),
            ("verbs", verbs),
            ("angles", angles),
            ("round", round),
            ("asks", asks),
            ("counted", counted),
            ("fillers", fillers),
        ] {
            check(name, words);
        }
    }
}
