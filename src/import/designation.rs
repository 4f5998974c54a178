//! How a party is named: "Lunds kommun (org.nr …) genom socialnämnden (Socialförvaltningen i Lund), nedan kallad kommunen".

use super::name_form::{is_body, is_function, is_name};
use super::privacy::unmarked;
use super::prose::bare;
use crate::agreement::{LegalForm, Role};
use crate::text;

/// A party as a paper names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Designation {
    /// Its name in this paper.
    pub(super) name: String,
    /// The legal person, where it has another name or is known to be one.
    pub(super) legal_person: Option<String>,
    pub(super) organ: Option<String>,
    pub(super) short_name: Option<String>,
    pub(super) form: Option<LegalForm>,
    pub(super) organisation_number: Option<String>,
    pub(super) seat: Option<String>,
}

/// What comes before the name that running text uses.
const CALLED: &str = "i det följande kallad|i det följande kallat|i det följande benämnd|i fortsättningen kallad|i fortsättningen benämnd|nedan kallad|nedan kallat|nedan kallade|nedan benämnd|nedan benämnt|härefter kallad|härefter benämnd|hädanefter kallad|fortsättningsvis kallad|fortsättningsvis benämnd|nedan|kallad|benämnd";

/// Words that tell an organisation of civil society, and words that tell a public body.
const CIVIL: &str = "förening stiftelse förbund församling trossamfund idrott klubb riksorganisation ideell kooperativ nätverk kyrka mission";
const PUBLIC: &str =
    "kommun stad region förvaltning nämnd kommunstyrelse länsstyrelse myndighet landsting stadsdel";

impl Designation {
    /// Takes a designation apart.
    pub(super) fn of(text: &str) -> Self {
        let mut found = Self::default();
        let mut rest = unmarked(text).replace('\n', " ").trim().to_owned();
        found.short_name = called(&mut rest);
        found.organisation_number = organisation_number(&mut rest);
        without_person(&mut rest);
        if let Some((before, after)) = rest.split_once(" med säte i ") {
            let end = after.find([',', '(']).or_else(|| after.find(" genom ")).unwrap_or(after.len());
            found.seat = named(&after[..end]);
            rest = format!("{before}{}", &after[end..]);
        }
        let mut inside = None;
        if let Some((before, after)) = rest.split_once('(')
            && let Some((within, after)) = after.split_once(')')
        {
            inside = named(within);
            rest = format!("{}{after}", before.trim_end());
        }
        let mut parts = rest.split(',').map(str::trim);
        let mut first = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            if let Some(organ) = part.strip_prefix("genom ") {
                found.organ = named(organ).map(|organ| text::capitalised(&organ));
            } else if found.organ.is_none() && is_organ(part) {
                found.organ = named(part).map(|organ| text::capitalised(&organ));
            }
            let part = part.to_lowercase();
            let form = LegalForm::ALL.into_iter().filter(|form| *form != LegalForm::Other);
            found.form = found.form.or(form.into_iter().find(|form| part == form.label()));
        }
        if let Some((before, after)) = first.clone().split_once(" genom ") {
            found.organ =
                named(after).map(|organ| text::capitalised(organ.strip_prefix("dess ").unwrap_or(&organ)));
            before.clone_into(&mut first);
        }
        found.name = named(&first).unwrap_or_default();
        match inside {
            Some(short) if is_short(&short) => found.short_name = found.short_name.or(Some(short)),
            Some(other) if !found.name.is_empty() => {
                found.legal_person = Some(std::mem::replace(&mut found.name, other));
            }
            _ => {}
        }
        // Somebody who acts for a party is no organ of it.
        found.organ = found
            .organ
            .filter(|organ| (!is_name(organ) || is_body(organ)) && !organ.split(' ').any(is_function));
        let person = found.legal_person.clone().unwrap_or_else(|| found.name.clone());
        found.form = found.form.or_else(|| form_in(&person));
        if found.form == Some(LegalForm::Municipality) && found.legal_person.is_none() {
            found.legal_person = Some(person);
        }
        found.short_name = found.short_name.filter(|short| *short != found.name);
        found
    }

    /// On which side it stands, as far as its name tells.
    pub(super) fn role(&self) -> Option<Role> {
        let words =
            format!("{} {}", self.name, self.legal_person.as_deref().unwrap_or_default()).to_lowercase();
        let has = |stems: &str| stems.split(' ').any(|stem| words.contains(stem));
        if has(CIVIL) {
            return Some(Role::CivilSociety);
        }
        (has(PUBLIC) || self.organ.is_some()).then_some(Role::Public)
    }
}

