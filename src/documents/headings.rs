//! The headings of documents: the municipality's own where `iop.toml` has them.

use indexmap::IndexMap;

use super::Templates;
use crate::agreement::Agreement;
use crate::register::Register;
use crate::vocabulary;

vocabulary! {
    /// A part of a memo with a heading of its own. The Swedish name is the usual heading.
    pub enum MemoSection ("Avsnitt i skrivelsen") {
        /// What the committee is asked to decide.
        Proposal = "proposal", "Förslag till beslut";
        /// The summary.
        Summary = "summary", "Sammanfattning";
        /// The documents behind the decision.
        Basis = "basis", "Underlag för beslutet";
        /// The matter.
        Matter = "matter", "Ärendet";
        /// What the parties are to agree.
        Draft = "draft", "Förslag om överenskommelse";
        /// The administration's reasons.
        Presentation = "presentation", "Föredragning";
        /// How the case was prepared.
        Preparation = "preparation", "Beredning";
        /// The best interests of the child.
        ChildsBest = "childs-best", "Barnets bästa";
        /// The agreement that is to be changed, and what has been decided on it.
        CurrentAgreement = "current-agreement", "Nuvarande avtal och beslut";
        /// What has come of the goals.
        Results = "results", "Resultat mot målen";
        /// Why, and what could be done instead.
        Reasons = "reasons", "Skäl och alternativ";
        /// How the law looks on it.
        LegalAssessment = "legal-assessment", "Rättslig bedömning";
        /// What a change costs, and whether the frame holds it.
        EconomyAndFrame = "economy-and-frame", "Ekonomi mot ramen";
        /// What it costs.
        EconomicConsequences = "economic-consequences", "Ekonomiska konsekvenser";
        /// To whom the decision goes.
        Distribution = "distribution", "Beslutet skickas till";
    }
}

/// The words that can stand in `documents.heading`: the parts of the memo, and the standard clauses.
pub fn names(templates: &Templates) -> impl Iterator<Item = &str> {
    MemoSection::ALL.iter().map(|section| section.word()).chain(templates.clause_keys())
}

/// The heading of each part of the memo and each standard clause, by name. The draft is called what the parties call
/// their document.
pub(super) fn all<'a>(
    register: &'a Register,
    templates: &'a Templates,
    agreement_word: &str,
) -> IndexMap<&'a str, String> {
    let memo = MemoSection::ALL.iter().map(|section| match section {
        MemoSection::Draft => (section.word(), format!("Förslag om {agreement_word}")),
        section => (section.word(), section.label().to_owned()),
    });
    let clauses = templates.clauses().map(|(key, clause)| (key, clause.heading.clone()));
    let own = register.settings.iter().flat_map(|entry| &entry.data.documents.heading);
    memo.chain(clauses).chain(own.map(|(name, heading)| (name.as_str(), heading.clone()))).collect()
}

/// The heading under which a document of this agreement tells of what a standard clause of this name tells: the agreement's
/// own, the municipality's own, or the usual one.
#[must_use]
pub fn clause_heading(
    register: &Register,
    templates: &Templates,
    agreement: &Agreement,
    clause: &str,
) -> Option<String> {
    let own = agreement.clause.get(clause).and_then(|clause| clause.heading.clone());
    let settings = register.settings.as_ref();
    own.or_else(|| settings?.data.documents.heading.get(clause).cloned())
        .or_else(|| Some(templates.clause(clause)?.heading.clone()))
}
