//! From a paper that others have written to an agreement file: sections by their headings, and in them what is said in a way
//! that can be read in one way only. What can be read in two ways is not chosen, and the whole text of each section is kept.

mod addresses;
mod adjust;
mod clauses;
mod committee;
mod component;
mod content;
mod contents;
mod designation;
mod draft;
mod exit_words;
mod exits;
mod head;
pub mod list;
pub mod list_file;
mod memo;
mod money;
mod money_prose;
mod money_steps;
mod money_table;
mod name_form;
mod names;
mod notice;
mod own_notice;
mod parties;
mod party_names;
mod people;
mod person;
mod plans;
mod privacy;
mod prolonging;
mod prose;
mod reports;
mod sections;
mod signers;
mod steering;
mod time;
mod unplaced;
mod years;

use self::draft::Draft;
use self::parties::Parties;
use self::privacy::Privacy;
use self::sections::Sections;
use crate::agreement::Role;
use crate::key_path::Segment;
use crate::paper::{Block, Paper, Place};
use crate::register::write::{self, Style, Value};
use crate::register::{InputFile, Register};
use crate::text;

pub use self::committee::Committee;
pub use self::draft::{Fact, State};

/// What is asked for beside the paper.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Whether names of people are written.
    pub with_names: bool,
    /// The agreement's id, where somebody has chosen it.
    pub id: Option<String>,
    /// The first line of the file: where its schema lies.
    pub first_line: String,
    /// What the paper is called.
    pub name: String,
    /// The committees of the register.
    pub committees: Vec<Committee>,
    /// The keys of the grounds that the register's guideline has; all are taken where it has none.
    pub grounds: Option<Vec<String>>,
}

/// An agreement read from a paper.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Its id.
    pub id: String,
    /// The file.
    pub text: String,
    /// What has been looked for, and how it went.
    pub facts: Vec<Fact>,
    /// Sentences that stand in no clause and no fact, with their places; the file has them as comments.
    pub unplaced: Vec<(String, Place)>,
    /// Whether the paper speaks of an agreement at all: it names parties, has sections of one or says that it is one.
    pub is_agreement: bool,
}

/// The tables of a file in the order in which one reads them.
const ORDER: [&str; 26] = [
    "case",
    "original",
    "target_group",
    "term",
    "extension",
    "party",
    "legal",
    "economy",
    "funding",
    "in_kind",
    "payout_plan",
    "indexation",
    "ground",
    "assessment",
    "goal",
    "exclusion",
    "undertaking",
    "development",
    "steering_group",
    "follow_up",
    "exit",
    "annex",
    "supplement",
    "predecessor",
    "clause",
    "memo",
];

/// Reads an agreement, or a memo about one, from a paper.
#[must_use]
pub fn agreement(paper: &Paper, options: &Options) -> Imported {
    let (paper, privacy) = without_people(&sections::settled(paper), options);
    let sections = Sections::of(&paper);
    let is_memo = sections
        .all
        .iter()
        .filter(|section| section.subject.is_some_and(|one| one.starts_with("memo-")))
        .count()
        >= 2;
    let parties = Parties::of(&sections);
    let mut draft = Draft::default();
    head::write(&sections, &mut draft, is_memo);
    for table in ORDER {
        draft.root.table(table);
    }
    parties.write(&mut draft);
    let term = time::write(&sections, &parties, &mut draft);
    content::write(&sections, &parties, options.grounds.as_deref(), &mut draft);
    committee::write(&sections, &parties, &options.committees, &mut draft);
    let components = money::write(&sections, &parties, term, &mut draft);
    plans::write(&sections, &components, &mut draft);
    adjust::write(&sections, &components, &mut draft);
    steering::write(&sections, &parties, &mut draft);
    reports::write(&sections, &parties, &mut draft);
    exits::write(&sections, &parties, &mut draft);
    people::write(&sections, &parties, options.with_names, &mut draft);
    if is_memo {
        memo::write(&sections, options.with_names, &mut draft);
        memo::basis(&sections, &mut draft);
    }
    money::left(&sections, &components, &mut draft);
    clauses::write(&sections, &mut draft);
    let year = term.map(|term| chrono::Datelike::year(&term.start));
    let organisation = parties.0.iter().find(|party| party.role == Role::CivilSociety);
    let base = organisation.map_or("avtal".to_owned(), |party| named_key(&party.named.name));
    let unplaced = unplaced::of(&sections, &draft);
    let is_agreement = speaks_of_agreement(&sections, &parties);
    Imported { is_agreement, ..finished(draft, &privacy, &base, year, unplaced, options) }
}

