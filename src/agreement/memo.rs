//! What the memo to the committee (*tjänsteskrivelse*) needs beside the agreement itself.

use crate::keyed::Keyed;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::vocabulary::Fact;

/// The memo.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Tjänsteskrivelse")]
pub struct Memo {
    /// Its date.
    #[schemars(title = "Skrivelsens datum: det som står överst i skrivelsen", example = &"2023-11-01")]
    pub dated: Fact<NaiveDate>,
    /// The administration that writes it.
    #[schemars(title = "Förvaltning: den som skriver", example = &"Socialförvaltningen")]
    pub administration: Fact<String>,
    /// Who handles the case.
    #[schemars(title = "Handläggare: den som har berett ärendet")]
    pub handler: Fact<Functionary>,
    /// Who sign the memo, by key.
    #[schemars(
        title = "Skrivelsens undertecknare: de som undertecknar skrivelsen, en tabell per person eller funktion"
    )]
    pub signer: Fact<Keyed<Functionary>>,
    /// Who gets the task to sign the agreement, in the definite form: "socialdirektören".
    #[schemars(
        title = "Den som verkställer: den som får i uppdrag att teckna avtalet, i bestämd form",
        example = &"nämndens ordförande"
    )]
    pub executor: Fact<String>,
    /// When the executor reports back, as it follows "redovisas till nämnden".
    #[schemars(title = "Tidpunkt för återrapportering: som det står efter orden redovisas till nämnden")]
    pub report_back: Fact<String>,
    /// Further points of the proposal, each as it can follow "att" and stand as a sentence: "förvaltningen ska …".
    #[serde(default)]
    #[schemars(
        title = "Fler beslutspunkter: var och en som den kan stå efter ordet att, till exempel förvaltningen ska …"
    )]
    pub points: Vec<String>,
    /// Why a decision is needed now, in a full sentence.
    #[schemars(
        title = "Skälet till att beslutet behövs nu: en hel mening",
        example = &"Lokalen på Storgatan blir ledig vid årsskiftet."
    )]
    pub reason_now: Fact<String>,
    /// The matter (Markdown).
    #[schemars(title = "Ärendet: i Markdown")]
    pub matter: Fact<String>,
    /// The administration's reasons (Markdown).
    #[schemars(title = "Föredragning: i Markdown")]
    pub presentation: Fact<String>,
    /// What has come of the goals so far (Markdown): for an extension or another change.
    #[schemars(
        title = "Resultat mot målen: vad samarbetet har gett hittills, i Markdown; för förlängning, tillägg eller avslut",
        example = &"Träffpunkten har haft öppet fyra kvällar i veckan, en mer än målet."
    )]
    pub results: Fact<String>,
    /// How the law looks on the change (Markdown).
    #[schemars(
        title = "Rättslig bedömning av ändringen: i Markdown",
        example = &"Ändringen är inte så stor att samarbetet blir ett annat."
    )]
    pub legal: Fact<String>,
    /// How the case was prepared (Markdown).
    #[schemars(
        title = "Hur ärendet har beretts: i Markdown",
        example = &"Ärendet har beretts av ungdomsenheten."
    )]
    pub preparation: Fact<String>,
    /// The best interests of the child (Markdown).
    #[schemars(title = "Prövning av barnets bästa: i Markdown")]
    pub childs_best: Fact<String>,
    /// Further economic consequences (Markdown).
    #[schemars(title = "Ekonomiska konsekvenser utöver beloppen: i Markdown")]
    pub economy: Option<String>,
    /// The documents behind the decision besides memo and guideline, in order.
    #[serde(default)]
    #[schemars(
        title = "Fler handlingar som ligger till grund för beslutet: utöver skrivelsen, avtalet och riktlinjerna, en tabell per handling"
    )]
    pub basis: Keyed<Basis>,
    /// To whom the decision goes.
    #[serde(default)]
    #[schemars(
        title = "Beslutet skickas till: de som ska få beslutet, för att verkställa det eller känna till det"
    )]
    pub distribution: Distribution,
}

/// Somebody who acts in a function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Befattningshavare", extend("minProperties" = 1))]
pub struct Functionary {
    /// The person; may be left out where the function is enough.
    #[schemars(title = "Namn: personens namn, om det ska stå i handlingen")]
    pub name: Fact<String>,
    /// The title or function.
    #[schemars(title = "Titel: personens funktion, som socialchef", example = &"socialchef")]
    pub title: Fact<String>,
}

/// A document behind the decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Handling")]
pub struct Basis {
    /// Its name.
    #[schemars(title = "Namn: handlingens namn, som skrivelsen nämner den", length(min = 1))]
    pub title: String,
    /// Its date.
    #[schemars(title = "Datum: handlingens datum")]
    pub date: Fact<NaiveDate>,
    /// Its registry number.
    #[schemars(title = "Diarienummer: handlingens nummer, om den är registrerad")]
    pub registry_number: Fact<String>,
}

/// To whom the decision goes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Beslutet skickas till")]
pub struct Distribution {
    /// For execution.
    #[schemars(title = "Mottagare för verkställighet: de som ska göra det som är beslutat, en per rad", example = ["ungdomsenheten"])]
    pub execution: Fact<Vec<String>>,
    /// For information.
    #[schemars(title = "Mottagare för kännedom: de som ska känna till beslutet, en per rad", example = ["Föreningen Öppet hus i Ådala"])]
    pub information: Fact<Vec<String>>,
}
