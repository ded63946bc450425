//! What a page sees of the desk, as JSON. Every hour is worded here: a page computes none.

use chrono::{NaiveDateTime, NaiveTime};
use convoca_core::decode::{Line, Paragraphs};
use convoca_core::diagnostics::{At, Diagnostic, Subject};
use convoca_core::locale::{Lang, Text, dates, words};
use convoca_core::model::{Actor, Group, Programme, Role, RoleKind, Section, Session, Slot, SlotTime};
use convoca_core::project::Snapshot;
use convoca_core::schema::{self, Prose, Wording};
use convoca_core::time::Zone;
use convoca_core::{checks, diagnostics};
use serde_json::{Value as Json, json};

use crate::desk::Desk;

/// Everything that there is to be seen.
pub fn desk(desk: &Desk) -> Json {
    let [undo, redo] = desk.next();
    let mut seen = programme(desk.snapshot());
    let outside = desk.outside().iter().map(|(path, outside)| {
        let theirs = outside.theirs.as_deref().map(String::from_utf8_lossy);
        json!({ "path": path, "theirs": theirs, "mine": desk.project().text(path) })
    });
    seen["blank"] = desk.is_blank().into();
    seen["revision"] = desk.revision().into();
    seen["today"] = desk.today().to_string().into();
    seen["undo"] = json!(undo);
    seen["redo"] = json!(redo);
    seen["history"] = desk.history().take(30).map(|label| json!(label)).collect();
    seen["unsaved"] = desk.unsaved().iter().map(|file| json!(file.path)).collect();
    seen["outside"] = outside.collect();
    seen
}

/// The programme with its findings, at a moment: also one that is only tried.
pub fn programme(snapshot: &Snapshot) -> Json {
    let view = View { snapshot, programme: snapshot.programme() };
    let findings = snapshot.findings().iter().enumerate();
    json!({
        "group": view.group(),
        "sessions": view.sessions(),
        "note": view.note(),
        "findings": findings.map(|(index, finding)| view.finding(index, finding)).collect::<Json>(),
    })
}

struct View<'a> {
    snapshot: &'a Snapshot,
    programme: Option<&'a Programme>,
}

