//! Other times that were proposed and are turned down: whoever proposed one is told so, once (RFC 5546 §3.2.8).

use chrono::{DateTime, Utc};

use super::change::Why;
use super::plan::{Action, Item};
use super::recipients::Recipients;
use super::snapshot::{Snapshot, content};
use crate::calendar::Method;
use crate::ledger::{Answer, BY_HAND, Mail, Reply, State};

/// What somebody is to be told.
pub(super) struct TurnedDown<'a> {
    /// When it was decided.
    decided: DateTime<Utc>,
    why: Why,
    /// The mail that tells it, if it may have gone out already.
    mail: Option<&'a Mail>,
}

impl<'a> Recipients<'a> {
    /// The proposal of somebody that was turned down by hand, and of which they were not told yet. What a mail of the
    /// organizer's own calendar turned down, that mail has told.
    pub(super) fn turned_down(&self, last: Option<&'a Mail>, told: Option<&Snapshot>) -> Option<TurnedDown<'a>> {
        let (last, told) = last.zip(told)?;
        let is_it = |reply: &&Reply| reply.answer == Answer::DeclineCounter && reply.source == BY_HAND;
        let reply = self.answers.last(last, told).filter(is_it)?;
        let decided = reply.dtstamp;
        let tells = |mail: &&Mail| mail.turns_down() && content(mail).is_some_and(|said| said.turns_down == Some(decided));
        let mail = self.history.to(self.session, &last.message.to).rev().filter(|mail| mail.may_have_arrived()).find(tells);
        if mail.is_some_and(|mail| matches!(mail.state(), State::Sent | State::Returned)) {
            return None;
        }
        let counters = self.history.answers(&reply.uid, &reply.to).filter(|earlier| earlier.answer == Answer::Counter);
        let proposal = counters.filter(|earlier| earlier.dtstamp <= decided).max_by_key(|earlier| earlier.dtstamp);
        let proposed = proposal.and_then(|proposal| proposal.start);
        let comment = reply.comment.as_ref().map(|comment| comment.split_whitespace().collect::<Vec<_>>().join(" "));
        Some(TurnedDown { decided, why: Why::TurnedDown { proposed, comment }, mail })
    }

    /// The letter that tells it.
    pub(super) fn turn_down(&mut self, item: Item, last: Option<&Mail>, told: Snapshot, turned: TurnedDown<'a>) {
        let action = if turned.mail.is_some() { Action::Retry } else { Action::TurnDown };
        let content = Snapshot { turns_down: Some(turned.decided), ..told };
        let item = Item { action, why: vec![turned.why], ..item };
        self.add(item, turned.mail.or(last), Method::DeclineCounter, content);
    }
}
