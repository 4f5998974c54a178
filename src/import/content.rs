//! What the partnership is for, and what each party shall do.

use super::draft::{Draft, Said};
use super::parties::Parties;
use super::prose::{bare, sentences};
use super::sections::{Sections, lists, prose};
use crate::agreement::Answer;
use crate::language::headings;
use crate::paper::{Block, BlockKind, Place};
use crate::register::write::{Table, Value};
use crate::text;

/// The sections in which a list is no undertaking.
const NOT_UNDERTAKINGS: [&str; 12] = [
    "steering",
    "follow-up",
    "target-group",
    "grounds",
    "goals",
    "exclusions",
    "parties",
    "contacts",
    "annexes",
    "signatures",
    "memo-proposal",
    "memo-basis",
];

/// Writes purpose, target group, goals, exclusions, grounds, undertakings and what is to be developed.
pub(super) fn write(sections: &Sections<'_>, parties: &Parties, known: Option<&[String]>, draft: &mut Draft) {
    purpose(sections, draft);
    target_group(sections, draft);
    titled(sections, "goals", "goal", draft);
    titled(sections, "development", "development", draft);
    exclusions(sections, draft);
    grounds(sections, known, draft);
    undertakings(sections, parties, draft);
}

/// "Syftet med partnerskapet är att …".
fn purpose(sections: &Sections<'_>, draft: &mut Draft) {
    let own = prose(&sections.blocks(&["purpose"]));
    let all = prose(&sections.everything());
    let of = |sentences: &[super::prose::Sentence]| -> Vec<Said<String>> {
        sentences
            .iter()
            .filter_map(|sentence| {
                let at = sentence.find("syftet med partnerskapet | syftet med överenskommelsen | syftet med avtalet | syftet med samarbetet | syftet med samverkan | syftet är")?;
                let is = at + sentence.words.get(at..)?.iter().position(|word| word == "är")?;
                let aim = bare(sentence.rest(is + 1));
                (at == 0 && !aim.is_empty()).then(|| Said { value: aim.to_owned(), place: sentence.place })
            })
            .collect()
    };
    let found = of(&own);
    draft.reading(&["purpose"], &if found.is_empty() { of(&all) } else { found }, false);
}

fn target_group(sections: &Sections<'_>, draft: &mut Draft) {
    let own = sections.blocks(&["target-group"]);
    let mut direct: Vec<(String, Place)> = Vec::new();
    let mut indirect: Option<(String, Place)> = None;
    for block in &own {
        let lower = block.text.to_lowercase();
        if let Some((_, rest)) = block.text.split_once(':').filter(|_| lower.starts_with("indirekt")) {
            indirect = Some((bare(rest).to_owned(), block.place));
        } else if matches!(block.kind, BlockKind::ListItem { .. }) {
            direct.push((bare(&block.text).to_owned(), block.place));
        }
    }
    if direct.is_empty() {
        let all = sections.everything();
        // "Målgrupp: personer som …", or a section of running text.
        let labelled = all.iter().filter_map(|block| {
            let (label, rest) = block.text.split_once(':')?;
            let is_label = label.chars().count() < 30
                && headings::subject(label) == Some("target-group")
                && !label.to_lowercase().starts_with("indirekt");
            is_label.then(|| (bare(rest).to_owned(), block.place))
        });
        direct.extend(labelled.filter(|(text, _)| !text.is_empty()));
        if direct.is_empty() {
            let told = own.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph));
            direct.extend(told.take(1).map(|block| {
                let text = bare(&block.text);
                (text.strip_prefix("Målgruppen är ").unwrap_or(text).to_owned(), block.place)
            }));
        }
    }
    match direct.first() {
        Some((_, place)) => {
            let texts = direct.iter().map(|(text, _)| text.to_owned());
            draft.found(&["target_group", "direct"], Value::texts(texts), *place);
        }
        None => draft.missing(&["target_group"], false),
    }
    if let (Some((text, place)), false) = (indirect, direct.is_empty()) {
        draft.found(&["target_group", "indirect"], text.clone(), place);
    }
}