impl View<'_> {
    fn group(&self) -> Json {
        let Some(Programme { group, .. }) = self.programme else { return Json::Null };
        let written = self.snapshot.written().group.as_ref().map(|(_, group)| group);
        let parties = group.parties.iter().map(|party| {
            let own = written
                .and_then(|group| group.parties.as_ref())
                .and_then(|map| map.value.0.iter().find(|(id, _)| id.value == party.id).map(|(_, party)| &party.value));
            json!({
                "id": party.id,
                "label": each(|lang| party.label(lang)),
                "name": own.map(|own| wording(own.name.as_ref())),
                "acronym": own.map(|own| wording(own.acronym.as_ref())),
                "kind": party.kind.word(),
                "country": party.country.as_ref().map(|(code, _)| *code),
                "member": party.member,
                "email": party.email.as_ref().map(|email| &email.value),
                "language": party.language.map(Lang::code),
            })
        });
        let people = group.people.iter().map(|person| {
            let own = written
                .and_then(|group| group.people.as_ref())
                .and_then(|map| map.value.0.iter().find(|(id, _)| id.value == person.id).map(|(_, person)| &person.value));
            json!({
                "id": person.id,
                "name": person.name,
                "party": person.party.map(|party| &group.party(party).id),
                "role": own.map(|own| wording(own.role.as_ref())),
                "email": person.email.as_ref().map(|email| &email.value),
                "language": person.language.map(Lang::code),
            })
        });
        let places = group.places().map(|place| json!({ "name": place.name, "zone": place.zone.name() }));
        let members = group.members.iter().map(|member| json!({ "code": member.code, "name": member.place.name }));
        json!({
            "name": group.short_name(),
            "languages": group.languages.iter().map(|lang| lang.code()).collect::<Vec<_>>(),
            "zone": group.zone.name(),
            "clock": group.place_at(&group.zone).name,
            "places": places.collect::<Json>(),
            "countries": members.collect::<Json>(),
            "parties": parties.collect::<Json>(),
            "people": people.collect::<Json>(),
        })
    }

    fn sessions(&self) -> Json {
        let Some(programme) = self.programme else { return json!([]) };
        programme.sessions.iter().map(|session| self.session(&programme.group, session)).collect()
    }

    fn session(&self, group: &Group, session: &Session) -> Json {
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
            "interpretation": texts(|own| own.interpretation.as_ref()),
            "howToJoin": texts(|own| own.how_to_join.as_ref()),
            "joinLink": session.join_link.as_ref().map(|link| &link.value),
            "status": session.status.word(),
            "date": date.map(|date| date.to_string()),
            "day": date.map(|date| each(|lang| dates::long_date(lang, date))),
            "days": date.map(|date| (date - self.snapshot.today()).num_days()),
            "clock": group.place_at(&session.zone).name,
            "time": span,
            "hours": hours,
            "moderator": session.moderator.as_ref().map(|role| person(group, role, 0)),
            "doubtful": doubtful,
            "slots": session.slots.iter().map(|slot| self.slot(group, session, slot, written)).collect::<Json>(),
        })
    }

    fn slot(&self, group: &Group, session: &Session, slot: &Slot, written: Option<&schema::WrittenSession>) -> Json {
        let slots = written.and_then(|own| own.slots.as_ref());
        let own = slots.and_then(|slots| slots.value.iter().find(|own| own.span == slot.span)).map(|own| &own.value);
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
            "interpretation": line(|own| own.keys.interpretation.as_ref()),
            "everyone": slot.everyone,
            "roles": people(group, &slot.roles),
            "groups": groups.collect::<Json>(),
        })
    }

    fn note(&self) -> Json {
        let Some((_, written)) = &self.snapshot.written().concept_note else { return Json::Null };
        let Some(note) = self.programme.and_then(|programme| programme.concept_note.as_ref()) else { return Json::Null };
        let sections = written.sections.as_ref().map_or(&[][..], |sections| &sections.value);
        json!({
            "title": wording(written.title.as_ref()),
            "sections": section_list(sections, &note.sections, ""),
        })
    }

    fn finding(&self, index: usize, finding: &Diagnostic) -> Json {
        let sources = self.snapshot.sources();
        let mends = finding.mends.iter().enumerate().map(|(index, mend)| {
            let edits = mend.edits.iter().map(|edit| {
                let file = sources.get(edit.span.file);
                let (line, _) = file.position(edit.span.range().start);
                let before = file.text.get(edit.span.range()).unwrap_or_default();
                json!({ "path": file.path, "line": line, "before": before, "after": edit.text })
            });
            json!({ "mend": index, "message": mend.message, "certain": mend.certain, "edits": edits.collect::<Json>() })
        });
        let label = finding.labels.first().map(|label| &label.text);
        let session = match &finding.subject {
            Subject::Session { session }
            | Subject::Slot { session, .. }
            | Subject::Item { session, .. }
            | Subject::BreakOut { session, .. } => Some(session),
            _ => None,
        };
        json!({
            "finding": index,
            "check": finding.check,
            "level": finding.level,
            "word": each(|lang| finding.level.word(lang).to_owned()),
            "subject": finding.subject,
            "about": self.about(&finding.subject),
            "session": session,
            "field": finding.field,
            "message": finding.message,
            "label": label.filter(|label| !label.es.is_empty()),
            "others": finding.labels.iter().skip(1).map(|label| json!(label.text)).collect::<Json>(),
            "notes": finding.notes,
            "mends": mends.collect::<Json>(),
            "waived": finding.waived,
            "waivable": checks::ALL.iter().any(|known| known.rule.id == finding.check),
            "follows": finding.check == diagnostics::NOT_CHECKED,
        })
    }

    /// What a finding is about, by the name that people know.
    fn about(&self, subject: &Subject) -> Text {
        let session = |id: &str| {
            let programme = self.programme?;
            let file = self.snapshot.sources().find(id);
            programme.sessions.iter().find(|session| session.id.value == id || Some(session.file) == file)
        };
        let group = self.programme.map(|programme| &programme.group);
        let known = match subject {
            Subject::Session { session: id } => session(id).map(|session| each_text(|lang| session.name(lang))),
            Subject::Slot { session: id, slot } | Subject::BreakOut { session: id, slot, .. } => {
                session(id).and_then(|session| {
                    let slot = session.slots.get(*slot)?;
                    Some(each_text(|lang| format!("{} · {}", session.name(lang), slot.texts.title.get(lang))))
                })
            }
            Subject::Item { session: id, slot, items } => session(id).and_then(|session| {
                let slot = session.slots.get(*slot)?;
                let item = items.iter().try_fold(slot, |item, place| item.items.get(*place))?;
                Some(each_text(|lang| format!("{} · {}", session.name(lang), item.texts.title.get(lang))))
            }),
            Subject::Party { id } | Subject::Person { id } => group
                .and_then(|group| Some((group, group.actor(id)?)))
                .map(|(group, actor)| each_text(|lang| actor.label(group, lang))),
            Subject::Section { id } => {
                let note = self.programme.and_then(|programme| programme.concept_note.as_ref());
                note.and_then(|note| find_section(&note.sections, id)).map(|section| {
                    each_text(|lang| {
                        let note = if lang == Lang::Es { "Nota conceptual" } else { "Concept note" };
                        format!("{note} · {}", section.texts.title.get(lang))
                    })
                })
            }
            _ => None,
        };
        known.unwrap_or_else(|| subject.mention())
    }
}

