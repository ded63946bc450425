//! What rules starts out, and what merely speaks against them.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveTime, Utc};

use super::grid::{Condition, Grid, Set, stretch};
use super::held::held;
use super::request::Request;
use super::seats::{Seat, countries, seats};
use super::wishes::wishes;
use crate::locale::{Lang, Text, dates, words};
use crate::model::{Actor, Group, Location, PartyId, PersonId, Programme, WorkingHours};
use crate::text;
use crate::time::{Day, DayOff, DayOffKind, country, older_local, place_name, shift};

#[derive(Debug, Default)]
pub(crate) struct Conditions {
    /// None of these starts can be.
    pub hard: Vec<Condition>,
    /// These could, and are told.
    pub soft: Vec<Condition>,
    pub not_checked: Vec<Text>,
    pub unplaced: Vec<Text>,
}

const BRIDGE: u32 = 3;
const OTHERS: u32 = 2;
const LUNCH: u32 = 1;

pub(crate) fn conditions(programme: &Programme, request: &Request, grid: &Grid) -> Conditions {
    let group = &programme.group;
    let mut found = of_people(group, request, grid);
    let mut hard = wishes(&request.wishes, group, grid);
    hard.append(&mut found.hard);
    hard.extend(notice(request, group, grid));
    let (taken, near) = held(programme, request, grid);
    hard.extend(taken);
    found.soft.extend(near);
    found.soft.extend(of_others(group, request, grid));
    Conditions { hard, ..found }
}

/// What the hours and days of those who must attend say alone.
pub(crate) fn of_people(group: &Group, request: &Request, grid: &Grid) -> Conditions {
    let (mut must, unplaced) = seats(group, &request.attending);
    let countries = countries(group, &must, &request.without_countries);
    must.extend(countries);
    let mut found = Conditions { unplaced, ..Conditions::default() };
    let mut hard = Gathered::default();
    let mut soft = Gathered::default();
    for seat in &must {
        hard.add(Kind::Hours(hours_of(seat)), seat.who.clone(), outside_hours(seat, grid), 0);
        let days = days_off(group, seat, grid, &mut found.not_checked);
        for own in [false, true] {
            let off = days.iter().filter(|off| off.is_holiday() && off.own == own);
            let starts = off.fold(grid.none(), |mut all, off| {
                all.add(&off.starts);
                all
            });
            let whole_country = seat.location.country.and_then(country).filter(|_| !own);
            hard.add(Kind::Holidays, whole_country.map_or_else(|| seat.who.clone(), |country| vec![country.name]), starts, 0);
        }
        for off in days.into_iter().filter(|off| !off.is_holiday()) {
            let kind = match off.day.kind {
                DayOffKind::Bridge => Kind::Bridge(off.day.name),
                DayOffKind::Holiday | DayOffKind::Custom => Kind::Custom(off.day.title()),
            };
            soft.add(kind, seat.who.clone(), off.starts, BRIDGE);
        }
        soft.add(Kind::Lunch, vec![place_name(seat.zone)], lunch(seat, grid), LUNCH);
        for (who, absence) in &seat.absences {
            hard.add(Kind::Absence(absence.reason.clone()), vec![who.clone()], seat.absent(absence, grid), 0);
        }
    }
    found.hard = hard.conditions();
    found.soft = soft.conditions();
    found
}

/// What the hours and days of everybody else speak against.
fn of_others(group: &Group, request: &Request, grid: &Grid) -> Vec<Condition> {
    let parties = (0..group.parties.len()).map(|index| Actor::Party(PartyId(index)));
    let people = (0..group.people.len()).map(|index| Actor::Person(PersonId(index)));
    let others: Vec<Actor> = parties.chain(people).filter(|actor| !request.attending.contains(actor)).collect();
    let mut soft = Gathered::default();
    let (may, _) = seats(group, &others);
    for seat in &may {
        soft.add(Kind::Outside(hours_of(seat)), seat.who.clone(), outside_hours(seat, grid), OTHERS);
        for off in days_off(group, seat, grid, &mut Vec::new()).into_iter().filter(Off::is_holiday) {
            soft.add(Kind::Holiday(off.day.title()), seat.who.clone(), off.starts, OTHERS);
        }
        for (who, absence) in &seat.absences {
            soft.add(Kind::Absence(absence.reason.clone()), vec![who.clone()], seat.absent(absence, grid), OTHERS);
        }
    }
    soft.conditions()
}

