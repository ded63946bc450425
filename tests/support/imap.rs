//! A mailbox on loopback: three mails in its INBOX, a folder of drafts and one of sent mails. It does as it should, or
//! as it is told instead.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::{ServerConnection, StreamOwned};

use super::smtp::{Lines, drip, encryption, say};

/// What a server says instead; `{tag}` stands for the tag of the command.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Say(Vec<u8>),
    /// Again and again, as fast as it is heard.
    Flood(&'static [u8]),
    /// This, and then that for ever.
    SayAndFlood(&'static [u8], &'static [u8]),
    /// The same, an octet at a time.
    Single(Vec<u8>),
    /// An octet now and then, for ever.
    Drip(&'static [u8]),
    Drop,
    Stall,
}

/// A message in a folder, with its flags.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    uid: usize,
    pub flags: String,
    pub mail: String,
}

type Folders = BTreeMap<String, Vec<Kept>>;

/// A running server.
pub(crate) struct Imap {
    pub address: String,
    folders: Arc<Mutex<Folders>>,
}

/// What a server offers and lists, where it is not asked to do otherwise.
const OFFERS: &str = "IMAP4rev1 STARTTLS AUTH=PLAIN AUTH=XOAUTH2 UIDPLUS SPECIAL-USE LIST-EXTENDED";

impl Imap {
    /// At this command, from the given word on, it acts so; `GREETING` is the beginning.
    pub(crate) fn start(at: &'static str, act: Act) -> Imap {
        Imap::offering(OFFERS, at, act)
    }

    /// One that does as it should.
    pub(crate) fn honest() -> Imap {
        Imap::start("NOTHING", Act::Drop)
    }

    pub(crate) fn offering(offers: &'static str, at: &'static str, act: Act) -> Imap {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let inbox = (1..).zip(MAILS).map(|(uid, mail)| Kept { uid, flags: String::new(), mail: mail.to_owned() });
        let empty = ["Borradores", "Enviados"].map(|name| (name.to_owned(), Vec::new()));
        let folders = empty.into_iter().chain([("INBOX".to_owned(), inbox.collect())]).collect();
        let server = Imap { address, folders: Arc::new(Mutex::new(folders)) };
        let folders = Arc::clone(&server.folders);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut session = Session { offers, at, act: act.clone(), folders: Arc::clone(&folders), open: String::new() };
                std::thread::spawn(move || session.run(stream));
            }
        });
        server
    }

    pub(crate) fn folder(&self, name: &str) -> Vec<Kept> {
        self.folders.lock().unwrap()[name].clone()
    }

    /// As a person's mail program does: changes what lies in the folders.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Folders) -> T) -> T {
        change(&mut self.folders.lock().unwrap())
    }

    /// Sends the first draft to an address for which it is meant: what lies in `Borradores` lies in `Enviados`.
    pub(crate) fn send_draft(&self, to: &str) -> String {
        self.change(|folders| {
            let drafts = folders.get_mut("Borradores").unwrap();
            let at = drafts.iter().position(|kept| kept.mail.contains(to)).unwrap();
            let sent = drafts.remove(at);
            let mail = sent.mail.clone();
            folders.get_mut("Enviados").unwrap().push(sent);
            mail
        })
    }
}

/// The mails: of two somebody can say something, and the third is a line.
pub(crate) const MAILS: [&str; 3] = [
    "From: Ana <ana@example.org>\r\nSubject: Re: x\r\n\r\nCon gusto.\r\n",
    "From: beto@example.org\r\nSubject: Re: y\r\n\r\nNo puedo.\r\n",
    "Subject: z\r\n\r\n\r\n",
];

struct Session {
    offers: &'static str,
    at: &'static str,
    act: Act,
    folders: Arc<Mutex<Folders>>,
    /// The folder that is open.
    open: String,
}

