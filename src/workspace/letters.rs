//! The mails of a plan: made, written as files that a person sends, and entered in the ledger once they were.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use rayon::prelude::*;
use serde_json::value::to_raw_value;

use super::{Failure, Kind, Others, Publication, read};
use crate::diagnostics::Sources;
use crate::itip::{Item, Letter, Plan, SessionPlan};
use crate::ledger::{self, Entry, History, Ledger, Message, Record, Sending, ServerAnswer as Sent, State};
use crate::locale::Text;
use crate::mail::{Composer, Fault, Mail, message_id};
use crate::model::Programme;
use crate::papers::{Artifact, Outlet};
use crate::paths::{FileName, FilePath};
use crate::templates::Templates;
use crate::text;

/// The lines that the ledger gets once the mails are sent.
const LINES: &str = "mails.jsonl";
/// With it Outlook opens a file as a mail that is yet to be sent.
const UNSENT: &[u8] = b"X-Unsent: 1\r\n";

/// What the mails of a programme are made of.
#[derive(Clone, Copy)]
pub struct Stationery<'a> {
    pub programme: &'a Programme,
    pub sources: &'a Sources,
    pub templates: &'a Templates,
}

/// A letter of a plan with its mail.
pub struct Composed<'p> {
    pub item: &'p Item,
    pub letter: &'p Letter,
    pub mail: Mail,
}

/// A mail that cannot be made.
pub struct Unmade<'p> {
    pub item: &'p Item,
    pub fault: Fault,
}

impl Composed<'_> {
    /// What the ledger is told before the mail leaves.
    ///
    /// # Errors
    /// What the letter says cannot be written as JSON.
    pub fn sending(&self) -> Result<Sending, Failure> {
        let content = to_raw_value(&self.letter.content).map_err(std::io::Error::from)?;
        Ok(Sending { message: self.letter.message.clone(), reason: self.letter.reason.clone(), content })
    }
}

impl From<Unmade<'_>> for Failure {
    fn from(Unmade { item, fault }: Unmade<'_>) -> Failure {
        let why = match fault {
            Fault::Other(why) => why,
            Fault::Template(_) => Text::fixed("its template cannot be followed", "no se puede seguir su plantilla"),
        };
        Failure::new(text!(l, name = item.name.get(l).to_owned(), why = why.get(l).to_owned();
            "the mail to {name} cannot be made, and nothing was sent: {why}",
            "no se puede hacer el correo para {name}, y no se envió nada: {why}"))
    }
}

impl Stationery<'_> {
    /// The mails of a plan, on every core.
    ///
    /// # Errors
    /// One of them cannot be made: then none is sent.
    pub fn compose<'p>(&self, plan: &'p Plan, secret: &str) -> Result<Vec<Composed<'p>>, Unmade<'p>> {
        let composer = self.composer(Some(secret));
        let letters: Vec<_> = plan.letters().collect();
        let made = letters.into_par_iter().map(|(session, item, letter)| composed(&composer, session, item, letter));
        made.collect()
    }

    /// The mail of one letter.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn one<'p>(
        &self,
        session: &SessionPlan,
        item: &'p Item,
        letter: &'p Letter,
        secret: Option<&str>,
    ) -> Result<Composed<'p>, Unmade<'p>> {
        composed(&self.composer(secret), session, item, letter)
    }

    fn composer<'s>(&'s self, secret: Option<&'s str>) -> Composer<'s> {
        let mut composer = Composer::new(self.programme, self.sources, self.templates);
        composer.secret = secret;
        composer
    }
}

fn composed<'p>(
    composer: &Composer<'_>,
    session: &SessionPlan,
    item: &'p Item,
    letter: &'p Letter,
) -> Result<Composed<'p>, Unmade<'p>> {
    let mail = composer.compose(session, item, letter).map_err(|fault| Unmade { item, fault })?;
    Ok(Composed { item, letter, mail })
}

/// From which the links of mails are made: that of the ledger, or a new one that it does not keep yet.
///
/// # Errors
/// The machine gives no random numbers.
pub fn secret(history: &History) -> Result<String, Failure> {
    if let Some(known) = history.secrets().next() {
        return Ok(known.to_owned());
    }
    let mut octets = [0; 16];
    getrandom::fill(&mut octets)
        .map_err(|_| Failure::new(Text::fixed("this machine gives no random numbers", "esta máquina no da números al azar")))?;
    Ok(octets.iter().map(|octet| format!("{octet:02x}")).collect())
}

/// Enters it in the ledger, before any mail leaves that was made from it.
///
/// # Errors
/// The ledger cannot be written.
pub fn keep(secret: String, ledger: &mut Ledger, at: chrono::DateTime<chrono::Utc>) -> Result<(), Failure> {
    if ledger.history().secrets().all(|known| known != secret) {
        ledger.append(at, Entry::Links(secret))?;
    }
    Ok(())
}

/// What became of a folder of mails.
pub struct Put {
    pub count: usize,
    /// Mails that were there before and may have been sent, and of which a later version is there now.
    pub replaced: Vec<Message>,
    /// Mails that stay there from before.
    pub kept: Vec<Message>,
}

