//! How each sum has been computed, step by step, with the source of every number.

use rust_decimal::Decimal;

use super::PayoutReport;
use super::remarks::{in_words, possible_cuts};
use super::step::{Step, exactly, known};
use super::steps_of_end::cut;
use super::steps_of_rate::{rate_in_words, rate_steps};
use crate::agreement::{AdjustmentMethod, Agreement, RoundingPlace};
use crate::date::Period;
use crate::finding::Place;
use crate::money::{Money, grouped, grouped_exactly};
use crate::path;
use crate::payouts::{
    AdjustedPart, Adjustment, Bound, Change, Doubt, Paid, PartOf, Payout, SeriesChange, Settlement, Size,
    Statement, WithoutTime, YearAmount, fraction, month_units,
};
use crate::register::Register;
use crate::report::certainty::Certainties;
use crate::report::missing::Missing;
use crate::report::parties::{called, organisation, receivers};
use crate::report::sheet::{Audience, Cell, Column, Line, Sheet, Table};
use crate::schedule::LateCut;
use crate::text::{NBSP, capitalised};

impl PayoutReport<'_> {
    /// One sheet for each payout.
    #[must_use]
    pub fn steps(&self) -> Vec<Sheet> {
        let mut sheets = Vec::new();
        for (id, entry, statement) in &self.agreements {
            let cuts = self.late_cuts(id, entry, statement);
            for payout in self.payouts(statement) {
                sheets.push(sheet(self.register, (id, &entry.data, &cuts), statement, payout));
            }
            if self.year.is_none() {
                let timeless = statement.without_time.iter();
                sheets.extend(timeless.map(|one| timeless_sheet(self.register, id, &entry.data, one)));
            }
        }
        sheets
    }
}

fn sheet(
    register: &Register,
    (id, agreement, cuts): (&str, &Agreement, &[LateCut]),
    statement: &Statement<'_>,
    payout: &Payout<'_>,
) -> Sheet {
    let component = statement.components.iter().find(|component| component.key == payout.funding);
    let by_rate = component.and_then(|component| rate_steps(component, statement.life.money_time, payout));
    let mut steps = steps(agreement, statement, payout, by_rate.is_some());
    steps.splice(..0, by_rate.into_iter().flatten());
    let payee = receivers(agreement, &payout.payees).unwrap_or_default();
    let certainty = Certainties::of_payout(payout).label();
    let notes = crate::payouts::reasons(payout.told_doubts()).into_iter();
    let what = match payout.settlement {
        Settlement::Lapsed => "Bortfallen",
        Settlement::Settled => "Betald",
        Settlement::Open => "Preliminär",
    };
    Explained {
        id,
        agreement,
        payout: &payout.id,
        certainty,
        heading: format!("{id} · utbetalning {} · {} · {payee}", payout.id, payout.when),
        steps,
        notes: notes
            .map(|reason| format!("{what}: {}.", crate::text::uncapitalised(&reason)))
            .chain(possible_cuts(payout, cuts).into_iter().map(|cut| format!("{cut}.")))
            .collect(),
    }
    .sheet(register)
}

/// What is known of a component without a known time, of which there are no payouts.
fn timeless_sheet(register: &Register, id: &str, agreement: &Agreement, one: &WithoutTime<'_>) -> Sheet {
    let mut steps = Vec::new();
    steps.extend(
        one.terms.rate.as_ref().map(|rate| Step::new(rate_in_words(rate), "", Some(one.place.clone()))),
    );
    let most = if one.ceiling { "högst " } else { "" };
    steps.push(Step::new(
        "Avtalat, i inget år",
        format!("{most}{}", known(one.amount)),
        Some(one.place.clone()),
    ));
    Explained {
        id,
        agreement,
        payout: one.funding,
        certainty: Certainties::of_timeless(one.commitment, one.ceiling).label(),
        heading: format!("{id} · ersättning {} · tiden inte känd", one.funding),
        steps,
        notes: vec![
            "Ersättningen har ingen period, och avtalstiden är inte känd: därför finns inga utbetalningar."
                .to_owned(),
        ],
    }
    .sheet(register)
}

