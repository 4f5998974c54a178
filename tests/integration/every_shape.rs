//! Agreements of every shape that the format allows: all keys filled, every choice of every word, everything open,
//! and nothing but what is required. Whatever the shape, both documents are written.

use crate::common::{Lund, TODAY, plain};
use crate::made_up::{Fill, agreement, schema};

/// Renders a made-up agreement and returns both documents.
fn documents(fill: Fill) -> (String, String) {
    let agreement = agreement(fill);
    let lund = Lund::copy();
    lund.write("agreements/a.toml", toml::to_string(&agreement).unwrap());
    let run = lund.run(&["render", "a", "--format", "md", "--as-of", TODAY]);
    assert!(!run.output.contains("skrevs inte"), "{}", run.output);
    assert!(
        !run.output.contains("går inte att läsa"),
        "{}\n{}",
        run.output,
        lund.run(&["validate", "agreements/a.toml"]).output
    );
    (plain(&lund.read("build/a/avtal.md")), plain(&lund.read("build/a/tjansteskrivelse.md")))
}

#[test]
fn every_key_and_every_choice_of_words_can_be_rendered() {
    let most_words = schema().to_string().matches("\"x-titles\"").count().min(12);
    for number in 0..most_words {
        let (agreement, memo) = documents(Fill::All(number));
        for document in [agreement, memo] {
            assert!(!document.contains("ej angivet"), "nothing is open: {document}");
            assert!(!document.contains("not-stated"), "{document}");
        }
    }
}

#[test]
fn an_agreement_with_everything_open_says_so_in_both_documents() {
    let (agreement, memo) = documents(Fill::Open);
    for document in [&agreement, &memo] {
        assert!(document.contains("ej angivet]**"));
        assert!(!document.contains("not-stated"), "{document}");
    }
    let open = "gäller från och med den **[Start: ej angivet]** och tills vidare";
    assert!(agreement.contains(open), "{agreement}");
}

#[test]
fn an_agreement_with_only_what_is_required_can_be_rendered() {
    let (agreement, memo) = documents(Fill::Least);
    assert!(agreement.contains("Diarienummer: **[ej angivet]**"), "{agreement}");
    assert!(agreement.contains("till och med den **[Slut: ej angivet]**"), "{agreement}");
    assert!(memo.contains("Handläggare: **[ej angivet]**"), "{memo}");
}
