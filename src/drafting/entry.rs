//! What an agreement's file gets for an extension, a supplement or an early end: added after what is there of its kind.

use chrono::NaiveDate;

use super::agreement::years;
use super::successor::money;
use crate::agreement::Agreement;
use crate::date::Period;
use crate::path;
use crate::payouts::Statement;
use crate::register::edit;
use crate::register::write::{self, Style, Table, Value};
use crate::text;

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposed {
    /// That it lasts longer.
    Extension {
        /// The first new day, where others lie between it and the last one.
        from: Option<NaiveDate>,
        /// The new last day.
        until: NaiveDate,
        /// The option that it uses, by key.
        option: Option<String>,
    },
    /// That something in it changes.
    Supplement {
        /// What, in Markdown.
        changes: String,
        /// Another last day.
        until: Option<NaiveDate>,
    },
    /// That it ends before its time.
    Ending {
        /// The last day.
        until: NaiveDate,
        /// Who ends it, by key.
        by: Option<String>,
        /// The way out, by key.
        exit: Option<String>,
    },
}

/// What a memo about a change needs.
const MEMO: [&str; 9] = [
    "dated",
    "administration",
    "handler",
    "signer",
    "executor",
    "reason_now",
    "results",
    "legal",
    "preparation",
];

/// What has been added to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The whole text of the file with it.
    pub text: String,
    /// The table that it stands in: "extension.forlangning".
    pub table: String,
    /// What somebody must look at, each as a sentence.
    pub points: Vec<String>,
}

/// The text of an agreement's file with what is proposed; `statement` is its money as it is known.
#[must_use]
pub fn with_proposed(
    toml: &str,
    agreement: &Agreement,
    statement: &Statement<'_>,
    proposed: &Proposed,
) -> Added {
    let mut root = Table::default();
    let mut points = Vec::new();
    let table = match proposed {
        Proposed::Extension { from, until, option } => {
            let key = edit::free_key(toml, "extension", "forlangning");
            let entry = root.at(&["extension", &key]);
            if let Some(from) = from {
                entry.set("from", *from);
            }
            entry.set("until", *until).set("status", "draft").set("dated", Value::not_stated());
            if let Some(option) = option {
                entry.set("option", &**option);
            }
            entry.set("decision", Value::not_stated());
            also_decide(entry, agreement);
            open_memo(entry, agreement);
            points.extend(money_of(&mut root, (toml, agreement), statement, (*from, *until)));
            format!("extension.{key}")
        }
        Proposed::Supplement { changes, until } => {
            let key = edit::free_key(toml, "supplement", "tillagg");
            let number = agreement.supplement.values().map(|one| one.number).max().unwrap_or_default();
            let entry = root.at(&["supplement", &key]);
            entry
                .set("number", number.saturating_add(1))
                .set("status", "draft")
                .set("dated", Value::not_stated());
            entry.set("changes", &**changes);
            if let Some(until) = until {
                entry.set("end", *until);
            }
            entry.set("decision", Value::not_stated());
            also_decide(entry, agreement);
            open_memo(entry, agreement);
            if let Some(until) =
                until.filter(|until| statement.life.last_day().is_some_and(|last| *until < last))
            {
                points.push(format!(
                    "Avtalet slutar då tidigare än avtalat, och det som ska betalas för tiden efter {until} bortfaller när tillägget gäller."
                ));
            }
            points.push(format!(
                "Ändras pengarna skriver du dem under [supplement.{key}.funding.NAMN]; samma namn som i avtalet ersätter det beloppet."
            ));
            format!("supplement.{key}")
        }
        Proposed::Ending { until, by, exit } => {
            let entry = root.table("ending");
            entry.set("until", *until);
            for (key, word) in [("by", by), ("exit", exit)] {
                if let Some(word) = word {
                    entry.set(key, &**word);
                }
            }
            for key in ["cause", "reclaim", "decision"] {
                entry.set(key, Value::not_stated());
            }
            open_memo(entry, agreement);
            points.push(
                "Förslaget ändrar inga belopp och datum: det gör beslutet, som skrivs i records/ med kind = \"termination\", och term.ended."
                    .to_owned(),
            );
            "ending".to_owned()
        }
    };
    let style = Style { headings: false, ..Style::default() };
    let entries = write::file("", &root, style);
    // A register whose tables are written otherwise is told so when the whole is read.
    let text =
        edit::with_tables(toml, &entries).unwrap_or_else(|_| format!("{}\n{entries}", toml.trim_end()));
    Added { text, table, points }
}