/// Steps with what they explain.
struct Explained<'a> {
    id: &'a str,
    agreement: &'a Agreement,
    payout: &'a str,
    certainty: String,
    heading: String,
    steps: Vec<Step>,
    notes: Vec<String>,
}

impl Explained<'_> {
    fn sheet(self, register: &Register) -> Sheet {
        let Self { id, agreement, payout, certainty, heading, steps, notes } = self;
        Table {
            name: "Uträkningar",
            heading: format!("{heading} · {certainty}"),
            columns: vec![
                Column::<Step>::new("Avtal", |_| Cell::text(id)).only(Audience::Programs),
                Column::<Step>::new("Avtalets status", |_| Cell::text(agreement.status.label()))
                    .only(Audience::Programs),
                Column::<Step>::new("Organisation", |_| Cell::text(organisation(agreement)))
                    .only(Audience::Programs),
                Column::<Step>::new("Utbetalning", |_| Cell::text(payout)).only(Audience::Programs),
                Column::<Step>::new("Säkerhet", |_| Cell::text(&*certainty))
                    .only(Audience::Programs)
                    .missing(|_| Cell::text(Missing::STATE)),
                Column::<Step>::new("Steg", |step| Cell::text(&*step.what))
                    .key()
                    .missing(|missing| Cell::text(missing.told())),
                Column::<Step>::new("Blir", |step| Cell::text(&*step.result)).whole(),
                Column::<Step>::new("Källa", |step| {
                    Cell::shown(step.place.as_ref().map(|place| shown(register, place)))
                }),
            ],
            rows: steps.into_iter().map(Line::Row).collect(),
            notes,
        }
        .sheet()
    }
}

/// "agreements/a.toml:52 funding.2022".
fn shown(register: &Register, place: &Place) -> String {
    format!("{}:{} {}", place.file, register.locate(place).line, place.path)
}

fn steps(
    agreement: &Agreement,
    statement: &Statement<'_>,
    payout: &Payout<'_>,
    is_by_rate: bool,
) -> Vec<Step> {
    let mut steps = Vec::new();
    let component = statement.components.iter().find(|component| component.key == payout.funding);
    let years = component.map(|component| component.years.as_slice()).unwrap_or_default();
    let is_adjusted = years.iter().any(|year| year.adjustment.is_some());
    if payout.is_of_component && !is_adjusted {
        steps.push(Step::new("Avtalat för hela tiden", known(agreed(years)), Some(payout.place())));
    } else {
        for year in years.iter().filter(|year| payout.is_of_component || year.year == payout.year) {
            // What a rate costs in a year is told by the rate.
            if year.is_divided && !is_by_rate {
                of_months(payout, year, years, &mut steps);
            }
            of_year(payout, year, &mut steps);
        }
    }
    if let [payee] = payout.payees.as_slice()
        && let Some(own) = component.and_then(|component| component.funding.payees.get(*payee))
    {
        let part = match (own.share, own.amount) {
            (Some(share), _) => format!(", {share}"),
            (None, Some(amount)) => format!(", {amount} av hela ersättningen före uppräkning"),
            (None, None) => String::new(),
        };
        let what = format!("Del till {}{part}", called(agreement, payee));
        steps.push(Step::new(what, known(payout.whole), Some(payout.place())));
    }
    part(payout, years, &mut steps);
    steps.extend(payout.deductions.iter().map(|one| {
        let back = Money::ZERO.checked_sub(one.amount).unwrap_or_default();
        Step::new(in_words(one), back.to_string(), Some(one.place()))
    }));
    cut(payout, &mut steps);
    corrections(payout, &mut steps);
    if let (Some(due), Some(after)) = (payout.due, &payout.after_decision) {
        steps.push(Step::new(format!("Sista dag att betala: {after}"), due.to_string(), None));
    }
    for paid in &payout.payments {
        let voucher = paid.voucher.map(|voucher| format!(", verifikation {voucher}")).unwrap_or_default();
        let how = if paid.amount < Money::ZERO { "Tillbaka" } else { "Betalt" };
        let what = format!("{how} {}{voucher}", paid.date);
        steps.push(Step::new(what, paid.amount.to_string(), Some(paid.place())));
    }
    let (what, sum) =
        if payout.is_settled() { ("Betald", payout.to_pay) } else { ("Kvar att betala", payout.left) };
    let most = if payout.is_open_ceiling() && !payout.has_lapsed() { "högst " } else { "" };
    steps.push(Step::new(what, format!("{most}{}", known(sum)), None));
    steps
}

