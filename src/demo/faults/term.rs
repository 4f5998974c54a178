//! The term and what may prolong it.

use chrono::{Days, Months};

use super::edit::{append, end_of_term, set, set_end, take};
use super::fault::{Fault, at, at_with, following_at, in_records};
use super::fits::{is_alone, is_ended, is_not_begun, without_steps};
use crate::demo::days::{AS_OF, date};
use crate::demo::life::Course;
use crate::demo::outline::Shape;
pub(super) const FAULTS: &[Fault] = &[
    Fault::new("IOP201", "Avtalstiden är längre än riktlinjerna tillåter.", is_alone, |draft| {
        at(end_of_term(&draft.agreement))
    })
    .reshaped(|outline| {
        outline.months = 38;
        without_steps(outline);
    }),
    Fault::new(
        "IOP201",
        "Avtalet gäller tills vidare, och ingen har beslutat att godta det.",
        |case| case.outline.is_open_ended(),
        |draft| {
            if let Some(records) = &mut draft.records {
                take(records, "waiver");
            }
            at("term.until_further_notice")
        },
    ),
    // A term that has no days and is over would also be one that has passed.
    Fault::new("IOP202", "Avtalstiden slutar dagen innan den börjar.", is_not_begun, |draft| {
        take(&mut draft.agreement, "term.review_by");
        take(&mut draft.agreement, "term.review_task");
        set_end(&mut draft.agreement, date(draft.case.term.start - Days::new(1)));
        // A decision cannot name a time that is none.
        at_with("term.end", "IOP609", "memo")
    }),
    Fault::new("IOP203", "Avtalstiden har gått ut men statusen är inte ändrad.", is_ended, |draft| {
        set(&mut draft.agreement, "status", "signed".into());
        at("status")
    }),
    Fault::new(
        "IOP204",
        "Avtalstiden med optioner är längre än riktlinjerna tillåter.",
        is_alone,
        |_| at("term.option"),
    )
    .reshaped(|outline| {
        outline.course = Course::Optional { months: 12, times: 6, is_used: false };
        outline.before = None;
    }),
    Fault::new(
        "IOP215",
        "Optionen ger en längre förlängning än riktlinjerna tillåter.",
        |case| is_alone(case) && case.guideline == "granvik-2023",
        |_| at("term.option.forlangning.months"),
    )
    .reshaped(|outline| {
        outline.course = Course::Optional { months: 18, times: 1, is_used: false };
        outline.before = None;
    }),
    Fault::new(
        "IOP216",
        "Uppsägningstiden är kortare än riktlinjerna kräver.",
        |case| is_alone(case) && case.guideline == "granvik-2023",
        |draft| {
            set(&mut draft.agreement, "exit.uppsagning.notice_months", 1.into());
            at("exit.uppsagning.notice_months")
        },
    ),
    Fault::new(
        "IOP205",
        "Avtalen om samma verksamhet blir tillsammans längre än riktlinjerna tillåter.",
        |case| case.is_last() && case.outline.position == 2 && case.outline.months < 36,
        |draft| at(end_of_term(&draft.agreement)),
    )
    .resting_on_chain()
    .reshaped(|outline| {
        outline.months = 36;
        without_steps(outline);
    }),
    Fault::new(
        "IOP205",
        "Avtalet och det som det följer på blir tillsammans längre än riktlinjerna tillåter.",
        |case| is_alone(case) && case.outline.months >= 18,
        |draft| at(end_of_term(&draft.agreement)),
    )
    .reshaped(|outline| {
        outline.before = Some(60);
    }),
    Fault::new(
        "IOP206",
        "Sista dagen är årsdagen: avtalet blir en dag för långt.",
        |case| is_alone(case) && matches!(case.outline.months, 12 | 24),
        |draft| {
            let end = draft.case.term.end + Days::new(1);
            set_end(&mut draft.agreement, date(end));
            take(&mut draft.agreement, "term.at_most_months_at_a_time");
            // The amounts cover the whole term, whose months are no longer whole.
            for component in &draft.case.components {
                take(&mut draft.agreement, &format!("funding.{}.months", component.key));
            }
            at("term.end")
        },
    )
    .reshaped(|outline| {
        without_steps(outline);
        outline.shape = Shape::Whole;
    }),
    Fault::new("IOP207", "Översynen ligger efter avtalstidens slut.", is_alone, |draft| {
        set(&mut draft.agreement, "term.review_by", date(draft.case.last_day + Months::new(3)));
        at("term.review_by")
    }),
    Fault::new(
        "IOP208",
        "Texten säger en annan avtalstid än datumen.",
        |case| case.outline.months != 48 && case.life.course == Course::Stated,
        |draft| {
            append(&mut draft.agreement, "clause.background.text", " Avtalet gäller i fyra år.");
            at("clause.background.text")
        },
    ),
    Fault::new(
        "IOP209",
        "Avtalet överlappar det avtal som det avlöser.",
        |case| case.is_last() && case.outline.position > 0 && case.status != "draft",
        |_| at("term.start"),
    )
    .resting_on_chain()
    .reshaped(|outline| {
        outline.start = outline.start - Months::new(1);
        without_steps(outline);
    }),
    Fault::new(
        "IOP210",
        "Optionen förlänger avtalet med längre tid än det självt tillåter åt gången.",
        is_alone,
        |draft| {
            set(&mut draft.agreement, "term.at_most_months_at_a_time", 5.into());
            at("term.option.forlangning.months")
        },
    )
    .reshaped(|outline| {
        outline.course = Course::Optional { months: 6, times: 1, is_used: false };
        outline.before = None;
    }),
    Fault::new(
        "IOP214",
        "Längden i månader är en annan än mellan första och sista dagen.",
        |case| is_alone(case) && !case.outline.says_months,
        |draft| {
            set(&mut draft.agreement, "term.months", (draft.case.outline.months + 1).into());
            at("term.months")
        },
    ),
    Fault::new(
        "IOP211",
        "Statusen är avslutad, fast avtalstiden fortsätter och ingen dag anges.",
        |case| {
            case.status == "signed"
                && case.last_day > AS_OF
                && !matches!(case.life.course, Course::Renewed { .. } | Course::Open { .. } | Course::Ended)
        },
        |draft| {
            set(&mut draft.agreement, "status", "ended".into());
            at("status")
        },
    ),
    Fault::new(
        "IOP204",
        "Avtalet förlängs utan bortre gräns, och ingen har beslutat att godta det.",
        |case| matches!(case.life.course, Course::Renewed { is_endless: true, .. }),
        |draft| {
            if let Some(records) = &mut draft.records {
                take(records, "waiver");
            }
            at("term.renewal.months")
        },
    ),
    Fault::new(
        "IOP211",
        "Avtalet ska upphöra i förtid efter sin sista dag.",
        |case| case.life.course == Course::Ended,
        |draft| {
            set(&mut draft.agreement, "term.ended", date(draft.case.term.end + Days::new(30)));
            at("term.ended")
        },
    ),
    Fault::new(
        "IOP212",
        "Uppsägningen kom fram innan den skickades.",
        |case| case.life.decisions().iter().any(|later| later.notice.is_some()),
        |draft| {
            let received = draft.case.life.decisions().iter().find_map(|later| Some(later.notice?.1));
            if let (Some(records), Some(received)) = (&mut draft.records, received) {
                set(records, "decision.uppsagning.sent", date(received + Days::new(2)));
            }
            in_records("decision.uppsagning.received")
        },
    ),
    Fault::new(
        "IOP212",
        "Förlängningen är daterad efter sin egen sista dag.",
        |case| {
            matches!(case.life.course, Course::Extended { times: 1, .. })
                && case.last_day + Days::new(20) < AS_OF
        },
        |draft| {
            let late = draft.case.last_day + Days::new(10);
            set(&mut draft.agreement, "extension.forlangning-1.dated", date(late));
            at("extension.forlangning-1.dated")
        },
    ),
    Fault::new(
        "IOP213",
        "Mellan avtalet och det som det avlöser är en månad utan avtal.",
        |case| case.is_last() && case.outline.position > 0 && case.status != "draft",
        |_| at("term.start"),
    )
    .resting_on_chain()
    .reshaped(|outline| {
        outline.start = outline.start + Months::new(1);
        without_steps(outline);
    }),
    Fault::new(
        "IOP213",
        "Förlängningen börjar en vecka efter den dag då avtalet slutade.",
        |case| matches!(case.life.course, Course::Extended { times: 1, .. }),
        |draft| {
            let last = draft.case.term.end;
            set(&mut draft.agreement, "extension.forlangning-1.from", date(last + Days::new(8)));
            // The money stays that of the whole time.
            let next = date(last + Days::new(1));
            let funding = draft.agreement["funding"].as_object().into_iter().flatten();
            let over_gap = funding.filter(|(_, one)| one["period"]["start"] == next);
            let told =
                over_gap.filter_map(|(key, _)| following_at("IOP302", &format!("funding.{key}.period")));
            at("extension.forlangning-1.from").into_iter().chain(told).collect()
        },
    ),
    Fault::new(
        "IOP213",
        "Mellan avtalet och det som det följer på, som inte finns i registret, är en månad utan avtal.",
        |case| case.outline.before.is_some() && case.status != "draft",
        |draft| {
            let Some(before) = draft.case.before() else { return Vec::new() };
            set(&mut draft.agreement, "predecessor.period.end", date(before.end - Months::new(1)));
            at("term.start")
        },
    ),
];
