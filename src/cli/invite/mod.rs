//! `convoca invite`: what would be sent, as files, as drafts, or by SMTP.

mod answered;
mod arguments;
mod by_hand;
mod copy;
mod draft;
mod errors;
mod mailbox;
mod mailing;
mod outdated;
mod send;
mod short;
mod show;

use clap::ArgMatches;

use super::command::{Command, Options, Outcome};
use crate::workspace::{Failure, find_session, in_the_way};
use arguments::{Invite, Verb, grammar};
use mailing::Mailing;

pub(crate) static INVITE: Command = Command { grammar, run };

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let command = &Invite::of(matches);
    // What was sent was sent, whatever became of the programme.
    match &command.verb {
        Verb::Record(folder) => return by_hand::record(options, folder),
        Verb::RecordSent(mailbox) => return draft::record(options, mailbox),
        Verb::Text(who) => return short::run(options, who, command.session.as_deref()),
        _ => {}
    }
    // A ledger that cannot be read stops the command below, with the same words.
    let witness = options.workspace.witness().unwrap_or_default();
    let (snapshot, templates) = options.workspace.worded(witness)?;
    let sources = snapshot.sources();
    let wanted = |wanted: &String| find_session(snapshot.programme()?, wanted).ok();
    let session = command.session.as_ref().and_then(wanted);
    let errors = in_the_way(&snapshot, session);
    let Some(programme) = snapshot.programme().filter(|_| errors.is_empty()) else {
        errors::refuse(options, sources, &errors, session)?;
        return Ok(Outcome::Findings);
    };
    let mailing = Mailing { options, command, programme, sources, templates: &templates };
    match &command.verb {
        Verb::Plan => {
            let history = options.history(Some(programme))?;
            let plan = mailing.plan(&history)?;
            show::plan(&mailing, &plan)?;
            answered::note(options.lang, &snapshot, session);
            // The process ends here: giving back every line of a long ledger would only take time.
            std::mem::forget((history, plan));
            Ok(Outcome::Clean)
        }
        Verb::Write(folder) => by_hand::write(&mailing, folder),
        Verb::Draft(mailbox) => draft::run(&mailing, mailbox),
        Verb::Record(folder) => by_hand::record(options, folder),
        Verb::RecordSent(mailbox) => draft::record(options, mailbox),
        Verb::Text(who) => short::run(options, who, command.session.as_deref()),
        Verb::Send(send) => {
            answered::note(options.lang, &snapshot, session);
            send::run(&mailing, send)
        }
    }
}
