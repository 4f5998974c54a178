//! The invoices that have come before, in the same file or in another.

use std::collections::BTreeMap;

use super::Register;

/// The file and key of the first invoice of a number from a supplier.
pub(super) type FirstInvoices = BTreeMap<(String, String), (String, String)>;

impl Register {
    /// The invoices of a file that repeat an earlier one, by key, each with that one's file and key. It has the same number,
    /// and the same supplier; in the same file, which is of one agreement, one of the two may leave the supplier out.
    #[must_use]
    pub fn repeated_invoices(&self, id: &str) -> BTreeMap<&str, (&str, &str)> {
        let Some((id, records)) = self.records.get_key_value(id) else { return BTreeMap::new() };
        let mut known: BTreeMap<String, Vec<(Option<String>, &str)>> = BTreeMap::new();
        let mut repeated = BTreeMap::new();
        for (key, invoice) in &records.data.invoice {
            let (supplier, number) = invoice.identity();
            let same = known.entry(number.clone()).or_default();
            let may_be = |other: &Option<String>| other.is_none() || supplier.is_none() || *other == supplier;
            let own = same.iter().find(|(other, _)| may_be(other)).map(|(_, first)| (id.as_str(), *first));
            let elsewhere = supplier.clone().and_then(|supplier| {
                let (file, first) = self.first_invoices().get(&(supplier, number))?;
                (file < id).then_some((file.as_str(), first.as_str()))
            });
            if let Some(first) = own.or(elsewhere) {
                repeated.insert(key.as_str(), first);
            }
            same.push((supplier, key));
        }
        repeated
    }

    fn first_invoices(&self) -> &FirstInvoices {
        self.first_invoices.get_or_init(|| {
            let mut first = FirstInvoices::new();
            for (id, records) in &self.records {
                for (key, invoice) in &records.data.invoice {
                    if let (Some(supplier), number) = invoice.identity() {
                        first.entry((supplier, number)).or_insert_with(|| (id.clone(), key.clone()));
                    }
                }
            }
            first
        })
    }
}
