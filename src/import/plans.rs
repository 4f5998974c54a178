//! When and how the money is paid out.

use super::component::{Component, concerns};
use super::content::free;
use super::draft::{Draft, Said};
use super::prolonging::times;
use super::prose::{Sentence, bare, find, sentences};
use super::sections::{Sections, prose};
use crate::agreement::{InMonth, PayoutMethod, PayoutTiming};
use crate::date::MONTHS;
use crate::language::numbers::number;
use crate::paper::{Block, BlockKind};
use crate::register::write::{Table, Value};
use crate::text;

/// What begins what holds for some of the amounts.
const CONCERNS: &str = "gäller för den ersättning som avser";

/// Writes the plans.
pub(super) fn write(sections: &Sections<'_>, components: &[Component], draft: &mut Draft) {
    let mut own = sections.blocks(&["payouts"]);
    if own.is_empty() {
        own = sections.blocks(&["economy", "memo-economy"]);
    }
    let mut groups: Vec<Vec<&Block>> = vec![Vec::new()];
    for block in own {
        if block.text.contains(CONCERNS) {
            groups.push(Vec::new());
        }
        if let Some(group) = groups.last_mut() {
            group.push(block);
        }
    }
    let mut keys: Vec<String> = Vec::new();
    for group in groups {
        let base = if keys.is_empty() { "utbetalning" } else { "utbetalning-2" };
        let mut plan = Draft::default();
        one(&group, components, &mut plan);
        if plan.root.table("x").is_empty() {
            continue;
        }
        let key = free(&mut keys, base);
        draft.take(plan, "payout_plan", &key);
    }
    if keys.is_empty() {
        draft.missing(&["payout_plan"], false);
    }
    holiday(&prose(&sections.everything()), draft);
}

/// One plan, as the table `x` of a draft of its own.
fn one(blocks: &[&Block], components: &[Component], draft: &mut Draft) {
    let told = prose(blocks);
    let concerned = told.iter().find(|sentence| sentence.whole().contains(CONCERNS));
    if let Some(sentence) = concerned {
        let named: Vec<&str> = components
            .iter()
            .filter(|one| concerns(sentence.whole(), one))
            .map(|one| one.key.as_str())
            .collect();
        if !named.is_empty() {
            draft.found(&["x", "funding"], Value::texts(named), sentence.place);
        }
    }
    let mut often: Vec<Said<u32>> = Vec::new();
    let mut methods: Vec<Said<PayoutMethod>> = Vec::new();
    let mut timings: Vec<Said<PayoutTiming>> = Vec::new();
    let mut days: Vec<Said<u32>> = Vec::new();
    let mut conditions: Vec<String> = Vec::new();
    let mut months: Option<(Vec<u32>, bool, &Sentence)> = None;
    for sentence in &told {
        let place = sentence.place;
        let said = |value| Said { value, place };
        if let Some(rest) = sentence.find("villkor för utbetalning").map(|at| sentence.rest(at + 3)) {
            conditions.push(bare(rest.trim_start_matches([':', ' '])).to_owned());
            continue;
        }
        let is_item = blocks
            .iter()
            .any(|block| block.place == place && matches!(block.kind, BlockKind::ListItem { .. }));
        let is_part = sentence.has("procent | resten | resterande | återstoden")
            || is_item && !crate::language::amounts::sums(&sentence.words()).is_empty();
        let pays = sentence.has("betal* | utbetal* | rekvir* | fakturer* | faktura*");
        if pays && !is_part {
            often.extend(times_a_year(sentence).map(|value| Said { value, place }));
        }
        let named_months = months_of(sentence);
        if pays && !named_months.is_empty() && !is_part {
            let is_invoiced = sentence.has("fakturering sker | faktureras | fakturerar")
                && !sentence.has("betal* | utbetal*");
            months = months.or(Some((named_months, is_invoiced, sentence)));
        }
        if sentence.has("i förskott | förskottsvis") {
            timings.push(said(()).with(PayoutTiming::Advance));
        }
        if sentence.has("i efterskott | efterskottsvis") {
            timings.push(said(()).with(PayoutTiming::Arrears));
        }
        if pays && sentence.has("vid månadens slut | månadens slut | varje månads slut") {
            timings.push(said(()).with(PayoutTiming::MonthEnd));
        }
        if sentence.has("fakturer* | faktura | fakturan | fakturor") {
            methods.push(said(()).with(PayoutMethod::Invoice));
        }
        if sentence.has("rekvir* | rekvisition*") {
            methods.push(said(()).with(PayoutMethod::Requisition));
        }
        if sentence.has("utan begäran | automatiskt | utan rekvisition | utan faktura") {
            methods.retain(|method| method.place != place);
            methods.push(said(()).with(PayoutMethod::Automatic));
        }
        if pays && let Some(at) = sentence.find("inom") {
            let words = sentence.words();
            let counted = words.get(at + 1..).and_then(number);
            if let Some((count, rest)) = counted
                && matches!(
                    crate::language::numbers::after_repetition(rest).first(),
                    Some(&("dagar" | "dag"))
                )
                && let Ok(count) = u32::try_from(count)
                && count <= 365
            {
                days.push(said(()).with(count));
            }
        }
        if let Some(at) = sentence.find("märks med | märkas med") {
            draft.found(&["x", "reference"], bare(sentence.rest(at + 2)), place);
        }
        if let Some(at) = sentence.find("fakturerar enligt | fakturering enligt | rekvirerar beloppet enligt | rekvirerar enligt | fakturera enligt | faktureras enligt") {
            let words = sentence.words();
            if let Some(by) = words.get(at..).and_then(|rest| rest.iter().position(|word| *word == "enligt")) {
                draft.found(&["x", "routine"], bare(sentence.rest(at + by + 1)), place);
            }
        }
    }
    reading(&["x", "times_per_year"], &often, draft);
    if let Some((months, is_invoiced, sentence)) = months {
        draft.found(
            &["x", "months"],
            Value::List(months.into_iter().map(Value::from).collect()),
            sentence.place,
        );
        if is_invoiced {
            draft.set(&["x", "months_are"], InMonth::Invoiced.word());
        }
    }
    reading(&["x", "method"], &words(&methods, PayoutMethod::word), draft);
    reading(&["x", "timing"], &words(&timings, PayoutTiming::word), draft);
    reading(&["x", "days_to_pay"], &days, draft);
    if !conditions.is_empty() {
        draft.set(&["x", "conditions"], Value::texts(conditions));
    }
    parts(blocks, draft);
}

