//! Nouns and their endings.

use super::word_list::WordList;

/// What Swedish adds to a noun, the empty ending included.
static ENDINGS: WordList =
    WordList::new(" n en et t s ns ens ets er erna ers ernas na nas ar arna an ans or orna");

/// Whether a word is a noun in one of its forms. Nouns in -are lose their last letter in the definite plural: "utförarna".
#[must_use]
pub fn is_form_of(stem: &str, word: &str) -> bool {
    word.strip_prefix(stem).is_some_and(|ending| ending.is_empty() || ENDINGS.has(ending))
        || stem
            .strip_suffix('e')
            .filter(|short| short.ends_with("ar"))
            .and_then(|short| word.strip_prefix(short))
            .is_some_and(|ending| matches!(ending, "na" | "nas"))
}

/// Whether the form of a noun names a role or a thing, and nobody in particular.
#[must_use]
pub fn is_indefinite(stem: &str, word: &str) -> bool {
    // "Viten" are many, and no one in particular.
    word.strip_prefix(stem)
        .is_some_and(|ending| matches!(ending, "" | "er") || ending == "n" && stem.ends_with("vite"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_is_known_in_all_its_forms() {
        for (stem, word) in [
            ("utförare", "utförarnas"),
            ("leverantör", "leverantörernas"),
            ("vite", "vitet"),
            ("anbud", "anbud"),
        ] {
            assert!(is_form_of(stem, word), "{word}");
        }
        for (stem, word) in
            [("vite", "vitesord"), ("anbud", "anbudsområdet"), ("leverantör", "leverantörsreskontra")]
        {
            assert!(!is_form_of(stem, word), "{word}");
        }
        assert!(is_indefinite("leverantör", "leverantörer") && !is_indefinite("leverantör", "leverantören"));
    }
}
