//! The language that a text is written in, told by its small words.

/// Fewer words say too little.
const FEWEST: usize = 60;
/// So many words are looked at.
const MOST: usize = 5_000;

const SWEDISH: &[&str] = &[
    "och", "att", "som", "är", "för", "av", "på", "med", "det", "ska", "till", "inte", "om", "från", "eller",
    "en",
];

/// Languages that papers of a municipality may be written in, with words that Swedish has not.
const OTHERS: [(&str, &[&str]); 6] = [
    ("engelska", &["the", "of", "and", "to", "is", "shall", "by", "with", "this", "which", "be", "are"]),
    (
        "danska eller norska",
        &["og", "af", "ikke", "skal", "hvor", "også", "efter", "eller", "etter", "blir", "bliver", "fra"],
    ),
    (
        "finska",
        &["ja", "on", "ei", "että", "sekä", "tai", "joka", "mukaan", "ovat", "kunnan", "sopimus", "myös"],
    ),
    ("tyska", &["und", "der", "die", "das", "nicht", "mit", "von", "ist", "für", "auf", "werden", "zu"]),
    ("franska", &["le", "la", "les", "et", "des", "est", "pour", "dans", "une", "du", "par", "qui"]),
    ("spanska", &["el", "los", "las", "y", "que", "por", "para", "una", "del", "con", "se", "es"]),
];

/// The language of a text in Swedish ("engelska"), where it is certainly not Swedish.
pub(super) fn other_than_swedish<'a>(texts: impl Iterator<Item = &'a str>) -> Option<String> {
    let words = texts.flat_map(|text| text.split(|letter: char| !letter.is_alphabetic()));
    let words: Vec<String> =
        words.filter(|word| !word.is_empty()).take(MOST).map(str::to_lowercase).collect();
    let share = |known: &[&str]| words.iter().filter(|word| known.contains(&word.as_str())).count();
    let swedish = share(SWEDISH);
    let (name, most) =
        OTHERS.iter().map(|(name, known)| (name, share(known))).max_by_key(|(_, count)| *count)?;
    let is_certain = words.len() >= FEWEST && most * 12 > words.len() && most > swedish * 2;
    is_certain.then(|| (*name).to_owned())
}
