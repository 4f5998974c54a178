//! What a template left in a text, for somebody to replace.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::cues::{Cue, rarest_word};
use super::fold::Folded;
use super::instructions;
use super::tokens::{begins_with_word, sentences, tokens};
use super::word_list::WordList;
use super::words::LEFTOVERS;

/// So many full stops in a row are a line to write on.
const LEADER: usize = 5;

/// So many bytes at most lie between what opens and what closes.
const NEAR: usize = 600;

/// After these Roman numerals count the parts of a law or a book.
static DIVISIONS: WordList =
    WordList::new("kap kapitel kapitlet avd avdelning del bok bilaga artikel art avsnitt");

/// What stands for a party in a template: "Föreningen X".
static PARTIES: WordList = WordList::new(
    "föreningen kommunen organisationen stiftelsen nämnden parten förening kommun organisation stiftelse \
    nämnd part bilaga dnr beslut paragraf bolaget församlingen lokalen den nr",
);

/// Without one of these a text has nothing left.
#[must_use]
pub fn cues() -> Vec<Cue> {
    let words = &*LEFTOVERS;
    let phrases = words.phrases.iter().chain(&words.choices).map(|phrase| Cue::of_phrase(phrase));
    let asks = words.asks.iter().map(|ask| Cue::of_phrase(ask));
    let phrases = phrases.chain(asks);
    let marks =
        ["[", "<", "{", "?/?", "«", "( )", " ?", ": ?", "??", "__", "__/__", "...", "…"].map(Cue::part);
    // "(ange belopp)", "(föreningens namn)"
    let round = words
        .verbs
        .iter()
        .chain(&words.round)
        .chain(&words.fields)
        .map(|word| Cue::stem(&format!("({word}")));
    let round = round.chain(words.fields.iter().map(|field| Cue::stem(&format!("{field})"))));
    let fillers = words.fillers.iter().map(|filler| Cue::whole(filler));
    let others = ["x", "y", "z", "nn"].map(Cue::whole);
    let others = others.into_iter().chain([Cue::part("xx"), Cue::leading("ange")]);
    // "(x eller y, annars utgår meningen)"
    let dropped = Cue { with: Some("utgår".to_owned()), ..Cue::whole("annars") };
    let others = others.chain([dropped]);
    let zeros = [" 0 000", "§ 0", "000000", " 00 ", "%", "$", "#"].map(Cue::part);
    let capitals = words.in_capitals.iter().map(|field| Cue::whole(field));
    let phrases = phrases.chain(instructions::cues()).chain(zeros).chain(capitals);
    let mut cues: Vec<Cue> = phrases.chain(marks).chain(round).chain(fillers).chain(others).collect();
    cues.sort();
    cues.dedup();
    cues
}

/// What is left of a template in a text, in its order.
#[must_use]
pub fn leftovers(text: &str) -> Vec<Range<usize>> {
    let folded = Folded::of(text);
    let reader = Reader::of(&folded);
    let mut found: Vec<Range<usize>> = Vec::new();
    found.extend(reader.phrases());
    found.extend(reader.bracketed());
    found.extend(reader.leaders());
    found.extend(reader.fillers());
    found.extend(reader.asked());
    found.extend(reader.masks());
    found.extend(reader.missing_numbers());
    found.extend(reader.variables());
    found.extend(reader.blank_dates());
    found.extend(reader.instructions());
    found.extend(reader.zeros());
    found.extend(reader.unended());
    found.extend(reader.capitals());
    // The longest of those that share letters.
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|range| {
        let is_new = range.start >= end;
        end = end.max(range.end);
        is_new
    });
    found.into_iter().map(|range| folded.origin(range)).collect()
}

/// What a phrase is.
#[derive(Clone, Copy)]
enum Kind {
    Phrase,
    Choice,
    Ask,
}

/// All phrases, found in one pass by that word of each which the fewest texts have.
struct Phrases {
    automaton: Option<AhoCorasick>,
    all: Vec<Phrase>,
}

