//! What a sentence about a way out says: what gives the right, whose it is, and what follows for the money.

use super::parties::{Parties, Party};
use super::prose::{Sentence, bare, begins, find};
use crate::agreement::{Cause, Consequence, Force, Means};
use crate::language::periods::{When, when};
use crate::register::write::Table;
use crate::text;

/// Whether a text is just what a party is called.
pub(super) fn is_called(party: &Party, text: &str) -> bool {
    let names = [Some(&party.named.name), party.named.short_name.as_ref()];
    names.into_iter().flatten().any(|name| name.to_lowercase() == text.to_lowercase())
}

/// What gives the right, and the words of a condition that none of those known says.
pub(super) fn causes(sentence: &Sentence, means: Means) -> (Vec<Cause>, Option<String>) {
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
pub(super) fn open_to(sentence: &Sentence, parties: &Parties) -> Vec<String> {
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
pub(super) fn consequence(group: &[Sentence], parties: &Parties, fields: &mut Table) {
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
        let start = begins(&words, "då ska | då kan");
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
        if begins(&sentence.words(), "beloppet är").is_some() {
            fields.set("measure", bare(sentence.rest(2)));
        }
        if begins(&sentence.words(), "betalningsskyldig är").is_some() {
            fields.set("liable", bare(sentence.rest(2)));
        }
    }
}
