//! An invented municipality with as many partnerships as are asked for, and faults in some of them that are known in
//! advance: to try the program on, to test it and to measure it.
//!
//! The same number, seed and version of the program give the same bytes. Each agreement follows from seed and index
//! alone, so that they can be made on all cores and written one by one.

mod agreement;
mod amounts;
mod budget;
mod case;
mod days;
mod draw;
mod faults;
mod layout;
mod life;
mod organisation;
mod outline;
mod payments;
mod records;
mod series;
mod stock;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::register::{InputFile, Register};

pub use budget::Commitments;
pub use days::AS_OF;

use faults::{Draft, Fault};
use layout::Style;
use outline::Outline;

/// A file of the register: its path from the register's folder, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoFile {
    /// The path, with `/`.
    pub path: String,
    /// The text.
    pub text: String,
}

/// A finding that the register is made to cause.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Planted {
    /// The agreement, by id; none where the fault is the register's.
    pub agreement: Option<String>,
    /// The file of the finding.
    pub file: String,
    /// Its code.
    pub code: &'static str,
    /// Its key path.
    pub path: String,
    /// What has been done, in Swedish.
    pub what: &'static str,
}

/// One agreement with all that belongs to it.
#[derive(Debug)]
pub struct Made {
    /// Its files.
    pub files: Vec<DemoFile>,
    /// The findings that it causes.
    pub planted: Vec<Planted>,
    /// What it promises of each budget line and year.
    pub commitments: Commitments,
}

/// The files that every register has as they are.
const FIXED: [(&str, &str); 8] = [
    ("iop.toml", include_str!("../../assets/demo/register/iop.toml")),
    ("guidelines/granvik-2019.toml", include_str!("../../assets/demo/register/guidelines/granvik-2019.toml")),
    ("guidelines/granvik-2023.toml", include_str!("../../assets/demo/register/guidelines/granvik-2023.toml")),
    (
        "guidelines/granvik-samverkan-2019.toml",
        include_str!("../../assets/demo/register/guidelines/granvik-samverkan-2019.toml"),
    ),
    (
        "indexes/granvik-omsorgsprisindex.toml",
        include_str!("../../assets/demo/register/indexes/granvik-omsorgsprisindex.toml"),
    ),
    (
        "indexes/granvik-priskompensation.toml",
        include_str!("../../assets/demo/register/indexes/granvik-priskompensation.toml"),
    ),
    (
        "indexes/granvik-prisniva.toml",
        include_str!("../../assets/demo/register/indexes/granvik-prisniva.toml"),
    ),
    (
        "meetings/granvik-social-2026.toml",
        include_str!("../../assets/demo/register/meetings/granvik-social-2026.toml"),
    ),
];

/// The plan of a register.
pub struct Demo {
    agreements: usize,
    seed: u64,
    faults: BTreeMap<usize, &'static Fault>,
    /// Settings, guidelines and price series, without any agreement.
    shared: Register,
}

impl Demo {
    /// The most agreements that a register may have.
    pub const MOST: u32 = 100_000;

    /// The plan of a register with so many agreements.
    #[must_use]
    pub fn new(agreements: u32, seed: u64) -> Self {
        let agreements = usize::try_from(agreements.min(Self::MOST)).unwrap_or_default();
        let files = FIXED.map(|(path, text)| InputFile::text(path, text));
        // A test reads what is written: these files have no faults.
        let (shared, _) = Register::load(files);
        Self { agreements, seed, faults: faults::assign(agreements, seed), shared }
    }

    /// How many agreements there are.
    #[must_use]
    pub fn agreements(&self) -> usize {
        self.agreements
    }

