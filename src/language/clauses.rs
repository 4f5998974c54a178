//! The clauses of a sentence: what it says itself, and what is a condition, a circumstance or a clause about one of its words.

use super::days::point;
use super::lengths::{adjective, length};
use super::word_list::WordList;

/// How a clause stands to what the sentence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// It is said.
    Said,
    /// It is said of the word before it: "…, som gäller i tre år".
    Relative,
    /// It is said for the case that the condition before it holds.
    IfSo,
    /// It is a condition, or says when or how something else is so.
    Condition,
}

/// A clause without those inside it.
#[derive(Debug, Clone)]
pub(super) struct Clause<'b> {
    pub(super) words: Vec<&'b str>,
    /// Which words of the sentence they are, by number.
    pub(super) at: Vec<usize>,
    pub(super) mood: Mood,
}

/// What begins a condition, or a clause that says when or how something else is so.
static CONDITIONS: WordList =
    WordList::new("om ifall därest såvida såvitt förutsatt såframt när då sedan innan medan även eftersom");

/// What begins a clause about the word before it.
static RELATIVES: WordList = WordList::new("som vilket vilken vilka vars varefter varvid där varav varmed");

/// Verbs, with whose present tense a clause goes on or begins.
static FINITE: WordList = WordList::new(
    "är blir har hade ska skall skulle kan får bör måste kommer var gäller löper upphör pågår omfattar avser \
    träder börjar slutar avslutas förlängs sträcker startar inleds varar består utgår betalas betalar uppgår \
    lämnar köper beställer säljer ersätts ersätter minskas höjs fortsätter förfaller utgör ges ger svarar \
    ansvarar bidrar erhåller beviljas tillförsäkras debiterar fakturerar utbetalas utbetalar återbetalas \
    tecknas ingås undertecknas förblir behöver åtar förbinder övergår kallas benämns",
);

/// Whom or what a verb before it is about, where the verb goes first.
static SUBJECTS: WordList = WordList::new(
    "det den de denna detta vi avtalet överenskommelsen partnerskapet samarbetet parterna kommunen föreningen \
    regionen organisationen stiftelsen nämnden någon ingen part partnern endera",
);

/// Whether a word is the verb of a clause.
pub(super) fn is_finite(word: &str) -> bool {
    FINITE.has(word)
}

/// Whether words begin with a verb and what it is about, in that order: "upphör det", "minskas ersättningen".
pub(super) fn is_inverted(words: &[&str]) -> bool {
    let [verb, subject, ..] = words else { return false };
    let is_verb = is_finite(verb) || ["er", "ar", "år", "as"].iter().any(|ending| verb.ends_with(ending));
    is_verb && is_nominal(subject) && !is_nominal(verb)
}

/// Whether a word can be what a sentence is about: a pronoun, a party, or a noun in its definite form.
pub(super) fn is_nominal(word: &str) -> bool {
    SUBJECTS.has(word) || word.len() > 5 && ["en", "et", "na"].iter().any(|ending| word.ends_with(ending))
}

/// Where a condition ends that has no comma after it: "om det inte sägs upp i förtid | upphör det".
fn end_of_condition(words: &[&str]) -> Option<usize> {
    (3..words.len()).find(|at| {
        let rest = words.get(*at..).unwrap_or_default();
        let joined =
            words.get(at - 1).is_some_and(|word| matches!(*word, "och" | "eller" | "som" | "att" | "inte"));
        // The condition has had its own verb.
        let had_verb = words.get(2..*at).unwrap_or_default().iter().any(|word| {
            is_finite(word)
                || word.len() > 3
                    && ["er", "ar", "as", "gs", "ts"].iter().any(|ending| word.ends_with(ending))
        });
        let is_next = had_verb
            && rest.len() > 1
            && rest.first().is_some_and(|word| is_finite(word) && !matches!(*word, "är" | "har" | "hade"));
        !joined && (is_inverted(rest) || is_next) || matches!(rest, ["är", "den" | "det" | "sista", ..])
    })
}

