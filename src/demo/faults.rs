//! The faults: one entry each. A fault is planted only where the program has its rule, so that an entry can be
//! written before the rule is, and takes effect the day the rule does.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::{Map, Value, json};

use super::agreement::{date, has_come};
use super::case::{AS_OF, Adjustment, Case, Outline, Payout, Shape, last_day};
use crate::check_digit;
use crate::rules;

/// From so many agreements on, there is a fault in the budget too, and there are as many in agreements as there are
/// kinds, or half as many as there are agreements.
pub(super) const LARGE: usize = 50;

/// The kinds whose rules the program has.
pub(super) fn kinds() -> impl Iterator<Item = &'static Fault> {
    FAULTS.iter().filter(|fault| rules::find(fault.code).is_some())
}

/// What a fault may change.
pub(super) struct Draft<'a> {
    /// The case that the files rest on.
    pub(super) case: &'a Case,
    /// What the agreement's file says.
    pub(super) agreement: Value,
    /// What the file of events says.
    pub(super) records: Option<Value>,
    /// Changes to the agreement's text: the first that stands there, and what replaces it.
    pub(super) replacements: Vec<(String, String)>,
}

/// Where a planted fault must be found.
pub(super) struct Found {
    /// Whether it is in the file of events.
    pub(super) in_records: bool,
    /// The key path.
    pub(super) path: String,
    /// The code, where it is not the fault's own: what cannot but follow from it.
    pub(super) code: Option<&'static str>,
}

