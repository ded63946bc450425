//! What an event says in words: the hours of every country, the objective, the agenda.

use std::fmt::Write;

use chrono::{DateTime, NaiveDate, Utc};

use crate::locale::markdown::plain;
use crate::locale::{Lang, LanguageTag, Text, dates, words};
use crate::model::{Group, Programme, Role, RoleKind, Session, Slot, clock_notes};
use crate::schema::{HourStyle, Status};
use crate::text;
use crate::time::{LocalHour, Place, Zone, clock_of, local_hours, worded_hour};

/// The words of one session in one language, as they go into plain text and into HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Description {
    /// Paragraphs before the agenda.
    paragraphs: Vec<String>,
    /// Their own part, for the one person to whom it is written.
    own: Option<(String, Vec<String>)>,
    heading: String,
    agenda: Vec<Item>,
    /// Paragraphs behind the agenda.
    closing: Vec<String>,
}

/// A line of the agenda, with those of what is inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    line: String,
    inside: Vec<Item>,
}

impl Item {
    fn write_text(&self, depth: usize, out: &mut String) {
        let mark = if depth == 0 { "" } else { "• " };
        let _ = write!(out, "\n{}{mark}{}", "  ".repeat(depth), self.line);
        self.inside.iter().for_each(|item| item.write_text(depth + 1, out));
    }

    fn write_html(&self, out: &mut String) {
        out.extend(["<li>", &escaped(&self.line)]);
        if !self.inside.is_empty() {
            out.push_str("<ul>");
            self.inside.iter().for_each(|item| item.write_html(out));
            out.push_str("</ul>");
        }
        out.push_str("</li>");
    }
}

impl Description {
    /// How to join comes right behind the hours and what is to be said of the clocks; the agenda is by the
    /// clock of `place`.
    pub(crate) fn new(
        programme: &Programme,
        session: &Session,
        (start, end): (DateTime<Utc>, DateTime<Utc>),
        joining: Vec<String>,
        place: &Place,
        lang: Lang,
    ) -> Description {
        let group = &programme.group;
        let day = session.date.map_or(session.zone.local(start).time.date(), |date| date.value);
        let cancelled = match session.postponed_to {
            Some(day) => text!(l, day = dates::long_date(l, day);
                "This session is cancelled: it is postponed to {day}.", "Esta sesión está cancelada: se pospone para el {day}."),
            None => Text::fixed("This session is cancelled.", "Esta sesión está cancelada."),
        };
        let mut paragraphs = Vec::new();
        if session.status == Status::Cancelled {
            paragraphs.push(cancelled.get(lang).to_owned());
        }
        paragraphs.push(hours(group, &session.zone, (start, end), day, lang));
        paragraphs.extend(clock_notes(programme, session, lang));
        paragraphs.extend(joining);
        paragraphs.extend(session.objective.as_ref().map(|objective| plain(objective.get(lang))));
        paragraphs.extend(session.moderator.as_ref().map(|moderator| capitalized(&part(group, &[moderator], lang))));
        let agenda = agenda(group, session, &place.zone, lang);
        let heading = heading(place, start, day, lang);
        Description { paragraphs, own: None, heading, agenda, closing: Vec::new() }
    }

    /// For one person: with their own part; what else is useful stands at the end.
    pub(crate) fn personal(self, own: Option<(String, Vec<String>)>, closing: Vec<String>) -> Description {
        Description { own, closing, ..self }
    }

    /// As plain text, a line for each item.
    pub(crate) fn text(&self) -> String {
        let mut out = self.paragraphs.join("\n\n");
        if let Some((heading, parts)) = &self.own {
            let _ = write!(out, "\n\n{heading}");
            parts.iter().for_each(|part| out.extend(["\n▶ ", part]));
        }
        if !self.agenda.is_empty() {
            let _ = write!(out, "\n\n{}:", self.heading);
        }
        self.agenda.iter().for_each(|item| item.write_text(0, &mut out));
        self.closing.iter().for_each(|paragraph| out.extend(["\n\n", paragraph]));
        out
    }

    /// As one HTML document, without styles: readers show it in their own.
    pub(crate) fn html(&self, lang: LanguageTag) -> String {
        let mut out = format!("<!DOCTYPE html><html lang=\"{lang}\"><body>");
        self.paragraphs.iter().for_each(|text| out.extend(["<p>", &linked(text), "</p>"]));
        if let Some((heading, parts)) = &self.own {
            out.extend(["<p><b>", &escaped(heading), "</b></p><ul>"]);
            parts.iter().for_each(|part| out.extend(["<li><b>", &escaped(part), "</b></li>"]));
            out.push_str("</ul>");
        }
        if !self.agenda.is_empty() {
            out.extend(["<p><b>", &escaped(&self.heading), "</b></p><ul>"]);
            self.agenda.iter().for_each(|item| item.write_html(&mut out));
            out.push_str("</ul>");
        }
        self.closing.iter().for_each(|text| out.extend(["<p>", &linked(text), "</p>"]));
        out.push_str("</body></html>");
        out
    }
}

/// "10:00 Costa Rica, Guatemala, Honduras · 11:00 Panamá · 16:00 UTC", with the day where it is another.
fn hours(group: &Group, own: &Zone, (start, end): (DateTime<Utc>, DateTime<Utc>), day: NaiveDate, lang: Lang) -> String {
    let utc = Place { name: Text::same("UTC"), zone: Zone::utc() };
    let mut hours = group.local_hours(own, start, end, day);
    hours.extend(local_hours([&utc], start, end, day));
    hours.iter().map(|hour| hour_of_places(group.hours, hour, lang)).collect::<Vec<_>>().join(" · ")
}

