//! What was published, and what was put on calendar servers: a line each time that something changed, in
//! `published.jsonl` beside the sessions. The numbers by which calendars tell an old event from a new one come from it.
//!
//! Lines are only added, and their order says nothing that another line does not: git may merge them by union.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::locale::{Lang, Text};
use crate::text;

/// The file, in the folder of the programme.
pub const FILE: &str = "published.jsonl";

/// A line of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum RegisterLine {
    /// Calendars say this of a session from here on.
    Published(Told),
    /// It was put on a calendar server.
    Put(Put),
    /// It was taken from a calendar server.
    Taken(Put),
    /// Of a kind that this version does not know.
    #[serde(other)]
    Unknown,
}

/// What calendars were told of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its id.
    pub session: String,
    /// In whose own calendar alone it stands, by their id: an item of the session that is theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    pub uid: String,
    pub sequence: u32,
    /// DTSTAMP and LAST-MODIFIED.
    pub stamp: DateTime<Utc>,
    /// Stands for all that was said ([`Revisions`](super::Revisions)).
    pub content: String,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    /// The IANA zone by whose clock it is held.
    pub zone: String,
    pub summary: EventSummary,
}

/// The line by which calendars show a session, in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSummary {
    pub es: String,
    pub en: String,
}

impl EventSummary {
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Es => &self.es,
            Lang::En => &self.en,
        }
    }
}

/// An event on a calendar server (CalDAV, RFC 4791).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Put {
    /// Its own address there.
    pub address: String,
    pub uid: String,
    /// By which the server tells this state of it from any other (RFC 9110 §8.8.3).
    pub etag: String,
    /// Stands for the bytes that were put.
    pub content: String,
    pub at: DateTime<Utc>,
}

/// All lines together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    /// The newest of each session, by its id.
    told: BTreeMap<String, Told>,
    /// The newest of each item of somebody, by its UID.
    items: BTreeMap<String, Told>,
    /// When each was published first.
    first: BTreeMap<String, DateTime<Utc>>,
    /// By address, with whether it was taken away; the newest last.
    put: BTreeMap<String, Vec<(Put, bool)>>,
}

/// A line that cannot be read: which, and why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged {
    pub line: usize,
    pub why: Text,
}

impl Register {
    /// The lines of the file. A last line that was cut short counts for nothing: what it said is written again.
    ///
    /// ```
    /// use convoca_core::calendar::{Register, FILE};
    /// assert_eq!(FILE, "published.jsonl");
    /// let line = r#"{"kind":"published","session":"one","uid":"one.published@g.example.org","sequence":3,
    ///   "stamp":"2027-01-04T00:00:00Z","content":"ab","start":"2027-03-01T16:00:00Z","end":"2027-03-01T17:00:00Z",
    ///   "zone":"America/Guatemala","summary":{"es":"Una","en":"One"}}"#.replace('\n', "");
    /// let register = Register::read(&format!("{line}\n{{\"kind\":\"pub")).unwrap();
    /// assert_eq!(register.last("one").unwrap().sequence, 3);
    /// assert_eq!(Register::read("hello\n").unwrap_err().line, 1);
    /// ```
    ///
    /// # Errors
    /// Another line that is none.
    pub fn read(text: &str) -> Result<Register, Damaged> {
        let mut register = Register::default();
        let is_ended = text.ends_with('\n');
        let count = text.lines().count();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() {
                continue;
            }
            match serde_json::from_str(line) {
                Ok(entry) => register.add(entry),
                Err(_) if number == count && !is_ended => {}
                Err(error) => return Err(Damaged { line: number, why: why(line, &error) }),
            }
        }
        Ok(register)
    }

    pub fn add(&mut self, entry: RegisterLine) {
        match entry {
            RegisterLine::Published(told) if told.who.is_some() => newest(&mut self.items, told.uid.clone(), told),
            RegisterLine::Published(told) => {
                let first = self.first.entry(told.session.clone()).or_insert(told.stamp);
                *first = told.stamp.min(*first);
                newest(&mut self.told, told.session.clone(), told);
            }
            RegisterLine::Put(put) => self.place(put, false),
            RegisterLine::Taken(put) => self.place(put, true),
            RegisterLine::Unknown => {}
        }
    }

    fn place(&mut self, put: Put, taken: bool) {
        let of = self.put.entry(put.address.clone()).or_default();
        let order = |put: &Put, taken: bool| (put.at, taken, put.etag.clone());
        let at = of.partition_point(|(other, gone)| order(other, *gone) <= order(&put, taken));
        of.insert(at, (put, taken));
    }

    /// What calendars were told of a session last.
    pub fn last(&self, session: &str) -> Option<&Told> {
        self.told.get(session)
    }

    /// The same of every session that was ever published.
    pub fn all(&self) -> impl Iterator<Item = &Told> {
        self.told.values()
    }

    /// The same of every item in somebody's own calendar.
    pub fn items(&self) -> impl Iterator<Item = &Told> {
        self.items.values()
    }

    /// Of one of them, by its UID.
    pub fn item(&self, uid: &str) -> Option<&Told> {
        self.items.get(uid)
    }

    /// When calendars were told of it first.
    pub fn first(&self, session: &str) -> Option<DateTime<Utc>> {
        self.first.get(session).copied()
    }

    /// The event that was put at an address and is as a server says it is there now: then nobody changed it since.
    pub fn put(&self, address: &str, etag: &str) -> Option<&Put> {
        let mut of = self.put.get(address)?.iter().rev();
        of.find(|(put, taken)| !taken && put.etag == etag).map(|(put, _)| put)
    }

    /// Whether an event was put at an address and not taken from there since.
    pub fn holds(&self, address: &str) -> bool {
        self.put.get(address).and_then(|of| of.last()).is_some_and(|(_, taken)| !taken)
    }

    /// The addresses below one at which events were put, each with its UID.
    pub fn below<'a>(&'a self, collection: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let of = self.put.iter().filter(move |(address, _)| address.starts_with(collection));
        of.filter_map(|(address, of)| Some((address.as_str(), of.last()?.0.uid.as_str())))
    }
}

