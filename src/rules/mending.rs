//! What of a finding can be mended without anybody deciding anything: how something is written, never what it says.

use std::ops::Range;

use crate::finding::{Finding, Part, Place};
use crate::key_path::Segment;
use crate::register::{Register, Text, codes, id_of, kind_of};

/// Other letters in the place of some of a file's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where they stand, as bytes of the text.
    pub at: Range<usize>,
    /// What is to stand there.
    pub new: String,
}

/// A place with what is wrong there, in the text of its file.
struct Fault<'a> {
    register: &'a Register,
    place: &'a Place,
    text: &'a Text,
    at: Range<usize>,
}

/// How a rule's findings are mended, by its code.
struct Mend {
    code: &'static str,
    /// What of them can be, in Swedish.
    what: &'static str,
    edits: fn(&Fault<'_>) -> Option<Edit>,
}

const MENDS: [Mend; 6] = [
    Mend {
        code: codes::SYNTAX,
        what: "typografiska citattecken om en text, hårda mellanslag utanför texter och mellanslag i belopp",
        edits: syntax,
    },
    Mend {
        code: codes::TYPE,
        what: "belopp som är skrivna som text med mellanslag eller enhet, och paragrafer utan mellanslag",
        edits: value,
    },
    Mend {
        code: codes::DOMAIN,
        what: "belopp som är skrivna som text med mellanslag eller enhet, och paragrafer utan mellanslag",
        edits: value,
    },
    Mend {
        code: "IOP604",
        what: "skiljetecken, mellanslag och små bokstäver, när siffrorna är de som formen ska ha",
        edits: registry_number,
    },
    Mend { code: "IOP616", what: "mellanslaget mellan paragraftecknet och numret", edits: section_sign },
    Mend { code: "IOP619", what: "mellanslaget mellan paragraftecknet och numret", edits: section_sign },
];

/// What of a rule's findings can be mended, in Swedish; nothing where none can.
#[must_use]
pub fn what(code: &str) -> Option<&'static str> {
    MENDS.iter().find(|mend| mend.code == code).map(|mend| mend.what)
}

/// How a finding is mended, place by place; empty where it cannot be, or somebody must decide.
#[must_use]
pub fn edits<'f>(register: &Register, finding: &'f Finding) -> Vec<(&'f Place, Edit)> {
    let Some(mend) = MENDS.iter().find(|mend| mend.code == finding.code) else { return Vec::new() };
    let places = finding.places().filter(|place| kind_of(&place.file).is_some());
    let edit = |place: &'f Place| {
        let source = register.source(&place.file)?;
        let text = source.text();
        let whole = Place { part: Part::Value, ..place.clone() };
        let at = match place.part {
            Part::Bytes(..) => source.locate(place).bytes,
            _ => source.locate(&whole).bytes,
        };
        let edit = (mend.edits)(&Fault { register, place, text: &text, at: at.clone() })?;
        (text.get(edit.at.clone()) != Some(&*edit.new)).then_some((place, edit))
    };
    places.filter_map(edit).collect()
}

/// The text with the edits in it, and how many there are: of two at one place the first is made.
#[must_use]
pub fn applied(text: &str, mut edits: Vec<Edit>) -> (String, usize) {
    edits.sort_by_key(|edit| (edit.at.start, edit.at.end));
    let (mut mended, mut from, mut made) = (String::with_capacity(text.len()), 0, 0);
    for edit in edits {
        if let Some(before) = text.get(from..edit.at.start) {
            mended.push_str(before);
            mended.push_str(&edit.new);
            from = edit.at.end;
            made += 1;
        }
    }
    mended.push_str(text.get(from..).unwrap_or_default());
    (mended, made)
}

/// A line that is no TOML for how it is written.
fn syntax(fault: &Fault<'_>) -> Option<Edit> {
    let start = fault.text.get(..fault.at.start)?.rfind('\n').map_or(0, |end| end + 1);
    let line = fault.text.get(start..)?.split('\n').next()?;
    let code = line.find(" #").map_or(line, |comment| line.split_at(comment).0);
    let new = quoted(code).or_else(|| spaced(code)).or_else(|| ungrouped(code))?;
    Some(Edit { at: start..start + code.len(), new })
}

/// A line whose texts stand between typographic quotation marks.
fn quoted(line: &str) -> Option<String> {
    const MARKS: [char; 4] = ['”', '“', '„', '‟'];
    let marks = line.chars().filter(|letter| MARKS.contains(letter)).count();
    let (_, written) = line.split_once('=')?;
    let begins = written.trim_start().trim_start_matches(['[', '{', ' ']).starts_with(MARKS);
    let is_plain = !line.contains(['"', '\'', '\\']) && marks > 0 && marks % 2 == 0;
    (begins && is_plain).then(|| line.replace(MARKS, "\""))
}

