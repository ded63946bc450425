//! One mail: text, HTML and calendar as alternatives, the calendar last, and the same calendar attached
//! byte for byte (RFC 6047). With the calendar elsewhere, programs show no buttons.

use std::time::SystemTime;

use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use minijinja::{Value, context};

use crate::calendar::{Fate, Method, Revision, cancellation, clean, own_lines, request};
use crate::diagnostics::{Diagnostic, Sources};
use crate::invitees::Invitee;
use crate::itip::{Item, Letter, SessionPlan, Why, hash, moment};
use crate::locale::{Lang, Text};
use crate::model::{Programme, Session};
use crate::render::document::{Block, Document, Standing};
use crate::render::template::{MAIL, Templates, blocks_value, inlines_value};
use crate::render::{html, text};
use crate::time::clock_of;
use crate::view::{View, mail_link};

const CALENDAR_FILE: &str = "invite.ics";

/// A mail, as it is handed to a server or written to a file.
#[derive(Clone, Debug)]
pub struct Mail {
    pub from: String,
    pub to: String,
    pub bytes: Vec<u8>,
    /// The calendar in it.
    pub calendar: Vec<u8>,
}

/// Why a mail could not be made.
#[derive(Debug)]
pub enum Fault {
    Template(Box<Diagnostic>),
    Other(Text),
}

/// Makes the mails of a programme.
pub struct Composer<'a> {
    pub programme: &'a Programme,
    pub sources: &'a Sources,
    pub templates: &'a Templates,
}

