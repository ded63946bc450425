//! Hours that programs with an older time-zone database still show differently.

use super::{Check, Context, Findings};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::{Text, dates};
use crate::text;
use crate::time;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "older-zone-rules",
        level: Level::Warning,
        summary: Text::fixed("older time-zone rules give the same hours", "las reglas horarias anteriores dan las mismas horas"),
        documentation: Text::fixed(
            "Governments change their clocks at short notice, and phones learn of it late. Where the IANA rules of an older release\n\
             (2025b) give another hour than the newest for a session, in its own zone or a member country, tell those participants\n\
             the hour in UTC as well.",
            "Los gobiernos cambian la hora con poco aviso, y los teléfonos se enteran tarde. Si las reglas de una edición anterior de\n\
             la IANA (2025b) dan otra hora que las más nuevas para una sesión, en su zona o en un país miembro, avise a esas\n\
             personas también la hora en UTC.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                concat!(
                    "id = \"session\"\nnumber = 1\ndate = 2027-01-12\ntime-zone = \"America/Vancouver\"\nmoderator = \"capital\"\n",
                    "title = { es = \"Sesión\", en = \"Session\" }\n",
                    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                ),
            )],
            mended: &[(
                "session.toml",
                concat!(
                    "id = \"session\"\nnumber = 1\ndate = 2027-01-12\ntime-zone = \"America/Guatemala\"\nmoderator = \"capital\"\n",
                    "title = { es = \"Sesión\", en = \"Session\" }\n",
                    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    for session in &context.programme.sessions {
        let Some((start, _)) = session.time() else { continue };
        let places = context.programme.group.places().map(|place| &place.zone);
        let mut zones: Vec<&time::Zone> = Vec::new();
        for zone in std::iter::once(&session.zone).chain(places) {
            if !zones.contains(&zone) {
                zones.push(zone);
            }
        }
        for zone in zones {
            let newest = zone.local(start).time;
            let Some(older) = time::older_local(zone, start).filter(|older| *older != newest) else { continue };
            let (now, then) = (dates::clock(newest.time()), dates::clock(older.time()));
            let (name, release, old_release) = (zone.name(), time::release(), time::older_release());
            let span = session.date.map_or(session.id.span, |date| date.span);
            findings.push(
                findings
                    .finding(text!(
                        "programs with older rules show {then} instead of {now} in {name}",
                        "los programas con reglas anteriores muestran {then} en vez de {now} en {name}"
                    ))
                    .at(span, text!("IANA {release} against {old_release}", "IANA {release} frente a {old_release}"))
                    .advice(Text::fixed(
                        "tell the participants there the hour in UTC as well",
                        "avise a los participantes de ese lugar también la hora en UTC",
                    )),
            );
        }
    }
}
