//! What must be right before anything can be judged. These findings are made while files are read; here they are
//! declared, so that they are explained like all others.

use crate::register::codes;
use crate::rules::{Check, Example, Gravity, Rule};

pub(super) const UNREADABLE: Rule = Rule {
    code: codes::UNREADABLE,
    slug: "unreadable",
    title: "Filen går inte att läsa",
    gravity: Gravity::Absolute,
    since: "0.1.0",
    source: "registrets format",
    why: "En fil som är för stor, inte är sparad som UTF-8 eller saknar behörighet läses inte, och då granskas inget i den.",
    check: Check::Reading,
    bad: Example { file: "templates/clauses/egen.md", remove: &[], toml: "", at: "" },
    good: Example { file: "agreements/oppet-hus.toml", remove: &[], toml: "", at: "" },
};

pub(super) const SYNTAX: Rule = Rule {
    code: codes::SYNTAX,
    slug: "syntax",
    title: "Filen är inte skriven i TOML",
    gravity: Gravity::Absolute,
    since: "0.1.0",
    source: "registrets format",
    why: "Ett glömt citattecken gör att resten av filen betyder något annat än den som skrev den menade.",
    check: Check::Reading,
    bad: Example { file: "agreements/nytt.toml", remove: &[], toml: "title = \"ett öppet hus\n", at: "" },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "title = \"ett öppet hus\"",
        at: "",
    },
};

pub(super) const UNKNOWN_KEY: Rule = Rule {
    code: codes::UNKNOWN_KEY,
    slug: "unknown-key",
    title: "Nyckeln finns inte",
    gravity: Gravity::Absolute,
    since: "0.1.0",
    source: "registrets format",
    why: "En felstavad nyckel läses inte. Det som står där skulle saknas i dokumenten utan att någon märkte det.",
    check: Check::Reading,
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "pupose = \"att mötas\"",
        at: "pupose",
    },
    good: Example {
        file: "agreements/oppet-hus.toml", remove: &[], toml: "purpose = \"att mötas\"", at: ""
    },
};

pub(super) const MISSING_KEY: Rule = Rule {
    code: codes::MISSING_KEY,
    slug: "missing-key",
    title: "En nyckel som måste finnas saknas",
    gravity: Gravity::Absolute,
    since: "0.1.0",
    source: "registrets format",
    why: "Utan uppgiften går avtalet inte att granska.",
    check: Check::Reading,
    bad: Example { file: "agreements/oppet-hus.toml", remove: &["activity"], toml: "", at: "activity" },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "activity = \"oppet-hus-2\"",
        at: "",
    },
};

pub(super) const TYPE: Rule = Rule {
    code: codes::TYPE,
    slug: "wrong-type",
    title: "Värdet är av fel slag",
    gravity: Gravity::Absolute,
    since: "0.1.0",
    source: "registrets format",
    why: "Ett belopp som är skrivet med decimalpunkt kan läsas på mer än ett sätt.",
    check: Check::Reading,
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "funding.2024.amount = 500000.5",
        at: "funding.2024.amount",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "funding.2024.amount = \"500000,50\"",
        at: "",
    },
};

pub(super) const DOMAIN: Rule = Rule {
    code: codes::DOMAIN,
    slug: "outside-domain",
    title: "Värdet ligger utanför det som är tillåtet",
    gravity: Gravity::Absolute,
    since: "0.1.0",
    source: "registrets format",
    why: "Ett ord som inte finns, en månad 13 eller ett tecken som inte syns säger inte det som den som skrev menade.",
    check: Check::Reading,
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "payout_plan.halvar.months = [1, 13]",
        at: "payout_plan.halvar.months[1]",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "payout_plan.halvar.months = [1, 12]",
        at: "",
    },
};

pub(super) const FILE_NAME: Rule = Rule {
    code: codes::FILE_NAME,
    slug: "file-name",
    title: "Filnamnet kan inte vara ett namn i registret",
    gravity: Gravity::Absolute,
    since: "0.1.0",
    source: "registrets format",
    why: "Filens namn är avtalets namn i hänvisningar, mappar och kalendrar och får bara ha tecken som är lika överallt. Ett namn som Windows har reserverat (con, aux, nul), eller som bara skiljer sig från ett annat i stora och små bokstäver, går inte att hämta till alla datorer.",
    check: Check::Reading,
    bad: Example {
        file: "indexes/Öppna priser.toml",
        remove: &[],
        toml: "title = \"öppna priser\"\nkind = \"level\"\npublisher = \"kommunen\"\nvalue = {}\n",
        at: "",
    },
    good: Example {
        file: "indexes/oppna-priser.toml",
        remove: &[],
        toml: "title = \"öppna priser\"\nkind = \"level\"\npublisher = \"kommunen\"\nvalue = {}\n",
        at: "",
    },
};

pub(super) const TEMPLATE: Rule = Rule {
    code: codes::TEMPLATE,
    slug: "template",
    title: "En av kommunens mallar går inte att läsa",
    gravity: Gravity::Absolute,
    since: "0.1.0",
    source: "registrets format",
    why: "Då används den inbyggda mallen, och dokumentet får inte kommunens text.",
    check: Check::Reading,
    bad: Example { file: "templates/clauses/purpose.md", remove: &[], toml: "# Syfte\n\n{% if %}\n", at: "" },
    good: Example {
        file: "templates/clauses/purpose.md",
        remove: &[],
        toml: "# Syfte\n\nSyftet är {{ agreement.purpose }}.\n",
        at: "",
    },
};

pub(super) const STATIONERY: Rule = Rule {
    code: codes::STATIONERY,
    slug: "stationery",
    title: "Ett typsnitt eller en logotyp går inte att använda",
    gravity: Gravity::Absolute,
    since: "0.1.0",
    source: "registrets format",
    why: "Dokumenten skulle få ett annat utseende än kommunen har bestämt.",
    check: Check::Reading,
    bad: Example { file: "iop.toml", remove: &[], toml: "pdf.font = \"Ådala Sans\"", at: "pdf.font" },
    good: Example { file: "iop.toml", remove: &[], toml: "pdf.font = \"Libertinus Serif\"", at: "" },
};
