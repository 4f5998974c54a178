//! Facts that the file declares open.

use std::collections::BTreeMap;

use crate::agreement::DutyKind;
use crate::finding::{Finding, Mention, Place, Spread};
use crate::guideline::Matter;
use crate::key_path::{KeyPath, Segment};
use crate::language::cues::Cue;
use crate::register::FileKind;
use crate::rules::content::{annex_undescribed, steering_group_undescribed};
use crate::rules::{Check, Example, Gravity, Rule, Scope, Text};
use crate::text;
use crate::vocabulary::Known;
use crate::vocabulary::NOT_STATED;

pub(super) const RULE: Rule = Rule {
    code: "IOP404",
    slug: "open-fact",
    title: "En uppgift är öppen",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: det som inte är avtalat ska synas som öppet",
    why: "Det som dokumentet lämnar öppet fylls inte i med en gissning. Det visas som en lucka, och innan avtalet \
          beslutas behöver parterna ta ställning till det.",
    check: Check::Texts(|| vec![Cue::whole(NOT_STATED)], |text| text == NOT_STATED, check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "original.location = \"not-stated\"",
        at: "original.location",
    },
    good: Example { file: "agreements/oppet-hus.toml", remove: &["original"], toml: "", at: "" },
};

/// Open facts that a rule of their own reports, with more to say about them.
fn has_own_rule(scope: &Scope<'_>, path: &KeyPath) -> bool {
    let agreement = scope.agreement;
    let keys: Vec<&str> = path
        .segments()
        .iter()
        .map(|segment| match segment {
            Segment::Key(key) => key.as_str(),
            Segment::Index(_) => "",
        })
        .collect();
    match keys.as_slice() {
        ["ground"]
        | ["case", "registry_number"]
        | ["party", _, "signatory" | "contact"]
        | ["party", _, "signatory", _, "authority" | "evidence"]
        | ["party", _, "contact", _, "email" | "phone"]
        | ["payout_plan", _, "months"]
        | ["payout_plan", _, "part", _, "month"]
        | ["indexation", _, "amounts" | "method"]
        | ["memo", "executor"]
        | ["memo", "distribution", _] => true,
        ["exit", key, "measure" | "liable"] => {
            agreement.exit.get(*key).is_some_and(|exit| exit.consequence.known().is_some())
        }
        ["supplement", name, "exit", key, "measure" | "liable"] => {
            let exit = agreement.supplement.get(*name).and_then(|supplement| supplement.exit.get(*key));
            exit.is_some_and(|exit| exit.consequence.known().is_some())
        }
        ["annex", key, "date" | "registry_number" | "attached"] => {
            agreement.annex.get(*key).is_some_and(annex_undescribed::is_undescribed)
        }
        ["steering_group", key, "seat" | "meetings" | "called_by"] => {
            let group = agreement.steering_group.get(*key);
            keys.last() == Some(&"called_by") || group.is_some_and(steering_group_undescribed::is_undescribed)
        }
        ["follow_up", key, "author" | "receiver" | "due"] => {
            agreement.follow_up.get(*key).is_some_and(|duty| duty.kind != DutyKind::Workshop)
        }
        ["memo", "childs_best"] => scope.guideline.is_some_and(|guideline| guideline.case.childs_best),
        ["economy", "vat"] => wants(scope, Matter::Vat),
        ["economy", "unused_money"] => wants(scope, Matter::UnusedMoney),
        _ => false,
    }
}

fn wants(scope: &Scope<'_>, matter: Matter) -> bool {
    scope.guideline.is_some_and(|guideline| guideline.regulate.contains(&matter))
}

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let open = texts.iter().filter(|text| !has_own_rule(scope, &text.path));
    let mut findings = Vec::new();
    let mut tables: BTreeMap<KeyPath, Vec<Mention>> = BTreeMap::new();
    for path in open.map(|text| &text.path) {
        let title = FileKind::Agreement.schema().title(path).unwrap_or("Uppgiften");
        if let Some((message, help)) = special(scope, path, title) {
            findings.push(scope.finding(&RULE, path.clone(), message).help(help));
            continue;
        }
        let mut table = path.clone();
        table.pop();
        let mention =
            Mention { place: Place::value(scope.file, path.clone()), word: text::uncapitalised(title) };
        tables.entry(table).or_default().push(mention);
    }
    findings.extend(tables.into_iter().filter_map(|(table, open)| of_table(scope, &table, open)));
    findings
}

