//! What a person does to the programme, in the words of a page, and the operations that it comes to.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use convoca_core::diagnostics::Subject;
use convoca_core::edit::{self, FieldValue, NewSlot, Operation, Who};
use convoca_core::locale::{Lang, Text, dates};
use convoca_core::model::{Actor, RoleKind};
use convoca_core::schema::{PartyKind, Status};
use convoca_core::text;
use serde::Deserialize;

use crate::begin;
use crate::draft::{Draft, free};
use crate::refused::Refused;
use crate::typed;

/// How long an item is unless somebody says.
const USUAL_MINUTES: u32 = 15;

/// Something to be done. Items are counted from 0.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Command {
    /// An hour or a length as it was typed.
    Time {
        session: String,
        slot: usize,
        part: Part,
        typed: String,
        keep: Keep,
    },
    /// An item put at an hour (minutes after the midnight before it) with a length.
    Place {
        session: String,
        slot: usize,
        start: u32,
        minutes: u32,
        follow: bool,
    },
    /// A new item before another, where that one began; what follows goes along if asked.
    AddSlot {
        session: String,
        at: usize,
        title: Both,
        minutes: Option<u32>,
        follow: bool,
    },
    Split {
        session: String,
        slot: usize,
        typed: String,
        title: Both,
    },
    /// Takes an item out; what follows closes the gap if asked.
    RemoveSlot {
        session: String,
        slot: usize,
        follow: bool,
    },
    /// Puts an item at another place of the agenda; those between change hours with it.
    Reorder {
        session: String,
        slot: usize,
        to: usize,
    },
    Title {
        of: About,
        lang: Language,
        to: String,
    },
    /// Any other key of something; nothing takes it away.
    Field {
        of: About,
        field: String,
        to: Option<Value>,
    },
    AddSpeaker {
        to: About,
        role: Role,
        who: Whom,
        tbc: bool,
    },
    Tbc {
        of: About,
        role: Role,
        index: usize,
        tbc: bool,
    },
    RemoveSpeaker {
        of: About,
        role: Role,
        index: usize,
    },
    AddPerson {
        name: String,
        party: Option<String>,
    },
    AddParty {
        name: Both,
        kind: String,
        country: Option<String>,
        member: bool,
    },
    Status {
        session: String,
        to: String,
    },
    MoveSession {
        session: String,
        date: Option<String>,
        start: Option<String>,
    },
    /// A new session, at an hour and for so long if they are known.
    AddSession {
        title: Both,
        date: String,
        #[serde(default)]
        hours: Option<(String, String)>,
    },
    /// The file of a group where there is none; the hours are those of a zone of its first country.
    NewGroup {
        name: Both,
        zone: String,
        countries: Vec<String>,
    },
    Waive {
        finding: usize,
        reason: String,
    },
    Mend {
        finding: usize,
        mend: usize,
    },
    /// All that have one right mend.
    MendAll,
    AddSection {
        parent: Option<String>,
        at: usize,
        title: Both,
    },
    MoveSection {
        section: String,
        to: usize,
    },
    RemoveSection {
        section: String,
    },
}

/// What of the time was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Start,
    End,
    Minutes,
}

/// What becomes of the rest when one part of the time changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// Everything behind goes along.
    Following,
    /// The end stays; where the end itself is typed, the start does.
    End,
    /// The length stays.
    Length,
}

/// What is said in each language.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Both {
    #[serde(default)]
    pub es: String,
    #[serde(default)]
    pub en: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    Es,
    En,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Value {
    Flag(bool),
    Prose { prose: String },
    Line(String),
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Speaker,
    Moderator,
    Facilitator,
}

/// Who gets a role: somebody of the group, somebody described, or somebody who joins the group with it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whom {
    Known(String),
    Described(Both),
    NewPerson { name: String, party: Option<String> },
    NewParty { name: Both, kind: String, country: Option<String> },
}

