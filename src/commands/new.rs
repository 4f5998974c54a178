//! `iop new`: a new agreement.

mod proposed;

use chrono::Datelike;

use super::added::NewFile;
use super::ask::{Asker, Question};
use super::{Loaded, Outcome, UsageError, load, root, turn};
use crate::agreement::LegalForm;
use crate::check_digit::organisation_number_fault;
use crate::cli::{self, NewArguments};
use crate::drafting::NewAgreement;
use crate::register::{Register, portable};
use crate::settings::Settings;
use crate::text;

pub(super) fn run(arguments: &NewArguments) -> anyhow::Result<Outcome> {
    let root = root(arguments.common.at.named())?;
    let asker = Asker::new();
    if let Some(before) = &arguments.continues {
        let _turn = turn::take(&root, turn::USUAL)?;
        return proposed::continued(arguments, &root, before);
    }
    if let Some(asked) = proposed::Asked::of(arguments, &asker)? {
        let _turn = turn::take(&root, turn::USUAL)?;
        return asked.write(arguments, &root);
    }
    // Nobody else waits while somebody thinks of an answer.
    let Loaded { register, .. } = load(&arguments.common)?;
    let agreement = asked(arguments, &register, &asker)?;
    let id = arguments.id.clone().unwrap_or_else(|| id(&agreement));
    let _turn = turn::take(&root, turn::USUAL)?;
    NewFile { root: &root, id: &id, text: &agreement.text() }.write(Vec::new())
}

/// What the arguments say, and the answers to what they do not.
fn asked(arguments: &NewArguments, register: &Register, asker: &Asker) -> Result<NewAgreement, UsageError> {
    let question = |asks, flag| Question { asks, flag };
    let settings = register.settings.as_ref().map(|settings| &*settings.data);
    let organisation = asker.needed(
        arguments.organisation.clone(),
        question("Organisationens namn", "--organisation NAMN"),
        one_line,
    )?;
    let title = asker.needed(
        arguments.title.clone(),
        question(
            "Vad partnerskapet gäller, som det står efter ordet gällande (ett öppet hus för unga)",
            "--title ÄMNE",
        ),
        one_line,
    )?;
    let organisation = of_flag("--organisation", one_line(&organisation))?;
    let title = of_flag("--title", one_line(&title))?;
    let mut forms: Vec<(Option<LegalForm>, &str)> = vec![(None, "inte bestämt")];
    forms.extend(LegalForm::ALL.map(|form| (Some(form), form.label())));
    let form = match arguments.form {
        Some(form) => Some(form),
        None => asker.one_of(None, question("Organisationens form", "--form FORM"), &forms)?.flatten(),
    };
    let number = asker.perhaps(
        arguments.number.clone(),
        question("Organisationsnummer, som 802400-0005", "--number NUMMER"),
        organisation_number,
    )?;
    let number = number.map(|number| of_flag("--number", organisation_number(&number))).transpose()?;
    let committee = committee(arguments, settings, asker)?;
    let case =
        asker.perhaps(arguments.case.clone(), question("Diarienummer", "--case DIARIENUMMER"), one_line)?;
    let from =
        asker.perhaps(arguments.from, question("Första dagen, som 2027-01-01", "--from DATUM"), cli::date)?;
    let to = asker.perhaps(arguments.to, question("Sista dagen, som 2028-12-31", "--to DATUM"), cli::date)?;
    if let Some((from, to)) = from.zip(to).filter(|(from, to)| to < from) {
        return Err(UsageError(format!(
            "Sista dagen ({to}) är före den första ({from}). Ändra --from eller --to."
        )));
    }
    let yearly = asker.perhaps(
        arguments.amount,
        question("Vad kommunen betalar per år, i kronor", "--amount BELOPP"),
        cli::money,
    )?;
    let budget_line = budget_line(register, settings, committee.as_ref());
    Ok(NewAgreement {
        title,
        municipality: settings.map(|settings| settings.municipality.name.clone()).unwrap_or_default(),
        committee,
        organisation,
        form,
        organisation_number: number,
        registry_number: case,
        from,
        to,
        yearly,
        budget_line,
    })
}

