//! A text says how long the agreement lasts, and the dates say something else.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::date::{MONTHS, PartialDate, Period};
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::key_path::Segment;
use crate::path;
use crate::rules::Text;
use crate::rules::prose;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP208",
    slug: "term-in-prose",
    title: "Texten anger en annan avtalstid än datumen",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "avtalets egen avtalstid",
    why: "Säger texten ”två år” och datumen tre vet ingen vad parterna är överens om.",
    check: Check::Texts(
        // The infinitives as whole words: many a text has "gällande" or "löpande", and says nothing of the term.
        &[
            "gäller",
            "gÄller",
            "gälla|",
            "gÄlla|",
            "löper",
            "lÖper",
            "löpa|",
            "lÖpa|",
            "pågår",
            "pågÅr",
            "pÅgår",
            "pÅgÅr",
            "pågå|",
            "pågÅ|",
            "pÅgå|",
            "pÅgÅ|",
            "upphör",
            "upphÖr",
            "träder i kraft",
            "trÄder i kraft",
            "träda i kraft",
            "trÄda i kraft",
            "sträcker sig",
            "strÄcker sig",
            "avtalstid",
            "avtalsperiod",
            "partnerskapsperiod",
            "partnerskapstid",
            "löptid",
            "lÖptid",
            "giltighetstid",
            // Hardly an agreement does not say what something covers.
            "avtalet omfattar",
            "överenskommelsen omfattar",
            "Överenskommelsen omfattar",
            "partnerskapet omfattar",
            "iop:et omfattar",
            "ettårig",
            "ettÅrig",
            "tvåårig",
            "tvÅÅrig",
            "treårig",
            "treÅrig",
            "fyraårig",
            "fyraÅrig",
            "femårig",
            "femÅrig",
            "-årig",
            "-Årig",
        ],
        check,
    ),
    bad: Example::agreement(
        &[],
        "clause.background.text = \"Överenskommelsen gäller i tre år.\"",
        "clause.background.text",
    ),
    good: Example::agreement(
        &[],
        "clause.background.text = \"Avtalet gäller i två år, 2024–2025. Lokalen har funnits i 30 år.\"",
        "",
    ),
};

/// What a text can call the agreement.
const NAMES: [&str; 3] = ["avtalet", "överenskommelsen", "partnerskapet"];

/// The same after "detta" and "denna".
const INDEFINITE: [&str; 4] = ["avtal", "överenskommelse", "partnerskap", "iop"];

/// What a text can call its term.
const TERMS: [&str; 6] = [
    "avtalstiden",
    "avtalsperioden",
    "partnerskapstiden",
    "partnerskapsperioden",
    "avtalstid",
    "avtalsperiod",
];

/// The same after whose it is: "avtalets löptid".
const TERMS_OF: [&str; 4] = ["löptid", "giltighetstid", "avtalstid", "avtalsperiod"];

/// What goes between the verb and the time.
const BEFORE_TIME: [&str; 17] = [
    "i",
    "under",
    "på",
    "om",
    "för",
    "över",
    "åren",
    "perioden",
    "tiden",
    "kalenderåren",
    "totalt",
    "sammanlagt",
    "vara",
    ":",
    "(",
    "därmed",
    "således",
];

/// What goes between a verb that ends the agreement and its last day.
const BEFORE_END: [&str; 9] =
    ["att", "gälla", "automatiskt", "utan", "föregående", "särskild", "uppsägning", "därmed", "således"];

/// What follows a time that is not the agreement's own: "ett år i taget", "tre år eller mer", "sex månader efter".
const AFTER_OTHER_TIME: [&str; 12] =
    ["i", "åt", "efter", "före", "innan", "per", "eller", "sedan", "utöver", "av", "gamla", "äldre"];

/// What stands right before a name that is not the subject, or names another agreement: "enligt avtalet gäller", "det
/// tidigare avtalet gäller". "Om avtalet gäller tre år" asks, and says nothing.
const BEFORE_OTHER: [&str; 36] = [
    "om",
    "när",
    "ifall",
    "enligt",
    "i",
    "av",
    "till",
    "för",
    "med",
    "under",
    "på",
    "från",
    "efter",
    "inom",
    "utöver",
    "inför",
    "vid",
    "genom",
    "sedan",
    "innan",
    "utan",
    "det",
    "den",
    "tidigare",
    "förra",
    "föregående",
    "gamla",
    "nuvarande",
    "befintliga",
    "gällande",
    "kommande",
    "nästa",
    "andra",
    "första",
    "återstående",
    "längsta",
];

/// What makes a period with its years another than the agreement's.
const OTHER_PERIOD: [&str; 7] = ["tidigare", "förra", "föregående", "inför", "efter", "nästa", "kommande"];

/// With one of these before the subject, a sentence is about what could be or what was.
const OF_OTHERS: [&str; 10] = [
    "riktlinj",
    "policy",
    "förläng",
    "option",
    "tidigare",
    "förra",
    "föregående",
    "exempel",
    "uppsäg",
    "annat",
];

