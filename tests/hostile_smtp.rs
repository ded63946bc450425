//! Mail servers that fail, lie, or never come to an end, as they were met or told of: what was taken is entered
//! as sent, what was not is not, nobody gets a mail twice, and no server decides how long or how large a run is.

mod support;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use support::smtp::{Act, Smtp, Step};
use support::{World, printed};

/// What becomes of three mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// All were sent.
    Sent,
    /// None was begun: the server cannot be used.
    Unusable,
    /// So many were sent, and the run stopped before the next with nothing in doubt.
    Stopped(usize),
    /// So many were sent, and the next is in doubt.
    Doubt(usize),
    /// So many were refused for good, the others sent.
    Refused(usize),
    /// So many were put off, the others sent.
    PutOff(usize),
}

use End::{Doubt, PutOff, Refused, Sent, Stopped, Unusable};

/// A fault: at this step, from this mail on (counted as the server takes them), it does this.
struct Fault {
    name: &'static str,
    at: Step,
    from: usize,
    act: Act,
    /// At this mail alone, or at all later ones too.
    once: bool,
    end: End,
    says: &'static str,
}

fn fault(name: &'static str, at: Step, from: usize, act: Act, end: End, says: &'static str) -> Fault {
    Fault { name, at, from, act, once: false, end, says }
}

fn once(fault: Fault) -> Fault {
    Fault { once: true, ..fault }
}

/// What the ledger says in the end: sent, refused, in doubt.
fn standing(world: &World) -> (usize, usize, usize) {
    let mut by_mail: BTreeMap<String, String> = BTreeMap::new();
    for line in world.ledger().lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        // From which the links of all mails are made is no line of a mail.
        let Some(mail) = line["mail"].as_str() else { continue };
        by_mail.insert(mail.to_owned(), line["kind"].as_str().unwrap().to_owned());
    }
    let count = |kind: &str| by_mail.values().filter(|of| *of == kind).count();
    (count("sent"), count("refused"), count("sending"))
}

