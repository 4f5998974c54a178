//! What templates can do with a value besides showing it. A blank passes every filter unchanged.

use minijinja::value::ValueKind;
use minijinja::{Environment, Error, ErrorKind, Value, filters, tests};

use super::markdown::{self, DEEPEST, Unfit};
use super::{blanks, facts, template_work};
use crate::date::{self, PartialDate};
use crate::money::{Money, Percent};
use crate::text;

/// Adds the filters and tests: our own, and of the engine's those that give no more than they got.
pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("default", filters::default);
    environment.add_filter("first", filters::first);
    environment.add_filter("items", filters::items);
    environment.add_filter("last", filters::last);
    environment.add_filter("length", filters::length);
    environment.add_filter("lower", filters::lower);
    environment.add_filter("rejectattr", filters::rejectattr);
    environment.add_filter("reverse", filters::reverse);
    environment.add_filter("selectattr", filters::selectattr);
    environment.add_filter("sort", filters::sort);
    environment.add_filter("trim", filters::trim);
    environment.add_filter("unique", filters::unique);
    environment.add_filter("upper", filters::upper);
    environment.add_test("defined", tests::is_defined);
    environment.add_test("eq", tests::is_eq);
    environment.add_test("even", tests::is_even);
    environment.add_test("mapping", tests::is_mapping);
    environment.add_test("ne", tests::is_ne);
    environment.add_test("none", tests::is_none);
    environment.add_test("number", tests::is_number);
    environment.add_test("odd", tests::is_odd);
    environment.add_test("sequence", tests::is_sequence);
    environment.add_test("string", tests::is_string);
    environment.add_test("undefined", tests::is_undefined);
    environment.add_filter("amount", |value: Value| through(value, amount));
    environment.add_filter("percent", |value: Value| {
        through(value, |text| text.parse::<Percent>().ok().map(|percent| percent.to_string()))
    });
    environment.add_filter("date", |value: Value| through(value, |text| text.parse().ok().map(date::long)));
    environment.add_filter("capitalised", |value: Value| begun(value, text::capitalised));
    environment.add_filter("uncapitalised", |value: Value| begun(value, text::uncapitalised));
    environment.add_filter("genitive", |value: Value| through(value, |text| Some(text::genitive(text))));
    environment.add_filter("without_stop", |value: Value| {
        through(value, |text| Some(text.trim().trim_end_matches('.').to_owned()))
    });
    environment.add_filter("markdown", |value: Value, levels: Option<u8>| body(&value, levels.unwrap_or(2)));
    environment.add_filter("signing_date", |value: Value| {
        through(value, |text| text.parse::<PartialDate>().ok().map(|date| date.on_form()))
    });
    environment.add_filter("in_words", |value: Value| number(value, text::numeral));
    environment.add_filter("in_months", |value: Value| {
        number(value, |months| {
            format!("{} {}", text::numeral(months), if months == 1 { "månad" } else { "månader" })
        })
    });
    environment.add_filter("ordinal", |value: Value| number(value, text::ordinal));
    environment.add_filter("counted", |value: Value| {
        number(value, |count| {
            if count > 12 { count.to_string() } else { format!("{} ({count})", text::numeral(count)) }
        })
    });
    environment.add_filter("month", |value: Value| {
        number(value, |month| date::month_name(month).unwrap_or_default().to_owned())
    });
    environment.add_filter("functionary", functionary);
    environment.add_filter("listed", enumerate);
    environment.add_filter("below", |points: Value, lead: Value, alone: Option<Value>| {
        points_below(&points, &lead, alone.as_ref())
    });
    environment
        .add_test("known", |value: Value| !value.is_undefined() && !value.is_none() && !value.is_safe());
    environment.add_filter("briefly", blanks::briefly);
}

fn amount(text: &str) -> Option<String> {
    text.parse::<Money>().ok().map(|money| money.to_string())
}

/// Applies a change to a text; blanks stay blanks.
fn through(value: Value, change: impl Fn(&str) -> Option<String>) -> Result<Value, Error> {
    if value.is_safe() {
        return Ok(value);
    }
    let Some(text) = facts::text_of(&value) else { return Err(unfit(&value)) };
    template_work::handle(text)?;
    change(text).map(|text| facts::with_text(&value, text)).ok_or_else(|| unfit(&value))
}

/// Changes how a text begins, also one that a template has put together: after the mark of a fact, and never a blank.
fn begun(value: Value, change: impl Fn(&str) -> String) -> Result<Value, Error> {
    if !value.is_safe() {
        return through(value, |text| Some(change(text)));
    }
    let text = value.to_string();
    template_work::handle(&text)?;
    let (mark, rest) = text.split_at(facts::mark_before(&text));
    Ok(Value::from_safe_string(format!("{mark}{}", change(rest))))
}

fn number(value: Value, change: impl Fn(u32) -> String) -> Result<Value, Error> {
    if value.is_safe() {
        return Ok(value);
    }
    let count = value.as_i64().and_then(|number| u32::try_from(number).ok());
    count.map(|count| Value::from(change(count))).ok_or_else(|| unfit(&value))
}

fn body(value: &Value, levels: u8) -> Result<Value, Error> {
    if value.is_safe() {
        return Ok(value.clone());
    }
    let Some(text) = facts::text_of(value) else { return Err(unfit(value)) };
    template_work::handle(text)?;
    markdown::body(text, levels).map(Value::from_safe_string).map_err(unfit_text)
}

