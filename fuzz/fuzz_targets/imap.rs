//! What a server with a mailbox says: whatever it is, each message that it lists is accounted for. A `~` stands
//! between what is said to one command and what is said to the next.
#![no_main]

use convoca::transport::imap::{Dialogue, read};
use convoca::transport::wire::Tape;
use convoca::transport::{Auth, Login, Tls};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    let Some((how, octets)) = octets.split_first() else { return };
    let auth = if how & 1 == 0 { Auth::Password } else { Auth::Token };
    let login = Login { user: "ana".to_owned(), auth, secret: "grave".to_owned() };
    let tls = if how & 2 == 0 { Tls::None } else { Tls::StartTls };
    let mut tape = Tape::new(octets.split(|octet| *octet == b'~'));
    let Ok(mut dialogue) = Dialogue::begin(&mut tape, tls, &login) else { return };
    let _ = read(&mut dialogue, "INBOX", None);
    drop(dialogue);
    assert!(tls == Tls::None || tape.in_clear.is_some(), "nothing goes in clear");
});
