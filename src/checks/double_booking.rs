//! Somebody with two roles at one time.

use chrono::{DateTime, Utc};

use super::slot_overlap::note_untimed;
use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Example, Level, Rule, Span};
use crate::locale::{Lang, Text, dates};
use crate::model::{Actor, PartyId, PersonId, Programme, Role, Session};
use crate::schema::Status;
use crate::text;

pub static CHECK: Check = Check {
    rule: Rule {
        id: "double-booking",
        level: Level::Error,
        summary: Text::fixed("nobody has two roles at one time", "nadie tiene dos papeles a la vez"),
        documentation: Text::fixed(
            "A party or a person is in one place at a time: not in two break-out groups, two slots or two sessions that overlap, in\n\
             any role. Moderating a session and speaking in it is one place; so is facilitating a whole slot. Where one of the two\n\
             is to be confirmed it is a warning. A party that really sends two people writes them as persons.",
            "Una parte o una persona está en un solo lugar a la vez: no en dos grupos de trabajo, dos puntos o dos sesiones que se\n\
             traslapan, con el papel que sea. Moderar una sesión y hablar en ella es un solo lugar; facilitar un punto entero,\n\
             también. Si una de las dos está por confirmar, es advertencia. Una parte que de veras envía a dos personas las escribe\n\
             como personas.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = 10:00\nminutes = 30\ntitle = { es = \"Grupos\", en = \"Groups\" }\n\
                 \n  [[slots.groups]]\n  title = { es = \"Grupo 1\", en = \"Group 1\" }\n  facilitators = [\"port\"]\n\
                 \n  [[slots.groups]]\n  title = { es = \"Grupo 2\", en = \"Group 2\" }\n  facilitators = [\"port\"]\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = 10:00\nminutes = 30\ntitle = { es = \"Grupos\", en = \"Groups\" }\n\
                 \n  [[slots.groups]]\n  title = { es = \"Grupo 1\", en = \"Group 1\" }\n  facilitators = [\"port\"]\n\
                 \n  [[slots.groups]]\n  title = { es = \"Grupo 2\", en = \"Group 2\" }\n  facilitators = [\"capital\"]\n"
                ),
            )],
        },
    },
    run,
};

/// Who is bound. Descriptions bind nobody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Party(PartyId),
    Person(PersonId),
}

/// Where: two bookings of one place do not clash.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    session: usize,
    slot: Option<usize>,
    group: Option<usize>,
}

impl Place {
    fn clashes_with(self, other: Place) -> bool {
        if self.session != other.session {
            return true;
        }
        match (self.slot, other.slot) {
            (Some(one), Some(another)) if one != another => true,
            (Some(_), Some(_)) => matches!((self.group, other.group), (Some(a), Some(b)) if a != b),
            _ => false,
        }
    }
}

struct Booking<'a> {
    who: Who,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    place: Place,
    role: &'a Role,
}

fn run(context: &Context<'_>, findings: &mut Findings) {
    let programme = context.programme;
    let mut bookings = bookings(programme, findings);
    bookings.sort_by_key(|booking| (booking.who, booking.start, booking.end));
    let mut furthest: Option<&Booking<'_>> = None;
    let mut told: Option<(Who, usize, usize)> = None;
    for booking in &bookings {
        let before = furthest.filter(|before| before.who == booking.who);
        if let Some(before) = before
            && booking.start < before.end
            && before.place.clashes_with(booking.place)
            && !copies(programme, before.place.session, booking.place.session)
        {
            // Two sessions at once clash once, however many slots the party has in them.
            let pair = (booking.who, before.place.session, booking.place.session);
            if before.place.session == booking.place.session || told != Some(pair) {
                findings.push(finding(programme, before, booking, findings));
            }
            told = Some(pair);
        }
        if before.is_none_or(|before| booking.end > before.end) {
            furthest = Some(booking);
        }
    }
}

/// A session copied to make the next one shares its id or number: that is the mistake to tell.
fn copies(programme: &Programme, one: usize, other: usize) -> bool {
    let (one, other) = (&programme.sessions[one], &programme.sessions[other]);
    let same_number = one.number.is_some() && one.number.map(|at| at.value) == other.number.map(|at| at.value);
    one.file != other.file && (one.id.value == other.id.value || same_number)
}

fn bookings<'a>(programme: &'a Programme, findings: &mut Findings) -> Vec<Booking<'a>> {
    let mut bookings = Vec::new();
    for (index, session) in programme.sessions.iter().enumerate().filter(|(_, session)| session.status != Status::Cancelled) {
        let place = |slot, group| Place { session: index, slot, group };
        if let (Some(moderator), Some((start, end))) = (&session.moderator, session.time()) {
            push(&mut bookings, moderator, (start, end), place(None, None));
        }
        note_untimed(session, findings);
        for (slot_index, slot) in session.slots.iter().enumerate() {
            let (Some(time), Some(end)) = (slot.time, slot.undisputed_end()) else {
                continue;
            };
            for role in &slot.roles {
                push(&mut bookings, role, (time.start, end), place(Some(slot_index), None));
            }
            for (group_index, group) in slot.groups.iter().enumerate() {
                for role in &group.roles {
                    push(&mut bookings, role, (time.start, end), place(Some(slot_index), Some(group_index)));
                }
            }
        }
    }
    bookings
}

fn push<'a>(bookings: &mut Vec<Booking<'a>>, role: &'a Role, (start, end): (DateTime<Utc>, DateTime<Utc>), place: Place) {
    let who = match role.who {
        Actor::Party(party) => Who::Party(party),
        Actor::Person(person) => Who::Person(person),
        Actor::Described(_) => return,
    };
    bookings.push(Booking { who, start, end, place, role });
}

fn finding(
    programme: &Programme,
    before: &Booking<'_>,
    booking: &Booking<'_>,
    findings: &Findings,
) -> crate::diagnostics::Diagnostic {
    let session = &programme.sessions[booking.place.session];
    let from = dates::clock(session.zone.local(booking.start).time.time());
    let to = dates::clock(session.zone.local(booking.end.min(before.end)).time.time());
    let level = if before.role.tbc || booking.role.tbc { Level::Warning } else { Level::Error };
    let same_session = before.place.session == booking.place.session;
    findings
        .finding(text!(l, who = booking.role.who.label(&programme.group, l);
            "{who} is booked twice from {from} to {to}", "{who} tiene dos papeles de {from} a {to}"))
        .level(level)
        .at(span(booking), label(programme, booking, same_session))
        .at(span(before), label(programme, before, same_session))
        .advice(Text::fixed(
            "give one of the two to somebody else, or move it",
            "encargue uno de los dos a alguien más, o cámbielo de hora",
        ))
}

fn span(booking: &Booking<'_>) -> Span {
    booking.role.span
}

fn label(programme: &Programme, booking: &Booking<'_>, same_session: bool) -> Text {
    let session: &Session = &programme.sessions[booking.place.session];
    let what = |lang: Lang| {
        let slot = booking.place.slot.map(|slot| &session.slots[slot]);
        let title = match (slot, booking.place.group) {
            (Some(slot), Some(group)) => slot.groups[group].title.get(lang).to_owned(),
            (Some(slot), None) => slot.title.get(lang).to_owned(),
            (None, _) => String::new(),
        };
        let role = booking.role.kind.word(lang);
        let session = if same_session { String::new() } else { format!(", {}", session.name(lang)) };
        match title.is_empty() {
            true => format!("{role}{session}"),
            false => format!("{role}: {}{session}", super::slot_overlap::short(&title)),
        }
    };
    text!(l, what = what(l); "{what}", "{what}")
}