/// What a change is about, as findings say it.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum About {
    Group,
    Party { id: String },
    Person { id: String },
    Session { session: String },
    Slot { session: String, slot: usize },
    Item { session: String, slot: usize, items: Vec<usize> },
    BreakOut { session: String, slot: usize, group: usize },
    ConceptNote,
    Section { id: String },
}

impl From<&About> for Subject {
    fn from(about: &About) -> Subject {
        match about.clone() {
            About::Group => Subject::Group,
            About::Party { id } => Subject::Party { id },
            About::Person { id } => Subject::Person { id },
            About::Session { session } => Subject::Session { session },
            About::Slot { session, slot } => Subject::Slot { session, slot },
            About::Item { session, slot, items } => Subject::Item { session, slot, items },
            About::BreakOut { session, slot, group } => Subject::BreakOut { session, slot, group },
            About::ConceptNote => Subject::ConceptNote,
            About::Section { id } => Subject::Section { id },
        }
    }
}

impl From<&Both> for Text {
    fn from(both: &Both) -> Text {
        Text { es: both.es.trim().to_owned().into(), en: both.en.trim().to_owned().into() }
    }
}

impl From<Role> for RoleKind {
    fn from(role: Role) -> RoleKind {
        match role {
            Role::Speaker => RoleKind::Speaker,
            Role::Moderator => RoleKind::Moderator,
            Role::Facilitator => RoleKind::Facilitator,
        }
    }
}

