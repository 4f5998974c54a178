//! What templates can see: the agreement as its file states it, with open facts as blanks, and what is computed
//! from it. Templates compute no amounts, months or dates.

mod adjusted;
mod adjustments;
mod amounts;
mod assessments;
mod bearers;
mod change;
mod change_grants;
mod change_money;
mod changes;
mod duration;
mod economy;
mod end_money;
mod ending;
mod exits;
mod follow_up;
mod frame_basis;
mod frames;
mod guidelines;
mod option_use;
mod parties;
mod promise;
mod rates;
mod reading;
mod signed;
mod states;
mod text_life;
mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::{Error, Value};
use serde_json::Value as Json;

use self::bearers::Bearers;
use self::end_money::EndMoney;
use self::reading::Reading;
use self::states::States;
use self::text_life::TextLife;
use self::words::{memo_words, object, words};
use super::blanks::{Blanks, briefly, says_something};
use super::filters::unfit_text;
use super::kind::{Kind, SubjectKind};
use super::markdown;
use super::subject::Subject;
use super::{Mark, RenderOptions, Templates, headings};
use crate::agreement::{Agreement, Answer, Decider, Role, Term, What};
use crate::key_path::{KeyPath, Segment};
use crate::path;
use crate::register::{Entry, Register};
use crate::term::{Commitment, standing_on};
use crate::text;
use crate::vocabulary::{Known, NOT_STATED};

/// Facts without which the document is not complete: a blank stands for them even where the file lacks the key.
const NEEDED: [&[&str]; 23] = [
    &["dated"],
    &["purpose"],
    &["target_group"],
    &["case", "registry_number"],
    &["original", "location"],
    &["term", "start"],
    &["term", "end"],
    &["ending", "cause"],
    &["ending", "received"],
    &["ending", "reclaim"],
    &["memo", "dated"],
    &["memo", "administration"],
    &["memo", "handler"],
    &["memo", "signer"],
    &["memo", "executor"],
    &["memo", "reason_now"],
    &["memo", "matter"],
    &["memo", "presentation"],
    &["memo", "preparation"],
    &["memo", "childs_best"],
    &["memo", "distribution", "execution"],
    &["memo", "results"],
    &["memo", "legal"],
];

/// What templates can see, by name.
pub(super) type Context<'a> = IndexMap<&'a str, Value>;

