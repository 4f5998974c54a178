//! Any file of a register: the first letter says which, the rest is its text.

#![no_main]

use iop_fuzz::{ADALA, RECORDS, adala, text, told};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let Some(first) = input.chars().next() else { return };
    let index = u32::from(first) as usize % (ADALA.len() + 1);
    let file = ADALA.get(index).map_or(RECORDS, |(file, _)| file);
    let (register, read) = adala(&[(file, text(&input[first.len_utf8()..]))]);
    told(&register, &read);
});
