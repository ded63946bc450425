//! Mail addresses as the programme and the ledger compare them.

use std::borrow::Cow;

/// An address as it is compared. RFC 5321 (section 2.4) lets a server tell capitals apart before the @, and none
/// does; people write them as they like.
///
/// ```
/// assert_eq!(convoca_core::model::address("Alcaldia@Example.ORG"), "alcaldia@example.org");
/// ```
pub fn address(email: &str) -> Cow<'_, str> {
    if email.chars().any(char::is_uppercase) { email.to_lowercase().into() } else { email.into() }
}
