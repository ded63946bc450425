//! The group: who belongs to it, and when they can meet.

use convoca_core::diagnostics::At;
use convoca_core::locale::{Lang, dates};
use convoca_core::model::{Programme, WorkingHours};
use convoca_core::schema::{Absence, Holiday, Hours, list};
use serde_json::{Value as Json, json};

use super::identity::identity;
use super::{View, each, wording};

impl View<'_> {
    pub(super) fn group(&self) -> Json {
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
                "workingHours": own.map(|own| hours(own.working_hours.as_ref())),
                "absences": own.map(|own| absences(list(&own.unavailable))),
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
                "absences": own.map(|own| absences(list(&own.unavailable))),
            })
        });
        let places = group.places().map(|place| json!({ "name": place.name, "zone": place.zone.name() }));
        let members = group.members.iter().map(|member| {
            let own = written.and_then(|group| group.working_hours.as_ref());
            let own = own.and_then(|map| map.value.0.iter().find(|(code, _)| code.value.eq_ignore_ascii_case(member.code)));
            let usual = WorkingHours::usual(Some(member.code));
            json!({
                "code": member.code,
                "name": member.place.name,
                // As its key is written: changes name it so.
                "key": own.map_or(member.code, |(code, _)| &code.value),
                "workingHours": hours(own.map(|(_, hours)| hours)),
                "usualHours": { "start": dates::clock(usual.start), "end": dates::clock(usual.end) },
            })
        });
        json!({
            "name": group.short_name(),
            "identity": written.map(identity),
            "languages": group.languages.iter().map(|lang| lang.code()).collect::<Vec<_>>(),
            "zone": group.zone.name(),
            "clock": group.place_at(&group.zone).name,
            "places": places.collect::<Json>(),
            "countries": members.collect::<Json>(),
            "parties": parties.collect::<Json>(),
            "people": people.collect::<Json>(),
            "holidays": written.map(|group| list(&group.holidays).iter().map(|day| holiday(&day.value)).collect::<Json>()),
            "quorum": written.and_then(|group| group.quorum.as_ref()).map(|quorum| json!({
                "parties": quorum.parties.as_ref().map(|number| number.0),
                "countries": quorum.countries.as_ref().map(|number| number.0),
            })),
            "noticeDays": group.notice_days.map(|days| days.value),
        })
    }
}

fn holiday(day: &Holiday) -> Json {
    let codes = list(&day.countries).iter().map(|code| code.value.0);
    let parties = list(&day.parties).iter().map(|party| party.value.0.as_str());
    json!({
        "date": day.date.as_ref().map(|day| day.0.to_string()),
        "day": day.date.as_ref().map(|day| each(|lang| dates::date(lang, day.0))),
        "name": wording(day.name.as_ref()),
        "yearly": day.yearly.as_ref().is_some_and(|flag| flag.value),
        "from": day.from.as_ref().map(|hour| dates::clock(hour.0)),
        "countries": codes.collect::<Vec<_>>(),
        "parties": parties.collect::<Vec<_>>(),
        "working": day.working.as_ref().is_some_and(|flag| flag.value),
    })
}

/// Working hours as they are written; nothing where the usual ones hold.
fn hours(hours: Option<&At<Hours>>) -> Json {
    json!({
        "start": hours.and_then(|hours| hours.start.as_ref()).map(|hour| dates::clock(hour.0)),
        "end": hours.and_then(|hours| hours.end.as_ref()).map(|hour| dates::clock(hour.0)),
        "weekdays": hours.map(|hours| list(&hours.weekdays).iter().map(|day| day.value.0.num_days_from_monday()).collect::<Vec<_>>()),
    })
}

fn absences(absences: &[At<Absence>]) -> Json {
    let said = absences.iter().map(|absence| {
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| each(|lang| dates::date(lang, day)));
        let (from, to) = (absence.from.as_ref().map(|day| day.0), absence.to.as_ref().map(|day| day.0));
        let weekdays = list(&absence.weekdays).iter().map(|day| each(|lang| dates::weekday(lang, day.value.0).to_owned()));
        json!({
            "from": day(from),
            "to": day(to),
            "weekdays": weekdays.collect::<Json>(),
            "start": absence.start.as_ref().map(|hour| dates::clock(hour.0)),
            "end": absence.end.as_ref().map(|hour| dates::clock(hour.0)),
            "reason": absence.reason.as_ref().map(|reason| &reason.0),
        })
    });
    said.collect()
}
