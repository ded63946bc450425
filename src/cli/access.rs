//! A mail server and who logs in, in the same words for sending (SMTP) and reading (IMAP).

use std::time::Duration;

use clap::{Arg, ArgMatches};

use super::secret;
use crate::locale::{Lang, Text};
use crate::text;
use crate::transport::{Auth, Fingerprint, Login, Obstacle, Server, Tls, Unusable};
use crate::workspace::Failure;

/// What differs between the two.
#[derive(Debug)]
pub(crate) struct Protocol {
    /// As it stands in environment variables.
    name: &'static str,
    starttls: u16,
    wrapped: u16,
    /// Where neither the port nor `--tls` tells.
    usual: Tls,
    /// What a token of Microsoft 365 must allow.
    permission: &'static str,
}

pub(crate) const SMTP: Protocol =
    Protocol { name: "SMTP", starttls: 587, wrapped: 465, usual: Tls::StartTls, permission: "SMTP.Send" };
pub(crate) const IMAP: Protocol =
    Protocol { name: "IMAP", starttls: 143, wrapped: 993, usual: Tls::Wrapped, permission: "IMAP.AccessAsUser.All" };

pub(crate) const CALDAV: Protocol = Protocol { name: "CALDAV", starttls: 80, wrapped: 443, usual: Tls::Wrapped, permission: "" };

/// As typed.
#[derive(Debug)]
pub(crate) struct Access {
    protocol: &'static Protocol,
    pub server: Option<String>,
    tls: Option<String>,
    user: Option<String>,
    auth: Auth,
    password_command: Option<String>,
    certificate: Option<Fingerprint>,
}

impl Access {
    /// `server` is the option that names the server.
    pub(crate) fn of(protocol: &'static Protocol, server: &str, matches: &ArgMatches) -> Access {
        // Not every protocol has every option.
        let text = |id: &str| matches.try_get_one::<String>(id).ok().flatten().cloned();
        let auth = if text("auth").as_deref() == Some("token") { Auth::Token } else { Auth::Password };
        Access {
            protocol,
            server: text(server),
            tls: text("tls"),
            user: text("user"),
            auth,
            password_command: text("password-command"),
            certificate: matches.get_one::<Fingerprint>("certificate").copied(),
        }
    }

    /// As the environment alone has it.
    ///
    /// # Errors
    /// A variable holds what is not understood.
    pub(crate) fn of_environment(protocol: &'static Protocol) -> Result<Access, Failure> {
        let server = Arg::new("server").env(format!("CONVOCA_{}_SERVER", protocol.name));
        let command = clap::Command::new(protocol.name).no_binary_name(true).arg(server).args(protocol.arguments(Lang::En));
        let matches = command.try_get_matches_from(std::iter::empty::<&str>()).map_err(|_| {
            let name = protocol.name;
            Failure::new(text!(
                "one of the variables CONVOCA_{name}_… holds something that is not understood",
                "una de las variables CONVOCA_{name}_… tiene un valor que no se entiende"
            ))
        })?;
        Ok(Access::of(protocol, "server", &matches))
    }

    /// A server as typed into a form, with what a person logs in with.
    ///
    /// # Errors
    /// It is no server.
    #[cfg(feature = "studio")]
    pub(crate) fn typed(
        protocol: &Protocol,
        written: &str,
        (user, secret): (&str, &str),
        timeout: Duration,
    ) -> Result<Server, Failure> {
        let (host, port, tls) = protocol.place(written.trim(), None)?;
        let login = Login { user: user.to_owned(), auth: Auth::Password, secret: secret.to_owned() };
        let login = (!user.is_empty()).then_some(login);
        Ok(Server { host, port, tls, login, certificate: None, timeout })
    }

    /// The server, if one was named, with the secret of the user, if there is one.
    pub(crate) fn open(&self, timeout: Duration) -> Result<Option<Server>, Failure> {
        let Some(written) = &self.server else { return Ok(None) };
        let (host, port, tls) = self.protocol.place(written, self.tls.as_deref())?;
        let login = self.login(timeout)?;
        Ok(Some(Server { host, port, tls, login, certificate: self.certificate, timeout }))
    }

    /// Who logs in, if anybody, with the secret.
    pub(crate) fn login(&self, timeout: Duration) -> Result<Option<Login>, Failure> {
        let variable = format!("CONVOCA_{}_PASSWORD", self.protocol.name);
        let login = |user: &String| -> Result<Login, Failure> {
            let secret = secret::secret(self.auth, &variable, self.password_command.as_deref(), timeout)?;
            Ok(Login { user: user.clone(), auth: self.auth, secret })
        };
        self.user.as_ref().map(login).transpose()
    }

    /// The one certificate that is trusted, if one was named.
    pub(crate) fn certificate(&self) -> Option<Fingerprint> {
        self.certificate
    }

