//! The budget for programs: one object, amounts in kronor as decimal strings.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::super::certainty::Certainties;
use super::super::codes;
use super::super::evidence::Evidence;
use super::super::missing::Missing;
use super::ending::EndingItem;
use super::firmness::Firmness;
use super::whole::Whole;
use super::{BudgetReport, By, net};
use crate::money::Money;
use crate::payouts::{self, BudgetYear, Share, Unknown};
use crate::register::id_of;
use crate::term::Commitment;

/// The version of the JSON format. It grows by new keys; one that changes its meaning raises it.
const VERSION: u32 = 2;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    #[serde(flatten)]
    evidence: Evidence,
    missing: &'a [Missing],
    unit: &'static str,
    years: Vec<Item<'a>>,
    /// What has no known time, and stands in no year.
    without_time: Vec<TimelessItem<'a>>,
    /// All committees together, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    whole: Option<Vec<WholeItem<'a>>>,
    /// What ends when, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    ending: Option<Vec<EndingItem<'a>>>,
    /// The field that it is summed up by, where that is asked for, and the sums.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<CodeItem<'a>>>,
}

/// What a code comes to in a year.
#[derive(Serialize)]
struct CodeItem<'a> {
    /// Nothing for what has none.
    group: Option<&'a str>,
    year: i32,
    #[serde(flatten)]
    figures: Figures,
}

/// A year of all committees together.
#[derive(Serialize)]
struct WholeItem<'a> {
    year: i32,
    #[serde(flatten)]
    figures: WholeFigures,
    committees: Vec<CommitteeItem<'a>>,
}

/// A committee's part of it.
#[derive(Serialize)]
struct CommitteeItem<'a> {
    committee: Option<&'a str>,
    committee_name: String,
    #[serde(flatten)]
    figures: WholeFigures,
}

/// What lines come to, one or several.
#[derive(Serialize)]
struct Figures {
    certainty: Vec<&'static str>,
    /// Whether the sums lack what has no known amount, or an agreement that cannot be read may belong to them.
    incomplete: bool,
    agreed: Option<String>,
    decided: Option<String>,
    possible: Option<String>,
    proposed: Option<String>,
    preliminary_adjustment: Option<String>,
    /// What has been paid, by the year that bears the cost; nothing where records cannot be read.
    outcome: Option<String>,
    accrued: Option<String>,
    /// What is agreed or decided and not expected, since an agreement ends early or something is taken off.
    lapsed: Option<String>,
    forecast: Option<String>,
    /// Of the lines that have a frame.
    deviation: Option<String>,
    grants: Option<String>,
    net: Option<String>,
}

/// What several lines come to.
#[derive(Serialize)]
struct WholeFigures {
    budget: Option<String>,
    #[serde(flatten)]
    figures: Figures,
    without_amount: usize,
}

#[derive(Serialize)]
struct TimelessItem<'a> {
    committee: Option<&'a str>,
    line: Option<&'a str>,
    agreement: &'a str,
    path: String,
    commitment: &'static str,
    amount: Option<String>,
    ceiling: bool,
    #[serde(flatten)]
    row: RowOf,
}

/// What a row says of its agreement, and how firm it is.
#[derive(Serialize)]
struct RowOf {
    status: Option<&'static str>,
    organisation: String,
    certainty: Vec<&'static str>,
}

/// A cost without a known amount.
#[derive(Serialize)]
struct UnknownItem<'a> {
    agreement: &'a str,
    file: &'a str,
    path: String,
    /// The days that nobody has stated an amount for.
    bound_from: Option<NaiveDate>,
    bound_to: Option<NaiveDate>,
    commitment: &'static str,
    #[serde(flatten)]
    row: RowOf,
}

#[derive(Serialize)]
struct Item<'a> {
    committee: Option<&'a str>,
    committee_name: String,
    line: Option<&'a str>,
    line_title: String,
    year: i32,
    budget: Option<String>,
    budget_status: Option<&'static str>,
    /// Whether the budget is for what it costs, or for what state grants leave.
    budget_is: Option<&'static str>,
    budget_source: Option<&'a str>,
    #[serde(flatten)]
    figures: Figures,
    agreements: Vec<ShareItem<'a>>,
    /// The places of `unknown`.
    without_amount: Vec<String>,
    /// What no sum holds, since its amount is not known.
    unknown: Vec<UnknownItem<'a>>,
    /// What agreements that end would cost if new ones like them followed. In no sum.
    possible_continuation: Vec<Continuation<'a>>,
}

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "marks that are independent of each other")]
struct ShareItem<'a> {
    agreement: &'a str,
    file: &'a str,
    path: String,
    #[serde(flatten)]
    row: RowOf,
    commitment: &'static str,
    /// By the keys of the fields in `iop.toml`.
    codes: BTreeMap<&'a str, &'a str>,
    /// Whether no amount is stated, so that it is counted by the month as before.
    estimate: bool,
    amount: String,
    preliminary_adjustment: String,
    ceiling: bool,
    preliminary: bool,
    /// Whether the agreement gives no amount for the year, so that the part is counted by months.
    divided: bool,
    outcome: Option<String>,
    accrued: String,
    lapsed: String,
    /// What it comes to if it comes about.
    comes_to: String,
    /// What sums of the forecast hold of it; nothing where nobody is bound and nothing has been paid.
    forecast: Option<String>,
    grants: Option<String>,
}