/// The context of one document, and the blanks that it may show.
pub(super) fn build(
    kind: &Kind,
    subject: &Subject<'_>,
    register: &Register,
    templates: &Templates,
    mark: Option<Mark>,
    RenderOptions { as_of, tells_facts, .. }: RenderOptions,
) -> Result<(Value, Blanks), Error> {
    let mut blanks = match subject.entry().filter(|_| tells_facts) {
        Some(entry) => Blanks::with_facts(names(&entry.data)),
        None => Blanks::default(),
    };
    let mut context: Context<'_> = IndexMap::from([
        ("memo_word", memo_words(register.memo_word())),
        ("proposal", register.proposal_style().word().into()),
        ("mark", mark.map(Mark::word).into()),
        (
            "municipality",
            register.settings.as_ref().map(|settings| settings.data.municipality.name.as_str()).into(),
        ),
    ]);
    let topic = subject.topic();
    context.extend(topic.context(register, as_of));
    let Some(text) = Reading::of(kind, subject, register, as_of) else {
        return Ok((object(context), blanks));
    };
    let agreement = &text.entry.data;
    let headings = headings::all(register, templates, agreement);
    let heading = || Value::from_pairs(headings.iter().map(|(name, heading)| (*name, heading.as_str())));
    context.insert("heading", heading());
    let entry = topic.entry().unwrap_or(&text.entry);
    let states = (entry, &*text.entry);
    context.extend(of_agreement(register, states, &entry.data.term, text.day, &mut blanks));
    let amended = compiled(register, entry, &text).map(|(day, by)| {
        object(IndexMap::from([("day", Value::from(day.to_string())), ("by", Value::from(by))]))
    });
    context.insert("amended", amended.into());
    // Organs have the name of the document's day.
    let (memo, memo_path) = topic.memo();
    let is_of_its_own_day = kind.is_memo() || topic.change().is_some();
    let named_on = Some(&text.day).filter(|_| is_of_its_own_day).or(agreement.dated.known());
    let named_on = named_on.copied().unwrap_or(as_of);
    let committee = register.committee_of(agreement).and_then(|committee| committee.name_on(named_on));
    context.insert("committee", committee.into());
    let others = topic.change().map_or_else(|| agreement.other_deciders(), |change| change.others());
    let deciders = committee.map(|own| deciders(register, own, &others, named_on));
    context.insert("deciders", deciders.into());
    context.insert("also_decides", also_decides(register, (agreement, &others), named_on, &mut blanks));
    let memo = serde_json::to_value(memo.cloned().unwrap_or_default()).unwrap_or_default();
    context.insert("memo", convert(&memo, &memo_path, &mut blanks));
    if kind.is_memo() && kind.subject == SubjectKind::Agreement {
        let agreed = changes::without_possible(register, &text.entry, text.day);
        context
            .insert("frames", frames::frames(register, &agreed, None, (&BTreeMap::new(), false), text.day));
    }
    if let Some(change) = topic.change() {
        let states = States::of(register, entry, change, text.day);
        let committees = others.iter().filter_map(|other| other.committee);
        let bearers = Bearers::of(register, &states.before.data, committees, text.day);
        let days = (text.day, as_of);
        context.insert("change", change::change(register, entry, change, &states, &bearers, days));
        let mut reclaimed = BTreeMap::new();
        if let What::Ending(one) = change.what {
            let money = EndMoney::of(register, one, &states, &bearers, text.day);
            let shown = money.shown();
            context.insert("ending", ending::ending(register, &states.before.data, one, shown, text.day));
            reclaimed = money.reclaimed();
        }
        let (before, after) = &states.held;
        context.insert(
            "frames",
            frames::frames(register, after, Some(before), (&reclaimed, states.is_longer), text.day),
        );
        let mut written = states.written(register, change, text.day);
        change::call_alike(register, &mut written, text.day);
        let mut clauses = written.map(|written| {
            let states = (&written, &written);
            let mut clauses = of_agreement(register, states, &entry.data.term, text.day, &mut blanks);
            clauses.insert("heading", heading());
            clauses
        });
        if let Some(end) = states.end_of_open {
            clauses[1].insert("at_most_until", Value::from(end.to_string()));
        }
        context.insert("wording", change::wording(templates, &headings, &clauses[0], &clauses[1])?);
    }
    let of_register = register.settings.as_ref().map(|settings| &settings.data.documents.order);
    let own_order = Some(&agreement.clause_order).filter(|order| !order.is_empty());
    let order = own_order.or(of_register).into_iter().flatten();
    context.insert("order", order.map(|key| Value::from(key.as_str())).collect());
    let sections = sections(agreement, templates, &headings, &context, &mut blanks)?;
    context.insert("sections", sections);
    Ok((object(context), blanks))
}

/// The day and the name of the latest change in a text that somebody had signed before it.
fn compiled(
    register: &Register,
    entry: &Entry<Agreement>,
    text: &Reading<'_>,
) -> Option<(NaiveDate, String)> {
    let records = register.records_of(entry);
    let is_signed = standing_on(&entry.data, records, text.day) == Commitment::Agreed;
    let has_been_signed = |by: NaiveDate| {
        let signings = records.into_iter().flat_map(|records| records.signing.values());
        signings.filter_map(|one| one.date.known()).any(|day| *day < by)
    };
    // What waits for all its signatures is no compilation of what was signed.
    changes::latest(register, &text.entry, text.day).filter(|(day, _)| is_signed || has_been_signed(*day))
}

