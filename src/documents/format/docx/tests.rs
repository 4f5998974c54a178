//! The whole file: its parts, its text, its bytes.

use std::io::Read;

use chrono::NaiveDate;
use proptest::prelude::*;
use zip::ZipArchive;

use super::template::lab::text as text_of;
use super::*;
use crate::documents::picture::Kind;
use crate::path;

fn meta() -> Meta {
    Meta {
        title: "Överenskommelse: <Ungas väg>".to_owned(),
        word: "Överenskommelse".to_owned(),
        author: "Ådala & kommun".to_owned(),
        whose: "Ådala & kommun".to_owned(),
        dated: NaiveDate::from_ymd_opt(2026, 5, 3),
        date: NaiveDate::from_ymd_opt(2026, 5, 3).unwrap(),
        compiled: None,
        registry_number: Some("KS 2026/0123".to_owned()),
        status: Some(Mark::Forslag),
        standing: Some("förslag"),
        ident: "agreements/a.toml/avtal".to_owned(),
    }
}

fn part(file: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn written(structured: &str) -> Vec<u8> {
    write(structured, &[], &meta(), &House::default()).unwrap()
}

fn document(structured: &str) -> String {
    part(&written(structured), "word/document.xml")
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let text = "# Rubrik\n\nText[^1] med [länk](https://a.se).\n\n1. a\n2. b\n\n[^1]: Not.\n";
    assert_eq!(written(text), written(text));
}

#[test]
fn every_part_is_sound_xml_and_is_told_what_it_is() {
    let file =
        written("# R\n\nText[^1].\n\n| a | b |\n| - | -: |\n| c | d |\n\n[^1]: Not [l](https://a.se).\n");
    let mut zip = ZipArchive::new(std::io::Cursor::new(&file)).unwrap();
    let names: Vec<String> =
        (0..zip.len()).map(|place| zip.by_index(place).unwrap().name().unwrap().into_owned()).collect();
    assert_eq!(names.first().map(String::as_str), Some("[Content_Types].xml"));
    let types = part(&file, "[Content_Types].xml");
    for name in names {
        text_of(&part(&file, &name));
        let is_told =
            name.contains("_rels/") || name.starts_with('[') || types.contains(&format!("\"/{name}\""));
        assert!(is_told, "{name}");
    }
}

#[test]
fn heads_rows_and_notes_are_words_own() {
    let xml = document(
        "## R\n\nInledning:\n\n| a | b |\n| - | -: |\n| c[^1] | d |\n\nEn gång till.[^1]\n\n[^1]: Not.\n",
    );
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 1);
    assert_eq!(xml.matches("<w:cantSplit/>").count(), 2);
    assert_eq!(xml.matches("<w:footnoteReference ").count(), 1);
    assert!(xml.contains("NOTEREF"));
    assert!(xml.contains("<w:pStyle w:val=\"Rubrik2\"/>"));
    assert!(xml.contains("<w:pStyle w:val=\"Brdtext\"/><w:keepNext/>"), "{xml}");
    assert!(xml.contains("<w:jc w:val=\"right\"/>"));
}

#[test]
fn signatures_stand_on_the_page_of_each_other_and_of_the_last_words() {
    let signature = |name: &str| format!("::: signature\n\nOrt och datum\n\n{name}\n\n:::\n\n");
    let xml = document(&format!(
        "- Bilaga\n\n:::: signatures\n\n## Underskrifter\n\n### För A\n\n{}### För B\n\n{}{}::::\n",
        signature("Ann"),
        signature("Bo"),
        signature("Cia")
    ));
    let keeps = |words: &str| {
        let paragraph = &xml[..xml.find(words).unwrap()];
        paragraph[paragraph.rfind("<w:p>").unwrap()..].contains("<w:keepNext/>")
    };
    let found: Vec<bool> = ["Bilaga", "Underskrifter", "För A", "Ann", "För B", "Cia"].map(keeps).into();
    assert_eq!(found, [true, true, true, true, true, false], "{xml}");
}

#[test]
fn every_page_says_what_it_belongs_to_and_what_it_is_not_yet() {
    let file = written("# R\n");
    for name in ["word/header1.xml", "word/header2.xml", "word/header3.xml"] {
        let head = part(&file, name);
        for word in [" PAGE ", " NUMPAGES ", "string=\"FÖRSLAG\""] {
            assert!(head.contains(word), "{name} {word}");
        }
        // The first page has it in its text.
        let is_first = name == "word/header1.xml";
        for word in ["Överenskommelse (förslag)", "KS 2026/0123", "2026-05-03"] {
            assert_eq!(head.contains(word), !is_first, "{name} {word}");
        }
    }
    assert!(
        part(&file, "docProps/core.xml").contains("<dc:title>Överenskommelse: &lt;Ungas väg&gt;</dc:title>")
    );
    assert!(part(&file, "docProps/core.xml").contains("<cp:contentStatus>FÖRSLAG</cp:contentStatus>"));
    assert!(part(&file, "docProps/custom.xml").contains("name=\"Diarienummer\"><vt:lpwstr>KS 2026/0123<"));
}

#[test]
fn few_signatures_stand_in_one_table_with_the_names_of_their_parties() {
    let one = "::: signature\n\nOrt: ………\n\n…………………\\\nNamn\n\n:::\n\n";
    let xml = document(&format!(
        ":::: signatures\n\n## Underskrifter\n\nText\n\n### För A\n\n{one}### För B\n\n{one}{one}::::\n"
    ));
    assert_eq!(xml.matches("<w:tbl>").count(), 1, "{xml}");
    assert_eq!(xml.matches("<w:gridSpan w:val=\"3\"/>").count(), 2);
    // All but the last row say that they stand with what follows, in all their cells.
    let rows: Vec<&str> = xml.split("<w:tr>").skip(1).collect();
    assert_eq!(rows.len(), 4);
    let paragraphs = |row: &str| (row.matches("<w:p>").count(), row.matches("<w:keepNext/>").count());
    assert!(rows[..3].iter().all(|row| paragraphs(row).0 == paragraphs(row).1), "{xml}");
}

