//! Why a payment or an invoice belongs to no payout.

use crate::agreement::Agreement;
use crate::payouts::Payout;
use crate::text;

/// What a payment or an invoice says of what it is for.
pub(super) struct Claim<'a> {
    /// The payout that it names.
    pub(super) payout: Option<&'a str>,
    /// The component.
    pub(super) funding: Option<&'a str>,
    /// Who has the money.
    pub(super) payee: Option<&'a str>,
}

/// Why it belongs to none.
pub(super) struct Unfit {
    /// The key that is wrong; nothing where it is none of those.
    pub(super) key: Option<&'static str>,
    /// Why, as a Swedish clause.
    pub(super) why: String,
    /// What to do.
    pub(super) help: String,
}

/// Why a claim belongs to none of the payouts, of which some take no more: `done` says what they are, and of which it is true.
/// Nothing where no key of it says why.
pub(super) fn unfit(
    agreement: &Agreement,
    payouts: &[Payout<'_>],
    claim: &Claim<'_>,
    (done, is_done): (&str, fn(&Payout<'_>) -> bool),
) -> Option<Unfit> {
    let called = |key: &str| {
        agreement.party.get(key).map_or_else(|| format!("”{key}”"), |party| party.called().to_owned())
    };
    let is_to = |payout: &Payout<'_>, payee: &str| payout.payees.is_empty() || payout.payees.contains(&payee);
    if let Some(named) = claim.payout {
        let Some(payout) = payouts.iter().find(|payout| payout.id == named) else {
            let known: Vec<&str> = payouts.iter().map(|payout| payout.id.as_str()).collect();
            return Some(Unfit {
                key: Some("payout"),
                why: format!("utbetalningen ”{named}” finns inte"),
                help: text::instead_of(named, &known),
            });
        };
        if let Some(payee) = claim.payee.filter(|payee| !is_to(payout, payee)) {
            let receivers: Vec<String> = payout.payees.iter().map(|key| called(key)).collect();
            return Some(Unfit {
                key: Some("payee"),
                why: format!("{named} går till {}, inte till {}", text::list(&receivers), called(payee)),
                help: "Rätta payee eller payout.".to_owned(),
            });
        }
        return is_done(payout).then(|| Unfit {
            key: None,
            why: format!("{named} är redan {done}"),
            help: "Är den dubbel: ta bort den. Annars: rätta payout.".to_owned(),
        });
    }
    let payee = claim.payee?;
    let mut own =
        payouts.iter().filter(|payout| claim.funding.is_none_or(|funding| funding == payout.funding));
    (!own.any(|payout| is_to(payout, payee))).then(|| Unfit {
        key: Some("payee"),
        why: match claim.funding {
            Some(funding) => format!("ingen utbetalning av ”{funding}” går till {}", called(payee)),
            None => format!("ingen utbetalning går till {}", called(payee)),
        },
        help: "Rätta payee eller funding.".to_owned(),
    })
}