struct Phrase {
    kind: Kind,
    words: &'static str,
    /// What goes before the word by which it is found.
    before: &'static str,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let of = |kind, list: &'static [String]| list.iter().map(move |phrase| (kind, phrase.as_str()));
    let words = &*LEFTOVERS;
    let all = of(Kind::Phrase, &words.phrases)
        .chain(of(Kind::Choice, &words.choices))
        .chain(of(Kind::Ask, &words.asks));
    let (found_by, all): (Vec<&str>, Vec<Phrase>) = all
        .map(|(kind, words)| {
            let rarest = rarest_word(words);
            let before = words.split(' ').take_while(|word| *word != rarest).map(|word| word.len() + 1).sum();
            let before = words.get(..before).unwrap_or_default();
            (rarest, Phrase { kind, words, before })
        })
        .unzip();
    let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(found_by);
    Phrases { automaton: automaton.ok(), all }
});

pub(super) struct Reader<'a> {
    pub(super) folded: &'a Folded<'a>,
    pub(super) text: &'a str,
    /// Whether the text quotes anything.
    pub(super) quotes: bool,
}

impl<'a> Reader<'a> {
    fn of(folded: &'a Folded<'a>) -> Self {
        let text = folded.text();
        Self { folded, text, quotes: text.contains(['"', '»', '\'']) }
    }

