//! Requests over HTTP/1.1 (RFC 9112), a connection for each: nobody wonders to which question an answer belongs.
//! Nothing is followed and nothing asked again by itself.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::said::{read, shown};
use super::server::{Auth, Login, Obstacle, Unusable};
use super::wire::{Heard, Wire};
use crate::text;

/// Octets of a line of the head: a line of a proxy may be long.
const LONGEST_LINE: usize = 16 * 1024;
/// Lines of the head.
const MOST_LINES: usize = 200;
/// Octets of a body: a listing of thousands of events.
const LARGEST: usize = 8 * 1024 * 1024;
/// "100 Continue" and its like, before the answer itself (RFC 9110 §15.2).
const MOST_INTERIM: usize = 10;

/// What is asked of a server. Nothing in it may hold a line end: addresses are made by [`Url`](super::Url).
#[derive(Clone, Debug)]
pub struct HttpRequest<'a> {
    pub method: &'static str,
    /// Path and query.
    pub target: &'a str,
    /// The host with its port, as the address names it.
    pub host: &'a str,
    pub headers: Vec<(&'static str, String)>,
    pub body: &'a [u8],
}

/// What it answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpAnswer {
    pub status: u16,
    /// What the server calls the status.
    pub reason: String,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl HttpAnswer {
    /// A header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Says a request and hears the answer, of which nothing is longer than it may be.
///
/// # Errors
/// Where the connection is broken, the answer is not in time, or is none of HTTP.
pub fn exchange(wire: &mut impl Wire, request: &HttpRequest<'_>, login: Option<&Login>) -> Result<HttpAnswer, Unusable> {
    wire.say(&octets(request, login)?)?;
    // What is put takes its time on a slow line, and so does the answer to it.
    wire.allow(request.body.len());
    let mut heard = Heard::default();
    for _ in 0..=MOST_INTERIM {
        let mut answer = head(wire, &mut heard)?;
        if answer.status >= 200 {
            let is_empty = matches!(answer.status, 204 | 304);
            answer.body = if is_empty { Vec::new() } else { body(wire, &mut heard, &answer)? };
            return Ok(answer);
        }
    }
    Err(Unusable::endless())
}

fn octets(request: &HttpRequest<'_>, login: Option<&Login>) -> Result<Vec<u8>, Unusable> {
    let HttpRequest { method, target, host, headers, body } = request;
    let mut head = format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nUser-Agent: convoca\r\n");
    let credentials = login.map(|login| ("Authorization", authorization(login)));
    for (name, value) in headers.iter().cloned().chain(credentials) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    // Each line has its own end and no other: what somebody typed ends none.
    let lines = 5 + headers.len() + usize::from(login.is_some()) + 1;
    if head.matches('\n').count() != lines || head.replace("\r\n", "").contains(char::is_control) {
        let what = text!("it cannot be asked in these words", "no se le puede preguntar con estas palabras");
        return Err(Unusable { obstacle: Obstacle::Other, said: what, certificate: None });
    }
    Ok([head.as_bytes(), body].concat())
}

/// A password (RFC 7617) or a token (RFC 6750 §2.1).
fn authorization(login: &Login) -> String {
    match login.auth {
        Auth::Password => format!("Basic {}", STANDARD.encode(format!("{}:{}", login.user, login.secret))),
        Auth::Token => format!("Bearer {}", login.secret),
    }
}

fn head(wire: &mut impl Wire, heard: &mut Heard) -> Result<HttpAnswer, Unusable> {
    let first = line(wire, heard)?;
    let foreign = || Unusable::no_http(&first);
    let text = read(&first);
    let rest = text.strip_prefix("HTTP/1.").and_then(|rest| rest.get(1..)?.strip_prefix(' ')).ok_or_else(foreign)?;
    let (status, reason) = rest.split_once(' ').unwrap_or((rest, ""));
    let status = status.parse().ok().filter(|status| (100..600).contains(status)).ok_or_else(foreign)?;
    let mut answer = HttpAnswer { status, reason: shown(reason), ..HttpAnswer::default() };
    for _ in 0..MOST_LINES {
        let line = line(wire, heard)?;
        if line.is_empty() {
            return Ok(answer);
        }
        let text = read(&line);
        let (name, value) = text.split_once(':').ok_or_else(|| Unusable::no_http(&line))?;
        answer.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    Err(Unusable::endless())
}

/// By its length, in pieces, or up to the end of the connection (RFC 9112 §6.3).
fn body(wire: &mut impl Wire, heard: &mut Heard, answer: &HttpAnswer) -> Result<Vec<u8>, Unusable> {
    if answer.header("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        return pieces(wire, heard);
    }
    if answer.header("transfer-encoding").is_some() {
        return Err(Unusable::no_http(b"transfer-encoding"));
    }
    match answer.header("content-length") {
        Some(length) => {
            let length = length.parse().map_err(|_| Unusable::no_http(length.as_bytes()))?;
            let mut body = Vec::new();
            take(wire, heard, length, &mut body)?;
            Ok(body)
        }
        None => to_the_end(wire, heard),
    }
}

fn pieces(wire: &mut impl Wire, heard: &mut Heard) -> Result<Vec<u8>, Unusable> {
    let mut body = Vec::new();
    loop {
        let line = line(wire, heard)?;
        let text = read(&line);
        let size = text.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(|_| Unusable::no_http(&line))?;
        if size == 0 {
            // What may follow says nothing that is asked for.
            return Ok(body);
        }
        take(wire, heard, size, &mut body)?;
        if !self::line(wire, heard)?.is_empty() {
            return Err(Unusable::no_http(&line));
        }
    }
}

fn to_the_end(wire: &mut impl Wire, heard: &mut Heard) -> Result<Vec<u8>, Unusable> {
    let mut body = Vec::new();
    loop {
        body.extend(heard.take(LARGEST));
        if body.len() > LARGEST {
            return Err(Unusable::endless());
        }
        match wire.hear(heard.end()) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(body),
            Err(error) => return Err(error.into()),
        }
    }
}

/// So many octets more.
fn take(wire: &mut impl Wire, heard: &mut Heard, count: usize, body: &mut Vec<u8>) -> Result<(), Unusable> {
    let until = body.len().checked_add(count).filter(|until| *until <= LARGEST).ok_or_else(Unusable::endless)?;
    wire.allow(count);
    while body.len() < until {
        if heard.is_empty() {
            wire.hear(heard.end())?;
        }
        body.extend(heard.take(until - body.len()));
    }
    Ok(())
}

fn line(wire: &mut impl Wire, heard: &mut Heard) -> Result<Vec<u8>, Unusable> {
    loop {
        if let Some(line) = heard.line(LONGEST_LINE)? {
            return Ok(line);
        }
        wire.hear(heard.end())?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::wire::Tape;

    fn asked(body: &[u8]) -> HttpRequest<'_> {
        HttpRequest {
            method: "PUT",
            target: "/g/a.ics",
            host: "c.example.org",
            headers: vec![("If-None-Match", "*".into())],
            body,
        }
    }

    fn answered(answer: &[u8]) -> Result<HttpAnswer, Unusable> {
        exchange(&mut Tape::new([b"", answer]), &asked(b"x"), None)
    }

    #[test]
    fn a_request_is_said_as_it_is_meant() {
        let mut tape = Tape::new(["", "HTTP/1.1 201 Created\r\nETag: \"1\"\r\nContent-Length: 0\r\n\r\n"]);
        let login = Login { user: "ana".into(), auth: Auth::Password, secret: "ñ".into() };
        let answer = exchange(&mut tape, &asked(b"BEGIN"), Some(&login)).unwrap();
        assert_eq!((answer.status, answer.header("etag")), (201, Some("\"1\"")));
        assert_eq!(
            String::from_utf8(tape.said).unwrap(),
            "PUT /g/a.ics HTTP/1.1\r\nHost: c.example.org\r\nConnection: close\r\nUser-Agent: convoca\r\nIf-None-Match: *\r\n\
             Authorization: Basic YW5hOsOx\r\nContent-Length: 5\r\n\r\nBEGIN"
        );
        let token = Login { user: "ana".into(), auth: Auth::Token, secret: "a\r\nX: y".into() };
        assert!(exchange(&mut Tape::new([""]), &asked(b""), Some(&token)).is_err(), "nobody adds a line");
    }

    #[test]
    fn bodies_end_where_they_end() {
        let body =
            |answer: &[u8]| answered(answer).map(|answer| String::from_utf8(answer.body).unwrap()).map_err(|no| no.said.en);
        assert_eq!(body(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef").as_deref(), Ok("abc"));
        assert_eq!(body(b"HTTP/1.0 200\r\n\r\nabc").as_deref(), Ok("abc"));
        assert_eq!(
            body(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").as_deref(),
            Ok("abcde")
        );
        assert_eq!(body(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n").as_deref(), Ok(""));
        assert!(body(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc").is_err());
    }

    #[test]
    fn what_is_no_answer_or_has_no_end_is_told() {
        let said = |answer: &[u8]| answered(answer).unwrap_err().said.en.into_owned();
        for foreign in [
            &b"220 mail.example.org ESMTP\r\n"[..],
            b"HTTP/1.1 99 x\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            b"HTTP/2 200\r\n\r\n",
        ] {
            assert!(said(foreign).contains("does not answer as web servers do"), "{}", said(foreign));
        }
        let lines = [b"HTTP/1.1 200 OK\r\n".to_vec(), b"X: y\r\n".repeat(300)].concat();
        let endless = "its answer does not end";
        assert_eq!(said(&lines), endless);
        assert_eq!(said(&[b"HTTP/1.1 200 ".to_vec(), vec![b'x'; 40_000]].concat()), endless);
        assert_eq!(said(&b"HTTP/1.1 100 Continue\r\n\r\n".repeat(20)), endless);
        assert_eq!(said(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"), endless);
    }
}
