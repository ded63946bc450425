//! Somebody with two roles at one time.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::hours::note_untimed;
use super::{Check, Context, Findings, session_file, sweep};
use crate::diagnostics::{Example, Level, Rule, Span};
use crate::locale::{Lang, Text, dates};
use crate::model::{Actor, PartyId, PersonId, Programme, Role, Session};
use crate::schema::Status;
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "double-booking",
        level: Level::Error,
        summary: Text::fixed("nobody has two roles at one time", "nadie tiene dos papeles a la vez"),
        documentation: Text::fixed(
            "A party or a person is in one place at a time: not in two break-out groups, two items or two sessions that overlap, in\n\
             any role. Moderating a session and speaking in it is one place; so is facilitating a whole item. Where one of the two\n\
             is to be confirmed it is a warning. A party that really sends two people writes them as persons.",
            "Una organización o una persona está en un solo lugar a la vez: no en dos grupos de trabajo, dos puntos o dos sesiones que se\n\
             traslapan, con el papel que sea. Moderar una sesión y hablar en ella es un solo lugar; facilitar un punto entero,\n\
             también. Si una de las dos está por confirmar, es advertencia. Una organización que de veras envía a dos personas las escribe\n\
             como personas.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Grupos\", en = \"Groups\" }\n\
                 \n  [[slots.groups]]\n  title = { es = \"Grupo 1\", en = \"Group 1\" }\n  facilitators = [\"port\"]\n\
                 \n  [[slots.groups]]\n  title = { es = \"Grupo 2\", en = \"Group 2\" }\n  facilitators = [\"port\"]\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Grupos\", en = \"Groups\" }\n\
                 \n  [[slots.groups]]\n  title = { es = \"Grupo 1\", en = \"Group 1\" }\n  facilitators = [\"port\"]\n\
                 \n  [[slots.groups]]\n  title = { es = \"Grupo 2\", en = \"Group 2\" }\n  facilitators = [\"capital\"]\n"
                ),
            )],
        },
    },
    run,
};

/// Who is bound. Descriptions bind nobody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Who {
    Party(PartyId),
    Person(PersonId),
}

/// Where: an item, by the items that it is inside of and its own place in the agenda; none is the session as
/// a whole. A booking and one inside of it do not clash.
#[derive(Clone, PartialEq, Eq)]
struct Occasion {
    session: usize,
    items: Vec<usize>,
}

impl Occasion {
    fn clashes_with(&self, other: &Occasion) -> bool {
        let apart = self.items.iter().zip(&other.items).any(|(one, another)| one != another);
        self.session != other.session || apart
    }
}

struct Booking<'a> {
    who: Who,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    place: Occasion,
    role: &'a Role,
    /// Whether its hours are wrong, and a certain mend says how they are right.
    mended: bool,
}

fn run(context: &Context<'_>, findings: &mut Findings) {
    let programme = context.clocks;
    let mut bookings = bookings(context, findings);
    bookings.sort_by_key(|booking| booking.who);
    let mut told: HashSet<(Who, usize, usize)> = HashSet::new();
    for of_one in bookings.chunk_by(|one, other| one.who == other.who) {
        let clash = |before: &Booking<'_>, booking: &Booking<'_>| {
            let (one, other) = (&before.place, &booking.place);
            // Where a wrong hour makes items overlap, who is in both follows from that.
            let is_told =
                one.session == other.session && one.items.first() != other.items.first() && (before.mended || booking.mended);
            !is_told && one.clashes_with(other) && !copies(programme, one.session, other.session)
        };
        for (before, booking) in sweep::clashes(of_one, |booking| (booking.start, booking.end), clash) {
            // Two sessions at once clash once, however many slots the party has in them.
            let (one, other) = (before.place.session, booking.place.session);
            if one == other || told.insert((booking.who, one.min(other), one.max(other))) {
                findings.push(finding(programme, before, booking, findings));
            }
        }
    }
}

