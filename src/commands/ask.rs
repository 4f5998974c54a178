//! Questions on a terminal. Without one nothing is asked: what nobody has said has its default, or the person is told which
//! flag says it.

use std::cell::Cell;
use std::fmt;
use std::io::IsTerminal;

use dialoguer::theme::Theme;
use dialoguer::{Input, Select};

use super::UsageError;

/// Who asks. Every question says what it asks and by which flag it can be answered instead.
#[derive(Debug)]
pub(super) struct Asker {
    is_on_terminal: bool,
    /// Whether it has asked anything.
    has_asked: Cell<bool>,
}

/// What is asked, and the flag that answers it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question<'a> {
    /// The question in Swedish, without its mark.
    pub(super) asks: &'a str,
    /// The flag with what stands after it: `--municipality NAMN`.
    pub(super) flag: &'a str,
}

impl Asker {
    /// Asks where both what is typed and what is shown go by a terminal.
    pub(super) fn new() -> Self {
        let is_on_terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        Self { is_on_terminal, has_asked: Cell::new(false) }
    }

    /// Whether somebody can be asked.
    pub(super) fn can_ask(&self) -> bool {
        self.is_on_terminal
    }

    /// What has been given, or the answer, which `read` makes sense of. Without a terminal what nobody has said is a mistake in
    /// how the program was called.
    pub(super) fn needed<T>(
        &self,
        given: Option<T>,
        question: Question<'_>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, UsageError> {
        match given {
            Some(given) => Ok(given),
            None if self.is_on_terminal => self.line(question, "", &read),
            None => Err(UsageError(format!(
                "{} Ange det med {}, eller kör kommandot i ett terminalfönster, så frågar det.",
                said(question.asks),
                question.flag
            ))),
        }
    }

    /// What has been given, or the answer, where nothing at all is an answer too; nothing without a terminal.
    pub(super) fn perhaps<T>(
        &self,
        given: Option<T>,
        question: Question<'_>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, UsageError> {
        if given.is_some() || !self.is_on_terminal {
            return Ok(given);
        }
        let read = |line: &str| if line.is_empty() { Ok(None) } else { read(line).map(Some) };
        self.line(question, "tomt om det inte är bestämt", &read)
    }

    /// What has been given, or the one that is chosen; the first one without a terminal.
    pub(super) fn one_of<T: Copy>(
        &self,
        given: Option<T>,
        question: Question<'_>,
        choices: &[(T, &str)],
    ) -> Result<Option<T>, UsageError> {
        let first = choices.first().map(|(choice, _)| *choice);
        if given.is_some() || !self.is_on_terminal {
            return Ok(given.or(first));
        }
        let labels: Vec<&str> = choices.iter().map(|(_, label)| *label).collect();
        self.begin();
        let chosen = Select::with_theme(&Plain)
            .with_prompt(format!("{} (välj med piltangenterna, Retur väljer)", question.asks))
            .items(&labels)
            .default(0)
            .interact()
            .map_err(interrupted)?;
        Ok(choices.get(chosen).map(|(choice, _)| *choice).or(first))
    }

    /// The answer to a question, asked again until `read` makes sense of it.
    fn line<T>(
        &self,
        question: Question<'_>,
        hint: &str,
        read: &impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, UsageError> {
        self.begin();
        let hint = if hint.is_empty() { String::new() } else { format!(" ({hint})") };
        let line: String = Input::with_theme(&Plain)
            .with_prompt(format!("{}{hint}", question.asks))
            .allow_empty(true)
            .validate_with(|line: &String| read(line.trim()).map(drop))
            .interact_text()
            .map_err(interrupted)?;
        read(line.trim()).map_err(UsageError)
    }

    /// Says once, before the first question, how to stop.
    fn begin(&self) {
        if !self.has_asked.replace(true) {
            super::files::say("Svara på frågorna. Inget skrivs förrän alla är besvarade; Ctrl+C avbryter.\n");
        }
    }
}

/// That an answer is missing, as a sentence of its own.
fn said(asks: &str) -> String {
    format!("Uppgiften ”{asks}” saknas.")
}

fn interrupted(_: dialoguer::Error) -> UsageError {
    UsageError("Avbrutet. Inget har skrivits.".to_owned())
}

/// Questions as plain lines: screen readers read them, and nothing in them is English.
struct Plain;

impl Theme for Plain {
    fn format_error(&self, f: &mut dyn fmt::Write, error: &str) -> fmt::Result {
        let end = if error.ends_with('.') { "" } else { "." };
        write!(f, "  {}{end}", crate::text::capitalised(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_terminal_nothing_is_asked() {
        let asker = Asker { is_on_terminal: false, has_asked: Cell::new(false) };
        let question = Question { asks: "Kommunens namn", flag: "--municipality NAMN" };
        let read = |line: &str| Ok(line.to_owned());
        assert_eq!(asker.needed(Some("x".to_owned()), question, read).unwrap(), "x");
        let missing = asker.needed(None, question, read).unwrap_err().to_string();
        assert!(missing.contains("Kommunens namn") && missing.contains("--municipality NAMN"), "{missing}");
        assert_eq!(asker.perhaps(None, question, read).unwrap(), None);
        assert_eq!(asker.one_of(None, question, &[(1, "a"), (2, "b")]).unwrap(), Some(1));
        assert_eq!(asker.one_of(Some(2), question, &[(1, "a"), (2, "b")]).unwrap(), Some(2));
        assert!(!asker.has_asked.get());
    }
}