fn corrections(payout: &Payout<'_>, steps: &mut Vec<Step>) {
    for one in &payout.corrections {
        let what = format!("Rättelse: {} är betald med ett annat belopp än den skulle", one.of);
        steps.push(Step::new(what, one.amount.to_string(), Some(one.place.clone())));
    }
    // Where an end cuts it, the cut says how much the ceiling leaves.
    let is_cut = payout.lapsed != Money::ZERO;
    if payout.corrections.is_empty() && payout.correction != Money::ZERO && !is_cut {
        let what = "Taket räcker inte: andra utbetalningar har använt av det";
        steps.push(Step::new(what, payout.correction.to_string(), Some(payout.place())));
    }
    if payout.carried != Money::ZERO {
        let what = if payout.ceiling {
            "Använt av taket, utöver (plus) eller under (minus) den egna delen"
        } else {
            "Överbetalt (plus) eller underbetalt (minus)"
        };
        let paid = payout.payments.last().map(Paid::place);
        steps.push(Step::new(what, payout.carried.to_string(), paid));
    }
}

fn agreed(years: &[YearAmount<'_>]) -> Option<Money> {
    years.iter().try_fold(Money::ZERO, |sum, year| sum.checked_add(year.agreed?))
}

fn of_year(payout: &Payout<'_>, year: &YearAmount<'_>, steps: &mut Vec<Step>) {
    let place = Some(payout.place());
    steps.push(Step::new(format!("Avtalat för {} ({})", year.year, year.period), known(year.agreed), place));
    let Some(adjustment) = &year.adjustment else { return };
    for change in adjustment.changes() {
        of_change(change, payout, &adjustment.indexation, steps);
    }
    let indexation = Place::value(payout.file, path!["indexation", &adjustment.indexation]);
    for part in &adjustment.parts {
        of_part(part, adjustment.parts.len() > 1, &indexation, steps);
    }
    if !adjustment.own_parts().is_empty() {
        of_own_parts(year, adjustment, &indexation, steps);
        return;
    }
    if let [_, _, ..] = adjustment.parts.as_slice() {
        steps.push(Step::new(
            mean_in_words(adjustment),
            grouped_exactly(adjustment.factor),
            Some(indexation.clone()),
        ));
    }
    let agreed = year.agreed.map(|agreed| grouped(agreed.decimal())).unwrap_or_default();
    let factor = grouped_exactly(adjustment.factor);
    steps.push(Step::new(
        format!("{agreed} × {factor} ({})", method(adjustment.method)),
        exactly(adjustment.exact),
        Some(indexation.clone()),
    ));
    if adjustment.place == RoundingPlace::YearAmount && !adjustment.changes_nothing() {
        steps.push(Step::new(rounding(adjustment), known(year.payable), Some(indexation)));
    }
}

/// "Avrundat till hela kronor (förval, avtalet säger inget)".
fn rounding(adjustment: &Adjustment<'_>) -> String {
    let default = if adjustment.rounding_is_stated { "" } else { " (förval, avtalet säger inget)" };
    format!("Avrundat till {}{default}", adjustment.round_to.label())
}

/// What each part of a year comes to, where each is adjusted and rounded by itself.
fn of_own_parts(
    year: &YearAmount<'_>,
    adjustment: &Adjustment<'_>,
    indexation: &Place,
    steps: &mut Vec<Step>,
) {
    let whole = year.agreed.map(|agreed| grouped(agreed.decimal())).unwrap_or_default();
    for part in adjustment.own_parts() {
        let months = fraction(part.weight, adjustment.own_parts().iter().map(|part| part.weight).sum());
        let how = months.map(|(own, all)| format!(": {whole} × {own} ÷ {all}")).unwrap_or_default();
        if adjustment.own_parts().len() > 1 {
            steps.push(Step::new(format!("Av det för {}{how}", part.period), known(Some(part.agreed)), None));
        }
        let (Some(in_year), Some((exact, rounded))) = (part.in_year, part.year(adjustment.round_to)) else {
            continue;
        };
        if part.factor.factor == Decimal::ONE {
            continue;
        }
        let factor = grouped_exactly(part.factor.factor);
        let agreed = grouped(in_year.agreed.rounded_to_ore().decimal());
        let what =
            format!("Avtalsåret {}: {agreed} × {factor} ({})", in_year.days, method(adjustment.method));
        steps.push(Step::new(what, exactly(exact), Some(indexation.clone())));
        steps.push(Step::new(rounding(adjustment), known(Some(rounded)), Some(indexation.clone())));
        if in_year.days != part.period {
            let own = in_year.with.checked_sub(in_year.before).unwrap_or_default();
            let share = fraction(own.decimal(), in_year.agreed.decimal());
            let share = share.map(|(own, all)| format!(" × {own} ÷ {all}")).unwrap_or_default();
            let what = format!("Av det för {}: {}{share}", part.period, grouped(rounded.decimal()));
            steps.push(Step::new(what, known(Some(part.payable)), None));
        }
    }
    if adjustment.own_parts().len() > 1 {
        steps.push(Step::new(format!("Tillsammans för {}", year.year), known(year.payable), None));
    }
}

/// The factor of some days, where it is the product of several changes or one of two.
fn of_part(part: &AdjustedPart<'_>, is_one_of_two: bool, place: &Place, steps: &mut Vec<Step>) {
    let changes = part.factor.changes.as_slice();
    if changes.len() < 2 && !is_one_of_two {
        return;
    }
    let step = |change: &Change<'_>| {
        grouped_exactly((change.percent / Decimal::ONE_HUNDRED + Decimal::ONE).round_dp(12))
    };
    let factors: Vec<String> = changes.iter().map(step).collect();
    let days = if is_one_of_two { format!(" för {}", part.period) } else { String::new() };
    let what = match factors.as_slice() {
        [] => format!("Faktor{days}: ingen uppräkning ännu"),
        factors => format!("Faktor{days}: {}", factors.join(" × ")),
    };
    steps.push(Step::new(what, grouped_exactly(part.factor.factor), Some(place.clone())));
}

