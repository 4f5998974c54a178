//! How a component is coded in the municipality's books.

use super::frames::carrier;
use crate::agreement::{Agreement, Funding};
use crate::codes::Codes;
use crate::register::Register;

/// A code string: a code, or nothing, for each field that `iop.toml` declares, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CodeString<'a>(Vec<Option<&'a str>>);

impl<'a> CodeString<'a> {
    /// The code of the field at a position.
    #[must_use]
    pub fn at(&self, position: usize) -> Option<&'a str> {
        self.0.get(position).copied().flatten()
    }

    /// The codes, with nothing where there is none.
    pub fn codes(&self) -> impl Iterator<Item = Option<&'a str>> {
        self.0.iter().copied()
    }
}

/// The code string of a component. Each field has the code that the component states, else what its agreement does, else its
/// budget line; what somebody else than the municipality bears has no codes but its own.
#[must_use]
pub fn code_string<'a>(
    register: &'a Register,
    agreement: &'a Agreement,
    funding: &'a Funding,
) -> CodeString<'a> {
    let Some(settings) = &register.settings else { return CodeString::default() };
    let borne = carrier(register, agreement, funding);
    let line = borne.and_then(|(_, line)| register.budget.as_ref()?.data.line.get(line?));
    let stated = [Some(&funding.code), borne.map(|_| &agreement.code), line.map(|line| &line.code)];
    let code = |field: &String| {
        let of = |codes: &&'a Codes| codes.get(field);
        stated.iter().flatten().find_map(of).map(String::as_str)
    };
    CodeString(settings.data.code.keys().map(code).collect())
}