/// A line with no-break spaces outside its texts.
fn spaced(line: &str) -> Option<String> {
    let mut is_text = false;
    let letters = line.chars().map(|letter| {
        is_text ^= letter == '"';
        if !is_text && matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2007}') { ' ' } else { letter }
    });
    let new: String = letters.collect();
    (new != line && !line.contains(['\'', '\\'])).then_some(new)
}

/// A line with an amount that has spaces between its thousands, or a unit.
fn ungrouped(line: &str) -> Option<String> {
    let (key, written) = line.split_once('=')?;
    let whole = kronor(written)?;
    (!whole.contains(',')).then(|| format!("{}= {}", key, grouped(&whole)))
}

/// The digits of an amount in kronor that is written with spaces between thousands or with its unit, with a decimal comma where it
/// has öre.
fn kronor(written: &str) -> Option<String> {
    let written = written.trim();
    let units = ["kronor", "kr", ":-", "SEK"];
    let number = units.iter().find_map(|unit| written.strip_suffix(unit)).unwrap_or(written).trim_end();
    let (whole, fraction) =
        number.split_once(',').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    let groups: Vec<&str> = whole.split([' ', '\u{a0}', '\u{202f}']).collect();
    let (first, rest) = groups.split_first()?;
    let is_grouped = rest.is_empty() || first.len() <= 3 && rest.iter().all(|group| group.len() == 3);
    let is_plain =
        groups.iter().all(|group| all_digits(group)) && !(first.len() > 1 && first.starts_with('0'));
    let is_fraction = fraction.is_none_or(|digits| digits.len() <= 2 && all_digits(digits));
    let fraction = fraction.map(|digits| format!(",{digits}")).unwrap_or_default();
    (is_grouped && is_plain && is_fraction).then(|| groups.concat() + &fraction)
}

fn grouped(digits: &str) -> String {
    crate::register::write::grouped(digits)
}

/// A text on one line between quotation marks, without them.
fn plain_text(written: &str) -> Option<&str> {
    let inner = written.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains(['"', '\\', '\n'])).then_some(inner)
}

/// The keys whose values are kronor.
const AMOUNTS: [&str; 5] = ["amount", "value", "total_cost", "limit", "grant"];

/// A value of the wrong form: an amount, or a paragraph of minutes. What it should be is known once it is read again.
fn value(fault: &Fault<'_>) -> Option<Edit> {
    let written = plain_text(fault.text.get(fault.at.clone())?)?;
    // A number with a unit of money is an amount where one is asked for, and else whatever somebody meant.
    let is_number = written.ends_with(|last: char| last.is_ascii_digit());
    let is_of_money = matches!(fault.place.path.segments().last(), Some(Segment::Key(key)) if AMOUNTS.contains(&key.as_str()));
    let amount = kronor(written).filter(|_| is_number || is_of_money);
    let new = match amount {
        Some(amount) if amount.contains(',') => format!("\"{amount}\""),
        Some(amount) => grouped(&amount),
        None => format!("\"{}\"", paragraph(written)?),
    };
    Some(Edit { at: fault.at.clone(), new })
}

/// "§167", "§  167", "167 §" and "§ 167." as "§ 167".
fn paragraph(written: &str) -> Option<String> {
    let plain = written.trim().trim_end_matches('.');
    let number = plain.strip_prefix('§').or_else(|| plain.strip_suffix('§'))?.trim();
    let digits = number.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let is_number = !digits.is_empty()
        && digits.bytes().all(|digit| digit.is_ascii_digit())
        && number.len() - digits.len() <= 1;
    is_number.then(|| format!("§ {number}"))
}

/// A registry number with the letters and digits of the municipality's form, and other signs between them.
fn registry_number(fault: &Fault<'_>) -> Option<Edit> {
    let number = plain_text(fault.text.get(fault.at.clone())?)?;
    let agreement = fault.register.agreements.get(id_of(&fault.place.file))?;
    let guideline = fault.register.guideline_of(&agreement.data)?;
    let mut fitting: Vec<String> =
        guideline.data.case.registry_number.iter().filter_map(|form| in_form(number, form)).collect();
    fitting.dedup();
    // What can be meant in two ways is somebody's to say.
    let [only] = fitting.as_slice() else { return None };
    Some(Edit { at: fault.at.clone(), new: format!("\"{only}\"") })
}

