//! Texts of a form: mail addresses, domains, links.

use serde_json::{Value as Json, json};

use super::{Line, Node, Value, rules};
use crate::diagnostics::Diagnostic;
use crate::locale::{Lang, Text};
use crate::text;

/// A mail address (the form of RFC 5321 that mail programs take everywhere).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Email(pub String);

/// An internet domain (RFC 1035 §2.3.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Domain(pub String);

/// The address of a page (RFC 3986), over HTTP.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link(pub String);

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
        let allowed = |c: char| c.is_ascii_alphanumeric() || ".!#$&'*+-/=?^_`{|}~".contains(c);
        let is_email = |text: &str| {
            text.rsplit_once('@').is_some_and(|(name, domain)| {
                !name.is_empty() && name.len() <= 64 && name.chars().all(allowed) && is_domain(domain)
            })
        };
        let help = Text::fixed("write it such as secretariat@example.org", "escríbalo así: secretaria@example.org");
        formed(node, is_email, Text::fixed("a mail address", "una dirección de correo"), help, findings).map(Email)
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

impl Value for Link {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let is_link = |text: &str| {
            let rest = text.strip_prefix("https://").or(text.strip_prefix("http://"));
            rest.is_some_and(|rest| !rest.is_empty() && !text.contains(char::is_whitespace))
        };
        let help = Text::fixed("copy the whole address, with its https://", "copie la dirección completa, con su https://");
        formed(node, is_link, Text::fixed("the address of a page", "la dirección de una página"), help, findings).map(Link)
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string", "format": "uri" })
    }
}
