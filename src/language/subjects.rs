//! Who or what a sentence is about: the agreement itself, its term, or another agreement.

use super::lengths::adjective;
use super::predicates::Verb;
use super::word_list::WordList;

/// What a text can call the agreement, in the form that names this one.
static NAMES: WordList = WordList::new(
    "avtalet överenskommelsen partnerskapet samarbetet samverkan samverkansavtalet partnerskapsavtalet \
    samarbetsavtalet samverkansöverenskommelsen partnerskapsöverenskommelsen samverkanspartnerskapet \
    avtalsförhållandet åtagandena",
);

/// The same after "detta" and "denna".
static INDEFINITE: WordList = WordList::new(
    "avtal överenskommelse partnerskap iop samarbete samarbetsavtal samverkansavtal partnerskapsavtal \
    samverkansöverenskommelse partnerskapsöverenskommelse",
);

/// Short names of a partnership.
const SHORT: &[&str] = &["iop:et", "iop:n", "iop:en", "iopen", "iopet"];

/// What a text can call its term.
pub(super) static TERMS: WordList = WordList::new(
    "avtalstiden avtalsperioden partnerskapstiden partnerskapsperioden avtalstid avtalsperiod \
    partnerskapsperiod partnerskapstid samverkansperioden samverkansperiod samarbetsperioden \
    samarbetsperiod giltighetstiden giltighetstid löptiden löptid giltighet giltighetsperiod \
    giltighetsperioden avtalslängd avtalslängden överenskommelseperioden kontraktstid kontraktstiden",
);

/// The same after whose it is: "avtalets löptid".
pub(super) static TERMS_OF: WordList = WordList::new(
    "löptid giltighetstid avtalstid avtalsperiod giltighet längd varaktighet tid period tidsperiod",
);

/// What stands right before a name that is not the subject, or names another agreement: "enligt avtalet gäller", "det tidigare
/// avtalet gäller". "Om avtalet gäller tre år" asks, and says nothing.
static BEFORE_OTHER: WordList = WordList::new(
    "om när ifall enligt i av till för med under på från efter inom utöver inför vid genom sedan innan utan \
    det den tidigare förra föregående gamla nuvarande befintliga gällande kommande nästa andra första \
    återstående längsta ordinarie ursprungliga kortaste utgångna",
);

/// With one of these before the subject, a sentence is about what could be, what was, or what somebody else says.
static OF_OTHERS: WordList = WordList::new(
    "riktlinj policy förläng option tidigare förra föregående exempel uppsäg annat inte ej aldrig varken \
    önsk förslag begär krav föreslår föreslog anser ansåg menar menade vill ville bör borde normalt vanligtvis hyres prövo \
    utkast mall hade haft var strävar hoppas",
);

/// What tells that a sentence is about what was or could be, where only an adjective says how long: "hade ett treårigt
/// partnerskap".
static NOT_NOW: WordList = WordList::new(
    "hade har var varit slöts tecknades ingicks pågick avslutades genomfördes bedrevs efter nästa kan kunde \
    skulle önskar bör tidigare förra inte ej inget ingen om vill får föreslår",
);

/// What a name is followed by: the words after it, and whether it is the term's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Subject<'a, 'b> {
    /// The words after it.
    pub(super) rest: &'a [&'b str],
    /// What "är" after it says, where it names the term or one end of it.
    pub(super) copula: Option<Verb>,
    /// Whether it could as well name another agreement.
    pub(super) is_plain: bool,
}