#[test]
fn no_line_is_broken_inside_a_day() {
    let xml = document("Den 2022-07-01 och vård- och omsorg\n");
    assert!(xml.contains(">Den 2022</w:t><w:noBreakHyphen/>"), "{xml}");
    assert_eq!(xml.matches("noBreakHyphen").count(), 2);
}

#[test]
fn the_logotype_stands_on_the_first_page_with_its_words() {
    for (kind, name) in [
        (Kind::Png, "word/media/logotyp.png"),
        (Kind::Jpeg, "word/media/logotyp.jpg"),
        (Kind::Svg, "word/media/logotyp.svg"),
    ] {
        let logotype = Logotype {
            bytes: b"bild",
            kind,
            text: "Ådala \"kommun\"",
            stand_in: None,
            width_mm: 180,
            height_mm: 20,
        };
        let house = House { logotype: Some(logotype), template: None };
        let file = write("# R\n", &[], &meta(), &house).unwrap();
        assert_eq!(part(&file, name), "bild");
        let head = part(&file, "word/header1.xml");
        assert!(
            head.contains("descr=\"Ådala &quot;kommun&quot;\"")
                && head.contains("cx=\"3240000\" cy=\"360000\""),
            "{head}"
        );
        assert!(!part(&file, "word/header2.xml").contains("w:drawing"));
    }
}

#[test]
fn facts_are_content_controls_with_their_key_path() {
    let places = [
        FactPlace { path: path!["term", "start"], title: "Första dagen".to_owned(), is_open: false },
        FactPlace { path: path!["case", "number"], title: "Nummer".to_owned(), is_open: true },
    ];
    let text =
        "Från \u{E002}0\u{E003}den *1* maj\u{E004} och **\u{E002}1\u{E003}[Nummer: ej angivet]\u{E004}**.\n";
    let xml = part(&write(text, &places, &meta(), &House::default()).unwrap(), "word/document.xml");
    assert!(xml.contains("<w:alias w:val=\"Första dagen\"/><w:tag w:val=\"term.start\"/>"));
    assert_eq!(xml.matches("<w:sdt>").count(), 2);
    assert_eq!(xml.matches("<w:showingPlcHdr/>").count(), 1);
    assert!(xml.contains("<w:rStyle w:val=\"Platshllartext\"/><w:b/>"));
    assert!(!xml.contains(['\u{E002}', '\u{E003}', '\u{E004}']));
}

#[test]
fn only_pages_are_linked() {
    let xml = document("[a](javascript:x) [b](https://lund.se) [c](file:///etc) [d](mailto:a@b.se)\n");
    assert_eq!(xml.matches("<w:hyperlink ").count(), 2);
}

#[test]
fn signatures_have_drawn_lines_and_none_is_lost() {
    let mut text = ":::: signatures\n\n## Underskrifter\n\n".to_owned();
    for party in 0..3 {
        text += &format!("### För part {party}\n\n");
        for person in 0..=party {
            text +=
                &format!("::: signature\n\nOrt: …………… ……………\n\n……………………\\\nNamn{party}{person}\n\n:::\n\n");
        }
    }
    let xml = document(&(text + "::::\n"));
    assert!(!xml.contains('…'));
    for name in ["Namn00", "Namn10", "Namn11", "Namn20", "Namn22"] {
        assert!(xml.contains(name), "{name}");
    }
    assert_eq!(xml.matches("<w:pStyle w:val=\"Underskrift\"/>").count(), 6);
}

#[test]
fn what_word_cannot_hold_is_a_fault() {
    assert!(write("a\u{1}b", &[], &meta(), &House::default()).is_err());
    let wide = "| a ".repeat(70) + "|\n" + &"| - ".repeat(70) + "|\n";
    assert!(write(&wide, &[], &meta(), &House::default()).unwrap_err().problem.contains("70 kolumner"));
    let title = Meta { title: "a\u{B}".to_owned(), ..meta() };
    assert!(write("a", &[], &title, &House::default()).is_err());
}

#[test]
fn a_text_may_be_anything_markdown_has() {
    for text in [
        "",
        "\n",
        "- \n",
        "1. \n2.\n",
        "> - > - a",
        "***",
        "| a |\n| - |\n",
        "::: signatures\n:::\n",
        "::: head\n:::\n",
        "::: signature\n:::\n",
        "::: okänd\n\nText\n\n:::\n",
        "- a\n\n      kod\n- | a |\n",
        "a[^1]\n\n[^1]: b[^2]\n\n[^2]: c[^1]\n",
        "0. a\n",
        "999999999. a\n",
        "<div>\nx\n</div>\n",
    ] {
        text_of(&document(text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn hostile_text_comes_out_as_it_went_in(words in "[a-z<>&\"'{}\\\\$%#;=/ åäö\u{A0}–\u{202F}😀]{0,60}") {
        let escaped: String = words.chars().flat_map(|letter| if letter.is_ascii_punctuation() { vec!['\\', letter] } else { vec![letter] }).collect();
        let shown = text_of(&document(&format!("x{escaped}x")));
        prop_assert_eq!(shown, format!("x{words}x"));
    }

    #[test]
    fn any_markdown_gives_sound_xml(text in "(\\PC|[\n#>*_\\[\\]()|:`\\-0-9. ]){0,200}") {
        if let Ok(file) = write(&text, &[], &meta(), &House::default()) {
            text_of(&part(&file, "word/document.xml"));
        }
    }
}
