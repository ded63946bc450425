//! `convoca replies`: reads answers from mails and calendars, and records in the ledger those that count.

mod by_hand;
mod imap;
mod in_words;
mod session;
mod show;
mod sources;

use std::path::PathBuf;

use chrono::{NaiveDate, Utc};
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use super::access::{Access, IMAP};
use super::args::{Format, Options};
use super::invite::unusable;
use super::{Failure, Outcome, check};
use crate::cli;
use crate::ledger::{self, Entry, History, Ledger};
use crate::locale::{Lang, Text};
use crate::replies::apply::{Rules, Verdict, apply};
use crate::replies::invitations::Invitations;
use crate::replies::words::{Correspondence, Words};
use crate::replies::{Answer, Found, Message};
use by_hand::ByHand;
pub use show::Report;

#[derive(Debug)]
pub struct Replies {
    pub paths: Vec<PathBuf>,
    pub by_hand: ByHand,
    pub access: Access,
    pub folder: String,
    pub since: Option<NaiveDate>,
    pub without_sender: bool,
    pub dry_run: bool,
    pub format: Format,
}

/// What may be typed.
pub fn grammar(command: clap::Command, lang: Lang) -> clap::Command {
    let say = |en: &'static str, es: &'static str| Text::fixed(en, es).get(lang).to_owned();
    let from = [
        Arg::new("paths")
            .value_name(say("PATH", "RUTA"))
            .num_args(0..)
            .value_parser(value_parser!(PathBuf))
            .required_unless_present_any(["imap"].into_iter().chain(by_hand::OPTIONS))
            .help(say(
                "Calendar files, mails, mbox files, Maildir or other folders of such files",
                "Archivos de calendario, correos, archivos mbox, Maildir u otras carpetas con tales archivos",
            )),
        Arg::new("imap")
            .long("imap")
            .value_name(say("SERVER[:PORT]", "SERVIDOR[:PUERTO]"))
            .requires("user")
            .help(say("Read a mailbox on this server", "Leer un buzón en este servidor")),
    ];
    let which = [
        Arg::new("folder")
            .long("folder")
            .visible_alias("carpeta")
            .value_name(say("NAME", "NOMBRE"))
            .help(say("The folder of the mailbox [INBOX]", "La carpeta del buzón [INBOX]")),
        Arg::new("since")
            .long("since")
            .visible_alias("desde")
            .value_name(say("DATE", "FECHA"))
            .value_parser(value_parser!(NaiveDate))
            .help(say(
                "Only messages in the mailbox that arrived on this day or later",
                "Solo los mensajes del buzón que llegaron este día o después",
            )),
        Arg::new("without-sender").long("without-sender").visible_alias("sin-remitente").action(ArgAction::SetTrue).help(say(
            "Let calendar files without a sender count: you know from whom they are",
            "Dar por válidos los archivos de calendario sin remitente: usted sabe de quién son",
        )),
        Arg::new("dry-run")
            .long("dry-run")
            .visible_alias("simular")
            .action(ArgAction::SetTrue)
            .help(say("Show what would be recorded, and record nothing", "Mostrar lo que se anotaría, y no anotar nada")),
        Arg::new("format")
            .long("format")
            .value_name(say("FORMAT", "FORMATO"))
            .value_parser(["human", "json"])
            .hide_possible_values(true)
            .help(say("How the answers are shown: human or json", "Cómo se muestran las respuestas: human o json")),
    ];
    by_hand::grammar(command.args(from).args(IMAP.arguments(lang)).args(which), lang)
}

impl Replies {
    pub fn of(matches: &ArgMatches) -> Replies {
        let text = |id: &str| matches.get_one::<String>(id).cloned();
        Replies {
            paths: matches.get_many::<PathBuf>("paths").into_iter().flatten().cloned().collect(),
            by_hand: ByHand::of(matches),
            access: Access::of(&IMAP, "imap", matches),
            folder: text("folder").unwrap_or_else(|| "INBOX".to_owned()),
            since: matches.get_one::<NaiveDate>("since").copied(),
            without_sender: matches.get_flag("without-sender"),
            dry_run: matches.get_flag("dry-run"),
            format: text("format").as_deref().map_or(Format::Human, Format::of),
        }
    }
}

pub fn run(options: &Options, command: &Replies) -> Result<Outcome, Failure> {
    let (_, checked) = check::load(options)?;
    let Some(programme) = &checked.programme else {
        return Err(Failure::new(Text::fixed("the group could not be read", "no se pudo leer el grupo")));
    };
    let read = sources::read(command)?;
    let path = options.programme.join(ledger::FILE);
    let mut report = Report { messages: read.len(), ..Report::default() };
    let organizer = programme.group.organizer.as_ref().map(|organizer| crate::replies::address(&organizer.email));
    let rules = Rules { organizer: organizer.as_deref(), without_sender: command.without_sender };
    // Without a ledger nobody was invited, and none is made for that.
    let mut ledger = match path.exists() && !command.dry_run {
        true => Some(cli::ledger::open(options)?),
        false => None,
    };
    let unchanged = match ledger {
        Some(_) => History::default(),
        None => cli::ledger::read(options)?,
    };
    let history = ledger.as_ref().map_or(&unchanged, Ledger::history);
    let mut invitations = Invitations::of_ledger(history);
    let by_hand = command.by_hand.answers(options, programme, history, &invitations)?;
    let (found, in_words) = in_order(read);
    let place = Text::fixed("by hand", "a mano");
    let by_hand = by_hand.into_iter().map(|answer| (place.get(options.lang).to_owned(), Ok(answer)));
    for (place, found) in found.into_iter().chain(by_hand) {
        let answer = match found {
            Ok(answer) => answer,
            Err(why) => {
                report.unreadable(place, why);
                continue;
            }
        };
        match apply(&mut invitations, &answer, rules) {
            Verdict::Known => report.known += 1,
            Verdict::Refused(why) => report.refused(place, &answer, why, &invitations),
            Verdict::Counts(invitation) => {
                if let Some(ledger) = &mut ledger {
                    let entry = Entry::Reply(Box::new(answer.recorded(&invitation)));
                    ledger.append(Utc::now(), entry).map_err(|error| unusable(&error))?;
                }
                report.counts(place, &answer, &invitation);
            }
        }
    }
    let history = ledger.as_ref().map_or(&unchanged, Ledger::history);
    let correspondence = Correspondence::new(history, &invitations, rules.organizer);
    for (place, words) in in_words {
        in_words::sort(&mut report, place, words, &correspondence);
    }
    show::show(&report, programme, options.lang, command)?;
    Ok(Outcome::Clean)
}

/// Each with the place where it lies.
type Placed<T> = Vec<(String, T)>;

/// The answers in the order in which they were given, wherever they lay; behind them what is none; and
/// apart what is in words.
fn in_order(read: Placed<Message>) -> (Placed<Found>, Placed<Words>) {
    let (mut found, mut in_words) = (Vec::new(), Vec::new());
    for (place, message) in read {
        found.extend(message.found.into_iter().map(|found| (place.clone(), found)));
        in_words.extend(message.words.map(|words| (place, words)));
    }
    let given = |found: &Found| found.as_ref().map(|answer: &Answer| (answer.sequence, answer.dtstamp)).ok();
    found.sort_by_key(|(_, found)| (found.is_err(), given(found)));
    (found, in_words)
}
