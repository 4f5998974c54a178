//! How each sum has been computed, step by step, with the source of every number.

use super::PayoutReport;
use crate::agreement::{AdjustmentMethod, Agreement, Rate, RateUnit, RoundingPlace};
use crate::finding::Place;
use crate::money::{Money, grouped, grouped_exactly};
use crate::path;
use crate::payouts::{Bound, Change, Payout, Size, Statement, YearAmount, is_whole};
use crate::register::Register;
use crate::report::certainty::Certainties;
use crate::report::parties::{called, organisation};
use crate::report::sheet::{Audience, Cell, Column, Line, Sheet, Table};
use crate::text::NBSP;

/// One step: what is done, what it comes to, and where its numbers stand.
struct Step {
    what: String,
    result: String,
    place: Option<Place>,
}

impl Step {
    fn new(what: impl Into<String>, result: impl Into<String>, place: Option<Place>) -> Self {
        Self { what: what.into(), result: result.into(), place }
    }
}

impl PayoutReport<'_> {
    /// One sheet for each payout.
    #[must_use]
    pub fn steps(&self) -> Vec<Sheet> {
        let mut sheets = Vec::new();
        for (id, entry, statement) in &self.agreements {
            for payout in self.payouts(statement) {
                sheets.push(sheet(self.register, id, &entry.data, statement, payout));
            }
        }
        sheets
    }
}

fn sheet(
    register: &Register,
    id: &str,
    agreement: &Agreement,
    statement: &Statement<'_>,
    payout: &Payout<'_>,
) -> Sheet {
    let mut steps = steps(statement, payout);
    if let Some(rate) = agreement.funding.get(payout.funding).and_then(|funding| funding.rate.as_ref()) {
        steps.insert(0, Step::new(rate_in_words(rate), "", Some(payout.place())));
    }
    let payee = payout.payee.map(|payee| called(agreement, payee)).unwrap_or_default();
    let certainty = Certainties::of_payout(payout).label();
    Table {
        heading: format!("{id} · utbetalning {} · {} · {payee} · {certainty}", payout.id, payout.when),
        columns: vec![
            Column::<Step>::new("Avtal", |_| Cell::text(id)).only(Audience::Programs),
            Column::<Step>::new("Avtalets status", |_| Cell::text(agreement.status.label()))
                .only(Audience::Programs),
            Column::<Step>::new("Organisation", |_| Cell::text(organisation(agreement)))
                .only(Audience::Programs),
            Column::<Step>::new("Utbetalning", |_| Cell::text(&*payout.id)).only(Audience::Programs),
            Column::<Step>::new("Säkerhet", |_| Cell::text(&*certainty)).only(Audience::Programs),
            Column::<Step>::new("Steg", |step| Cell::text(&*step.what)).key(),
            Column::<Step>::new("Blir", |step| Cell::text(&*step.result)).whole(),
            Column::<Step>::new("Källa", |step| {
                Cell::shown(step.place.as_ref().map(|place| shown(register, place)))
            }),
        ],
        rows: steps.into_iter().map(Line::Row).collect(),
        notes: crate::payouts::reasons(payout.doubts.iter())
            .into_iter()
            .filter(|_| payout.is_preliminary())
            .map(|reason| format!("Preliminär: {}.", crate::text::uncapitalised(&reason)))
            .collect(),
    }
    .sheet()
}

fn rate_in_words(rate: &Rate) -> String {
    let time = match rate.per {
        RateUnit::Period => "för hela perioden",
        RateUnit::Year => "för varje påbörjat år",
        RateUnit::HalfYear => "för varje påbörjat halvår",
        RateUnit::Month => "för varje påbörjad månad",
    };
    let Some(unit) = &rate.unit else { return format!("{} {time}", rate.amount) };
    let count = rate.number().map_or_else(|| "antal ej angivet".to_owned(), |count| count.to_string());
    format!("{} × {count} ({unit}), {time}", rate.amount)
}

/// "agreements/a.toml:52 funding.2022".
fn shown(register: &Register, place: &Place) -> String {
    format!("{}:{} {}", place.file, register.locate(place).line, place.path)
}

