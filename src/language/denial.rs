//! What a sentence denies, or says would be so: which of its words are not said of the agreement.

use super::clauses::{Clause, Mood, clauses, is_finite, is_inverted};
use super::word_list::WordList;

/// What denies what follows it.
pub(super) static DENIALS: WordList =
    WordList::new("inte ej icke aldrig varken vare ingen inget inga utan ingendera knappast");

/// Verbs and nouns that say of what follows that it is not so, and whatever they begin.
static REJECTS: WordList = WordList::new(
    "avstå undvik avråd uteslut förkast avvis avslog avslå återremitt avskaff slipp upphävd motsats skillnad skiljer \
    snarare hellre alternativ istället likna jämför missförst",
);

/// What refuses money, and whatever it begins.
static REFUSALS: WordList = WordList::new("avslag avslog avslå avstyrk avvisa återremitt neka underkänn");

/// Of what could have been.
static UNREAL: WordList = WordList::new("skulle hade vore");

/// Of what somebody may want later.
static WISHES: WordList = WordList::new("vill önskar behöver avser överväger planerar");

/// Of what was once.
static ONCE: WordList = WordList::new("tidigare förr förut dessförinnan historiskt");

/// Of what somebody has thought of.
static CONSIDERED: WordList =
    WordList::new("prövade prövat övervägde övervägt utredde utrett diskuterade diskuterat");

/// What turns a denial: what follows is said again.
static TURNS: WordList = WordList::new("men utan dock däremot");

/// Sentences in which it can be looked up what is denied.
pub(super) struct Denials<'a, 'b> {
    words: &'a [&'b str],
    clauses: Vec<Clause<'b>>,
}

