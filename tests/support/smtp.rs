//! A mail server on loopback that does as it is told: takes, refuses, drops, stalls, or says nothing more
//! and tells the test so, which then kills the sender.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Where a dialogue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Connect,
    Hello,
    StartTls,
    Login,
    From,
    To,
    Data,
    /// In the midst of a mail.
    Body,
    /// The whole mail has come, and nothing was done with it yet.
    End,
    /// The mail is in the mailbox, and nothing was answered yet.
    Taken,
    Reset,
    Quit,
}

impl Step {
    /// Those that every mail goes through.
    pub(crate) const ALL: [Step; 8] =
        [Step::Connect, Step::Hello, Step::From, Step::To, Step::Data, Step::Body, Step::End, Step::Taken];
}

/// What to do there.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// As a server should.
    Go,
    /// Say this instead.
    Say(&'static str),
    /// Say these octets instead, which may be no line.
    Octets(Vec<u8>),
    /// Say these, an octet at a time.
    Single(&'static [u8]),
    /// Say these octets, and hang up.
    Last(&'static str),
    /// Say these again and again, as fast as they are heard.
    Flood(&'static [u8]),
    /// Say an octet now and then, for ever.
    Drip(&'static [u8]),
    /// Close the connection.
    Drop,
    /// Say nothing, for longer than anybody waits.
    Stall,
    /// Say nothing, and let the test know.
    Freeze,
}

type Script = dyn FnMut(Step, usize) -> Act + Send;

/// A running server.
pub(crate) struct Smtp {
    pub address: String,
    mailbox: Arc<Mutex<Vec<(String, String)>>>,
    frozen: Receiver<()>,
}

impl Smtp {
    /// A server that follows a script: it is told the step and how many mails it has taken.
    pub(crate) fn start(script: impl FnMut(Step, usize) -> Act + Send + 'static) -> Smtp {
        Smtp::run("", None, script)
    }

    /// One that offers STARTTLS, with a certificate of `tests/fixtures/tls`.
    pub(crate) fn encrypting(certificate: &str, script: impl FnMut(Step, usize) -> Act + Send + 'static) -> Smtp {
        Smtp::run("250-STARTTLS\r\n", Some(Arc::new(encryption(certificate))), script)
    }

    /// One that wants a login, in clear.
    pub(crate) fn with_logins(script: impl FnMut(Step, usize) -> Act + Send + 'static) -> Smtp {
        Smtp::run("250-AUTH PLAIN\r\n", None, script)
    }

    fn run(
        offers: &'static str,
        tls: Option<Arc<ServerConfig>>,
        script: impl FnMut(Step, usize) -> Act + Send + 'static,
    ) -> Smtp {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let mailbox: Arc<Mutex<Vec<(String, String)>>> = Arc::default();
        let (tell, frozen) = channel();
        let script: Arc<Mutex<Box<Script>>> = Arc::new(Mutex::new(Box::new(script)));
        let taken = Arc::clone(&mailbox);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (script, mailbox) = (Arc::clone(&script), Arc::clone(&taken));
                let mut dialogue = Dialogue { script, mailbox, tell: tell.clone(), offers, tls: tls.clone() };
                std::thread::spawn(move || dialogue.run(stream));
            }
        });
        Smtp { address, mailbox, frozen }
    }

    /// One that takes everything.
    pub(crate) fn honest() -> Smtp {
        Smtp::start(|_, _| Act::Go)
    }

    /// Recipients and mails, in the order in which they came.
    pub(crate) fn mailbox(&self) -> Vec<(String, String)> {
        self.mailbox.lock().unwrap().clone()
    }

    /// Waits until the script has frozen the dialogue; whether it did.
    pub(crate) fn wait_until_frozen(&self, longest: Duration) -> bool {
        self.frozen.recv_timeout(longest).is_ok()
    }
}

/// What a server shows to those who want encryption.
pub(crate) fn encryption(certificate: &str) -> ServerConfig {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls");
    let certificate = CertificateDer::from_pem_file(folder.join(format!("{certificate}.pem"))).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.join("server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    versions.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap()
}

/// A connection, encrypted or not.
pub(crate) trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

pub(super) type Lines = BufReader<Box<dyn Stream>>;

struct Dialogue {
    script: Arc<Mutex<Box<Script>>>,
    mailbox: Arc<Mutex<Vec<(String, String)>>>,
    tell: Sender<()>,
    offers: &'static str,
    tls: Option<Arc<ServerConfig>>,
}

impl Dialogue {
    fn run(&mut self, stream: TcpStream) -> Option<()> {
        let tcp = stream.try_clone().ok()?;
        let mut lines: Lines = BufReader::new(Box::new(stream));
        self.step(Step::Connect, "220 ready", &mut lines)?;
        let mut to = String::new();
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let command = line.trim_end().to_owned();
            match command.split([' ', ':']).next()?.to_uppercase().as_str() {
                "EHLO" => {
                    let hello = format!("250-loopback\r\n{}250-8BITMIME\r\n250 SMTPUTF8", self.offers);
                    self.step(Step::Hello, &hello, &mut lines)?;
                }
                "HELO" => drop(self.step(Step::Hello, "250 loopback", &mut lines)?),
                "STARTTLS" => {
                    self.step(Step::StartTls, "220 go on", &mut lines)?;
                    if let Some(tls) = &self.tls {
                        let session = ServerConnection::new(Arc::clone(tls)).ok()?;
                        lines = BufReader::new(Box::new(StreamOwned::new(session, tcp.try_clone().ok()?)));
                    }
                }
                "AUTH" => drop(self.step(Step::Login, "235 welcome", &mut lines)?),
                "MAIL" => drop(self.step(Step::From, "250 sender ok", &mut lines)?),
                "RCPT" => {
                    to = command.split(['<', '>']).nth(1)?.to_owned();
                    self.step(Step::To, "250 recipient ok", &mut lines)?;
                }
                "DATA" => {
                    if self.step(Step::Data, "354 go on", &mut lines)? {
                        self.data(&to, &mut lines)?;
                    }
                }
                "RSET" => drop(self.step(Step::Reset, "250 ok", &mut lines)?),
                "QUIT" => {
                    self.step(Step::Quit, "221 bye", &mut lines)?;
                    return None;
                }
                _ => say(&mut lines, b"500 what?\r\n")?,
            };
        }
    }

    fn data(&mut self, to: &str, lines: &mut Lines) -> Option<()> {
        let mut half = vec![0; 512];
        lines.read_exact(&mut half).ok()?;
        match self.act(Step::Body) {
            Act::Go | Act::Say(_) => {}
            act => self.behave(&act, "", lines).map(drop)?,
        }
        let mut mail = String::from_utf8_lossy(&half).into_owned();
        while !mail.ends_with("\r\n.\r\n") {
            if lines.read_line(&mut mail).ok()? == 0 {
                return None;
            }
        }
        match self.act(Step::End) {
            Act::Go => {}
            act => return self.behave(&act, "", lines).map(drop),
        }
        // Asked before it is counted: the script numbers the mails from the one at hand.
        let act = self.act(Step::Taken);
        self.mailbox.lock().unwrap().push((to.to_owned(), mail.replace("\r\n..", "\r\n.")));
        self.behave(&act, "250 taken", lines).map(drop)
    }

    /// Whether the dialogue goes on as it should; `None` where it is over.
    fn step(&mut self, step: Step, answer: &str, lines: &mut Lines) -> Option<bool> {
        let act = self.act(step);
        self.behave(&act, answer, lines)
    }

    fn act(&self, step: Step) -> Act {
        let count = self.mailbox.lock().unwrap().len();
        (self.script.lock().unwrap())(step, count)
    }

    fn behave(&self, act: &Act, answer: &str, lines: &mut Lines) -> Option<bool> {
        match act {
            Act::Go => say(lines, format!("{answer}\r\n").as_bytes()).map(|()| true),
            Act::Say(text) => say(lines, format!("{text}\r\n").as_bytes()).map(|()| false),
            Act::Octets(octets) => say(lines, octets).map(|()| true),
            Act::Last(text) => say(lines, text.as_bytes()).and(None),
            Act::Flood(octets) => loop {
                say(lines, &octets.repeat(100))?;
            },
            Act::Single(octets) => octets
                .iter()
                .try_for_each(|octet| -> Option<()> {
                    std::thread::sleep(Duration::from_millis(5));
                    say(lines, &[*octet])
                })
                .map(|()| true),
            Act::Drip(octets) => drip(lines, octets).and(None),
            Act::Drop => None,
            Act::Stall => {
                std::thread::sleep(Duration::from_secs(4));
                None
            }
            Act::Freeze => {
                let _ = self.tell.send(());
                std::thread::sleep(Duration::from_secs(60));
                None
            }
        }
    }
}

/// An octet now and then, for as long as somebody listens.
pub(super) fn drip(lines: &mut Lines, octets: &[u8]) -> Option<()> {
    for octet in octets.iter().cycle() {
        say(lines, &[*octet])?;
        std::thread::sleep(Duration::from_millis(100));
    }
    None
}

pub(super) fn say(lines: &mut Lines, octets: &[u8]) -> Option<()> {
    lines.get_mut().write_all(octets).ok()?;
    lines.get_mut().flush().ok()
}
