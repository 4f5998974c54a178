//! Reading Swedish prose: tokens and sentences with their places, numbers, amounts, dates and periods, and above them what a text
//! says of the agreement's term and of what is paid, which of its words belong to a purchase, and what a template has left in it.
//! Grammar is code; the words that a jurist could extend lie in `assets/words/`.

#![allow(
    clippy::match_same_arms,
    reason = "each arm is an order of words; together they would hide what each is for"
)]

pub mod amounts;
mod brackets;
mod clauses;
pub mod cues;
pub mod days;
mod denial;
pub mod fold;
pub mod headings;
mod instructions;
pub mod leftovers;
mod lengths;
pub mod new_ends;
pub mod nouns;
pub mod numbers;
mod other_sums;
mod payers;
pub mod payment;
pub mod periods;
mod placeholders;
mod predicates;
pub mod purchase;
mod subjects;
pub mod term;
mod term_fields;
mod term_time;
pub mod titles;
pub mod tokens;
mod trade;
mod verb_times;
mod word_list;
pub mod words;
