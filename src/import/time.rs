//! How long the agreement lasts, and when the parties look at it anew.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::draft::{Draft, Said};
use super::notice::{DENIED, notice_lengths};
use super::parties::Parties;
use super::prolonging::{self, LONGEST, OTHER_TIME};
use super::prose::{Sentence, bare, find};
use super::sections::{Sections, prose};
use crate::date::{PartialDate, Period};
use crate::language::periods::{Span, When, day_of, span};
use crate::language::term;
use crate::paper::Block;
use crate::register::write::Table;

/// Writes the term, and returns it where it is known.
pub(super) fn write(sections: &Sections<'_>, parties: &Parties, draft: &mut Draft) -> Option<Period> {
    let own = sections.blocks(&["term"]);
    let everything = sections.everything();
    let mut said = stated(&own);
    let lasts_on =
        prose(&own).iter().any(|sentence| sentence.has("tills vidare") && !sentence.has(OTHER_TIME));
    if !lasts_on && !said.iter().any(|one| is_whole(&one.value)) {
        let loose = loose(&own);
        let elsewhere = if loose.is_empty() && said.is_empty() { stated(&everything) } else { loose };
        said.extend(elsewhere);
    }
    let has_end =
        said.iter().any(|one| matches!(one.value, When::Span(Span { end: Some(_), .. }) | When::Open));
    if !has_end
        && let Some(open) =
            prose(&own).iter().find(|sentence| sentence.has("tills vidare") && !sentence.has(OTHER_TIME))
    {
        said.push(Said { value: When::Open, place: open.place });
    }
    let starts = ends_of(&said, |span| span.start, (1, 1));
    let may_exclude = said.iter().any(|one| matches!(one.value, When::Span(Span { may_exclude: true, .. })));
    let ends = ends_of(&said, |span| span.end, (12, 31));
    // Nobody agrees for a single day: the words are about the beginning.
    let ends: Vec<Said<NaiveDate>> =
        ends.into_iter().filter(|end| !starts.iter().any(|start| start.value == end.value)).collect();
    // What has been extended since then is told after it.
    let first = prose(&own).into_iter().find_map(|sentence| {
        let at = sentence.find("gällde först | gällde ursprungligen")?;
        Some(Said { value: sentence.day_from(at)?.1, place: sentence.place })
    });
    let ends = first.map_or(ends, |first| vec![first]);
    let signed = prose(&own).into_iter().find(|sentence| {
        sentence.has("tidigast | dock inte före | dock ej före")
            && sentence.has(SIGNED)
            && sentence.day_from(0).is_some()
    });
    let reversed = prose(&own).into_iter().find(is_reversed);
    match &signed {
        _ if reversed.is_some() => {}
        Some(sentence) => {
            let reading = bare(sentence.whole()).to_owned();
            draft.unclear(&["term", "start"], &[(reading, sentence.place)]);
        }
        None => draft.reading(&["term", "start"], &starts, true),
    }
    let is_open = said.iter().find(|one| one.value == When::Open);
    let months: Vec<Said<u32>> = said
        .iter()
        .filter_map(|one| match one.value {
            When::Months(months) if months <= LONGEST => Some(Said { value: months, place: one.place }),
            _ => None,
        })
        .collect();
    let end = ends.first().filter(|end| ends.iter().all(|other| other.value == end.value));
    let bounded = prose(&own).into_iter().find(|sentence| {
        sentence.has("längst | som längst | maximalt till | dock senast")
            && sentence.day_from(0).is_some()
            && {
                let words = sentence.words();
                prolonging::lengths(&words).next().is_some()
            }
            && !sentence.has("förläng* | uppsäg* | säg* upp")
    });
    // "Till och med 2027-12-31. Därefter löper det tills vidare": that day is not the last one.
    let onwards = prose(&own).into_iter().find(|sentence| {
        sentence.has("tills vidare")
            && sentence.has("därefter | sedan | efter denna tid | efter den tiden | efter det")
            && !sentence.has(OTHER_TIME)
    });
    match (is_open, end) {
        (None, Some(end)) if onwards.is_some() => {
            let first = (format!("till och med {}", end.value), end.place);
            let onwards = onwards.iter().map(|sentence| (bare(sentence.whole()).to_owned(), sentence.place));
            draft.unclear(&["term", "end"], &std::iter::once(first).chain(onwards).collect::<Vec<_>>());
        }
        _ if reversed.is_some() => {
            let readings =
                reversed.iter().map(|sentence| (bare(sentence.whole()).to_owned(), sentence.place));
            let readings: Vec<_> = readings.collect();
            draft.unclear(&["term", "start"], &readings);
            draft.unclear(&["term", "end"], &readings);
        }
        // "30 månader från undertecknandet, dock längst till den 31 december 2028": which of them comes first nobody knows.
        _ if bounded.is_some() => {
            let readings = bounded.iter().map(|sentence| (bare(sentence.whole()).to_owned(), sentence.place));
            draft.unclear(&["term", "end"], &readings.collect::<Vec<_>>());
        }
        (Some(open), None) => open_ended(&own, open, draft),
        (None, None) if ends.is_empty() && !months.is_empty() => {
            draft.reading(&["term", "months"], &months, false);
        }
        (_, Some(end)) if may_exclude && (end.value.day(), end.value.month()) == (1, 1) => {
            let before = end.value.pred_opt().unwrap_or(end.value);
            draft.unclear(
                &["term", "end"],
                &[
                    (format!("till och med {before}"), end.place),
                    (format!("till och med {}", end.value), end.place),
                ],
            );
        }
        _ => draft.reading(&["term", "end"], &ends, true),
    }
    let in_term = prose(&own);
    let all = prose(&everything);
    let told = if in_term.is_empty() { &all } else { &in_term };
    review(told, draft);
    prolonging::write(told, parties, draft);
    let one = |of: &[Said<NaiveDate>]| {
        of.first().filter(|first| of.iter().all(|other| other.value == first.value)).map(|first| first.value)
    };
    let start = one(&starts).filter(|_| signed.is_none() && bounded.is_none() && reversed.is_none())?;
    let is_last = |end: &NaiveDate| !may_exclude || (end.day(), end.month()) != (1, 1);
    let end = match (one(&ends).filter(is_last), months.first()) {
        (Some(end), _) => end,
        (None, Some(months)) if ends.is_empty() => {
            Period { start, end: start }.last_day_within(months.value)?
        }
        _ => return None,
    };
    Some(Period { start, end }).filter(|period| !period.is_reversed())
}

