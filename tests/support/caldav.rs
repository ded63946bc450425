//! A calendar on loopback at `/g/` that keeps what it is given and heeds conditions, or does as it is told instead.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use super::imap::{Act, behave};
use super::smtp::Stream;

/// A running server.
pub(crate) struct Caldav {
    pub url: String,
    /// By path: the ETag and what lies there.
    pub events: Events,
    /// First lines of what was asked, with the conditions.
    pub asked: Arc<Mutex<Vec<String>>>,
}

pub(crate) type Events = Arc<Mutex<BTreeMap<String, (String, String)>>>;

impl Caldav {
    /// One that does its work.
    pub(crate) fn new() -> Caldav {
        Caldav::start("NOTHING", Act::Drop)
    }

    /// At this method it acts so; `GREETING` is the beginning of every connection.
    pub(crate) fn start(at: &'static str, act: Act) -> Caldav {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/g/", listener.local_addr().unwrap());
        let (events, asked) = (Events::default(), Arc::<Mutex<Vec<String>>>::default());
        let shared = (events.clone(), asked.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (act, (events, asked)) = (act.clone(), shared.clone());
                std::thread::spawn(move || run(stream, at, &act, &events, &asked));
            }
        });
        Caldav { url, events, asked }
    }

    /// What lies there under a name, unfolded.
    pub(crate) fn event(&self, name: &str) -> Option<String> {
        let events = self.events.lock().unwrap();
        events.get(&format!("/g/{name}")).map(|(_, event)| event.replace("\r\n ", ""))
    }

    /// Somebody else changes what lies there.
    pub(crate) fn change(&self, name: &str, from: &str, to: &str) {
        let mut events = self.events.lock().unwrap();
        let (etag, event) = events.get_mut(&format!("/g/{name}")).unwrap();
        assert!(event.contains(from), "{event}");
        *event = event.replace(from, to);
        etag.insert(1, 'x');
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn run(tcp: TcpStream, at: &str, act: &Act, events: &Events, asked: &Mutex<Vec<String>>) -> Option<()> {
    let mut lines: BufReader<Box<dyn Stream>> = BufReader::new(Box::new(tcp));
    if at == "GREETING" {
        return behave(&mut lines, act, "");
    }
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).ok().filter(|read| *read > 0)?;
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_owned()),
        }
    }
    let header = |name: &str| head.iter().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
    let mut body = vec![0; header("Content-Length: ")?.parse().ok()?];
    lines.read_exact(&mut body).ok()?;
    let mut words = head[0].split(' ');
    let (method, path) = (words.next()?, words.next()?.replace("%40", "@"));
    let conditions = head.iter().filter(|line| line.starts_with("If-")).cloned().collect::<Vec<_>>().join(" ");
    asked.lock().unwrap().push(format!("{method} {path} {conditions}").trim_end().to_owned());
    if method == at {
        return behave(&mut lines, act, "");
    }
    let answer = answer(method, &path, &header, String::from_utf8(body).ok()?, events);
    lines.get_mut().write_all(answer.as_bytes()).ok()?;
    lines.get_mut().flush().ok()
}

fn answer(method: &str, path: &str, header: &dyn Fn(&str) -> Option<String>, body: String, events: &Events) -> String {
    let mut events = events.lock().unwrap();
    let known = events.get(path).cloned();
    let plain = |status: &str| format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
    let as_expected = match (header("If-None-Match: "), header("If-Match: ")) {
        (Some(_), _) => known.is_none(),
        (_, Some(etag)) => known.as_ref().is_some_and(|(own, _)| *own == etag),
        _ => true,
    };
    match method {
        _ if !as_expected => plain("412 Precondition Failed"),
        "PROPFIND" if path == "/g/" => {
            let list = listing(&events);
            format!("HTTP/1.1 207 Multi-Status\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{list}\r\n0\r\n\r\n", list.len())
        }
        "GET" => known.map_or(plain("404 Not Found"), |(_, event)| {
            format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{event}", event.len())
        }),
        "PUT" => {
            let etag = format!("\"{}\"", events.len() + body.len() + known.map_or(0, |(etag, _)| etag.len() * 1000));
            events.insert(path.to_owned(), (etag.clone(), body));
            format!("HTTP/1.1 201 Created\r\nETag: {etag}\r\nContent-Length: 0\r\n\r\n")
        }
        "DELETE" => {
            events.remove(path);
            plain("204 No Content")
        }
        _ => plain("404 Not Found"),
    }
}

/// What lies in the calendar, as servers say it.
pub(crate) fn listing(events: &BTreeMap<String, (String, String)>) -> String {
    let response = |href: &str, said: &str| {
        format!("<d:response><d:href>{href}</d:href><d:propstat><d:prop>{said}</d:prop></d:propstat></d:response>")
    };
    let calendar = response("/g/", "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>");
    let each =
        events.iter().map(|(path, (etag, _))| response(&path.replace('@', "%40"), &format!("<d:getetag>{etag}</d:getetag>")));
    format!(
        "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\">{calendar}{}</d:multistatus>",
        each.collect::<String>()
    )
}
