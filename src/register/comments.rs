//! Comments that do not look like what they are: one with a sign that many editors show as the end of a line shows a line
//! that nobody but a person reads, and one with marks of direction may show its words in another order.

use std::sync::Arc;

use super::codes;
use super::unclosed::Unclosed;
use crate::finding::{Finding, Level, Place};
use crate::text;

/// Reports each comment with characters that do not show, in a file that has some.
pub(super) fn misleading(file: &Arc<str>, toml: &str) -> Vec<Finding> {
    let comments = Unclosed::of(toml).comments.into_iter();
    comments
        .filter_map(|(start, end)| {
            let comment = toml.get(start..end)?;
            let numbers = text::numbers(text::hidden(comment))?;
            let first = text::hidden(comment).next()?;
            let at = start + comment.find(first)?;
            let end = at + first.len_utf8();
            let message = format!("Kommentaren har tecken som inte syns: {numbers}.");
            let place = Place::bytes(file, at, end);
            Some(Finding::new(codes::DOMAIN, Level::Error, place, message).help(
                "Skriv om raden för hand. Ett sådant tecken kan se ut som ett radslut: det som står efter det är ändå en kommentar och läses inte.",
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_looked_at_and_what_stands_beside_it_is_not() {
        let found = |toml: &str| {
            misleading(&"a.toml".into(), toml).into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        for hidden in ["\u{2028}", "\u{2029}", "\u{85}", "\u{202e}", "\u{2066}", "\u{200b}", "\u{ad}"] {
            let number = u32::from(hidden.chars().next().unwrap());
            let told = [format!("Kommentaren har tecken som inte syns: U+{number:04X}.")];
            assert_eq!(found(&format!("a = 1 # gränsen{hidden}b = 36\nc = \"x\"\n")), told);
            assert_eq!(found(&format!("[a]\nb = [\n  1, # {hidden}{hidden}\n]\n")), told);
            // A text is judged as a text.
            assert_eq!(found(&format!("a = \"# {hidden}\" # x\nb = \'\'\'\n# {hidden}\n\'\'\'\n")), [""; 0]);
        }
        assert_eq!(found("# åäö – ”ord” …\ta\na = 1\n"), [""; 0]);
    }
}
