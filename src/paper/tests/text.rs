//! Text, Markdown and web pages.

use super::*;

#[test]
fn lines_become_paragraphs_lists_and_headings() {
    let text = "Parter\n\nDetta avtal är upprättat mellan kommunen och föreningen, som i det följande kallas parterna.\n\n\
                Målgrupp:\n\n- Personer med psykisk ohälsa\n- deras närstående\n\n1. Första steget\n2. Andra steget\n";
    let paper = read("avtal.txt", text.as_bytes()).unwrap();
    assert_eq!(
        shown(&paper),
        [
            "H1? Parter",
            "P Detta avtal är upprättat mellan kommunen och föreningen, som i det följande kallas parterna.",
            "H1? Målgrupp:",
            "L1 [-] Personer med psykisk ohälsa",
            "L1 [-] deras närstående",
            "L1 [1.] Första steget",
            "L1 [2.] Andra steget",
        ]
    );
    assert_eq!(
        paper.blocks.iter().map(|block| block.place.line.unwrap()).collect::<Vec<_>>(),
        [1, 3, 5, 7, 8, 10, 11]
    );
    assert_eq!(paper.blocks.last().unwrap().place.to_string(), "rad 11");
}

#[test]
fn lines_that_are_broken_to_a_width_are_put_together() {
    let text = "Föreningen ska varje år lämna en skriftlig berättelse om verksamheten\n\
                till nämnden senast den 31 mars, och dessutom kalla till det gemensamma\n\
                mötet.\n\nNästa stycke.";
    let paper = read("avtal.txt", text.as_bytes()).unwrap();
    assert_eq!(paper.blocks.len(), 2);
    assert!(paper.blocks[0].text.ends_with("gemensamma mötet."));
}

#[test]
fn older_encodings_are_read_and_told() {
    let text = "Överenskommelse om träffpunkten på Ängö – 900 000 kr";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&b"\xFF\xFE"[..], &utf16].concat();
    let (western, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), None),
        ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), None),
        (marked, None),
        (utf16, Some("UTF-16LE")),
        (western.into_owned(), Some("windows-1252")),
    ] {
        let paper = read("avtal.txt", &bytes).unwrap();
        assert_eq!(paper.blocks[0].text, text);
        let told = encoding.map(|name| Note::Encoding(name.to_owned()));
        assert_eq!(paper.told.into_iter().find(|note| matches!(note, Note::Encoding(_))), told);
    }
}

#[test]
fn letters_are_composed_and_hidden_ones_left_out() {
    let text = "O\u{308}verenskommelse\u{200B} om tra\u{308}ff\u{AD}punkt, 900\u{A0}000\u{202F}kronor \u{202E}och ﬁlm";
    let paper = read("avtal.txt", text.as_bytes()).unwrap();
    assert_eq!(paper.blocks[0].text, "Överenskommelse om träffpunkt, 900 000 kronor och film");
}

#[test]
fn markdown_gives_headings_lists_tables_and_notes() {
    let text = "# Avtal\n\n**Part:** kommunen[^1]\n\n- a\n  1. b\n  2. c\n\n| År | Belopp |\n| --- | --: |\n| 2026 | 900 000 |\n\n[^1]: Genom nämnden.\n";
    let paper = read("avtal.md", text.as_bytes()).unwrap();
    assert_eq!(
        shown(&paper),
        [
            "H1 Avtal",
            "P Part: kommunen",
            "L1 [•] a",
            "L2 [1.] b",
            "L2 [2.] c",
            "TH År | Belopp",
            "T 2026 | 900 000",
            "N [1] Genom nämnden."
        ]
    );
}

#[test]
fn a_page_of_any_tags_is_read() {
    let page = "<html><head><title>T</title><style>p{}</style></head><body><header>Kommunen</header>\
        <h2>Parter</h2><p>Mellan <b>kommunen</b>\n och<br>föreningen<ul><li>a<li>b<ol start=3><li>c</ol></ul>\
        <table><tr><th colspan=2>År</th><th>Summa</th></tr><tr><td rowspan=2>2026<td>H1<td>400</tr><tr><td>H2<td>500</table>\
        <script>ta bort</script>slut &amp; klart";
    let paper = read("avtal.html", page.as_bytes()).unwrap();
    assert_eq!(
        shown(&paper),
        [
            "H2 Parter",
            "P Mellan kommunen och | föreningen",
            "L1 [•] a",
            "L1 [•] b",
            "L2 [3.] c",
            "TH År | Summa",
            "T 2026 | H1 | 400",
            "T H2 | 500",
            "P slut & klart",
            "R Kommunen",
        ]
    );
    let BlockKind::TableRow { cells, .. } = &paper.blocks[7].kind else { panic!("{paper:?}") };
    let cells: Vec<(&str, u32, bool)> =
        cells.iter().map(|cell| (cell.text.as_str(), cell.column, cell.continued)).collect();
    assert_eq!(cells, [("2026", 0, true), ("H2", 1, false), ("500", 2, false)]);
}

#[test]
fn the_number_of_a_note_is_no_word_and_a_raised_number_is() {
    let page =
        "<html><body><p>Sedan 1950.<sup><a href=\"#not\">1</a></sup> På 90 m<sup>2</sup>.</p></body></html>";
    assert_eq!(read("avtal.html", page.as_bytes()).unwrap().blocks[0].text, "Sedan 1950. På 90 m2.");
}

#[test]
fn depth_alone_takes_no_time() {
    let deep = format!(
        "<html><body>{}text{}",
        "<div><ul><li><table><tr><td>".repeat(10_000),
        "</div>".repeat(10_000)
    );
    let paper = read("avtal.html", deep.as_bytes()).unwrap();
    assert_eq!(paper.blocks.last().unwrap().text, "text");
    let quotes = format!("{} text", ">".repeat(3_000));
    assert_eq!(read("avtal.md", quotes.as_bytes()).unwrap().blocks[0].text, "text");
}

#[test]
fn another_language_is_told() {
    let english = "This agreement is made between the municipality and the association for the purpose of social inclusion. ".repeat(8);
    let paper = read("avtal.txt", english.as_bytes()).unwrap();
    assert!(paper.told.contains(&Note::Language("engelska".to_owned())), "{:?}", paper.told);
    let swedish = "Detta avtal har träffats mellan kommunen och föreningen för att motverka ofrivillig ensamhet bland äldre. ".repeat(8);
    assert_eq!(read("avtal.txt", swedish.as_bytes()).unwrap().told, []);
}
