//! Any other key of a session, an item, an organisation, a person, the note or the branding.

use super::draft::Draft;
use super::tree::Key;
use super::{Desk, FieldValue, Refusal, values};
use crate::diagnostics::Subject;
use crate::locale::Lang;
use crate::project::Change;

impl Desk<'_> {
    /// `field` as findings name it: "place.es", "email".
    pub(super) fn set_field(&self, of: &Subject, field: &str, to: Option<&FieldValue>) -> Result<Change, Refusal> {
        let (mut draft, mut path) = self.thing(of)?;
        let thing = path.len();
        path.extend(field.split('.').map(|step| step.parse().map_or(Key::Name(step), Key::Index)));
        let to = match to {
            Some(FieldValue::Line(text)) if text.trim().is_empty() => None,
            Some(FieldValue::Prose(text)) if text.trim().is_empty() => None,
            other => other,
        };
        let Some(to) = to else {
            draft.unset(&path, thing);
            return Ok(draft.into());
        };
        let newline = if draft.text.contains("\r\n") { "\r\n" } else { "\n" };
        let value = match to {
            FieldValue::Line(text) => values::line(text),
            FieldValue::Prose(text) => values::prose(text, newline),
            FieldValue::Flag(flag) => flag.to_string(),
            FieldValue::Number(number) => number.to_string(),
            FieldValue::Day(day) => day.to_string(),
            FieldValue::Lines(lines) => values::lines(lines),
        };
        let lang = field.rsplit_once('.').and_then(|(_, last)| Lang::ALL.into_iter().find(|lang| lang.code() == last));
        let (_, words) = path.split_last().unzip();
        match lang.zip(words) {
            Some((lang, words)) if self.join_words(&mut draft, words, lang, &value)? => {}
            _ => draft.set(&path, &value)?,
        }
        Ok(draft.into())
    }

    /// The file in which something stands, and the steps to it: those of an organisation or a person too.
    pub(super) fn thing<'k>(&self, of: &'k Subject) -> Result<(Draft, Vec<Key<'k>>), Refusal> {
        let (draft, steps) = self.open(of)?;
        let mut path: Vec<Key<'k>> = steps;
        match of {
            Subject::Party { id } => path.extend([Key::Name("parties"), Key::Name(id)]),
            Subject::Person { id } => path.extend([Key::Name("people"), Key::Name(id)]),
            _ => {}
        }
        Ok((draft, path))
    }

    /// Writes a text of one language where a text stands alone, which is in the first language of the group.
    /// Whether one does.
    pub(super) fn join_words(&self, draft: &mut Draft, path: &[Key<'_>], lang: Lang, to: &str) -> Result<bool, Refusal> {
        let Some(alone) = draft.written(path).filter(|written| written.starts_with(['"', '\''])) else { return Ok(false) };
        let first = self.snapshot.programme().map_or(Lang::ALL[0], |programme| programme.group.languages[0]);
        let new = match lang == first {
            true => to.to_owned(),
            false => values::inline(&[(first.code(), alone), (lang.code(), to.to_owned())]),
        };
        draft.set(path, &new)?;
        Ok(true)
    }
}