/// "Faktor för året, efter månader: (6 × 1 + 6 × 1,02) ÷ 12".
fn mean_in_words(adjustment: &Adjustment<'_>) -> String {
    let all: Decimal = adjustment.parts.iter().map(|part| month_units(part.period)).sum();
    let parts = adjustment.parts.iter().map(|part| {
        let (own, all) = fraction(month_units(part.period), all)?;
        Some(format!("{own} ÷ {all} × {}", grouped_exactly(part.factor.factor)))
    });
    let parts: Option<Vec<String>> = parts.collect();
    let words = "Faktor för årets belopp, efter månader";
    parts.map_or_else(|| words.to_owned(), |parts| format!("{words}: {}", parts.join(" + ")))
}

/// How a sum for several years is divided by months.
fn of_months(payout: &Payout<'_>, year: &YearAmount<'_>, years: &[YearAmount<'_>], steps: &mut Vec<Step>) {
    let (Some(whole), Some(first), Some(last)) = (agreed(years), years.first(), years.last()) else { return };
    let period = Period { start: first.period.start, end: last.period.end };
    let Some((months, all)) = fraction(month_units(year.period), month_units(period)) else { return };
    let what =
        format!("Hela tiden ({period}) delad efter månader: {} × {months} ÷ {all}", grouped(whole.decimal()));
    let exact = whole.checked_factor(Decimal::from(months)).and_then(|part| part.checked_divided(all.into()));
    steps.push(Step::new(what, exact.map(exactly).unwrap_or_default(), Some(payout.place())));
    if exact != year.agreed {
        let how =
            if year.year == last.year { "Sista året får det som återstår" } else { "Avrundat till öre" };
        steps.push(Step::new(how, known(year.agreed), None));
    }
}

/// How a factor is counted, in words that hold for the stated amount.
fn method(method: AdjustmentMethod) -> &'static str {
    match method {
        AdjustmentMethod::Chained => "alla justerade års förändring, kedjad",
        AdjustmentMethod::AgainstBase => "bara årets förändring",
    }
}

