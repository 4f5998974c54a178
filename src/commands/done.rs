//! `iop done`: writes into the records that something has been done, and keeps all else in the file as it was.

use std::path::Path;

use super::ask::{Asker, Question};
use super::done_event;
use super::done_money::Booked;
use super::done_what::What;
use super::recording::Records;
use super::wanted::readable;
use super::{Loaded, Outcome, UsageError, files, load, root, turn};
use crate::cli::DoneArguments;
use crate::deadline_kind::DeadlineKind;
use crate::report::missing::Missing;
use crate::schedule::{self, Deadline, Event, Scheduler, State};
use crate::text;

pub(super) fn run(arguments: &DoneArguments) -> anyhow::Result<Outcome> {
    // Two who tick off at the same time take turns: each reads what the other has written.
    let _turn = turn::take(&root(arguments.common.at.named())?, turn::USUAL)?;
    let Loaded { root, register, findings, as_of } = load(&arguments.common)?;
    let named = Named::of(arguments)?;
    let what = What::of(arguments.kind.as_deref());
    what.refuse_other_flags(arguments)?;
    let booked = Booked::of(what, arguments)?;
    let (wanted, broken) = readable(&register, &[named.agreement().to_owned()])?;
    let Some((id, entry)) = wanted.first() else {
        return Err(UsageError(format!(
            "{} kan inte läsas. Se vad som är fel med iop validate.",
            text::visible(&broken.join(", "))
        ))
        .into());
    };
    for one in Missing::of(&register, &findings, |asked| asked == *id) {
        files::say(&one.told());
    }
    let is_booking = what == What::Booking;
    if arguments.date > as_of && !is_booking {
        return Err(UsageError(format!(
            "{} har inte varit ännu: i dag är {as_of}. Ett möte som är bokat förs in med iop done {id} bokning PERIOD --date DATUM.",
            arguments.date
        ))
        .into());
    }
    if is_booking && arguments.date <= as_of {
        return Err(UsageError(format!(
            "{} är inte en dag som kommer: i dag är {as_of}. Ett möte som har hållits förs in med iop done {id} styrgruppsmöte PERIOD --date DATUM.",
            arguments.date
        ))
        .into());
    }
    let file = format!("records/{id}.toml");
    if register.has_unread_records(id) {
        return Err(UsageError(format!(
            "{file} går inte att läsa. Rätta det först; iop validate visar vad som är fel."
        ))
        .into());
    }
    let records = Records { root: &root, register: &register, id, file, as_of };
    if let Some(booked) = booked {
        return booked.write(&records, entry);
    }
    if matches!(what, What::Payment | What::Decision | What::Signing) {
        return done_event::write(what, arguments, &records, entry);
    }
    let schedule = Scheduler::new(&register, as_of).schedule(id, entry);
    let chosen;
    let named = match named {
        Named::Chosen(_) => {
            chosen = choose(&schedule.deadlines, id)?;
            Named::Id(&chosen)
        }
        Named::Parts(agreement, _, period) if is_booking => {
            Named::Parts(agreement, DeadlineKind::SteeringMeeting.word(), period)
        }
        named => named,
    };
    if let Named::Parts(_, key, _) = named
        && entry.data.follow_up.contains_key(key)
        && !schedule.deadlines.iter().any(|one| one.of.as_deref() == Some(key))
    {
        return Err(UsageError(format!(
            "Uppföljningen ”{key}” har ingen dag i schemat, och inget att bocka av: den gäller när det som den handlar om inträffar."
        ))
        .into());
    }
    let deadline = find(&schedule.deadlines, id, &named)?;
    refuse_what_is_recorded_elsewhere(deadline.kind, id)?;
    if let State::Done(done) = &deadline.state {
        let when = done.date.map(|date| format!(" {date}")).unwrap_or_default();
        return Err(UsageError(format!(
            "Redan klart{when}: {} ({}, {}).",
            deadline.title, done.place.file, done.place.path
        ))
        .into());
    }
    let old = records.text();
    let known = register.records.get(*id).map(|records| &*records.data);
    let event = Event { date: arguments.date, reference: arguments.reference.as_deref() };
    let mut change = schedule::record_entry(&schedule, deadline, (known, &old), event)
        .map_err(|error| UsageError(format!("Inget har skrivits: {error}.")))?;
    if is_booking {
        change.values.retain(|(key, _)| *key != "planned");
        change.values.push(("planned", true.into()));
    }
    records.write(&change, |register| {
        let is_done = register.agreements.get(*id).is_some_and(|entry| {
            let schedule = Scheduler::new(register, as_of).schedule(id, entry);
            let mut deadlines = schedule.deadlines.iter();
            let is_now = |one: &Deadline<'_>| {
                if is_booking { one.booked.is_some() } else { matches!(one.state, State::Done(_)) }
            };
            deadlines.any(|one| one.id == deadline.id && is_now(one))
        });
        let so = if is_booking { "bokat" } else { "klart" };
        anyhow::ensure!(
            is_done,
            "Inget har skrivits: {} skulle inte visa att ”{}” är {so}.",
            records.file,
            deadline.title
        );
        Ok(format!("{} {}: {}", text::capitalised(so), arguments.date, deadline.title))
    })
}

