//! What is to be reported, to whom and when.

use super::content::free;
use super::draft::Draft;
use super::parties::Parties;
use super::plans::times_a_year;
use super::prolonging::times;
use super::prose::{Sentence, bare, begins, find, sentences};
use super::sections::{Sections, lists, prose, tables};
use crate::agreement::{CountedFrom, DutyKind, Every};
use crate::date::MONTHS;
use crate::language::numbers::number;
use crate::paper::{Block, Place};
use crate::register::write::{Table, Value};
use crate::text;

/// A duty that has been found.
struct Duty {
    key: String,
    title: String,
}

/// Writes the duties.
pub(super) fn write(sections: &Sections<'_>, parties: &Parties, draft: &mut Draft) {
    let own = sections.blocks(&["follow-up"]);
    let mut keys: Vec<String> = Vec::new();
    let mut found: Vec<Duty> = Vec::new();
    for table in tables(&own) {
        in_table(&table, parties, &mut keys, &mut found, draft);
    }
    if found.is_empty() {
        let beside = sections.blocks(&["steering", "memo-proposal"]);
        let all: Vec<&Block> = own.iter().chain(&beside).copied().collect();
        for sentence in prose(&all) {
            in_sentence(&sentence, parties, &mut keys, &mut found, draft);
        }
    }
    contents(&own, &found, draft);
    if found.is_empty() {
        draft.missing(&["follow_up"], false);
    }
}

/// The kind that words name.
fn kind(text: &str) -> DutyKind {
    let lower = text.to_lowercase();
    if let Some(kind) = DutyKind::ALL.into_iter().find(|kind| kind.label() == lower) {
        return kind;
    }
    let words: [(&[&str], DutyKind); 10] = [
        // They end as a yearly report does.
        (&["halvårsrapport", "delårsrapport"], DutyKind::ActivityReport),
        (
            &["verksamhetsberättelse", "årsredovisning", "revisionsberättelse", "årsbokslut"],
            DutyKind::AnnualAccounts,
        ),
        (&["statistik", "nyckeltal"], DutyKind::Statistics),
        (&["till nämnden", "återrapporter"], DutyKind::CommitteeAccount),
        (&["arbetsdag", "workshop"], DutyKind::Workshop),
        (&["halvtid"], DutyKind::MidTermReview),
        (&["slututvärdering", "slutvärdering", "slutlig", "slutrapport"], DutyKind::FinalEvaluation),
        (&["årlig", "årsrapport", "uppföljningsrapport", "helårsrapport"], DutyKind::YearlyReport),
        (&["rapport", "verksamhetsuppföljning"], DutyKind::ActivityReport),
        (&["informera", "information"], DutyKind::Information),
    ];
    words
        .iter()
        .find(|(words, _)| words.iter().any(|word| lower.contains(word)))
        .map_or(DutyKind::Other, |(_, kind)| *kind)
}

fn in_table(
    table: &super::sections::Table<'_>,
    parties: &Parties,
    keys: &mut Vec<String>,
    found: &mut Vec<Duty>,
    draft: &mut Draft,
) {
    let head: Vec<String> = table.head.iter().map(|cell| cell.to_lowercase()).collect();
    let column = |words: &[&str]| head.iter().position(|cell| words.iter().any(|word| cell.contains(word)));
    let often = column(&["hur ofta", "frekvens", "intervall"]);
    let author = column(&["lämnas av", "ansvarig", "vem"]);
    let receiver = column(&["lämnas till", "mottagare"]);
    let due = column(&["när", "senast", "tidpunkt"]);
    if often.is_none() && due.is_none() {
        return;
    }
    for (cells, place) in &table.rows {
        let cell = |at: Option<usize>| {
            at.and_then(|at| cells.get(at))
                .map(|cell| cell.trim())
                .filter(|cell| !cell.is_empty() && !cell.starts_with('['))
        };
        let Some(title) = cell(Some(0)) else { continue };
        let key = start(title, kind(title), keys, found, *place, draft);
        let path = |field: &'static str| ["follow_up", key.as_str(), field];
        if let Some(often) = cell(often) {
            how_often(often, &key, *place, draft);
        }
        for (field, text) in [("author", cell(author)), ("receiver", cell(receiver))] {
            if let Some(text) = text {
                draft.found(&path(field), who(text, parties), *place);
            }
        }
        if let Some(text) = cell(due) {
            draft.found(&path("due"), when_due(text, *place), *place);
        }
    }
}

