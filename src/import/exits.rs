//! How the agreement can be changed and ended.

use std::collections::BTreeSet;

use super::content::free;
use super::draft::{Draft, State};
use super::exit_words::{causes, consequence, is_called, open_to};
use super::notice::{DENIED, notice_lengths};
use super::own_notice::own_notices;
use super::parties::Parties;
use super::prose::{Sentence, bare, find, sentences};
use super::sections::{Sections, prose};
use crate::agreement::{Cause, Means, NoticeCounts};
use crate::language::periods::{When, when};
use crate::paper::{Block, BlockKind, Place};
use crate::register::write::{Table, Value};

/// What begins a sentence that goes on with the way out before it.
const GOES_ON: &str = "därefter | härefter | efter detta | uppsägningstiden är | i sådana fall | i sådant fall | parterna ska först | uppsägningen ska | hävningen ska | begäran om | det ska göras inom | \
    då ska | då kan | då följer | ingen part har | betalningsskyldig | beloppet är | beloppets | förändringarna ska | ändringarna ska | vid händelse | ekonomisk följd | \
    uppsägningstid : | parterna ska då | uppsägning ska | i det fallet";

/// What says that notice is given in writing.
const IN_WRITING: &str = "ska vara skriftlig* | skriftligen | skriftligt";

/// Writes the ways out: a paragraph each, or several where sentences of one begin anew.
pub(super) fn write(sections: &Sections<'_>, parties: &Parties, draft: &mut Draft) {
    let own = sections.blocks(&["exit"]);
    let groups: Vec<Vec<Sentence>> = if own.is_empty() {
        let all = prose(&sections.blocks(&["term", "economy", "payouts", "follow-up"]));
        let ends = all.into_iter().filter(|sentence| {
            sentence.has("häva | hävas | säga upp | sägas upp | uppsägningstid*") && !sentence.has("förläng*")
        });
        ends.map(|sentence| vec![sentence]).collect()
    } else {
        let own_ways = own
            .iter()
            .filter(|block| !matches!(block.kind, BlockKind::Heading { .. }))
            .flat_map(|block| ways(block));
        // What is renegotiated is often said where the undertakings are.
        let elsewhere = prose(&sections.everything()).into_iter().filter(|sentence| {
            sentence.has("omförhandlas") && !own.iter().any(|block| block.place == sentence.place)
        });
        // Notice may be said where the term is; that of an agreement until further notice is a part of it.
        let is_open = draft.has(&["term", "until_further_notice"]);
        let beside = prose(&sections.blocks(&["term"])).into_iter().filter(|sentence| {
            !is_open
                && sentence.has("häva | hävas | säga upp | sägas upp | uppsägningstid*")
                && !sentence.has("förläng* | tills vidare")
        });
        own_ways.chain(elsewhere.chain(beside).map(|sentence| vec![sentence])).collect()
    };
    let mut keys: Vec<String> = Vec::new();
    let mut is_unclear = false;
    let ways: Vec<(Vec<Sentence>, Way)> = groups
        .into_iter()
        .flat_map(|group| {
            let ways = match own_notices(&group, parties) {
                Some(each) => each.map(|(party, months)| notice_of(&party, months, &group)).into(),
                None => vec![one(&group, parties)],
            };
            ways.into_iter().map(move |way| (group.clone(), way))
        })
        .collect();
    // Two lengths of notice, of which one does not say whose it is.
    let free_notices: Vec<&Table> = ways.iter().filter_map(|(_, way)| way.free_notice()).collect();
    let differs =
        free_notices.iter().any(|one| one.get("notice_months") != free_notices[0].get("notice_months"))
            && free_notices.iter().any(|one| one.get("open_to").is_none());
    let all: Vec<&Table> =
        free_notices.iter().copied().filter(|fields| fields.get("open_to").is_none()).collect();
    if let [fields] = all.as_slice()
        && let Some(months) = fields.get("notice_months").cloned()
        && let Some((group, _)) = ways.iter().find(|(_, way)| way.free_notice().is_some())
        && let Some(first) = group.first()
        && free_notices.len() == 1
    {
        open_ended(months, first.place, draft);
    }
    for (group, way) in ways {
        let way = match way {
            way if differs && way.free_notice().is_some() => {
                let said: Vec<&str> = group.iter().map(|sentence| bare(sentence.whole())).collect();
                Way::Unclear(format!("vems uppsägningstid: {}", said.join(". ")))
            }
            way => way,
        };
        match way {
            Way::Known(means, fields) => {
                let Some(first) = group.first() else { continue };
                let base = match means {
                    Means::Notice => "uppsagning",
                    Means::Rescission => "havning",
                    Means::Immediate => "omedelbart",
                    Means::Renegotiation => "omforhandling",
                    Means::Dialogue => "dialog",
                    Means::Court => "domstol",
                };
                let key = free(&mut keys, base);
                for (field, value) in fields.iter() {
                    match field {
                        "cause" | "means" | "notice_months" | "consequence" => {
                            draft.found(&["exit", &key, field], value.clone(), first.place);
                        }
                        _ => draft.set(&["exit", &key, field], value.clone()),
                    }
                }
            }
            Way::Unclear(reading) => {
                let Some(first) = group.first() else { continue };
                is_unclear = true;
                draft.unclear_of(&["exit"], &reading, first.place);
            }
            Way::None => {}
        }
    }
    if keys.is_empty() && !is_unclear {
        draft.missing(&["exit"], false);
    }
}

