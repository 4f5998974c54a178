//! How long the steps from files to documents take, on the agreement of Lund with RSMH: `cargo bench`. What other
//! tools need for the same Markdown is measured by `compare.py` beside this file.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark fails loudly")]

use std::path::Path;

use divan::{Bencher, black_box};
use iop::documents::{Document, RenderOptions, Stationery, Subject, render};
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
    RenderOptions { is_final: false, as_of: "2026-11-22".parse().unwrap(), tells_facts: false }
}

/// The agreement with RSMH as text.
fn agreement(register: &Register, stationery: &Stationery) -> Document {
    let kind = stationery.templates.kind("avtal").unwrap();
    let subject = Subject::Agreement(&register.agreements["rsmh-lund-2021"]);
    render(kind, &subject, register, stationery, options()).unwrap()
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
    bencher.bench(|| agreement(&register, &stationery));
}

#[cfg(feature = "pdf")]
#[divan::bench]
fn one_document_as_pdf_again(bencher: Bencher<'_, '_>) {
    let (register, _) = Register::load(files());
    let (stationery, _) = Stationery::load(&register);
    let document = agreement(&register, &stationery);
    bencher.bench(|| stationery.press.set(&document).unwrap());
}