impl<'a, 'b> Denials<'a, 'b> {
    /// Of one sentence.
    pub(super) fn of(words: &'a [&'b str]) -> Self {
        Self { words, clauses: clauses(words) }
    }

    /// The clause that has a word, and which of its words that is.
    fn clause(&self, at: usize) -> Option<(&Clause<'b>, usize)> {
        self.clauses.iter().find_map(|clause| Some((clause, clause.at.iter().position(|word| *word == at)?)))
    }

    /// Whether what stands there is only what would be so: "om kommunen hade köpt verksamheten".
    pub(super) fn is_unreal(&self, at: usize) -> bool {
        self.clause(at).is_some_and(|(clause, _)| {
            matches!(clause.mood, Mood::Condition | Mood::IfSo)
                && clause.words.iter().any(|word| UNREAL.has(word) || WISHES.has(word))
        })
    }

    /// Whether what stands there is only a condition: "om kommunen upphandlar verksamheten ska parterna mötas".
    pub(super) fn is_condition(&self, at: usize) -> bool {
        let asks = |clause: &Clause<'_>| {
            matches!(clause.mood, Mood::Condition)
                && matches!(clause.words.first(), Some(&("om" | "ifall" | "därest" | "såvida" | "skulle")))
        };
        let is_case = matches!(self.words, ["för" | "i", "det", "fall", ..] | ["för", "den", "händelse", ..]);
        // Such a case ends with the verb that answers it.
        let end = self.words.windows(2).skip(4).position(|pair| is_inverted(pair) || pair[0] == ",");
        self.clause(at).is_some_and(|(clause, _)| asks(clause))
            || is_case && end.is_some_and(|end| at < end + 4)
    }

    /// Whether somebody once considered what stands there: "nämnden prövade om behovet kunde tillgodoses genom upphandling".
    pub(super) fn was_considered(&self, at: usize) -> bool {
        // So many words at most go between the verb and what was considered.
        const BETWEEN: usize = 4;
        let before = self.words.get(..at).unwrap_or_default();
        let Some(verb) = before.iter().position(|word| CONSIDERED.has(word)) else { return false };
        let since = before.get(verb + 1..).unwrap_or_default();
        let asks = since.iter().take(BETWEEN).any(|word| matches!(*word, "om" | "att"));
        asks && !since.iter().any(|word| TURNS.has(word) || *word == ",")
    }

    /// Whether what is done there was done before: "har tidigare köpt".
    pub(super) fn was_once(&self, at: usize) -> bool {
        self.clause(at).is_some_and(|(clause, _)| clause.words.iter().any(|word| ONCE.has(word)))
    }

    /// Whether a verb that rejects goes before a word in its clause, or in the one of which it is a part: "avstår från att kalla".
    pub(super) fn is_rejected(&self, at: usize) -> bool {
        let Some((clause, place)) = self.clause(at) else { return false };
        let before = clause.words.get(..place).unwrap_or_default();
        before.iter().any(|word| REJECTS.begins(word)) && !before.iter().any(|word| TURNS.has(word))
    }

    /// Whether a word that names nobody in particular is denied in its clause, before it or by the verb after it.
    pub(super) fn is_denied(&self, at: usize) -> bool {
        let Some((clause, place)) = self.clause(at) else { return false };
        let before = clause.words.get(..place).unwrap_or_default();
        // "Inte partner utan leverantör" denies the first alone.
        let turns = |at: usize| {
            before.get(at) == Some(&"utan")
                && before
                    .get(..at)
                    .is_some_and(|passed| passed.iter().any(|word| matches!(*word, "inte" | "ej")))
        };
        let denial = (0..before.len()).rev().find(|at| DENIALS.has(before[*at]) && !turns(*at));
        let is_denied = denial.is_some_and(|denial| {
            let since = before.get(denial + 1..).unwrap_or_default();
            let is_only = matches!(since.first(), Some(&("bara" | "enbart" | "endast")));
            let is_condition = denial > 0 && matches!(before.get(denial - 1), Some(&("om" | "såvida")));
            // "Varken pris, volym eller vite" goes on after a comma.
            let goes_on = matches!(
                before.get(denial),
                Some(&("varken" | "inga" | "inget" | "ingen" | "vare" | "utan"))
            );
            let is_ended =
                since.iter().any(|word| TURNS.has(word) || *word == "," && !goes_on || *word == "får");
            !is_only && !is_condition && !is_ended
        });
        // "Något anbud har inte lämnats", "begreppen beställare och utförare används inte"
        let after = clause.words.get(place + 1..).unwrap_or_default();
        let verb = after.iter().position(|word| is_finite(word) || word.len() > 4 && word.ends_with('s'));
        let is_subject = before.iter().all(|word| !is_finite(word)) && before.len() < 4;
        let is_denied_after = is_subject
            && verb.is_some_and(|verb| {
                matches!(
                    after.get(verb..),
                    Some([_, "inte" | "ej", ..] | ["saknas" | "uteblir" | "behövs", ..])
                )
            });
        let is_answered_no =
            self.words.windows(2).any(|pair| pair == ["med", "nej"]) || self.words.contains(&"nekande");
        let is_denied_after = is_denied_after || is_answered_no;
        is_denied || is_denied_after || self.was_denied_before(at)
    }

    /// Whether what is said of an amount there is denied, refused, or holds only if something else does.
    pub(super) fn is_not_said(&self, at: usize) -> bool {
        let Some((clause, place)) = self.clause(at) else { return false };
        let is_condition = match clause.mood {
            Mood::IfSo => true,
            Mood::Condition => !matches!(
                clause.words.first(),
                Some(
                    &("även"
                        | "eftersom"
                        | "medan"
                        | "sedan"
                        | "då"
                        | "när"
                        | "till"
                        | "i"
                        | "istället"
                        | "utöver"
                        | "förutom")
                )
            ),
            Mood::Said | Mood::Relative => false,
        };
        let (before, after) = clause.words.split_at(place);
        let is_refused = self.words.iter().any(|word| REFUSALS.begins(word));
        let since =
            before.iter().rposition(|word| matches!(*word, "och" | "men" | ",")).map_or(0, |turn| turn + 1);
        let is_denied = before
            .get(since..)
            .unwrap_or_default()
            .iter()
            .any(|word| matches!(*word, "inte" | "ej" | "inget" | "ingen" | "inga" | "aldrig" | "utan"));
        let is_ended = after.windows(2).any(|pair| matches!(pair, ["inte" | "ej", "längre" | "beslutats" | "beslutat" | "fastställts"]))
            || after.windows(3).any(|three| matches!(three, [verb, "inte" | "ej", _] if matches!(*verb, "utgår" | "betalas" | "utbetalas" | "lämnas" | "gäller")));
        is_condition || is_refused || is_denied || is_ended || self.is_undecided()
    }

    /// "Någon nivå har inte beslutats", "återstår att bestämma".
    fn is_undecided(&self) -> bool {
        self.words.windows(2).any(|pair| {
            matches!(
                pair,
                ["inte" | "ej", "beslutats" | "beslutat" | "fastställts" | "bestämts"] | ["återstår", "att"]
            )
        })
    }

    /// "Det är varken ett köp, en beställning eller …": a list goes on over commas.
    fn was_denied_before(&self, at: usize) -> bool {
        let before = self.words.get(..at).unwrap_or_default();
        let both = before.iter().rposition(|word| matches!(*word, "varken" | "vare"));
        both.is_some_and(|both| {
            !before.get(both..).unwrap_or_default().iter().any(|word| matches!(*word, "men" | "utan"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::Folded;
    use super::super::tokens::{sentences, tokens};
    use super::*;

    /// Whether a word of a text is denied, unreal, rejected, and not said.
    fn asked(text: &str, word: &str) -> [bool; 4] {
        let folded = Folded::of(text);
        let sentences = sentences(&folded, &tokens(&folded));
        let words = &sentences[0].words;
        let at = words.iter().position(|one| *one == word).unwrap();
        let denials = Denials::of(words);
        [denials.is_denied(at), denials.is_unreal(at), denials.is_rejected(at), denials.is_not_said(at)]
    }

    #[test]
    fn a_denial_reaches_as_far_as_its_clause() {
        for (text, word, is_denied) in [
            ("Föreningen ska inte ses som leverantör.", "leverantör", true),
            ("Något anbud har inte lämnats.", "anbud", true),
            ("Varken pris, volym eller vite har avtalats.", "vite", true),
            ("Uppfyller föreningen inte kraven minskas ersättningen med ett vite.", "vite", false),
            ("Föreningen är inte partner utan leverantör.", "leverantör", false),
            ("Föreningen är leverantör.", "leverantör", false),
        ] {
            assert_eq!(asked(text, word)[0], is_denied, "{text}");
        }
    }

    #[test]
    fn what_would_be_so_and_what_is_refused_is_not_said() {
        assert!(asked("Om kommunen hade köpt verksamheten gällde lagen.", "köpt")[1]);
        assert!(asked("Parterna har avstått från att använda vite.", "vite")[2]);
        assert!(asked("Förvaltningen avstyrker ett stöd på 500 kr.", "500")[3]);
        assert!(!asked("Kommunen betalar 500 kr.", "500")[3]);
    }
}
