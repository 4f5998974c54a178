//! A template of the municipality's own: the first letter says which, the rest is its text.

#![no_main]

use iop::documents::Stationery;
use iop_fuzz::{adala, rendered, text};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 4] = [
    "templates/clauses/relation.md",
    "templates/clauses/economy.md",
    "templates/documents/avtal.md",
    "templates/documents/tjansteskrivelse.md",
];

fuzz_target!(|input: &str| {
    let Some(first) = input.chars().next() else { return };
    let name = NAMES[u32::from(first) as usize % NAMES.len()];
    let (register, _) = adala(&[(name, text(&input[first.len_utf8()..]))]);
    let (stationery, _) = Stationery::load(&register);
    for document in rendered(&register, &stationery) {
        if let Some(mark) = document.meta.status {
            assert!(document.markdown.contains(mark.word()), "{}", document.markdown);
        }
    }
});
