//! What may be typed behind `convoca publish`.

use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::cli::access::{Access, CALDAV};
use crate::cli::command::{named, say};
use crate::locale::{Lang, Text};
use crate::text;
use crate::transport::Url;
use crate::transport::caldav::Collection;
use crate::workspace::Failure;

#[derive(Debug)]
pub(crate) struct Publish {
    pub access: Access,
    /// As typed.
    url: String,
    pub timeout: Duration,
    /// That of the calendar; the first of the group's if none is named.
    pub language: Option<Lang>,
    /// Numbers or ids of sessions whose events are put over what is there.
    pub overwrite: Vec<String>,
    pub dry_run: bool,
}

impl Publish {
    pub(crate) fn of(matches: &ArgMatches) -> Publish {
        let text = |id: &str| matches.get_one::<String>(id).cloned();
        Publish {
            access: Access::of(&CALDAV, "caldav", matches),
            url: text("caldav").unwrap_or_default(),
            timeout: Duration::from_secs(matches.get_one::<u64>("timeout").copied().unwrap_or(60)),
            language: text("language").and_then(|code| Lang::from_tag(&code)),
            overwrite: matches.get_many::<String>("overwrite").unwrap_or_default().cloned().collect(),
            dry_run: matches.get_flag("dry-run"),
        }
    }

    /// The calendar on its server, with the secret of who logs in.
    ///
    /// # Errors
    /// Where the address is none, would be asked in clear, or where the secret is missing.
    pub(crate) fn collection(&self) -> Result<Collection, Failure> {
        let written = &self.url;
        let url = Url::of(written).ok_or_else(|| {
            Failure::new(text!(
                "`{written}` is not the address of a calendar",
                "`{written}` no es la dirección de un calendario"
            ))
            .help(Text::fixed(
                "copy it from the calendar's settings on the server, such as https://cloud.example.org/remote.php/dav/calendars/ana/group/",
                "cópiela de la configuración del calendario en el servidor, por ejemplo https://nube.example.org/remote.php/dav/calendars/ana/grupo/",
            ))
        })?;
        let url = url.as_folder();
        let mut server = url.server(self.timeout).ok_or_else(|| {
            let host = &url.host;
            Failure::new(text!(
                "the connection to `{host}` must not be in clear",
                "la conexión con `{host}` no puede ir sin cifrar"
            ))
            .help(Text::fixed("give the address with https://", "indique la dirección con https://"))
        })?;
        server.certificate = self.access.certificate();
        server.login = self.access.login(self.timeout)?;
        Ok(Collection { url, server })
    }
}

pub(crate) fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    let login = CALDAV.arguments(lang).into_iter().filter(|argument| argument.get_id() != "tls").map(|argument| {
        match argument.get_id() == "auth" {
            true => argument.help(say(
                "Log in with a password, best one for this program alone, or with an access token (Bearer) [CONVOCA_CALDAV_AUTH]",
                "Iniciar sesión con contraseña (password), de preferencia una solo para este programa, o con un token de acceso (Bearer) [CONVOCA_CALDAV_AUTH]",
            )),
            false => argument,
        }
    });
    named(
        lang,
        "publish",
        "Put the public calendar on a calendar server",
        "Poner el calendario público en un servidor de calendarios",
    )
    .arg(
        Arg::new("caldav")
            .long("caldav")
            .value_name(say("ADDRESS", "DIRECCIÓN"))
            .env("CONVOCA_CALDAV_URL")
            .hide_env(true)
            .required(true)
            .help(say(
                "The address of the calendar (CalDAV: Nextcloud, Radicale and others) [CONVOCA_CALDAV_URL]",
                "La dirección del calendario (CalDAV: Nextcloud, Radicale y otros) [CONVOCA_CALDAV_URL]",
            )),
    )
    .args(login)
    .arg(
        Arg::new("language")
            .long("language")
            .visible_alias("idioma")
            .value_name("es|en")
            .value_parser(["es", "en"])
            .hide_possible_values(true)
            .help(say(
                "The language of the calendar; else the group's first",
                "El idioma del calendario; si no, el primero del grupo",
            )),
    )
    .arg(
        Arg::new("overwrite")
            .long("overwrite")
            .visible_alias("sobrescribir")
            .value_name(say("SESSIONS", "SESIONES"))
            .value_delimiter(',')
            .action(ArgAction::Append)
            .help(say(
                "Put these sessions (number or id) over what somebody changed on the server",
                "Poner estas sesiones (número o identificador) sobre lo que alguien cambió en el servidor",
            )),
    )
    .arg(
        Arg::new("dry-run")
            .long("dry-run")
            .visible_alias("simular")
            .action(ArgAction::SetTrue)
            .help(say("Show what would be done, and do nothing", "Mostrar lo que se haría, y no hacer nada")),
    )
    .arg(
        Arg::new("timeout")
            .long("timeout")
            .value_name("S")
            .value_parser(value_parser!(u64).range(1..=3600))
            .help(say("How many seconds to wait for the server [60]", "Cuántos segundos esperar al servidor [60]")),
    )
}
