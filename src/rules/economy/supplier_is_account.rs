//! An account in a bank where another number is to stand.

use crate::bank_account;
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP336",
    slug: "supplier-is-account",
    title: "Ett nummer ser ut som ett bankkonto",
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
    let say = |place: Place, what: &str, kind: &str, help: &str| {
        let message = format!("{what} ser ut som {kind}.");
        Finding::new(RULE.code, Level::Error, place, message).source(RULE.source).help(help)
    };
    let plans = scope.agreement.payout_plan.iter().filter_map(|(key, plan)| {
        let kind = bank_account::held_by(plan.reference.known()?)?;
        let place = Place::value(scope.file, path!["payout_plan", key, "reference"]);
        Some(say(
            place,
            "Märkningen av betalningen",
            kind,
            "Ta bort det: kontot ska bara stå i kommunens leverantörsregister.",
        ))
    });
    let records = scope.records().into_iter();
    let written = records.flat_map(|records| {
        let numbers = records.data.invoice.iter().flat_map(|(key, invoice)| {
            [("supplier", "Leverantörsnumret", invoice.supplier.as_deref()), ("number", "Fakturanumret", Some(&*invoice.number))]
                .map(|(field, what, text)| (path!["invoice", key, field], what, text))
        });
        let vouchers = records.data.payment.iter();
        let vouchers =
            vouchers.map(|(key, one)| (path!["payment", key, "voucher"], "Verifikationen", one.voucher.as_deref()));
        let all = numbers.chain(vouchers);
        all.filter_map(|(path, what, text)| {
            let is_supplier = what == "Leverantörsnumret";
            // Invoices and vouchers have numbers of every form.
            let kind = if is_supplier { bank_account::kind_of(text?) } else { bank_account::held_by(text?) }?;
            let help = if is_supplier {
                "Skriv numret som organisationen har i kommunens leverantörsregister, och låt kontot stå bara där."
            } else {
                "Skriv det nummer som efterfrågas, och låt kontot stå bara i kommunens leverantörsregister."
            };
            Some(say(Place::value(&records.file, path), what, kind, help))
        })
    });
    plans.chain(written).collect()
}