/// An agreement until further notice that does not say how long that is has the notice that the ways out say.
fn open_ended(months: Value, place: Place, draft: &mut Draft) {
    let path = ["term", "until_further_notice"];
    let is_asked = draft
        .facts
        .iter()
        .any(|fact| fact.state == State::Uncertain && fact.path.to_string() == path.join("."));
    let is_open = matches!(
        draft.root.at(&["term"]).get("until_further_notice"),
        Some(Value::Table(table)) if table.get("notice_months") == Some(&Value::not_stated())
    );
    if is_open && !is_asked {
        draft.found(&["term", "until_further_notice", "notice_months"], months, place);
    }
}

/// The sentences of a paragraph by the ways out that they are about.
fn ways(block: &Block) -> Vec<Vec<Sentence>> {
    let mut found: Vec<Vec<Sentence>> = Vec::new();
    for sentence in sentences(&block.text, block.place) {
        let goes_on = super::prose::begins(&sentence.words(), GOES_ON).is_some();
        match found.last_mut() {
            Some(group) if goes_on => group.push(sentence),
            _ => found.push(vec![sentence]),
        }
    }
    found
}

/// What has been understood of a way out.
enum Way {
    Known(Means, Box<Table>),
    /// What can be read in several ways, or not at all.
    Unclear(String),
    /// It is none.
    None,
}

impl Way {
    /// The fields of a notice that needs no cause, where it says how long it is.
    fn free_notice(&self) -> Option<&Table> {
        match self {
            Self::Known(Means::Notice, fields)
                if fields.get("notice_months").is_some()
                    && fields.get("cause") == Some(&Value::texts([Cause::Any.word()])) =>
            {
                Some(fields)
            }
            _ => None,
        }
    }
}

/// A party's own notice, without any cause.
fn notice_of(party: &str, months: u32, group: &[Sentence]) -> Way {
    let mut fields = Table::default();
    fields.set("cause", Value::texts([Cause::Any.word()])).set("means", Means::Notice.word());
    fields.set("open_to", Value::texts([party]));
    if group.iter().any(|sentence| sentence.has(IN_WRITING)) {
        fields.set("in_writing", true);
    }
    fields.set("notice_months", months);
    Way::Known(Means::Notice, Box::new(fields))
}

