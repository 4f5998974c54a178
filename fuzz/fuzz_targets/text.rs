//! A text of an agreement, as a clause and as a plain field, through the tree of a document and its writer. What comes out has no
//! HTML, no picture and no link but to pages and addresses, and reads the same when it is written once more.

#![no_main]

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, format_commonmark, markdown_to_html, parse_document};
use iop_fuzz::{BUILT_IN, adala, agreement_with, rendered, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let (register, _) = adala(&[(iop_fuzz::AGREEMENT, text(&agreement_with(input)))]);
    for document in rendered(&register, &BUILT_IN) {
        let arena = Arena::new();
        let mut options = Options::default();
        options.extension.table = true;
        options.extension.footnotes = true;
        let root = parse_document(&arena, &document.markdown, &options);
        for node in root.descendants() {
            match &node.data().value {
                NodeValue::HtmlInline(html) => panic!("HTML: {html:?}"),
                NodeValue::HtmlBlock(html) => assert_eq!(html.literal.trim(), "<!-- end list -->"),
                NodeValue::Image(picture) => panic!("a picture: {:?}", picture.url),
                NodeValue::Link(link) => {
                    let url = link.url.to_ascii_lowercase();
                    let leads_to_a_page =
                        ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme));
                    assert!(leads_to_a_page, "{url:?}");
                }
                _ => {}
            }
        }
        let mut again = String::new();
        _ = format_commonmark(root, &options, &mut again);
        assert_eq!(read(&again, &options), read(&document.markdown, &options), "{}", document.markdown);
    }
});

/// What a text is to a reader.
fn read(text: &str, options: &Options<'_>) -> String {
    markdown_to_html(text, options)
}
