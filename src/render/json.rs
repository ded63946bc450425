//! The whole programme as JSON, for other programs. Its schema is `convoca schema programme`.
//!
//! No address, and no join link but those that the group publishes: the file is for everybody.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use crate::locale::Text;
use crate::model::{self, Actor, Public, RoleKind};
use crate::schema::{PartyKind, Status};

/// A working group and its sessions.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProgrammeFile<'a> {
    /// Version of this format.
    version: u32,
    /// Release of the IANA time zone database that the local hours follow.
    zone_rules: &'static str,
    group: Group<'a>,
    sessions: Vec<Session<'a>>,
    concept_note: Option<ConceptNote<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Group<'a> {
    id: &'a str,
    name: &'a Text,
    short_name: &'a Text,
    /// IANA name.
    time_zone: &'a str,
    countries: Vec<Country<'a>>,
    presidency: Option<&'a str>,
    secretariat: Option<&'a str>,
    parties: Vec<Party<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Country<'a> {
    /// ISO 3166-1 alpha-2.
    code: &'static str,
    name: &'a Text,
    /// IANA name.
    time_zone: &'a str,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Party<'a> {
    id: &'a str,
    kind: PartyKind,
    name: &'a Text,
    acronym: Option<&'a Text>,
    /// ISO 3166-1 alpha-2.
    country: Option<&'static str>,
    member: bool,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Session<'a> {
    id: &'a str,
    number: Option<u32>,
    status: Status,
    title: &'a Text,
    objective: Option<&'a Text>,
    place: Option<&'a Text>,
    /// Where the group publishes it.
    join_link: Option<&'a str>,
    /// The day in the session's own zone.
    date: Option<NaiveDate>,
    /// IANA name.
    time_zone: &'a str,
    /// UTC instants (RFC 3339).
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
    /// The hours of the member countries.
    local: Vec<LocalTime>,
    /// The hours of parties and people elsewhere.
    elsewhere: Vec<Elsewhere<'a>>,
    moderator: Option<Role<'a>>,
    slots: Vec<Slot<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct LocalTime {
    /// ISO 3166-1 alpha-2.
    country: &'static str,
    /// Local time without offset, such as 2022-10-27T11:00:00.
    start: chrono::NaiveDateTime,
    end: chrono::NaiveDateTime,
    /// Minutes to the east of UTC at the start.
    utc_offset: i32,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Elsewhere<'a> {
    place: &'a Text,
    /// IANA name.
    time_zone: &'a str,
    /// Local time without offset, such as 2022-10-27T18:00:00.
    start: chrono::NaiveDateTime,
    end: chrono::NaiveDateTime,
    /// Minutes to the east of UTC at the start.
    utc_offset: i32,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Slot<'a> {
    title: &'a Text,
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
    minutes: Option<i64>,
    /// Whether the floor is everybody's.
    everyone: bool,
    roles: Vec<Role<'a>>,
    groups: Vec<BreakOut<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct BreakOut<'a> {
    title: &'a Text,
    roles: Vec<Role<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Role<'a> {
    role: &'static str,
    /// Id of a party.
    party: Option<&'a str>,
    /// Name of a person.
    person: Option<&'a str>,
    /// Words for somebody not yet known.
    who: Option<&'a Text>,
    /// Whether it is to be confirmed.
    to_be_confirmed: bool,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ConceptNote<'a> {
    title: &'a Text,
    date: Option<NaiveDate>,
    sections: Vec<Section<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Section<'a> {
    id: &'a str,
    title: &'a Text,
    /// Markdown.
    text: Option<&'a Text>,
    items: &'a [Text],
    sections: Vec<Section<'a>>,
}

/// The programme in the form of the file.
pub fn programme(programme: &Public) -> ProgrammeFile<'_> {
    ProgrammeFile {
        version: 1,
        zone_rules: crate::time::release(),
        group: group(&programme.group),
        sessions: programme.sessions.iter().map(|item| session(&programme.group, item)).collect(),
        concept_note: programme.concept_note.as_ref().map(|note| ConceptNote {
            title: &note.title,
            date: note.date,
            sections: note.sections.iter().map(section).collect(),
        }),
    }
}

