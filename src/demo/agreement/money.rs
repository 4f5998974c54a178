//! The money: amounts, contributions in kind, payouts and adjustments.

use chrono::{Datelike, Months};
use serde_json::{Map, Value, json};

use super::writer::Writer;
use crate::demo::amounts::Component;
use crate::demo::case::Case;
use crate::demo::days::date;
use crate::demo::outline::{Adjustment, Payout, Shape};
use crate::demo::stock::TEXTS;

impl Writer<'_> {
    pub(super) fn money(&mut self, root: &mut Map<String, Value>) {
        let case = self.case;
        let cost = case.total() / 1000 * i64::from(13 + self.draw.below(8)) / 10 * 1000;
        let unused = self.one(&TEXTS.unused_money);
        root.insert(
            "economy".to_owned(),
            json!({ "instrument": "grant", "vat": "none", "partial_funding": true, "total_cost": cost, "unused_money": unused }),
        );
        root.insert(
            "code".to_owned(),
            json!({ "ansvar": case.committee.unit, "motpart": counterpart(case) }),
        );
        root.insert("funding".to_owned(), funding(case));
        let mut kinds = Map::new();
        for (what, number) in self.about(&case.activity.in_kind, 2).into_iter().zip(1..) {
            let mut one = json!({ "party": case.lead().key, "what": what });
            if number == 1 && case.outline.lead_days.is_multiple_of(4) {
                (one["value"], one["per"]) = (45_000.into(), "year".into());
            }
            kinds.insert(format!("insats-{number}"), one);
        }
        for organisation in &case.civil()[1..] {
            let what = self.one(&TEXTS.partner_kind);
            kinds.insert(
                format!("insats-{}", organisation.key),
                json!({ "party": organisation.key, "what": what }),
            );
        }
        root.insert("in_kind".to_owned(), kinds.into());
        root.insert("payout_plan".to_owned(), payout_plans(case));
        if let Some(indexation) = indexation(case) {
            root.insert("indexation".to_owned(), json!({ "upprakning": indexation }));
        }
    }
}

/// The code of what the organisation is.
fn counterpart(case: &Case) -> &'static str {
    match case.lead().form {
        "foundation" => "852",
        "congregation" | "study-association" => "853",
        _ => "851",
    }
}

fn funding(case: &Case) -> Value {
    let all = case.components.iter();
    all.map(|one| (one.key.clone(), component(case, one))).collect::<Map<_, _>>().into()
}

/// One amount, as its table says it.
pub(super) fn component(case: &Case, component: &Component) -> Value {
    let several = case.civil().len() > 1;
    let mut one = Map::new();
    let mut set = |key: &str, value: Value| _ = one.insert(key.to_owned(), value);
    if let Some(title) = &component.title {
        set("title", title.clone().into());
    }
    set("payer", component.payer.into());
    if let Some(payees) = payees(case, &component.key) {
        set("payees", payees);
    } else if several {
        let to_partner = component.key.starts_with("lokal-");
        let payee = if to_partner { &case.civil()[1] } else { case.lead() };
        set("payee", payee.key.clone().into());
    }
    if let Some(period) = component.period {
        set("period", json!({ "start": date(period.start), "end": date(period.end) }));
    }
    if component.standing.is_none() {
        set("months", component.months.into());
    }
    match (component.rate, component.standing) {
        (Some((amount, _)), Some(per)) => {
            // The money begins when the premises are ready.
            let later = case.term.start + Months::new(2);
            if case.outline.lead_days % 3 == 1 && later.year() == case.term.start.year() {
                set("from", date(later));
            }
            set("rate", json!({ "amount": amount, "per": per }));
        }
        (Some((amount, count)), None) => {
            let mut rate = json!({ "amount": amount, "unit": case.activity.unit, "units": case.activity.units, "count": count, "per": "month" });
            if let Some((from, count)) = component.step {
                rate["step"] = json!({ "fler": { "from": date(from), "count": count } });
            }
            set("rate", rate);
        }
        (None, _) => set("amount", component.kronor.into()),
    }
    if case.outline.shape == Shape::Ceiling && component.payer == "kommun" {
        set("ceiling", true.into());
    }
    if component.payer == "kommun" {
        set("source", "own-frame".into());
        if let Some(grant) = state_grant(case, component) {
            set("state_grant", grant);
        }
        set("budget_line", case.committee.line.clone().into());
        set("code", json!({ "konto": case.committee.account }));
    }
    if let Some(decision) = &component.decision {
        set("decision", decision.clone().into());
    }
    one.into()
}

