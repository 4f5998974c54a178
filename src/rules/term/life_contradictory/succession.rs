//! An agreement that comes back to itself by what it continues.

use super::at;
use crate::finding::Finding;
use crate::path;
use crate::register::id_of;
use crate::rules::Scope;

pub(super) fn check(scope: &Scope<'_>) -> Option<Finding> {
    let id = id_of(scope.file);
    let before =
        scope.agreement.continues.as_deref().filter(|_| scope.scheduler.succession().is_circular(id))?;
    let message = if before == id {
        "Avtalet anger att det fortsätter sig självt. Det räknas inte som en fortsättning.".to_owned()
    } else {
        format!(
            "Avtalet anger att det fortsätter ”{before}”, som självt fortsätter det här avtalet, direkt eller genom andra. Inget av dem räknas som en fortsättning."
        )
    };
    Some(at(scope, path!["continues"], message, "Ange det avtal som kom före, eller ta bort continues."))
}
