//! The folders of a mailbox: their names on the wire, and which of them keeps drafts or what was sent (RFC 6154).

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::response::{Piece, Response, Value, Values};

/// Folders of a mailbox that are looked through.
pub(super) const MOST_FOLDERS: usize = 10_000;

/// What a folder is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Drafts,
    Sent,
}

impl Purpose {
    /// As a server marks it (RFC 6154 §2).
    fn attribute(self) -> &'static str {
        match self {
            Purpose::Drafts => "\\DRAFTS",
            Purpose::Sent => "\\SENT",
        }
    }

    /// What people and programs call it where the server marks nothing, the likeliest first.
    fn names(self) -> &'static [&'static str] {
        match self {
            Purpose::Drafts => &["drafts", "borradores", "rascunhos", "draft"],
            Purpose::Sent => &[
                "sent",
                "sent items",
                "sent mail",
                "sent messages",
                "enviados",
                "elementos enviados",
                "correo enviado",
                "mensajes enviados",
                "itens enviados",
            ],
        }
    }
}

/// A folder, by its name as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder(String);

impl Folder {
    /// The folder that people call so.
    pub fn named(name: &str) -> Folder {
        Folder(encoded(name))
    }

    /// As people read it.
    pub fn name(&self) -> String {
        decoded(&self.0).unwrap_or_else(|| self.0.clone())
    }

    /// As it stands in a command.
    pub(super) fn quoted(&self) -> String {
        format!("\"{}\"", self.0.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// A folder as the server lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub folder: Folder,
    /// In capitals.
    attributes: Vec<String>,
    separator: Option<char>,
}

impl Listed {
    /// What `* LIST (\Sent) "/" "Sent"` says; `None` where the response is another, or names what nobody can open.
    pub(super) fn of(response: Response) -> Option<Listed> {
        let mut pieces = response.into_iter();
        let Some(Piece::Line(first)) = pieces.next() else { return None };
        let rest = first.strip_prefix(b"* ")?;
        let is_list = rest.get(..6).is_some_and(|word| word.eq_ignore_ascii_case(b"LIST ("));
        let rest = rest.get(6..).filter(|_| is_list)?;
        let end = rest.iter().position(|octet| *octet == b')')?;
        let (attributes, rest) = rest.split_at(end);
        let attributes = String::from_utf8_lossy(attributes).to_ascii_uppercase();
        let attributes: Vec<String> = attributes.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let mut values = Values::new(rest.get(1..)?.to_vec(), pieces);
        let separator = match values.next()? {
            Value::Word(word) if word.len() == 1 => word.first().copied().map(char::from),
            Value::Word(_) => None,
            _ => return None,
        };
        let (Value::Word(name) | Value::Literal(name)) = values.next()? else { return None };
        // What a command could not hold again is none of ours.
        let name = String::from_utf8(name).ok().filter(|name| !name.is_empty() && !name.contains(char::is_control))?;
        let can_be_opened = !attributes.iter().any(|word| word == "\\NOSELECT" || word == "\\NONEXISTENT");
        can_be_opened.then_some(Listed { folder: Folder(name), attributes, separator })
    }

    /// Its name alone, without those of the folders around it, in small letters.
    fn own_name(&self) -> String {
        let name = self.folder.name().to_lowercase();
        match self.separator {
            Some(separator) => name.rsplit(separator).next().unwrap_or_default().to_owned(),
            None => name,
        }
    }
}

/// The folder that serves a purpose: the one that the server marks, or else the one that has a usual name.
pub(super) fn chosen(listed: &[Listed], purpose: Purpose) -> Option<&Folder> {
    let marked = listed.iter().find(|one| one.attributes.iter().any(|word| word == purpose.attribute()));
    let called = || purpose.names().iter().find_map(|name| listed.iter().find(|one| one.own_name() == *name));
    marked.or_else(called).map(|one| &one.folder)
}

/// The folder that somebody means by a name: the very one, or the only one that is called so without what stands around it,
/// in whatever case ("enviados" is "INBOX.Enviados").
pub(super) fn called<'l>(listed: &'l [Listed], name: &str) -> Option<&'l Folder> {
    let small = name.to_lowercase();
    let very = listed.iter().find(|one| one.folder.name() == name);
    let mut alike = listed.iter().filter(|one| one.folder.name().to_lowercase() == small || one.own_name() == small);
    let only = match (alike.next(), alike.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    };
    very.or(only).map(|one| &one.folder)
}

