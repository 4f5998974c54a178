//! A municipality's register: all its data files, read, checked for structure and linked to their text.

mod bounds;
pub mod codes;
mod comments;
mod deserialize;
pub mod disk;
pub mod edit;
mod invoices;
mod layout;
mod municipality;
mod node;
pub mod portable;
mod renamed;
mod schema;
mod source;
mod spans;
mod structure;
mod syntax;
mod trail;
mod tree;
mod unclosed;
pub mod walk;
pub mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::de::DeserializeOwned;

pub use layout::{FONTS, PICTURES, TEMPLATES, WORD, is_folder, kind_of};
pub use municipality::calls_a_municipality;
pub use schema::{FileKind, FileSchema};
pub use source::{Location, Source, Text};

use node::Node;
use source::Recent;

use crate::agreement::Agreement;
use crate::budget::Budget;
use crate::finding::{Finding, Level, Place};
use crate::guideline::Guideline;
use crate::index::Series;
use crate::line_ends;
use crate::meeting_plan::MeetingPlan;
use crate::records::Records;
use crate::settings::{MemoWord, ProposalStyle, Settings};
use crate::text;
use invoices::Repeated;
use layout::is_asset;

/// What a file holds before anyone has looked at it.
#[derive(Debug, Clone)]
pub enum Content {
    /// Text.
    Text(String),
    /// A font or a picture.
    Bytes(Arc<[u8]>),
    /// Nothing that can be read, and why.
    Unreadable(Unreadable),
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The code of the finding.
    pub code: &'static str,
    /// The problem, as a Swedish sentence.
    pub problem: String,
    /// What to do about it, in Swedish.
    pub help: &'static str,
    /// The line and column at which it shows, from 1, where they are known.
    pub at: Option<(usize, usize)>,
}

impl Unreadable {
    /// A problem of the file as a whole.
    #[must_use]
    pub fn new(problem: impl Into<String>) -> Self {
        Self {
            code: codes::UNREADABLE,
            problem: problem.into(),
            help: "Rätta filen eller ta bort den ur registret.",
            at: None,
        }
    }

    /// A folder that cannot be read, so that nobody knows what is in it.
    #[must_use]
    pub fn folder(problem: impl Into<String>) -> Self {
        const HELP: &str =
            "Se till att du får läsa mappen och allt i den, eller be den som sköter registret om hjälp.";
        Self { help: HELP, ..Self::new(problem) }
    }

    /// What its name or its place keeps from being read.
    #[must_use]
    pub fn misnamed(problem: impl Into<String>, help: &'static str) -> Self {
        Self { code: codes::FILE_NAME, help, ..Self::new(problem) }
    }

    /// A text that is saved in another way than UTF-8.
    #[must_use]
    pub fn encoding(problem: impl Into<String>, line: usize, column: usize) -> Self {
        const HELP: &str =
            "Spara om filen som UTF-8: öppna den i textredigeraren, välj Spara som och kodningen UTF-8.";
        Self { help: HELP, at: Some((line, column)), ..Self::new(problem) }
    }
}

/// A file of the register, from disk or from memory.
#[derive(Debug, Clone)]
pub struct InputFile {
    /// Its path from the register's folder, with `/`.
    pub file: Arc<str>,
    /// What it holds.
    pub content: Content,
    /// Where its text can be read again. Without that, the register keeps it.
    pub on_disk: Option<Box<Path>>,
}

impl InputFile {
    /// A file in memory.
    #[must_use]
    pub fn text(file: &str, text: &str) -> Self {
        Self::new(file, Content::Text(text.into()))
    }

    /// The same with any content.
    #[must_use]
    pub fn new(file: &str, content: Content) -> Self {
        Self { file: file.into(), content, on_disk: None }
    }
}

/// Data with the file that it comes from.
#[derive(Debug, Clone)]
pub struct Entry<T> {
    /// The file's path from the register's folder.
    pub file: Arc<str>,
    /// What it says, where it stays: an agreement is large, and a map would move it about.
    pub data: Box<T>,
}

