//! What a server says, as people may read it.

/// What a server says of the length of this many letters is enough for anybody.
const LONGEST_SHOWN: usize = 300;

/// What a server says as people may read it: many still write Latin-1.
pub(crate) fn read(octets: &[u8]) -> String {
    match std::str::from_utf8(octets) {
        Ok(text) => text.to_owned(),
        Err(_) => octets.iter().copied().map(char::from).collect(),
    }
}

/// What a server says may hold anything: on one line of some length, and nothing that a terminal obeys or
/// that turns the order of letters.
pub fn shown(said: &str) -> String {
    let is_unseen = |sign: char| {
        sign.is_control() || matches!(sign, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let text: String = said.trim().chars().take(LONGEST_SHOWN).collect();
    text.replace(is_unseen, " ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hidden_and_nothing_endless_is_shown() {
        let long = shown(&format!("\u{202e}550\u{2028}{}", "x".repeat(999)));
        assert!(long.starts_with("550 xxx") && long.chars().count() < LONGEST_SHOWN, "{long}");
    }
}
