//! Why a letter is sent, in words.

use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar::Status;
use crate::locale::{Lang, Text, dates};
use crate::model::Group;
use crate::text;
use crate::time::{Place, clock_of};

/// A reason to send a letter, or something to know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Never invited before.
    New,
    /// Invited again after a cancellation.
    Reinstated,
    Time {
        before: (DateTime<Utc>, DateTime<Utc>),
        now: (DateTime<Utc>, DateTime<Utc>),
    },
    /// STATUS of the event (RFC 5545 §3.8.1.11).
    Status {
        before: Option<Status>,
        now: Option<Status>,
    },
    Place {
        before: String,
        now: String,
    },
    Link,
    /// Their own slots.
    Own,
    /// Their role in the session.
    Attendance,
    Title {
        before: String,
        now: String,
    },
    Text,
    Language,
    Name,
    /// What the last letter said is not known any more.
    Forgotten,
    /// With why, and the day to which it is postponed, as its file says.
    SessionCancelled {
        reason: Option<Text>,
        postponed_to: Option<NaiveDate>,
    },
    TakenOff,
    /// They are invited at another address now.
    OtherAddress(String),
    /// They are to be invited, and have no address any more.
    NoAddress,
    /// The session is no more in the programme.
    SessionGone,
    Unanswered,
    /// They come, and it takes place within a day and a half.
    Soon,
    /// The other time that they proposed, where they said which, is turned down, with these words.
    TurnedDown {
        proposed: Option<DateTime<Utc>>,
        comment: Option<String>,
    },
    /// Whoever sends asked for it.
    Asked,
    /// The invitation that they have came from this other organizer.
    Organizer(String),
    /// The invitation of this other organizer is taken back, and another stands in its place.
    Replaced(String),
    /// The letter before did not reach them, as a server reported.
    Returned(String),
    /// Not answered yet, and written to too recently to be reminded before then.
    TooSoon(DateTime<Utc>),
    /// The letter before may have arrived or not.
    InDoubt,
    /// The letter before was written to be sent by hand, and is not entered.
    Written,
    /// The server did not take the letter before.
    Refused(String),
}

impl Why {
    /// Whether it raises SEQUENCE.
    pub fn is_material(&self) -> bool {
        use Why::{
            Attendance, Forgotten, Link, Own, Place, Reinstated, Replaced, SessionCancelled, SessionGone, Status, TakenOff, Time,
        };
        matches!(
            self,
            Reinstated
                | Time { .. }
                | Status { .. }
                | Place { .. }
                | Link
                | Own
                | Attendance
                | Forgotten
                | SessionCancelled { .. }
                | TakenOff
                | SessionGone
                | Replaced(_)
        )
    }

    /// Whether it is a change that the recipient is told of.
    pub fn is_change(&self) -> bool {
        !matches!(
            self,
            Why::New
                | Why::Reinstated
                | Why::Forgotten
                | Why::SessionCancelled { .. }
                | Why::TakenOff
                | Why::OtherAddress(_)
                | Why::NoAddress
                | Why::SessionGone
                | Why::Unanswered
                | Why::Soon
                | Why::TurnedDown { .. }
                | Why::Asked
                | Why::Organizer(_)
                | Why::Replaced(_)
                | Why::Returned(_)
                | Why::TooSoon(_)
                | Why::InDoubt
                | Why::Written
                | Why::Refused(_)
        )
    }