fn section_list(written: &[At<schema::Section>], known: &[Section], place: &str) -> Json {
    let sections = written.iter().enumerate().map(|(index, own)| {
        let model = known.get(index);
        let at = format!("{place}{}", index + 1);
        let inner = own.value.sections.as_ref().map_or(&[][..], |sections| &sections.value);
        let id = own.value.id.as_ref().map_or_else(|| at.clone(), |id| id.value.0.clone());
        json!({
            "id": id,
            "place": index,
            "number": own.value.number.as_ref().map(|number| words::roman(number.value.0)),
            "title": wording(own.value.title.as_ref()),
            "text": prose(own.value.text.as_ref()),
            "items": own.value.items.as_ref().map_or(0, |items| items.value.len()),
            "includes": own.value.include.is_some(),
            "sections": section_list(inner, model.map_or(&[][..], |model| &model.sections), &format!("{at}.")),
        })
    });
    sections.collect()
}

fn find_section<'s>(sections: &'s [Section], id: &str) -> Option<&'s Section> {
    sections.iter().find_map(|section| if section.id == id { Some(section) } else { find_section(&section.sections, id) })
}

/// A text as it is written: nothing stands in for a language that is missing.
fn wording(text: Option<&At<Wording>>) -> Json {
    let said = |line: Option<&At<Line>>| line.map(|line| line.value.0.clone()).unwrap_or_default();
    let keys = text.map(|text| &text.value.0);
    json!({ "es": said(keys.and_then(|keys| keys.es.as_ref())), "en": said(keys.and_then(|keys| keys.en.as_ref())) })
}

fn prose(text: Option<&At<Prose>>) -> Json {
    let said = |text: Option<&At<Paragraphs>>| text.map(|text| text.value.0.trim().to_owned()).unwrap_or_default();
    let keys = text.map(|text| &text.value.0);
    json!({ "es": said(keys.and_then(|keys| keys.es.as_ref())), "en": said(keys.and_then(|keys| keys.en.as_ref())) })
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

fn each(word: impl Fn(Lang) -> String) -> Json {
    json!(each_text(word))
}

fn each_text(word: impl Fn(Lang) -> String) -> Text {
    Text { es: word(Lang::Es).into(), en: word(Lang::En).into() }
}