/// Reasons by kind; those that concern the same starts stand together.
#[derive(Default)]
struct Gathered(Vec<(Kind, Vec<Text>, Set, u32)>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Hours(Text),
    Outside(Text),
    Holidays,
    Holiday(Text),
    Bridge(Text),
    Custom(Text),
    Lunch,
    Absence(Option<String>),
}

impl Gathered {
    fn add(&mut self, kind: Kind, who: Vec<Text>, starts: Set, weight: u32) {
        if starts.is_empty() {
            return;
        }
        match self.0.iter_mut().find(|(known, _, of, _)| *known == kind && *of == starts) {
            Some((_, all, ..)) => who.into_iter().for_each(|who| {
                if !all.contains(&who) {
                    all.push(who);
                }
            }),
            None => self.0.push((kind, who, starts, weight)),
        }
    }

    fn conditions(self) -> Vec<Condition> {
        let condition = |(kind, who, starts, weight): (Kind, Vec<Text>, Set, u32)| {
            let text = Text { en: words_of(&kind, &who, Lang::En).into(), es: words_of(&kind, &who, Lang::Es).into() };
            Condition { text, starts, weight }
        };
        self.0.into_iter().map(condition).collect()
    }
}

fn words_of(kind: &Kind, who: &[Text], lang: Lang) -> String {
    let who = words::join(lang, &who.iter().map(|who| who.get(lang)).collect::<Vec<_>>());
    match (kind, lang) {
        (Kind::Hours(hours), Lang::En) => format!("working hours of {who} ({})", hours.get(lang)),
        (Kind::Hours(hours), Lang::Es) => format!("horas de trabajo de {who} ({})", hours.get(lang)),
        (Kind::Outside(hours), Lang::En) => format!("outside the working hours of {who} ({})", hours.get(lang)),
        (Kind::Outside(hours), Lang::Es) => format!("fuera de las horas de trabajo de {who} ({})", hours.get(lang)),
        (Kind::Holidays, Lang::En) => format!("holidays of {who}"),
        (Kind::Holidays, Lang::Es) => format!("feriados de {who}"),
        (Kind::Holiday(name), Lang::En) => format!("holiday in {who}: {}", name.get(lang)),
        (Kind::Holiday(name), Lang::Es) => format!("feriado en {who}: {}", name.get(lang)),
        (Kind::Bridge(name), Lang::En) => format!("between a weekend and a holiday in {who}: {}", name.get(lang)),
        (Kind::Bridge(name), Lang::Es) => format!("puente en {who}: {}", name.get(lang)),
        (Kind::Custom(name), Lang::En) => format!("many offices close in {who}: {}", name.get(lang)),
        (Kind::Custom(name), Lang::Es) => format!("muchas oficinas cierran en {who}: {}", name.get(lang)),
        (Kind::Lunch, Lang::En) => format!("lunch time in {who}"),
        (Kind::Lunch, Lang::Es) => format!("hora de almuerzo en {who}"),
        (Kind::Absence(None), Lang::En) => format!("{who} cannot attend"),
        (Kind::Absence(None), Lang::Es) => format!("{who} no puede asistir"),
        (Kind::Absence(Some(reason)), Lang::En) => format!("{who} cannot attend ({reason})"),
        (Kind::Absence(Some(reason)), Lang::Es) => format!("{who} no puede asistir ({reason})"),
    }
}

/// "08:00–17:00, lunes a viernes"
fn hours_of(seat: &Seat<'_>) -> Text {
    let (start, end) = (dates::clock(seat.hours.start), dates::clock(seat.hours.end));
    let days = |lang| match (seat.hours.weekdays == WorkingHours::usual(None).weekdays, lang) {
        (true, Lang::En) => "Monday to Friday".to_owned(),
        (true, Lang::Es) => "lunes a viernes".to_owned(),
        (false, _) => seat.hours.weekdays.iter().map(|day| dates::weekday(lang, *day)).collect::<Vec<_>>().join(", "),
    };
    text!(l, days = days(l); "{start}–{end}, {days}", "{start}–{end}, {days}")
}

pub(crate) fn outside_hours(seat: &Seat<'_>, grid: &Grid) -> Set {
    let mut outside = grid.none();
    outside.insert(0..grid.starts.len());
    for date in grid.dates().filter(|date| seat.hours.is_workday(*date)) {
        if let Some((from, to)) = stretch(seat.zone, date, seat.hours.start, Some(seat.hours.end)) {
            outside.remove(grid.within(from, to));
        }
    }
    outside
}