impl Command {
    /// Works out what it comes to, and says what it does.
    pub(crate) fn make(&self, draft: &mut Draft) -> Result<Text, Refused> {
        match self {
            Command::Time { session, slot, part, typed, keep } => time(draft, session, *slot, *part, typed, *keep),
            Command::Place { session, slot, start, minutes, follow } => {
                let name = named(draft, session, *slot)?;
                let (_, old, _) = draft.time(session, *slot)?;
                let start = NaiveTime::MIN + TimeDelta::minutes(i64::from(start % (24 * 60)));
                set(draft, session, *slot, start, *minutes, *follow)?;
                let (hour, minutes) = (dates::clock(start), *minutes);
                Ok(match start == old {
                    true => text!(
                        l, name = name.get(l).to_owned();
                        "give “{name}” {minutes} min", "dar {minutes} min a «{name}»"
                    ),
                    false => text!(l, name = name.get(l).to_owned(); "move “{name}” to {hour}", "mover «{name}» a las {hour}"),
                })
            }
            Command::AddSlot { session, at, title, minutes, follow } => add_slot(draft, session, *at, title, *minutes, *follow),
            Command::Split { session, slot, typed, title } => {
                let name = named(draft, session, *slot)?;
                let (_, start, _) = draft.time(session, *slot)?;
                let at = typed::hour(typed, Some(start))?;
                draft.make(&Operation::SplitSlot { session: session.clone(), slot: (*slot).into(), at, title: title.into() })?;
                let at = dates::clock(at);
                Ok(text!(l, name = name.get(l).to_owned(); "split “{name}” at {at}", "dividir «{name}» a las {at}"))
            }
            Command::RemoveSlot { session, slot, follow } => {
                let name = named(draft, session, *slot)?;
                if let (true, Ok((_, _, minutes))) = (*follow, draft.time(session, *slot)) {
                    shift(draft, session, slot + 1, -i64::from(minutes))?;
                }
                draft.make(&Operation::RemoveSlot { session: session.clone(), slot: (*slot).into() })?;
                Ok(text!(l, name = name.get(l).to_owned(); "take out “{name}”", "quitar «{name}»"))
            }
            Command::Reorder { session, slot, to } => reorder(draft, session, *slot, *to),
            Command::Title { of, lang, to } => {
                let lang = match lang {
                    Language::Es => Lang::Es,
                    Language::En => Lang::En,
                };
                draft.make(&Operation::SetTitle { of: of.into(), lang, to: to.clone() })?;
                let to = short(to);
                Ok(text!("title “{to}”", "poner el título «{to}»"))
            }
            Command::Field { of, field, to } => {
                let value = to.as_ref().map(|value| match value {
                    Value::Flag(flag) => FieldValue::Flag(*flag),
                    Value::Prose { prose } => FieldValue::Prose(prose.clone()),
                    Value::Line(line) => FieldValue::Line(line.clone()),
                });
                draft.make(&Operation::SetField { of: of.into(), field: field.clone(), to: value })?;
                Ok(field_label(field))
            }
            Command::AddSpeaker { to, role, who, tbc } => {
                let (id, who) = match who {
                    Whom::Known(id) => (id.clone(), Who::Known(id.clone())),
                    Whom::Described(words) => (words.es.clone(), Who::Described(words.into())),
                    Whom::NewPerson { name, party } => {
                        let id = add_person(draft, name, party.as_deref())?;
                        (id.clone(), Who::Known(id))
                    }
                    Whom::NewParty { name, kind, country } => {
                        let id = add_party(draft, name, kind, country.as_deref(), false)?;
                        (id.clone(), Who::Known(id))
                    }
                };
                draft.make(&Operation::AddSpeaker { to: to.into(), role: (*role).into(), who, tbc: *tbc })?;
                let name = called(draft, &id);
                Ok(text!(l, name = name.get(l).to_owned(); "add {name}", "agregar a {name}"))
            }
            Command::Tbc { of, role, index, tbc } => {
                let (of, role, index) = (of.into(), (*role).into(), *index);
                draft.make(&match tbc {
                    true => Operation::DoubtSpeaker { of, role, index },
                    false => Operation::ConfirmSpeaker { of, role, index },
                })?;
                Ok(match tbc {
                    true => Text::fixed("mark as to be confirmed", "marcar como por confirmar"),
                    false => Text::fixed("confirm a participation", "confirmar una participación"),
                })
            }
            Command::RemoveSpeaker { of, role, index } => {
                draft.make(&Operation::RemoveSpeaker { of: of.into(), role: (*role).into(), index: *index })?;
                Ok(Text::fixed("take out somebody", "quitar a alguien"))
            }
            Command::AddPerson { name, party } => {
                let id = add_person(draft, name, party.as_deref())?;
                let name = called(draft, &id);
                Ok(text!(l, name = name.get(l).to_owned(); "add {name} to the group", "agregar a {name} al grupo"))
            }
            Command::AddParty { name, kind, country, member } => {
                let id = add_party(draft, name, kind, country.as_deref(), *member)?;
                let name = called(draft, &id);
                Ok(text!(l, name = name.get(l).to_owned(); "add {name} to the group", "agregar {name} al grupo"))
            }
            Command::Status { session, to } => {
                let known = [Status::Draft, Status::Tentative, Status::Confirmed, Status::Cancelled];
                let to = known.into_iter().find(|status| status.word() == to);
                let to = to.ok_or_else(|| Refused::from(Text::fixed("there is no such status", "no hay tal estado")))?;
                draft.make(&Operation::SetStatus { session: session.clone(), to })?;
                let mention = mention(draft, session)?;
                Ok(text!(
                    l, mention = mention.get(l).to_owned(), word = status_word(to).get(l).to_owned();
                    "make {mention} {word}", "dejar {word} {mention}"
                ))
            }
            Command::MoveSession { session, date, start } => {
                let own = draft.session(session)?.time();
                let zone = draft.session(session)?.zone.clone();
                let hour = own.map(|(start, _)| zone.local(start).time.time());
                let date = date.as_deref().map(typed::date).transpose()?;
                let start = start.as_deref().map(|typed| typed::hour(typed, hour)).transpose()?;
                if own.is_none()
                    && let Some(date) = date
                    && start.is_none()
                {
                    set_date(draft, session, date)?;
                } else {
                    draft.make(&Operation::MoveSession { session: session.clone(), date, start })?;
                }
                let mention = mention(draft, session)?;
                Ok(match (date, start.map(dates::clock)) {
                    (Some(day), _) => text!(
                        l, mention = mention.get(l).to_owned(), day = dates::date(l, day);
                        "move {mention} to {day}", "mover {mention} al {day}"
                    ),
                    (None, Some(hour)) => {
                        text!(l, mention = mention.get(l).to_owned(); "begin {mention} at {hour}", "comenzar {mention} a las {hour}")
                    }
                    _ => text!(l, mention = mention.get(l).to_owned(); "move {mention}", "mover {mention}"),
                })
            }
            Command::AddSession { title, date, hours } => {
                let date = typed::date(date)?;
                let title = Text::from(title);
                let sessions = draft.snapshot().written().sessions.iter();
                let ids: Vec<String> = sessions.clone().filter_map(|(_, session)| Some(session.id.as_ref()?.0.clone())).collect();
                let number = sessions.filter_map(|(_, session)| Some(session.number.as_ref()?.0)).max().unwrap_or(0) + 1;
                let id = free(&[&title.en, &title.es], |id| ids.iter().any(|own| own == id))?;
                draft.make(&Operation::AddSession { id: id.clone(), number, date, title })?;
                if let Some((start, end)) = hours {
                    for (field, typed) in [("start", start), ("end", end)] {
                        let of = Subject::Session { session: id.clone() };
                        let to = Some(FieldValue::Line(dates::clock(typed::hour(typed, None)?)));
                        draft.make(&Operation::SetField { of, field: field.to_owned(), to })?;
                    }
                }
                Ok(text!(l, day = dates::date(l, date); "add a session on {day}", "agregar una sesión el {day}"))
            }
            Command::NewGroup { name, zone, countries } => begin::group(draft, &name.into(), zone, countries),
            Command::Waive { finding, reason } => {
                draft.make(&Operation::Waive { finding: *finding, reason: reason.clone() })?;
                Ok(Text::fixed("accept a finding", "aceptar un hallazgo"))
            }
            Command::Mend { finding, mend } => {
                draft.make(&Operation::ApplyMend { finding: *finding, mend: *mend })?;
                Ok(Text::fixed("mend a finding", "corregir un hallazgo"))
            }
            Command::MendAll => {
                let mended = edit::certain_mends(draft.snapshot());
                let count: usize = mended.iter().map(|file| file.mends).sum();
                for file in mended {
                    draft.apply(file.change)?;
                }
                Ok(text!("make {count} sure mends", "hacer {count} correcciones seguras"))
            }
            Command::AddSection { parent, at, title } => {
                let title = Text::from(title);
                let note = draft.snapshot().programme().and_then(|programme| programme.concept_note.as_ref());
                let mut ids = Vec::new();
                note.iter().for_each(|note| section_ids(&note.sections, &mut ids));
                let id = free(&[&title.en, &title.es], |id| ids.iter().any(|own| own == id))?;
                draft.make(&Operation::AddSection { parent: parent.clone(), at: *at, id, title: title.clone() })?;
                Ok(text!(l, title = short(title.get(l)); "add the section “{title}”", "agregar la sección «{title}»"))
            }
            Command::MoveSection { section, to } => {
                draft.make(&Operation::MoveSection { section: section.clone(), to: *to })?;
                Ok(Text::fixed("move a section", "mover una sección"))
            }
            Command::RemoveSection { section } => {
                draft.make(&Operation::RemoveSection { section: section.clone() })?;
                Ok(Text::fixed("take out a section", "quitar una sección"))
            }
        }
    }
}

