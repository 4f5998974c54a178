//! The budget by a field of the municipality's code string, whatever line or committee bears it.

use std::collections::BTreeMap;

use super::rows::{self, Kind, Row};
use super::{BudgetReport, Firmness};
use crate::payouts::Share;
use crate::report::certainty::Certainties;
use crate::report::codes;
use crate::report::missing::sum_title;
use crate::report::sheet::{Cell, Line, Sheet, SumOf, Table};
use crate::text;

/// The name of the list.
const LIST: &str = "Per kod";

/// The shares of a year by code; what has none comes first.
pub(super) type ByCode<'a> = BTreeMap<(i32, Option<&'a str>), Vec<&'a Share<'a>>>;

impl BudgetReport<'_> {
    /// The shares of all years by the code that they have in a field.
    pub(super) fn shares_by_code(&self, position: usize) -> ByCode<'_> {
        let mut groups = ByCode::new();
        for year in &self.years {
            for share in &year.shares {
                let code = self.code_string(share).at(position);
                groups.entry((year.year, code)).or_default().push(share);
            }
        }
        groups
    }

    /// The budget by a field, in thousands of kronor (tkr): whole ones for people, exact ones for programs.
    #[must_use]
    pub fn by_code(&self, position: usize, is_exact: bool) -> Sheet {
        let firm = self.firmness();
        let titles = codes::titles(self.register);
        let title = titles.get(position).cloned().unwrap_or_default();
        let without = format!("Utan {}", text::uncapitalised(&title));
        let all = sum_title(self.missing);
        let groups = self.shares_by_code(position);
        let mut years: BTreeMap<i32, Vec<&Share>> = BTreeMap::new();
        let mut rows = Vec::new();
        let row = |line: &str, year: i32, kind| Row {
            committee: "",
            line: line.to_owned(),
            year: Some(year),
            kind,
            codes: Vec::new(),
            grounds: String::new(),
        };
        for ((year, code), shares) in &groups {
            years.entry(*year).or_default().extend(shares);
            let kind = self.sum_of_shares("kod", *year, shares.clone(), &firm);
            rows.push(Line::Row(row(code.unwrap_or(&without), *year, kind)));
        }
        for (year, shares) in years {
            let kind = self.sum_of_shares("kommun", year, shares, &firm);
            let of = SumOf { list: LIST, same: vec![("År".into(), Cell::Year(year))] };
            rows.push(Line::Sum(row(&all, year, kind), Some(of)));
        }
        let mut notes = self.notes_on_figures(self.years.iter());
        let unknown: usize = self.years.iter().map(|line| line.unknown.len()).sum();
        if unknown > 0 || !self.without_time.is_empty() {
            notes.push("Belopp eller tid som inte är känd ingår inte; `iop budget` visar vad.".to_owned());
        }
        notes.push("Ramarna gäller budgetrader, och visas av `iop budget`.".to_owned());
        notes.extend(self.unmatched());
        Table {
            name: LIST,
            heading: format!("{} · per {}", self.owner(), text::uncapitalised(&title)),
            columns: rows::columns(title, &[], is_exact),
            rows,
            notes,
        }
        .sheet()
    }

    fn sum_of_shares<'b>(
        &self,
        word: &'static str,
        year: i32,
        shares: Vec<&'b Share>,
        firm: &Firmness<'_>,
    ) -> Kind<'b> {
        Kind::Line {
            word,
            frame: None,
            status: String::new(),
            deviation: None,
            certainty: Certainties::of_all(shares.iter().map(|share| firm.of(share, year))),
            is_blind: shares.iter().any(|share| self.is_blind(share.agreement)),
            shares,
        }
    }
}
