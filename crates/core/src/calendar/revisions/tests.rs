//! Numbers and times follow what calendars say.

use super::*;
use crate::calendar::publish::tests::programme;
use crate::calendar::{Calendars, Published, RegisterLine, Status};

/// What was published, run after run.
#[derive(Default)]
struct Desk {
    register: Register,
}

impl Desk {
    /// Publishes a programme of one session on a day; what it is called there stands in the keys of the session.
    fn publish(&mut self, group: &str, session: &str, day: &str) -> Published {
        self.publish_all(&programme(group, session).public(), day)
    }

    fn publish_all(&mut self, programme: &Public, day: &str) -> Published {
        let pages = Pages::new();
        let revisions = Revisions::new(programme, &self.register, day.parse().unwrap(), &pages);
        let published = Calendars::new(programme, &revisions, &pages).programme(Lang::Es);
        revisions.news().iter().cloned().for_each(|told| self.register.add(RegisterLine::Published(told)));
        published
    }
}

/// The number and the time of the one event.
fn state(published: &Published) -> (u32, String) {
    let [event] = &published.events[..] else { panic!("{:#?}", published.events) };
    assert_eq!(event.stamp, event.modified);
    assert!(event.created <= event.stamp);
    (event.sequence, event.stamp.format("%m-%d %H:%M:%S").to_string())
}

fn at(number: u32, time: &str) -> (u32, String) {
    (number, time.to_owned())
}

#[test]
fn a_number_rises_with_the_content_and_never_else() {
    let mut desk = Desk::default();
    let created = "created = 2027-01-04\n";
    assert_eq!(state(&desk.publish(created, "", "2027-01-05")), at(0, "01-04 00:00:00"), "the day that the files name");
    assert_eq!(state(&desk.publish(created, "", "2027-01-09")), at(0, "01-04 00:00:00"), "nothing changed");
    let moved = "date = 2027-03-08\n";
    assert_eq!(state(&desk.publish(created, moved, "2027-01-09")), at(1, "01-09 00:00:00"));
    assert_eq!(state(&desk.publish(created, moved, "2027-01-10")), at(1, "01-09 00:00:00"));
    // Twice in a day, and back again.
    assert_eq!(state(&desk.publish(created, "date = 2027-03-09\n", "2027-01-10")), at(2, "01-10 00:00:00"));
    assert_eq!(state(&desk.publish(created, moved, "2027-01-10")), at(3, "01-10 00:00:01"));
    // A clock that was set back.
    let cancelled = format!("{moved}status = 'cancelled'\n");
    let published = desk.publish(created, &cancelled, "2027-01-01");
    assert_eq!(state(&published), at(4, "01-10 00:00:02"));
    assert_eq!(published.events[0].status, Status::Cancelled);
}

#[test]
fn every_thing_that_a_calendar_says_counts() {
    let party = "[parties.p]\nname = { es = 'P', en = 'P' }\nmember = true\n";
    for (group, session, other_group, other_session) in [
        ("", "", "", "objective = { es = 'x', en = 'Objetivo' }\n"),
        ("", "", "", "place = { es = 'Sala 1', en = 'Room 1' }\n"),
        ("", "status = 'draft'\n", "", "status = 'tentative'\n"),
        ("", "", "short-name = { es = 'Otro', en = 'Other' }\n", ""),
        ("", "", "organizer = { party = 'p', email = 'p@example.org' }\n[parties.p]\nname = { es = 'P', en = 'P' }\n", ""),
        // The same in Spanish.
        ("", "place = { es = 'Sala 1', en = 'Room 1' }\n", "", "place = { es = 'Sala 1', en = 'Hall 1' }\n"),
        // A member's own clock, by which its calendar tells the agenda.
        (party, "", &format!("{party}country = 'PA'\n"), ""),
    ] {
        let mut desk = Desk::default();
        assert_eq!(state(&desk.publish(group, session, "2027-01-05")).0, 0);
        assert_eq!(state(&desk.publish(other_group, other_session, "2027-01-06")).0, 1, "{other_group}{other_session}");
    }
    // Who is not told by another clock changes nothing for the others.
    let mut desk = Desk::default();
    desk.publish(party, "", "2027-01-05");
    let more = format!("{party}[parties.q]\nname = {{ es = 'Q', en = 'Q' }}\ncountry = 'GT'\n");
    assert_eq!(state(&desk.publish(&more, "", "2027-01-06")).0, 0);
}

#[test]
fn two_who_changed_it_apart_agree_after_the_merge() {
    let mut first = Desk::default();
    first.publish("", "", "2027-01-05");
    let mut second = Desk { register: first.register.clone() };
    first.publish("", "date = 2027-03-08\n", "2027-01-06");
    second.publish("", "date = 2027-03-09\n", "2027-01-07");
    let mut merged = Desk { register: first.register.clone() };
    second.register.all().cloned().for_each(|told| merged.register.add(RegisterLine::Published(told)));
    // What the later one published stands; whatever else is published now is later than both.
    assert_eq!(state(&merged.publish("", "date = 2027-03-09\n", "2027-01-07")), at(1, "01-07 00:00:00"));
    assert_eq!(state(&merged.publish("", "date = 2027-03-08\n", "2027-01-07")), at(2, "01-07 00:00:01"));
}

