//! What raises SEQUENCE, who is reminded, and what the plan's id depends on.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::value::to_raw_value;

use super::*;
use crate::calendar::Method;
use crate::diagnostics::Sources;
use crate::ledger::Disk;
use crate::ledger::{Answer, Entry, Ledger, Reply, Sending, ServerAnswer};
use crate::model::Programme;

const GROUP: &str = r#"
id = "g"
domain = "example.org"
time-zone = "America/Guatemala"
name = { es = "Grupo", en = "Group" }
organizer = { party = "secretariat", email = "secretaria@example.org" }
parties.secretariat = { name = { es = "S", en = "S" } }
parties.upala = { name = { es = "Upala", en = "Upala" }, member = true, email = "upala@example.org" }
parties.panama = { name = { es = "Panamá", en = "Panama" }, member = true, email = "panama@example.org" }
"#;

const SESSION: &str = "id = 'one'\nnumber = 1\ndate = 2027-03-02\nstatus = 'confirmed'\nmoderator = 'upala'\n\
                       title = { es = 'Una', en = 'One' }\nobjective = { es = 'Oír', en = 'To hear' }\n\
                       [[slots]]\nstart = 10:00\nminutes = 30\ntitle = { es = 'Marco', en = 'Framework' }\nspeakers = ['upala']\n";

fn programme(group: &str, session: &str) -> Programme {
    let mut sources = Sources::default();
    sources.add("group.toml", group);
    sources.add("1.toml", session);
    crate::check(&sources, NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()).programme.unwrap()
}

fn at(days: i64) -> DateTime<Utc> {
    "2027-02-01T12:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::days(days)
}

fn wish(days: i64) -> Wish {
    Wish::at(at(days))
}

/// A ledger in which everything was sent that the plan held.
fn sent(ledger: &mut Ledger<Disk>, programme: &Programme, wish: &Wish) -> Plan {
    let plan = plan(programme, ledger.history(), wish);
    for (_, _, letter) in plan.letters() {
        let content = to_raw_value(&letter.content).unwrap();
        let message = letter.message.clone();
        let sending = Sending { message: message.clone(), reason: letter.reason.clone(), content };
        ledger.append(wish.now, Entry::Sending(Box::new(sending))).unwrap();
        ledger.append(wish.now, Entry::Sent(Box::new(ServerAnswer { message, said: String::new() }))).unwrap();
    }
    plan
}

fn ledger() -> Ledger<Disk> {
    Ledger::new(Disk::holding("")).unwrap()
}

/// For each recipient: action, reasons and SEQUENCE after a change to the session.
fn after(group: &str, session: &str) -> Vec<(String, Action, Vec<&'static str>, Option<u32>)> {
    let mut ledger = ledger();
    sent(&mut ledger, &programme(GROUP, SESSION), &wish(0));
    let plan = plan(&programme(group, session), ledger.history(), &wish(1));
    let items = plan.sessions.iter().flat_map(|session| &session.items);
    items
        .map(|item| {
            let why = item.why.iter().map(Why::id).collect();
            (item.who.clone(), item.action, why, item.letter.as_ref().map(|letter| letter.message.sequence))
        })
        .collect()
}

fn changed(from: &str, to: &str) -> Vec<(String, Action, Vec<&'static str>, Option<u32>)> {
    assert!(SESSION.contains(from));
    after(GROUP, &SESSION.replace(from, to))
}

#[test]
fn changes_that_matter_raise_sequence_for_those_whom_they_concern() {
    let both = |why: &'static str| {
        let one = |who: &str| (who.to_owned(), Action::Update, vec![why], Some(1));
        vec![one("upala"), one("panama")]
    };
    assert_eq!(changed("10:00", "10:30"), both("time"));
    assert_eq!(changed("minutes = 30", "minutes = 45"), both("time"));
    assert_eq!(changed("'confirmed'", "'tentative'"), both("status"));
    assert_eq!(changed("number = 1", "number = 1\nplace = { es = 'Sala', en = 'Room' }"), both("place"));
    assert_eq!(changed("number = 1", "number = 1\njoin-link = 'https://example.org/a'"), both("join-link"));
    let own = changed("['upala']", "['panama']");
    assert_eq!(own[0], ("upala".to_owned(), Action::Update, vec!["own-slots", "text"], Some(1)));
    assert_eq!(own[1], ("panama".to_owned(), Action::Update, vec!["own-slots", "text"], Some(1)));
    let role = changed("moderator = 'upala'", "moderator = 'panama'");
    assert_eq!(role[1], ("panama".to_owned(), Action::Update, vec!["own-slots", "attendance", "text"], Some(1)));
}

