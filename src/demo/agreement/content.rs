//! Why the partnership is entered into, and what the parties do in it.

use chrono::Days;
use serde_json::{Map, Value, json};

use super::writer::Writer;
use crate::demo::days::date;
use crate::demo::stock::TEXTS;
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

impl Writer<'_> {
    pub(super) fn grounds_and_assessments(&mut self, root: &mut Map<String, Value>) {
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

    pub(super) fn content(&mut self, root: &mut Map<String, Value>) {
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
        if let (Some((_, count)), Some(units)) =
            (case.components.iter().find_map(|one| one.rate), &about.units)
        {
            let grows = case.components.iter().find_map(|one| one.step);
            let is_most = grows.is_none() && case.outline.lead_days.is_multiple_of(3);
            let bound = if is_most { "at-most" } else { "at-least" };
            let mut places = json!({ "number": count, "bound": bound, "what": units });
            if let Some((from, count)) = grows {
                places["step"] = json!({ "fler": { "from": date(from), "count": count } });
            }
            undertakings[&case.lead().key]["places"] = json!({ "platser": places });
        }
        root.insert("undertaking".to_owned(), undertakings.into());
        if self.draw.chance(65) {
            let count = 1 + self.draw.position(2);
            root.insert("development".to_owned(), self.titled(&about.development, count, "omrade"));
        }
    }
}
