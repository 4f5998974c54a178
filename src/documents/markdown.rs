//! Markdown in and out: plain text made safe, clause texts set under their heading, the finished document tidied.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, format_commonmark, parse_document};

use super::page::{Directive, kronor};
use super::private::is_private;
use crate::text::{self, escape_markdown, hides};
use crate::typography::keep_together;

/// Makes plain text stand as it is in Markdown, on one line. The private characters of blanks and facts cannot come
/// from a data file.
pub(super) fn escape(text: &str) -> String {
    escape_markdown(text.chars().map(plain))
}

fn plain(letter: char) -> char {
    if is_private(letter) { char::REPLACEMENT_CHARACTER } else { letter }
}

/// A clause text of the agreement's own, with its headings `levels` deeper, so that they stand below the section
/// that they belong to. Directives are the templates' alone: in such a text they are plain text.
pub(super) fn body(text: &str, levels: u8) -> Result<String, Unfit> {
    if is_too_deep(text) {
        return Err(Unfit::TooDeep);
    }
    let text: String = text.chars().map(plain).collect();
    let arena = Arena::new();
    let mut options = options(false);
    // A note that nothing refers to must not vanish.
    options.parse.leave_footnote_definitions = true;
    let root = parse_document(&arena, &text, &options);
    settle(root, &arena);
    below_section(root, levels);
    if root
        .descendants()
        .any(|node| matches!(&node.data().value, NodeValue::Text(text) if text.chars().any(hides)))
    {
        return Err(Unfit::Hidden);
    }
    // Clauses meet in one document, where each names its notes 1, 2, 3.
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    name_notes(root, false, |name, _| format!("{:x}-{name}", hasher.finish()));
    Ok(written(root, &self::options(true)))
}

/// Why a text cannot stand in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It has quotes, lists or emphasis inside each other in more steps than anybody can follow. Readers of Markdown
    /// go one step down for each, and would run out of room.
    TooDeep,
    /// It has hidden characters, written as HTML entities or with the escapes of templates.
    Hidden,
}

/// So many steps a text may go down.
pub(super) const DEEPEST: usize = 30;

/// Whether a text goes deeper than thirty steps.
#[must_use]
pub fn is_too_deep(text: &str) -> bool {
    marks(text) > DEEPEST && depth(parse_document(&Arena::new(), text, &options(false))) > DEEPEST
}

/// Whether a line of a file has marks or indentation enough to lead too deep; hardly any has.
#[must_use]
pub fn may_be_too_deep(file: &str) -> bool {
    file.len() > DEEPEST
        && file.lines().any(|line| {
            line.len() > DEEPEST && marks(line) + (line.len() - line.trim_start().len()) / 2 > DEEPEST
        })
}

/// How many marks could take a text one step down each.
fn marks(text: &str) -> usize {
    let is_mark = |byte: &u8| matches!(byte, b'>' | b'-' | b'+' | b'*' | b'_' | b'[' | b'.' | b')');
    // As many bytes at a time as a byte can count: the processor compares and adds up a row of them at once.
    let rows = text.as_bytes().chunks(usize::from(u8::MAX));
    rows.map(|row| usize::from(row.iter().map(|byte| u8::from(is_mark(byte))).sum::<u8>())).sum()
}

/// The characters that a text has where it names them as HTML entities.
#[must_use]
pub fn from_entities(text: &str) -> Vec<char> {
    if !text.contains('&') || is_too_deep(text) {
        return Vec::new();
    }
    let arena = Arena::new();
    let mut letters = Vec::new();
    for node in parse_document(&arena, text, &options(false)).descendants() {
        if let NodeValue::Text(part) = &node.data().value {
            letters.extend(part.chars().filter(|letter| !text.contains(*letter)));
        }
    }
    letters
}

fn depth<'a>(root: &'a AstNode<'a>) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(_) => depth += 1,
            NodeEdge::End(_) => depth -= 1,
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// So many steps a document may go down: its texts, and what templates set them in.
const DEEPEST_DOCUMENT: usize = DEEPEST + 10;

/// A finished document in canonical form.
pub(super) struct Tidy {
    /// With the directives (`::: signature`) that tell what a part of the page is.
    pub(super) structured: String,
    /// Plain CommonMark with tables.
    pub(super) markdown: String,
    /// What stands as mark: in the directives of that name, and in the very first block.
    pub(super) marks: Vec<String>,
}