#[test]
fn changes_that_move_nobody_wait_until_they_are_asked_for() {
    for (from, to, why) in [("'Una'", "'Otra'", "title"), ("'Oír'", "'Escuchar'", "text"), ("'Marco'", "'Marcos'", "text")] {
        for item in changed(from, to) {
            assert_eq!((item.1, item.2, item.3), (Action::Cosmetic, vec![why], None));
        }
    }
    let mut ledger = ledger();
    sent(&mut ledger, &programme(GROUP, SESSION), &wish(0));
    let asked = Wish { cosmetic: true, ..wish(1) };
    let plan = sent(&mut ledger, &programme(GROUP, &SESSION.replace("'Una'", "'Otra'")), &asked);
    let told: Vec<_> = plan.letters().map(|(_, _, letter)| (letter.message.sequence, letter.message.dtstamp)).collect();
    assert_eq!(told, [(0, at(1)), (0, at(1))], "no new SEQUENCE, a new DTSTAMP");
}

#[test]
fn several_changes_are_one_letter_the_time_first() {
    let items = changed("start = 10:00\nminutes = 30", "start = 11:00\nminutes = 45\nfacilitators = ['panama']");
    assert_eq!(items[1].2, ["time", "own-slots", "text"]);
    let agenda = SESSION.replace("'confirmed'", "'tentative'").replace("'Marco'", "'Otro'");
    assert_eq!(after(GROUP, &agenda)[1].2, ["status", "text"], "the agenda is told with what else changed");
}

#[test]
fn somebody_taken_off_is_cancelled_and_somebody_new_gets_the_sequence_of_the_others() {
    let other = GROUP.replace("parties.panama", "parties.colon").replace("panama@", "colon@");
    let items = after(&other, SESSION);
    assert_eq!(items[1], ("colon".to_owned(), Action::Invite, vec!["new"], Some(1)));
    assert_eq!(items[2], ("panama".to_owned(), Action::Cancel, vec!["taken-off"], Some(1)));
}

#[test]
fn whoever_has_another_address_or_none_is_not_taken_off() {
    let moved = after(&GROUP.replace("panama@", "alcaldia@"), SESSION);
    assert_eq!(moved[1], ("panama".to_owned(), Action::Invite, vec!["new"], Some(0)));
    assert_eq!(moved[2], ("panama".to_owned(), Action::Unchanged, vec!["other-address"], None));
    let shared = after(&GROUP.replace("panama@", "upala@"), SESSION);
    assert_eq!(shared[0].2, ["name"]);
    assert_eq!(shared[1], ("panama".to_owned(), Action::Unchanged, vec!["other-address"], None));
    let without = after(&GROUP.replace(", email = \"panama@example.org\"", ""), SESSION);
    assert_eq!(without[1], ("panama".to_owned(), Action::Unchanged, vec!["no-address"], None));
}

#[test]
fn another_language_is_no_other_place_and_hides_none() {
    let place = SESSION.replace("number = 1", "number = 1\nplace = { es = 'Sala', en = 'Room' }");
    let elsewhere = place.replace("'Room'", "'Hall'").replace("'Sala'", "'Salón'");
    let english = GROUP.replace("member = true, email = \"panama", "member = true, language = \"en\", email = \"panama");
    let mut ledger = ledger();
    sent(&mut ledger, &programme(GROUP, &place), &wish(0));
    let why = |session: &str| {
        let plan = plan(&programme(&english, session), ledger.history(), &wish(1));
        plan.sessions[0].items[1].why.iter().map(Why::id).collect::<Vec<_>>()
    };
    assert_eq!(why(&place), ["language"]);
    assert_eq!(why(&elsewhere), ["place", "language"]);
}