/// Goals and areas of development: one for each heading in their section, or one with the section's own.
fn titled(sections: &Sections<'_>, subject: &str, table: &str, draft: &mut Draft) {
    let mut number = 0;
    for section in sections.about(&[subject]) {
        let mut parts: Vec<(String, Place, Vec<&Block>)> = Vec::new();
        for block in &section.blocks {
            match (&block.kind, parts.last_mut()) {
                (BlockKind::Heading { .. }, _) => parts.push((block.text.clone(), block.place, Vec::new())),
                (_, Some((.., blocks))) => blocks.push(block),
                // What stands before the first part only leads to it, where the section's heading names all of them and not one.
                (_, None)
                    if section.blocks.iter().any(|block| {
                        matches!(block.kind, BlockKind::Heading { .. })
                            && headings::subject(&block.text) != Some(subject)
                    }) => {}
                (_, None) => {
                    let title = section.heading.map_or_else(String::new, |heading| heading.text.clone());
                    parts.push((title, block.place, vec![block]));
                }
            }
        }
        for (title, place, blocks) in parts {
            let text = super::clauses::markdown(&blocks);
            if text.is_empty() || title.trim().is_empty() {
                continue;
            }
            number += 1;
            let key = format!("{}-{number}", if table == "goal" { "mal" } else { "omrade" });
            draft.set(&[table, &key, "title"], title.replace('\n', " "));
            draft.found(&[table, &key, "text"], text, place);
        }
    }
    if number == 0 {
        draft.missing(&[table], false);
    }
}

fn exclusions(sections: &Sections<'_>, draft: &mut Draft) {
    let own = sections.blocks(&["exclusions"]);
    let mut found: Vec<(String, Place)> = Vec::new();
    for block in own.iter().filter(|block| matches!(block.kind, BlockKind::ListItem { .. })) {
        found.push((bare(&block.text).to_owned(), block.place));
    }
    if found.is_empty() {
        let all = prose(&sections.everything());
        let said = all.iter().filter_map(|sentence| {
            let at = sentence.find("partnerskapet omfattar inte | överenskommelsen omfattar inte | avtalet omfattar inte | samarbetet omfattar inte")?;
            let text = bare(sentence.rest(at + 3));
            (!text.is_empty()).then(|| (text.to_owned(), sentence.place))
        });
        found.extend(said);
    }
    if found.is_empty() {
        draft.missing(&["exclusion"], false);
    }
    for (number, (text, place)) in (1..).zip(found) {
        draft.found(&["exclusion", &format!("avgransning-{number}")], text.clone(), place);
    }
}

/// The grounds of the guideline that are known by their words.
const GROUNDS: [(&str, &str); 8] = [
    ("initiative", "initiativ"),
    ("political-plan", "politiskt beslutad | politisk beslutad | politiskt beslutade"),
    ("not-ordinary-grant", "föreningsbidrag*"),
    ("no-market", "marknad | konkurrens*"),
    ("shared-funding", "finansierar"),
    ("not-regulated-in-detail", "detaljregler* | detaljstyr*"),
    ("local-development", "lokal utveckling"),
    ("not-subcontractor", "underleverantör*"),
];

/// Writes the grounds, of which the guideline of the register has those that are `known`.
fn grounds(sections: &Sections<'_>, known: Option<&[String]>, draft: &mut Draft) {
    let all = sections.everything();
    for (before, items) in lists(&all) {
        let in_section = sections
            .about(&["grounds"])
            .any(|section| items.first().is_some_and(|item| section.blocks.contains(item)));
        let is_led = before.is_some_and(|before| before.text.to_lowercase().contains("följande skäl"));
        if !in_section && !is_led {
            continue;
        }
        for item in items {
            let sentence = sentences(&item.text, item.place);
            let Some(first) = sentence.first() else { continue };
            let fitting: Vec<&str> =
                GROUNDS.iter().filter(|(_, words)| first.has(words)).map(|(key, _)| *key).collect();
            let [key] = fitting.as_slice() else { continue };
            if known.is_some_and(|known| !known.iter().any(|one| one == key)) {
                draft.missing(&["ground", key], false);
                continue;
            }
            let is_partly = item.text.contains("delvis uppfyllt");
            let answer = if is_partly { Answer::Partly } else { Answer::Yes };
            draft.found(&["ground", key, "answer"], answer.word(), item.place);
            let reason: Vec<&str> = sentence
                .iter()
                .skip(1)
                .map(super::prose::Sentence::whole)
                .filter(|text| !text.contains("delvis uppfyllt"))
                .collect();
            if !reason.is_empty() {
                draft.set(&["ground", key, "reason"], format!("{}.", reason.join(". ")));
            }
        }
    }
}

