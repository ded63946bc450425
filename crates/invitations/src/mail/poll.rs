//! The mail that asks a member which dates suit them: text and HTML, in their language and by their clock.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::message::MultiPart;
use minijinja::{Value, context};

use super::compose::{Composer, Fault, Mail, mailbox, one_line};
use super::mailto::encoded;
use crate::document::{Inline, Standing};
use crate::formats::{html, text};
use crate::itip::hash;
use crate::locale::{Lang, Text, dates};
use crate::poll::{Ballot, Poll, Voice};
use crate::templates::{MAIL, inlines_value};
use crate::time::Place;

impl Composer<'_> {
    /// The mail that asks one member; `now` is its date. The same gives the same bytes.
    ///
    /// # Errors
    /// Where a template cannot be followed, or where the group has no organizer.
    pub fn ask(&self, poll: &Poll, voice: &Voice, now: DateTime<Utc>) -> Result<Mail, Fault> {
        let group = &self.programme.group;
        let Some(organizer) = &group.organizer else {
            return Err(Fault::Other(Text::fixed("the group has no organizer", "el grupo no tiene quien organice")));
        };
        let party = group.parties.iter().find(|party| party.id == voice.who);
        let lang = party.and_then(|party| party.language).or(group.languages.first().copied()).unwrap_or(Lang::Es);
        let place = group.actor(&voice.who).and_then(|who| group.place_of(&who)).unwrap_or_else(|| group.place_at(&group.zone));
        let name = party.map_or_else(|| voice.to.clone(), |party| party.name.get(lang).to_owned());
        let word = self.templates.word("subject-poll", lang).unwrap_or_default();
        let subject = one_line(&format!("{} – {word} [{}]", group.short_name().get(lang), voice.token));
        let said = |linked| {
            let numbers = (1..).zip(&poll.dates);
            let dates: Vec<Value> =
                numbers.map(|(number, date)| self.date(lang, &place, number, *date, organizer.sends(), &voice.token)).collect();
            let context =
                context! { linked, dates, name => name.clone(), place => place.name.get(lang), contact => self.contact(lang) };
            self.view(lang).document("poll", context, Standing::Final, |_| subject.clone()).map_err(Fault::Template)
        };
        // In plain text an address of such a link is longer than all the rest: the reader is told what to write.
        let (linked, plain) = (said(true)?, said(false)?);
        let page = context! { title => subject.clone(), body => html::render(&linked) };
        let page = self.templates.page(self.sources, MAIL, page, group.tag(lang)).map_err(Fault::Template)?;
        let id = hash(&[voice.token.as_bytes(), poll.poll.as_bytes()]);
        let mail = Message::builder()
            .from(mailbox(&group.party(organizer.party).label(lang), organizer.sends())?)
            .to(mailbox(&name, &voice.to)?)
            .subject(subject)
            .date(SystemTime::from(now))
            .message_id(Some(format!("<{id}@{}>", group.domain)))
            .multipart(
                MultiPart::alternative()
                    .boundary(format!("=_{id}"))
                    .singlepart(lettre::message::SinglePart::plain(text::render(&plain)))
                    .singlepart(lettre::message::SinglePart::html(page)),
            )
            .map_err(|error| Fault::Other(Text::same(error.to_string())))?;
        Ok(Mail {
            from: organizer.sends().to_owned(),
            to: voice.to.clone(),
            copies: Vec::new(),
            bytes: mail.formatted(),
            calendar: Vec::new(),
        })
    }

    fn date(
        &self,
        lang: Lang,
        place: &Place,
        number: usize,
        (start, end): (DateTime<Utc>, DateTime<Utc>),
        to: &str,
        token: &str,
    ) -> Value {
        let link = |ballot: Ballot| {
            let word = ballot.word(lang);
            let url = format!("mailto:{to}?subject={}", encoded(&format!("{number} {word} [{token}]")));
            inlines_value(vec![Inline::Link { url, content: vec![Inline::Text(word.to_owned())] }])
        };
        let [yes, if_need_be, no] = Ballot::ALL.map(link);
        context! {
            number,
            day => dates::long_date(lang, place.zone.local(start).time.date()),
            hours => self.programme.group.span(lang, &place.zone, (start, end)),
            yes, if_need_be, no,
        }
    }
}