/// A party's key, or the words where they name a function.
fn who(text: &str, parties: &Parties) -> String {
    let text = bare(text);
    let is_all = |party: &&super::parties::Party| {
        let names = [Some(&party.named.name), party.named.short_name.as_ref()];
        names.into_iter().flatten().any(|name| name.to_lowercase() == text.to_lowercase())
    };
    parties.named_in(text).into_iter().find(is_all).map_or_else(|| text.to_owned(), |party| party.key.clone())
}

fn start(
    title: &str,
    kind: DutyKind,
    keys: &mut Vec<String>,
    found: &mut Vec<Duty>,
    place: Place,
    draft: &mut Draft,
) -> String {
    let base: String = text::slug(title).split('-').take(3).collect::<Vec<_>>().join("-");
    let key = free(keys, if base.is_empty() { "uppfoljning" } else { &base });
    draft.found(&["follow_up", &key, "kind"], kind.word(), place);
    if title.to_lowercase() != kind.label() {
        draft.set(&["follow_up", &key, "title"], title);
    }
    found.push(Duty { key: key.clone(), title: title.to_owned() });
    key
}

fn how_often(text: &str, key: &str, place: Place, draft: &mut Draft) {
    let found = sentences(text, place);
    let Some(sentence) = found.first() else { return };
    let path = |field: &'static str| ["follow_up", key, field];
    let words = sentence.words();
    let every = [
        ("varje månad | månadsvis | per månad", Every::Month),
        ("varje kvartal | kvartalsvis | per kvartal", Every::Quarter),
        ("varje halvår | halvårsvis | per halvår", Every::HalfYear),
        ("en gång under avtalstiden", Every::Once),
        ("varje år | årligen | årsvis | en gång per år | per år", Every::Year),
    ];
    let least = find(&words, "minst").and_then(|_| times(&words));
    match least {
        Some(times) => draft.found(&path("at_least_per_year"), times, place),
        None => {
            if let Some((_, every)) = every.into_iter().find(|(phrases, _)| find(&words, phrases).is_some()) {
                draft.found(&path("every"), every.word(), place);
            } else if words == ["en", "gång"] {
                draft.found(&path("every"), Every::Once.word(), place);
            } else if let Some(times) = times_a_year(sentence) {
                draft.found(&path("at_least_per_year"), times, place);
            }
        }
    }
    if find(&words, "räknat från avtalets första dag").is_some() {
        draft.set(&path("counted_from"), CountedFrom::Start.word());
    }
}

/// "senast den 15 februari", "senast i februari", "senast 30 dagar efter periodens slut", or the words as they are.
fn when_due(text: &str, place: Place) -> Table {
    let words_only = || Table::default().with("words", bare(text));
    let found = sentences(text, place);
    let [sentence] = found.as_slice() else { return words_only() };
    let words = sentence.words();
    let ["senast", rest @ ..] = words.as_slice() else { return words_only() };
    let rest =
        rest.strip_suffix(&["varje", "år"]).or_else(|| rest.strip_suffix(&["årligen"])).unwrap_or(rest);
    if let Some((at, day)) = sentence.day_from(1)
        && at <= 2
        && sentence.day_from(at + 2).is_none_or(|(_, other)| other == day)
    {
        return Table::default().with("date", day);
    }
    let month =
        |word: &str| MONTHS.iter().position(|month| *month == word).and_then(|at| u32::try_from(at + 1).ok());
    match rest {
        ["i", named] => month(named).map_or_else(words_only, |month| Table::default().with("month", month)),
        ["den", day, "/", month] | [day, "/", month] => match (day.parse::<u32>(), month.parse::<u32>()) {
            (Ok(day), Ok(month)) if (1..=31).contains(&day) && (1..=12).contains(&month) => {
                Table::default().with("month", month).with("day", day)
            }
            _ => words_only(),
        },
        ["den", day, named] | [day, named] => match (day.parse::<u32>(), month(named)) {
            (Ok(day), Some(month)) if (1..=31).contains(&day) => {
                Table::default().with("month", month).with("day", day)
            }
            _ => words_only(),
        },
        rest => match number(rest) {
            Some((days, ["dagar" | "dag", "efter", "periodens", "slut"])) => u32::try_from(days)
                .map_or_else(|_| words_only(), |days| Table::default().with("days_after_period", days)),
            _ => words_only(),
        },
    }
}

/// What is reported.
const NOUNS: &str = "verksamhetsrapport* | halvårsrapport* | helårsrapport* | delårsrapport* | kvartalsrapport* | tertialrapport* | månadsrapport* | \
    årsrapport* | uppföljningsrapport* | lägesrapport* | delrapport* | slutrapport* | verksamhetsberättelse* | årsredovisning* | ekonomisk redovisning | \
    ekonomisk rapport | verksamhetsredovisning* | statistik | utvärdering | slututvärdering* | halvtidsavstämning*";
