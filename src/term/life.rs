//! An agreement's life as it was known on a day, and what can be asked of it.

mod made;

use chrono::NaiveDate;

use super::commitment::Commitment;
use super::early_end::EarlyEnd;
use super::money_time::MoneyTime;
use super::notice::Termination;
use super::stretch::Stretch;
use crate::agreement::GoingOn;
use crate::date::Period;

/// An agreement's life in stretches, as it was known on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Life<'a> {
    /// How firmly the parties are bound by the agreement itself.
    pub standing: Commitment,
    /// The stretches in order: first those that hold, then what is proposed and possible.
    pub stretches: Vec<Stretch>,
    /// The stretches that would hold had it not ended before its time: what options and notice were counted from.
    pub as_agreed: Vec<Stretch>,
    /// The last day of all that the agreement's text can bring, whatever has come of it; nothing where there is no end.
    pub reach: Option<NaiveDate>,
    /// The days up to there that cannot come any more: notice stopped a renewal, or nobody called on an option.
    pub lapsed: Option<Period>,
    /// What ends it before its time; nothing where it only takes away what nobody was bound by.
    pub early_end: Option<EarlyEnd>,
    /// The earlier last day that a supplement has agreed, also where something else ends it.
    pub agreed_end: Option<EarlyEnd>,
    /// An earlier last day that a supplement only proposes, and how far that has come.
    pub proposed_end: Option<(NaiveDate, Commitment)>,
    /// The days that money without a period of its own is for.
    pub money_time: MoneyTime,
    /// That it goes on by itself unless somebody gives notice: not until further notice any more once an end has been agreed.
    pub going_on: Option<GoingOn>,
    /// Notice that counts.
    pub notice: Option<Termination<'a>>,
    /// The day of notice or rescission that ends it without saying when: its days after that are only what would else hold.
    pub untold_end: Option<NaiveDate>,
}

/// How firmly the parties are bound for some days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degree<'b> {
    /// The days.
    pub period: Period,
    /// How firmly.
    pub commitment: Commitment,
    /// The stretch that they lie in; nothing where the agreement does not hold.
    pub stretch: Option<&'b Stretch>,
}

