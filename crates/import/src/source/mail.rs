//! Mails: the text, or the document that is attached.

use convoca_core::locale::Text;
use mail_parser::{MessageParser, MimeHeaders};

use super::{Document, html, plain};
use crate::grammar::{Meaning, marks};

/// `attachment` reads what is attached, by its name and its octets.
pub(crate) fn read(bytes: &[u8], attachment: impl Fn(&str, &[u8]) -> Result<Document, Text>) -> Result<Document, Text> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Err(Text::fixed("the mail cannot be read", "el correo no se puede leer"));
    };
    let mut found: Vec<Document> = Vec::new();
    if let Some(page) = message.body_html(0).filter(|_| message.html_body_count() > 0) {
        found.push(html::read(&page));
    }
    if let Some(text) = message.body_text(0).filter(|_| message.text_body_count() > 0) {
        found.push(plain(&text));
    }
    let mut refused = None;
    for attached in message.attachments().take(20) {
        let name = attached.attachment_name().unwrap_or_default();
        match attachment(name, attached.contents()) {
            Ok(document) => found.push(document),
            Err(why) => refused = Some(why),
        }
    }
    // The one with most hours: the agenda.
    let hours = |document: &Document| {
        document
            .lines
            .iter()
            .flat_map(|line| &line.cells)
            .flat_map(|cell| marks(cell))
            .filter(|mark| matches!(mark.meaning, Meaning::Hours { .. } | Meaning::Minutes { .. }))
            .count()
    };
    let best = found.into_iter().rev().max_by_key(hours);
    match (best, refused) {
        (Some(document), refused) if hours(&document) > 0 || refused.is_none() => Ok(document),
        (_, Some(why)) => Err(why),
        (best, None) => Ok(best.unwrap_or_default()),
    }
}
