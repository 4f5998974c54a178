//! The case, the decision and the signing.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::{Value, json};

use super::edit::{append, first_key, set, set_all, take};
use super::fault::{Fault, at, in_records};
use super::fits::{always, is_alone, is_joint, is_signed};
use crate::demo::case::{Case, guideline_on};
use crate::demo::days::{date, day};
use crate::demo::life::Course;
pub(super) const FAULTS: &[Fault] = &[
    Fault::new("IOP601", "Ärendet saknar diarienummer.", always, |draft| {
        take(&mut draft.agreement, "case.registry_number");
        at("case.registry_number")
    }),
    Fault::new(
        "IOP602",
        "En part saknar undertecknare.",
        |case| !case.is_decided(),
        |draft| {
            let path = format!("party.{}.signatory", draft.case.lead().key);
            take(&mut draft.agreement, &path);
            at(path)
        },
    ),
    Fault::new("IOP604", "Diarienumret har en annan form än kommunens.", always, |draft| {
        set(&mut draft.agreement, "case.registry_number", "Dnr 17-2023".into());
        at("case.registry_number")
    }),
    Fault::new(
        "IOP626",
        "En annan nämnd ska också besluta, och står två gånger.",
        |case| !case.is_decided(),
        |draft| {
            let own = draft.case.committee_key.to_owned();
            set(&mut draft.agreement, "committee", own.clone().into());
            set(
                &mut draft.agreement,
                "also_decides.igen",
                json!({ "committee": own, "registry_number": "NN 2024/0001" }),
            );
            at("also_decides.igen.committee")
        },
    ),
    Fault::new(
        "IOP623",
        "Beslutet gäller en månad mindre än avtalet.",
        |case| is_signed(case) && case.outline.months > 2 && !case.outline.is_open_ended(),
        |draft| {
            let term = draft.case.term;
            let decided = json!({ "start": date(term.start), "end": date(term.end - Months::new(1)) });
            if let Some(records) = &mut draft.records {
                set(records, "decision.avtal.period", decided);
            }
            in_records("decision.avtal.period")
        },
    ),
    Fault::new("IOP605", "Beslutet fattades efter att avtalstiden hade börjat.", may_be_late, |draft| {
        let late = late(draft.case);
        if let Some(records) = &mut draft.records {
            set(records, "decision.avtal.date", date(late));
            set_all(records, "signing", "date", &date(late + Days::new(5)));
            if draft.case.outline.delegated {
                set(records, "decision.avtal.reported", date(late + Days::new(3)));
            }
        }
        in_records("decision.avtal.date")
    }),
    Fault::new("IOP606", "Avtalet undertecknades före beslutet.", is_signed, |draft| {
        let early = draft.case.decided - Days::new(3);
        let Some(records) = &mut draft.records else { return Vec::new() };
        let path = format!("signing.{}.date", first_key(records, "signing"));
        set(records, &path, date(early));
        in_records(path)
    }),
    Fault::new("IOP607", "Det framgår inte vad en undertecknares behörighet bygger på.", always, |draft| {
        let path = format!("party.{}.signatory.ordforande", draft.case.lead().key);
        take(&mut draft.agreement, &format!("{path}.authority"));
        take(&mut draft.agreement, &format!("{path}.evidence"));
        at(format!("{path}.authority"))
    }),
    Fault::new(
        "IOP608",
        "Ett delegerat beslut är inte anmält till nämnden.",
        |case| case.is_decided() && case.outline.delegated,
        |draft| {
            if let Some(records) = &mut draft.records {
                take(records, "decision.avtal.reported");
            }
            in_records("decision.avtal")
        },
    ),
    Fault::new("IOP610", "Det framgår inte vem som verkställer beslutet.", always, |draft| {
        take(&mut draft.agreement, "memo.executor");
        at("memo.executor")
    }),
    Fault::new("IOP611", "Beslutet skickas inte till någon för kännedom.", always, |draft| {
        take(&mut draft.agreement, "memo.distribution.information");
        at("memo.distribution.information")
    }),
    Fault::new("IOP612", "Barnets bästa är inte prövat.", always, |draft| {
        take(&mut draft.agreement, "memo.childs_best");
        at("memo.childs_best")
    }),
    Fault::new("IOP613", "Skälet till beslutet upprepar bara rubriken.", always, |draft| {
        let title = draft.agreement.get("title").and_then(Value::as_str).unwrap_or_default();
        let reason = format!("{}.", crate::text::capitalised(title));
        set(&mut draft.agreement, "memo.reason_now", reason.into());
        at("memo.reason_now")
    }),
    Fault::new("IOP614", "Skrivelsen står inte först bland handlingarna.", always, |draft| {
        let memo = json!({ "title": "Tjänsteskrivelse", "date": date(draft.case.memo) });
        set(&mut draft.agreement, "memo.basis.skrivelse", memo);
        at("memo.basis.skrivelse")
    }),
    Fault::new("IOP615", "En handling är daterad efter skrivelsen.", always, |draft| {
        set(&mut draft.agreement, "memo.basis.plan.date", date(draft.case.memo + Days::new(9)));
        at("memo.basis.plan.date")
    }),
    Fault::new("IOP616", "Paragraftecknet står utan mellanslag.", always, |draft| {
        append(&mut draft.agreement, "memo.preparation", " Jämför kommunfullmäktiges beslut §167.");
        at("memo.preparation")
    }),
    Fault::new(
        "IOP617",
        "Avtalet är undertecknat, men inga datum är antecknade.",
        |case| case.status == "signed",
        |draft| {
            if let Some(records) = &mut draft.records {
                take(records, "signing");
            }
            at("status")
        },
    ),
    Fault::new(
        "IOP618",
        "Ett uppdrag att underteckna finns, men inget beslut om avtalet.",
        |case| matches!(case.status, "decided" | "signed") && case.decides_alone(),
        |draft| {
            if let Some(records) = &mut draft.records {
                set(records, "decision.avtal.kind", "assignment".into());
            }
            at("status")
        },
    ),
    Fault::new(
        "IOP618",
        "Två nämnder ska besluta om avtalet, men bara den ena har gjort det.",
        // Until further notice nobody would be bound any more, and what has been paid would be too much.
        |case| {
            matches!(case.status, "decided" | "signed")
                && !case.decides_alone()
                && !case.outline.is_open_ended()
        },
        |draft| {
            let other = draft.case.outline.also.unwrap_or_default();
            if let Some(records) = &mut draft.records {
                take(records, &format!("decision.avtal-{other}"));
            }
            at(format!("also_decides.{other}"))
        },
    ),
    Fault::new(
        "IOP620",
        "Avtalet är beslutat, men statusen är förslag.",
        // Of one that has begun, and of a chain, more would follow.
        |case| case.status == "decided" && case.outline.chain == 1,
        |draft| {
            set(&mut draft.agreement, "status", "proposed".into());
            at("status")
        },
    ),
    Fault::new("IOP621", "Beslutet är daterat före skrivelsen som föreslog det.", may_be_early, |draft| {
        let early = early(draft.case);
        if let Some(records) = &mut draft.records {
            set(records, "decision.avtal.date", date(early));
        }
        in_records("decision.avtal.date")
    }),
    Fault::new(
        "IOP622",
        "Avtalet prövas mot riktlinjer som beslutades senare.",
        may_name_later_guideline,
        |_| at("guideline"),
    )
    .reshaped(|outline| outline.names_later_guideline = true),
    Fault::new(
        "IOP624",
        "Kommunstyrelsen beslutade före sitt arbetsutskott.",
        |case| case.is_decided() && is_joint(case) && !case.outline.delegated,
        |draft| {
            let late = draft.case.decided + Days::new(6);
            if let Some(records) = &mut draft.records {
                set(records, "decision.beredning.date", date(late));
            }
            in_records("decision.avtal.date")
        },
    ),
    Fault::new(
        "IOP625",
        "Verksamhetsplanen, som riktlinjerna kräver, finns inte bland bilagorna.",
        |case| case.guideline == "granvik-2023",
        |draft| {
            set(&mut draft.agreement, "annex.verksamhetsplan.title", "Budget".into());
            at("annex")
        },
    ),
];