fn time(draft: &mut Draft, session: &str, slot: usize, part: Part, typed: &str, keep: Keep) -> Result<Text, Refused> {
    let name = named(draft, session, slot)?;
    let Ok((_, start, minutes)) = draft.time(session, slot) else { return first_time(draft, session, slot, part, typed) };
    let end = start + TimeDelta::minutes(minutes.into());
    let until = |from: NaiveTime, to: NaiveTime| u32::try_from((to - from).num_minutes().rem_euclid(24 * 60)).unwrap_or(0);
    let follow = keep == Keep::Following;
    let told = match part {
        Part::Start => {
            let to = typed::hour(typed, Some(start))?;
            let length = if keep == Keep::End { until(to, end) } else { minutes };
            set(draft, session, slot, to, length, follow)?;
            let hour = dates::clock(to);
            text!(l, name = name.get(l).to_owned(); "begin “{name}” at {hour}", "comenzar «{name}» a las {hour}")
        }
        Part::End => {
            let to = typed::hour(typed, Some(end))?;
            match keep {
                Keep::Length => set(draft, session, slot, to - TimeDelta::minutes(minutes.into()), minutes, false)?,
                _ => set(draft, session, slot, start, until(start, to), follow)?,
            }
            let hour = dates::clock(to);
            text!(l, name = name.get(l).to_owned(); "end “{name}” at {hour}", "terminar «{name}» a las {hour}")
        }
        Part::Minutes => {
            let to = typed::minutes(typed, minutes)?;
            let from = if keep == Keep::End { end - TimeDelta::minutes(to.into()) } else { start };
            set(draft, session, slot, from, to, follow)?;
            text!(l, name = name.get(l).to_owned(); "give “{name}” {to} min", "dar {to} min a «{name}»")
        }
    };
    Ok(told)
}