/// How a person names what has been done.
enum Named<'a> {
    /// By its id in the schedule: agreement, kind, what it belongs to and period.
    Id(&'a str),
    /// By agreement, kind (or the key of what it belongs to) and period.
    Parts(&'a Path, &'a str, &'a str),
    /// By choosing it from a list of what the agreement has.
    Chosen(&'a Path),
}

impl<'a> Named<'a> {
    fn of(arguments: &'a DoneArguments) -> Result<Self, UsageError> {
        let is_file = arguments.agreement.extension().is_some_and(|extension| extension == "toml");
        let whole = arguments.agreement.to_str().filter(|text| text.contains('/') && !is_file);
        match (&arguments.kind, whole) {
            (Some(kind), Some(id)) => Err(UsageError(format!(
                "{id} är ett id, och efter det skrivs inget mer (”{kind}”). Skriv hela id:t, eller avtal, slag och period var för sig."
            ))),
            (Some(kind), None) => {
                Ok(Self::Parts(&arguments.agreement, kind, arguments.period.as_deref().unwrap_or("-")))
            }
            (None, Some(id)) => Ok(Self::Id(id)),
            (None, None) => Ok(Self::Chosen(&arguments.agreement)),
        }
    }

    fn agreement(&self) -> &'a Path {
        match self {
            Self::Id(id) => Path::new(id.split('/').next().unwrap_or(id)),
            Self::Parts(agreement, ..) | Self::Chosen(agreement) => agreement,
        }
    }
}

fn not_named() -> UsageError {
    UsageError(
        "Skriv avtal, slag och period, eller ett helt id: iop schedule visar det sist på raden. I ett terminalfönster räcker avtalet, så visas en lista."
            .to_owned(),
    )
}

/// So many of what can be ticked off are shown to choose from.
const MOST: usize = 30;

/// The id of what a person chooses of what can be ticked off and has not been.
fn choose(deadlines: &[Deadline<'_>], id: &str) -> Result<String, UsageError> {
    let asker = Asker::new();
    if !asker.can_ask() {
        return Err(not_named());
    }
    let open = deadlines.iter().filter(|one| {
        one.kind.nature().is_ticked_off && !matches!(one.state, State::Done(_) | State::Passed)
    });
    let open: Vec<&Deadline<'_>> = open.take(MOST).collect();
    let labels: Vec<String> = open
        .iter()
        .map(|one| {
            let day = one.when.last_day().map_or_else(|| "utan dag".to_owned(), |day| day.to_string());
            format!("{day}  {}  ({})", one.title, one.id)
        })
        .collect();
    let choices: Vec<(usize, &str)> = labels.iter().map(String::as_str).enumerate().collect();
    let question = Question { asks: "Vad är gjort?", flag: "SLAG PERIOD" };
    let chosen = asker.one_of(None, question, &choices)?.and_then(|chosen| open.get(chosen));
    chosen.map(|one| one.id.clone()).ok_or_else(|| UsageError(format!("{id} har inget att bocka av.")))
}

/// The one date that is meant.
fn find<'a, 'b>(
    deadlines: &'b [Deadline<'a>],
    id: &str,
    named: &Named<'_>,
) -> Result<&'b Deadline<'a>, UsageError> {
    let (kind, period) = match named {
        Named::Parts(_, kind, period) => (*kind, *period),
        Named::Chosen(_) => return Err(not_named()),
        Named::Id(whole) => {
            return deadlines.iter().find(|deadline| deadline.id == *whole).ok_or_else(|| {
                let known = deadlines.iter().map(|deadline| deadline.id.as_str());
                let near = text::nearest(whole, known).map(|near| format!(" Menade du {near}?"));
                UsageError(format!("Schemat har inget som heter {whole}.{}", near.unwrap_or_default()))
            });
        }
    };
    // "memo/continuation" tells a kind and what it belongs to, as in the ids of the schedule.
    let (word, of) = kind.split_once('/').map_or((kind, None), |(word, of)| (word, Some(of)));
    let slug = text::slug(word);
    let is_of = |key: &str| key == word || text::slug(key) == slug;
    let is_key = deadlines.iter().any(|one| one.of.as_deref().is_some_and(is_of));
    let by_kind = kind_of(word).or_else(|| kind_with(&slug).filter(|_| !is_key));
    if let Some(kind) = by_kind {
        refuse_what_is_recorded_elsewhere(kind, id)?;
    }
    let is_kind = |deadline: &&Deadline<'_>| match by_kind {
        Some(kind) => {
            deadline.kind == kind
                && of.is_none_or(|of| {
                    deadline.of.as_deref().is_some_and(|key| key == of || text::slug(key) == text::slug(of))
                })
        }
        // Of what belongs to a group by its key, the meeting is meant.
        None => {
            deadline.of.as_deref().is_some_and(is_of)
                && !matches!(
                    deadline.kind,
                    DeadlineKind::SteeringCall | DeadlineKind::SteeringPapers | DeadlineKind::SteeringNotes
                )
        }
    };
    let of_kind: Vec<&Deadline<'a>> = deadlines.iter().filter(is_kind).collect();
    if of_kind.is_empty() {
        let ticked = deadlines.iter().filter(|deadline| deadline.kind.nature().is_ticked_off);
        let mut known: Vec<&str> = ticked.map(|deadline| deadline.kind.label()).collect();
        known.sort_unstable();
        known.dedup();
        return Err(UsageError(format!(
            "Avtalet har inget att bocka av som heter ”{kind}”. Det som finns är {}.{}",
            text::list(&known),
            lines_to_watch(&slug, id)
        )));
    }
    let named = Some(period).filter(|period| *period != "-");
    let is_period = |deadline: &&&Deadline<'_>| match (&deadline.period, named) {
        (Some(period), Some(named)) => period.eq_ignore_ascii_case(named),
        (_, None) => true,
        (None, Some(_)) => false,
    };
    let meant: Vec<&&Deadline<'a>> = of_kind.iter().filter(is_period).collect();
    match meant.as_slice() {
        [only] => Ok(only),
        [] => {
            let mut periods: Vec<&str> =
                of_kind.iter().map(|deadline| deadline.period.as_deref().unwrap_or("-")).collect();
            periods.dedup();
            Err(UsageError(format!(
                "”{kind}” har ingen period som heter ”{}”. Perioderna är {}.",
                period,
                text::list(&periods)
            )))
        }
        several => {
            let ids: Vec<String> = several
                .iter()
                .map(|deadline| {
                    let period = deadline.period.as_deref().unwrap_or("-");
                    match &deadline.of {
                        Some(of) => format!("{}/{of} {period}", deadline.kind.word()),
                        None => format!("{} {period}", deadline.kind.word()),
                    }
                })
                .collect();
            Err(UsageError(format!("Flera kan menas. Skriv {}.", text::either(&ids))))
        }
    }
}

