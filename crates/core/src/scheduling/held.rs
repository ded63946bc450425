//! The sessions that have a date already, as conditions: their own days are taken, and those near them are told.

use chrono::{Days, NaiveDate};

use super::grid::{Condition, Grid, Set};
use super::request::Request;
use crate::locale::{Lang, dates, words};
use crate::model::{Programme, Session};
use crate::schema::Status;
use crate::text;

/// So many days from a session are near it: whoever travels or prepares for one is asked for another.
const NEAR: usize = 3;

/// So many of the sessions in the way are named.
const NAMED: usize = 3;

/// What the sessions that have a date rule out, and what they speak against: the nearer, the more.
pub(crate) fn held(programme: &Programme, request: &Request, grid: &Grid) -> (Option<Condition>, Vec<Condition>) {
    let apart = request.apart.max(1);
    let (mut taken, mut in_the_way, mut near) = (grid.none(), Vec::new(), Vec::new());
    let is_meant =
        |session: &&Session| session.status != Status::Cancelled && request.moving.as_deref() != Some(session.id.as_str());
    for session in programme.sessions.iter().filter(is_meant) {
        let days = session.sittings().into_iter().map(|(at, _)| programme.group.zone.local(at).time.date());
        let days: Vec<NaiveDate> = days.collect();
        let Some(first) = days.first() else { continue };
        let own = starts(grid, &days, |distance| distance < apart);
        if !own.is_empty() {
            taken.add(&own);
            in_the_way.push((session, *first));
        }
        for distance in apart..=NEAR {
            let starts = starts(grid, &days, |own| own == distance);
            let text = text!(l, days = counted(distance, l), session = called(session, *first, l);
                "{days} from {session}", "a {days} de {session}");
            let weight = u32::try_from(NEAR + 1 - distance).unwrap_or(1);
            near.extend((!starts.is_empty()).then_some(Condition { text, starts, weight }));
        }
    }
    let sessions = |l| named(&in_the_way, l);
    let text = match apart {
        1 => text!(l, sessions = sessions(l);
            "there is a session on that day: {sessions}", "ese día ya hay sesión: {sessions}"),
        _ => text!(l, sessions = sessions(l);
            "less than {apart} days from {sessions}", "a menos de {apart} días de {sessions}"),
    };
    ((!taken.is_empty()).then_some(Condition { text, starts: taken, weight: 0 }), near)
}

/// The starts on days that are so far from the nearest of some others.
fn starts(grid: &Grid, days: &[NaiveDate], is_so_far: impl Fn(usize) -> bool) -> Set {
    let mut starts = grid.none();
    for day in 0..grid.days() {
        let Some(date) = grid.first.checked_add_days(Days::new(day as u64)) else { break };
        let distance = days.iter().map(|own| (date - *own).num_days().unsigned_abs()).min();
        if distance.and_then(|distance| usize::try_from(distance).ok()).is_some_and(&is_so_far) {
            starts.insert(grid.of_day(day));
        }
    }
    starts
}

fn counted(days: usize, lang: Lang) -> String {
    match lang {
        Lang::En => words::count(days, "day", "days"),
        Lang::Es => words::count(days, "día", "días"),
    }
}

/// "session 2 (16 March)"
fn called(session: &Session, day: NaiveDate, lang: Lang) -> String {
    format!("{} ({})", session.mention(lang), dates::day_month(lang, day))
}

fn named(sessions: &[(&Session, NaiveDate)], lang: Lang) -> String {
    let mut names: Vec<String> = sessions.iter().take(NAMED).map(|(session, day)| called(session, *day, lang)).collect();
    if let Some(more) = sessions.len().checked_sub(NAMED).filter(|more| *more > 0) {
        names.push(match lang {
            Lang::En => format!("{more} more"),
            Lang::Es => format!("{more} más"),
        });
    }
    words::join(lang, &names)
}