/// The open facts of a table, as one.
fn of_table(scope: &Scope<'_>, table: &KeyPath, open: Vec<Mention>) -> Option<Finding> {
    let whose = if table.is_root() { "Avtalet".to_owned() } else { format!("[{table}]") };
    let level = scope.finding(&RULE, table.clone(), "").level;
    let spread = Spread::new(format!("{whose} har öppna uppgifter: "), ".", open).for_one("", " anges inte.");
    let help = "Fyll i det som är känt. Det som inte ska regleras: ta bort raden.";
    let finding = Finding::at_each(RULE.code, level, spread)?.source(RULE.source);
    Some(finding.help(help).together("uppgifter anges inte"))
}

/// What an open fact means in practice, where more can be said than that it is open, and what to do.
fn special(scope: &Scope<'_>, path: &KeyPath, title: &str) -> Option<(String, &'static str)> {
    let keys = path.segments();
    let key = |index: usize| match keys.get(index) {
        Some(Segment::Key(key)) => key.as_str(),
        _ => "",
    };
    match (key(0), key(keys.len().saturating_sub(1))) {
        ("steering_group", "seat") => Some((
            format!(
                "Styrgruppen ”{}” är nämnd, men det framgår inte vilka som ingår i den.",
                group(scope, key(1))
            ),
            "Ange platserna, eller ta bort gruppen om den inte ska finnas.",
        )),
        (_, "state_grant") => Some((
            format!("{title} anges inte, så ingen vet hur mycket av kostnaden som staten betalar."),
            "Fyll i beloppet när det är känt. Ta bort raden bara om inget statsbidrag betalar något.",
        )),
        ("clause", "text") => Some((
            format!("Texten till klausulen ”{}” är öppen.", heading(scope, key(1))),
            "Skriv texten, eller ta med standardklausulen i standard_clauses.",
        )),
        _ => None,
    }
}

fn group<'a>(scope: &'a Scope<'_>, key: &'a str) -> &'a str {
    scope.agreement.steering_group.get(key).map_or(key, |group| group.title.as_str())
}

