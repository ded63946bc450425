//! Why something was not done.

use chrono::NaiveDate;
use convoca_core::edit::Refusal;
use convoca_core::locale::Text;
use convoca_core::project::Outdated;

/// Why something was not done, for the person who asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub reason: Text,
    /// What stands in its way.
    pub details: Vec<Text>,
    /// The days that what was typed can be.
    pub choices: Vec<NaiveDate>,
}

impl From<Text> for Refused {
    fn from(reason: Text) -> Refused {
        Refused { reason, details: Vec::new(), choices: Vec::new() }
    }
}

impl From<Outdated> for Refused {
    fn from(outdated: Outdated) -> Refused {
        outdated.message().into()
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Refused {
        let details = refusal.places.into_iter().map(|place| place.text).collect();
        Refused { details, ..refusal.reason.into() }
    }
}
