//! What a mail server answers: whatever it says, a mail is only taken or refused once it was said to its end. A
//! line of `~` stands between what is answered to one word and what is answered to the next.
#![no_main]

use convoca::mail::Mail;
use convoca::transport::smtp::Dialogue;
use convoca::transport::wire::Tape;
use convoca::transport::{Auth, Login, Tls, Verdict};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    let Some((how, octets)) = octets.split_first() else { return };
    let address = || "ana@example.org".to_owned();
    let mail = Mail { from: address(), to: address(), bytes: b"Subject: x\r\n\r\n.\r\n".to_vec(), calendar: Vec::new(), copies: Vec::new() };
    let auth = if how & 1 == 0 { Auth::Password } else { Auth::Token };
    let login = Login { user: "ana".to_owned(), auth, secret: "grave".to_owned() };
    let tls = if how & 2 == 0 { Tls::None } else { Tls::StartTls };
    let mut tape = Tape::new(octets.split(|octet| *octet == b'~'));
    let begun = Dialogue::begin(&mut tape, "x", tls, (how & 4 == 0).then_some(&login));
    let Ok(mut dialogue) = begun else { return };
    let verdict = dialogue.envelope(&mail).is_ok().then(|| dialogue.hand_over(&mail).0);
    drop(dialogue);
    assert!(tls == Tls::None || tape.in_clear.is_some(), "nothing goes in clear");
    if matches!(verdict, Some(Verdict::Taken(_) | Verdict::Refused(_) | Verdict::Deferred(_))) {
        assert!(tape.said.ends_with(b"\r\n..\r\n.\r\n"));
    }
});