/// What tells that the agreement begins when somebody has signed it.
const SIGNED: &str = "undertecknat | undertecknats | undertecknad | undertecknade | undertecknande* | underteckna* | underskrift* | skrivit under | signera*";

/// "Från och med den 1 september 2020 till och med den 31 augusti 2020": one of the days is wrong.
fn is_reversed(sentence: &Sentence) -> bool {
    let from = sentence.find("från och med | fr.o.m. | från").and_then(|at| sentence.day_from(at));
    let to = sentence.find("till och med | t.o.m.").and_then(|at| sentence.day_from(at));
    from.zip(to).is_some_and(|((first_at, first), (last_at, last))| first_at < last_at && first > last)
        && !sentence.has(OTHER_TIME)
}

fn is_whole(when: &When) -> bool {
    match when {
        When::Span(span) => span.start.is_some() && span.end.is_some(),
        When::Months(_) | When::Open => true,
    }
}

/// What sentences say of the agreement's term, what only names it in passing left out.
fn stated(blocks: &[&Block]) -> Vec<Said<When>> {
    let mut found = Vec::new();
    for block in blocks {
        let said = term::said(&block.text).into_iter().filter(|said| !said.in_passing && !said.at_a_time);
        // What another agreement said, or a change of this one.
        let is_own = |said: &term::TermSaid| {
            let start = block
                .text
                .get(..said.range.start)
                .and_then(|before| before.rfind(". "))
                .map_or(0, |at| at + 2);
            let end = block
                .text
                .get(said.range.end..)
                .and_then(|after| after.find(". "))
                .map_or(block.text.len(), |at| said.range.end + at);
            let sentence = block.text.get(start..end).unwrap_or_default().to_lowercase();
            !["avlöser", "gällde", "är förläng", "har förläng", "förlänger"]
                .iter()
                .any(|word| sentence.contains(word))
        };
        found.extend(said.filter(is_own).map(|said| Said { value: said.when, place: block.place }));
    }
    found
}

/// The time that a section about the term names without a sentence: "2026-01-01–2028-12-31", "Startdatum: …", rows of a table.
fn loose(blocks: &[&Block]) -> Vec<Said<When>> {
    let mut found = Vec::new();
    for block in blocks {
        for sentence in super::prose::sentences(&block.text.replace('\t', "\n"), block.place) {
            let words = sentence.words();
            if sentence.has(OTHER_TIME)
                || sentence.has("uppsäg* | förläng* | översyn* | utvärder* | pröva | senast | begär*")
            {
                continue;
            }
            let labelled = |phrases: &str| find(&words, phrases).filter(|at| *at < 3);
            if let Some((_, day)) = labelled("startdatum | startdag | start | börjar | första dag")
                .and_then(|at| sentence.day_from(at))
            {
                let start = Some(PartialDate::Day(day));
                found.push(Said {
                    value: When::Span(Span { start, end: None, may_exclude: false }),
                    place: block.place,
                });
                continue;
            }
            if let Some((_, day)) = labelled("slutdatum | slutdag | slut | upphör | sista dag")
                .and_then(|at| sentence.day_from(at))
            {
                let end = Some(PartialDate::Day(day));
                found.push(Said {
                    value: When::Span(Span { start: None, end, may_exclude: false }),
                    place: block.place,
                });
                continue;
            }
            let span = (0..words.len()).find_map(|at| {
                let (span, _) = span(words.get(at..)?)?;
                (span.start.is_some() && span.end.is_some()).then_some(span)
            });
            if let Some(span) = span {
                found.push(Said { value: When::Span(span), place: block.place });
            }
        }
    }
    found
}

