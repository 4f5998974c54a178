//! A text says how long the agreement lasts, and the dates say something else.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::date::{PartialDate, Period};
use crate::finding::{Finding, Level, Mention, Place, Spread};
use crate::key_path::Segment;
use crate::language::cues::Cue;
use crate::language::new_ends::{self, new_ends};
use crate::language::periods::{Span, When, day_of};
use crate::language::term::{self, TermSaid};
use crate::path;
use crate::rules::Text;
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
    why: "Säger texten ”två år” och datumen tre vet ingen vad parterna är överens om. Läser meningar om avtalet, samarbetet och deras tid: hur länge, från när, till när, tills vidare. Läser också att avtalet förlängs till en ny sista dag, eller att slutdatumet blir ett annat, när ingen förlängning och inget tillägg har den dagen. Läser inte villkor, möjligheter, uppsägningstid, vad som gällde förr, andras avtal eller en tid som inte står i datum, månader eller år.",
    check: Check::Texts(cues, |text| !term::said(text).is_empty() || !new_ends(text).is_empty(), check),
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

fn cues() -> Vec<Cue> {
    term::cues().into_iter().chain(new_ends::cues()).collect()
}

/// The last days that a text gives the agreement beyond all that it has, as it says them and where.
fn beyond(text: &str, ends: &[NaiveDate]) -> Vec<(When, Range<usize>)> {
    let Some(last) = ends.iter().max() else { return Vec::new() };
    let is_beyond = |end: PartialDate| day_of(end, (1, 1)).is_some_and(|day| day > *last);
    let beyond = new_ends(text).into_iter().filter(|said| is_beyond(said.end));
    let until = |end| When::Span(Span { start: None, end: Some(end), may_exclude: false });
    beyond.map(|said| (until(said.end), said.range)).collect()
}

/// Whether the agreement's dates say the same. An extended agreement has more than one last day. That it has no end agrees where
/// the agreement goes on by itself, or where the text names the last day too: "tills vidare, dock längst till och med".
fn agrees(said: When, start: NaiveDate, ends: &[NaiveDate], may_be_open: bool) -> bool {
    ends.iter().any(|end| match said {
        When::Open => may_be_open,
        When::Months(months) => {
            let length = Period { start, end: *end }.length();
            (length.months, length.days) == (months, 0)
        }
        When::Span(span) => {
            let next = end.succ_opt().filter(|_| span.may_exclude);
            span.start.is_none_or(|said| is_in(start, said))
                && span.end.is_none_or(|said| is_in(*end, said) || next.is_some_and(|next| is_in(next, said)))
        }
    })
}

/// Whether it is about a time before the agreement's own.
fn is_before(said: When, start: NaiveDate) -> bool {
    matches!(said, When::Span(Span { end: Some(end), .. }) if day_of(end, (12, 31)) < Some(start))
}

/// Whether it may be about the agreement's own time. Years that are not its at all, named in passing, are another period's.
fn may_be_own(said: &TermSaid, term: Period) -> bool {
    let touches = |span: Span| {
        let begins = span.start.and_then(|start| day_of(start, (1, 1)));
        let ends = span.end.and_then(|end| day_of(end, (12, 31)));
        begins.is_none_or(|begins| begins <= term.end) && ends.is_none_or(|ends| term.start <= ends)
    };
    !said.in_passing || matches!(said.when, When::Span(span) if touches(span))
}

/// Whether a day lies in what is written of it.
fn is_in(day: NaiveDate, said: PartialDate) -> bool {
    match said {
        PartialDate::Year(year) => day.year() == year,
        PartialDate::Month(year, month) => (day.year(), day.month()) == (year, month),
        PartialDate::Day(date) => day == date,
    }
}

