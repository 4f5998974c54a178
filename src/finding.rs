//! What a check has to say about a register, and where.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::key_path::KeyPath;
use crate::measure::Measure;
use crate::text;

/// How grave a finding is. The order is from mild to grave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing; nothing has to be done now.
    Note,
    /// Probably wrong.
    Warning,
    /// Wrong, or missing where it must stand.
    Error,
}

impl Level {
    /// All levels, from mild to grave.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// The word in machine-readable reports.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The Swedish word that people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Note => "not",
            Self::Warning => "varning",
            Self::Error => "fel",
        }
    }
}

/// Which part of a key path's place is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The value; for a table its header. Where the path does not exist, the nearest table above it.
    Value,
    /// The key itself, as for a misspelt key.
    Key,
    /// A word in the value, written as it or in other cases; where it stands in several places the first.
    Word(String),
    /// What stands at another path of the file: for what is missing, and for elements of a list, which have a number in
    /// the place of a name.
    At(KeyPath),
    /// The file's name, and no line of it.
    Name,
    /// Bytes from–to in the file, where there is no tree to point into (syntax errors).
    Bytes(usize, usize),
}

/// A place in the register: a file and a key path in it. Lines and columns are found from it by
/// `register::Source::locate` alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's path from the register's folder, with `/`.
    pub file: Arc<str>,
    /// The keys from the file's root.
    pub path: KeyPath,
    /// What to point at there.
    pub part: Part,
}

impl Place {
    /// The value at `path`.
    #[must_use]
    pub fn value(file: &Arc<str>, path: KeyPath) -> Self {
        Self { file: Arc::clone(file), path, part: Part::Value }
    }

    /// The key at `path`.
    #[must_use]
    pub fn key(file: &Arc<str>, path: KeyPath) -> Self {
        Self { file: Arc::clone(file), path, part: Part::Key }
    }

    /// A word in the value at `path`.
    #[must_use]
    pub fn word(file: &Arc<str>, path: KeyPath, word: impl Into<String>) -> Self {
        Self { file: Arc::clone(file), path, part: Part::Word(word.into()) }
    }

    /// What is known as `path` and stands at `shown`.
    #[must_use]
    pub fn shown_at(file: &Arc<str>, path: KeyPath, shown: KeyPath) -> Self {
        Self { file: Arc::clone(file), path, part: Part::At(shown) }
    }

    /// Whether both are the same key of the same file, whatever is pointed at there.
    #[must_use]
    pub fn is_same_key(&self, other: &Self) -> bool {
        self.file == other.file && self.path == other.path
    }

    /// Bytes from `start` to `end`.
    #[must_use]
    pub fn bytes(file: &Arc<str>, start: usize, end: usize) -> Self {
        Self { file: Arc::clone(file), path: KeyPath::root(), part: Part::Bytes(start, end) }
    }

    /// The file's name.
    #[must_use]
    pub fn name(file: &Arc<str>) -> Self {
        Self { file: Arc::clone(file), path: KeyPath::root(), part: Part::Name }
    }

    /// The file as a whole.
    #[must_use]
    pub fn file(file: &Arc<str>) -> Self {
        Self::value(file, KeyPath::root())
    }
}

/// A further place that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What stands there, in Swedish.
    pub message: String,
}

/// So many further places of one finding are worth reading; a register may have thousands.
pub const MOST_RELATED: usize = 10;

/// One of the places at which a fault stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where.
    pub place: Place,
    /// What of it stands there, as the message names it. One key may hold several.
    pub word: String,
}

/// A fault that stands at several places and is told once, with every place marked. Each place is accepted by itself,
/// so the message is put together anew of those that are left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// The message before and after the words, where it stands at one place.
    pub one: (String, String),
    /// The same where it stands at several.
    pub several: (String, String),
    /// The places, in reading order.
    pub mentions: Vec<Mention>,
    /// Further places that it rests on, at whichever of them it stands.
    pub grounds: Vec<Related>,
}

impl Spread {
    /// A fault at these places; the message has these texts before and after their words.
    #[must_use]
    pub fn new(
        before: impl Into<String>,
        after: impl Into<String>,
        mentions: impl IntoIterator<Item = Mention>,
    ) -> Self {
        let several = (before.into(), after.into());
        Self { one: several.clone(), several, mentions: mentions.into_iter().collect(), grounds: Vec::new() }
    }

    /// Other texts before and after, where it stands at one place.
    #[must_use]
    pub fn for_one(mut self, before: impl Into<String>, after: impl Into<String>) -> Self {
        self.one = (before.into(), after.into());
        self
    }
}

