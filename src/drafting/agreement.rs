//! A new agreement: what is known of it, and nothing else. All that nobody has said is open.

use chrono::{Datelike, NaiveDate};

use crate::agreement::{LegalForm, Role};
use crate::date::Period;
use crate::money::Money;
use crate::register::FileKind;
use crate::register::write::{self, Style, Table, Value};
use crate::text;

/// What somebody has said of a new agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAgreement {
    /// What the partnership is about, as it follows "gällande".
    pub title: String,
    /// The municipality, by its legal name.
    pub municipality: String,
    /// The committee that decides: its key, unless it is the register's default, and its name.
    pub committee: Option<(Option<String>, String)>,
    /// The organisation, by its name.
    pub organisation: String,
    /// Its legal form.
    pub form: Option<LegalForm>,
    /// Its organisation number.
    pub organisation_number: Option<String>,
    /// The case in the registry.
    pub registry_number: Option<String>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// What the municipality pays for a whole year.
    pub yearly: Option<Money>,
    /// The budget line that bears it, by key.
    pub budget_line: Option<String>,
}

/// The municipality's key among the parties.
const MUNICIPALITY: &str = "kommun";

/// So many years get an amount each; a longer time has one amount a year.
const MOST_YEARS: usize = 25;

impl NewAgreement {
    /// The text of the agreement's file.
    #[must_use]
    pub fn text(&self) -> String {
        let first = format!(
            "{}# Utkast. Det som står som \"not-stated\" är inte bestämt: skriv in det när det är det, eller ta bort raden om saken inte\n\
             # ska regleras. Åtaganden, mål, styrning, uppföljning, utbetalning, uppsägning och [memo] läggs till som handboken visar.\n\n",
            FileKind::Agreement.schema_line()
        );
        write::file(&first, &self.table(), Style::default())
    }

    fn table(&self) -> Table {
        let mut root = Table::default();
        let activity = Some(text::slug(&self.title)).filter(|slug| !slug.is_empty());
        root.set("title", &*self.title).set("activity", activity.unwrap_or_else(|| self.title.clone()));
        root.set("status", "draft");
        root.set("dated", Value::not_stated());
        if let Some((Some(key), _)) = &self.committee {
            root.set("committee", &**key);
        }
        root.set("purpose", Value::not_stated()).set("target_group", Value::not_stated());
        root.set("ground", Value::not_stated()).set("standard_clauses", Value::texts(self.clauses()));
        root.table("case").set("registry_number", or_open(self.registry_number.as_deref()));
        root.table("original").set("location", Value::not_stated()).set("copies", Value::not_stated());
        self.parties(root.table("party"));
        let term = root.table("term");
        term.set("start", self.from.map_or_else(Value::not_stated, Value::from));
        term.set("end", self.to.map_or_else(Value::not_stated, Value::from));
        root.table("economy").set("partial_funding", Value::not_stated());
        self.funding(root.table("funding"));
        root.at(&["clause", "background"]).set("text", Value::not_stated());
        root
    }

    /// The clauses that there is something to say in, or that are open.
    fn clauses(&self) -> Vec<&'static str> {
        let economy = (self.yearly.is_some() || self.term().is_some()).then_some("economy");
        let all = ["purpose", "target-group", "parties", "grounds", "contacts", "term"].into_iter();
        all.chain(economy).collect()
    }

    fn parties(&self, parties: &mut Table) {
        let own = parties.table(MUNICIPALITY);
        own.set("role", Role::Public.word()).set("name", &*self.municipality);
        own.set("short_name", "kommunen").set("legal_person", &*self.municipality);
        own.set("organ", or_open(self.committee.as_ref().map(|(_, name)| name.as_str())));
        own.set("form", LegalForm::Municipality.word());
        open_people(own);
        let other = parties.table(organisation_key(self.form));
        other.set("role", Role::CivilSociety.word()).set("name", &*self.organisation);
        other.set("form", or_open(self.form.map(LegalForm::word)));
        if let Some(number) = &self.organisation_number {
            other.set("organisation_number", &**number);
        }
        open_people(other);
    }

    /// The term, where both of its days are known.
    fn term(&self) -> Option<Period> {
        self.from.zip(self.to).map(|(start, end)| Period { start, end })
    }

    fn funding(&self, funding: &mut Table) {
        let years = self.term().map(years).filter(|years| years.len() <= MOST_YEARS);
        let Some(years) = years else {
            let Some(yearly) = self.yearly else { return };
            let rate = Table::default().with("amount", yearly).with("per", "year");
            self.payer(funding.table("ersattning")).set("rate", rate);
            return;
        };
        for Year { key, period, is_whole } in years {
            let component = funding.table(&key);
            self.payer(component).set("period", span(period));
            match self.yearly {
                Some(yearly) if is_whole => _ = component.set("amount", yearly),
                Some(yearly) => {
                    component.set("amount", Value::not_stated());
                    let yearly = yearly.to_string().replace(text::NBSP, " ");
                    component
                        .comment("amount", format!("inte ett helt år; för ett helt år är beloppet {yearly}"));
                }
                None => _ = component.set("amount", Value::not_stated()),
            }
        }
    }

    /// Who pays, and from which line.
    fn payer<'a>(&self, component: &'a mut Table) -> &'a mut Table {
        component.set("payer", MUNICIPALITY);
        if let Some(line) = &self.budget_line {
            component.set("budget_line", &**line);
        }
        component
    }
}