/// What tells that a sentence is about what was or could be, where only an adjective says how long: "hade ett treårigt
/// partnerskap".
const NOT_NOW: [&str; 20] = [
    "hade",
    "har",
    "var",
    "varit",
    "slöts",
    "tecknades",
    "ingicks",
    "pågick",
    "avslutades",
    "genomfördes",
    "bedrevs",
    "efter",
    "nästa",
    "kan",
    "kunde",
    "skulle",
    "önskar",
    "bör",
    "tidigare",
    "förra",
];

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// How long.
    Months(u32),
    /// From when to when, each as exactly as it is written.
    Span(Span),
}

/// A time, or one end of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: Option<PartialDate>,
    end: Option<PartialDate>,
    /// Whether the end may be the day after the last: "till den 1 januari".
    may_exclude: bool,
}

/// What is said of the agreement or its term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Lasts,
    Begins,
    Ends,
    /// Nothing: the term is named with its years, "under avtalsperioden 2024–2026".
    None,
}

impl Said {
    /// Whether the agreement's dates say the same. An extended agreement has more than one last day.
    fn agrees(self, start: NaiveDate, ends: &[NaiveDate]) -> bool {
        ends.iter().any(|end| match self {
            Self::Months(months) => {
                let length = Period { start, end: *end }.length();
                (length.months, length.days) == (months, 0)
            }
            Self::Span(span) => {
                let next = end.succ_opt().filter(|_| span.may_exclude);
                span.start.is_none_or(|said| is_in(start, said))
                    && span
                        .end
                        .is_none_or(|said| is_in(*end, said) || next.is_some_and(|next| is_in(next, said)))
            }
        })
    }

    /// Whether it is about a time before the agreement's own.
    fn is_before(self, start: NaiveDate) -> bool {
        matches!(self, Self::Span(Span { end: Some(end), .. }) if day_of(end, (12, 31)) < Some(start))
    }

    fn told(self) -> String {
        let shown = |date: PartialDate| match date {
            PartialDate::Month(..) => date.long(),
            _ => date.to_string(),
        };
        match self {
            Self::Months(months) => format!("i {}", text::years_or_months(months)),
            Self::Span(Span { start: Some(start), end: Some(end), .. }) => {
                format!("{}–{}", shown(start), shown(end))
            }
            Self::Span(Span { start: Some(start), .. }) => format!("från {}", shown(start)),
            Self::Span(Span { end, .. }) => format!("till {}", end.map(shown).unwrap_or_default()),
        }
    }
}

/// Whether a day lies in what is written of it.
fn is_in(day: NaiveDate, said: PartialDate) -> bool {
    match said {
        PartialDate::Year(year) => day.year() == year,
        PartialDate::Month(year, month) => (day.year(), day.month()) == (year, month),
        PartialDate::Day(date) => day == date,
    }
}

/// The day that is meant, where month and day of those that leave them out are these, or as near as the month allows.
fn day_of(said: PartialDate, (month, day): (u32, u32)) -> Option<NaiveDate> {
    match said {
        PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, month, day),
        PartialDate::Month(year, month) => {
            (28..=day.max(28)).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
        }
        PartialDate::Day(date) => Some(date),
    }
}

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let Some(term) = scope.agreement.term.period() else { return Vec::new() };
    let extended = scope.last_days().into_iter().map(|change| change.until);
    let ends: Vec<NaiveDate> =
        [term.end].into_iter().chain(scope.agreement.term.ended.known().copied()).chain(extended).collect();
    texts
        .iter()
        .filter_map(|Text { path, text }| {
            // The memo tells of what was before.
            let is_memo = matches!(path.segments().first(), Some(Segment::Key(key)) if key == "memo");
            let told = said(text, term).into_iter();
            let wrong = told
                .filter(|said| !(is_memo && said.is_before(term.start)))
                .find(|said| !said.agrees(term.start, &ends))?;
            let length = match wrong {
                Said::Months(_) => format!(" ({})", term.length()),
                Said::Span(_) => String::new(),
            };
            let message =
                format!("Texten anger att avtalet gäller {}, men det gäller {term}{length}.", wrong.told());
            Some(
                scope
                    .finding(&RULE, path.clone(), message)
                    .help("Rätta det ena, eller ta bort avtalstiden ur texten: dokumenten skriver den ur datumen.")
                    .related(Place::value(scope.file, path!["term"]), format!("avtalstiden är {term}")),
            )
        })
        .collect()
}

/// All that a text says about how long the agreement lasts.
fn said(text: &str, term: Period) -> Vec<Said> {
    let sentences = prose::sentences(text);
    let clauses = sentences.iter().flat_map(|sentence| sentence.split(';'));
    let mut found = Vec::new();
    let mut previous: Vec<&str> = Vec::new();
    for clause in clauses {
        let words = prose::words(clause);
        found.extend(adjective(&words));
        for start in 0..words.len() {
            let (before, from) = words.split_at(start);
            let Some((rest, is_term)) = name(from) else { continue };
            let is_plain = matches!(from.first(), Some(&("avtalet" | "överenskommelsen")));
            if is_plain && (is_about_another(&previous) || is_about_another(before)) {
                continue;
            }
            let Some((verb, rest)) = predicate(rest, is_term) else { continue };
            let is_heading = verb == Verb::None && before.is_empty();
            if verb == Verb::None && !is_heading {
                // Years that are not the agreement's at all are another period's.
                found.extend(time(rest, Verb::None, clause).map(|(said, _)| said).filter(|said| {
                    matches!(said, Said::Span(Span { start: Some(start), end: Some(end), .. })
                        if day_of(*start, (1, 1)) <= Some(term.end) && day_of(*end, (12, 31)) >= Some(term.start))
                        && !before.last().is_some_and(|word| OTHER_PERIOD.contains(word))
                }));
            } else if !is_governed(before, from) {
                found.extend(all_times(rest, verb, clause));
            }
        }
        previous = words;
    }
    found
}