    /// The word for other programs.
    pub fn id(&self) -> &'static str {
        match self {
            Why::New => "new",
            Why::Reinstated => "reinstated",
            Why::Time { .. } => "time",
            Why::Status { .. } => "status",
            Why::Place { .. } => "place",
            Why::Link => "join-link",
            Why::Own => "own-slots",
            Why::Attendance => "attendance",
            Why::Title { .. } => "title",
            Why::Text => "text",
            Why::Language => "language",
            Why::Name => "name",
            Why::Forgotten => "forgotten",
            Why::SessionCancelled { .. } => "session-cancelled",
            Why::TakenOff => "taken-off",
            Why::OtherAddress(_) => "other-address",
            Why::NoAddress => "no-address",
            Why::SessionGone => "session-gone",
            Why::Unanswered => "unanswered",
            Why::Soon => "soon",
            Why::TurnedDown { .. } => "turned-down",
            Why::Asked => "asked",
            Why::Organizer(_) => "organizer",
            Why::Replaced(_) => "replaced",
            Why::Returned(_) => "returned",
            Why::TooSoon(_) => "too-soon",
            Why::InDoubt => "in-doubt",
            Why::Written => "written",
            Why::Refused(_) => "refused",
        }
    }

    /// As the plan and the mail put it, by the clock of a place.
    pub fn text(&self, group: &Group, place: &Place) -> Text {
        match self {
            Why::New => Text::fixed("not invited yet", "aún sin invitar"),
            Why::Reinstated => Text::fixed("invited again after the cancellation", "se invita de nuevo tras la cancelación"),
            Why::Time { before, now } => text!(l, was = span(group, place, *before, l), is = moment(group, place, *now, l);
                "time: {is}; before: {was}", "hora: {is}; antes: {was}"),
            Why::Status { before, now } => text!(l, was = status(*before, l), is = status(*now, l);
                "status: {is} (before: {was})", "estado: {is} (antes: {was})"),
            Why::Place { before, now } => match (before.as_str(), now.as_str()) {
                ("", now) => text!("place: {now}", "lugar: {now}"),
                (before, "") => text!("place: none any more (before: {before})", "lugar: ya no hay (antes: {before})"),
                (before, now) => text!("place: {now} (before: {before})", "lugar: {now} (antes: {before})"),
            },
            Why::Link => Text::fixed("join link", "enlace para conectarse"),
            Why::Own => Text::fixed("your part in the session", "su participación en la sesión"),
            Why::Attendance => Text::fixed("your role", "su papel en la sesión"),
            Why::Title { before, now } => text!("title: {now}; before: {before}", "título: {now}; antes: {before}"),
            Why::Text => Text::fixed("texts or agenda", "textos o agenda"),
            Why::Language => Text::fixed("language", "idioma"),
            Why::Name => Text::fixed("name", "nombre"),
            Why::Forgotten => Text::fixed("what was sent is not known", "no se sabe qué se envió"),
            Why::SessionCancelled { reason, postponed_to } => {
                let day = |lang| postponed_to.map(|day| dates::long_date(lang, day));
                let moved = |lang| {
                    day(lang).map_or(String::new(), |day| match lang {
                        Lang::En => format!("; postponed to {day}"),
                        Lang::Es => format!("; se pospone al {day}"),
                    })
                };
                let words = |lang| reason.as_ref().map_or(String::new(), |reason| format!(": «{}»", reason.get(lang)));
                text!(l, words = words(l), moved = moved(l);
                    "the session is cancelled{words}{moved}", "la sesión está cancelada{words}{moved}")
            }
            Why::TakenOff => Text::fixed("no longer invited", "ya no figura entre quienes se invita"),
            Why::OtherAddress(email) => text!(
                "invited at {email} now; nothing is sent to this address: write there yourself if it is still read",
                "ahora se le convoca en {email}; a esta dirección no se envía nada: escriba usted si aún la lee alguien"
            ),
            Why::NoAddress => Text::fixed(
                "has no `email` in group.toml any more: the invitation stands and no change reaches them; write an address, or take them off (`member`, their roles) to withdraw it",
                "ya no tiene `email` en group.toml: su invitación sigue en pie y no le llega ningún cambio; escriba una dirección, o quítele `member` y sus papeles para retirarla",
            ),
            Why::SessionGone => Text::fixed(
                "the session is no longer in the programme: was its `id` changed?",
                "la sesión ya no está en el programa: ¿se cambió su `id`?",
            ),
            Why::Unanswered => Text::fixed("has not answered", "no ha respondido"),
            Why::Soon => Text::fixed("comes, and it takes place soon", "asistirá, y ya casi es"),
            Why::TurnedDown { proposed, comment } => {
                let words = comment.as_ref().map_or(String::new(), |comment| format!(" – «{comment}»"));
                match proposed {
                    Some(start) => text!(l, when = instant(group, place, *start, l);
                        "proposed {when}, which is turned down{words}", "propuso {when}, y se rechaza{words}"),
                    None => text!("proposed another time, which is turned down{words}", "propuso otra hora, y se rechaza{words}"),
                }
            }
            Why::Asked => Text::fixed("sent again, as you ask", "se envía otra vez, como usted lo pide"),
            Why::Organizer(before) => text!("organizer: invited by {before}", "quien organiza: la invitación es de {before}"),
            Why::Replaced(before) => text!(
                "the invitation of {before} is taken back, and another takes its place",
                "se retira la invitación de {before}, y otra la sustituye"
            ),
            Why::Returned(said) => text!(
                "the last mail did not arrive ({said}); no reminder goes to this address: correct it in group.toml, or ask for another mail with `--again`",
                "el último correo no llegó ({said}); a esta dirección no se envían recordatorios: corríjala en group.toml, o pida otro envío con `--otra-vez`"
            ),
            Why::TooSoon(from) => text!(l, from = dates::long_date(l, place.zone.local(*from).time.date());
                "has not answered; a reminder can go out from {from}, three days after the last mail",
                "no ha respondido; se le puede recordar a partir del {from}, a los tres días del último correo"),
            Why::InDoubt => Text::fixed(
                "the sending before is in doubt: it may have arrived",
                "el envío anterior está en duda: pudo haber llegado",
            ),
            Why::Written => Text::fixed(
                "written to be sent by hand and not entered since: it may have gone out",
                "se escribió para enviarlo a mano y no se ha anotado: pudo haber salido",
            ),
            Why::Refused(said) => text!("the server refused it before: {said}", "el servidor lo rechazó antes: {said}"),
        }
    }
}

fn status(status: Option<Status>, lang: Lang) -> String {
    let word = match status {
        Some(Status::Tentative) => Text::fixed("tentative", "provisional"),
        Some(Status::Confirmed) => Text::fixed("confirmed", "confirmada"),
        Some(Status::Cancelled) => Text::fixed("cancelled", "cancelada"),
        None => Text::fixed("not known", "no se conoce"),
    };
    word.get(lang).to_owned()
}

/// "Thursday 27 October 2022, 10:00–11:30 (Guatemala time, UTC−6)"
pub fn moment(group: &Group, place: &Place, (start, end): (DateTime<Utc>, DateTime<Utc>), lang: Lang) -> String {
    format!("{} ({})", span(group, place, (start, end), lang), clock_of(place, start, lang))
}

/// "Thursday 27 October 2022, 10:00 (Guatemala time, UTC−6)"
pub fn instant(group: &Group, place: &Place, start: DateTime<Utc>, lang: Lang) -> String {
    let local = place.zone.local(start).time;
    let hour = group.worded_hour(lang, &place.zone, local.time());
    format!("{}, {hour} ({})", dates::long_date(lang, local.date()), clock_of(place, start, lang))
}

fn span(group: &Group, place: &Place, time: (DateTime<Utc>, DateTime<Utc>), lang: Lang) -> String {
    let day = place.zone.local(time.0).time.date();
    format!("{}, {}", dates::long_date(lang, day), group.span(lang, &place.zone, time))
}