/// The other committees that concluded the agreement decide on what changes it too.
fn also_decide(entry: &mut Table, agreement: &Agreement) {
    for (key, one) in &agreement.also_decides {
        entry
            .at(&["also_decides", key])
            .set("committee", &*one.committee)
            .set("decision", Value::not_stated());
    }
}

/// The memo about a change, all of it open.
fn open_memo(entry: &mut Table, agreement: &Agreement) {
    let memo = entry.table("memo");
    for key in MEMO {
        memo.set(key, Value::not_stated());
    }
    if agreement.memo.childs_best.is_some() {
        memo.set("childs_best", Value::not_stated());
    }
}

/// The money for the days that an extension adds, as a proposal, and what is to be seen to of it.
fn money_of(
    root: &mut Table,
    (toml, agreement): (&str, &Agreement),
    statement: &Statement<'_>,
    (from, until): (Option<NaiveDate>, NaiveDate),
) -> Vec<String> {
    let next = statement.life.last_day().and_then(|last| last.succ_opt());
    let Some(start) = next.map(|next| from.unwrap_or(next)) else { return Vec::new() };
    let days = Period { start, end: until };
    // The money of a supplement takes the place of that with the same key.
    let taken = |key: &str| {
        edit::free_key(toml, "funding", key) != key
            || agreement.supplement.values().any(|one| one.funding.contains_key(key))
    };
    let added = money::extend(root, statement, (&years(days), days), taken);
    for key in added.values().flatten() {
        root.table("funding").table(key).set("decision", Value::not_stated());
    }
    if added.is_empty() {
        let told = "Ersättningen räknas så länge avtalet gäller: inga nya belopp är inskrivna.";
        return if statement.components.is_empty() { Vec::new() } else { vec![told.to_owned()] };
    }
    let mut points = vec![
        "Beloppen för den nya tiden är de senaste, och ett förslag: ändra dem till det som parterna kommer överens om. När beslutet finns: skriv dess nyckel som decision också vid beloppen. Till dess står de bara i förslaget."
            .to_owned(),
    ];
    let plans = agreement.payout_plan.iter().map(|(key, plan)| (path!["payout_plan", key], &plan.funding));
    let indexations = agreement.indexation.iter().map(|(key, one)| (path!["indexation", key], &one.funding));
    for (path, funding) in plans.chain(indexations) {
        let of_it = added.iter().filter(|(old, _)| funding.contains(old));
        let new: Vec<String> = of_it.flat_map(|(_, new)| new).map(|key| format!("”{key}”")).collect();
        if !new.is_empty() {
            points.push(format!(
                "[{path}] räknar upp sina ersättningar: lägg till {} i dess funding, om det ska gälla också den nya tiden.",
                text::list(&new)
            ));
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::tests::{adala, day};
    use crate::payouts;
    use crate::register::{InputFile, Register};
    use crate::vocabulary::Known;

    fn added(proposed: &Proposed) -> (Added, Register) {
        added_to(adala(), proposed)
    }

    fn added_to((files, register): (Vec<InputFile>, Register), proposed: &Proposed) -> (Added, Register) {
        let entry = &register.agreements["oppet-hus"];
        let toml = register.source(&entry.file).unwrap().text();
        let statement = payouts::statement(&register, entry, day("2025-06-01"));
        let added = with_proposed(&toml, &entry.data, &statement, proposed);
        let mut lines = added.text.lines();
        assert!(
            toml.lines().all(|line| lines.any(|new| new == line)),
            "what stands there is kept: {}",
            added.text
        );
        assert_eq!(write::formatted(&added.text).as_ref(), Some(&added.text));
        let others = files.iter().filter(|file| *file.file != *entry.file).cloned();
        let files: Vec<_> = others.chain([InputFile::text(&entry.file, &added.text)]).collect();
        let (after, findings) = Register::load(files);
        assert_eq!(findings, [], "{}", added.text);
        (added, after)
    }

    #[test]
    fn an_extension_comes_with_its_money_and_an_open_memo() {
        let (added, register) =
            added(&Proposed::Extension { from: None, until: day("2026-12-31"), option: None });
        let agreement = &register.agreements["oppet-hus"].data;
        assert_eq!(added.table, "extension.forlangning");
        assert_eq!(agreement.extension["forlangning"].until, day("2026-12-31"));
        let money = &agreement.funding["2026"];
        assert_eq!(money.budget_line.as_deref(), Some("social"));
        assert!(money.decision.is_open(), "nobody has decided it");
        assert!(added.text.contains("amount = 500_000 # förslag: 500 000 kronor för 2025"), "{}", added.text);
        assert_eq!(added.points.len(), 1);
    }

    #[test]
    fn two_half_years_are_the_last_year_and_a_state_grant_is_open() {
        let (mut files, register) = adala();
        let file = files.iter_mut().find(|file| &*file.file == "agreements/oppet-hus.toml").unwrap();
        let text =
            register.source(&file.file).unwrap().text().replace("[funding.2025]", "[funding.var]").replace(
                "period = { start = 2025-01-01, end = 2025-12-31 }",
                "period = { start = 2025-01-01, end = 2025-06-30 }\nstate_grant.2025 = 100_000",
            );
        let second = "\n[funding.host]\npayer = \"kommun\"\nperiod = { start = 2025-07-01, end = 2025-12-31 }\namount = 250_000\n\
                      budget_line = \"social\"\nstate_grant.2025 = 50_000\n";
        let text = write::formatted(&format!("{text}{second}")).unwrap();
        *file = InputFile::text("agreements/oppet-hus.toml", &text);
        let (register, findings) = Register::load(files.clone());
        assert_eq!(findings, []);
        let extension = Proposed::Extension { from: None, until: day("2026-12-31"), option: None };
        let (added, _) = added_to((files, register), &extension);
        let money = "amount = 750_000 # förslag: 750 000 kronor för 2025\nstate_grant = \"not-stated\"";
        assert!(added.text.contains(money), "{}", added.text);
    }

    #[test]
    fn an_extension_after_days_without_an_agreement_has_money_for_its_own() {
        let proposed =
            Proposed::Extension { from: Some(day("2026-03-01")), until: day("2026-12-31"), option: None };
        let (added, register) = added(&proposed);
        let agreement = &register.agreements["oppet-hus"].data;
        assert_eq!(agreement.extension["forlangning"].from, Some(day("2026-03-01")));
        let new = agreement
            .funding
            .values()
            .filter_map(|one| one.period)
            .find(|days| days.end == day("2026-12-31"));
        assert_eq!(new.map(|days| days.start), Some(day("2026-03-01")), "{}", added.text);
    }

    #[test]
    fn a_supplement_has_the_next_number_and_an_end_is_a_proposal() {
        let change = Proposed::Supplement { changes: "Öppet fyra kvällar.".to_owned(), until: None };
        let (_, register) = added(&change);
        assert_eq!(register.agreements["oppet-hus"].data.supplement["tillagg"].number, 1);
        let end = Proposed::Ending { until: day("2025-08-31"), by: Some("kommun".to_owned()), exit: None };
        let (_, register) = added(&end);
        let ending = register.agreements["oppet-hus"].data.ending.as_ref().unwrap();
        assert_eq!((ending.until, ending.by.as_deref()), (day("2025-08-31"), Some("kommun")));
    }
}
