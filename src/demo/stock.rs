//! Names and sentences, from `assets/demo/`.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use chrono::NaiveDate;
use indexmap::IndexMap;
use serde::Deserialize;

/// What a partnership may be about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Activity {
    pub(super) noun: String,
    pub(super) committee: String,
    pub(super) service: String,
    #[serde(default)]
    pub(super) children: bool,
    pub(super) unit: String,
    /// The unit in the plural, where it is one that is paid for.
    pub(super) units: Option<String>,
    pub(super) titles: Vec<String>,
    pub(super) purposes: Vec<String>,
    pub(super) targets: Vec<String>,
    pub(super) indirect: Vec<String>,
    pub(super) needs: Vec<String>,
    pub(super) history: Vec<String>,
    pub(super) goals: Vec<Titled>,
    pub(super) does: Vec<String>,
    pub(super) town: Vec<String>,
    pub(super) in_kind: Vec<String>,
    pub(super) exclusions: Vec<String>,
    pub(super) development: Vec<Titled>,
    pub(super) reasons: Vec<String>,
    pub(super) child: Vec<String>,
}

/// A text with its heading.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Titled {
    pub(super) title: String,
    pub(super) text: String,
}

/// Sentences that every partnership takes from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub(super) about_lead: Vec<String>,
    pub(super) about_more: Vec<String>,
    pub(super) about_partner: Vec<String>,
    pub(super) background_close: Vec<String>,
    pub(super) background_mutual: Vec<String>,
    pub(super) value_basis: Vec<String>,
    pub(super) steering: Vec<String>,
    pub(super) exit: Vec<String>,
    pub(super) volunteers_heading: String,
    pub(super) volunteers: Vec<String>,
    pub(super) data_heading: String,
    pub(super) data: Vec<String>,
    pub(super) insurance_heading: String,
    pub(super) insurance: Vec<String>,
    pub(super) insight_heading: String,
    pub(super) insight: Vec<String>,
    pub(super) checks_heading: String,
    pub(super) checks: Vec<String>,
    pub(super) evaluation_heading: String,
    pub(super) evaluation: Vec<String>,
    pub(super) town_general: Vec<String>,
    pub(super) region_does: Vec<String>,
    pub(super) neighbour_does: Vec<String>,
    pub(super) partner_does: Vec<String>,
    pub(super) partner_kind: Vec<String>,
    pub(super) steering_tasks: Vec<String>,
    pub(super) seats: Vec<String>,
    pub(super) report_contents: Vec<String>,
    pub(super) use_for: Vec<String>,
    pub(super) unused_money: Vec<String>,
    pub(super) repayment: Vec<String>,
    pub(super) compensation: Vec<String>,
    pub(super) liable: Vec<String>,
    pub(super) review_task: Vec<String>,
    pub(super) supplement_later: Vec<String>,
    pub(super) supplement_raise: Vec<String>,
    pub(super) supplement_earlier: Vec<String>,
    pub(super) no_other_actor: Vec<String>,
    pub(super) procurement: Vec<String>,
    pub(super) state_aid: Vec<String>,
    pub(super) cost_benefit: Vec<String>,
    pub(super) ground: IndexMap<String, Vec<String>>,
    pub(super) memo: MemoTexts,
}

/// Sentences of the memo.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MemoTexts {
    pub(super) matter: Vec<String>,
    pub(super) presentation: Vec<String>,
    pub(super) preparation: Vec<String>,
    pub(super) economy: Vec<String>,
    pub(super) report_back: Vec<String>,
    pub(super) points: Vec<String>,
}

/// Names that do not exist.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub(super) municipality: String,
    pub(super) region: String,
    pub(super) neighbour: String,
    pub(super) places: Vec<String>,
    pub(super) words: Vec<String>,
    pub(super) committee: IndexMap<String, Committee>,
    pub(super) form: IndexMap<String, Form>,
}

/// A committee with its administration.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Committee {
    pub(super) names: Vec<CommitteeName>,
    pub(super) administration: String,
    pub(super) head: String,
    pub(super) head_definite: String,
    pub(super) handler: String,
    pub(super) contact: String,
    pub(super) line: String,
    pub(super) line_title: String,
    pub(super) account: String,
    pub(super) unit: String,
    pub(super) purpose: String,
}

