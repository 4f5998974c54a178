//! The blocks of a document: headings, paragraphs, lists, tables, quotes, and what directives make of them.

use comrak::nodes::{AstNode, ListType, NodeValue};

use super::numbering::{Numbered, STEP};
use super::piece::Inline;
use super::style::Style;
use super::writer::{Shape, Within, Writer};
use super::{Directive, facts, inline};
use crate::documents::page;

impl<'a> Writer<'a, '_> {
    /// All blocks of a node.
    pub(super) fn blocks(&mut self, parent: &'a AstNode<'a>, within: Within) {
        for node in parent.children() {
            self.block(node, within);
        }
    }

    pub(super) fn block(&mut self, node: &'a AstNode<'a>, within: Within) {
        let keeps = within.keeps || page::stands_with_next(node);
        let within = Within { keeps, ..within };
        match &node.data().value {
            NodeValue::Paragraph => {
                let shape = Shape {
                    style: within.style,
                    keeps: within.keeps || page::leads(node),
                    after: (within.ends_list && !self.styles.is_of_template(within.style))
                        .then_some(AFTER_LIST),
                    // The style of quotes is set in by itself.
                    indent: if within.style == Style::Quote && within.indent == QUOTE {
                        0
                    } else {
                        within.indent
                    },
                    ..Shape::default()
                };
                self.paragraph(&shape, &self.pieces(node));
            }
            NodeValue::Heading(heading) => {
                // A template's heading need not say itself that it stands with what it heads.
                let shape = Shape { style: Style::heading(heading.level), keeps: true, ..Shape::default() };
                self.paragraph(&shape, &self.pieces(node));
            }
            NodeValue::List(_) => self.list(node, within),
            NodeValue::Table(table) => self.table(node, &table.alignments, within),
            NodeValue::BlockQuote => {
                let quotes = within.quotes + 1;
                let indent = within.indent + QUOTE;
                self.blocks(node, Within { style: Style::Quote, indent, quotes, ..within });
            }
            NodeValue::CodeBlock(block) => {
                let text = facts::without_marks(block.literal.trim_end());
                self.verbatim(
                    &Shape { style: Style::Code, indent: within.indent, ..Shape::default() },
                    &text,
                );
            }
            NodeValue::HtmlBlock(html) if html.literal.trim() != BETWEEN_LISTS => {
                let text = facts::without_marks(html.literal.trim_end());
                self.verbatim(
                    &Shape { style: within.style, indent: within.indent, ..Shape::default() },
                    &text,
                );
            }
            // Notes stand where they are referred to.
            NodeValue::HtmlBlock(_) | NodeValue::FootnoteDefinition(_) => {}
            NodeValue::ThematicBreak => {
                self.paragraph(&Shape { style: Style::Rule, ..Shape::default() }, &[]);
            }
            NodeValue::BlockDirective(_) => self.directive(node, within),
            _ => self.blocks(node, within),
        }
    }

    fn directive(&mut self, node: &'a AstNode<'a>, within: Within) {
        let with = |style| Within { style, ..within };
        match Directive::of(node) {
            Some(Directive::Mark) => self.blocks(node, with(Style::Mark)),
            Some(Directive::Subtitle) => self.blocks(node, with(Style::Subtitle)),
            Some(Directive::Head) => self.document_head(node),
            Some(Directive::Signatures) => self.signatures(node),
            Some(Directive::Signature) => self.signature(node, false),
            Some(Directive::Signer) => {
                // Where it is not the last, what follows stands on its page.
                let is_followed = node.next_sibling().is_some();
                for child in node.children() {
                    let keeps = is_followed || child.next_sibling().is_some();
                    if !self.signer(child, keeps) {
                        self.block(child, Within { keeps, ..with(Style::Signer) });
                    }
                }
            }
            None => self.blocks(node, within),
        }
    }

    fn list(&mut self, node: &'a AstNode<'a>, within: Within) {
        let NodeValue::List(list) = node.data().value else { return };
        let is_ordered = list.list_type == ListType::Ordered;
        let depth = within.depth;
        let number = if is_ordered {
            self.lists.add(Numbered { depth, start: list.start, delimiter: list.delimiter })
        } else {
            self.lists.bullets()
        };
        let style = Style::item(is_ordered, depth);
        // Bullets come with their style, where it has them.
        let needs_number = is_ordered || depth > 2 || self.styles.is_without_number(style);
        let is_short = page::is_short_list(node);
        let inside = Within { indent: within.indent + STEP, depth: depth + 1, ..within };
        for item in node.children() {
            let is_last = item.next_sibling().is_none();
            let keeps = within.keeps || (is_short && !is_last);
            let ends_list = is_last && (within.ends_list || depth == 0);
            let first = item.first_child().filter(|child| matches!(child.data().value, NodeValue::Paragraph));
            let shape = Shape {
                style,
                keeps: keeps || first.is_some_and(|first| page::leads(first)),
                list: needs_number.then_some((number, depth)),
                after: (ends_list && item.children().count() < 2 && !self.styles.is_of_template(style))
                    .then_some(AFTER_LIST),
                indent: if within.quotes > 0 { inside.indent } else { 0 },
                ..Shape::default()
            };
            let pieces = first.map(|first| self.pieces(first)).unwrap_or_default();
            self.paragraph(&shape, &pieces);
            for child in item.children().skip(usize::from(first.is_some())) {
                let ends_list = ends_list && child.next_sibling().is_none();
                let inside = Within { style: Style::Continued, keeps, ends_list, ..inside };
                self.block(child, inside);
            }
        }
    }

    /// The pieces of a paragraph of the text.
    pub(super) fn pieces(&self, node: &'a AstNode<'a>) -> Vec<Inline> {
        inline::pieces(node, self.facts.len())
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, shape: &Shape, pieces: &[Inline]) {
        self.start_paragraph(shape);
        self.inlines(pieces);
        self.xml.end();
    }

    fn verbatim(&mut self, shape: &Shape, text: &str) {
        self.start_paragraph(shape);
        self.xml.start("w:r", &[]);
        for (place, line) in text.lines().enumerate() {
            if place > 0 {
                self.xml.empty("w:br", &[]);
            }
            self.letters(line);
        }
        self.xml.end();
        self.xml.end();
    }

    /// Begins a paragraph, with all that is said of it.
    pub(super) fn start_paragraph(&mut self, shape: &Shape) {
        let is_after_table =
            std::mem::take(&mut self.is_after_table) && !shape.style.definition().is_heading();
        self.xml.start("w:p", &[]);
        self.xml.start("w:pPr", &[]);
        self.xml.value("w:pStyle", self.styles.id(shape.style));
        if shape.keeps {
            self.xml.empty("w:keepNext", &[]);
        }
        if let Some((number, level)) = shape.list {
            self.xml.start("w:numPr", &[]);
            self.xml.value("w:ilvl", &level.min(8).to_string());
            self.xml.value("w:numId", &number.to_string());
            self.xml.end();
        }
        if !shape.stops.is_empty() {
            self.xml.start("w:tabs", &[]);
            for stop in &shape.stops {
                self.xml.empty("w:tab", &[("w:val", "left"), ("w:pos", &stop.to_string())]);
            }
            self.xml.end();
        }
        if shape.divides {
            self.xml.value("w:suppressAutoHyphens", "0");
        }
        let after = shape.after.map(|after| after.to_string());
        let mut spacing = Vec::new();
        if is_after_table {
            spacing.push(("w:before", "220"));
        }
        if let Some(after) = &after {
            spacing.push(("w:after", after.as_str()));
        }
        if !spacing.is_empty() {
            self.xml.empty("w:spacing", &spacing);
        }
        if shape.indent > 0 {
            self.xml.empty("w:ind", &[("w:left", &shape.indent.to_string())]);
        }
        if let Some(side) = shape.side {
            self.xml.value("w:jc", side);
        }
        self.xml.end();
    }

    /// What Word needs between two tables, and below one that ends a cell or a text.
    pub(super) fn gap(&mut self) {
        if std::mem::take(&mut self.is_after_table) {
            self.xml.raw(
                "<w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p>",
            );
        }
    }
}

/// What the writer of Markdown puts between two lists.
const BETWEEN_LISTS: &str = "<!-- end list -->";

/// How far quotes are set in, in twentieths of a point.
const QUOTE: u32 = 567;

/// The room below a list, in twentieths of a point.
const AFTER_LIST: u32 = 150;