fn send(world: &World, server: &Smtp, timeout: &str) -> std::process::Output {
    let arguments = world.sending(&server.address, timeout, &[]);
    world.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

fn judge(fault: Fault) {
    let Fault { name, at, from, act, once, end, says } = fault;
    let world = World::new();
    let (mut done, acts) = (false, act.clone());
    let server = Smtp::start(move |step, taken| {
        let now = step == at && taken >= from && !done;
        done |= now && once;
        if now { acts.clone() } else { Act::Go }
    });
    let begun = Instant::now();
    // Only what waits for the limit has a short one: this machine may be slow.
    let waits = matches!(act, Act::Stall | Act::Drip(_)) && at != Step::Quit;
    let output = send(&world, &server, if waits { "2" } else { "60" });
    let told = printed(&output);
    let context = format!("{name}: {told}\n{}", world.ledger());
    assert!(begun.elapsed() < Duration::from_secs(50), "it does not end: {context}");
    assert!(!told.contains(['\u{1b}', '\u{7}']) && !told.contains("panicked"), "{context}");
    assert!(told.contains(says), "{context}");
    let (sent, refused, doubt) = standing(&world);
    let expected = match end {
        Sent => (3, 0, 0),
        Unusable => (0, 0, 0),
        // The mail at which it stopped is entered as not taken.
        Stopped(sent) => (sent, 1, 0),
        Doubt(sent) => (sent, 0, 1),
        Refused(refused) | PutOff(refused) => (3 - refused, refused, 0),
    };
    assert_eq!((sent, refused, doubt), expected, "{context}");
    assert_eq!(output.status.success(), end == Sent, "{context}");
    assert_eq!(told.contains("does not take it now"), matches!(end, PutOff(_)), "{context}");
    // What the server took is entered as sent or in doubt, and nothing else is.
    let taken = server.mailbox().len();
    assert!(taken >= sent && taken <= sent + doubt, "{taken} taken: {context}");
    // And then a good server gets the rest, and only the rest.
    let honest = Smtp::honest();
    send(&world, &honest, "60");
    assert_eq!(honest.mailbox().len(), 3 - sent, "{context}");
}

#[test]
fn every_recorded_fault_of_a_server_ends_well() {
    let octets = |octets: &[u8]| Act::Octets(octets.to_vec());
    let faults = vec![
        // The greeting.
        fault("close at once", Step::Connect, 0, Act::Drop, Unusable, "it broke off the connection"),
        fault("says nothing", Step::Connect, 0, Act::Stall, Unusable, "it does not answer in time"),
        fault(
            "garbage",
            Step::Connect,
            0,
            Act::Octets((0..=255).cycle().take(25_600).collect()),
            Unusable,
            "it does not answer as mail servers do",
        ),
        fault(
            "a line without end",
            Step::Connect,
            0,
            Act::Flood(b"220 aaaaaaaaaaaaaaaaaaaaaaaa"),
            Unusable,
            "its answer does not end",
        ),
        fault("lines without end", Step::Connect, 0, Act::Flood(b"220-hello\r\n"), Unusable, "its answer does not end"),
        fault("an octet now and then", Step::Connect, 0, Act::Drip(b"220 x"), Unusable, "it does not answer in time"),
        fault("lines of an octet now and then", Step::Connect, 0, Act::Drip(b"220-\n"), Unusable, "it does not answer in time"),
        fault("colours", Step::Connect, 0, Act::Say("220 \x1b[2J\x1b[31mhi\x07"), Sent, "3 of 3"),
        fault("many lines", Step::Connect, 0, Act::Say("220-a\r\n220-b\r\n220 c"), Sent, "3 of 3"),
        fault("too busy", Step::Connect, 0, Act::Last("421 too busy \x1b[31mred\r\n"), Unusable, "421 too busy"),
        fault("not for you", Step::Connect, 0, Act::Last("554 no\r\n"), Unusable, "554 no"),
        fault("IMAP", Step::Connect, 0, Act::Say("* OK IMAP4rev1"), Unusable, "it does not answer as mail servers do"),
        fault("greets twice", Step::Connect, 0, octets(b"220 hi\r\n220 hi\r\n"), Unusable, "it spoke out of turn"),
        fault("greets and answers unasked", Step::Connect, 0, octets(b"220 hi\r\n250 me\r\n"), Unusable, "it spoke out of turn"),
        // EHLO.
        once(fault("knows no EHLO", Step::Hello, 0, Act::Say("500 what"), Sent, "3 of 3")),
        fault("knows no HELO either", Step::Hello, 0, Act::Say("500 what"), Unusable, "500 what"),
        fault("offers without end", Step::Hello, 0, Act::Flood(b"250-X\r\n"), Unusable, "its answer does not end"),
        fault(
            "two codes in one answer",
            Step::Hello,
            0,
            Act::Say("250-me\r\n251 x"),
            Unusable,
            "it does not answer as mail servers do",
        ),
        // MAIL, RCPT and DATA.
        fault("closes at MAIL", Step::From, 1, Act::Last("421 closing\r\n"), Stopped(1), "421 closing"),
        once(fault("closes between two mails", Step::From, 1, Act::Last("421 closing\r\n"), Sent, "3 of 3")),
        fault("not now", Step::From, 0, Act::Say("450 try later"), PutOff(3), "450 try later"),
        fault("go on instead of yes", Step::From, 0, Act::Say("354 go"), Stopped(0), "it spoke out of turn"),
        once(fault("two answers to one word", Step::From, 0, octets(b"250 ok\r\n250 ok\r\n"), Sent, "3 of 3")),
        fault("always two answers", Step::From, 0, octets(b"250 ok\r\n250 ok\r\n"), Stopped(0), "it spoke out of turn"),
        once(fault("one is unknown", Step::To, 0, Act::Say("550 no such user \x1b[31mX"), Refused(1), "550 no such user")),
        fault("all are unknown", Step::To, 0, Act::Say("550 no such user"), Refused(3), "refused it: 550 no such user"),
        fault("greylisted", Step::To, 0, Act::Say("450 greylisted"), PutOff(3), "450 greylisted"),
        fault("vanishes at RCPT", Step::To, 1, Act::Drop, Stopped(1), "it broke off the connection"),
        fault("vanishes at DATA", Step::Data, 1, Act::Drop, Stopped(1), "it broke off the connection"),
        fault("silent at DATA", Step::Data, 1, Act::Stall, Stopped(1), "it does not answer in time"),
        fault("yes instead of go on", Step::Data, 0, Act::Say("250 ok"), Stopped(0), "it spoke out of turn"),
        fault("go on without end", Step::Data, 0, Act::Drip(b"354-\r\n"), Stopped(0), "it does not answer in time"),
        // The mail.
        fault("vanishes in the mail", Step::Body, 1, Act::Drop, Doubt(1), "is in doubt"),
        fault("vanishes after the mail", Step::End, 1, Act::Drop, Doubt(1), "is in doubt"),
        fault("takes it and vanishes", Step::Taken, 1, Act::Drop, Doubt(1), "is in doubt"),
        fault("takes it and is silent", Step::Taken, 1, Act::Stall, Doubt(1), "is in doubt"),
        fault("takes it and says half", Step::Taken, 1, Act::Last("25"), Doubt(1), "is in doubt"),
        fault("takes it and says nonsense", Step::Taken, 1, Act::Say("hello"), Doubt(1), "is in doubt"),
        fault("takes it and says go on", Step::Taken, 1, Act::Say("354 more"), Doubt(1), "it spoke out of turn"),
        fault("takes it, octet by octet", Step::Taken, 1, Act::Drip(b"250-\r\n"), Doubt(1), "it does not answer in time"),
        fault(
            "takes it without end",
            Step::Taken,
            1,
            Act::Flood(b"250 aaaaaaaaaaaaaaaaaaaaaaaaaaa"),
            Doubt(1),
            "its answer does not end",
        ),
        once(fault("local error", Step::End, 1, Act::Say("451 local error"), PutOff(1), "451 local error")),
        once(fault("closes instead of taking it", Step::End, 1, Act::Last("421 closing\r\n"), PutOff(1), "421 closing")),
        once(fault("spam", Step::End, 1, Act::Say("554 spam"), Refused(1), "554 spam")),
        fault("Latin-1", Step::Taken, 0, octets(b"250 Mensaje en cola, gracias por su atenci\xf3n\r\n"), Sent, "3 of 3"),
        fault("a bare line feed", Step::Taken, 0, octets(b"250 ok\n"), Sent, "3 of 3"),
        fault("a bare code", Step::Taken, 0, octets(b"250\r\n"), Sent, "3 of 3"),
        fault("another yes", Step::Taken, 0, Act::Say("252 hm"), Sent, "3 of 3"),
        fault("yes in many lines", Step::Taken, 0, Act::Say("250-a\r\n250-b\r\n250 c"), Sent, "3 of 3"),
        fault("yes in colours", Step::Taken, 0, Act::Say("250 \x1b[2J\x1b]0;pwn\x07 queued"), Sent, "3 of 3"),
        fault("no good-bye", Step::Quit, 0, Act::Stall, Sent, "3 of 3"),
        // Octets between and within lines.
        fault("greets octet by octet", Step::Connect, 0, Act::Single(b"220-a\r\n220 b\r\n"), Sent, "3 of 3"),
        fault("asks octet by octet", Step::Data, 0, Act::Single(b"354-a\r\n354 b\r\n"), Sent, "3 of 3"),
        fault("takes octet by octet", Step::Taken, 0, Act::Single(b"250-a\r\n250 b\r\n"), Sent, "3 of 3"),
        fault("carriage returns alone", Step::Taken, 0, octets(b"250 a\r250 b\rc\r\n"), Sent, "3 of 3"),
        fault("two carriage returns", Step::Taken, 0, octets(b"250 a\r\r\n"), Sent, "3 of 3"),
        fault("NUL", Step::Taken, 0, octets(b"250 a\0\0b\r\n"), Sent, "3 of 3"),
        fault("NUL before the code", Step::Taken, 1, octets(b"\x00250 a\r\n"), Doubt(1), "is in doubt"),
        fault("a code of four figures", Step::Taken, 1, Act::Say("2500 a"), Doubt(1), "is in doubt"),
        fault("a code that is none", Step::Taken, 1, Act::Say("999 a"), Doubt(1), "is in doubt"),
        fault("goes on twice", Step::Data, 1, octets(b"354 go\r\n354 go\r\n"), Doubt(1), "it spoke out of turn"),
        fault("takes it twice", Step::Taken, 0, octets(b"250 a\r\n250 b\r\n"), Sent, "3 of 3"),
        fault("takes and refuses it", Step::Taken, 0, octets(b"250 a\r\n554 b\r\n"), Sent, "3 of 3"),
        fault("refuses it in two codes", Step::Taken, 1, Act::Say("250-a\r\n554 b"), Doubt(1), "is in doubt"),
        fault("colours in a refusal", Step::To, 0, octets(b"550 \x9b31m\xc2\x9b31m\xe2\x80\xaeno\r\n"), Refused(3), "550"),
    ];
    // A few at a time: each has time limits of its own.
    let faults = std::sync::Mutex::new(faults);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let Some(fault) = faults.lock().unwrap().pop() else { return };
                    judge(fault);
                }
            });
        }
    });
}

