//! Templates, sound and unsound.

use std::io::{Cursor, Read, Write};

use chrono::NaiveDate;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::super::{House, Mark, Meta, write};
use super::*;

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn meta() -> Meta {
    Meta {
        title: "Titel & {{ text }}".to_owned(),
        word: "Avtal".to_owned(),
        author: "Ådala".to_owned(),
        whose: "Ådala".to_owned(),
        dated: NaiveDate::from_ymd_opt(2026, 5, 3),
        date: NaiveDate::from_ymd_opt(2026, 5, 3).unwrap(),
        compiled: None,
        registry_number: Some("KS 1".to_owned()),
        status: Some(Mark::Utkast),
        standing: Some("utkast"),
        ident: "a".to_owned(),
    }
}

fn parts_of(file: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut parts = BTreeMap::new();
    for place in 0..zip.len() {
        let mut entry = zip.by_index(place).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        parts.insert(entry.name().unwrap().into_owned(), content);
    }
    parts
}

fn packed(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A template with this text, and with one part changed.
fn template(body: &str, change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) -> Vec<u8> {
    let plain = Meta { status: None, ..meta() };
    let mut parts = parts_of(&write("TEXT", &[], &plain, &House::default()).unwrap());
    let document = String::from_utf8(parts["word/document.xml"].clone()).unwrap();
    let start = document.find("<w:body>").unwrap() + "<w:body>".len();
    let end = document.find("<w:sectPr>").unwrap();
    let document = format!("{}{body}{}", &document[..start], &document[end..]);
    parts.insert("word/document.xml".to_owned(), document.into_bytes());
    change(&mut parts);
    packed(&parts)
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn filled(file: &[u8], text: &str) -> BTreeMap<String, String> {
    let template = Template::read(file).unwrap();
    let house = House { template: Some(&template), ..House::default() };
    let file = write(text, &[], &meta(), &house).unwrap();
    parts_of(&file)
        .into_iter()
        .filter(|(name, _)| open::is_text(name))
        .map(|(name, content)| (name, String::from_utf8(content).unwrap()))
        .collect()
}

fn fault(file: &[u8]) -> String {
    let fault = Template::read(file).unwrap_err();
    assert!(fault.help.ends_with('.') && fault.problem.ends_with('.'), "{fault}");
    fault.problem
}

#[test]
fn text_stands_where_the_template_says_and_what_is_filled_in_is_data() {
    let body = paragraph("Före {{ titel }}") + &paragraph("{{ text }}") + &paragraph("Efter {{DATUM}}");
    let parts = filled(&template(&body, |_| {}), "Min text[^1]\n\n[^1]: Not\n");
    let document = lab::text(&parts["word/document.xml"]);
    assert_eq!(document, "Före Titel & {{ text }}Min textEfter 2026-05-03");
    assert!(parts["word/footnotes.xml"].contains("Not"));
    assert!(parts["[Content_Types].xml"].contains("/word/footnotes.xml"));
    assert!(parts["word/header2.xml"].contains("UTKAST"));
}

#[test]
fn text_in_a_cell_is_as_wide_as_the_cell() {
    let cell = format!(
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr><w:tcW w:w=\"5216\" w:type=\"dxa\"/></w:tcPr>{}</w:tc></w:tr></w:tbl>",
        paragraph("{{ text }}")
    );
    let parts = filled(&template(&cell, |_| {}), "| a |\n| - |\n| b |\n");
    let document = &parts["word/document.xml"];
    assert!(document.contains("<w:tblW w:w=\"5000\""), "{document}");
    assert!(document.contains("<w:p/></w:tc></w:tr></w:tbl>"), "{document}");
}

#[test]
fn names_that_word_has_cut_are_found() {
    let cut = "<w:p><w:r><w:t>Dnr {</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:t>{ diarie</w:t></w:r>\
               <w:bookmarkStart w:id=\"7\" w:name=\"x\"/><w:r><w:t>nummer</w:t></w:r><w:bookmarkEnd w:id=\"7\"/><w:r><w:t xml:space=\"preserve\"> }</w:t></w:r>\
               <w:r><w:t>} och {{ datum }} slut</w:t></w:r></w:p>";
    let parts = filled(&template(&(cut.to_owned() + &paragraph("{{text}}")), |_| {}), "T");
    assert_eq!(lab::text(&parts["word/document.xml"]), "Dnr KS 1 och 2026-05-03 slutT");
}

#[test]
fn content_controls_are_filled_by_tag_or_title_and_lose_what_they_are_bound_to() {
    let control = |of: &str, content: &str| {
        format!("<w:sdt><w:sdtPr>{of}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")
    };
    let inside = "<w:r><w:rPr><w:b/></w:rPr><w:t>Klicka</w:t></w:r>";
    let body = format!(
        "<w:p>{}</w:p>",
        control("<w:alias w:val=\"Titel\"/><w:showingPlcHdr/><w:dataBinding w:xpath=\"x\"/>", inside)
    ) + &control("<w:tag w:val=\"status\"/>", &(paragraph("a") + &paragraph("b")))
        + &control("<w:tag w:val=\"innehåll\"/>", &paragraph("Här"))
        + &control("<w:tag w:val=\"eget\"/>", &paragraph("Behåll"));
    let parts = filled(&template(&body, |_| {}), "T");
    let xml = &parts["word/document.xml"];
    assert_eq!(lab::text(xml), "Titel & {{ text }}UTKASTTBehåll");
    assert!(xml.contains("<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">Titel"));
    assert!(!xml.contains("dataBinding") && !xml.contains("showingPlcHdr"));
}

#[test]
fn a_document_of_ours_can_become_a_template() {
    let own = template(&paragraph("{{ text }}"), |_| {});
    let parts = filled(&own, "1. a\n\n[b](https://b.se)\n\n- c\n");
    assert_eq!(parts["word/styles.xml"].matches("w:val=\"heading 1\"").count(), 1);
    let relations = &parts["word/_rels/document.xml.rels"];
    let ids: Vec<&str> = relations.split("Id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let different: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), different.len(), "{relations}");
}

#[test]
fn a_dotx_becomes_a_document_and_the_bytes_are_the_same_each_time() {
    let file = template(&paragraph("{{ text }}"), |parts| {
        let types = String::from_utf8(parts[TYPES].clone()).unwrap();
        parts.insert(
            TYPES.to_owned(),
            types.replace("wordprocessingml.document.main", "wordprocessingml.template.main").into_bytes(),
        );
    });
    let parts = filled(&file, "a[^1]\n\n[^1]: b\n");
    assert!(
        parts[TYPES].contains("wordprocessingml.document.main") && !parts[TYPES].contains("template.main")
    );
    assert_eq!(parts, filled(&file, "a[^1]\n\n[^1]: b\n"));
}

#[test]
fn the_template_s_styles_win() {
    let file = template(&paragraph("{{ text }}"), |parts| {
        let styles = String::from_utf8(parts["word/styles.xml"].clone()).unwrap();
        let styles = styles
            .replace("w:styleId=\"Rubrik2\"", "w:styleId=\"Heading2\"")
            .replace("\"heading 2\"", "\"Heading 2\"");
        parts.insert("word/styles.xml".to_owned(), styles.into_bytes());
    });
    let parts = filled(&file, "## R\n");
    assert!(parts["word/document.xml"].contains("<w:pStyle w:val=\"Heading2\"/>"));
    assert!(!parts["word/styles.xml"].contains("Rubrik2\""));
}

#[test]
fn a_place_for_the_text_is_needed_and_one_is_enough() {
    let of = |body: &str| fault(&template(body, |_| {}));
    assert!(of(&paragraph("Text")).contains("ingen plats"));
    assert!(of(&(paragraph("{{ text }}") + &paragraph("{{ innehåll }}"))).contains("2 platser"));
    assert!(of(&paragraph("Se {{ text }}")).contains("delar stycke"));
    assert!(of(&(paragraph("{{ text }}") + &paragraph("{{ handläggare }}"))).contains("{{ handläggare }}"));
    assert!(of(&(paragraph("{{ text }}") + &paragraph("{{ titel"))).contains("utan"));
    let in_head = template(&paragraph("{{ text }}"), |parts| {
        let head = String::from_utf8(parts["word/header2.xml"].clone()).unwrap();
        parts.insert(
            "word/header2.xml".to_owned(),
            head.replace("</w:hdr>", &(paragraph("{{ text }}") + "</w:hdr>")).into_bytes(),
        );
    });
    assert!(fault(&in_head).contains("sidhuvud"));
}

#[test]
fn templates_that_lead_out_or_run_programs_are_refused() {
    let with = |name: &str, from: &str, to: &str| {
        template(&paragraph("{{ text }}"), |parts| {
            let text = String::from_utf8(parts.get(name).cloned().unwrap_or_default()).unwrap();
            parts.insert(name.to_owned(), text.replace(from, to).into_bytes());
        })
    };
    for (kind, word) in [
        ("attachedTemplate", "annan mall"),
        ("image", "länkad bild"),
        ("frame", "annan fil"),
        ("ny", "leder ut"),
    ] {
        let relation = format!(
            "<Relationship Id=\"rX\" Type=\"{RELATION}/{kind}\" Target=\"https://x.se/a\" TargetMode=\"External\"/></Relationships>"
        );
        assert!(fault(&with("word/_rels/document.xml.rels", "</Relationships>", &relation)).contains(word));
    }
    let link = format!(
        "<Relationship Id=\"rX\" Type=\"{RELATION}/hyperlink\" Target=\"https://x.se/a\" TargetMode=\"External\"/></Relationships>"
    );
    assert!(Template::read(&with("word/_rels/document.xml.rels", "</Relationships>", &link)).is_ok());
    assert!(
        fault(&with(TYPES, "wordprocessingml.document.main+xml", "ms-word.document.macroEnabled.main+xml"))
            .contains("makron")
    );
    assert!(fault(&with("word/vbaProject.bin", "", "x")).contains("makron"));
    assert!(fault(&with("word/document.xml", "<w:sectPr>", "<w:p><w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE \"x\"</w:instrText></w:r></w:p><w:sectPr>")).contains("INCLUDEPICTURE"));
    assert!(fault(&with("word/styles.xml", "<w:styles", "<!DOCTYPE x><w:styles")).contains("DTD"));
    assert!(
        fault(&with("word/document.xml", "<w:body>", &format!("<w:body>{}", "<w:sdt>".repeat(300))))
            .contains("för många led")
    );
}

#[test]
fn files_that_are_no_templates_are_told_by_name() {
    let locked = [
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(),
        "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ]
    .concat();
    for (file, word) in [
        (&b""[..], "tom"),
        (b"%PDF-1.7", "pdf-fil"),
        (b"{\\rtf1", "rtf-fil"),
        (b"PK\x03\x04 och sedan ingenting", "skadad"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "gamla format"),
        (&locked, "lösenord"),
        (&vec![b'P'; 21_000_000], "21 MB"),
    ] {
        assert!(fault(file).contains(word), "{word}");
    }
    let empty = packed(&BTreeMap::from([("a.txt".to_owned(), b"x".to_vec())]));
    assert!(fault(&empty).contains("inte ett Word-dokument"));
}

#[test]
fn a_bomb_is_stopped_while_it_is_unpacked() {
    let file = template(&paragraph("{{ text }}"), |parts| {
        parts.insert("word/media/a.png".to_owned(), vec![0; 41_000_000]);
    });
    assert!(file.len() < 1_000_000);
    assert!(fault(&file).contains("för stor"));
    let file = template(&paragraph("{{ text }}"), |parts| {
        parts.insert("word/a.xml".to_owned(), vec![b' '; 11_000_000]);
    });
    assert!(fault(&file).contains("för stor"));
    let file = template(&paragraph("{{ text }}"), |parts| {
        parts.extend((0..2_100).map(|number| (format!("word/{number}.bin"), Vec::new())));
    });
    assert!(fault(&file).contains("fler än"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_damaged_file_is_a_fault_and_never_more(place in 0_usize..8_000, byte in any::<u8>()) {
        let mut file = template(&paragraph("{{ text }}"), |_| {});
        let place = place % file.len();
        file[place] = byte;
        if let Ok(template) = Template::read(&file) {
            let house = House { template: Some(&template), ..House::default() };
            _ = write("# R\n\n1. a[^1]\n\n[^1]: b\n", &[], &meta(), &house);
        }
    }

    #[test]
    fn names_are_found_wherever_they_are_cut(cuts in proptest::collection::vec(0_usize..30, 0..6)) {
        let whole = "A {{ diarienummer }} B {{dnr}}";
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(whole.len())).collect();
        cuts.extend([0, whole.len()]);
        cuts.sort_unstable();
        let run = |pair: &[usize]| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", &whole[pair[0]..pair[1]]);
        let runs = cuts.windows(2).map(run).collect::<Vec<_>>().concat();
        let parts = filled(&template(&format!("<w:p>{runs}</w:p>{}", paragraph("{{ text }}")), |_| {}), "T");
        prop_assert_eq!(lab::text(&parts["word/document.xml"]), "A KS 1 B KS 1T");
    }
}