#[test]
fn dtstamp_rises_even_if_the_clock_does_not() {
    let mut ledger = ledger();
    let mut last = None;
    for minutes in 30..36 {
        let session = SESSION.replace("minutes = 30", &format!("minutes = {minutes}"));
        let plan = sent(&mut ledger, &programme(GROUP, &session), &wish(-minutes));
        let stamp = plan.letters().map(|(_, _, letter)| letter.message.dtstamp).max();
        assert!(stamp > last);
        last = stamp;
    }
}

#[test]
fn a_stamp_beyond_all_clocks_does_not_move_the_next_one() {
    let mut ledger = ledger();
    sent(&mut ledger, &programme(GROUP, SESSION), &wish(0));
    let late = ledger.into_storage().text().replace("\"dtstamp\":\"2", "\"dtstamp\":\"9");
    assert!(late.contains("\"dtstamp\":\"9"), "{late}");
    let ledger = Ledger::new(Disk::holding(&late)).unwrap();
    let session = SESSION.replace("minutes = 30", "minutes = 35");
    let plan = plan(&programme(GROUP, &session), ledger.history(), &wish(1));
    assert!(plan.letters().count() > 0);
    assert!(
        plan.letters().all(|(_, _, letter)| letter.message.dtstamp < ledger.history().mails().next().unwrap().message.dtstamp)
    );
}

#[test]
fn the_id_depends_on_what_is_sent_and_not_on_the_moment() {
    let programme = programme(GROUP, SESSION);
    let ledger = ledger();
    let now = plan(&programme, ledger.history(), &wish(0));
    let later = plan(&programme, ledger.history(), &wish(1));
    assert_eq!(now.id, later.id);
    let other = plan(&self::programme(GROUP, &SESSION.replace("10:00", "10:05")), ledger.history(), &wish(0));
    assert_ne!(now.id, other.id);
    let messages = |plan: &Plan| plan.letters().map(|(_, _, letter)| letter.message.mail.clone()).collect::<Vec<_>>();
    assert_eq!(messages(&now), messages(&plan(&programme, ledger.history(), &wish(0))));
}

fn answer(ledger: &mut Ledger<Disk>, to: &str, sequence: u32) {
    let reply = Reply {
        partstat: None,
        sent: None,
        delegate: None,
        guests: None,
        uid: "one@g.example.org".to_owned(),
        session: "one".to_owned(),
        who: String::new(),
        to: to.to_owned(),
        sequence,
        dtstamp: at(1),
        answer: Answer::Accepted,
        start: None,
        end: None,
        comment: None,
        time: None,
        source: String::new(),
    };
    ledger.append(at(1), Entry::Reply(Box::new(reply))).unwrap();
}

/// Panama proposed another time, and the organizer said something of it, by hand or in a mail of its own calendar.
fn turned_down(ledger: &mut Ledger<Disk>, source: &str) {
    let reply = |answer, days, source: &str, comment: Option<&str>| Reply {
        partstat: None,
        sent: None,
        delegate: None,
        guests: None,
        uid: "one@g.example.org".to_owned(),
        session: "one".to_owned(),
        who: "panama".to_owned(),
        to: "panama@example.org".to_owned(),
        sequence: 0,
        dtstamp: at(days),
        answer,
        start: (answer == Answer::Counter).then(|| at(30)),
        end: None,
        comment: comment.map(str::to_owned),
        time: None,
        source: source.to_owned(),
    };
    ledger.append(at(1), Entry::Reply(Box::new(reply(Answer::Counter, 1, "mail", None)))).unwrap();
    let declined = reply(Answer::DeclineCounter, 2, source, Some("No hay\nsala ese día"));
    ledger.append(at(2), Entry::Reply(Box::new(declined))).unwrap();
}