#[derive(Serialize)]
struct Continuation<'a> {
    agreement: &'a str,
    #[serde(flatten)]
    row: RowOf,
    amount: String,
}

impl<'a> BudgetReport<'a> {
    /// The report as one JSON object, in kronor.
    #[must_use]
    pub fn json(&self, by: Option<By>) -> String {
        let entries = self.statements.iter().map(|one| one.entry);
        let firm = self.firmness();
        let output = Output {
            version: VERSION,
            evidence: Evidence::of(self.register, entries, &["budget.toml"], self.as_of),
            missing: self.missing,
            unit: "SEK",
            years: self.years.iter().map(|year| self.item(year, &firm)).collect(),
            without_time: self
                .without_time
                .iter()
                .map(|one| TimelessItem {
                    committee: one.committee,
                    line: one.line,
                    agreement: one.agreement,
                    path: one.place.path.to_string(),
                    commitment: one.commitment.word(),
                    amount: one.amount.map(Money::plain),
                    ceiling: one.ceiling,
                    row: self.row(one.agreement, &Certainties::of_timeless(one.commitment, one.ceiling)),
                })
                .collect(),
            whole: (by == Some(By::Municipality)).then(|| self.whole_items(&firm)),
            ending: match by {
                Some(By::End(first, last)) => Some(self.ending_items(first, last)),
                Some(By::Municipality | By::Code(_)) | None => None,
            },
            by: match by {
                Some(By::Code(position)) => codes::keys(self.register).nth(position),
                _ => None,
            },
            groups: match by {
                Some(By::Code(position)) => Some(self.code_items(position, &firm)),
                _ => None,
            },
        };
        // Texts, numbers and lists are always JSON.
        crate::report::json::pretty(&output)
    }