/// The runs of letters and of digits in a text, without what stands between them.
fn runs(text: &str) -> Vec<&str> {
    let kind = |letter: char| (letter.is_alphabetic(), letter.is_ascii_digit());
    let mut found: Vec<(usize, usize, (bool, bool))> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
        match found.last_mut() {
            Some((_, end, last)) if *end == at && *last == kind(letter) => *end = at + letter.len_utf8(),
            _ => found.push((at, at + letter.len_utf8(), kind(letter))),
        }
    }
    found.into_iter().filter_map(|(start, end, _)| text.get(start..end)).collect()
}

/// A number written as a form, where it has as many digits in each part. The letters of another organ stay.
fn in_form(number: &str, form: &str) -> Option<String> {
    let (has, wants) = (runs(number), runs(form));
    let is_number = |run: &str| run.bytes().all(|byte| byte.is_ascii_digit());
    let fits = |(has, wants): (&&str, &&str)| {
        is_number(has) == is_number(wants) && (!is_number(wants) || has.len() == wants.len())
    };
    if has.len() != wants.len() || !has.iter().zip(&wants).all(fits) {
        return None;
    }
    let (mut written, mut rest) = (String::new(), form);
    for (run, place) in has.iter().zip(&wants) {
        let (between, after) = rest.split_once(place)?;
        written.push_str(between);
        written.push_str(&if place.chars().all(char::is_uppercase) {
            run.to_uppercase()
        } else {
            (*run).to_owned()
        });
        rest = after;
    }
    Some(written + rest)
}

/// A text with a section sign that stands right beside a number.
fn section_sign(fault: &Fault<'_>) -> Option<Edit> {
    let written = fault.text.get(fault.at.clone())?;
    let mut new = String::with_capacity(written.len() + 8);
    let (mut before, mut last) = (None, None);
    for letter in written.chars() {
        let beside =
            |one: char, other: Option<char>| one == '§' && other.is_some_and(|other| other.is_ascii_digit());
        // In an address the sign is a part of it.
        let is_in_address = matches!(before, Some('#' | '/' | '=' | '?' | '&'));
        if beside(letter, last) || last.is_some_and(|last| beside(last, Some(letter))) && !is_in_address {
            new.push(' ');
        }
        new.push(letter);
        (before, last) = (last, Some(letter));
    }
    Some(Edit { at: fault.at.clone(), new })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_otherwise_says_the_same() {
        for (written, plain) in [
            ("640 000", Some("640000")),
            ("640\u{a0}000 kr", Some("640000")),
            ("1 250 000,50 kronor", Some("1250000,50")),
            ("500 kr", Some("500")),
            ("640000:-", Some("640000")),
            ("64 00", None),
            ("1000 000", None),
            ("640.000", None),
            ("6 tkr", None),
            ("012 000", None),
            ("", None),
            ("12,345", None),
        ] {
            assert_eq!(kronor(written).as_deref(), plain, "{written}");
        }
        for (written, plain) in [
            ("§167", Some("§ 167")),
            ("167 §", Some("§ 167")),
            ("§  45a", Some("§ 45a")),
            ("§ 4–5", None),
            ("45", None),
        ] {
            assert_eq!(paragraph(written).as_deref(), plain, "{written}");
        }
        assert_eq!(quoted("x = ”ett hus”").as_deref(), Some("x = \"ett hus\""));
        assert_eq!(quoted("x = [”a”, “b”]").as_deref(), Some("x = [\"a\", \"b\"]"));
        assert_eq!(quoted("x = ”öppen"), None);
        assert_eq!(quoted("x = \"”citat”\""), None);
        assert_eq!(spaced("x =\u{a0}\"a\u{a0}b\"").as_deref(), Some("x = \"a\u{a0}b\""));
        assert_eq!(ungrouped("amount = 640 000").as_deref(), Some("amount = 640_000"));
        assert_eq!(ungrouped("amount = 640 000,50"), None);
    }

    #[test]
    fn a_registry_number_keeps_its_letters_and_digits() {
        for (number, right) in [
            ("sn 2023-0101", Some("SN 2023/0101")),
            ("SN2023/0101", Some("SN 2023/0101")),
            ("SN  2023 / 0101", Some("SN 2023/0101")),
            ("KS 2023-0101", Some("KS 2023/0101")),
            ("SN 2023/101", None),
            ("SN 20230/101", None),
            ("2023/0101", None),
            ("SN 2023/0101-4", None),
        ] {
            assert_eq!(in_form(number, "SN 0000/0000").as_deref(), right, "{number}");
        }
    }

    #[test]
    fn edits_are_made_once_and_in_order() {
        let edit = |at, new: &str| Edit { at, new: new.to_owned() };
        let (text, made) = applied("abcdef", vec![edit(4..5, "E"), edit(0..1, "A"), edit(0..1, "X")]);
        assert_eq!((text.as_str(), made), ("AbcdEf", 2));
    }
}
