//! What stands beside the payouts: readings of what is open, and what is earned when an agreement ends early.

use chrono::NaiveDate;

use super::PayoutReport;
use crate::agreement::Agreement;
use crate::money::Money;
use crate::payouts::{self, Earned, Reading};
use crate::report::certainty::Certainties;
use crate::report::missing::Missing;
use crate::report::parties::organisation;
use crate::report::sheet::{Audience, Cell, Column, Line, Sheet, SumOf, Table};
use crate::term::Life;

impl PayoutReport<'_> {
    /// For each agreement that leaves its adjustment open, every reading with its sum a year.
    #[must_use]
    pub fn readings(&self) -> Vec<Sheet> {
        let agreements = self.agreements.iter();
        agreements
            .filter_map(|(id, entry, statement)| {
                let readings = payouts::readings(self.register, entry, self.as_of);
                let ended = statement.life.ended();
                (!readings.is_empty()).then(|| readings_sheet(id, &entry.data, &readings, ended))
            })
            .collect()
    }

    /// For each agreement, what is paid and what is earned up to its last day.
    #[must_use]
    pub fn ended(&self, last: NaiveDate) -> Vec<Sheet> {
        self.agreements
            .iter()
            .map(|(id, entry, statement)| {
                ended_sheet(id, &entry.data, &statement.life, &payouts::earned(statement, last), last)
            })
            .collect()
    }
}

/// A year of a reading, or the sum of its years.
struct ReadYear<'a> {
    number: usize,
    words: &'a str,
    /// Whether the row above is of the same reading.
    is_again: bool,
    year: Option<i32>,
    amount: Option<Money>,
    certainty: Option<Certainties>,
}

impl ReadYear<'_> {
    fn said(&self, text: String) -> Cell {
        match (self.year, self.is_again) {
            (None, _) => Cell::Empty,
            (_, true) => Cell::Again(text.into()),
            (_, false) => Cell::Text(text.into()),
        }
    }
}

fn readings_sheet(
    id: &str,
    agreement: &Agreement,
    readings: &[Reading<'_>],
    ended: Option<NaiveDate>,
) -> Sheet {
    let mut rows = Vec::new();
    let mut doubts = Vec::new();
    let is_single = payouts::is_single_year(readings);
    for (position, reading) in readings.iter().enumerate() {
        let row = ReadYear {
            number: position + 1,
            words: reading.interpretation.in_words(is_single),
            is_again: false,
            year: None,
            amount: None,
            certainty: None,
        };
        for (position, (year, sum)) in reading.years.iter().enumerate() {
            rows.push(Line::Row(ReadYear {
                is_again: position > 0,
                year: Some(*year),
                amount: sum.amount,
                certainty: Some(Certainties::of_sum_in(sum.commitment, &sum.doubts, false)),
                ..row
            }));
            doubts.extend(&sum.doubts);
        }
        rows.push(Line::Sum(ReadYear { words: "Summa", amount: reading.total, ..row }, None));
    }
    let mut notes: Vec<String> =
        payouts::reasons(doubts.into_iter()).into_iter().map(|one| format!("{one}.")).collect();
    notes.extend(ended.map(|last| {
        format!("Avtalet slutar i förtid, {last}: läsningarna visar vad hela åren kommer till, också för tiden därefter.")
    }));
    notes.push(
        "Ingen läsning är vald. Stäm av med parten och skriv in svaret i avtalets [indexation].".to_owned(),
    );
    Table {
        name: "Läsningar",
        heading: format!(
            "{id} · {} · möjliga läsningar av justeringen",
            crate::text::capitalised(&agreement.title)
        ),
        columns: vec![
            Column::<ReadYear<'_>>::new("Avtal", |_| Cell::text(id))
                .only(Audience::Programs)
                .missing(|missing| Cell::shown(missing.agreement.as_deref())),
            Column::<ReadYear<'_>>::new("Avtalets status", |_| Cell::text(agreement.status.label()))
                .only(Audience::Programs),
            Column::<ReadYear<'_>>::new("Organisation", |_| Cell::text(organisation(agreement)))
                .only(Audience::Programs),
            Column::<ReadYear<'_>>::new("Nr", |row| row.said(row.number.to_string())).key(),
            Column::<ReadYear<'_>>::new("Läsning", |row| match row.year {
                None => Cell::text(row.words),
                Some(_) => row.said(row.words.to_owned()),
            })
            .missing(|missing| Cell::text(missing.told())),
            Column::<ReadYear<'_>>::new("År", |row| Cell::year(row.year)).whole(),
            Column::<ReadYear<'_>>::new("Belopp (kr)", |row| Cell::amount(row.amount.map(Money::rounded))),
            Column::<ReadYear<'_>>::new("Säkerhet", |row| {
                Cell::shown(row.certainty.as_ref().map(Certainties::label))
            })
            .missing(|_| Cell::text(Missing::STATE)),
        ],
        rows,
        notes,
    }
    .sheet()
}