fn one(group: &[Sentence], parties: &Parties) -> Way {
    let Some(first) = group.first() else { return Way::None };
    let has = |phrases: &str| group.iter().find(|sentence| sentence.has(phrases));
    if let Some(denied) = has(DENIED) {
        // "Under de två första åren inte, därefter med sex månaders uppsägningstid"
        let is_limited = denied.has("utom | annat än | förutom | om inte | med undantag | såvida | därefter | först efter | förrän | tidigare än | under de | under det första | de första")
            || !group.iter().all(|sentence| notice_lengths(sentence).is_empty());
        return if is_limited { Way::Unclear(bare(denied.whole()).to_owned()) } else { Way::None };
    }
    let lengths: BTreeSet<u32> = group.iter().flat_map(notice_lengths).collect();
    if lengths.len() > 1 {
        let said: Vec<&str> = group.iter().map(|sentence| bare(sentence.whole())).collect();
        return Way::Unclear(said.join(". "));
    }
    let months = lengths.first().copied();
    let is_led = |phrases: &str| has(phrases).is_some();
    let notice = is_led(
        "säga upp | sägas upp | säger upp | sagts upp | uppsägningstid | uppsägningstiden | uppsägning av",
    );
    let means = if notice && is_led("omedelbart | omedelbar verkan | med omedelbar") {
        Means::Immediate
    } else if notice && (months.is_some() || first.has("säga upp | sägas upp | säger upp | uppsägning*"))
    {
        Means::Notice
    } else if is_led("häva | hävas | häver | hävs") {
        Means::Rescission
    } else if is_led("omförhandl*") {
        Means::Renegotiation
    } else if is_led("domstol | tingsrätt | skiljedom*") && !is_led("skiljedom*") {
        Means::Court
    } else if first.has("dialog | samråd | förhandling* | samtal")
        && first.has("tvist* | avvik* | dialog")
        && first.has("ska | skall | bör | löses | genom")
    {
        Means::Dialogue
    } else {
        return Way::None;
    };
    let mut fields = Table::default();
    let (causes, named) = causes(first, means);
    match named.filter(|named| causes.is_empty() && !named.is_empty()) {
        // A cause of the agreement's own is told in its words; that something has changed is true of any.
        Some(named) if means != Means::Dialogue => {
            fields.set("cause", Value::texts([Cause::ChangedCircumstances.word()]));
            fields.set("named_cause", named);
        }
        Some(named) => return Way::Unclear(format!("orsaken ”{named}” ({})", means.label())),
        None if causes.is_empty() => return Way::None,
        None => _ = fields.set("cause", Value::texts(causes.iter().map(|cause| cause.word()))),
    }
    fields.set("means", means.word());
    let open_to = open_to(first, parties);
    if !open_to.is_empty() {
        fields.set("open_to", Value::texts(open_to));
    }
    if has(IN_WRITING).is_some() {
        fields.set("in_writing", true);
    }
    let is_talk = |sentence: &&Sentence| {
        sentence.has("dialog")
            && (sentence.has("först | huruvida")
                || means != Means::Dialogue && sentence.has("föra en dialog | föra dialog"))
    };
    if means != Means::Dialogue && group.iter().any(|sentence| is_talk(&sentence)) {
        fields.set("dialogue_first", true);
    }
    if let Some(sentence) = has("göras inom | inom") {
        let words = sentence.words();
        let within = find(&words, "inom").and_then(|at| match when(words.get(at + 1..)?)? {
            (When::Months(months), _) if months <= 60 => Some(months),
            _ => None,
        });
        if let Some(months) =
            within.filter(|_| sentence.has("från den dag | efter att | från det att | från att"))
        {
            fields.set("within_months", months);
        }
    }
    if let Some(months) = months.filter(|_| means == Means::Notice) {
        fields.set("notice_months", months);
    }
    if has("då uppsägningen skickas | från det att uppsägningen skickas").is_some() {
        fields.set("notice_counts_from", NoticeCounts::Sending.word());
    }
    if let Some(sentence) = has("beslutas av")
        && let Some(at) = sentence.find("beslutas av")
    {
        let by = bare(sentence.rest(at + 2));
        let key = parties.named_alone(by).filter(|party| is_called(party, by)).map(|party| party.key.clone());
        fields.set("decided_by", key.unwrap_or_else(|| by.to_owned()));
    }
    consequence(group, parties, &mut fields);
    Way::Known(means, Box::new(fields))
}
