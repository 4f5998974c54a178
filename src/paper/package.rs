//! A packed document (docx, odt), opened with care: only the parts that are asked for are unpacked, and no further than
//! they may.

use std::cell::Cell;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::kind::{Kind, SAVE_AS_DOCX};
use super::{Fault, xml};

/// The most parts.
const MOST_PARTS: usize = 10_000;
/// The most bytes that a part may unpack to.
const MOST_PART: u64 = 40_000_000;
/// The most bytes that all parts that are read may unpack to.
const MOST_UNPACKED: u64 = 80_000_000;

/// A packed document.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: Cell<u64>,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        // Each part has a head of its own in the list at the end, whatever the list says of its length.
        if bytes.windows(4).filter(|window| window == b"PK\x01\x02").count() > MOST_PARTS {
            return Err(Fault::too_long("10 000 delar"));
        }
        let zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::damaged("den går inte att packa upp"))?;
        Ok(Self { zip, left: Cell::new(MOST_UNPACKED) })
    }

    /// What kind of document it is.
    pub(super) fn kind(mut self) -> Result<Kind, Fault> {
        let has = |name: &str, zip: &ZipArchive<_>| zip.index_for_name(name).is_some();
        if has("META-INF/manifest.xml", &self.zip) && has("content.xml", &self.zip) {
            let mimetype = self.part("mimetype")?.unwrap_or_default();
            let manifest = self.part("META-INF/manifest.xml")?.unwrap_or_default();
            if manifest.contains("encryption-data") {
                return Err(Fault::new(
                    "Filen är skyddad med lösenord.",
                    "Öppna den i LibreOffice, välj Arkiv, Spara som, avmarkera Spara med lösenord och spara.",
                ));
            }
            if mimetype.is_empty() || mimetype.contains("opendocument.text") {
                return Ok(Kind::OpenDocument);
            }
            return Err(Fault::new(
                "Filen är ett OpenDocument men inget textdokument.",
                "Spara avtalet som odt, docx eller pdf.",
            ));
        }
        let known = [
            ("xl/workbook.xml", "ett kalkylblad (xlsx)"),
            ("ppt/presentation.xml", "en presentation (pptx)"),
            ("Index/Document.iwa", "ett Pages-dokument"),
        ];
        if let Some((_, what)) = known.iter().find(|(name, _)| has(name, &self.zip)) {
            return Err(Fault::new(
                format!("Filen är {what}, inte ett textdokument."),
                "Spara avtalet som docx eller pdf.",
            ));
        }
        if has("[Content_Types].xml", &self.zip) || has("word/document.xml", &self.zip) {
            return Ok(Kind::Word);
        }
        Err(Fault::new("Filen är en zip-fil, inte ett dokument.", "Packa upp den och ange dokumentet i den."))
    }

    /// The text of a part, if there is one of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let name = name.trim_start_matches('/');
        let Some(place) = self.zip.index_for_name(name) else { return Ok(None) };
        let entry = match self.zip.by_index(place) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::UnsupportedArchive(_)) => {
                return Err(Fault::new(
                    "Filen är packad på ett sätt som inte går att läsa, eller skyddad med lösenord.",
                    SAVE_AS_DOCX,
                ));
            }
            Err(_) => return Err(Fault::damaged(&format!("delen {name} går inte att packa upp"))),
        };
        let most = self.left.get().min(MOST_PART);
        let mut content = Vec::new();
        let length = entry
            .take(most + 1)
            .read_to_end(&mut content)
            .map_err(|_| Fault::damaged(&format!("delen {name} går inte att packa upp")))?;
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        if length > most {
            return Err(Fault::new(
                format!("Filens del {name} blir större än {} MB när den packas upp.", MOST_PART / 1_000_000),
                "Det är inte ett vanligt dokument. Be avsändaren om en ny fil, eller kopiera texten till ett nytt dokument.",
            ));
        }
        self.left.set(self.left.get() - length);
        xml::decoded(content)
            .map(Some)
            .ok_or_else(|| Fault::damaged(&format!("delen {name} har tecken som inte går att läsa")))
    }
}
