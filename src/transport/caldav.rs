//! A calendar on a server (CalDAV, RFC 4791): what is in it, an event put into it, an event taken from it. Each of these
//! says which state it means to replace, so that nobody's change is lost.

use std::collections::BTreeMap;

use roxmltree::{Document, Node, ParsingOptions};

use super::http::{HttpAnswer, HttpRequest, exchange};
use super::said::shown;
use super::server::{Obstacle, Server, Unusable};
use super::socket::Socket;
use super::{Tls, Url};
use crate::locale::Text;
use crate::text;

/// Things in an answer of the server: some for each of thousands of events.
const MOST_NODES: u32 = 200_000;

const LOOK: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
    <propfind xmlns=\"DAV:\"><prop><resourcetype/><getetag/></prop></propfind>";

/// A calendar, and how to come to it.
#[derive(Clone, Debug)]
pub struct Collection {
    /// Its own address; ends in `/`.
    pub url: Url,
    pub server: Server,
}

/// Which state of an event is to be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected<'a> {
    Nothing,
    /// The one of this ETag.
    State(&'a str),
}

/// What became of a wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// The state that there is now, where the server says it.
    Done(Option<String>),
    /// Another state is there: nothing was changed.
    Conflict,
    /// The server does not want it, in its words.
    Refused(Text),
}

impl Collection {
    /// What lies in it: names with their ETags.
    ///
    /// # Errors
    /// Where it is no calendar, or where the server cannot be used.
    pub fn look(&self) -> Result<BTreeMap<String, String>, Unusable> {
        let headers = vec![("Depth", "1".to_owned()), ("Content-Type", "application/xml; charset=utf-8".to_owned())];
        let answer = self.ask("PROPFIND", &self.url, headers, LOOK.as_bytes())?;
        if answer.status != 207 {
            return Err(untoward(&answer));
        }
        listed(&answer.body, &self.url)
    }

    /// Puts an event in the place of the state that is expected there.
    ///
    /// # Errors
    /// Where the server cannot be used. Then it is not known whether the event is there.
    pub fn put(&self, name: &str, calendar: &[u8], expected: Expected<'_>) -> Result<Done, Unusable> {
        let url = self.url.join(name);
        let headers = vec![condition(expected), ("Content-Type", "text/calendar; charset=utf-8".to_owned())];
        let answer = self.ask("PUT", &url, headers, calendar)?;
        if !answer.is_success() {
            return not_done(&answer);
        }
        // A server that stores other bytes than it was given does not say their state (RFC 4791 §5.3.4): it is asked.
        match answer.header("etag") {
            Some(etag) => Ok(Done::Done(Some(etag.to_owned()))),
            None => Ok(Done::Done(self.state(name)?)),
        }
    }

    /// Takes away the state that is expected.
    ///
    /// # Errors
    /// As [`Collection::put`].
    pub fn delete(&self, name: &str, expected: &str) -> Result<Done, Unusable> {
        let answer = self.ask("DELETE", &self.url.join(name), vec![condition(Expected::State(expected))], b"")?;
        match answer.status {
            404 | 410 => Ok(Done::Done(None)),
            _ if answer.is_success() => Ok(Done::Done(None)),
            _ => not_done(&answer),
        }
    }

    /// The event of a name, as it lies there; nothing where there is none.
    ///
    /// # Errors
    /// Where the server cannot be used, or does not give it.
    pub fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Unusable> {
        let answer = self.ask("GET", &self.url.join(name), Vec::new(), b"")?;
        match answer.status {
            200 => Ok(Some(answer.body)),
            404 | 410 => Ok(None),
            _ => Err(untoward(&answer)),
        }
    }

    fn state(&self, name: &str) -> Result<Option<String>, Unusable> {
        let url = self.url.join(name);
        let headers = vec![("Depth", "0".to_owned()), ("Content-Type", "application/xml; charset=utf-8".to_owned())];
        let answer = self.ask("PROPFIND", &url, headers, LOOK.as_bytes())?;
        if answer.status != 207 {
            return Ok(None);
        }
        Ok(responses(&answer.body)?.into_iter().find_map(|response| response.etag))
    }

