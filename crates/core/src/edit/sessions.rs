//! Whole sessions: a new file, another id, another day.

use chrono::{NaiveDate, NaiveTime};
use toml::de::DeTable;

use super::draft::lines;
use super::findings::steps;
use super::group::{taken, valid_id};
use super::tree::Key;
use super::values::Entry;
use super::{Desk, Refusal, values};
use crate::diagnostics::Label;
use crate::locale::Text;
use crate::project::{Change, Step};
use crate::scheduling::{Layout, lay_out, set_day};
use crate::schema::{Status, keys};
use crate::text;

impl Desk<'_> {
    pub(super) fn add_session(&self, id: &str, number: u32, date: NaiveDate, title: &Text) -> Result<Change, Refusal> {
        self.free(id)?;
        let entries: [Entry; 4] = [
            ("number", number.to_string()),
            ("date", date.to_string()),
            ("status", values::line(Status::Draft.word())),
            ("title", values::wording(title)),
        ];
        let in_spanish = self.keys_are_spanish();
        let entries = entries.map(|(key, value)| (keys::name(key, in_spanish), value));
        let folder = self.snapshot.folder();
        let name = format!("{number}-{id}.toml");
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if self.snapshot.sources().find(&path).is_some() {
            return Err(text!("there is a file `{path}` already", "ya hay un archivo `{path}`").into());
        }
        let text = format!("{}\n", lines(&format!("id = {}", values::line(id)), &entries, "", "\n"));
        Ok(Change::of(Step::File { path, before: None, after: Some(text) }))
    }

    pub(super) fn rename_session(&self, session: &str, id: Option<&str>, number: Option<u32>) -> Result<Change, Refusal> {
        let mut draft = self.session_draft(session)?;
        if let Some(id) = id {
            self.free(id)?;
            draft.set(&[Key::Name("id")], &values::line(id))?;
        }
        if let Some(number) = number {
            draft.set(&[Key::Name("number")], &number.to_string())?;
        }
        Ok(draft.into())
    }

    pub(super) fn set_status(&self, session: &str, to: Status) -> Result<Change, Refusal> {
        let mut draft = self.session_draft(session)?;
        draft.set(&[Key::Name("status")], &values::line(to.word()))?;
        Ok(draft.into())
    }

    pub(super) fn set_date(&self, session: &str, to: NaiveDate) -> Result<Change, Refusal> {
        let mut draft = self.session_draft(session)?;
        draft.set(&[Key::Name("date")], &to.to_string())?;
        Ok(draft.into())
    }

    /// Whether the sessions that are there have Spanish keys.
    fn keys_are_spanish(&self) -> bool {
        let sources = self.snapshot.sources();
        let sessions = self.snapshot.written().sessions.iter().map(|(file, _)| &sources.get(*file).text);
        let spanish = sessions.filter(|text| keys::are_spanish(DeTable::parse_recoverable(text).0.get_ref())).count();
        2 * spanish > self.snapshot.written().sessions.len()
    }

    /// Whether a session may have an id.
    fn free(&self, id: &str) -> Result<(), Refusal> {
        valid_id(id)?;
        let mut ids = self.snapshot.written().sessions.iter().filter_map(|(_, session)| session.id.as_ref());
        if ids.any(|own| own.0 == id) { Err(taken(id)) } else { Ok(()) }
    }

    pub(super) fn move_session(
        &self,
        session: &str,
        date: Option<NaiveDate>,
        start: Option<NaiveTime>,
    ) -> Result<Change, Refusal> {
        let file = self.session(session)?;
        let sources = self.snapshot.sources();
        let no_group = || Refusal::from(Text::fixed("the group could not be read", "no se pudo leer el grupo"));
        let programme = self.snapshot.programme().ok_or_else(no_group)?;
        let written = self.snapshot.written().sessions.iter().find(|(own, _)| *own == file);
        let session = programme.sessions.iter().find(|session| session.file == file);
        let ((_, written), session) = written.zip(session).ok_or_else(no_group)?;
        let own = session.time().map(|(start, _)| session.zone.local(start).time);
        let to = match (date, start, own) {
            (None, None, _) => None,
            (date, start, Some(own)) => Some(date.unwrap_or(own.date()).and_time(start.unwrap_or(own.time()))),
            (Some(date), Some(start), None) => Some(date.and_time(start)),
            _ => None,
        };
        let layout = |to| lay_out(sources, written, session, to, self.snapshot.today());
        let Layout { edits, misfits } = match (date, start, own) {
            (Some(date), None, None) => set_day(sources, written, session, date, self.snapshot.today()),
            _ => layout(to),
        };
        if !misfits.is_empty() {
            let places = misfits.into_iter().map(|misfit| Label { span: misfit.span, text: misfit.text }).collect();
            let reason = Text::fixed("this does not fit, so nothing is written", "esto no cabe, así que no se escribe nada");
            return Err(Refusal { reason, places });
        }
        steps(sources, &edits)
    }
}
