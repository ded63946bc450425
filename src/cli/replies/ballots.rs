//! Mails that answer a poll of dates, known by the token in their subject.

use std::io::Write;

use chrono::{DateTime, Utc};

use super::report::{Report, Voted};
use crate::cli::called::named;
use crate::ledger::{Entry, History, Ledger};
use crate::locale::Lang;
use crate::model::Programme;
use crate::poll::Vote;
use crate::replies::Sender;
use crate::replies::returned::Origin;
use crate::replies::words::Words;
use crate::workspace::Failure;

/// What a mail says about the dates of a poll: of that which is not known yet; `None` where it answers none.
pub(crate) fn votes(history: &History, words: &Words, now: DateTime<Utc>) -> Option<Vec<Vote>> {
    if words.origin != Origin::Person || matches!(words.from, Sender::Forged(_)) {
        return None;
    }
    let (poll, voice) = history.polls().rev().find_map(|poll| Some((poll, poll.voice(&words.subject)?)))?;
    // A clock that runs ahead must not outlast every later answer.
    let given = words.sent.map_or(now, |sent| sent.min(now));
    let votes = poll.votes(voice, &words.subject, &words.text, given);
    (!votes.is_empty()).then(|| votes.into_iter().filter(|vote| !history.votes().contains(vote)).collect())
}

/// Enters votes; none are left of a mail that was read before.
pub(crate) fn enter(report: &mut Report, place: String, votes: Vec<Vote>, ledger: Option<&mut Ledger>) -> Result<(), Failure> {
    if votes.is_empty() {
        report.known += 1;
        return Ok(());
    }
    report.votes.extend(votes.iter().map(|vote| Voted {
        place: place.clone(),
        who: vote.who.clone(),
        poll: vote.poll.clone(),
        date: vote.date,
        ballot: vote.ballot,
    }));
    if let Some(ledger) = ledger {
        ledger.append_all(Utc::now(), votes.into_iter().map(|vote| Entry::Vote(Box::new(vote))).collect())?;
    }
    Ok(())
}

pub(crate) fn show(out: &mut impl Write, votes: &[Voted], programme: &Programme, lang: Lang) -> std::io::Result<()> {
    for of_mail in votes.chunk_by(|one, other| one.place == other.place && one.who == other.who) {
        let said: Vec<String> = of_mail.iter().map(|vote| format!("{} {}", vote.date, vote.ballot.word(lang))).collect();
        let what = match lang {
            Lang::En => "Dates",
            Lang::Es => "Fechas",
        };
        writeln!(out, "{what} · {}: {}", named(programme, &of_mail[0].who, lang), said.join(", "))?;
    }
    Ok(())
}
