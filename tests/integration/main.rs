//! The program as its users meet it, and what the project promises of itself. All files are one program, so that
//! each dependency is linked once.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests fail loudly"
)]

mod agreeing_outputs;
mod bad_input;
mod by;
mod cases;
mod common;
mod corpus;
mod demo;
mod described;
mod done;
mod every_shape;
mod examples;
mod explain;
mod figures;
mod fixing;
mod format;
mod formats;
mod formats_property;
mod hostile;
mod import;
mod import_caution;
mod import_forms;
mod import_papers;
mod import_round_trip;
mod import_seeds;
mod kinds;
mod line_ends;
mod made_up;
mod newcomer;
mod output;
mod paper;
mod payouts_by_hand;
#[cfg(feature = "pdf")]
mod pdf;
mod project;
mod render;
mod said_and_paid;
mod schedule;
mod tables;
mod terminal;
mod terms_and_clauses;
mod unreadable;
mod validate;
mod variation;
mod waivers;
mod workbook;
