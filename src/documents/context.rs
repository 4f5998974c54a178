//! What templates can see: the agreement as its file states it, with open facts as blanks, and what is computed
//! from it. Templates compute no amounts, months or dates.

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::{Error, Value};
use serde_json::Value as Json;

use super::blanks::Blanks;
use super::markdown;
use super::{DocumentKind, Mark, Templates};
use crate::agreement::{Agreement, Answer, AppliesWhen, DocumentWord, Role};
use crate::date;
use crate::guideline::Guideline;
use crate::key_path::KeyPath;
use crate::path;
use crate::payouts;
use crate::register::{Entry, Register};
use crate::text;
use crate::vocabulary::{Known, NOT_STATED};

/// Facts without which the document is not complete: a blank stands for them even where the file lacks the key.
const NEEDED: [&[&str]; 14] = [
    &["dated"],
    &["purpose"],
    &["target_group"],
    &["case", "registry_number"],
    &["term", "start"],
    &["term", "end"],
    &["memo", "dated"],
    &["memo", "administration"],
    &["memo", "handler"],
    &["memo", "signer"],
    &["memo", "executor"],
    &["memo", "reason_now"],
    &["memo", "preparation"],
    &["memo", "childs_best"],
];

/// The context of one document, and the blanks that it may show.
pub(super) fn build(
    kind: DocumentKind,
    register: &Register,
    entry: &Entry<Agreement>,
    templates: &Templates,
    mark: Option<Mark>,
    as_of: NaiveDate,
) -> Result<(Value, Blanks), Error> {
    let agreement = &entry.data;
    let mut blanks = Blanks::default();
    let mut context: IndexMap<&str, Value> = IndexMap::new();
    let data = serde_json::to_value(agreement).unwrap_or_default();
    context.insert("agreement", convert(&data, &KeyPath::root(), &mut blanks));
    context.insert("word", words(agreement.document_word));
    context.insert("mark", mark.map(Mark::word).into());
    context.insert(
        "municipality",
        register.settings.as_ref().map(|settings| settings.data.municipality.name.as_str()).into(),
    );
    context.insert("committee", committee(kind, register, agreement, as_of).into());
    context.insert("guideline", register.guideline_of(agreement).map(|entry| guideline(&entry.data)).into());
    context.insert("parties", parties(agreement));
    context.insert("public", names(agreement, Role::Public));
    context.insert("civil_society", names(agreement, Role::CivilSociety));
    context.insert("duration", term(agreement));
    context.insert("grounds", grounds(register, agreement));
    context.insert("economy", economy(agreement, &mut blanks));
    context.insert("exits", exits(agreement, &mut blanks));
    context.insert("groups", decision_styles(agreement));
    context.insert("duties", duties(agreement, &mut blanks));

    let sections = sections(agreement, templates, &context, &mut blanks)?;
    context.insert("sections", sections);
    Ok((object(context), blanks))
}

fn object(entries: IndexMap<&str, Value>) -> Value {
    Value::from_pairs(entries)
}

/// The agreement's data, with blanks in place of what is open.
fn convert(json: &Json, path: &KeyPath, blanks: &mut Blanks) -> Value {
    match json {
        Json::Null if is_needed(path) => Value::from_safe_string(blanks.stand_in(path)),
        Json::Null => Value::from(()),
        Json::Bool(truth) => Value::from(*truth),
        Json::Number(number) => number.as_i64().map_or_else(|| Value::from(()), Value::from),
        Json::String(text) if text == NOT_STATED => Value::from_safe_string(blanks.stand_in(path)),
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => {
            items.iter().enumerate().map(|(index, item)| convert(item, &path.join(index), blanks)).collect()
        }
        Json::Object(map) => Value::from_pairs(
            map.iter().map(|(key, value)| (key.as_str(), convert(value, &path.join(key), blanks))),
        ),
    }
}

fn is_needed(path: &KeyPath) -> bool {
    NEEDED.iter().any(|needed| needed.iter().map(|key| (*key).into()).collect::<KeyPath>() == *path)
}

/// The forms of what the parties call their document.
fn words(word: DocumentWord) -> Value {
    let forms = match word {
        DocumentWord::Overenskommelse => [
            ("a", "en överenskommelse"),
            ("bare", "överenskommelse"),
            ("the", "överenskommelsen"),
            ("of_the", "överenskommelsens"),
            ("this", "denna överenskommelse"),
            ("drawn_up", "upprättad"),
            ("dated", "daterad"),
        ],
        DocumentWord::Avtal => [
            ("a", "ett avtal"),
            ("bare", "avtal"),
            ("the", "avtalet"),
            ("of_the", "avtalets"),
            ("this", "detta avtal"),
            ("drawn_up", "upprättat"),
            ("dated", "daterat"),
        ],
    };
    Value::from_pairs(forms)
}

