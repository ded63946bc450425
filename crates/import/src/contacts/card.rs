//! vCards (RFC 6350, and versions 2.1 and 3.0 as telephones and mail programs write them).

use super::{Contact, addresses, language, no_addresses};

pub(super) fn read(text: &str) -> Vec<Contact> {
    let mut found: Vec<Contact> = Vec::new();
    let mut card: Option<Card> = None;
    for (number, line) in unfolded(text) {
        let Some((key, value)) = line.split_once(':') else { continue };
        let mut parts = key.split(';');
        let name = parts.next().unwrap_or_default();
        // "item1.EMAIL"
        let name = name.rsplit('.').next().unwrap_or_default().to_ascii_uppercase();
        let parameters: Vec<String> = parts.map(str::to_ascii_uppercase).collect();
        let value =
            if parameters.iter().any(|own| own.contains("QUOTED-PRINTABLE")) { unquoted(value) } else { value.to_owned() };
        match (name.as_str(), &mut card) {
            ("BEGIN", _) => card = Some(Card { line: number, ..Card::default() }),
            ("END", own) => {
                found.extend(own.take().map(Card::contact).filter(|own| !own.name.is_empty() || !own.emails.is_empty()));
            }
            (name, Some(card)) => card.take(name, &value, parameters.iter().any(|own| own.contains("PREF"))),
            _ => {}
        }
    }
    found
}

#[derive(Default)]
struct Card {
    line: usize,
    formatted: String,
    structured: String,
    organisation: String,
    post: String,
    emails: Vec<String>,
    unread: Vec<String>,
    language: String,
}

impl Card {
    fn take(&mut self, name: &str, value: &str, preferred: bool) {
        let parts = || fields(value);
        match name {
            "FN" => self.formatted = parts().join(" "),
            "N" => {
                let parts = parts();
                let part = |at: usize| parts.get(at).cloned().unwrap_or_default();
                self.structured = format!("{} {} {}", part(1), part(2), part(0));
            }
            "ORG" => self.organisation = parts().first().cloned().unwrap_or_default(),
            "TITLE" => self.post = parts().join(" "),
            "ROLE" if self.post.is_empty() => self.post = parts().join(" "),
            "EMAIL" => {
                let own = addresses(value);
                let at = if preferred { 0 } else { self.emails.len() };
                self.emails.splice(at..at, own);
                self.unread.extend(no_addresses(value));
            }
            "LANG" if self.language.is_empty() => value.clone_into(&mut self.language),
            _ => {}
        }
    }

    fn contact(self) -> Contact {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = [&self.formatted, &self.structured].map(|name| plain(name)).into_iter().find(|name| !name.is_empty());
        let organisation = plain(&self.organisation);
        Contact {
            line: self.line,
            // The card of an organisation is called as it is.
            name: name.filter(|name| *name != organisation).unwrap_or_default(),
            organisation,
            post: plain(&self.post),
            emails: self.emails,
            unread: self.unread,
            language: language(&self.language),
            country: None,
        }
    }
}

/// Lines with those that go on them, under the number of the first.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    // Whether the last line is written so that a `=` at its end lets it go on, which its head says; and whether it does.
    let (mut is_quoted, mut soft) = (false, false);
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r').trim_start_matches('\u{feff}');
        let goes_on = line.strip_prefix([' ', '\t']).map(|rest| (rest, false)).or(soft.then_some((line, true)));
        match (goes_on, found.last_mut()) {
            (Some((rest, was_soft)), Some((_, last))) => {
                if was_soft {
                    last.pop();
                }
                last.push_str(rest);
            }
            _ => {
                let head = line.split(':').next().unwrap_or_default();
                is_quoted = head.to_ascii_uppercase().contains("QUOTED-PRINTABLE");
                found.push((at + 1, line.to_owned()));
            }
        }
        soft = is_quoted && line.ends_with('=');
    }
    found
}

/// The parts of a value between semicolons, without their escapes.
fn fields(value: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => found.push(String::new()),
            '\\' => match chars.next() {
                Some('n' | 'N') => push(&mut found, ' '),
                Some(other) => push(&mut found, other),
                None => {}
            },
            other => push(&mut found, other),
        }
    }
    found
}

fn push(parts: &mut [String], c: char) {
    if let Some(last) = parts.last_mut() {
        last.push(c);
    }
}

/// "Mar=C3=ADa"
fn unquoted(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let raw = value.as_bytes();
    let mut at = 0;
    while at < raw.len() {
        let code = raw
            .get(at + 1..at + 3)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (raw[at], code) {
            (b'=', Some(byte)) => {
                bytes.push(byte);
                at += 3;
            }
            (byte, _) => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    crate::source::decoded(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_of_every_version_are_read() {
        let text = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ruiz;Mar=C3=ADa;;Dra.;\r\n\
                    ORG;ENCODING=QUOTED-PRINTABLE:Municipalidad de =\r\nUpala\r\nEND:VCARD\r\n\
                    BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Luis Paz\\, hijo\r\nitem1.EMAIL;TYPE=work:luis@example.org\r\n\
                    EMAIL;PREF=1:l.paz@exam\r\n ple.org\r\nTITLE:Secretario\r\nLANG:es-CR\r\nEND:VCARD\r\n";
        let found = read(text);
        assert_eq!((found[0].name.as_str(), found[0].organisation.as_str()), ("María Ruiz", "Municipalidad de Upala"));
        assert_eq!((found[1].name.as_str(), found[1].post.as_str(), found[1].line), ("Luis Paz, hijo", "Secretario", 7));
        assert_eq!(found[1].emails, ["l.paz@example.org", "luis@example.org"]);
    }
}