    pub(super) fn before(&self, at: usize) -> &'a str {
        self.text.get(..at).unwrap_or_default()
    }

    pub(super) fn after(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The few lines after a place, in which what is opened there is closed.
    pub(super) fn near(&self, at: usize) -> &'a str {
        let after = self.after(at);
        after.get(..after.floor_char_boundary(NEAR)).unwrap_or_default()
    }

    /// Where words begin that end here, with whatever white space between them.
    fn start_of(&self, end: usize, words: &str) -> Option<usize> {
        words
            .split(' ')
            .rev()
            .filter(|word| !word.is_empty())
            .try_fold(end, |end, word| Some(self.before(end).trim_end().strip_suffix(word)?.len()))
    }

    /// Where a phrase that begins here ends, with whatever white space between its words.
    fn end_of(&self, start: usize, phrase: &str) -> Option<usize> {
        let mut end = start;
        for (number, part) in phrase.split(' ').enumerate() {
            let rest = self.after(end);
            let word = rest.trim_start();
            if number > 0 && word.len() == rest.len() || !word.starts_with(part) {
                return None;
            }
            end += rest.len() - word.len() + part.len();
        }
        let is_inside =
            phrase.starts_with(char::is_alphanumeric) && self.before(start).ends_with(char::is_alphanumeric);
        (!is_inside).then_some(end)
    }

    /// What templates write, fields in which nothing has been chosen, and what asks the writer for something at the beginning of a
    /// sentence. "Välj ett datum som passar alla" is advice.
    fn phrases(&self) -> Vec<Range<usize>> {
        let Some(automaton) = &PHRASES.automaton else { return Vec::new() };
        let found = automaton.find_overlapping_iter(self.text).filter_map(|found| {
            let Phrase { kind, words, before } = PHRASES.all.get(found.pattern().as_usize())?;
            let start = self.start_of(found.start(), before)?;
            let end = self.end_of(start, words)?;
            let after = self.after(end);
            let is_left = match kind {
                Kind::Phrase => !after.starts_with(char::is_alphabetic),
                Kind::Choice => {
                    self.begins_sentence(start)
                        && !after
                            .trim_start_matches(' ')
                            .starts_with(|next: char| next.is_alphanumeric() || next == ',')
                }
                Kind::Ask => {
                    self.begins_sentence(start)
                        && after.starts_with([' ', ',', ':'])
                        && !after.starts_with(" inte")
                }
            };
            is_left.then_some(start..end)
        });
        found.collect()
    }

    /// Whether a sentence, an item or a field begins here.
    fn begins_sentence(&self, at: usize) -> bool {
        let before = self.before(at).trim_end_matches([' ', '*', '_']);
        before.is_empty() || before.ends_with(['.', ':', '!', '?', '\n', '-', '(', '[', '|', ')'])
    }

    /// Whether all letters there are capitals in the original.
    pub(super) fn is_in_capitals(&self, range: Range<usize>) -> bool {
        let letters = self.text.get(range.clone()).unwrap_or_default().char_indices();
        letters
            .filter(|(_, letter)| letter.is_alphabetic())
            .all(|(at, _)| self.folded.is_capital(range.start + at))
    }

    /// Rows of full stops, and lines to write on.
    fn leaders(&self) -> Vec<Range<usize>> {
        let rows = [(".", LEADER), ("_", 2), ("…", 2), ("?", 2)];
        rows.iter()
            .flat_map(|(mark, count)| {
                let row = mark.repeat(*count);
                let starts = self.text.match_indices(&row).map(|(at, _)| at);
                let starts: Vec<usize> = starts.filter(|at| !self.before(*at).ends_with(mark)).collect();
                starts.into_iter().map(move |at| {
                    let rest = self.after(at);
                    at..at + rest.len() - rest.trim_start_matches(*mark).len()
                })
            })
            .filter(|found| !self.is_setting(found) && !self.is_to_sign(found))
            .collect()
    }

    /// Whether a line is one to sign on, which is to be blank: "Ort och datum: ______".
    fn is_to_sign(&self, found: &Range<usize>) -> bool {
        let before = self.before(found.start).trim_end_matches([' ', ':', '\n', '_']);
        let signs = [
            "underskrift",
            "underskrifter",
            "underskrifter:",
            "ort och datum",
            "datum",
            "ort",
            "namnförtydligande",
            "signatur",
            "namnteckning",
        ];
        self.text.get(found.clone()).is_some_and(|row| row.len() > 4 && row.starts_with('_'))
            && signs.iter().any(|sign| before.ends_with(sign))
    }

    /// Whether underscores set a word in bold.
    fn is_setting(&self, found: &Range<usize>) -> bool {
        self.text.get(found.clone()).is_some_and(|row| row.starts_with(['_', '?']))
            && (self.after(found.end).starts_with(char::is_alphanumeric)
                || self.before(found.start).ends_with(char::is_alphanumeric))
    }

    /// Words that stand for one that is to come.
    fn fillers(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut before = "";
        let mut at = 0;
        for word in self.text.split(|letter: char| !letter.is_alphanumeric()) {
            let range = at..at + word.len();
            at = range.end + self.after(range.end).chars().next().map_or(0, char::len_utf8);
            if word.is_empty() {
                continue;
            }
            if self.is_filler(word, &range, before) {
                found.push(range);
            }
            before = word;
        }
        found
    }

    fn is_filler(&self, word: &str, at: &Range<usize>, before: &str) -> bool {
        let are_x = word.bytes().all(|byte| byte == b'x');
        let is_word = LEFTOVERS.fillers.iter().any(|filler| filler == word);
        if !are_x && !is_word && !matches!(word, "y" | "z" | "nn" | "20xx") {
            return false;
        }
        let are_capitals =
            (at.start..at.end).all(|at| self.folded.is_capital(at) || !self.text.is_char_boundary(at));
        let after = self.after(at.end).trim_start();
        if are_x {
            // Chapter XX is the twentieth.
            let is_numeral = word.len() <= 3 && DIVISIONS.has(before);
            let is_name = before == "hus" || before == "storlek";
            let is_amount = LEFTOVERS.counted.iter().any(|unit| begins_with_word(after, unit));
            let is_address = after.starts_with('@');
            return match word.len() {
                1 => {
                    are_capitals
                        && (PARTIES.has(before)
                            || is_amount
                            || self.before(at.start).trim_end().ends_with('§'))
                        && !self.after(at.end).starts_with(['-', '/', '&'])
                }
                _ => !is_numeral && (!is_name || is_address),
            };
        }
        if word == "y" || word == "z" {
            let is_amount = LEFTOVERS.counted.iter().any(|unit| begins_with_word(after, unit));
            return are_capitals && (is_amount || PARTIES.has(before) && !matches!(before, "den" | "nr"));
        }
        if word == "nn" {
            // Before a number it is a committee's letters.
            return are_capitals && !after.starts_with(|letter: char| letter.is_ascii_digit());
        }
        let is_year = word == "20xx";
        let stands_alone =
            self.begins_sentence(at.start) && (after.is_empty() || after.starts_with(['.', '\n']));
        is_year || is_word && (are_capitals || stands_alone)
    }

    /// Digits and letters X together, as numbers and days are written that are to come: "XXXXXX-XXXX", "20XX-XX-XX".
    fn masks(&self) -> Vec<Range<usize>> {
        if !self.text.contains('x') {
            return Vec::new();
        }
        let is_part =
            |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '/' | '.' | ':');
        let mut found = Vec::new();
        let mut at = 0;
        for word in self.text.split(|letter: char| !is_part(letter) && !letter.is_alphabetic()) {
            let start = at;
            at += word.len() + self.after(at + word.len()).chars().next().map_or(0, char::len_utf8);
            let word = word.trim_end_matches(['.', ':', '/', '-']);
            let has = |test: fn(char) -> bool| word.chars().any(test);
            let are_parts = word.chars().all(|letter| {
                letter == 'x' || letter.is_ascii_digit() || matches!(letter, '-' | '/' | '.' | ':')
            });
            if are_parts
                && (word.contains("xx") || word == "x/x" || word == "x-x")
                && has(|letter| !matches!(letter, 'x'))
            {
                found.push(start..start + word.len());
            }
        }
        found
    }

    /// "Ange belopp här", where a sentence begins with it: in "föreningen ska ange namn" somebody is to do it.
    fn asked(&self) -> Vec<Range<usize>> {
        let starts = self.text.match_indices("ange").filter_map(|(at, _)| Some(at..self.end_of(at, "ange")?));
        let found = starts.filter(|found| self.begins_sentence(found.start)).filter_map(|found| {
            let rest = self.after(found.end);
            let mut words = rest.split_whitespace();
            let field = words.next().filter(|word| LEFTOVERS.fields.iter().any(|field| field == word))?;
            let end = rest.find(field)? + field.len();
            let here = words.next().unwrap_or_default();
            let here = here.trim_end_matches(['.', ',', ')', ':']);
            let asks =
                if here == "här" { Some(end + rest.get(end..)?.find("här")? + "här".len()) } else { None };
            let is_all = matches!(here, "" | "på" | "för" | "och" | "i")
                || rest.get(end..)?.starts_with(['.', ')', ']']);
            Some(found.start..found.end + asks.or(Some(end).filter(|_| is_all))?)
        });
        found.collect()
    }

    /// What a template asks its writer for.
    fn instructions(&self) -> Vec<Range<usize>> {
        let tokens = tokens(self.folded);
        let sentences = sentences(self.folded, &tokens);
        sentences.iter().filter_map(|one| Some(one.place(instructions::asked(one)?))).collect()
    }

    /// Names that a program should have replaced: "{{organisation}}".
    fn variables(&self) -> Vec<Range<usize>> {
        let found = self.text.match_indices("{{").map(|(at, _)| {
            let end = self.near(at).lines().next().and_then(|line| line.find("}}"));
            at..at + end.map_or("{{".len(), |end| end + "}}".len())
        });
        found.collect()
    }

    /// Dates with lines to write on: "20__-__-__". Underscores around words are bold text.
    fn blank_dates(&self) -> Vec<Range<usize>> {
        if !self.text.contains("__") {
            return Vec::new();
        }
        let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '_' | '-' | '/');
        let mut at = 0;
        let mut found = Vec::new();
        for date in self.text.split(|letter: char| !is_part(letter) && !letter.is_alphabetic()) {
            let range = at..at + date.len();
            at = range.end + self.after(range.end).chars().next().map_or(0, char::len_utf8);
            let is_blank = date.strip_prefix("20").is_some_and(|rest| rest.starts_with("__"))
                || ["__-__", "__/__"].iter().any(|lines| date.contains(lines));
            if is_blank && date.chars().all(is_part) {
                found.push(range);
            }
        }
        found
    }
}
