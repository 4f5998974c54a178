//! What `iop` writes is read again: the same words in the same order from every format, and what the file says of its parts.

use std::fs;
use std::path::{Path, PathBuf};

use iop::paper::{self, Block, BlockKind, Paper};

use crate::common::{TODAY, repository, run_in};

fn read(file: &Path) -> Paper {
    let bytes = paper::bytes(file).unwrap();
    paper::read(&file.display().to_string(), &bytes).unwrap()
}

/// What an agreement says up to the signatures, which each format sets in its own way. Notes stand at the end in some.
fn agreed(paper: &Paper) -> impl Iterator<Item = &Block> {
    let is_end = |block: &&Block| block.text == "Underskrifter" || block.kind == BlockKind::HeaderFooter;
    paper
        .blocks
        .iter()
        .take_while(move |block| !is_end(block))
        .filter(|block| block.kind != BlockKind::Footnote)
}

fn words(paper: &Paper) -> Vec<&str> {
    // A line to write on is no word.
    let is_word = |word: &&str| word.chars().any(|letter| letter != '…');
    agreed(paper).flat_map(|block| block.text.split_whitespace()).filter(is_word).collect()
}

/// The headings that the file says are such.
fn headings(paper: &Paper) -> Vec<(u8, &str)> {
    let level = |block: &Block| match block.kind {
        BlockKind::Heading { level, guessed: false } => Some(level),
        _ => None,
    };
    agreed(paper).filter_map(|block| Some((level(block)?, block.text.as_str()))).collect()
}

/// Every kind of document.
const KINDS: &str = "avtal,tillaggsavtal,tjansteskrivelse,tjansteskrivelse-andring,tjansteskrivelse-avslut";

/// All documents of a register in some formats: those in Markdown, and each again in the others.
fn written(register: &Path, out: &Path, formats: &str) -> Vec<PathBuf> {
    let out = out.display().to_string();
    let run = run_in(
        register,
        &["render", "--as-of", TODAY, "--document", KINDS, "--format", formats, "--out", &out],
    );
    assert!(run.code <= 1, "{run:?}");
    let folders =
        fs::read_dir(out).unwrap().map(|folder| folder.unwrap().path()).filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|ending| ending == "md")).collect()
}

#[test]
fn every_format_gives_the_same_words() {
    let mut formats = vec!["docx", "html"];
    if cfg!(feature = "pdf") {
        formats.push("pdf");
    }
    let mut compared = 0;
    for register in
        ["", "examples/adala", "examples/bergsjo", "examples/havsnas", "examples/klovby", "examples/vretby"]
    {
        let out = tempfile::tempdir().unwrap();
        for file in written(&repository().join(register), out.path(), &format!("md,{}", formats.join(","))) {
            let plain = read(&file);
            assert!(words(&plain).len() > 100, "{}", file.display());
            for format in &formats {
                let other = read(&file.with_extension(format));
                assert_eq!(words(&other), words(&plain), "{} in {format}", file.display());
                assert_eq!(headings(&other), headings(&plain), "{} in {format}", file.display());
                compared += 1;
            }
        }
    }
    assert!(compared > 60, "{compared}");
}

#[test]
fn word_files_name_their_facts() {
    let out = tempfile::tempdir().unwrap();
    let files = written(&repository(), out.path(), "md,docx");
    let file = files.iter().find(|file| file.ends_with("po-skane-2023/avtal.md")).unwrap();
    let paper = read(&file.with_extension("docx"));
    let mut fields = paper.blocks.iter().flat_map(|block| &block.fields);
    let number = fields.find(|field| field.name == "case.registry_number").unwrap();
    assert_eq!(number.text, "SO 2022/0229");
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_is_read_in_a_process_of_its_own_within_bounds() {
    use std::time::Duration;

    use iop::paper::apart::{self, Bounds};

    let out = tempfile::tempdir().unwrap();
    let files = written(&repository().join("examples/adala"), out.path(), "md,pdf");
    let file = files.first().unwrap().with_extension("pdf");
    let bytes = paper::bytes(&file).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_iop"));
    let within = |bounds| apart::read("avtal.docx", &bytes, program, bounds);
    let whole = within(Bounds::default()).unwrap();
    assert_eq!(whole.blocks, read(&file).blocks);
    assert!(whole.told.iter().any(|note| note.to_string().contains(".docx")), "{:?}", whole.told);
    let little = within(Bounds { memory: 1_000, ..Bounds::default() }).unwrap_err();
    assert!(little.problem.contains("minne"), "{little}");
    let short = within(Bounds { time: Duration::ZERO, ..Bounds::default() }).unwrap_err();
    assert!(short.problem.contains("sekunder"), "{short}");
}
