//! A written weekday that the date contradicts.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::hours::DATE_NOT_KNOWN;
use super::{Check, Context, Findings, session_file};
use crate::decode::nearest;
use crate::diagnostics::{Edit, Example, Level, Mend, Rule};
use crate::locale::{Lang, Text, dates};
use crate::schema::WrittenSession;
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "weekday",
        level: Level::Error,
        summary: Text::fixed("the written weekday is that of the date", "el día de la semana escrito es el de la fecha"),
        documentation: Text::fixed(
            "Writing `weekday` beside `date` guards against a wrong day: people remember \"Thursday\" when they have forgotten the\n\
             number. Either may be the mistake, so nothing is mended by itself.",
            "Escribir `weekday` junto a `date` protege de un día equivocado: la gente recuerda «el jueves» cuando ya olvidó el\n\
             número. Cualquiera de los dos puede ser el error, así que nada se corrige solo.",
        ),
        example: Example {
            faulty: &[("session.toml", session_file!("weekday = \"jueves\"\n"))],
            mended: &[("session.toml", session_file!("weekday = \"martes\"\n"))],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    for (_, session) in &context.written.sessions {
        check(session, findings);
    }
}

fn check(session: &WrittenSession, findings: &mut Findings) {
    let Some(written) = &session.weekday else { return };
    let Some(date) = session.date else {
        let place = session.title.as_ref().map_or(written.span, |title| title.span);
        findings.not_checked(place, DATE_NOT_KNOWN);
        return;
    };
    let word = &written.0;
    let Some((spoken, said)) = dates::parse_weekday_in(word) else {
        let days: Vec<&str> = Lang::ALL.into_iter().flat_map(week).collect();
        let help = match nearest(word, &days) {
            Some(meant) => text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?"),
            None => Text::fixed("write it in words, such as `Thursday`", "escríbalo con letras, por ejemplo `jueves`"),
        };
        findings.push(
            findings
                .finding(text!("`{word}` is no day of the week", "`{word}` no es un día de la semana"))
                .at(written.span, Text::default())
                .advice(help),
        );
        return;
    };
    let is = date.0.weekday();
    if said == is {
        return;
    }
    let ahead = i64::from((7 + said.num_days_from_monday() - is.num_days_from_monday()) % 7);
    let nearest = date.0 + TimeDelta::days(if ahead > 3 { ahead - 7 } else { ahead });
    let right_word = dates::weekday(spoken, is);
    findings.push(
        findings
            .finding(text!(l, day = dates::date(l, date.0), is = dates::weekday(l, is), said = dates::weekday(l, said);
                "{day} is a {is}, not a {said}", "el {day} es {is}, no {said}"))
            .at(written.span, text!(l, is = dates::weekday(l, is); "the date is a {is}", "la fecha cae en {is}"))
            .at(date.span, Text::fixed("the date", "la fecha"))
            .mend(Mend::possible(
                text!("write `{right_word}`", "escriba `{right_word}`"),
                vec![Edit { span: written.span, text: format!("\"{right_word}\"") }],
            ))
            .mends_with(other_dates(date.0, said).into_iter().filter(|other| *other != nearest).map(|other| {
                Mend::possible(
                    text!(l, day = dates::long_date(l, other); "or is it {day}?", "¿o es el {day}?"),
                    vec![Edit { span: date.span, text: other.to_string() }],
                )
            }))
            .mend(Mend::possible(
                text!(l, day = dates::long_date(l, nearest); "or move the session to {day}", "o pase la sesión al {day}"),
                vec![Edit { span: date.span, text: nearest.to_string() }],
            )),
    );
}

/// Dates that a slip of the hand makes of one another, and that fall on the day which was said: the digits of
/// the day in the other order, the next or the last month, the next or the last year.
fn other_dates(date: NaiveDate, said: Weekday) -> Vec<NaiveDate> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let swapped = NaiveDate::from_ymd_opt(year, month, day % 10 * 10 + day / 10);
    let years = [year - 1, year + 1].map(|year| NaiveDate::from_ymd_opt(year, month, day));
    let months = [month.checked_sub(1), Some(month + 1)].map(|month| NaiveDate::from_ymd_opt(year, month?, day));
    let mut others: Vec<NaiveDate> = [swapped].into_iter().chain(years).chain(months).flatten().collect();
    others.retain(|other| other.weekday() == said && *other != date);
    others.truncate(2);
    others
}

fn week(lang: Lang) -> [&'static str; 7] {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    [Mon, Tue, Wed, Thu, Fri, Sat, Sun].map(|day| dates::weekday(lang, day))
}