/// Brings a document into canonical form, one line a paragraph.
pub(super) fn tidy(text: &str) -> Result<Tidy, Unfit> {
    let arena = Arena::new();
    let root = parsed(&arena, text).ok_or(Unfit::TooDeep)?;
    settle(root, &arena);
    kronor::alike(root);
    let is_mark = |node: &&AstNode<'_>| Directive::of(node) == Some(Directive::Mark);
    let marks = root.first_child().into_iter().chain(root.descendants().filter(is_mark)).map(words).collect();
    name_notes(root, true, |_, number| number.to_string());
    let structured = written(root, &options(true));
    // A template can name such characters too, and some are written as they were named.
    let names_hidden = root
        .descendants()
        .any(|node| matches!(&node.data().value, NodeValue::Text(text) if has_hidden(text)));
    if names_hidden || has_hidden(&structured) {
        return Err(Unfit::Hidden);
    }
    let directives: Vec<_> =
        root.descendants().filter(|node| matches!(node.data().value, NodeValue::BlockDirective(_))).collect();
    directives.into_iter().for_each(unwrap);
    Ok(Tidy { structured, markdown: written(root, &options(false)), marks })
}

/// A text as lines that can stand in the cells of a table: its paragraphs and points, and the rows of its tables.
pub(super) fn lines(text: &str) -> Vec<String> {
    let arena = Arena::new();
    let Some(root) = parsed(&arena, text) else { return Vec::new() };
    let mut lines = Vec::new();
    for node in root.descendants() {
        match &node.data().value {
            NodeValue::Paragraph | NodeValue::Heading(_) => lines.push(in_a_cell(node)),
            NodeValue::TableRow(false) => {
                let cells = node.children().map(|cell| in_a_cell(cell)).filter(|cell| !cell.is_empty());
                lines.push(cells.collect::<Vec<_>>().join(BETWEEN_CELLS));
            }
            _ => {}
        }
    }
    lines
}

/// "Hösten 2025, 2025-07-01–2025-12-31: 295 000 kronor": a row that is a line, as words.
pub(super) fn row_in_words(line: &str) -> String {
    match line.rsplit_once(BETWEEN_CELLS) {
        Some((before, amount)) if amount.contains("\u{a0}kronor") => {
            format!("{}: {amount}", before.replace(BETWEEN_CELLS, ", "))
        }
        _ => line.replace(BETWEEN_CELLS, ", "),
    }
}

/// What stands between the cells of a row that is a line.
const BETWEEN_CELLS: &str = " · ";

/// The Markdown of a node as it can stand in a cell of a table: on one line.
fn in_a_cell<'a>(node: &'a AstNode<'a>) -> String {
    let text = written(node, &options(false));
    let lines = text.lines().map(|line| line.trim().trim_end_matches(['\\', '|']).trim_end());
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// Whether a text has characters that do not show, but for those that stand for blanks until they are filled.
fn has_hidden(text: &str) -> bool {
    text::hidden(text).any(|letter| plain(letter) == letter)
}

/// The tree of a document, where it is not too deep for those that go down one step at a time.
pub(super) fn parsed<'a>(arena: &'a Arena<'a>, text: &str) -> Option<&'a AstNode<'a>> {
    let root = parse_document(arena, text, &options(true));
    (depth(root) <= DEEPEST_DOCUMENT).then_some(root)
}

/// The name of a note, where the node is one.
pub(super) fn name_of_note<'a>(node: &'a AstNode<'a>) -> Option<String> {
    match &node.data().value {
        NodeValue::FootnoteDefinition(definition) => Some(definition.name.clone()),
        _ => None,
    }
}

/// The text that a node holds.
fn words<'a>(node: &'a AstNode<'a>) -> String {
    let mut words = String::new();
    for node in node.descendants() {
        if let NodeValue::Text(text) = &node.data().value {
            words.push_str(text);
        }
    }
    words
}

/// How documents are parsed and written.
pub(super) fn options(has_directives: bool) -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.block_directive = has_directives;
    options.extension.footnotes = true;
    options
}

fn written<'a>(root: &'a AstNode<'a>, options: &Options<'_>) -> String {
    let mut output = String::new();
    // Writing to a string cannot fail.
    _ = format_commonmark(root, options, &mut output);
    output
}