/// A day before the memo that proposed what was decided.
fn early(case: &Case) -> NaiveDate {
    case.memo - Days::new(3)
}

/// Whether an early decision is a fault and nothing more: nothing has changed the agreement, nobody else decides, and the same
/// guidelines would hold on its day.
fn may_be_early(case: &Case) -> bool {
    let is_unchanged = case.life.course == Course::Stated && case.supplement.is_none();
    let decides_alone = case.decides_alone() && !is_joint(case) && !case.outline.delegated;
    case.is_decided() && is_unchanged && decides_alone && guideline_on(early(case), false) == case.guideline
}

/// Whether it was made before the guidelines of 2023 were decided, by a committee whose registry numbers had the same form then.
fn may_name_later_guideline(case: &Case) -> bool {
    let was_before = case.term.start < day(2022, 11, 1);
    let has_same_form = case.committee_key != "social" || case.opened.year() >= 2022;
    is_alone(case) && !is_joint(case) && was_before && has_same_form
}

/// A day after the term has begun.
fn late(case: &Case) -> NaiveDate {
    case.term.start + Days::new(10)
}

/// Whether a late decision is a fault and nothing more: the same guidelines would hold on its day.
fn may_be_late(case: &Case) -> bool {
    is_signed(case) && guideline_on(late(case), is_joint(case)) == case.guideline
}