impl Said<()> {
    fn with<T>(self, value: T) -> Said<T> {
        Said { value, place: self.place }
    }
}

/// What is said, where something is: what a plan does not say is no gap of its own.
fn reading<T: PartialEq + Clone + Into<Value>>(path: &[&str], said: &[Said<T>], draft: &mut Draft) {
    if !said.is_empty() {
        draft.reading(path, said, false);
    }
}

/// Words of the file for what has been read.
fn words<T: Copy>(said: &[Said<T>], word: impl Fn(T) -> &'static str) -> Vec<Said<&'static str>> {
    said.iter().map(|one| Said { value: word(one.value), place: one.place }).collect()
}

/// How many times a year a sentence says that something is done.
pub(super) fn times_a_year(sentence: &Sentence) -> Option<u32> {
    let words = sentence.words();
    let fixed = [
        ("halvårsvis | varje halvår | per halvår", 2),
        ("kvartalsvis | varje kvartal | per kvartal", 4),
        ("månadsvis | varje månad | per månad | månatligen", 12),
        ("tertialvis | varje tertial", 3),
        ("årsvis", 1),
    ];
    let counted = times(&words).filter(|_| {
        find(&words, "per år | på ett år | om året | varje år | årligen | / år | per kalenderår | under året | varje belopp")
            .is_some()
    });
    counted.or_else(|| {
        let mut found = fixed.into_iter().filter(|(phrases, _)| find(&words, phrases).is_some());
        let first = found.next()?;
        found.next().is_none().then_some(first.1)
    })
}

/// The months that a sentence names without a year, or all of them.
fn months_of(sentence: &Sentence) -> Vec<u32> {
    let words = sentence.words();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let month = MONTHS.iter().position(|month| month == word).and_then(|at| u32::try_from(at + 1).ok());
        // "Till juni" bounds a time, and pays nothing in that month.
        let bounds = at.checked_sub(1).and_then(|before| words.get(before));
        let bounds = bounds.is_some_and(|word| {
            matches!(
                *word,
                "till"
                    | "med"
                    | "från"
                    | "efter"
                    | "före"
                    | "innan"
                    | "sedan"
                    | "fr.o.m."
                    | "t.o.m."
                    | "fram"
            )
        });
        let has_year = words.get(at + 1).is_some_and(|next| crate::language::days::year(next).is_some());
        if let Some(month) = month.filter(|month| !has_year && !bounds && !found.contains(month)) {
            found.push(month);
        }
    }
    if found.is_empty() && sentence.has("sker varje månad") {
        found.extend(1..=12);
    }
    found
}

/// Parts of a sum that are not equal: "50 procent av beloppet betalas ut i mars", "resten betalas ut i december, om …".
fn parts(blocks: &[&Block], draft: &mut Draft) {
    let mut count = 0;
    for block in blocks.iter().filter(|block| matches!(block.kind, BlockKind::ListItem { .. })) {
        let found = sentences(&block.text, block.place);
        let Some(sentence) =
            found.first().filter(|sentence| sentence.has("betalas | betalas ut | faktureras | utbetalas"))
        else {
            continue;
        };
        let words = sentence.words();
        let mut part = Table::default();
        match months_of(sentence).as_slice() {
            [month] => _ = part.set("month", *month),
            [] => {
                let ordinal = find(&words, "månad")
                    .and_then(|at| words.get(at.checked_sub(1)?))
                    .and_then(|word| (1..=36).find(|number| text::ordinal(*number) == **word));
                if let Some(number) = ordinal.filter(|_| sentence.has("avtalstidens | avtalets")) {
                    part.set("month_of_term", number);
                }
            }
            _ => {}
        }
        let percent = number(&words).filter(|(_, rest)| matches!(rest.first(), Some(&("procent" | "%"))));
        let sums = crate::language::amounts::sums(&words);
        if let Some((share, _)) = percent {
            part.set("share", share.normalize().to_string().replace('.', ","));
        } else if sentence.has("resten | resterande | återstoden") {
            part.set("rest", true);
        } else if let [sum] = sums.as_slice()
            && let Ok(amount) = sum.kronor.to_string().replace('.', ",").parse::<crate::money::Money>()
        {
            part.set("amount", amount);
        } else {
            continue;
        }
        if let Some(at) = find(&words, ", om") {
            part.set("condition", bare(sentence.rest(at + 2)));
        }
        count += 1;
        draft.found(&["x", "part", &format!("del-{count}")], part, block.place);
    }
}

/// What happens to a day on which nobody works.
fn holiday(told: &[Sentence], draft: &mut Draft) {
    for sentence in told {
        if sentence.has("flyttas den till närmaste vardag | flyttas till närmaste vardag | flyttas betalningen till närmaste vardag") {
            let way = if sentence.has("vardag före | föregående vardag") {
                "before"
            } else if sentence.has("vardag efter | följande vardag") {
                "after"
            } else {
                continue;
            };
            draft.found(&["on_holiday"], way, sentence.place);
            return;
        }
    }
}
