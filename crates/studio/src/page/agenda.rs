//! Sessions with their agendas.

use chrono::{NaiveDateTime, NaiveTime};
use convoca_core::decode::Link;
use convoca_core::diagnostics::At;
use convoca_core::locale::{dates, words};
use convoca_core::model::{Actor, Group, Role, RoleKind, Session, Slot, SlotTime};
use convoca_core::schema::{self, Wording, list};
use convoca_core::time::Zone;
use serde_json::{Value as Json, json};

use super::{View, each, prose, wording};

impl View<'_> {
    pub(super) fn session(&self, group: &Group, session: &Session) -> Json {
        let written = self.snapshot.written().sessions.iter().find(|(file, _)| *file == session.file).map(|(_, own)| own);
        let texts = |field: fn(&schema::WrittenSession) -> Option<&At<Wording>>| written.map(|own| wording(field(own)));
        let date = session.date.map(|date| date.value);
        let hours = session.time().map(|time| hours(group, &session.zone, time));
        let span = session.time().map(|(start, end)| {
            let local = [start, end].map(|at| session.zone.local(at).time);
            json!({ "start": clock(local[0]), "end": clock(local[1]), "from": minute(date, local[0]), "to": minute(date, local[1]) })
        });
        let doubtful = session.roles().filter(|role| role.tbc).count();
        let sources = self.snapshot.sources();
        json!({
            "id": session.id.value,
            "file": sources.get(session.file).path,
            "number": session.number.map(|number| number.value),
            "name": each(|lang| session.name(lang)),
            "title": texts(|own| own.title.as_ref()),
            "place": texts(|own| own.place.as_ref()),
            "objective": written.map(|own| prose(own.objective.as_ref())),
            "background": written.map(|own| prose(own.background.as_ref())),
            "questions": written.map(|own| prose(own.questions.as_ref())),
            "results": written.map(|own| prose(own.results.as_ref())),
            "interpretation": written.map(|own| wording(own.interpretation.as_ref())),
            "howToJoin": texts(|own| own.how_to_join.as_ref()),
            "joinLink": session.join_link.as_ref().map(|link| &link.value),
            "status": session.status.word(),
            "date": date.map(|date| date.to_string()),
            "day": date.map(|date| each(|lang| dates::long_date(lang, date))),
            "days": date.map(|date| (date - self.snapshot.today()).num_days()),
            "clock": group.place_at(&session.zone).name,
            "time": span,
            "opens": written.and_then(|own| own.start.as_ref()).map(|hour| dates::clock(hour.0)),
            "closes": session.closes().map(|at| clock(session.zone.local(at.value).time)),
            "hours": hours,
            "moderator": session.moderator.as_ref().map(|role| person(group, role, 0)),
            "doubtful": doubtful,
            "documents": written.map(|own| links(list(&own.documents).iter().map(|own| (own.title.as_ref(), own.link.as_ref())))),
            "slots": slots(group, session, &session.slots, written.map_or(&[], |own| list(&own.slots))),
        })
    }
}

/// Items beside one another, each with those inside it.
fn slots(group: &Group, session: &Session, slots: &[Slot], written: &[At<schema::WrittenSlot>]) -> Json {
    let own = |slot: &Slot| written.iter().find(|own| own.span == slot.span).map(|own| &own.value);
    slots.iter().map(|known| slot(group, session, known, own(known))).collect()
}

