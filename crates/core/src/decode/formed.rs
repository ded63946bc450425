//! Texts of a form: mail addresses, domains, links.

use serde_json::{Value as Json, json};

use super::{Line, Node, Value, rules};
use crate::diagnostics::Diagnostic;
use crate::locale::{Lang, Text};
use crate::text;

/// A mail address, as [`is_mail_address`] tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Email(pub String);

/// An internet domain (RFC 1035 §2.3.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Domain(pub String);

/// The address of a page (RFC 3986), over HTTP.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link(pub String);

/// Whether a text is a mail address that every mail and calendar program takes as it stands: a dot-atom
/// (RFC 5322 §3.2.3) of characters that a `mailto:` need not encode (RFC 6068 §2) at a domain. Programs
/// compare addresses in calendars letter by letter: an encoded one would be somebody else to them.
///
/// ```
/// use convoca_core::decode::is_mail_address;
/// assert!(is_mail_address("ana.o'neill+mirps@example.org"));
/// assert!(!is_mail_address("ana?@example.org") && !is_mail_address("ana..b@example.org"));
/// ```
pub fn is_mail_address(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!$'*+-_~".contains(c);
    let atom = |atom: &str| !atom.is_empty() && atom.chars().all(allowed);
    text.rsplit_once('@').is_some_and(|(name, domain)| name.len() <= 64 && name.split('.').all(atom) && is_domain(domain))
}

/// The address of a folder on the web (RFC 3986), over HTTP, with the `/` at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder(pub String);

/// A text of a form, or a finding that shows the form.
fn formed(
    node: Node<'_>,
    is_formed: impl Fn(&str) -> bool,
    what: Text,
    help: Text,
    findings: &mut Vec<Diagnostic>,
) -> Option<String> {
    let Line(text) = Line::decode(node, findings)?;
    if is_formed(&text) {
        return Some(text);
    }
    let finding =
        Diagnostic::new(&rules::WRONG_VALUE, text!(l, what = what.get(l); "`{text}` is not {what}", "`{text}` no es {what}"));
    findings.push(finding.at(node.span, Text::default()).advice(help));
    None
}

fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        let inner = |c: char| c.is_ascii_alphanumeric() || c == '-';
        !label.is_empty() && label.len() <= 63 && label.chars().all(inner) && !label.starts_with('-') && !label.ends_with('-')
    };
    text.len() <= 200 && text.contains('.') && text.split('.').all(label)
}

impl Value for Email {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let help = Text::fixed(
            "write it such as secretariat@example.org: letters without accents, digits and . - _ + before the @",
            "escríbala así: secretaria@example.org, con letras sin tilde, dígitos y . - _ + antes de la arroba",
        );
        formed(node, is_mail_address, Text::fixed("a mail address", "una dirección de correo"), help, findings).map(Email)
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string", "format": "email" })
    }
}

impl Value for Domain {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let help = Text::fixed(
            "write your internet domain, such as example.org",
            "escriba su dominio de internet, por ejemplo example.org",
        );
        formed(node, is_domain, Text::fixed("an internet domain", "un dominio de internet"), help, findings).map(Domain)
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string", "format": "hostname" })
    }
}

/// What stands behind the scheme of an address of the web.
fn behind_scheme(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("https://").or(text.strip_prefix("http://"))?;
    (!rest.is_empty() && !text.contains(char::is_whitespace)).then_some(rest)
}

impl Value for Folder {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let is_plain = |c: char| {
            c.is_ascii_graphic() && !matches!(c, '?' | '#' | '@' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
        };
        let is_folder =
            |text: &str| behind_scheme(text).is_some_and(|rest| !rest.starts_with(['/', ':']) && rest.chars().all(is_plain));
        let help = Text::fixed(
            "write the address of the folder, such as https://example.org/meetings/, without user, `?` or `#`",
            "escriba la dirección de la carpeta, por ejemplo https://example.org/reuniones/, sin usuario, `?` ni `#`",
        );
        let what = Text::fixed("the address of a folder on the web", "la dirección de una carpeta en la web");
        let written = formed(node, is_folder, what, help, findings)?;
        Some(Folder(format!("{}/", written.trim_end_matches('/'))))
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string", "format": "uri" })
    }
}

impl Value for Link {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let is_link = |text: &str| behind_scheme(text).is_some();
        let help = Text::fixed("copy the whole address, with its https://", "copie la dirección completa, con su https://");
        formed(node, is_link, Text::fixed("the address of a page", "la dirección de una página"), help, findings).map(Link)
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string", "format": "uri" })
    }
}
