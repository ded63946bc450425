//! What may be typed behind `convoca replies`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use super::ballots;
use super::by_hand::{self, ByHand};
use crate::cli::access::{Access, IMAP};
use crate::cli::command::{named, say};
use crate::cli::findings::Format;
use crate::locale::Lang;

/// As typed.
#[derive(Debug)]
pub(crate) struct Replies {
    pub paths: Vec<PathBuf>,
    /// An address from which somebody answers too, to be learnt.
    pub also: Option<(String, String)>,
    pub by_hand: ByHand,
    pub access: Access,
    pub folder: String,
    pub since: Option<NaiveDate>,
    /// Seconds that an answer of the server may take.
    pub timeout: u64,
    pub without_sender: bool,
    pub dry_run: bool,
    pub format: Format,
}

/// What may be typed.
pub(crate) fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    let from = [
        Arg::new("paths")
            .value_name(say("PATH", "RUTA"))
            .num_args(0..)
            .value_parser(value_parser!(PathBuf))
            .required_unless_present_any(["imap", "also", ballots::OPTION].into_iter().chain(by_hand::OPTIONS))
            .help(say(
                "Calendar files, mails, mbox files, Maildir or other folders of such files",
                "Archivos de calendario, correos, archivos mbox, Maildir u otras carpetas con tales archivos",
            )),
        Arg::new("also")
            .long("also")
            .visible_alias("tambien")
            .num_args(2)
            .value_names([say("WHO", "QUIÉN"), say("ADDRESS", "DIRECCIÓN")])
            .conflicts_with("paths")
            .help(say(
                "Write in group.toml that they answer from this address too",
                "Escribir en group.toml que también responde desde esta dirección",
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
        Arg::new("timeout")
            .long("timeout")
            .value_name("S")
            .value_parser(value_parser!(u64).range(1..=3600))
            .help(say("How many seconds to wait for the server [60]", "Cuántos segundos esperar al servidor [60]")),
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
    let command = named(lang, "replies", "Read the answers to invitations", "Leer las respuestas a las invitaciones");
    by_hand::grammar(command.args(from).args(IMAP.arguments(lang)).args(which), lang)
}

fn also(matches: &ArgMatches) -> Option<(String, String)> {
    let mut words = matches.get_many::<String>("also")?;
    Some((words.next()?.clone(), words.next()?.clone()))
}

impl Replies {
    pub(crate) fn of(matches: &ArgMatches) -> Replies {
        let text = |id: &str| matches.get_one::<String>(id).cloned();
        Replies {
            paths: matches.get_many::<PathBuf>("paths").into_iter().flatten().cloned().collect(),
            also: also(matches),
            by_hand: ByHand::of(matches),
            access: Access::of(&IMAP, "imap", matches),
            folder: text("folder").unwrap_or_else(|| "INBOX".to_owned()),
            since: matches.get_one::<NaiveDate>("since").copied(),
            timeout: matches.get_one::<u64>("timeout").copied().unwrap_or(60),
            without_sender: matches.get_flag("without-sender"),
            dry_run: matches.get_flag("dry-run"),
            format: Format::asked(matches, "format"),
        }
    }
}