fn slot(group: &Group, session: &Session, slot: &Slot, own: Option<&schema::WrittenSlot>) -> Json {
    let date = session.date.map(|date| date.value);
    let time = slot.time.map(|time| {
        let SlotTime { start, end, local_start, local_end, start_inferred, end_inferred } = time;
        json!({
            "start": clock(local_start),
            "end": clock(local_end),
            "minutes": (local_end - local_start).num_minutes(),
            "length": words::duration(time.minutes()),
            "from": minute(date, local_start),
            "to": minute(date, local_end),
            "hours": hours(group, &session.zone, (start, end)),
            "startInferred": start_inferred,
            "endInferred": end_inferred,
        })
    });
    let flag = |key: fn(&schema::WrittenSlot) -> Option<&At<bool>>| own.and_then(key).is_some_and(|flag| flag.value);
    let line = |key: fn(&schema::WrittenSlot) -> Option<&At<Wording>>| own.map(|own| wording(key(own)));
    let groups = slot.groups.iter().map(|part| json!({ "title": part.texts.title, "roles": people(group, &part.roles) }));
    json!({
        "title": own.map_or_else(|| json!(slot.texts.title), |own| wording(own.keys.title.as_ref())),
        "time": time,
        "start": slot.start.map(|at| dates::clock(at.value)),
        "end": slot.end.map(|at| dates::clock(at.value)),
        "minutes": slot.minutes.map(|at| at.value),
        "pinned": flag(|own| own.keys.pinned.as_ref()),
        "pause": flag(|own| own.keys.pause.as_ref()),
        "parallel": flag(|own| own.keys.parallel.as_ref()),
        "approximate": flag(|own| own.keys.approximate.as_ref()),
        "description": own.map(|own| prose(own.keys.description.as_ref())),
        "place": line(|own| own.keys.place.as_ref()),
        "language": line(|own| own.keys.language.as_ref()),
        "interpretation": own.map(|own| wording(own.keys.interpretation.as_ref())),
        "everyone": slot.everyone,
        "roles": people(group, &slot.roles),
        "groups": groups.collect::<Json>(),
        "documents": own.map(|own| links(list(&own.keys.materials).iter().map(|own| (own.title.as_ref(), own.link.as_ref())))),
        "items": slots(group, session, &slot.items, own.map_or(&[], |own| list(&own.keys.items))),
    })
}

/// Documents with their addresses on the web.
fn links<'a>(documents: impl Iterator<Item = (Option<&'a At<Wording>>, Option<&'a At<Link>>)>) -> Json {
    documents.map(|(title, link)| json!({ "title": wording(title), "link": link.map(|link| &link.0) })).collect()
}

/// Roles with their places among those of their kind, by which changes name them.
fn people(group: &Group, roles: &[Role]) -> Json {
    let mut counts = [0_usize; 3];
    let roles = roles.iter().map(|role| {
        let count = &mut counts[role.kind as usize];
        let index = *count;
        *count += 1;
        person(group, role, index)
    });
    roles.collect()
}

fn person(group: &Group, role: &Role, index: usize) -> Json {
    let id = match &role.who {
        Actor::Party(party) => Some(&group.party(*party).id),
        Actor::Person(person) => Some(&group.person(*person).id),
        Actor::Described(_) => None,
    };
    let kind = match role.kind {
        RoleKind::Speaker => "speaker",
        RoleKind::Moderator => "moderator",
        RoleKind::Facilitator => "facilitator",
    };
    json!({
        "role": kind,
        "index": index,
        "id": id,
        "label": each(|lang| role.who.label(group, lang)),
        "tbc": role.tbc,
        "described": id.is_none(),
    })
}

/// What the clocks of the group's places show.
pub fn hours(group: &Group, own: &Zone, (start, end): (chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>)) -> Json {
    let day = own.local(start).time.date();
    let hours = group.local_hours(own, start, end, day).into_iter().map(|hour| {
        let places = |lang| {
            let names: Vec<&str> = hour.places.iter().map(|place| place.name.get(lang)).collect();
            words::join(lang, &names)
        };
        // Room is scarce at the head of a column: countries by their codes.
        let short = hour.places.iter().map(|place| {
            let member = group.members.iter().find(|member| member.place == **place);
            member.map_or(&*place.name.es, |member| member.code)
        });
        let short = short.collect::<Vec<_>>().join(" · ");
        json!({ "places": each(places), "short": short, "start": clock(hour.start), "end": clock(hour.end), "shift": hour.day_shift })
    });
    hours.collect()
}

/// Minutes from the midnight before the session.
fn minute(date: Option<chrono::NaiveDate>, local: NaiveDateTime) -> i64 {
    let midnight = date.unwrap_or(local.date()).and_time(NaiveTime::MIN);
    (local - midnight).num_minutes()
}

fn clock(time: NaiveDateTime) -> String {
    dates::clock(time.time())
}
