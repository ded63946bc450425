//! `convoca replies`: reads answers from mails and calendars, and records in the ledger those that count.

mod also;
mod arguments;
mod asking;
mod ballots;
mod by_hand;
mod in_words;
mod next_step;
mod report;
mod returned;
mod show;
mod sources;

use std::rc::Rc;

use chrono::Utc;
use clap::ArgMatches;

use super::command::{Command, Options, Outcome};
use super::findings::Format;
use crate::ledger::{Entry, History, Ledger};
use crate::links::Marked;
use crate::locale::Text;
use crate::model::Programme;
use crate::replies::aliases::Aliases;
use crate::replies::apply::{Rules, Verdict, apply, plausible};
use crate::replies::by_link;
use crate::replies::concern::{Correspondence, Meant};
use crate::replies::invitations::{Invitation, Invitations};
use crate::replies::returned::Origin;
use crate::replies::words::Words;
use crate::replies::{Found, Message, Received, Sender};
use crate::workspace::{self, Failure};
use arguments::{Replies, grammar};
use ballots::Said;
pub(crate) use by_hand::ByHand;
pub(crate) use report::Report;
#[cfg(feature = "studio")]
pub(crate) use sources::mailbox;

pub(crate) static REPLIES: Command = Command { grammar, run };

/// How answers are taken in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Way {
    /// Calendar files that came without a mail count.
    pub without_sender: bool,
    /// Nothing is recorded.
    pub dry_run: bool,
}

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let command = Replies::of(matches);
    if let Some((who, address)) = &command.also {
        return also::learn(options, who, address);
    }
    // What is asked for cannot be answered without a programme: that is said before any mailbox is read.
    let snapshot = options.workspace.load()?;
    let programme = workspace::programme(&snapshot)?;
    let read = sources::read(&command)?;
    let way = Way { without_sender: command.without_sender, dry_run: command.dry_run };
    let report = sorted(options, programme, read, &command.by_hand, way)?;
    show::show(&report, programme, options.lang, &command)?;
    if command.format == Format::Human && !command.dry_run {
        asking::decide(options, &report, programme)?;
    }
    Ok(Outcome::Clean)
}

/// Takes in answers: those that count are entered in the ledger, and each is reported.
///
/// # Errors
/// There is no programme, or the ledger cannot be written.
pub(crate) fn take_in(options: &Options, read: Vec<(String, Message)>, by_hand: &ByHand, way: Way) -> Result<Report, Failure> {
    let snapshot = options.workspace.load()?;
    sorted(options, workspace::programme(&snapshot)?, read, by_hand, way)
}

