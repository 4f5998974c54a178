//! Who the parties are.

use super::designation::{Designation, is_organ};
use super::draft::Draft;
use super::party_names::{
    Label, is_about_person, is_designation, named_by, names_several, role_of_label, split_names, without_day,
};
use super::prose::{bare, find};
use super::sections::{Sections, Table, prose, tables};
use crate::agreement::Role;
use crate::language::fold::Folded;
use crate::language::payment::Payers;
use crate::language::tokens::tokens;
use crate::paper::{Block, BlockKind, Place};
use crate::text;

/// The parties that have been found.
#[derive(Debug, Default)]
pub(super) struct Parties(pub(super) Vec<Party>);

/// A party.
#[derive(Debug)]
pub(super) struct Party {
    pub(super) key: String,
    pub(super) role: Role,
    pub(super) named: Designation,
    about: Vec<String>,
    /// Whether a label says on which side it stands.
    pub(super) is_labelled: bool,
    pub(super) place: Place,
}

/// What nobody has named, as a template would leave it: `validate` tells of it.
pub(super) const NAMELESS: &str = "[partens namn]";

impl Parties {
    /// The parties of a paper.
    pub(super) fn of(sections: &Sections<'_>) -> Self {
        let mut found = Self::default();
        found.in_section(&sections.blocks(&["parties"]));
        if found.0.len() < 2 {
            found.0.clear();
            found.labelled(sections);
        }
        if found.0.len() < 2 {
            found.0.clear();
            found.between(sections);
        }
        found
    }

    /// The parties of a section about them: lines with a label, tables, items of a list, or a sentence that names them.
    fn in_section(&mut self, blocks: &[&Block]) {
        for table in tables(blocks) {
            if self.in_columns(&table) {
                continue;
            }
            for (cells, place) in std::iter::once((table.head.clone(), None))
                .chain(table.rows.iter().map(|(cells, place)| (cells.clone(), Some(*place))))
            {
                let (Some(label), Some(name), Some(place)) =
                    (cells.first(), cells.get(1), place.or(table.rows.first().map(|row| row.1)))
                else {
                    continue;
                };
                if let Some(Label { role }) = role_of_label(label) {
                    self.add(name, role, place);
                }
            }
        }
        for block in blocks {
            for line in block.text.lines() {
                if matches!(block.kind, BlockKind::TableRow { .. }) {
                    continue;
                }
                if is_about_person(line) {
                    continue;
                }
                if let Some((label, name)) = line.split_once(':')
                    && label.chars().count() < 60
                    && let Some(Label { role }) = role_of_label(label)
                {
                    if role.is_none() && names_several(label) && name.contains(" och ") {
                        self.both(name, block.place);
                    } else {
                        self.add(name, role, block.place);
                    }
                } else if matches!(block.kind, BlockKind::ListItem { .. }) || is_designation(line) {
                    self.add(line, None, block.place);
                } else if let Some(party) = self.0.last_mut()
                    && matches!(block.kind, BlockKind::Paragraph)
                {
                    party.about.push(line.to_owned());
                }
            }
        }
        if self.0.len() < 2 {
            self.0.clear();
            for sentence in prose(blocks) {
                if let Some(names) = named_by(&sentence) {
                    self.both(&names, sentence.place);
                }
            }
        }
    }

    /// A table with a party in each row, and columns for its number and short name.
    fn in_columns(&mut self, table: &Table<'_>) -> bool {
        let head: Vec<String> = table.head.iter().map(|cell| bare(cell).to_lowercase()).collect();
        let column =
            |words: &[&str]| head.iter().position(|cell| words.iter().any(|word| cell.starts_with(word)));
        let names = head.first().is_some_and(|first| {
            ["part", "parter", "avtalspart", "organisation", "namn"].contains(&first.as_str())
        });
        let number = column(&["org"]).filter(|at| *at > 0);
        let short = column(&["benämn", "kallas", "kortnamn", "förkort", "nedan"]);
        if !names || number.is_none() && short.is_none() {
            return false;
        }
        for (cells, place) in &table.rows {
            let cell = |at: Option<usize>| {
                at.and_then(|at| cells.get(at)).map(|cell| bare(cell)).filter(|cell| !cell.is_empty())
            };
            let Some(name) = cell(Some(0)) else { continue };
            let number = cell(number).map_or_else(String::new, |number| format!(", org.nr {number}"));
            let short = cell(short).map_or_else(String::new, |short| format!(", nedan kallad {short}"));
            self.add(&format!("{name}{number}{short}"), None, *place);
        }
        true
    }

