//! Who has a role, and whether that is certain.

use super::draft::Draft;
use super::tree::{self, Form, Key};
use super::{Desk, Refusal, Who, values};
use crate::diagnostics::Subject;
use crate::locale::{Text, unconfirmed};
use crate::model::{Actor, RoleKind};
use crate::project::Change;
use crate::schema::keys;
use crate::text;

impl Desk<'_> {
    pub(super) fn add_speaker(&self, to: &Subject, role: RoleKind, who: &Who, tbc: bool) -> Result<Change, Refusal> {
        let (mut draft, mut path) = self.open(to)?;
        let value = self.who(&draft, who, tbc)?;
        path.push(Key::Name(key(to, role)?));
        if role == RoleKind::Moderator {
            draft.set(&path, &value)?;
            return Ok(draft.into());
        }
        match draft.read(|text, root| tree::find(root, &path).map(|list| tree::form(text, list))) {
            None => draft.set(&path, &format!("[{value}]"))?,
            Some(_) => {
                let count = draft.count(&path);
                draft.insert_item(&path, count, &value)?;
            }
        }
        Ok(draft.into())
    }

    fn who(&self, draft: &Draft, who: &Who, tbc: bool) -> Result<String, Refusal> {
        let id = match who {
            Who::Known(id) => id,
            Who::Described(text) if tbc => {
                return Ok(draft.inline(&[("who", values::wording(text)), ("tbc", "true".to_owned())]));
            }
            Who::Described(text) => return Ok(draft.inline(&[("who", values::wording(text))])),
        };
        let actor = self.snapshot.programme().and_then(|programme| programme.group.actor(id));
        let key = match actor {
            Some(Actor::Person(_)) => "person",
            Some(_) => "party",
            None => {
                let reason = text!(
                    "the group has no organisation and no person `{id}`",
                    "el grupo no tiene ninguna organización ni persona `{id}`"
                );
                return Err(reason.into());
            }
        };
        Ok(if tbc { draft.inline(&[(key, values::line(id)), ("tbc", "true".to_owned())]) } else { values::line(id) })
    }

    /// The steps to somebody with a role.
    fn role(&self, of: &Subject, role: RoleKind, index: usize) -> Result<(Draft, Vec<Key<'static>>), Refusal> {
        let (draft, mut path) = self.open(of)?;
        path.push(Key::Name(key(of, role)?));
        if role != RoleKind::Moderator {
            path.push(Key::Index(index));
        }
        match draft.written(&path) {
            Some(_) => Ok((draft, path)),
            None => Err(nobody()),
        }
    }

    pub(super) fn doubt_speaker(&self, of: &Subject, role: RoleKind, index: usize) -> Result<Change, Refusal> {
        let (mut draft, path) = self.role(of, role, index)?;
        let snapshot = self.snapshot;
        let (range, new) = draft.read(|text, root| {
            let value = tree::find(root, &path).ok_or_else(nobody)?;
            if let Some(table) = value.get_ref().as_table() {
                return Ok(match keys::get(table, "tbc") {
                    Some(tbc) => (tbc.span(), "true".to_owned()),
                    None => {
                        let end = tree::last_end(text, table).ok_or_else(nobody)?;
                        (end..end, format!(", {} = true", draft.name("tbc")))
                    }
                });
            }
            let named = value.get_ref().as_str().unwrap_or_default();
            let actor = snapshot.programme().and_then(|programme| programme.group.actor(named));
            let key = if matches!(actor, Some(Actor::Person(_))) { "person" } else { "party" };
            let written = text[value.span()].to_owned();
            Ok::<_, Refusal>((value.span(), draft.inline(&[(key, written), ("tbc", "true".to_owned())])))
        })?;
        draft.replace(range, &new);
        Ok(draft.into())
    }

    pub(super) fn remove_speaker(&self, of: &Subject, role: RoleKind, index: usize) -> Result<Change, Refusal> {
        let (mut draft, mut path) = self.role(of, role, index)?;
        match path.pop() {
            Some(Key::Index(at)) if draft.count(&path) > 1 => draft.remove(&path, at)?,
            Some(Key::Index(_)) => draft.unset(&path, path.len() - 1),
            Some(key) => {
                path.push(key);
                draft.unset(&path, path.len() - 1);
            }
            None => {}
        }
        Ok(draft.into())
    }

    pub(super) fn confirm_speaker(&self, of: &Subject, role: RoleKind, index: usize) -> Result<Change, Refusal> {
        let (mut draft, path) = self.role(of, role, index)?;
        let edit = draft.read(|text, root| {
            let value = tree::find(root, &path).ok_or_else(nobody)?;
            let unnamed = || Text::fixed("nobody is named yet: say who it is", "aún no se nombra a nadie: diga quién es");
            if let Some(name) = value.get_ref().as_str().and_then(unconfirmed::before) {
                return if name.is_empty() { Err(unnamed().into()) } else { Ok((value.span(), values::line(&name))) };
            }
            let table = value.get_ref().as_table();
            let Some((table, tbc)) = table.and_then(|table| Some((table, keys::get(table, "tbc")?))) else {
                return Err(Text::fixed("this is confirmed already", "esto ya está confirmado").into());
            };
            let Some(named) = keys::get(table, "party").or(keys::get(table, "person")) else {
                return Err(unnamed().into());
            };
            let written = &text[value.span()];
            let is_plain = tree::form(text, value) == Form::Inline && !written.contains('#');
            Ok::<_, Refusal>(match table.len() {
                2 if is_plain => (value.span(), text[named.span()].to_owned()),
                _ => (tbc.span(), "false".to_owned()),
            })
        })?;
        draft.replace(edit.0, &edit.1);
        Ok(draft.into())
    }
}

fn nobody() -> Refusal {
    Text::fixed("nobody has this role", "nadie tiene este papel").into()
}

/// The key under which a role is written.
fn key(of: &Subject, role: RoleKind) -> Result<&'static str, Refusal> {
    match (of, role) {
        (Subject::Session { .. } | Subject::Slot { .. } | Subject::Item { .. }, RoleKind::Moderator) => Ok("moderator"),
        (Subject::Slot { .. } | Subject::Item { .. } | Subject::BreakOut { .. }, RoleKind::Speaker) => Ok("speakers"),
        (Subject::Slot { .. } | Subject::Item { .. } | Subject::BreakOut { .. }, RoleKind::Facilitator) => Ok("facilitators"),
        _ => Err(Text::fixed("there is no such role here", "aquí no hay tal papel").into()),
    }
}
