//! What somebody answered to the time that holds.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::snapshot::{Snapshot, content};
use crate::calendar::Method;
use crate::ledger::{History, Mail, Reply};

/// The answers to the mails of a session.
pub(super) struct Answers<'a> {
    history: &'a History,
    session: &'a str,
    /// Where each was written to about the session, if that had to be known.
    addresses_of: OnceCell<HashMap<&'a str, Vec<&'a str>>>,
}

impl<'a> Answers<'a> {
    pub(super) fn new(history: &'a History, session: &'a str) -> Answers<'a> {
        Answers { history, session, addresses_of: OnceCell::new() }
    }

    /// The last answer; it holds as long as the time that was answered, whichever of their addresses it came from.
    pub(super) fn last(&self, last: &Mail, told: &Snapshot) -> Option<&'a Reply> {
        let of_who = self.addresses_of.get_or_init(|| {
            let mut of_who: HashMap<&str, Vec<&str>> = HashMap::new();
            self.history.of_session(self.session).for_each(|mail| {
                let addresses = of_who.entry(&mail.message.who).or_default();
                if !addresses.contains(&mail.message.to.as_str()) {
                    addresses.push(&mail.message.to);
                }
            });
            of_who
        });
        let addresses = of_who.get(last.message.who.as_str()).into_iter().flatten();
        let answers = addresses.flat_map(|to| self.of(&last.message.uid, to, told));
        answers.max_by_key(|reply| (reply.sequence, reply.dtstamp))
    }

    /// The answers from an address to the time that it was told last, if that is the one that holds and was not
    /// cancelled in between.
    fn of(&self, uid: &str, to: &str, told: &Snapshot) -> impl Iterator<Item = &'a Reply> {
        let holds = |mail: &&Mail| {
            let same_time = |other: Snapshot| (other.start, other.end) == (told.start, told.end);
            mail.message.method == Method::Request && content(mail).is_some_and(same_time)
        };
        let mails = self.history.to(self.session, to).filter(|mail| mail.may_have_arrived() && !mail.turns_down());
        let mails: Vec<&Mail> = mails.collect();
        let since = mails.iter().rev().copied().take_while(holds).map(|mail| mail.message.sequence).min();
        self.history.answers(uid, to).filter(move |reply| since.is_some_and(|since| reply.sequence >= since))
    }
}