fn hour_of_places(style: HourStyle, hour: &LocalHour<'_>, lang: Lang) -> String {
    let mut names: Vec<&str> = hour.places.iter().map(|place| place.name.get(lang)).collect();
    names.dedup();
    let shift = match hour.day_shift {
        0 => String::new(),
        _ => format!(" ({})", dates::day_month(lang, hour.start.date())),
    };
    let start = match (style, hour.places.first()) {
        (HourStyle::Country, Some(place)) if !place.zone.is_utc() => worded_hour(lang, &place.zone, hour.start.time()),
        _ => dates::clock(hour.start.time()),
    };
    format!("{start}{shift} {}", names.join(", "))
}

/// By whose clock the agenda is, and from which day where theirs is another.
fn heading(place: &Place, start: DateTime<Utc>, day: NaiveDate, lang: Lang) -> String {
    let local = place.zone.local(start).time.date();
    let other_day = if local == day { String::new() } else { format!("; {}", dates::long_date(lang, local)) };
    format!("Agenda ({}{other_day})", clock_of(place, start, lang))
}

/// The items; where they are on several days, each day with its own.
fn agenda(group: &Group, session: &Session, zone: &Zone, lang: Lang) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let several = session.sittings().len() > 1;
    let mut day = None;
    for slot in &session.slots {
        let own = slot.time.map(|time| zone.local(time.start).time.date());
        if let (true, Some(own)) = (several, own.filter(|own| day != Some(*own))) {
            day = Some(own);
            items.push(Item { line: dates::long_date(lang, own), inside: Vec::new() });
        }
        let item = item(group, slot, zone, lang);
        match items.last_mut().filter(|_| several) {
            Some(last) => last.inside.push(item),
            None => items.push(item),
        }
    }
    items
}

/// "10:05–10:45 Title (room) — speakers".
fn item(group: &Group, slot: &Slot, zone: &Zone, lang: Lang) -> Item {
    let unknown = Text::fixed("(time TBC) ", "(hora por confirmar) ");
    let hours = match slot.hours() {
        Some(hours) => group.item_hours(lang, zone, &hours) + " ",
        None if slot.is_untold() => unknown.get(lang).to_owned(),
        None => String::new(),
    };
    let everyone =
        slot.everyone.then(|| Text::fixed("all participants", "todas las personas participantes").get(lang).to_owned());
    let place = slot.place.as_ref().map_or_else(String::new, |place| format!(" ({})", place.get(lang)));
    let line = with_parts(format!("{hours}{}{place}", slot.title.get(lang)), everyone, &slot.roles, group, lang);
    Item { line, inside: slot.items.iter().chain(&slot.groups).map(|inner| item(group, inner, zone, lang)).collect() }
}

fn with_parts(title: String, everyone: Option<String>, roles: &[Role], group: &Group, lang: Lang) -> String {
    let kinds = [RoleKind::Speaker, RoleKind::Moderator, RoleKind::Facilitator];
    let parts = kinds.into_iter().filter_map(|kind| {
        let of_kind: Vec<&Role> = roles.iter().filter(|role| role.kind == kind).collect();
        (!of_kind.is_empty()).then(|| part(group, &of_kind, lang))
    });
    let parts: Vec<String> = everyone.into_iter().chain(parts).collect();
    if parts.is_empty() { title } else { format!("{title} — {}", parts.join("; ")) }
}

/// Those who have one kind of part: "moderated by Upala (Costa Rica)", "UCLG (TBC) and MMC (TBC)".
fn part(group: &Group, roles: &[&Role], lang: Lang) -> String {
    let names: Vec<String> = roles.iter().map(|role| name(group, role, lang)).collect();
    let names = words::join(lang, &names);
    let Some(first) = roles.first() else { return names };
    match (first.kind, lang, roles.len()) {
        (RoleKind::Speaker, ..) => names,
        (RoleKind::Moderator, Lang::En, _) => format!("moderated by {names}"),
        (RoleKind::Moderator, Lang::Es, 1) => format!("modera {names}"),
        (RoleKind::Moderator, Lang::Es, _) => format!("moderan {names}"),
        (RoleKind::Facilitator, Lang::En, _) => format!("facilitated by {names}"),
        (RoleKind::Facilitator, Lang::Es, 1) => format!("facilita {names}"),
        (RoleKind::Facilitator, Lang::Es, _) => format!("facilitan {names}"),
    }
}

fn name(group: &Group, role: &Role, lang: Lang) -> String {
    let name = role.who.label(group, lang);
    match (role.is_marked(), lang) {
        (false, _) => name,
        (true, Lang::Es) => format!("{name} (por confirmar)"),
        (true, Lang::En) => format!("{name} (TBC)"),
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The same, with addresses of the web made into links.
fn linked(text: &str) -> String {
    let mut out = String::new();
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        let word = escaped(word);
        if word.starts_with("https://") && !word.contains("<br>") {
            out.extend(["<a href=\"", &word, "\">", &word, "</a>"]);
        } else {
            out.push_str(&word);
        }
    }
    out
}

/// For HTML, where line breaks of the text stay line breaks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in super::clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
