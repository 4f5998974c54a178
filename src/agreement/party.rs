//! The parties: who they are, who signs for them and whom to ask.

use crate::keyed::Keyed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::PartialDate;
use crate::dated_name::DatedName;
use crate::vocabulary;
use crate::vocabulary::Fact;

vocabulary! {
    /// Which side of the partnership a party stands on.
    pub enum Role ("Sida") {
        /// A municipality, region or authority.
        Public = "public", "offentlig part", "kommun, region eller annan myndighet";
        /// An association, foundation, congregation and so on.
        CivilSociety = "civil-society", "idéburen part", "förening, stiftelse eller trossamfund";
    }
}

vocabulary! {
    /// What kind of legal person a party is.
    pub enum LegalForm ("Juridisk form") {
        /// *Kommun*.
        Municipality = "municipality", "kommun";
        /// *Region*.
        Region = "region", "region";
        /// *Kommunalförbund*.
        MunicipalFederation = "municipal-federation", "kommunalförbund";
        /// A state authority.
        StateAuthority = "state-authority", "statlig myndighet";
        /// *Ideell förening*.
        Association = "association", "ideell förening";
        /// *Ekonomisk förening*.
        EconomicAssociation = "economic-association", "ekonomisk förening";
        /// *Stiftelse*.
        Foundation = "foundation", "stiftelse";
        /// *Registrerat trossamfund*.
        Congregation = "congregation", "registrerat trossamfund";
        /// *Studieförbund*.
        StudyAssociation = "study-association", "studieförbund";
        /// A limited company that may not distribute profit, and other forms.
        Other = "other", "annan form";
    }
}

/// One party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Part")]
pub struct Party {
    /// Which side it stands on.
    #[schemars(title = "Sida: offentlig eller idéburen")]
    pub role: Role,
    /// Its name as this document has it.
    #[schemars(
        title = "Namn: som det står i dokumentet",
        length(min = 1),
        example = &"Föreningen Öppet hus i Ådala"
    )]
    pub name: String,
    /// The name that running text uses.
    #[schemars(title = "Kortnamn: som löpande text använder", example = &"föreningen")]
    pub short_name: Option<String>,
    /// The legal person that becomes bound.
    #[schemars(title = "Juridisk person: den som blir bunden av avtalet", example = &"Ådala kommun")]
    pub legal_person: Fact<String>,
    /// The organ through which the legal person acts, by the name it had when the document was made.
    #[schemars(
        title = "Organ: genom vilket den juridiska personen handlar, till exempel en nämnd",
        example = &"Socialnämnden"
    )]
    pub organ: Fact<String>,
    /// The organ's or the party's own names through the years, oldest first, where they have changed.
    #[serde(default)]
    #[schemars(title = "Namn genom åren: äldst först, när organet eller parten har bytt namn")]
    pub names: Vec<DatedName>,
    /// What kind of legal person.
    #[schemars(title = "Juridisk form: till exempel ideell förening, stiftelse eller kommun")]
    pub form: Fact<LegalForm>,
    /// Swedish organisation number.
    #[schemars(title = "Organisationsnummer: tio siffror med bindestreck, som i registret hos Skatteverket", example = &"802400-0000")]
    pub organisation_number: Fact<String>,
    /// Where it has its seat.
    #[schemars(title = "Säte eller ort: den ort där parten har sitt säte", example = &"Ådala")]
    pub seat: Fact<String>,
    /// Whether it stands in the register of civil-society organisations, lag (2022:900).
    #[schemars(title = "Idéburna registret: om parten är registrerad enligt lag (2022:900)")]
    pub civil_society_register: Fact<bool>,
    /// A presentation in Markdown.
    #[schemars(title = "Presentation: om parten, i Markdown")]
    pub about: Option<String>,
    /// Who sign, by key.
    #[schemars(title = "Undertecknare: de som undertecknar för parten, en tabell per person eller funktion")]
    pub signatory: Fact<Keyed<Signatory>>,
    /// Whom to ask, by key.
    #[schemars(
        title = "Kontaktpersoner: dem som den andra sidan vänder sig till, en tabell per person eller funktion"
    )]
    pub contact: Fact<Keyed<Contact>>,
}

