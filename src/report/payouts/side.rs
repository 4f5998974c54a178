//! What stands beside the payouts: readings of what is open, and what is earned when an agreement ends early.

use chrono::NaiveDate;

use super::PayoutReport;
use crate::agreement::Agreement;
use crate::money::Money;
use crate::payouts::{self, Earned, Reading};
use crate::report::sheet::{Cell, Column, Row, Sheet};

impl PayoutReport<'_> {
    /// For each agreement that leaves its adjustment open, every reading with its sum a year.
    #[must_use]
    pub fn readings(&self) -> Vec<Sheet> {
        let agreements = self.agreements.iter();
        agreements
            .filter_map(|(id, entry, _)| {
                let readings = payouts::readings(self.register, entry, self.as_of);
                (!readings.is_empty()).then(|| readings_sheet(id, &entry.data, &readings))
            })
            .collect()
    }

    /// For each agreement, what is paid and what is earned up to its last day.
    #[must_use]
    pub fn ended(&self, last: NaiveDate) -> Vec<Sheet> {
        self.agreements
            .iter()
            .map(|(id, entry, statement)| {
                ended_sheet(id, &entry.data, &payouts::earned(statement, last), last)
            })
            .collect()
    }
}

fn readings_sheet(id: &str, agreement: &Agreement, readings: &[Reading<'_>]) -> Sheet {
    let mut rows = Vec::new();
    let mut doubts = Vec::new();
    let is_single = payouts::is_single_year(readings);
    for (number, reading) in readings.iter().enumerate() {
        let words = reading.interpretation.in_words(is_single);
        for (position, (year, sum)) in reading.years.iter().enumerate() {
            let said = |text: String| if position == 0 { Cell::Text(text) } else { Cell::Again(text) };
            rows.push(Row {
                cells: vec![
                    Cell::text(id),
                    said((number + 1).to_string()),
                    said(words.to_owned()),
                    Cell::text(year.to_string()),
                    Cell::amount(sum.amount.map(Money::rounded)),
                    Cell::text(if sum.doubts.is_empty() { "" } else { "preliminär" }),
                ],
                is_sum: false,
            });
            doubts.extend(&sum.doubts);
        }
        let total = Cell::amount(reading.total.map(Money::rounded));
        rows.push(Row {
            cells: vec![Cell::Empty, Cell::Empty, Cell::text("Summa"), Cell::Empty, total, Cell::Empty],
            is_sum: true,
        });
    }
    let mut notes: Vec<String> =
        payouts::reasons(doubts.into_iter()).into_iter().map(|one| format!("{one}.")).collect();
    notes.push(
        "Ingen läsning är vald. Stäm av med parten och skriv in svaret i avtalets [indexation].".to_owned(),
    );
    Sheet {
        heading: format!(
            "{id} · {} · möjliga läsningar av justeringen",
            crate::text::capitalised(&agreement.title)
        ),
        columns: vec![
            Column::detail("Avtal"),
            Column::new("Nr"),
            Column::new("Läsning"),
            Column::new("År"),
            Column::new("Belopp"),
            Column::new("Status"),
        ],
        rows,
        notes,
    }
}

fn ended_sheet(id: &str, agreement: &Agreement, earned: &[Earned<'_>], last: NaiveDate) -> Sheet {
    let cells = |name: Cell, one: [Option<Money>; 6]| {
        let mut cells = vec![Cell::text(id), name];
        cells.extend(one.map(Cell::amount));
        cells
    };
    let figures = |one: &Earned<'_>| {
        [one.whole, Some(one.paid), one.by_days, one.over_by_days(), one.by_months, one.over_by_months()]
    };
    let mut rows: Vec<Row> = earned
        .iter()
        .map(|one| Row { cells: cells(Cell::text(name(one)), figures(one)), is_sum: false })
        .collect();
    let is_outside = agreement.extended_term().is_some_and(|term| last < term.start || last > term.end);
    if earned.len() > 1 {
        let sums = std::array::from_fn(|index| {
            let of = |one: &Earned<'_>| figures(one).into_iter().nth(index).flatten();
            payouts::sum(earned.iter().map(of))
        });
        rows.push(Row { cells: cells(Cell::text("Summa"), sums), is_sum: true });
    }
    Sheet {
        heading: format!("{id} · {} · om avtalet slutar {last}", crate::text::capitalised(&agreement.title)),
        columns: vec![
            Column::detail("Avtal"),
            Column::new("Ersättning"),
            Column::new("Hela beloppet"),
            Column::new("Betalt"),
            Column::new("Intjänat efter dagar"),
            Column::new("Betalt därutöver, dagar"),
            Column::new("Intjänat efter månader"),
            Column::new("Betalt därutöver, månader"),
        ],
        rows,
        notes: [
            is_outside.then(|| format!("{last} ligger utanför avtalstiden.")),
            earned.iter().any(|one| one.is_ceiling).then(|| "Av ett tak är bara det som har använts intjänat.".to_owned()),
            Some("Vem som ska betala tillbaka vad är en rättslig fråga som avtalet och parterna avgör. Ett minustecken betyder att mindre är betalt än intjänat.".to_owned()),
        ]
        .into_iter()
        .flatten()
        .chain(
            payouts::reasons(earned.iter().flat_map(|one| &one.doubts))
                .into_iter()
                .map(|reason| format!("Preliminär: {}.", crate::text::uncapitalised(&reason))),
        )
        .collect(),
    }
}

fn name(one: &Earned<'_>) -> String {
    let marks = [(one.is_ceiling, "tak"), (!one.doubts.is_empty(), "preliminär")];
    let marks: Vec<&str> = marks.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark).collect();
    if marks.is_empty() { one.funding.clone() } else { format!("{} ({})", one.funding, marks.join(", ")) }
}