/// That the state pays a fourth of an amount for a single year, in some agreements.
fn state_grant(case: &Case, component: &Component) -> Option<Value> {
    let period = component.period.filter(|period| period.years().count() == 1)?;
    let grant = component.kronor / 4000 * 1000;
    let is_plain = component.rate.is_none() && component.decision.is_none();
    (is_plain && case.outline.lead_days % 5 == 1).then(|| json!({ period.start.year().to_string(): grant }))
}

/// Those who receive an amount together: each a share, or none where the agreement does not say how they divide it.
fn payees(case: &Case, key: &str) -> Option<Value> {
    if !case.shares_money() || !(key == "hela-tiden" || key.starts_with("samordning-")) {
        return None;
    }
    let is_divided = case.divides_money();
    let shares = (0..).map(|position| match position {
        0 => 100 - 10 * (case.civil().len() - 1),
        _ => 10,
    });
    let receiver = |share: usize| if is_divided { json!({ "share": share.to_string() }) } else { json!({}) };
    let all = case.civil().iter().zip(shares).map(|(one, share)| (one.key.clone(), receiver(share)));
    Some(all.collect::<Map<_, _>>().into())
}

fn payout_plans(case: &Case) -> Value {
    let months = if case.outline.is_open_ended() { 12 } else { case.outline.months };
    let start = case.term.start.month();
    // Every `step` months from the first, within a year or a shorter term.
    let every = |step: u32| -> Vec<u32> {
        let mut found: Vec<u32> = (0..months.min(12))
            .step_by(usize::try_from(step).unwrap_or(1))
            .map(|ahead| (start - 1 + ahead) % 12 + 1)
            .collect();
        found.sort_unstable();
        found
    };
    let regular = |step: u32| {
        let months = every(step);
        json!({ "times_per_year": months.len(), "months": months })
    };
    // Months of the term tell the time of what begins in its first year; what comes later has months of the calendar.
    let mut own = case.components.iter().filter(|component| component.payer == "kommun");
    let begins_at_once = own
        .all(|component| component.period.is_none_or(|period| period.start.year() == case.term.start.year()));
    let short = months <= 12 && begins_at_once;
    let rest_at = |part: &mut Value| {
        let later = months.min(12).div_ceil(2) + 1;
        if short { part["month_of_term"] = later.into() } else { part["month"] = 9.into() }
    };
    let first_at = |part: &mut Value| {
        if short { part["month_of_term"] = 1.into() } else { part["month"] = 2.into() }
    };
    let parts = |first: Value, rest: Value| {
        let (mut first, mut rest) = (first, rest);
        first_at(&mut first);
        rest_at(&mut rest);
        rest["condition"] = "rapporten för perioden är lämnad".into();
        json!({ "method": "requisition", "part": { "forsta": first, "resten": rest }, "days_to_pay": 30 })
    };
    let (key, mut plan) = match case.outline.payout {
        Payout::Twice => ("halvarsvis", {
            let mut plan = with(regular(6), json!({ "method": "invoice", "days_to_pay": 30 }));
            if case.outline.lead_days % 4 == 1 {
                plan["months_are"] = "invoiced".into();
            }
            plan
        }),
        Payout::Quarterly => {
            ("kvartalsvis", with(regular(3), json!({ "method": "requisition", "timing": "advance" })))
        }
        Payout::Monthly => (
            "manadsvis",
            with(
                regular(1),
                json!({ "method": "invoice", "timing": "month-end", "days_to_pay": 30, "reference": format!("IOP-{}", case.committee.account) }),
            ),
        ),
        Payout::Once => ("engang", json!({ "method": "automatic", "times_per_year": 1, "months": [start] })),
        Payout::Shares => ("delar", {
            let (first, second) = if case.outline.monthly % 4 == 0 { ("60", "40") } else { ("50", "50") };
            parts(json!({ "share": first }), json!({ "share": second }))
        }),
        Payout::AmountAndRest => {
            ("delar", parts(json!({ "amount": first_part(case) }), json!({ "rest": true })))
        }
    };
    let mut plans = Map::new();
    let others: Vec<&str> =
        case.components.iter().filter(|one| one.payer != "kommun").map(|one| one.key.as_str()).collect();
    if !others.is_empty() {
        let own: Vec<&str> =
            case.components.iter().filter(|one| one.payer == "kommun").map(|one| one.key.as_str()).collect();
        plan["funding"] = own.into();
    }
    plans.insert(key.to_owned(), plan);
    for other in others {
        plans.insert(
            other.to_owned(),
            json!({ "funding": [other], "method": "automatic", "part": {
                "forsta": { "month_of_term": 1, "share": "50" }, "resten": { "month_of_term": months.div_ceil(2) + 1, "rest": true } } }),
        );
    }
    plans.into()
}