/// Whether a paper is an agreement or about one.
fn speaks_of_agreement(sections: &Sections<'_>, parties: &Parties) -> bool {
    let names_it = |block: &&Block| {
        block.text.chars().count() < 200
            && sections::prose(&[*block]).iter().any(|sentence| {
                sentence.has(
                    "överenskommelse* | avtal* | partnerskap* | iop | samverkansavtal* | samarbetsavtal*",
                )
            })
    };
    !parties.0.is_empty()
        || sections.all.iter().filter(|section| section.subject.is_some()).count() > 1
        || sections.front.iter().any(names_it)
}

/// The paper without what must not be written of people, and what that is: what is read from it, keys as well, cannot hold it.
fn without_people(paper: &Paper, options: &Options) -> (Paper, Privacy) {
    let sections = Sections::of(paper);
    let parties = Parties::of(&sections);
    let names = names::of(paper, &options.name, &sections, &parties);
    let common = names::words_of_others(paper, &parties);
    let privacy = Privacy::of(&names, names::organisations(&parties), |part| !common.contains(part));
    let privacy = if options.with_names { privacy.with_names() } else { privacy };
    (privacy.paper(paper), privacy)
}

/// A key of the first words of a name, without one that only leads on to the next.
fn named_key(name: &str) -> String {
    let slug = text::slug(name);
    let mut words: Vec<&str> = slug.split('-').take(4).collect();
    while words.len() > 1
        && words.last().is_some_and(|word| matches!(*word, "i" | "och" | "for" | "pa" | "av"))
    {
        words.pop();
    }
    if slug.is_empty() { "avtal".to_owned() } else { words.join("-") }
}

/// A file with its id and what is said of it first.
fn finished(
    mut draft: Draft,
    privacy: &Privacy,
    base: &str,
    year: Option<i32>,
    unplaced: Vec<(String, Place)>,
    options: &Options,
) -> Imported {
    let id = options.id.clone().unwrap_or_else(|| match year {
        Some(year) => format!("{base}-{year}"),
        None => base.to_owned(),
    });
    // Nobody could see what else stands there.
    let shows = |letter: &char| matches!(letter, '\n' | '\t') || !text::hides(*letter);
    draft.change_texts(&|text| privacy.clean(&text.chars().filter(shows).collect::<String>()));
    let activity = match draft.root.get("title") {
        Some(Value::Text(title)) => text::slug(title).split('-').take(4).collect::<Vec<_>>().join("-"),
        _ => String::new(),
    };
    draft.set(&["activity"], if activity.is_empty() { base.to_owned() } else { activity });
    let name = privacy.file_name(&options.name);
    let text = readable(&mut draft, |draft| {
        write::file(&first(&name, &draft.facts, &unplaced, options), &draft.root, Style::default())
    });
    Imported { text, id, facts: draft.facts, unplaced, is_agreement: true }
}

/// A file that the register can read: a value that it could not is given up, one at a time.
fn readable(draft: &mut Draft, written: impl Fn(&Draft) -> String) -> String {
    const MOST: usize = 20;
    const FILE: &str = "agreements/x.toml";
    let mut text = written(draft);
    for _ in 0..MOST {
        let (_, findings) = Register::load(rayon::iter::once(InputFile::text(FILE, &text)));
        let Some(finding) = findings.iter().find(|finding| *finding.place.file == *FILE) else { break };
        let keys = finding.place.path.segments().iter().map_while(|segment| match segment {
            Segment::Key(key) => Some(key.as_str()),
            Segment::Index(_) => None,
        });
        let mut keys: Vec<&str> = keys.collect();
        while !keys.is_empty() && !draft.has(&keys) {
            keys.pop();
        }
        if keys.is_empty() {
            break;
        }
        draft.give_up(&keys);
        text = written(draft);
    }
    text
}

/// What is said of the file first.
fn first(name: &str, facts: &[Fact], unplaced: &[(String, Place)], options: &Options) -> String {
    let mut first = options.first_line.clone();
    first.push_str(&format!(
        "# Läst ur {}. Kontrollera varje uppgift mot filen: kommentarerna säger var den står.\n",
        text::visible(name)
    ));
    let named = |state: State| {
        let facts = facts.iter().filter(|fact| fact.state == state);
        facts.map(Fact::title).collect::<Vec<_>>()
    };
    for (title, facts) in [("Osäkert", named(State::Uncertain)), ("Hittades inte", named(State::Missing))] {
        if !facts.is_empty() {
            first.push_str(&format!("# {title}: {}.\n", facts.join("; ")));
        }
    }
    for (sentence, place) in unplaced {
        first.push_str(&format!("# Fick ingen plats ({place}): {}\n", text::visible(sentence)));
    }
    first.push('\n');
    first
}