impl RegisterLine {
    /// As a line of the file, with its end.
    pub fn line(&self) -> String {
        // Strings, numbers and times: none of them fails.
        serde_json::to_string(self).map(|line| line + "\n").unwrap_or_default()
    }
}

fn newest(of: &mut BTreeMap<String, Told>, key: String, told: Told) {
    let order = |told: &Told| (told.sequence, told.stamp, told.content.clone());
    match of.get(&key) {
        Some(known) if order(known) >= order(&told) => {}
        _ => drop(of.insert(key, told)),
    }
}

fn why(line: &str, error: &serde_json::Error) -> Text {
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
        return Text::fixed(
            "git left a mark of two versions there; keep the lines of both, and delete the mark",
            "git dejó ahí la marca de dos versiones; conserve los renglones de ambas y borre la marca",
        );
    }
    let column = error.column();
    text!("it is not as convoca wrote it, at letter {column}", "no está como lo escribió convoca, en la letra {column}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(session: &str, sequence: u32, content: &str) -> RegisterLine {
        let at = |text: &str| text.parse().unwrap();
        RegisterLine::Published(Told {
            session: session.into(),
            who: None,
            uid: format!("{session}.published@g.example.org"),
            sequence,
            stamp: at("2027-01-04T00:00:00Z"),
            content: content.into(),
            start: at("2027-03-01T16:00:00Z"),
            end: at("2027-03-01T17:00:00Z"),
            zone: "America/Guatemala".into(),
            summary: EventSummary { es: "Una".into(), en: "One".into() },
        })
    }

    #[test]
    fn whatever_the_order_of_the_lines_they_say_the_same() {
        let lines: Vec<String> =
            [told("a", 0, "x"), told("a", 2, "z"), told("a", 2, "y"), told("b", 1, "x")].iter().map(RegisterLine::line).collect();
        let forwards = Register::read(&lines.concat()).unwrap();
        let backwards = Register::read(&lines.iter().rev().cloned().collect::<String>()).unwrap();
        assert_eq!(forwards, backwards);
        assert_eq!((forwards.last("a").unwrap().sequence, forwards.last("a").unwrap().content.as_str()), (2, "z"));
    }

    #[test]
    fn later_kinds_are_passed_over_and_marks_of_git_are_told() {
        assert_eq!(Register::read("{\"kind\":\"painted\",\"how\":1}\n\n").unwrap(), Register::default());
        let marked = Register::read(&format!("{}<<<<<<< HEAD\n", told("a", 0, "x").line())).unwrap_err();
        assert!(marked.line == 2 && marked.why.es.contains("borre la marca"), "{marked:?}");
    }

    #[test]
    fn an_event_on_a_server_is_ours_as_long_as_its_state_is_known() {
        let put = |etag: &str, at: &str| Put {
            address: "https://c.example.org/g/one.ics".into(),
            uid: "one".into(),
            etag: etag.into(),
            content: etag.into(),
            at: at.parse().unwrap(),
        };
        let mut register = Register::default();
        register.add(RegisterLine::Put(put("2", "2027-01-05T00:00:00Z")));
        register.add(RegisterLine::Put(put("1", "2027-01-04T00:00:00Z")));
        let address = "https://c.example.org/g/one.ics";
        assert!(register.put(address, "1").is_some() && register.put(address, "3").is_none() && register.holds(address));
        register.add(RegisterLine::Taken(put("2", "2027-01-06T00:00:00Z")));
        assert!(!register.holds(address));
        assert_eq!(register.below("https://c.example.org/g/").collect::<Vec<_>>(), [(address, "one")]);
    }
}