/// A first part that is about half of the smallest amount that the plan pays out.
fn first_part(case: &Case) -> i64 {
    let own = case.components.iter().filter(|component| component.payer == "kommun");
    own.map(|component| component.kronor).min().unwrap_or_default() / 2000 * 1000
}

fn with(first: Value, second: Value) -> Value {
    match (first, second) {
        (Value::Object(mut first), Value::Object(second)) => {
            first.extend(second);
            first.into()
        }
        (first, _) => first,
    }
}

fn indexation(case: &Case) -> Option<Value> {
    let mut indexation = by_prices(case)?;
    // What does not begin with the year is adjusted on its own day: all agreement years but the first.
    let is_by_years = case.outline.adjustment != Adjustment::OnExtension;
    let has_own_day = is_by_years && case.term.start.month() > 1 && case.outline.lead_days.is_multiple_of(2);
    if has_own_day {
        indexation["per"] = "agreement-year".into();
    }
    // What has no last year has no list of them.
    if (has_own_day || case.outline.is_open_ended())
        && let Value::Object(indexation) = &mut indexation
    {
        indexation.remove("years");
    }
    // The council decides in November; what comes later changes nothing.
    if case.outline.adjustment == Adjustment::Series && case.outline.lead_days.is_multiple_of(3) {
        indexation["published"] = json!({ "month": 11, "years_before": 1 });
    }
    Some(indexation)
}

fn by_prices(case: &Case) -> Option<Value> {
    let years: Vec<i32> = case.term.years().skip(1).collect();
    let base = case.term.start.year() - 2;
    Some(match case.outline.adjustment {
        Adjustment::None => return None,
        Adjustment::Series => json!({ "years": years, "series": "granvik-priskompensation",
            "follows": format!("den priskompensation som {} får av kommunfullmäktige", case.organ),
            "amounts": "before-adjustment", "method": "chained", "round_to": "krona", "rounding_place": "year-amount" }),
        Adjustment::Level => {
            json!({ "years": years, "series": "granvik-prisniva", "base": format!("{base}-10"), "lag_years": 1,
            "amounts": "before-adjustment", "method": "against-base", "round_to": "hundred-kronor", "rounding_place": "year-amount" })
        }
        Adjustment::Composite => json!({ "years": years,
            "composite": { "granvik-omsorgsprisindex": "80", "granvik-priskompensation": "20" },
            "amounts": "before-adjustment", "method": "chained", "lag_years": 2, "percent_decimals": 1, "floor": "0", "round_to": "krona" }),
        Adjustment::Flat => {
            json!({ "years": years, "flat": "2,0", "amounts": "after-adjustment", "method": "chained" })
        }
        Adjustment::OnExtension => json!({ "series": "granvik-priskompensation", "applies": "on-extension",
            "amounts": "before-adjustment", "method": "chained", "cap": "4" }),
    })
}
