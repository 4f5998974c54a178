//! Word documents.

use super::*;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:v=\"urn:schemas-microsoft-com:vml\"";

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
    <Relationship Id="a" Type="http://x/styles" Target="styles.xml"/>
    <Relationship Id="b" Type="http://x/numbering" Target="numbering.xml"/>
    <Relationship Id="c" Type="http://x/footnotes" Target="footnotes.xml"/>
    <Relationship Id="d" Type="http://x/footer" Target="footer1.xml"/></Relationships>"#;

fn document(body: &str) -> Vec<u8> {
    let wrapped = |name: &str, inner: &str| format!("<w:{name} {W}>{inner}</w:{name}>");
    let styles = r#"<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Egen"/><w:basedOn w:val="Rubrik1"/></w:style>
        <w:style w:type="paragraph" w:styleId="Innehll1"><w:name w:val="toc 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="Lista"><w:name w:val="List Number"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let numbering = r#"<w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>"#;
    let notes = r#"<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>
        <w:footnote w:id="7"><w:p><w:r><w:t>Genom nämnden.</w:t></w:r></w:p></w:footnote>"#;
    packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &wrapped("document", &format!("<w:body>{body}</w:body>"))),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/styles.xml", &wrapped("styles", styles)),
        ("word/numbering.xml", &wrapped("numbering", numbering)),
        ("word/footnotes.xml", &wrapped("footnotes", notes)),
        ("word/footer1.xml", &wrapped("ftr", "<w:p><w:r><w:t>Sida 1</w:t></w:r></w:p>")),
    ])
}

fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn style(id: &str) -> String {
    format!("<w:pStyle w:val=\"{id}\"/>")
}

fn list(list: u8, level: u8) -> String {
    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>")
}

#[test]
fn styles_lists_and_notes_are_read() {
    let body = [
        p(&style("Innehll1"), "Parter 1"),
        p(&style("Egen"), "1. Parter"),
        p("<w:outlineLvl w:val=\"1\"/>", "Mål"),
        p(&list(1, 0), "ett"),
        p(&list(1, 1), "under"),
        p(&style("Lista"), "två"),
        p(&list(2, 0), "punkt"),
        "<w:p><w:r><w:t>Kommunen</w:t></w:r><w:r><w:footnoteReference w:id=\"7\"/></w:r><w:r><w:t> och</w:t><w:br/><w:t>föreningen</w:t></w:r></w:p>".to_owned(),
    ];
    let paper = read("avtal.docx", &document(&body.concat())).unwrap();
    assert_eq!(
        shown(&paper),
        [
            "C Parter 1",
            "H1 [1] Parter",
            "H2 Mål",
            "L1 [1.] ett",
            "L2 [1.a)] under",
            "L1 [2.] två",
            "L1 [•] punkt",
            "P Kommunen och | föreningen",
            "N Genom nämnden.",
            "R Sida 1",
        ]
    );
    assert_eq!(paper.told, [Note::Footnotes(1)]);
    assert_eq!((paper.blocks[3].place.page, paper.blocks[3].place.paragraph), (None, 4));
}

#[test]
fn the_number_of_a_note_that_is_shown_again_is_no_word() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let body = format!(
        "<w:p><w:r><w:t>Sedan 2023.</w:t></w:r>{}<w:r><w:instrText> NOTEREF x </w:instrText></w:r>{}<w:r><w:t>1</w:t></w:r>{}\
         <w:fldSimple w:instr=\" NOTEREF x \"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t> Varje år.</w:t></w:r></w:p>",
        field("begin"),
        field("separate"),
        field("end")
    );
    assert_eq!(read("avtal.docx", &document(&body)).unwrap().blocks[0].text, "Sedan 2023. Varje år.");
}

#[test]
fn pages_are_those_that_word_last_showed() {
    let broken = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>två</w:t></w:r></w:p><w:p><w:r><w:t>börjar</w:t></w:r>\
        <w:r><w:lastRenderedPageBreak/><w:t> slutar</w:t></w:r></w:p>";
    let paper = read("avtal.docx", &document(&[&p("", "ett"), broken, &p("", "tre")].concat())).unwrap();
    let places: Vec<String> = paper.blocks.iter().map(|block| block.place.to_string()).collect();
    assert_eq!(places[..4], ["sida 1, stycke 1", "sida 2, stycke 1", "sida 2, stycke 2", "sida 3, stycke 1"]);
}

#[test]
fn changes_are_read_as_accepted() {
    let body = "<w:p><w:r><w:t>Beloppet är </w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>800 000</w:delText></w:r></w:del>\
        <w:ins w:id=\"2\"><w:r><w:t>900 000</w:t></w:r></w:ins><w:r><w:t> kronor.</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr><w:r><w:t>Två stycken </w:t></w:r></w:p>\
        <w:p><w:r><w:t>blir ett.</w:t></w:r><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>\
        <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>dolt</w:t></w:r></w:p>";
    let paper = read("avtal.docx", &document(body)).unwrap();
    assert_eq!(shown(&paper)[..2], ["P Beloppet är 900 000 kronor.", "P Två stycken blir ett."]);
    assert!(paper.told.contains(&Note::TrackedChanges { inserted: 1, deleted: 2 }), "{:?}", paper.told);
    assert!(paper.told.contains(&Note::Comments(1)) && paper.told.contains(&Note::Hidden(1)));
    let told: Vec<String> = paper.told.iter().map(Note::to_string).collect();
    assert!(told.iter().any(|note| note.contains("som om alla vore godkända")), "{told:?}");
}