/// The day of the latest change that the text of an agreement holds, where it is a compilation.
pub(super) fn compiled_until(
    kind: &Kind,
    subject: &Subject<'_>,
    register: &Register,
    as_of: NaiveDate,
) -> Option<NaiveDate> {
    if kind.is_memo() || kind.subject != SubjectKind::Agreement {
        return None;
    }
    let text = Reading::of(kind, subject, register, as_of)?;
    Some(compiled(register, subject.entry()?, &text)?.0)
}

/// What an agreement's own text shows: the data of `known`, as the agreement of `entry`, agreed with the term `stated`, reads on `day`.
fn of_agreement<'a>(
    register: &Register,
    (entry, known): (&Entry<Agreement>, &Entry<Agreement>),
    stated: &Term,
    day: NaiveDate,
    blanks: &mut Blanks,
) -> Context<'a> {
    let life = TextLife::of(register, entry, &known.data, day);
    let agreement = &known.data;
    let data = serde_json::to_value(agreement).unwrap_or_default();
    IndexMap::from([
        ("agreement", convert(&data, &KeyPath::root(), blanks)),
        ("word", words(agreement)),
        ("municipal", parties::municipal(register, agreement)),
        ("guideline", guidelines::decided(register, agreement).map(guidelines::shown).into()),
        ("parties", parties::parties(agreement)),
        ("everyone", parties::names(agreement.party.values())),
        ("public", parties::names(agreement.parties(Role::Public))),
        ("civil_society", parties::names(agreement.parties(Role::CivilSociety))),
        ("counterparts", parties::counterparts(register, agreement)),
        (
            "duration",
            duration::duration(agreement, stated, register.records_of(entry), &life.agreed, blanks, day),
        ),
        ("signed", signed::signed(agreement, register.records_of(entry), &life.agreed)),
        ("signings", signed::signings(agreement, register.records_of(entry), day)),
        ("grounds", grounds(register, agreement)),
        ("economy", economy::economy(register, known, &life, blanks, day)),
        ("exits", exits::exits(register, agreement, blanks)),
        ("assessors", assessments::assessors(agreement, blanks)),
        ("groups", follow_up::groups(agreement)),
        ("duties", follow_up::duties(agreement, blanks)),
    ])
}

/// The names by which tables of an agreement point at each other.
fn names(agreement: &Agreement) -> impl Iterator<Item = String> {
    let parties = agreement.party.keys();
    let groups = agreement.steering_group.keys().chain(agreement.follow_up.keys());
    let money = agreement.funding.keys().chain(agreement.payout_plan.keys()).chain(agreement.exit.keys());
    parties.chain(groups).chain(money).cloned()
}

/// The agreement's data, with blanks in place of what is open.
fn convert(json: &Json, path: &KeyPath, blanks: &mut Blanks) -> Value {
    match json {
        Json::Null if is_needed(path) => blanks.blank(path),
        Json::Null => Value::from(()),
        Json::Bool(truth) => Value::from(*truth),
        Json::Number(number) => number.as_i64().map_or_else(|| Value::from(()), Value::from),
        Json::String(text) if text == NOT_STATED => blanks.blank(path),
        Json::String(text) => blanks.stated(path, text),
        Json::Array(items) => {
            items.iter().enumerate().map(|(index, item)| convert(item, &path.join(index), blanks)).collect()
        }
        Json::Object(map) => Value::from_pairs(
            map.iter().map(|(key, value)| (key.as_str(), convert(value, &path.join(key), blanks))),
        ),
    }
}

/// Whether a document is incomplete without this key; those of a memo have their names in whatever table it stands.
fn is_needed(path: &KeyPath) -> bool {
    let steps = path.segments();
    let memo = steps.iter().position(|step| matches!(step, Segment::Key(key) if key == "memo")).unwrap_or(0);
    let is = |needed: &[&str], steps: &[Segment]| {
        needed.len() == steps.len()
            && needed.iter().zip(steps).all(|(key, step)| matches!(step, Segment::Key(own) if own == key))
    };
    NEEDED.iter().any(|needed| is(needed, &steps[memo..]))
}

