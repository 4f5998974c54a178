//! What a sentence says of the term in another order of words than those that are known: it is about the agreement, it says a time,
//! and nothing in it makes the time another's.

use super::days::point;
use super::lengths::adjective;
use super::periods::{Span, When, from_word, to_word, when};
use super::predicates::has_cue;
use super::subjects::{is_about_another, is_governed, is_indefinite, subject};
use super::term_fields::asks_whether;
use super::term_time::{Found, is_other_length};
use super::word_list::WordList;

/// With one of these a sentence is about what could be, what was, or something else than how long the agreement lasts.
static BARS: WordList = WordList::new(
    "kan får bör borde skulle kunde vill ville önskar inte ej aldrig ifall när sägs säga säger högst \
    minst längst maximalt mest policy tidigare förra föregående gamla hade var varit gällde löpte pågick \
    upphörde omfattade pågått gällt efter innan före inom sedan därefter normalt ofta vanligtvis brukar \
    dessförinnan tidigast även också varje vart nytt ny nya annat andra kommande nästa ytterligare mer \
    mindre eller anser menar föreslår önskemål prövas prövar varsel ansvarar ansvar mån upp",
);

/// The same, and whatever they begin.
static BARRED: WordList = WordList::new(
    "uppsäg förläng option riktlinj rapport redovis budget faktur betal utbetal ersätt bidrag hyr lokal \
    försäkr garanti sekretess personuppgift uppfölj följs utvärder möte mötas styrgrupp deltag barn ung \
    person plats målgrupp underteck beslut protokoll kontrakt region revider omförhandl index pris anställ \
    plan mål verksamhetsplan handling gallr spara arkiv antal medlem ålder stads räkn skuld krona kronor \
    stat exempel förslag ansök",
);

/// What goes right before a time that is the agreement's.
static LEADS: WordList = WordList::new(
    "i på under för om över perioden tiden åren till från period gäller löper pågår omfattar är : – ( av \
    tid kalenderåren , och med",
);

/// What a sentence says, where no known order of words says it.
pub(super) fn said(words: &[&str], previous: &[&str]) -> Vec<Found> {
    let is_barred = words.iter().any(|word| BARS.has(word) || BARRED.begins(word));
    if is_barred
        || !has_cue(words)
        || asks_whether(words)
        || is_about_another(words)
        || is_about_another(previous)
    {
        return Vec::new();
    }
    let is_with_another = (0..words.len()).any(|at| {
        let subject = words.get(at..).and_then(subject);
        subject.is_some_and(|subject| {
            subject.is_plain && matches!(subject.rest, ["med" | "om" | "för" | "från" | "till" | "hos", ..])
        })
    });
    if is_with_another {
        return Vec::new();
    }
    let named = (0..words.len()).find(|at| words.get(*at..).and_then(subject).is_some());
    // "Enligt avtalet" says no other agreement; "det avtalet" does.
    let is_another = named.is_some_and(|at| {
        let (before, from) = words.split_at(at);
        is_governed(before, from)
            && !before.last().is_some_and(|word| {
                matches!(*word, "enligt" | "genom" | "i" | "av" | "för" | "under" | "inom" | "med")
            })
    });
    if is_another {
        return Vec::new();
    }
    let cooperates = words.iter().any(|word| {
        ["samverk", "samarbet", "partnerskap"].iter().any(|stem| word.starts_with(stem))
            || is_indefinite(word)
            || word.starts_with("iop")
    }) && words
        .iter()
        .any(|word| matches!(*word, "parterna" | "kommunen" | "vi" | "föreningen" | "detta" | "denna"));
    if named.is_none() && !cooperates {
        return Vec::new();
    }
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = words.get(at..).unwrap_or_default();
        let led = at.checked_sub(1).and_then(|before| words.get(before)).is_none_or(|word| LEADS.has(word))
            || from_word(rest).is_some()
            || to_word(rest).is_some_and(|(rest, _)| point(rest).is_some());
        let read = if led {
            plain_time(rest)
        } else {
            adjective(rest[0])
                .filter(|_| rest.get(1).is_some_and(|word| is_indefinite(word) || *word == "period"))
                .map(|months| (When::Months(months), &rest[1..]))
        };
        match read {
            Some((when, after)) => {
                let end = words.len() - after.len();
                if !matches!(after, ["i" | "åt" | "gamla" | "av" | "till", ..]) && !is_other_length(after) {
                    found.push(Found { when, at: at..end, in_passing: false, at_a_time: false });
                }
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    // Only a first day is mostly something else's.
    let is_whole = found.iter().any(|one| !matches!(one.when, When::Span(Span { end: None, .. })));
    if is_whole && found.len() < 3 { found } else { Vec::new() }
}

/// A time that is one without doubt.
fn plain_time<'a, 'b>(words: &'a [&'b str]) -> Option<(When, &'a [&'b str])> {
    let ends = to_word(words).is_some();
    when(words).filter(|(when, _)| match when {
        When::Months(months) => *months >= 6,
        When::Span(span) => span.start.is_some() || ends && !matches!(words.first(), Some(&("–" | "-"))),
        When::Open => true,
    })
}