    /// "Parter: Ådala kommun och Föreningen Språkbron", where no section is about them.
    fn labelled(&mut self, sections: &Sections<'_>) {
        for block in sections.everything() {
            for line in block.text.lines() {
                if let Some((label, names)) = line.split_once(':')
                    && label.chars().count() < 30
                    && names_several(label)
                    && names.contains(" och ")
                    && self.0.is_empty()
                {
                    self.both(names, block.place);
                }
            }
        }
    }

    /// The parties that a title or a sentence names: "mellan A och B". The longest of several ways to name them counts, where it
    /// begins as the others do.
    fn between(&mut self, sections: &Sections<'_>) {
        let mut pairs: Vec<(String, Place)> = Vec::new();
        let everything = sections.everything();
        let front = prose(&sections.front);
        for sentence in front.iter().chain(&prose(&everything)) {
            let names_agreement = sentence.has("överenskommelse* | avtal* | partnerskap* | iop | samverkan*")
                || front.iter().any(|other| other.place == sentence.place);
            let Some(at) = sentence.find("mellan").filter(|_| names_agreement) else { continue };
            let rest = sentence.rest(at + 1);
            if rest.contains(" och ") && !self.is_pair_of_others(rest) {
                pairs.push((rest.to_owned(), sentence.place));
            }
        }
        if let Some((first, place)) = pairs.into_iter().next() {
            self.both(&first, place);
        }
    }

    /// Whether what stands between something is no parties: "mellan kommunen och den idéburna sektorn", "mellan parterna och".
    fn is_pair_of_others(&self, rest: &str) -> bool {
        let lower = rest.to_lowercase();
        ["sektor", "parterna", "den 1", "januari", "olika", "det offentliga"]
            .iter()
            .any(|word| lower.contains(word))
            && self.0.is_empty()
    }

    fn both(&mut self, names: &str, place: Place) {
        for name in split_names(names) {
            self.add(&name, None, place);
        }
    }

    fn add(&mut self, text: &str, role: Option<Role>, place: Place) {
        let mut named = Designation::of(without_day(text, place));
        named.name = text::capitalised(&named.name);
        let is_known = |party: &Party| party.named.name == named.name && party.named.organ == named.organ;
        if named.name.is_empty() || named.name.starts_with('[') || self.0.iter().any(is_known) {
            return;
        }
        // An organ by itself belongs to the municipality that is named.
        let organ = text.trim().strip_prefix("genom ").unwrap_or(text.trim());
        if is_organ(&text::uncapitalised(organ)) && named.organisation_number.is_none() {
            let owner = self.0.iter_mut().rfind(|party| {
                party.role == Role::Public && !is_organ(&text::uncapitalised(&party.named.name))
            });
            if let Some(owner) = owner {
                let organ = text::capitalised(bare(organ));
                owner.named.organ.get_or_insert(organ);
                return;
            }
        }
        let is_labelled = role.is_some();
        let role = role.or_else(|| named.role());
        let role = role.unwrap_or(Role::CivilSociety);
        let called = named.short_name.as_deref().unwrap_or(&named.name);
        let key = self.free_key(&text::slug(called));
        self.0.push(Party { key, role, named, about: Vec::new(), is_labelled, place });
    }

    fn free_key(&self, slug: &str) -> String {
        let words: Vec<&str> = slug.split('-').take(4).collect();
        let base = if slug.is_empty() { "part".to_owned() } else { words.join("-") };
        let mut key = base.clone();
        let mut number = 1;
        while self.0.iter().any(|party| party.key == key) {
            number += 1;
            key = format!("{base}-{number}");
        }
        key
    }

    /// The only party of a side.
    pub(super) fn only(&self, role: Role) -> Option<&Party> {
        let mut parties = self.0.iter().filter(|party| party.role == role);
        parties.next().filter(|_| parties.next().is_none())
    }

