//! What kind of file a paper is, by what it holds.

use super::Fault;
use super::kind::{Kind, SAVE_AS_DOCX, ending};
use super::package::Package;

pub(super) fn kind(name: &str, bytes: &[u8]) -> Result<Kind, Fault> {
    const OLD: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    let begins = |start: &[u8]| bytes.starts_with(start);
    let no_text = |what: &str, help: &str| {
        Err(Fault::new(format!("Filen är {what} och går inte att läsa som text."), help))
    };
    let picture = "Läs in bilden med textigenkänning (OCR), till exempel i skannern eller i Word, och spara som docx eller pdf.";
    if bytes.trim_ascii().is_empty() {
        return Err(Fault::new("Filen är tom.", "Hämta eller spara den på nytt."));
    }
    if begins(b"PK") {
        return Package::open(bytes)?.kind();
    }
    if begins(OLD) {
        return old_office(bytes);
    }
    // Something may stand before it, and readers look for it in the first kilobyte.
    if bytes.iter().take(1024).copied().collect::<Vec<_>>().windows(5).any(|window| window == b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    match bytes {
        _ if begins(b"{\\rtf") => return no_text("en rtf-fil", SAVE_AS_DOCX),
        _ if begins(b"\x89PNG")
            || begins(b"\xFF\xD8\xFF")
            || begins(b"GIF8")
            || begins(b"II*\0")
            || begins(b"MM\0*") =>
        {
            return no_text("en bild", picture);
        }
        _ if begins(b"%!PS") => return no_text("en PostScript-fil", "Spara dokumentet som pdf eller docx."),
        _ if begins(b"\x1F\x8B") || begins(b"Rar!") || begins(b"7z\xBC\xAF") => {
            return no_text("en packad fil", "Packa upp den och ange dokumentet i den.");
        }
        _ => {}
    }
    let ending = ending(name);
    let head: String = bytes
        .iter()
        .take(4096)
        .filter(|byte| **byte != 0)
        .map(|byte| char::from(*byte).to_ascii_lowercase())
        .collect();
    let first = head.trim_start_matches(|letter: char| !letter.is_ascii() || letter.is_ascii_whitespace());
    let is_marked_up = first.starts_with('<');
    if is_marked_up
        && ["pkg:package", "w:worddocument", "office:document"].iter().any(|name| head.contains(name))
    {
        return no_text("ett Word- eller OpenDocument-dokument i xml", SAVE_AS_DOCX);
    }
    let is_page = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| head.contains(tag));
    let is_markdown = Kind::Markdown.endings().contains(&ending.as_str());
    Ok(match () {
        () if is_marked_up && is_page && !is_markdown => Kind::Html,
        () if is_marked_up && Kind::Html.endings().contains(&ending.as_str()) => Kind::Html,
        () if is_markdown => Kind::Markdown,
        () => Kind::Plain,
    })
}

/// Files of Word before 2007, and newer ones that are encrypted: both are packed in the same old way.
fn old_office(bytes: &[u8]) -> Result<Kind, Fault> {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    Err(if holds("EncryptedPackage") {
        Fault::new(
            "Filen är skyddad med lösenord.",
            "Öppna den i Word, välj Arkiv, Info, Skydda dokument, Kryptera med lösenord, töm rutan och spara.",
        )
    } else if holds("WordDocument") {
        Fault::new("Filen är sparad i Words gamla format (.doc).", SAVE_AS_DOCX)
    } else if holds("Workbook") {
        Fault::new(
            "Filen är ett kalkylblad i Excels gamla format (.xls).",
            "Spara avtalet som docx eller pdf.",
        )
    } else {
        Fault::new("Filen är sparad i ett gammalt format från Office.", SAVE_AS_DOCX)
    })
}
