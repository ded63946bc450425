//! What may be typed behind `convoca invite`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, value_parser};

use super::mailbox::{self, Mailbox};
use crate::cli::access::{Access, SMTP};
use crate::cli::command::{named, say};
use crate::locale::Lang;

/// `convoca invite`, as typed.
#[derive(Debug)]
pub(crate) struct Invite {
    pub verb: Verb,
    /// Number or id of a session; all of them if absent.
    pub session: Option<String>,
    pub cosmetic: bool,
    pub remind: bool,
    pub same_link: Vec<String>,
    /// Whom to send it once more.
    pub again: Vec<String>,
    /// Take back what came from another organizer, and invite anew.
    pub new_organizer: bool,
    pub json: bool,
}

#[derive(Debug)]
pub(crate) enum Verb {
    Plan,
    Write(PathBuf),
    Draft(Box<Mailbox>),
    Record(PathBuf),
    RecordSent(Box<Mailbox>),
    /// For a telephone, to whom.
    Text(String),
    Send(Box<Send>),
}

#[derive(Debug)]
pub(crate) struct Send {
    /// The plan that was looked at.
    pub yes: Option<String>,
    pub access: Access,
    pub per_minute: u32,
    pub timeout: u64,
    /// Seconds until mails that the server puts off are tried again.
    pub retry: u64,
    /// No copy is laid among the sent mails.
    pub no_copy: bool,
    /// The folder of sent mails, where it is not the one that the server says.
    pub sent: Option<String>,
}

impl Send {
    /// How long to wait each time: twice as long the second time, since most servers want five to fifteen minutes.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        let times = if self.retry == 0 { &[][..] } else { &[1, 2] };
        times.iter().map(|times| Duration::from_secs(self.retry * times)).collect()
    }
}

impl Invite {
    pub(crate) fn of(matches: &ArgMatches) -> Invite {
        let (name, inner) = matches.subcommand().unwrap_or(("plan", matches));
        let text = |id: &str| inner.get_one::<String>(id).cloned();
        let folder = || inner.get_one::<PathBuf>("folder").cloned().unwrap_or_default();
        let verb = match name {
            "write" => Verb::Write(folder()),
            "draft" => Verb::Draft(Box::new(Mailbox::of(inner))),
            "text" => Verb::Text(text("who").unwrap_or_default()),
            "record" if inner.contains_id("imap") => Verb::RecordSent(Box::new(Mailbox::of(inner))),
            "record" => Verb::Record(folder()),
            "send" => Verb::Send(Box::new(Send {
                yes: text("yes"),
                access: Access::of(&SMTP, "server", inner),
                per_minute: inner.get_one::<u32>("per-minute").copied().unwrap_or(30),
                timeout: inner.get_one::<u64>("timeout").copied().unwrap_or(60),
                retry: inner.get_one::<u64>("retry").copied().unwrap_or(300),
                no_copy: inner.get_flag("no-copy"),
                sent: text("sent"),
            })),
            _ => Verb::Plan,
        };
        Invite {
            verb,
            session: text("session"),
            cosmetic: inner.get_flag("cosmetic"),
            remind: inner.get_flag("remind"),
            same_link: inner.get_many::<String>("same-link").into_iter().flatten().cloned().collect(),
            again: inner.get_many::<String>("again").into_iter().flatten().cloned().collect(),
            new_organizer: inner.get_flag("new-organizer"),
            json: text("format").as_deref() == Some("json"),
        }
    }
}

/// What may be typed, with its help in a language.
pub(crate) fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    let folder = Arg::new("folder").value_name(say("FOLDER", "CARPETA")).value_parser(value_parser!(PathBuf));
    named(
        lang,
        "invite",
        "Invite, update and cancel: shows what would be sent, writes it, or sends it",
        "Invitar, actualizar y cancelar: muestra lo que se enviaría, lo escribe o lo envía",
    )
    .subcommand_help_heading(say("Commands", "Órdenes"))
    .subcommand_value_name(say("COMMAND", "ORDEN"))
    .disable_help_subcommand(true)
    .args(common(lang))
    .subcommands([
        named(lang, "plan", "Show what would be sent, and why (the default)", "Mostrar lo que se enviaría y por qué (lo usual)"),
        named(lang, "write", "Write the mails and calendars as files", "Escribir los correos y calendarios como archivos")
            .arg(folder.clone().required(true).help(say("Where to write", "Dónde escribir"))),
        named(
            lang,
            "draft",
            "Lay the mails as drafts into your own mailbox, to be sent from any mail program",
            "Dejar los correos como borradores en su propio buzón, para enviarlos desde cualquier programa",
        )
        .args(mailbox::arguments(lang))
        .arg(mailbox::drafts(lang)),
        named(
            lang,
            "record",
            "Enter in the ledger the mails that you sent yourself",
            "Anotar en el registro los correos que usted envió",
        )
        .arg(folder.required_unless_present("imap").conflicts_with("imap").help(say(
            "The folder that was written: every .eml in it counts as sent",
            "La carpeta que se escribió: todo .eml que haya en ella se da por enviado",
        )))
        .args(mailbox::arguments(lang)),
        named(
            lang,
            "text",
            "Show the invitation as a short text, to be copied into WhatsApp or the like",
            "Mostrar la invitación como texto corto, para copiarla en WhatsApp o similar",
        )
        .arg(
            Arg::new("who")
                .value_name(say("WHO", "QUIÉN"))
                .required(true)
                .help(say("A party or person (id, name or address)", "Una parte o persona (identificador, nombre o dirección)")),
        ),
        named(lang, "send", "Send the mails of the plan", "Enviar los correos del plan").args(sending(lang)),
    ])
}