/// Writes the mails of a plan for somebody to send, each with its calendar beside it. The ledger, which is locked
/// from before the plan was made, knows of a mail before it can be sent.
///
/// # Errors
/// The folder or the ledger cannot be written.
pub fn write(
    folder: &Path,
    ledger: &mut Ledger,
    plan: &Plan,
    composed: Vec<Composed<'_>>,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<Put, Failure> {
    let publication = Publication::new(folder, Kind::Mails)?;
    let pending = Pending::of(&publication, folder, ledger.history())?;
    let again: HashSet<(&str, &str)> =
        composed.iter().map(|made| (made.letter.message.uid.as_str(), made.letter.message.to.as_str())).collect();
    let (replaced, kept): (Vec<_>, Vec<_>) =
        pending.mails.into_iter().partition(|(message, _)| again.contains(&(&*message.uid, &*message.to)));
    let mut taken: HashSet<String> = kept.iter().filter_map(|(message, _)| pending.stems.get(&message.mail).cloned()).collect();
    let mut lines = Vec::new();
    kept.iter().for_each(|(_, line)| lines.extend_from_slice(line));
    let (mut entries, mut files) = (Vec::new(), Vec::new());
    let count = composed.len();
    for made in composed {
        let sending = made.sending()?;
        let Composed { item, letter, mail } = made;
        let message = &letter.message;
        let name = format!("{}-{}", FileName::of(&item.who).as_str(), message.method.word().to_lowercase());
        let path = |name: &str, extension: &str| FilePath::of(&[&message.session, &format!("{name}.{extension}")]);
        let stem = |name: &str| path(name, "eml").trim_end_matches(".eml").to_owned();
        let name = if taken.contains(&stem(&name)) { format!("{name}-{}", &message.mail[..8]) } else { name };
        taken.insert(stem(&name));
        files.push([(path(&name, "eml"), [UNSENT, &mail.bytes].concat()), (path(&name, "ics"), mail.calendar)]);
        let record = Record { at, entry: Entry::Sending(Box::new(sending.clone())) };
        lines.extend(record.line().map_err(std::io::Error::from)?);
        if ledger.history().mail(&message.mail).is_none() {
            entries.push(Entry::Written(Box::new(sending)));
        }
    }
    // Opening a file costs more than what is written into it: on every core.
    files.into_par_iter().flatten_iter().try_for_each(|(path, bytes)| publication.take(Artifact { path, bytes }, None))?;
    publication.take(Artifact { path: FilePath::of(&[LINES]), bytes: lines }, None)?;
    ledger.append_all(at, entries)?;
    let stays: HashSet<&String> = kept.iter().filter_map(|(message, _)| pending.stems.get(&message.mail)).collect();
    let is_gone = |path: &&FilePath| path.rsplit_once('.').is_none_or(|(stem, _)| !stays.contains(&stem.to_owned()));
    let gone: Vec<FilePath> = publication.earlier_paths().filter(is_gone).cloned().collect();
    publication.finish(&Others::Kept { but: &gone })?;
    let newer = |message: &Message| plan.letters().any(|(_, _, letter)| letter.message.mail == message.mail);
    let messages = |mails: Vec<(Message, Vec<u8>)>| mails.into_iter().map(|(message, _)| message);
    Ok(Put { count, replaced: messages(replaced).filter(|message| !newer(message)).collect(), kept: messages(kept).collect() })
}

/// The mails of a folder that may have been sent and that nobody has entered.
struct Pending {
    /// With the line of each.
    mails: Vec<(Message, Vec<u8>)>,
    /// Their files, without the ending, by Message-ID.
    stems: HashMap<String, String>,
}

impl Pending {
    /// A mail whose file was deleted was not sent.
    fn of(publication: &Publication, folder: &Path, history: &History) -> Result<Pending, Failure> {
        let lines = publication.earlier(&FilePath::of(&[LINES])).unwrap_or_default();
        let written = ledger::records(&lines).map_err(|error| unusable(&folder.join(LINES), &error))?;
        let there = if written.is_empty() { HashSet::new() } else { message_ids(folder)? };
        let mut stems = HashMap::new();
        for path in publication.earlier_paths() {
            let Some(stem) = path.strip_suffix(".eml") else { continue };
            let id = publication.earlier(path).and_then(|octets| message_id(&octets));
            stems.extend(id.map(|id| (id, stem.to_owned())));
        }
        let is_entered = |id: &str| history.mail(id).is_some_and(|mail| matches!(mail.state(), State::Sent | State::Returned));
        let listed: HashSet<&str> = written.iter().filter_map(mail_of).collect();
        let unlisted = stems.keys().filter(|id| !listed.contains(id.as_str()) && !is_entered(id)).count();
        if unlisted > 0 {
            return Err(unlisted_mails(folder, unlisted));
        }
        let mut mails = Vec::new();
        for record in written {
            let line = record.line().map_err(std::io::Error::from)?;
            let Entry::Sending(sending) = record.entry else { continue };
            if there.contains(&sending.message.mail) && !is_entered(&sending.message.mail) {
                mails.push((sending.message, line));
            }
        }
        Ok(Pending { mails, stems })
    }
}

