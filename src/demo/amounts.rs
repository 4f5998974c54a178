//! The amounts of an agreement, from its outline.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::days::day;
use super::outline::{Outline, Raise, Shape};
use super::stock::Activity;
use crate::date::Period;

/// An amount.
#[derive(Debug, Clone)]
pub(super) struct Component {
    pub(super) key: String,
    pub(super) title: Option<String>,
    pub(super) payer: &'static str,
    /// Nothing where it is the whole term.
    pub(super) period: Option<Period>,
    pub(super) months: u32,
    pub(super) kronor: i64,
    /// Amount for one, and how many.
    pub(super) rate: Option<(i64, i64)>,
    /// The time that the rate is for, where it runs for as long as the agreement does.
    pub(super) standing: Option<&'static str>,
    /// From when there are more, and how many then.
    pub(super) step: Option<(NaiveDate, i64)>,
    pub(super) decision: Option<String>,
}

/// The amounts. Parts of a year are paid for by the month, so that they are in proportion to whole years.
pub(super) fn components(outline: &Outline, about: &Activity) -> Vec<Component> {
    let life = outline.life();
    let term = life.term;
    let mut components = Vec::new();
    let thousands = outline.monthly;
    let mut add =
        |key: String, title: Option<&str>, period: Period, monthly: i64, rate: Option<(i64, i64)>| {
            let months = period.length().months;
            let kronor = rate.map_or(monthly * 1000, |(one, count)| one * count) * i64::from(months);
            let title = title.map(str::to_owned);
            components.push(Component {
                key,
                title,
                payer: "kommun",
                period: Some(period),
                months,
                kronor,
                rate,
                standing: None,
                step: None,
                decision: None,
            });
        };
    let years = || term.years().filter_map(|year| term.in_year(year).map(|part| (year, part)));
    match outline.shape {
        Shape::Yearly(rise) => {
            for ((year, part), step) in years().zip(0..) {
                add(year.to_string(), None, part, thousands + rise * step, None);
            }
        }
        Shape::HalfYearly => {
            for (year, part) in years() {
                let middle = day(year, 7, 1);
                let halves = [
                    ("varen", Period { start: part.start, end: part.end.min(day(year, 6, 30)) }),
                    ("hosten", Period { start: part.start.max(middle), end: part.end }),
                ];
                for (name, half) in halves.into_iter().filter(|(_, half)| !half.is_reversed()) {
                    add(format!("{name}-{year}"), None, half, thousands, None);
                }
            }
        }
        Shape::Whole | Shape::Ceiling => {
            add("hela-tiden".to_owned(), None, term, thousands, None);
        }
        Shape::Standing(_) => {
            add("lopande".to_owned(), None, Period { end: life.last_day(), ..term }, thousands, None);
        }
        Shape::Rate => {
            let count = 4 + thousands % 5;
            for (year, part) in years() {
                add(year.to_string(), None, part, 0, Some((thousands * 1000 / count / 500 * 500, count)));
            }
        }
        Shape::Several => {
            for (year, part) in years() {
                add(format!("samordning-{year}"), Some("Samordning"), part, thousands, None);
                add(format!("lokal-{year}"), Some("Lokal och utrustning"), part, 4 + thousands / 6, None);
            }
        }
    }
    // What is standing goes on by itself.
    let is_standing = matches!(outline.shape, Shape::Standing(_));
    let following = if is_standing { Vec::new() } else { life.following() };
    for one in &following {
        for (year, part) in one.period.years().filter_map(|year| Some((year, one.period.in_year(year)?))) {
            add(format!("{}-{year}", one.key), Some(&one.title), part, thousands, None);
        }
    }
    if outline.raise == Raise::Decided {
        let from = rise_start(term);
        let title = format!("Höjning för fler deltagare i {}", about.noun);
        add(
            "hojning".to_owned(),
            Some(&title),
            Period { start: from, end: term.end },
            2 + thousands / 10,
            None,
        );
    }
    if let Some(last) = components.iter_mut().rfind(|one| one.key == term.end.year().to_string())
        && outline.lead_days % 2 == 1
    {
        grow(last);
    }
    for component in &mut components {
        if matches!(outline.shape, Shape::Whole | Shape::Ceiling) && component.key == "hela-tiden" {
            component.period = None;
        }
        if let Shape::Standing(per) = outline.shape {
            let months = match per {
                "month" => 1,
                "half-year" => 6,
                _ => 12,
            };
            component.period = None;
            component.standing = Some(per);
            component.rate = Some((thousands * 1000 * months, 1));
        }
        let behind = following.iter().find(|one| component.key.starts_with(&one.key));
        component.decision = match behind {
            Some(one) => one.decision.clone(),
            None => (component.key == "hojning").then(|| "hojning".to_owned()),
        };
    }
    let months = term.length().months;
    for (is_party, payer, title) in [
        (outline.with_region, "region", "Regionens del"),
        (outline.with_neighbour, "grannkommun", "Grannkommunens del"),
    ] {
        if is_party {
            components.push(Component {
                key: payer.to_owned(),
                title: Some(title.to_owned()),
                payer,
                period: None,
                months,
                kronor: (5 + thousands / 4) * 1000 * i64::from(months),
                rate: None,
                standing: None,
                step: None,
                decision: None,
            });
        }
    }
    components
}

/// Two more of what is paid for, from the middle of the time.
fn grow(component: &mut Component) {
    let (Some((one, count)), Some(period)) = (component.rate, component.period) else { return };
    let before = component.months / 2;
    if before == 0 {
        return;
    }
    component.step = Some((period.start + Months::new(before), count + 2));
    component.kronor += one * 2 * i64::from(component.months - before);
}

/// More than the agreement itself says for its last year: the amount that a supplement holds.
pub(super) fn by_supplement(outline: &Outline, components: &[Component]) -> Option<Component> {
    let term = outline.life().term;
    let year = components.iter().find(|one| one.key == term.end.year().to_string())?.clone();
    let more = (2 + outline.monthly / 10) * 1000 * i64::from(year.months);
    match outline.raise {
        Raise::Replaced => Some(Component { kronor: year.kronor + more, ..year }),
        Raise::Added => Some(Component {
            key: "utokning".to_owned(),
            title: Some("Utökad verksamhet".to_owned()),
            kronor: more,
            ..year
        }),
        Raise::None | Raise::Decided => None,
    }
}

/// How long before that it is decided.
pub(super) const RAISED_BEFORE: Days = Days::new(40);

/// The first day of a rise in mid-term: that of the last calendar year.
pub(super) fn rise_start(term: Period) -> NaiveDate {
    day(term.end.year(), 1, 1)
}