/// A kind of fault.
pub(super) struct Fault {
    /// The code of the finding that it causes.
    pub(super) code: &'static str,
    /// What has been done, in Swedish.
    pub(super) what: &'static str,
    /// Whether the register cannot read the file any more.
    pub(super) hides_the_file: bool,
    /// Whether it rests on the other agreements of the chain, which must then be as they should.
    rests_on_chain: bool,
    /// Which agreements it can be planted in.
    fits: fn(&Case) -> bool,
    /// A change to the outline, before anything is computed from it.
    pub(super) reshape: Option<fn(&mut Outline)>,
    /// A change to what the files say.
    pub(super) plant: fn(&mut Draft<'_>) -> Vec<Found>,
}

impl Fault {
    const fn new(
        code: &'static str,
        what: &'static str,
        fits: fn(&Case) -> bool,
        plant: fn(&mut Draft<'_>) -> Vec<Found>,
    ) -> Self {
        Self { code, what, hides_the_file: false, rests_on_chain: false, fits, reshape: None, plant }
    }

    const fn unreadable(mut self) -> Self {
        self.hides_the_file = true;
        self
    }

    const fn resting_on_chain(mut self) -> Self {
        self.rests_on_chain = true;
        self
    }

    const fn reshaped(mut self, reshape: fn(&mut Outline)) -> Self {
        self.reshape = Some(reshape);
        self
    }
}

/// The finding at `path` in the agreement, with the fault's own code.
fn at(path: impl Into<String>) -> Vec<Found> {
    vec![Found { in_records: false, path: path.into(), code: None }]
}

/// The same in the file of events.
fn in_records(path: impl Into<String>) -> Vec<Found> {
    vec![Found { in_records: true, path: path.into(), code: None }]
}

/// The finding at `path`, and what follows from it where the program has that rule too.
fn at_with(path: &str, code: &'static str, following: &str) -> Vec<Found> {
    let mut found = at(path);
    if rules::find(code).is_some() {
        found.push(Found { in_records: false, path: following.to_owned(), code: Some(code) });
    }
    found
}

/// Which agreement has which fault: every tenth, or as many as there are kinds where that is more and not above half.
/// They are spread over the register, each in the first agreement from its place on that it fits.
pub(super) fn assign(agreements: usize, seed: u64) -> BTreeMap<usize, &'static Fault> {
    let kinds: Vec<&'static Fault> = kinds().collect();
    let mut count = agreements.div_ceil(10);
    if agreements >= LARGE {
        count = count.max(kinds.len().min(agreements / 2));
    }
    let turn = usize::try_from(seed % 1000).unwrap_or_default();
    let mut assigned: BTreeMap<usize, &'static Fault> = BTreeMap::new();
    let mut reserved = BTreeSet::new();
    for number in 0..count {
        let Some(fault) = kinds.get((number + turn) % kinds.len().max(1)) else { break };
        let first = number * agreements / count;
        let place = (0..agreements).map(|ahead| (first + ahead) % agreements).find(|index| {
            if assigned.contains_key(index) || reserved.contains(index) {
                return false;
            }
            let case = Outline::draw(seed, *index).settle();
            let mut before = *index - case.outline.position..*index;
            (fault.fits)(&case)
                && !(fault.rests_on_chain && before.any(|other| assigned.contains_key(&other)))
        });
        if let Some(place) = place {
            assigned.insert(place, *fault);
            if fault.rests_on_chain {
                let position = Outline::draw(seed, place).position;
                reserved.extend(place - position..place);
            }
        }
    }
    assigned
}

/// Every kind, by code. To add one: an entry here, with the code of its rule.
static FAULTS: &[Fault] = &[
    Fault::new("IOP102", "Statusen står mellan typografiska citattecken.", always, |draft| {
        let status = draft.case.status;
        draft.replacements.push((format!("status = \"{status}\""), format!("status = ”{status}”")));
        at("")
    })
    .unreadable(),
    Fault::new("IOP103", "Nyckeln purpose är felstavad.", always, |draft| {
        let purpose = take(&mut draft.agreement, "purpose");
        set(&mut draft.agreement, "pupose", purpose);
        at("pupose")
    })
    .unreadable(),
    Fault::new("IOP104", "Verksamhetens namn (activity) saknas.", always, |draft| {
        take(&mut draft.agreement, "activity");
        at("activity")
    })
    .unreadable(),
    Fault::new("IOP105", "Ett belopp är skrivet med decimalpunkt.", has_amounts, |draft| {
        let path = format!("funding.{}.amount", last_key(&draft.agreement, "funding"));
        set(&mut draft.agreement, &path, json!(500_000.5));
        at(path)
    })
    .unreadable(),
    Fault::new("IOP106", "Kommunens sida (role) är ett ord som inte finns.", always, |draft| {
        set(&mut draft.agreement, "party.kommun.role", "publik".into());
        at("party.kommun.role")
    })
    .unreadable(),
    Fault::new("IOP108", "Styrgruppen dokumenteras av en part som inte finns.", always, |draft| {
        set(&mut draft.agreement, "steering_group.styrgrupp.minutes_by", "komunen".into());
        at("steering_group.styrgrupp.minutes_by")
    }),
    Fault::new("IOP114", "En text har citat i fler led än någon kan följa.", always, |draft| {
        let text = format!("{} Ärendet har beretts av förvaltningen.", ">".repeat(40));
        set(&mut draft.agreement, "memo.preparation", text.into());
        at("memo.preparation")
    }),
    Fault::new("IOP115", "Ett personnummer står i bakgrunden.", always, |draft| {
        // A day on which nobody was born who is in any register: the number is one of those kept for tests.
        let number = format!("19121212-121{}", check_digit::of(b"121212121"));
        append(&mut draft.agreement, "clause.background.text", &format!(" Kontakten har nummer {number}."));
        at("")
    }),
    Fault::new("IOP116", "En text från mallen står kvar.", always, |draft| {
        set(
            &mut draft.agreement,
            "memo.preparation",
            "Klicka här för att skriva hur ärendet har beretts.".into(),
        );
        at("memo.preparation")
    }),
    Fault::new("IOP201", "Avtalstiden är längre än riktlinjerna tillåter.", is_alone, |_| at("term.end"))
        .reshaped(|outline| {
            outline.months = 38;
            without_steps(outline);
        }),
    Fault::new("IOP202", "Avtalstiden slutar dagen innan den börjar.", always, |draft| {
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
        outline.extensions = 0;
        outline.renews = false;
        outline.option = Some((12, 6));
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
        |case| case.outline.months != 48,
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
        "IOP211",
        "Statusen är avslutad, fast avtalstiden fortsätter och ingen dag anges.",
        |case| case.status == "signed" && case.last_day > AS_OF && !case.outline.renews,
        |draft| {
            set(&mut draft.agreement, "status", "ended".into());
            at("status")
        },
    ),
    Fault::new(
        "IOP301",
        "Ersättningen för det sista året saknas.",
        |case| {
            matches!(case.outline.shape, Shape::Yearly(_) | Shape::Rate)
                && is_alone(case)
                && case.outline.extensions == 0
                && !case.outline.rises
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
        |case| !is_joint(case),
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
    Fault::new("IOP306", "Antalet månader stämmer inte med ersättningens period.", always, |draft| {
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
                && case.outline.extensions == 0
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
    Fault::new(
        "IOP318",
        "Uppräkningen har både en serie och en fast procentsats.",
        follows_a_series,
        |draft| {
            set(&mut draft.agreement, "indexation.upprakning.flat", "2".into());
            at("indexation.upprakning")
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
        |case| matches!(case.outline.shape, Shape::Rate) && !is_joint(case) && case.is_decided(),
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
    Fault::new("IOP401", "Bakgrunden saknas, fast riktlinjerna kräver den.", always, |draft| {
        take(&mut draft.agreement, "clause.background");
        at("clause.background")
    }),
    Fault::new("IOP402", "Ett skäl som riktlinjerna kräver är besvarat med nej.", always, |draft| {
        set(&mut draft.agreement, "ground.shared-funding.answer", "no".into());
        at("ground.shared-funding.answer")
    }),
    Fault::new("IOP403", "En standardklausul har fel namn.", always, |draft| {
        let clauses = draft.agreement.get_mut("standard_clauses").and_then(Value::as_array_mut);
        let Some(clauses) = clauses else { return Vec::new() };
        clauses.push("sekretess".into());
        at(format!("standard_clauses[{}]", clauses.len() - 1))
    }),
    Fault::new("IOP404", "Originalets plats är öppen.", always, |draft| {
        set(&mut draft.agreement, "original.location", "not-stated".into());
        at("original.location")
    }),
    Fault::new("IOP405", "Målen är skrivna, men klausulen är inte med.", always, |draft| {
        if let Some(clauses) = draft.agreement.get_mut("standard_clauses").and_then(Value::as_array_mut) {
            clauses.retain(|clause| clause != "goals");
        }
        at("clause.goals")
    }),
    Fault::new("IOP406", "Ett skäl saknar motivering.", always, |draft| {
        take(&mut draft.agreement, "ground.shared-funding.reason");
        at("ground.shared-funding")
    }),
    Fault::new("IOP407", "Det är inte bedömt om någon annan kan bedriva verksamheten.", always, |draft| {
        take(&mut draft.agreement, "assessment.annan-aktor");
        at("assessment")
    }),
    Fault::new("IOP408", "Texten har ord som hör till köp av tjänster.", always, |draft| {
        append(&mut draft.agreement, "clause.background.text", " Kommunen är beställare av verksamheten.");
        at("clause.background.text")
    }),
    Fault::new(
        "IOP409",
        "Den offentliga parten är en förvaltning.",
        |case| !is_joint(case),
        |draft| {
            let name = draft.case.committee.administration.clone();
            set(&mut draft.agreement, "party.kommun.name", name.into());
            take(&mut draft.agreement, "party.kommun.legal_person");
            at("party.kommun.name")
        },
    ),
    Fault::new("IOP410", "Det framgår inte hur mycket som ska betalas vid hävning.", always, |draft| {
        take(&mut draft.agreement, "exit.havning.measure");
        at("exit.havning.measure")
    }),
    Fault::new("IOP411", "En bilaga är varken bifogad eller möjlig att hitta.", always, |draft| {
        set(
            &mut draft.agreement,
            "annex.verksamhetsplan",
            json!({ "title": "Verksamhetsplan och budget", "attached": false }),
        );
        at("annex.verksamhetsplan")
    }),
    Fault::new("IOP412", "Styrgruppen har varken platser eller möten.", always, |draft| {
        set(
            &mut draft.agreement,
            "steering_group.gemensam",
            json!({ "title": "Gemensam arbetsgrupp", "called_by": "kommun" }),
        );
        at("steering_group.gemensam")
    }),
    Fault::new("IOP413", "En fråga som riktlinjerna räknar upp är inte reglerad.", is_joint, |draft| {
        take(&mut draft.agreement, "clause.insurance");
        at("clause.insurance")
    }),
    Fault::new("IOP414", "Ett skäl som ska vara helt uppfyllt är bara delvis uppfyllt.", always, |draft| {
        set(&mut draft.agreement, "ground.initiative.answer", "partly".into());
        at("ground.initiative.answer")
    }),
    Fault::new("IOP501", "Styrgruppen möts mer sällan än riktlinjerna kräver.", always, |draft| {
        set(&mut draft.agreement, "steering_group.styrgrupp.meetings", json!({ "times": 1, "per": "year" }));
        at("steering_group.styrgrupp.meetings")
    }),
    Fault::new(
        "IOP502",
        "Rapporterna är färre än riktlinjerna kräver.",
        |case| case.guideline != "granvik-2019",
        |draft| {
            take(&mut draft.agreement, "follow_up.halvar");
            take(&mut draft.agreement, "follow_up.statistik");
            take(&mut draft.agreement, "follow_up.bokslut");
            at("follow_up")
        },
    ),
    Fault::new("IOP503", "Ingen är sammankallande för styrgruppen.", always, |draft| {
        take(&mut draft.agreement, "steering_group.styrgrupp.called_by");
        take(&mut draft.agreement, "steering_group.styrgrupp.seat.chef.convener");
        at("steering_group.styrgrupp.called_by")
    }),
    Fault::new(
        "IOP504",
        "En part saknar plats i styrgruppen.",
        |case| case.civil().len() > 1,
        |draft| {
            let Some(left_out) = draft.case.civil().last().map(|one| one.key.clone()) else {
                return Vec::new();
            };
            take(&mut draft.agreement, &format!("steering_group.styrgrupp.seat.{left_out}"));
            at("steering_group.styrgrupp.seat")
        },
    ),
    Fault::new(
        "IOP505",
        "Ingen årlig uppföljningsrapport lämnas.",
        |case| !has_reports(case) && case.outline.months > 12,
        |draft| {
            take(&mut draft.agreement, "follow_up.arsrapport");
            for other in ["halvar", "statistik", "bokslut"] {
                take(&mut draft.agreement, &format!("follow_up.{other}"));
            }
            at_with("follow_up", "IOP502", "follow_up")
        },
    ),
    Fault::new("IOP506", "Det framgår inte när en rapport ska lämnas.", always, |draft| {
        take(&mut draft.agreement, "follow_up.halvar.due");
        at("follow_up.halvar")
    }),
    Fault::new("IOP507", "En part saknar kontaktperson.", always, |draft| {
        let path = format!("party.{}.contact", draft.case.lead().key);
        take(&mut draft.agreement, &path);
        at(path)
    }),
    Fault::new("IOP508", "En årsrapport avser en tid före avtalet.", has_report, |draft| {
        let Some(records) = &mut draft.records else { return Vec::new() };
        let path = format!("report.{}.period", last_key(records, "report"));
        let before = draft.case.term.start - Days::new(1);
        set(records, &path, json!({ "start": date(before - Days::new(364)), "end": date(before) }));
        in_records(path)
    }),
    Fault::new("IOP509", "Ett styrgruppsmöte har fått fel århundrade.", has_meeting, |draft| {
        let Some(records) = &mut draft.records else { return Vec::new() };
        let path = format!("meeting.{}.date", last_key(records, "meeting"));
        set(records, &path, "2204-03-12".into());
        in_records(path)
    }),
    Fault::new("IOP511", "Årsrapporten ska lämnas den 31 februari.", always, |draft| {
        set(&mut draft.agreement, "follow_up.arsrapport.due.day", 31.into());
        at("follow_up.arsrapport.due.day")
    }),
    Fault::new("IOP512", "Halvårsrapportens avsändare är en felskriven nyckel.", always, |draft| {
        set(&mut draft.agreement, "follow_up.halvar.author", format!("{}x", draft.case.lead().key).into());
        at("follow_up.halvar.author")
    }),
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
    Fault::new("IOP605", "Beslutet fattades efter att avtalstiden hade börjat.", is_signed, |draft| {
        let late = draft.case.term.start + Days::new(10);
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
        |case| matches!(case.status, "decided" | "signed"),
        |draft| {
            if let Some(records) = &mut draft.records {
                set(records, "decision.avtal.kind", "assignment".into());
            }
            at("status")
        },
    ),
    Fault::new(
        "IOP701",
        "Verksamheten är ekonomisk och beloppet stort, men statligt stöd är inte bedömt.",
        |case| case.outline.chain == 1 && case.outline.months >= 30 && case.opened.year() >= 2020,
        |draft| {
            take(&mut draft.agreement, "assessment.statligt-stod");
            at("funding")
        },
    )
    .reshaped(|outline| {
        outline.economic = true;
        outline.monthly = outline.monthly.max(180);
        // Each organisation of an agreement has a limit and a finding of its own.
        outline.keep_lead_only();
    }),
    Fault::new(
        "IOP703",
        "Beloppet är över gränsen för direktupphandling, men frågan är inte bedömd.",
        is_above_award,
        |draft| {
            take(&mut draft.agreement, "assessment.tjanstekontrakt");
            at("legal.service")
        },
    ),
    Fault::new("IOP704", "Organisationsnumret har fel kontrollsiffra.", always, |draft| {
        let party = draft.case.lead();
        let wrong: String = party
            .number
            .char_indices()
            .map(|(at, digit)| match digit.to_digit(10).filter(|_| at + 1 == party.number.len()) {
                Some(digit) => char::from_digit((digit + 1) % 10, 10).unwrap_or('0'),
                None => digit,
            })
            .collect();
        let path = format!("party.{}.organisation_number", party.key);
        set(&mut draft.agreement, &path, wrong.into());
        at(path)
    }),
    Fault::new(
        "IOP705",
        "Skötseln av en kommunal angelägenhet lämnas över, men allmänhetens insyn är inte reglerad.",
        |case| !case.outline.hands_over,
        |draft| {
            set(&mut draft.agreement, "legal.hands_over_care", true.into());
            at("legal.hands_over_care")
        },
    ),
];

fn always(_: &Case) -> bool {
    true
}

/// The same amount a month throughout, and nothing that could make the term longer: a term that is changed has parts of
/// years, which are in proportion only then, and may reach days on which other choices would hold.
fn without_steps(outline: &mut Outline) {
    outline.rises = false;
    outline.option = None;
    outline.renews = false;
    outline.extensions = 0;
    if matches!(outline.shape, Shape::Yearly(_) | Shape::Several) {
        outline.shape = Shape::Yearly(0);
    }
}

fn is_alone(case: &Case) -> bool {
    case.outline.chain == 1
        && case.outline.extensions == 0
        && case.outline.option.is_none()
        && !case.outline.renews
}

fn is_ended(case: &Case) -> bool {
    case.status == "ended" && !case.outline.renews
}

fn is_signed(case: &Case) -> bool {
    case.is_signed() && case.term.start + Days::new(20) < AS_OF
}

fn is_joint(case: &Case) -> bool {
    case.outline.with_region || case.outline.with_neighbour
}

fn has_amounts(case: &Case) -> bool {
    case.outline.shape != Shape::Rate && !is_joint(case)
}

fn has_shares(case: &Case) -> bool {
    case.outline.payout == Payout::Shares
}

/// Whether more than one year is adjusted, so that it matters from what.
fn is_adjusted_twice(case: &Case) -> bool {
    let is_yearly = !matches!(case.outline.adjustment, Adjustment::None | Adjustment::OnExtension);
    is_yearly && case.term.years().count() > 2
}

/// Whether the adjustment follows an index.
fn follows_a_series(case: &Case) -> bool {
    matches!(case.outline.adjustment, Adjustment::Series | Adjustment::Level | Adjustment::Composite)
}

/// Whether something has been paid that is owed in full.
fn has_paid_a_year(case: &Case) -> bool {
    case.is_decided() && case.term.start + Months::new(14) < AS_OF && case.outline.shape != Shape::Ceiling
}

/// Whether a yearly report has come.
fn has_report(case: &Case) -> bool {
    let first = NaiveDate::from_ymd_opt(case.term.start.year() + 1, 2, 12);
    case.is_decided() && first.is_some_and(has_come)
}

/// Whether the steering group has met.
fn has_meeting(case: &Case) -> bool {
    let first = case.term.start + Months::new(2) + Days::new(9);
    case.is_decided() && first <= case.last_day && has_come(first)
}

/// Whether there are reports on file, which would refer to a duty that is gone.
fn has_reports(case: &Case) -> bool {
    case.is_decided() && case.term.start.year() < AS_OF.year()
}

/// Whether the value is above every limit for direct awards of such services at that time.
fn is_above_award(case: &Case) -> bool {
    let limit = if case.activity.service == "general" { 700_000 } else { 8_109_450 };
    let years = 2022..=2025;
    let known = |date: NaiveDate| years.contains(&date.year());
    known(case.opened - Months::new(2)) && known(case.term.start) && case.total() > limit
}

/// The table that holds what stands at `path`, made where it is missing, and the last key.
fn parent<'a, 'b>(root: &'a mut Value, path: &'b str) -> Option<(&'a mut Map<String, Value>, &'b str)> {
    let (above, key) = path.rsplit_once('.').map_or((None, path), |(above, key)| (Some(above), key));
    let mut table = root.as_object_mut()?;
    for key in above.into_iter().flat_map(|above| above.split('.')) {
        table = table.entry(key).or_insert_with(|| json!({})).as_object_mut()?;
    }
    Some((table, key))
}

fn set(root: &mut Value, path: &str, value: Value) {
    if let Some((table, key)) = parent(root, path) {
        table.insert(key.to_owned(), value);
    }
}

fn take(root: &mut Value, path: &str) -> Value {
    let Some((table, key)) = parent(root, path) else { return Value::Null };
    let taken = table.shift_remove(key).unwrap_or_default();
    // A table with nothing in it would not be written, and is no table then.
    if table.is_empty()
        && let Some((above, _)) = path.rsplit_once('.')
    {
        take(root, above);
    }
    taken
}

fn set_all(root: &mut Value, table: &str, key: &str, value: &Value) {
    for entry in root.get_mut(table).and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
        set(entry, key, value.clone());
    }
}

fn append(root: &mut Value, path: &str, more: &str) {
    if let Some((table, key)) = parent(root, path)
        && let Some(Value::String(text)) = table.get_mut(key)
    {
        text.push_str(more);
    }
}

fn first_key(root: &Value, table: &str) -> String {
    keys(root, table).next().unwrap_or_default().to_owned()
}

fn last_key(root: &Value, table: &str) -> String {
    keys(root, table).last().unwrap_or_default().to_owned()
}

fn keys<'a>(root: &'a Value, table: &str) -> impl Iterator<Item = &'a str> {
    root.get(table).and_then(Value::as_object).into_iter().flat_map(|table| table.keys().map(String::as_str))
}
