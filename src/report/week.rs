//! What the coming days ask for: what to do, whom to remind, what to attest and what to watch, by who sees to it, with a mail
//! for each.

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::Serialize;

use super::missing::Missing;
use super::parties::organisation;
use super::schedule::{shows, words};
use super::sheet::{Audience, Cell, Column, Line, Sheet, Table};
use crate::agreement::Agreement;
use crate::deadline_kind::DeadlineKind;
use crate::register::{Entry, Register};
use crate::schedule::{Deadline, Scheduler, State, When};
use crate::term::Commitment;
use crate::text;
use crate::vocabulary::Known;

/// What some days ask for.
#[derive(Debug)]
pub struct WeekReport<'a> {
    /// The register that it follows from.
    pub register: &'a Register,
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// The last of the days.
    pub until: NaiveDate,
    /// What computes the dates.
    pub scheduler: Scheduler<'a>,
    /// The agreements by id, in the order of their ids.
    pub agreements: &'a [(&'a str, &'a Entry<Agreement>)],
    /// What could not be read.
    pub missing: &'a [Missing],
}

/// The version of the JSON format. It grows by new keys; one that changes its meaning raises it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    as_of: NaiveDate,
    until: NaiveDate,
    missing: &'a [Missing],
    tasks: Vec<Item<'a>>,
    mails: Vec<Mail>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    agreement: &'a str,
    responsible: &'a str,
    purpose: &'static str,
    title: &'a str,
    last_day: Option<NaiveDate>,
    state: &'static str,
}

/// A text for somebody.
#[derive(Debug, Serialize)]
struct Mail {
    /// The function or the party.
    to: String,
    subject: String,
    /// Its lines.
    lines: Vec<String>,
}

/// What stands where no file says who sees to it.
const NOBODY: &str = "ej angivet";

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Purpose {
    /// The municipality does it.
    Do,
    /// Somebody else does it.
    Remind,
    /// Money is paid.
    Attest,
    /// A right or a time runs out.
    Watch,
}

impl Purpose {
    const ALL: [Self; 4] = [Self::Do, Self::Remind, Self::Attest, Self::Watch];

    fn word(self) -> &'static str {
        match self {
            Self::Do => "do",
            Self::Remind => "remind",
            Self::Attest => "attest",
            Self::Watch => "watch",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Do => "gör",
            Self::Remind => "påminn",
            Self::Attest => "attestera",
            Self::Watch => "bevaka",
        }
    }

    /// What a mail says before the list.
    fn introduction(self) -> &'static str {
        match self {
            Self::Do => "Det här behöver göras:",
            Self::Remind => "Vi väntar på det här från er:",
            Self::Attest => "De här utbetalningarna behöver attesteras:",
            Self::Watch => "De här dagarna passerar, och efter dem går det inte att ändra sig:",
        }
    }
}

/// Something to see to.
struct Task<'a> {
    id: &'a str,
    agreement: &'a Agreement,
    deadline: Deadline<'a>,
    responsible: String,
    purpose: Purpose,
    /// Whether the row above has the same responsible.
    is_again: bool,
}

