//! Who signs, and how their signatures stand.

use comrak::nodes::{AstNode, NodeValue};

use super::Directive;

/// One party: its heading, what stands below it, and who signs.
#[derive(Default)]
pub(in crate::documents) struct Party<'a> {
    pub(in crate::documents) heading: Option<&'a AstNode<'a>>,
    pub(in crate::documents) others: Vec<&'a AstNode<'a>>,
    pub(in crate::documents) signatures: Vec<&'a AstNode<'a>>,
}

/// What stands above the first party, and the parties.
pub(in crate::documents) fn parties<'a>(node: &'a AstNode<'a>) -> (Vec<&'a AstNode<'a>>, Vec<Party<'a>>) {
    let (mut above, mut parties) = (Vec::new(), Vec::<Party<'a>>::new());
    for child in node.children() {
        let begins = matches!(&child.data().value, NodeValue::Heading(heading) if heading.level > 2);
        if begins {
            parties.push(Party { heading: Some(child), ..Party::default() });
            continue;
        }
        let is_signature = Directive::of(child) == Some(Directive::Signature);
        match parties.last_mut() {
            Some(party) if is_signature => party.signatures.push(child),
            Some(party) => party.others.push(child),
            None if is_signature => {
                parties.push(Party { signatures: vec![child], ..Party::default() });
            }
            None => above.push(child),
        }
    }
    (above, parties)
}

/// Whether the parties stand beside each other: where each has one signatory, or words that it has signed. Otherwise the
/// signatures of each party stand so, below its name.
pub(in crate::documents) fn stand_beside(parties: &[Party<'_>]) -> bool {
    let is_paragraph = |node: &&AstNode<'_>| matches!(node.data().value, NodeValue::Paragraph);
    let has_signed = |party: &Party<'_>| party.signatures.is_empty() && party.others.iter().all(is_paragraph);
    let is_single = |party: &Party<'_>| party.signatures.len() == 1 && party.others.is_empty();
    parties.len() > 1
        && parties.iter().any(is_single)
        && parties.iter().all(|party| is_single(party) || has_signed(party))
}
