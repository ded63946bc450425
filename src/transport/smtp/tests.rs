//! Conversations written down: what is said to each answer, and what becomes of the mail.

use super::*;
use crate::transport::wire::Tape;
use crate::transport::{Auth, Login, Obstacle, Tls};
use proptest::prelude::*;

fn mail() -> Mail {
    let (from, to) = ("secretaria@example.org".to_owned(), "upala@example.org".to_owned());
    Mail { from, to, copies: Vec::new(), bytes: b"Subject: x\r\n\r\n.hidden\r\nend\r\n".to_vec(), calendar: Vec::new() }
}

fn login(auth: Auth) -> Login {
    Login { user: "ana".to_owned(), auth, secret: "grave".to_owned() }
}

const HELLO: &str = "250-me\r\n250-STARTTLS\r\n250-AUTH LOGIN PLAIN XOAUTH2\r\n250 SMTPUTF8\r\n";

/// How a connection begins, and what was said up to there.
fn begin(pieces: &[&str], tls: Tls, login: Option<&Login>) -> (Result<(), Unusable>, String, Option<usize>) {
    let mut tape = Tape::new(pieces.iter().map(|piece| piece.as_bytes()));
    let begun = Dialogue::begin(&mut tape, "[127.0.0.1]", tls, login).map(drop);
    (begun, String::from_utf8(tape.said).unwrap(), tape.in_clear)
}

/// What becomes of a mail, and what was said about it.
fn send(pieces: &[&str]) -> (Result<Verdict, Trouble>, String) {
    let mut tape = Tape::new(["220 hi\r\n", HELLO].iter().chain(pieces).map(|piece| piece.as_bytes()));
    let verdict = Dialogue::begin(&mut tape, "x", Tls::None, None)
        .map_err(Trouble::from)
        .and_then(|mut dialogue| dialogue.envelope(&mail()).map(|_| dialogue.hand_over(&mail()).0));
    let said = String::from_utf8(tape.said).unwrap();
    (verdict, said.trim_start_matches("EHLO x\r\n").to_owned())
}

#[test]
fn a_mail_is_handed_over() {
    let (verdict, said) = send(&["250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250 queued\r\n"]);
    assert!(matches!(verdict, Ok(Verdict::Taken(said)) if said == "250 queued"));
    assert_eq!(
        said,
        "MAIL FROM:<secretaria@example.org>\r\nRCPT TO:<upala@example.org>\r\nDATA\r\nSubject: x\r\n\r\n..hidden\r\nend\r\n.\r\n"
    );
}

#[test]
fn each_answer_belongs_to_the_word_before_it() {
    let ok = "250 ok\r\n";
    let told = |pieces: &[&str]| match send(pieces).0 {
        Ok(verdict) => format!("{verdict:?}").split('(').next().unwrap().to_owned(),
        Err(Trouble::No(answer)) => answer.code.to_string(),
        Err(Trouble::Unsayable(what)) => what.to_owned(),
        Err(Trouble::Broken(said)) => said.en.into_owned(),
    };
    for (pieces, expected) in [
        (&[ok, ok, "354 go\r\n", "250\n"][..], "Taken"),
        (&[ok, ok, "354 go\r\n", "252 hm\r\n"], "Taken"),
        (&[ok, ok, "354 go\r\n", "354 more\r\n"], "InDoubt"),
        (&[ok, ok, "354 go\r\n", "hello\r\n"], "InDoubt"),
        (&[ok, ok, "354 go\r\n", "25"], "InDoubt"),
        (&[ok, ok, "354 go\r\n", ""], "InDoubt"),
        (&[ok, ok, "354 go\r\n250 early\r\n", ok], "InDoubt"),
        (&[ok, ok, "354 go\r\n", "451 local\r\n"], "Deferred"),
        (&[ok, ok, "354 go\r\n", "421 closing\r\n"], "Deferred"),
        (&[ok, ok, "354 go\r\n", "554 spam\r\n"], "Refused"),
        (&[ok, ok, ok], "it spoke out of turn"),
        (&[ok, "354 go\r\n"], "it spoke out of turn"),
        (&["250 a\r\n250 b\r\n", ok], "it spoke out of turn"),
        (&["250 a\r\n250", ok], "it spoke out of turn"),
        (&["250 a\r\n421 bye\r\n", ok], "421 bye"),
        (&[ok, "450 greylisted\r\n"], "450"),
        (&[ok, "550 unknown\r\n"], "550"),
        (&["421 bye\r\n"], "421 bye"),
        (&[ok, ok, ""], "it broke off the connection"),
    ] {
        assert_eq!(told(pieces), expected, "{pieces:?}");
    }
}

