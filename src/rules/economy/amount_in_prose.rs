//! A text speaks of an amount that the agreement does not hold.

use std::ops::Range;

use chrono::Datelike;
use rust_decimal::Decimal;

use super::known_amounts::KnownAmounts;
use crate::agreement::{Agreement, Role};
use crate::finding::{Finding, Level, Mention, Place, Spread};
use crate::key_path::{KeyPath, Segment};
use crate::language::amounts::Per;
use crate::language::payment::{self, Payers};
use crate::money::grouped;
use crate::path;
use crate::rules::Text;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text::NBSP;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP307",
    slug: "amount-in-prose",
    title: "Ett belopp i texten finns inte bland ersättningarna",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: samma belopp på alla ställen",
    why: "Står ett belopp i texten och ett annat i tabellen vet varken parten eller ekonomen vilket som gäller. Läser belopp som kommunen betalar och vad ersättningen är. Läser inte andras pengar, budget, kostnad för helheten, gränser, avslag, villkor eller vad som betalades förr.",
    check: Check::Texts(payment::cues, |_| true, check),
    bad: Example::agreement(
        &[],
        "clause.background.text = \"Kommunen bidrar med 550 000 kronor om året.\"",
        "clause.background.text",
    ),
    good: Example::agreement(
        &[],
        "clause.background.text = \"Kommunen bidrar med 500\u{a0}000 kronor om året, sammanlagt 1 mnkr. Entrén är 20 000 kr billigare än i Bergsjö.\"",
        "",
    ),
};

/// An amount of which a text speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Amount {
    kronor: Decimal,
    /// For how many months at a time, where the text says so.
    months: Option<u32>,
    /// Whether the text says that it is for all that is agreed, and not for one of its years.
    is_whole: bool,
    /// The bytes of the text.
    range: Range<usize>,
}

impl Amount {
    fn shown(&self, with_time: bool) -> String {
        let each = match self.months.filter(|_| with_time) {
            Some(12) => " per år",
            Some(6) => " per halvår",
            Some(4) => " per tertial",
            Some(3) => " per kvartal",
            Some(_) => " per månad",
            None if self.is_whole && with_time => " för hela tiden",
            None => "",
        };
        format!("{}{NBSP}kronor{each}", grouped(self.kronor))
    }
}

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let mut known = None;
    let mut payers = None;
    let begins = scope.agreement.term.start.known().map(Datelike::year);
    let prose = texts.iter().filter(|text| {
        let prose = ["clause", "memo", "undertaking", "goal", "development", "exclusion"];
        match text.path.segments() {
            [Segment::Key(table), _, Segment::Key(key)] if table == "supplement" => key == "changes",
            [Segment::Key(key), ..] => prose.contains(&key.as_str()),
            _ => false,
        }
    });
    let found = prose.filter_map(|Text { path, text }| {
        let payers = payers.get_or_insert_with(|| payers_of(scope));
        let amounts = amounts(text, lead_of(scope.agreement, path), payers, begins);
        if amounts.is_empty() {
            return None;
        }
        let known = known.get_or_insert_with(|| KnownAmounts::of(scope));
        // Where no amount is known there is nothing that the text could contradict.
        if known.all.is_empty() {
            return None;
        }
        let (held, foreign): (Vec<Amount>, Vec<Amount>) =
            amounts.into_iter().partition(|amount| known.all.contains(&amount.kronor));
        let misplaced: Vec<Amount> = held.into_iter().filter(|amount| !fits(known, amount)).collect();
        let is_foreign = !foreign.is_empty();
        let (wrong, after) = if is_foreign {
            (foreign, ", som inte finns bland ersättningarna.")
        } else {
            (misplaced, ". Beloppet finns bland ersättningarna, men för en annan tid.")
        };
        let mut mentions: Vec<Mention> = Vec::new();
        for amount in wrong {
            let word = amount.shown(!is_foreign);
            let place = Place::word(scope.file, path.clone(), text.get(amount.range)?);
            if !mentions.iter().any(|mention| mention.word == word) {
                mentions.push(Mention { place, word });
            }
        }
        let spread = Spread::new("Texten anger ", after, mentions);
        let finding = Finding::at_each(RULE.code, RULE.gravity.level(scope.agreement), spread)?;
        Some(
            finding
                .source(RULE.source)
                .help(
                    "Rätta beloppet, eller ta bort det ur texten: dokumenten skriver beloppen ur [funding].",
                )
                .related(Place::value(scope.file, path!["funding"]), "ersättningarna"),
        )
    });
    found.collect()
}

