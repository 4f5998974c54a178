//! The signatures: in two columns, with lines to write on.

use comrak::nodes::AstNode;

use super::code::Writer;
use crate::documents::page::signing::{self, Party};

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
                self.party_head(party);
                self.push("}, {\n");
                party.signatures.iter().for_each(|signature| self.block_of_its_own(signature));
                self.push("}), ");
            }
            self.push(")\n");
        } else {
            for party in &parties {
                self.push("party({\n");
                self.party_head(party);
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

    fn party_head(&mut self, party: &Party<'a>) {
        party.heading.iter().chain(&party.others).for_each(|node| self.block_of_its_own(node));
    }
}
