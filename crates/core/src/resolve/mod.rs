//! From values as written to the programme: names looked up, zones applied, instants worked out.

mod bounds;
mod days;
mod named;
mod names;
pub mod rules;
mod timing;

use std::collections::HashMap;

use chrono::TimeDelta;

use crate::decode::{Clock, Email, Id, Line, Link, Worded, slug};
use crate::diagnostics::{At, Diagnostic, FileId, Level, Span};
use crate::locale::{Lang, Text, unconfirmed};
use crate::model::{
    Actor, AlsoHour, ConceptNote, DocumentLink, Group, Material, Member, Organizer, Party, Person, Programme, Quorum, Role,
    RoleKind, Section, Session, Slot,
};
use crate::schema::{
    self, ConceptNoteTexts, DocumentTexts, GroupTexts, HourStyle, MaterialTexts, PartyKind, PartyTexts, PersonTexts,
    SectionTexts, SessionTexts, SlotTexts, Speaker, SpeakerTable, Status, Wording, Written, list,
};
use crate::text;
use crate::time::{Country, Place, Zone, country};
use names::Directory;
use timing::{Clockwork, Laid};

/// The programme, unless there is no group to resolve names in.
pub fn resolve(written: &Written) -> (Option<Programme>, Vec<Diagnostic>) {
    let zoned = written.group.as_ref().is_some_and(|(_, group)| group.time_zone.is_some());
    resolve_with(written, zoned)
}

/// The programme of a group that says no time zone, with the hours laid out as if in UTC: they are right beside each
/// other, and beside nothing else. `None` where the zone is known, or where a session has a zone of its own, beside
/// whose hours those of the others cannot be laid.
pub fn by_the_clock(written: &Written) -> Option<Programme> {
    let (_, group) = written.group.as_ref()?;
    let unzoned = group.time_zone.is_none() && written.sessions.iter().all(|(_, session)| session.time_zone.is_none());
    unzoned.then(|| resolve_with(written, true).0)?
}

/// Hours in no zone (not `zoned`) are no instants: nothing that follows from them is to be told.
fn resolve_with(written: &Written, zoned: bool) -> (Option<Programme>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let Some((_, group)) = &written.group else { return (None, findings) };
    let mut directory = Directory::new(group);
    let mut group = resolve_group(group, &mut directory, &mut findings);
    resolve_people(written, &mut group, &mut directory, &mut findings);
    group.advisors = days::advisors(&group);
    let mut sessions: Vec<Session> = written
        .sessions
        .iter()
        .map(|(file, session)| resolve_session(*file, session, &group, zoned, &mut directory, &mut findings))
        .collect();
    sessions.sort_by_key(|session| (session.number.map_or(u32::MAX, |at| at.value), session.file));
    let concept_note = written.concept_note.as_ref().map(|(_, note)| ConceptNote {
        date: note.date.map(|at| at.0),
        texts: ConceptNoteTexts::new(note, Span::default()),
        sections: list(&note.sections).iter().map(|section| resolve_section(section, &mut directory, &mut findings)).collect(),
    });
    let mentions = directory.mentions;
    (Some(Programme::new(group, sessions, concept_note, mentions)), findings)
}

/// Both languages of a text; where one is missing the other stands in for it.
pub fn wording(written: &Option<At<Wording>>) -> Text {
    Wording::words(written.as_ref()).unwrap_or_default()
}