fn percent(number: Decimal) -> String {
    format!("{}{NBSP}procent", grouped_exactly(number.round_dp(10)))
}

fn of_change(change: &Change<'_>, payout: &Payout<'_>, indexation: &str, steps: &mut Vec<Step>) {
    let place = || Some(Place::value(payout.file, path!["indexation", indexation]));
    for series in &change.series {
        of_series(series, steps);
    }
    if change.series.len() > 1 {
        let parts: Vec<String> = change
            .series
            .iter()
            .map(|one| {
                format!(
                    "{} × {} ÷ 100",
                    grouped_exactly(one.change.round_dp(10)),
                    grouped_exactly(one.weight)
                )
            })
            .collect();
        steps.push(Step::new(format!("Vägt: {}", parts.join(" + ")), percent(change.exact), place()));
    }
    if change.exact != change.unbounded {
        let what = format!("Förändringen avrundad, enligt avtalet: {}", percent(change.exact));
        steps.push(Step::new(what, percent(change.unbounded), place()));
    }
    let bound = match change.bound {
        Some(Bound::Floor) => ", hålls uppe av avtalets lägsta justering",
        Some(Bound::Cap) => ", begränsas av avtalets högsta justering",
        None => "",
    };
    steps.push(Step::new(format!("Justering {}{bound}", change.year), percent(change.percent), place()));
}

fn of_series(series: &SeriesChange<'_>, steps: &mut Vec<Step>) {
    for value in &series.values {
        steps.push(Step::new(
            format!(
                "{}{} för {}{}, {} ({}{})",
                value.title,
                value.coverage.map(|coverage| format!(" ({})", coverage.label())).unwrap_or_default(),
                value.key,
                value.reference.map(|reference| format!(" ({reference} = 100)")).unwrap_or_default(),
                value.status.label(),
                value.source,
                value
                    .known_from
                    .filter(|_| value.is_agreed)
                    .map(|day| format!(", beskedet från {day} räknas"))
                    .unwrap_or_default()
            ),
            grouped_exactly(value.number),
            Some(value.place()),
        ));
    }
    if let Some(carried) = &series.carried {
        steps.push(Step::new(capitalised(&Doubt::Carried(carried.clone()).to_string()), "", None));
    }
    if let [now, then] = series.values.as_slice() {
        let linked = |number: Decimal, link: Decimal| {
            let number = grouped_exactly(number);
            if link == Decimal::ONE { number } else { format!("({number} × {})", grouped_exactly(link)) }
        };
        let (now, then) = (linked(now.number, series.links.0), linked(then.number, series.links.1));
        let what = format!("({now} ÷ {then} − 1) × 100");
        steps.push(Step::new(what, percent(series.change), None));
    }
}