/// What each party shall do: a list after words that say who.
fn undertakings(sections: &Sections<'_>, parties: &Parties, draft: &mut Draft) {
    let mut keys: Vec<String> = Vec::new();
    for section in &sections.all {
        let is_own = section.subject == Some("undertakings");
        if section.subject.is_some_and(|subject| NOT_UNDERTAKINGS.contains(&subject)) {
            continue;
        }
        let mut heading: Option<&Block> = None;
        let mut at = 0;
        while let Some(block) = section.blocks.get(at) {
            at += 1;
            match block.kind {
                BlockKind::Heading { .. } => {
                    heading =
                        Some(*block).filter(|block| is_own || !parties.named_in(&block.text).is_empty());
                }
                BlockKind::ListItem { .. } => {
                    let before = at.checked_sub(2).and_then(|before| section.blocks.get(before)).copied();
                    let mut items = vec![*block];
                    while let Some(next) =
                        section.blocks.get(at).filter(|next| matches!(next.kind, BlockKind::ListItem { .. }))
                    {
                        items.push(next);
                        at += 1;
                    }
                    let lead = before.filter(|before| matches!(before.kind, BlockKind::Paragraph));
                    let before_them = lead.map(|lead| bare(&lead.text).to_owned());
                    let promises = before_them.as_deref().is_some_and(|lead| {
                        let lower = lead.to_lowercase();
                        [
                            "ska",
                            "skall",
                            "åtar sig",
                            "ansvarar",
                            "förbinder",
                            "svarar för",
                            "följande del",
                            "ska erbjuda",
                        ]
                        .iter()
                        .any(|word| text::find_word(&lower, word).is_some())
                    });
                    let of_heading = heading
                        .or(section.heading.filter(|_| is_own))
                        .and_then(|heading| parties.named_alone(&heading.text));
                    let party = before_them
                        .as_deref()
                        .and_then(|lead| parties.named_in(lead).first().copied())
                        .or(of_heading);
                    let Some(party) = party.filter(|_| promises || is_own) else { continue };
                    let lead = before_them.filter(|_| promises).unwrap_or_else(|| {
                        format!(
                            "{} ska",
                            text::capitalised(party.named.short_name.as_deref().unwrap_or(&party.named.name))
                        )
                    });
                    let texts = items.iter().map(|item| {
                        item.text.replace('\n', " ").trim().trim_end_matches([',', ';']).to_owned()
                    });
                    let items = Value::texts(texts);
                    undertaking(party, heading, lead, (items, block.place), &mut keys, draft);
                }
                BlockKind::Paragraph if is_own && heading.is_some() => {
                    // One point alone is a sentence: "Grannar ska hålla mötesplatsen öppen."
                    let is_lead = section
                        .blocks
                        .get(at)
                        .is_some_and(|next| matches!(next.kind, BlockKind::ListItem { .. }));
                    let alone = block.text.split_once(" ska ").filter(|(who, what)| {
                        !is_lead && who.split(' ').count() <= 6 && !bare(what).contains(". ")
                    });
                    let Some((who, what)) = alone else { continue };
                    let of_heading = heading.and_then(|heading| parties.named_alone(&heading.text));
                    let Some(party) = parties.named_alone(who).or(of_heading) else { continue };
                    let items = Value::texts(std::iter::once(bare(&what.replace('\n', " ")).to_owned()));
                    undertaking(party, heading, format!("{who} ska"), (items, block.place), &mut keys, draft);
                }
                _ => {}
            }
        }
    }
    if keys.is_empty() {
        draft.missing(&["undertaking"], false);
    }
}

/// Writes what a party shall do, under the name of its heading.
fn undertaking(
    party: &super::parties::Party,
    heading: Option<&Block>,
    lead: String,
    (items, place): (Value, Place),
    keys: &mut Vec<String>,
    draft: &mut Draft,
) {
    let base = heading.map_or_else(
        || party.key.clone(),
        |heading| {
            let slug = text::slug(&heading.text);
            let words: Vec<&str> = slug.split('-').take(4).collect();
            if slug.is_empty() { party.key.clone() } else { words.join("-") }
        },
    );
    let key = free(keys, &base);
    let mut undertaking = Table::default();
    undertaking.set("party", party.key.as_str());
    if let Some(heading) = heading {
        undertaking.set("title", heading.text.replace('\n', " "));
    }
    undertaking.set("lead", lead);
    draft.set(&["undertaking", &key], undertaking);
    draft.found(&["undertaking", &key, "items"], items, place);
}

/// A key that is not taken, and then is.
pub(super) fn free(keys: &mut Vec<String>, base: &str) -> String {
    let mut key = base.to_owned();
    let mut number = 1;
    while keys.contains(&key) {
        number += 1;
        key = format!("{base}-{number}");
    }
    keys.push(key.clone());
    key
}