fn resolve_group(written: &schema::Group, directory: &mut Directory, findings: &mut Vec<Diagnostic>) -> Group {
    let zone = written.time_zone.as_ref().and_then(|zone| Zone::named(&zone.0)).unwrap_or_else(Zone::utc);
    let members: Vec<Member> = list(&written.countries).iter().filter_map(|country| member(country, findings)).collect();
    let languages: Vec<Lang> = list(&written.languages).iter().map(|at| at.value).collect();
    let parties =
        written.parties.iter().flat_map(|map| &map.0).map(|(key, party)| resolve_party(key, party, &members, findings)).collect();
    let id = written.id.as_ref().map_or_else(|| "group".to_owned(), |id| id.0.clone());
    let organizer = written.organizer.as_ref().and_then(|organizer| {
        let party = directory.party(organizer.party.as_ref()?, findings)?;
        let sender = organizer.sender.as_ref().map(|sender| sender.0.clone());
        let formerly = organizer.formerly.as_ref().map(|formerly| formerly.0.clone());
        Some(Organizer { party, email: organizer.email.as_ref()?.0.clone(), sender, formerly })
    });
    Group {
        domain: written.domain.as_ref().map_or_else(|| format!("{id}.invalid"), |domain| domain.0.clone()),
        id,
        languages: if languages.is_empty() { Lang::ALL.to_vec() } else { languages },
        zone,
        members,
        texts: GroupTexts::new(written, Span::default()),
        created: written.created.map(|day| day.0),
        presidency: written.presidency.as_ref().and_then(|name| directory.party(name, findings)),
        secretariat: written.secretariat.as_ref().and_then(|name| directory.party(name, findings)),
        quorum: written.quorum.as_ref().map_or_else(Quorum::default, |quorum| Quorum {
            parties: quorum.parties.as_ref().map(|at| at.0),
            countries: quorum.countries.as_ref().map(|at| at.0),
        }),
        organizer,
        parties,
        people: Vec::new(),
        advisors: Vec::new(),
        hours: written.hours.map_or(HourStyle::TwentyFour, |style| style.value),
        holidays: days::holidays(written, directory, findings),
        working_hours: days::of_countries(written, findings),
        notice_days: written.notice_days.map(|at| At::new(at.0, at.span)),
        publish_join_link: written.publish_join_link.is_some_and(|publish| publish.value),
        publish_url: written.publish_url.as_ref().map(|url| url.0.clone()),
    }
}

fn member(written: &At<schema::MemberCountry>, findings: &mut Vec<Diagnostic>) -> Option<Member> {
    let code = written.0.code.as_ref()?;
    let country = country(code.0)?;
    let said = written.0.time_zone.as_ref().and_then(|zone| Zone::named(&zone.0));
    let zone = said.or_else(|| zone_of(&country, written.span, findings))?;
    Some(Member { code: country.code, place: Place { name: country.name, zone } })
}

/// A country's zone, asking for one where it has several.
fn zone_of(country: &Country, span: Span, findings: &mut Vec<Diagnostic>) -> Option<Zone> {
    let only = country.only_zone();
    if only.is_none() {
        let (code, count, first) = (country.code, country.zones.len(), country.zones[0]);
        findings.push(
            Diagnostic::new(
                &rules::COUNTRY_ZONE,
                text!(l, name = country.name.get(l); "{name} has {count} time zones: say which", "{name} tiene {count} zonas horarias: diga cuál"),
            )
            .at(span, Text::fixed("its hour cannot be told", "no se puede decir su hora"))
            .advice(text!(
                "write `time-zone = \"{first}\"` or another zone of it beside the country (`{{ code = \"{code}\", time-zone = \"{first}\" }}` in a list)",
                "escriba `time-zone = \"{first}\"` u otra de sus zonas junto al país (`{{ code = \"{code}\", time-zone = \"{first}\" }}` en una lista)"
            )),
        );
    }
    only
}