/// "a, b och c", each item escaped or left as the blank that it is.
fn enumerate(value: Value) -> Result<Value, Error> {
    if value.is_safe() {
        return Ok(value);
    }
    if value.kind() == ValueKind::Undefined || value.is_none() {
        return Err(unfit(&value));
    }
    let items: Vec<String> = value
        .try_iter()?
        .map(|item| {
            let text = facts::shown(&item);
            template_work::handle(&text)?;
            Ok(text)
        })
        .collect::<Result<_, Error>>()?;
    Ok(Value::from_safe_string(text::list(&items)))
}

/// Points of a list, one a line, below the words that lead into them. One alone is a sentence with those words, or with
/// `alone`; what begins as a sentence of its own stays a point, unless it follows a whole sentence or a colon.
fn points_below(points: &Value, lead: &Value, alone: Option<&Value>) -> Result<Value, Error> {
    let text = points.to_string();
    template_work::handle(&text)?;
    let marked =
        |line: &str| Some(line.strip_prefix("- ").or_else(|| line.strip_prefix("1. "))?.trim().to_owned());
    let mut lines = text.trim().lines().map(str::trim);
    let first = lines.next().and_then(marked);
    // A point may go on for some lines.
    let one = first.and_then(|first| {
        lines.try_fold(first, |one, line| {
            (!line.is_empty() && marked(line).is_none()).then(|| format!("{one} {line}"))
        })
    });
    let shown = facts::shown(alone.unwrap_or(lead));
    let words = shown.trim();
    let one = one.filter(|one| {
        let plain = facts::unmarked(one);
        words.is_empty()
            || words.ends_with(['.', ':'])
            || !plain.starts_with(char::is_uppercase) && !plain.contains(". ")
    });
    let said = match one {
        Some(one) => {
            let has_end =
                words.is_empty() || words.ends_with(':') || facts::unmarked(&one).ends_with(['.', '!', '?']);
            format!("{words} {one}{}", if has_end { "" } else { "." }).trim_start().to_owned()
        }
        None => format!("{}\n\n{text}", facts::shown(lead).trim()),
    };
    Ok(Value::from_safe_string(format!("{said}\n\n")))
}

/// "Kim Ek, socialchef": who acts in a function, as far as it is told.
fn functionary(value: Value) -> Result<Value, Error> {
    if value.is_safe() {
        return Ok(value);
    }
    let told = ["name", "title"].map(|key| value.get_attr(key)).into_iter().collect::<Result<Vec<_>, _>>()?;
    let told = told.iter().filter(|one| !one.is_none() && !one.is_undefined());
    let told: Vec<String> = told.map(facts::shown).collect();
    Ok(Value::from_safe_string(told.join(", ")))
}

/// The error for a text that cannot stand in a document.
pub(super) fn unfit_text(unfit: Unfit) -> Error {
    let detail = match unfit {
        Unfit::TooDeep => format!("texten har citat, listor eller betoningar i mer än {DEEPEST} led"),
        Unfit::Hidden => r"texten har tecken som inte syns, skrivna som &#…; eller \u…".to_owned(),
    };
    Error::new(ErrorKind::InvalidOperation, detail)
}

fn unfit(value: &Value) -> Error {
    if value.is_undefined() || value.is_none() {
        return Error::new(ErrorKind::UndefinedError, "no value");
    }
    Error::new(ErrorKind::InvalidOperation, format!("passar inte värdet {value}"))
}

#[cfg(test)]
mod told {
    use super::*;

    #[test]
    fn what_a_template_has_put_together_begins_as_a_sentence() {
        let shown = |text: &str| begun(Value::from_safe_string(text.to_owned()), text::capitalised).unwrap();
        assert_eq!(shown("avtalet om **A**").to_string(), "Avtalet om **A**");
        let fact = facts::marked(3, "föreningen");
        assert_eq!(shown(&fact).to_string(), facts::marked(3, "Föreningen"));
    }

    #[test]
    fn one_point_is_a_sentence_with_the_words_before_it() {
        let said = |points: &str, lead: &str, alone: Option<&str>| {
            let points = Value::from_safe_string(points.to_owned());
            points_below(&points, &Value::from_safe_string(lead.to_owned()), alone.map(Value::from).as_ref())
                .unwrap()
                .to_string()
                .trim()
                .to_owned()
        };
        assert_eq!(said("- ordna träffar\n", "Föreningen ska", None), "Föreningen ska ordna träffar.");
        assert_eq!(said("- barn\n", "", Some("Målgruppen är")), "Målgruppen är barn.");
        assert_eq!(said("- Kommunen\n", "För kännedom:", None), "För kännedom: Kommunen");
        assert_eq!(
            said("1. Ordföranden får i uppdrag.\n", "Nämnden beslutar följande.", None),
            "Nämnden beslutar följande. Ordföranden får i uppdrag."
        );
        assert_eq!(
            said("- att ge\n  ordföranden i uppdrag\n", "Nämnden beslutar", None),
            "Nämnden beslutar att ge ordföranden i uppdrag."
        );
        for points in ["- a\n- b", "- Ordna träffar", "- ordna träffar. Minst två", "- a\n\n  b"] {
            assert!(said(points, "Föreningen ska", None).starts_with("Föreningen ska\n\n- "), "{points}");
        }
    }
}