fn fits(known: &KnownAmounts, amount: &Amount) -> bool {
    if amount.is_whole { known.fits_whole(amount.kronor) } else { known.fits(amount.kronor, amount.months) }
}

/// Who can be said to pay.
fn payers_of(scope: &Scope<'_>) -> Payers {
    let names = |role: Role| scope.agreement.parties(role).flat_map(|party| [&*party.name, party.called()]);
    Payers::new(names(Role::Public), names(Role::CivilSociety))
}

/// The amounts that a text says are paid. The words that it continues say who pays, and often with what verb.
fn amounts(text: &str, lead: Option<&str>, payers: &Payers, begins: Option<i32>) -> Vec<Amount> {
    let before = lead.map(|lead| format!("{lead} ")).unwrap_or_default();
    let said = payment::amounts(&format!("{before}{text}"), payers, begins).into_iter();
    let amounts = said.map(|said| Amount {
        kronor: said.kronor,
        months: said.per.and_then(Per::months),
        is_whole: said.year.is_none() && said.is_of_whole,
        range: said.range.start.saturating_sub(before.len())..said.range.end.saturating_sub(before.len()),
    });
    amounts.collect()
}

/// The words that an undertaking continues: they say who pays, and often with what verb.
fn lead_of<'a>(agreement: &'a Agreement, path: &KeyPath) -> Option<&'a str> {
    match path.segments() {
        [Segment::Key(table), Segment::Key(key), Segment::Key(items), _]
            if table == "undertaking" && items == "items" =>
        {
            agreement.undertaking.get(key).map(|undertaking| undertaking.lead.as_str())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let payers = Payers::new(["kommunen"], ["föreningen", "RSMH Lund", "regionen"]);
        amounts(text, None, &payers, Some(2024)).into_iter().map(|amount| amount.kronor.to_string()).collect()
    }

    /// What is found in an agreement with a change.
    fn found(toml: String) -> Vec<String> {
        crate::rules::examples::found(&RULE, &[Example::agreement(&[], toml.leak(), "")])
            .into_iter()
            .map(|finding| finding.message.replace(NBSP, " "))
            .collect()
    }

    fn found_in(text: &str) -> Vec<String> {
        found(format!("clause.background.text = \"{text}\""))
    }

    #[test]
    fn an_undertaking_is_read_with_its_lead() {
        let found = |key: &str, lead: &str, item: &str| {
            found(format!(
                "undertaking.{key} = {{ party = \"{key}\", lead = \"{lead}\", items = [\"{item}\"] }}"
            ))
        };
        let item = "bidra med 550 000 kronor per år";
        assert_eq!(
            found("kommun", "Kommunen ska", item),
            ["Texten anger 550 000 kronor, som inte finns bland ersättningarna."]
        );
        assert_eq!(found("kommun", "Kommunen ska", "bidra med 500 000 kronor per år"), Vec::<String>::new());
        assert_eq!(found("forening", "Föreningen ska", item), Vec::<String>::new());
    }

    #[test]
    fn a_unit_before_the_number_and_words_after_it_are_read() {
        for text in [
            "Kommunen betalar kr 550 000.",
            "Kommunen betalar kr\u{a0}550\u{a0}000 per år.",
            "Kommunen bidrar med SEK 550 000",
            "Kommunen bidrar med SEK 550.000, varje år",
            "Kommunen betalar 550 000 (femhundratusen) kronor per år.",
            "Kommunen betalar femhundrafemtiotusen kronor.",
            "Kommunen betalar femhundrafemtio tusen kronor.",
            "Kommunen betalar 550 (femhundrafemtio) tusen kronor.",
            "Kommunen bidrar med 550 kkr.",
        ] {
            assert_eq!(read(text), ["550000"], "{text}");
            assert_eq!(found_in(text).len(), 1, "{text}");
        }
        assert_eq!(read("Kommunen betalar en miljon etthundratusen kronor."), ["1100000"]);
        assert_eq!(read("Kommunen betalar två miljoner kronor."), ["2000000"]);
        assert_eq!(read("Kommunen betalar en halv miljon kronor."), ["500000"]);
        for text in [
            "Kommunen betalar i kr 2024 och kr 2024-01-01",
            "Kommunen betalar flera tusen kronor, hundratals kronor och en kr",
            "Ersättning i kr 5,5",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn the_right_number_for_the_wrong_time_is_found() {
        for (text, shown) in [
            ("Kommunen betalar 500 000 kr per halvår.", "500 000 kronor per halvår"),
            ("Kommunen bidrar med 1 000 000 kr per år.", "1 000 000 kronor per år"),
            ("Kommunen betalar 1 mnkr årligen.", "1 000 000 kronor per år"),
            ("Kommunen bidrar årligen med 1 000 000 kronor.", "1 000 000 kronor per år"),
            ("Kommunen betalar 250 000 kronor i månaden.", "250 000 kronor per månad"),
            ("Kommunen betalar 250 000 kr/år.", "250 000 kronor per år"),
            ("Kommunen bidrar med 500 000 kronor för hela tvåårsperioden.", "500 000 kronor för hela tiden"),
            (
                "Kommunen ger föreningen 500 000 kronor för båda åren tillsammans.",
                "500 000 kronor för hela tiden",
            ),
            ("Kommunen betalar 500 000 kronor under hela avtalsperioden.", "500 000 kronor för hela tiden"),
        ] {
            let message =
                format!("Texten anger {shown}. Beloppet finns bland ersättningarna, men för en annan tid.");
            assert_eq!(found_in(text), [message], "{text}");
        }
        for text in [
            "Kommunen betalar 500 000 kr per år, 250 000 kr per halvår och 125 000 kr per kvartal.",
            "Kommunen betalar 41 666,67 kronor i månaden.",
            "Kommunen bidrar årligen med 500 000 kronor, sammanlagt 1 000 000 kronor.",
            "Kommunen bidrar årligen med 250 000 kronor per halvår.",
            "Kommunen betalar 1 000 000 kr under avtalstiden, varav 500 000 kronor varje år.",
            "Kommunen betalar 1 000 000 kr. Årligen betalas hälften.",
            "Kommunen bidrar med 500 000 kr per år, totalt en miljon kronor.",
            "Kommunen bidrar med 500 000 kr per år (totalt 1 000 000 kr).",
            "Kommunen bidrar årligen med 500 000 kronor, i allt 1 000 000 kronor.",
            "Kommunen bidrar med 1 000 000 kronor för hela tvåårsperioden.",
            "Kommunen betalar totalt 500 000 kronor för 2024.",
            "Av bidraget får högst 100 000 kronor användas till administration.",
            "Högst 100 000 kronor av kommunens bidrag får användas till administration.",
            "Kommunen får hålla inne 50 000 kronor om redovisningen är försenad.",
        ] {
            assert_eq!(found_in(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_rate_is_for_its_own_time() {
        let found = |per: &str, text: &str| {
            let rate = format!("rate = {{ amount = 350_000, per = \"{per}\" }}");
            let toml = format!(
                "funding.2024.{rate}\nfunding.2025.{rate}\nclause.background.text = \"Kommunen betalar {text}.\""
            );
            let amounts = &["funding.2024.amount", "funding.2025.amount"];
            crate::rules::examples::found(&RULE, &[Example::agreement(amounts, toml.leak(), "")]).len()
        };
        for (per, text) in [
            ("half-year", "350 000 kr för året"),
            ("half-year", "350 000 kr för hela året"),
            ("half-year", "350 000 kr per år"),
            ("half-year", "350 000 kr i månaden"),
            ("year", "350 000 kr för halvåret"),
        ] {
            assert_eq!(found(per, text), 1, "{per}: {text}");
        }
        for (per, text) in [
            ("half-year", "350 000 kr per halvår"),
            ("half-year", "350 000 kr för halvåret, 700 000 kr för året"),
            ("half-year", "350 000 kr"),
            ("year", "350 000 kr för året"),
            ("year", "350 000 kr för kalenderåret 2024"),
            ("month", "350 000 kr i månaden"),
        ] {
            assert_eq!(found(per, text), 0, "{per}: {text}");
        }
    }

    #[test]
    fn a_component_or_a_part_of_a_year_has_its_own_time() {
        let part = "term.start = 2024-02-01\nfunding.2024.period.start = 2024-02-01\nfunding.2024.amount = 458_000\n";
        let clause = |text: &str| format!("{part}clause.background.text = \"{text}\"");
        assert_eq!(found(clause("Kommunen betalar 458 000 kr per år.")), Vec::<String>::new());
        assert_eq!(found(clause("Kommunen betalar 229 000 kr per år.")).len(), 1);
        let open = "funding.2025 = { amount = \"not-stated\" }\nclause.background.text = \"Kommunen betalar 500 000 kr i månaden.\"";
        assert_eq!(found(open.to_owned()), Vec::<String>::new());
        let paid = "payout_plan.halvar.part.a = { month = 1, amount = 250_000 }\nclause.background.text = \"Kommunen betalar 250 000 kr per månad.\"";
        assert_eq!(found(paid.to_owned()), Vec::<String>::new());
    }

    #[test]
    fn what_the_activity_costs_is_not_what_is_paid() {
        for text in [
            "Kommunens bidrag är 500 000 kr av en total budget på 1,4 miljoner kronor.",
            "Kommunens bidrag är 500 000 kr av totalt 1,4 miljoner kronor.",
            "Kommunen bidrar med 500 000 kr, och verksamhetens kostnader är 1,4 mnkr.",
            "Kommunen bidrar med 500 000 kr till en verksamhet som omsätter cirka 2 mnkr.",
            "Den totala kostnaden beräknas till 1,4 mnkr och kommunen betalar 500 000 kr.",
        ] {
            assert_eq!(read(text), ["500000"], "{text}");
        }
        assert_eq!(read("Kommunens bidrag till kostnaderna är 550 000 kr"), ["550000"]);
        assert_eq!(read("Kommunens bidrag ryms i nämndens budget och är 550 000 kr"), ["550000"]);
        assert_eq!(
            read("Kommunen bidrar med 500 000 kr av nämndens medel och 60 000 kr"),
            ["500000", "60000"]
        );
    }

    #[test]
    fn reads_amounts_in_every_unit_and_of_every_name() {
        for (text, kronor) in [
            ("Kommunen bidrar med 5 mkr", "5000000"),
            ("Kommunen bidrar med 1,7 miljon kronor", "1700000"),
            ("Kommunen bidrar med 1,7 miljon(er) kronor", "1700000"),
            ("Kommunen bidrar med 550 tusen kronor", "550000"),
            ("Kommunen betalar 550 000:- per år", "550000"),
            ("Kommunens stöd är 550 000 kronor", "550000"),
            ("Kommunen ersätter föreningen med 550 000 kronor", "550000"),
            ("Beloppet är 550 000 kronor per år", "550000"),
            ("Kommunen, som ligger i region Skåne, bidrar med 550 000 kronor", "550000"),
            ("I regionen finns få mötesplatser och kommunen bidrar med 550 000 kronor", "550000"),
            ("Till föreningen betalar kommunen 550 000 kronor", "550000"),
            ("Föreningen får ett bidrag på 550 000 kronor", "550000"),
            ("Föreningen ersätts: kommunen betalar 550 000 kronor", "550000"),
        ] {
            assert_eq!(read(text), [kronor], "{text}");
        }
    }

    #[test]
    fn what_others_pay_is_not_the_agreements_money() {
        for text in [
            "Budgetramen för bidrag är 2 mkr",
            "Prisbasbeloppet är 58 800 kronor och ersättningen följer det",
            "Föreningen betalar 60 000 kronor i hyra",
            "RSMH Lund bidrar med 100 000 kronor",
            "Föreningen ska själv finansiera 50 000 kronor",
            "Regionen betalar 200 000 kronor",
            "Region Skåne bidrar med 200 000 kronor",
            "Allmänna arvsfonden bidrar med 200 000 kronor",
            "Hyran på 60 000 kronor betalas av föreningen",
            "60 000 kronor bekostas av föreningen och är ett bidrag",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            read("Kommunen betalar 550 000 kronor och föreningen bidrar med 100 000 kronor"),
            ["550000"]
        );
    }

    #[test]
    fn what_was_paid_before_and_what_may_come_besides_is_not_agreed() {
        for text in [
            "Föreningen fick 2023 ett bidrag på 350 000 kronor",
            "Åren 2021–2023 betalade kommunen 350 000 kronor om året",
            "Kommunen kan bidra med ytterligare 50 000 kronor om nämnden beslutar det",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
        for text in [
            "Kommunen betalar 350 000 kronor för 2024",
            "Kommunen betalade 2023 mindre än nu, och betalar 2024 350 000 kronor",
            "Kommunen betalar ytterligare 350 000 kronor",
            "Kommunen betalar 350 000 kronor enligt punkt 1203",
            "Enligt beslut 2023-11-20 § 101 betalar kommunen 350 000 kronor",
            "Enligt beslut den 20 november 2023 betalar kommunen 350 000 kronor",
        ] {
            assert_eq!(read(text), ["350000"], "{text}");
        }
    }

    #[test]
    fn a_short_unit_is_found_in_an_agreement() {
        for text in ["Kommunen bidrar med 5 mkr.", "Kommunen betalar 5:- om året.", "Kommunen anslår 5 MSEK."]
        {
            let toml = format!("clause.background.text = \"{text}\"");
            let findings = crate::rules::examples::found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            assert_eq!(findings.len(), 1, "{text}");
        }
    }

    #[test]
    fn reads_amounts_as_people_write_them() {
        assert_eq!(read("Kommunen betalar 500 000 kronor."), ["500000"]);
        assert_eq!(read("Bidraget är 1\u{a0}250\u{a0}000\u{a0}kr om året"), ["1250000"]);
        assert_eq!(read("Ersättningen är 900 tkr, varav 2 mnkr"), ["900000", "2000000"]);
        assert_eq!(read("Ersättningen för 2024 500 000 kronor"), ["500000"]);
        assert_eq!(read("Bidraget är 75000 kronor, ersättningen 600.000 SEK"), ["75000", "600000"]);
        assert_eq!(read("Kommunen ska betala 0,5 mnkr eller 5,5 miljoner kronor"), ["500000", "5500000"]);
        assert_eq!(read("Bidraget är 600 000,50 kronor"), ["600000.5"]);
        assert_eq!(read("Hyran är 5 000 kronor. Bidraget ökar kraven."), Vec::<String>::new());
        assert_eq!(read("Deltagaravgiften är 50 kronor och betalas av var och en"), Vec::<String>::new());
        assert_eq!(read("bidrag kr kr 1 kr é500 kronor, ., kronor"), Vec::<String>::new());
    }
}
