//! Papers of all kinds, made here, whole and damaged.

mod odt;
#[cfg(feature = "pdf")]
mod pdf;
mod text;
mod word;

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// A packed file.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Blocks as short lines: what each is, its marker, its words.
fn shown(paper: &Paper) -> Vec<String> {
    let kind = |kind: &BlockKind| match kind {
        BlockKind::Heading { level, guessed } => format!("H{level}{}", if *guessed { "?" } else { "" }),
        BlockKind::Paragraph => "P".to_owned(),
        BlockKind::ListItem { level } => format!("L{level}"),
        BlockKind::TableRow { header: true, .. } => "TH".to_owned(),
        BlockKind::TableRow { .. } => "T".to_owned(),
        BlockKind::Footnote => "N".to_owned(),
        BlockKind::TextBox => "X".to_owned(),
        BlockKind::HeaderFooter => "R".to_owned(),
        BlockKind::Toc => "C".to_owned(),
    };
    let blocks = paper.blocks.iter();
    blocks
        .map(|block| {
            let marker = block.marker.as_ref().map(|marker| format!("[{marker}] ")).unwrap_or_default();
            format!("{} {marker}{}", kind(&block.kind), block.text.replace(['\t', '\n'], " | "))
        })
        .collect()
}

fn fault(name: &str, bytes: &[u8]) -> String {
    read(name, bytes).unwrap_err().problem
}

#[test]
fn what_is_no_paper_is_told_by_name() {
    const OLD: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    let old = |word: &str| {
        let name: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [OLD, &[0; 600], &name].concat()
    };
    let sheet = packed(&[("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")]);
    let other = packed(&[("bild.png", "x")]);
    for (bytes, word) in [
        (Vec::new(), "tom"),
        (b" \r\n ".to_vec(), "tom"),
        (old("WordDocument"), ".doc"),
        (old("EncryptedPackage"), "lösenord"),
        (old("Workbook"), ".xls"),
        (b"{\\rtf1 Avtal}".to_vec(), "rtf"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "bild"),
        (sheet, "xlsx"),
        (other, "zip"),
        (b"PK\x03\x04 skadad".to_vec(), "packa upp"),
        ([0, 1, 2, 3, 250, 251, 7, 8].repeat(50), "inget dokument"),
    ] {
        let problem = fault("avtal.docx", &bytes);
        assert!(problem.contains(word), "{word}: {problem}");
    }
}

#[test]
fn a_folder_and_a_file_that_is_not_there_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    assert!(bytes(folder.path()).unwrap_err().problem.contains("mapp"));
    assert!(bytes(&folder.path().join("saknas.docx")).unwrap_err().problem.contains("finns inte"));
}

#[test]
fn the_ending_of_a_name_does_not_decide() {
    let page = b"<!DOCTYPE html><html><body><h1>Avtal</h1><p>Text.</p></body></html>";
    let paper = read("avtal.docx", page).unwrap();
    assert_eq!(paper.kind, Kind::Html);
    assert!(paper.told.iter().any(|note| matches!(note, Note::Ending { .. })), "{:?}", paper.told);
    let paper = read("avtal.pdf", b"# Avtal\n\nText om parterna.\n\n## Parter\n\nKommunen.").unwrap();
    assert_eq!(paper.kind, Kind::Plain);
    assert_eq!(shown(&paper), ["H1 Avtal", "P Text om parterna.", "H2 Parter", "P Kommunen."]);
}

#[test]
fn too_many_paragraphs_are_refused() {
    let text = "a\n\n".repeat(200_001);
    assert!(fault("avtal.txt", text.as_bytes()).contains("200 000 stycken"));
    assert!(
        fault("avtal.html", format!("<html><body>{}", "<p>a".repeat(200_001)).as_bytes()).contains("200 000")
    );
    assert!(fault("avtal.txt", &vec![b'a'; LARGEST + 1]).contains("50 MB"));
}