/// The clauses of a sentence, in order.
pub(super) fn clauses<'b>(words: &[&'b str]) -> Vec<Clause<'b>> {
    let mut found: Vec<Clause<'b>> = Vec::new();
    // The clause that goes on where one inside it ends.
    let mut main: Option<usize> = None;
    // Whether a condition has just ended, and its answer comes.
    let mut is_answer = false;
    let mut answer = Mood::Said;
    let mut start = 0;
    for piece in words.split(|word| matches!(*word, "," | ";")) {
        let at = start;
        start += piece.len() + 1;
        let Some(first) = piece.first() else { continue };
        let was_inside = found.len().checked_sub(1).is_some_and(|last| Some(last) != main);
        let begins_with_verb = main.is_none() && at == 0 && (is_inverted(piece) || *first == "skulle");
        let is_fronted = found.is_empty() && is_answered(words, piece.len()) && is_contrast(piece);
        let is_without = matches!(piece, ["utan", "att", ..]) && main.is_none();
        if CONDITIONS.has(first)
            || is_without
            || is_fronted
            || begins_with_verb && (end_of_condition(piece).is_some() || is_answered(words, piece.len()))
        {
            let end = end_of_condition(piece).unwrap_or(piece.len());
            answer = answer_to(piece.get(..end).unwrap_or_default());
            push(&mut found, piece, at, 0..end, Mood::Condition);
            is_answer = end == piece.len();
            if end < piece.len() {
                if main.is_none() {
                    push(&mut found, &["så"], at + end, 0..1, answer);
                    main = Some(found.len() - 1);
                }
                main = Some(join(&mut found, main, piece.get(end..).unwrap_or_default(), at + end, false));
            }
        } else if RELATIVES.has(first) && main.is_some() {
            push(&mut found, piece, at, 0..piece.len(), Mood::Relative);
        } else if was_inside
            && main.is_some()
            && !is_finite(first)
            && !matches!(*first, "men" | "och" | "samt" | "dock")
            && !is_time(piece)
        {
            // It goes on with the clause inside.
            let last = found.len() - 1;
            extend(&mut found, last, piece, at, true);
        } else if std::mem::take(&mut is_answer) && main.is_none() && *first != "så" {
            push(&mut found, &["så"], at, 0..1, answer);
            let answer = found.len() - 1;
            main = Some(answer);
            extend(&mut found, answer, piece, at, false);
        } else {
            main = Some(join(&mut found, main, piece, at, !was_inside));
        }
    }
    found
}

/// How what follows a condition stands to what the sentence says: "om inget annat avtalas" lets it hold.
fn answer_to(condition: &[&str]) -> Mood {
    let is_denied =
        || condition.iter().any(|word| matches!(*word, "inte" | "ej" | "ingen" | "inget" | "ingendera"));
    // "Sedan båda parter undertecknat avtalet" is what happens to every agreement.
    let is_of_course = || {
        matches!(condition.first(), Some(&("när" | "då" | "sedan")))
            && condition.iter().any(|word| ["underteck", "godkän"].iter().any(|stem| word.starts_with(stem)))
    };
    let is_open = condition.first().is_some_and(|first| {
        matches!(*first, "om" | "ifall" | "därest" | "förutsatt" | "när" | "då" | "sedan")
            || is_finite(first)
            || is_inverted(condition)
    });
    if !is_open || is_denied() || is_of_course() { Mood::Said } else { Mood::IfSo }
}

/// Whether the part after the first comma begins with a verb, so that what is before it is a condition.
fn is_answered(words: &[&str], first: usize) -> bool {
    let rest = words.get(first + 1..).unwrap_or_default();
    rest.split(|word| *word == ",").any(|rest| {
        let rest = rest.strip_prefix(&["så"]).unwrap_or(rest);
        is_inverted(rest) || rest.first().is_some_and(|word| is_finite(word))
    })
}

/// Whether words name what the sentence is set against, or what else there is: "till skillnad från det förra avtalet".
fn is_contrast(words: &[&str]) -> bool {
    matches!(
        words,
        ["till", "skillnad", ..]
            | ["i", "likhet" | "stället" | "motsats", ..]
            | ["istället" | "utöver" | "förutom" | "trots" | "oaktat" | "utan" | "likt", ..]
    )
}

