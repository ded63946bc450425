//! The folder of a programme, as of a day.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::read::{self, Beside};
use super::turn::sweep;
use super::{Failure, letters, write};
use crate::following;
use crate::ledger::{self, Entry, History, Ledger, Mended, Record};
use crate::locale::Text;
use crate::model::Programme;
use crate::papers::{self, Materials};
use crate::project::{Project, Snapshot, Witness};
use crate::schema::GROUP_FILE;
use crate::templates::Templates;
use crate::text;

/// Where a programme lies if nobody says otherwise.
pub const USUAL_FOLDER: &str = "sessions";

/// Where a programme lies, and the day as of which "soon" is judged.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub folder: PathBuf,
    pub today: NaiveDate,
}

/// The programme of a snapshot.
///
/// # Errors
/// Where the group could not be read.
pub fn programme(snapshot: &Snapshot) -> Result<&Programme, Failure> {
    let missing = || Failure::new(Text::fixed("the group could not be read", "no se pudo leer el grupo"));
    snapshot.programme().ok_or_else(missing)
}

impl Workspace {
    /// The programme that a person names by its folder, or by the one in which `init` put its `sessions`.
    #[must_use]
    pub fn named(folder: PathBuf, today: NaiveDate) -> Workspace {
        let inside = folder.join(USUAL_FOLDER);
        let is_inside = inside.join(GROUP_FILE).is_file() && !folder.join(GROUP_FILE).exists();
        Workspace { folder: if is_inside { inside } else { folder }, today }
    }

    /// The programme alone, read and checked.
    ///
    /// # Errors
    /// Where there is no programme in the folder; a file that cannot be read is a finding.
    pub fn load(&self) -> Result<Snapshot, Failure> {
        Ok(self.project(Beside::Nothing)?.snapshot(self.today))
    }

    /// The programme with the words of its documents; no logo, font or Word template is read. What is wrong
    /// with the templates is among the findings, and what a witness says.
    ///
    /// # Errors
    /// As [`Workspace::load`].
    pub fn worded(&self, witness: Option<Witness>) -> Result<(Snapshot, Templates), Failure> {
        let mut project = self.project(Beside::Texts)?;
        project.hear(witness);
        let mut snapshot = project.snapshot(self.today);
        let (templates, faults) = papers::templates(&mut snapshot);
        snapshot.add_findings(faults);
        Ok((snapshot, templates))
    }

    /// The programme with everything for its documents; `templates` is the folder of the templates, if not the
    /// one beside the programme is meant. What a witness says is among the findings.
    ///
    /// # Errors
    /// As [`Workspace::load`].
    pub fn materials(&self, templates: Option<&Path>, witness: Option<Witness>) -> Result<Materials, Failure> {
        let mut project = self.project(Beside::All(templates))?;
        project.hear(witness);
        Ok(Materials::new(project.snapshot(self.today)))
    }

    /// The folder in memory, to be changed.
    ///
    /// # Errors
    /// As [`Workspace::load`].
    pub fn project(&self, beside: Beside<'_>) -> Result<Project, Failure> {
        sweep(&self.folder);
        read::project(&self.folder, beside)
    }

    /// The ledger as it is, by what the sessions of a programme are called now, with what is to be told about its end.
    ///
    /// # Errors
    /// Where it cannot be read, or where a line is damaged.
    pub fn history(&self, programme: Option<&Programme>) -> Result<(History, Option<Text>), Failure> {
        self.has_not_lost_its_ledger()?;
        let (mut history, note) = ledger::read(&self.ledger_file())?;
        formerly(programme).for_each(|(before, now)| history.rename(before, now));
        Ok((history, note))
    }

    /// Who says what the ledger means for the programme; nobody where nobody was invited.
    ///
    /// # Errors
    /// As [`Workspace::history`].
    pub fn witness(&self) -> Result<Option<Witness>, Failure> {
        self.has_not_lost_its_ledger()?;
        if !self.has_ledger() {
            return Ok(None);
        }
        let (history, _) = self.history(None)?;
        Ok(Some(following::witness(history, self.now())))
    }

