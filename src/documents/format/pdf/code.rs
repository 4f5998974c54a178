//! From Markdown to Typst code. Text stands only inside string literals.

use std::collections::{BTreeMap, BTreeSet};

use comrak::Arena;
use comrak::nodes::{AstNode, ListType, NodeValue, TableAlignment};

use super::words::{Special, WIDEST, folded, special_word};
use crate::documents::markdown;
use crate::documents::page::Directive;

/// A Typst string literal.
pub(super) fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for letter in text.chars() {
        if letter == '"' || letter == '\\' {
            literal.push('\\');
        }
        literal.push(letter);
    }
    literal.push('"');
    literal
}

/// The code of a document's body: one expression a line. A table with more columns than a page has room for is
/// refused: what is wrong, as the end of a Swedish sentence.
pub(super) fn body(structured: &str) -> Result<String, String> {
    let arena = Arena::new();
    let root = markdown::parsed(&arena, structured)
        .ok_or("texten har citat, listor eller betoningar i för många led inuti varandra")?;
    let columns = |node: &'_ AstNode<'_>| match &node.data().value {
        NodeValue::Table(table) => table.alignments.len(),
        _ => 0,
    };
    if let Some(columns) = root.descendants().map(columns).max().filter(|columns| *columns > MOST_COLUMNS) {
        return Err(format!("en tabell har {columns} kolumner, men sidan har plats för {MOST_COLUMNS}"));
    }
    let mut writer = Writer {
        code: String::with_capacity(structured.len() * 2),
        notes: root.descendants().filter_map(|node| Some((markdown::name_of_note(node)?, node))).collect(),
        noted: BTreeSet::new(),
        divides: true,
        widest: WIDEST,
    };
    writer.blocks(root);
    Ok(writer.code)
}

struct Writer<'a> {
    code: String,
    /// The notes, by name.
    notes: BTreeMap<String, &'a AstNode<'a>>,
    /// The notes that have been written.
    noted: BTreeSet<String>,
    /// Whether long words may be divided here: not in headings, nor where names and dates stand.
    divides: bool,
    /// The longest run of letters that fits here.
    widest: usize,
}

impl<'a> Writer<'a> {
    fn push(&mut self, code: &str) {
        self.code.push_str(code);
    }

    fn blocks(&mut self, parent: &'a AstNode<'a>) {
        parent.children().for_each(|node| self.block_of_its_own(node));
    }

    fn block_of_its_own(&mut self, node: &'a AstNode<'a>) {
        if leads(node) {
            self.push("lead(");
            self.block(node);
            self.push(")");
        } else {
            self.block(node);
        }
        self.push("\n");
    }

    fn block(&mut self, node: &'a AstNode<'a>) {
        match &node.data().value {
            NodeValue::Paragraph => self.call("par", node),
            NodeValue::Heading(heading) => {
                self.push(&format!("heading(level: {}, {{", heading.level));
                self.undivided(|writer| writer.inlines(node));
                self.push("})");
            }
            NodeValue::List(list) => {
                let is_short = node.children().count() <= 3 && letters(node) < MOST_TOGETHER;
                if is_short {
                    self.push("together(");
                }
                match list.list_type {
                    ListType::Bullet => self.push("list("),
                    ListType::Ordered => self.push(&format!("enum(start: {}, ", list.start)),
                }
                for item in node.children() {
                    self.push("{\n");
                    self.item_body(item, list.tight);
                    self.push("}, ");
                }
                self.push(")");
                if is_short {
                    self.push(")");
                }
            }
            NodeValue::Table(properties) => self.table(node, &properties.alignments),
            NodeValue::BlockQuote => {
                self.push("quote(block: true, {\n");
                self.blocks(node);
                self.push("})");
            }
            NodeValue::CodeBlock(block) => {
                let lines: Vec<String> =
                    block.literal.trim_end().lines().map(|line| folded(line, LETTERS_IN_A_LINE)).collect();
                self.push(&format!("raw(block: true, {})", literal(&lines.join("\n"))));
            }
            NodeValue::ThematicBreak => self.push("line(length: 100%, stroke: 0.3pt)"),
            NodeValue::BlockDirective(_) => self.directive(Directive::of(node), node),
            // Notes stand where they are referred to.
            NodeValue::FootnoteDefinition(_) => {}
            _ => self.blocks(node),
        }
    }

