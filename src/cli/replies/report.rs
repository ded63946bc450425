//! What was read, and what became of it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::ledger::{Answer, Mail};
use crate::locale::Text;
use crate::poll::Ballot;
use crate::replies::concern::Meant;
use crate::replies::invitations::Invitation;
use crate::replies::words::Words;
use crate::replies::{Proposal, Received, Sender};

/// What was read, and what became of it.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Report {
    pub messages: usize,
    /// Answers that were read before.
    pub known: usize,
    pub applied: Vec<Shown>,
    pub refused: Vec<Shown>,
    /// Answers to a poll of dates.
    pub votes: Vec<Voted>,
    /// Mails about the dates of a poll that only a person understands.
    pub about_dates: Vec<AboutDates>,
    /// Mails that may answer an invitation, without an answer for calendars.
    pub in_words: Vec<InWords>,
    /// Invitations that did not reach an address.
    pub not_arrived: Vec<NotArrived>,
    /// Mails that went out from the organizer.
    pub own: usize,
    /// Calendars that hold no answer, such as invitations.
    pub calendars: usize,
    /// Mails about anything else.
    pub unrelated: usize,
    /// Files that are neither mails nor calendars; they are no messages.
    pub other_files: usize,
}

/// One answer.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Shown {
    /// The file, or the message of a mailbox.
    pub place: String,
    pub uid: Option<String>,
    pub session: Option<String>,
    /// Identifier of the party or person.
    pub who: Option<String>,
    pub attendee: Option<String>,
    pub from: Option<String>,
    /// Of a mail whose answer cannot be read.
    pub subject: Option<String>,
    pub answer: Option<Answer>,
    pub comment: Option<String>,
    /// How many others come along.
    pub guests: Option<u32>,
    /// To whom it is passed on.
    pub delegate: Option<String>,
    /// Why it does not count.
    pub reason: Option<Text>,
    /// To which their invitations are, where it may answer any of several.
    pub sessions: Vec<String>,
    /// Whoever reads it may enter it: the mail belongs to this invitation.
    pub may_be_entered: bool,
    /// What it answers was cancelled.
    #[serde(skip)]
    pub is_over: bool,
    /// The receiving server found that it is not from whom it says.
    #[serde(skip)]
    pub is_forged: bool,
    #[serde(skip)]
    pub proposal: Option<Proposal>,
}

impl Shown {
    fn of(place: String, answer: &Received) -> Shown {
        Shown {
            place,
            uid: Some(answer.uid.clone()),
            attendee: Some(answer.attendee.clone()),
            from: answer.from.address().map(str::to_owned),
            is_forged: matches!(answer.from, Sender::Forged(_)),
            answer: Some(answer.answer),
            comment: answer.comment.clone(),
            guests: answer.guests,
            delegate: answer.delegate.clone(),
            proposal: answer.proposal.clone(),
            ..Shown::default()
        }
    }
}

impl Report {
    pub(crate) fn counts(&mut self, place: String, answer: &Received, invitation: &Invitation) {
        let (session, who) = (Some(invitation.session.clone()), Some(invitation.who.clone()));
        self.applied.push(Shown { session, who, ..Shown::of(place, answer) });
    }

    /// An answer that does not count by itself, or a calendar that holds none, with what it is about as far as that
    /// can be known.
    pub(crate) fn refused(
        &mut self,
        place: String,
        answer: Option<&Received>,
        reason: Text,
        words: Option<&Words>,
        meant: &Meant<'_>,
    ) {
        match answer {
            None => self.unreadable(place, reason, words),
            Some(answer) => self.refused.push(Shown { reason: Some(reason), ..Shown::of(place, answer) }),
        }
        let Some(shown) = self.refused.last_mut() else { return };
        match meant {
            Meant::One(one) | Meant::Cancelled(one) => {
                (shown.session, shown.who) = (Some(one.session.clone()), Some(one.who.clone()));
                (shown.may_be_entered, shown.is_over) = (!one.cancelled, one.cancelled);
                shown.answer = shown.answer.or_else(|| words?.said);
            }
            Meant::Theirs(all) => {
                shown.who = all.first().map(|one| one.who.clone());
                shown.sessions = all.iter().map(|one| one.session.clone()).collect();
            }
            Meant::Session(session) => shown.session = Some((*session).to_owned()),
            Meant::Nothing => {}
        }
    }

    pub(crate) fn unreadable(&mut self, place: String, reason: Text, words: Option<&Words>) {
        let from = words.and_then(|words| words.from.address()).map(str::to_owned);
        let subject = words.map(|words| words.subject.clone()).filter(|subject| !subject.is_empty());
        self.refused.push(Shown { place, from, subject, reason: Some(reason), ..Shown::default() });
    }
}

/// One answer about one date.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Voted {
    /// The file, or the message of a mailbox.
    pub place: String,
    /// Identifier of the party.
    pub who: String,
    pub poll: String,
    /// Which date, counted from 1.
    pub date: u32,
    pub ballot: Ballot,
}

/// A mail about the dates of a poll that only a person understands.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AboutDates {
    /// The file, or the message of a mailbox.
    pub place: String,
    /// Identifier of the party.
    pub who: String,
    /// Where it is not the address that was asked.
    pub from: Option<String>,
    pub subject: String,
    /// The beginning of the text.
    pub text: String,
    pub poll: String,
    /// The dates with their numbers.
    pub dates: Text,
    /// The command that records it; none where another question was asked since.
    pub record: Option<Text>,
}

/// A mail of somebody invited, without an answer for calendars.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct InWords {
    /// The file, or the message of a mailbox.
    pub place: String,
    pub from: String,
    /// The address to which the invitation went; none where nobody knows the sender.
    pub to: Option<String>,
    /// Identifier of the party or person who was invited.
    pub who: Option<String>,
    /// To which their invitations are that it may answer.
    pub sessions: Vec<String>,
    pub subject: String,
    /// The beginning of the text.
    pub text: String,
    /// What it seems to answer.
    pub seems: Option<Answer>,
    /// A program wrote it, for somebody who is away.
    pub automatic: bool,
}

/// One address that an invitation did not reach.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NotArrived {
    /// The file, or the message of a mailbox.
    pub place: String,
    pub to: String,
    /// Identifier of the party or person who was invited.
    pub who: String,
    /// To which the invitations are that may be meant.
    pub sessions: Vec<String>,
    /// What the mail server says.
    pub reason: String,
    /// The server goes on trying.
    pub delayed: bool,
    /// The address still stands in group.toml.
    pub in_use: bool,
    /// The mails that came back.
    #[serde(skip)]
    pub mails: Vec<Mail>,
}
