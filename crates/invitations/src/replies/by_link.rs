//! Answers from the links of a mail, known by the word in their subject.

use chrono::{DateTime, Utc};

use super::returned::Origin;
use super::words::Words;
use super::{Proposal, Received, Sender, address};
use crate::ledger::Answer;
use crate::links::{Marked, refuses, said_by_link};

/// The answer in a mail whose subject bears the word of an invitation; `None` where it bears none, says
/// nothing, or says two things.
pub fn answer(marked: &Marked<'_>, words: &Words, now: DateTime<Utc>) -> Option<Received> {
    if words.origin != Origin::Person {
        return None;
    }
    let (message, start) = marked.invitation(&words.subject)?;
    let answer = said_by_link(&words.subject).or(words.said)?;
    // "acepto" by the link, and below "al final no podré": a person reads it.
    if words.said.is_some_and(|said| said != answer) && answer != Answer::Counter {
        return None;
    }
    // Or "no podré en la primera parte".
    if answer == Answer::Accepted && refuses(&words.text) {
        return None;
    }
    // The time stands in words, for a person.
    let proposal = (answer == Answer::Counter).then(|| Proposal { start: None, end: None, written: String::new() });
    Some(Received {
        uid: message.uid.clone(),
        attendee: address(&message.to),
        answer,
        proposal,
        partstat: None,
        sequence: message.sequence,
        // A clock that runs ahead must not outlast every later answer.
        dtstamp: words.sent.map_or(now, |sent| sent.min(now)),
        sent: words.sent,
        comment: Some(words.text.clone()).filter(|text| !text.is_empty()),
        time: Some(start),
        guests: None,
        delegate: None,
        from: Sender::Link(words.from.address().unwrap_or_default().to_owned()),
    })
}
