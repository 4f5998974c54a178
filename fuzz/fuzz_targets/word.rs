//! A Word template of the municipality's own: the first letter says which part of a sound one the rest replaces, or that the rest
//! is the whole file.

#![no_main]

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use iop::documents::{Format, Stationery};
use iop::register::Content;
use iop_fuzz::{BUILT_IN, adala, rendered};
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The parts of a sound Word file, by name: one that we have written ourselves.
static SOUND: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let (register, _) = adala(&[]);
    let document = &rendered(&register, &BUILT_IN)[0];
    let mut archive = ZipArchive::new(Cursor::new(Format::Docx.write(document, &BUILT_IN).unwrap())).unwrap();
    let numbers = 0..archive.len();
    let part = |number| {
        let mut file = archive.by_index(number).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    numbers.map(part).collect()
});

fn packed(number: usize, text: &[u8]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (position, (name, bytes)) in SOUND.iter().enumerate() {
        out.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        out.write_all(if position == number { text } else { bytes }).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fuzz_target!(|input: &[u8]| {
    let Some((first, rest)) = input.split_first() else { return };
    let number = usize::from(*first) % (SOUND.len() + 1);
    let template = if number == SOUND.len() { rest.to_vec() } else { packed(number, rest) };
    let (register, _) = adala(&[("templates/word/mall.docx", Content::Bytes(template.into()))]);
    let (stationery, faults) = Stationery::load(&register);
    if faults.is_empty() {
        for document in rendered(&register, &stationery) {
            // A template that is taken can be filled, and what comes of it is a Word file.
            let bytes = Format::Docx.write(&document, &stationery).unwrap();
            assert!(ZipArchive::new(Cursor::new(bytes)).unwrap().by_name("word/document.xml").is_ok());
        }
    }
});
