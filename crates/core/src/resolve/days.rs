//! Holidays, working hours, absences and places of the group.

use chrono::NaiveTime;

use super::names::Directory;
use super::{rules, wording};
use crate::diagnostics::{At, Diagnostic};
use crate::locale::Text;
use crate::model::{Absence, Actor, AddedHoliday, Group, PartyId, PersonId, WorkingHours};
use crate::schema::{self, list};
use crate::text;
use crate::time::{Place, country_called};

/// The holidays that the group adds; one that says nothing is reported.
pub(crate) fn holidays(written: &schema::Group, directory: &mut Directory, findings: &mut Vec<Diagnostic>) -> Vec<AddedHoliday> {
    let mut holidays = Vec::new();
    for holiday in list(&written.holidays) {
        let Some(date) = holiday.date else { continue };
        let working = holiday.working.is_some_and(|working| working.value);
        if holiday.name.is_none() && !working {
            findings.push(
                Diagnostic::new(&rules::DAYS, Text::fixed("this holiday has no name", "este feriado no tiene nombre"))
                    .at(holiday.span, Text::default())
                    .advice(Text::fixed(
                        "write what is celebrated, or `working = true` if the day is worked",
                        "escriba qué se celebra, o `working = true` si ese día se trabaja",
                    )),
            );
        }
        holidays.push(AddedHoliday {
            date: date.0,
            yearly: holiday.yearly.is_some_and(|yearly| yearly.value),
            from: holiday.from.map(|at| at.0),
            name: wording(&holiday.name),
            countries: list(&holiday.countries).iter().map(|code| code.0).collect(),
            parties: list(&holiday.parties).iter().filter_map(|name| directory.party(name, findings)).collect(),
            working,
        });
    }
    holidays
}

/// The working hours of countries, by code.
pub(crate) fn of_countries(written: &schema::Group, findings: &mut Vec<Diagnostic>) -> Vec<(&'static str, WorkingHours)> {
    let entries = written.working_hours.iter().flat_map(|map| &map.0);
    let mut hours = Vec::new();
    for (key, written) in entries {
        match country_called(key) {
            Some(country) => hours.push((country.code, working_hours(written, Some(country.code), findings))),
            None => findings.push(
                Diagnostic::new(
                    &crate::decode::rules::UNKNOWN_COUNTRY,
                    text!(l, key = { let _ = l; key.value.clone() }; "unknown country `{key}`", "país desconocido `{key}`"),
                )
                .at(key.span, Text::fixed("not an ISO 3166 code", "no es un código ISO 3166")),
            ),
        }
    }
    hours
}

/// Hours as written, the rest as is usual in the country.
pub(crate) fn working_hours(written: &At<schema::Hours>, country: Option<&str>, findings: &mut Vec<Diagnostic>) -> WorkingHours {
    let usual = WorkingHours::usual(country);
    let weekdays: Vec<_> = list(&written.weekdays).iter().map(|day| day.0).collect();
    let hours = WorkingHours {
        start: written.start.map_or(usual.start, |at| at.0),
        end: written.end.map_or(usual.end, |at| at.0),
        weekdays: if weekdays.is_empty() { usual.weekdays.clone() } else { weekdays },
    };
    if in_order(Some(hours.start), Some(hours.end)) {
        return hours;
    }
    let span = written.end.map(|at| at.span).or(written.start.map(|at| at.span)).unwrap_or(written.span);
    findings.push(
        out_of_order(Text::fixed("these hours end before they begin", "estas horas terminan antes de comenzar"))
            .at(span, Text::default()),
    );
    usual
}

/// Absences as written; one that can never hold is reported and left out.
pub(crate) fn absences(written: &Option<At<Vec<At<schema::Absence>>>>, findings: &mut Vec<Diagnostic>) -> Vec<Absence> {
    let mut absences = Vec::new();
    for absence in list(written) {
        let (from, to) = (absence.from.map(|at| at.0), absence.to.map(|at| at.0));
        let (start, end) = (absence.start.map(|at| at.0), absence.end.map(|at| at.0));
        if from.zip(to).is_some_and(|(from, to)| to < from) || !in_order(start, end) {
            let span = absence.to.map(|at| at.span).or(absence.end.map(|at| at.span)).unwrap_or(absence.span);
            let message = Text::fixed("this absence ends before it begins", "esta ausencia termina antes de comenzar");
            findings.push(out_of_order(message).at(span, Text::default()));
            continue;
        }
        let weekdays: Vec<_> = list(&absence.weekdays).iter().map(|day| day.0).collect();
        if from.is_none() && to.is_none() && weekdays.is_empty() && start.is_none() && end.is_none() {
            findings.push(
                Diagnostic::new(
                    &rules::DAYS,
                    Text::fixed("this absence says no day and no hour", "esta ausencia no dice día ni hora"),
                )
                .at(absence.span, Text::default()),
            );
            continue;
        }
        absences.push(Absence { from, to, weekdays, start, end, reason: absence.reason.as_ref().map(|reason| reason.0.clone()) });
    }
    absences
}

fn in_order(start: Option<NaiveTime>, end: Option<NaiveTime>) -> bool {
    start.zip(end).is_none_or(|(start, end)| start < end)
}

fn out_of_order(message: Text) -> Diagnostic {
    Diagnostic::new(&rules::DAYS, message).advice(Text::fixed(
        "write the earlier one first; a stretch past midnight is written as two",
        "escriba primero lo anterior; un período que pasa de la medianoche se escribe en dos",
    ))
}

/// The places of parties and people outside the member countries' hours, each zone and name once.
pub(crate) fn advisors(group: &Group) -> Vec<Place> {
    let parties = (0..group.parties.len()).map(|index| Actor::Party(PartyId(index)));
    let people = (0..group.people.len()).map(|index| Actor::Person(PersonId(index)));
    let mut places: Vec<Place> = Vec::new();
    for place in parties.chain(people).filter_map(|who| group.place_of(&who)) {
        if group.members.iter().all(|member| member.place.zone != place.zone) && !places.contains(&place) {
            places.push(place);
        }
    }
    places
}