/// The committee's line in the budget, where it has one only.
fn budget_line(
    register: &Register,
    settings: Option<&Settings>,
    committee: Option<&(Option<String>, String)>,
) -> Option<String> {
    let (key, _) = committee?;
    let key = key.as_ref().or_else(|| settings?.default.committee.as_ref())?;
    let mut lines = register.budget.as_ref()?.data.line.iter().filter(|(_, line)| line.committee == *key);
    let (only, _) = lines.next()?;
    lines.next().is_none().then(|| only.clone())
}

/// The committee that decides: its key, unless it is the register's default, and its name.
fn committee(
    arguments: &NewArguments,
    settings: Option<&Settings>,
    asker: &Asker,
) -> Result<Option<(Option<String>, String)>, UsageError> {
    let Some(settings) = settings else { return Ok(None) };
    let default = settings.default.committee.as_deref();
    let name_of = |key: &str| Some(settings.committee.get(key)?.names.last()?.name.clone());
    let key = match arguments.committee.as_deref() {
        Some(said) => {
            let is_it = |(key, committee): &(&String, &crate::settings::Committee)| {
                *key == said || committee.is_called(said)
            };
            let found = settings.committee.iter().find(is_it).map(|(key, _)| key.clone());
            let known: Vec<&str> = settings.committee.keys().map(String::as_str).collect();
            Some(found.ok_or_else(|| {
                let instead = text::instead_of(said, &known);
                UsageError(format!("Nämnden ”{}” finns inte i iop.toml. {instead}", text::visible(said)))
            })?)
        }
        None if settings.committee.len() > 1 && asker.can_ask() => {
            let mut choices: Vec<(&str, String)> =
                settings.committee.keys().filter_map(|key| Some((key.as_str(), name_of(key)?))).collect();
            choices.sort_by_key(|(key, _)| Some(*key) != default);
            let choices: Vec<(&str, &str)> =
                choices.iter().map(|(key, name)| (*key, name.as_str())).collect();
            let question = Question { asks: "Nämnden som beslutar", flag: "--committee NÄMND" };
            asker.one_of(None, question, &choices)?.map(str::to_owned)
        }
        None => default.map(str::to_owned),
    };
    let Some(key) = key else { return Ok(None) };
    let Some(name) = name_of(&key) else { return Ok(None) };
    Ok(Some(((Some(&*key) != default).then_some(key), name)))
}

/// The id that an agreement gets by itself: the organisation and the year.
fn id(agreement: &NewAgreement) -> String {
    let name = text::slug(&agreement.organisation);
    let name = if name.is_empty() { "avtal".to_owned() } else { name };
    match agreement.from {
        Some(from) => format!("{name}-{}", from.year()),
        None if portable::is_reserved(&name) => format!("{name}-avtal"),
        None => name,
    }
}

/// What a flag says, or that it cannot say that.
fn of_flag(flag: &str, read: Result<String, String>) -> Result<String, UsageError> {
    read.map_err(|wrong| UsageError(format!("{flag}: {wrong}.")))
}

/// An organisation number that can be one.
fn organisation_number(line: &str) -> Result<String, String> {
    let number = line.trim();
    match organisation_number_fault(number) {
        Some(fault) => Err(format!("organisationsnumret ”{}” {fault}", text::visible(number))),
        None => Ok(number.to_owned()),
    }
}

/// A text on one line.
fn one_line(line: &str) -> Result<String, String> {
    let line = line.trim();
    if !line.contains(char::is_alphanumeric) {
        return Err("skriv något".to_owned());
    }
    if line.chars().any(char::is_control) || text::hidden(line).next().is_some() {
        return Err("skriv det på en rad".to_owned());
    }
    Ok(line.to_owned())
}