/// A whole register. Files with structural errors are known by name but have no data.
#[derive(Debug, Default)]
pub struct Register {
    /// `iop.toml`.
    pub settings: Option<Entry<Settings>>,
    /// `agreements/`, by id.
    pub agreements: BTreeMap<String, Entry<Agreement>>,
    /// `records/`, by the agreement's id.
    pub records: BTreeMap<String, Entry<Records>>,
    /// `guidelines/`, by id.
    pub guidelines: BTreeMap<String, Entry<Guideline>>,
    /// `budget.toml`.
    pub budget: Option<Entry<Budget>>,
    /// `indexes/`, by id.
    pub indexes: BTreeMap<String, Entry<Series>>,
    /// `meetings/`, by id.
    pub meeting_plans: BTreeMap<String, Entry<MeetingPlan>>,
    sources: BTreeMap<Arc<str>, Source>,
    assets: BTreeMap<Arc<str>, Arc<[u8]>>,
    /// Found when somebody first asks.
    repeated_invoices: OnceLock<BTreeMap<String, Repeated>>,
}

impl Register {
    /// Reads `files`. The findings are the structural ones of all files; a file that has any is left out.
    #[must_use]
    pub fn load(files: impl IntoParallelIterator<Item = InputFile>) -> (Self, Vec<Finding>) {
        // Each file is done with before the next is read: all their texts together take more room than what they say.
        let recent = Recent::default();
        let loaded: Vec<Loaded> = files.into_par_iter().filter_map(|file| loaded(file, &recent)).collect();
        let mut register = Self::default();
        let mut findings = Vec::new();
        for file in loaded {
            let mut file = match file {
                Loaded::Asset(file, bytes) => {
                    register.assets.insert(file, bytes);
                    continue;
                }
                Loaded::Text(parsed) => parsed,
            };
            findings.append(&mut file.findings);
            if let Some(data) = file.data {
                register.insert(&file.source.file, data);
            }
            register.sources.insert(Arc::clone(&file.source.file), file.source);
        }
        let names = register.names_of_one_system(&findings);
        findings.extend(names);
        (register, findings)
    }

    /// Findings of files whose names are not the same on every system, where nothing is said of the name already.
    fn names_of_one_system(&self, findings: &[Finding]) -> Vec<Finding> {
        let told: BTreeSet<&str> =
            findings.iter().filter(|one| one.code == codes::FILE_NAME).map(|one| &*one.place.file).collect();
        let files = || self.sources.keys().chain(self.assets.keys()).filter(|file| !told.contains(&***file));
        let found = |file, problem, help| {
            Finding::new(codes::FILE_NAME, Level::Error, Place::name(file), problem).help(help)
        };
        let faults = files()
            .filter_map(|file| portable::fault(file).map(|(problem, help)| found(file, problem, help)));
        let same = portable::taken_for_another(files().filter(|file| portable::fault(file).is_none()));
        let same = same.into_iter().map(|(file, other)| {
            let problem = format!(
                "På Windows och Mac är ”{file}” samma fil som ”{other}”, och bara den ena får plats."
            );
            found(file, problem, "Byt namn på den ena filen.")
        });
        faults.chain(same).collect()
    }

    fn insert(&mut self, file: &Arc<str>, data: Data) {
        let id = id_of(file).to_owned();
        let file = Arc::clone(file);
        match data {
            Data::Settings(data) => self.settings = Some(Entry { file, data }),
            Data::Agreement(data) => _ = self.agreements.insert(id, Entry { file, data }),
            Data::Records(data) => _ = self.records.insert(id, Entry { file, data }),
            Data::Guideline(data) => _ = self.guidelines.insert(id, Entry { file, data }),
            Data::Budget(data) => self.budget = Some(Entry { file, data }),
            Data::Series(data) => _ = self.indexes.insert(id, Entry { file, data }),
            Data::MeetingPlan(data) => _ = self.meeting_plans.insert(id, Entry { file, data }),
        }
    }

