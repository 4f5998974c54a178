//! A logotype: the first byte says of which kind, the rest is the picture.

#![no_main]

use iop::documents::Stationery;
use iop::register::Content;
use iop_fuzz::{ADALA, adala, rendered, set, text};
use libfuzzer_sys::fuzz_target;

const ENDINGS: [&str; 3] = ["svg", "png", "jpg"];

fuzz_target!(|input: &[u8]| {
    let Some((first, picture)) = input.split_first() else { return };
    let name = format!("x.{}", ENDINGS[usize::from(*first) % ENDINGS.len()]);
    let settings = format!("{}\n[pdf]\nlogotype = {{ file = \"{name}\", text = \"x\" }}\n", ADALA[5].1);
    let (register, _) = adala(&[
        ("iop.toml", text(&settings)),
        (&format!("templates/pictures/{name}"), Content::Bytes(picture.into())),
    ]);
    let (stationery, faults) = Stationery::load(&register);
    if faults.is_empty() {
        if let Some(document) = rendered(&register, &stationery).first() {
            // A picture that is taken can be set.
            assert!(set(&stationery, document));
        }
    }
});
