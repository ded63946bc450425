//! Mails that somebody sends from their own program, as the folder of sent mails shows them: what lies there went out,
//! and what does not is still to be sent.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Failure;
use super::letters::lines_of;
use crate::calendar::Method;
use crate::ledger::{Entry, History, Ledger, Mail, Message, Sending, State, address};
use crate::mail::Posted;

/// Days before the first mail was written from which on sent ones are looked through: clocks and zones differ.
const SLACK: i64 = 2;

/// What became of the mails that may have been sent.
#[derive(Debug, Default)]
pub struct Found {
    /// Sent, and in the ledger from now on.
    pub entered: Vec<Message>,
    /// Sent to other addresses than their own, which are told: nobody knows that their recipient has them.
    pub elsewhere: Vec<(Message, Vec<String>)>,
    /// Not among the sent ones.
    pub left: Vec<Message>,
}

/// The mails of which nobody knows whether they went out: written, or in doubt.
fn open(history: &History) -> impl Iterator<Item = &Mail> {
    history.mails().filter(|mail| matches!(mail.state(), State::Written | State::InDoubt))
}

/// From which day on sent mails are to be looked through; `None` where none is waited for.
pub fn since(history: &History) -> Option<NaiveDate> {
    let first = open(history).map(|mail| mail.message.dtstamp.min(mail.at)).min()?;
    Some((first - TimeDelta::days(SLACK)).date_naive())
}

/// Enters in the ledger the mails that were sent.
///
/// # Errors
/// The ledger cannot be written.
pub fn enter(sent: &[Posted], ledger: &mut Ledger, at: DateTime<Utc>) -> Result<Found, Failure> {
    let history = ledger.history();
    let mut found = Found::default();
    let mut entries: Vec<Entry> = Vec::new();
    let by_id: HashMap<&str, &Posted> = sent.iter().filter_map(|posted| Some((posted.id.as_deref()?, posted))).collect();
    for mail in open(history) {
        let message = &mail.message;
        let stamp = message.dtstamp.format("%Y%m%dT%H%M%SZ").to_string();
        let is_it = |posted: &&Posted| {
            posted
                .letters
                .iter()
                .any(|letter| letter.uid == message.uid && letter.dtstamp == stamp && letter.attendee == address(&message.to))
        };
        let with_id = by_id.get(message.mail.as_str()).copied();
        let copies: Vec<&Posted> = with_id.into_iter().chain(sent.iter().filter(is_it)).collect();
        let went = |posted: &&Posted| posted.to.iter().any(|to| *to == address(&message.to));
        match (copies.iter().any(went), copies.first()) {
            (true, _) => {
                // The line that said what the mail says is lost: nothing can be entered that tells it.
                let Some(content) = mail.content.clone() else { continue };
                let sending = Sending { message: message.clone(), reason: mail.reason.clone(), content };
                entries.extend(lines_of(history, sending, "found among the sent mails"));
                found.entered.push(message.clone());
            }
            (false, Some(other)) => found.elsewhere.push((message.clone(), other.to.clone())),
            (false, None) => found.left.push(message.clone()),
        }
    }
    // They are sent already: all are entered in one act.
    ledger.append_all(at, entries)?;
    // What was written before a later one for the same person is waited for no more.
    let newest: HashSet<String> =
        found.left.iter().filter(|message| is_newest(ledger.history(), message)).map(|message| message.mail.clone()).collect();
    found.left.retain(|message| newest.contains(&message.mail));
    Ok(found)
}

fn is_newest(history: &History, message: &Message) -> bool {
    message.method == Method::DeclineCounter
        || history.last(&message.session, &message.to).is_some_and(|last| last.message.mail == message.mail)
}

/// Mails that were written before for the same person and session, and may lie about unsent.
pub fn overtaken<'h>(history: &'h History, message: &Message) -> impl Iterator<Item = &'h Message> {
    // The answer to a proposal stands beside the invitation, and in the place of nothing.
    let is_told_anew = message.method != Method::DeclineCounter;
    let older = history.to(&message.session, &message.to);
    let older = older.filter(move |mail| is_told_anew && mail.state() == State::Written && !mail.turns_down());
    let own = message.mail.clone();
    older.map(|mail| &mail.message).filter(move |older| older.mail != own)
}
