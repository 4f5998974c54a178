//! From a case to what the agreement's file says.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::{Map, Value, json};

use super::case::{
    AS_OF, Adjustment, Case, NOTICE_MONTHS, Organisation, Payout, Shape, extension_agreed, last_day,
    organisation_number, renewal_limit,
};
use super::draw::Draw;
use super::stock::{NAMES, TEXTS, Titled, fill};
use crate::text;

/// The grounds of each guideline profile, in its order.
const GROUNDS: [(&str, &[&str]); 3] = [
    (
        "granvik-2019",
        &["initiative", "political-plan", "no-market", "shared-funding", "independence", "open-to-all"],
    ),
    ("granvik-2023", &["need", "initiative", "added-value", "shared-funding", "no-market", "evaluation"]),
    ("granvik-samverkan-2019", &["several-actors", "initiative", "shared-funding", "no-market"]),
];

/// What the agreement's file says.
pub(super) fn agreement(case: &Case) -> Value {
    let mut writer = Writer { case, draw: case.draw() };
    let mut root = Map::new();
    writer.head(&mut root);
    root.insert("party".to_owned(), writer.parties());
    root.insert("legal".to_owned(), writer.legal());
    writer.money(&mut root);
    writer.grounds_and_assessments(&mut root);
    writer.content(&mut root);
    writer.governance(&mut root);
    root.insert("exit".to_owned(), writer.exits());
    root.insert("annex".to_owned(), writer.annexes());
    root.insert("clause".to_owned(), writer.clauses());
    root.insert("memo".to_owned(), writer.memo());
    let clauses = standard_clauses(&root);
    root.insert("standard_clauses".to_owned(), clauses);
    Value::Object(root)
}

/// The standard clauses that have something to show.
fn standard_clauses(root: &Map<String, Value>) -> Value {
    const ALL: [&str; 21] = [
        "value-basis",
        "purpose",
        "target-group",
        "goals",
        "exclusions",
        "parties",
        "relation",
        "compliance",
        "employer",
        "grounds",
        "communication",
        "undertakings",
        "development",
        "steering",
        "follow-up",
        "contacts",
        "term",
        "economy",
        "payouts",
        "exit",
        "annexes",
    ];
    let has_data = |key: &&&str| match **key {
        "exclusions" => root.contains_key("exclusion"),
        "development" => root.contains_key("development"),
        _ => true,
    };
    ALL.iter().filter(has_data).copied().collect::<Vec<_>>().into()
}

/// Writes the texts of one case.
struct Writer<'a> {
    case: &'a Case,
    draw: Draw,
}