/// With a man in the middle who says the next answers before encryption begins, every later answer would be
/// taken for that to the word before.
#[test]
fn nothing_said_in_clear_is_an_answer_inside_the_encryption() {
    for (said, server_answers) in [
        (&b"220 go\r\n250-x\r\n250 AUTH PLAIN\r\n"[..], "spoke out of turn"),
        (b"220 go\r\n250 x\r\n250 y\r\n", "spoke out of turn"),
        (b"220-go\r\n220 go\r\n250 x\r\n", "spoke out of turn"),
        (b"220 go\r\n2", "spoke out of turn"),
    ] {
        let world = World::new();
        let server = Smtp::encrypting("server", move |step, _| match step {
            Step::StartTls => Act::Octets(said.to_vec()),
            Step::To => Act::Say("554 rejected as spam"),
            _ => Act::Go,
        });
        let output = send_encrypted(&world, &server, "authority.pem", &[]);
        let told = printed(&output);
        assert!(told.contains(server_answers) && told.contains("nothing was sent"), "{told}");
        assert_eq!((server.mailbox().len(), world.ledger().as_str()), (0, ""));
    }
}

#[test]
fn encryption_that_is_kept_from_us_keeps_everything() {
    for (act, says) in [
        (Act::Say("454 no TLS now"), "454 no TLS now"),
        (Act::Say("502 unknown"), "502 unknown"),
        (Act::Octets(b"220 go\r\n".to_vec()), ""),
        (Act::Drop, "it broke off the connection"),
    ] {
        let world = World::new();
        let good = matches!(act, Act::Octets(_));
        let server = Smtp::encrypting("server", move |step, _| if step == Step::StartTls { act.clone() } else { Act::Go });
        let told = printed(&send_encrypted(&world, &server, "authority.pem", &[]));
        assert!(told.contains(says), "{told}");
        assert_eq!(server.mailbox().len(), if good { 3 } else { 0 }, "{told}");
    }
}

