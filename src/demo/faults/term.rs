//! The term and what may prolong it.

use chrono::{Days, Months};

use super::edit::{append, set, take};
use super::fault::{Fault, at, at_with, in_records};
use super::fits::{is_alone, is_ended, is_not_begun, without_steps};
use crate::demo::days::{AS_OF, date};
use crate::demo::life::Course;
use crate::demo::outline::Shape;
pub(super) const FAULTS: &[Fault] = &[
    Fault::new("IOP201", "Avtalstiden är längre än riktlinjerna tillåter.", is_alone, |_| at("term.end"))
        .reshaped(|outline| {
            outline.months = 38;
            without_steps(outline);
        }),
    // A term that has no days and is over would also be one that has passed.
    Fault::new("IOP202", "Avtalstiden slutar dagen innan den börjar.", is_not_begun, |draft| {
        take(&mut draft.agreement, "term.review_by");
        take(&mut draft.agreement, "term.review_task");
        set(&mut draft.agreement, "term.end", date(draft.case.term.start - Days::new(1)));
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
    }),
    Fault::new(
        "IOP205",
        "Avtalen om samma verksamhet blir tillsammans längre än riktlinjerna tillåter.",
        |case| case.is_last() && case.outline.position == 2 && case.outline.months < 36,
        |_| at("term.end"),
    )
    .resting_on_chain()
    .reshaped(|outline| {
        outline.months = 36;
        without_steps(outline);
    }),
    Fault::new(
        "IOP206",
        "Sista dagen är årsdagen: avtalet blir en dag för långt.",
        |case| is_alone(case) && matches!(case.outline.months, 12 | 24),
        |draft| {
            let end = draft.case.term.end + Days::new(1);
            set(&mut draft.agreement, "term.end", date(end));
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
        "Avtalet gäller en månad längre än det självt tillåter åt gången.",
        |case| is_alone(case) && case.outline.months > 2,
        |draft| {
            let most = draft.case.outline.months - 1;
            set(&mut draft.agreement, "term.at_most_months_at_a_time", most.into());
            at("term.end")
        },
    )
    .reshaped(without_steps),
    Fault::new(
        "IOP214",
        "Längden i månader är en annan än mellan första och sista dagen.",
        is_alone,
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
                && !matches!(case.life.course, Course::Renewed { .. } | Course::Ended)
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
            at("term.renewal")
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
];
