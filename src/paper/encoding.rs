//! The text of a file without structure of its own.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::gather::Gather;
use super::kind::Kind;
use super::{Fault, Note};

/// The text of a file, with line feeds alone between its lines.
pub(super) fn text(bytes: &[u8], kind: Kind, gather: &mut Gather) -> Result<String, Fault> {
    let (encoding, is_told) = encoding(bytes, kind);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let strange = text.chars().filter(|letter| is_strange(*letter)).count();
    if strange > 0 && strange.saturating_mul(200) > text.chars().count() {
        return Err(Fault::new(
            "Filen är inget dokument: den består inte av text.",
            "Filer som läses är docx, odt, pdf, html, md och txt.",
        ));
    }
    if is_told {
        gather.tell(Note::Encoding(encoding.name().to_owned()));
    }
    Ok(text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{85}'], "\n"))
}

/// The text of a file that is a list and no paper, in whatever encoding it is.
#[must_use]
pub fn decoded(bytes: &[u8]) -> String {
    let (encoding, _) = encoding(bytes, Kind::Plain);
    encoding.decode_with_bom_removal(bytes).0.into_owned()
}

/// Characters that no text has: controls, and what could not be read.
fn is_strange(letter: char) -> bool {
    letter == char::REPLACEMENT_CHARACTER
        || (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{C}' | '\u{85}'))
}

/// The encoding of a file, and whether a person should know of it.
fn encoding(bytes: &[u8], kind: Kind) -> (&'static Encoding, bool) {
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return (marked, false);
    }
    let zeros =
        |first: usize| bytes.iter().skip(first).step_by(2).take(1000).filter(|byte| **byte == 0).count();
    let half = bytes.len().min(2000) / 4;
    if half > 0 && zeros(1) > half && zeros(0) == 0 {
        return (UTF_16LE, true);
    }
    if half > 0 && zeros(0) > half && zeros(1) == 0 {
        return (UTF_16BE, true);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, false);
    }
    let head: String = bytes.iter().take(2048).map(|byte| char::from(*byte)).collect();
    let named = head.split("charset=").nth(1).filter(|_| kind == Kind::Html).and_then(|rest| {
        let name = rest.trim_start_matches(['"', '\'']);
        let end = name.find(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '-' | '_'));
        Encoding::for_label(name.get(..end.unwrap_or(name.len()))?.as_bytes())
    });
    match named {
        Some(named) if named != UTF_8 => (named, false),
        _ => (WINDOWS_1252, true),
    }
}
