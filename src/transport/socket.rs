//! A connection over TCP, encrypted or not, whose every answer has a time limit as a whole: a server that
//! says an octet now and then ends no sooner than one that says nothing.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::ClientConnection;
use rustls::pki_types::ServerName;

use super::trust::Trust;
use super::wire::Wire;
use super::{Server, Tls, Unusable};

/// Octets a second of the slowest line that large answers are waited for on.
const SLOWEST: usize = 16 * 1024;

pub(crate) struct Socket {
    tcp: Timed,
    tls: Option<Box<ClientConnection>>,
    server: Server,
}

impl Socket {
    /// Connects to the server, and encrypts where it speaks TLS from the first octet.
    ///
    /// # Errors
    /// Where it cannot be reached, or is not trusted.
    pub(crate) fn connect(server: &Server) -> Result<Socket, Unusable> {
        let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
        for address in server.addresses()? {
            match TcpStream::connect_timeout(&address, server.timeout) {
                Ok(tcp) => {
                    // Commands are short, and nobody waits for more of them.
                    tcp.set_nodelay(true).map_err(|error| Unusable::broken(&error))?;
                    let tcp = Timed { tcp, until: Instant::now() + server.timeout };
                    let mut socket = Socket { tcp, tls: None, server: server.clone() };
                    if server.tls == Tls::Wrapped {
                        socket.encrypt()?;
                    }
                    return Ok(socket);
                }
                Err(error) => last = error,
            }
        }
        Err(Unusable::broken(&last))
    }

    /// How this machine names itself: by its address, which the server sees anyhow (RFC 5321 §4.1.3).
    pub(crate) fn own_name(&self) -> String {
        match self.tcp.tcp.local_addr().map(|address| address.ip()) {
            Ok(std::net::IpAddr::V4(ip)) => format!("[{ip}]"),
            Ok(std::net::IpAddr::V6(ip)) => format!("[IPv6:{ip}]"),
            Err(_) => "localhost".to_owned(),
        }
    }

    /// Whether octets came that were said to us, and not to the encryption; or the end.
    fn waits(&mut self) -> io::Result<bool> {
        let Some(tls) = &mut self.tls else { return self.tcp.tcp.peek(&mut [0]).map(|_| true) };
        loop {
            let state = tls.process_new_packets().map_err(io::Error::other)?;
            if state.plaintext_bytes_to_read() > 0 || state.peer_has_closed() || tls.read_tls(&mut self.tcp.tcp)? == 0 {
                return Ok(true);
            }
        }
    }
}

impl Wire for Socket {
    fn say(&mut self, octets: &[u8]) -> io::Result<()> {
        self.tcp.until = Instant::now() + self.server.timeout;
        match &mut self.tls {
            None => self.tcp.write_all(octets),
            Some(tls) => {
                let mut stream = rustls::Stream::new(tls.as_mut(), &mut self.tcp);
                stream.write_all(octets)?;
                stream.flush()
            }
        }
    }

    fn hear(&mut self, into: &mut Vec<u8>) -> io::Result<()> {
        let mut octets = [0; 16 * 1024];
        let read = match &mut self.tls {
            None => self.tcp.read(&mut octets)?,
            Some(tls) => rustls::Stream::new(tls.as_mut(), &mut self.tcp).read(&mut octets)?,
        };
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        into.extend(&octets[..read]);
        Ok(())
    }

    fn is_waiting(&mut self) -> io::Result<bool> {
        self.tcp.tcp.set_nonblocking(true)?;
        let waits = self.waits();
        self.tcp.tcp.set_nonblocking(false)?;
        match waits {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(false),
            waits => waits,
        }
    }

    fn allow(&mut self, octets: usize) {
        self.tcp.until += Duration::from_secs((octets / SLOWEST) as u64);
    }

    fn encrypt(&mut self) -> Result<(), Unusable> {
        let trust = Arc::new(Trust::new(self.server.certificate));
        let mut begin = || -> io::Result<ClientConnection> {
            let name = ServerName::try_from(self.server.host.clone()).map_err(io::Error::other)?;
            let configuration = trust.configuration().map_err(io::Error::other)?;
            let mut tls = ClientConnection::new(Arc::new(configuration), name).map_err(io::Error::other)?;
            // Now and not with the first word, so that nothing is said to a server that is not trusted.
            self.tcp.until = Instant::now() + self.server.timeout;
            while tls.is_handshaking() {
                tls.complete_io(&mut self.tcp)?;
            }
            Ok(tls)
        };
        let tls = begin().map_err(|error| Unusable { certificate: trust.shown(), ..Unusable::broken(&error) })?;
        self.tls = Some(Box::new(tls));
        Ok(())
    }
}

/// A socket that gives up when the time for an answer is over, however much of it has come.
struct Timed {
    tcp: TcpStream,
    until: Instant,
}

impl Timed {
    fn left(&self) -> io::Result<Option<Duration>> {
        match self.until.saturating_duration_since(Instant::now()) {
            Duration::ZERO => Err(io::ErrorKind::TimedOut.into()),
            left => Ok(Some(left)),
        }
    }
}

impl Read for Timed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.tcp.set_read_timeout(self.left()?)?;
        self.tcp.read(into)
    }
}

impl Write for Timed {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.tcp.set_write_timeout(self.left()?)?;
        self.tcp.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.tcp.flush()
    }
}
