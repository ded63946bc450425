//! From values as written to the programme: names looked up, zones applied, instants worked out.

mod days;
mod names;
pub mod rules;
mod timing;

use std::collections::HashMap;

use crate::decode::{Email, Id, Line, Link, slug};
use crate::diagnostics::{At, Diagnostic, FileId, Level, Span};
use crate::locale::{Lang, Text};
use crate::model::{
    Actor, BreakOut, ConceptNote, DocumentLink, Group, Member, Organizer, Party, Person, Programme, Quorum, Role, RoleKind,
    Section, Session, Slot,
};
use crate::schema::{self, HourStyle, PartyKind, Prose, Speaker, SpeakerTable, Status, Wording, Written, list};
use crate::text;
use crate::time::{Country, Place, Zone, country};
use names::Directory;
use timing::Clockwork;

/// The programme, unless there is no group to resolve names in.
pub fn resolve(written: &Written) -> (Option<Programme>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let Some((_, group)) = &written.group else { return (None, findings) };
    let mut directory = Directory::new(group);
    let mut group = resolve_group(group, &mut directory, &mut findings);
    resolve_people(written, &mut group, &mut directory, &mut findings);
    group.advisors = days::advisors(&group);
    let mut sessions: Vec<Session> = written
        .sessions
        .iter()
        .map(|(file, session)| resolve_session(*file, session, &group, &mut directory, &mut findings))
        .collect();
    sessions.sort_by_key(|session| (session.number.map_or(u32::MAX, |at| at.value), session.file));
    let concept_note = written.concept_note.as_ref().map(|(_, note)| ConceptNote {
        date: note.date.map(|at| at.0),
        title: wording(&note.title),
        sections: list(&note.sections).iter().map(|section| resolve_section(section, &mut directory, &mut findings)).collect(),
    });
    let mentions = directory.mentions;
    (Some(Programme::new(group, sessions, concept_note, mentions)), findings)
}

/// Both languages of a text; where one is missing the other stands in for it.
pub(crate) fn wording(written: &Option<At<Wording>>) -> Text {
    let line = |line: &Option<At<Line>>| line.as_ref().map(|at| at.0.clone()).filter(|text| !text.is_empty());
    written.as_ref().map_or_else(Text::default, |text| both(line(&text.es), line(&text.en)))
}

fn prose(written: &Option<At<Prose>>) -> Option<Text> {
    let text = written.as_ref()?;
    let both = both(text.es.as_ref().map(|at| at.0.clone()), text.en.as_ref().map(|at| at.0.clone()));
    (both != Text::default()).then_some(both)
}

fn both(es: Option<String>, en: Option<String>) -> Text {
    let es_text = es.clone().or_else(|| en.clone()).unwrap_or_default();
    let en_text = en.or(es).unwrap_or_default();
    Text { es: es_text.into(), en: en_text.into() }
}

fn optional(written: &Option<At<Wording>>) -> Option<Text> {
    written.as_ref().map(|_| wording(written)).filter(|text| *text != Text::default())
}

fn resolve_group(written: &schema::Group, directory: &mut Directory, findings: &mut Vec<Diagnostic>) -> Group {
    let zone = written.time_zone.as_ref().and_then(|zone| Zone::named(&zone.0)).unwrap_or_else(Zone::utc);
    let members: Vec<Member> = list(&written.countries).iter().filter_map(|country| member(country, findings)).collect();
    let languages: Vec<Lang> = list(&written.languages).iter().map(|at| at.value).collect();
    let parties =
        written.parties.iter().flat_map(|map| &map.0).map(|(key, party)| resolve_party(key, party, &members, findings)).collect();
    let name = wording(&written.name);
    let id = written.id.as_ref().map_or_else(|| "group".to_owned(), |id| id.0.clone());
    let organizer = written.organizer.as_ref().and_then(|organizer| {
        let party = directory.party(organizer.party.as_ref()?, findings)?;
        Some(Organizer { party, email: organizer.email.as_ref()?.0.clone() })
    });
    Group {
        domain: written.domain.as_ref().map_or_else(|| format!("{id}.invalid"), |domain| domain.0.clone()),
        id,
        languages: if languages.is_empty() { Lang::ALL.to_vec() } else { languages },
        zone,
        members,
        short_name: optional(&written.short_name).unwrap_or_else(|| name.clone()),
        name,
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
        city: optional(&written.city),
        name: wording(&written.name),
        short_name: optional(&written.short_name),
        acronym: optional(&written.acronym),
        aliases: list(&written.aliases).iter().map(|alias| alias.0.clone()).collect(),
        email: address(&written.email),
        language: written.language.map(|at| at.value),
    }
}

fn address(written: &Option<At<Email>>) -> Option<At<String>> {
    written.as_ref().map(|email| At::new(email.0.clone(), email.span))
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
            role: optional(&person.role),
            zone: person.time_zone.as_ref().and_then(|zone| Zone::named(&zone.0)),
            absences: days::absences(&person.unavailable, findings),
            email: address(&person.email),
            language: person.language.map(|at| at.value),
        });
    }
}

