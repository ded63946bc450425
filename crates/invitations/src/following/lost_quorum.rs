//! A quorum that those who have not declined cannot reach any more.

use crate::diagnostics::{Diagnostic, Example, Level, Rule};
use crate::locale::{Lang, Text, words};
use crate::model::{Programme, Session};
use crate::replies::attendance::{Attendance, Reached};
use crate::text;

pub(super) static RULE: Rule = Rule {
    id: "lost-quorum",
    level: Level::Warning,
    summary: Text::fixed(
        "those who have not declined can still reach the quorum",
        "quienes no han dicho que no aún alcanzan para el quórum",
    ),
    documentation: Text::fixed(
        "`[quorum]` in `group.toml` says how many member parties, or of how many countries, have to accept. When so many have declined a\n\
         session to come, or are excused from it, that all the others together are too few, there can be no quorum: look for another date that suits more of them\n\
         (`convoca when`), or hold it as the group decides for such a case. `convoca attendance` says the same.",
        "`[quorum]` en `group.toml` dice cuántas organizaciones miembros, o de cuántos países, tienen que aceptar. Cuando a una sesión por venir\n\
         dijeron que no tantas, o se les excusó, que todas las demás juntas no alcanzan, ya no puede haber quórum: busque otra fecha que convenga a más\n\
         (`convoca cuando`), o celébrela como el grupo decida para ese caso. `convoca asistencia` dice lo mismo.",
    ),
    example: Example { faulty: &[], mended: &[] },
};

pub(super) fn finding(programme: &Programme, session: &Session, attendance: &Attendance) -> Option<Diagnostic> {
    let quorum = attendance.quorum.as_ref().filter(|quorum| quorum.lost)?;
    let parts = |lang: Lang| {
        let part = |reached: &Reached, en: (&str, &str), es: (&str, &str)| {
            let (needed, possible) = (reached.needed?, reached.possible);
            let (one, many) = if lang == Lang::En { en } else { es };
            let asked = words::count(needed as usize, one, many);
            (needed > possible).then(|| match lang {
                Lang::En => format!("{asked} have to accept, and {possible} are left"),
                Lang::Es => format!("tienen que aceptar {asked}, y quedan {possible}"),
            })
        };
        let parties =
            part(&quorum.parties, ("member party", "member parties"), ("organización miembro", "organizaciones miembros"));
        let countries = part(&quorum.countries, ("country", "countries"), ("país", "países"));
        parties.into_iter().chain(countries).collect::<Vec<_>>().join("; ")
    };
    let group = &programme.group;
    let declined = |lang: Lang| {
        let of = |id: &String| group.parties.iter().find(|party| party.id == *id).map(|party| party.label(lang));
        words::join(lang, &quorum.declined.iter().filter_map(of).collect::<Vec<_>>())
    };
    let place = session.date.map_or(session.id.span, |date| date.span);
    let message = text!(l, session = session.mention(l), parts = parts(l);
        "{session} cannot reach its quorum any more: {parts}", "{session} ya no puede alcanzar el quórum: {parts}");
    let label = text!(l, declined = declined(l); "will not come: {declined}", "no asistirán: {declined}");
    let finding = Diagnostic::new(&RULE, message).at(place, label);
    Some(finding.advice(Text::fixed(
        "look for a date that suits more of them with `convoca when`, and `convoca move` takes it; or write in `[quorum]` what the group has decided",
        "busque con `convoca cuando` una fecha que convenga a más, y `convoca mover` la toma; o escriba en `[quorum]` lo que el grupo haya decidido",
    )))
}