/// What one subject's verbs say, of which the second may follow an "och": "träder i kraft den 1 januari 2024 och gäller
/// till och med den 31 december 2025".
fn all_times(words: &[&str], verb: Verb, clause: &str) -> Vec<Said> {
    let mut found = Vec::new();
    let (mut words, mut verb) = (words, verb);
    while let Some((said, rest)) = time(words, verb, clause) {
        found.push(said);
        let joined = match rest {
            ["och", rest @ ..] | [",", "och", rest @ ..] => predicate(rest, false),
            // "I två år från och med den 1 januari 2024"
            _ if matches!(said, Said::Months(_)) && from_word(rest).is_some() => Some((Verb::Lasts, rest)),
            _ => None,
        };
        let Some((next, rest)) = joined else { break };
        (verb, words) = (next, rest);
    }
    found
}

/// What follows a name of the agreement or its term, with which words begin, and whether it is the term's.
fn name<'a, 'b>(words: &'a [&'b str]) -> Option<(&'a [&'b str], bool)> {
    let is = |word: &str, names: &[&str]| names.contains(&word.strip_prefix("iop-").unwrap_or(word));
    match words {
        [whose, term, rest @ ..]
            if whose.strip_suffix('s').is_some_and(|whose| is(whose, &NAMES)) && TERMS_OF.contains(term) =>
        {
            Some((rest, true))
        }
        [term, rest @ ..] if TERMS.contains(term) => Some((rest, true)),
        [name, rest @ ..] if is(name, &NAMES) || ["iop:et", "iop:n", "iop:en"].contains(name) => {
            Some((after_parties(rest), false))
        }
        ["detta" | "denna" | "föreliggande", name, rest @ ..] if is(name, &INDEFINITE) => {
            Some((after_parties(rest), false))
        }
        _ => None,
    }
}

/// Without "mellan parterna", "om idéburet offentligt partnerskap" and ", som".
fn after_parties<'a, 'b>(words: &'a [&'b str]) -> &'a [&'b str] {
    match words {
        ["mellan", "parterna", rest @ ..]
        | ["om", "idéburet", "offentligt", "partnerskap", rest @ ..]
        | ["om" | "(", "iop", ")", rest @ ..]
        | [",", "som", rest @ ..] => rest,
        _ => words,
    }
}

/// Whether what stands before a name makes it another's, or no subject.
fn is_governed(before: &[&str], from: &[&str]) -> bool {
    let of_others = before.iter().any(|word| OF_OTHERS.iter().any(|stem| word.starts_with(stem)));
    let is_condition = matches!(before.first(), Some(&("om" | "när" | "ifall" | "därest" | "såvida")));
    let before = match before {
        [rest @ .., "det" | "den", "här" | "nya"] | [rest @ .., "detta" | "denna"] => rest,
        _ => before,
    };
    // "Med en avtalstid på tre år"
    let before = match (before, from) {
        ([rest @ .., "med", "en"], ["avtalstid" | "avtalsperiod", "på" | "om", ..]) => rest,
        _ => before,
    };
    of_others || is_condition || before.last().is_some_and(|word| BEFORE_OTHER.contains(word))
}

/// Whether words are about an agreement that is none of a partnership: "avtalet" after them may be that one.
fn is_about_another(words: &[&str]) -> bool {
    let is_own =
        |word: &str| word.starts_with("avtal") || word.starts_with("iop") || word.starts_with("partnerskap");
    let is_ours = words.iter().any(|word| word.contains("partnerskap") || word.starts_with("iop"));
    let other = words.iter().any(|word| {
        ["avtal", "avtalet", "kontrakt", "kontraktet"].iter().any(|end| word.ends_with(end)) && !is_own(word)
            || ["hyr", "hyrs", "arrenderar"].contains(word)
    });
    let unnamed = words.iter().enumerate().any(|(at, word)| {
        let before = words.get(at.saturating_sub(2)..at).unwrap_or_default();
        matches!(*word, "avtal" | "överenskommelse")
            && before.iter().any(|word| matches!(*word, "ett" | "en" | "annat" | "annan"))
    });
    other || unnamed && !is_ours
}

