//! The memo to the committee.

use chrono::Days;
use serde_json::{Value, json};

use super::writer::Writer;
use crate::demo::days::date;
use crate::demo::stock::TEXTS;
use crate::text;

impl Writer<'_> {
    pub(super) fn memo(&mut self) -> Value {
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

/// "1 250 000", as running text has it.
fn spaced(kronor: i64) -> String {
    crate::money::grouped(kronor.into()).replace(text::NBSP, " ")
}