fn resolve_session(
    file: FileId,
    written: &schema::Session,
    group: &Group,
    directory: &mut Directory,
    findings: &mut Vec<Diagnostic>,
) -> Session {
    let zone = written.time_zone.as_ref().and_then(|zone| Zone::named(&zone.0)).unwrap_or_else(|| group.zone.clone());
    let top = Span { file, start: 0, end: 0 };
    let date = written.date.map(|at| At::new(at.0, at.span));
    let mut clockwork = Clockwork::new(date.map(|at| at.value), &zone);
    let window = clockwork.window(written, findings);
    let mut slots = Vec::new();
    for slot in list(&written.slots) {
        let mut roles = Vec::new();
        for (kind, speakers) in [(RoleKind::Speaker, &slot.speakers), (RoleKind::Facilitator, &slot.facilitators)] {
            roles.extend(list(speakers).iter().filter_map(|speaker| resolve_role(kind, speaker, directory, findings)));
        }
        roles.extend(slot.moderator.as_ref().and_then(|who| resolve_role(RoleKind::Moderator, who, directory, findings)));
        slots.push(Slot {
            span: slot.span,
            extent: slot.extent,
            title: At::new(wording(&slot.title), slot.title.as_ref().map_or(slot.span, |title| title.span)),
            start: slot.start.map(|at| At::new(at.0, at.span)),
            end: slot.end.map(|at| At::new(at.0, at.span)),
            minutes: slot.minutes.map(|at| At::new(at.0, at.span)),
            time: clockwork.slot(slot, findings),
            roles,
            everyone: slot.participants.is_some(),
            groups: list(&slot.groups).iter().map(|group| resolve_break_out(group, directory, findings)).collect(),
        });
    }
    Session {
        file,
        id: written.id.as_ref().map_or_else(|| At::new(format!("session-{}", file.0), top), |id| At::new(id.0.clone(), id.span)),
        number: written.number.map(|at| At::new(at.0, at.span)),
        date,
        status: written.status.map_or(Status::Tentative, |status| status.value),
        revised: written.revised.map(|at| at.0),
        window,
        moderator: written.moderator.as_ref().and_then(|who| resolve_role(RoleKind::Moderator, who, directory, findings)),
        title: At::new(wording(&written.title), written.title.as_ref().map_or(top, |title| title.span)),
        objective: optional(&written.objective),
        place: optional(&written.place),
        join_link: link(&written.join_link),
        publish_join_link: written.publish_join_link.map_or(group.publish_join_link, |publish| publish.value),
        how_to_join: optional(&written.how_to_join),
        interpretation: optional(&written.interpretation),
        documents: list(&written.documents).iter().filter_map(resolve_document).collect(),
        slots,
        zone,
    }
}

fn resolve_document(written: &At<schema::DocumentLink>) -> Option<DocumentLink> {
    Some(DocumentLink { title: wording(&written.title), link: link(&written.link)? })
}

fn resolve_break_out(written: &At<schema::BreakOut>, directory: &mut Directory, findings: &mut Vec<Diagnostic>) -> BreakOut {
    let mut roles = Vec::new();
    for (kind, speakers) in [(RoleKind::Facilitator, &written.facilitators), (RoleKind::Speaker, &written.speakers)] {
        roles.extend(list(speakers).iter().filter_map(|speaker| resolve_role(kind, speaker, directory, findings)));
    }
    BreakOut { span: written.span, title: wording(&written.title), roles }
}

fn resolve_role(
    kind: RoleKind,
    written: &At<Speaker>,
    directory: &mut Directory,
    findings: &mut Vec<Diagnostic>,
) -> Option<Role> {
    let role = |who, tbc| Role { kind, who, tbc, span: written.span };
    match &written.value {
        Speaker::Name(name) => directory.actor(&At::new(Line(name.clone()), written.span), findings).map(|who| role(who, false)),
        Speaker::Table(table) => {
            let tbc = table.tbc.is_some_and(|tbc| tbc.value);
            let SpeakerTable { party, person, who, .. } = table.as_ref();
            if let Some(name) = person.as_ref().or(party.as_ref()) {
                return directory.actor(name, findings).map(|who| role(who, tbc));
            }
            if let Some(described) = optional(who) {
                return Some(role(Actor::Described(described), tbc));
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
    let title = wording(&written.title);
    Section {
        id: written.id.as_ref().map_or_else(|| slug(&title.en), |id| id.0.clone()),
        title,
        text: prose(&written.text),
        items: list(&written.items).iter().map(|item| wording(&Some(item.clone()))).collect(),
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
    if found.is_none() {
        let finding =
            Diagnostic::new(&rules::UNKNOWN_CHECK, text!("there is no check `{name}`", "no existe la verificación `{name}`"))
                .at(span, Text::default());
        findings.push(match crate::decode::nearest(name, known) {
            Some(meant) => finding.advice(text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?")),
            None => {
                finding.advice(Text::fixed("`convoca explain` lists the checks", "`convoca explain` muestra las verificaciones"))
            }
        });
    }
    found
}