/// Takes away who acts for a party, and brackets with numbers: none of it is a part of a name.
fn without_person(rest: &mut String) {
    let represented = ["företrädd", "företrätt", "företräds", "representerad", "representeras"];
    if let Some(at) =
        represented.iter().filter_map(|word| text::find_word(rest, word)).map(|at| at.start).min()
    {
        rest.truncate(at);
    }
    while let Some(start) = rest.find('(')
        && let Some(length) = rest.get(start..).and_then(|within| within.find(')'))
        && rest
            .get(start..start + length)
            .is_some_and(|within| within.contains(|letter: char| letter.is_ascii_digit()))
    {
        rest.replace_range(start..=start + length, "");
    }
    while let Some(shorter) = [" genom", ","].iter().find_map(|end| rest.trim_end().strip_suffix(end)) {
        rest.truncate(shorter.trim_end().len());
    }
}

/// Whether a part of a designation is an organ of a municipality: "socialnämnden", "kultur- och fritidsnämnden".
pub(super) fn is_organ(part: &str) -> bool {
    let named = part.split([',', '(']).next().unwrap_or_default().trim();
    named.starts_with(char::is_lowercase)
        && named.split(' ').count() <= 3
        && ["nämnden", "kommunstyrelsen", "förvaltningen"].iter().any(|ending| named.ends_with(ending))
}

/// A name, where something is left of it.
fn named(text: &str) -> Option<String> {
    let name = bare(text);
    (!name.is_empty() && name.chars().count() <= 150).then(|| name.to_owned())
}

/// "RSMH", "PO Skåne": what stands in brackets behind a name as its short form.
fn is_short(text: &str) -> bool {
    let is_capital = |word: &str| word.chars().filter(|letter| letter.is_uppercase()).count() >= 2;
    text.split(' ').count() <= 2 && text.split(' ').any(is_capital) && text.chars().count() <= 20
}

/// Takes away what a party is called in the following.
fn called(rest: &mut String) -> Option<String> {
    let lower = rest.to_lowercase();
    // Letters that change their length with their case would move the places.
    if lower.len() != rest.len() {
        return None;
    }
    let (at, end) = CALLED.split('|').find_map(|phrase| {
        let at = text::find_word(rest, phrase)?;
        Some((at.start, at.end))
    })?;
    let after = rest.get(end..)?.trim_start();
    let stop = after.find([',', ')', ';', '.']).unwrap_or(after.len());
    let short = named(&after[..stop]);
    let tail = after.get(stop..).unwrap_or_default().trim_start_matches([')', ',', '.', ';']).to_owned();
    let before = rest.get(..at)?.trim_end_matches([' ', ',', '(']).to_owned();
    *rest = if tail.trim().is_empty() { before } else { format!("{before},{tail}") };
    short
}