/// The name of the agreement or its term with which words begin.
#[must_use]
pub(super) fn subject<'a, 'b>(words: &'a [&'b str]) -> Option<Subject<'a, 'b>> {
    let named = |rest, copula| Some(Subject { rest, copula, is_plain: false });
    let found = |rest| named(rest, None);
    match words {
        [whose, rest @ ..] if whose.strip_suffix('s').is_some_and(is_name) && time_of(rest).is_some() => {
            let (copula, rest) = time_of(rest)?;
            named(rest, Some(copula))
        }
        [this, whose, rest @ ..]
            if matches!(*this, "detta" | "denna" | "föreliggande" | "dettas")
                && whose.strip_suffix('s').is_some_and(|name| is_indefinite(name) || is_name(name))
                && time_of(rest).is_some() =>
        {
            let (copula, rest) = time_of(rest)?;
            named(rest, Some(copula))
        }
        [term, rest @ ..] if TERMS.has(term) => named(after_whose(rest)?, Some(Verb::Lasts)),
        [
            "avtalade" | "avtalad" | "överenskomna" | "överenskommen",
            "perioden" | "tiden" | "tid" | "period",
            rest @ ..,
        ] => named(rest, Some(Verb::Lasts)),
        ["ikraftträdande", rest @ ..] => named(rest, Some(Verb::Begins)),
        ["sista", day, rest @ ..] if is_day_of_agreement(day) => named(rest, Some(Verb::Ends)),
        ["första", day, rest @ ..] if is_day_of_agreement(day) => named(rest, Some(Verb::Begins)),
        // "Perioden för detta partnerskap", "sista dagen för avtalet"
        [first, ..] if TIME_NAMES.has(first) && time_of_this(words).is_some() => {
            let (copula, rest) = time_of_this(words)?;
            named(rest, Some(copula))
        }
        [name, rest @ ..] if is_name(name) => Some(Subject {
            rest: after_parties(rest),
            copula: None,
            is_plain: matches!(*name, "avtalet" | "överenskommelsen" | "samarbetet" | "samverkan"),
        }),
        ["parternas", "åtaganden", rest @ ..] => found(after_parties(rest)),
        [
            "detta" | "denna" | "föreliggande" | "förevarande" | "följande" | "vårt" | "vår" | "parternas"
            | "nu" | "innevarande",
            name,
            rest @ ..,
        ] if is_indefinite(name) || *name == "samverkan" => found(after_parties(rest)),
        ["nu", "gällande", name, rest @ ..] if is_name(name) => found(after_parties(rest)),
        ["detta" | "denna" | "det", "här", name, rest @ ..] if is_name(name) => found(after_parties(rest)),
        ["förevarande" | "föreliggande" | "idéburna" | "aktuella", name, rest @ ..] if is_name(name) => {
            found(after_parties(rest))
        }
        ["idéburna", "offentliga", "partnerskapet", rest @ ..]
        | ["detta", "idéburna", "offentliga", "partnerskap", rest @ ..] => found(after_parties(rest)),
        _ => None,
    }
}

/// Whether a word is a day by the agreement: "avtalsdagen".
fn is_day_of_agreement(word: &str) -> bool {
    ["avtalsdag", "giltighetsdag", "partnerskapsdag"].iter().any(|day| word.starts_with(day))
}

fn is_name(word: &str) -> bool {
    let short = word.strip_prefix("iop");
    NAMES.has(short.and_then(|short| short.strip_prefix('-')).unwrap_or(word))
        || short.is_some() && SHORT.contains(&word)
}

/// Whether a word is what an agreement is called without its article.
#[must_use]
pub(super) fn is_indefinite(word: &str) -> bool {
    INDEFINITE.has(word.strip_prefix("iop-").unwrap_or(word))
}

/// Names of a time, or of its first or last day. After "första" and "sista" a day is named.
pub(super) static TIME_NAMES: WordList = WordList::new(
    "ikraftträdande ikraftträdandet upphörande upphörandet tiden tidsperioden perioden längden varaktigheten startdatum startdag startdagen slutdatum slutdag slutdagen slutdatumet \
    startdatumet sista första giltigheten",
);

/// The name of a time or of its end, with which words begin: what "är" after it says, and what follows.
fn time_of<'a, 'b>(words: &'a [&'b str]) -> Option<(Verb, &'a [&'b str])> {
    match words {
        ["totala" | "sammanlagda" | "hela" | "överenskomna", rest @ ..] => time_of(rest),
        [term, rest @ ..] if TERMS_OF.has(term) => Some((Verb::Lasts, rest)),
        ["tiden" | "tidsperioden" | "perioden" | "längden" | "varaktigheten" | "giltigheten", rest @ ..] => {
            Some((Verb::Lasts, rest))
        }
        ["ikraftträdande" | "ikraftträdandet", rest @ ..] => Some((Verb::Begins, rest)),
        ["upphörande" | "upphörandet", rest @ ..] => Some((Verb::Ends, rest)),
        ["sista", "dag" | "dagen" | "giltighetsdag" | "avtalsdag", rest @ ..]
        | ["slutdatum" | "slutdag" | "slutdagen" | "slutdatumet", rest @ ..] => Some((Verb::Ends, rest)),
        ["första", "dag" | "dagen" | "giltighetsdag" | "avtalsdag", rest @ ..]
        | ["startdatum" | "startdag" | "startdagen" | "startdatumet", rest @ ..] => {
            Some((Verb::Begins, rest))
        }
        _ => None,
    }
}

/// The same, with whose it is after it.
fn time_of_this<'a, 'b>(words: &'a [&'b str]) -> Option<(Verb, &'a [&'b str])> {
    let (verb, rest) = time_of(words)?;
    match rest {
        ["för" | "i" | "av" | "på" | "enligt", whose @ ..] => {
            let subject = subject(whose).filter(|subject| subject.copula.is_none())?;
            Some((verb, subject.rest))
        }
        _ => None,
    }
}

