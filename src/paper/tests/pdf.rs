//! PDF files.

use super::*;

/// A file of objects, with a table of where they stand.
fn file(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(
        format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", places.len() + 1).bytes(),
    );
    file
}

fn stream(content: &str) -> String {
    format!("<</Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// A page's worth of lines: distance from the left, height, size, bold, words.
type Line<'a> = (u32, u32, u32, bool, &'a str);

fn pages(pages: &[Vec<Line<'_>>]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 5 + page * 2)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), pages.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    for lines in pages {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F 3 0 R/B 4 0 R>>>>>>",
            objects.len() + 2
        ));
        let content = lines.iter().map(|(x, y, size, bold, words)| {
            let words: Vec<String> =
                encoding_rs::WINDOWS_1252.encode(words).0.iter().map(|byte| format!("{byte:02x}")).collect();
            let words = words.concat();
            format!("BT /{} {size} Tf {x} {y} Td <{words}> Tj ET", if *bold { "B" } else { "F" })
        });
        objects.push(stream(&content.collect::<Vec<_>>().join("\n")));
    }
    file(&objects)
}

#[test]
fn lines_are_put_together_and_heads_and_feet_taken_out() {
    let page = |number: u32, first: &'static str| {
        let foot: &'static str = if number == 1 { "Sida 1 av 2" } else { "Sida 2 av 2" };
        vec![
            (70, 800, 9, false, "Ådala kommun"),
            (70, 700, 14, true, first),
            (70, 670, 11, false, "Föreningen ska varje år lämna en skriftlig berättelse om verk\u{AD}"),
            (70, 656, 11, false, "samheten till nämnden och bjuda in till det gemensamma mötet"),
            (70, 642, 11, false, "senast den 31 mars."),
            (70, 620, 11, false, "•"),
            (90, 620, 11, false, "en lunch som är god och näringsriktig och serveras varje dag"),
            (90, 606, 11, false, "utom söndagar"),
            (280, 40, 9, false, foot),
        ]
    };
    let paper = read("avtal.pdf", &pages(&[page(1, "Uppföljning"), page(2, "Ekonomi")])).unwrap();
    let text = "P Föreningen ska varje år lämna en skriftlig berättelse om verksamheten till nämnden och bjuda in till det gemensamma mötet senast den 31 mars.";
    let item = "L1 [•] en lunch som är god och näringsriktig och serveras varje dag utom söndagar";
    assert_eq!(
        shown(&paper),
        ["H1? Uppföljning", text, item, "H1? Ekonomi", text, item, "R Ådala kommun", "R Sida 1 av 2"]
    );
    assert_eq!(paper.blocks[4].place.to_string(), "sida 2, stycke 2");
}

#[test]
fn columns_of_text_are_read_one_after_the_other_and_tables_by_rows() {
    let left = "Vänster spalt har text på rad";
    let right = "Höger spalt har också text";
    let mut lines = Vec::new();
    for row in 0..10 {
        lines.push((60, 700 - row * 14, 10, false, left));
        lines.push((330, 700 - row * 14, 10, false, right));
    }
    let paper = read("avtal.pdf", &pages(&[lines])).unwrap();
    let all: String = paper.blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ");
    assert!(all.starts_with(&[left; 10].join(" ")) && all.ends_with(&[right; 10].join(" ")), "{all}");
    let rows = [("År", "Belopp", true), ("2026", "900 000 kronor", false), ("2027", "980 000 kronor", false)];
    let mut lines = Vec::new();
    for (row, (year, sum, bold)) in (0..).zip(rows) {
        lines.push((60, 700 - row * 20, 10, bold, year));
        lines.push((200, 700 - row * 20, 10, bold, sum));
    }
    let paper = read("avtal.pdf", &pages(&[lines])).unwrap();
    assert_eq!(shown(&paper), ["TH År | Belopp", "T 2026 | 900 000 kronor", "T 2027 | 980 000 kronor"]);
}

#[test]
fn an_upright_line_parts_what_stands_close() {
    let row = |y: u32, left: &str, right: &str| {
        format!("BT /F 10 Tf 60 {y} Td ({left}) Tj ET BT /F 10 Tf 110 {y} Td ({right}) Tj ET")
    };
    let content =
        [row(700, "Summan", "1 000"), row(680, "Summan", "2 000"), "104 672 0.5 44 re f".to_owned()];
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
            .to_owned(),
        stream(&content.join("\n")),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    assert_eq!(shown(&read("avtal.pdf", &file(&objects)).unwrap()), ["T Summan | 1 000", "T Summan | 2 000"]);
}

