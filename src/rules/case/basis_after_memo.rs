//! A document behind the decision is dated after the memo that rests on it.

use crate::agreement::Status;
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::key_path::KeyPath;
use crate::measure::Measure;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;
use chrono::NaiveDate;

pub(super) const RULE: Rule = Rule {
    code: "IOP615",
    slug: "basis-after-memo",
    title: "Ett underlag är daterat efter skrivelsen",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "god sed: ett underlag ska finnas när skrivelsen skrivs",
    why: "Handläggaren kan inte ha läst en handling som inte fanns. Antingen är datumet fel eller så är det en annan version.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "memo.basis.plan = { title = \"Verksamhetsplan\", date = 2023-11-02 }",
        "memo.basis.plan.date",
    ),
    good: Example::agreement(&[], "memo.basis.plan = { title = \"Verksamhetsplan\", date = 2023-11-01 }", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let is_wanted = scope.guideline.is_some_and(|guideline| guideline.case.basis_in_order);
    let Some(memo) = agreement.memo.dated.known().filter(|_| is_wanted) else { return Vec::new() };
    let word = agreement.document_word.label();
    // Once it has been entered into it has the day of the last signature.
    let is_proposal = matches!(agreement.status, Status::Draft | Status::Proposed);
    let own = agreement.dated.known().filter(|_| is_proposal);
    let own = own.map(|date| (path!["dated"], format!("Underlaget ”{word}”"), *date));
    let others = agreement.memo.basis.iter().filter_map(|(key, document)| {
        let date = document.date.known()?;
        Some((path!["memo", "basis", key, "date"], format!("Underlaget ”{}”", document.title), *date))
    });
    let late = |(.., date): &(KeyPath, String, NaiveDate)| date > memo;
    own.into_iter()
        .chain(others)
        .filter(late)
        .map(|(path, name, date)| {
            let message = format!("{name} är daterat {date}, efter skrivelsen {memo}.");
            scope
                .finding(&RULE, path, message)
                .measured(Measure::of_days(date - *memo))
                .help("Rätta datumet, eller ange datumet för den version som skrivelsen bygger på.")
                .related(Place::value(scope.file, path!["memo", "dated"]), "skrivelsens datum")
        })
        .collect()
}
