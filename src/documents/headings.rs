//! The headings of documents: the municipality's own where `iop.toml` has them.

use indexmap::IndexMap;

use super::Templates;
use crate::agreement::{Agreement, Cause, Exit, Means};
use crate::register::Register;
use crate::text;
use crate::vocabulary;
use crate::vocabulary::Known;

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
    agreement: &Agreement,
) -> IndexMap<&'a str, String> {
    let memo = MemoSection::ALL.iter().map(|section| match section {
        MemoSection::Draft => (section.word(), format!("Förslag om {}", agreement.document_word.label())),
        section => (section.word(), section.label().to_owned()),
    });
    let clauses = templates.clauses().map(|(key, clause)| (key, promised(key, &clause.heading, agreement)));
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
        .or_else(|| Some(promised(clause, &templates.clause(clause)?.heading, agreement)))
}

/// A standard clause's heading, which promises only what follows: the one of the ways out, a list of them, without those that the
/// agreement does not have; the one of the annexes, as many as there are.
fn promised(clause: &str, heading: &str, agreement: &Agreement) -> String {
    if clause == "annexes" {
        let attached = agreement.annex.values().filter(|annex| annex.attached.known() == Some(&true)).count();
        return match (attached, agreement.annex.len()) {
            (1, 1) => "Bilaga".to_owned(),
            (attached, all) if attached == all => "Bilagor".to_owned(),
            _ => heading.to_owned(),
        };
    }
    let has = |word: &str| {
        let is = |exit: &Exit| match (word, exit.means) {
            ("ändring", Means::Dialogue) => !exit.cause.contains(&Cause::Dispute),
            ("ändring", Means::Renegotiation)
            | ("uppsägning", Means::Notice | Means::Immediate)
            | ("hävning", Means::Rescission) => true,
            ("tvist", means) => means == Means::Court || exit.cause.contains(&Cause::Dispute),
            _ => false,
        };
        agreement.stated_exits().any(|(_, exit)| is(exit))
    };
    let usual = ["ändring", "uppsägning", "hävning", "tvist"];
    let listed = text::uncapitalised(heading).replace(" och ", ", ");
    let words: Vec<&str> = listed.split(", ").collect();
    let here: Vec<&str> = words.iter().copied().filter(|word| has(word)).collect();
    let is_list = clause == "exit" && words.iter().all(|word| usual.contains(word));
    // What stands in a text of its own, nobody has listed.
    let is_own = agreement.clause.get(clause).is_some_and(|own| own.text.is_some() || own.addition.is_some());
    if is_list && !is_own && !here.is_empty() {
        text::capitalised(&text::list(&here))
    } else {
        heading.to_owned()
    }
}