#[test]
fn boxes_are_read_once() {
    let inner = p("", "I rutan");
    let body = format!(
        "<w:p><w:r><w:t>Före</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{inner}</w:txbxContent></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:shape><w:txbxContent>{inner}</w:txbxContent></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>{}",
        p("", "Efter")
    );
    let paper = read("avtal.docx", &document(&body)).unwrap();
    assert_eq!(shown(&paper)[..3], ["P Före", "X I rutan", "P Efter"]);
    assert!(paper.told.contains(&Note::TextBoxes(1)), "{:?}", paper.told);
}

#[test]
fn cells_that_go_over_others_stand_in_each_row() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p("", text));
    let row = |properties: &str, cells: &[String]| {
        format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", cells.concat())
    };
    let (head, span, begin, on) =
        ("<w:tblHeader/>", "<w:gridSpan w:val=\"2\"/>", "<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let inner = format!("<w:tbl>{}</w:tbl>", row("", &[cell("", "i"), cell("", "j")]));
    let body = [
        "<w:tbl>".to_owned(),
        row(head, &[cell(begin, "År"), cell(span, "Belopp")]),
        row(head, &[cell(on, ""), cell("", "Fast"), cell("", "Rörligt")]),
        row(
            "",
            &[cell("", "2026"), cell("", "1"), cell("", "2").replace("</w:tc>", &format!("{inner}</w:tc>"))],
        ),
        "</w:tbl>".to_owned(),
    ];
    let paper = read("avtal.docx", &document(&body.concat())).unwrap();
    assert_eq!(shown(&paper)[..3], ["TH År | Belopp", "TH Fast | Rörligt", "T 2026 | 1 | 2 i | j"]);
    let BlockKind::TableRow { cells, .. } = &paper.blocks[1].kind else { panic!("{paper:?}") };
    let cells: Vec<_> =
        cells.iter().map(|cell| (cell.text.as_str(), cell.column, cell.columns, cell.continued)).collect();
    assert_eq!(cells, [("År", 0, 1, true), ("Fast", 1, 1, false), ("Rörligt", 2, 1, false)]);
}

#[test]
fn controls_give_their_name_and_words() {
    let body = "<w:p><w:r><w:t>Dnr: </w:t></w:r><w:sdt><w:sdtPr><w:tag w:val=\"case.registry_number\"/></w:sdtPr><w:sdtContent>\
        <w:r><w:t>KS 2026/1</w:t></w:r></w:sdtContent></w:sdt></w:p>";
    let paper = read("avtal.docx", &document(body)).unwrap();
    assert_eq!(paper.blocks[0].text, "Dnr: KS 2026/1");
    assert_eq!(
        paper.blocks[0].fields,
        [Field { name: "case.registry_number".to_owned(), text: "KS 2026/1".to_owned() }]
    );
}

#[test]
fn headings_without_style_are_guessed_and_marked() {
    let bold = |text: &str| format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>");
    let long = "Parterna är överens om att verksamheten ska utvecklas tillsammans och följas upp varje år.";
    let body = [bold("Avtalets syfte"), p("", long), bold("2.1 Ekonomi"), p("", long)];
    let paper = read("avtal.docx", &document(&body.concat())).unwrap();
    assert_eq!(shown(&paper)[..3], ["H1? Avtalets syfte", &format!("P {long}"), "H2? [2.1] Ekonomi"]);
    assert!(paper.told.contains(&Note::GuessedHeadings(2)));
}

#[test]
fn hostile_packages_are_refused() {
    let bomb = packed(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &" ".repeat(40_100_000))]);
    assert!(bomb.len() < 100_000);
    assert!(fault("avtal.docx", &bomb).contains("packas upp"));
    let outer = |xml: &str| packed(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", xml)]);
    let entity = format!(
        "<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document {W}><w:body>{}</w:body></w:document>",
        p("", "&x;")
    );
    assert!(fault("avtal.docx", &outer(&entity)).contains("DTD"));
    assert!(fault("avtal.docx", &outer("<w:document>")).contains("skadad"));
    let attributes: Vec<String> = (0..1000).map(|number| format!(" a{number}=\"\"")).collect();
    let attributes = attributes.concat();
    assert!(fault("avtal.docx", &outer(&format!("<w:document {W}{attributes}/>"))).contains("attribut"));
    assert!(fault("avtal.docx", &outer(&format!("<w:document {W}/>"))).contains("ingen text"));
    let many = format!(
        "<w:document {W}><w:body>{}</w:body></w:document>",
        "<w:p><w:r><w:t>a</w:t></w:r></w:p>".repeat(500_000)
    );
    assert!(fault("avtal.docx", &outer(&many)).contains("fler än"));
    let deep = format!(
        "<w:document {W}><w:body>{}{}{}</w:body></w:document>",
        "<w:sdt><w:sdtContent>".repeat(50_000),
        p("", "djupt"),
        "</w:sdtContent></w:sdt>".repeat(50_000)
    );
    assert!(fault("avtal.docx", &outer(&deep)).contains("ingen text"));
}
