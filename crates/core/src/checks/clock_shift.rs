//! Clocks that change between two sessions for somebody with a role.

use super::{Check, Context, Findings, group_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::{Lang, Text, dates, words};
use crate::text;
use crate::time::{Shift, place_name, shift};

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "clock-shift",
        level: Level::Warning,
        summary: Text::fixed("nobody's hour changes between two sessions", "a nadie le cambia la hora entre dos sesiones"),
        documentation: Text::fixed(
            "Central America does not change its clocks; Europe and the United States do. When that happens between two sessions, the\n\
             advisor in Madrid who came at 18:00 must come at 17:00, though the members notice nothing. The documents carry a note\n\
             for those readers; tell them in the invitation as well.",
            "Centroamérica no cambia la hora; Europa y los Estados Unidos sí. Cuando ocurre entre dos sesiones, la asesora en Madrid que\n\
             entró a las 18:00 debe entrar a las 17:00, aunque los miembros no noten nada. Los documentos llevan una nota para\n\
             esas personas; avíseles también en la invitación.",
        ),
        example: Example {
            faulty: &[
                ("group.toml", group_file!("time-zone = \"Europe/Madrid\"")),
                ("session.toml", FIRST),
                ("second.toml", SECOND),
            ],
            mended: &[
                ("group.toml", group_file!("time-zone = \"America/Panama\"")),
                ("session.toml", FIRST),
                ("second.toml", SECOND),
            ],
        },
    },
    run,
};

const FIRST: &str = concat!(
    "id = \"session\"\nnumber = 1\ndate = 2027-03-18\nstart = \"08:00\"\nend = \"09:00\"\nmoderator = \"port\"\n",
    "title = { es = \"Primera\", en = \"First\" }\n"
);
const SECOND: &str = concat!(
    "id = \"second\"\nnumber = 2\ndate = 2027-03-30\nstart = \"08:00\"\nend = \"09:00\"\nmoderator = \"port\"\n",
    "title = { es = \"Segunda\", en = \"Second\" }\n"
);

fn run(context: &Context<'_>, findings: &mut Findings) {
    let group = &context.programme.group;
    for (earlier, later) in context.programme.neighbours() {
        let (Some((first, _)), Some((second, _))) = (earlier.time(), later.time()) else { continue };
        let mut touched: Vec<(Shift, Vec<Text>, Vec<Text>)> = Vec::new();
        for role in earlier.roles().chain(later.roles()) {
            let Some(zone) = group.location(&role.who).zone else { continue };
            let Some(shift) = shift(zone, &later.zone, first, second) else { continue };
            let (place, who) = (place_name(zone), text!(l, label = role.who.label(group, l); "{label}", "{label}"));
            let known = touched.iter().position(|(known, ..)| *known == shift);
            let at = known.unwrap_or_else(|| {
                touched.push((shift, Vec::new(), Vec::new()));
                touched.len() - 1
            });
            let (_, places, people) = &mut touched[at];
            if !places.contains(&place) {
                places.push(place);
            }
            if !people.contains(&who) {
                people.push(who);
            }
        }
        for (shift, places, who) in touched {
            let (before, after) = (dates::clock(shift.earlier.time()), dates::clock(shift.later.time()));
            let message = text!(l, session = later.mention(l),
                who = joined(&who, l);
                "{session} is at {after} for {who}, no longer at {before}",
                "{session} es a las {after} para {who}, ya no a las {before}");
            let change = text!(l, place = joined(&places, l), day = dates::long_date(l, shift.change.date());
                "the clocks change on {day} ({place})", "la hora cambia el {day} ({place})");
            let spans = [later, earlier].map(|session| session.date.map_or(session.id.span, |date| date.span));
            findings.push(
                findings
                    .finding(message)
                    .at(spans[0], change)
                    .at(spans[1], text!("{before} on this day", "a las {before} en este día"))
                    .advice(Text::fixed(
                        "tell them the new hour; the documents carry the note",
                        "avíseles la hora nueva; los documentos llevan la nota",
                    )),
            );
        }
    }
}

fn joined(names: &[Text], lang: Lang) -> String {
    words::join(lang, &names.iter().map(|name| name.get(lang)).collect::<Vec<_>>())
}