fn sorted(
    options: &Options,
    programme: &Programme,
    read: Vec<(String, Message)>,
    by_hand: &ByHand,
    way: Way,
) -> Result<Report, Failure> {
    let other_files = read.iter().filter(|(_, message)| message.is_foreign).count();
    let calendars = read.iter().filter(|(_, message)| message.is_silent()).count();
    let messages = read.len() - other_files;
    let mut report = Report { messages, calendars, other_files, ..Report::default() };
    let organizer = programme.group.organizer.as_ref().map(|organizer| crate::replies::address(organizer.sends()));
    let aliases = Aliases::of(&programme.group);
    let rules = Rules { organizer: organizer.as_deref(), without_sender: way.without_sender };
    // Without a ledger nobody was invited, and none is made for that.
    let mut ledger = match options.workspace.has_ledger() && !way.dry_run {
        true => Some(options.ledger(Some(programme))?),
        false => None,
    };
    let unchanged = match ledger {
        Some(_) => History::default(),
        None => options.history(Some(programme))?,
    };
    let history = ledger.as_ref().map_or(&unchanged, Ledger::history);
    let mut invitations = Invitations::of_ledger(history);
    let spoken = by_hand.answers(options, programme, history, &invitations)?;
    let spoken_dates = ballots::spoken(options, programme, history, &by_hand.dates)?;
    let (mut found, in_words) = in_order(read, &aliases);
    let now = options.workspace.now().max(Utc::now());
    let marked = Marked::of(history);
    let in_words: Vec<(String, Words)> = in_words
        .into_iter()
        .filter_map(|(place, words)| match by_link::answer(&marked, &words, now) {
            Some(answer) => {
                found.push((place, Ok(answer), Some(Rc::new(words))));
                None
            }
            None => Some((place, words)),
        })
        .collect();
    let by_hand_place = Text::fixed("by hand", "a mano").get(options.lang).to_owned();
    let spoken = spoken.into_iter().map(|answer| (by_hand_place.clone(), Ok(answer), None));
    let mut doubtful = Vec::new();
    for (place, found, words) in found.into_iter().chain(spoken) {
        let answer = match found {
            Ok(answer) => aliases.known(answer),
            Err(why) => {
                doubtful.push((place, None, why, words));
                continue;
            }
        };
        let answer = plausible(&invitations, answer, now);
        match apply(&mut invitations, &answer, rules) {
            Verdict::Known => report.known += 1,
            Verdict::Refused(why) => doubtful.push((place, Some(answer), why, words)),
            Verdict::Counts(invitation) => {
                if let Some(ledger) = &mut ledger {
                    let entry = Entry::Reply(Box::new(answer.recorded(&invitation)));
                    ledger.append(now, entry)?;
                }
                report.counts(place, &answer, &invitation);
            }
        }
    }
    let mut others = Vec::new();
    for (place, words) in in_words {
        let history = ledger.as_ref().map_or(&unchanged, Ledger::history);
        match ballots::said(history, &place, &words, options.workspace.now(), programme) {
            Some(Said::Votes(votes)) => ballots::enter(&mut report, place, votes, ledger.as_mut())?,
            Some(Said::Settled) => report.known += 1,
            Some(Said::Words(mail)) => report.about_dates.push(*mail),
            None => others.push((place, words)),
        }
    }
    for votes in spoken_dates {
        ballots::enter(&mut report, by_hand_place.clone(), votes, ledger.as_mut())?;
    }
    let in_words = others;
    let history = ledger.as_ref().map_or(&unchanged, Ledger::history);
    let correspondence = Correspondence::new(programme, history, &invitations, rules.organizer);
    for (place, answer, why, words) in doubtful {
        let words = words.as_deref();
        match correspondence.meant(words, answer.as_ref()) {
            // Somebody has read it, and entered what it means.
            Meant::One(one) if is_settled(one, words) => report.known += 1,
            meant => report.refused(place, answer.as_ref(), why, words, &meant),
        }
    }
    for (place, words) in in_words {
        match &words.origin {
            Origin::Server(of) => returned::sort(&mut report, &place, &words, of, &correspondence, programme),
            _ => in_words::sort(&mut report, place, words, &correspondence),
        }
    }
    if let Some(ledger) = &mut ledger {
        returned::enter(&report, ledger, now)?;
    }
    Ok(report)
}

fn is_settled(invitation: &Invitation, words: Option<&Words>) -> bool {
    let sent = words.and_then(|words| words.sent);
    let entered = invitation.given.as_ref().filter(|given| given.by_hand);
    entered.is_some_and(|given| sent.is_some_and(|sent| sent <= given.dtstamp))
}

/// What was found, with the place where it lies and the words of the mail around it.
type InMail = (String, Found, Option<Rc<Words>>);

/// The answers in the order in which they were given, wherever they lay, a mail before a file without a sender;
/// behind them what is none; and apart the mails that hold nothing but words.
fn in_order(read: Vec<(String, Message)>, aliases: &Aliases) -> (Vec<InMail>, Vec<(String, Words)>) {
    let (mut found, mut in_words) = (Vec::new(), Vec::new());
    for (place, message) in read {
        match message.words.map(|words| aliases.of_words(words)) {
            Some(words) if message.found.is_empty() => in_words.push((place, words)),
            words => {
                let words = words.map(Rc::new);
                found.extend(message.found.into_iter().map(|found| (place.clone(), found, words.clone())));
            }
        }
    }
    let given = |answer: &Received| (answer.sequence, answer.dtstamp, answer.from == Sender::Nobody, answer.sent);
    found.sort_by_key(|(_, found, _)| (found.is_err(), found.as_ref().map(given).ok()));
    (found, in_words)
}
