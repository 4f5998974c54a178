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
    environment.add_filter("capitalised", |value: Value| recased(value, text::capitalised));
    environment.add_filter("uncapitalised", |value: Value| recased(value, text::uncapitalised));
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

/// Changes how a text begins; what a template has put together stays the Markdown that it is, and a blank a blank.
fn recased(value: Value, change: fn(&str) -> String) -> Result<Value, Error> {
    match value.as_str().filter(|_| value.is_safe()) {
        Some(text) => {
            template_work::handle(text)?;
            Ok(Value::from_safe_string(change(text)))
        }
        None => through(value, |text| Some(change(text))),
    }
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
