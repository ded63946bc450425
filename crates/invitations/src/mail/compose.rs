//! One mail: text, HTML and calendar as alternatives, the calendar last, and the same calendar attached
//! byte for byte (RFC 6047). With the calendar elsewhere, programs show no buttons.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use minijinja::{Value, context};

use super::mailto::encoded;
use crate::calendar::{CancelReason, Invitation, Method, Revision, Status, cancellation, clean, own_lines, request, turned_down};
use crate::diagnostics::{Diagnostic, Sources};
use crate::document::{Block, Inline, Standing};
use crate::formats::{html, text};
use crate::invitees::Invitee;
use crate::itip::{Item, Letter, SessionPlan, Why, hash, instant, moment};
use crate::ledger::{Answer, Reason};
use crate::links::{ANSWERS, mark, word};
use crate::locale::{Lang, Text, dates};
use crate::model::{Programme, Session};
use crate::templates::{MAIL, Templates, blocks_value, inlines_value};
use crate::time::{Place, clock_of};
use crate::view::{View, mail_link};

const CALENDAR_FILE: &str = "invite.ics";
/// Letters of a subject.
const LONGEST_SUBJECT: usize = 200;

/// A mail, as it is handed to a server or written to a file.
#[derive(Clone, Debug)]
pub struct Mail {
    pub from: String,
    pub to: String,
    /// Who gets a copy.
    pub copies: Vec<String>,
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

/// By session and language: a value for each place.
type Worded = HashMap<(String, Lang), Vec<(Place, Value)>>;

/// Makes the mails of a programme.
pub struct Composer<'a> {
    pub programme: &'a Programme,
    pub sources: &'a Sources,
    pub templates: &'a Templates,
    /// From which the links for those without a calendar program are made; without it there are none.
    pub secret: Option<&'a str>,
    /// Sessions as templates see them, worded once for all who join from one place in one language.
    worded: Mutex<Worded>,
}