fn mail_of(record: &Record) -> Option<&str> {
    match &record.entry {
        Entry::Sending(sending) => Some(&sending.message.mail),
        _ => None,
    }
}

/// Mails lie there that were written and are in no list: somebody took lines out of it.
fn unlisted_mails(folder: &Path, count: usize) -> Failure {
    let (lines, shown) = (read::shown(&folder.join(LINES)), read::shown(folder));
    Failure::new(match count {
        1 => text!(
            "a mail in `{shown}` that nobody entered is not listed in `{lines}`; nothing was touched",
            "un correo de `{shown}` que nadie ha anotado no figura en `{lines}`; no se tocó nada"
        ),
        _ => text!(
            "{count} mails in `{shown}` that nobody entered are not listed in `{lines}`; nothing was touched",
            "{count} correos de `{shown}` que nadie ha anotado no figuran en `{lines}`; no se tocó nada"
        ),
    })
    .help(ELSEWHERE.clone())
}

static ELSEWHERE: Text = Text::fixed(
    "take the list back from a copy, or write into another folder: `convoca invite write FOLDER`; what was sent from this one stays in doubt",
    "recupere la lista de una copia, o escriba en otra carpeta: `convoca invitar escribir CARPETA`; lo que salió de esta queda en duda",
);

fn unusable(path: &Path, error: &ledger::Error) -> Failure {
    let shown = read::shown(path);
    let message = match error {
        ledger::Error::Damaged(line, why) => {
            text!(l, why = why.get(l); "line {line} of `{shown}` is damaged: {why}", "el renglón {line} de `{shown}` está dañado: {why}")
        }
        error => {
            text!(l, why = error.message().get(l).to_owned(); "`{shown}` cannot be used: {why}", "no se puede usar `{shown}`: {why}")
        }
    };
    Failure::new(message).help(ELSEWHERE.clone())
}

/// What became of mails that were sent by hand.
pub struct Entered {
    pub entered: Vec<Message>,
    /// How many were in the ledger already.
    pub known: usize,
    /// How many have no file any more: they were not sent.
    pub missing: usize,
}

/// Enters the mails of a folder in the ledger, each as it was written: the same again changes nothing.
///
/// # Errors
/// No mails were written there, or the ledger cannot be written.
pub fn record(folder: &Path, ledger: &mut Ledger, at: chrono::DateTime<chrono::Utc>) -> Result<Entered, Failure> {
    let path = folder.join(LINES);
    let lines = std::fs::read(&path).map_err(|error| {
        Failure::reading(&path, &error).help(Text::fixed(
            "say the folder that `convoca invite write` made",
            "diga la carpeta que hizo `convoca invitar escribir`",
        ))
    })?;
    let written = ledger::records(&lines).map_err(|error| unusable(&path, &error))?;
    let there = message_ids(folder)?;
    let (mut entered, mut known, mut missing) = (Vec::new(), 0, 0);
    let mut entries = Vec::new();
    let mut taken = HashSet::new();
    for record in written {
        let Entry::Sending(sending) = record.entry else { continue };
        if !there.contains(&sending.message.mail) {
            missing += 1;
            continue;
        }
        let message = sending.message.clone();
        let said = "sent by hand";
        let lines = if taken.insert(message.mail.clone()) { lines_of(ledger.history(), *sending, said) } else { Vec::new() };
        if lines.is_empty() {
            known += 1;
        } else {
            entered.push(message);
            entries.extend(lines);
        }
    }
    // The mails are sent already: all are entered in one act.
    ledger.append_all(at, entries)?;
    Ok(Entered { entered, known, missing })
}

/// Whether mails were written there that may be waiting to be sent and entered.
pub fn are_written(folder: &Path) -> bool {
    folder.join(LINES).is_file()
}

/// What is to be entered of a mail; nothing if it is there already. What a run before this one began is
/// brought to its end.
pub(super) fn lines_of(history: &History, sending: Sending, said: &str) -> Vec<Entry> {
    let message = sending.message.clone();
    let known = history.to(&message.session, &message.to).find(|mail| mail.message.mail == message.mail);
    let sent = Entry::Sent(Box::new(Sent { message, said: said.to_owned() }));
    match known.map(ledger::Mail::state) {
        Some(State::Sent | State::Returned) => Vec::new(),
        Some(State::InDoubt) => vec![sent],
        Some(State::Written | State::Refused) | None => vec![Entry::Sending(Box::new(sending)), sent],
    }
}

/// The Message-IDs of all mails in a folder and those within it.
fn message_ids(folder: &Path) -> Result<HashSet<String>, Failure> {
    let mut found = HashSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| Failure::reading(&folder, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| Failure::reading(&folder, &error))?;
            let path = entry.path();
            // Links are not followed: a folder that holds itself would never end.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("eml")) {
                let octets = std::fs::read(&path).map_err(|error| Failure::reading(&path, &error))?;
                found.extend(message_id(&octets));
            }
        }
    }
    Ok(found)
}