/// One end of what is said, as days.
fn ends_of(
    said: &[Said<When>],
    end: impl Fn(&Span) -> Option<PartialDate>,
    filled: (u32, u32),
) -> Vec<Said<NaiveDate>> {
    said.iter()
        .filter_map(|one| match &one.value {
            When::Span(span) => Some(Said { value: day_of(end(span)?, filled)?, place: one.place }),
            _ => None,
        })
        .collect()
}

fn open_ended(blocks: &[&Block], open: &Said<When>, draft: &mut Draft) {
    let told = prose(blocks);
    let said: Vec<&Sentence> = told.iter().filter(|sentence| !notice_lengths(sentence).is_empty()).collect();
    let lengths: BTreeSet<u32> = said.iter().flat_map(|sentence| notice_lengths(sentence)).collect();
    let is_denied = told.iter().any(|sentence| sentence.has(DENIED));
    let only = lengths.first().copied().filter(|_| lengths.len() == 1 && !is_denied);
    let mut table = match only {
        Some(months) => Table::default().with("notice_months", months),
        None => Table::default().with("notice_months", crate::vocabulary::NOT_STATED),
    };
    if only.is_none() && !said.is_empty() {
        let readings: Vec<&str> = said.iter().map(|sentence| bare(sentence.whole())).collect();
        draft.unclear_of(&["term", "until_further_notice"], &readings.join(". "), open.place);
    }
    let ends_on = prose(blocks).iter().find_map(|sentence| {
        let words = sentence.words();
        let at = find(&words, "upphöra den | upphör den").filter(|_| sentence.has("varje år"))?;
        let [day, named, ..] = words.get(at + 2..)? else { return None };
        let month = crate::date::MONTHS.iter().position(|month| month == named)? + 1;
        let day: u32 = day.parse().ok()?;
        NaiveDate::from_ymd_opt(2024, u32::try_from(month).ok()?, day).map(|_| format!("{month:02}-{day:02}"))
    });
    if let Some(ends_on) = ends_on {
        table.set("ends_on", ends_on);
    }
    draft.found(&["term", "until_further_notice"], table, open.place);
}

/// When and how the parties consider whether to go on.
fn review(sentences: &[Sentence], draft: &mut Draft) {
    let mut found: Vec<(Said<NaiveDate>, usize)> = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let considers =
            sentence.has("översyn* | pröva | prövar | ta ställning | utvärdera | fortsättning | fortsätta");
        let goes_on = sentence.has("fortsätt* | förläng* | förnya* | översyn*");
        let by = sentence.find("senast").filter(|_| considers && goes_on);
        if let Some((_, day)) = by.and_then(|at| sentence.day_from(at))
            && !sentence.has("option* | begär* | säg* upp | uppsäg*")
        {
            found.push((Said { value: day, place: sentence.place }, number));
        }
    }
    for (number, sentence) in sentences.iter().enumerate() {
        let words = sentence.words();
        let years = find(&words, "ser över | ses över").and_then(|_| {
            (1..=25).find(|years| match years {
                1 => sentence.has("varje år"),
                2 => sentence.has("vartannat år"),
                years => sentence.has(&format!("vart {} år", crate::text::ordinal(*years))),
            })
        });
        if let Some(years) = years {
            draft.found(&["term", "review_every_years"], years, sentence.place);
            if let Some(next) =
                sentences.get(number + 1).filter(|next| next.place == sentence.place && found.is_empty())
            {
                draft.found(&["term", "review_task"], format!("{}.", next.whole()), next.place);
            }
        }
    }
    let said: Vec<Said<NaiveDate>> = found.iter().map(|(said, _)| said.clone()).collect();
    draft.reading(&["term", "review_by"], &said, false);
    if let [(said, number)] = found.as_slice()
        && let Some(next) = sentences.get(number + 1)
        && next.has("ska då | då ska | detta tillfälle | pröva")
        && next.place == said.place
    {
        let task = next.whole();
        let task = if task.ends_with('.') { task.to_owned() } else { format!("{task}.") };
        draft.found(&["term", "review_task"], task, next.place);
    }
}
