//! What is written first: a new register, a new agreement and its successor, and what is proposed of one. Pure functions from
//! answers to the texts of files; what nobody has said is open in them or left out.

mod agreement;
mod entry;
mod founding;
mod successor;

pub use agreement::NewAgreement;
pub use entry::{Added, Proposed, with_proposed};
pub use founding::{Ci, Founding, Profile, committee_key};
pub use successor::{Successor, successor};

/// A file to be written: its path from the register's folder, with `/`, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// The path.
    pub path: String,
    /// The text.
    pub text: String,
}

impl DraftFile {
    fn new(path: &str, text: impl Into<String>) -> Self {
        Self { path: path.to_owned(), text: text.into() }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::DraftFile;
    use crate::documents::Stationery;
    use crate::finding::Level;
    use crate::register::{InputFile, Register};
    use crate::rules::{Judging, judge};

    pub(super) fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The example of Ådala: its files, and the register that they make.
    pub(super) fn adala() -> (Vec<InputFile>, Register) {
        const FILES: [(&str, &str); 4] = [
            ("iop.toml", include_str!("../../examples/adala/iop.toml")),
            ("budget.toml", include_str!("../../examples/adala/budget.toml")),
            ("guidelines/adala-2019.toml", include_str!("../../examples/adala/guidelines/adala-2019.toml")),
            ("agreements/oppet-hus.toml", include_str!("../../examples/adala/agreements/oppet-hus.toml")),
        ];
        let files = FILES.map(|(file, text)| InputFile::text(file, text)).to_vec();
        let (register, findings) = Register::load(files.clone());
        assert_eq!(findings, []);
        (files, register)
    }

    /// What is found in a register with one more file that is graver than a note. What the law asks somebody to consider follows
    /// from the amount, and lacks nothing.
    pub(super) fn graver_than_notes(register: &[DraftFile], file: &str, text: &str) -> Vec<String> {
        let files = register.iter().filter(|one| one.text.starts_with("#:schema "));
        let files = files.map(|one| InputFile::text(&one.path, &one.text));
        let files: Vec<_> = files.chain([InputFile::text(file, text)]).collect();
        let (register, mut read) = Register::load(files);
        let (stationery, mut faults) = Stationery::load(&register);
        read.append(&mut faults);
        let judging = Judging { read, ..Judging::default() };
        let judgement = judge(&register, &stationery, judging, day("2026-11-22"));
        let graver = judgement.findings.into_iter();
        let graver = graver.filter(|one| one.level > Level::Note && !one.code.starts_with("IOP7"));
        graver.map(|one| format!("{} {} {}", one.code, one.place.path, one.message)).collect()
    }
}
