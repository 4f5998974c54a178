//! The parties, and what the law asks about what they do.

use chrono::Datelike;
use serde_json::{Map, Value, json};

use super::writer::Writer;
use crate::demo::organisation::{Organisation, organisation_number};
use crate::demo::stock::{NAMES, TEXTS};
use crate::text;

impl Writer<'_> {
    pub(super) fn parties(&mut self) -> Value {
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

    pub(super) fn civil_party(&mut self, organisation: &Organisation, is_lead: bool) -> Value {
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

    pub(super) fn legal(&mut self) -> Value {
        json!({
            "economic_activity": self.case.outline.economic,
            "service": self.case.activity.service,
            "hands_over_care": self.case.outline.hands_over,
        })
    }
}
