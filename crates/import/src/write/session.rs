//! The file of one session.

use chrono::Weekday;
use convoca_core::locale::{Lang, breaks, dates};

use super::Request;
use super::toml::{comment, line, prose, wording};
use crate::agenda::{FoundSession, Item, Role, Speaker};
use crate::grammar::{Bound, folded};
use crate::parties::{Cast, Who};

/// `zone` is that of the group.
pub(crate) fn file(
    session: &FoundSession,
    (id, number): (&str, u32),
    cast: &Cast,
    lang: Lang,
    (request, zone): (&Request<'_>, Option<&str>),
) -> String {
    let say = |en: &str, es: &str| match request.lang {
        Lang::En => en.to_owned(),
        Lang::Es => es.to_owned(),
    };
    let code = lang.code();
    let from = request.from;
    let at = session.line;
    let mut out = vec![
        comment(&say(
            &format!("Session {number}, read from `{from}` (line {at}). Hours are those of the group's zone."),
            &format!("Sesión {number}, leída de «{from}» (renglón {at}). Las horas son de la zona del grupo."),
        )),
        String::new(),
        format!("id = {}", line(id)),
        format!("number = {number}"),
    ];
    match session.date {
        Some(date) => {
            let why = session
                .inferred
                .iter()
                .find(|one| one.field == "date")
                .map(|one| format!("  {}", comment(one.why.get(request.lang))))
                .unwrap_or_default();
            out.push(format!("date = {date}{why}"));
        }
        None => {
            let text = session.date_text.as_deref().map(|text| format!(": «{text}»")).unwrap_or_default();
            out.push(comment(&say(
                &format!("the date is not written in full{text}; write it: date = 2027-03-02"),
                &format!("la fecha no está completa{text}; escríbala: date = 2027-03-02"),
            )));
        }
    }
    if let Some(stated) = session.zone.as_ref().filter(|stated| zone != Some(stated.zone.as_str())) {
        out.push(format!("time-zone = {}", line(&stated.zone)));
    }
    if let Some(weekday) = session.weekday {
        out.push(format!("weekday = {}", line(weekday_name(lang, weekday))));
    }
    if let Some(window) = &session.window {
        out.push(format!("start = \"{}\"", window.start));
        if let Some(end) = window.end {
            out.push(format!("end = \"{end}\""));
        }
    }
    if let Some(moderator) = &session.moderator {
        out.push(format!("moderator = {}", actor(moderator, cast, code)));
    }
    let title = session.title.clone().unwrap_or_else(|| say(&format!("Session {number}"), &format!("Sesión {number}")));
    out.push(format!("title = {}", wording(code, &title)));
    if let Some(objective) = &session.objective {
        out.push(format!("objective = {}", wording(code, objective)));
    }
    if let Some(place) = &session.place {
        out.push(format!("place = {}", wording(code, place)));
    }
    if let Some(link) = &session.join_link {
        out.push(format!("join-link = {}", line(link)));
    }
    if !session.how_to_join.is_empty() {
        out.push(format!("how-to-join = {}", wording(code, &session.how_to_join.join("; "))));
    }
    if let Some(words) = &session.interpretation {
        out.push(format!("interpretation = {}", wording(code, words)));
    }
    for also in &session.also {
        out.push(String::new());
        out.push("[[also]]".to_owned());
        out.push(format!("time-zone = {}", line(&also.zone)));
        out.push(format!("start = \"{}\"", also.start));
        out.extend(also.end.map(|end| format!("end = \"{end}\"")));
    }
    for item in &session.items {
        let table = if item.level == 0 { "slots" } else { "slots.items" };
        out.push(String::new());
        let text = slot(item, table, cast, code, request);
        out.push(text);
    }
    out.join("\n") + "\n"
}

fn weekday_name(lang: Lang, weekday: Weekday) -> &'static str {
    dates::weekday(lang, weekday)
}