/// What a subject does, and what follows the verb.
fn predicate<'a, 'b>(words: &'a [&'b str], is_term: bool) -> Option<(Verb, &'a [&'b str])> {
    let words = match words {
        ["ska" | "skall" | "föreslås" | "avses" | "beräknas", rest @ ..] | ["kommer", "att", rest @ ..] => {
            rest
        }
        _ => words,
    };
    match words {
        ["löper" | "löpa", "ut", rest @ ..] | ["upphör" | "upphöra", rest @ ..] => {
            Some((Verb::Ends, rest))
        }
        ["träder" | "träda", "i", "kraft", rest @ ..]
        | ["börjar" | "börja", "gälla" | "löpa", rest @ ..]
        | ["gäller" | "gälla", "först", rest @ ..] => Some((Verb::Begins, rest)),
        ["gäller" | "gälla" | "löper" | "löpa" | "pågår" | "pågå" | "omfattar" | "omfatta", rest @ ..]
        | ["sträcker" | "sträcka", "sig", rest @ ..]
        | ["har", "en", "löptid" | "giltighetstid" | "avtalstid", rest @ ..] => Some((Verb::Lasts, rest)),
        ["är", rest @ ..] if !is_term => {
            // "Avtalet är treårigt" is told by the adjective.
            matches!(rest, [adjective, ..] | ["ett" | "en", adjective, ..] if years_of(adjective).is_some())
                .then_some((Verb::Lasts, rest))
        }
        ["vara" | "är" | ":", rest @ ..] | ["uppgår" | "uppgå", "till", rest @ ..] if is_term => {
            Some((Verb::Lasts, rest))
        }
        ["slutar", rest @ ..] if is_term => Some((Verb::Ends, rest)),
        ["börjar", rest @ ..] if is_term => Some((Verb::Begins, rest)),
        ["om" | "på", rest @ ..] if is_term => Some((Verb::Lasts, rest)),
        [first, ..]
            if is_term && (*first == "(" || first.starts_with(|letter: char| letter.is_ascii_digit())) =>
        {
            Some((Verb::None, words))
        }
        _ => None,
    }
}

/// A partnership that an adjective says how long it is: "ett treårigt partnerskap", where the sentence is about this one.
fn adjective(words: &[&str]) -> Option<Said> {
    let at = words.iter().position(|word| years_of(word).is_some())?;
    let (before, rest) = words.split_at(at);
    let months = years_of(rest.first()?)?;
    let is_named = match rest.get(1..)? {
        ["idéburet" | "idéburna", "offentligt" | "offentliga", "partnerskap" | "partnerskapet", ..] => true,
        [
            "partnerskap" | "partnerskapet" | "iop" | "iop-avtal" | "iop-avtalet" | "iop-överenskommelse",
            next @ ..,
        ] => !matches!(next, ["med", other, ..] if other.starts_with("region") || other.starts_with("stat")),
        ["avtal" | "avtalet" | "överenskommelse" | "överenskommelsen", next @ ..] => {
            !matches!(next, ["med" | "om" | "för" | "på" | "som", ..])
        }
        _ => false,
    };
    let is_this = matches!(
        before,
        [] | ["ett" | "en" | "det" | "den" | "detta" | "denna"]
            | [.., "ingår" | "tecknar" | "sluter", "ett" | "en"]
            | [.., "ingår" | "tecknar" | "sluter", "härmed", "ett" | "en"]
    );
    let is_now = !words.iter().any(|word| NOT_NOW.contains(word));
    (is_named && is_this && is_now && !is_about_another(before)).then_some(Said::Months(months))
}

/// How many months an adjective tells: "treårigt", "3-årig".
fn years_of(word: &str) -> Option<u32> {
    let number = ["årigt", "åriga", "årig"].iter().find_map(|ending| word.strip_suffix(ending))?;
    number_of(number.trim_end_matches('-'))?
        .checked_mul(Decimal::from(12))?
        .to_u32()
        .filter(|months| *months > 0)
}

/// The time with which words begin, and what follows it.
fn time<'a, 'b>(words: &'a [&'b str], verb: Verb, clause: &str) -> Option<(Said, &'a [&'b str])> {
    let skipped = |words: &'a [&'b str], some: &[&str]| {
        let skipped = words.iter().take_while(|word| some.contains(word)).count();
        words.get(skipped..)
    };
    let whole = |start, end, may_exclude| Said::Span(Span { start, end, may_exclude });
    match verb {
        Verb::Ends => {
            let words = skipped(words, &BEFORE_END)?;
            let (point, rest) = point(to_word(words).map_or(words, |(rest, _)| rest))?;
            let end = point.dated(None)?;
            return (!is_conditional(rest)).then_some((whole(None, Some(end), true), rest));
        }
        Verb::Begins => {
            let (point, rest) = point(from_word(words).unwrap_or(words))?;
            return Some((whole(Some(point.dated(None)?), None, false), rest));
        }
        Verb::Lasts | Verb::None => {}
    }
    let words = skipped(words, &BEFORE_TIME)?;
    let found = match words {
        [half @ ("första" | "andra"), "halvåret", named, rest @ ..] => {
            let year = year(named)?;
            let (from, to) = if *half == "första" { ((1, 1), (6, 30)) } else { ((7, 1), (12, 31)) };
            let day = |(month, day)| NaiveDate::from_ymd_opt(year, month, day).map(PartialDate::Day);
            Some((whole(Some(day(from)?), Some(day(to)?), false), rest))
        }
        [adjective, rest @ ..] | ["ett" | "en", adjective, rest @ ..] if years_of(adjective).is_some() => {
            Some((Said::Months(years_of(adjective)?), rest))
        }
        _ => length_of_time(words, clause).or_else(|| span(words)),
    };
    found.filter(|(_, rest)| !is_conditional(rest))
}

