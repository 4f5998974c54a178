//! PDF files with text. Where the file says how it is built (tags), that is taken; else the place of the letters tells.

mod columns;
mod letters;
mod lines;
mod paragraphs;
mod repeated;
mod tables;
mod tagged;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use self::letters::Page;
use super::gather::Gather;
use super::kind::SAVE_AS_DOCX;
use super::{Fault, Note};

/// The most pages.
const MOST_PAGES: usize = 2_000;
/// The most letters on all pages.
const MOST_LETTERS: usize = 3_000_000;

pub(super) fn read(bytes: &[u8], gather: &mut Gather) -> Result<(), Fault> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Fault::new(
            "Filen är skyddad med lösenord.",
            "Öppna den med lösenordet, skriv ut den som en ny pdf och ange den.",
        ),
        LoadPdfError::Decryption(_) => Fault::new(
            "Filen är krypterad på ett sätt som inte går att läsa.",
            "Skriv ut den som en ny pdf och ange den.",
        ),
        LoadPdfError::Invalid => Fault::new(
            "Filen är skadad: den går inte att läsa som pdf.",
            "Hämta den på nytt, eller skriv ut den som en ny pdf.",
        ),
    })?;
    let pages = pdf.pages();
    if pages.len() > MOST_PAGES {
        return Err(Fault::too_long("2 000 sidor"));
    }
    if pages.is_empty() {
        return Err(Fault::new(
            "Filen är skadad: den har inga sidor.",
            "Hämta den på nytt, eller skriv ut den som en ny pdf.",
        ));
    }
    let read = letters::read(&pdf, MOST_LETTERS)?;
    let bare = (1_u32..).zip(&read).filter(|(_, page)| page.letters.is_empty() && page.has_pictures);
    let bare: Vec<u32> = bare.map(|(number, _)| number).collect();
    if read.iter().all(|page| page.letters.is_empty()) {
        return Err(if bare.is_empty() {
            Fault::new("Filen har ingen text.", SAVE_AS_DOCX)
        } else {
            Fault::pictures_only()
        });
    }
    if !bare.is_empty() {
        gather.tell(Note::PicturesOnly(bare));
    }
    if !tagged::read(&pdf, &read, gather)? {
        untagged(&read, gather)?;
    }
    Ok(())
}

/// Reads pages by where their letters stand.
fn untagged(pages: &[Page], gather: &mut Gather) -> Result<(), Fault> {
    let mut rows: Vec<Vec<lines::Row>> =
        pages.iter().map(|page| lines::rows(&page.letters, &page.uprights)).collect();
    for text in repeated::take(&mut rows, pages) {
        gather.repeated(&text)?;
    }
    let mut open = paragraphs::Open::new(&rows);
    for ((number, page), rows) in (1_u32..).zip(pages).zip(rows) {
        open.page(number);
        for part in columns::parts(rows) {
            for zone in tables::zones(part, &page.rules) {
                match zone {
                    tables::Zone::Lines(lines) => open.lines(&lines, gather)?,
                    tables::Zone::Table(table) => {
                        open.end(gather)?;
                        gather.page(number);
                        super::table::add(table, gather)?;
                    }
                }
            }
        }
    }
    open.end(gather)
}
