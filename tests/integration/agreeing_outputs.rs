//! Whoever is asked how long an agreement lasts and what it costs gives the same answer on the same day: `validate`,
//! `schedule`, `payouts` and `budget`, as programs read them, on an invented register with all that happens to agreements.
//!
//! A small sample by default. `AGREEING_OUTPUTS="AGREEMENTS DAYS SEED"` chooses another: a thousand agreements on twenty
//! days take some minutes in a release build.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use iop::demo::AS_OF;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::common::run_in;

/// So many agreements, days and which seed.
fn size() -> (String, usize, String) {
    let chosen = std::env::var("AGREEING_OUTPUTS").unwrap_or_else(|_| "60 4 1".to_owned());
    let words: Vec<&str> = chosen.split_whitespace().collect();
    (words[0].to_owned(), words[1].parse().unwrap(), words[2].to_owned())
}

/// What the program says of a register on a day.
struct Said {
    day: NaiveDate,
    findings: Vec<Value>,
    schedule: Value,
    payouts: Value,
    budget: Value,
}

impl Said {
    fn on(folder: &Path, day: NaiveDate) -> Self {
        let as_of = day.to_string();
        let json = |arguments: &[&str]| -> Value {
            let all = [arguments, &["--as-of", &as_of, "--format", "json"]].concat();
            let run = run_in(folder, &all);
            serde_json::from_str(&run.output)
                .unwrap_or_else(|error| panic!("{error}: {all:?} {}", run.errors))
        };
        Self {
            day,
            findings: list(&json(&["validate"]), "findings").to_vec(),
            schedule: json(&["schedule", "--from", "1990-01-01", "--kind", "term-end"]),
            payouts: json(&["payouts"]),
            budget: json(&["budget", "--from", "2015", "--to", "2045"]),
        }
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key}"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key}: {value}"))
}

fn date(value: &Value) -> Option<NaiveDate> {
    Some(value.as_str()?.parse().unwrap())
}

/// Kronor; nothing where the amount is not known.
fn kronor(value: &Value) -> Option<Decimal> {
    Some(value.as_str()?.parse().unwrap())
}

/// Days on which something changes in the register, and the days before and after them, spread over all of them.
fn days(folder: &Path, count: usize) -> Vec<NaiveDate> {
    let mut changes = BTreeSet::new();
    let now = Said::on(folder, AS_OF);
    for agreement in list(&now.payouts, "agreements") {
        let term = &agreement["term"];
        changes.extend(date(&term["notice_day"]));
        for stretch in list(term, "stretches") {
            changes.extend(date(&stretch["to"]));
        }
    }
    for file in fs::read_dir(folder.join("records")).unwrap() {
        let records: toml::Table =
            toml::from_str(&fs::read_to_string(file.unwrap().path()).unwrap()).unwrap();
        let decisions = records.get("decision").and_then(toml::Value::as_table).into_iter().flatten();
        for (_, decision) in decisions {
            let days = ["date", "sent", "received"].into_iter().filter_map(|key| decision.get(key));
            changes.extend(days.map(|day| day.to_string().parse::<NaiveDate>().unwrap()));
        }
    }
    let around = |day: &NaiveDate| [day.pred_opt(), Some(*day), day.succ_opt()];
    let all: Vec<NaiveDate> =
        changes.iter().flat_map(around).flatten().collect::<BTreeSet<_>>().into_iter().collect();
    let mut chosen: BTreeSet<NaiveDate> =
        (1..count).map(|number| all[number * (all.len() - 1) / count.max(1)]).collect();
    chosen.insert(AS_OF);
    chosen.into_iter().collect()
}

#[test]
fn every_command_says_the_same_last_day_and_the_same_sums() {
    let (agreements, count, seed) = size();
    let folder = tempfile::tempdir().unwrap();
    let made = run_in(folder.path(), &["demo", "granvik", "--agreements", &agreements, "--seed", &seed]);
    assert_eq!(made.code, 0, "{made:?}");
    let register = folder.path().join("granvik");
    let mut disagreements = Vec::new();
    let mut compared = 0;
    for day in days(&register, count) {
        let said = Said::on(&register, day);
        compared += list(&said.payouts, "agreements").len();
        disagreements.extend(last_days(&said));
        disagreements.extend(sums(&said));
    }
    assert!(compared >= count * agreements.parse::<usize>().unwrap() * 9 / 10, "{compared}");
    let shown: Vec<&String> = disagreements.iter().take(30).collect();
    assert!(disagreements.is_empty(), "{} disagreements, the first: {shown:#?}", disagreements.len());
}