impl Committee {
    /// The name on `date`.
    pub(super) fn on(&self, date: NaiveDate) -> &CommitteeName {
        let holds = |name: &&CommitteeName| name.until.is_none_or(|until| date <= until);
        // The last name has no end, so one always holds.
        self.names.iter().find(holds).unwrap_or(&self.names[0])
    }
}

/// A committee's name and the letters of its registry numbers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeName {
    pub(super) name: String,
    pub(super) until: Option<NaiveDate>,
    pub(super) prefix: String,
}

/// How organisations of a legal form are called.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    pub(super) patterns: Vec<String>,
    pub(super) called: String,
    pub(super) chair: String,
    pub(super) second: String,
    pub(super) group: String,
}

#[expect(clippy::expect_used, reason = "the file is part of the program; a test reads it")]
pub(super) static ACTIVITIES: LazyLock<IndexMap<String, Activity>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/demo/activities.toml")).expect("the activities are well-formed")
});

#[expect(clippy::expect_used, reason = "the file is part of the program; a test reads it")]
pub(super) static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/demo/texts.toml")).expect("the texts are well-formed")
});

#[expect(clippy::expect_used, reason = "the file is part of the program; a test reads it")]
pub(super) static NAMES: LazyLock<Names> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/demo/names.toml")).expect("the names are well-formed")
});

/// The words within braces, in the order in which [`fill`] takes what stands in their place.
const SLOTS: [&str; 14] = [
    "{namn}",
    "{part}",
    "{Part}",
    "{kommunen}",
    "{Kommunen}",
    "{plats}",
    "{nämnden}",
    "{Nämnden}",
    "{förvaltningen}",
    "{Förvaltningen}",
    "{verksamheten}",
    "{Verksamheten}",
    "{avtalet}",
    "{Avtalet}",
];

/// What stands in the place of each word within braces.
pub(super) type Filling = [String; SLOTS.len()];

#[expect(clippy::expect_used, reason = "a dozen short patterns are far below the automaton's limits")]
static AUTOMATON: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(SLOTS).expect("a dozen short patterns"));

/// The text with its words within braces replaced.
pub(super) fn fill(text: &str, filling: &Filling) -> String {
    AUTOMATON.replace_all(text, filling)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_something_to_pick_and_no_word_within_braces_is_unknown() {
        for text in [
            include_str!("../../assets/demo/activities.toml"),
            include_str!("../../assets/demo/texts.toml"),
            include_str!("../../assets/demo/names.toml"),
        ] {
            let texts: toml::Value = toml::from_str(text).unwrap();
            visit(&texts);
        }
        assert!(!ACTIVITIES.is_empty() && !NAMES.words.is_empty() && !TEXTS.ground.is_empty());
        assert!(ACTIVITIES.values().all(|activity| NAMES.committee.contains_key(&activity.committee)));
    }

    #[test]
    fn the_sentences_name_no_length_of_time_and_no_word_of_purchase() {
        const NUMBERS: &str = "en ett två tre fyra fem sex sju åtta nio tio elva tolv";
        const PURCHASE: &str = "beställare utförare uppdragsgivare uppdragstagare leverantör entreprenör anbud \
            upphandling vite timpris timpenning köpare säljare köp";
        for text in
            [include_str!("../../assets/demo/activities.toml"), include_str!("../../assets/demo/texts.toml")]
        {
            let without_comments =
                text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join(" ");
            let lower = without_comments.to_lowercase();
            let words: Vec<&str> = lower
                .split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect();
            for pair in words.windows(2) {
                let is_number = NUMBERS.split(' ').any(|number| number == pair[0])
                    || pair[0].bytes().all(|byte| byte.is_ascii_digit());
                assert!(!(is_number && ["år", "månad", "månader"].contains(&pair[1])), "{pair:?}");
                assert!(!PURCHASE.split(' ').any(|word| word == pair[0]), "{pair:?}");
            }
        }
    }

    fn visit(value: &toml::Value) {
        match value {
            toml::Value::String(text) => {
                let mut text = text.clone();
                for known in SLOTS.iter().chain(&["{other}", "{belopp}", "{word}", "{place}"]) {
                    text = text.replace(known, "");
                }
                assert!(!text.contains(['{', '}']), "{text}");
            }
            toml::Value::Array(items) => {
                assert!(!items.is_empty());
                items.iter().for_each(visit);
            }
            toml::Value::Table(table) => table.values().for_each(visit),
            _ => {}
        }
    }
}