    fn whole_items(&self, firm: &Firmness<'_>) -> Vec<WholeItem<'a>> {
        let item = |of: &Whole<'a, '_>| WholeItem {
            year: of.year,
            figures: self.whole_figures(of, firm),
            committees: of
                .committees()
                .iter()
                .map(|(committee, own)| CommitteeItem {
                    committee: *committee,
                    committee_name: self.committee(*committee),
                    figures: self.whole_figures(own, firm),
                })
                .collect(),
        };
        self.whole_years().iter().map(item).collect()
    }

    fn whole_figures(&self, of: &Whole<'_, '_>, firm: &Firmness<'_>) -> WholeFigures {
        WholeFigures {
            budget: of.budget().map(Money::plain),
            figures: self.figures(of, firm),
            without_amount: of.lines.iter().map(|line| line.unknown.len()).sum(),
        }
    }

    fn figures(&self, of: &Whole<'_, '_>, firm: &Firmness<'_>) -> Figures {
        let shares: Vec<&Share> = of.lines.iter().flat_map(|line| &line.shares).collect();
        Figures {
            certainty: self.certainty_of_lines(of, firm).words(),
            incomplete: of.lines.iter().any(|line| self.is_incomplete(line)),
            deviation: of.deviation().map(Money::plain),
            ..self.figures_of(&shares, of.year, firm)
        }
    }

    /// What some shares of a year come to.
    fn figures_of(&self, shares: &[&Share], year: i32, firm: &Firmness<'_>) -> Figures {
        let sum = |is_counted: &dyn Fn(Commitment) -> bool, figure: fn(&Share) -> Money| {
            let counted = shares.iter().filter(|share| is_counted(share.commitment));
            payouts::sum(counted.map(|share| Some(figure(share))))
        };
        let bound = |figure| sum(&Commitment::is_bound, figure);
        let amount = |commitments: &[Commitment]| {
            sum(&|one| commitments.contains(&one), |share| share.amount).map(Money::plain)
        };
        let forecast = payouts::sum(shares.iter().filter_map(|share| share.counted_forecast()).map(Some));
        let is_grant_open = shares.iter().any(|share| share.is_grant_open && share.commitment.is_bound());
        let grants = bound(|share| share.grants).filter(|_| !is_grant_open);
        let is_blind = shares.iter().any(|share| self.is_blind(share.agreement));
        Figures {
            certainty: Certainties::of_all(shares.iter().map(|share| firm.of(share, year))).words(),
            incomplete: self.lacks_agreements(),
            agreed: amount(&[Commitment::Agreed]),
            decided: amount(&[Commitment::Decided]),
            possible: amount(&[Commitment::Possible]),
            proposed: amount(&[Commitment::Proposed, Commitment::Draft]),
            preliminary_adjustment: bound(|share| share.preliminary_adjustment).map(Money::plain),
            outcome: if is_blind { None } else { sum(&|_| true, |share| share.outcome).map(Money::plain) },
            accrued: bound(|share| share.accrued).map(Money::plain),
            lapsed: bound(|share| share.lapsed).map(Money::plain),
            forecast: forecast.map(Money::plain),
            deviation: None,
            grants: grants.map(Money::plain),
            net: net(forecast, grants).map(Money::plain),
        }
    }

    fn code_items(&self, position: usize, firm: &Firmness<'_>) -> Vec<CodeItem<'_>> {
        let item = |((year, group), shares): ((i32, _), Vec<&Share>)| CodeItem {
            group,
            year,
            figures: self.figures_of(&shares, year, firm),
        };
        self.shares_by_code(position).into_iter().map(item).collect()
    }

    fn item<'b>(&'b self, year: &'b BudgetYear<'_>, firm: &Firmness<'_>) -> Item<'b> {
        Item {
            committee: year.committee,
            committee_name: self.committee(year.committee),
            line: year.line,
            line_title: self.line(year.line),
            year: year.year,
            budget: year.frame.map(|frame| frame.amount.plain()),
            budget_status: year.frame.map(|frame| frame.status.word()),
            budget_is: year.frame.map(|_| year.basis.word()),
            budget_source: year.frame.map(|frame| frame.source.as_str()),
            figures: self.figures(&Whole { year: year.year, lines: vec![year] }, firm),
            agreements: year
                .shares
                .iter()
                .map(|share| self.share(share, &firm.of(share, year.year)))
                .collect(),
            without_amount: year
                .unknown
                .iter()
                .map(|Unknown { place, .. }| format!("{}:{}", place.file, place.path))
                .collect(),
            unknown: year.unknown.iter().map(|one| self.unknown(one)).collect(),
            possible_continuation: year
                .continuation
                .iter()
                .map(|(agreement, amount)| Continuation {
                    agreement,
                    row: self.row(agreement, &Certainties::of_continuation()),
                    amount: (*amount).plain(),
                })
                .collect(),
        }
    }

    fn row(&self, id: &str, certainty: &Certainties) -> RowOf {
        let status = self.agreement(id).map(|agreement| agreement.status.word());
        RowOf { status, organisation: self.organisation(id), certainty: certainty.words() }
    }

    fn unknown<'b>(&self, one: &'b Unknown) -> UnknownItem<'b> {
        let id = id_of(&one.place.file);
        UnknownItem {
            agreement: id,
            file: &one.place.file,
            path: one.place.path.to_string(),
            bound_from: one.bound.map(|days| days.start),
            bound_to: one.bound.map(|days| days.end),
            commitment: one.commitment.word(),
            row: self.row(id, &Certainties::of_unknown(one.commitment)),
        }
    }

    fn share<'b>(&'b self, share: &'b Share, certainty: &Certainties) -> ShareItem<'b> {
        ShareItem {
            agreement: share.agreement,
            file: share.file,
            path: share.path().to_string(),
            row: self.row(share.agreement, certainty),
            commitment: share.commitment.word(),
            codes: codes::by_key(self.register, &self.code_string(share)),
            estimate: share.is_estimate,
            amount: share.amount.plain(),
            preliminary_adjustment: share.preliminary_adjustment.plain(),
            ceiling: share.ceiling,
            preliminary: share.is_preliminary,
            divided: share.is_divided,
            outcome: (!self.is_blind(share.agreement)).then(|| share.outcome.plain()),
            accrued: share.accrued.plain(),
            lapsed: share.lapsed.plain(),
            comes_to: share.forecast.plain(),
            forecast: share.counted_forecast().map(Money::plain),
            grants: (!share.is_grant_open).then(|| share.grants.plain()),
        }
    }
}