    /// The ledger for writing: nobody else writes while it lives.
    ///
    /// # Errors
    /// Where another process has it open, or where it cannot be read.
    pub fn ledger(&self, programme: Option<&Programme>) -> Result<Ledger, Failure> {
        self.has_not_lost_its_ledger()?;
        let mut ledger = Ledger::open(&self.ledger_file())?;
        formerly(programme).for_each(|(before, now)| ledger.rename(before, now));
        Ok(ledger)
    }

    /// Invitations were sent, and nobody knows any more which: to start anew would invite everybody twice.
    fn has_not_lost_its_ledger(&self) -> Result<(), Failure> {
        if !ledger::is_missing(&self.ledger_file()) {
            return Ok(());
        }
        let folder = read::shown(&self.folder);
        Err(Failure::new(text!(
            "the ledger is missing: `{folder}/invitations.txt` says that invitations were sent, and `{folder}/invitations.jsonl` is not there or is empty",
            "falta el registro de envíos: `{folder}/invitations.txt` dice que se enviaron invitaciones, y `{folder}/invitations.jsonl` no está o está vacío"
        ))
        .help(Text::fixed(
            "take it back from git or a backup; if nobody was ever invited, delete `invitations.txt`",
            "recupérelo de git o de un respaldo; si nunca se invitó a nadie, borre `invitations.txt`",
        )))
    }

    /// Puts all that can be read of a damaged ledger in its place, and a copy of what was there beside it. Gives
    /// what became of it and where the copy is; nothing for a ledger that is whole.
    ///
    /// # Errors
    /// Where another process has it open, or where it cannot be read or written.
    pub fn mend_ledger(&self) -> Result<Option<(Mended, PathBuf)>, Failure> {
        self.has_not_lost_its_ledger()?;
        let path = self.ledger_file();
        let fail = |error: std::io::Error| Failure::reading(&path, &error);
        let bytes = std::fs::read(&path).map_err(fail)?;
        let file = std::fs::OpenOptions::new().read(true).write(true).open(&path).map_err(fail)?;
        file.try_lock().map_err(|_| ledger::Error::InUse)?;
        if ledger::read(&path).is_ok() {
            return Ok(None);
        }
        let mended = ledger::mended(&bytes)?;
        let stamp = self.now().format("%Y%m%d-%H%M%S");
        let named = |number: usize| match number {
            1 => path.with_file_name(format!("invitations-{stamp}.jsonl.bak")),
            _ => path.with_file_name(format!("invitations-{stamp}-{number}.jsonl.bak")),
        };
        let copy = (1..).map(named).find(|copy| !copy.exists()).unwrap_or_default();
        write::private_file(&copy, &bytes)?;
        // Nothing could be read: an empty ledger would count as missing, and nobody could go on.
        let kept = match mended.bytes.is_empty() {
            true => {
                let fresh = Record { at: self.now(), entry: Entry::Links(letters::secret(&History::default())?) };
                fresh.line().map_err(std::io::Error::from)?
            }
            false => mended.bytes.clone(),
        };
        write::replace_bytes(&path, &bytes, &kept)?;
        Ok(Some((mended, copy)))
    }

    /// Whether anything was ever sent.
    pub fn has_ledger(&self) -> bool {
        self.ledger_file().exists()
    }

    fn ledger_file(&self) -> PathBuf {
        self.folder.join(ledger::FILE)
    }

    /// The moment as of which to judge: noon in UTC of another day, if one was given.
    pub fn now(&self) -> DateTime<Utc> {
        if self.today == chrono::Local::now().date_naive() {
            return Utc::now();
        }
        self.today.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(12)
    }
}

/// The ids that sessions had when they were sent, each with what it is now.
fn formerly(programme: Option<&Programme>) -> impl Iterator<Item = (&str, &str)> {
    let sessions = programme.into_iter().flat_map(|programme| &programme.sessions);
    sessions.filter_map(|session| Some((session.formerly.as_ref()?.value.as_str(), session.id.value.as_str())))
}