    fn table(&mut self, node: &'a AstNode<'a>, alignments: &[TableAlignment]) {
        let columns = alignments.len().max(1);
        let is_small = height(node, columns) < MOST_KEPT;
        let widest = std::mem::replace(&mut self.widest, (LETTERS_IN_A_LINE / columns).clamp(4, WIDEST));
        if is_small {
            self.push("kept(");
        }
        let sides: Vec<&str> = alignments.iter().map(|alignment| side(*alignment)).collect();
        self.push(&format!("table(columns: {columns}, align: ({},), ", sides.join(", ")));
        for row in node.children() {
            let is_header = matches!(row.data().value, NodeValue::TableRow(true));
            if is_header {
                self.push("table.header(");
            }
            for cell in row.children() {
                self.call("par", cell);
                self.push(", ");
            }
            if is_header {
                self.push("), ");
            }
        }
        self.push(")");
        if is_small {
            self.push(")");
        }
        self.widest = widest;
    }

    /// The parts of a page that Markdown has no words for. Each is a function of the layout.
    fn directive(&mut self, directive: Option<Directive>, node: &'a AstNode<'a>) {
        match directive {
            Some(Directive::Signatures) => {
                self.push("signatures({\n");
                self.undivided(|writer| writer.signatures(node));
                self.push("})");
            }
            Some(one @ (Directive::Mark | Directive::Subtitle | Directive::Signer)) => {
                self.push(&format!("{}({{\n", one.name()));
                self.undivided(|writer| writer.blocks(node));
                self.push("})");
            }
            Some(one @ (Directive::Head | Directive::Signature)) => {
                self.push(&format!("{}(", one.name()));
                for part in node.children() {
                    self.undivided(|writer| writer.block(part));
                    self.push(", ");
                }
                self.push(")");
            }
            None => {
                self.push("{\n");
                self.blocks(node);
                self.push("}");
            }
        }
    }

    fn undivided(&mut self, write: impl FnOnce(&mut Self)) {
        let divides = std::mem::replace(&mut self.divides, false);
        write(self);
        self.divides = divides;
    }

    /// The signatures, those of each party together below its heading.
    fn signatures(&mut self, node: &'a AstNode<'a>) {
        let mut is_open = false;
        for child in node.children() {
            if matches!(&child.data().value, NodeValue::Heading(heading) if heading.level > 2) {
                self.push(if is_open { "})\nparty({\n" } else { "party({\n" });
                is_open = true;
            }
            self.block_of_its_own(child);
        }
        if is_open {
            self.push("})");
        }
    }

    fn item_body(&mut self, item: &'a AstNode<'a>, is_tight: bool) {
        for child in item.children() {
            if is_tight && matches!(child.data().value, NodeValue::Paragraph) {
                self.inlines(child);
            } else {
                self.block(child);
            }
            self.push("\n");
        }
    }

    fn call(&mut self, function: &str, node: &'a AstNode<'a>) {
        self.push(function);
        self.push("({\n");
        self.inlines(node);
        self.push("})");
    }

    fn inlines(&mut self, parent: &'a AstNode<'a>) {
        for node in parent.children() {
            self.inline(node);
            self.push("\n");
        }
    }

    fn inline(&mut self, node: &'a AstNode<'a>) {
        match &node.data().value {
            NodeValue::Text(text) => self.text(text),
            NodeValue::SoftBreak => self.push("\" \""),
            NodeValue::LineBreak => self.push("linebreak()"),
            NodeValue::Code(span) => self.push(&format!("raw({})", literal(&span.literal))),
            NodeValue::Strong => self.call("strong", node),
            NodeValue::Emph => self.call("emph", node),
            NodeValue::Link(target) => {
                self.push(&format!("link({}, {{\n", literal(&target.url)));
                self.inlines(node);
                self.push("})");
            }
            NodeValue::FootnoteReference(reference) => self.note(&reference.name),
            _ => {
                self.push("{\n");
                self.inlines(node);
                self.push("}");
            }
        }
    }