    fn ask(
        &self,
        method: &'static str,
        url: &Url,
        headers: Vec<(&'static str, String)>,
        body: &[u8],
    ) -> Result<HttpAnswer, Unusable> {
        let host = url.authority();
        let request = HttpRequest { method, target: &url.path, host: &host, headers, body };
        let mut socket = Socket::connect(&self.server)?;
        let answer = exchange(&mut socket, &request, self.server.login.as_ref())?;
        match answer.status {
            401 => {
                let offered = answer.header("www-authenticate").unwrap_or_default().to_ascii_lowercase();
                let is_offered = offered.is_empty() || ["basic", "bearer"].iter().any(|scheme| offered.contains(scheme));
                let obstacle = if is_offered { Obstacle::Refused } else { Obstacle::NotOffered };
                Err(Unusable::told(obstacle, &told(&answer)))
            }
            301 | 302 | 303 | 307 | 308 => Err(moved(&answer)),
            _ => Ok(answer),
        }
    }
}

impl Url {
    /// The server of an address; `None` where it would be asked in clear over the network.
    pub fn server(&self, timeout: std::time::Duration) -> Option<Server> {
        let tls = match self.is_encrypted {
            true => Tls::Wrapped,
            false if self.is_here() => Tls::None,
            false => return None,
        };
        Some(Server { host: self.host.clone(), port: self.port, tls, login: None, certificate: None, timeout })
    }
}

fn condition(expected: Expected<'_>) -> (&'static str, String) {
    match expected {
        Expected::Nothing => ("If-None-Match", "*".to_owned()),
        Expected::State(etag) => ("If-Match", etag.to_owned()),
    }
}

fn not_done(answer: &HttpAnswer) -> Result<Done, Unusable> {
    match answer.status {
        412 => Ok(Done::Conflict),
        // One event does not fit, or is not allowed: the others may.
        400..=499 => Ok(Done::Refused(Text::same(told(answer)))),
        _ => Err(untoward(answer)),
    }
}

/// "403 Forbidden", with what the server says of it where that is a word of its protocol.
fn told(answer: &HttpAnswer) -> String {
    let said = format!("{} {}", answer.status, answer.reason);
    let text = String::from_utf8_lossy(&answer.body);
    let why = parsed(&text).ok().and_then(|xml| {
        let error = xml.root_element();
        let first = error.children().find(Node::is_element).filter(|_| error.tag_name().name() == "error")?;
        Some(first.tag_name().name().to_owned())
    });
    shown(&why.map_or(said.clone(), |why| format!("{said}, {why}")))
}

fn untoward(answer: &HttpAnswer) -> Unusable {
    match answer.status {
        403 => Unusable::told(Obstacle::Refused, &told(answer)),
        404 | 405 | 410 => no_calendar(Some(&told(answer))),
        _ => Unusable::told(Obstacle::Other, &told(answer)),
    }
}

fn moved(answer: &HttpAnswer) -> Unusable {
    let to = shown(answer.header("location").unwrap_or_default());
    let said = text!(
        "it says that the calendar is at another address ({to}); give that one, if it is of the same server",
        "dice que el calendario está en otra dirección ({to}); indique esa, si es del mismo servidor"
    );
    Unusable { obstacle: Obstacle::Other, said, certificate: None }
}

/// At this address there is none.
fn no_calendar(said: Option<&str>) -> Unusable {
    let said = said.map_or_else(String::new, |said| format!(" ({said})"));
    let said = text!("there is no calendar at this address{said}", "en esta dirección no hay un calendario{said}");
    Unusable { obstacle: Obstacle::NoCalendar, said, certificate: None }
}

fn parsed(text: &str) -> Result<Document<'_>, roxmltree::Error> {
    Document::parse_with_options(text, ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() })
}

/// What is said of one thing in an answer (RFC 4918 §14.24).
struct Response {
    href: String,
    etag: Option<String>,
    is_calendar: bool,
}

