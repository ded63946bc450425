//! Messages of a mailbox on a server (IMAP over TLS, RFC 9051 and RFC 8314). It is only looked at: nothing
//! is marked as read, moved or deleted.

use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::cli::Failure;
use crate::cli::failure::why;
use crate::locale::Text;
use crate::replies::{Found, answers_in_mail};
use crate::text;

/// Where the mailbox is.
#[derive(Debug)]
pub struct Account {
    pub server: String,
    pub user: String,
    pub password: String,
    pub folder: String,
    /// Only messages that arrived on this day or later.
    pub since: Option<NaiveDate>,
}

/// Implicit TLS.
const PORT: u16 = 993;
/// A server that says nothing for so long is taken for dead.
const PATIENCE: Duration = Duration::from_secs(60);
/// Octets asked for at once, and the most that a message may have.
const BATCH: u32 = 8 * 1024 * 1024;

type Stream = StreamOwned<ClientConnection, TcpStream>;

/// What every message of the mailbox holds, with its name for people.
pub fn messages(account: &Account) -> Result<Vec<(String, Vec<Found>)>, Failure> {
    let mut client = imap::Client::new(connect(&account.server)?);
    client.read_greeting().map_err(|error| failed(account, &error))?;
    let refused = |(error, _)| {
        failed(account, &error).help(Text::fixed("check the user and the password", "revise el usuario y la contraseña"))
    };
    let mut session = client.login(&account.user, &account.password).map_err(refused)?;
    let messages = read(&mut session, account).map_err(|error| failed(account, &error));
    // All is read: a server that hangs up without a word changes nothing.
    let _ = session.logout();
    messages
}

fn read(session: &mut imap::Session<Stream>, account: &Account) -> imap::Result<Vec<(String, Vec<Found>)>> {
    session.examine(&account.folder)?;
    let query = account.since.map_or("ALL".to_owned(), |day| format!("SINCE {}", day.format("%d-%b-%Y")));
    let mut wanted: Vec<u32> = session.uid_search(query)?.into_iter().collect();
    wanted.sort_unstable();
    let mut found = Vec::new();
    let named = |uid: u32| format!("{}/{}:{uid}", account.server, account.folder);
    let mut sizes: Vec<(u32, u32)> = Vec::new();
    for some in wanted.chunks(500) {
        let answer = session.uid_fetch(set(some), "(RFC822.SIZE)")?;
        sizes.extend(answer.iter().filter_map(|message| Some((message.uid?, message.size.unwrap_or(0)))));
    }
    let (small, large): (Vec<_>, Vec<_>) = sizes.into_iter().partition(|(_, size)| *size <= BATCH);
    for (uid, _) in large {
        found.push((named(uid), vec![Err(Text::fixed("the message is larger than 8 MiB", "el mensaje pasa de 8 MiB"))]));
    }
    for batch in batches(&small) {
        for message in session.uid_fetch(set(&batch), "(UID BODY.PEEK[])")?.iter() {
            if let (Some(uid), Some(octets)) = (message.uid, message.body()) {
                found.push((named(uid), answers_in_mail(octets)));
            }
        }
    }
    Ok(found)
}

/// Messages that fit together into one answer of the server.
fn batches(sizes: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut batches: Vec<Vec<u32>> = Vec::new();
    let mut room = 0;
    for (uid, size) in sizes {
        match batches.last_mut() {
            Some(batch) if *size <= room && batch.len() < 200 => batch.push(*uid),
            _ => {
                batches.push(vec![*uid]);
                room = BATCH;
            }
        }
        room = room.saturating_sub(*size);
    }
    batches
}

fn set(uids: &[u32]) -> String {
    uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

fn connect(server: &str) -> Result<Stream, Failure> {
    let (host, port) = match server.rsplit_once(':') {
        Some((host, port)) => (
            host,
            port.parse().map_err(|_| no_server(server, Text::fixed("the port is no number", "el puerto no es un número")))?,
        ),
        None => (server, PORT),
    };
    let broken = |error: std::io::Error| no_server(server, why(&error));
    let name = ServerName::try_from(host.to_owned()).map_err(|error| no_server(server, Text::same(error.to_string())))?;
    let tls = ClientConnection::new(Arc::new(configuration()?), name);
    let tls = tls.map_err(|error| no_server(server, Text::same(error.to_string())))?;
    let addresses: Vec<_> = (host, port).to_socket_addrs().map_err(broken)?.collect();
    let mut last = no_server(server, Text::fixed("it has no address", "no tiene dirección"));
    for address in addresses {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(tcp) => {
                tcp.set_read_timeout(Some(PATIENCE)).map_err(broken)?;
                tcp.set_write_timeout(Some(PATIENCE)).map_err(broken)?;
                return Ok(StreamOwned::new(tls, tcp));
            }
            Err(error) => last = broken(error),
        }
    }
    Err(last)
}

/// The certificates that this machine trusts, an institution's own among them.
fn configuration() -> Result<ClientConfig, Failure> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let versions = versions.map_err(|error| Failure::new(Text::same(error.to_string())))?;
    Ok(versions.with_root_certificates(roots).with_no_client_auth())
}

fn no_server(server: &str, why: Text) -> Failure {
    Failure::new(text!(l, why = why.get(l).to_owned();
        "cannot reach the mail server `{server}`: {why}", "no se puede llegar al servidor de correo `{server}`: {why}"))
}

fn failed(account: &Account, error: &imap::Error) -> Failure {
    let server = &account.server;
    // What the server says may hold anything: it is shown as a word is shown.
    let said = error.to_string().escape_debug().to_string();
    Failure::new(text!(
        "the mail server `{server}` does not give the messages: {said}",
        "el servidor de correo `{server}` no entrega los mensajes: {said}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_stay_small() {
        let third = BATCH / 3;
        assert_eq!(batches(&[(1, third), (2, third), (3, third), (4, third), (5, BATCH)]), [vec![1, 2, 3], vec![4], vec![5]]);
        assert_eq!(batches(&[]), Vec::<Vec<u32>>::new());
    }
}
