//! Small registers that once showed something wrong, each for its kind.

mod accepted;
mod agreement_years;
mod assets;
mod changed;
mod changes;
mod clauses;
mod documents;
mod endings;
mod firmness;
mod hardness;
mod hidden;
mod invoices;
mod load;
mod money;
mod pace;
mod precise;
mod proposals;
mod read_aloud;
mod said;
mod sentences;
mod time;
mod trust;

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::common::{copy, repository, run_in};

const INDEX: &str =
    "title = \"s\"\nkind = \"yearly-change\"\ncoverage = \"prices\"\npublisher = \"x\"\n[value]\n";

/// A register with one signed agreement between a municipality and an association.
struct Case {
    folder: TempDir,
}

impl Case {
    /// With this term, and this economy after the parties.
    fn new(term: &str, economy: &str) -> Self {
        let case = Self { folder: tempfile::tempdir().unwrap() };
        let agreement = format!(
            "title = \"prov\"\nactivity = \"prov\"\nstandard_clauses = [\"term\", \"economy\", \"payouts\"]\nstatus = \"signed\"\n\
             term = {{ {term} }}\n[party.kommun]\nrole = \"public\"\nname = \"Provs kommun\"\n\
             [party.forening]\nrole = \"civil-society\"\nname = \"Provföreningen\"\n{economy}\n"
        );
        case.with("agreements/a.toml", &agreement).with(
            "iop.toml",
            "[municipality]\nname = \"Provs kommun\"\n[committee.social]\nnames = [{ name = \"Socialnämnden\" }]\n\
             [default]\ncommittee = \"social\"\n",
        )
    }

    /// A copy of a register of the folder `examples`.
    fn of_example(name: &str) -> Self {
        let case = Self { folder: tempfile::tempdir().unwrap() };
        copy(&repository().join("examples").join(name), case.folder.path());
        case
    }

    fn with(self, file: &str, text: &str) -> Self {
        let path = self.folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// With these values of the series `s`.
    fn with_values(self, values: &[(&str, &str, &str)]) -> Self {
        let lines = values.iter().map(|(key, number, status)| {
            format!("{key} = [{{ number = \"{number}\", status = \"{status}\", source = \"s\" }}]\n")
        });
        let text = format!("{INDEX}{}", lines.collect::<String>());
        self.with("indexes/s.toml", &text)
    }

    fn says(&self, as_of: &str, arguments: &[&str]) -> String {
        let all: Vec<&str> = arguments.iter().copied().chain(["--as-of", as_of]).collect();
        let run = run_in(self.folder.path(), &all);
        format!("{}{}", run.output, run.errors).replace('\u{a0}', " ")
    }

    fn json(&self, as_of: &str, command: &str) -> Value {
        let asked: Vec<&str> = command.split(' ').chain(["--format", "json", "--as-of", as_of]).collect();
        serde_json::from_str(&run_in(self.folder.path(), &asked).output).unwrap()
    }

    /// "id sum" of each payout; a preliminary sum has a `p`.
    fn payouts(&self, as_of: &str) -> Vec<String> {
        let report = self.json(as_of, "payouts");
        let payouts = report["agreements"][0]["payouts"].as_array().unwrap();
        payouts
            .iter()
            .map(|one| {
                let is_firm = one["doubts"].as_array().unwrap().is_empty() || one["status"] == "lapsed";
                let mark = if is_firm { "" } else { " p" };
                let sum = one["to_pay"].as_str().unwrap_or("-");
                format!("{} {sum}{mark}", one["id"].as_str().unwrap())
            })
            .collect()
    }

    /// Year, agreed and forecast of each year of the budget.
    fn budget(&self, as_of: &str) -> Vec<String> {
        let report = self.json(as_of, "budget");
        let years = report["years"].as_array().unwrap().iter();
        years
            .map(|year| {
                let text = |key: &str| year[key].as_str().unwrap_or("-").to_owned();
                format!("{} {} {}", year["year"], text("agreed"), text("forecast"))
            })
            .collect()
    }

    /// The codes of a family, with their places.
    fn findings(&self, as_of: &str, codes: &[&str]) -> Vec<String> {
        let report = self.json(as_of, "validate");
        let findings = report["findings"].as_array().unwrap().iter();
        findings
            .filter(|one| codes.contains(&one["code"].as_str().unwrap()))
            .map(|one| format!("{} {}", one["code"].as_str().unwrap(), one["path"].as_str().unwrap()))
            .collect()
    }
}

/// One component a year.
fn yearly(years: std::ops::RangeInclusive<i32>, amount: i64, more: &str) -> String {
    let component = |year: i32| {
        format!(
            "[funding.{year}]\npayer = \"kommun\"\nperiod = {{ start = {year}-01-01, end = {year}-12-31 }}\namount = {amount}\n{more}\n"
        )
    };
    years.map(component).collect::<Vec<_>>().concat()
}