#[test]
fn what_is_gone_stays_as_cancelled_for_a_month_and_is_told() {
    let mut desk = Desk::default();
    let mut programme = programme("", "").public();
    desk.publish_all(&programme, "2027-01-05");
    programme = {
        let mut bare = crate::calendar::publish::tests::programme("", "");
        bare.sessions.clear();
        bare.public()
    };
    let published = desk.publish_all(&programme, "2027-01-06");
    assert_eq!(state(&published), at(1, "01-06 00:00:00"));
    let event = &published.events[0];
    assert_eq!((event.status, event.summary.as_str()), (Status::Cancelled, "CANCELADA: Grupo: Sesión 1 – Una"));
    assert!(published.notes[0].es.contains("borre los renglones de `one` en `published.jsonl`"), "{:?}", published.notes);
    assert!(published.bytes().is_ok());
    assert_eq!(state(&desk.publish_all(&programme, "2027-03-20")), at(1, "01-06 00:00:00"));
    assert!(desk.publish_all(&programme, "2027-04-02").events.is_empty());
    // It comes back.
    assert_eq!(state(&desk.publish("", "date = 2027-05-03\n", "2027-04-03")), at(2, "04-03 00:00:00"));
}

#[test]
fn a_session_without_a_time_any_more_takes_its_old_one_back() {
    let mut desk = Desk::default();
    desk.publish("", "", "2027-01-05");
    let untimed = "\n[[slots]]\ntitle = { es = 'Marco', en = 'Framework' }\n";
    let published = desk.publish("", untimed, "2027-01-06");
    assert_eq!(state(&published), at(1, "01-06 00:00:00"));
    assert_eq!(published.events[0].summary, "FECHA POR CONFIRMAR: Grupo: Sesión 1 – Una");
    assert_eq!(published.events[0].status, Status::Cancelled);
}

#[test]
fn a_session_keeps_its_uid_whatever_is_called_otherwise() {
    let mut desk = Desk::default();
    let uid = |published: &Published| published.events.iter().map(|event| event.uid.clone()).collect::<Vec<_>>();
    let first = uid(&desk.publish("", "", "2027-01-05"));
    assert_eq!(first, ["one.published@g.example.org"]);
    let mut other = programme("", "");
    other.group.domain = "example.net".into();
    assert_eq!(uid(&desk.publish_all(&other.clone().public(), "2027-01-06")), first);
    // Called otherwise, and said so; then no more said so.
    let id = |text: &str| crate::diagnostics::At::new(text.to_owned(), crate::diagnostics::Span::default());
    other.sessions[0].formerly = Some(id("one"));
    other.sessions[0].id = id("opening");
    let renamed = desk.publish_all(&other.clone().public(), "2027-01-07");
    assert_eq!((uid(&renamed), renamed.events[0].sequence), (first.clone(), 0));
    other.sessions[0].formerly = None;
    assert_eq!(uid(&desk.publish_all(&other.public(), "2027-01-08")), first);
}

/// An item that somebody loses stays in their own calendar as cancelled, until it is theirs again or long over.
#[test]
fn an_item_that_changes_hands_stays_cancelled_in_the_calendar_of_whom_it_was() {
    const GROUP: &str = "[people.ana]\nname = 'Ana'\n[people.eva]\nname = 'Eva'\n";
    let slots = |first: &str, second: &str| {
        let slot = |start: &str, title: &str, who: &str| {
            format!(
                "\n[[slots]]\nstart = {start}\nminutes = 30\ntitle = {{ es = '{title}', en = '{title}' }}\nspeakers = ['{who}']\n"
            )
        };
        format!("{}{}", slot("10:00", "Marco", first), slot("10:30", "Cierre", second))
    };
    let mut register = Register::default();
    let mut own = |session: &str, day: &str, person: usize| {
        let programme = programme(GROUP, session).public();
        let pages = Pages::new();
        let revisions = Revisions::new(&programme, &register, day.parse().unwrap(), &pages);
        let calendars = Calendars::new(&programme, &revisions, &pages);
        let published = calendars.of(&Actor::Person(PersonId(person)), Lang::Es);
        assert!(calendars.programme(Lang::Es).events.iter().all(|event| !event.uid.contains("ana")), "nobody else sees it");
        assert!(published.events.is_empty() || published.bytes().is_ok());
        revisions.news().iter().cloned().for_each(|told| register.add(RegisterLine::Published(told)));
        let told = published.events.into_iter().map(|event| (event.uid, event.sequence, event.status, event.summary));
        told.collect::<Vec<_>>()
    };
    let item = |number: usize, sequence: u32, status, summary: &str| {
        (format!("one.ana.{number}.published@g.example.org"), sequence, status, summary.to_owned())
    };
    let (first, second) = ("Grupo: Marco (Sesión 1)", "Grupo: Cierre (Sesión 1)");
    let both = [item(1, 0, Status::Confirmed, first), item(2, 0, Status::Confirmed, second)];
    let confirmed = |slots: String| format!("status = 'confirmed'\n{slots}");
    assert_eq!(own(&confirmed(slots("ana", "ana")), "2027-01-05", 0), both);
    let lost = [item(1, 1, Status::Confirmed, first), item(2, 1, Status::Cancelled, "CANCELADO: Grupo: Cierre (Sesión 1)")];
    assert_eq!(own(&confirmed(slots("ana", "eva")), "2027-01-06", 0), lost);
    assert_eq!(own(&confirmed(slots("ana", "eva")), "2027-01-07", 0), lost, "and stays so");
    let none = own(&confirmed(slots("eva", "eva")), "2027-01-08", 0);
    assert!(none.iter().all(|(_, sequence, status, _)| (*sequence, *status) == (2, Status::Cancelled)) && none.len() == 2);
    assert_eq!(own(&confirmed(slots("eva", "eva")), "2027-04-08", 0), []);
    let again = own(&confirmed(slots("ana", "ana")), "2027-01-09", 0);
    assert_eq!(again, [item(1, 3, Status::Confirmed, first), item(2, 3, Status::Confirmed, second)]);
}
