//! The organizer has another address: calendars take no change from it. What was sent is taken back in the name of the
//! earlier one, and another invitation, with another UID, stands in its place.

use super::change::Why;
use super::plan::{Action, Item};
use super::recipients::Recipients;
use super::snapshot::{Snapshot, hash};
use crate::calendar::Method;
use crate::invitees::Invitee;
use crate::ledger::{self, Mail};

impl Recipients<'_> {
    /// Whether an invitation that stands came from another organizer.
    pub(super) fn is_of_another(&self, last: &Mail, told: &Snapshot, now: &Snapshot) -> bool {
        last.message.method == Method::Request && !told.organizer.is_empty() && told.organizer != now.organizer
    }

    /// Takes the invitation back that they have, and invites anew.
    pub(super) fn replace(&mut self, invitee: Invitee, last: &Mail, told: Snapshot, now: Snapshot) {
        let recipient = &invitee.recipient;
        let taken_back = Item {
            who: recipient.id.clone(),
            name: recipient.name.clone(),
            to: ledger::address(&recipient.email).into_owned(),
            copies: recipient.copies.clone(),
            lang: recipient.lang,
            country: recipient.country.clone(),
            place: recipient.place.clone(),
            action: Action::Replace,
            why: vec![Why::Replaced(told.organizer.clone())],
            letter: None,
            invitee: None,
        };
        let invited = Item { action: Action::Invite, invitee: Some(invitee), ..taken_back.clone() };
        self.add(taken_back, Some(last), Method::Cancel, told);
        self.add(invited, Some(last), Method::Request, now);
    }

    /// The UID of a letter: that of the event which its recipient has, unless another organizer takes that back.
    pub(super) fn uid_of(&self, item: &Item, last: Option<&Mail>, method: Method, content: &Snapshot) -> String {
        let Some(last) = last else { return self.uid().to_owned() };
        let is_taken_back = last.message.method == Method::Cancel || matches!(item.why.first(), Some(Why::Replaced(_)));
        let before = self.content(last).map(|told| told.organizer).unwrap_or_default();
        match method == Method::Request && is_taken_back && !before.is_empty() && before != content.organizer {
            true => anew(&last.message.uid, &content.organizer),
            false => last.message.uid.clone(),
        }
    }
}

/// The UID under which an organizer invites anew: the same for everybody, and another for each organizer.
fn anew(uid: &str, organizer: &str) -> String {
    let (local, domain) = uid.split_once('@').unwrap_or((uid, "invalid"));
    format!("{local}-{}@{domain}", &hash(&[organizer.as_bytes()])[..8])
}
