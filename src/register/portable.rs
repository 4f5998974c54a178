//! Names of files that are not the same file on every system: what Windows keeps for itself or cannot write, and names that
//! only some systems tell apart. A register with one of them cannot be fetched onto somebody's computer.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

const RENAME: &str = "Byt namn på filen.";

/// Whether Windows keeps a name for itself, whatever its ending and case: `con`, `NUL.toml`, `com1`.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_port = |rest: &str| {
        matches!(rest, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
    };
    matches!(&*stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || ["com", "lpt"].into_iter().any(|device| stem.strip_prefix(device).is_some_and(is_port))
}

/// What keeps a file from being the same on every system, as a Swedish sentence, and what to do.
pub(super) fn fault(file: &str) -> Option<(String, &'static str)> {
    file.split('/').find_map(|name| {
        let problem = if is_reserved(name) {
            "är reserverat i Windows, där filen inte går att spara"
        } else if name.ends_with(['.', ' ']) {
            "har en punkt eller ett blanksteg sist, som Windows tar bort"
        } else if name.contains(|letter: char| {
            letter.is_control() || matches!(letter, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\')
        }) {
            "har ett tecken som Windows inte tillåter i filnamn"
        } else if !is_nfc(name) {
            "har å, ä, ö eller en accent som två tecken, och är ett annat namn på andra datorer"
        } else {
            return None;
        };
        Some((format!("Namnet ”{name}” {problem}."), RENAME))
    })
}

/// The files that some systems take for another one, each with that one: they differ in upper and lower case, or in how a
/// letter with a mark is stored.
pub(super) fn taken_for_another<'a>(
    files: impl Iterator<Item = &'a Arc<str>>,
) -> Vec<(&'a Arc<str>, &'a Arc<str>)> {
    let mut first = BTreeMap::new();
    let same = |file: &str| file.nfc().flat_map(char::to_lowercase).collect::<String>();
    files
        .filter_map(|file| {
            let one = *first.entry(same(file)).or_insert(file);
            (one != file).then_some((file, one))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_windows_keeps_for_itself_is_known_in_any_case_and_with_any_ending() {
        for name in [
            "con",
            "CON",
            "nul.toml",
            "Aux.md",
            "prn.a.b",
            "com1",
            "LPT9.toml",
            "com¹",
            "con .toml",
            "conin$",
        ] {
            assert!(is_reserved(name), "{name}");
        }
        for name in
            ["kon", "consul.toml", "com", "com10", "lpt", "auxin.md", "null", "oppet-hus.con", "", ".con"]
        {
            assert!(!is_reserved(name), "{name}");
        }
    }

    #[test]
    fn a_name_that_is_not_the_same_everywhere_has_a_fault() {
        for (file, said) in [
            ("agreements/nul.toml", "”nul.toml” är reserverat"),
            ("templates/clauses/aux/a.md", "”aux” är reserverat"),
            ("templates/pictures/vapen.svg ", "blanksteg"),
            ("templates/clauses/a./b.md", "punkt"),
            ("templates/clauses/a:b.md", "tillåter"),
            ("templates/clauses/a\\b.md", "tillåter"),
            ("templates/clauses/a\u{308}ndring.md", "två tecken"),
        ] {
            let (problem, _) = fault(file).unwrap();
            assert!(problem.contains(said), "{file}: {problem}");
        }
        for file in [
            "iop.toml",
            "agreements/oppet-hus.toml",
            "templates/pictures/Våra vapen.svg",
            "templates/fonts/A.B.otf",
        ] {
            assert_eq!(fault(file), None, "{file}");
        }
    }

    #[test]
    fn names_that_only_some_systems_tell_apart_are_one() {
        let files: Vec<Arc<str>> =
            ["a/Vapen.svg", "a/vapen.svg", "b/vapen.svg", "a/\u{e5}.md", "a/a\u{30a}.md"]
                .map(Arc::from)
                .into();
        let found: Vec<_> =
            taken_for_another(files.iter()).into_iter().map(|(one, other)| (&**one, &**other)).collect();
        assert_eq!(found, [("a/vapen.svg", "a/Vapen.svg"), ("a/a\u{30a}.md", "a/\u{e5}.md")]);
    }
}