fn resolve_party(key: &At<String>, written: &At<schema::Party>, members: &[Member], findings: &mut Vec<Diagnostic>) -> Party {
    Id::check_key(key, findings);
    let country = written.country.as_ref().and_then(|code| country(code.0));
    let said = written.time_zone.as_ref().and_then(|zone| Zone::named(&zone.0));
    let zone = said.or_else(|| {
        let country = country.as_ref()?;
        let member = members.iter().find(|member| member.code == country.code);
        member.map(|member| member.place.zone.clone()).or_else(|| zone_of(country, written.country.as_ref()?.span, findings))
    });
    let code = country.as_ref().map(|country| country.code);
    Party {
        working_hours: written.working_hours.as_ref().map(|hours| days::working_hours(hours, code, findings)),
        absences: days::absences(&written.unavailable, findings),
        id: key.value.clone(),
        span: key.span,
        kind: written.kind.map_or(PartyKind::Other, |kind| kind.value),
        member: written.member.is_some_and(|member| member.value),
        country: country.map(|country| (country.code, country.name)),
        zone,
        texts: PartyTexts::new(written, written.span),
        aliases: list(&written.aliases).iter().map(|alias| alias.0.clone()).collect(),
        email: address(&written.email),
        also: addresses(&written.also),
        copy: addresses(&written.copy),
        language: written.language.map(|at| at.value),
    }
}

fn address(written: &Option<At<Email>>) -> Option<At<String>> {
    written.as_ref().map(|email| At::new(email.0.clone(), email.span))
}

fn addresses(written: &Option<At<Vec<At<Email>>>>) -> Vec<At<String>> {
    list(written).iter().map(|email| At::new(email.0.clone(), email.span)).collect()
}

fn link(written: &Option<At<Link>>) -> Option<At<String>> {
    written.as_ref().map(|link| At::new(link.0.clone(), link.span))
}

fn resolve_people(written: &Written, group: &mut Group, directory: &mut Directory, findings: &mut Vec<Diagnostic>) {
    let Some((_, file)) = &written.group else { return };
    for (key, person) in file.people.iter().flat_map(|map| &map.0) {
        Id::check_key(key, findings);
        group.people.push(Person {
            id: key.value.clone(),
            span: key.span,
            name: person.name.as_ref().map_or_else(|| key.value.clone(), |name| name.0.clone()),
            party: person.party.as_ref().and_then(|name| directory.party(name, findings)),
            texts: PersonTexts::new(person, person.span),
            zone: person.time_zone.as_ref().and_then(|zone| Zone::named(&zone.0)),
            absences: days::absences(&person.unavailable, findings),
            email: address(&person.email),
            also: addresses(&person.also),
            copy: addresses(&person.copy),
            language: person.language.map(|at| at.value),
        });
    }
}

fn resolve_session(
    file: FileId,
    written: &schema::WrittenSession,
    group: &Group,
    zoned: bool,
    directory: &mut Directory,
    findings: &mut Vec<Diagnostic>,
) -> Session {
    let zone = written.time_zone.as_ref().and_then(|zone| Zone::named(&zone.0)).unwrap_or_else(|| group.zone.clone());
    let top = Span { file, start: 0, end: 0 };
    let date = written.date.map(|at| At::new(at.0, at.span));
    let day = date.map(|at| at.value).filter(|_| zoned || written.time_zone.is_some());
    let mut clockwork = Clockwork::new(day, &zone);
    let window = clockwork.window(written, findings);
    let opens = window.start.map(|at| at.value);
    let lasts = window.minutes.map(|at| TimeDelta::minutes(at.value.into()));
    let closes = window.end.map(|at| at.value).or_else(|| Some(opens? + lasts?));
    let laid = clockwork.agenda(list(&written.slots), (opens, closes), findings);
    let slots = resolve_slots(&written.slots, laid, directory, findings);
    let mut actors = |names: &Option<At<Vec<At<Line>>>>| -> Vec<Actor> {
        list(names).iter().filter_map(|name| directory.actor(name, findings)).collect()
    };
    let (guests, observers, excused) = (actors(&written.guests), actors(&written.observers), actors(&written.excused));
    Session {
        file,
        id: written.id.as_ref().map_or_else(|| At::new(format!("session-{}", file.0), top), |id| At::new(id.0.clone(), id.span)),
        formerly: written.formerly.as_ref().map(|id| At::new(id.0.clone(), id.span)),
        number: written.number.map(|at| At::new(at.0, at.span)),
        date,
        status: written.status.map_or(Status::Tentative, |status| status.value),
        revised: written.revised.map(|at| at.0),
        postponed_to: written.postponed_to.map(|at| at.0),
        guests,
        observers,
        excused,
        window,
        also: also(&written.also),
        moderator: written.moderator.as_ref().and_then(|who| resolve_role(RoleKind::Moderator, who, directory, findings)),
        texts: SessionTexts::new(written, top),
        join_link: link(&written.join_link),
        publish_join_link: written.publish_join_link.map_or(group.publish_join_link, |publish| publish.value),
        documents: list(&written.documents).iter().filter_map(resolve_document).collect(),
        slots,
        zone,
    }
}