/// Whether what follows a time makes it one that could be: "om optionen används". "Om inget annat avtalas" does not.
fn is_conditional(rest: &[&str]) -> bool {
    match rest {
        ["," | "(" | ")", rest @ ..] => is_conditional(rest),
        ["om", next, ..] => !["inte", "ingen", "inget", "inga", "annat", "ej", "det"].contains(next),
        [first, next, ..] => {
            matches!(*first, "vid" | "efter" | "med") && (next.starts_with("förlängning") && *first != "med")
                || matches!(*first, "inklusive" | "inkl" | "ifall" | "såvida")
        }
        _ => false,
    }
}

/// From when to when, with which words begin, and what follows it.
fn span<'a, 'b>(words: &'a [&'b str]) -> Option<(Said, &'a [&'b str])> {
    let whole = |start, end, may_exclude| Said::Span(Span { start, end, may_exclude });
    if let Some((rest, may_exclude)) = to_word(words) {
        let (point, rest) = point(rest)?;
        let is_part = matches!(rest, ["för", ..]);
        return (!is_part).then_some((whole(None, Some(point.dated(None)?), may_exclude), rest));
    }
    let opened = from_word(words);
    let (first, rest) = point(opened.unwrap_or(words))?;
    let after = match (to_word(rest), rest) {
        (None, ["och", rest @ ..]) if words.first() == Some(&"mellan") => Some((rest, false)),
        (after, _) => after,
    };
    if let Some((after, may_exclude)) = after
        && let Some((last, rest)) = point(after)
    {
        let end = last.dated(None)?;
        let start = first.dated(last.year)?;
        let is_in_order = day_of(start, (1, 1)) <= day_of(end, (12, 31));
        return is_in_order.then_some((whole(Some(start), Some(end), may_exclude), rest));
    }
    if opened.is_some() {
        let is_whole = matches!(rest, [] | ["," | ")" | "och" | "tills", ..]);
        return is_whole.then_some((whole(Some(first.dated(None)?), None, false), rest));
    }
    // "2024, 2025 och 2026"
    let mut last = first;
    let mut rest = rest;
    while let [",", "och", named, after @ ..] | ["," | "och" | "samt", named, after @ ..] = rest
        && let Some(next) =
            year(named).filter(|next| Some(*next) == last.year.and_then(|year| year.checked_add(1)))
    {
        last = Point { year: Some(next), month: None, day: None };
        rest = after;
    }
    let is_list = first.month.is_none() && last != first && !matches!(rest, ["års", ..]);
    is_list.then_some((whole(Some(first.dated(None)?), Some(last.dated(None)?), false), rest))
}

/// What follows words that say when something begins.
fn from_word<'a, 'b>(words: &'a [&'b str]) -> Option<&'a [&'b str]> {
    match words {
        ["från", "och", "med", rest @ ..]
        | ["fr", "o", "m", rest @ ..]
        | ["med", "början" | "start", rest @ ..]
        | ["fr.o.m" | "from" | "från" | "mellan", rest @ ..] => Some(rest),
        _ => None,
    }
}

/// What follows words that say when something ends, and whether the day that they name need not be its last.
fn to_word<'a, 'b>(words: &'a [&'b str]) -> Option<(&'a [&'b str], bool)> {
    match words {
        ["fram", rest @ ..] => to_word(rest),
        ["till", "och", "med", rest @ ..]
        | ["t", "o", "m", rest @ ..]
        | ["t.o.m" | "tom" | "–" | "—" | "-", rest @ ..] => Some((rest, false)),
        ["till", rest @ ..] => Some((rest, true)),
        _ => None,
    }
}

/// A day, a month or a year, as it is written: the first of two may leave the year to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Point {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
}

impl Point {
    /// The date, with the year of the other where it has none; nothing for a day that no calendar has.
    fn dated(self, other: Option<i32>) -> Option<PartialDate> {
        let year = self.year.or(other)?;
        match (self.month, self.day) {
            (Some(month), Some(day)) => NaiveDate::from_ymd_opt(year, month, day).map(PartialDate::Day),
            (Some(month), None) => Some(PartialDate::Month(year, month)),
            _ => Some(PartialDate::Year(year)),
        }
    }
}

/// The day, month or year with which words begin: "den 1 januari 2024", "1/1 2024", "januari 2024", "2024-01-01".
fn point<'a, 'b>(words: &'a [&'b str]) -> Option<(Point, &'a [&'b str])> {
    let words = match words {
        ["utgången", "av", rest @ ..] | ["den", rest @ ..] => rest,
        _ => words,
    };
    let (first, rest) = words.split_first()?;
    if let Ok(date) = first.parse::<NaiveDate>() {
        let point = Point { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) };
        return Some((point, rest));
    }
    // A year that follows, where one does.
    let with_year = |month: u32, day: Option<u32>, rest: &'a [&'b str]| {
        let named = rest.first().and_then(|named| year(named));
        let rest = if named.is_some() { rest.get(1..)? } else { rest };
        Some((Point { year: named, month: Some(month), day }, rest))
    };
    if let Some(month) = month(first) {
        return with_year(month, None, rest);
    }
    let parts: Vec<&str> = first.split(['/', '.', '-']).collect();
    match parts.as_slice() {
        [only] => {
            if let Some(year) = year(only) {
                return Some((Point { year: Some(year), month: None, day: None }, rest));
            }
            let day = only.strip_suffix(":a").or_else(|| only.strip_suffix(":e")).unwrap_or(only);
            with_year(month(rest.first()?)?, Some(day_number(day)?), rest.get(1..)?)
        }
        [day, month] => with_year(month.parse().ok()?, Some(day_number(day)?), rest),
        [day, month, named] => {
            let point = Point {
                year: Some(year(named)?),
                month: Some(month.parse().ok()?),
                day: Some(day_number(day)?),
            };
            Some((point, rest))
        }
        _ => None,
    }
}