/// A year of an agreement, or what is left of one.
pub(super) struct Year {
    /// The key of its money.
    pub(super) key: String,
    /// Its days.
    pub(super) period: Period,
    /// Whether it is a whole year.
    pub(super) is_whole: bool,
}

/// The years of a term: calendar years where it begins with one, or else years from its first day.
pub(super) fn years(term: Period) -> Vec<Year> {
    let is_by_calendar = term.start.ordinal() == 1;
    let mut years = Vec::new();
    let mut start = term.start;
    while start <= term.end && years.len() <= MOST_YEARS {
        let Some(last) = (Period { start, end: start }).last_day_within(12) else { break };
        let key = if is_by_calendar { start.year().to_string() } else { format!("ar-{}", years.len() + 1) };
        let period = Period { start, end: last.min(term.end) };
        years.push(Year { key, period, is_whole: last <= term.end });
        let Some(next) = last.succ_opt() else { break };
        start = next;
    }
    years
}

/// A period on a line.
pub(super) fn span(period: Period) -> Table {
    Table::default().with("start", period.start).with("end", period.end)
}

/// A text, or that it is open.
fn or_open(text: Option<&str>) -> Value {
    text.map_or_else(Value::not_stated, Value::from)
}

fn open_people(party: &mut Table) {
    party.set("signatory", Value::not_stated()).set("contact", Value::not_stated());
}

/// The key by which the rest of a file calls the organisation.
fn organisation_key(form: Option<LegalForm>) -> &'static str {
    match form {
        Some(LegalForm::Association | LegalForm::EconomicAssociation) => "forening",
        Some(LegalForm::Foundation) => "stiftelse",
        Some(LegalForm::Congregation) => "trossamfund",
        Some(LegalForm::StudyAssociation) => "studieforbund",
        _ => "organisation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::Profile;
    use crate::drafting::founding::tests::founding;
    use crate::drafting::tests::{day, graver_than_notes};

    fn agreement() -> NewAgreement {
        NewAgreement {
            title: "ett öppet hus för unga".to_owned(),
            municipality: "Provs kommun".to_owned(),
            committee: None,
            organisation: "Provföreningen".to_owned(),
            form: None,
            organisation_number: None,
            registry_number: None,
            from: None,
            to: None,
            yearly: None,
            budget_line: None,
        }
    }

    #[test]
    fn whatever_is_said_there_are_only_notes() {
        let said = NewAgreement {
            committee: Some((Some("social".to_owned()), "Socialnämnden".to_owned())),
            form: Some(LegalForm::Association),
            organisation_number: Some("802400-0005".to_owned()),
            registry_number: Some("SN 2026/0101".to_owned()),
            from: Some(day("2027-01-01")),
            to: Some(day("2028-12-31")),
            yearly: Some(Money::kronor(500_000)),
            ..agreement()
        };
        let short =
            NewAgreement { from: Some(day("2027-02-01")), to: Some(day("2028-12-31")), ..said.clone() };
        let half = NewAgreement { to: None, ..said.clone() };
        let unpaid = NewAgreement { yearly: None, ..said.clone() };
        let odd = NewAgreement {
            title: "\"a\" \\ % # å".to_owned(),
            organisation: "]\"[x".to_owned(),
            ..agreement()
        };
        for profile in Profile::ALL {
            let register = super::super::Founding { profile, ..founding("Provs kommun") }.files();
            for one in [&agreement(), &said, &short, &half, &unpaid, &odd] {
                let text = one.text();
                let found = graver_than_notes(&register, "agreements/prov-2027.toml", &text);
                assert_eq!(found, Vec::<String>::new(), "{text}");
            }
        }
    }

    #[test]
    fn nothing_is_said_that_nobody_has_said() {
        let text = agreement().text();
        for word in [
            "amount",
            "committee",
            "2027",
            "Socialnämnden",
            "organisation_number",
            "undertaking",
            "value-basis",
        ] {
            assert!(!text.contains(word), "{word} in\n{text}");
        }
    }

    #[test]
    fn a_year_that_is_not_whole_has_no_amount_of_its_own() {
        let told = |from: &str, to: &str| {
            let years = years(Period { start: day(from), end: day(to) });
            years.iter().map(|one| format!("{} {} {}", one.key, one.period, one.is_whole)).collect::<Vec<_>>()
        };
        assert_eq!(
            told("2027-01-01", "2028-06-30"),
            ["2027 2027-01-01–2027-12-31 true", "2028 2028-01-01–2028-06-30 false"]
        );
        assert_eq!(told("2027-02-01", "2028-01-31"), ["ar-1 2027-02-01–2028-01-31 true"]);
        assert_eq!(told("2028-02-29", "2029-02-27"), ["ar-1 2028-02-29–2029-02-27 true"]);
    }
}
