//! `OpenDocument` texts.

use super::*;

const NAMES: &str = "xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"ta\" xmlns:style=\"s\" xmlns:fo=\"f\" xmlns:draw=\"d\"";

fn document(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content {NAMES}><office:automatic-styles>\
         <style:style style:name=\"B\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\"/></style:style>\
         <text:list-style style:name=\"N\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" style:num-suffix=\".\"/></text:list-style>\
         </office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    .replace("style:num", "num")
    .replace("text:level", "level");
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", &content),
    ])
}

#[test]
fn blocks_of_all_kinds_are_read() {
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>borta</text:p></text:deletion></text:changed-region></text:tracked-changes>\
        <text:h text:outline-level=\"2\">Parter</text:h><text:p>Mellan<text:s/>kommunen\n och<text:line-break/>föreningen\
        <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Not.</text:p></text:note-body></text:note>.</text:p>\
        <text:list text:style-name=\"N\"><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list>\
        <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>År</text:p></table:table-cell>\
        <table:table-cell><text:p>Belopp</text:p></table:table-cell></table:table-row></table:table-header-rows>\
        <table:table-row><table:table-cell><text:p>2026</text:p></table:table-cell><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table>\
        <text:p><draw:frame><draw:text-box><text:p>Ruta</text:p></draw:text-box></draw:frame></text:p>";
    let paper = read("avtal.odt", &document(body)).unwrap();
    assert_eq!(
        shown(&paper),
        [
            "H2 Parter",
            "P Mellan kommunen och | föreningen.",
            "N [1] Not.",
            "L1 [1.] a",
            "L1 [2.] b",
            "TH År | Belopp",
            "T 2026 | 1",
            "X Ruta",
        ]
    );
    assert!(paper.told.contains(&Note::TrackedChanges { inserted: 0, deleted: 1 }), "{:?}", paper.told);
}

#[test]
fn an_encrypted_text_and_another_kind_are_told() {
    let encrypted = packed(&[("META-INF/manifest.xml", "<encryption-data/>"), ("content.xml", "x")]);
    assert!(fault("avtal.odt", &encrypted).contains("lösenord"));
    let sheet = packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", "<x/>"),
    ]);
    assert!(fault("avtal.odt", &sheet).contains("textdokument"));
}