fn group(group: &model::Group) -> Group<'_> {
    let id = |party: Option<model::PartyId>| party.map(|id| group.party(id).id.as_str());
    Group {
        id: &group.id,
        name: &group.name,
        short_name: &group.short_name,
        time_zone: group.zone.name(),
        countries: group
            .members
            .iter()
            .map(|member| Country { code: member.code, name: &member.place.name, time_zone: member.place.zone.name() })
            .collect(),
        presidency: id(group.presidency),
        secretariat: id(group.secretariat),
        parties: group
            .parties
            .iter()
            .map(|party| Party {
                id: &party.id,
                kind: party.kind,
                name: &party.name,
                acronym: party.acronym.as_ref(),
                country: party.country.as_ref().map(|(code, _)| *code),
                member: party.member,
            })
            .collect(),
    }
}

fn session<'a>(group: &'a model::Group, session: &'a model::Session) -> Session<'a> {
    let time = session.time();
    let local = time.map_or_else(Vec::new, |(start, end)| {
        let hour = |member: &model::Member| {
            let local = member.place.zone.local(start);
            LocalTime {
                country: member.code,
                start: local.time,
                end: member.place.zone.local(end).time,
                utc_offset: local.offset / 60,
            }
        };
        group.members.iter().map(hour).collect()
    });
    let elsewhere = time.map_or_else(Vec::new, |(start, end)| {
        let hour = |place: &'a crate::time::Place| {
            let local = place.zone.local(start);
            Elsewhere {
                place: &place.name,
                time_zone: place.zone.name(),
                start: local.time,
                end: place.zone.local(end).time,
                utc_offset: local.offset / 60,
            }
        };
        group.advisors.iter().map(hour).collect()
    });
    let roles = |roles: &'a [model::Role]| roles.iter().map(|item| role(group, item)).collect::<Vec<_>>();
    let slot = |slot: &'a model::Slot| Slot {
        title: &slot.title.value,
        start: slot.time.map(|time| time.start),
        end: slot.time.map(|time| time.end),
        minutes: slot.time.map(|time| time.minutes()),
        everyone: slot.everyone,
        roles: roles(&slot.roles),
        groups: slot.groups.iter().map(|item| BreakOut { title: &item.title, roles: roles(&item.roles) }).collect(),
    };
    Session {
        id: &session.id.value,
        number: session.number.map(|number| number.value),
        status: session.status,
        title: &session.title.value,
        objective: session.objective.as_ref(),
        place: session.place.as_ref(),
        join_link: session.join_link.as_ref().map(|link| link.value.as_str()),
        date: session.date.map(|date| date.value),
        time_zone: session.zone.name(),
        start: time.map(|(start, _)| start),
        end: time.map(|(_, end)| end),
        local,
        elsewhere,
        moderator: session.moderator.as_ref().map(|moderator| role(group, moderator)),
        slots: session.slots.iter().map(slot).collect(),
    }
}

fn role<'a>(group: &'a model::Group, role: &'a model::Role) -> Role<'a> {
    let (party, person, who) = match &role.who {
        Actor::Party(id) => (Some(group.party(*id).id.as_str()), None, None),
        Actor::Person(id) => {
            let person = group.person(*id);
            (person.party.map(|id| group.party(id).id.as_str()), Some(person.name.as_str()), None)
        }
        Actor::Described(text) => (None, None, Some(text)),
    };
    let kind = match role.kind {
        RoleKind::Speaker => "speaker",
        RoleKind::Moderator => "moderator",
        RoleKind::Facilitator => "facilitator",
    };
    Role { role: kind, party, person, who, to_be_confirmed: role.tbc }
}

fn section(written: &model::Section) -> Section<'_> {
    Section {
        id: &written.id,
        title: &written.title,
        text: written.text.as_ref(),
        items: &written.items,
        sections: written.sections.iter().map(section).collect(),
    }
}
