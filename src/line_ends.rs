//! How a text file ends its lines and marks its encoding. Git on Windows writes both otherwise, so no text inside the
//! program has any of it, and a file that is changed keeps its own.

/// The byte order mark, with which some programs begin a file in UTF-8.
const MARK: char = '\u{FEFF}';

/// A file's text with `\n` after each line and without the mark of its encoding: the same whoever has saved it. A `\r`
/// by itself stays: in TOML it ends no line, and what stands after it must not look like part of the line before.
#[must_use]
pub fn plain(mut text: String) -> String {
    if text.starts_with(MARK) {
        text.drain(..MARK.len_utf8());
    }
    // Nearly no file has any, and to look is much quicker than to copy.
    if text.contains('\r') { text.replace("\r\n", "\n") } else { text }
}

/// A plain text as a file is to hold it that now holds `model`: with its mark, and each line that stays as it was. The
/// others end as most of the lines do.
#[must_use]
pub fn like(model: &str, text: &str) -> String {
    let (mark, model) = model.strip_prefix(MARK).map_or(("", model), |rest| ("\u{FEFF}", rest));
    if !model.contains("\r\n") {
        return format!("{mark}{text}");
    }
    let old: Vec<&str> = model.split_inclusive('\n').collect();
    let new: Vec<&str> = text.split_inclusive('\n').collect();
    let is_same = |(old, new): &(&&str, &&str)| {
        old.strip_suffix("\r\n").map_or(*old == *new, |line| new.strip_suffix('\n') == Some(line))
    };
    let head = old.iter().zip(&new).take_while(is_same).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(is_same).count();
    let changed = new.get(head..new.len() - tail).unwrap_or_default();
    let ends_wide = old.iter().filter(|line| line.ends_with("\r\n")).count() * 2 > old.len();
    let changed = changed.concat();
    let changed = if ends_wide { changed.replace('\n', "\r\n") } else { changed };
    let first = old.get(..head).unwrap_or_default().concat();
    let last = old.get(old.len() - tail..).unwrap_or_default().concat();
    format!("{mark}{first}{changed}{last}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_the_same_however_it_was_saved() {
        for saved in ["a\nå\n", "a\r\nå\r\n", "\u{feff}a\nå\n", "\u{feff}a\r\nå\n"] {
            assert_eq!(plain(saved.to_owned()), "a\nå\n", "{saved:?}");
        }
        assert_eq!(plain("a\rb".to_owned()), "a\rb");
        assert_eq!(plain("a\u{feff}".to_owned()), "a\u{feff}");
    }

    #[test]
    fn only_what_changes_is_written_anew() {
        for (model, text, written) in [
            ("a\r\nb\r\n", "a\nx\nb\n", "a\r\nx\r\nb\r\n"),
            ("a\nb\n", "a\nx\nb\n", "a\nx\nb\n"),
            ("\u{feff}a\n", "a\nx\n", "\u{feff}a\nx\n"),
            ("a\r\nb\nc\r\nd", "a\nb\nx\ny\nd", "a\r\nb\nx\ny\nd"),
            ("a\nb\r\nc\r\n", "a\nb\nc\nd\n", "a\nb\r\nc\r\nd\r\n"),
            ("a\r\na\r\n", "a\n", "a\r\n"),
            ("", "a\n", "a\n"),
        ] {
            assert_eq!(like(model, text), written, "{model:?} {text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_file_says_what_it_is_to_say_and_what_stays_is_kept(
            model in "\u{feff}?([ab]{0,2}(\r\n|\n)){0,6}[ab]?",
            text in "([ab]{0,2}\n){0,6}[ab]?",
        ) {
            prop_assert_eq!(plain(like(&model, &text)), text);
            prop_assert_eq!(like(&model, &plain(model.clone())), model);
        }
    }
}