/// Without "för partnerskapet", "enligt detta avtal"; nothing where it is something else's: "på föreningens lån".
fn after_whose<'a, 'b>(words: &'a [&'b str]) -> Option<&'a [&'b str]> {
    match words {
        ["för" | "i" | "enligt" | "av", name, rest @ ..] if is_name(name) => Some(rest),
        ["för" | "i" | "enligt" | "av", "detta" | "denna", name, rest @ ..] if is_indefinite(name) => {
            Some(rest)
        }
        ["för" | "på" | "i" | "av", other, ..]
            if other.ends_with("ens")
                || other.ends_with("ets")
                || other.ends_with("lånet")
                || other.ends_with("lokalen") =>
        {
            None
        }
        _ => Some(words),
    }
}

/// Without "mellan parterna", "om idéburet offentligt partnerskap", what stands in brackets, and ", som".
fn after_parties<'a, 'b>(words: &'a [&'b str]) -> &'a [&'b str] {
    match words {
        ["enligt" | "i", "detta" | "denna", name, rest @ ..] if is_indefinite(name) => after_parties(rest),
        ["enligt", name, rest @ ..] if is_name(name) => after_parties(rest),
        ["mellan", "parterna", rest @ ..]
        | ["om" | "för", "idéburet", "offentligt", "partnerskap", rest @ ..]
        | ["om", "partnerskap" | "samverkan" | "iop", rest @ ..]
        | ["(", "iop", ")", rest @ ..]
        | ["som", "helhet", rest @ ..]
        | ["med", "föreningen" | "kommunen" | "organisationen" | "stiftelsen", rest @ ..]
        | ["i", "sin", "helhet", rest @ ..]
        | ["parterna", "emellan", rest @ ..] => after_parties(rest),
        [",", "som", rest @ ..] if super::predicates::form(rest).is_some() => rest,
        ["(", inside @ ..] => {
            let end = inside.iter().take(12).position(|word| *word == ")");
            end.and_then(|end| inside.get(end + 1..)).map_or(words, after_parties)
        }
        _ => words,
    }
}

/// Whether what stands before a name makes it another's, or no subject.
#[must_use]
pub(super) fn is_governed(before: &[&str], from: &[&str]) -> bool {
    let before = after_default(before);
    let of_others = before.iter().any(|word| OF_OTHERS.alike(word).iter().any(|stem| is_of(word, stem)));
    let is_condition =
        matches!(before.first(), Some(&("om" | "när" | "ifall" | "därest" | "såvida" | "sedan" | "efter")));
    let before = match before {
        [rest @ .., "det" | "den"]
            if matches!(
                from.first(),
                Some(
                    &("förevarande"
                        | "föreliggande"
                        | "idéburna"
                        | "aktuella"
                        | "avtalade"
                        | "överenskomna"
                        | "sista"
                        | "första")
                )
            ) =>
        {
            rest
        }
        [rest @ .., "det" | "den", "här" | "nya"] | [rest @ .., "detta" | "denna"] => rest,
        // "Parternas överenskommelse om att", "beslutar att"
        _ => before,
    };
    // "Med en avtalstid på tre år"
    let before = match (before, from) {
        ([rest @ .., "med", "en"], [term, "på" | "om" | "av" | ":", ..]) if TERMS.has(term) => rest,
        _ => before,
    };
    of_others || is_condition || before.last().is_some_and(|word| BEFORE_OTHER.has(word))
}

/// Whether a word is the stem or, where it is a long one, begins with it.
fn is_of(word: &str, stem: &str) -> bool {
    if stem.chars().count() > 3 { word.starts_with(stem) } else { word == stem }
}

/// Without "om inget annat avtalas", which lets what follows hold.
fn after_default<'a, 'b>(before: &'a [&'b str]) -> &'a [&'b str] {
    match before {
        ["om" | "såvida", "inte" | "inget" | "ej" | "annat", rest @ ..] => {
            let end = rest.iter().take(7).position(|word| matches!(*word, "," | "gäller" | "löper"));
            rest.get(end.unwrap_or(rest.len())..).unwrap_or_default()
        }
        _ => before,
    }
}