/// The kind of date that a word means: its word, or its Swedish name with or without å, ä and ö.
fn kind_of(word: &str) -> Option<DeadlineKind> {
    let slug = text::slug(word);
    let is_it = |kind: &DeadlineKind| kind.word() == word || text::slug(kind.label()) == slug;
    DeadlineKind::ALL.into_iter().find(is_it)
}

/// The only kind that has a word in its Swedish name: "årshandlingar".
fn kind_with(slug: &str) -> Option<DeadlineKind> {
    let mut all = DeadlineKind::ALL.into_iter();
    let has = |kind: &DeadlineKind| text::slug(kind.label()).split('-').any(|part| part == slug);
    let found = all.find(has)?;
    all.all(|other| !has(&other)).then_some(found)
}

/// What to write so that what recurs, and no agreement has of itself, can be ticked off.
fn lines_to_watch(word: &str, id: &str) -> String {
    let (key, title, every) = match word {
        "kontroll" | "motpartskontroll" | "arlig-kontroll" => {
            ("kontroll", "Kontroll av motparten: styrelse, firmatecknare och årsredovisning", "year")
        }
        "expedierat" | "expediering" | "utskick" => {
            ("expediering", "Beslutet skickat till organisationen", "once")
        }
        _ => return String::new(),
    };
    format!(
        " Ska det bevakas, skriv i agreements/{id}.toml, med månaden då det senast ska vara gjort:\n\n[follow_up.{key}]\nkind = \"other\"\ntitle = \"{title}\"\nevery = \"{every}\"\ndue = {{ month = 5 }}"
    )
}

/// What the register learns in another way is not ticked off.
fn refuse_what_is_recorded_elsewhere(kind: DeadlineKind, id: &str) -> Result<(), UsageError> {
    if kind.nature().is_ticked_off {
        return Ok(());
    }
    let help = match kind {
        DeadlineKind::Payout => {
            format!("En betalning förs in med iop done {id} betalning UTBETALNING --date DATUM --amount BELOPP.")
        }
        DeadlineKind::IndexValue => {
            "Ett indexvärde skriver du sist i seriens fil i indexes/, under [value], med året först och egna uppgifter:\n\n2027 = [{ number = \"2,5\", status = \"decided\", source = \"beslutet\", known_from = 2026-11-20 }]".to_owned()
        }
        DeadlineKind::Approval => {
            format!("Ett beslut förs in med iop done {id} beslut godkännande --date DATUM --by ORGAN.")
        }
        DeadlineKind::Option => {
            format!("En förlängning föreslås med iop new --extend {id} --until DATUM --option OPTION.")
        }
        DeadlineKind::Notice | DeadlineKind::NoticeDecision => {
            format!("En uppsägning förs in med iop done {id} beslut uppsägning --date DATUM --by ORGAN.")
        }
        _ => "Det är en dag som passerar av sig själv: det finns inget att bocka av.".to_owned(),
    };
    Err(UsageError(format!("”{}” bockas inte av här. {help}", text::capitalised(kind.label()))))
}
