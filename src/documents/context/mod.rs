//! What templates can see: the agreement as its file states it, with open facts as blanks, and what is computed
//! from it. Templates compute no amounts, months or dates.

mod adjusted;
mod changes;
mod duration;
mod economy;
mod exits;
mod follow_up;
mod parties;
mod text_life;

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::{Error, Value};
use serde_json::Value as Json;

use self::text_life::TextLife;
use super::blanks::{Blanks, briefly};
use super::filters::unfit_text;
use super::markdown;
use super::{DocumentKind, Mark, Templates, headings};
use crate::agreement::{Agreement, Answer, DocumentWord, Role};
use crate::guideline::Guideline;
use crate::key_path::KeyPath;
use crate::path;
use crate::register::{Entry, Register};
use crate::settings::MemoWord;
use crate::text;
use crate::vocabulary::{Known, NOT_STATED};

/// Facts without which the document is not complete: a blank stands for them even where the file lacks the key.
const NEEDED: [&[&str]; 17] = [
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
    &["memo", "matter"],
    &["memo", "presentation"],
    &["memo", "preparation"],
    &["memo", "childs_best"],
    &["memo", "distribution", "execution"],
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
    let mut blanks = Blanks::default();
    let (known, day) = match kind {
        DocumentKind::Tjansteskrivelse => {
            let day = changes::written(register, entry).unwrap_or(as_of);
            (changes::decided_on(register, entry, day), day)
        }
        DocumentKind::Avtal => (changes::agreed_on(register, entry, as_of), as_of),
    };
    let life = TextLife::of(register, entry, &known.data, day);
    let entry = &*known;
    let agreement = &entry.data;
    let mut context: IndexMap<&str, Value> = IndexMap::new();
    let data = serde_json::to_value(agreement).unwrap_or_default();
    context.insert("agreement", convert(&data, &KeyPath::root(), &mut blanks));
    context.insert("word", words(agreement));
    context.insert("memo_word", memo_words(register.memo_word()));
    context.insert("proposal", register.proposal_style().word().into());
    let headings = headings::all(register, templates, agreement.document_word.label());
    let shown = headings.iter().map(|(name, heading)| (*name, heading.as_str()));
    context.insert("heading", Value::from_pairs(shown));
    context.insert("mark", mark.map(Mark::word).into());
    context.insert("amended", changes::latest(register, entry).map(|date| date.to_string()).into());
    context.insert(
        "municipality",
        register.settings.as_ref().map(|settings| settings.data.municipality.name.as_str()).into(),
    );
    context.insert("committee", committee(kind, register, agreement, as_of).into());
    context.insert("also_decides", also_decides(register, agreement, as_of, &mut blanks));
    context.insert("guideline", register.guideline_of(agreement).map(|entry| guideline(&entry.data)).into());
    context.insert("parties", parties::parties(agreement));
    context.insert("everyone", parties::names(agreement.party.values()));
    context.insert("public", parties::names(agreement.parties(Role::Public)));
    context.insert("civil_society", parties::names(agreement.parties(Role::CivilSociety)));
    context.insert("duration", duration::duration(agreement, &life.agreed, &mut blanks, day));
    context.insert("grounds", grounds(register, agreement));
    context.insert("economy", economy::economy(register, entry, &life, &mut blanks, as_of));
    context.insert("exits", exits::exits(agreement, &mut blanks));
    context.insert("groups", follow_up::groups(agreement));
    context.insert("duties", follow_up::duties(agreement, &mut blanks));

    let sections = sections(agreement, templates, &headings, &context, &mut blanks)?;
    context.insert("sections", sections);
    Ok((object(context), blanks))
}

fn object(entries: IndexMap<&str, Value>) -> Value {
    Value::from_pairs(entries)
}

