//! How long the steps from files to documents take, on the agreement of Lund with RSMH: `cargo bench`. What other
//! tools need for the same Markdown is measured by `compare.py` beside this file.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark fails loudly")]

use std::path::Path;

use divan::{Bencher, black_box};
use iop::documents::{DocumentKind, RenderOptions, Stationery, render};
use iop::register::{InputFile, Register, disk};
use iop::rules::{Judging, judge};
use rayon::prelude::*;

fn main() {
    divan::main();
}

fn files() -> Vec<InputFile> {
    disk::read(Path::new(env!("CARGO_MANIFEST_DIR"))).collect()
}

fn options() -> RenderOptions {
    RenderOptions { is_final: false, as_of: "2026-11-22".parse().unwrap() }
}

#[divan::bench]
fn read_the_register(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(files).bench_values(|files| Register::load(black_box(files)));
}

#[divan::bench]
fn check_the_register(bencher: Bencher<'_, '_>) {
    let (register, _) = Register::load(files());
    let (stationery, _) = Stationery::load(&register);
    bencher.bench(|| judge(&register, &stationery, Judging::default(), options().as_of));
}

#[divan::bench]
fn one_document_as_markdown(bencher: Bencher<'_, '_>) {
    let (register, _) = Register::load(files());
    let (stationery, _) = Stationery::load(&register);
    let entry = &register.agreements["rsmh-lund-2021"];
    bencher.bench(|| render(DocumentKind::Avtal, &register, entry, &stationery, options()).unwrap());
}

#[cfg(feature = "pdf")]
#[divan::bench]
fn one_document_as_pdf_again(bencher: Bencher<'_, '_>) {
    let (register, _) = Register::load(files());
    let (stationery, _) = Stationery::load(&register);
    let entry = &register.agreements["rsmh-lund-2021"];
    let document = render(DocumentKind::Avtal, &register, entry, &stationery, options()).unwrap();
    bencher.bench(|| stationery.press.set(DocumentKind::Avtal, &document, entry, options().as_of).unwrap());
}