impl Writer<'_> {
    /// One of the sentences, with its words filled in.
    fn one(&mut self, of: &[String]) -> String {
        fill(self.draw.pick::<String>(of), &self.case.filling)
    }

    /// So many of the sentences, in their own order.
    fn some(&mut self, of: &[String], count: usize) -> Vec<String> {
        self.draw.some(of, count).into_iter().map(|text| fill(text, &self.case.filling)).collect()
    }

    /// Between `least` and one more of them.
    fn about(&mut self, of: &[String], least: u32) -> Vec<String> {
        let count = self.draw.position(2) + usize::try_from(least).unwrap_or_default();
        self.some(of, count)
    }

    /// So many of the sentences as one paragraph.
    fn paragraph(&mut self, of: &[String], count: usize) -> String {
        self.some(of, count).join(" ")
    }

    fn titled(&mut self, of: &[Titled], count: usize, prefix: &str) -> Value {
        let chosen = self.draw.some(of, count);
        chosen
            .into_iter()
            .zip(1..)
            .map(|(one, number)| {
                let text = fill(&one.text, &self.case.filling);
                (format!("{prefix}-{number}"), json!({ "title": one.title, "text": text }))
            })
            .collect::<Map<_, _>>()
            .into()
    }

    fn head(&mut self, root: &mut Map<String, Value>) {
        let case = self.case;
        let about = case.activity;
        let mut set = |key: &str, value: Value| _ = root.insert(key.to_owned(), value);
        set("title", self.one(&about.titles).into());
        set("activity", case.activity_key.clone().into());
        set("status", case.status.into());
        if case.outline.calls_itself_avtal() {
            set("document_word", "avtal".into());
        }
        set("dated", date(case.dated));
        set("guideline", case.guideline.into());
        set("committee", case.committee_key.into());
        if let Some(before) = &case.continues {
            set("continues", before.clone().into());
        }
        set("purpose", self.one(&about.purposes).into());
        set("case", json!({ "registry_number": case.registry_number(), "opened": date(case.opened) }));
        let copies = 1 + u64::from(case.outline.with_region) + case.civil().len() as u64;
        set("original", json!({ "location": "kommunens diarium", "copies": copies }));
        let mut group = json!({ "direct": self.about(&about.targets, 2) });
        if self.draw.chance(60) {
            group["indirect"] = self.one(&about.indirect).into();
        }
        set("target_group", group);
        set("term", self.term());
        if case.outline.extensions > 0 {
            set("extension", extensions(case));
        }
    }

    fn term(&mut self) -> Value {
        let (case, outline) = (self.case, &self.case.outline);
        let mut term = json!({ "start": date(case.term.start), "end": date(case.term.end) });
        if outline.months >= 12 && self.draw.chance(70) {
            term["review_by"] = date(last_day(case.term.start, outline.months - 5 - outline.months / 8));
            term["review_task"] = self.one(&TEXTS.review_task).into();
        }
        if outline.extensions > 0 {
            term["at_most_months_at_a_time"] = outline.months.max(12).into();
        }
        if let Some((months, times)) = outline.option {
            let mut option = json!({ "months": months, "notice_by": date(case.term.end - Months::new(5)), "by": "kommun",
                "condition": "uppföljningen visar att målen nås" });
            if times > 1 {
                option["times"] = times.into();
            }
            term["option"] = json!({ "forlangning": option });
        }
        if outline.renews {
            term["renewal"] = json!({ "months": 12, "notice_months": NOTICE_MONTHS, "until": date(renewal_limit(case.term)) });
        }
        term
    }

    fn parties(&mut self) -> Value {
        let case = self.case;
        let mut parties = Map::new();
        let authority = if case.outline.delegated { "delegation" } else { "assignment" };
        let evidence = if case.outline.delegated {
            format!(
                "{} delegationsordning, punkt 4.{}",
                text::genitive(&case.organ),
                1 + case.outline.index % 8
            )
        } else {
            format!("beslut av {} i ärende {}", case.organ, case.registry_number())
        };
        parties.insert(
            "kommun".to_owned(),
            json!({
                "role": "public",
                "legal_person": NAMES.municipality,
                "organ": text::capitalised(&case.organ),
                "name": NAMES.municipality,
                "short_name": "kommunen",
                "form": "municipality",
                "organisation_number": organisation_number("21", 1),
                "signatory": { "chef": { "title": case.committee.head, "authority": authority, "evidence": evidence, "place": "Granvik" } },
                "contact": { "verksamhet": { "function": case.committee.contact, "email": "withheld", "phone": "withheld" } },
            }),
        );
        for (is_party, key, name, called, form, serial, function) in [
            (
                case.outline.with_region,
                "region",
                &NAMES.region,
                "regionen",
                "region",
                2,
                "primärvårdsdirektör",
            ),
            (
                case.outline.with_neighbour,
                "grannkommun",
                &NAMES.neighbour,
                "Sjövallens kommun",
                "municipality",
                3,
                "socialchef",
            ),
        ] {
            if is_party {
                parties.insert(
                    key.to_owned(),
                    json!({
                        "role": "public",
                        "legal_person": name,
                        "organ": if key == "region" { "Regionstyrelsen" } else { "Kommunstyrelsen" },
                        "name": name,
                        "short_name": called,
                        "form": form,
                        "organisation_number": organisation_number("21", serial),
                        "signatory": { "chef": { "title": function, "authority": "delegation", "evidence": "styrelsens delegationsordning, punkt 2.1" } },
                        "contact": { "samordning": { "function": "samordnare för civilsamhälle", "email": "withheld" } },
                    }),
                );
            }
        }
        for (number, organisation) in case.civil().iter().enumerate() {
            parties.insert(organisation.key.clone(), self.civil_party(organisation, number == 0));
        }
        parties.into()
    }

    fn civil_party(&mut self, organisation: &Organisation, is_lead: bool) -> Value {
        let form = organisation.form();
        let mut signatory = Map::new();
        let minutes = format!(
            "protokoll från konstituerande styrelsemöte {}, § {}",
            self.case.opened.year(),
            3 + self.draw.below(9)
        );
        let proof = |title: &str| json!({ "title": title, "authority": "articles", "evidence": minutes, "place": "Granvik" });
        signatory.insert("ordforande".to_owned(), proof(&form.chair));
        if self.draw.chance(40) {
            signatory.insert("andra".to_owned(), proof(&form.second));
        }
        let reach = if self.draw.chance(50) { "email" } else { "phone" };
        let mut party = json!({
            "role": "civil-society",
            "name": organisation.name,
            "short_name": organisation.called,
            "form": organisation.form,
            "organisation_number": organisation.number,
            "seat": "Granvik",
            "civil_society_register": self.draw.chance(40),
        });
        let about = if is_lead {
            format!("{} {}", self.one(&TEXTS.about_lead), self.one(&TEXTS.about_more))
        } else {
            self.one(&TEXTS.about_partner).replace("{other}", &organisation.called)
        };
        party["about"] = about.into();
        party["signatory"] = signatory.into();
        party["contact"] =
            json!({ "verksamhetsledare": { "function": "verksamhetsledare", reach: "withheld" } });
        party
    }

    fn legal(&mut self) -> Value {
        json!({
            "economic_activity": self.case.outline.economic,
            "service": self.case.activity.service,
            "hands_over_care": self.case.outline.hands_over,
        })
    }

    fn money(&mut self, root: &mut Map<String, Value>) {
        let case = self.case;
        let cost = case.total() / 1000 * i64::from(13 + self.draw.below(8)) / 10 * 1000;
        let unused = self.one(&TEXTS.unused_money);
        root.insert(
            "economy".to_owned(),
            json!({ "instrument": "grant", "vat": "none", "partial_funding": true, "total_cost": cost, "unused_money": unused }),
        );
        root.insert("funding".to_owned(), funding(case));
        let mut kinds = Map::new();
        for (what, number) in self.about(&case.activity.in_kind, 2).into_iter().zip(1..) {
            kinds.insert(format!("insats-{number}"), json!({ "party": case.lead().key, "what": what }));
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

    fn grounds_and_assessments(&mut self, root: &mut Map<String, Value>) {
        let case = self.case;
        let keys = GROUNDS
            .iter()
            .find(|(guideline, _)| *guideline == case.guideline)
            .map_or(&[][..], |(_, keys)| *keys);
        let mut grounds = Map::new();
        for key in keys {
            let answer = if *key != "initiative" && self.draw.chance(8) { "partly" } else { "yes" };
            let reason = TEXTS.ground.get(*key).map(|reasons| self.one(reasons)).unwrap_or_default();
            grounds.insert((*key).to_owned(), json!({ "answer": answer, "reason": reason }));
        }
        root.insert("ground".to_owned(), grounds.into());

        let day = date(case.dated - Days::new(12));
        let mut assessments = Map::new();
        let mut add = |key: &str, kind: &str, conclusion: String| {
            let by = if kind == "procurement" { "kommunjuristen" } else { "kommun" };
            assessments.insert(
                key.to_owned(),
                json!({ "kind": kind, "by": by, "conclusion": conclusion, "date": day, "registry_number": case.registry_number() }),
            );
        };
        add("annan-aktor", "no-other-actor", self.one(&TEXTS.no_other_actor));
        add("tjanstekontrakt", "procurement", self.one(&TEXTS.procurement));
        if case.outline.economic || self.draw.chance(30) {
            add("statligt-stod", "state-aid", self.one(&TEXTS.state_aid));
        }
        if self.draw.chance(25) {
            add("nytta", "cost-benefit", self.one(&TEXTS.cost_benefit));
        }
        root.insert("assessment".to_owned(), assessments.into());
    }

    fn content(&mut self, root: &mut Map<String, Value>) {
        let (case, about) = (self.case, self.case.activity);
        let goals = 2 + self.draw.position(2);
        root.insert("goal".to_owned(), self.titled(&about.goals, goals, "mal"));
        if self.draw.chance(75) {
            let exclusions = self.about(&about.exclusions, 1);
            let exclusions: Map<String, Value> = exclusions
                .into_iter()
                .zip(1..)
                .map(|(what, number)| (format!("utanfor-{number}"), what.into()))
                .collect();
            root.insert("exclusion".to_owned(), exclusions.into());
        }
        let mut undertakings = Map::new();
        let mut add = |key: &str, lead: String, items: Vec<String>| {
            undertakings.insert(key.to_owned(), json!({ "party": key, "lead": lead, "items": items }));
        };
        let items = self.about(&about.does, 5);
        add(&case.lead().key, format!("{} ska", text::capitalised(&case.lead().called)), items);
        for organisation in &case.civil()[1..] {
            let items = self.about(&TEXTS.partner_does, 2);
            add(&organisation.key, format!("{} ska", organisation.called), items);
        }
        let mut items = self.about(&TEXTS.town_general, 4);
        items.extend(self.about(&about.town, 1));
        add("kommun", "Kommunen ska".to_owned(), items);
        if case.outline.with_region {
            add("region", "Regionen ska".to_owned(), self.some(&TEXTS.region_does, 3));
        }
        if case.outline.with_neighbour {
            add("grannkommun", "Sjövallens kommun ska".to_owned(), self.some(&TEXTS.neighbour_does, 3));
        }
        root.insert("undertaking".to_owned(), undertakings.into());
        if self.draw.chance(65) {
            let count = 1 + self.draw.position(2);
            root.insert("development".to_owned(), self.titled(&about.development, count, "omrade"));
        }
    }

    fn governance(&mut self, root: &mut Map<String, Value>) {
        let case = self.case;
        let lead = case.lead();
        let joint = case.guideline == "granvik-samverkan-2019";
        let often: &[(u32, &str)] = if joint {
            &[(3, "year"), (1, "quarter"), (2, "half-year")]
        } else {
            &[(2, "year"), (1, "half-year"), (3, "year"), (1, "quarter"), (4, "year")]
        };
        let (times, per) = *self.draw.pick(often);
        let mut seats = Map::new();
        seats.insert(
            "chef".to_owned(),
            json!({ "function": case.committee.contact, "party": "kommun", "convener": true }),
        );
        for (is_party, key) in
            [(case.outline.with_region, "region"), (case.outline.with_neighbour, "grannkommun")]
        {
            if is_party {
                seats.insert(
                    key.to_owned(),
                    json!({ "function": "samordnare för civilsamhälle", "party": key }),
                );
            }
        }
        for organisation in case.civil() {
            let function = self.one(&TEXTS.seats);
            seats
                .insert(organisation.key.clone(), json!({ "function": function, "party": organisation.key }));
        }
        let minutes_by = if self.draw.chance(70) { "kommun" } else { lead.key.as_str() };
        let mut group = json!({
            "title": "Styrgrupp",
            "tasks": self.about(&TEXTS.steering_tasks, 3),
            "meetings": { "times": times, "per": per },
            "called_by": "kommun",
            "minutes_by": minutes_by,
        });
        if self.draw.chance(60) {
            group["decides_by"] = "consensus".into();
        }
        group["seat"] = seats.into();
        root.insert("steering_group".to_owned(), json!({ "styrgrupp": group }));

        let mut duties = Map::new();
        duties.insert(
            "halvar".to_owned(),
            json!({ "kind": "activity-report", "title": "Halvårsrapport", "every": "half-year", "at_least_per_year": 2,
                "author": lead.key, "receiver": "kommun", "due": { "days_after_period": 45 }, "contents": self.about(&TEXTS.report_contents, 2) }),
        );
        duties.insert(
            "arsrapport".to_owned(),
            json!({ "kind": "yearly-report", "every": "year", "author": lead.key, "receiver": "kommun",
                "due": { "month": 2, "day": 15 }, "contents": self.about(&TEXTS.report_contents, 3), "use_for": self.one(&TEXTS.use_for) }),
        );
        duties.insert(
            "namnd".to_owned(),
            json!({ "kind": "committee-account", "every": "year", "author": "kommun", "receiver": case.organ, "due": { "month": 3 } }),
        );
        if self.draw.chance(45) {
            duties.insert(
                "statistik".to_owned(),
                json!({ "kind": "statistics", "title": "Statistik uppdelad på kön", "every": "half-year", "author": lead.key,
                    "receiver": "kommun", "due": { "days_after_period": 30 } }),
            );
        }
        if self.draw.chance(40) {
            duties.insert(
                "bokslut".to_owned(),
                json!({ "kind": "annual-accounts", "every": "year", "author": lead.key, "receiver": "kommun", "due": { "month": 6 } }),
            );
        }
        if self.draw.chance(30) {
            duties.insert(
                "arbetsdag".to_owned(),
                json!({ "kind": "workshop", "every": "year", "author": lead.key, "receiver": "styrgruppen", "due": { "words": "på våren" } }),
            );
        }
        if case.outline.months >= 18 && self.draw.chance(40) {
            let due = date(last_day(case.term.start, case.outline.months / 2));
            duties.insert(
                "halvtid".to_owned(),
                json!({ "kind": "mid-term-review", "every": "once", "author": "kommun", "receiver": "styrgruppen", "due": { "date": due } }),
            );
        }
        if self.draw.chance(50) {
            let due = date(case.last_day + Months::new(2));
            duties.insert(
                "slut".to_owned(),
                json!({ "kind": "final-evaluation", "title": "Gemensam slutvärdering", "every": "once", "author": "kommun",
                    "receiver": case.organ, "due": { "date": due } }),
            );
        }
        root.insert("follow_up".to_owned(), duties.into());
    }

    fn exits(&mut self) -> Value {
        let mut exits = Map::new();
        let mut add = |key: &str, value: Value| _ = exits.insert(key.to_owned(), value);
        if self.draw.chance(50) {
            add(
                "avvikelse",
                json!({ "cause": ["plan-deviation"], "means": "dialogue", "decided_by": "styrgruppen" }),
            );
        }
        if self.draw.chance(50) {
            add("omforhandling", json!({ "cause": ["purpose-or-values"], "means": "renegotiation" }));
        }
        let months = *self.draw.pick(&[3, 3, 6]);
        if self.draw.chance(60) {
            add(
                "uppsagning",
                json!({ "cause": ["breach", "changed-circumstances"], "means": "notice", "dialogue_first": true, "notice_months": months }),
            );
        } else {
            add("uppsagning", json!({ "cause": ["any"], "means": "notice", "notice_months": months }));
        }
        if self.draw.chance(40) {
            add("lag", json!({ "cause": ["law-change"], "means": "immediate" }));
        }
        let liable = self.one(&TEXTS.liable);
        let (consequence, measure) = if self.draw.chance(60) {
            ("repayment", self.one(&TEXTS.repayment))
        } else {
            ("compensation", self.one(&TEXTS.compensation))
        };
        add(
            "havning",
            json!({ "cause": ["unremedied-breach"], "means": "rescission", "consequence": consequence, "liable": liable, "measure": measure }),
        );
        let means = if self.draw.chance(70) { "dialogue" } else { "court" };
        add("tvist", json!({ "cause": ["dispute"], "means": means }));
        exits.into()
    }

    fn annexes(&mut self) -> Value {
        let day = date(self.case.dated - Days::new(7));
        let mut annexes = json!({ "verksamhetsplan": { "title": "Verksamhetsplan och budget", "date": day, "attached": true } });
        if self.draw.chance(50) {
            annexes["rapportmall"] = json!({ "title": "Mall för årlig uppföljningsrapport", "date": "2019-10-01",
                "registry_number": "KS 2019/1207", "attached": false });
        }
        if self.draw.chance(40) {
            annexes["stadgar"] = json!({ "title": format!("Stadgar för {}", self.case.lead().name), "date": day, "attached": true });
        }
        annexes
    }

    fn clauses(&mut self) -> Value {
        let about = self.case.activity;
        let mut clauses = Map::new();
        let mut add = |key: &str, value: Value| _ = clauses.insert(key.to_owned(), value);
        let background = [
            self.paragraph(&about.needs, 3),
            format!("{} {}", self.one(&about.history), self.one(&TEXTS.background_close)),
            self.paragraph(&TEXTS.background_mutual, 2),
        ];
        add("background", json!({ "text": background.join("\n\n") }));
        if self.draw.chance(60) {
            add("value-basis", json!({ "addition": self.paragraph(&TEXTS.value_basis, 2) }));
        }
        if self.draw.chance(60) {
            add("steering", json!({ "addition": self.paragraph(&TEXTS.steering, 2) }));
        }
        if self.draw.chance(60) {
            add("exit", json!({ "addition": self.one(&TEXTS.exit) }));
        }
        let mut own = |writer: &mut Self, key: &str, heading: &str, texts: &[String]| {
            let text = writer.one(texts);
            add(key, json!({ "heading": heading, "text": text }));
        };
        if self.draw.chance(60) {
            own(self, "volontarer", &TEXTS.volunteers_heading, &TEXTS.volunteers);
        }
        if about.children {
            own(self, "background-checks", &TEXTS.checks_heading, &TEXTS.checks);
        }
        own(self, "insurance", &TEXTS.insurance_heading, &TEXTS.insurance);
        own(self, "data-protection", &TEXTS.data_heading, &TEXTS.data);
        if self.case.outline.hands_over {
            own(self, "public-insight", &TEXTS.insight_heading, &TEXTS.insight);
        }
        if self.draw.chance(50) {
            own(self, "larande", &TEXTS.evaluation_heading, &TEXTS.evaluation);
        }
        clauses.into()
    }

    fn memo(&mut self) -> Value {
        let (case, texts) = (self.case, &TEXTS.memo);
        let mut memo = json!({
            "dated": date(case.memo),
            "administration": case.committee.administration,
            "handler": { "title": case.committee.handler },
            "signer": { "chef": { "title": case.committee.head } },
            "executor": case.committee.head_definite,
            "report_back": self.one(&texts.report_back),
            "reason_now": self.one(&case.activity.reasons),
        });
        if self.draw.chance(40) {
            memo["points"] = self.some(&texts.points, 1).into();
        }
        memo["matter"] =
            format!("{}\n\n{}", self.paragraph(&texts.matter, 2), self.paragraph(&case.activity.needs, 2))
                .into();
        memo["presentation"] = self.paragraph(&texts.presentation, 3).into();
        memo["preparation"] = self.one(&texts.preparation).into();
        memo["childs_best"] = self.one(&case.activity.child).into();
        if let Some(first) =
            case.components.iter().find(|component| component.rate.is_none() && component.payer == "kommun")
        {
            memo["economy"] = self.one(&texts.economy).replace("{belopp}", &spaced(first.kronor)).into();
        }
        let lead = &case.lead().name;
        memo["basis"] = json!({
            "forslag": { "title": format!("{}, förslag till partnerskap", text::capitalised(lead)), "date": date(case.opened), "registry_number": case.registry_number() },
            "plan": { "title": "Verksamhetsplan och budget", "date": date(case.dated - Days::new(7)) },
        });
        memo["distribution"] = json!({
            "execution": [case.filling[8]],
            "information": [lead, "ekonomiavdelningen"],
        });
        memo
    }
}

fn extensions(case: &Case) -> Value {
    let mut extensions = Map::new();
    for number in 1..=case.outline.extensions {
        let before = last_day(case.term.start, case.outline.months + 6 * (number - 1));
        let key = format!("forlangning-{number}");
        let until = date(last_day(case.term.start, case.outline.months + 6 * number));
        extensions.insert(
            key.clone(),
            json!({ "until": until, "dated": date(extension_agreed(before)), "decision": key }),
        );
    }
    extensions.into()
}

fn funding(case: &Case) -> Value {
    let mut all = Map::new();
    let several = case.civil().len() > 1;
    for component in &case.components {
        let mut one = Map::new();
        let mut set = |key: &str, value: Value| _ = one.insert(key.to_owned(), value);
        if let Some(title) = &component.title {
            set("title", title.clone().into());
        }
        set("payer", component.payer.into());
        if several {
            let to_partner = component.key.starts_with("lokal-");
            let payee = if to_partner { &case.civil()[1] } else { case.lead() };
            set("payee", payee.key.clone().into());
        }
        if let Some(period) = component.period {
            set("period", json!({ "start": date(period.start), "end": date(period.end) }));
        }
        set("months", component.months.into());
        match component.rate {
            Some((amount, count)) => {
                set(
                    "rate",
                    json!({ "amount": amount, "unit": case.activity.unit, "count": count, "per": "month" }),
                );
            }
            None => set("amount", component.kronor.into()),
        }
        if case.outline.shape == Shape::Ceiling && component.payer == "kommun" {
            set("ceiling", true.into());
        }
        if component.payer == "kommun" {
            set("source", "own-frame".into());
            set("budget_line", case.committee.line.clone().into());
            set("account_code", case.committee.account.clone().into());
        }
        if let Some(decision) = component.decision {
            set("decision", decision.into());
        }
        all.insert(component.key.clone(), one.into());
    }
    all.into()
}

fn payout_plans(case: &Case) -> Value {
    let months = case.outline.months;
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
    let short = months <= 12;
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
        Payout::Twice => ("halvarsvis", with(regular(6), json!({ "method": "invoice", "days_to_pay": 30 }))),
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
            "amounts": "before-adjustment", "method": "chained", "lag_years": 2, "floor": "0", "round_to": "krona" }),
        Adjustment::Flat => {
            json!({ "years": years, "flat": "2,0", "amounts": "after-adjustment", "method": "chained" })
        }
        Adjustment::OnExtension => json!({ "series": "granvik-priskompensation", "applies": "on-extension",
            "amounts": "before-adjustment", "method": "chained", "cap": "4" }),
    })
}

/// A date as the files have it.
pub(super) fn date(date: NaiveDate) -> Value {
    date.to_string().into()
}

/// "1 250 000", as running text has it.
fn spaced(kronor: i64) -> String {
    crate::money::grouped(kronor.into()).replace(text::NBSP, " ")
}

/// Whether the day has come.
pub(super) fn has_come(day: NaiveDate) -> bool {
    day <= AS_OF
}