#[test]
fn what_was_said_in_clear_is_no_answer_inside_the_encryption() {
    let (begun, said, in_clear) = begin(&["220 hi\r\n", HELLO, "220 go\r\n250-x\r\n250 AUTH PLAIN\r\n"], Tls::StartTls, None);
    assert_eq!(begun.unwrap_err().said, Unusable::out_of_turn().said);
    assert!(said.ends_with("STARTTLS\r\n") && in_clear.is_none(), "nothing more is said");
    // What was offered in clear counts no more.
    let ana = login(Auth::Password);
    let (begun, said, in_clear) = begin(&["220 hi\r\n", HELLO, "220 go\r\n", "250 me\r\n"], Tls::StartTls, Some(&ana));
    assert_eq!(begun.unwrap_err().obstacle, Obstacle::NotOffered);
    assert_eq!(&said[in_clear.unwrap()..], "EHLO [127.0.0.1]\r\n");
    let without = begin(&["220 hi\r\n", "250 me\r\n"], Tls::StartTls, Some(&ana));
    assert_eq!((without.0.unwrap_err().obstacle, without.2), (Obstacle::NoStartTls, None));
    let refused = begin(&["220 hi\r\n", HELLO, "454 no TLS now\r\n"], Tls::StartTls, Some(&ana));
    assert_eq!((refused.0.unwrap_err().said.en.as_ref(), refused.2), ("454 no TLS now", None));
}

#[test]
fn a_login_is_said_as_the_server_wants_it() {
    let plain = |hello: &str, auth, answers: &[&str]| {
        let pieces: Vec<&str> = ["220 hi\r\n", hello].iter().chain(answers).copied().collect();
        let (begun, said, _) = begin(&pieces, Tls::None, Some(&login(auth)));
        (
            begun.err().map(|unusable| (unusable.obstacle, unusable.said.en.into_owned())),
            said.lines().skip(1).collect::<Vec<_>>().join("|"),
        )
    };
    let ok = "235 ok\r\n";
    assert_eq!(plain(HELLO, Auth::Password, &[ok]), (None, "AUTH PLAIN AGFuYQBncmF2ZQ==".to_owned()));
    let old = "250-me\r\n250 auth=login\r\n";
    assert_eq!(plain(old, Auth::Password, &["334 a\r\n", "334 b\r\n", ok]), (None, "AUTH LOGIN|YW5h|Z3JhdmU=".to_owned()));
    let wrong = plain(HELLO, Auth::Password, &["535 5.7.8 bad\r\n"]).0;
    assert_eq!(wrong, Some((Obstacle::Refused, "535 5.7.8 bad".to_owned())));
    let busy = plain(HELLO, Auth::Password, &["454 later\r\n"]).0;
    assert_eq!(busy, Some((Obstacle::Other, "454 later".to_owned())), "the password is not to blame");
    let (token, said) = plain(HELLO, Auth::Token, &["334 eyJzdGF0dXMiOiI0MDEifQ==\r\n", "535 no\r\n"]);
    assert_eq!(token, Some((Obstacle::Refused, r#"535 no {"status":"401"}"#.to_owned())));
    assert!(said.starts_with("AUTH XOAUTH2 dXNlcj1hbmEBYXV0aD1CZWFyZXIgZ3JhdmUBAQ==|"), "{said}");
    assert_eq!(plain("250 me\r\n", Auth::Token, &[]).0.unwrap().0, Obstacle::NotOffered);
}

#[test]
fn old_servers_are_greeted_as_they_want_it() {
    let (begun, said, _) = begin(&["220 hi\r\n", "500 what\r\n", "250 me STARTTLS\r\n"], Tls::None, None);
    assert!(begun.is_ok());
    assert_eq!(said, "EHLO [127.0.0.1]\r\nHELO [127.0.0.1]\r\n");
}

proptest! {
    /// Whatever a server says: nothing panics, and taken is only what it took.
    #[test]
    fn any_octets_may_come(pieces in prop::collection::vec(
        prop_oneof![
            3 => prop::sample::select(vec![
                "220 hi\r\n", HELLO, "250 ok\r\n", "250\n", "354 go\r\n", "250-a\r\n", "421 x\r\n", "450 x\r\n", "550 x\r\n", "\r\n", "25", "",
            ]).prop_map(|text| text.as_bytes().to_vec()),
            1 => prop::collection::vec(any::<u8>(), 0..60),
        ], 0..12)
    ) {
        let mut tape = Tape::new(pieces);
        if let Ok(mut dialogue) = Dialogue::begin(&mut tape, "x", Tls::None, None) {
            let ready = dialogue.envelope(&mail()).is_ok();
            let verdict = ready.then(|| dialogue.hand_over(&mail()).0);
            drop(dialogue);
            let said = tape.said.ends_with(b"\r\n.\r\n");
            prop_assert!(said || !matches!(verdict, Some(Verdict::Taken(_) | Verdict::Refused(_) | Verdict::Deferred(_))));
        }
    }

    /// No line of a mail ends it early or is lost, and none ends in another way than by CRLF.
    #[test]
    fn a_mail_arrives_as_it_is(lines in prop::collection::vec("\\.{0,2}[a-z]{0,3}", 0..6), end in prop::sample::select(vec!["\r\n", "\n", "\r"])) {
        let mail: String = lines.iter().map(|line| format!("{line}{end}")).collect();
        let said = String::from_utf8(dotted(mail.as_bytes())).unwrap();
        let body = said.strip_suffix(".\r\n").unwrap();
        let heard: Vec<&str> = body.split_terminator("\r\n").map(|line| line.strip_prefix('.').unwrap_or(line)).collect();
        prop_assert!(body.split_terminator("\r\n").all(|line| line != "."));
        prop_assert_eq!(heard, lines.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
