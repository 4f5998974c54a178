//! What the parties call their document and the municipality its memos, in the forms that sentences need.

use indexmap::IndexMap;
use minijinja::Value;

use crate::agreement::{Agreement, DocumentWord};
use crate::settings::MemoWord;

/// Values by name, as templates see them.
pub(super) fn object(entries: IndexMap<&str, Value>) -> Value {
    Value::from_pairs(entries)
}

/// What the parties call their document, in the definite form.
pub(super) fn definite(word: DocumentWord) -> &'static str {
    match word {
        DocumentWord::Overenskommelse => "överenskommelsen",
        DocumentWord::Avtal => "avtalet",
    }
}

/// The forms of what the parties call their document.
pub(super) fn words(agreement: &Agreement) -> Value {
    let word = agreement.document_word;
    let partnership = agreement.partnership.as_deref().unwrap_or("idéburet offentligt partnerskap");
    let forms = match word {
        DocumentWord::Overenskommelse => [
            ("a", "en överenskommelse"),
            ("original", "den ursprungliga överenskommelsen"),
            ("bare", "överenskommelse"),
            ("plural", "överenskommelser"),
            ("the", definite(word)),
            ("this", "denna överenskommelse"),
            ("it", "den"),
            ("extended", "förlängd"),
            ("terminated", "uppsagd"),
            ("rescinded", "hävd"),
            ("undersigned", "undertecknad"),
            ("drawn_up", "upprättad"),
        ],
        DocumentWord::Avtal => [
            ("a", "ett avtal"),
            ("original", "det ursprungliga avtalet"),
            ("bare", "avtal"),
            ("plural", "avtal"),
            ("the", definite(word)),
            ("this", "detta avtal"),
            ("it", "det"),
            ("extended", "förlängt"),
            ("terminated", "uppsagt"),
            ("rescinded", "hävt"),
            ("undersigned", "undertecknat"),
            ("drawn_up", "upprättat"),
        ],
    };
    // What is called otherwise is no partnership in the text either.
    let cooperation = if agreement.partnership.is_some() { "samarbetet" } else { "partnerskapet" };
    Value::from_pairs(forms.into_iter().chain([("partnership", partnership), ("cooperation", cooperation)]))
}

/// The forms of what the municipality calls its memos.
pub(super) fn memo_words(word: MemoWord) -> Value {
    let forms = match word {
        MemoWord::Tjansteskrivelse => [("the", "tjänsteskrivelsen"), ("this", "denna skrivelse")],
        MemoWord::Tjansteutlatande => [("the", "tjänsteutlåtandet"), ("this", "detta utlåtande")],
    };
    Value::from_pairs([("bare", word.label())].into_iter().chain(forms))
}