/// Takes away an organisation number with the words that name it. A number that could be a person's is none.
fn organisation_number(rest: &mut String) -> Option<String> {
    let digits: Vec<(usize, char)> =
        rest.char_indices().filter(|(_, letter)| letter.is_ascii_digit()).collect();
    let run = digits.windows(10).find(|run| {
        let (first, last) = (run[0].0, run[9].0);
        let between = &rest[run[5].0 + 1..run[6].0];
        let is_dashed = matches!(between, "-" | "–" | "" | " " | "‑");
        let is_alone = last - first - between.len() == 9
            && !rest[last + 1..].starts_with(|letter: char| letter.is_ascii_digit())
            && !rest[..first].ends_with(|letter: char| letter.is_ascii_digit());
        is_dashed && is_alone && run[2].1 >= '2'
    })?;
    let (first, last) = (run[0].0, run[9].0);
    let number: String = run.iter().map(|(_, letter)| *letter).collect();
    let number = format!("{}-{}", &number[..6], &number[6..]);
    let lower = rest.get(..first)?.to_lowercase();
    let start = ["(org", ", org", " org", "organisations"]
        .iter()
        .filter_map(|word| lower.rfind(word))
        .min()
        .filter(|at| first.checked_sub(*at).is_some_and(|length| length < 30) && rest.is_char_boundary(*at))
        .unwrap_or(first);
    let before = rest[..start].trim_end_matches([' ', '(']).to_owned();
    let after = rest[last + 1..].trim_start_matches(')').to_owned();
    *rest = format!("{before}{after}");
    Some(number)
}

/// The form that a name says.
fn form_in(name: &str) -> Option<LegalForm> {
    let lower = name.to_lowercase();
    let says = |form: LegalForm| lower.contains(form.label());
    let said = [
        LegalForm::EconomicAssociation,
        LegalForm::Association,
        LegalForm::Congregation,
        LegalForm::MunicipalFederation,
    ];
    if let Some(form) = said.into_iter().find(|form| says(*form)) {
        return Some(form);
    }
    let first = lower.split(' ').next().unwrap_or_default();
    let last = lower.rsplit(' ').next().unwrap_or_default();
    match (first, last) {
        ("stiftelsen", _) => Some(LegalForm::Foundation),
        (first, last) if first.starts_with("studieförbund") || last.starts_with("studieförbund") => {
            Some(LegalForm::StudyAssociation)
        }
        (_, "kommun" | "stad") => Some(LegalForm::Municipality),
        ("region", _) => Some(LegalForm::Region),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_designation_is_taken_apart() {
        let one = Designation::of(
            "Lunds kommun genom socialnämnden (Socialförvaltningen i Lund), i det följande kallad Socialförvaltningen.",
        );
        assert_eq!(one.name, "Socialförvaltningen i Lund");
        assert_eq!(one.legal_person.as_deref(), Some("Lunds kommun"));
        assert_eq!(one.organ.as_deref(), Some("Socialnämnden"));
        assert_eq!(one.short_name.as_deref(), Some("Socialförvaltningen"));
        assert_eq!((one.form, one.role()), (Some(LegalForm::Municipality), Some(Role::Public)));

        let two = Designation::of(
            "Stiftelsen Tak (org.nr 802400-0005) med säte i Bergsjö, i det följande kallad stiftelsen.",
        );
        assert_eq!(two.name, "Stiftelsen Tak");
        assert_eq!(two.organisation_number.as_deref(), Some("802400-0005"));
        assert_eq!((two.seat.as_deref(), two.short_name.as_deref()), (Some("Bergsjö"), Some("stiftelsen")));
        assert_eq!((two.form, two.role()), (Some(LegalForm::Foundation), Some(Role::CivilSociety)));

        let three =
            Designation::of("Föreningen Kraften, org. nr 8024000005, ideell förening (nedan Kraften)");
        assert_eq!((three.name.as_str(), three.form), ("Föreningen Kraften", Some(LegalForm::Association)));
        assert_eq!(three.organisation_number.as_deref(), Some("802400-0005"));
        assert_eq!(three.short_name.as_deref(), Some("Kraften"));

        let four = Designation::of(
            "Ådala kommun (212000-9999), kultur- och fritidsnämnden, företrädd av ordföranden",
        );
        assert_eq!(
            (four.name.as_str(), four.organ.as_deref()),
            ("Ådala kommun", Some("Kultur- och fritidsnämnden"))
        );
    }

    #[test]
    fn a_number_that_could_be_a_persons_is_no_organisation_number() {
        assert_eq!(Designation::of("Anna Exempel 640823-3234").organisation_number, None);
    }
}
