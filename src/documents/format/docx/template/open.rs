//! A template's file, opened with care: what it is, how many parts it has, and how much they unpack to, counted while it
//! is unpacked.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::super::Fault;

/// The largest file, in bytes.
const LARGEST: usize = 20_000_000;
/// The most parts.
const MOST_PARTS: usize = 2_000;
/// The most bytes that all parts unpack to.
const MOST_UNPACKED: u64 = 40_000_000;
/// The most bytes of a part of text.
const MOST_TEXT: u64 = 10_000_000;

const SAVE_ANEW: &str = "Öppna mallen i Word och välj Arkiv, Spara som, Word-dokument (.docx).";
const SMALLER: &str = "Öppna mallen i Word, ta bort stora bilder eller komprimera dem (Bildformat, Komprimera bilder) och spara på nytt.";

/// The parts of a template, by name.
pub(super) fn parts(file: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    if file.len() > LARGEST {
        return Err(Fault::new(
            format!(
                "Mallen är {} MB, och {} MB är det mesta som läses.",
                file.len() / 1_000_000,
                LARGEST / 1_000_000
            ),
            SMALLER,
        ));
    }
    if let Some(fault) = other_kind(file) {
        return Err(fault);
    }
    // Each part has a head of its own in the list at the end, whatever the list says of its length.
    if file.windows(4).filter(|bytes| bytes == b"PK\x01\x02").count() > MOST_PARTS {
        return Err(Fault::new(format!("Mallen har fler än {MOST_PARTS} delar."), SAVE_ANEW));
    }
    let damaged = || Fault::new("Mallen är skadad: filen går inte att packa upp.", SAVE_ANEW);
    let mut zip = ZipArchive::new(Cursor::new(file)).map_err(|_| damaged())?;
    let mut parts = BTreeMap::new();
    let mut left = MOST_UNPACKED;
    for place in 0..zip.len().min(MOST_PARTS) {
        let entry = zip.by_index(place).map_err(|_| damaged())?;
        if entry.is_dir() {
            continue;
        }
        let name = entry.name().map_err(|_| damaged())?.trim_start_matches('/').to_owned();
        let is_text = is_text(&name);
        let most = if is_text { left.min(MOST_TEXT) } else { left };
        let mut content = Vec::new();
        let length = entry.take(most + 1).read_to_end(&mut content).map_err(|_| damaged())?;
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        if length > most {
            return Err(Fault::new(
                format!("Mallens del {name} är för stor när den packas upp."),
                if is_text { SAVE_ANEW } else { SMALLER },
            ));
        }
        left -= length;
        parts.insert(name, content);
    }
    Ok(parts)
}

/// Whether a part is XML.
pub(super) fn is_text(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    ending == "xml" || ending == "rels"
}

/// Files that are something else, told by how they begin.
fn other_kind(file: &[u8]) -> Option<Fault> {
    const OLD: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if file.starts_with(b"PK") {
        return None;
    }
    if file.starts_with(OLD) {
        let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return Some(if file.windows(encrypted.len()).any(|bytes| bytes == encrypted) {
            Fault::new(
                "Mallen är skyddad med lösenord.",
                "Öppna den i Word, välj Arkiv, Info, Skydda dokument, Kryptera med lösenord, töm rutan och spara.",
            )
        } else {
            Fault::new("Mallen är sparad i Words gamla format (.doc).", SAVE_ANEW)
        });
    }
    let kind = match file {
        [] => "tom",
        _ if file.starts_with(b"%PDF") => "en pdf-fil",
        _ if file.starts_with(b"{\\rtf") => "en rtf-fil",
        _ if file.trim_ascii_start().starts_with(b"<") => "en webbsida eller en xml-fil",
        _ => "inte ett Word-dokument",
    };
    Some(Fault::new(format!("Mallen är {kind}, inte en docx-fil."), SAVE_ANEW))
}

/// What is said of a file that is packed as Word's but is not one.
pub(super) fn not_word(what: &str) -> Fault {
    Fault::new(format!("Mallen är inte ett Word-dokument: {what}."), SAVE_ANEW)
}
