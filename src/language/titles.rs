//! What a title names beside the time that it is for.

use super::days::point;
use super::fold::Folded;
use super::periods::when;
use super::tokens::{one_of, tokens};

/// Words that only say which time something is for, or that it is an amount.
const NAMELESS: &str = "ersättning ersättningen belopp beloppet år året årets årlig årliga årligt årligen halvår halvåret halvårsvis kvartal \
    kvartalet kvartalsvis månad månaden månadsvis termin terminen vårterminen höstterminen vt ht vår våren höst hösten h1 h2 q1 q2 q3 q4 \
    period perioden delperiod tid tiden avtalstid avtalstiden avtalsår avtalsåret hela helår helåret del delen första andra tredje fjärde \
    ett två tre fyra per för avseende under från fr.o.m. till t.o.m. och i av den det som avser gäller";

/// The words of a title without those that only say for which time it is: nothing of "2024", "Ersättning för första halvåret 2025"
/// and "År 1".
#[must_use]
pub fn beside_time(title: &str) -> Vec<String> {
    let folded = Folded::of(title);
    let tokens = tokens(&folded);
    let all: Vec<&str> = tokens.iter().map(|token| token.text).collect();
    let mut words = all.as_slice();
    let mut named = Vec::new();
    while let [word, rest @ ..] = words {
        if let Some(after) =
            when(words).map(|(_, after)| after).or_else(|| point(words).map(|(_, after)| after))
        {
            words = after;
            continue;
        }
        let has_letters = word.chars().any(char::is_alphabetic);
        if has_letters && !one_of(NAMELESS, word) {
            named.push((*word).to_owned());
        }
        words = rest;
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_of_time_names_nothing_else() {
        for nothing in [
            "2024",
            "År 2024",
            "år 1",
            "2024–2025",
            "Ersättning 2025",
            "Ersättning för första halvåret 2025",
            "Januari–juni 2025",
            "1 januari–30 juni 2025",
            "2025-01-01–2025-06-30",
            "Läsåret 2025/26",
            "Hela avtalstiden",
            "Årlig ersättning",
            "Belopp per år",
            "VT 2025",
            "maj 2025",
            "",
        ] {
            assert_eq!(beside_time(nothing), [""; 0], "{nothing}");
        }
        for (title, named) in [
            ("Grundersättning 2025", vec!["grundersättning"]),
            ("Ersättning för samordning under 2025", vec!["samordning"]),
            ("Lokal", vec!["lokal"]),
            ("Barn och unga", vec!["barn", "unga"]),
        ] {
            assert_eq!(beside_time(title), named, "{title}");
        }
    }
}