/// One item with its keys, and what is inside it.
fn slot(item: &Item, table: &str, cast: &Cast, code: &str, request: &Request<'_>) -> String {
    let indent = if table == "slots" { "" } else { "  " };
    let mut out = vec![format!("[[{table}]]")];
    for one in &item.inferred {
        out.push(comment(&format!("{}: {}", one.field, one.why.get(request.lang))));
    }
    if let Some(start) = item.start {
        out.push(format!("start = \"{start}\""));
    }
    if let Some(end) = item.end {
        out.push(format!("end = \"{end}\""));
    }
    if let Some(minutes) = item.minutes.filter(|minutes| *minutes > 0) {
        let bound = match item.bound {
            Bound::AtMost => Some(("at most", "como máximo")),
            Bound::AtLeast => Some(("at least", "como mínimo")),
            _ => None,
        };
        let why = bound.map(|(en, es)| {
            format!(
                "  {}",
                comment(match request.lang {
                    Lang::En => en,
                    Lang::Es => es,
                })
            )
        });
        out.push(format!("minutes = {minutes}{}", why.unwrap_or_default()));
    }
    if item.written.is_some_and(|span| span.about) || item.bound == Bound::About {
        out.push("approximate = true".to_owned());
    }
    if item.parallel && item.groups.is_empty() {
        out.push("parallel = true".to_owned());
    }
    if is_break(item) {
        out.push("break = true".to_owned());
    }
    let grouped = !item.groups.is_empty() && opens_group(&item.title);
    let title = if grouped {
        match code {
            "en" => "Group work",
            _ => "Trabajo en grupos",
        }
    } else {
        item.title.as_str()
    };
    out.push(format!("title = {}", wording(code, title)));
    if let Some(place) = &item.place {
        out.push(format!("place = {}", wording(code, place)));
    }
    out.extend(roles(&item.speakers, cast, code));
    if !item.details.is_empty() {
        out.push(format!("description = {{ {code} = {} }}", line_or_prose(&item.details)));
    }
    let mut groups: Vec<(String, Vec<Speaker>)> =
        item.groups.iter().map(|group| (group.title.clone(), group.speakers.clone())).collect();
    if grouped {
        groups.insert(0, (item.title.clone(), Vec::new()));
    }
    let mut text: Vec<String> = out
        .iter()
        .flat_map(|part| part.split('\n'))
        .map(|part| if part.is_empty() { String::new() } else { format!("{indent}{part}") })
        .collect();
    for (title, speakers) in groups {
        text.push(String::new());
        text.push(format!("{indent}  [[{table}.groups]]"));
        text.push(format!("{indent}  title = {}", wording(code, &title)));
        text.extend(roles(&speakers, cast, code).into_iter().map(|line| format!("{indent}  {line}")));
    }
    text.join("\n")
}

/// One line of text where it is one; else a list.
fn line_or_prose(details: &[String]) -> String {
    match details {
        [one] => line(one),
        // Within braces TOML 1.0 has no line breaks but those of a text.
        many => prose(&many.iter().map(|text| format!("- {text}")).collect::<Vec<_>>().join("\n")),
    }
}

fn opens_group(title: &str) -> bool {
    let words: Vec<String> = folded(title).split(' ').map(str::to_owned).collect();
    words.first().is_some_and(|word| crate::grammar::labels::is_group_word(word))
        && words.get(1).is_some_and(|word| word.len() <= 2)
}

fn is_break(item: &Item) -> bool {
    breaks::is_break(&item.title) && item.speakers.is_empty() && item.groups.is_empty()
}

/// The keys of who speaks, moderates, facilitates and takes part.
fn roles(speakers: &[Speaker], cast: &Cast, code: &str) -> Vec<String> {
    let mut out = Vec::new();
    let of = |role: Role| speakers.iter().filter(move |speaker| speaker.role == role);
    let mut moderators = of(Role::Moderator);
    let first = moderators.next();
    let mut talk: Vec<String> = of(Role::Speaker).chain(moderators).map(|speaker| actor(speaker, cast, code)).collect();
    talk.dedup();
    if !talk.is_empty() {
        out.push(format!("speakers = [{}]", talk.join(", ")));
    }
    if let Some(first) = first {
        out.push(format!("moderator = {}", actor(first, cast, code)));
    }
    if speakers.iter().any(|speaker| speaker.role == Role::All) {
        out.push("participants = \"all\"".to_owned());
    }
    let facilitators: Vec<String> = of(Role::Facilitator).map(|speaker| actor(speaker, cast, code)).collect();
    if !facilitators.is_empty() {
        out.push(format!("facilitators = [{}]", facilitators.join(", ")));
    }
    out
}

fn actor(speaker: &Speaker, cast: &Cast, code: &str) -> String {
    if speaker.name.is_empty() {
        let words = match code {
            "en" => "To be confirmed",
            _ => "Por confirmar",
        };
        return format!("{{ who = {}, tbc = true }}", wording(code, words));
    }
    match (cast.who(&speaker.name), speaker.tbc) {
        (Who::Id(id), false) => line(&id),
        (Who::Spelling(name), false) => line(&name),
        (Who::Id(id) | Who::Spelling(id), true) => {
            let key = if cast.people.iter().any(|person| person.id == id) { "person" } else { "party" };
            format!("{{ {key} = {}, tbc = true }}", line(&id))
        }
        (Who::Words(words), true) => format!("{{ who = {}, tbc = true }}", wording(code, &words)),
        (Who::Words(words), false) => format!("{{ who = {} }}", wording(code, &words)),
    }
}
