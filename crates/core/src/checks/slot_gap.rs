//! Time in a session for which nothing is planned.

use chrono::{DateTime, Timelike, Utc};

use super::hours::note_untimed;
use super::timing::Judged;
use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{At, Example, Level, Rule};
use crate::locale::{Text, dates};
use crate::model::{Session, Slot};
use crate::schema::Status;
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "slot-gap",
        level: Level::Warning,
        summary: Text::fixed("a session has no empty time", "una sesión no tiene tiempo vacío"),
        documentation: Text::fixed(
            "Time between two items, or between an item and the declared bounds of the session, is often a wrong hour. A break that is\n\
             meant is written as an item of its own, with `break = true`. An hour in the middle of the day is taken for lunch; where a\n\
             session has several pauses, they are meant, and each is a note.",
            "El tiempo entre dos puntos, o entre un punto y los límites declarados de la sesión, suele ser una hora equivocada. Un\n\
             receso se escribe como un punto más, con `break = true`. Una hora al mediodía se toma por almuerzo; si una sesión tiene\n\
             varias pausas, son a propósito, y cada una es una nota.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nend = \"10:30\"\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = \"10:40\"\nend = \"11:00\"\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nend = \"10:30\"\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = \"10:30\"\nend = \"10:40\"\nbreak = true\ntitle = { es = \"Receso\", en = \"Break\" }\n\
                 \n[[slots]]\nstart = \"10:40\"\nend = \"11:00\"\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    for (session, judged) in context.clocks.sessions.iter().zip(&context.timing) {
        check(session, judged, findings);
        note_untimed(session, judged, findings);
    }
}

/// Time with nothing in it.
struct Gap {
    from: At<DateTime<Utc>>,
    to: At<DateTime<Utc>>,
    /// Whether it is the end of the session.
    last: bool,
}

fn check(session: &Session, judged: &Judged, findings: &mut Findings) {
    let gaps = gaps(session, judged);
    let clock = |instant| dates::clock(session.zone.local(instant).time.time());
    // Where several pauses are left unwritten, that is how this group writes its agendas.
    let level = if gaps.len() > 1 || session.status == Status::Cancelled { Level::Note } else { CHECK.rule.level };
    for Gap { from: after, to: before, last } in gaps {
        let (minutes, from, to) = ((before.value - after.value).num_minutes(), clock(after.value), clock(before.value));
        let finding = match last {
            false => findings
                .finding(text!(
                    "nothing is planned for {minutes} min, from {from} to {to}",
                    "no hay nada previsto durante {minutes} min, de {from} a {to}"
                ))
                .at(before.span, text!("starts at {to}", "comienza a las {to}"))
                .at(after.span, text!("what is before is over at {from}", "lo anterior termina a las {from}")),
            true => findings
                .finding(text!(
                    "nothing is planned for the last {minutes} min, from {from} to {to}",
                    "no hay nada previsto en los últimos {minutes} min, de {from} a {to}"
                ))
                .at(before.span, text!("the session closes at {to}", "la sesión se cierra a las {to}"))
                .at(after.span, text!("the last item is over at {from}", "el último punto termina a las {from}")),
        };
        findings.push(finding.level(level));
    }
}

fn gaps(session: &Session, judged: &Judged) -> Vec<Gap> {
    // Where an item has no hour, the time between the others is its own.
    if session.slots.iter().any(|slot| !slot.writes_hours() && slot.time.is_none()) {
        return Vec::new();
    }
    let slots = session.runs()[0].by_time();
    let day = |instant| session.zone.local(instant).time.date();
    // Beside hours that contradict each other, that is the mistake to tell, not the gap that it makes.
    let doubts = |slot: &Slot| judged.doubts(slot) || slot.time.is_none();
    let beside = |slot: &Slot| {
        let at = session.slots.iter().position(|other| std::ptr::eq(other, slot)).unwrap_or(0);
        session.slots.iter().skip(at.saturating_sub(1)).take(if at == 0 { 2 } else { 3 })
    };
    let mut gaps = Vec::new();
    let mut done = session.window.start.map(|open| (open, false));
    for (slot, time) in &slots {
        let doubtful = beside(slot).any(doubts) || slot.approximate;
        if let Some((from, false)) = done
            && !doubtful
            && time.start > from.value
            && day(time.start) == day(from.value)
        {
            gaps.push(Gap { from, to: At::new(time.start, slot.start_span()), last: false });
        }
        if done.is_none_or(|(until, _)| time.end > until.value) {
            done = Some((At::new(time.end, slot.end_span()), doubtful));
        }
    }
    if let (Some((from, false)), Some(to)) = (done, session.closes())
        && !slots.is_empty()
        && from.value < to.value
    {
        gaps.push(Gap { from, to, last: true });
    }
    gaps.retain(|gap| gap.last || !is_lunch(session, gap));
    gaps
}

/// Whether people eat then: an hour or so in the middle of the day needs no item of its own.
fn is_lunch(session: &Session, gap: &Gap) -> bool {
    let local = |at: At<DateTime<Utc>>| session.zone.local(at.value).time.time();
    let minutes = (gap.to.value - gap.from.value).num_minutes();
    (45..=150).contains(&minutes) && local(gap.from).hour() >= 11 && (12..16).contains(&local(gap.to).hour())
}

#[cfg(test)]
mod tests {
    use crate::checks::session_file;
    use crate::examples::check_files;

    #[test]
    fn the_last_minutes_are_told_where_the_session_closes_later_than_its_items() {
        let told = |hours: &str| -> Vec<String> {
            let item =
                "\n[[slots]]\nstart = 10:00\nend = 10:40\ntitle = { es = 'Marco', en = 'Framework' }\nspeakers = ['port']\n";
            let file = format!("{}{hours}{item}", session_file!(""));
            let gaps = check_files(&[("session.toml", &file)]).1;
            gaps.into_iter()
                .filter(|finding| finding.check == "slot-gap")
                .map(|finding| finding.message.en.into_owned())
                .collect()
        };
        let twenty = ["nothing is planned for the last 20 min, from 10:40 to 11:00"];
        assert_eq!(told("start = 10:00\nend = 11:00\n"), twenty);
        assert_eq!(told("start = 10:00\nminutes = 60\n"), twenty);
        assert_eq!(told("start = 10:00\nend = 10:41\n"), ["nothing is planned for the last 1 min, from 10:40 to 10:41"]);
        for whole in ["start = 10:00\nend = 10:40\n", "start = 10:00\n", "start = 10:00\nend = 10:30\n", ""] {
            assert_eq!(told(whole), [""; 0], "{whole}");
        }
    }
}
