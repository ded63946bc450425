//! Who declined, which seats that leaves empty, and when a quorum is out of reach.

use chrono::{NaiveDate, TimeDelta};
use serde_json::value::to_raw_value;

use super::*;
use crate::diagnostics::Sources;
use crate::itip::{Wish, plan};
use crate::ledger::{Answer, BY_HAND, Disk, Entry, Ledger, Reply, Sending, ServerAnswer};

const GROUP: &str = r#"
id = "g"
domain = "example.org"
time-zone = "America/Guatemala"
countries = ["GT", "PA"]
name = { es = "Grupo", en = "Group" }
organizer = { party = "secretariat", email = "secretaria@example.org" }
quorum = { parties = 2 }
parties.secretariat = { name = { es = "S", en = "S" } }
parties.upala = { name = { es = "Upala", en = "Upala" }, country = "GT", member = true, email = "upala@example.org" }
parties.panama = { name = { es = "Panamá", en = "Panama" }, country = "PA", member = true, email = "panama@example.org" }
parties.agency = { name = { es = "Agencia", en = "Agency" }, email = "agency@example.org" }
"#;

const SESSION: &str = "id = 'one'\nnumber = 1\ndate = 2027-03-02\nstatus = 'confirmed'\nmoderator = 'agency'\n\
                       title = { es = 'Una', en = 'One' }\n[[slots]]\nstart = 10:00\nminutes = 30\n\
                       title = { es = 'Marco', en = 'Framework' }\nspeakers = ['agency', 'upala']\n";

fn programme(group: &str, session: &str) -> Programme {
    let mut sources = Sources::default();
    sources.add("group.toml", group);
    sources.add("1.toml", session);
    crate::check(&sources, NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()).programme.unwrap()
}

fn now() -> DateTime<Utc> {
    "2027-02-01T12:00:00Z".parse().unwrap()
}

/// A ledger in which everybody was invited, and these answered by hand.
fn ledger(programme: &Programme, answers: &[(&str, Answer)]) -> Ledger<Disk> {
    let mut ledger = Ledger::new(Disk::holding("")).unwrap();
    let wish = Wish::at(now());
    for (_, _, letter) in plan(programme, ledger.history(), &wish).letters() {
        let (content, message) = (to_raw_value(&letter.content).unwrap(), letter.message.clone());
        let sending = Sending { message: message.clone(), reason: letter.reason.clone(), content };
        ledger.append(now(), Entry::Sending(Box::new(sending))).unwrap();
        ledger.append(now(), Entry::Sent(Box::new(ServerAnswer { message, said: String::new() }))).unwrap();
    }
    for (who, answer) in answers {
        let reply = Reply {
            uid: "one@g.example.org".to_owned(),
            session: "one".to_owned(),
            who: (*who).to_owned(),
            to: format!("{who}@example.org"),
            sequence: 0,
            dtstamp: now() + TimeDelta::hours(1),
            answer: *answer,
            start: None,
            end: None,
            partstat: None,
            sent: None,
            comment: None,
            time: None,
            guests: None,
            delegate: (*answer == Answer::Delegated).then(|| "beto@example.org".to_owned()),
            source: BY_HAND.to_owned(),
        };
        ledger.append(now(), Entry::Reply(Box::new(reply))).unwrap();
    }
    ledger
}

fn told(answers: &[(&str, Answer)]) -> Vec<(&'static str, String, usize)> {
    let programme = programme(GROUP, SESSION);
    let found = findings(&programme, ledger(&programme, answers).history(), now());
    found.into_iter().map(|finding| (finding.check, finding.message.en.into_owned(), finding.labels.len())).collect()
}

#[test]
fn an_empty_seat_is_told_once_with_all_that_it_concerns() {
    assert_eq!(told(&[]), []);
    assert_eq!(told(&[("agency", Answer::Accepted), ("upala", Answer::Tentative)]), []);
    let message =
        "Agency declines session 1, and leaves an empty seat: moderator of the session and speaker, 10:00–10:30 “Framework”";
    assert_eq!(told(&[("agency", Answer::Declined)]), [("empty-seat", message.to_owned(), 2)]);
    let passed = told(&[("agency", Answer::Delegated)]);
    assert!(passed[0].1.starts_with("Agency passes session 1 on to beto@example.org, and leaves an empty seat: "), "{passed:?}");
    // A member without a part leaves no seat, and the quorum is another matter.
    assert!(told(&[("panama", Answer::Declined)]).iter().all(|(check, ..)| *check == "lost-quorum"));
}

#[test]
fn a_session_that_is_over_or_cancelled_has_no_seats_to_fill() {
    let programme_now = programme(GROUP, SESSION);
    let ledger = ledger(&programme_now, &[("agency", Answer::Declined)]);
    let after = now() + TimeDelta::days(90);
    assert_eq!(findings(&programme_now, ledger.history(), after).len(), 0);
    let cancelled = programme(GROUP, &SESSION.replace("'confirmed'", "'cancelled'"));
    assert_eq!(findings(&cancelled, ledger.history(), now()).len(), 0);
    let another = programme(GROUP, &SESSION.replace("'agency'", "'upala'"));
    assert_eq!(findings(&another, ledger.history(), now()).len(), 0, "somebody else was named");
}

#[test]
fn a_quorum_is_lost_when_the_others_are_too_few_and_not_before() {
    assert_eq!(told(&[("panama", Answer::Accepted)]), [], "not reached is not lost");
    let expected = "session 1 cannot reach its quorum any more: 2 member parties have to accept, and 1 are left";
    let lost = told(&[("panama", Answer::Declined), ("upala", Answer::Accepted)]);
    assert_eq!(lost, [("lost-quorum", expected.to_owned(), 1)]);
    // Whoever is excused cannot make it up.
    let excused = programme(GROUP, &format!("excused = ['panama']\n{SESSION}"));
    let found = findings(&excused, ledger(&excused, &[("upala", Answer::Accepted)]).history(), now());
    assert_eq!(found.iter().map(|finding| finding.check).collect::<Vec<_>>(), ["lost-quorum"]);
    let programme = programme(GROUP, SESSION);
    let ledger = ledger(&programme, &[("panama", Answer::Declined)]);
    let finding = &findings(&programme, ledger.history(), now())[0];
    assert_eq!(finding.labels[0].text.es, "no asistirán: Panamá");
}

/// The ids of these rules stand below as well, where levels and waivers are read.
#[test]
fn every_rule_can_be_waived() {
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids, convoca_core::checks::TOLD_BESIDE);
}

#[test]
fn a_session_that_looks_renamed_is_told_until_that_is_settled() {
    let before = programme(GROUP, SESSION);
    let mut ledger = ledger(&before, &[]);
    let renamed = programme(GROUP, &SESSION.replace("'one'", "'uno'"));
    let found = findings(&renamed, ledger.history(), now());
    assert_eq!(found.iter().map(|finding| finding.check).collect::<Vec<_>>(), ["renamed-session"]);
    assert!(found[0].message.es.contains("parece ser `one`"), "{}", found[0].message.es);
    ledger.rename("one", "uno");
    assert_eq!(findings(&renamed, ledger.history(), now()).len(), 0);
}
