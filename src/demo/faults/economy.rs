//! Money.

use chrono::{Datelike, Days, Months};
use serde_json::{Map, Value, json};

use super::edit::{append, first_key, keys, last_key, parent, set, take};
use super::fault::{Fault, Found, at, in_records};
use super::fits::{
    always, follows_a_series, has_amounts, has_paid_a_year, has_periods, has_shares, is_adjusted_twice,
    is_alone, is_invoiced, is_joint,
};
use crate::demo::case::Case;
use crate::demo::days::{AS_OF, date, last_day};
use crate::demo::life::Course;
use crate::demo::outline::{Adjustment, Payout, Raise, Shape};
pub(super) const FAULTS: &[Fault] = &[
    Fault::new(
        "IOP301",
        "Ersättningen för det sista året saknas.",
        |case| {
            matches!(case.outline.shape, Shape::Yearly(_) | Shape::Rate)
                && is_alone(case)
                && case.outline.raise == Raise::None
                && case.term.years().count() > 1
                && !is_joint(case)
        },
        |draft| {
            let key = last_key(&draft.agreement, "funding");
            take(&mut draft.agreement, &format!("funding.{key}"));
            at(format!("funding.{key}"))
        },
    ),
    Fault::new("IOP302", "En ersättning gäller tid före avtalstiden.", always, |draft| {
        let start = draft.case.term.start - Months::new(1);
        let end = last_day(start, 1);
        let mut extra = json!({
            "title": "Uppstart", "payer": "kommun", "payee": draft.case.lead().key,
            "period": { "start": date(start), "end": date(end) }, "months": 1,
            "amount": draft.case.outline.monthly * 1000, "budget_line": draft.case.committee.line,
        });
        if draft.case.civil().len() == 1 {
            take(&mut extra, "payee");
        }
        set(&mut draft.agreement, "funding.uppstart", extra);
        at("funding.uppstart.period")
    }),
    Fault::new(
        "IOP304",
        "En ersättning hör inte till någon budgetrad.",
        // What a supplement has replaced is held against no frame.
        |case| !is_joint(case) && case.outline.raise != Raise::Replaced,
        |draft| {
            let key = last_key(&draft.agreement, "funding");
            take(&mut draft.agreement, &format!("funding.{key}.budget_line"));
            at(format!("funding.{key}.budget_line"))
        },
    ),
    Fault::new("IOP305", "En ersättning har både belopp och belopp per enhet.", has_amounts, |draft| {
        let key = last_key(&draft.agreement, "funding");
        let rate = json!({ "amount": 1000, "unit": "deltagare", "count": 10, "per": "year" });
        set(&mut draft.agreement, &format!("funding.{key}.rate"), rate);
        at(format!("funding.{key}.amount"))
    }),
    Fault::new("IOP306", "Antalet månader stämmer inte med ersättningens period.", has_periods, |draft| {
        let key = first_key(&draft.agreement, "funding");
        let months = draft.case.components.first().map_or(1, |component| component.months);
        set(&mut draft.agreement, &format!("funding.{key}.months"), (months + 2).into());
        at(format!("funding.{key}.months"))
    }),
    Fault::new("IOP307", "Texten nämner ett belopp som inte finns i avtalet.", always, |draft| {
        append(&mut draft.agreement, "clause.background.text", " Kommunen bidrar med 123 457 kronor.");
        at("clause.background.text")
    }),
    Fault::new("IOP308", "Delarna av en utbetalning blir inte hela beloppet.", has_shares, |draft| {
        set(&mut draft.agreement, "payout_plan.delar.part.forsta.share", "30".into());
        at("payout_plan.delar.part")
    }),
    Fault::new(
        "IOP309",
        "Det framgår inte i vilka månader pengarna betalas ut.",
        |case| case.outline.payout == Payout::Twice,
        |draft| {
            let key = first_key(&draft.agreement, "payout_plan");
            take(&mut draft.agreement, &format!("payout_plan.{key}.months"));
            at(format!("payout_plan.{key}.months"))
        },
    ),
    Fault::new("IOP310", "Den idéburna sidan bidrar inte med något.", always, |draft| {
        take(&mut draft.agreement, "in_kind");
        take(&mut draft.agreement, "economy.partial_funding");
        at("in_kind")
    }),
    Fault::new(
        "IOP311",
        "Beloppet för en del av ett år står inte i proportion till helåret.",
        |case| {
            case.outline.shape == Shape::Yearly(0)
                && case.term.years().count() > 1
                && case.life.course == Course::Stated
                && case.components.first().is_some_and(|first| first.months < 12)
                && case.components.iter().any(|one| one.title.is_none() && one.months == 12)
        },
        |draft| {
            let key = first_key(&draft.agreement, "funding");
            let amount = draft.case.components.first().map_or(0, |first| first.kronor * 3 / 2);
            set(&mut draft.agreement, &format!("funding.{key}.amount"), amount.into());
            // The memo names the first amount.
            take(&mut draft.agreement, "memo.economy");
            at(format!("funding.{key}.amount"))
        },
    ),
    Fault::new("IOP312", "Det framgår inte hur uppräkningen räknas.", is_adjusted_twice, |draft| {
        take(&mut draft.agreement, "indexation.upprakning.method");
        at("indexation.upprakning.method")
    }),
    Fault::new("IOP316", "En utbetalning är betald med tusen kronor för lite.", has_paid_a_year, |draft| {
        let Some(records) = &mut draft.records else { return Vec::new() };
        let path = format!("payment.{}.amount", last_key(records, "payment"));
        let paid = parent(records, &path).and_then(|(payment, key)| payment.get(key)?.as_i64());
        set(records, &path, (paid.unwrap_or(2000) - 1000).into());
        in_records(path)
    }),
    Fault::new("IOP317", "En utbetalning är betald två gånger.", has_paid_a_year, |draft| {
        let Some(records) = &mut draft.records else { return Vec::new() };
        let key = last_key(records, "payment");
        let (component, number) = key.rsplit_once('-').unwrap_or((&key, "1"));
        let payout = format!("{component}#{number}");
        // Both name it: nothing else can be meant by either.
        set(records, &format!("payment.{key}.payout"), payout.clone().into());
        take(records, &format!("payment.{key}.funding"));
        take(records, &format!("payment.{key}.period"));
        let again = json!({ "payout": payout, "amount": 1000, "date": date(AS_OF) });
        set(records, "payment.igen", again);
        in_records("payment.igen")
    }),
    Fault::new("IOP328", "Ett avdrag hör till en utbetalning som inte finns.", has_paid_a_year, |draft| {
        let deduction = json!({ "kind": "repayment", "date": date(AS_OF - Days::new(40)), "amount": 1000,
            "payout": "finns-inte#1", "reason": "en lokal stod tom" });
        if let Some(records) = &mut draft.records {
            set(records, "deduction.okant", deduction);
        }
        in_records("deduction.okant.payout")
    }),
    Fault::new(
        "IOP327",
        "Avtalet gäller tills vidare, men ett belopp för hela tiden har ingen period.",
        |case| case.outline.is_open_ended(),
        |draft| {
            let mut extra = json!({ "title": "Uppstart", "payer": "kommun", "payee": draft.case.lead().key,
                "amount": 50_000, "budget_line": draft.case.committee.line });
            if draft.case.civil().len() == 1 {
                take(&mut extra, "payee");
            }
            set(&mut draft.agreement, "funding.uppstart", extra);
            at("funding.uppstart")
        },
    ),
    Fault::new("IOP334", "En faktura är på tusen kronor för mycket.", is_invoiced, |draft| {
        let Some(records) = &mut draft.records else { return Vec::new() };
        let path = format!("invoice.{}.amount", first_key(records, "invoice"));
        let amount = parent(records, &path).and_then(|(invoice, key)| invoice.get(key)?.as_i64());
        set(records, &path, (amount.unwrap_or(5_000_000) + 1000).into());
        in_records(path)
    }),
    Fault::new("IOP335", "En faktura är införd två gånger.", is_invoiced, |draft| {
        let Some(records) = &mut draft.records else { return Vec::new() };
        let path = format!("invoice.{}", first_key(records, "invoice"));
        let again = parent(records, &path).and_then(|(invoices, key)| invoices.get(key).cloned());
        set(records, "invoice.igen", again.unwrap_or_default());
        in_records("invoice.igen")
    }),
    Fault::new("IOP336", "Leverantörsnumret är ett bankgiro.", is_invoiced, |draft| {
        let Some(records) = &mut draft.records else { return Vec::new() };
        let path = format!("invoice.{}.supplier", first_key(records, "invoice"));
        set(records, &path, "5050-1055".into());
        in_records(path)
    }),
    Fault::new(
        "IOP318",
        "Uppräkningen har både en serie och en fast procentsats.",
        follows_a_series,
        |draft| {
            set(&mut draft.agreement, "indexation.upprakning.flat", "2".into());
            at("indexation.upprakning")
        },
    ),
    Fault::new(
        "IOP318",
        "Avtalsåret börjar den 29 februari, som inte finns varje år.",
        |case| follows_a_series(case) && case.life.course == Course::Stated && case.term.years().count() > 1,
        |draft| {
            take(&mut draft.agreement, "indexation.upprakning.years");
            set(&mut draft.agreement, "indexation.upprakning.per", "agreement-year".into());
            let day = json!({ "month": 2, "day": 29 });
            set(&mut draft.agreement, "indexation.upprakning.year_begins", day);
            at("indexation.upprakning.year_begins")
        },
    ),
    Fault::new("IOP319", "Två utbetalningsplaner gäller samma ersättningar.", always, |draft| {
        let key = first_key(&draft.agreement, "payout_plan");
        let plan =
            parent(&mut draft.agreement, "payout_plan.x").and_then(|(plans, _)| plans.get(&key).cloned());
        set(&mut draft.agreement, "payout_plan.dubbel", plan.unwrap_or_default());
        at("payout_plan.dubbel")
    }),
    Fault::new(
        "IOP321",
        "En betalning är daterad ett halvår före avtalstiden.",
        has_paid_a_year,
        |draft| {
            let early = draft.case.term.start - Days::new(180);
            let Some(records) = &mut draft.records else { return Vec::new() };
            let key = first_key(records, "payment");
            let funding = key.rsplit_once('-').map_or(key.as_str(), |(funding, _)| funding).to_owned();
            let path = format!("payment.{key}");
            take(records, &format!("{path}.payout"));
            take(records, &format!("{path}.period"));
            set(records, &format!("{path}.funding"), funding.into());
            set(records, &format!("{path}.date"), date(early));
            in_records(path)
        },
    ),
    Fault::new(
        "IOP322",
        "Utbetalningsmånaderna är två, men utbetalningarna tre om året.",
        |case| case.outline.payout == Payout::Twice,
        |draft| {
            let path = format!("payout_plan.{}", first_key(&draft.agreement, "payout_plan"));
            set(&mut draft.agreement, &format!("{path}.times_per_year"), 3.into());
            at(format!("{path}.months"))
        },
    ),
    Fault::new(
        "IOP323",
        "Uppräkningen gäller också ett år efter avtalstiden.",
        |case| case.outline.adjustment == Adjustment::Flat && is_alone(case),
        |draft| {
            let mut years: Vec<i32> = draft.case.term.years().skip(1).collect();
            years.push(draft.case.term.end.year() + 2);
            set(&mut draft.agreement, "indexation.upprakning.years", years.into());
            at("indexation.upprakning.years")
        },
    ),
    Fault::new(
        "IOP325",
        "Beloppet är per plats, men antalet platser är inte ifyllt.",
        |case| {
            case.outline.shape == Shape::Rate
                && !is_joint(case)
                && case.is_decided()
                && case.life.following().is_empty()
        },
        |draft| {
            let key = last_key(&draft.agreement, "funding");
            take(&mut draft.agreement, &format!("funding.{key}.rate.count"));
            let mut found = at(format!("funding.{key}.rate.count"));
            // What cannot be counted is in no sum against the frame either.
            found.push(Found { in_records: false, path: format!("funding.{key}"), code: Some("IOP304") });
            // Nor is there a sum to propose.
            if draft.agreement.get("memo").is_some() {
                found.push(Found { in_records: false, path: "memo".to_owned(), code: Some("IOP609") });
            }
            found
        },
    ),
    Fault::new(
        "IOP332",
        "Antalet ändras först efter den tid som ersättningen avser.",
        |case| case.outline.shape == Shape::Rate && !is_joint(case) && case.life.following().is_empty(),
        |draft| {
            let key = last_key(&draft.agreement, "funding");
            let after = draft.case.term.end + Days::new(400);
            let step = json!({ "from": date(after), "count": 30 });
            set(&mut draft.agreement, &format!("funding.{key}.rate.step.sent"), step);
            // Another number of places would be told as well.
            take(&mut draft.agreement, &format!("undertaking.{}.places", draft.case.lead().key));
            at(format!("funding.{key}.rate.step.sent.from"))
        },
    ),
    Fault::new("IOP337", "Mottagarnas andelar blir mer än hela beloppet.", Case::divides_money, |draft| {
        let keys: Vec<&str> = keys(&draft.agreement, "funding").collect();
        let divided = keys.into_iter().find(|key| *key == "hela-tiden" || key.starts_with("samordning-"));
        let Some(key) = divided.map(str::to_owned) else { return Vec::new() };
        let payee = draft.case.lead().key.clone();
        set(&mut draft.agreement, &format!("funding.{key}.payees.{payee}.share"), "95".into());
        at(format!("funding.{key}.payees"))
    }),
    Fault::new(
        "IOP340",
        "Åtagandet är fler platser än det som betalas.",
        |case| case.outline.shape == Shape::Rate && case.life.following().is_empty() && !is_joint(case),
        |draft| {
            let first = draft.case.components.iter().find(|one| one.rate.is_some());
            let lead = draft.case.lead().key.clone();
            let path = format!("undertaking.{lead}.places.platser");
            let (Some(key), true) = (first.map(|one| one.key.clone()), draft.case.activity.units.is_some())
            else {
                return Vec::new();
            };
            set(&mut draft.agreement, &format!("{path}.number"), 90.into());
            set(&mut draft.agreement, &format!("{path}.funding"), key.into());
            at(format!("{path}.number"))
        },
    ),
    Fault::new(
        "IOP338",
        "Statsbidraget är större än ersättningen.",
        |case| matches!(case.outline.shape, Shape::Yearly(_) | Shape::HalfYearly),
        |draft| {
            let Some(first) = draft.case.components.first() else { return Vec::new() };
            let Some(period) = first.period else { return Vec::new() };
            let path = format!("funding.{}.state_grant", first.key);
            let grant = json!({ period.start.year().to_string(): first.kronor * 3 });
            set(&mut draft.agreement, &path, grant);
            at(format!("{path}.{}", period.start.year()))
        },
    ),
    Fault::new("IOP333", "En sen rapport ska kosta mer än hela utbetalningen.", always, |draft| {
        set(&mut draft.agreement, "follow_up.halvar.late", json!({ "sen": { "share": "120" } }));
        at("follow_up.halvar.late.sen.share")
    }),
    Fault::new(
        "IOP331",
        "Ett fast belopp per månad står bredvid summorna för samma tid.",
        |case| {
            let has_amounts = matches!(case.outline.shape, Shape::Yearly(_) | Shape::HalfYearly);
            has_amounts && !is_joint(case) && case.outline.payout != Payout::AmountAndRest
        },
        |draft| {
            let mut plain = json!({ "payer": "kommun", "rate": { "amount": 1, "per": "month" },
                "budget_line": draft.case.committee.line });
            if draft.case.civil().len() > 1 {
                plain["payee"] = draft.case.lead().key.clone().into();
            }
            set(&mut draft.agreement, "funding.manadsvis", plain);
            at("funding.manadsvis")
        },
    ),
    Fault::new(
        "IOP339",
        "Ett belopp per år gäller tre månader.",
        |case| {
            let has_amounts = matches!(case.outline.shape, Shape::Yearly(_) | Shape::HalfYearly);
            has_amounts && !is_joint(case) && case.outline.payout != Payout::AmountAndRest
        },
        |draft| {
            let start = draft.case.term.start;
            let end = start + Months::new(3) - Days::new(1);
            let mut part = json!({ "payer": "kommun", "title": "Tillägg", "rate": { "amount": 1, "per": "year" },
                "budget_line": draft.case.committee.line, "period": { "start": date(start), "end": date(end) } });
            if draft.case.civil().len() > 1 {
                part["payee"] = draft.case.lead().key.clone().into();
            }
            set(&mut draft.agreement, "funding.del-av-ar", part);
            at("funding.del-av-ar.rate")
        },
    ),
    Fault::new(
        "IOP301",
        "Avtalet har förlängts av sig självt, men ersättningen för den tiden saknas.",
        |case| match case.life.course {
            Course::Renewed { looks_ahead, notice, .. } => {
                !case.life.following().is_empty() && (!looks_ahead || notice.is_some())
            }
            _ => false,
        },
        |draft| {
            let keys: Vec<&str> = keys(&draft.agreement, "funding").collect();
            let Some(key) = keys.into_iter().rfind(|key| key.starts_with("forlangning")) else {
                return Vec::new();
            };
            let (key, year) = (key.to_owned(), key.rsplit('-').next().unwrap_or_default().to_owned());
            take(&mut draft.agreement, &format!("funding.{key}"));
            let plans = draft.agreement.get_mut("payout_plan").and_then(Value::as_object_mut);
            for plan in plans.into_iter().flat_map(Map::values_mut) {
                if let Some(Value::Array(paid_out)) = plan.get_mut("funding") {
                    paid_out.retain(|other| *other != key.as_str());
                }
            }
            at(format!("funding.{year}"))
        },
    ),
];