/// The deciding committee by the name that it had on the document's day.
fn committee(
    kind: DocumentKind,
    register: &Register,
    agreement: &Agreement,
    as_of: NaiveDate,
) -> Option<String> {
    let memo = agreement.memo.dated.known().filter(|_| kind == DocumentKind::Tjansteskrivelse);
    let date = memo.or(agreement.dated.known()).copied().unwrap_or(as_of);
    register.committee_of(agreement)?.name_on(date).map(str::to_owned)
}

fn guideline(guideline: &Guideline) -> Value {
    let most = guideline.limits.base_term_months.map(|months| {
        if months.is_multiple_of(12) {
            format!("{} år", text::numeral(months / 12))
        } else {
            format!("{months} månader")
        }
    });
    object(IndexMap::from([
        ("title", Value::from(guideline.title.as_str())),
        ("decided_by", Value::from(guideline.decided_by.as_str())),
        ("decided", Value::from(guideline.decided.to_string())),
        ("paragraph", Value::from(guideline.paragraph.as_str())),
        ("longest", Value::from(most)),
        ("within_frame", Value::from(guideline.limits.within_budget_frame)),
    ]))
}

/// The names for running text of all parties on one side: "RSMH Lund".
fn names(agreement: &Agreement, role: Role) -> Value {
    let called: Vec<&str> = agreement.parties(role).map(|(_, party)| party.called()).collect();
    let full: Vec<&str> = agreement.parties(role).map(|(_, party)| party.name.as_str()).collect();
    object(IndexMap::from([
        ("called", Value::from(text::list(&called))),
        ("full", Value::from(text::list(&full))),
        ("several", Value::from(called.len() > 1)),
    ]))
}

/// Each party with its key, its designation and what it is called.
fn parties(agreement: &Agreement) -> Value {
    Value::from_pairs(agreement.party.iter().map(|(key, party)| {
        let mut designation = match (party.legal_person.known(), party.organ.known()) {
            (Some(person), Some(organ)) => {
                format!("{person} genom {}, företräd av {}", text::uncapitalised(organ), party.name)
            }
            (Some(person), None) if *person != party.name => format!("{person}, företräd av {}", party.name),
            _ => party.name.clone(),
        };
        if let Some(number) = party.organisation_number.known() {
            designation.push_str(&format!(" (org.nr {number})"));
        }
        let form = party.form.known().filter(|_| party.role == Role::CivilSociety).map(|form| form.label());
        let fields = object(IndexMap::from([
            ("key", Value::from(key.as_str())),
            ("side", Value::from(text::capitalised(party.role.label()))),
            ("designation", Value::from(designation)),
            ("form", Value::from(form)),
            ("called", Value::from(party.called())),
            ("full", Value::from(party.name.as_str())),
            ("about", Value::from(party.about.as_deref())),
        ]));
        (key.as_str(), fields)
    }))
}

fn term(agreement: &Agreement) -> Value {
    let period = agreement.term.period();
    let years = period.map(|period| {
        let (first, last) = (period.years().min(), period.years().max());
        match (first, last) {
            (Some(first), Some(last)) if first != last => format!("åren {first}–{last}"),
            (Some(first), _) => format!("år {first}"),
            _ => String::new(),
        }
    });
    object(IndexMap::from([
        ("length", Value::from(period.map(|period| period.length().to_string()))),
        ("years", Value::from(years)),
    ]))
}

/// The grounds that are met, in the guideline's order.
fn grounds(register: &Register, agreement: &Agreement) -> Value {
    let answers = agreement.ground.known();
    let Some(guideline) = register.guideline_of(agreement) else { return Value::from(Vec::<Value>::new()) };
    guideline
        .data
        .ground
        .iter()
        .filter_map(|(key, demand)| Some((demand, answers?.get(key)?)))
        .filter(|(_, ground)| ground.answer != Answer::No)
        .map(|(demand, ground)| {
            object(IndexMap::from([
                ("text", Value::from(demand.text.as_str())),
                ("partly", Value::from(ground.answer == Answer::Partly)),
                ("reason", Value::from(ground.reason.known().map(String::as_str))),
            ]))
        })
        .collect()
}