fn resolve_document(written: &At<schema::DocumentLink>) -> Option<DocumentLink> {
    Some(DocumentLink { texts: DocumentTexts::new(written, written.span), link: link(&written.link)? })
}

fn resolve_slots(
    written: &Option<At<Vec<At<schema::WrittenSlot>>>>,
    laid: Vec<Laid>,
    directory: &mut Directory,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Slot> {
    list(written).iter().zip(laid).map(|(slot, laid)| resolve_slot(slot, laid, directory, findings)).collect()
}

fn resolve_slot(slot: &At<schema::WrittenSlot>, laid: Laid, directory: &mut Directory, findings: &mut Vec<Diagnostic>) -> Slot {
    let mut roles = Vec::new();
    for (kind, speakers) in [(RoleKind::Speaker, &slot.speakers), (RoleKind::Facilitator, &slot.facilitators)] {
        roles.extend(list(speakers).iter().filter_map(|speaker| resolve_role(kind, speaker, directory, findings)));
    }
    roles.extend(slot.moderator.as_ref().and_then(|who| resolve_role(RoleKind::Moderator, who, directory, findings)));
    let is = |flag: Option<At<bool>>| flag.is_some_and(|flag| flag.value);
    Slot {
        span: slot.span,
        extent: slot.extent,
        texts: SlotTexts::new(&slot.keys, slot.span),
        date: slot.date.map(|at| At::new(at.0, at.span)),
        start: slot.start.map(|at| At::new(at.0, at.span)),
        end: slot.end.map(|at| At::new(at.0, at.span)),
        minutes: slot.minutes.map(|at| At::new(at.0, at.span)),
        time: laid.time,
        also: also(&slot.also),
        approximate: is(slot.approximate),
        parallel: is(slot.parallel),
        pause: is(slot.pause),
        roles,
        everyone: slot.participants.is_some(),
        materials: list(&slot.materials).iter().filter_map(resolve_material).collect(),
        items: resolve_slots(&slot.items, laid.items, directory, findings),
        groups: resolve_slots(&slot.groups, laid.groups, directory, findings),
    }
}

fn also(written: &Option<At<Vec<At<schema::AlsoHour>>>>) -> Vec<AlsoHour> {
    let hour = |at: &At<schema::AlsoHour>| {
        let time = |clock: At<Clock>| At::new(clock.0, clock.span);
        Some(AlsoHour {
            zone: Zone::named(&at.time_zone.as_ref()?.0)?,
            date: at.date.map(|day| At::new(day.0, day.span)),
            start: time(at.start?),
            end: at.end.map(time),
        })
    };
    list(written).iter().filter_map(hour).collect()
}

fn resolve_material(written: &At<schema::Material>) -> Option<Material> {
    Some(Material { texts: MaterialTexts::new(written, written.span), link: link(&written.link)? })
}

fn resolve_role(
    kind: RoleKind,
    written: &At<Speaker>,
    directory: &mut Directory,
    findings: &mut Vec<Diagnostic>,
) -> Option<Role> {
    let role = |who, tbc| Role { kind, who, tbc, span: written.span };
    match &written.value {
        Speaker::Name(name) => match unconfirmed::before(name) {
            None => directory.speaker(&At::new(Line(name.clone()), written.span), findings).map(|who| role(who, false)),
            Some(nobody) if nobody.is_empty() => {
                Some(role(Actor::Described(Text::fixed("To be confirmed", "Por confirmar")), true))
            }
            // The mends of a name would take the words behind it away.
            Some(name) => directory
                .known(&name)
                .or_else(|| directory.speaker(&At::new(Line(name), written.span), findings))
                .map(|who| role(who, true)),
        },
        Speaker::Table(table) => {
            let tbc = table.tbc.is_some_and(|tbc| tbc.value);
            let SpeakerTable { party, person, who, .. } = table.as_ref();
            if let Some(name) = person.as_ref().or(party.as_ref()) {
                return directory.actor(name, findings).map(|who| role(who, tbc));
            }
            if let Some(described) = Wording::words(who.as_ref()) {
                let (described, open) = names::to_be_confirmed(described);
                return Some(role(Actor::Described(described), tbc || open));
            }
            findings.push(
                Diagnostic::new(&rules::UNKNOWN_PARTY, Text::fixed("nobody is named here", "aquí no se nombra a nadie"))
                    .at(written.span, Text::default())
                    .advice(Text::fixed(
                        "write `party`, `person` or, for somebody not yet known, `who`",
                        "escriba `party`, `person` o, para quien aún no se conoce, `who`",
                    )),
            );
            None
        }
    }
}

fn resolve_section(written: &At<schema::Section>, directory: &mut Directory, findings: &mut Vec<Diagnostic>) -> Section {
    for name in list(&written.parties) {
        directory.party(name, findings);
    }
    let texts = SectionTexts::new(&written.0, written.span);
    Section {
        id: written.id.as_ref().map_or_else(|| slug(&texts.title.en), |id| id.0.clone()),
        texts,
        include: written.include.map(|include| include.value),
        sections: list(&written.sections).iter().map(|section| resolve_section(section, directory, findings)).collect(),
    }
}

/// The levels that the group sets, for checks that exist.
pub fn levels(written: &Written, known: &[&'static str], findings: &mut Vec<Diagnostic>) -> HashMap<&'static str, Level> {
    let Some((_, group)) = &written.group else { return HashMap::new() };
    let entries = group.checks.iter().flat_map(|map| &map.0);
    entries.filter_map(|(key, level)| Some((known_check(key, key.span, known, findings)?, level.value))).collect()
}

/// The check of a name, or a finding that there is none.
pub fn known_check(name: &str, span: Span, known: &[&'static str], findings: &mut Vec<Diagnostic>) -> Option<&'static str> {
    let found = known.iter().find(|id| **id == name).copied();
    let is_of_reading = || rules::ALL.iter().chain(crate::decode::rules::ALL).any(|rule| rule.id == name);
    if found.is_none() && is_of_reading() {
        let message =
            text!("`{name}` can be neither accepted nor made less grave", "`{name}` no se puede aceptar ni hacer menos grave");
        let finding = Diagnostic::new(&rules::UNKNOWN_CHECK, message).at(span, Text::default());
        findings
            .push(finding.advice(Text::fixed("mend what it tells, and take this out", "corrija lo que señala, y quite esto")));
    } else if found.is_none() {
        let finding =
            Diagnostic::new(&rules::UNKNOWN_CHECK, text!("there is no check `{name}`", "no existe la verificación `{name}`"))
                .at(span, Text::default());
        findings.push(match crate::decode::nearest(name, known) {
            Some(meant) => finding.advice(text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?")),
            None => {
                finding.advice(Text::fixed("`convoca explain` lists the checks", "`convoca explicar` muestra las verificaciones"))
            }
        });
    }
    found
}