impl Life<'_> {
    /// The stretches that hold, in order: never none.
    #[must_use]
    pub fn holding(&self) -> impl DoubleEndedIterator<Item = &Stretch> {
        self.stretches.iter().filter(|stretch| stretch.holds)
    }

    /// What can still be declined, in order.
    pub fn possible(&self) -> impl Iterator<Item = &Stretch> {
        self.stretches.iter().filter(|stretch| stretch.can_be_declined())
    }

    /// From the first day to the last one that holds, where both are known.
    #[must_use]
    pub fn in_force(&self) -> Option<Period> {
        let period = Period { start: self.holding().next()?.from?, end: self.last_day()? };
        (!period.is_reversed()).then_some(period)
    }

    /// The same with what is proposed: the time that the agreement would have if all of it were agreed.
    #[must_use]
    pub fn with_proposals(&self) -> Option<Period> {
        let last = self.stretches.iter().rfind(|one| !one.can_be_declined())?.to?;
        Some(Period { start: self.holding().next()?.from?, end: last }).filter(|period| !period.is_reversed())
    }

    /// The days without an agreement between those that hold or are proposed.
    #[must_use]
    pub fn gaps(&self) -> Vec<Period> {
        let stretches: Vec<&Stretch> = self.stretches.iter().filter(|one| !one.can_be_declined()).collect();
        let gap = |before: &Stretch, after: &Stretch| {
            let gap = Period { start: before.to?.succ_opt()?, end: after.from?.pred_opt()? };
            Some(gap).filter(|gap| !gap.is_reversed())
        };
        stretches.windows(2).filter_map(|pair| gap(pair.first()?, pair.last()?)).collect()
    }

    /// The last day that holds.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.holding().next_back()?.to
    }

    /// The last day on which somebody is bound: nothing where nobody is, or there is no end.
    #[must_use]
    pub fn bound_until(&self) -> Option<NaiveDate> {
        self.holding().rfind(|stretch| stretch.commitment.is_bound())?.to
    }

    /// The last day of all that the agreement can come to with what is proposed and possible; nothing where there is no
    /// end.
    #[must_use]
    pub fn furthest(&self) -> Option<NaiveDate> {
        self.stretches.last()?.to
    }

    /// The last day for notice against the next renewal, where there is one.
    #[must_use]
    pub fn notice_day(&self) -> Option<NaiveDate> {
        self.possible().find(|one| one.rests_on.comes_by_itself())?.declinable_until
    }

    /// Whether it has no day with which it will or can end: it lasts until further notice, and nobody has given any.
    #[must_use]
    pub fn has_no_end(&self) -> bool {
        let ends_any_day = self.going_on.is_some_and(|terms| !terms.has_notice_day);
        ends_any_day && self.early_end.is_none() && self.notice.is_none()
    }

    /// Whether it will be renewed by itself if nobody gives notice.
    #[must_use]
    pub fn renews(&self) -> bool {
        self.possible().any(|one| one.rests_on.comes_by_itself())
    }

    /// The last day for notice against a renewal that came although notice was given before it began: too late.
    #[must_use]
    pub fn missed_notice_day(&self) -> Option<NaiveDate> {
        let given = self.notice.as_ref()?.given;
        let too_late = |one: &&Stretch| one.from.is_some_and(|from| given < from);
        let renewed = self.holding().find(too_late)?;
        renewed.declinable_until.filter(|day| *day < given)
    }

    /// The day of notice that says no last day, where it came before the last of `days`: nobody knows whether they come.
    #[must_use]
    pub fn may_not_come(&self, days: Period) -> Option<NaiveDate> {
        self.untold_end.filter(|given| *given < days.end)
    }

    /// The last day, where it ends before its time.
    #[must_use]
    pub fn ended(&self) -> Option<NaiveDate> {
        self.early_end.as_ref().map(|early| early.day)
    }

    /// How firmly the parties are bound for the days of `period`, cut where that changes. Days that an early end has taken
    /// away were agreed; days on which the agreement does not hold are at best a proposal.
    #[must_use]
    pub fn degrees(&self, period: Period) -> Vec<Degree<'_>> {
        let parts = self.cut(period).into_iter();
        parts
            .map(|(part, stretch)| {
                let is_cut = self.ended().is_some_and(|last| part.start > last);
                let commitment = match stretch {
                    Some(stretch) => stretch.commitment,
                    None if is_cut => self.standing,
                    None => self.standing.max(Commitment::Proposed),
                };
                Degree { period: part, commitment, stretch }
            })
            .collect()
    }

    /// The weakest degree for the days of `period`.
    #[must_use]
    pub fn weakest(&self, period: Period) -> Option<Degree<'_>> {
        self.degrees(period).into_iter().max_by_key(|degree| degree.commitment)
    }

    /// `period` cut where one stretch follows on another, each part with the stretch that it lies in; nothing for days on
    /// which the agreement does not hold and will not.
    #[must_use]
    pub fn cut(&self, period: Period) -> Vec<(Period, Option<&Stretch>)> {
        let mut parts = Vec::new();
        let mut next = Some(period.start);
        for stretch in &self.stretches {
            let (Some(from), Some(part)) = (next, stretch.part_of(period)) else { continue };
            if from < part.start
                && let Some(end) = part.start.pred_opt()
            {
                parts.push((Period { start: from, end }, None));
            }
            parts.push((part, Some(stretch)));
            next = part.end.succ_opt();
        }
        if let Some(start) = next.filter(|start| *start <= period.end) {
            parts.push((Period { start, ..period }, None));
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::agreement::Agreement;
    use crate::records::Records;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn agreement(status: &str, term: &str, more: &str) -> Agreement {
        toml::from_str(&format!(
            "title = \"x\"\nactivity = \"x\"\nstatus = \"{status}\"\nparty = {{}}\nterm = {{ {term} }}\n{more}"
        ))
        .unwrap()
    }

    /// "from–to degree (declinable until)" for each stretch; `*` where it holds.
    fn shown(agreement: &Agreement, records: &str, as_of: &str) -> Vec<String> {
        let records: Records = toml::from_str(records).unwrap();
        let life = Life::known_on(agreement, Some(&records), date(as_of));
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        life.stretches
            .iter()
            .map(|one| {
                let declinable = one.declinable_until.filter(|_| !one.holds);
                let declinable = declinable.map_or_else(String::new, |day| format!(" ({day})"));
                let holds = if one.holds { "*" } else { "" };
                format!("{}–{} {}{declinable}{holds}", day(one.from), day(one.to), one.commitment.label())
            })
            .collect()
    }

    const YEARLY: &str = "start = \"2024-03-01\", end = \"2025-02-28\", renewal = { months = 12, notice_months = 6, \
                          until = \"2027-02-28\" }";

    #[test]
    fn a_renewal_is_certain_the_day_after_the_last_day_of_notice() {
        let renewed = agreement("signed", YEARLY, "");
        let stated = "2024-03-01–2025-02-28 avtalat*";
        assert_eq!(shown(&renewed, "", "2024-08-31"), [stated, "2025-03-01–2027-02-28 möjligt (2024-08-31)"]);
        assert_eq!(
            shown(&renewed, "", "2024-09-01"),
            [stated, "2025-03-01–2026-02-28 avtalat*", "2026-03-01–2027-02-28 möjligt (2025-08-31)"]
        );
        let whole = [stated, "2025-03-01–2026-02-28 avtalat*", "2026-03-01–2027-02-28 avtalat*"];
        assert_eq!(shown(&renewed, "", "2025-09-01"), whole);
        assert_eq!(shown(&renewed, "", "2040-01-01"), whole);
        // Nobody is bound by what nobody has decided.
        let proposed = agreement("proposed", YEARLY, "");
        assert_eq!(
            shown(&proposed, "", "2024-09-01"),
            ["2024-03-01–2025-02-28 förslag*", "2025-03-01–2027-02-28 förslag (2024-08-31)"]
        );
        assert_eq!(shown(&proposed, "", "2025-03-01"), ["2024-03-01–2025-02-28 förslag*"]);
    }

    #[test]
    fn a_renewal_without_an_end_is_open() {
        let renewed =
            agreement("signed", "start = \"2024-01-01\", end = \"2024-12-31\", renewal = { months = 6 }", "");
        assert_eq!(
            shown(&renewed, "", "2024-12-31"),
            ["2024-01-01–2024-12-31 avtalat*", "2025-01-01– möjligt (2024-12-31)"]
        );
        assert_eq!(
            shown(&renewed, "", "2025-01-01")[1..],
            ["2025-01-01–2025-06-30 avtalat*", "2025-07-01– möjligt (2025-06-30)"]
        );
    }

    #[test]
    fn notice_in_time_ends_it_and_late_notice_the_next_time() {
        let renewed = agreement("signed", YEARLY, "");
        let last = |records: &str, as_of: &str| {
            let records: Records = toml::from_str(records).unwrap();
            let life = Life::known_on(&renewed, Some(&records), date(as_of));
            (life.last_day().unwrap().to_string(), life.renews())
        };
        let given =
            |day: &str| format!("decision.x = {{ kind = \"termination\", by = \"x\", date = \"{day}\" }}");
        assert_eq!(last(&given("2024-08-31"), "2030-01-01"), ("2025-02-28".to_owned(), false));
        assert_eq!(last(&given("2024-09-01"), "2030-01-01"), ("2026-02-28".to_owned(), false));
        // Sent in time and received a day too late.
        let late = "decision.x = { kind = \"termination\", by = \"x\", date = \"2024-08-20\", sent = \"2024-08-30\", \
                    received = \"2024-09-01\" }";
        assert_eq!(last(late, "2030-01-01"), ("2026-02-28".to_owned(), false));
    }

    #[test]
    fn an_early_end_cuts_what_comes_after_it() {
        let ended =
            agreement("signed", "start = \"2024-01-01\", end = \"2025-12-31\", ended = \"2024-09-30\"", "");
        // As soon as the day is known, and not only once it has come.
        assert_eq!(shown(&ended, "", "2024-02-01"), ["2024-01-01–2024-09-30 avtalat*"]);
        let late =
            agreement("signed", "start = \"2024-01-01\", end = \"2024-12-31\", ended = \"2025-09-30\"", "");
        assert_eq!(shown(&late, "", "2026-01-01"), ["2024-01-01–2024-12-31 avtalat*"]);
        // What nobody is bound by is cut too, and then it does not end before its time.
        let possible = agreement(
            "signed",
            "start = \"2024-01-01\", end = \"2024-12-31\", ended = \"2025-09-30\", renewal = { months = 12, notice_months = 3 }",
            "",
        );
        assert_eq!(
            shown(&possible, "", "2024-06-01"),
            ["2024-01-01–2024-12-31 avtalat*", "2025-01-01–2025-09-30 möjligt (2024-09-30)"]
        );
        assert_eq!(Life::known_on(&possible, None, date("2024-06-01")).ended(), None);
        assert_eq!(Life::known_on(&possible, None, date("2024-10-01")).ended(), Some(date("2025-09-30")));
    }

    #[test]
    fn notice_by_an_exit_ends_the_agreement_after_its_time() {
        let agreement = agreement(
            "signed",
            "start = \"2024-01-01\", end = \"2025-12-31\"",
            "exit.u = { cause = [\"any\"], means = \"notice\", notice_months = 3 }",
        );
        let records = "decision.x = { kind = \"termination\", by = \"x\", date = \"2024-03-05\", exit = \"u\", \
                       sent = \"2024-03-08\", received = \"2024-03-31\" }";
        assert_eq!(shown(&agreement, records, "2024-03-30"), ["2024-01-01–2025-12-31 avtalat*"]);
        assert_eq!(shown(&agreement, records, "2024-03-31"), ["2024-01-01–2024-06-30 avtalat*"]);
    }

    #[test]
    fn an_extension_counts_from_the_day_it_was_agreed_and_is_a_proposal_before() {
        let extended = agreement(
            "signed",
            "start = \"2024-08-01\", end = \"2024-12-31\"",
            "extension.a = { until = \"2025-06-30\", dated = \"2024-11-18\" }\n\
             extension.b = { until = \"2025-12-31\", status = \"proposed\" }",
        );
        let stated = "2024-08-01–2024-12-31 avtalat*";
        assert_eq!(
            shown(&extended, "", "2024-11-17"),
            [stated, "2025-01-01–2025-06-30 förslag", "2025-07-01–2025-12-31 förslag"]
        );
        assert_eq!(
            shown(&extended, "", "2024-11-18"),
            [stated, "2025-01-01–2025-06-30 avtalat*", "2025-07-01–2025-12-31 förslag"]
        );
    }

    #[test]
    fn an_option_can_be_called_on_until_its_day_and_a_use_takes_one() {
        let term = "start = \"2024-01-01\", end = \"2024-12-31\", \
                    option.o = { months = 6, times = 2, notice_by = \"2024-09-30\" }";
        let plain = agreement("signed", term, "");
        assert_eq!(
            shown(&plain, "", "2024-09-30"),
            ["2024-01-01–2024-12-31 avtalat*", "2025-01-01–2025-12-31 möjligt (2024-09-30)"]
        );
        assert_eq!(shown(&plain, "", "2024-10-01").len(), 1);
        let used = agreement(
            "signed",
            term,
            "extension.a = { until = \"2025-06-30\", option = \"o\", dated = \"2024-09-01\" }",
        );
        assert_eq!(
            shown(&used, "", "2025-03-31")[1..],
            ["2025-01-01–2025-06-30 avtalat*", "2025-07-01–2025-12-31 möjligt (2025-03-31)"]
        );
    }

    #[test]
    fn a_supplement_may_end_it_earlier_or_later() {
        let term = "start = \"2024-01-01\", end = \"2024-12-31\"";
        let with = |end: &str, status: &str| {
            let supplement = format!(
                "supplement.s = {{ number = 1, changes = \"x\", end = \"{end}\", status = \"{status}\" }}"
            );
            shown(&agreement("signed", term, &supplement), "", "2024-03-01")
        };
        assert_eq!(with("2024-06-30", "signed"), ["2024-01-01–2024-06-30 avtalat*"]);
        assert_eq!(with("2024-06-30", "proposed"), ["2024-01-01–2024-12-31 avtalat*"]);
        assert_eq!(with("2025-06-30", "signed")[1..], ["2025-01-01–2025-06-30 avtalat*"]);
        assert_eq!(with("2025-06-30", "decided")[1..], ["2025-01-01–2025-06-30 beslutat*"]);
    }

    #[test]
    fn what_is_not_known_bounds_nothing() {
        let open = agreement("signed", "start = \"2024-01-01\", end = \"not-stated\"", "");
        assert_eq!(shown(&open, "", "2024-03-01"), ["2024-01-01– avtalat*"]);
        let life = Life::known_on(&open, None, date("2024-03-01"));
        assert_eq!(life.in_force(), None);
        let period = Period { start: date("2023-12-01"), end: date("2030-01-31") };
        let parts: Vec<(String, bool)> =
            life.cut(period).iter().map(|(part, stretch)| (part.to_string(), stretch.is_some())).collect();
        assert_eq!(
            parts,
            [("2023-12-01–2023-12-31".to_owned(), false), ("2024-01-01–2030-01-31".to_owned(), true)]
        );
    }

    #[test]
    fn what_has_no_end_ends_as_is_agreed_later() {
        let open = "start = \"2024-01-01\", end = \"not-stated\"";
        let life = |more: &str| shown(&agreement("signed", open, more), "", "2024-06-01");
        let supplement = |end: &str, dated: &str| {
            format!("supplement.s = {{ number = 1, changes = \"x\", end = \"{end}\", dated = \"{dated}\" }}")
        };
        assert_eq!(life(&supplement("2025-06-30", "2024-03-01")), ["2024-01-01–2025-06-30 avtalat*"]);
        assert_eq!(life(&supplement("2025-06-30", "2024-06-02")), ["2024-01-01– avtalat*"]);
        let extension = "extension.e = { until = \"2026-06-30\", dated = \"2024-05-01\" }\n";
        assert_eq!(life(extension), ["2024-01-01–2026-06-30 avtalat*"]);
        assert_eq!(
            life(&format!("{extension}{}", supplement("2025-06-30", "2024-05-02"))),
            ["2024-01-01–2025-06-30 avtalat*"]
        );
        assert_eq!(
            life(&format!("{extension}{}", supplement("2025-06-30", "2024-04-30"))),
            ["2024-01-01–2026-06-30 avtalat*"]
        );
        let ends = |end: &str, more: &str| {
            let agreement = agreement("signed", end, more);
            let life = Life::known_on(&agreement, None, date("2024-06-01"));
            (life.last_day().map(|day| day.to_string()), life.ended().is_some())
        };
        // What is agreed as the end of an agreement without one ends it before its time, as notice does.
        let of = |day: &str| Some(day.to_owned());
        assert_eq!(ends(open, &supplement("2025-06-30", "2024-03-01")), (of("2025-06-30"), true));
        assert_eq!(ends(open, extension), (of("2026-06-30"), false));
        // A first day that is not known bounds nothing.
        let unknown = "start = \"not-stated\", end = \"2024-12-31\"";
        assert_eq!(ends(unknown, extension), (of("2026-06-30"), false));
    }

    #[test]
    fn a_supplement_after_notice_says_when_it_ends() {
        let with = |dated: &str| {
            let more = format!(
                "exit.u = {{ cause = [\"any\"], means = \"notice\", notice_months = 3 }}\n\
                 supplement.s = {{ number = 1, changes = \"x\", end = \"2024-08-31\", dated = \"{dated}\" }}"
            );
            let agreement = agreement("signed", "start = \"2024-01-01\", end = \"2024-12-31\"", &more);
            let records =
                "decision.x = { kind = \"termination\", by = \"x\", date = \"2024-03-01\", exit = \"u\" }";
            shown(&agreement, records, "2024-10-01").pop().unwrap()
        };
        assert_eq!(with("2024-03-01"), "2024-01-01–2024-06-01 avtalat*");
        assert_eq!(with("2024-03-02"), "2024-01-01–2024-08-31 avtalat*");
    }

    #[test]
    fn a_successor_that_nobody_has_decided_is_possible() {
        let next = agreement("proposed", "start = \"2025-01-01\", end = \"2025-12-31\"", "");
        let next = Agreement { continues: Some("before".to_owned()), ..next };
        assert_eq!(shown(&next, "", "2024-06-01"), ["2025-01-01–2025-12-31 möjligt*"]);
    }

    proptest! {
        /// Whatever happens to an agreement, its stretches follow each other without a gap, and cutting a period by them
        /// loses no day.
        #[test]
        fn stretches_follow_each_other(
            days in 1_u64..1500, renew in prop::option::of((1_u32..25, 0_u32..13)), option in prop::option::of((1_u32..25, 1_u32..4)),
            extension in prop::option::of(0_u64..900), ended in prop::option::of(0_u64..1800), on in 0_u64..3000,
        ) {
            let start = date("2020-01-15");
            let end = start + chrono::Days::new(days);
            let mut term = format!("start = \"{start}\", end = \"{end}\"");
            if let Some((months, notice)) = renew {
                term.push_str(&format!(", renewal = {{ months = {months}, notice_months = {notice} }}"));
            }
            if let Some((months, times)) = option {
                term.push_str(&format!(", option.o = {{ months = {months}, times = {times} }}"));
            }
            if let Some(after) = ended {
                term.push_str(&format!(", ended = \"{}\"", start + chrono::Days::new(after)));
            }
            let more = extension.map_or_else(String::new, |after| {
                format!("extension.e = {{ until = \"{}\", dated = \"2021-06-01\" }}", end + chrono::Days::new(after))
            });
            let agreement = agreement("signed", &term, &more);
            let life = Life::known_on(&agreement, None, date("2019-06-01") + chrono::Days::new(on));
            prop_assert_eq!(life.stretches[0].from, Some(start));
            for pair in life.stretches.windows(2) {
                prop_assert_eq!(pair[0].to.unwrap().succ_opt(), pair[1].from);
                prop_assert!(pair[0].holds || !pair[1].holds);
            }
            let period = Period { start: date("2019-11-05"), end: date("2031-02-03") };
            let parts = life.cut(period);
            prop_assert_eq!(parts.iter().map(|(part, _)| part.days()).sum::<u32>(), period.days());
            prop_assert_eq!(life.last_day(), life.holding().filter_map(|one| one.to).max());
        }
    }
}
