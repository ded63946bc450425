//! Links that open a mail which is already written.

use std::fmt::Write;

/// As the query of a `mailto:` has it (RFC 6068): every octet that is no letter or digit as `%HH`, blanks too.
pub(super) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, octet| {
        match octet.is_ascii_alphanumeric() {
            true => out.push(char::from(octet)),
            // Writing to a string cannot fail.
            false => drop(write!(out, "%{octet:02X}")),
        }
        out
    })
}