const VERBS: &str = "redovisas till | rapporteras till | redovisar till | rapporterar till | lämnas till | lämnar | inkomma med | redovisa";
const EVERY: [(&str, Every); 3] = [
    (
        "på årsbasis | årlig | årligen | varje år | helårsskifte | årsskifte | per år | en gång per år | helår",
        Every::Year,
    ),
    ("varje halvår | halvårsvis | per halvår", Every::HalfYear),
    ("varje kvartal | kvartalsvis", Every::Quarter),
];

/// A sentence that says that something is reported, and how often or when: one duty for each thing that it names.
fn in_sentence(
    sentence: &Sentence,
    parties: &Parties,
    keys: &mut Vec<String>,
    found: &mut Vec<Duty>,
    draft: &mut Draft,
) {
    let words = sentence.words();
    let nouns: Vec<usize> = (0..words.len())
        .filter(|at| words.get(*at..).is_some_and(|rest| begins(rest, NOUNS).is_some()))
        .collect();
    let Some(first) = nouns.first().copied().or_else(|| find(&words, VERBS)) else { return };
    // "Med statistik" is a part of what is reported, "och statistik" is reported besides.
    let mut starts = vec![first];
    for at in nouns.iter().skip(1).copied() {
        let last = starts.last().copied().unwrap_or_default();
        let between = words.get(last + 1..at).unwrap_or_default();
        let joint = between.iter().rposition(|word| matches!(*word, "och" | "samt" | ","));
        let is_own = joint.is_some_and(|joint| {
            find(between.get(joint..).unwrap_or_default(), "med | inklusive | innehåll* | av | ska | som")
                .is_none()
        });
        if is_own {
            starts.push(at);
        }
    }
    let author = parties
        .named_in(sentence.original(0..first))
        .first()
        .filter(|_| sentence.has("lämnar | redovisar | rapporterar | inkomma | ska lämna"))
        .map(|party| party.key.clone());
    if starts.len() == 1 {
        duty(sentence, sentence, nouns.first().copied(), author, keys, found, draft);
        return;
    }
    let parts: Vec<Sentence> = (0..starts.len())
        .map(|number| sentence.part(starts[number]..starts.get(number + 1).copied().unwrap_or(words.len())))
        .collect();
    let before = sentence.part(0..first);
    for (number, at) in starts.iter().enumerate() {
        // A time that stands once behind several things is that of all of them.
        let saying_when = parts.iter().skip(number).find(|part| has_time(part)).unwrap_or(&before);
        duty(sentence, saying_when, Some(*at), author.clone(), keys, found, draft);
    }
}

fn has_time(sentence: &Sentence) -> bool {
    sentence.has("senast")
        || EVERY.iter().any(|(phrases, _)| sentence.has(phrases))
        || counted(sentence).is_some()
}

fn counted(sentence: &Sentence) -> Option<u32> {
    times_a_year(sentence).filter(|_| sentence.has("minst | gånger | tillfällen"))
}

/// The words from "senast" on that say when something is due: as far as the day or the time that they name, and otherwise as far
/// as they tell what is done.
fn due_said(sentence: &Sentence, from: usize) -> String {
    let words = sentence.words();
    let rest = words.get(from + 1..).unwrap_or_default();
    let is_month = |word: &&&str| MONTHS.contains(*word);
    let is_number = |word: &str| word.parse::<u32>().is_ok();
    let count = match rest {
        ["den", day, month, ..] if is_number(day) && is_month(&month) => Some(3),
        ["den", day, "/", month, ..] if is_number(day) && is_number(month) => Some(4),
        [day, "/", month, ..] if is_number(day) && is_number(month) => Some(3),
        [day, month, ..] if is_number(day) && is_month(&month) => Some(2),
        ["i", month, ..] if is_month(&month) => Some(2),
        _ => None,
    };
    // Two days are not one: all the words stand.
    let is_one = |count: &usize| {
        !matches!(rest.get(*count..), Some(["och" | "samt" | "respektive" | ",", "den" | "i", ..]))
    };
    let end = if let Some(count) = count.filter(is_one) {
        let after = rest.get(count..).unwrap_or_default();
        count
            + match after {
                ["varje", "år", ..] => 2,
                ["årligen", ..] => 1,
                [year, "och" | "samt" | "respektive", "den", ..] if is_number(year) => rest.len() - count,
                [year, ..] if year.len() == 4 && is_number(year) => 1,
                _ => 0,
            }
    } else {
        let is_end = |word: &&str| {
            ["lämna", "redovisa", "inkomma", "inkommer", "skicka", "överlämna", "ges", "sända"]
                .iter()
                .any(|verb| word.starts_with(verb))
        };
        rest.iter().position(|word| is_end(word) || *word == ",").unwrap_or(rest.len())
    };
    let said = bare(sentence.original(from..from + 1 + end));
    said.trim_end_matches(" och").trim_end_matches(" samt").to_owned()
}