    /// What to do about a server that cannot be used.
    pub(crate) fn help(&self, unusable: &Unusable) -> Option<Text> {
        let permission = self.protocol.permission;
        Some(match (unusable.obstacle, self.auth) {
            (Obstacle::Other | Obstacle::NoCalendar, _) => return None,
            (Obstacle::UnknownName, _) => Text::fixed(
                "check the name of the server, and that this machine is connected to the network",
                "verifique el nombre del servidor, y que esta máquina tenga conexión a la red",
            ),
            (Obstacle::NotReached, _) => Text::fixed(
                "check the name and the port of the server and its encryption (`--tls`); a firewall may stand in the way",
                "verifique el nombre y el puerto del servidor y su cifrado (`--tls`); puede que un cortafuegos lo impida",
            ),
            (Obstacle::NoTls, _) => Text::fixed(
                "try `--tls starttls`, or name the server's port for TLS",
                "pruebe `--tls starttls`, o indique el puerto del servidor para TLS",
            ),
            (Obstacle::NoStartTls, _) => Text::fixed(
                "this port offers no encryption (STARTTLS); name the server's port for TLS, with `--tls tls`",
                "este puerto no ofrece cifrado (STARTTLS); indique el puerto del servidor para TLS, con `--tls tls`",
            ),
            (Obstacle::Untrusted, _) => match unusable.certificate {
                Some(shown) => text!(
                    "this machine does not trust the server's certificate: check the server's name, and ask whoever runs it for the fingerprint (SHA-256) of its certificate; if that is {shown}, add `--certificate {shown}`; an institution's own authority is trusted once SSL_CERT_FILE names its certificate",
                    "esta máquina no confía en el certificado del servidor: revise el nombre del servidor y pida a quien lo administra la huella (SHA-256) del certificado; si es {shown}, agregue `--certificado {shown}`; para confiar en la autoridad propia de una institución, indique su certificado en SSL_CERT_FILE"
                ),
                None => Text::fixed(
                    "this machine does not trust the server's certificate: check the server's name",
                    "esta máquina no confía en el certificado del servidor: revise el nombre del servidor",
                ),
            },
            (Obstacle::OtherCertificate, _) => match unusable.certificate {
                Some(shown) => text!(
                    "ask whoever runs the server whether it has a new certificate; if its fingerprint is {shown}, give that to `--certificate`",
                    "pregunte a quien administra el servidor si cambió el certificado; si la huella nueva es {shown}, indíquela en `--certificado`"
                ),
                None => return None,
            },
            (Obstacle::NotOffered, Auth::Password) => Text::fixed(
                "the server takes no passwords; try a token with `--auth token`",
                "el servidor no acepta contraseñas; pruebe un token con `--autenticacion token`",
            ),
            (Obstacle::NotOffered, Auth::Token) => Text::fixed(
                "the server takes no tokens (XOAUTH2); leave out `--auth token` and give a password",
                "el servidor no acepta tokens (XOAUTH2); quite `--autenticacion token` y use una contraseña",
            ),
            (Obstacle::Refused, Auth::Password) => Text::fixed(
                "check the user and the password; Microsoft 365 and Gmail want a token instead (`--auth token`)",
                "revise el usuario y la contraseña; Microsoft 365 y Gmail piden en su lugar un token (`--autenticacion token`)",
            ),
            (Obstacle::Refused, Auth::Token) => text!(
                "get a new token, which lasts about an hour, for this very user; it must allow {permission} (Microsoft 365) or https://mail.google.com/ (Gmail)",
                "obtenga un token nuevo, que dura cerca de una hora, para este mismo usuario; debe permitir {permission} (Microsoft 365) o https://mail.google.com/ (Gmail)"
            ),
        })
    }
}