fn heading<'a>(scope: &'a Scope<'_>, key: &'a str) -> &'a str {
    scope.stationery.templates.clause(key).map_or(key, |clause| clause.heading.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_matter_that_the_guideline_wants_regulated_is_left_to_the_rule_about_that() {
        for (open, regulate, path) in [
            ("economy.vat = \"not-stated\"", "regulate = [\"vat\"]", "economy.vat"),
            (
                "economy.unused_money = \"not-stated\"",
                "regulate = [\"unused-money\"]",
                "economy.unused_money",
            ),
        ] {
            let open = Example::agreement(&[], open, "");
            let findings = found(&RULE, &[open]);
            assert_eq!(findings.len(), 1, "{findings:?}");
            assert_eq!(findings[0].place.path.to_string(), path);
            let demanded = Example::file("guidelines/adala-2019.toml", regulate, "");
            assert_eq!(found(&RULE, &[open, demanded]), []);
        }
    }

    #[test]
    fn a_steering_group_and_a_clause_are_called_by_their_titles() {
        let messages = |toml| -> Vec<String> {
            let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
            findings.into_iter().map(|finding| finding.message).collect()
        };
        assert_eq!(
            messages("steering_group.styrgrupp = { title = \"Rådet\", seat = \"not-stated\" }"),
            ["Styrgruppen ”Rådet” är nämnd, men det framgår inte vilka som ingår i den."]
        );
        assert_eq!(
            messages("clause.background.text = \"not-stated\""),
            ["Texten till klausulen ”Bakgrund” är öppen."]
        );
    }

    #[test]
    fn the_open_facts_of_a_table_are_one_finding_with_a_place_for_each() {
        let toml = "original.location = \"not-stated\"\nmemo.preparation = \"not-stated\"\nmemo.matter = \"not-stated\"";
        let found = found(&RULE, &[Example::agreement(&[], toml, "")]);
        let said = |one: &Finding| {
            let places: Vec<String> = one.places().map(|place| place.path.to_string()).collect();
            format!("{}: {}", places.join(" "), one.message)
        };
        let said: Vec<String> = found.iter().map(said).collect();
        let [one, memo] = said.as_slice() else { panic!("{said:?}") };
        assert_eq!(one, "original.location: Originalets förvaringsplats anges inte.");
        assert!(memo.contains("memo.preparation") && memo.contains("memo.matter"), "{memo}");
        assert!(memo.contains("[memo] har öppna uppgifter: "), "{memo}");
    }

    #[test]
    fn an_open_fact_that_a_rule_of_its_own_reports_is_left_to_that() {
        let places = |toml: &str| {
            let findings = found(&RULE, &[Example::agreement(&[], toml.to_owned().leak(), "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let indexation = "indexation.pris.flat = \"2\"\nindexation.pris";
        let exit = "exit.uppsagning.consequence = \"repayment\"\nexit.uppsagning";
        let annex = "annex.a.title = \"Karta\"\nannex.a";
        let nameless = "steering_group.a.title = \"Rådet\"\nsteering_group.a";
        for own in [
            "ground",
            "case.registry_number",
            "party.kommun.signatory",
            "party.kommun.contact",
            "party.kommun.signatory.ordforande.authority",
            "party.kommun.signatory.ordforande.evidence",
            "party.kommun.contact.enhetschef.email",
            "party.kommun.contact.enhetschef.phone",
            "payout_plan.halvar.months",
            "payout_plan.halvar.part.a.share = \"100\"\npayout_plan.halvar.part.a.month",
            &format!("{indexation}.amounts"),
            &format!("{indexation}.method"),
            "memo.executor",
            "memo.distribution.execution",
            "memo.childs_best",
            &format!("{exit}.measure"),
            &format!("{exit}.liable"),
            &format!("{annex}.date"),
            &format!("{annex}.registry_number"),
            &format!("{annex}.attached"),
            &format!("{nameless}.seat"),
            &format!("{nameless}.meetings"),
            &format!("{nameless}.called_by"),
            "steering_group.styrgrupp.called_by",
            "follow_up.arsrapport.author",
            "follow_up.arsrapport.receiver",
            "follow_up.arsrapport.due",
        ] {
            assert_eq!(places(&format!("{own} = \"not-stated\"")), Vec::<String>::new(), "{own}");
        }
    }

    #[test]
    fn an_open_fact_that_no_other_rule_reports_is_told_of() {
        let workshop = "follow_up.dag.kind = \"workshop\"\nfollow_up.dag";
        let annex = "annex.a.title = \"Karta\"\nannex.a.attached = true\nannex.a";
        for (toml, path) in [
            ("exit.uppsagning", "exit.uppsagning.measure"),
            ("exit.uppsagning", "exit.uppsagning.liable"),
            (annex, "annex.a.date"),
            (annex, "annex.a.registry_number"),
            ("steering_group.styrgrupp", "steering_group.styrgrupp.seat"),
            ("steering_group.styrgrupp", "steering_group.styrgrupp.meetings"),
            ("steering_group.styrgrupp", "steering_group.styrgrupp.minutes_by"),
            (workshop, "follow_up.dag.author"),
            (workshop, "follow_up.dag.receiver"),
            (workshop, "follow_up.dag.due"),
        ] {
            let key = path.rsplit('.').next().unwrap();
            let toml = format!("{toml}.{key} = \"not-stated\"");
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            let places: Vec<String> = findings.into_iter().map(|one| one.place.path.to_string()).collect();
            assert_eq!(places, [path]);
        }
    }

    #[test]
    fn the_childs_best_is_left_to_the_rule_about_it_where_the_guideline_wants_it() {
        let open = Example::agreement(&[], "memo.childs_best = \"not-stated\"", "");
        let guideline = Example::file("guidelines/adala-2019.toml", "case.childs_best = false", "");
        let findings = found(&RULE, &[open, guideline]);
        let [finding] = findings.as_slice() else { panic!("{findings:?}") };
        assert_eq!(finding.place.path.to_string(), "memo.childs_best");
    }
}
