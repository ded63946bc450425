//! A date in a year that can hardly be meant.

use chrono::{Datelike, NaiveDate};

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Edit, Example, Level, Mend, Rule};
use crate::locale::{Text, dates};
use crate::model::Session;
use crate::schema::Status;
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "unlikely-date",
        level: Level::Warning,
        summary: Text::fixed("dates are in a year that can be meant", "las fechas están en un año verosímil"),
        documentation: Text::fixed(
            "A session more than ten years away is usually a slip (2072 for 2027), and so is a confirmed one that lies a year before\n\
             the others: in January people still write last year's number.",
            "Una sesión a más de diez años suele ser un error al escribir (2072 por 2027), y también una confirmada que queda un año\n\
             antes que las demás: en enero la gente aún escribe el año anterior.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                "id = \"session\"\nnumber = 1\ndate = 2072-03-02\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
            )],
            mended: &[("session.toml", session_file!(""))],
        },
    },
    run,
};

/// Nobody plans further ahead.
const YEARS_AHEAD: i32 = 10;
/// Sessions of one programme lie no further apart, in days.
const APART: i64 = 150;

fn run(context: &Context<'_>, findings: &mut Findings) {
    let days = days(context);
    for session in &context.programme.sessions {
        let (Some(date), Some((message, meant))) = (session.date, doubt(session, &days, context.today)) else { continue };
        let finding = findings.finding(message).at(date.span, text!(l, day = dates::long_date(l, date.value); "{day}", "{day}"));
        findings.push(match meant {
            Some(meant) => finding.mend(Mend::possible(
                text!(l, meant = dates::long_date(l, meant); "is it {meant}?", "¿es el {meant}?"),
                vec![Edit { span: date.span, text: meant.to_string() }],
            )),
            None => finding.advice(Text::fixed("look at the year", "revise el año")),
        });
    }
}

/// The days of all sessions, in order.
pub(super) fn days(context: &Context<'_>) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = context.programme.sessions.iter().filter_map(|session| Some(session.date?.value)).collect();
    days.sort_unstable();
    days
}

/// What is odd about the date of a session, and what may be meant.
pub(super) fn doubt(session: &Session, days: &[NaiveDate], today: NaiveDate) -> Option<(Text, Option<NaiveDate>)> {
    let day = session.date.filter(|_| session.status != Status::Cancelled)?.value;
    let year = day.year();
    if year > today.year() + YEARS_AHEAD {
        let years = year - today.year();
        let message = text!(l, name = session.mention(l); "{name} is {years} years away", "faltan {years} años para {name}");
        let meant = day.with_year(transposed(year)).filter(|day| (*day - today).num_days().abs() < 365 * i64::from(YEARS_AHEAD));
        return Some((message, meant));
    }
    let message = text!(l, name = session.mention(l);
        "{name} is dated a year before the others", "{name} tiene fecha de un año antes que las demás");
    (session.status == Status::Confirmed && lags(days, day, today)).then(|| (message, day.with_year(year + 1)))
}

/// Whether a day that is over lies far before every other, and a year later would lie among them.
fn lags(days: &[NaiveDate], day: NaiveDate, today: NaiveDate) -> bool {
    let others = || days.iter().filter(|other| **other != day);
    let (Some(first), Some(last), Some(later)) = (others().min(), others().max(), day.with_year(day.year() + 1)) else {
        return false;
    };
    let near = (*first - later).num_days() < APART && (later - *last).num_days() < APART;
    day < today && *last >= today && (*first - day).num_days() > APART && near
}

/// A year with its last two digits in each other's place.
fn transposed(year: i32) -> i32 {
    year / 100 * 100 + year % 10 * 10 + year / 10 % 10
}