impl<'a> WeekReport<'a> {
    /// All that is to be seen to, by who does and then by day.
    fn tasks(&self) -> Vec<Task<'a>> {
        let of_each = self.agreements.par_iter().flat_map_iter(|(id, entry)| {
            let schedule = self.scheduler.schedule(id, entry);
            let asked = schedule.deadlines.into_iter().filter(|one| self.asks(one));
            asked.map(|deadline| self.task(id, &entry.data, deadline)).collect::<Vec<_>>()
        });
        let mut tasks: Vec<Task<'a>> = of_each.collect();
        // Stable: what one sees to on the same day stays in the order of the agreements.
        tasks.sort_by(|one, other| {
            let key = |task: &Task<'a>| (task.purpose, task.deadline.when.sorts_at());
            one.responsible.cmp(&other.responsible).then(key(one).cmp(&key(other)))
        });
        let mut before = String::new();
        for task in &mut tasks {
            task.is_again = task.responsible == before;
            before.clone_from(&task.responsible);
        }
        tasks
    }

    /// Whether a date asks for something by the last of the days. What is overdue goes on asking.
    fn asks(&self, deadline: &Deadline<'_>) -> bool {
        let is_open = matches!(deadline.state, State::Overdue | State::Unknown | State::Due | State::Coming);
        let comes = deadline.when.last_day().is_some_and(|day| day <= self.until);
        is_open && comes && shows(self.register, deadline.kind)
    }

    fn task(&self, id: &'a str, agreement: &'a Agreement, deadline: Deadline<'a>) -> Task<'a> {
        let is_others = deadline.responsible.party.is_some_and(|party| {
            agreement.party.contains_key(party) && !self.register.pays_itself(agreement, party)
        });
        let purpose = match deadline.kind {
            kind if !kind.nature().is_duty => Purpose::Watch,
            DeadlineKind::Payout => Purpose::Attest,
            _ if is_others => Purpose::Remind,
            _ => Purpose::Do,
        };
        let told = || {
            let settings = self.register.settings.as_ref()?;
            let told = settings.data.schedule.told(deadline.kind);
            (!told.is_empty()).then(|| told.join(", "))
        };
        let named = deadline.responsible.text(agreement);
        let responsible = if purpose == Purpose::Attest { told().or(named) } else { named.or_else(told) };
        Task {
            id,
            agreement,
            responsible: responsible.unwrap_or_else(|| NOBODY.to_owned()),
            purpose,
            deadline,
            is_again: false,
        }
    }

    /// What is to be seen to, and a mail for each who does.
    #[must_use]
    pub fn sheets(&self) -> Vec<Sheet> {
        let tasks = self.tasks();
        let mails = self.mails(&tasks);
        let notes =
            if tasks.is_empty() { vec!["Inget behöver göras de dagarna.".to_owned()] } else { Vec::new() };
        let heading = format!("Att göra till och med {} · räknat per {}", self.until, self.as_of);
        let rows = tasks.into_iter().map(Line::Row).collect();
        let mut sheets =
            vec![Table { name: "Att göra", heading, columns: self.columns(), rows, notes }.sheet()];
        sheets.extend(mails.into_iter().map(|mail| {
            let heading = format!("Brev till {} · {}", mail.to, mail.subject);
            let rows: Vec<Line<Task<'_>>> = Vec::new();
            Table { name: "Brev", heading, columns: self.columns(), rows, notes: mail.lines }.sheet()
        }));
        sheets
    }

    fn columns(&self) -> Vec<Column<'a, Task<'a>>> {
        let as_of = self.as_of;
        vec![
            Column::<Task<'a>>::new("Ansvarig", |task| {
                let name = &*task.responsible;
                if task.is_again { Cell::Again(name.into()) } else { Cell::text(name) }
            }),
            Column::<Task<'a>>::new("Åtgärd", |task| Cell::text(task.purpose.label())),
            Column::<Task<'a>>::new("Vad", |task| Cell::text(&*task.deadline.title))
                .key()
                .missing(|missing| Cell::text(&*missing.file)),
            Column::<Task<'a>>::new("När", |task| words::when(&task.deadline)),
            Column::<Task<'a>>::new("Läge", |task| Cell::text(task.deadline.state.label()))
                .missing(|_| Cell::text(Missing::STATE)),
            Column::<Task<'a>>::new("Dagar kvar", move |task| words::days_left(&task.deadline, as_of)),
            Column::<Task<'a>>::new("Avtal", |task| Cell::text(task.id))
                .yields(1)
                .missing(|missing| Cell::shown(missing.agreement.as_deref())),
            Column::<Task<'a>>::new("Organisation", |task| Cell::text(organisation(task.agreement)))
                .yields(2),
            Column::<Task<'a>>::new("Id", |task| Cell::text(&*task.deadline.id)).only(Audience::Programs),
            Column::<Task<'a>>::new("Anmärkning", |task| Cell::text(task.deadline.notes.join(" ")))
                .yields(3)
                .missing(|missing| Cell::text(missing.why())),
        ]
    }

    /// A mail for each who has something to see to.
    fn mails(&self, tasks: &[Task<'_>]) -> Vec<Mail> {
        let of_each = tasks.chunk_by(|one, other| one.responsible == other.responsible);
        of_each.filter_map(|tasks| Some(self.mail(&tasks.first()?.responsible, tasks))).collect()
    }

    fn mail(&self, to: &str, tasks: &[Task<'_>]) -> Mail {
        let mut lines = vec!["Hej!".to_owned()];
        for purpose in Purpose::ALL {
            let of_it: Vec<&Task<'_>> = tasks.iter().filter(|task| task.purpose == purpose).collect();
            if of_it.is_empty() {
                continue;
            }
            lines.push(purpose.introduction().to_owned());
            lines.extend(of_it.into_iter().map(|task| format!("– {}", task.told())));
        }
        lines.push("Säg till när det är gjort, eller om något inte stämmer.".to_owned());
        let to = if to == NOBODY { "den som ansvarar, som inte är angiven" } else { to };
        Mail { to: to.to_owned(), subject: format!("partnerskap, till och med {}", self.until), lines }
    }

    /// The same as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let tasks = self.tasks();
        let items = tasks.iter().map(|task| Item {
            id: &task.deadline.id,
            agreement: task.id,
            responsible: &task.responsible,
            purpose: task.purpose.word(),
            title: &task.deadline.title,
            last_day: task.deadline.when.last_day(),
            state: task.deadline.state.word(),
        });
        super::json::pretty(&Output {
            version: VERSION,
            as_of: self.as_of,
            until: self.until,
            missing: self.missing,
            tasks: items.collect(),
            mails: self.mails(&tasks),
        })
    }
}

impl Task<'_> {
    /// What it is in a mail: what, when, and in which partnership and case.
    fn told(&self) -> String {
        let deadline = &self.deadline;
        let when = match (&deadline.when, &deadline.state) {
            (When::Day(day), State::Overdue) => format!("skulle ha varit klart {day}"),
            (When::Window(days), State::Overdue) => format!("skulle ha varit klart {}", days.end),
            (When::Day(day), _) => format!("senast {day}"),
            (When::Window(days), _) => format!("mellan {} och {}", days.start, days.end),
            (When::Unknown { reason, .. }, _) => (*reason).to_owned(),
        };
        let case = self.agreement.case.registry_number.known().map(|number| format!(", {number}"));
        let firm = match deadline.commitment {
            Commitment::Agreed => "",
            Commitment::Decided => "; beslutat men inte undertecknat",
            Commitment::Possible => "; bara möjligt ännu",
            Commitment::Proposed | Commitment::Draft => "; bara ett förslag ännu",
        };
        // What the municipality has entered is no matter of others.
        let is_own = self.purpose != Purpose::Remind;
        let notes = deadline.notes.iter().filter(|_| is_own).map(|note| format!(" {note}"));
        // Who has the money, where several organisations can.
        let receiver = deadline.receiver.and_then(|key| self.agreement.party.get(key));
        let receiver = receiver.map_or_else(String::new, |party| format!(" till {}", party.called()));
        format!(
            "{}{receiver}, {when} ({}, {}{}{firm}).{}",
            text::capitalised(&deadline.title),
            self.agreement.title,
            organisation(self.agreement),
            case.unwrap_or_default(),
            notes.collect::<String>()
        )
    }
}