/// An item whose hours are not known yet gets one part of them.
fn first_time(draft: &mut Draft, session: &str, slot: usize, part: Part, typed: &str) -> Result<Text, Refused> {
    let name = named(draft, session, slot)?;
    let (session, there) = (session.to_owned(), draft.slot(session, slot)?);
    let (start, end, length) = (there.start.map(|at| at.value), there.end.map(|at| at.value), there.minutes.map(|at| at.value));
    let operation = match part {
        Part::Start => {
            Operation::SetHour { session, slot: slot.into(), bound: edit::Bound::Start, to: typed::hour(typed, start)? }
        }
        Part::End => {
            Operation::SetHour { session, slot: slot.into(), bound: edit::Bound::End, to: typed::hour(typed, end.or(start))? }
        }
        Part::Minutes => Operation::SetMinutes { session, slot: slot.into(), to: typed::minutes(typed, length.unwrap_or(0))? },
    };
    draft.make(&operation)?;
    Ok(text!(l, name = name.get(l).to_owned(); "give “{name}” its time", "poner la hora de «{name}»"))
}

/// # Errors
/// An item of no length, or one that would last till the next day.
fn set(draft: &mut Draft, session: &str, slot: usize, start: NaiveTime, minutes: u32, follow: bool) -> Result<(), Refused> {
    if minutes == 0 || minutes > 18 * 60 {
        return Err(Text::fixed("the item would end before it begins", "el punto terminaría antes de comenzar").into());
    }
    draft.make(&Operation::SetTime { session: session.to_owned(), slot: slot.into(), start, minutes, follow })
}

fn shift(draft: &mut Draft, session: &str, from: usize, minutes: i64) -> Result<(), Refused> {
    draft.make(&Operation::ShiftSlots { session: session.to_owned(), from: from.into(), minutes })
}

