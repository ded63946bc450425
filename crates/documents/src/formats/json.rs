//! The whole programme as JSON, for other programs. Its schema is `convoca schema programme`.
//!
//! No address, and no join link but those that the group publishes: the file is for everybody.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use crate::locale::Text;
use crate::model::{self, Actor, Public, RoleKind};
use crate::schema::{ConceptNoteTexts, MaterialTexts, PartyKind, PartyTexts, SectionTexts, SessionTexts, SlotTexts, Status};

/// A working group and its sessions.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProgrammeFile<'a> {
    /// Version of this format.
    version: u32,
    /// Release of the IANA time zone database that the local hours follow.
    zone_rules: &'static str,
    group: Group<'a>,
    sessions: Vec<SessionExport<'a>>,
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

/// A party, under the names that it goes by.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Party<'a> {
    id: &'a str,
    kind: PartyKind,
    #[serde(flatten)]
    texts: &'a PartyTexts,
    /// ISO 3166-1 alpha-2.
    country: Option<&'static str>,
    member: bool,
}

/// A session.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Session")]
struct SessionExport<'a> {
    id: &'a str,
    number: Option<u32>,
    status: Status,
    #[serde(flatten)]
    texts: &'a SessionTexts,
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
    slots: Vec<SlotExport<'a>>,
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

/// An item of the agenda, or a break-out group.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Slot")]
struct SlotExport<'a> {
    #[serde(flatten)]
    texts: &'a SlotTexts,
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
    minutes: Option<i64>,
    /// What of `start`, `end` and `minutes` nobody wrote: it follows from the items around.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    inferred: Vec<&'static str>,
    /// Whether its hours are only about right.
    #[serde(default, skip_serializing_if = "is_not")]
    approximate: bool,
    /// Whether it runs beside the others.
    #[serde(default, skip_serializing_if = "is_not")]
    parallel: bool,
    /// Whether it is a break, in which nobody has the floor.
    #[serde(rename = "break", default, skip_serializing_if = "is_not")]
    pause: bool,
    /// Whether the floor is everybody's.
    everyone: bool,
    roles: Vec<Role<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    documents: Vec<Material<'a>>,
    /// What it consists of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    items: Vec<SlotExport<'a>>,
    /// Break-out groups, at the same time in separate rooms.
    groups: Vec<SlotExport<'a>>,
}

/// Leaves out what is usually not so.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_not(value: &bool) -> bool {
    !*value
}

/// A document or page that belongs to an item.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Material<'a> {
    #[serde(flatten)]
    texts: &'a MaterialTexts,
    link: &'a str,
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

/// The concept note.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ConceptNote<'a> {
    #[serde(flatten)]
    texts: &'a ConceptNoteTexts,
    date: Option<NaiveDate>,
    sections: Vec<Section<'a>>,
}

/// A section of the concept note, its text in Markdown.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Section<'a> {
    id: &'a str,
    #[serde(flatten)]
    texts: &'a SectionTexts,
    sections: Vec<Section<'a>>,
}

/// The file.
pub fn file(public: &Public) -> Vec<u8> {
    // Plain data with texts as keys: there is nothing in it that JSON could not hold.
    serde_json::to_vec_pretty(&programme(public)).unwrap_or_default()
}

/// The programme in the form of the file.
pub fn programme(programme: &Public) -> ProgrammeFile<'_> {
    ProgrammeFile {
        version: 1,
        zone_rules: crate::time::release(),
        group: group(&programme.group),
        sessions: programme.sessions.iter().map(|item| session(&programme.group, item)).collect(),
        concept_note: programme.concept_note.as_ref().map(|note| ConceptNote {
            texts: &note.texts,
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
        short_name: group.short_name(),
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
                texts: &party.texts,
                country: party.country.as_ref().map(|(code, _)| *code),
                member: party.member,
            })
            .collect(),
    }
}

fn session<'a>(group: &'a model::Group, session: &'a model::Session) -> SessionExport<'a> {
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
    SessionExport {
        id: &session.id.value,
        number: session.number.map(|number| number.value),
        status: session.status,
        texts: &session.texts,
        join_link: session.join_link.as_ref().map(|link| link.value.as_str()),
        date: session.date.map(|date| date.value),
        time_zone: session.zone.name(),
        start: time.map(|(start, _)| start),
        end: time.map(|(_, end)| end),
        local,
        elsewhere,
        moderator: session.moderator.as_ref().map(|moderator| role(group, moderator)),
        slots: session.slots.iter().map(|item| slot(group, item)).collect(),
    }
}

fn slot<'a>(group: &'a model::Group, item: &'a model::Slot) -> SlotExport<'a> {
    // An end that nothing tells is not told.
    let time = item.time;
    let end = time.filter(|time| !time.is_open());
    let minutes = item.minutes.map(|minutes| i64::from(minutes.value));
    let inferred = [
        ("start", time.is_some_and(|time| time.start_inferred)),
        ("end", end.is_some_and(|time| time.end_inferred)),
        ("minutes", end.is_some_and(|time| time.end_inferred) && minutes.is_none()),
    ];
    SlotExport {
        texts: &item.texts,
        start: time.map(|time| time.start),
        end: end.map(|time| time.end),
        minutes: end.map(|time| time.minutes()).or(minutes),
        inferred: inferred.into_iter().filter_map(|(key, is)| is.then_some(key)).collect(),
        approximate: item.approximate,
        parallel: item.parallel,
        pause: item.pause,
        everyone: item.everyone,
        roles: item.roles.iter().map(|held| role(group, held)).collect(),
        documents: item.materials.iter().map(|made| Material { texts: &made.texts, link: &made.link.value }).collect(),
        items: item.items.iter().map(|inner| slot(group, inner)).collect(),
        groups: item.groups.iter().map(|inner| slot(group, inner)).collect(),
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
    Section { id: &written.id, texts: &written.texts, sections: written.sections.iter().map(section).collect() }
}