impl Party {
    /// The name for running text.
    #[must_use]
    pub fn called(&self) -> &str {
        self.short_name.as_deref().unwrap_or(&self.name)
    }
}

vocabulary! {
    /// On what ground somebody may sign.
    pub enum Authority ("Behörighet") {
        /// A delegated decision, KL 6 kap. 37–40 §§ and 7 kap. 5–8 §§.
        Delegation = "delegation", "delegation", "rätten följer av delegationsordningen";
        /// A task to sign what the committee itself has decided; no delegated decision.
        Assignment = "assignment", "uppdrag att underteckna", "nämnden har gett uppdraget i ett beslut";
        /// Authorised signatory by the organisation's own rules (*firmatecknare*).
        Articles = "articles", "firmatecknare", "den som enligt stadgar eller register får teckna firma";
        /// Power of attorney.
        PowerOfAttorney = "power-of-attorney", "fullmakt", "någon som får teckna firma har gett rätten";
    }
}

/// Somebody who signs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Undertecknare", extend("minProperties" = 1))]
pub struct Signatory {
    /// The person.
    #[schemars(title = "Namn: personens namn, om det ska stå i avtalet")]
    pub name: Fact<String>,
    /// The title or function.
    #[schemars(title = "Titel: personens funktion, som ordförande eller socialchef", example = &"socialnämndens ordförande")]
    pub title: Fact<String>,
    /// On what ground the person may sign.
    #[schemars(title = "Behörighet: vad rätten att underteckna bygger på")]
    pub authority: Fact<Authority>,
    /// What proves it: a decision with date and §, minutes, articles.
    #[schemars(
        title = "Underlag för behörigheten: till exempel beslut med datum och paragraf",
        example = &"socialnämndens delegationsordning punkt 3.2",
        example = &"protokoll fört vid årsmötet 2023"
    )]
    pub evidence: Fact<String>,
    /// Where the signing takes place.
    #[schemars(title = "Ort: orten vid undertecknandet", example = &"Ådala")]
    pub place: Fact<String>,
    /// The date already printed on the signature line, often without its day.
    #[schemars(title = "Förtryckt datum: det som redan står på undertecknanderaden")]
    pub date: Fact<PartialDate>,
}

/// Somebody to ask.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Kontaktperson", extend("minProperties" = 1))]
pub struct Contact {
    /// The person; may be left out where the function is enough.
    #[schemars(title = "Namn: bara om personen har godkänt det; funktionen räcker")]
    pub name: Fact<String>,
    /// The function.
    #[schemars(title = "Funktion: den roll som kontakten har, som verksamhetsledare", example = &"enhetschef, ungdomsenheten")]
    pub function: Fact<String>,
    /// E-mail.
    #[schemars(
        title = "E-post: adressen, eller withheld där den finns men inte ska spridas",
        example = &"withheld"
    )]
    pub email: Fact<Reach>,
    /// Telephone.
    #[schemars(
        title = "Telefon: numret, eller withheld där det finns men inte ska spridas",
        example = &"withheld"
    )]
    pub phone: Fact<Reach>,
}

/// The word for an address that is not kept here.
pub const WITHHELD: &str = "withheld";

/// An address that the document holds but the register may keep to itself: git history cannot be weeded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "String", into = "String")]
#[schemars(
    with = "String",
    title = "Adress: den som står i handlingen, eller withheld om den inte ska stå i registret"
)]
pub enum Reach {
    /// It stands in the original and is not kept here (`"withheld"`).
    Withheld,
    /// The address or number.
    At(String),
}

impl From<String> for Reach {
    fn from(text: String) -> Self {
        if text == WITHHELD { Self::Withheld } else { Self::At(text) }
    }
}

impl From<Reach> for String {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::Withheld => WITHHELD.to_owned(),
            Reach::At(address) => address,
        }
    }
}
