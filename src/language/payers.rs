//! Who can be said to pay: those whose money the agreement holds, and others.

use super::fold::Folded;
use super::tokens::tokens;
use super::words::PAYMENT;

/// Who can be said to pay.
#[derive(Debug, Clone)]
pub struct Payers {
    /// Those whose money the agreement holds, each as its words with spaces between them.
    public: Vec<String>,
    /// Others, and what they pay is not among the agreement's amounts.
    other: Vec<String>,
}

impl Payers {
    /// Those with these names, besides what they are called in general.
    #[must_use]
    pub fn new<'a>(
        public: impl IntoIterator<Item = &'a str>,
        other: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let public: Vec<String> =
            public.into_iter().map(as_words).chain(PAYMENT.public.iter().cloned()).collect();
        // A region that is a party pays what the agreement holds.
        let is_public =
            |name: &String| name == "regionen" && public.iter().any(|name| name.contains("region"));
        let others = PAYMENT.others.iter().filter(|name| !is_public(name)).cloned();
        let other =
            other.into_iter().map(as_words).chain(others).filter(|name| !public.contains(name)).collect();
        Self { public, other }
    }

    /// Whether what stands between two parts of a sentence is paid by somebody whose money the agreement does not hold: the
    /// last one before the verb does it, or what follows says by whom it is done.
    pub(super) fn is_others(&self, before: &str, after: &str) -> bool {
        let verb = PAYMENT.pays.iter().filter_map(|verb| last_word(before, verb)).max();
        let paid_by = self.other.iter().any(|name| {
            format!(" {after}").find(&format!(" av {name}")).is_some_and(|at| {
                ["betalas", "finansieras", "bekostas", "tillskjuts", "ersätts"].iter().any(|verb| {
                    before.contains(verb) || after.get(..at).is_some_and(|after| after.contains(verb))
                })
            })
        });
        let Some(subject) = verb.and_then(|verb| before.get(..verb)) else { return paid_by };
        let last = |names: &[String]| {
            names
                .iter()
                .filter_map(|name| last_word(subject, name))
                .filter(|at| !is_object(subject, *at))
                .max()
        };
        let public = last(&self.public).max(last_public_body(subject));
        paid_by || last(&self.other) > public && !self.pays_after(before, verb)
    }

    /// "Till föreningen betalar kommunen": the payer goes after the verb.
    fn pays_after(&self, before: &str, verb: Option<usize>) -> bool {
        let after = verb.and_then(|verb| before.get(verb..)).unwrap_or_default();
        last_public_body(after).is_some()
            || self.public.iter().any(|name| last_word(after, name).is_some_and(|at| !is_object(after, at)))
    }

    /// Whether a sentence names somebody whose money the agreement holds.
    pub(super) fn has_public(&self, sentence: &str) -> bool {
        let named = |name: &String| {
            last_word(sentence, name).is_some() || last_word(sentence, &format!("{name}s")).is_some()
        };
        sentence.split(' ').any(is_public_body) || self.public.iter().any(named)
    }

    /// Whether it names somebody else.
    pub(super) fn has_other(&self, sentence: &str) -> bool {
        self.other.iter().any(|name| last_word(sentence, name).is_some())
    }

    /// Whether what is paid comes from somebody else: "bidrag från Region Skåne".
    pub(super) fn is_from_others(&self, words: &[&str]) -> bool {
        let sums = [
            "bidrag",
            "bidraget",
            "stöd",
            "stödet",
            "medel",
            "ersättning",
            "ersättningen",
            "kronor",
            "kr",
            "anslag",
        ];
        (1..words.len()).any(|at| {
            let rest = words.get(at + 1..).unwrap_or_default();
            let is_source = words.get(at) == Some(&"från")
                && words.get(at - 1).is_some_and(|before| sums.iter().any(|sum| before.ends_with(sum)));
            let is_time = rest.first().is_none_or(|next| {
                *next == "och" || next.starts_with(|letter: char| letter.is_ascii_digit())
            });
            let named = rest.iter().take(3).copied().collect::<Vec<_>>().join(" ");
            is_source && !is_time && !self.has_public(&named)
        })
    }
}

/// Whether a word is a public body's, or of one: "kommun", "fritidsnämndens".
fn is_public_body(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    PAYMENT.public_endings.iter().any(|ending| word.ends_with(ending.as_str()))
}

/// A name as the words of a sentence with spaces between them.
fn as_words(name: &str) -> String {
    let folded = Folded::of(name);
    tokens(&folded).iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
}

/// Where the last public body stands that does something.
fn last_public_body(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut found = None;
    for word in text.split(' ') {
        if is_public_body(word) && !is_object(text, at) {
            found = Some(at);
        }
        at += word.len() + 1;
    }
    found
}

/// Where a word, or several, stands last in a text as a whole.
fn last_word(text: &str, word: &str) -> Option<usize> {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.rmatch_indices(word).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        !is_letter(before) && !is_letter(after)
    })
}

/// Whether a name is one to whom, by whom or with whom something is done.
fn is_object(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    [" till ", " av ", " med ", " för ", " hos "].iter().any(|word| format!(" {before}").ends_with(word))
}
