//! The parts of a page that Markdown has no words for.

use comrak::nodes::{AstNode, NodeValue};

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