/// All the committees that decide, as one sentence names them: "Socialnämnden och kulturnämnden".
fn deciders(register: &Register, own: &str, others: &[Decider<'_>], date: NaiveDate) -> String {
    let committees = register.settings.as_ref().map(|settings| &settings.data.committee);
    let name = |key: &str| committees.and_then(|all| all.get(key)?.name_on(date));
    let others = others.iter().filter_map(|one| one.committee);
    let others = others.map(|key| text::uncapitalised(name(key).unwrap_or(key)));
    text::list(&[own.to_owned()].into_iter().chain(others).collect::<Vec<_>>())
}

/// The other committees that decide too: the name that each had on the document's day, and the number of its own case.
/// A change that is not a case of its own has the number of the agreement's.
fn also_decides(
    register: &Register,
    (agreement, others): (&Agreement, &[Decider<'_>]),
    date: NaiveDate,
    blanks: &mut Blanks,
) -> Value {
    let committees = register.settings.as_ref().map(|settings| &settings.data.committee);
    let concluded = agreement.other_deciders();
    let all = others.iter().filter_map(|one| Some((one, one.committee?))).map(|(one, committee)| {
        let name = committees.and_then(|all| all.get(committee)?.name_on(date));
        let of_agreement = concluded.iter().find(|other| other.committee == one.committee);
        let numbered = of_agreement.filter(|_| one.registry_number.is_none()).unwrap_or(one);
        let path = numbered.path.join("registry_number");
        let number = blanks.show(numbered.registry_number, &path, |number| Value::from(number.as_str()));
        object(IndexMap::from([
            ("committee", Value::from(name.unwrap_or(committee))),
            ("registry_number", number),
        ]))
    });
    all.collect()
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

/// The sections of the agreement: its own clauses and the standard ones that it takes, each with heading and
/// text. Standard texts see the same context as the document.
fn sections(
    agreement: &Agreement,
    templates: &Templates,
    headings: &IndexMap<&str, String>,
    context: &Context<'_>,
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
            .or_else(|| headings.get(key.as_str()).map(String::as_str))
            .unwrap_or(key);
        let mut text = match clause.and_then(|clause| clause.text.as_ref()) {
            Some(own) => match own.value() {
                Some(own) => markdown::body(own, 2).map_err(unfit_text)?,
                None => briefly(blanks.blank(&path!["clause", key, "text"])).to_string(),
            },
            None if template.is_some() => {
                let context = Value::from_pairs(context.iter().map(|(key, value)| (*key, value.clone())));
                templates.render(&format!("clauses/{key}.md"), context)?
            }
            None => String::new(),
        };
        if let Some(addition) = clause.and_then(|clause| clause.addition.as_deref()) {
            let addition = markdown::body(addition, 2).map_err(unfit_text)?;
            text = with_addition(&text, &addition);
        }
        if text.trim().is_empty() {
            text = briefly(blanks.blank(&path!["clause", key])).to_string();
        }
        let fields = object(IndexMap::from([
            ("heading", Value::from(text::capitalised(heading))),
            ("says_something", Value::from(says_something(&text))),
            ("text", Value::from_safe_string(text)),
        ]));
        sections.insert(key, fields);
    }
    Ok(object(sections))
}

/// A clause with the agreement's own addition: before its first heading, so that it does not read as part of what stands under
/// that.
fn with_addition(text: &str, addition: &str) -> String {
    match text.match_indices("### ").find(|(at, _)| *at == 0 || text[..*at].ends_with('\n')) {
        Some((at, _)) => format!("{}\n\n{addition}\n\n{}", &text[..at], &text[at..]),
        None => format!("{text}\n\n{addition}"),
    }
}
