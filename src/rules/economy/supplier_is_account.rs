//! An account in a bank where the number of a supplier is to stand.

use crate::bank_account;
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP336",
    slug: "supplier-is-account",
    title: "Leverantörsnumret ser ut som ett bankkonto",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "god sed: bankuppgifter hör hemma i leverantörsregistret, där någon attesterar varje ändring",
    why: "Den som kan ändra ett kontonummer i en fil kan styra om en betalning. Registret ska inte ha några.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "[invoice.januari]\nnumber = \"17\"\nsupplier = \"5050-1055\"\ndate = 2024-01-10\namount = 250_000\n",
        "invoice.januari.supplier",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "[invoice.januari]\nnumber = \"17\"\nsupplier = \"104233\"\ndate = 2024-01-10\namount = 250_000\n",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let invoices = records.data.invoice.iter();
    let suspects = invoices
        .filter_map(|(key, invoice)| Some((key, bank_account::kind_of(invoice.supplier.as_deref()?)?)));
    suspects
        .map(|(key, kind)| {
            let place = Place::value(&records.file, path!["invoice", key, "supplier"]);
            let message = format!("Leverantörsnumret ser ut som {kind}.");
            let help = "Skriv numret som organisationen har i kommunens leverantörsregister, och låt kontot stå bara där.";
            Finding::new(RULE.code, Level::Error, place, message).source(RULE.source).help(help)
        })
        .collect()
}