/// The name of a folder as it goes over the wire (RFC 3501 §5.1.3): what is not ASCII in UTF-16 and a
/// Base64 of its own.
fn encoded(name: &str) -> String {
    let is_plain = |sign: &char| matches!(sign, ' '..='~');
    let mut wire = String::new();
    let mut rest = name;
    while let Some(sign) = rest.chars().next() {
        if is_plain(&sign) {
            wire.push(sign);
            if sign == '&' {
                wire.push('-');
            }
            rest = &rest[1..];
            continue;
        }
        let end = rest.find(|sign| is_plain(&sign)).unwrap_or(rest.len());
        let octets: Vec<u8> = rest[..end].encode_utf16().flat_map(u16::to_be_bytes).collect();
        let base64 = BASE64_STANDARD.encode(octets).replace('/', ",");
        wire.push_str(&format!("&{}-", base64.trim_end_matches('=')));
        rest = &rest[end..];
    }
    wire
}

/// The same, read; `None` where it is not written so.
fn decoded(wire: &str) -> Option<String> {
    let mut name = String::new();
    let mut rest = wire;
    while let Some((plain, behind)) = rest.split_once('&') {
        name.push_str(plain);
        let (base64, behind) = behind.split_once('-')?;
        rest = behind;
        if base64.is_empty() {
            name.push('&');
            continue;
        }
        let padding = "=".repeat((4 - base64.len() % 4) % 4);
        let octets = BASE64_STANDARD.decode(format!("{}{padding}", base64.replace(',', "/"))).ok()?;
        let units: Vec<u16> = octets.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        name.push_str(&String::from_utf16(&units).ok()?);
    }
    name.push_str(rest);
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_folders_go_over_the_wire_as_rfc_3501_has_it() {
        for (name, wire) in [
            ("INBOX", "INBOX"),
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("Sesión & más", "Sesi&APM-n &- m&AOE-s"),
            ("a\r\nb", "a&AA0ACg-b"),
        ] {
            assert_eq!(encoded(name), wire);
            assert_eq!(Folder(wire.to_owned()).name(), name);
        }
        assert_eq!(Folder("R&D".to_owned()).name(), "R&D", "as it stands where it is not written so");
        assert_eq!(Folder::named("a\"b\\c").quoted(), "\"a\\\"b\\\\c\"");
    }

    fn listed(lines: &[&str]) -> Vec<Listed> {
        let response = |line: &&str| match line.split_once("{}") {
            Some((line, literal)) => {
                vec![Piece::Line(line.into()), Piece::Literal(literal.into()), Piece::Line(Vec::new())]
            }
            None => vec![Piece::Line((*line).into())],
        };
        lines.iter().map(response).filter_map(Listed::of).collect()
    }

    #[test]
    fn a_folder_is_found_by_what_people_call_it() {
        let listed = listed(&[
            "* LIST () \".\" \"INBOX.Enviados\"",
            "* LIST () \".\" \"INBOX.Sesi&APM-n\"",
            "* LIST () \".\" \"INBOX.Viejos.Borradores\"",
            "* LIST () \".\" \"INBOX.Borradores\"",
        ]);
        let found = |name| called(&listed, name).map(Folder::name);
        assert_eq!(found("enviados").as_deref(), Some("INBOX.Enviados"));
        assert_eq!(found("SESIÓN").as_deref(), Some("INBOX.Sesión"));
        assert_eq!(found("INBOX.Borradores").as_deref(), Some("INBOX.Borradores"));
        assert_eq!((found("Borradores"), found("Borradorez")), (None, None), "two, and none");
    }

    #[test]
    fn the_folder_that_serves_a_purpose_is_found() {
        let found = |lines: &[&str], purpose| chosen(&listed(lines), purpose).map(Folder::name);
        let dovecot = [
            "* LIST (\\HasNoChildren \\Drafts) \".\" Borrador",
            "* LIST (\\HasNoChildren \\Sent) \".\" {}Salida",
            "* LIST (\\HasNoChildren) \".\" Sent",
        ];
        assert_eq!(found(&dovecot, Purpose::Drafts).as_deref(), Some("Borrador"));
        assert_eq!(found(&dovecot, Purpose::Sent).as_deref(), Some("Salida"), "what is marked comes first");
        let gmail = ["* LIST (\\Noselect) \"/\" \"[Gmail]\"", "* list () \"/\" \"[Gmail]/Enviados\"", "* LIST () \"/\" INBOX"];
        assert_eq!(found(&gmail, Purpose::Sent).as_deref(), Some("[Gmail]/Enviados"));
        let exchange = ["* LIST (\\HasNoChildren) \"/\" \"Elementos enviados\"", "* LIST (\\HasNoChildren) NIL Drafts"];
        assert_eq!(found(&exchange, Purpose::Sent).as_deref(), Some("Elementos enviados"));
        assert_eq!(found(&exchange, Purpose::Drafts).as_deref(), Some("Drafts"));
        assert_eq!(found(&["* LIST () \"/\" Presented", "* LIST () \"/\" {}Sent\r\na DELETE"], Purpose::Sent), None);
        assert_eq!(listed(&["* LIST", "* LIST (", "* LIST ()", "* LIST () \"/\"", "* OK LIST () \"/\" x", ""]), []);
    }
}
