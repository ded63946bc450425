//! `convoca replies`: reads answers from mails and calendars, and records in the ledger those that count.

mod by_hand;
mod imap;
mod in_words;
mod returned;
mod session;
mod show;
mod sources;

use std::path::PathBuf;
use std::rc::Rc;

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
use crate::replies::returned::Origin;
use crate::replies::words::{Correspondence, Words};
use crate::replies::{Answer, Found, Message, Sender};
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
    let other_files = read.iter().filter(|(_, message)| message.is_foreign).count();
    let calendars = read.iter().filter(|(_, message)| message.is_silent()).count();
    let messages = read.len() - other_files;
    let mut report = Report { messages, calendars, other_files, ..Report::default() };
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
    let by_hand = by_hand.into_iter().map(|answer| (place.get(options.lang).to_owned(), Ok(answer), None));
    for (place, found, words) in found.into_iter().chain(by_hand) {
        let answer = match found {
            Ok(answer) => answer,
            Err(why) => {
                report.unreadable(place, why, words.as_deref());
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
    let correspondence = Correspondence::new(programme, history, &invitations, rules.organizer);
    for (place, words) in in_words {
        match &words.origin {
            Origin::Server(of) => returned::sort(&mut report, &place, &words, of, &correspondence, programme),
            _ => in_words::sort(&mut report, place, words, &correspondence),
        }
    }
    show::show(&report, programme, options.lang, command)?;
    Ok(Outcome::Clean)
}

/// What was found, with the place where it lies and the words of the mail around it.
type InMail = (String, Found, Option<Rc<Words>>);

/// The answers in the order in which they were given, wherever they lay, a mail before a file without a sender;
/// behind them what is none; and apart the mails that hold nothing but words.
fn in_order(read: Vec<(String, Message)>) -> (Vec<InMail>, Vec<(String, Words)>) {
    let (mut found, mut in_words) = (Vec::new(), Vec::new());
    for (place, message) in read {
        match message.words {
            Some(words) if message.found.is_empty() => in_words.push((place, words)),
            words => {
                let words = words.map(Rc::new);
                found.extend(message.found.into_iter().map(|found| (place.clone(), found, words.clone())));
            }
        }
    }
    let given = |answer: &Answer| (answer.sequence, answer.dtstamp, answer.from == Sender::Nobody);
    found.sort_by_key(|(_, found, _)| (found.is_err(), found.as_ref().map(given).ok()));
    (found, in_words)
}
