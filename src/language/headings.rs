//! What a section is about, as its heading says.

use super::fold::Folded;
use super::tokens::tokens;
use super::words::HEADINGS;

/// The subject of a section with this heading: the name of a clause, or of a part of a memo ("memo-…"). Nothing where the heading
/// says none that is known.
#[must_use]
pub fn subject(heading: &str) -> Option<&'static str> {
    let folded = Folded::of(heading);
    let tokens = tokens(&folded);
    let words: Vec<&str> =
        tokens.iter().map(|token| token.text).filter(|word| word.starts_with(char::is_alphabetic)).collect();
    let telling: Vec<&str> = words.iter().copied().filter(|word| !HEADINGS.is_filler(word)).collect();
    let whole = HEADINGS.topic.iter().find(|(_, of)| {
        of.whole.iter().any(|whole| {
            words.iter().eq([whole]) || telling.iter().eq(whole.split(' ').collect::<Vec<_>>().iter())
        })
    });
    whole
        .or_else(|| {
            let found = HEADINGS.topic.iter().filter_map(|topic| {
                let places = topic
                    .1
                    .holds
                    .iter()
                    .filter_map(|phrase| Some((position(&words, phrase)?, usize::MAX - phrase.len())));
                Some((places.min()?, topic))
            });
            found.min_by_key(|(place, _)| *place).map(|(_, topic)| topic)
        })
        .map(|(name, _)| name.as_str())
}

/// Whether a heading tells that a section is about a subject, be it together with others: "Bakgrund och gemensamma värderingar".
#[must_use]
pub fn is_about(heading: &str, name: &str) -> bool {
    let Some(topic) = HEADINGS.topic.get(name) else { return false };
    let folded = Folded::of(heading);
    let tokens = tokens(&folded);
    let words: Vec<&str> = tokens.iter().map(|token| token.text).collect();
    topic.whole.iter().chain(&topic.holds).any(|phrase| position(&words, phrase).is_some())
}

/// Where a phrase stands in words, by number; a word with a star has any ending.
#[must_use]
pub fn position(words: &[&str], phrase: &str) -> Option<usize> {
    (0..words.len()).find(|at| words.get(*at..).is_some_and(|rest| begins(rest, phrase)))
}

/// Whether words begin with a phrase in which a word with a star has any ending.
#[must_use]
pub fn begins(words: &[&str], phrase: &str) -> bool {
    let mut words = words.iter();
    phrase.split(' ').all(|one| {
        words.next().is_some_and(|word| match one.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => *word == one,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_follows_whatever_it_is_called() {
        for (heading, topic) in [
            ("Bakgrund", "background"),
            ("Värdegrund för partnerskapet", "value-basis"),
            ("Syftet och mål med partnerskapet och verksamheten", "purpose"),
            ("Mål – inom ramen för arbetet med brukarinflytandesamordning", "goals"),
            ("Målgrupp:", "target-group"),
            ("Vad partnerskapet inte omfattar", "exclusions"),
            ("Partners", "parties"),
            ("Avtalets parter", "parties"),
            ("Parternas inbördes relation", "relation"),
            ("Parternas respektive insatser", "undertakings"),
            ("Parternas åtaganden", "undertakings"),
            ("Utveckling av ny verksamhet och kunskap", "development"),
            ("Styrning och uppföljning av överenskommelsen", "steering"),
            ("Uppföljningsrapporter", "follow-up"),
            ("Kontaktpersoner", "contacts"),
            ("Period för överenskommelse", "term"),
            ("Avtalsperiod", "term"),
            ("Ekonomi", "economy"),
            ("Ekonomiska villkor och fakturering", "payouts"),
            ("Utbetalning och fakturering", "payouts"),
            ("Omförhandling, hävningsrätt samt tvist", "exit"),
            ("Ändring, uppsägning, hävning och tvist", "exit"),
            ("Underskrifter:", "signatures"),
            ("Ekonomiska konsekvenser", "memo-economy"),
            ("Underlag för beslutet", "memo-basis"),
            ("Beslutet skickas till", "memo-distribution"),
        ] {
            assert_eq!(subject(heading), Some(topic), "{heading}");
        }
        for heading in
            ["RSMH Lund", "Ett elastiskt stöd – en gemensam målbild", "Ansvar för volontärer och djur", ""]
        {
            assert!(subject(heading).is_none(), "{heading}: {:?}", subject(heading));
        }
    }
}
