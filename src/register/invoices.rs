//! The invoices that have come before, in the same file or in another.

use std::collections::BTreeMap;

use super::{Entry, Register};
use crate::records::Records;

/// The invoices of a file that repeat an earlier one, by key, each with that one's file and key.
pub(super) type Repeated = BTreeMap<String, (String, String)>;

static NONE: Repeated = Repeated::new();

impl Register {
    /// The invoices of a file that repeat an earlier one, by key, each with that one's file and key. It has the same number,
    /// and the same supplier; in the same file, which is of one agreement, one of the two may leave the supplier out.
    #[must_use]
    pub fn repeated_invoices(&self, id: &str) -> &BTreeMap<String, (String, String)> {
        self.repeated_invoices.get_or_init(|| repeated(&self.records)).get(id).unwrap_or(&NONE)
    }
}

/// Those of all files that have any, by the files' ids.
fn repeated(records: &BTreeMap<String, Entry<Records>>) -> BTreeMap<String, Repeated> {
    let mut repeated: BTreeMap<String, Repeated> = BTreeMap::new();
    let mut firsts: BTreeMap<(String, String), (&str, &str)> = BTreeMap::new();
    for (id, records) in records {
        let mut known: BTreeMap<String, Vec<(Option<String>, &str)>> = BTreeMap::new();
        for (key, invoice) in &records.data.invoice {
            let (supplier, number) = invoice.identity();
            let same = known.entry(number.clone()).or_default();
            let may_be = |other: &Option<String>| other.is_none() || supplier.is_none() || *other == supplier;
            let own = same.iter().find(|(other, _)| may_be(other)).map(|(_, first)| (id.as_str(), *first));
            let ever = supplier
                .clone()
                .map(|supplier| *firsts.entry((supplier, number)).or_insert((id.as_str(), key.as_str())));
            if let Some((file, first)) = own.or(ever.filter(|(file, _)| *file != id.as_str())) {
                let first = (file.to_owned(), first.to_owned());
                repeated.entry(id.clone()).or_default().insert(key.clone(), first);
            }
            same.push((supplier, key));
        }
    }
    repeated
}