    /// A file with its text.
    #[must_use]
    pub fn source(&self, file: &str) -> Option<&Source> {
        self.sources.get(file)
    }

    /// The register's own templates: path and text.
    pub fn templates(&self) -> impl Iterator<Item = (&Arc<str>, Arc<Text>)> {
        self.sources
            .values()
            .filter(|source| source.file.starts_with("templates/") && !is_asset(&source.file))
            // One that cannot be read is no empty one.
            .filter(|source| source.is_read())
            .map(|source| (&source.file, source.text()))
    }

    /// The fonts or pictures in `folder`: path and content.
    pub fn assets(&self, folder: &str) -> impl Iterator<Item = (&Arc<str>, &Arc<[u8]>)> {
        self.assets.iter().filter(move |(file, _)| file.starts_with(folder))
    }

    /// The paths of all text files, in order.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(|file| &**file)
    }

    /// The files that were found to have changed after they were read, when somebody asked where something stands in them.
    pub fn changed_files(&self) -> impl Iterator<Item = &str> {
        self.sources.values().filter(|source| source.has_changed()).map(|source| &*source.file)
    }

    /// Those below a folder, named with its `/`.
    fn files_in<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        let from = (Bound::Included(folder), Bound::Unbounded);
        let files = self.sources.range::<str, _>(from).map(|(file, _)| &**file);
        files.take_while(move |file| file.starts_with(folder))
    }

    /// Whether the register has such a file, readable or not. In a folder that cannot be read it may have any.
    #[must_use]
    pub fn has(&self, file: &str) -> bool {
        let mut above = file.match_indices('/').filter_map(|(end, _)| file.get(..end));
        self.sources.contains_key(file)
            || self.assets.contains_key(file)
            || above.any(|folder| self.sources.contains_key(folder))
    }

    /// Whether an agreement has records that cannot be read, or may have: nobody can tell what has happened in it.
    #[must_use]
    pub fn has_unread_records(&self, id: &str) -> bool {
        !self.records.contains_key(id) && self.has(&format!("records/{id}.toml"))
    }

    /// The kinds of the files that could not be read.
    pub fn unread(&self) -> impl Iterator<Item = FileKind> {
        self.files().filter_map(|file| {
            let kind = kind_of(file)?;
            let is_read = match kind {
                FileKind::Settings => self.settings.is_some(),
                FileKind::Agreement => self.agreements.contains_key(id_of(file)),
                FileKind::Records => self.records.contains_key(id_of(file)),
                FileKind::Guideline => self.guidelines.contains_key(id_of(file)),
                FileKind::Budget => self.budget.is_some(),
                FileKind::Series => self.indexes.contains_key(id_of(file)),
                FileKind::MeetingPlan => self.meeting_plans.contains_key(id_of(file)),
            };
            (!is_read).then_some(kind)
        })
    }

    /// Whether the register has no agreements, as far as anybody can tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.files().any(|file| kind_of(file) == Some(FileKind::Agreement))
    }

    /// Whether there is a meeting plan that cannot be read, whichever committee's it is.
    #[must_use]
    pub fn has_broken_meeting_plan(&self) -> bool {
        self.files_in("meetings/").any(|file| !self.meeting_plans.contains_key(id_of(file)))
    }

    /// How many agreement files there are, readable or not.
    #[must_use]
    pub fn agreement_files(&self) -> usize {
        self.files_in("agreements/").count()
    }

    /// Where `place` stands.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Location {
        self.sources
            .get(&place.file)
            .map_or(Location { bytes: 0..0, line: 1, column: 1 }, |source| source.locate(place))
    }

    /// The guideline profile that an agreement is checked against: its own, or the register's default.
    #[must_use]
    pub fn guideline_of(&self, agreement: &Agreement) -> Option<&Entry<Guideline>> {
        self.guidelines.get(self.guideline_id_of(agreement)?)
    }

    /// The name of that profile, whether it exists or not.
    #[must_use]
    pub fn guideline_id_of<'a>(&'a self, agreement: &'a Agreement) -> Option<&'a str> {
        agreement.guideline.as_deref().or_else(|| self.settings.as_ref()?.data.default.guideline.as_deref())
    }

    /// What has happened since an agreement was made.
    #[must_use]
    pub fn records_of(&self, agreement: &Entry<Agreement>) -> Option<&Records> {
        self.records.get(id_of(&agreement.file)).map(|entry| &*entry.data)
    }

    /// What the municipality calls its memos.
    #[must_use]
    pub fn memo_word(&self) -> MemoWord {
        self.settings.as_ref().map_or(MemoWord::Tjansteskrivelse, |entry| entry.data.documents.memo)
    }

    /// How the municipality writes proposals for decisions.
    #[must_use]
    pub fn proposal_style(&self) -> ProposalStyle {
        self.settings.as_ref().map_or(ProposalStyle::AttClauses, |entry| entry.data.documents.proposal)
    }

    /// The committee that decides an agreement: its own, or the register's default.
    #[must_use]
    pub fn committee_of(&self, agreement: &Agreement) -> Option<&crate::settings::Committee> {
        self.settings.as_ref()?.data.committee.get(self.committee_key_of(agreement)?)
    }

    /// The key of that committee, whether it exists or not.
    #[must_use]
    pub fn committee_key_of<'a>(&'a self, agreement: &'a Agreement) -> Option<&'a str> {
        agreement.committee.as_deref().or_else(|| self.settings.as_ref()?.data.default.committee.as_deref())
    }
}

