//! A text of an agreement on a page: as Typst code, and as PDF.

#![no_main]

use iop_fuzz::{AGREEMENT, BUILT_IN, adala, agreement_with, rendered, set, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let (register, _) = adala(&[(AGREEMENT, text(&agreement_with(input)))]);
    for document in rendered(&register, &BUILT_IN) {
        set(&BUILT_IN, &document);
    }
});