fn add_slot(
    draft: &mut Draft,
    session: &str,
    at: usize,
    title: &Both,
    minutes: Option<u32>,
    follow: bool,
) -> Result<Text, Refused> {
    let minutes = minutes.unwrap_or(USUAL_MINUTES).clamp(1, 24 * 60);
    let own = draft.session(session)?;
    let opens = own.window.start.map(|start| own.zone.local(start.value).time.time());
    let count = own.slots.len();
    let at = at.min(count);
    let before = at.checked_sub(1).map(|before| draft.time(session, before)).transpose();
    let behind = (at < count).then(|| draft.time(session, at)).transpose();
    let start = match (before, behind) {
        (Ok(Some((time, _, _))), _) => time.local_end.time(),
        (_, Ok(Some((time, _, _)))) => time.local_start.time(),
        _ => opens.unwrap_or_else(|| NaiveTime::from_hms_opt(9, 0, 0).unwrap_or(NaiveTime::MIN)),
    };
    if follow {
        shift(draft, session, at, minutes.into())?;
    }
    let title = Text::from(title);
    let slot =
        NewSlot { start: Some(start), end: Some(start + TimeDelta::minutes(minutes.into())), minutes: Some(minutes), title };
    let name = short_of(&slot.title);
    draft.make(&Operation::AddSlot { session: session.to_owned(), at: at.into(), slot })?;
    let hour = dates::clock(start);
    Ok(text!(l, name = name.get(l).to_owned(); "add “{name}” at {hour}", "agregar «{name}» a las {hour}"))
}

/// The items between both places follow one another from where the first of them began.
fn reorder(draft: &mut Draft, session: &str, slot: usize, to: usize) -> Result<Text, Refused> {
    let name = named(draft, session, slot)?;
    let (first, last) = (slot.min(to), slot.max(to));
    let times: Result<Vec<_>, Refused> = (first..=last).map(|index| draft.time(session, index)).collect();
    draft.make(&Operation::ReorderSlot { session: session.to_owned(), slot: slot.into(), to })?;
    if let Ok(times) = times {
        let mut lengths: Vec<u32> = times.iter().map(|(_, _, minutes)| *minutes).collect();
        let moved = lengths.remove(slot - first);
        lengths.insert(to - first, moved);
        let mut start = times[0].1;
        for (index, minutes) in (first..).zip(lengths) {
            if draft.time(session, index)?.1 != start {
                draft.make(&Operation::SetTime {
                    session: session.to_owned(),
                    slot: index.into(),
                    start,
                    minutes,
                    follow: false,
                })?;
            }
            start += TimeDelta::minutes(minutes.into());
        }
    }
    let place = to + 1;
    Ok(text!(l, name = name.get(l).to_owned(); "put “{name}” in place {place}", "poner «{name}» en el lugar {place}"))
}

/// The day of a session in which nothing has an hour yet.
fn set_date(draft: &mut Draft, session: &str, date: NaiveDate) -> Result<(), Refused> {
    draft.make(&Operation::SetDate { session: session.to_owned(), to: date })
}

fn add_person(draft: &mut Draft, name: &str, party: Option<&str>) -> Result<String, Refused> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Text::fixed("who is it? A name is missing", "¿quién es? Falta el nombre").into());
    }
    let group = draft.group()?.clone();
    let id = free(&[name], |id| group.actor(id).is_some())?;
    draft.make(&Operation::AddPerson { id: id.clone(), name: name.to_owned(), party: party.map(str::to_owned) })?;
    Ok(id)
}

fn add_party(draft: &mut Draft, name: &Both, kind: &str, country: Option<&str>, member: bool) -> Result<String, Refused> {
    let name = Text::from(name);
    let kinds = [
        PartyKind::Municipality,
        PartyKind::Agency,
        PartyKind::Network,
        PartyKind::Secretariat,
        PartyKind::Team,
        PartyKind::Panel,
        PartyKind::Other,
    ];
    let kind = kinds.into_iter().find(|known| known.word() == kind).unwrap_or(PartyKind::Other);
    let group = draft.group()?.clone();
    let id = free(&[&name.es, &name.en], |id| group.actor(id).is_some())?;
    let country = country.filter(|country| !country.is_empty()).map(str::to_owned);
    draft.make(&Operation::AddParty { id: id.clone(), name, kind, country, member })?;
    Ok(id)
}

