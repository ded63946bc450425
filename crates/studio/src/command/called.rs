//! How a label calls what a command is about.

use convoca_core::edit::SlotPath;
use convoca_core::locale::{Lang, Text};
use convoca_core::model::Actor;
use convoca_core::schema::Status;

use crate::draft::Draft;
use crate::refused::Refused;

/// What an item is called in a sentence.
pub(super) fn item(draft: &mut Draft<'_>, session: &str, slot: &SlotPath) -> Result<Text, Refused> {
    Ok(short_of(&draft.slot(session, slot)?.texts.title))
}

pub(super) fn short_of(title: &Text) -> Text {
    let either = |one: &str, other: &str| short(if one.trim().is_empty() { other } else { one });
    Text { es: either(&title.es, &title.en).into(), en: either(&title.en, &title.es).into() }
}

/// A title that would fill the line is cut.
pub(super) fn short(title: &str) -> String {
    const MOST: usize = 48;
    match title.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}

pub(super) fn session(draft: &mut Draft<'_>, session: &str) -> Result<Text, Refused> {
    let session = draft.session(session)?;
    Ok(Text { es: session.mention(Lang::Es).into(), en: session.mention(Lang::En).into() })
}

/// An organisation or a person of the group, by how documents call them.
pub(super) fn actor(draft: &mut Draft<'_>, id: &str) -> Text {
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
pub(super) fn status(status: Status) -> Text {
    match status {
        Status::Draft => Text::fixed("a draft", "en borrador"),
        Status::Tentative => Text::fixed("tentative", "provisional"),
        Status::Confirmed => Text::fixed("confirmed", "confirmada"),
        Status::Cancelled => Text::fixed("cancelled", "cancelada"),
    }
}