impl Composer<'_> {
    /// The mail of a letter; the same letter gives the same bytes.
    ///
    /// # Errors
    /// Where a template cannot be followed, or where the calendar cannot be written.
    pub fn compose(&self, plan: &SessionPlan, item: &Item, letter: &Letter) -> Result<Mail, Fault> {
        let other = |error: crate::calendar::Error| Fault::Other(error.message());
        let message = &letter.message;
        let revision = Revision {
            uid: message.uid.clone(),
            stamp: message.dtstamp,
            sequence: message.sequence,
            participation: letter.content.participation(),
        };
        let session = self.programme.sessions.iter().find(|session| session.id.as_str() == message.session);
        let (invitation, template, context) = match (&item.invitee, session, message.method) {
            (Some(invitee), Some(session), Method::Request) => {
                let invitation = request(self.programme, session, invitee, revision).map_err(other)?;
                let context = self.invitation(item, session, invitee);
                (invitation, "invitation", context)
            }
            _ => {
                let withdrawn = letter.withdraws();
                let fate = if withdrawn { Fate::Held } else { Fate::Cancelled };
                let invitation = cancellation(&self.programme.group, &letter.content.told(&message.to), fate, revision);
                let place = item.place.as_ref().unwrap_or(&plan.place);
                let time = moment(&self.programme.group, place, (letter.content.start, letter.content.end), item.lang);
                let context = context! { title => invitation.event.summary.clone(), time, withdrawn };
                (invitation, "cancellation", context)
            }
        };
        let calendar = invitation.bytes().map_err(other)?;
        let lang = item.lang;
        let context = context! {
            reason => letter.reason.clone(),
            name => letter.content.name.clone(),
            contact => self.contact(lang),
            ..context
        };
        let blocks = self.templates.document(self.sources, template, lang, context).map_err(Fault::Template)?;
        let subject = self.subject(letter, lang);
        let view = View { programme: self.programme, templates: self.templates, lang };
        let document = Document { lang, title: subject.clone(), author: view.signer(), standing: Standing::Final, blocks };
        let page = context! { title => subject.clone(), body => html::render(&document) };
        let page = self.templates.page(self.sources, MAIL, page, lang).map_err(Fault::Template)?;
        self.assemble(letter, &subject, text::render(&document), page, calendar)
    }

    fn subject(&self, letter: &Letter, lang: Lang) -> String {
        let key = format!("subject-{}", letter.reason);
        let word = self.templates.word(&key, lang).unwrap_or_default();
        one_line(&format!("{word}: {}", letter.content.title))
    }

    fn contact(&self, lang: Lang) -> Option<Value> {
        let group = &self.programme.group;
        let organizer = group.organizer.as_ref()?;
        Some(
            context! { name => group.party(organizer.party).label(lang), email => inlines_value(vec![mail_link(&organizer.email)]) },
        )
    }

    fn invitation(&self, item: &Item, session: &Session, invitee: &Invitee) -> Value {
        let lang = item.lang;
        let place = invitee.place(&self.programme.group, session);
        let view = View { programme: self.programme, templates: self.templates, lang };
        let changes: Vec<String> = item
            .why
            .iter()
            .filter(|why| why.is_change())
            .map(|why| why.text(&self.programme.group, &place).get(lang).to_owned())
            .collect();
        let said = |text: &Option<Text>| text.as_ref().map(|text| text.get(lang).to_owned());
        let documents: Vec<String> =
            session.documents.iter().map(|document| format!("{}: {}", document.title.get(lang), document.link.value)).collect();
        context! {
            session => view.session(session),
            agenda => blocks_value(vec![Block::Table(view.agenda(session, Some(&place)))]),
            changes => changes,
            moved => item.why.iter().any(|why| matches!(why, Why::Time { .. })),
            again => item.why.contains(&Why::Reinstated),
            same => item.why.iter().all(|why| matches!(why, Why::Language | Why::Name)),
            own => own_lines(&self.programme.group, session, invitee, &place),
            clock => session.time().map(|(start, _)| clock_of(&place, start, lang)),
            how_to_join => said(&session.how_to_join),
            interpretation => said(&session.interpretation),
            documents => documents,
        }
    }

    fn assemble(&self, letter: &Letter, subject: &str, plain: String, page: String, calendar: Vec<u8>) -> Result<Mail, Fault> {
        let group = &self.programme.group;
        let Some(organizer) = &group.organizer else {
            return Err(Fault::Other(Text::fixed("the group has no organizer", "el grupo no tiene quien organice")));
        };
        let message = &letter.message;
        let lang = letter.content.language();
        let from = mailbox(&group.party(organizer.party).label(lang), &organizer.email)?;
        let to = mailbox(&letter.content.name, &message.to)?;
        let boundary = |part: &str| format!("=_{}", hash(&[message.mail.as_bytes(), part.as_bytes()]));
        let kind = |text: String| ContentType::parse(&text).map_err(|error| Fault::Other(Text::same(error.to_string())));
        let method = message.method.word();
        let inline = SinglePart::builder()
            .header(kind(format!("text/calendar; charset=UTF-8; method={method}"))?)
            .header(ContentTransferEncoding::Base64)
            .body(calendar.clone());
        let attached = SinglePart::builder()
            .header(kind(format!("application/ics; name=\"{CALENDAR_FILE}\""))?)
            .header(ContentTransferEncoding::Base64)
            .header(ContentDisposition::attachment(CALENDAR_FILE))
            .body(calendar.clone());
        let alternatives = MultiPart::alternative()
            .boundary(boundary("alternative"))
            .singlepart(SinglePart::plain(plain))
            .singlepart(SinglePart::html(page))
            .singlepart(inline);
        let body = MultiPart::mixed().boundary(boundary("mixed")).multipart(alternatives).singlepart(attached);
        let mail = Message::builder()
            .from(from)
            .to(to)
            .subject(subject)
            .date(SystemTime::from(message.dtstamp))
            .message_id(Some(format!("<{}>", message.mail)))
            .multipart(body)
            .map_err(|error| Fault::Other(Text::same(error.to_string())))?;
        Ok(Mail { from: organizer.email.clone(), to: message.to.clone(), bytes: mail.formatted(), calendar })
    }
}

/// The Message-ID of a mail, without its brackets.
pub fn message_id(octets: &[u8]) -> Option<String> {
    let mail = mail_parser::MessageParser::default().parse_headers(octets)?;
    mail.message_id().map(str::to_owned)
}

fn mailbox(name: &str, email: &str) -> Result<Mailbox, Fault> {
    let address: Address = email.parse().map_err(|_| {
        let email = email.escape_debug();
        Fault::Other(crate::text!("`{email}` is no mail address", "`{email}` no es una dirección de correo"))
    })?;
    Ok(Mailbox::new(Some(one_line(name)), address))
}

/// A header is one line, whatever was written.
fn one_line(text: &str) -> String {
    clean(text).replace('\n', " ")
}
