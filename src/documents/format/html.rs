//! Documents as a page for the web: one file with everything in it, that can be listened to and printed. Text stands only as
//! text, and nothing in it is ever a tag or a script.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use comrak::Arena;
use comrak::nodes::{AstNode, ListType, NodeValue, TableAlignment};

use super::FormatError;
use crate::documents::logotype::Logotype;
use crate::documents::page::ruled::{self, Part};
use crate::documents::page::{self, Directive};
use crate::documents::picture::Kind;
use crate::documents::{Document, markdown};

/// How the page looks on screen and on paper.
const STYLE: &str = include_str!("../../../assets/html/page.css");

/// Writes the page.
pub(super) fn write(document: &Document, logotype: Option<&Logotype>) -> Result<Vec<u8>, FormatError> {
    let arena = Arena::new();
    let root = markdown::parsed(&arena, &document.structured).ok_or_else(FormatError::too_deep)?;
    let meta = &document.meta;
    let mut page = Page {
        html: String::with_capacity(document.structured.len() * 2 + STYLE.len()),
        notes: root.descendants().filter_map(|node| Some((markdown::name_of_note(node)?, node))).collect(),
        noted: BTreeMap::new(),
    };
    page.push("<!DOCTYPE html>\n<html lang=\"sv\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.push(&format!("<title>{}</title>\n", escaped(&meta.title)));
    let status = meta.status.map(|mark| mark.word().to_owned());
    let about = [
        ("author", Some(meta.author.clone())),
        ("dcterms.date", meta.dated.map(|day| day.to_string())),
        ("dcterms.identifier", meta.registry_number.clone()),
        ("dcterms.type", Some(meta.word.clone())),
        ("status", status),
        ("generator", Some("iop".to_owned())),
    ];
    for (name, content) in about {
        if let Some(content) = content.filter(|content| !content.is_empty()) {
            page.push(&format!("<meta name=\"{name}\" content=\"{}\">\n", escaped(&content)));
        }
    }
    page.push(&format!("<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"));
    if let Some(logotype) = logotype {
        page.logotype(logotype);
    }
    page.blocks(root);
    page.footnotes();
    page.push("</main>\n</body>\n</html>\n");
    Ok(page.html.into_bytes())
}

struct Page<'a> {
    html: String,
    /// The notes, by name.
    notes: BTreeMap<String, &'a AstNode<'a>>,
    /// The number that each note has been referred to by.
    noted: BTreeMap<String, usize>,
}

impl<'a> Page<'a> {
    fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    fn logotype(&mut self, logotype: &Logotype) {
        let kind = match logotype.kind {
            Kind::Svg => "svg+xml",
            Kind::Png => "png",
            Kind::Jpeg => "jpeg",
        };
        // A picture may refer to nothing outside itself, and as a picture no script in it is run.
        let data = STANDARD.encode(&logotype.bytes);
        let (text, height) = (escaped(&logotype.text), logotype.height_mm);
        self.push(&format!(
            "<img class=\"logotype\" alt=\"{text}\" style=\"height: {height}mm\" src=\"data:image/{kind};base64,{data}\">\n"
        ));
    }

    fn blocks(&mut self, parent: &'a AstNode<'a>) {
        parent.children().for_each(|node| self.block(node));
    }

    fn block(&mut self, node: &'a AstNode<'a>) {
        match &node.data().value {
            NodeValue::Paragraph => self.element("p", "", node),
            NodeValue::Heading(heading) => self.element(&format!("h{}", heading.level), "", node),
            NodeValue::List(list) => {
                let (tag, start) = match list.list_type {
                    ListType::Ordered if list.start != 1 => ("ol", format!(" start=\"{}\"", list.start)),
                    ListType::Ordered => ("ol", String::new()),
                    ListType::Bullet => ("ul", String::new()),
                };
                self.push(&format!("<{tag}{start}>\n"));
                for item in node.children() {
                    self.push("<li>");
                    for child in item.children() {
                        if list.tight && matches!(child.data().value, NodeValue::Paragraph) {
                            self.inlines(child);
                        } else {
                            self.block(child);
                        }
                    }
                    self.push("</li>\n");
                }
                self.push(&format!("</{tag}>\n"));
            }
            NodeValue::Table(table) => self.table(node, &table.alignments),
            NodeValue::BlockQuote => {
                self.push("<blockquote>\n");
                self.blocks(node);
                self.push("</blockquote>\n");
            }
            NodeValue::CodeBlock(block) => {
                let code = escaped(block.literal.trim_end());
                self.push(&format!("<pre><code>{code}</code></pre>\n"));
            }
            NodeValue::ThematicBreak => self.push("<hr>\n"),
            NodeValue::BlockDirective(_) => self.directive(node),
            // Notes stand at the end.
            NodeValue::FootnoteDefinition(_) => {}
            _ => self.blocks(node),
        }
    }

    fn element(&mut self, tag: &str, attributes: &str, node: &'a AstNode<'a>) {
        self.push(&format!("<{tag}{attributes}>"));
        self.inlines(node);
        self.push(&format!("</{tag}>\n"));
    }