fn told(said: When) -> String {
    let shown = |date: PartialDate| match date {
        PartialDate::Month(..) => date.long(),
        _ => date.to_string(),
    };
    match said {
        When::Open => "tills vidare".to_owned(),
        When::Months(months) => format!("i {}", text::years_or_months(months)),
        When::Span(Span { start: Some(start), end: Some(end), .. }) => {
            format!("{}–{}", shown(start), shown(end))
        }
        When::Span(Span { start: Some(start), .. }) => format!("från {}", shown(start)),
        When::Span(Span { end, .. }) => format!("till {}", end.map(shown).unwrap_or_default()),
    }
}

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let Some(term) = scope.agreement.term.period() else { return Vec::new() };
    let extended = scope.last_days().into_iter().map(|change| change.until);
    let ends: Vec<NaiveDate> =
        [term.end].into_iter().chain(scope.agreement.term.ended.known().copied()).chain(extended).collect();
    let found = texts.iter().filter_map(|Text { path, text }| {
        // The memo tells of what was before.
        let is_memo = matches!(path.segments().first(), Some(Segment::Key(key)) if key == "memo");
        let mut wrong = term::said(text);
        let names_end = wrong.iter().any(|said| matches!(said.when, When::Span(Span { end: Some(_), .. })));
        let may_be_open = names_end || scope.agreement.term.going_on().is_some();
        wrong.retain(|said| {
            may_be_own(said, term)
                && !(is_memo && is_before(said.when, term.start))
                && !agrees(said.when, term.start, &ends, may_be_open)
        });
        let is_length = wrong.iter().any(|said| matches!(said.when, When::Months(_)));
        let length = if is_length { format!(" ({})", term.length()) } else { String::new() };
        let mut wrong: Vec<(When, Range<usize>)> =
            wrong.into_iter().map(|said| (said.when, said.range)).collect();
        if scope.agreement.term.going_on().is_none() {
            let is_new = |range: &Range<usize>| {
                wrong.iter().all(|(_, other)| other.end <= range.start || range.end <= other.start)
            };
            let beyond: Vec<_> = beyond(text, &ends).into_iter().filter(|(_, range)| is_new(range)).collect();
            wrong.extend(beyond);
        }
        let mentions = wrong.into_iter().filter_map(|(when, range)| {
            let place = Place::word(scope.file, path.clone(), text.get(range)?);
            Some(Mention { place, word: told(when) })
        });
        let spread = Spread::new(
            "Texten anger att avtalet gäller ",
            format!(", men det gäller {term}{length}."),
            mentions,
        );
        let finding = Finding::at_each(RULE.code, RULE.gravity.level(scope.agreement), spread)?;
        Some(
            finding
                .source(RULE.source)
                .help(
                    "Rätta det ena, eller ta bort avtalstiden ur texten: dokumenten skriver den ur datumen.",
                )
                .related(Place::value(scope.file, path!["term"]), format!("avtalstiden är {term}")),
        )
    });
    found.collect()
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
        let said = term::said(text).into_iter().filter(|said| may_be_own(said, term()));
        said.map(|said| super::told(said.when).replace(text::NBSP, " ")).collect()
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
            ("Avtalet gäller tre år till och med 2026-12-31.", "i tre år, till 2026-12-31"),
            ("Avtalet gäller ett år per gång.", "i ett år"),
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
            ("Detta avtal omfattar tre år.", "i tre år"),
            ("Gäller. Detta avtal omfattar tre år.", "i tre år"),
            ("Avtalet gäller tills vidare.", "tills vidare"),
            ("Avtalet\\nomfattar\\ntre\u{a0}år.", "i tre år"),
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
            "Avtalet gäller tills vidare, dock längst till och med den 31 december 2025.",
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
    fn a_finding_points_at_the_words_and_is_accepted_by_them() {
        let toml =
            "clause.background.text = \"Vi möts. Avtalet gäller i tre år. Avtalet upphör den 30 juni 2025.\"";
        let found = crate::rules::examples::found(&RULE, &[Example::agreement(&[], toml, "")]);
        let parts: Vec<_> = found.iter().flat_map(Finding::places).map(|place| place.part.clone()).collect();
        let words = ["tre år", "den 30 juni 2025"].map(|word| crate::finding::Part::Word(word.to_owned()));
        assert_eq!(parts, words);
    }

    #[test]
    fn a_new_last_day_needs_an_extension_that_has_it() {
        let text = "Avtalstiden förlängs till och med den 31 december 2026.";
        let message =
            "Texten anger att avtalet gäller till 2026-12-31, men det gäller 2024-01-01–2025-12-31.";
        assert_eq!(found_at("memo.preparation", text), [message]);
        let supplement = |end: &str| {
            let toml =
                format!("supplement.a = {{ number = 1, dated = 2025-01-01, changes = \"{text}\"{end} }}");
            crate::rules::examples::found(&RULE, &[Example::agreement(&[], toml.leak(), "")]).len()
        };
        assert_eq!((supplement(""), supplement(", end = 2026-12-31")), (1, 0));
        assert_eq!(found("Avtalet förlängs till och med den 30 juni 2025."), Vec::<String>::new());
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
