//! The arguments of `iop demo`.

use std::path::PathBuf;

use clap::Args;

use crate::demo::Demo;

/// The arguments of `iop demo`.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// Where to write.
    #[arg(
        value_name = "MAPP",
        help = "En ny eller tom mapp att skriva registret i",
        help_heading = "Argument"
    )]
    pub folder: PathBuf,
    /// How many agreements.
    #[arg(
        long,
        value_name = "ANTAL",
        default_value = "12",
        hide_default_value = true,
        value_parser = agreements,
        help = "Antal avtal, från 1 till 100000; annars 12",
        help_heading = "Flaggor"
    )]
    pub agreements: u32,
    /// What the choices follow from.
    #[arg(
        long,
        value_name = "TAL",
        default_value = "1",
        hide_default_value = true,
        value_parser = seed,
        help = "Frö: samma tal ger samma register; annars 1",
        help_heading = "Flaggor"
    )]
    pub seed: u64,
}

fn agreements(text: &str) -> Result<u32, String> {
    let known = text.parse().ok().filter(|number| (1..=Demo::MOST).contains(number));
    known.ok_or_else(|| format!("skriv ett heltal från 1 till {}", Demo::MOST))
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "skriv ett heltal från 0, till exempel 1".to_owned())
}