/// A month by its name, or the first three or four letters of it.
fn month(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|name| {
        *name == word || (3..=4).contains(&word.len()) && word != "mars" && name.starts_with(word)
    })?;
    u32::try_from(at + 1).ok()
}

fn day_number(word: &str) -> Option<u32> {
    word.parse().ok().filter(|day| (1..=31).contains(day))
}

/// A length of time with which words begin, and what follows it.
fn length_of_time<'a, 'b>(words: &'a [&'b str], clause: &str) -> Option<(Said, &'a [&'b str])> {
    let (months, rest) = length(words)?;
    let (unit, rest) = rest.split_first()?;
    let months = match *unit {
        "år" => months,
        "halvår" => months / Decimal::TWO,
        "månad" | "månader" => months / Decimal::from(12),
        _ => return None,
    };
    let is_other = match rest {
        ["och", "äldre" | "uppåt", ..] => true,
        [next, ..] if AFTER_OTHER_TIME.contains(next) => true,
        // "Tre år till och med" names the last day; "tre månader till" is more of the same.
        ["till", next, ..] => {
            *next != "och" && *next != "den" && !next.starts_with(|letter: char| letter.is_ascii_digit())
        }
        ["till"] => true,
        ["från", ..] => clause.contains("uppsäg") || clause.contains("sägs upp"),
        _ => false,
    };
    let whole = months.normalize();
    (!is_other && whole.is_integer()).then(|| whole.to_u32().map(|months| (Said::Months(months), rest)))?
}

/// A number of years, in months, with which words begin, and what follows it: "tre", "1,5", "ett och ett halvt".
fn length<'a, 'b>(words: &'a [&'b str]) -> Option<(Decimal, &'a [&'b str])> {
    let half = || Decimal::from(6);
    let year = || Decimal::from(12);
    let (whole, rest) = match words {
        ["ett", "halvt", rest @ ..] => (half(), rest),
        ["halvannat", rest @ ..] => (year() + half(), rest),
        [number, "och", "ett", "halvt", rest @ ..] => {
            (number_of(number)?.checked_mul(year())?.checked_add(half())?, rest)
        }
        [number, rest @ ..] => (number_of(number)?.checked_mul(year())?, rest),
        [] => return None,
    };
    // "Tre (3) år"
    match rest {
        ["(", _, ")", rest @ ..] => Some((whole, rest)),
        _ => Some((whole, rest)),
    }
}

/// A number in digits or words.
fn number_of(word: &str) -> Option<Decimal> {
    match prose::in_words(word) {
        Some(count) => Some(count.into()),
        None => word
            .starts_with(|letter: char| letter.is_ascii_digit())
            .then(|| word.replace(',', ".").parse().ok())?,
    }
}

