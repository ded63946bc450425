//! An invitation as a message for a telephone: what a person sends by hand to somebody who reads no mail in time.

use crate::calendar::own_lines;
use crate::invitees::Invitee;
use crate::itip::moment;
use crate::links::{ANSWERS, word};
use crate::locale::{Lang, Text};
use crate::model::{Programme, Session};
use crate::text;
use crate::time::Place;

/// Whom it is for.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    pub lang: Lang,
    pub place: Place,
    /// With their own part in the session, where they can be invited by mail.
    pub invitee: Option<&'a Invitee>,
    /// The word by which an answer by mail is known, where they were invited by mail.
    pub mark: Option<String>,
}

/// The message; `None` for a session without an hour.
pub fn short(programme: &Programme, session: &Session, reader: &Reader<'_>) -> Option<String> {
    let (group, lang) = (&programme.group, reader.lang);
    let time = session.settled_time()?;
    let said = |text: &Option<Text>| text.as_ref().map(|text| text.get(lang).to_owned());
    let mut lines = vec![format!("*{}*", session.heading(lang)), moment(group, &reader.place, time, lang)];
    lines.extend(said(&session.place));
    lines.extend(session.join_link.as_ref().map(|link| link.value.clone()));
    lines.extend(said(&session.how_to_join));
    let own = reader.invitee.map_or_else(Vec::new, |invitee| own_lines(group, session, invitee, &reader.place));
    if !own.is_empty() {
        lines.push(String::new());
        lines.extend(own.into_iter().map(|own| format!("- {own}")));
    }
    lines.push(String::new());
    let organizer = group.organizer.as_ref();
    lines.push(match (organizer, &reader.mark) {
        (Some(organizer), Some(mark)) => {
            let [yes, no, other] = ANSWERS.map(|answer| word(answer, lang));
            let to = organizer.sends();
            let answer = text!(
                "Will you be there? Write to {to} with the subject: {yes} [{mark}]\nIf you cannot: {no} [{mark}]\nIf another time would suit you: {other} [{mark}]",
                "¿Nos acompaña? Escriba a {to} con este asunto: {yes} [{mark}]\nSi no puede: {no} [{mark}]\nSi le conviene otra hora: {other} [{mark}]"
            );
            answer.get(lang).to_owned()
        }
        _ => Text::fixed("Will you be there? Please answer here.", "¿Nos acompaña? Responda por aquí, por favor.")
            .get(lang)
            .to_owned(),
    });
    Some(lines.join("\n"))
}