/// A session copied to make the next one shares its id or number: that is the mistake to tell.
fn copies(programme: &Programme, one: usize, other: usize) -> bool {
    let (one, other) = (&programme.sessions[one], &programme.sessions[other]);
    let same_number = one.number.is_some() && one.number.map(|at| at.value) == other.number.map(|at| at.value);
    one.file != other.file && (one.id.value == other.id.value || same_number)
}

fn bookings<'a>(context: &Context<'a>, findings: &mut Findings) -> Vec<Booking<'a>> {
    let programme = context.clocks;
    let mut bookings = Vec::new();
    for (index, session) in programme.sessions.iter().enumerate().filter(|(_, session)| session.status != Status::Cancelled) {
        let place = |items| Occasion { session: index, items };
        let judged = &context.timing[index];
        if let Some(moderator) = &session.moderator {
            let sittings = judged.sittings(session).unwrap_or_default().into_iter();
            sittings.for_each(|sitting| push(&mut bookings, moderator, sitting, place(Vec::new()), false));
        }
        note_untimed(session, judged, findings);
        let mut paths: Vec<Vec<usize>> = Vec::new();
        let mut mended: Vec<bool> = Vec::new();
        for (own, entry) in session.agenda().into_iter().enumerate() {
            let mut path = entry.within.map_or_else(Vec::new, |within| paths[within].clone());
            path.push(own);
            let is_mended = judged.mends(entry.slot) || entry.within.is_some_and(|within| mended[within]);
            if let (Some(time), Some(end)) = (entry.slot.time, entry.slot.undisputed_end()) {
                let roles = entry.slot.roles.iter();
                roles.for_each(|role| push(&mut bookings, role, (time.start, end), place(path.clone()), is_mended));
            }
            paths.push(path);
            mended.push(is_mended);
        }
    }
    bookings
}

fn push<'a>(
    bookings: &mut Vec<Booking<'a>>,
    role: &'a Role,
    (start, end): (DateTime<Utc>, DateTime<Utc>),
    place: Occasion,
    mended: bool,
) {
    let who = match role.who {
        Actor::Party(party) => Who::Party(party),
        Actor::Person(person) => Who::Person(person),
        Actor::Described(_) => return,
    };
    bookings.push(Booking { who, start, end, place, role, mended });
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
        let slot = booking.place.items.last().and_then(|last| session.agenda().get(*last).map(|entry| entry.slot));
        let title = slot.map_or_else(String::new, |slot| slot.title.get(lang).to_owned());
        let role = booking.role.kind.word(lang);
        let session = if same_session { String::new() } else { format!(", {}", session.name(lang)) };
        match title.is_empty() {
            true => format!("{role}{session}"),
            false => format!("{role}: {}{session}", super::timing::short(&title)),
        }
    };
    text!(l, what = what(l); "{what}", "{what}")
}

#[cfg(test)]
mod tests {
    use crate::checks::session_file;
    use crate::examples::check_files;

    #[test]
    fn two_roles_in_one_group_are_one_place_and_in_two_groups_two() {
        let told = |groups: &[&str]| {
            let item = "\n[[slots]]\nstart = 10:00\nminutes = 30\ntitle = { es = 'Grupos', en = 'Groups' }\n";
            let group = |keys: &&str| format!("[[slots.groups]]\ntitle = {{ es = 'Grupo', en = 'Group' }}\n{keys}\n");
            let file = format!("{}{item}{}", session_file!(""), groups.iter().map(group).collect::<String>());
            let findings = check_files(&[("session.toml", &file)]).1;
            findings.iter().filter(|finding| finding.check == "double-booking").count()
        };
        let (both, free) = ("speakers = ['port']\nfacilitators = ['port']", "facilitators = ['capital']");
        assert_eq!(told(&[both]), 0);
        assert_eq!(told(&[both, free]), 0);
        assert_eq!(told(&["speakers = ['port', 'port']", free]), 0);
        assert_eq!(told(&["speakers = ['port']", "facilitators = ['port']"]), 1);
        assert_eq!(told(&[free, both, both]), 2, "once for each role in the second");
    }
}
