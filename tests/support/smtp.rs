//! A mail server on loopback that does as it is told: takes, refuses, drops, stalls, or says nothing more
//! and tells the test so, which then kills the sender.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Where a dialogue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Connect,
    Hello,
    From,
    To,
    Data,
    /// In the midst of a mail.
    Body,
    /// The whole mail has come, and nothing was done with it yet.
    End,
    /// The mail is in the mailbox, and nothing was answered yet.
    Taken,
}

impl Step {
    pub const ALL: [Step; 8] = [Step::Connect, Step::Hello, Step::From, Step::To, Step::Data, Step::Body, Step::End, Step::Taken];
}

/// What to do there.
#[derive(Clone, Debug)]
pub enum Act {
    /// As a server should.
    Go,
    /// Say this instead.
    Say(&'static str),
    /// Close the connection.
    Drop,
    /// Say nothing, for longer than anybody waits.
    Stall,
    /// Say nothing, and let the test know.
    Freeze,
}

type Script = dyn FnMut(Step, usize) -> Act + Send;

/// A running server.
pub struct Smtp {
    pub address: String,
    mailbox: Arc<Mutex<Vec<(String, String)>>>,
    frozen: Receiver<()>,
}

impl Smtp {
    /// A server that follows a script: it is told the step and how many mails it has taken.
    pub fn start(script: impl FnMut(Step, usize) -> Act + Send + 'static) -> Smtp {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let mailbox: Arc<Mutex<Vec<(String, String)>>> = Arc::default();
        let (tell, frozen) = channel();
        let script: Arc<Mutex<Box<Script>>> = Arc::new(Mutex::new(Box::new(script)));
        let taken = Arc::clone(&mailbox);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut dialogue = Dialogue { script: Arc::clone(&script), mailbox: Arc::clone(&taken), tell: tell.clone() };
                std::thread::spawn(move || dialogue.run(stream));
            }
        });
        Smtp { address, mailbox, frozen }
    }

    /// One that takes everything.
    pub fn honest() -> Smtp {
        Smtp::start(|_, _| Act::Go)
    }

    /// Recipients and mails, in the order in which they came.
    pub fn mailbox(&self) -> Vec<(String, String)> {
        self.mailbox.lock().unwrap().clone()
    }

    /// Waits until the script has frozen the dialogue; whether it did.
    pub fn wait_until_frozen(&self, longest: Duration) -> bool {
        self.frozen.recv_timeout(longest).is_ok()
    }
}

struct Dialogue {
    script: Arc<Mutex<Box<Script>>>,
    mailbox: Arc<Mutex<Vec<(String, String)>>>,
    tell: Sender<()>,
}

impl Dialogue {
    fn run(&mut self, stream: TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream.try_clone().ok()?);
        let mut out = stream;
        self.step(Step::Connect, "220 ready", &mut out)?;
        let mut to = String::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let command = line.trim_end().to_owned();
            match command.split([' ', ':']).next()?.to_uppercase().as_str() {
                "EHLO" => drop(self.step(Step::Hello, "250-loopback\r\n250-8BITMIME\r\n250 SMTPUTF8", &mut out)?),
                "MAIL" => drop(self.step(Step::From, "250 sender ok", &mut out)?),
                "RCPT" => {
                    to = command.split(['<', '>']).nth(1)?.to_owned();
                    self.step(Step::To, "250 recipient ok", &mut out)?;
                }
                "DATA" => {
                    if self.step(Step::Data, "354 go on", &mut out)? {
                        self.data(&to, &mut reader, &mut out)?;
                    }
                }
                "QUIT" => return writeln!(out, "221 bye\r").ok(),
                _ => write!(out, "250 ok\r\n").ok()?,
            };
        }
    }

    fn data(&mut self, to: &str, reader: &mut BufReader<TcpStream>, out: &mut TcpStream) -> Option<()> {
        let mut half = vec![0; 512];
        reader.read_exact(&mut half).ok()?;
        match self.act(Step::Body) {
            Act::Go | Act::Say(_) => {}
            act => return self.misbehave(&act),
        }
        let mut mail = String::from_utf8_lossy(&half).into_owned();
        while !mail.ends_with("\r\n.\r\n") {
            if reader.read_line(&mut mail).ok()? == 0 {
                return None;
            }
        }
        match self.act(Step::End) {
            Act::Go => {}
            Act::Say(text) => return write!(out, "{text}\r\n").ok(),
            act => return self.misbehave(&act),
        }
        // Asked before it is counted: the script numbers the mails from the one at hand.
        let act = self.act(Step::Taken);
        self.mailbox.lock().unwrap().push((to.to_owned(), mail.replace("\r\n..", "\r\n.")));
        match act {
            Act::Go | Act::Say(_) => write!(out, "250 taken\r\n").ok(),
            act => self.misbehave(&act),
        }
    }

    /// Whether the dialogue goes on as it should; `None` where it is over.
    fn step(&mut self, step: Step, answer: &str, out: &mut TcpStream) -> Option<bool> {
        match self.act(step) {
            Act::Go => write!(out, "{answer}\r\n").ok().map(|()| true),
            Act::Say(text) => write!(out, "{text}\r\n").ok().map(|()| false),
            act => self.misbehave(&act).map(|()| false),
        }
    }

    fn act(&self, step: Step) -> Act {
        let count = self.mailbox.lock().unwrap().len();
        (self.script.lock().unwrap())(step, count)
    }

    fn misbehave(&self, act: &Act) -> Option<()> {
        match act {
            Act::Stall => std::thread::sleep(Duration::from_secs(4)),
            Act::Freeze => {
                let _ = self.tell.send(());
                std::thread::sleep(Duration::from_secs(60));
            }
            _ => {}
        }
        None
    }
}