fn responses(body: &[u8]) -> Result<Vec<Response>, Unusable> {
    const DAV: &str = "DAV:";
    let foreign = || Unusable::no_http(&body[..body.len().min(100)]);
    let text = std::str::from_utf8(body).map_err(|_| foreign())?;
    let xml = parsed(text).map_err(|_| foreign())?;
    let named = |name: &'static str| move |node: &Node<'_, '_>| node.has_tag_name((DAV, name));
    if !named("multistatus")(&xml.root_element()) {
        return Err(foreign());
    }
    let of = |response: Node<'_, '_>| {
        let text =
            |name| response.descendants().find(named(name)).and_then(|node| node.text()).map(|text| text.trim().to_owned());
        Some(Response {
            href: text("href")?,
            etag: text("getetag").filter(|etag| !etag.is_empty()),
            is_calendar: response.descendants().any(|node| node.has_tag_name(("urn:ietf:params:xml:ns:caldav", "calendar"))),
        })
    };
    Ok(xml.root_element().children().filter(named("response")).filter_map(of).collect())
}

/// The names of what lies in a calendar.
fn listed(body: &[u8], url: &Url) -> Result<BTreeMap<String, String>, Unusable> {
    let responses = responses(body)?;
    let own = decoded(&url.path);
    let own = own.trim_end_matches('/');
    let path = |response: &Response| {
        let href = &response.href;
        // Some servers give whole addresses.
        let path = Url::of(href).map_or_else(|| href.clone(), |url| url.path);
        decoded(&path)
    };
    if !responses.iter().any(|response| response.is_calendar && path(response).trim_end_matches('/') == own) {
        return Err(no_calendar(None));
    }
    let name = |response: Response| {
        let path = path(&response);
        let name = path.strip_prefix(own)?.strip_prefix('/')?.to_owned();
        (!name.is_empty() && !name.contains('/')).then_some((name, response.etag?))
    };
    Ok(responses.into_iter().filter_map(name).collect())
}

/// Without the `%` of addresses; what is no UTF-8 is no name of ours.
fn decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = path.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (bytes[at], code) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTING: &str = r#"<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
      <d:response><d:href>/dav/ana/g%C3%B3/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/><c:calendar/></d:resourcetype></d:prop></d:propstat></d:response>
      <d:response><d:href>/dav/ana/g%C3%B3/one.published%40g.example.org.ics</d:href><d:propstat><d:prop><d:getetag>"1"</d:getetag></d:prop></d:propstat></d:response>
      <d:response><d:href>https://c.example.org/dav/ana/g%C3%B3/two.ics</d:href><d:propstat><d:prop><d:getetag>"2"</d:getetag></d:prop></d:propstat></d:response>
      <d:response><d:href>/dav/ana/other/three.ics</d:href><d:propstat><d:prop><d:getetag>"3"</d:getetag></d:prop></d:propstat></d:response>
    </d:multistatus>"#;

    #[test]
    fn what_lies_in_a_calendar_is_known_by_its_name() {
        let url = Url::of("https://c.example.org/dav/ana/g%C3%B3/").unwrap();
        let names = listed(LISTING.as_bytes(), &url).unwrap();
        let expected = [("one.published@g.example.org.ics", "\"1\""), ("two.ics", "\"2\"")];
        assert_eq!(names.iter().map(|(name, etag)| (name.as_str(), etag.as_str())).collect::<Vec<_>>(), expected);
        let other = Url::of("https://c.example.org/dav/ana/").unwrap();
        assert_eq!(listed(LISTING.as_bytes(), &other).unwrap_err().obstacle, Obstacle::NoCalendar);
    }

    #[test]
    fn what_is_no_listing_is_told() {
        let url = Url::of("https://c.example.org/g/").unwrap();
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>";
        for body in ["", "<html></html>", "<multistatus/>", bomb, "\u{0}"] {
            assert!(listed(body.as_bytes(), &url).unwrap_err().said.en.contains("does not answer as web servers do"), "{body}");
        }
        let many = format!("<multistatus xmlns=\"DAV:\">{}</multistatus>", "<response/>".repeat(MOST_NODES as usize));
        assert!(listed(many.as_bytes(), &url).is_err());
    }

    #[test]
    fn in_clear_only_on_this_machine() {
        let server =
            |url: &str| Url::of(url).unwrap().server(std::time::Duration::from_secs(1)).map(|server| (server.tls, server.port));
        assert_eq!(server("https://c.example.org/"), Some((Tls::Wrapped, 443)));
        assert_eq!(server("http://127.0.0.1:5232/g/"), Some((Tls::None, 5232)));
        assert_eq!(server("http://c.example.org/"), None);
    }
}