impl<'a> Composer<'a> {
    pub fn new(programme: &'a Programme, sources: &'a Sources, templates: &'a Templates) -> Composer<'a> {
        Composer { programme, sources, templates, secret: None, worded: Mutex::default() }
    }

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
                let context = context! { links => self.links(item.lang, letter), ..self.invitation(item, session, invitee) };
                (invitation, "invitation", context)
            }
            (_, _, Method::DeclineCounter) => self.turned_down(plan, item, letter, revision),
            _ => {
                let withdrawn = letter.withdraws();
                let replaced = letter.reason == Reason::Replace;
                let reason = match (withdrawn, replaced) {
                    (true, _) => CancelReason::NoLongerInvited,
                    (_, true) => CancelReason::Replaced,
                    _ => CancelReason::SessionCancelled,
                };
                let mut invitation = cancellation(&self.programme.group, &letter.content.told(&message.to), reason, revision);
                let why = session.and_then(|session| session.reason.as_ref()).filter(|_| !withdrawn && !replaced);
                let why = why.map(|why| why.get(item.lang).to_owned());
                let postponed = session.and_then(|session| session.postponed_to).filter(|_| !withdrawn && !replaced);
                let postponed = postponed.map(|day| dates::long_date(item.lang, day));
                let moved = postponed.as_ref().map(|day| {
                    let word = self.templates.word("mail-postponed", item.lang).unwrap_or_default();
                    format!("{word} {day}.")
                });
                for said in why.iter().chain(&moved) {
                    invitation.event.description.push_str(&format!("\n{said}"));
                }
                let place = item.place.as_ref().unwrap_or(&plan.place);
                let time = moment(&self.programme.group, place, (letter.content.start, letter.content.end), item.lang);
                let context = context! { title => invitation.event.summary.clone(), time, withdrawn, replaced, why, postponed };
                (invitation, "cancellation", context)
            }
        };
        let calendar = invitation.bytes().map_err(other)?;
        let lang = item.lang;
        let context = context! {
            reason => letter.reason.id(),
            name => letter.content.name.clone(),
            contact => self.contact(lang),
            ..context
        };
        let is_postponed = letter.reason == Reason::Cancel && session.is_some_and(|session| session.postponed_to.is_some());
        let key = if is_postponed { "postpone" } else { letter.reason.id() };
        let subject = self.subject(key, letter, item.place.as_ref().unwrap_or(&plan.place), lang);
        let document = self.view(lang).document(template, context, Standing::Final, |_| subject.clone());
        let document = document.map_err(Fault::Template)?;
        let page = context! { title => subject.clone(), body => html::render(&document) };
        let page = self.templates.page(self.sources, MAIL, page, self.programme.group.tag(lang)).map_err(Fault::Template)?;
        self.assemble(item, letter, &subject, text::render(&document), page, calendar)
    }

    /// The answer to another time that somebody proposed.
    fn turned_down(
        &self,
        plan: &SessionPlan,
        item: &Item,
        letter: &Letter,
        revision: Revision,
    ) -> (Invitation, &'static str, Value) {
        let (group, lang) = (&self.programme.group, item.lang);
        let place = item.place.as_ref().unwrap_or(&plan.place);
        let said = item.why.iter().find_map(|why| match why {
            Why::TurnedDown { proposed, comment } => Some((*proposed, comment.clone())),
            _ => None,
        });
        let (proposed, comment) = said.unwrap_or_default();
        let told = letter.content.told(&letter.message.to);
        let status = letter.content.status.unwrap_or(Status::Confirmed);
        let invitation = turned_down(group, &told, status, comment.as_deref(), revision);
        let context = context! {
            title => told.title.clone(),
            time => moment(group, place, (told.start, told.end), lang),
            proposed => proposed.map(|start| instant(group, place, start, lang)),
            comment,
            links => self.links(lang, letter),
        };
        (invitation, "turned-down", context)
    }

    pub(super) fn view(&self, lang: Lang) -> View<'_> {
        View { sources: self.sources, programme: self.programme, templates: self.templates, lang }
    }

    /// Day and hour by the recipient's clock come first: a telephone shows forty letters of a subject.
    fn subject(&self, key: &str, letter: &Letter, place: &Place, lang: Lang) -> String {
        let word = self.templates.word(&format!("subject-{key}"), lang).unwrap_or_default();
        let start = place.zone.local(letter.content.start).time;
        let hour = self.programme.group.worded_hour(lang, &place.zone, start.time());
        let when = format!("{}, {hour}", dates::day_month(lang, start.date()));
        let subject = one_line(&format!("{word}: {when} – {}", letter.content.title));
        // No line of a header may pass 998 octets (RFC 5322 §2.1.1), and a word without blanks is not folded.
        subject.chars().take(LONGEST_SUBJECT).collect()
    }

    pub(super) fn contact(&self, lang: Lang) -> Option<Value> {
        let group = &self.programme.group;
        let organizer = group.organizer.as_ref()?;
        Some(
            context! { name => group.party(organizer.party).label(lang), email => inlines_value(vec![mail_link(&organizer.email)]) },
        )
    }

    /// The three answers as links, each with what it opens.
    fn links(&self, lang: Lang, letter: &Letter) -> Option<Vec<Value>> {
        let sender = self.programme.group.organizer.as_ref()?.sends();
        let mark = mark(self.secret?, &letter.message.uid, &letter.message.to, letter.content.start);
        let link = |answer| {
            let word = word(answer, lang);
            let body = match answer {
                Answer::Counter => format!("&body={}", encoded(Text::fixed("I propose: ", "Propongo: ").get(lang))),
                _ => String::new(),
            };
            let url = format!("mailto:{sender}?subject={}{body}", encoded(&format!("{word} [{mark}]")));
            inlines_value(vec![Inline::Link { url, content: vec![Inline::Text(word.to_owned())] }])
        };
        Some(ANSWERS.map(link).into())
    }

    fn invitation(&self, item: &Item, session: &Session, invitee: &Invitee) -> Value {
        let lang = item.lang;
        let place = invitee.place(&self.programme.group, session);
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
            changes => changes,
            moved => item.why.iter().any(|why| matches!(why, Why::Time { .. })),
            again => item.why.contains(&Why::Reinstated),
            same => item.why.iter().all(|why| matches!(why, Why::Language | Why::Name)),
            own => own_lines(&self.programme.group, session, invitee, &place),
            clock => session.time().map(|(start, _)| clock_of(&place, start, lang)),
            how_to_join => said(&session.how_to_join),
            interpretation => said(&session.interpretation),
            documents => documents,
            ..self.worded(session, &place, lang)
        }
    }

    /// A session and its agenda by the clock of a place.
    fn worded(&self, session: &Session, place: &Place, lang: Lang) -> Value {
        // A thread that panicked left nothing half done here.
        let worded = || self.worded.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (session.id.value.clone(), lang);
        let known = |known: &Vec<(Place, Value)>| known.iter().find(|(own, _)| own == place).map(|(_, value)| value.clone());
        if let Some(value) = worded().get(&key).and_then(known) {
            return value;
        }
        let view = self.view(lang);
        let agenda = blocks_value(vec![Block::Table(view.agenda(session, Some(place)))]);
        let value = context! { session => view.session(session), agenda };
        worded().entry(key).or_default().push((place.clone(), value.clone()));
        value
    }

    fn assemble(
        &self,
        item: &Item,
        letter: &Letter,
        subject: &str,
        plain: String,
        page: String,
        calendar: Vec<u8>,
    ) -> Result<Mail, Fault> {
        let group = &self.programme.group;
        let Some(organizer) = &group.organizer else {
            return Err(Fault::Other(Text::fixed("the group has no organizer", "el grupo no tiene quien organice")));
        };
        let message = &letter.message;
        let lang = letter.content.language();
        let from = mailbox(&group.party(organizer.party).label(lang), organizer.sends())?;
        let to = mailbox(&letter.content.name, &message.to)?;
        let boundary = |part: &str| format!("=_{}", hash(&[message.mail.as_bytes(), part.as_bytes()]));
        let kind = |text: String| ContentType::parse(&text).map_err(|error| Fault::Other(Text::same(error.to_string())));
        let method = message.method.word();
        // Encoded once for both places in which it stands.
        let encoded = Body::new_with_encoding(calendar.clone(), ContentTransferEncoding::Base64)
            .map_err(|_| Fault::Other(Text::fixed("its calendar cannot be encoded", "no se puede codificar su calendario")))?;
        let inline = SinglePart::builder()
            .header(kind(format!("text/calendar; charset=UTF-8; method={method}"))?)
            .header(ContentTransferEncoding::Base64)
            .body(encoded.clone());
        let attached = SinglePart::builder()
            .header(kind(format!("application/ics; name=\"{CALENDAR_FILE}\""))?)
            .header(ContentTransferEncoding::Base64)
            .header(ContentDisposition::attachment(CALENDAR_FILE))
            .body(encoded);
        let alternatives = MultiPart::alternative()
            .boundary(boundary("alternative"))
            .singlepart(SinglePart::plain(plain))
            .singlepart(SinglePart::html(page))
            .singlepart(inline);
        let body = MultiPart::mixed().boundary(boundary("mixed")).multipart(alternatives).singlepart(attached);
        let mut mail = Message::builder().from(from).to(to);
        for copy in &item.copies {
            mail = mail.cc(Mailbox::new(None, parsed(copy)?));
        }
        let mail = mail
            .subject(subject)
            .date(SystemTime::from(message.dtstamp))
            .message_id(Some(format!("<{}>", message.mail)))
            .multipart(body)
            .map_err(|error| Fault::Other(Text::same(error.to_string())))?;
        let (from, to, copies) = (organizer.sends().to_owned(), message.to.clone(), item.copies.clone());
        Ok(Mail { from, to, copies, bytes: mail.formatted(), calendar })
    }
}

/// The Message-ID of a mail, without its brackets.
pub fn message_id(octets: &[u8]) -> Option<String> {
    let mail = mail_parser::MessageParser::default().parse_headers(octets)?;
    mail.message_id().map(str::to_owned)
}

pub(super) fn mailbox(name: &str, email: &str) -> Result<Mailbox, Fault> {
    Ok(Mailbox::new(Some(one_line(name)), parsed(email)?))
}

fn parsed(email: &str) -> Result<Address, Fault> {
    email.parse().map_err(|_| {
        let email = email.escape_debug();
        Fault::Other(crate::text!("`{email}` is no mail address", "`{email}` no es una dirección de correo"))
    })
}

/// A header is one line, whatever was written.
pub(super) fn one_line(text: &str) -> String {
    clean(text).replace('\n', " ")
}
