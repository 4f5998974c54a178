//! A price series that the register holds for coming agreements, and mistakes in it.

use super::{DemoFile, Planted};

const FILE: &str = "indexes/granvik-hyresniva.toml";
const RIGHT: &str = include_str!("../../assets/demo/register/indexes/granvik-hyresniva.toml");

/// The link between the two reference periods, as the file has it.
const LINK: &str = "[link.ny-bas]\nfrom = \"1990\"\nto = \"2022-10\"\nfactor = \"0,285720\"\nsource = \"Granviks statistikkontor 2024-11-14\"\n\n";

/// The latest number, and the same without its comma.
const LATEST: (&str, &str) = ("\"108,60\"", "\"10860\"");

/// The series. With `has_mistakes`, it has another reference period without a link, and a number without its comma; that is said.
pub(super) fn rents(has_mistakes: bool) -> (DemoFile, Vec<Planted>) {
    let mut text = RIGHT.to_owned();
    let mut planted = Vec::new();
    if has_mistakes {
        let mistakes = [
            (
                "IOP329",
                LINK,
                "",
                "value.2024-10[0].reference",
                "Serien har bytt referensperiod, men länken saknas.",
            ),
            (
                "IOP330",
                LATEST.0,
                LATEST.1,
                "value.2025-10[0].number",
                "Ett indextal är hundra gånger för stort.",
            ),
        ];
        for (code, from, to, path, what) in mistakes {
            text = text.replacen(from, to, 1);
            planted.push(Planted {
                agreement: None,
                file: FILE.to_owned(),
                code,
                path: path.to_owned(),
                what,
            });
        }
    }
    (DemoFile { path: FILE.to_owned(), text }, planted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mistakes_are_made_in_what_the_file_says() {
        assert!(RIGHT.contains(LINK) && RIGHT.contains(LATEST.0));
    }
}