    /// The codes of the faults that agreements can have, in order; a register of 200 has them all.
    pub fn kinds() -> impl Iterator<Item = &'static str> {
        faults::kinds().map(|fault| fault.code)
    }

    /// Agreement `index`, from 0.
    #[must_use]
    pub fn make(&self, index: usize) -> Made {
        let fault = self.faults.get(&index);
        let mut outline = Outline::draw(self.seed, index);
        if let Some(reshape) = fault.and_then(|fault| fault.reshape) {
            reshape(&mut outline);
        }
        let case = outline.settle();
        let agreement = agreement::agreement(&case);
        let records = records::records(&case, &agreement);
        let mut draft = Draft { case: &case, agreement, records, replacements: Vec::new() };
        self.pay(&mut draft, index);
        let file = format!("agreements/{}.toml", case.id);
        let mut planted = Vec::new();
        if let Some(fault) = fault {
            let before = draft.agreement.clone();
            let found = (fault.plant)(&mut draft);
            // What has been paid is what the agreement says, also after a fault in it.
            if draft.agreement != before {
                self.pay(&mut draft, index);
            }
            for found in found {
                let folder = if found.in_records { "records" } else { "agreements" };
                planted.push(Planted {
                    agreement: Some(case.id.clone()),
                    file: format!("{folder}/{}.toml", case.id),
                    code: found.code.unwrap_or(fault.code),
                    path: found.path,
                    what: fault.what,
                });
            }
        }
        let style = Style { compact: index % 3 != 1, headings: index.is_multiple_of(2) };
        let mut text = layout::file("#:schema ../schema/agreement.v1.json\n", &draft.agreement, style);
        for (from, to) in &draft.replacements {
            text = text.replacen(from, to, 1);
        }
        let mut files = vec![DemoFile { path: file, text }];
        if let Some(records) = &draft.records {
            let text = layout::file("#:schema ../schema/records.v1.json\n", records, style);
            files.push(DemoFile { path: format!("records/{}.toml", case.id), text });
        }
        // A file that cannot be read promises nothing to the register.
        let is_read = fault.is_none_or(|fault| !fault.hides_the_file);
        let alone =
            payments::alone(&self.shared, &draft.agreement, draft.records.as_ref()).filter(|_| is_read);
        let commitments = alone.map(|alone| payments::commitments(&alone)).unwrap_or_default();
        Made { files, planted, commitments }
    }

    /// Writes down what has been taken off, invoiced and paid.
    fn pay(&self, draft: &mut Draft<'_>, style: usize) {
        let Some(Value::Object(records)) = &mut draft.records else { return };
        // A payment is for the payout that the agreement says, not for what is left of it.
        for table in ["payment", "invoice", "deduction"] {
            records.remove(table);
        }
        let alone = |records: &Map<String, Value>| {
            payments::alone(&self.shared, &draft.agreement, Some(&Value::Object(records.clone())))
        };
        let Some(known) = alone(records) else { return };
        if let Some((reduction, decided)) = payments::reduction(&known).filter(|_| style % 9 == 4) {
            records.insert("deduction".to_owned(), json!({ "sen-rapport": reduction }));
            if let Some(Value::Object(decisions)) = records.get_mut("decision") {
                decisions.insert("nedsattning".to_owned(), records::decision(draft.case, "amount", decided));
            }
        }
        let Some(known) = alone(records) else { return };
        let payments::Paid { payments, invoices } = payments::paid(&known, style);
        for (table, rows) in [("invoice", invoices), ("payment", payments)] {
            if !rows.is_empty() {
                records.insert(table.to_owned(), rows.into());
            }
        }
    }

    /// The files that all agreements share, with frames for what they promise together.
    #[must_use]
    pub fn shared(&self, commitments: &Commitments) -> (Vec<DemoFile>, Vec<Planted>) {
        let file = |(path, text): (&str, &str)| DemoFile { path: path.to_owned(), text: text.to_owned() };
        let mut files: Vec<DemoFile> = FIXED.into_iter().map(file).collect();
        let is_large = self.agreements >= faults::LARGE;
        let (budget, mut planted) = budget::budget(commitments, is_large);
        files.push(DemoFile { path: "budget.toml".to_owned(), text: budget });
        let (series, in_series) = series::rents(is_large);
        files.push(series);
        planted.extend(in_series);
        (files, planted)
    }

    /// What the register holds, for programs: how it was made, and every finding that it causes.
    #[must_use]
    pub fn manifest(&self, mut planted: Vec<Planted>) -> String {
        #[derive(Serialize)]
        struct Manifest<'a> {
            version: &'static str,
            seed: u64,
            agreements: usize,
            as_of: String,
            faults: &'a [Planted],
        }
        planted.sort();
        let manifest = Manifest {
            version: env!("CARGO_PKG_VERSION"),
            seed: self.seed,
            agreements: self.agreements,
            as_of: AS_OF.to_string(),
            faults: &planted,
        };
        // Texts, numbers and lists are always JSON.
        let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
        text.push('\n');
        text
    }
}