/// Rows of the table of amounts, their sum, and the sentences about adjustment.
fn economy(agreement: &Agreement, blanks: &mut Blanks) -> Value {
    let rows: Value = agreement
        .funding
        .iter()
        .map(|(key, funding)| {
            let base = path!["funding", key];
            let period = payouts::period_of(funding, &agreement.term);
            let what = funding.title.clone().unwrap_or_else(|| match period {
                Some(period) if period.years().count() == 1 => {
                    period.years().min().unwrap_or_default().to_string()
                }
                _ => "Hela avtalstiden".to_owned(),
            });
            let amount = match (&funding.amount, &funding.rate) {
                (Some(amount), _) => match amount.value() {
                    Some(amount) => Value::from(amount.to_string()),
                    None => Value::from_safe_string(blanks.stand_in(&base.join("amount"))),
                },
                (None, Some(rate)) => {
                    Value::from(format!("{} per {} och {}", rate.amount, rate.unit, rate.per.label()))
                }
                (None, None) => Value::from_safe_string(blanks.stand_in(&base.join("amount"))),
            };
            let months = funding.months.known().map(|months| {
                format!("{months}{}{}", text::NBSP, if *months == 1 { "månad" } else { "månader" })
            });
            object(IndexMap::from([
                ("what", Value::from(what)),
                ("period", Value::from(period.map(|period| period.to_string()))),
                ("months", Value::from(months)),
                ("amount", amount),
                ("ceiling", Value::from(funding.ceiling)),
                ("payer", Value::from(called(agreement, &funding.payer))),
                ("payee", Value::from(funding.payee.as_ref().map(|payee| called(agreement, payee)))),
            ]))
        })
        .collect();
    let by_year: Vec<String> = agreement
        .funding
        .values()
        .filter(|funding| funding.rate.is_none() && !funding.ceiling)
        .filter_map(|funding| {
            let period = payouts::period_of(funding, &agreement.term)?;
            let amount = payouts::amount_of(funding, &agreement.term)?;
            (period.years().count() == 1).then(|| format!("{amount} för {}", period.start.format("%Y")))
        })
        .collect();
    let payers: Vec<&str> =
        unique(agreement.funding.values().map(|funding| called(agreement, &funding.payer)));
    let complete = by_year.len() == agreement.funding.len();
    object(IndexMap::from([
        ("rows", rows),
        ("total", Value::from(payouts::agreed_total(agreement).map(|sum| sum.to_string()))),
        ("by_year", Value::from(complete.then(|| text::list(&by_year)))),
        ("payer", Value::from(text::list(&payers))),
        ("several", Value::from(agreement.funding.len() > 1)),
        ("adjustments", adjustments(agreement)),
    ]))
}

fn adjustments(agreement: &Agreement) -> Value {
    agreement
        .indexation
        .iter()
        .map(|(key, indexation)| {
            let years: Vec<String> = indexation.years.iter().map(ToString::to_string).collect();
            object(IndexMap::from([
                ("key", Value::from(key.as_str())),
                ("years", Value::from((!years.is_empty()).then(|| text::list(&years)))),
                ("follows", Value::from(indexation.follows.as_deref())),
                ("on_extension", Value::from(indexation.applies == AppliesWhen::OnExtension)),
                ("amount", Value::from(indexation.amounts.known().map(|amounts| amounts.label()))),
                ("method", Value::from(indexation.method.known().map(|method| method.label()))),
            ]))
        })
        .collect()
}

fn unique<'a>(items: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for item in items {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen
}

/// What running text calls a party, or the word itself where it is a function and no party's key.
fn called<'a>(agreement: &'a Agreement, key: &'a str) -> &'a str {
    agreement.party.get(key).map_or(key, |party| party.called())
}

/// The ways out, in the file's order, with their causes as one clause.
fn exits(agreement: &Agreement, blanks: &mut Blanks) -> Value {
    agreement
        .exit
        .iter()
        .map(|(key, exit)| {
            let causes: Vec<&str> = exit.cause.iter().map(|cause| cause.label()).collect();
            let mut open = |field: &str, fact: &crate::vocabulary::Fact<String>| match fact {
                Some(fact) => match fact.value() {
                    Some(value) => Value::from(called(agreement, value)),
                    None => Value::from_safe_string(blanks.stand_in(&path!["exit", key, field])),
                },
                None => Value::from(()),
            };
            let liable = open("liable", &exit.liable);
            let measure = open("measure", &exit.measure);
            let decided_by = open("decided_by", &exit.decided_by);
            object(IndexMap::from([
                ("means", Value::from(exit.means.word())),
                ("cause", Value::from(causes.join(" eller "))),
                ("without_cause", Value::from(exit.cause.contains(&crate::agreement::Cause::Any))),
                ("key", Value::from(key.as_str())),
                ("dialogue_first", Value::from(exit.dialogue_first)),
                ("consequence", Value::from(exit.consequence.known().map(|consequence| consequence.label()))),
                ("liable", liable),
                ("measure", measure),
                ("decided_by", decided_by),
            ]))
        })
        .collect()
}