impl Protocol {
    /// Host, port and encryption, out of `HOST[:PORT]` and `--tls`.
    fn place(&self, written: &str, tls: Option<&str>) -> Result<(String, u16, Tls), Failure> {
        let wrong = || Failure::new(text!("`{written}` is no server", "`{written}` no es un servidor"));
        let (host, port) = match written.rsplit_once(':') {
            // In [::1] and ::1 the last colon is no border.
            Some((host, port)) if !host.ends_with(':') => (host, Some(port.parse::<u16>().map_err(|_| wrong())?)),
            _ => (written, None),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty() {
            return Err(wrong());
        }
        let tls = match tls {
            Some("none") if ["localhost", "127.0.0.1", "::1"].contains(&host.as_str()) => Tls::None,
            Some("none") => {
                return Err(Failure::new(text!(
                    "the connection to `{host}` must not be in clear",
                    "la conexión con `{host}` no puede ir sin cifrar"
                ))
                .help(Text::fixed("leave out `--tls none`", "quite `--tls none`")));
            }
            Some("tls") => Tls::Wrapped,
            Some(_) => Tls::StartTls,
            None if port == Some(self.wrapped) => Tls::Wrapped,
            None if port == Some(self.starttls) => Tls::StartTls,
            None => self.usual,
        };
        let usual_port = if tls == Tls::Wrapped { self.wrapped } else { self.starttls };
        Ok((host, port.unwrap_or(usual_port), tls))
    }

    /// What may be typed about it.
    pub(crate) fn arguments(&self, lang: Lang) -> [Arg; 5] {
        let say = |text: Text| text.get(lang).to_owned();
        let variable = |what: &str| format!("CONVOCA_{}_{what}", self.name);
        let option =
            |name: &'static str| Arg::new(name).long(name).env(variable(&name.to_uppercase().replace('-', "_"))).hide_env(true);
        let tls = variable("TLS");
        let (user, password, auth) = (variable("USER"), variable("PASSWORD"), variable("AUTH"));
        let certificate = variable("CERTIFICATE");
        let (starttls, wrapped) = (self.starttls, self.wrapped);
        [
            option("tls")
                .value_name("starttls|tls|none")
                .value_parser(["starttls", "tls", "none"])
                .hide_possible_values(true)
                .help(say(match self.usual {
                    Tls::Wrapped => text!(
                        "How the connection is encrypted [starttls at port {starttls}, else tls; none only on this machine] [{tls}]",
                        "Cómo se cifra la conexión [starttls en el puerto {starttls}; si no, tls; none solo en esta máquina] [{tls}]"
                    ),
                    _ => text!(
                        "How the connection is encrypted [tls at port {wrapped}, else starttls; none only on this machine] [{tls}]",
                        "Cómo se cifra la conexión [tls en el puerto {wrapped}; si no, starttls; none solo en esta máquina] [{tls}]"
                    ),
                })),
            option("user").visible_alias("usuario").value_name(say(Text::fixed("USER", "USUARIO"))).help(say(text!(
                "Who logs in [{user}]; the password or token is in {password}",
                "Quién inicia sesión [{user}]; la contraseña o el token va en {password}"
            ))),
            option("auth")
                .visible_alias("autenticacion")
                .requires("user")
                .value_name("password|token")
                .value_parser(["password", "token"])
                .hide_possible_values(true)
                .help(say(text!(
                    "Log in with a password, or with an access token (XOAUTH2), as Microsoft 365 and Gmail want it [{auth}]",
                    "Iniciar sesión con contraseña (password) o con un token de acceso (XOAUTH2), como piden Microsoft 365 y Gmail [{auth}]"
                ))),
            option("password-command").value_name(say(Text::fixed("COMMAND", "ORDEN"))).help(say(Text::fixed(
                "A command that prints the password or token",
                "Una orden que imprime la contraseña o el token",
            ))),
            option("certificate")
                .visible_alias("certificado")
                .value_name("sha256:…")
                .value_parser(clap::value_parser!(Fingerprint))
                .help(say(text!(
                    "Trust the server that shows the certificate of this fingerprint, and no other [{certificate}]",
                    "Confiar en el servidor que muestre el certificado de esta huella, y en ningún otro [{certificate}]"
                ))),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_and_encryption_follow_from_each_other() {
        let place = |protocol: &Protocol, written, tls| protocol.place(written, tls).ok().map(|(_, port, tls)| (port, tls));
        for (protocol, written, tls, expected) in [
            (&SMTP, "mail.example.org", None, Some((587, Tls::StartTls))),
            (&SMTP, "mail.example.org", Some("tls"), Some((465, Tls::Wrapped))),
            (&SMTP, "mail.example.org:465", None, Some((465, Tls::Wrapped))),
            (&SMTP, "mail.example.org:465", Some("starttls"), Some((465, Tls::StartTls))),
            (&SMTP, "mail.example.org:2525", None, Some((2525, Tls::StartTls))),
            (&IMAP, "mail.example.org", None, Some((993, Tls::Wrapped))),
            (&IMAP, "mail.example.org", Some("starttls"), Some((143, Tls::StartTls))),
            (&IMAP, "mail.example.org:143", None, Some((143, Tls::StartTls))),
            (&IMAP, "mail.example.org:1993", None, Some((1993, Tls::Wrapped))),
            (&IMAP, "[::1]", Some("none"), Some((143, Tls::None))),
            (&IMAP, "::1", Some("none"), Some((143, Tls::None))),
            (&IMAP, "[::1]:1143", Some("none"), Some((1143, Tls::None))),
            (&IMAP, "mail.example.org", Some("none"), None),
            (&SMTP, "mail.example.org:smtp", None, None),
            (&SMTP, ":25", None, None),
        ] {
            assert_eq!(place(protocol, written, tls), expected, "{written} {tls:?}");
        }
    }
}