/// A file's name without folder and ending: the id of what it holds.
#[must_use]
pub fn id_of(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".toml").unwrap_or(name)
}

enum Data {
    Settings(Box<Settings>),
    Agreement(Box<Agreement>),
    Records(Box<Records>),
    Guideline(Box<Guideline>),
    Budget(Box<Budget>),
    Series(Box<Series>),
    MeetingPlan(Box<MeetingPlan>),
}

/// A file as the register keeps it.
enum Loaded {
    Text(Parsed),
    Asset(Arc<str>, Arc<[u8]>),
}

fn loaded(input: InputFile, recent: &Recent) -> Option<Loaded> {
    match input {
        InputFile { file, content: Content::Bytes(bytes), .. } if file.starts_with(TEMPLATES) => {
            Some(Loaded::Asset(file, bytes))
        }
        input if input.file.starts_with(TEMPLATES) => Some(Loaded::Text(template(input))),
        input => parse(input, recent).map(Loaded::Text),
    }
}

struct Parsed {
    source: Source,
    data: Option<Data>,
    findings: Vec<Finding>,
}

/// A template is text to us: the documents compile it.
fn template(input: InputFile) -> Parsed {
    let InputFile { file, content, .. } = input;
    match named(&file, content) {
        Content::Text(text) => {
            // Where it is only text, any sign that ends a line does.
            let source = Source::new(file, line_ends::plain(text).replace('\r', "\n"), false);
            Parsed { source, data: None, findings: Vec::new() }
        }
        Content::Bytes(_) => unreadable(file, Unreadable::new("Det är ingen textfil.")),
        Content::Unreadable(reason) => unreadable(file, reason),
    }
}

/// What a file holds, where its name lets it be read.
fn named(file: &str, content: Content) -> Content {
    match layout::passed_over(file) {
        Some((problem, help)) if !matches!(content, Content::Unreadable(_)) => {
            Content::Unreadable(Unreadable::misnamed(problem, help))
        }
        _ => content,
    }
}

fn unreadable(file: Arc<str>, reason: Unreadable) -> Parsed {
    let Unreadable { code, problem, help, at } = reason;
    let place = if code == codes::FILE_NAME { Place::name(&file) } else { Place::file(&file) };
    let finding = Finding::new(code, Level::Error, place, problem).help(help);
    let source = Source::unreadable(file, at);
    Parsed { source, data: None, findings: vec![finding] }
}