/// Makes a text fit for print: HTML becomes the text that it is, links lead to pages and addresses only, pictures
/// are their description, and numbers stay with their units.
fn settle<'a>(root: &'a AstNode<'a>, arena: &'a Arena<'a>) {
    let mut loose = Vec::new();
    let mut between = Vec::new();
    for node in root.descendants() {
        let mut data = node.data_mut();
        match &mut data.value {
            NodeValue::SoftBreak => data.value = NodeValue::Text(Cow::Borrowed(" ")),
            NodeValue::Text(text) => *text = Cow::Owned(keep_together(text)),
            NodeValue::HtmlInline(html) => {
                let html = std::mem::take(html);
                data.value = NodeValue::Text(Cow::Owned(html));
            }
            // What the writer puts between two lists, so that they stay two. An author's own comment is text by then.
            NodeValue::HtmlBlock(html) if html.literal.trim() == BETWEEN_LISTS => between.push(node),
            NodeValue::HtmlBlock(html) => {
                let html = std::mem::take(&mut html.literal);
                data.value = NodeValue::Paragraph;
                drop(data);
                let html = html.split_whitespace().collect::<Vec<_>>().join(" ");
                node.append(arena.alloc(NodeValue::Text(Cow::Owned(html)).into()));
            }
            NodeValue::Link(link) if !leads_to_a_page(&link.url) => loose.push(node),
            NodeValue::Image(_) => loose.push(node),
            _ => {}
        }
    }
    loose.into_iter().for_each(unwrap);
    between.into_iter().for_each(AstNode::detach);
}

/// What comrak writes between two lists.
const BETWEEN_LISTS: &str = "<!-- end list -->";

/// Sets headings below the section at `level`, each at most one step below the one before it: a reader who listens
/// finds the way by their levels.
fn below_section<'a>(root: &'a AstNode<'a>, level: u8) {
    let mut above: Vec<u8> = Vec::new();
    for node in root.descendants() {
        if let NodeValue::Heading(heading) = &mut node.data_mut().value {
            while above.last().is_some_and(|last| *last >= heading.level) {
                above.pop();
            }
            above.push(heading.level);
            let depth = u8::try_from(above.len()).unwrap_or(u8::MAX);
            heading.level = level.saturating_add(depth).min(6);
        }
    }
}

/// Names the notes anew, from their name and their number in the text. One that nothing refers to becomes ordinary
/// text, and so does one whose name is taken; in a whole document, where two parts may show the same clause, a note
/// that stands twice stands once.
fn name_notes<'a>(root: &'a AstNode<'a>, is_document: bool, name: impl Fn(&str, u32) -> String) {
    let mut numbers = BTreeMap::new();
    for node in root.descendants() {
        if let NodeValue::FootnoteReference(reference) = &mut node.data_mut().value {
            let new = name(&reference.name, reference.ix);
            numbers.insert(std::mem::replace(&mut reference.name, new), reference.ix);
        }
    }
    let mut seen = BTreeSet::new();
    let mut loose = Vec::new();
    // The last one stands below the text, where notes belong.
    let nodes: Vec<_> = root.descendants().collect();
    for node in nodes.into_iter().rev() {
        if let NodeValue::FootnoteDefinition(note) = &mut node.data_mut().value {
            match numbers.get(&note.name) {
                Some(number) if seen.insert(*number) => note.name = name(&note.name, *number),
                number => loose.push((node, number.is_some())),
            }
        }
    }
    for (node, stands_twice) in loose {
        if stands_twice && is_document { node.detach() } else { unwrap(node) }
    }
}

/// Puts what a node holds in its own place.
fn unwrap<'a>(node: &'a AstNode<'a>) {
    while let Some(child) = node.first_child() {
        node.insert_before(child);
    }
    node.detach();
}