    /// Text, in which only long words may be divided. That reads better in lines of uneven length than a hyphen
    /// wherever one fits, and there are fewer places to try. What has no space for longer than a line can be broken
    /// anywhere, so that nothing runs off the page.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some((start, end, kind)) = special_word(rest, self.divides, self.widest) {
            if start > 0 {
                self.push(&literal(&rest[..start]));
                self.push("\n");
            }
            let word = &rest[start..end];
            match kind {
                Special::Long => self.push(&format!("long({})\n", literal(word))),
                Special::Years => self.push(&format!("whole({})\n", literal(word))),
                Special::Endless => self.endless(word),
            }
            rest = &rest[end..];
        }
        if !rest.is_empty() {
            self.push(&literal(rest));
        }
    }

    /// An address or a chain of letters without spaces, with places to break after its marks, or where the line ends.
    fn endless(&mut self, word: &str) {
        let mut part = String::new();
        let mut length = 0;
        for letter in word.chars() {
            part.push(letter);
            length += 1;
            if length >= self.widest || (length > 3 && !letter.is_alphanumeric()) {
                self.push(&format!("{}\nbreakpoint\n", literal(&part)));
                part.clear();
                length = 0;
            }
        }
        self.push(&format!("{}\n", literal(&part)));
    }

    /// A note at its first reference; a further reference to the same note shows its number again.
    fn note(&mut self, name: &str) {
        let label = format!("label({})", literal(&format!("note-{name}")));
        match self.notes.get(name).copied() {
            Some(note) if self.noted.insert(name.to_owned()) => {
                self.push("[#footnote({\n");
                for (number, paragraph) in note.children().enumerate() {
                    if number > 0 {
                        self.push("parbreak()\n");
                    }
                    // The first paragraph stands beside the number.
                    if matches!(paragraph.data().value, NodeValue::Paragraph) {
                        self.inlines(paragraph);
                    } else {
                        self.block(paragraph);
                    }
                    self.push("\n");
                }
                self.push(&format!("}})#{label}]"));
            }
            _ => self.push(&format!("footnote({label})")),
        }
    }
}

/// A list that is shorter than this, in letters, stays on one page.
const MOST_TOGETHER: usize = 500;

/// How many letters a node holds.
fn letters<'a>(node: &'a AstNode<'a>) -> usize {
    node.descendants()
        .map(|node| match &node.data().value {
            NodeValue::Text(text) => text.chars().count(),
            NodeValue::Code(span) => span.literal.chars().count(),
            _ => 1,
        })
        .sum()
}

/// Whether a paragraph leads into the list, the table or the signatures after it, and must stand with them.
fn leads<'a>(node: &'a AstNode<'a>) -> bool {
    let is_among_signatures =
        node.parent().is_some_and(|parent| Directive::of(parent) == Some(Directive::Signatures));
    matches!(node.data().value, NodeValue::Paragraph)
        && node.next_sibling().is_some_and(|next| match next.data().value {
            NodeValue::List(_) | NodeValue::Table(_) => true,
            NodeValue::Heading(_) => is_among_signatures,
            _ => false,
        })
}

/// Tables up to this height, in lines of text, are not torn apart. A page has some fifty lines: what is kept whole
/// must always fit, since a block that is higher than its page loses its end without a word.
const MOST_KEPT: usize = 44;

/// The most columns of which each has room for some letters.
const MOST_COLUMNS: usize = 12;

/// So many letters fit beside each other in a table with one column, with room for wide fonts.
const LETTERS_IN_A_LINE: usize = 60;

/// At most so many lines a table fills: each column is at least as wide as its equal share, or as its text.
fn height<'a>(table: &'a AstNode<'a>, columns: usize) -> usize {
    let fits = (LETTERS_IN_A_LINE / columns).max(1);
    let lines = |cell: &'a AstNode<'a>| letters(cell).div_ceil(fits);
    table.children().map(|row| 1 + row.children().map(lines).max().unwrap_or(0)).sum()
}

fn side(alignment: TableAlignment) -> &'static str {
    match alignment {
        TableAlignment::Right => "right",
        TableAlignment::Center => "center",
        TableAlignment::Left | TableAlignment::None => "left",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_letter_is_lost_or_changed(text in "[a-zåäö0-9–\\-., ]{0,120}") {
            let mut writer = Writer {
                code: String::new(),
                notes: BTreeMap::new(),
                noted: BTreeSet::new(),
                divides: true,
                widest: 20,
            };
            writer.text(&text);
            let shown: String = writer.code.split('"').skip(1).step_by(2).collect();
            prop_assert_eq!(shown, text);
        }
    }

    #[test]
    fn words_are_divided_in_text_and_never_in_headings() {
        assert!(body("Text om överenskommelsen\n").unwrap().contains("long(\"överenskommelsen\")"));
        assert!(!body("# Rubrik om överenskommelsen\n").unwrap().contains("long("));
    }

    #[test]
    fn text_never_leaves_its_literal() {
        let code = body("Text med \\\" och \\\\ och #panic() ]) }\n").unwrap();
        assert!(code.contains(r#""Text med \" och \\ och #panic() ]) }""#), "{code}");
    }

    #[test]
    fn words_that_lead_into_a_list_stand_with_it() {
        assert!(body("Parten ska\n\n- göra\n").unwrap().starts_with("lead(par("));
        assert!(body("Parten ska\n\nnågot\n").unwrap().starts_with("par("));
    }
}