impl Session {
    fn run(&mut self, tcp: TcpStream) -> Option<()> {
        let encrypted = tcp.try_clone().ok()?;
        let mut lines: Lines = BufReader::new(Box::new(tcp));
        if self.at == "GREETING" {
            behave(&mut lines, &self.act, "")?;
        } else {
            say(&mut lines, b"* OK ready\r\n")?;
        }
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let (tag, command) = line.trim_end().split_once(' ')?;
            if command.contains(self.at) {
                behave(&mut lines, &self.act, tag)?;
                continue;
            }
            if command == "STARTTLS" {
                say(&mut lines, format!("{tag} OK go on\r\n").as_bytes())?;
                let session = ServerConnection::new(Arc::new(encryption("server"))).ok()?;
                lines = BufReader::new(Box::new(StreamOwned::new(session, encrypted.try_clone().ok()?)));
                continue;
            }
            let answer = self.answer(command, &mut lines)?;
            say(&mut lines, format!("{answer}{tag} OK done\r\n").as_bytes())?;
        }
    }

    fn answer(&mut self, command: &str, lines: &mut Lines) -> Option<String> {
        let words: Vec<&str> = command.split(' ').collect();
        Some(match words.as_slice() {
            ["CAPABILITY", ..] => format!("* CAPABILITY {}\r\n", self.offers),
            ["AUTHENTICATE", ..] => {
                say(lines, b"+ \r\n")?;
                lines.read_line(&mut String::new()).ok()?;
                String::new()
            }
            ["LIST", ..] => {
                let marks = |name: &str| match name {
                    "Borradores" if command.contains("SPECIAL-USE") => " \\Drafts",
                    "Enviados" if command.contains("SPECIAL-USE") => " \\Sent",
                    _ => "",
                };
                let line = |name: &String| format!("* LIST (\\HasNoChildren{}) \"/\" {name}\r\n", marks(name));
                self.folders.lock().unwrap().keys().map(line).collect()
            }
            ["EXAMINE" | "SELECT", name, ..] => {
                self.open = name.trim_matches('"').to_owned();
                format!("* {} EXISTS\r\n* FLAGS ()\r\n", self.folders.lock().unwrap().get(&self.open)?.len())
            }
            ["APPEND", name, ..] => {
                let size = command.rsplit_once('{')?.1.trim_end_matches('}').parse().ok()?;
                say(lines, b"+ go on\r\n")?;
                let mut octets = vec![0; size];
                lines.read_exact(&mut octets).ok()?;
                lines.read_line(&mut String::new()).ok()?;
                let flags = command.split(['(', ')']).nth(1)?.to_owned();
                let mut folders = self.folders.lock().unwrap();
                let uid = folders.values().flatten().map(|kept| kept.uid).max().unwrap_or(0) + 1;
                let mail = String::from_utf8(octets).unwrap();
                folders.get_mut(name.trim_matches('"'))?.push(Kept { uid, flags, mail });
                String::new()
            }
            ["UID", "SEARCH", ..] => {
                let id = command.split_once("MESSAGE-ID \"").map(|(_, id)| id.trim_end_matches('"').to_owned());
                let found = self.kept(|kept| id.as_ref().is_none_or(|id| kept.mail.contains(&format!("Message-ID: {id}"))));
                format!("* SEARCH{}\r\n", found.iter().map(|kept| format!(" {}", kept.uid)).collect::<String>())
            }
            ["UID", "FETCH", set, ..] => {
                let wanted: Vec<&str> = set.split(',').collect();
                let size = command.contains("SIZE");
                let line = |kept: &Kept| {
                    let (uid, length, mail) = (kept.uid, kept.mail.len(), &kept.mail);
                    match size {
                        true => format!("* {uid} FETCH (UID {uid} RFC822.SIZE {length})\r\n"),
                        false => format!("* {uid} FETCH (UID {uid} BODY[] {{{length}}}\r\n{mail})\r\n"),
                    }
                };
                self.kept(|kept| wanted.contains(&kept.uid.to_string().as_str())).iter().map(line).collect()
            }
            ["UID", "EXPUNGE", set] => {
                let gone: Vec<&str> = set.split(',').collect();
                let mut folders = self.folders.lock().unwrap();
                folders.get_mut(&self.open)?.retain(|kept| !gone.contains(&kept.uid.to_string().as_str()));
                String::new()
            }
            _ => String::new(),
        })
    }

    /// Of the open folder.
    fn kept(&self, is_meant: impl Fn(&Kept) -> bool) -> Vec<Kept> {
        let folders = self.folders.lock().unwrap();
        folders.get(&self.open).into_iter().flatten().filter(|kept| is_meant(kept)).cloned().collect()
    }
}

pub(crate) fn behave(lines: &mut Lines, act: &Act, tag: &str) -> Option<()> {
    match act {
        Act::Say(octets) => {
            let mut rest = octets.as_slice();
            let mark = b"{tag}";
            while let Some(at) = rest.windows(mark.len()).position(|some| some == mark) {
                say(lines, &rest[..at])?;
                say(lines, tag.as_bytes())?;
                rest = &rest[at + mark.len()..];
            }
            say(lines, rest)
        }
        Act::Single(octets) => octets.iter().try_for_each(|octet| {
            std::thread::sleep(Duration::from_millis(2));
            say(lines, &[*octet])
        }),
        Act::Flood(octets) => loop {
            say(lines, &octets.repeat(1000))?;
        },
        Act::SayAndFlood(first, octets) => {
            say(lines, first)?;
            behave(lines, &Act::Flood(octets), tag)
        }
        Act::Drip(octets) => drip(lines, octets),
        Act::Drop => None,
        Act::Stall => {
            std::thread::sleep(Duration::from_secs(10));
            None
        }
    }
}