#[test]
fn a_proposal_that_was_turned_down_is_answered_once() {
    let programme = programme(GROUP, SESSION);
    let mut ledger = ledger();
    sent(&mut ledger, &programme, &wish(0));
    turned_down(&mut ledger, crate::ledger::BY_HAND);
    // What moves somebody goes first, and the proposal is answered after it.
    let elsewhere = self::programme(GROUP, &SESSION.replace("number = 1", "number = 1\nplace = { es = 'Sala', en = 'Room' }"));
    let first = sent(&mut ledger, &elsewhere, &wish(3));
    assert!(first.letters().all(|(_, item, _)| item.action == Action::Update) && first.letters().count() == 2);
    let told = plan(&elsewhere, ledger.history(), &wish(4));
    let letters: Vec<_> = told.letters().map(|(_, item, letter)| (item.action, letter.message.clone())).collect();
    let [(Action::TurnDown, message)] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!((message.method, message.sequence, &*message.to), (Method::DeclineCounter, 1, "panama@example.org"));
    let why = Why::TurnedDown { proposed: Some(at(30)), comment: Some("No hay sala ese día".to_owned()) };
    assert!(told.letters().all(|(_, item, _)| item.why == [why.clone()]));
    // In doubt it is repeated as it was; once it has gone out, nothing is left, and the next change knows what they have.
    let (_, _, letter) = told.letters().next().unwrap();
    let content = to_raw_value(&letter.content).unwrap();
    let sending = Sending { message: message.clone(), reason: letter.reason.clone(), content };
    ledger.append(at(4), Entry::Sending(Box::new(sending))).unwrap();
    let again = sent(&mut ledger, &elsewhere, &wish(5));
    let repeated: Vec<_> = again.letters().map(|(_, item, letter)| (item.action, &letter.message.mail)).collect();
    assert_eq!(repeated, [(Action::Retry, &message.mail)]);
    assert_eq!(plan(&elsewhere, ledger.history(), &wish(6)).letters().count(), 0);
    let later = plan(&self::programme(GROUP, &SESSION.replace("10:00", "11:00")), ledger.history(), &wish(6));
    let sequences: Vec<_> = later.letters().map(|(_, item, letter)| (item.action, letter.message.sequence)).collect();
    assert_eq!(sequences, [(Action::Update, 2), (Action::Update, 2)]);
    // The ledger says the same when it is read again.
    let again = Ledger::new(Disk::holding(&ledger.into_storage().text())).unwrap();
    assert_eq!(plan(&elsewhere, again.history(), &wish(6)).letters().count(), 0);
}

#[test]
fn what_the_organizer_turned_down_by_mail_is_not_told_again() {
    let programme = programme(GROUP, SESSION);
    let mut ledger = ledger();
    sent(&mut ledger, &programme, &wish(0));
    turned_down(&mut ledger, "a mail");
    assert_eq!(plan(&programme, ledger.history(), &wish(3)).letters().count(), 0);
}

#[test]
fn those_who_have_not_answered_are_reminded_and_not_every_day() {
    let programme = programme(GROUP, SESSION);
    let mut ledger = ledger();
    sent(&mut ledger, &programme, &wish(0));
    answer(&mut ledger, "upala@example.org", 0);
    let remind = |days| Wish { remind: true, ..wish(days) };
    let early = plan(&programme, ledger.history(), &remind(2));
    assert_eq!(early.letters().count(), 0, "too soon");
    let waiting: Vec<_> = early.sessions[0].items.iter().map(|item| (item.who.as_str(), item.why.clone())).collect();
    assert_eq!(waiting, [("upala", Vec::new()), ("panama", vec![Why::TooSoon(at(3))])]);
    let reminded = sent(&mut ledger, &programme, &remind(5));
    let told: Vec<_> =
        reminded.letters().map(|(_, item, letter)| (item.who.as_str(), item.action, letter.message.sequence)).collect();
    assert_eq!(told, [("panama", Action::Remind, 0)]);
    assert_eq!(plan(&programme, ledger.history(), &remind(5)).letters().count(), 0, "a second plan is empty");
    assert_eq!(plan(&programme, ledger.history(), &remind(9)).letters().count(), 1);
    // Who has answered is not asked again by a change that moves nobody, nor by another place.
    let title = Wish { cosmetic: true, ..wish(9) };
    for (session, wish) in [
        (SESSION.replace("'Una'", "'Otra'"), title),
        (SESSION.replace("number = 1", "number = 1\nplace = { es = 'Sala', en = 'Room' }"), wish(9)),
    ] {
        let told = plan(&self::programme(GROUP, &session), ledger.history(), &wish);
        let answers: Vec<_> = told.letters().map(|(_, _, letter)| letter.content.answer).collect();
        assert_eq!(answers, [Some(Answer::Accepted), None]);
    }
    let later = plan(&self::programme(GROUP, &SESSION.replace("10:00", "11:00")), ledger.history(), &wish(9));
    assert!(later.letters().all(|(_, _, letter)| letter.content.answer.is_none()), "another time is asked anew");
    // An answer holds for the time that was answered.
    let moved = self::programme(GROUP, &SESSION.replace("10:00", "11:00"));
    sent(&mut ledger, &moved, &wish(9));
    let again = plan(&moved, ledger.history(), &remind(14));
    assert_eq!(again.letters().count(), 2);
    answer(&mut ledger, "upala@example.org", 1);
    let place = SESSION.replace("10:00", "11:00").replace("number = 1", "number = 1\nplace = { es = 'Sala', en = 'Room' }");
    let place = self::programme(GROUP, &place);
    sent(&mut ledger, &place, &wish(14));
    assert_eq!(plan(&place, ledger.history(), &remind(20)).letters().count(), 1, "another place leaves the answer");
}