fn lunch(seat: &Seat<'_>, grid: &Grid) -> Set {
    let mut lunch = grid.none();
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    for date in grid.dates() {
        if let Some((from, to)) = stretch(seat.zone, date, hour(12), Some(hour(13))) {
            lunch.insert(grid.touching(from, to));
        }
    }
    lunch
}

/// A day off and the starts on it.
pub(crate) struct Off {
    day: DayOff,
    /// Kept by this party alone, not by its country.
    own: bool,
    pub starts: Set,
}

impl Off {
    pub(crate) fn is_holiday(&self) -> bool {
        self.day.is_holiday()
    }
}

pub(crate) fn days_off(group: &Group, seat: &Seat<'_>, grid: &Grid, not_checked: &mut Vec<Text>) -> Vec<Off> {
    let mut days: Vec<Off> = Vec::new();
    let mut unknown: BTreeMap<i32, ()> = BTreeMap::new();
    for date in grid.dates() {
        let touched_from = |hour| stretch(seat.zone, date, hour, None).map(|(from, to)| grid.touching(from, to));
        if touched_from(NaiveTime::MIN).is_none_or(|touched| touched.is_empty()) {
            continue;
        }
        let day = match group.day(&seat.location, date) {
            Day::Working => continue,
            Day::Off(day) => day,
            Day::Unknown => {
                unknown.insert(date.year(), ());
                continue;
            }
        };
        let of_country = Location { party: None, ..seat.location };
        let own = seat.location.party.is_some() && group.day(&of_country, date) != Day::Off(day.clone());
        // Before half a holiday begins, people are on their way already.
        let morning = day.from.filter(|_| day.is_holiday()).map(|_| DayOff { kind: DayOffKind::Custom, ..day.clone() });
        let stretches =
            [(morning.as_ref().map(|_| NaiveTime::MIN), morning), (Some(day.from.unwrap_or(NaiveTime::MIN)), Some(day))];
        for (from, day) in stretches.into_iter().filter_map(|(from, day)| from.zip(day)) {
            let Some(touched) = touched_from(from) else { continue };
            match days.iter_mut().find(|off| off.day == day && off.own == own) {
                Some(off) => off.starts.insert(touched),
                None => {
                    let mut starts = grid.none();
                    starts.insert(touched);
                    days.push(Off { day, own, starts });
                }
            }
        }
    }
    for (year, who) in unknown.keys().flat_map(|year| seat.who.iter().map(move |who| (year, who))) {
        let text = text!(l, who = who.get(l);
            "no table of holidays for {who} in {year}", "no hay tabla de feriados de {who} para {year}");
        if !not_checked.contains(&text) {
            not_checked.push(text);
        }
    }
    days
}

/// Starts nearer than the notice, or over already.
fn notice(request: &Request, group: &Group, grid: &Grid) -> Option<Condition> {
    let days = request.notice;
    let date = request.today.checked_add_days(Days::new(days.into()))?;
    let (from, _) = stretch(&group.zone, date, NaiveTime::MIN, None)?;
    let mut starts = grid.none();
    starts.insert(0..grid.starts.partition_point(|start| start.at < from));
    let text = match days {
        0 => Text::fixed("days that are over", "los días que ya pasaron"),
        1 => Text::fixed("days that are over, and today", "los días que ya pasaron, y hoy"),
        _ => text!("a notice of {days} days", "un aviso de {days} días"),
    };
    (!starts.is_empty()).then_some(Condition { text, starts, weight: 0 })
}

/// What only a chosen start shows: clocks that changed since the session before, phones with old rules.
pub(crate) fn remarks(programme: &Programme, before: Option<DateTime<Utc>>, start: DateTime<Utc>) -> Vec<Text> {
    let group = &programme.group;
    let mut remarks = Vec::new();
    for place in group.places() {
        if let Some(shift) = before.and_then(|before| shift(&place.zone, &group.zone, before, start)) {
            let (was, is) = (dates::clock(shift.earlier.time()), dates::clock(shift.later.time()));
            remarks.push(text!(l, place = place.name.get(l), day = dates::day_month(l, shift.change.date());
                "{place}: the clocks change on {day}, so that it is {is} and no longer {was}",
                "{place}: la hora cambia el {day}, así que es a las {is} y ya no a las {was}"));
        }
        let newest = place.zone.local(start).time;
        if let Some(older) = older_local(&place.zone, start).filter(|older| *older != newest) {
            let older = dates::clock(older.time());
            remarks.push(text!(l, place = place.name.get(l);
                "{place}: phones without updates show {older}", "{place}: los teléfonos sin actualizar muestran las {older}"));
        }
    }
    remarks
}