/// Whether words are about an agreement that is none of a partnership: "avtalet" after them may be that one.
#[must_use]
pub(super) fn is_about_another(words: &[&str]) -> bool {
    let is_own = |word: &str| {
        ["avtal", "iop", "partnerskap", "samverkansavtal", "samarbetsavtal"]
            .iter()
            .any(|own| word.starts_with(own))
    };
    let is_ours = words.iter().any(|word| word.contains("partnerskap") || word.starts_with("iop"));
    let other = words.iter().any(|word| {
        let is_agreement =
            ["avtal", "avtalet", "kontrakt", "kontraktet"].iter().any(|end| word.ends_with(end));
        is_agreement && !is_own(word) || ["hyr", "hyrs", "arrenderar"].contains(word)
    });
    let unnamed = words.iter().enumerate().any(|(at, word)| {
        let before = words.get(at.saturating_sub(2)..at).unwrap_or_default();
        matches!(*word, "avtal" | "överenskommelse")
            && before.iter().any(|word| matches!(*word, "ett" | "en" | "annat" | "annan"))
    });
    other || unnamed && !is_ours
}

/// A partnership that an adjective says how long it is, where the sentence is about this one: "ett treårigt partnerskap". The
/// words that say so, by number, and how many months.
#[must_use]
pub(super) fn adjective_of_partnership(words: &[&str]) -> Option<(usize, usize, u32)> {
    let at = words.iter().position(|word| adjective(word).is_some() || long_name(word).is_some())?;
    let (before, rest) = words.split_at_checked(at)?;
    let word = rest.first()?;
    let months = adjective(word).or_else(|| long_name(word))?;
    let count = match rest.get(1..)? {
        _ if long_name(word).is_some() => 1,
        // "Avtalet är treårigt"
        [] | ["," | "och" | "med", ..]
            if matches!(before, [.., "är" | "blir" | "vara"])
                && before.iter().any(|word| is_name(word) || is_indefinite(word)) =>
        {
            1
        }
        ["idéburet" | "idéburna", "offentligt" | "offentliga", "partnerskap" | "partnerskapet", ..] => 4,
        [
            named @ ("partnerskap" | "partnerskapet" | "iop" | "samarbete" | "samverkan" | "samverkansavtal"
            | "samarbetsavtal"),
            next @ ..,
        ] if !is_with_others(next) && !named.is_empty() => 2,
        [named, next @ ..] if named.starts_with("iop-") && !is_with_others(next) => 2,
        ["avtal" | "avtalet" | "överenskommelse" | "överenskommelsen", next @ ..]
            if !matches!(next, ["med" | "om" | "för" | "på" | "som", ..])
                || matches!(next, ["om", "idéburet" | "iop" | "partnerskap", ..]) =>
        {
            2
        }
        _ => return None,
    };
    let is_this = matches!(
        before,
        [] | ["ett" | "en" | "det" | "den" | "detta" | "denna"]
            | ["detta" | "denna", .., "är" | "blir"]
            | ["detta", "är", ..]
            | [
                ..,
                "ingår"
                    | "tecknar"
                    | "sluter"
                    | "träffar"
                    | "ingått"
                    | "tecknat"
                    | "skrivit"
                    | "slutit"
                    | "träffat",
                "ett" | "en"
            ]
            | [.., "enats" | "överens", "om", "ett" | "en"]
            | [
                "vårt"
                    | "vår"
                    | "parternas"
                    | "avtalet"
                    | "överenskommelsen"
                    | "partnerskapet"
                    | "samarbetet",
                ..
            ]
            | [.., "ingår" | "tecknar" | "sluter" | "träffar", "härmed", "ett" | "en"]
    );
    let is_made = words.windows(2).any(|pair| {
        matches!(
            pair,
            [
                "har",
                "enats" | "kommit" | "ingått" | "tecknat" | "skrivit" | "slutit" | "träffat" | "parterna"
            ]
        )
    });
    let is_now = !words.iter().any(|word| NOT_NOW.has(word) && !(is_made && matches!(*word, "har" | "om")))
        || before.ends_with(&["överens", "om", "ett"]);
    (is_named_now(before) && is_this && is_now && !is_about_another(before)).then_some((
        at,
        at + count,
        months,
    ))
}

fn is_named_now(before: &[&str]) -> bool {
    !before.iter().any(|word| OF_OTHERS.alike(word).iter().any(|stem| is_of(word, stem)))
}

/// A name of an agreement that says how long it is: "treårsavtal".
fn long_name(word: &str) -> Option<u32> {
    let count = ["årsavtal", "årsöverenskommelse", "års-iop", "årspartnerskap", "årskontrakt"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))?;
    adjective(&format!("{count}årig"))
}

/// Whether what follows names another party: "med region Skåne".
fn is_with_others(next: &[&str]) -> bool {
    matches!(next, ["med", other, ..] if ["region", "stat", "länsstyrelse", "annan", "andra"].iter().any(|name| other.starts_with(name)))
}