fn part(payout: &Payout<'_>, years: &[YearAmount<'_>], steps: &mut Vec<Step>) {
    let (number, count) = payout.number;
    let sum = payout.agreed.zip(payout.adjustment).and_then(|(agreed, more)| agreed.checked_add(more));
    let rounded = rounded_each(payout, years);
    if count < 2 && rounded.is_none() {
        return;
    }
    let whole = payout.whole.map(in_full).unwrap_or_default();
    let mut own = years.iter().filter(|year| !payout.is_of_component && year.year == payout.year);
    let is_cut = own.any(|year| year.adjustment.as_ref().is_some_and(|one| one.parts.len() > 1));
    let of_sums: Option<Vec<(String, Money)>> = payout.part_of.iter().map(|one| share_of(*one)).collect();
    let (how, exact) = match (of_sums.filter(|all| !all.is_empty()), payout.size) {
        (Some(all), _) => {
            let exact = all.iter().try_fold(Money::ZERO, |sum, (_, part)| sum.checked_add(*part));
            let words: Vec<&str> = all.iter().map(|(words, _)| words.as_str()).collect();
            let is_even = matches!(payout.part_of.as_slice(), [PartOf { weight: Some((own, all)), .. }]
                if fraction(*own, *all).is_some_and(|(own, all)| own == 1 && usize::try_from(all) == Ok(count)));
            let how = match payout.size {
                Size::Weight(_) if is_even => ", lika stora delar",
                Size::Weight(_) if is_cut && all.len() == 1 => {
                    ", efter den tid som delen avser och dess faktor"
                }
                Size::Weight(_) => ", efter den tid som delen avser",
                _ => "",
            };
            (format!("{}{how}", words.join(" + ")), exact)
        }
        (None, Size::Share(share)) => {
            let exact = payout
                .whole
                .and_then(|whole| whole.checked_factor(share)?.checked_divided(Decimal::ONE_HUNDRED));
            (format!("{whole} × {} ÷ 100", grouped_exactly(share)), exact)
        }
        (None, Size::Fixed(amount)) => (format!("{amount}, fast belopp"), Some(amount)),
        (None, Size::Rest) => (format!("{whole} minus de andra delarna"), sum),
        (None, Size::Weight(_)) => (format!("så stor del av {whole} som dess tid kostar"), None),
    };
    let place = payout.origin.path().map(|path| Place::value(payout.file, path));
    let shown = exact.map_or_else(|| known(sum), exactly);
    steps.push(Step::new(format!("Del {number} av {count}: {how}"), shown, place));
    if exact.is_none() || exact == sum {
        return;
    }
    let how = match rounded {
        Some(to) => format!("Varje utbetalning avrundas till {to}"),
        None if exact.map(Money::rounded_to_ore) == sum => "Avrundat till öre".to_owned(),
        None if number == count => "Sista delen är det som de andra lämnar".to_owned(),
        None => "Avrundat så att delarna blir det hela, på öret".to_owned(),
    };
    steps.push(Step::new(how, known(sum), None));
}

/// "81 871 × 1 ÷ 4", and what that comes to; nothing where its parts do not make the sum, or are no simple fractions of it.
fn share_of(one: PartOf) -> Option<(String, Money)> {
    let (own, all) = one.weight.and_then(|(own, all)| fraction(own, all))?;
    let exact = one.whole.checked_factor(own.into())?.checked_divided(all.into())?;
    Some((format!("{} × {own} ÷ {all}", in_full(one.whole)), exact))
}

fn in_full(amount: Money) -> String {
    grouped_exactly(amount.decimal().round_dp(10))
}

/// To what each payout is rounded by itself, where it is.
fn rounded_each(payout: &Payout<'_>, years: &[YearAmount<'_>]) -> Option<&'static str> {
    let own = years.iter().filter(|year| payout.is_of_component || year.year == payout.year);
    let adjustments = own.filter_map(|year| year.adjustment.as_ref());
    let mut each = adjustments.filter(|one| {
        // What is for days that are not adjusted is as it was agreed.
        let is_adjusted = one.factor_of(payout.covers) != Some(Decimal::ONE);
        one.place == RoundingPlace::Payout && !one.changes_nothing() && is_adjusted
    });
    each.next().map(|one| one.round_to.label())
}