fn steps(statement: &Statement<'_>, payout: &Payout<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    let component = statement.components.iter().find(|component| component.key == payout.funding);
    let years = component.map(|component| component.years.as_slice()).unwrap_or_default();
    let days: u32 = years.iter().map(|year| year.period.days()).sum();
    let is_adjusted = years.iter().any(|year| year.adjustment.is_some());
    if payout.is_of_component && !is_adjusted {
        let agreed = years.iter().try_fold(Money::ZERO, |sum, year| sum.checked_add(year.agreed?));
        let what = format!("Avtalat för hela tiden ({days} dagar)");
        steps.push(Step::new(what, known(agreed), Some(payout.place())));
    } else {
        for year in years.iter().filter(|year| payout.is_of_component || year.year == payout.year) {
            of_year(payout, year, days, &mut steps);
        }
    }
    part(payout, &mut steps);
    if payout.correction != Money::ZERO {
        steps.push(Step::new("Rättelse av tidigare utbetalningar", payout.correction.to_string(), None));
    }
    if payout.carried != Money::ZERO {
        steps.push(Step::new(
            "Överbetalt (plus) eller underbetalt (minus)",
            payout.carried.to_string(),
            None,
        ));
    }
    for paid in &payout.payments {
        let voucher = paid.voucher.map(|voucher| format!(", verifikation {voucher}")).unwrap_or_default();
        let what = format!("Betalt {}{voucher}", paid.date);
        steps.push(Step::new(what, paid.amount.to_string(), Some(paid.place())));
    }
    let (what, sum) =
        if payout.is_settled() { ("Betald", payout.to_pay) } else { ("Kvar att betala", payout.left) };
    steps.push(Step::new(what, known(sum), None));
    steps
}

fn of_year(payout: &Payout<'_>, year: &YearAmount<'_>, days: u32, steps: &mut Vec<Step>) {
    let place = Some(payout.place());
    let how =
        if year.is_divided { format!(", {} av {days} dagar", year.period.days()) } else { String::new() };
    steps.push(Step::new(
        format!("Avtalat för {} ({}{how})", year.year, year.period),
        known(year.agreed),
        place,
    ));
    let Some(adjustment) = &year.adjustment else { return };
    for change in &adjustment.factor.changes {
        of_change(change, payout, &adjustment.indexation, steps);
    }
    let indexation = Place::value(payout.file, path!["indexation", &adjustment.indexation]);
    let agreed = year.agreed.map(|agreed| grouped(agreed.decimal())).unwrap_or_default();
    let factor = grouped_exactly(adjustment.factor.factor);
    steps.push(Step::new(
        format!("{agreed} × {factor} ({})", method(adjustment.method)),
        format!("{}{NBSP}kronor", grouped_exactly(adjustment.exact.decimal())),
        Some(indexation.clone()),
    ));
    if adjustment.place == RoundingPlace::YearAmount {
        let default = if adjustment.rounding_is_stated { "" } else { " (förval, avtalet säger inget)" };
        steps.push(Step::new(
            format!("Avrundat till {}{default}", adjustment.round_to.label()),
            known(year.payable),
            Some(indexation),
        ));
    }
}

/// How a factor is counted, in words that hold for the stated amount.
fn method(method: AdjustmentMethod) -> &'static str {
    match method {
        AdjustmentMethod::Chained => "alla justerade års förändring, kedjad",
        AdjustmentMethod::AgainstBase => "bara årets förändring",
    }
}

fn of_change(change: &Change<'_>, payout: &Payout<'_>, indexation: &str, steps: &mut Vec<Step>) {
    let percent =
        |number: rust_decimal::Decimal| format!("{}{NBSP}procent", grouped_exactly(number.round_dp(10)));
    for series in &change.series {
        for value in &series.values {
            steps.push(Step::new(
                format!(
                    "{}{} för {}, {} ({})",
                    value.title,
                    value.coverage.map(|coverage| format!(" ({})", coverage.label())).unwrap_or_default(),
                    value.key,
                    value.status.label(),
                    value.source
                ),
                grouped_exactly(value.number),
                Some(value.place()),
            ));
        }
        if change.series.len() > 1 {
            let weight = grouped_exactly(series.weight);
            steps.push(Step::new(
                format!("Förändring, med vikten {weight} procent"),
                percent(series.change),
                None,
            ));
        }
    }
    let place = Place::value(payout.file, path!["indexation", indexation]);
    let bound = match change.bound {
        Some(Bound::Floor) => ", hålls uppe av avtalets lägsta justering",
        Some(Bound::Cap) => ", begränsas av avtalets högsta justering",
        None => "",
    };
    let what = format!("Justering {}{bound}", change.year);
    steps.push(Step::new(what, percent(change.percent), Some(place)));
}

fn part(payout: &Payout<'_>, steps: &mut Vec<Step>) {
    let (number, count) = payout.number;
    if count < 2 {
        return;
    }
    let size = match payout.size {
        Size::Weight(weight) if is_whole(weight) => "lika stora delar".to_owned(),
        Size::Weight(_) => "efter de månader som den avser".to_owned(),
        Size::Share(share) => {
            format!("{} procent av beloppet", grouped_exactly(share))
        }
        Size::Fixed(amount) => format!("{amount} av det avtalade"),
        Size::Rest => "det som återstår".to_owned(),
    };
    let sum = payout.agreed.zip(payout.adjustment).and_then(|(agreed, more)| agreed.checked_add(more));
    steps.push(Step::new(
        format!("Del {number} av {count}, {size}"),
        known(sum),
        payout.origin.path().map(|path| Place::value(payout.file, path)),
    ));
}

fn known(amount: Option<Money>) -> String {
    amount.map_or_else(|| "ej angivet".to_owned(), |amount| amount.to_string())
}