fn year(word: &str) -> Option<i32> {
    let year = word.parse().ok().filter(|_| word.len() == 4);
    year.filter(|year| (1900..=2200).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERM: &str = "2024-01-01–2025-12-31";

    fn term() -> Period {
        let (start, end) = TERM.split_once('–').unwrap();
        Period { start: start.parse().unwrap(), end: end.parse().unwrap() }
    }

    /// What a text says, as the message tells it.
    fn told(text: &str) -> Vec<String> {
        said(text, term()).into_iter().map(|said| said.told().replace(text::NBSP, " ")).collect()
    }

    /// What is found in an agreement with this text, without what the message begins with.
    fn found_at(key: &str, text: &str) -> Vec<String> {
        let toml = format!("{key} = \"{text}\"");
        crate::rules::examples::found(&RULE, &[Example::agreement(&[], toml.leak(), "")])
            .into_iter()
            .map(|finding| finding.message)
            .collect()
    }

    fn found(text: &str) -> Vec<String> {
        found_at("clause.background.text", text)
    }

    #[test]
    fn reads_what_a_text_says() {
        assert_eq!(told("Avtalet gäller i två år, och kan förlängas i ett år."), ["i två år"]);
        assert_eq!(told("Överenskommelsen gäller ett halvår."), ["i 6 månader"]);
        assert_eq!(told("Avtalstiden är 18 månader."), ["i 18 månader"]);
        assert_eq!(told("Partnerskapet löper 2024–2026."), ["2024–2026"]);
        for text in [
            "Avtalet gäller alla medlemmar. Tre år senare fanns 12 månader kvar.",
            "Hyresavtalet gäller i fem år. Avtalet gäller ett år i taget, sedan gäller avtalet i sex månader efter det.",
            "Avtalet gäller i 99999999999999 år och 9-9-9.",
            "Avtalet gäller till och med den 31 februari 2026.",
            "Avtalet gäller 2026–2024 och 1/99 2024–.",
        ] {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn reads_the_time_in_every_way_that_people_write_it() {
        for (text, expected) in [
            ("Avtalet gäller i tre år från och med den 1 januari 2024.", "i tre år, från 2024-01-01"),
            ("Avtalet gäller tre år till och med 2026-12-31.", "i tre år"),
            ("Avtalet ska gälla i tre år.", "i tre år"),
            ("Överenskommelsen ska gälla för tre (3) år.", "i tre år"),
            ("Avtalstiden uppgår till tre år.", "i tre år"),
            ("Avtalstiden ska vara trettiosex månader.", "i tre år"),
            ("Avtalet gäller i 1,5 år.", "i 18 månader"),
            ("Avtalet gäller i ett och ett halvt år", "i 18 månader"),
            ("Avtalet gäller i två och ett halvt år.", "i 30 månader"),
            ("Avtalet gäller i ett halvt år.", "i 6 månader"),
            ("Avtalet gäller under perioden 2024–2026.", "2024–2026"),
            ("Avtalet löper under åren 2024-2026, och", "2024–2026"),
            ("Avtalet gäller första halvåret 2024.", "2024-01-01–2024-06-30"),
            ("Avtalet gäller 2024-01-01–2026-12-31.", "2024-01-01–2026-12-31"),
            (
                "Avtalet träder i kraft den 1 februari 2024 och gäller till och med den 31 december 2026.",
                "från 2024-02-01, till 2026-12-31",
            ),
            ("Avtalet gäller 1 januari–31 december 2026.", "2026-01-01–2026-12-31"),
            ("Avtalet gäller mellan den 1 januari 2024 och den 31 december 2026.", "2024-01-01–2026-12-31"),
            ("Avtalet gäller fr o m 1 jan 2024 t o m 31 dec. 2026.", "2024-01-01–2026-12-31"),
            ("Avtalet gäller 1.1.2024–31.12.2026.", "2024-01-01–2026-12-31"),
            ("Avtalet gäller 1/1-2024–31/12-2026.", "2024-01-01–2026-12-31"),
            ("Avtalet gäller till utgången av juni 2026.", "till juni 2026"),
            ("Partnerskapet sträcker sig över tre år.", "i tre år"),
            ("Avtalstiden löper ut den 30 juni 2025.", "till 2025-06-30"),
            ("Avtalsperioden börjar den 1 februari 2024.", "från 2024-02-01"),
            ("Avtalets löptid är tre år.", "i tre år"),
            ("Parterna är överens om att detta partnerskap gäller i tre år.", "i tre år"),
            ("Överenskommelsen mellan parterna gäller\ni tre år", "i tre år"),
            ("Parterna tecknar IOP med en avtalstid på tre år.", "i tre år"),
            ("Under avtalsperioden 2024–2026 hålls öppet.", "2024–2026"),
            ("Parterna ingår ett treårigt avtal.", "i tre år"),
            ("Partnerskapet är ett 3-årigt samarbete.", "i tre år"),
        ] {
            assert_eq!(told(text).join(", "), expected, "{text}");
        }
        for text in [
            "Om avtalet gäller tre år eller mer ska det följas upp.",
            "Avtalet gäller tre år eller mer.",
            "Avtalet gäller ett år per gång.",
            "Avtalet gäller tre månader till om ingen säger upp det.",
            "Avtalet gäller tre månader från uppsägningen.",
            "Avtalet gäller för 12 personer och i högst tre år.",
            "Avtalet gäller i 1,33 månader.",
            "Avtalet gäller i 79228162514264337593543950335 år.",
        ] {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_contradicts_the_dates_is_found_in_an_agreement() {
        for (text, says) in [
            (
                "Överenskommelsen gäller från och med den 1 januari 2024 till och med den 31 december 2026.",
                "2024-01-01–2026-12-31",
            ),
            ("Avtalet gäller från och med 2024-01-01 till och med 2026-12-31.", "2024-01-01–2026-12-31"),
            ("Avtalet gäller 2024-01-01 – 2026-12-31.", "2024-01-01–2026-12-31"),
            ("Avtalet gäller t.o.m. 2026-12-31.", "till 2026-12-31"),
            ("Avtalet gäller fr.o.m. 2024-01-01 tom 2026-12-31.", "2024-01-01–2026-12-31"),
            ("Avtalet upphör den 30 juni 2025.", "till 2025-06-30"),
            ("Avtalet UPPHÖR ATT GÄLLA den 30 juni 2025.", "till 2025-06-30"),
            ("Avtalet träder i kraft den 1 februari 2024.", "från 2024-02-01"),
            ("Avtalet gäller under perioden 1/1 2024–31/12 2026.", "2024-01-01–2026-12-31"),
            ("Avtalet gäller januari 2024 till december 2026.", "januari 2024–december 2026"),
            ("Avtalsperioden är 36 månader.", "i tre år"),
            ("Avtalstid: 3 år", "i tre år"),
            ("Avtalet är treårigt.", "i tre år"),
            ("Ett treårigt partnerskap.", "i tre år"),
            ("Ett TREÅRIGT partnerskap.", "i tre år"),
            ("Partnerskapet pågår 2024–2026.", "2024–2026"),
            ("PARTNERSKAPET PÅGÅR 2024–2026.", "2024–2026"),
            ("Avtalet omfattar åren 2024, 2025 och 2026.", "2024–2026"),
            ("ÖVERENSKOMMELSEN OMFATTAR TRE ÅR.", "i tre år"),
            ("IOP-avtalet gäller i tre år.", "i tre år"),
        ] {
            let found = found(text);
            let expected = format!("Texten anger att avtalet gäller {says}, men det gäller {TERM}");
            assert!(found.len() == 1 && found[0].starts_with(&expected), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_agrees_with_the_dates_is_left_alone() {
        for text in [
            "Överenskommelsen gäller från och med den 1 januari 2024 till och med den 31 december 2025.",
            "Avtalet gäller 2024-01-01 – 2025-12-31.",
            "Avtalet gäller t.o.m. 2025-12-31, fr.o.m. 2024-01-01.",
            "Avtalet gäller till och med 2025-12-31 och kan förlängas till och med den 31 december 2026.",
            "Avtalet upphör den 31 december 2025.",
            "Avtalet upphör att gälla den 1 januari 2026.",
            "Avtalet gäller från den 1 januari 2024 till den 1 januari 2026.",
            "Avtalet träder i kraft den 1 januari 2024 och gäller till och med december 2025.",
            "Avtalet gäller under perioden 1/1 2024–31/12 2025.",
            "Avtalsperioden är 24 månader. Avtalstid: 2 år",
            "Avtalet är tvåårigt. Ett tvåårigt partnerskap.",
            "Partnerskapet pågår 2024–2025 och omfattar åren 2024 och 2025.",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
            assert_ne!(told(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn sentences_about_other_times_say_nothing() {
        for text in [
            "Rapporten om avtalet gäller 2024–2026. Rapporten gäller perioden 2023-01-01–2023-12-31.",
            "Enligt avtalet gäller tre månader som uppsägningstid.",
            "Uppsägningstiden löper till och med 2026-12-31.",
            "Hyresavtalet gäller till och med 2027-06-30. Avtalet upphör den 30 juni 2027.",
            "Föreningen har ett avtal med Region Skåne. Avtalet gäller 2022–2027.",
            "Det tidigare avtalet gäller till och med juli 2023.",
            "Det avtalet gäller 2020–2023.",
            "Under avtalsperioden 2021–2023 deltog 300 unga, och under förra avtalsperioden 2023–2024 fler.",
            "Avtalet kan förlängas till och med 2026-12-31.",
            "Efter förlängning gäller överenskommelsen, eller om optionen används avtalet upphör den 31 december 2026.",
            "Avtalet gäller till och med 2026-12-31 om optionen används.",
            "Avtalet gäller i tre år inklusive förlängning.",
            "Riktlinjen säger att avtalet gäller i tre år.",
            "Fakturan gäller 2024-01-01–2024-06-30. Avtalet gäller från och med 2025 även lokalen på Storgatan.",
            "Avtalet gäller till och med 2025-06-30 för lokalen på Storgatan.",
            "Föreningen har sedan den 1 februari 2019 drivit verksamheten 2019–2023.",
            "Föreningen hade ett treårigt partnerskap med regionen.",
            "Ett treårigt partnerskap med Region Skåne finns. Ett treårigt avtal om hyra finns.",
            "Avtalet upphör om föreningen upplöses. Avtalet upphör sex månader efter uppsägningen.",
            "Avtalet omfattar 13 år och äldre. Avtalet gäller 2024 och 2025 års budget.",
            "Avtalet omfattar 40 platser. Avtalet träder i kraft när båda har undertecknat.",
            "När avtalet löper ut den 31 december 2026 prövas frågan.",
        ] {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_memo_may_tell_of_the_time_before() {
        let text = "Överenskommelsen löper ut den 31 december 2023.";
        assert_eq!(found_at("memo.preparation", text), Vec::<String>::new());
        assert_eq!(found(text).len(), 1);
        assert_eq!(found_at("memo.preparation", "Överenskommelsen löper ut den 30 juni 2025.").len(), 1);
    }

    #[test]
    fn an_agreement_that_was_extended_or_ended_has_more_than_one_last_day() {
        for (toml, text) in [
            ("term.ended = 2025-06-30", "Avtalet upphör den 30 juni 2025."),
            ("extension.a = { until = 2026-12-31 }", "Avtalet gäller i tre år."),
            ("extension.a = { until = 2026-12-31 }", "Avtalet gäller i två år."),
        ] {
            let toml = format!("{toml}\nclause.background.text = \"{text}\"");
            let found = crate::rules::examples::found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            assert_eq!(found, [], "{text}");
        }
    }

    #[test]
    fn a_half_year_is_held_against_the_days() {
        assert_eq!(
            found("Avtalet gäller första halvåret 2024."),
            ["Texten anger att avtalet gäller 2024-01-01–2024-06-30, men det gäller 2024-01-01–2025-12-31."]
        );
        assert_eq!(found("Avtalet SKA GÄLLA 2024-01-01–2025-12-31."), Vec::<String>::new());
        assert_eq!(found("Avtalet SKA GÄLLA I TRE ÅR.").len(), 1);
    }
}
