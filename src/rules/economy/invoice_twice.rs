//! The same invoice twice.

use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::path;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};

pub(super) const RULE: Rule = Rule {
    code: "IOP335",
    slug: "invoice-twice",
    title: "Samma faktura kommer två gånger",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "fakturans nummer och leverantör",
    why: "En faktura som är införd två gånger kan bli betald två gånger.",
    check: Check::Register(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "[invoice.januari]\nnumber = \"17\"\ndate = 2024-01-10\namount = 250_000\n[invoice.igen]\nnumber = \"17\"\ndate = 2024-01-12\namount = 250_000\n",
        "invoice.igen",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "[invoice.januari]\nnumber = \"17\"\ndate = 2024-01-10\namount = 250_000\n[invoice.juli]\nnumber = \"18\"\ndate = 2024-07-12\namount = 250_000\n",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let register = scope.register;
    let mut findings = Vec::new();
    for (id, records) in &register.records {
        for (key, (other, first)) in register.repeated_invoices(id) {
            let (Some(invoice), Some(other)) = (records.data.invoice.get(key), register.records.get(other))
            else {
                continue;
            };
            let place = Place::value(&records.file, path!["invoice", key]);
            let first = Place::value(&other.file, path!["invoice", first]);
            let message =
                format!("Fakturan {} är redan införd som {} i {}.", invoice.number, first.path, first.file);
            let help = "Ta bort den som är fel: så länge båda finns räknas bara den första. Är de olika rättar du numret eller leverantören.";
            findings.push(
                Finding::new(RULE.code, Level::Warning, place, message)
                    .source(RULE.source)
                    .measured(Measure::of_kronor(invoice.amount))
                    .related(first, "den första")
                    .help(help),
            );
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_supplier_has_one_invoice_of_a_number_in_the_whole_register() {
        let invoice = |key: &str, supplier: &str, number: &str| {
            format!("[invoice.{key}]\nnumber = \"{number}\"\n{supplier}date = 2024-01-10\namount = 1\n")
        };
        let places = |one: String, other: String| {
            let changes = [
                Example::file("records/oppet-hus.toml", one.leak(), ""),
                Example::file("records/annat.toml", other.leak(), ""),
            ];
            let findings = found(&RULE, &changes);
            findings.iter().map(|one| format!("{} {}", one.place.file, one.place.path)).collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        let with = |supplier: &str| format!("supplier = \"{supplier}\"\n");
        let same = places(invoice("a", &with("10 42"), "F 17"), invoice("b", &with("1042"), "f17"));
        assert_eq!(same, ["records/oppet-hus.toml invoice.a"]);
        assert_eq!(places(invoice("a", &with("1042"), "17"), invoice("b", &with("1043"), "17")), nowhere);
        assert_eq!(places(invoice("a", "", "17"), invoice("b", "", "17")), nowhere);
        // In the file of one agreement it is the same, whether or not the supplier is told.
        let both = invoice("a", "", "17") + &invoice("b", &with("1042"), "17");
        assert_eq!(places(both, String::new()), ["records/oppet-hus.toml invoice.b"]);
    }
}
