//! The sender's own mailbox: drafts are laid into it, and the mails that were sent are found in it.

use std::time::Duration;

use clap::{Arg, ArgMatches, value_parser};

use crate::cli::access::{Access, IMAP};
use crate::cli::command::say;
use crate::locale::{Lang, Text, words};
use crate::text;
use crate::transport::imap::{Folder, Inbox, Purpose, connect};
use crate::transport::{Obstacle, Unusable};
use crate::workspace::Failure;

/// As typed, or as the environment has it.
#[derive(Debug)]
pub(crate) struct Mailbox {
    pub access: Access,
    /// Folders, where they are not those that the server says.
    pub drafts: Option<String>,
    pub sent: Option<String>,
    pub timeout: Duration,
}

/// How long a server may take to answer, unless told otherwise.
const PATIENCE: u64 = 60;

impl Mailbox {
    pub(crate) fn of(matches: &ArgMatches) -> Mailbox {
        // Of these, `draft` alone has the folder of drafts.
        let text = |id: &str| matches.try_get_one::<String>(id).ok().flatten().cloned();
        let mut access = Access::of(&IMAP, "imap", matches);
        access.server = access.server.filter(|server| !server.is_empty()).or_else(|| std::env::var("CONVOCA_IMAP_SERVER").ok());
        let timeout = matches.get_one::<u64>("timeout").copied().unwrap_or(PATIENCE);
        Mailbox { access, drafts: text("drafts"), sent: text("sent"), timeout: Duration::from_secs(timeout) }
    }

    /// The one that the environment alone tells; `None` where it tells none.
    ///
    /// # Errors
    /// A variable holds what is not understood.
    pub(crate) fn of_environment(sent: Option<String>, timeout: Duration) -> Result<Option<Mailbox>, Failure> {
        let access = Access::of_environment(&IMAP)?;
        Ok(access.server.is_some().then_some(Mailbox { access, drafts: None, sent, timeout }))
    }

    /// Logs in.
    ///
    /// # Errors
    /// No server was named, or it cannot be used.
    pub(crate) fn open(&self) -> Result<Opened<'_>, Failure> {
        let missing = || {
            Failure::new(Text::fixed("no mailbox was given", "no se dijo cuál es el buzón")).help(Text::fixed(
                "say its server with `--imap HOST` or in CONVOCA_IMAP_SERVER, and whose it is with `--user`",
                "diga su servidor con `--imap HOST` o en CONVOCA_IMAP_SERVER, y de quién es con `--usuario`",
            ))
        };
        let server = self.access.open(self.timeout)?.ok_or_else(missing)?;
        let host = server.host.clone();
        let inbox = connect(&server).map_err(|unusable| self.failed(&host, &unusable))?;
        Ok(Opened { inbox, mailbox: self, host })
    }

    fn failed(&self, host: &str, unusable: &Unusable) -> Failure {
        let failure = Failure::new(text!(l, said = unusable.said.get(l);
            "the mailbox at `{host}` cannot be used: {said}", "no se puede usar el buzón de `{host}`: {said}"));
        // Who types `--imap Sent` means a folder.
        if unusable.obstacle == Obstacle::UnknownName && !host.contains('.') {
            return failure.help(text!(
                "behind `--imap` stands the server; if `{host}` is the folder, say `--sent {host}`",
                "después de `--imap` va el servidor; si `{host}` es la carpeta, diga `--enviados {host}`"
            ));
        }
        failure.helped(self.access.help(unusable))
    }
}

/// A mailbox, logged in to.
pub(crate) struct Opened<'a> {
    pub inbox: Inbox,
    mailbox: &'a Mailbox,
    host: String,
}

impl Opened<'_> {
    /// What goes wrong from here on, in words.
    pub(crate) fn failed(&self, unusable: &Unusable) -> Failure {
        self.mailbox.failed(&self.host, unusable)
    }

    /// The folder of drafts or of sent mails: as it was named, or as the server has it.
    ///
    /// # Errors
    /// The server has none, or breaks off.
    pub(crate) fn folder(&mut self, purpose: Purpose) -> Result<Folder, Failure> {
        let (named, option) = match purpose {
            Purpose::Drafts => (&self.mailbox.drafts, Text::fixed("--drafts", "--borradores")),
            Purpose::Sent => (&self.mailbox.sent, Text::fixed("--sent", "--enviados")),
        };
        if let Some(name) = named {
            let found = self.inbox.folder_called(name).map_err(|unusable| self.failed(&unusable))?;
            return found.map_err(|names| self.failed(&Unusable::no_folder(name, &names)));
        }
        let found = match self.inbox.folder_for(purpose) {
            Ok(found) => found,
            Err(unusable) => return Err(self.failed(&unusable)),
        };
        found.map_err(|names| {
            let host = &self.host;
            let what = match purpose {
                Purpose::Drafts => Text::fixed("drafts", "borradores"),
                Purpose::Sent => Text::fixed("sent mails", "correos enviados"),
            };
            let failure = Failure::new(text!(l, what = what.get(l);
                "the mailbox at `{host}` does not say which of its folders holds the {what}",
                "el buzón de `{host}` no dice cuál de sus carpetas es la de {what}"));
            let some: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
            failure.help(text!(l, option = option.get(l), names = words::join(l, &some);
                "name it with `{option}`; there are: {names}", "indíquela con `{option}`; tiene estas: {names}"))
        })
    }
}

/// Folders that are listed to choose from.
const SHOWN: usize = 20;

/// What may be typed about a mailbox.
pub(crate) fn arguments(lang: Lang) -> Vec<Arg> {
    let say = |en, es| say(lang, en, es);
    let imap = Arg::new("imap")
        .long("imap")
        .value_name(say("SERVER[:PORT]", "SERVIDOR[:PUERTO]"))
        .num_args(0..=1)
        .default_missing_value("")
        .help(say(
            "Your own mailbox on this server, else on the one of CONVOCA_IMAP_SERVER",
            "Su propio buzón en este servidor; si no se dice, en el de CONVOCA_IMAP_SERVER",
        ));
    let timeout = Arg::new("timeout")
        .long("timeout")
        .value_name("S")
        .value_parser(value_parser!(u64).range(1..=3600))
        .help(say("How many seconds to wait for the server [60]", "Cuántos segundos esperar al servidor [60]"));
    [imap].into_iter().chain(IMAP.arguments(lang)).chain([sent(lang), timeout]).collect()
}

pub(crate) fn sent(lang: Lang) -> Arg {
    folder(lang, "sent", "enviados").help(say(
        lang,
        "The folder of sent mails [the one that the server marks]",
        "La carpeta de correos enviados [la que el servidor señala]",
    ))
}

pub(crate) fn drafts(lang: Lang) -> Arg {
    folder(lang, "drafts", "borradores").help(say(
        lang,
        "The folder of drafts [the one that the server marks]",
        "La carpeta de borradores [la que el servidor señala]",
    ))
}

fn folder(lang: Lang, name: &'static str, alias: &'static str) -> Arg {
    Arg::new(name).long(name).visible_alias(alias).value_name(say(lang, "NAME", "NOMBRE"))
}
