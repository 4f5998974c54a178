//! The budget of the municipality as a whole, committee by committee.

use std::collections::BTreeMap;

use super::rows::{Kind, Row};
use super::{BudgetReport, Firmness};
use crate::money::Money;
use crate::payouts::{self, BudgetYear};
use crate::report::certainty::Certainties;
use crate::report::sheet::{Cell, Line, Sheet, SumOf, Table};
use crate::text::{self, NBSP};

/// The name of the list.
const LIST: &str = "Hela kommunen";

/// All lines of some committees in a year.
pub(super) struct Whole<'a, 'b> {
    pub(super) year: i32,
    pub(super) lines: Vec<&'b BudgetYear<'a>>,
}

impl<'a> Whole<'a, '_> {
    /// What is left of all frames.
    pub(super) fn deviation(&self) -> Option<Money> {
        let mut framed = self.lines.iter().filter(|line| line.frame.is_some()).peekable();
        framed.peek()?;
        payouts::sum(framed.map(|line| line.deviation()))
    }

    /// All frames; nothing where there is none.
    pub(super) fn budget(&self) -> Option<Money> {
        let mut frames = self.lines.iter().filter_map(|line| line.frame).peekable();
        frames.peek()?;
        payouts::sum(frames.map(|frame| Some(frame.amount)))
    }

    /// Whether some of the frames are before state grants and others after.
    fn mixes_frames(&self) -> bool {
        let mut framed = self.lines.iter().filter(|line| line.frame.is_some()).map(|line| line.basis);
        framed.next().is_some_and(|first| framed.any(|other| other != first))
    }

    /// Each committee's lines.
    pub(super) fn committees(&self) -> Vec<(Option<&'a str>, Self)> {
        let mut committees: BTreeMap<Option<&str>, Self> = BTreeMap::new();
        for line in &self.lines {
            let of = committees.entry(line.committee);
            of.or_insert_with(|| Self { year: self.year, lines: Vec::new() }).lines.push(line);
        }
        committees.into_iter().collect()
    }
}

impl<'a> BudgetReport<'a> {
    /// The years of all committees together.
    pub(super) fn whole_years(&self) -> Vec<Whole<'a, '_>> {
        let mut years: BTreeMap<i32, Whole<'_, '_>> = BTreeMap::new();
        for line in &self.years {
            let year = years.entry(line.year);
            year.or_insert_with(|| Whole { year: line.year, lines: Vec::new() }).lines.push(line);
        }
        years.into_values().collect()
    }

    /// The municipality as a whole, in thousands of kronor (tkr): whole ones for people, exact ones for programs.
    #[must_use]
    pub fn whole(&self, is_exact: bool) -> Sheet {
        let firm = self.firmness();
        let owner = self.owner();
        let names: BTreeMap<Option<&str>, String> =
            self.years.iter().map(|line| (line.committee, self.committee(line.committee))).collect();
        let mut rows = Vec::new();
        let mut notes = Vec::new();
        let mut mixed = Vec::new();
        for year in self.whole_years() {
            if year.mixes_frames() {
                mixed.push(year.year.to_string());
            }
            let of = SumOf { list: LIST, same: vec![("År".into(), Cell::Year(year.year))] };
            let kind = self.sum_of_lines("kommun", &year, &firm);
            rows.push(Line::Head(
                Row {
                    committee: "",
                    line: owner.to_owned(),
                    year: Some(year.year),
                    kind,
                    codes: Vec::new(),
                    grounds: String::new(),
                },
                of,
            ));
            for (committee, own) in year.committees() {
                let kind = self.sum_of_lines("nämnd", &own, &firm);
                let committee = names.get(&committee).map(String::as_str).unwrap_or_default();
                let line = format!("–{NBSP}{committee}");
                rows.push(Line::Row(Row {
                    committee,
                    line,
                    year: Some(year.year),
                    kind,
                    codes: Vec::new(),
                    grounds: String::new(),
                }));
            }
            notes.extend(self.without_frame(&year));
            let unknown = year.lines.iter().map(|line| line.unknown.len()).sum::<usize>();
            if unknown > 0 {
                let many = text::count(unknown, "belopp som inte är känt", "belopp som inte är kända");
                notes.push(format!("{} saknar {many}; `iop budget` visar vilka.", year.year));
            }
        }
        if !self.without_time.is_empty() {
            let many = text::count(self.without_time.len(), "ersättning", "ersättningar");
            notes.push(format!(
                "{many} vars tid inte är känd ingår inte i något år; `iop budget` visar vilka."
            ));
        }
        if !mixed.is_empty() {
            notes.push(format!(
                "Budget {} lägger ihop ramar som är brutto med ramar som är netto, efter statsbidrag. Avvikelsen är räknad för var och en.",
                text::list(&mixed)
            ));
        }
        notes.extend(self.notes_on_figures(self.years.iter()));
        notes.extend(self.unmatched());
        Table {
            name: LIST,
            heading: format!("{owner} · alla nämnder"),
            columns: self.columns(is_exact),
            rows,
            notes,
        }
        .sheet()
    }

    pub(super) fn owner(&self) -> &str {
        let settings = self.register.settings.as_ref();
        settings.map_or("Kommunen", |settings| settings.data.municipality.name.as_str())
    }

    fn sum_of_lines<'b>(&self, word: &'static str, of: &Whole<'_, 'b>, firm: &Firmness<'_>) -> Kind<'b> {
        let mut states: Vec<&str> = Vec::new();
        for state in of.lines.iter().map(|line| self.frame_status(line)) {
            if !states.contains(&state) {
                states.push(state);
            }
        }
        let shares = || of.lines.iter().flat_map(|line| &line.shares);
        Kind::Line {
            word,
            frame: of.budget(),
            status: states.join("; "),
            deviation: of.deviation(),
            certainty: self.certainty_of_lines(of, firm),
            shares: shares().collect(),
            is_blind: shares().any(|share| self.is_blind(share.agreement)),
        }
    }

    pub(super) fn certainty_of_lines(&self, of: &Whole<'_, '_>, firm: &Firmness<'_>) -> Certainties {
        Certainties::of_all(of.lines.iter().map(|line| self.certainty_of_line(line, firm)))
    }

    /// That the deviation leaves out lines that have no frame.
    fn without_frame(&self, year: &Whole<'_, '_>) -> Option<String> {
        let costs = |line: &&&BudgetYear<'_>| {
            line.frame.is_none() && line.bound_forecast().is_some_and(|cost| cost != Money::ZERO)
        };
        let lines = year.lines.iter().filter(costs);
        let lines: Vec<String> = lines
            .map(|line| format!("{} ({})", self.line(line.line), self.committee(line.committee)))
            .collect();
        (!lines.is_empty()).then(|| {
            format!("Avvikelse {} gäller inte {}, som saknar budget.", year.year, text::list(&lines))
        })
    }
}