/// Where the commands do not agree on how long an agreement lasts.
fn last_days(said: &Said) -> Vec<String> {
    let mut disagreements = Vec::new();
    let passed: BTreeSet<&str> = said
        .findings
        .iter()
        .filter(|finding| finding["code"] == "IOP203")
        .map(|finding| text(finding, "file"))
        .collect();
    let scheduled: BTreeMap<&str, &Value> =
        list(&said.schedule, "agreements").iter().map(|one| (text(one, "id"), &one["term"])).collect();
    let lines: BTreeMap<&str, Option<NaiveDate>> = list(&said.schedule, "deadlines")
        .iter()
        .map(|line| (text(line, "agreement"), date(&line["last_day"])))
        .collect();
    for agreement in list(&said.payouts, "agreements") {
        let (id, term) = (text(agreement, "id"), &agreement["term"]);
        // A term that ends before it begins has no last day that anybody could agree on.
        if date(&term["last_day"])
            .is_some_and(|last| date(&term["first_day"]).is_some_and(|first| last < first))
        {
            continue;
        }
        let mut differs = |what: &str, here: String| {
            disagreements.push(format!("{}: {id}: {what}: {here}; payouts: {term}", said.day));
        };
        if scheduled.get(id) != Some(&term) {
            differs("the term in schedule", format!("{:?}", scheduled.get(id)));
        }
        let last = date(&term["last_day"]);
        // Of what may end on any day the end of a year only bounds what is computed: no last day is listed.
        let may_end_any_day = list(term, "stretches").iter().any(|one| {
            one["rests_on"] == "until-further-notice"
                && one["holds"] == false
                && one["declinable_until"].is_null()
        });
        if lines.get(id).copied().flatten() != last.filter(|_| !may_end_any_day) {
            differs("the last day in schedule", format!("{:?}", lines.get(id)));
        }
        let is_over = last.is_some_and(|last| last < said.day) && text(agreement, "status") != "ended";
        if passed.contains(text(agreement, "file")) != is_over {
            differs("IOP203", format!("{}", !is_over));
        }
    }
    disagreements
}

/// A sum of an agreement that the municipality pays: by the component's key, and by year where each payout has one.
type Sums = BTreeMap<(String, String, Option<i64>), Decimal>;

fn add(sums: &mut Sums, key: (&str, &str, Option<i64>), amount: Decimal) {
    *sums.entry((key.0.to_owned(), key.1.to_owned(), key.2)).or_default() += amount;
}

/// A component's key: that of what a supplement puts in the place of another is the other's.
fn component(path: &str) -> &str {
    path.find("funding.").map_or(path, |start| &path[start..])
}

/// Where payouts and budget do not agree on what an agreement costs.
fn sums(said: &Said) -> Vec<String> {
    let mut disagreements = Vec::new();
    // Components with a payout for several years: those are compared as a whole.
    let mut across = BTreeSet::new();
    let mut unknown = BTreeSet::new();
    let own = || {
        list(&said.payouts, "agreements").iter().flat_map(|agreement| {
            // What is for time that cannot come any more is told as such, and no budget holds it.
            let ends_early = agreement["term"]["ends_early"] == true;
            let stands = move |payout: &&Value| ends_early || payout["status"] != "lapsed";
            let payouts = list(agreement, "payouts").iter().filter(stands);
            let payouts = payouts.filter(|payout| payout["payer"] == "kommun");
            payouts.map(|payout| (text(agreement, "id"), component(text(payout, "path")), payout))
        })
    };
    let early: BTreeSet<&str> = list(&said.payouts, "agreements")
        .iter()
        .filter(|agreement| agreement["term"]["ends_early"] == true)
        .map(|agreement| text(agreement, "id"))
        .collect();
    for (id, path, payout) in own() {
        let year = |key: &str| text(payout, key)[..4].to_owned();
        if year("covers_from") != year("covers_to") {
            across.insert((id, path));
        }
        if kronor(&payout["to_pay"]).is_none() || kronor(&payout["agreed"]).is_none() {
            unknown.insert((id, path));
        }
    }
    let year_of = |id, path, year: &Value| year.as_i64().filter(|_| !across.contains(&(id, path)));
    let (mut paid_out, mut due) = (Sums::new(), Sums::new());
    for (id, path, payout) in own().filter(|(id, path, _)| !unknown.contains(&(*id, *path))) {
        let key = (id, path, year_of(id, path, &payout["year"]));
        let adjustment = kronor(&payout["adjustment"]).unwrap_or_default();
        // Nor does a budget hold the part of a payout that is for such time.
        let gone = kronor(&payout["lapsed"]).filter(|_| !early.contains(id)).unwrap_or_default();
        add(&mut paid_out, key, kronor(&payout["agreed"]).unwrap() + adjustment - gone);
        add(&mut due, key, kronor(&payout["to_pay"]).unwrap());
    }
    let (mut budgeted, mut expected) = (Sums::new(), Sums::new());
    for year in list(&said.budget, "years") {
        for share in list(year, "agreements") {
            let (id, place) = (text(share, "agreement"), text(share, "path"));
            let path = component(place);
            // What is estimated, or stands in a supplement that nobody has decided, is in no payout.
            let is_proposed = place.starts_with("supplement.")
                && matches!(text(share, "commitment"), "proposed" | "draft")
                && !own().any(|(other, _, payout)| (other, text(payout, "path")) == (id, place));
            if share["estimate"] == true || is_proposed || unknown.contains(&(id, path)) {
                continue;
            }
            let key = (id, path, year_of(id, path, &year["year"]));
            add(&mut budgeted, key, kronor(&share["amount"]).unwrap());
            add(&mut expected, key, kronor(&share["comes_to"]).unwrap());
        }
    }
    for (what, payouts, budget) in [("agreed", paid_out, budgeted), ("to pay", due, expected)] {
        for key in payouts.keys().chain(budget.keys()).collect::<BTreeSet<_>>() {
            let (here, there) = (payouts.get(key).copied(), budget.get(key).copied());
            if here.unwrap_or_default() != there.unwrap_or_default() {
                let (id, path, year) = key;
                disagreements.push(format!(
                    "{}: {id}: {path} {year:?} {what}: payouts {here:?}, budget {there:?}",
                    said.day
                ));
            }
        }
    }
    disagreements
}