#[test]
fn a_certificate_that_a_server_made_for_itself_has_a_way() {
    const ITS_OWN: &str = "sha256:c1ac946eb01914978b58aa341c0a70b26ef506e27f610fdf25b937d5fcfad2ab";
    let world = World::new();
    let server = Smtp::encrypting("self-signed", |_, _| Act::Go);
    let told = printed(&send_encrypted(&world, &server, "authority.pem", &[]));
    assert!(told.contains("its certificate is from an authority that is not known here"), "{told}");
    assert!(told.contains(&format!("--certificate {ITS_OWN}")) && !told.contains("CaUsedAsEndEntity"), "{told}");
    let other = format!("sha256:{}", "0".repeat(64));
    let told = printed(&send_encrypted(&world, &server, "authority.pem", &["--certificate", &other]));
    assert!(told.contains("its certificate is another than the one that was named") && told.contains(ITS_OWN), "{told}");
    let told = printed(&send_encrypted(&world, &server, "authority.pem", &["--certificate", "sha1:12"]));
    assert!(told.contains("`sha1:12` is not a value for `--certificate <sha256:…>`"), "{told}");
    assert_eq!((server.mailbox().len(), world.ledger().as_str()), (0, ""));
    // As openssl prints it.
    let bare = ITS_OWN.trim_start_matches("sha256:").to_uppercase();
    let pairs: Vec<&str> = (0..32).map(|at| &bare[at * 2..at * 2 + 2]).collect();
    let told =
        printed(&send_encrypted(&world, &server, "authority.pem", &["--certificado", &format!("SHA256:{}", pairs.join(":"))]));
    assert!(told.contains("3 of 3 mails sent"), "{told}");
    assert_eq!(server.mailbox().len(), 3);
}