/// Whether two words name the same, one of them perhaps in another form.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (text::slug(one), text::slug(other));
    one.starts_with(&other) || other.starts_with(&one)
}

/// One duty of a sentence, with the words that say when.
fn duty(
    sentence: &Sentence,
    saying_when: &Sentence,
    noun: Option<usize>,
    author: Option<String>,
    keys: &mut Vec<String>,
    found: &mut Vec<Duty>,
    draft: &mut Draft,
) {
    let counted = counted(saying_when);
    let every = EVERY.into_iter().find(|(phrases, _)| saying_when.has(phrases)).map(|(_, every)| every);
    let due = saying_when.find("senast").map(|from| due_said(saying_when, from));
    if counted.is_none() && every.is_none() && due.is_none() {
        return;
    }
    let words = sentence.words();
    let named = noun.map(|at| {
        let count = words.get(at..).and_then(|rest| begins(rest, NOUNS)).unwrap_or(1);
        sentence.original(at..at + count).to_owned()
    });
    let kind = match &named {
        Some(named) if every == Some(Every::Year) && named.to_lowercase().starts_with("uppföljning") => {
            DutyKind::YearlyReport
        }
        Some(named) => kind(named),
        None if sentence.has("nämnden | nämnd") => DutyKind::CommitteeAccount,
        None => kind(sentence.whole()),
    };
    if found.iter().any(|duty| named.as_deref().is_some_and(|named| is_same(&duty.title, named))) {
        return;
    }
    let title = text::capitalised(&named.unwrap_or_else(|| kind.label().to_owned()));
    let key = start(&title, kind, keys, found, sentence.place, draft);
    let path = |field: &'static str| ["follow_up", key.as_str(), field];
    match (counted, every) {
        (Some(times), _) => draft.found(&path("at_least_per_year"), times, sentence.place),
        (None, Some(every)) => draft.found(&path("every"), every.word(), sentence.place),
        (None, None) => {}
    }
    if sentence.has("nämnden") && kind == DutyKind::CommitteeAccount {
        draft.found(&path("receiver"), "nämnden", sentence.place);
    } else if let Some(author) = author {
        draft.found(&path("author"), author, sentence.place);
    }
    if let Some(due) = due {
        draft.found(&path("due"), when_due(&due, sentence.place), sentence.place);
    } else if let Some(from) = saying_when.find("vid varje helårsskifte | vid årsskiftet | i samband med") {
        draft.found(
            &path("due"),
            Table::default().with("words", bare(saying_when.rest(from))),
            sentence.place,
        );
    }
}

/// What reports shall hold, what they are for and what template they follow.
fn contents(blocks: &[&Block], found: &[Duty], draft: &mut Draft) {
    for block in blocks {
        let Some(duty) = found
            .iter()
            .find(|duty| block.text.starts_with(duty.title.as_str()) && !block.text.contains('\t'))
        else {
            continue;
        };
        for sentence in sentences(&block.text, block.place) {
            let path = |field: &'static str| ["follow_up", duty.key.as_str(), field];
            if let Some(at) = sentence.find("används för att") {
                let words = sentence.words();
                let end =
                    find(&words, ", ska följa | och ska följa | och ska innehålla").unwrap_or(words.len());
                draft.found(&path("use_for"), bare(sentence.original(at + 3..end)).to_owned(), block.place);
            }
            if let Some(at) = sentence.find("ska följa") {
                let words = sentence.words();
                let end = find(&words, "och innehålla | och ska innehålla").unwrap_or(words.len());
                draft.found(&path("template"), bare(sentence.original(at + 2..end)).to_owned(), block.place);
            }
        }
    }
    for (before, items) in lists(blocks) {
        let Some(before) = before.filter(|before| before.text.contains("innehålla")) else { continue };
        if let Some(duty) = found.iter().find(|duty| before.text.starts_with(duty.title.as_str())) {
            let texts = items.iter().map(|item| item.text.replace('\n', " "));
            draft.found(&["follow_up", &duty.key, "contents"], Value::texts(texts), before.place);
        }
    }
}