/// One thing that a check found. It cannot be built without a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's code, such as `IOP201`.
    pub code: &'static str,
    /// How grave it is.
    pub level: Level,
    /// The fact and the limit, in Swedish.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to do about it, in Swedish.
    pub help: Option<String>,
    /// The guideline, law or practice that the finding rests on.
    pub source: Option<String>,
    /// How much too much or too little it is, where that can be counted: who accepts the finding accepts so much.
    pub measure: Option<Measure>,
    /// Further places.
    pub related: Vec<Related>,
    /// What findings of one kind in one file are called together, as it follows their number: "uppgifter anges
    /// inte". People then see them as one.
    pub together: Option<&'static str>,
    /// The places that the finding stands for, where they are more than one kind of fault can have in itself.
    pub spread: Option<Box<Spread>>,
}

impl Finding {
    /// A finding with its place and message.
    #[must_use]
    pub fn new(code: &'static str, level: Level, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            level,
            message: message.into(),
            place,
            help: None,
            source: None,
            measure: None,
            related: Vec::new(),
            together: None,
            spread: None,
        }
    }

    /// A finding that stands for a fault at several places; nothing where there is none.
    #[must_use]
    pub fn at_each(code: &'static str, level: Level, spread: Spread) -> Option<Self> {
        let first = spread.mentions.first()?.place.clone();
        let mut finding = Self::new(code, level, first, String::new());
        finding.spread = Some(Box::new(spread));
        finding.restated()
    }

    /// Every place at which the fault stands, the finding's own first.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        let further = self.spread.iter().flat_map(|spread| spread.mentions.iter().skip(1));
        std::iter::once(&self.place).chain(further.map(|mention| &mention.place))
    }

    /// What the message names of the fault at `place`; nothing where it is one fault, or does not stand there.
    #[must_use]
    pub fn word_at(&self, place: &Place) -> Option<&str> {
        let mut mentions = self.spread.iter().flat_map(|spread| &spread.mentions);
        mentions.find(|mention| mention.place == *place).map(|mention| mention.word.as_str())
    }

    /// The same of those places that `stays` wants; nothing where it wants none. It is told the place, and what the
    /// message names of what stands there.
    #[must_use]
    pub fn at_places(mut self, mut stays: impl FnMut(&Place, Option<&str>) -> bool) -> Option<Self> {
        match &mut self.spread {
            None => stays(&self.place, None).then_some(self),
            Some(spread) => {
                spread.mentions.retain(|mention| stays(&mention.place, Some(&mention.word)));
                self.restated()
            }
        }
    }

    /// Puts place, message and further places together of what the finding stands for.
    fn restated(mut self) -> Option<Self> {
        let Spread { one, several, mentions, grounds } = &**self.spread.as_ref()?;
        let [first, further @ ..] = mentions.as_slice() else { return None };
        let mut told = BTreeSet::new();
        let words = mentions.iter().map(|mention| mention.word.as_str());
        let words: Vec<&str> = words.filter(|word| told.insert(*word)).collect();
        let (before, after) = if further.is_empty() { one } else { several };
        self.message = format!("{before}{}{after}", text::list(&words));
        self.place = first.place.clone();
        let related =
            |mention: &Mention| Related { place: mention.place.clone(), message: mention.word.clone() };
        self.related = further.iter().map(related).chain(grounds.iter().cloned()).collect();
        Some(self)
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what it rests on.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Adds how much it is.
    #[must_use]
    pub fn measured(mut self, measure: Measure) -> Self {
        self.measure = Some(measure);
        self
    }

    /// Lets people see it together with others of its kind.
    #[must_use]
    pub fn together(mut self, name: &'static str) -> Self {
        self.together = Some(name);
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        let related = Related { place, message: message.into() };
        if let Some(spread) = &mut self.spread {
            spread.grounds.push(related.clone());
        }
        self.related.push(related);
        self
    }

    /// Adds further places of a list that may be long: the last ones of it, and how many went before them.
    #[must_use]
    pub fn related_to_last<T>(
        mut self,
        items: &[T],
        others: &str,
        told: impl Fn(&T) -> (Place, String),
    ) -> Self {
        let hidden = items.len().saturating_sub(MOST_RELATED);
        let last = items.iter().skip(hidden).map(told);
        for (number, (place, message)) in last.enumerate() {
            let before =
                if number == 0 && hidden > 0 { format!("; {hidden} {others}") } else { String::new() };
            self = self.related(place, message + &before);
        }
        self
    }

    /// Whether the finding stands in `file` or rests on a place in it.
    #[must_use]
    pub fn touches(&self, file: &str) -> bool {
        self.rests_on(|other| other == file)
    }

    /// Whether the finding stands in, or rests on a place in, a file that is wanted.
    pub fn rests_on(&self, is_wanted: impl Fn(&str) -> bool) -> bool {
        is_wanted(&self.place.file) || self.related.iter().any(|related| is_wanted(&related.place.file))
    }
}

/// How many findings there are of each level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Tally {
    /// Counts `findings`.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut tally = Self::default();
        for finding in findings {
            match finding.level {
                Level::Error => tally.errors += 1,
                Level::Warning => tally.warnings += 1,
                Level::Note => tally.notes += 1,
            }
        }
        tally
    }
}