/// The agreement's data, with blanks in place of what is open.
fn convert(json: &Json, path: &KeyPath, blanks: &mut Blanks) -> Value {
    match json {
        Json::Null if is_needed(path) => blanks.blank(path),
        Json::Null => Value::from(()),
        Json::Bool(truth) => Value::from(*truth),
        Json::Number(number) => number.as_i64().map_or_else(|| Value::from(()), Value::from),
        Json::String(text) if text == NOT_STATED => blanks.blank(path),
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

/// What the parties call their document, in the definite form.
fn definite(word: DocumentWord) -> &'static str {
    match word {
        DocumentWord::Overenskommelse => "överenskommelsen",
        DocumentWord::Avtal => "avtalet",
    }
}

/// The forms of what the parties call their document.
fn words(agreement: &Agreement) -> Value {
    let word = agreement.document_word;
    let partnership = agreement.partnership.as_deref().unwrap_or("idéburet offentligt partnerskap");
    let forms = match word {
        DocumentWord::Overenskommelse => [
            ("a", "en överenskommelse"),
            ("bare", "överenskommelse"),
            ("the", definite(word)),
            ("this", "denna överenskommelse"),
            ("it", "den"),
            ("extended", "förlängd"),
            ("terminated", "uppsagd"),
            ("drawn_up", "upprättad"),
        ],
        DocumentWord::Avtal => [
            ("a", "ett avtal"),
            ("bare", "avtal"),
            ("the", definite(word)),
            ("this", "detta avtal"),
            ("it", "det"),
            ("extended", "förlängt"),
            ("terminated", "uppsagt"),
            ("drawn_up", "upprättat"),
        ],
    };
    Value::from_pairs(forms.into_iter().chain([("partnership", partnership)]))
}

/// The forms of what the municipality calls its memos.
fn memo_words(word: MemoWord) -> Value {
    let forms = match word {
        MemoWord::Tjansteskrivelse => [("the", "tjänsteskrivelsen"), ("this", "denna skrivelse")],
        MemoWord::Tjansteutlatande => [("the", "tjänsteutlåtandet"), ("this", "detta utlåtande")],
    };
    Value::from_pairs([("bare", word.label())].into_iter().chain(forms))
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

/// The other committees that decide too: the name that each had on the document's day, and the number of its own case.
fn also_decides(register: &Register, agreement: &Agreement, as_of: NaiveDate, blanks: &mut Blanks) -> Value {
    let committees = register.settings.as_ref().map(|settings| &settings.data.committee);
    let date = agreement.dated.known().copied().unwrap_or(as_of);
    let all = agreement.also_decides.iter().map(|(key, other)| {
        let name = committees.and_then(|all| all.get(other.committee.as_str())?.name_on(date));
        let path = path!["also_decides", key, "registry_number"];
        let number = blanks.show(&other.registry_number, &path, |number| Value::from(number.as_str()));
        object(IndexMap::from([
            ("committee", Value::from(name.unwrap_or(&other.committee))),
            ("registry_number", number),
        ]))
    });
    all.collect()
}

fn guideline(guideline: &Guideline) -> Value {
    let most = guideline.limits.base_term_months.map(text::years_or_months);
    object(IndexMap::from([
        ("title", Value::from(guideline.title.as_str())),
        ("decided_by", Value::from(guideline.decided_by.as_str())),
        ("decided", Value::from(guideline.decided.to_string())),
        ("paragraph", Value::from(guideline.paragraph.as_str())),
        ("longest", Value::from(most)),
        ("within_frame", Value::from(guideline.limits.within_budget_frame)),
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

/// The sections of the agreement: its own clauses and the standard ones that it takes, each with heading and
/// text. Standard texts see the same context as the document.
fn sections(
    agreement: &Agreement,
    templates: &Templates,
    headings: &IndexMap<&str, String>,
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
            text.push_str("\n\n");
            text.push_str(&markdown::body(addition, 2).map_err(unfit_text)?);
        }
        if text.trim().is_empty() {
            text = briefly(blanks.blank(&path!["clause", key])).to_string();
        }
        let fields = object(IndexMap::from([
            ("heading", Value::from(heading)),
            ("text", Value::from_safe_string(text)),
        ]));
        sections.insert(key, fields);
    }
    Ok(object(sections))
}