fn section_ids(sections: &[convoca_core::model::Section], ids: &mut Vec<String>) {
    for section in sections {
        ids.push(section.id.clone());
        section_ids(&section.sections, ids);
    }
}

/// What an item is called in a sentence.
fn named(draft: &mut Draft, session: &str, slot: usize) -> Result<Text, Refused> {
    Ok(short_of(&draft.slot(session, slot)?.texts.title))
}

fn short_of(title: &Text) -> Text {
    let either = |one: &str, other: &str| short(if one.trim().is_empty() { other } else { one });
    Text { es: either(&title.es, &title.en).into(), en: either(&title.en, &title.es).into() }
}

/// A title that would fill the line is cut.
fn short(title: &str) -> String {
    const MOST: usize = 48;
    match title.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}

fn mention(draft: &mut Draft, session: &str) -> Result<Text, Refused> {
    let session = draft.session(session)?;
    Ok(Text { es: session.mention(Lang::Es).into(), en: session.mention(Lang::En).into() })
}

fn called(draft: &mut Draft, id: &str) -> Text {
    let group = draft.group().ok().cloned();
    let label = |lang| {
        let actor: Option<Actor> = group.as_ref().and_then(|group| group.actor(id));
        match (&actor, &group) {
            (Some(actor), Some(group)) => actor.label(group, lang),
            _ => id.to_owned(),
        }
    };
    Text { es: label(Lang::Es).into(), en: label(Lang::En).into() }
}

/// How people speak of a status.
pub(crate) fn status_word(status: Status) -> Text {
    match status {
        Status::Draft => Text::fixed("a draft", "en borrador"),
        Status::Tentative => Text::fixed("tentative", "provisional"),
        Status::Confirmed => Text::fixed("confirmed", "confirmada"),
        Status::Cancelled => Text::fixed("cancelled", "cancelada"),
    }
}

fn field_label(field: &str) -> Text {
    let key = field.split('.').next().unwrap_or(field);
    match key {
        "title" => Text::fixed("change the title", "cambiar el título"),
        "place" => Text::fixed("change the place", "cambiar el lugar"),
        "objective" => Text::fixed("change the objective", "cambiar el objetivo"),
        "description" => Text::fixed("change the description", "cambiar la descripción"),
        "break" => Text::fixed("mark or unmark a break", "marcar o desmarcar un receso"),
        "parallel" => Text::fixed("put beside the others, or behind them", "poner al mismo tiempo que otros, o después"),
        "approximate" => Text::fixed("mark an hour as about right, or as exact", "marcar una hora como aproximada, o exacta"),
        "interpretation" => Text::fixed("change the interpretation", "cambiar la interpretación"),
        "how-to-join" => Text::fixed("change how to join", "cambiar cómo conectarse"),
        "join-link" => Text::fixed("change the link of the call", "cambiar el enlace de la llamada"),
        "pinned" => Text::fixed("fix or free an hour", "fijar o soltar una hora"),
        "email" => Text::fixed("change an address", "cambiar un correo"),
        "name" => Text::fixed("change a name", "cambiar un nombre"),
        "party" => Text::fixed("change the organisation of somebody", "cambiar la organización de alguien"),
        "role" => Text::fixed("change a position", "cambiar un cargo"),
        "language" if field != key => Text::fixed("change the language of an item", "cambiar el idioma de un punto"),
        "language" => Text::fixed("change the language of somebody", "cambiar el idioma de alguien"),
        "country" => Text::fixed("change a country", "cambiar un país"),
        "member" => Text::fixed("change who is a member", "cambiar quién es miembro"),
        "text" => Text::fixed("change the text of a section", "cambiar el texto de una sección"),
        "participants" => Text::fixed("change who takes part", "cambiar quiénes participan"),
        _ => Text::fixed("change a detail", "cambiar un detalle"),
    }
}