fn decision_styles(agreement: &Agreement) -> Value {
    Value::from_pairs(agreement.steering_group.iter().map(|(key, group)| {
        let style = group.decides_by.known().map(|style| style.label());
        let meetings = group.meetings.known().map(|meetings| meetings.per.label());
        let fields = object(IndexMap::from([
            ("decides_by", Value::from(style)),
            ("per", Value::from(meetings)),
            ("called_by", party_of(agreement, &group.called_by)),
            ("minutes_by", party_of(agreement, &group.minutes_by)),
        ]));
        (key.as_str(), fields)
    }))
}

fn party_of(agreement: &Agreement, fact: &crate::vocabulary::Fact<String>) -> Value {
    Value::from(fact.known().map(|key| called(agreement, key)))
}

/// Reports and accounts, with names in place of keys.
fn duties(agreement: &Agreement, blanks: &mut Blanks) -> Value {
    agreement
        .follow_up
        .iter()
        .map(|(key, duty)| {
            let base = path!["follow_up", key];
            let author = person(agreement, &duty.author, &base.join("author"), blanks);
            let receiver = person(agreement, &duty.receiver, &base.join("receiver"), blanks);
            let due = match &duty.due {
                None => Value::from(()),
                Some(due) => match due.value() {
                    Some(due) => Value::from(when(due)),
                    None => Value::from_safe_string(blanks.stand_in(&base.join("due"))),
                },
            };
            let often = match (duty.at_least_per_year.known(), duty.every.known()) {
                (Some(times), _) => Some(format!("minst {} ({times}) gånger per år", text::numeral(*times))),
                (None, Some(crate::agreement::Every::Once)) => Some("en gång under avtalstiden".to_owned()),
                (None, Some(every)) => Some(format!("varje {}", every.label())),
                (None, None) => None,
            };
            object(IndexMap::from([
                ("key", Value::from(key.as_str())),
                (
                    "what",
                    Value::from(duty.title.clone().unwrap_or_else(|| text::capitalised(duty.kind.label()))),
                ),
                ("how_often", Value::from(often)),
                ("author", author),
                ("receiver", receiver),
                ("due", due),
                ("contents", Value::from(duty.contents.clone())),
                ("use_for", Value::from(duty.use_for.as_deref())),
            ]))
        })
        .collect()
}

fn person(
    agreement: &Agreement,
    fact: &crate::vocabulary::Fact<String>,
    path: &KeyPath,
    blanks: &mut Blanks,
) -> Value {
    match fact {
        None => Value::from(()),
        Some(fact) => match fact.value() {
            Some(key) => Value::from(called(agreement, key)),
            None => Value::from_safe_string(blanks.stand_in(path)),
        },
    }
}

fn when(due: &crate::agreement::Due) -> String {
    if let Some(words) = &due.words {
        return words.clone();
    }
    if let Some(date) = due.date {
        return format!("senast den {}", date::long(date));
    }
    let month = due.month.and_then(date::month_name);
    match (due.day, month, due.days_after_period) {
        (Some(day), Some(month), _) => format!("senast den {day}{}{month}", text::NBSP),
        (None, Some(month), _) => format!("senast i {month}"),
        (_, None, Some(days)) => format!("senast {days}{}dagar efter periodens slut", text::NBSP),
        _ => String::new(),
    }
}

/// The sections of the agreement: its own clauses and the standard ones that it takes, each with heading and
/// text. Standard texts see the same context as the document.
fn sections(
    agreement: &Agreement,
    templates: &Templates,
    context: &IndexMap<&str, Value>,
    blanks: &mut Blanks,
) -> Result<Value, Error> {
    let standard = agreement.standard_clauses.iter().filter(|key| templates.clause(key).is_some());
    let own = agreement.clause.keys();
    let mut sections: IndexMap<&str, Value> = IndexMap::new();
    for key in standard.chain(own) {
        if sections.contains_key(key.as_str()) {
            continue;
        }
        let template = templates.clause(key);
        let clause = agreement.clause.get(key);
        let heading = clause
            .and_then(|clause| clause.heading.as_deref())
            .or(template.map(|template| template.heading.as_str()))
            .unwrap_or(key);
        let mut text = match clause.and_then(|clause| clause.text.as_ref()) {
            Some(own) => match own.value() {
                Some(own) => markdown::body(own, 2),
                None => blanks.stand_in(&path!["clause", key, "text"]),
            },
            None if template.is_some() => {
                let context = Value::from_pairs(context.iter().map(|(key, value)| (*key, value.clone())));
                templates.render(&format!("clauses/{key}.md"), context)?
            }
            None => String::new(),
        };
        if let Some(addition) = clause.and_then(|clause| clause.addition.as_deref()) {
            text.push_str("\n\n");
            text.push_str(&markdown::body(addition, 2));
        }
        let fields = object(IndexMap::from([
            ("heading", Value::from(heading)),
            ("text", Value::from_safe_string(text)),
        ]));
        sections.insert(key, fields);
    }
    Ok(object(sections))
}