    /// The parties that a text names, in the order in which they stand there.
    pub(super) fn named_in(&self, text: &str) -> Vec<&Party> {
        let folded = Folded::of(text);
        let tokens = tokens(&folded);
        let words: Vec<&str> = tokens.iter().map(|token| token.text).collect();
        let mut found: Vec<(usize, &Party)> = self
            .0
            .iter()
            .filter_map(|party| {
                let places = self.aliases(party).into_iter().filter_map(|alias| find(&words, &alias));
                Some((places.min()?, party))
            })
            .collect();
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, party)| party).collect()
    }

    /// The only party that a text names.
    pub(super) fn named_alone(&self, text: &str) -> Option<&Party> {
        match self.named_in(text).as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// What a text can call a party, folded, with their words as tokens have them.
    fn aliases(&self, party: &Party) -> Vec<String> {
        let named = &party.named;
        let mut all: Vec<String> =
            [Some(&named.name), named.short_name.as_ref(), named.legal_person.as_ref(), named.organ.as_ref()]
                .into_iter()
                .flatten()
                .cloned()
                .collect();
        if let Some((before, _)) = named.name.split_once(" i ") {
            all.push(before.to_owned());
        }
        let first = named.short_name.as_deref().unwrap_or(&named.name).split(' ').next().unwrap_or_default();
        if first.chars().filter(|letter| letter.is_uppercase()).count() >= 2 {
            all.extend([first.to_owned(), text::genitive(first), format!("{first}s")]);
        }
        let usual: &[&str] = match party.role {
            Role::Public => {
                &["kommunen", "kommunens", "förvaltningen", "förvaltningens", "nämnden", "kommun", "staden"]
            }
            Role::CivilSociety => &[
                "föreningen",
                "föreningens",
                "organisationen",
                "organisationens",
                "idéburna parten",
                "idéburna organisationen",
                "stiftelsen",
            ],
        };
        // A word that could be another party's names nobody.
        if self.only(party.role).is_some() {
            all.extend(usual.iter().map(|name| (*name).to_owned()));
        }
        let with_genitive: Vec<String> =
            all.iter().flat_map(|name| [name.clone(), text::genitive(name)]).collect();
        let folded = |name: &String| {
            let folded = Folded::of(name);
            let words: Vec<String> = tokens(&folded).iter().map(|token| token.text.to_owned()).collect();
            words.join(" ")
        };
        with_genitive.iter().map(folded).filter(|alias| !alias.is_empty()).collect()
    }

    /// Whose money the agreement holds, and whose not.
    pub(super) fn payers(&self) -> Payers {
        let of = |role: Role| {
            let parties = self.0.iter().filter(move |party| party.role == role);
            parties.flat_map(|party| self.aliases(party)).collect::<Vec<_>>()
        };
        let (public, other) = (of(Role::Public), of(Role::CivilSociety));
        Payers::new(public.iter().map(String::as_str), other.iter().map(String::as_str))
    }

    /// Writes them into the file.
    pub(super) fn write(&self, draft: &mut Draft) {
        for party in &self.0 {
            let Party { key, named, place, .. } = party;
            let at = |field: &'static str| ["party", key.as_str(), field];
            draft.set(&at("role"), party.role.word());
            draft.found(&at("name"), named.name.as_str(), *place);
            let texts = [
                ("short_name", &named.short_name),
                ("legal_person", &named.legal_person),
                ("organ", &named.organ),
                ("organisation_number", &named.organisation_number),
                ("seat", &named.seat),
            ];
            for (field, value) in texts {
                if let Some(value) = value {
                    draft.found(&at(field), value.as_str(), *place);
                }
            }
            match named.form {
                Some(form) => draft.found(&at("form"), form.word(), *place),
                None => draft.missing(&at("form"), false),
            }
            if named.organisation_number.is_none() && party.role == Role::CivilSociety {
                draft.missing(&at("organisation_number"), false);
            }
            // A text that is about somebody begins with the name.
            let is_about =
                |text: &&String| self.named_in(text).first().is_some_and(|first| first.key == *key);
            let about: Vec<String> =
                party.about.iter().filter(is_about).map(|text| super::clauses::escaped(text)).collect();
            if !about.is_empty() {
                draft.set(&at("about"), about.join("\n\n"));
            }
        }
        if self.0.is_empty() {
            draft.missing(&["party"], false);
            draft.set(&["party", "part", "role"], Role::CivilSociety.word());
            draft.set(&["party", "part", "name"], NAMELESS);
            draft.comment(&["party", "part"], "Hittades inte: skriv in parterna, en tabell för var och en.");
        }
    }
}
