//! A font of the municipality's own, for the family Prov.

#![no_main]

use iop::documents::Stationery;
use iop::register::Content;
use iop_fuzz::{ADALA, adala, rendered, set, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let settings = format!("{}\n[pdf]\nfont = \"Prov\"\n", ADALA[5].1);
    let font = Content::Bytes(input.into());
    let (register, _) = adala(&[("iop.toml", text(&settings)), ("templates/fonts/x.otf", font)]);
    let (stationery, faults) = Stationery::load(&register);
    if faults.is_empty() {
        if let Some(document) = rendered(&register, &stationery).first() {
            set(&stationery, document);
        }
    }
});
