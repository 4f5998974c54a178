//! Who steers the partnership.

use super::content::free;
use super::draft::Draft;
use super::name_form::{OMITTED, is_function, is_name};
use super::parties::Parties;
use super::privacy::unmarked;
use super::prolonging::times;
use super::prose::{Sentence, bare, find};
use super::sections::{Sections, lists, prose};
use crate::agreement::{Bound, DecisionStyle, Every};
use crate::paper::{Block, BlockKind};
use crate::register::write::{Table, Value};
use crate::text;

/// What announces those who sit in a group, and what it shall do.
const SEATS: [&str; 13] = [
    "ingår",
    "består",
    "ledamöter",
    "funktioner",
    "representeras",
    "representant",
    "utgörs",
    "deltagare",
    "medlem",
    "sammansätt",
    "platser",
    "bemann",
    "utses",
];
const TASKS: [&str; 9] =
    ["uppdrag", "uppgift", "ska", "ansvar", "beslut", "följer upp", "arbeta", "syfte", "behandla"];

/// Writes the groups.
pub(super) fn write(sections: &Sections<'_>, parties: &Parties, draft: &mut Draft) {
    let mut keys: Vec<String> = Vec::new();
    let own: Vec<&Block> = sections
        .about(&["steering"])
        .flat_map(|section| section.heading.into_iter().chain(section.blocks.iter().copied()))
        .collect();
    for (title, blocks) in groups(&own) {
        let base: String = text::slug(&title).split('-').take(4).collect::<Vec<_>>().join("-");
        let mut group = Draft::default();
        one(&blocks, parties, &mut group);
        // A heading right above the group's own names none.
        if group.root.table("x").is_empty() && (blocks.is_empty() || !title.to_lowercase().contains("grupp"))
        {
            continue;
        }
        let key = free(&mut keys, if base.is_empty() { "styrgrupp" } else { &base });
        draft.set(&["steering_group", &key], Table::default().with("title", title.clone()));
        draft.take_into(group, "steering_group", &key);
        for field in ["meetings", "called_by", "seat"] {
            if !draft.has(&["steering_group", &key, field]) {
                draft.missing(&["steering_group", &key, field], false);
            }
        }
    }
    if keys.is_empty() {
        draft.missing(&["steering_group"], false);
    }
}

