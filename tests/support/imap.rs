//! A mailbox on loopback that gives three mails, or does as it is told instead.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::{ServerConnection, StreamOwned};

use super::smtp::{Stream, encryption};

/// What a server says instead; `{tag}` stands for the tag of the command.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Say(Vec<u8>),
    /// Again and again, as fast as it is heard.
    Flood(&'static [u8]),
    /// This, and then that for ever.
    SayAndFlood(&'static [u8], &'static [u8]),
    /// An octet now and then, for ever.
    Drip(&'static [u8]),
    Drop,
    Stall,
}

/// A running server.
pub(crate) struct Imap {
    pub address: String,
}

impl Imap {
    /// At this command, from the given word on, it acts so; `GREETING` is the beginning.
    pub(crate) fn start(at: &'static str, act: Act) -> Imap {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let act = act.clone();
                std::thread::spawn(move || run(stream, at, &act));
            }
        });
        Imap { address }
    }
}

/// The mails: of two somebody can say something, and the third is a line.
pub(crate) const MAILS: [&str; 3] = [
    "From: Ana <ana@example.org>\r\nSubject: Re: x\r\n\r\nCon gusto.\r\n",
    "From: beto@example.org\r\nSubject: Re: y\r\n\r\nNo puedo.\r\n",
    "Subject: z\r\n\r\n\r\n",
];

fn run(tcp: TcpStream, at: &str, act: &Act) -> Option<()> {
    let encrypted = tcp.try_clone().ok()?;
    let mut lines: BufReader<Box<dyn Stream>> = BufReader::new(Box::new(tcp));
    if at == "GREETING" {
        behave(&mut lines, act, "")?;
    } else {
        say(&mut lines, b"* OK ready\r\n")?;
    }
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let (tag, command) = line.trim_end().split_once(' ')?;
        if command.contains(at) {
            behave(&mut lines, act, tag)?;
            continue;
        }
        let word = command.split(' ').next()?;
        let answer = match word {
            "STARTTLS" => {
                say(&mut lines, format!("{tag} OK go on\r\n").as_bytes())?;
                let session = ServerConnection::new(Arc::new(encryption("server"))).ok()?;
                lines = BufReader::new(Box::new(StreamOwned::new(session, encrypted.try_clone().ok()?)));
                continue;
            }
            "CAPABILITY" => "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\n".to_owned(),
            "AUTHENTICATE" => {
                say(&mut lines, b"+ \r\n")?;
                lines.read_line(&mut String::new()).ok()?;
                String::new()
            }
            "EXAMINE" => "* 3 EXISTS\r\n* FLAGS ()\r\n".to_owned(),
            "UID" if command.contains("SEARCH") => "* SEARCH 1 2 3\r\n".to_owned(),
            "UID" if command.contains("SIZE") => {
                let size =
                    |(index, mail): (usize, &&str)| format!("* {0} FETCH (UID {0} RFC822.SIZE {1})\r\n", index + 1, mail.len());
                MAILS.iter().enumerate().map(size).collect()
            }
            "UID" => {
                let body = |(index, mail): (usize, &&str)| {
                    format!("* {0} FETCH (UID {0} BODY[] {{{1}}}\r\n{mail})\r\n", index + 1, mail.len())
                };
                MAILS.iter().enumerate().map(body).collect()
            }
            _ => String::new(),
        };
        say(&mut lines, format!("{answer}{tag} OK done\r\n").as_bytes())?;
    }
}

fn behave(lines: &mut BufReader<Box<dyn Stream>>, act: &Act, tag: &str) -> Option<()> {
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
        Act::Flood(octets) => loop {
            say(lines, &octets.repeat(1000))?;
        },
        Act::SayAndFlood(first, octets) => {
            say(lines, first)?;
            behave(lines, &Act::Flood(octets), tag)
        }
        Act::Drip(octets) => loop {
            for octet in *octets {
                say(lines, &[*octet])?;
                std::thread::sleep(Duration::from_millis(100));
            }
        },
        Act::Drop => None,
        Act::Stall => {
            std::thread::sleep(Duration::from_secs(10));
            None
        }
    }
}

fn say(lines: &mut BufReader<Box<dyn Stream>>, octets: &[u8]) -> Option<()> {
    lines.get_mut().write_all(octets).ok()?;
    lines.get_mut().flush().ok()
}
