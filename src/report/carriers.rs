//! What bears a cost, as figures name it: a committee and a line of its budget.

use chrono::NaiveDate;

use crate::register::Register;

/// A committee by its key, with the name that it has on a day.
pub(super) fn committee(register: &Register, key: Option<&str>, day: NaiveDate) -> String {
    let Some(key) = key else { return "Utan nämnd".to_owned() };
    let settings = register.settings.as_ref();
    let committee = settings.and_then(|settings| settings.data.committee.get(key));
    committee.and_then(|committee| committee.name_on(day)).unwrap_or(key).to_owned()
}

/// A line of the budget by its key.
pub(super) fn line(register: &Register, key: Option<&str>) -> String {
    let Some(key) = key else { return "Utan budgetrad".to_owned() };
    let line = register.budget.as_ref().and_then(|budget| budget.data.line.get(key));
    line.map_or(key, |line| line.title.as_str()).to_owned()
}