fn common(lang: Lang) -> [Arg; 7] {
    let say = |en, es| say(lang, en, es);
    let session = say("SESSION", "SESIÓN");
    let flag = |name: &'static str, help| Arg::new(name).long(name).action(ArgAction::SetTrue).global(true).help(help);
    let option = |name: &'static str| Arg::new(name).long(name).global(true);
    [
        option("session")
            .visible_alias("sesion")
            .value_name(session)
            .help(say("Only this session, by number or id", "Solo esta sesión, por número o identificador")),
        flag(
            "cosmetic",
            say(
                "Send changes too that move nobody: titles, texts, the agenda of others",
                "Enviar también cambios que no mueven a nadie: títulos, textos, la agenda de otros",
            ),
        )
        .visible_alias("retoques"),
        flag(
            "remind",
            say(
                "Remind those who have not answered, and the day before those who come",
                "Recordar a quienes no han respondido y, la víspera, a quienes asisten",
            ),
        )
        .visible_alias("recordar"),
        option("again").visible_alias("otra-vez").value_name(say("WHO", "QUIÉN")).action(ArgAction::Append).help(say(
            "Send the invitation once more to this party or person (id, name or address)",
            "Enviar otra vez la invitación a esta organización o persona (identificador, nombre o dirección)",
        )),
        option("same-link").visible_alias("mismo-enlace").value_name(session).action(ArgAction::Append).help(say(
            "The join link of this session holds at its new time",
            "El enlace de esta sesión sigue valiendo a la nueva hora",
        )),
        flag(
            "new-organizer",
            say(
                "Take back the invitations of another organizer, and invite anew in the name of this one",
                "Retirar las invitaciones de otro organizador, e invitar de nuevo en nombre del actual",
            ),
        )
        .visible_alias("organizador-nuevo"),
        option("format")
            .value_name("human|json")
            .value_parser(["human", "json"])
            .hide_possible_values(true)
            .help(say("How the plan is shown", "Cómo se muestra el plan")),
    ]
}

fn sending(lang: Lang) -> Vec<Arg> {
    let say = |en, es| say(lang, en, es);
    let option = |name: &'static str| Arg::new(name).long(name);
    let plan = [
        option("yes")
            .visible_alias("si")
            .value_name("PLAN")
            .help(say("Send the plan of this id without asking", "Enviar sin preguntar el plan de este identificador")),
        option("server")
            .visible_alias("servidor")
            .value_name("HOST[:PORT]")
            .env("CONVOCA_SMTP_SERVER")
            .hide_env(true)
            .help(say("The mail server [CONVOCA_SMTP_SERVER]", "El servidor de correo [CONVOCA_SMTP_SERVER]")),
    ];
    let pace = [
        option("per-minute")
            .visible_alias("por-minuto")
            .value_name("N")
            .value_parser(value_parser!(u32).range(1..=60_000))
            .help(say("At most so many mails a minute [30]", "A lo sumo tantos correos por minuto [30]")),
        option("timeout")
            .value_name("S")
            .value_parser(value_parser!(u64).range(1..=3600))
            .help(say("How many seconds to wait for the server [60]", "Cuántos segundos esperar al servidor [60]")),
        option("retry").visible_alias("reintentar").value_name("S").value_parser(value_parser!(u64).range(0..=86_400)).help(say(
            "Seconds until mails that the server puts off are tried again, twice at most; 0: not at all [300]",
            "Segundos hasta intentar de nuevo los correos que el servidor pospone, dos veces a lo sumo; 0: nunca [300]",
        )),
    ];
    let copy = [
        Arg::new("no-copy").long("no-copy").visible_alias("sin-copia").action(ArgAction::SetTrue).help(say(
            "Lay no copy among the sent mails of the mailbox that CONVOCA_IMAP_SERVER names",
            "No dejar copia entre los enviados del buzón que indica CONVOCA_IMAP_SERVER",
        )),
        mailbox::sent(lang),
    ];
    plan.into_iter().chain(SMTP.arguments(lang)).chain(pace).chain(copy).collect()
}