/// The groups of sections about steering: one for each heading that names one, or one in all. What stands before the only one
/// belongs to it.
fn groups<'a>(blocks: &[&'a Block]) -> Vec<(String, Vec<&'a Block>)> {
    let is_group = |block: &Block| {
        let lower = block.text.to_lowercase();
        let is_part =
            ["uppdrag", "möten", "sammanträden", "sammansättning", "ledamöter", "deltagare", "arbete"]
                .iter()
                .any(|word| lower.contains(word));
        !is_part
            && matches!(block.kind, BlockKind::Heading { .. })
            && ["grupp", "kommitté", "ledning", "råd"].iter().any(|word| lower.contains(word))
    };
    let named = blocks.iter().filter(|block| is_group(block)).count();
    if named <= 1 {
        let heading = blocks.iter().find(|block| is_group(block));
        let heading =
            heading.map_or_else(|| "Styrgrupp".to_owned(), |heading| bare(&heading.text).to_owned());
        let is_own = |block: &Block| is_group(block) || bare(&block.text) == "Styrning";
        let rest: Vec<&Block> = blocks.iter().copied().filter(|block| !is_own(block)).collect();
        return if rest.is_empty() { Vec::new() } else { vec![(heading, rest)] };
    }
    let mut found: Vec<(String, Vec<&'a Block>)> = Vec::new();
    let mut before: Vec<&'a Block> = Vec::new();
    for block in blocks {
        match found.last_mut() {
            // The heading of the section may name the group as that of the group itself does.
            Some((title, _)) if is_group(block) && title.as_str() == bare(&block.text) => {}
            _ if is_group(block) => {
                let above = if found.is_empty() { std::mem::take(&mut before) } else { Vec::new() };
                found.push((bare(&block.text).to_owned(), above));
            }
            Some((_, blocks)) => blocks.push(block),
            None => before.push(block),
        }
    }
    found
}

fn one(blocks: &[&Block], parties: &Parties, draft: &mut Draft) {
    for (before, items) in lists(blocks) {
        let lead = before.map_or_else(String::new, |before| before.text.to_lowercase());
        let says = |words: &[&str]| words.iter().any(|word| lead.contains(word));
        let names_member = |item: &&&Block| {
            item.text.split_whitespace().count() <= 10
                && (item.text.contains(OMITTED)
                    || item.text.split_whitespace().any(is_function)
                    || item.text.split([',', '(', ')']).any(|part| {
                        parties.named_alone(part).is_some() && part.split_whitespace().count() <= 4
                    }))
        };
        // "Styrgruppen - ser till att …": what a group does begins with a verb.
        let is_done = |item: &&&Block| {
            let first = item.text.split_whitespace().next().unwrap_or_default();
            first.ends_with(['r', 'a']) && !is_function(first)
        };
        let is_of_tasks = lead.contains("grupp")
            && lead.split_whitespace().count() <= 2
            && items.iter().filter(is_done).count() * 2 > items.len();
        let is_of_members = items.iter().filter(names_member).count() * 2 > items.len();
        let (Some(first), Some(last)) = (items.first(), items.last()) else { continue };
        if says(&SEATS) || is_of_members {
            seats(&items, parties, draft);
        } else if (says(&TASKS) || is_of_tasks) && !draft.has(&["x", "tasks"]) {
            let tasks = items.iter().map(|item| bare(&item.text.replace('\n', " ")).to_owned());
            draft.found(&["x", "tasks"], Value::texts(tasks), first.place);
        } else {
            // Nobody has said what the list is.
            let reading = format!("lista från {} till {}", bare(&first.text), bare(&last.text));
            draft.unclear_without(&["x", "tasks"], &reading, first.place);
        }
    }
    let told = prose(blocks);
    for sentence in &told {
        let place = sentence.place;
        if sentence.whole().contains("[ej angivet]") {
            continue;
        }
        if let Some(meetings) = meetings(sentence).filter(|_| !draft.has(&["x", "meetings"])) {
            draft.found(&["x", "meetings"], meetings, place);
        }
        let responsible = |verbs: &str| {
            let at = sentence.find(verbs)?;
            parties.named_in(sentence.original(0..at)).last().map(|party| party.key.clone())
        };
        let calls = "kallar | kalla | ansvarar för kallelse | sammankallar | sammankallar till | är sammankallande | ansvarar för kallelser | ansvarar för att kalla";
        if let Some(party) = responsible(calls).filter(|_| !draft.has(&["x", "called_by"])) {
            draft.found(&["x", "called_by"], party, place);
        }
        let notes = "dokumenterar | för protokoll | för minnesanteckningar | för anteckningar | ansvarar för dokumentation | kallar till sammanträdena och dokumenterar | \
            ansvarar för kallelse och dokumentation | ansvarar för protokoll";
        if let Some(party) = responsible(notes).filter(|_| !draft.has(&["x", "minutes_by"])) {
            draft.found(&["x", "minutes_by"], party, place);
        }
        let style = if sentence.has("konsensus | enighet | samförstånd | enhälligt") {
            Some(DecisionStyle::Consensus)
        } else if sentence.has("majoritet | majoritetsbeslut") {
            Some(DecisionStyle::Majority)
        } else {
            None
        };
        if let Some(style) = style.filter(|_| !draft.has(&["x", "decides_by"])) {
            draft.found(&["x", "decides_by"], style.word(), place);
        }
        if let Some(who) = co_opted(sentence) {
            draft.found(&["x", "co_opted"], who.clone(), place);
        }
    }
}

/// How often a group meets.
fn meetings(sentence: &Sentence) -> Option<Table> {
    let at = sentence.find("sammanträd* | träffas | möts | mötas | möten | möte | sammankomst* | styrgruppsmöten | styrgruppsmöte")?;
    let words = sentence.words();
    let rest = words.get(at..)?;
    let per = |words: &[&str]| {
        let found = [
            ("per halvår | varje halvår | i halvåret", Every::HalfYear),
            ("per kvartal | varje kvartal | i kvartalet", Every::Quarter),
            ("per månad | varje månad | i månaden", Every::Month),
            (
                "per år | om året | varje år | årligen | per kalenderår | / år | på ett år | per verksamhetsår",
                Every::Year,
            ),
            ("under avtalstiden | under avtalsperioden", Every::Once),
        ];
        let found: Vec<Every> = found
            .into_iter()
            .filter(|(phrases, _)| find(words, phrases).is_some())
            .map(|(_, per)| per)
            .collect();
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    };
    let scope = if per(rest).is_some() { rest } else { &words };
    let every = per(scope)?;
    let counted = times(scope);
    let number = match counted {
        Some(number) => number,
        None if find(scope, "varje halvår | varje kvartal | varje månad | varje år").is_some() => 1,
        None => return None,
    };
    let mut table = Table::default().with("times", number);
    if find(scope, "minst | åtminstone").is_some() {
        table.set("bound", Bound::AtLeast.word());
    } else if find(scope, "högst").is_some() {
        table.set("bound", Bound::AtMost.word());
    }
    table.set("per", every.word());
    if find(scope, "räknat från avtalets första dag").is_some() {
        table.set("counted_from", "start");
    }
    Some(table)
}

/// The seats of a list: functions, each with its party and whether it convenes.
fn seats(items: &[&Block], parties: &Parties, draft: &mut Draft) {
    let mut keys: Vec<String> = Vec::new();
    for item in items {
        let text = unmarked(&item.text).replace('\n', " ");
        let lower = text.to_lowercase();
        if lower.contains("adjunger") {
            continue;
        }
        let inside = text
            .split_once('(')
            .and_then(|(_, rest)| rest.split_once(')'))
            .map(|(inside, _)| inside.to_owned());
        let function = text.split('(').next().unwrap_or_default();
        let function: Vec<&str> = function
            .split([',', '–'])
            .map(bare)
            .filter(|part| !part.is_empty() && !part.eq_ignore_ascii_case("sammankallande") && !is_name(part))
            .collect();
        let Some(function) = Some(function.join(", ")).filter(|function| !function.is_empty()) else {
            continue;
        };
        let base: String = text::slug(&function).split('-').take(2).collect::<Vec<_>>().join("-");
        let key = free(&mut keys, if base.is_empty() { "plats" } else { &base });
        let path = |field: &'static str| ["x", "seat", key.as_str(), field];
        draft.found(&path("function"), text::uncapitalised(&function), item.place);
        let party = inside
            .as_deref()
            .or(Some(text.as_str()))
            .and_then(|text| parties.named_in(text).first().map(|party| party.key.clone()));
        if let Some(party) = party {
            draft.found(&path("party"), party, item.place);
        }
        if lower.contains("sammankallande") {
            draft.set(&path("convener"), true);
        }
    }
}

/// Who may be co-opted: "kan styrgruppen adjungera X", "X kan adjungeras".
fn co_opted(sentence: &Sentence) -> Option<String> {
    let at = sentence.find("adjungera | adjungeras | adjungerar")?;
    let passive = sentence.words.get(at)? == "adjungeras";
    let who = if passive {
        let before = sentence.find("kan | får | ska").filter(|before| *before < at)?;
        bare(sentence.original(0..before)).to_owned()
    } else {
        bare(sentence.rest(at + 1)).to_owned()
    };
    (!who.is_empty()).then(|| text::uncapitalised(&who))
}
