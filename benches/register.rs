//! How long a large register takes, step by step, against only parsing its files with the toml crate on the same cores.
//!
//! usage: iop demo DIR --agreements 10000 && cargo bench --bench register --no-default-features -- DIR
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use iop::documents::Stationery;
use iop::register::{Content, InputFile, Register, disk};
use iop::rules::{Judging, judge};
use rayon::prelude::*;

/// The allocator of the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The least of several runs: what else the machine does only adds.
const RUNS: usize = 5;

fn least<T>(mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut timed = || {
        let start = Instant::now();
        let result = work();
        (start.elapsed(), result)
    };
    let mut best = timed();
    for _ in 1..RUNS {
        let next = timed();
        if next.0 < best.0 {
            best = next;
        }
    }
    best
}

fn main() {
    // cargo passes `--bench`.
    let Some(folder) =
        std::env::args().skip(1).find(|argument| !argument.starts_with('-')).map(PathBuf::from)
    else {
        println!("usage: cargo bench --bench register -- DIR");
        return;
    };
    let (reading, files) = least(|| disk::read(&folder).collect::<Vec<_>>());
    let texts: Vec<&str> = files
        .iter()
        .filter_map(|file| match &file.content {
            Content::Text(text) => Some(&**text),
            _ => None,
        })
        .collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let (parsing, _) =
        least(|| texts.par_iter().filter(|text| toml::from_str::<toml::Table>(text).is_ok()).count());
    // Copied beforehand: the program itself reads each file once and keeps it.
    let mut copies: Vec<Vec<InputFile>> = (0..RUNS).map(|_| files.clone()).collect();
    let (loading, (register, found)) = least(|| Register::load(copies.pop().unwrap_or_default()));
    let (stationery, _) = Stationery::load(&register);
    let as_of = "2026-06-30".parse().unwrap();
    let options = || Judging { read: found.clone(), ..Judging::default() };
    let (judging, _) = least(|| judge(&register, &stationery, options(), as_of));

    let agreements = register.agreement_files();
    println!("{agreements} agreements, {} files, {} MB", files.len(), bytes / 1_000_000);
    for (step, time) in [
        ("reading the files", reading),
        ("toml crate only", parsing),
        ("reading into types", loading),
        ("judging", judging),
    ] {
        println!("{step:>20}: {:6.3} s", time.as_secs_f64());
    }
    let ours = loading + judging;
    println!("{:>20}: {:6.2}", "ratio without reading", ours.as_secs_f64() / parsing.as_secs_f64());
    println!(
        "{:>20}: {:6.2}",
        "ratio with reading",
        (reading + ours).as_secs_f64() / (reading + parsing).as_secs_f64()
    );
}