/// The name of the list of what is earned.
const EARNED: &str = "Intjänat";

/// A component, or the sum of all.
struct EarnedRow {
    name: String,
    certainty: Option<Certainties>,
    figures: [Option<Money>; 6],
}

fn ended_sheet(
    id: &str,
    agreement: &Agreement,
    life: &Life<'_>,
    earned: &[Earned<'_>],
    last: NaiveDate,
) -> Sheet {
    let figures = |one: &Earned<'_>| {
        [one.whole, Some(one.paid), one.by_days, one.over_by_days(), one.by_months, one.over_by_months()]
    };
    let certainty = |one: &Earned<'_>| Certainties::of_sum_in(one.commitment, &one.doubts, one.is_ceiling);
    let mut rows: Vec<Line<EarnedRow>> = earned
        .iter()
        .map(|one| {
            Line::Row(EarnedRow {
                name: one.funding.clone(),
                certainty: Some(certainty(one)),
                figures: figures(one),
            })
        })
        .collect();
    let is_outside = life.in_force().is_some_and(|term| last < term.start || last > term.end);
    if earned.len() > 1 {
        let sums = std::array::from_fn(|index| {
            let of = |one: &Earned<'_>| figures(one).into_iter().nth(index).flatten();
            payouts::sum(earned.iter().map(of))
        });
        let all = Certainties::of_all(earned.iter().map(certainty));
        let row = EarnedRow { name: "Summa".to_owned(), certainty: Some(all), figures: sums };
        rows.push(Line::Sum(row, Some(SumOf { list: EARNED, same: vec![("Avtal".into(), Cell::text(id))] })));
    }
    let column = |title, figure: fn(&[Option<Money>; 6]) -> Option<Money>| {
        Column::<EarnedRow>::new(title, move |row| Cell::amount(figure(&row.figures)))
    };
    Table {
        name: EARNED,
        heading: format!("{id} · {} · om avtalet slutar {last}", crate::text::capitalised(&agreement.title)),
        columns: vec![
            Column::<EarnedRow>::new("Avtal", |_| Cell::text(id))
                .only(Audience::Programs)
                .missing(|missing| Cell::shown(missing.agreement.as_deref())),
            Column::<EarnedRow>::new("Avtalets status", |_| Cell::text(agreement.status.label())).only(Audience::Programs),
            Column::<EarnedRow>::new("Organisation", |_| Cell::text(organisation(agreement))).only(Audience::Programs),
            Column::<EarnedRow>::new("Ersättning", |row| Cell::text(&*row.name))
                .key()
                .missing(|missing| Cell::text(missing.told())),
            Column::<EarnedRow>::new("Säkerhet", |row| Cell::shown(row.certainty.as_ref().map(Certainties::label)))
                .missing(|_| Cell::text(Missing::STATE)),
            column("Hela beloppet (kr)", |[whole, ..]| *whole),
            column("Betalt (kr)", |[_, paid, ..]| *paid),
            column("Intjänat efter dagar (kr)", |[_, _, days, ..]| *days),
            column("Betalt därutöver, dagar (kr)", |[_, _, _, over, ..]| *over),
            column("Intjänat efter månader (kr)", |[.., months, _]| *months),
            column("Betalt därutöver, månader (kr)", |[.., over]| *over),
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
    .sheet()
}
