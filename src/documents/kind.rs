//! The kinds of documents: each is a template, and its head says what it is.
//!
//! The head is a comment of the template engine at the very beginning, with TOML in it:
//!
//! ```text
//! {#
//! title = "Tjänsteskrivelse om ett nytt avtal"
//! purpose = "Nämndens underlag och förslag till beslut."
//! subject = "agreement"
//! word = "memo"
//! needs = ["memo"]
//! #}
//! ```

use toml::{Table, Value};

use super::template_limits::Fault;
use crate::agreement::Agreement;
use crate::register::Register;
use crate::settings::MemoWord;
use crate::text;
use crate::vocabulary;

vocabulary! {
    /// What a document is about.
    pub enum SubjectKind ("Ämne") {
        /// An agreement.
        Agreement = "agreement", "ett avtal";
        /// An extension or a supplement.
        Change = "change", "en ändring av ett avtal";
        /// An end before its time.
        Ending = "ending", "ett avslut i förtid";
        /// A meeting of a steering group.
        Meeting = "meeting", "ett möte i en styrgrupp";
        /// A report or another duty, and the period that it is for.
        Duty = "duty", "en uppföljning och dess period";
        /// A committee and a year.
        CommitteeYear = "committee-year", "en nämnd och ett år";
    }
}

vocabulary! {
    /// What a final document needs beside the facts that it shows.
    pub enum Need ("Behov") {
        /// What only the memo to the committee tells.
        Memo = "memo", "uppgifterna i skrivelsen";
        /// Somebody who signs for each party.
        Signatories = "signatories", "den som undertecknar för varje part";
        /// That the decision is on record.
        Decision = "decision", "ett beslut i records/";
    }
}

/// What a document is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// As the parties call their agreement.
    Agreement,
    /// As the municipality calls its memos.
    Memo,
    /// By a word of its own.
    Own(String),
}

/// A kind of document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Its name on the command line: the template's file without its ending.
    pub name: String,
    /// What it is, in Swedish.
    pub title: String,
    /// What it is for, as a Swedish sentence.
    pub purpose: String,
    /// What it is about.
    pub subject: SubjectKind,
    /// What it is called.
    pub word: Word,
    /// What a final one needs.
    pub needs: Vec<Need>,
}

impl Kind {
    /// The template's name.
    pub(super) fn template(&self) -> String {
        format!("documents/{}.md", self.name)
    }

    /// Whether it is a memo to the committee, which proposes what was known on its own day.
    #[must_use]
    pub fn is_memo(&self) -> bool {
        self.word == Word::Memo
    }

    /// Whether a final one needs this.
    #[must_use]
    pub fn needs(&self, need: Need) -> bool {
        self.needs.contains(&need)
    }

    /// The name of the file, without its ending: a memo's by the municipality's own word.
    #[must_use]
    pub fn file_name(&self, register: &Register) -> String {
        self.named(register.memo_word())
    }

    /// Every name that its file can have in some register, without what tells its subjects apart.
    pub fn file_names(&self) -> impl Iterator<Item = String> {
        MemoWord::ALL.into_iter().map(|word| self.named(word))
    }

    /// Whether another kind can have the same file name in some register.
    pub(super) fn may_be_called_as(&self, other: &Self) -> bool {
        self.name != other.name && self.file_names().any(|name| other.file_names().any(|one| one == name))
    }

    fn named(&self, memo: MemoWord) -> String {
        match self.word {
            Word::Memo => self.name.replacen(MemoWord::Tjansteskrivelse.word(), memo.word(), 1),
            Word::Agreement | Word::Own(_) => self.name.clone(),
        }
    }

    /// What people call a document of this kind: överenskommelse, tjänsteutlåtande, tilläggsavtal.
    pub(super) fn called<'a>(&'a self, register: &Register, agreement: Option<&Agreement>) -> &'a str {
        match &self.word {
            Word::Own(word) => word,
            Word::Memo => register.memo_word().label(),
            Word::Agreement => agreement.map_or("avtal", |agreement| agreement.document_word.label()),
        }
    }
}

const BEGIN: &str = "{#";
const END: &str = "#}";
const KEYS: [&str; 5] = ["title", "purpose", "subject", "word", "needs"];
const EXAMPLE: &str = "Börja filen med {# … #} och en rad vardera för title, purpose, subject, word och needs; \
                       templates/README.md visar hur.";

/// The kind that the template `documents/NAME.md` makes, from its head. One without a head is `usual`: a municipality's own
/// text for a kind that is built in.
pub(super) fn read(name: &str, template: &str, usual: Option<Kind>) -> Result<Kind, Fault> {
    let is_name = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    if name.is_empty() || !name.bytes().all(is_name) {
        return Err(fault(
            1,
            "filens namn blir dokumentets: bara a–z, 0–9 och bindestreck, direkt i templates/documents."
                .to_owned(),
        ));
    }
    let Some((head, _)) = template.strip_prefix(BEGIN).and_then(|rest| rest.split_once(END)) else {
        return usual.ok_or_else(|| fault(1, format!("mallen saknar huvud. {EXAMPLE}")));
    };
    let line_of = |at: usize| 1 + head.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let table: Table = head.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| line_of(span.start));
        fault(
            line,
            "raden i mallens huvud går inte att läsa. Skriv nyckel = \"värde\", ett på varje rad.".to_owned(),
        )
    })?;
    let line =
        |key: &str| head.lines().position(|line| line.trim_start().starts_with(key)).map_or(1, |at| at + 1);
    if let Some(unknown) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        let known = text::list(&KEYS);
        return Err(fault(
            line(unknown),
            format!("nyckeln ”{unknown}” finns inte i en malls huvud. Här kan stå {known}."),
        ));
    }
    let said = |key: &str| match table.get(key) {
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text.clone()),
        Some(_) => Err(fault(line(key), format!("{key} ska vara en text."))),
        None => Err(fault(1, format!("mallens huvud saknar {key}. {EXAMPLE}"))),
    };
    let subject = said("subject")?;
    let subject = SubjectKind::of_word(&subject).ok_or_else(|| {
        let known: Vec<&str> = SubjectKind::ALL.iter().map(|one| one.word()).collect();
        fault(
            line("subject"),
            format!("ett dokument kan inte handla om ”{subject}”. {}", text::instead_of(&subject, &known)),
        )
    })?;
    let needs = match table.get("needs") {
        None => Vec::new(),
        Some(Value::Array(needs)) => needs
            .iter()
            .map(|need| {
                let word = need.as_str().unwrap_or_default();
                Need::of_word(word).ok_or_else(|| {
                    let known: Vec<&str> = Need::ALL.iter().map(|one| one.word()).collect();
                    fault(
                        line("needs"),
                        format!("behovet ”{word}” finns inte. {}", text::instead_of(word, &known)),
                    )
                })
            })
            .collect::<Result<_, _>>()?,
        Some(_) => return Err(fault(line("needs"), "needs ska vara en lista: [\"memo\"].".to_owned())),
    };
    let word = match said("word")?.as_str() {
        "agreement" => Word::Agreement,
        "memo" => Word::Memo,
        own => Word::Own(own.to_owned()),
    };
    Ok(Kind { name: name.to_owned(), title: said("title")?, purpose: said("purpose")?, subject, word, needs })
}

fn fault(line: usize, detail: String) -> Fault {
    Fault { line: Some(line), detail }
}