#[test]
fn a_tagged_file_says_what_its_parts_are() {
    let part = |role: &str, number: u32, y: u32, words: &str| {
        let x = if matches!(number, 4 | 7) { 200 } else { 70 };
        format!("/{role} <</MCID {number}>> BDC BT /F 11 Tf {x} {y} Td ({words}) Tj ET EMC")
    };
    let content = [
        part("H2", 0, 700, "Parter"),
        part("P", 1, 680, "Mellan kommunen"),
        part("P", 2, 666, "och en annan part"),
        part("Lbl", 3, 640, "a\\)"),
        part("LBody", 4, 640, "en lunch"),
        part("TH", 5, 600, "Vad"),
        part("TD", 6, 580, "Hyra"),
        part("TD", 7, 580, "900"),
        "/Artifact <</Type/Pagination>> BDC BT /F 8 Tf 70 30 Td (Sidfot) Tj ET EMC".to_owned(),
    ];
    let elem = |role: &str, kids: &str| format!("<</S/{role}/Pg 3 0 R/K[{kids}]>>");
    let cell = |role: &str, kids: &str, span: u32| {
        format!("<</S/{role}/Pg 3 0 R/A<</O/Table/ColSpan {span}>>/K[{kids}]>>")
    };
    let tree = [
        elem("Rubrik", "0"),
        elem("P", "1<</Type/OBJR/Obj 3 0 R>>2"),
        elem("L", &elem("LI", &format!("{}{}", elem("Lbl", "3"), elem("LBody", "4")))),
        elem(
            "Table",
            &format!(
                "{}{}",
                elem("TR", &cell("TH", "5", 2)),
                elem("TR", &format!("{}{}", cell("TD", "6", 1), cell("TD", "7", 1)))
            ),
        ),
    ];
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
            .to_owned(),
        stream(&content.join("\n")),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        format!("<</Type/StructTreeRoot/RoleMap<</Rubrik/H2>>/K[{}]>>", elem("Document", &tree.concat())),
    ];
    let paper = read("avtal.pdf", &file(&objects)).unwrap();
    assert_eq!(
        shown(&paper),
        [
            "H2 Parter",
            "P Mellan kommunen och en annan part",
            "L1 [a)] en lunch",
            "TH Vad",
            "T Hyra | 900",
            "R Sidfot"
        ]
    );
}

#[test]
fn a_picture_of_a_page_is_told() {
    let picture = "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>\nstream\nx\nendstream";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
            .to_owned(),
        stream("q 595 0 0 842 0 0 cm /I Do Q"),
        picture.to_owned(),
    ];
    assert!(fault("avtal.pdf", &file(&objects)).contains("skannad"));
}

#[test]
fn damaged_files_end_in_a_fault() {
    let whole = pages(&[vec![(70, 700, 11, false, "Avtal om träffpunkten")]]);
    let text = String::from_utf8_lossy(&whole).into_owned();
    for damaged in [
        "%PDF-1.7".to_owned(),
        "%PDF-1.7\nnot much of a file".to_owned(),
        text.replace("/Kids[5 0 R]", "/Kids[2 0 R]"),
        text.replace("/Kids[5 0 R]", "/Kids[]"),
        text.replace("/Root 1 0 R", "/Root 1 0 R/Encrypt<</Filter/Standard/V 9>>"),
    ] {
        let problem = fault("avtal.pdf", damaged.as_bytes());
        assert!(
            problem.contains("skadad") || problem.contains("kryptera") || problem.contains("ingen text"),
            "{problem}"
        );
    }
    // A table of places that leads to itself, and none at all: the objects are found anyway.
    let at = text.rfind("startxref").unwrap();
    let table = text.find("\nxref").unwrap() + 1;
    for mended in [
        text.replace("/Root 1 0 R", &format!("/Root 1 0 R/Prev {table}")),
        text.get(..at).unwrap().replace("xref", "xxxx"),
    ] {
        assert_eq!(shown(&read("avtal.pdf", mended.as_bytes()).unwrap()), ["P Avtal om träffpunkten"]);
    }
}
