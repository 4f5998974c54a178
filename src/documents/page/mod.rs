//! What a page is made of, the same for all writers: the parts that Markdown has no words for, and what stands together.

pub(super) mod columns;
pub(super) mod kronor;
pub(super) mod ruled;
pub(super) mod signing;

use comrak::nodes::{AstNode, NodeValue, TableAlignment};

/// What a part of a page is: a template says so with a directive, `::: signature` … `:::`. Every writer takes its meaning from
/// here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Directive {
    /// The mark of what is not the final document.
    Mark,
    /// What stands before a memo's title, in two columns.
    Head,
    /// The lines below a title.
    Subtitle,
    /// Everything that is to be signed; each party begins with a heading.
    Signatures,
    /// Where one person signs.
    Signature,
    /// Who signs a memo.
    Signer,
}

impl Directive {
    const ALL: [(&'static str, Self); 6] = [
        ("mark", Self::Mark),
        ("head", Self::Head),
        ("subtitle", Self::Subtitle),
        ("signatures", Self::Signatures),
        ("signature", Self::Signature),
        ("signer", Self::Signer),
    ];

    /// What the node is, where a directive says so. One of another name is a part of the text like any other.
    pub(super) fn of(node: &AstNode<'_>) -> Option<Self> {
        let NodeValue::BlockDirective(directive) = &node.data().value else { return None };
        Self::ALL.iter().find_map(|(name, one)| (directive.info.trim() == *name).then_some(*one))
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find_map(|(name, one)| (*one == self).then_some(*name)).unwrap_or_default()
    }
}

/// How many letters a node holds.
pub(super) fn letters<'a>(node: &'a AstNode<'a>) -> usize {
    node.descendants()
        .map(|node| match &node.data().value {
            NodeValue::Text(text) => text.chars().count(),
            NodeValue::Code(span) => span.literal.chars().count(),
            _ => 1,
        })
        .sum()
}

/// Whether a list is so short that it stays on one page.
pub(super) fn is_short_list<'a>(list: &'a AstNode<'a>) -> bool {
    const MOST_ITEMS: usize = 4;
    const MOST_LETTERS: usize = 500;
    list.children().count() <= MOST_ITEMS && letters(list) < MOST_LETTERS
}

/// Whether a paragraph leads into what stands after it, and must stand with it.
pub(super) fn leads<'a>(node: &'a AstNode<'a>) -> bool {
    let is_among_signatures =
        || node.parent().is_some_and(|parent| Directive::of(parent) == Some(Directive::Signatures));
    matches!(node.data().value, NodeValue::Paragraph)
        && node.next_sibling().is_some_and(|next| match next.data().value {
            NodeValue::List(_) | NodeValue::Table(_) | NodeValue::CodeBlock(_) => true,
            NodeValue::BlockDirective(_) => {
                matches!(Directive::of(next), Some(Directive::Signature | Directive::Signer))
            }
            NodeValue::Heading(_) => is_among_signatures(),
            _ => false,
        })
}

/// Whether a part of the text stands on the page of what is below it: of the signatures, so that a page never holds them alone,
/// of the last lines of a document, and of a line that ends a section.
pub(super) fn stands_with_next<'a>(node: &'a AstNode<'a>) -> bool {
    const MOST_LETTERS: usize = 700;
    matches!(node.data().value, NodeValue::Paragraph | NodeValue::List(_) | NodeValue::Table(_))
        && letters(node) < MOST_LETTERS
        && (node.next_sibling().and_then(Directive::of) == Some(Directive::Signatures)
            || precedes_last_lines(node))
}

/// Whether no more than some three lines come after a part of the text, or one before the next heading.
fn precedes_last_lines<'a>(node: &'a AstNode<'a>) -> bool {
    const LINE: usize = 80;
    let is_outermost = node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Document));
    let mut after = 0;
    for next in node.following_siblings().skip(1).take_while(|_| is_outermost) {
        match next.data().value {
            NodeValue::Heading(_) => return (1..=LINE).contains(&after),
            // Notes stand where they are referred to, and come last here.
            NodeValue::FootnoteDefinition(_) => break,
            _ => after += letters(next),
        }
        if after > 3 * LINE || Directive::of(next).is_some() {
            return false;
        }
    }
    after > 0
}

/// Whether the first column of a table names its rows, where it holds words: a reader who listens hears it before each
/// figure.
pub(super) fn names_rows(alignments: &[TableAlignment]) -> bool {
    match alignments {
        [first, others @ ..] => *first != TableAlignment::Right && others.contains(&TableAlignment::Right),
        [] => false,
    }
}