#[test]
fn whoever_answered_before_their_address_was_corrected_is_not_reminded() {
    let mut ledger = ledger();
    sent(&mut ledger, &programme(GROUP, SESSION), &wish(0));
    answer(&mut ledger, "upala@example.org", 0);
    let corrected = programme(&GROUP.replace("upala@", "alcaldia@"), SESSION);
    sent(&mut ledger, &corrected, &wish(1));
    let reminded = plan(&corrected, ledger.history(), &Wish { remind: true, ..wish(6) });
    assert_eq!(reminded.letters().map(|(_, item, _)| item.who.as_str()).collect::<Vec<_>>(), ["panama"]);
}

#[test]
fn an_earlier_address_hears_nothing_more_once_the_new_one_was_written_to() {
    let mut ledger = ledger();
    sent(&mut ledger, &programme(GROUP, SESSION), &wish(0));
    let group = GROUP.replace("upala@", "alcaldia@");
    let cancelled = SESSION.replace("'confirmed'", "'cancelled'");
    let told = |ledger: &Ledger<Disk>| {
        let plan = plan(&programme(&group, &cancelled), ledger.history(), &wish(2));
        plan.letters().map(|(_, item, _)| item.to.clone()).collect::<Vec<_>>()
    };
    assert_eq!(told(&ledger), ["panama@example.org", "upala@example.org"], "not written to at the new one yet");
    sent(&mut ledger, &programme(&group, SESSION), &wish(1));
    assert_eq!(told(&ledger), ["alcaldia@example.org", "panama@example.org"]);
}

#[test]
fn an_answer_from_before_a_cancellation_is_asked_anew() {
    let mut ledger = ledger();
    sent(&mut ledger, &programme(GROUP, SESSION), &wish(0));
    answer(&mut ledger, "upala@example.org", 0);
    sent(&mut ledger, &programme(GROUP, &SESSION.replace("'confirmed'", "'cancelled'")), &wish(1));
    sent(&mut ledger, &programme(GROUP, SESSION), &wish(2));
    let reminded = plan(&programme(GROUP, SESSION), ledger.history(), &Wish { remind: true, ..wish(6) });
    assert_eq!(reminded.letters().count(), 2);
    let invitations = crate::replies::invitations::Invitations::of_ledger(ledger.history());
    assert!(invitations.of("one@g.example.org", "upala@example.org").unwrap().current().is_none());
}

#[test]
fn a_cancellation_says_what_was_told_whatever_the_files_say_now() {
    let mut ledger = ledger();
    sent(&mut ledger, &programme(GROUP, SESSION), &wish(0));
    let files = SESSION.replace("'confirmed'", "'cancelled'").replace("10:00", "12:00").replace("'Una'", "'Otra'");
    let plan = plan(&programme(GROUP, &files), ledger.history(), &wish(1));
    for (_, item, letter) in plan.letters() {
        assert_eq!((letter.message.method, item.why[0].id()), (Method::Cancel, "session-cancelled"));
        assert_eq!(letter.content.start, "2027-03-02T16:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert!(letter.content.title.contains("Una"));
    }
}