fn parse(input: InputFile, recent: &Recent) -> Option<Parsed> {
    let InputFile { file, content, on_disk } = input;
    let kind = match (kind_of(&file), &content) {
        (Some(kind), _) => kind,
        (None, Content::Unreadable(reason)) => return Some(unreadable(file, reason.clone())),
        (None, _) => return None,
    };
    let text = match named(&file, content) {
        Content::Text(text) => line_ends::plain(text),
        Content::Bytes(_) => return Some(unreadable(file, Unreadable::new("Det är ingen textfil."))),
        Content::Unreadable(reason) => return Some(unreadable(file, reason)),
    };
    // One look at the whole of it, so that hardly any text is looked at by itself.
    let hides = text::hidden(&text).next().is_some();
    let may_hide = hides || may_escape_hidden(&text);
    let mut tree = tree::parse(&file, &text);
    if let Some((problem, help)) = layout::bad_id(&file) {
        let finding = Finding::new(codes::FILE_NAME, Level::Error, Place::name(&file), problem);
        tree.findings.push(finding.help(help));
    }
    let is_toml = tree.root.is_some();
    let data = tree.root.and_then(|root| {
        let root = Node::new(&root);
        let read = match kind {
            FileKind::Settings => structure::read(kind, &file, root, may_hide).map(boxed(Data::Settings)),
            FileKind::Agreement => structure::read(kind, &file, root, may_hide)
                .and_then(|agreement| bounded(&file, Box::new(agreement)))
                .map(Data::Agreement),
            FileKind::Records => structure::read(kind, &file, root, may_hide).map(boxed(Data::Records)),
            FileKind::Guideline => structure::read(kind, &file, root, may_hide).map(boxed(Data::Guideline)),
            FileKind::Budget => structure::read(kind, &file, root, may_hide).map(boxed(Data::Budget)),
            FileKind::Series => structure::read(kind, &file, root, may_hide).map(boxed(Data::Series)),
            FileKind::MeetingPlan => {
                structure::read(kind, &file, root, may_hide).map(boxed(Data::MeetingPlan))
            }
        };
        read.map_err(|mut findings| tree.findings.append(&mut findings)).ok()
    });
    // A value that was refused reads as missing: what is left of the file would be judged wrongly.
    let data = data.filter(|_| tree.findings.is_empty());
    let mut findings = tree.findings;
    if is_toml && hides {
        findings.extend(comments::misleading(&file, &text));
    }
    let source = Source::new(file, text, is_toml);
    let source = match on_disk {
        Some(path) => source.left_on_disk(path, recent),
        None => source,
    };
    Some(Parsed { source, data, findings })
}

/// Whether a file may have a text with a character that does not show and that it writes as an escape.
fn may_escape_hidden(toml: &str) -> bool {
    let mut escapes = toml.match_indices('\\').filter_map(|(at, _)| toml.as_bytes().get(at + 1));
    escapes.any(|byte| matches!(byte, b'b' | b'e' | b'f' | b'r' | b'u' | b'U' | b'x'))
}

/// An agreement, unless to reckon with its money would take time and memory without end.
fn bounded(file: &Arc<str>, agreement: Box<Agreement>) -> Result<Box<Agreement>, Vec<Finding>> {
    let Some(problem) = bounds::too_much_money(&agreement) else { return Ok(agreement) };
    let place = Place::key(file, crate::path!["funding"]);
    let help = "Rätta åren, eller dela upp avtalet i flera filer.";
    Err(vec![Finding::new(codes::DOMAIN, Level::Error, place, problem).help(help)])
}

fn boxed<T: DeserializeOwned>(wrap: fn(Box<T>) -> Data) -> impl FnOnce(T) -> Data {
    move |data| wrap(Box::new(data))
}