    fn directive(&mut self, node: &'a AstNode<'a>) {
        match Directive::of(node) {
            Some(Directive::Head) => {
                self.push("<div class=\"head\">\n");
                for part in node.children() {
                    self.push("<div>\n");
                    self.block(part);
                    self.push("</div>\n");
                }
                self.push("</div>\n");
            }
            Some(one) => {
                self.push(&format!("<div class=\"{}\">\n", one.name()));
                self.blocks(node);
                self.push("</div>\n");
            }
            None => self.blocks(node),
        }
    }

    /// A table.
    fn table(&mut self, node: &'a AstNode<'a>, alignments: &[TableAlignment]) {
        let names_rows = page::names_rows(alignments);
        let mut is_in_body = false;
        self.push("<table>\n");
        for row in node.children() {
            let is_header = matches!(row.data().value, NodeValue::TableRow(true));
            if is_header {
                self.push("<thead>\n");
            } else if !is_in_body {
                self.push("<tbody>\n");
                is_in_body = true;
            }
            self.push("<tr>");
            for (at, cell) in row.children().enumerate() {
                let class = match alignments.get(at) {
                    Some(TableAlignment::Right) => " class=\"right\"",
                    Some(TableAlignment::Center) => " class=\"center\"",
                    _ => "",
                };
                // An empty cell names nothing.
                let is_empty = cell.first_child().is_none();
                let (tag, scope) = match (is_header && !is_empty, at == 0 && names_rows && !is_empty) {
                    (true, _) => ("th", " scope=\"col\""),
                    (false, true) => ("th", " scope=\"row\""),
                    (false, false) => ("td", ""),
                };
                self.push(&format!("<{tag}{scope}{class}>"));
                self.inlines(cell);
                self.push(&format!("</{tag}>"));
            }
            self.push("</tr>\n");
            if is_header {
                self.push("</thead>\n");
            }
        }
        if is_in_body {
            self.push("</tbody>\n");
        }
        self.push("</table>\n");
    }

    fn inlines(&mut self, parent: &'a AstNode<'a>) {
        parent.children().for_each(|node| self.inline(node));
    }

    fn inline(&mut self, node: &'a AstNode<'a>) {
        match &node.data().value {
            NodeValue::Text(text) => self.text(text),
            NodeValue::SoftBreak => self.push("\n"),
            NodeValue::LineBreak => self.push("<br>\n"),
            NodeValue::Code(span) => {
                let code = escaped(&span.literal);
                self.push(&format!("<code>{code}</code>"));
            }
            NodeValue::Strong => self.wrapped("strong", "", node),
            NodeValue::Emph => self.wrapped("em", "", node),
            NodeValue::Link(target) => {
                self.wrapped("a", &format!(" href=\"{}\"", escaped(&target.url)), node);
            }
            NodeValue::FootnoteReference(reference) => self.reference(&reference.name),
            _ => self.inlines(node),
        }
    }

    fn wrapped(&mut self, tag: &str, attributes: &str, node: &'a AstNode<'a>) {
        self.push(&format!("<{tag}{attributes}>"));
        self.inlines(node);
        self.push(&format!("</{tag}>"));
    }

    /// Text, in which rows of dots are lines to write on: drawn, and not read aloud.
    fn text(&mut self, text: &str) {
        const LONG: usize = 50;
        for part in ruled::parts(text) {
            match part {
                Part::Words(words) => {
                    let words = escaped(words);
                    self.push(&words);
                }
                Part::Line(LONG..) => self.push("<span class=\"line long\" aria-hidden=\"true\"></span>"),
                Part::Line(_) => self.push("<span class=\"line\" aria-hidden=\"true\"></span>"),
            }
        }
    }

    fn reference(&mut self, name: &str) {
        let next = self.noted.len() + 1;
        let number = *self.noted.entry(name.to_owned()).or_insert(next);
        // Only the first reference has a name to come back to.
        let id = if next == number { format!(" id=\"ref-{number}\"") } else { String::new() };
        _ = write!(
            self.html,
            "<sup><a{id} href=\"#not-{number}\" aria-label=\"Not {number}\">{number}</a></sup>"
        );
    }

    fn footnotes(&mut self) {
        let mut written = 0;
        while written < self.noted.len() {
            if written == 0 {
                self.push("<section class=\"notes\" aria-label=\"Noter\">\n<ol>\n");
            }
            written += 1;
            let name =
                self.noted.iter().find(|(_, number)| **number == written).map(|(name, _)| name.clone());
            self.push(&format!("<li id=\"not-{written}\">"));
            if let Some(note) = name.and_then(|name| self.notes.get(&name).copied()) {
                self.blocks(note);
            }
            self.push(&format!("<a href=\"#ref-{written}\">Tillbaka till texten</a></li>\n"));
        }
        if written > 0 {
            self.push("</ol>\n</section>\n");
        }
    }
}

/// Text that can stand in an element or in an attribute within double quotes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}
