//! `iop` keeps a Swedish municipality's partnership agreements with civil-society organisations (*idéburna
//! offentliga partnerskap*) as files, checks them against the municipality's guidelines, and writes the
//! documents. `docs/architecture.md` shows the way through the modules.

pub mod agreement;
pub mod bank_account;
pub mod budget;
pub mod check_digit;
pub mod cli;
pub mod codes;
pub mod commands;
pub mod date;
pub mod dated_name;
pub mod day_of_year;
pub mod deadline_kind;
pub mod demo;
pub mod digest;
pub mod documents;
pub mod drafting;
pub mod finding;
pub mod guideline;
pub mod holiday;
pub mod identity_number;
pub mod import;
pub mod index;
pub mod key_path;
pub mod keyed;
pub mod language;
pub mod law;
pub mod line_ends;
pub mod measure;
pub mod meeting_plan;
pub mod money;
pub mod paper;
pub mod paragraph;
pub mod payouts;
pub mod records;
pub mod register;
pub mod report;
pub mod rules;
pub mod schedule;
pub mod settings;

pub mod term;
pub mod text;
pub mod typography;
pub mod vocabulary;
pub mod whole;