/// A link may lead to a page or an address, never to a program.
fn leads_to_a_page(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(text: &str, levels: u8) -> String {
        body(text, levels).unwrap()
    }

    #[test]
    fn plain_text_stands_as_it_is() {
        for hostile in
            ["# rubrik", "1. punkt", "*fet* _kursiv_", "<b>x</b> & |", "[a](http://b)", "- punkt", "`kod`"]
        {
            let arena = Arena::new();
            let escaped = escape(hostile);
            let root = parse_document(&arena, &escaped, &options(true));
            let mut text = String::new();
            for node in root.descendants() {
                match &node.data().value {
                    NodeValue::Text(part) => text.push_str(part),
                    NodeValue::Document | NodeValue::Paragraph => {}
                    other => panic!("{hostile}: {other:?}"),
                }
            }
            assert_eq!(text, hostile);
        }
    }

    #[test]
    fn headings_stand_below_their_section_and_html_is_text() {
        let shown = text_of("# Rubrik\n\nText enligt § 16 <script>alert(1)</script>\n\n<div>x</div>\n", 2);
        assert_eq!(
            shown,
            "### Rubrik\n\nText enligt §\u{a0}16 \\<script\\>alert(1)\\</script\\>\n\n\\<div\\>x\\</div\\>\n"
        );
    }

    #[test]
    fn headings_leave_no_step_out() {
        assert_eq!(text_of("## A\n\n#### B\n\n# C\n", 2), "### A\n\n#### B\n\n### C\n");
    }

    #[test]
    fn two_lists_stay_two_without_a_word_between_them() {
        let clause = text_of("- a\n- b\n\n1. c\n\n<!-- min egen -->\n", 2);
        let shown = tidy(&clause).unwrap().markdown;
        assert!(shown.ends_with("1. c\n\n\\<\\!-- min egen --\\>\n"), "{shown}");
        assert_eq!(tidy(&shown).unwrap().markdown, shown);
    }

    #[test]
    fn hidden_characters_do_not_come_in_as_entities() {
        assert_eq!(body("a &#8238;b", 0), Err(Unfit::Hidden));
        assert_eq!(from_entities("a &#8238;b &amp; c"), ['\u{202E}']);
        assert!(body("a &aring; b", 0).is_ok());
    }

    #[test]
    fn directives_shape_the_page_and_leave_no_trace_in_the_text() {
        let tidy = tidy("::: mark\n\n**FÖRSLAG**\n\n:::\n\nText\n").unwrap();
        assert_eq!(tidy.marks, ["FÖRSLAG", "FÖRSLAG"]);
        assert_eq!(tidy.markdown, "**FÖRSLAG**\n\nText\n");
        assert!(tidy.structured.starts_with(":::mark\n"), "{}", tidy.structured);
    }

    #[test]
    fn a_clause_cannot_hold_a_directive() {
        let clause = text_of("::: mark\n\nText\n\n:::\n", 2);
        let tidy = tidy(&format!("{clause}\n\n{}", escape("::: mark"))).unwrap();
        assert_eq!(tidy.markdown, "::: mark\n\nText\n\n:::\n\n::: mark\n");
    }

    #[test]
    fn links_lead_to_pages_and_pictures_are_their_description() {
        assert_eq!(
            text_of("[a](javascript:x) [b](https://lund.se) ![c](/etc/passwd)", 0),
            "a [b](https://lund.se) c\n"
        );
    }

    #[test]
    fn notes_of_several_clauses_are_numbered_through_and_none_is_lost() {
        let first = text_of("Ett.[^1]\n\n[^1]: Not ett.\n", 0);
        let second = text_of("Två.[^1] Tre.[^1]\n\n[^1]: Not två.\n\n[^9]: Utan hänvisning.\n", 0);
        let tidy = tidy(&format!("{first}\n\n{second}\n\n{first}")).unwrap();
        assert_eq!(
            tidy.markdown,
            "Ett.[^1]\n\nTvå.[^2] Tre.[^2]\n\nUtan hänvisning.\n\nEtt.[^1]\n\n\
             [^1]:\n    Not ett.\n\n[^2]:\n    Not två.\n"
        );
        assert_eq!(super::tidy(&tidy.markdown).unwrap().markdown, tidy.markdown);
        let twice = text_of("Ett.[^1]\n\n[^1]: Först.\n\n[^1]: Igen.\n", 0);
        assert!(twice.contains("Först.") && twice.contains("Igen."), "{twice}");
    }

    #[test]
    fn a_text_that_goes_too_deep_is_refused_however_deep() {
        for deep in [">".repeat(60_000), "- ".repeat(30_000), "> - ".repeat(31)] {
            assert_eq!(body(&format!("{deep} x"), 0), Err(Unfit::TooDeep));
            assert!(tidy(&format!("{}{deep} x", "> ".repeat(10))).is_err());
        }
        for flat in ["> - > - text".to_owned(), "*a ".repeat(500), "- punkt\n".repeat(500)] {
            assert!(body(&flat, 0).is_ok());
        }
    }

    #[test]
    fn a_data_file_cannot_forge_a_blank() {
        assert!(!escape("\u{E000}0\u{E001}").contains(is_private));
        assert!(!text_of("\u{E002}0\u{E003}", 0).contains(is_private));
    }
}