#[test]
fn what_is_put_off_is_tried_again() {
    let world = World::new();
    let mut asked = 0;
    let server = Smtp::start(move |step, _| {
        asked += usize::from(step == Step::To);
        if step == Step::To && asked <= 4 { Act::Say("450 greylisted") } else { Act::Go }
    });
    let mut arguments = world.sending(&server.address, "60", &[]);
    let zero = arguments.iter().position(|argument| argument == "--retry").unwrap() + 1;
    arguments[zero] = "1".to_owned();
    let output = world.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let told = printed(&output);
    assert!(told.contains("the server puts off 3 mails (450 greylisted); they are tried again in 1 seconds"), "{told}");
    assert!(told.contains("the server puts off 1 mails") && told.contains("in 2 seconds"), "{told}");
    assert!(output.status.success() && told.contains("3 of 3 mails sent"), "{told}");
    assert_eq!(standing(&world), (3, 0, 0));
    let mut ids: Vec<String> = server.mailbox().into_iter().map(|(to, _)| to).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

/// Sends over STARTTLS, trusting one certificate.
fn send_encrypted(world: &World, server: &Smtp, trusted: &str, more: &[&str]) -> std::process::Output {
    let port = server.address.rsplit(':').next().unwrap();
    let plan = world.plan(&[])["plan"].as_str().unwrap().to_owned();
    let address = format!("localhost:{port}");
    let fixed =
        ["invite", "send", "--server", &address, "--tls", "starttls", "--per-minute", "60000", "--timeout", "60", "--yes", &plan];
    let trusted = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls").join(trusted);
    world.convoca(&[&fixed[..], more].concat()).env("SSL_CERT_FILE", trusted).output().unwrap()
}

#[test]
fn a_login_that_fails_sends_nothing() {
    for (act, says) in [
        (Act::Say("535 5.7.8 bad \x1b[2J"), "check the user and the password"),
        (Act::Say("454 4.7.0 not now"), "454 4.7.0 not now"),
        (Act::Say("250 ok\r\n250 ok"), "it spoke out of turn"),
        (Act::Say("354 go"), "354 go"),
        (Act::Drop, "it broke off the connection"),
    ] {
        let world = World::new();
        let server = Smtp::with_logins(move |step, _| if step == Step::Login { act.clone() } else { Act::Go });
        let arguments = world.sending(&server.address, "60", &[]);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(["--user", "ana"]).collect();
        let output = world.convoca(&arguments).env("CONVOCA_SMTP_PASSWORD", "hunter2").output().unwrap();
        let told = printed(&output);
        assert!(told.contains(says) && !told.contains("hunter2") && !told.contains('\u{1b}'), "{told}");
        assert_eq!((server.mailbox().len(), world.ledger().as_str()), (0, ""), "{told}");
    }
}
