//! The signatures: in two columns, with lines to write on.

use comrak::nodes::AstNode;

use super::code::Writer;
use crate::documents::page::signing;

impl<'a> Writer<'a, '_> {
    /// All signatures. Parties with one signatory each stand beside each other; otherwise those of each party below its
    /// name.
    pub(super) fn signatures(&mut self, node: &'a AstNode<'a>) {
        let (above, parties) = signing::parties(node);
        self.push("signatures({\n");
        for node in above {
            self.block_of_its_own(node);
        }
        if signing::stand_beside(&parties) {
            self.push("parties-beside(");
            for party in &parties {
                self.push("({\n");
                party.heading.iter().for_each(|node| self.block_of_its_own(node));
                self.push("}, {\n");
                party.others.iter().chain(&party.signatures).for_each(|node| self.block_of_its_own(node));
                self.push("}), ");
            }
            self.push(")\n");
        } else {
            for party in &parties {
                self.push("party({\n");
                party.heading.iter().chain(&party.others).for_each(|node| self.block_of_its_own(node));
                if !party.signatures.is_empty() {
                    self.push("beside(");
                    for signature in &party.signatures {
                        self.block(signature);
                        self.push(", ");
                    }
                    self.push(")\n");
                }
                self.push("})\n");
            }
        }
        self.push("})");
    }
}