/// Whether words begin with what says when.
fn is_time(words: &[&str]) -> bool {
    if point(words).is_some()
        || length(words).is_some()
        || words.first().is_some_and(|word| adjective(word).is_some())
    {
        return true;
    }
    matches!(
        words.first(),
        Some(&("från" | "fr.o.m." | "till" | "t.o.m." | "med" | "dock" | "längst" | "i" | "under" | "för"))
    )
}

fn push<'b>(
    found: &mut Vec<Clause<'b>>,
    piece: &[&'b str],
    at: usize,
    words: std::ops::Range<usize>,
    mood: Mood,
) {
    let part = piece.get(words).unwrap_or_default();
    found.push(Clause { words: part.to_vec(), at: (at..at + part.len()).collect(), mood });
}

fn extend<'b>(found: &mut [Clause<'b>], clause: usize, part: &[&'b str], at: usize, comma: bool) {
    let Some(clause) = found.get_mut(clause) else { return };
    if comma && !clause.words.is_empty() {
        clause.words.push(",");
        clause.at.push(at.saturating_sub(1));
    }
    clause.words.extend(part);
    clause.at.extend(at..at + part.len());
}

/// Goes on with the main clause, or begins it. Its number.
fn join<'b>(
    found: &mut Vec<Clause<'b>>,
    main: Option<usize>,
    part: &[&'b str],
    at: usize,
    comma: bool,
) -> usize {
    let Some(main) = main else {
        push(found, part, at, 0..part.len(), Mood::Said);
        return found.len() - 1;
    };
    extend(found, main, part, at, comma);
    main
}

/// A clause without what it denies for what it says instead: "gäller inte till 2030 utan till 2028".
pub(super) fn without_denied<'b>(
    words: &[&'b str],
    is_instead: impl Fn(&[&str]) -> bool,
) -> Option<Clause<'b>> {
    let denial = words.iter().position(|word| matches!(*word, "inte" | "ej" | "icke"))?;
    let turn = denial + words.get(denial..)?.iter().position(|word| *word == "utan")?;
    if !is_instead(words.get(turn + 1..)?) {
        return None;
    }
    let at: Vec<usize> = (0..denial).chain(turn + 1..words.len()).collect();
    Some(Clause { words: at.iter().filter_map(|at| words.get(*at).copied()).collect(), at, mood: Mood::Said })
}

#[cfg(test)]
mod tests {
    use super::super::fold::Folded;
    use super::super::tokens::{sentences, tokens};
    use super::*;

    fn read(text: &str) -> Vec<(String, Mood)> {
        let folded = Folded::of(text);
        let sentences = sentences(&folded, &tokens(&folded));
        clauses(&sentences[0].words).into_iter().map(|clause| (clause.words.join(" "), clause.mood)).collect()
    }

    #[test]
    fn a_clause_goes_on_after_the_one_inside_it() {
        assert_eq!(
            read("Avtalet, som tecknades i november, gäller i tre år."),
            [
                ("avtalet gäller i tre år".to_owned(), Mood::Said),
                ("som tecknades i november".to_owned(), Mood::Relative)
            ]
        );
    }

    #[test]
    fn what_follows_a_reservation_is_said_and_what_follows_a_condition_only_if_it_holds() {
        for (text, condition, answer, mood) in [
            (
                "Om avtalet inte sägs upp upphör det 2028.",
                "om avtalet inte sägs upp",
                "så upphör det 2028",
                Mood::Said,
            ),
            (
                "Om avtalet förlängs gäller det till 2031.",
                "om avtalet förlängs",
                "så gäller det till 2031",
                Mood::IfSo,
            ),
            (
                "Skulle stödet höjas, gäller avtalet till 2031.",
                "skulle stödet höjas",
                "så gäller avtalet till 2031",
                Mood::IfSo,
            ),
        ] {
            let expected = [(condition.to_owned(), Mood::Condition), (answer.to_owned(), mood)];
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_denied_for_something_else_is_left_out() {
        let words = ["gäller", "inte", "till", "2030", "utan", "till", "2028"];
        let clause = without_denied(&words, |rest| rest.first() == Some(&"till")).unwrap();
        assert_eq!((clause.words, clause.at), (vec!["gäller", "till", "2028"], vec![0, 5, 6]));
        assert!(without_denied(&words, |_| false).is_none());
    }
}
