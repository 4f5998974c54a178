//! How the agreement can be changed and ended.

use std::collections::BTreeSet;

use super::content::free;
use super::draft::Draft;
use super::parties::Parties;
use super::prose::{Sentence, bare, find, sentences};
use super::sections::{Sections, prose};
use super::time::notice_lengths;
use crate::agreement::{Cause, Consequence, Force, Means, NoticeCounts};
use crate::language::periods::{When, when};
use crate::paper::{Block, BlockKind};
use crate::register::write::{Table, Value};
use crate::text;

/// What begins a sentence that goes on with the way out before it.
const GOES_ON: &str = "uppsägningstiden är | i sådana fall | i sådant fall | parterna ska först | uppsägningen ska | hävningen ska | begäran om | det ska göras inom | \
    då ska | då kan | då följer | ingen part har | betalningsskyldig | beloppet är | beloppets | förändringarna ska | ändringarna ska | vid händelse | ekonomisk följd | \
    uppsägningstid : | parterna ska då | uppsägning ska | i det fallet";

/// What says that there is no way out.
pub(super) const DENIED: &str = "inte säga upp | inte sägas upp | inte sägs upp | ej sägas upp | ej säga upp | ej sägs upp | inte rätt att säga upp | ingen rätt att säga upp | \
    inte möjligt att säga upp | inte möjlighet att säga upp | ingen möjlighet att säga upp | kan varken sägas upp | ingen uppsägning | inte någon uppsägning | utan möjlighet till uppsägning | \
    ingen möjlighet till uppsägning | inte kan sägas upp | inte får sägas upp | kan inte i förtid sägas upp | ej uppsägas | inte uppsägas | är inte uppsägningsbart | ouppsägbart";

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
        .map(|group| {
            let way = one(&group, parties);
            (group, way)
        })
        .collect();
    // Two lengths of notice, of which one does not say whose it is.
    let free_notices: Vec<&Table> = ways.iter().filter_map(|(_, way)| way.free_notice()).collect();
    let differs =
        free_notices.iter().any(|one| one.get("notice_months") != free_notices[0].get("notice_months"))
            && free_notices.iter().any(|one| one.get("open_to").is_none());
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
    if has("ska vara skriftlig* | skriftligen | skriftligt").is_some() {
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

/// Whether a text is just what a party is called.
fn is_called(party: &super::parties::Party, text: &str) -> bool {
    let names = [Some(&party.named.name), party.named.short_name.as_ref()];
    names.into_iter().flatten().any(|name| name.to_lowercase() == text.to_lowercase())
}

/// What gives the right, and the words of a condition that none of those known says.
fn causes(sentence: &Sentence, means: Means) -> (Vec<Cause>, Option<String>) {
    let mut found = Vec::new();
    let mut add = |cause: Cause, is_said: bool| {
        if is_said && !found.contains(&cause) {
            found.push(cause);
        }
    };
    let fails = sentence.has("inte uppfyller | brister | bryter | åsidosätter | avtalsbrott | inte fullföljer | inte fullgör | inte följer | missköter | kontraktsbrott");
    let unmended = fails && sentence.has("rättelse | rättar | rättas | avhjälp*");
    add(Cause::PlanDeviation, sentence.has("avviker | avvikelse | avvikelser"));
    add(
        Cause::PurposeOrValues,
        sentence.has("syfte* | syftet")
            && sentence.has("värdegrund*")
            && sentence.has("förändring* | ändring* | påverka*"),
    );
    add(Cause::UnremediedBreach, unmended);
    add(Cause::Breach, fails && !unmended);
    add(
        Cause::ChangedCircumstances,
        sentence
            .has("omständigheterna | omständigheter | ändrade förutsättningar | förändrade förutsättningar"),
    );
    add(Cause::LawChange, sentence.has("lagstiftning* | lagändring* | ändrad lag | lagen ändras | ny lag"));
    add(Cause::Dispute, sentence.has("tvist | tvister | tvisten | oenighet | oense"));
    // A condition that is none of these, and one that is the only other one.
    let words = sentence.words();
    let condition = (0..words.len()).find(|at| {
        let rest = words.get(at + 1..).unwrap_or_default();
        // "Uppsägningstid om sex månader", "uppsägning om minst tre månader"
        let counted = rest.strip_prefix(&["minst"]).or_else(|| rest.strip_prefix(&["högst"])).unwrap_or(rest);
        matches!(words.get(*at), Some(&("om" | "ifall" | "därest")))
            && (*at == 0 || !matches!(rest.first(), Some(&("överenskommelsen" | "avtalet" | "huruvida"))))
            && !matches!(when(counted), Some((When::Months(_), _)))
    });
    let condition = condition.map(|at| {
        // What goes first ends where the right begins: "Om … kan kommunen säga upp".
        let right = find(&words, "säga upp | häva | begära | väcka | omförhandlas | föra dialog | upphöra")
            .unwrap_or(words.len());
        let end = words.get(..right).and_then(|before| {
            before.iter().rposition(|word| matches!(*word, "kan" | "ska" | "får" | "har"))
        });
        let end = end.filter(|end| at == 0 && *end > at).unwrap_or(words.len());
        bare(sentence.original(at + 1..end)).to_owned()
    });
    let needs_none = match means {
        Means::Notice | Means::Rescission | Means::Immediate => true,
        // "Insatserna kan förändras genom dialog" gives nobody a right.
        Means::Renegotiation | Means::Dialogue => sentence.has("kan begära | parterna ska föra dialog innan"),
        Means::Court => false,
    };
    if found.is_empty() && condition.is_none() && needs_none {
        return (vec![Cause::Any], None);
    }
    (found, condition)
}

/// Whose right it is, where not every party's.
fn open_to(sentence: &Sentence, parties: &Parties) -> Vec<String> {
    // "Kan kommunen säga upp": whose right it is stands between the verbs.
    if let Some(verb) = sentence.find("säga upp | häva | begära | väcka")
        && let Some(can) = sentence
            .words
            .get(..verb)
            .and_then(|before| before.iter().rposition(|word| matches!(word.as_str(), "kan" | "får")))
        && (2..6).contains(&(verb - can))
    {
        let between = sentence.original(can + 1..verb);
        let is_anybody = ["part", "parter", "parten", "parterna"]
            .iter()
            .any(|word| text::find_word(between, word).is_some());
        return if is_anybody {
            Vec::new()
        } else {
            parties.named_in(between).into_iter().map(|party| party.key.clone()).collect()
        };
    }
    // "Kommunens uppsägningstid är nio månader"
    if let Some(at) = sentence.find("uppsägningstid | uppsägningstiden | uppsägning").filter(|at| *at > 0)
    {
        let whose = sentence.original(at.saturating_sub(4)..at);
        let own = parties.named_in(whose).last().copied();
        if let Some(party) = own.filter(|_| {
            whose
                .split_whitespace()
                .last()
                .is_some_and(|word| word.ends_with('s') && parties.named_alone(word).is_some())
        }) {
            return vec![party.key.clone()];
        }
    }
    // "Uppsägningstiden för kommunen är tre månader", "uppsägning från föreningens sida"
    if let Some(at) = sentence.find("uppsägningstiden för | uppsägningstid för | uppsägning från | säger upp avtalet | säger upp överenskommelsen") {
        let party = parties.named_in(sentence.rest(at)).first().copied().or_else(|| parties.named_alone(sentence.whole()));
        return party.map(|party| party.key.clone()).into_iter().collect();
    }
    let Some(at) = sentence.find("kan säga upp | får säga upp | har rätt att säga upp | kan häva | får häva | har rätt att häva | kan begära | kan väcka") else { return Vec::new() };
    if sentence.has("varje part | vardera part* | endera parten | båda parter | part kan | en part | parterna kan | parterna får | någon av parterna kan | parterna har") {
        return Vec::new();
    }
    // "Om …, kan kommunen säga upp" and "Kommunen kan säga upp om …".
    let before = sentence.original(0..at);
    let last = before.rsplit([',', ';']).next().unwrap_or(before);
    parties.named_in(last).into_iter().map(|party| party.key.clone()).collect()
}

/// What follows for the money.
fn consequence(group: &[Sentence], parties: &Parties, fields: &mut Table) {
    for sentence in group {
        let words = sentence.words();
        if sentence.has("ingen part har då rätt till ersättning | ingen rätt till ersättning") {
            fields.set("consequence", Consequence::NoCompensation.word());
            return;
        }
        let repays = sentence.has("återbetala | återbetalas | återbetalning | återbetalningsskyldig | betala tillbaka | betalas tillbaka");
        let compensates = sentence
            .has("ersättning till den part som drabbas | skadestånd | ersätta den skada | ersätta skadan");
        if !repays && !compensates {
            continue;
        }
        fields.set(
            "consequence",
            if repays { Consequence::Repayment.word() } else { Consequence::Compensation.word() },
        );
        if sentence.has("då kan | kan krävas | kan bli skyldig | kan kräva") {
            fields.set("consequence_force", Force::May.word());
        }
        let start = super::prose::begins(&words, "då ska | då kan");
        let verb = find(&words, "återbetala | betala | bli skyldig");
        if let (Some(start), Some(verb)) = (start, verb)
            && verb > start
        {
            let liable = bare(sentence.original(start..verb));
            let key = parties
                .named_alone(liable)
                .filter(|party| is_called(party, liable))
                .map(|party| party.key.clone());
            fields.set("liable", key.unwrap_or_else(|| liable.to_owned()));
        }
        let from = find(&words, "återbetala | betala tillbaka | återbetalning av");
        let much = from.and_then(|from| {
            let skipped = if words.get(from) == Some(&"återbetala") { 1 } else { 2 };
            let end = find(&words, "krävas").unwrap_or(words.len());
            Some(bare(sentence.original(from + skipped..end)).to_owned()).filter(|much| !much.is_empty())
        });
        let usual = "hela eller delar av det utbetalda beloppet";
        if let Some(much) = much.filter(|much| text::uncapitalised(much) != usual) {
            fields.set("measure", much);
        } else if let (Some(2), Some(end)) = (start, find(&words, "återbetalas"))
            && bare(sentence.original(2..end)) != usual
        {
            fields.set("measure", bare(sentence.original(2..end)));
        }
    }
    for sentence in group {
        if super::prose::begins(&sentence.words(), "beloppet är").is_some() {
            fields.set("measure", bare(sentence.rest(2)));
        }
        if super::prose::begins(&sentence.words(), "betalningsskyldig är").is_some() {
            fields.set("liable", bare(sentence.rest(2)));
        }
    }
}
