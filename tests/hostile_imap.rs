//! Mailboxes on servers that lie, leave out, or never come to an end: what they give is read, what they keep is
//! told, and no server decides how long or how large a run is.

mod support;

use std::process::Output;

use support::imap::{Act, Imap, MAILS};
use support::{World, each_ends_well, printed};

fn read(world: &World, server: &Imap, more: &[&str]) -> Output {
    let fixed = ["replies", "--imap", &server.address, "--tls", "none", "--user", "ana"];
    let mut command = world.convoca(&[&fixed[..], more].concat());
    command.env("CONVOCA_IMAP_PASSWORD", "hunter2").output().unwrap()
}

#[test]
fn every_recorded_fault_of_a_mailbox_ends_well() {
    let say = |text: &str| Act::Say(text.as_bytes().to_vec());
    let mail = |uid: usize| format!("* {uid} FETCH (UID {uid} BODY[] {{{}}}\r\n{})\r\n", MAILS[uid - 1].len(), MAILS[uid - 1]);
    let three = "3 messages read";
    let left_out = "the server lists this message and does not give it";
    let endless = "its answer does not end";
    let late = "it does not answer in time";
    let broken = "it broke off the connection";
    let foreign = "it does not answer as mail servers do";
    let without_second = format!("{}* 3 FETCH (UID 3 BODY[] NIL)\r\n{{tag}} OK\r\n", mail(1));
    let short = format!("{}{}* 3 FETCH (UID 3 BODY[] {{99}}\r\nSubject: z\r\n)\r\n{{tag}} OK\r\n", mail(1), mail(2));
    let twice = format!("{}{}{}{}{{tag}} OK\r\n", mail(1), mail(1), mail(2), mail(3));
    let stranger = format!("* 9 FETCH (UID 9 BODY[] {{2}}\r\nxx)\r\n{}{}{}{{tag}} OK\r\n", mail(3), mail(2), mail(1));
    let behind: String =
        (1..=3).map(|n| format!("* {n} FETCH (BODY[] {{{}}}\r\n{} UID {n})\r\n", MAILS[n - 1].len(), MAILS[n - 1])).collect();
    let behind = format!("{behind}{{tag}} OK\r\n");
    let flags =
        format!("* 2 FETCH (FLAGS (\\Seen))\r\n{}* 4 EXISTS\r\n{}* 1 EXPUNGE\r\n{}{{tag}} OK\r\n", mail(1), mail(2), mail(3));
    let nothing = format!("{}{}* 3 FETCH (UID 3 BODY[] {{0}}\r\n)\r\n{{tag}} OK\r\n", mail(1), mail(2));
    let longer = format!("{}* 2 FETCH (UID 2 BODY[] {{9}}\r\n{})\r\n{}{{tag}} OK\r\n", mail(1), MAILS[1], mail(3));
    let huge = [
        mail(1).into_bytes(),
        b"* 2 FETCH (UID 2 BODY[] {9000000}\r\n".to_vec(),
        vec![b'x'; 9_000_000],
        format!(")\r\n{}{{tag}} OK\r\n", mail(3)).into_bytes(),
    ]
    .concat();
    let cases = [
        ("as it should be", "NOTHING", Act::Drop, three),
        ("close at once", "GREETING", Act::Drop, broken),
        ("says nothing", "GREETING", Act::Stall, late),
        ("is busy", "GREETING", say("* BYE too busy \x1b[31m\r\n"), "too busy"),
        ("SMTP", "GREETING", say("220 hi\r\n"), "it does not answer as mail servers do"),
        ("a line without end", "GREETING", Act::Flood(b"* OK aaaaaaaaaaa"), endless),
        ("an octet now and then", "GREETING", Act::Drip(b"* OK x"), late),
        ("lines without end", "CAPABILITY", Act::Flood(b"* OK still here\r\n"), late),
        ("an octet now and then, later", "CAPABILITY", Act::Drip(b"* OK\r\n"), late),
        ("a wrong password", "AUTHENTICATE", say("{tag} NO [AUTHENTICATIONFAILED] bad\r\n"), "check the user and the password"),
        ("waits for more and more", "AUTHENTICATE", Act::Flood(b"+ \r\n"), "it spoke out of turn"),
        ("no such folder", "EXAMINE", say("{tag} NO no such folder\r\n"), "no such folder"),
        ("an answer to another word", "EXAMINE", say("x9 OK\r\n"), "it does not answer as mail servers do"),
        ("numbers without end", "SEARCH", Act::Flood(b"* SEARCH 1 2 3\r\n"), late),
        ("a line of numbers without end", "SEARCH", Act::SayAndFlood(b"* SEARCH", b" 4294967295"), endless),
        ("more messages than any", "SEARCH", say("* SEARCH 0 -1 x 99999999999999\r\n{tag} OK\r\n"), "0 messages read"),
        ("no sizes", "SIZE", say("{tag} OK\r\n"), three),
        (
            "false sizes",
            "SIZE",
            say("* 1 FETCH (UID 1 RFC822.SIZE 4294967295)\r\n{tag} OK\r\n"),
            "the message is larger than 8 MiB",
        ),
        ("a message is left out", "BODY", Act::Say(format!("{}{}{{tag}} OK\r\n", mail(1), mail(3)).into_bytes()), left_out),
        ("a message is nothing", "BODY", Act::Say(without_second.into_bytes()), left_out),
        ("a message is half", "BODY", Act::Say(short.into_bytes()), late),
        ("a message comes twice", "BODY", Act::Say(twice.into_bytes()), three),
        ("another message comes", "BODY", Act::Say(stranger.into_bytes()), three),
        ("a message is larger than it was said to be", "BODY", Act::Say(huge), "the message is larger than 8 MiB"),
        (
            "a literal of ten octets goes on",
            "BODY",
            Act::SayAndFlood(b"* 1 FETCH (UID 1 BODY[] {10}\r\n", b"xxxxxxxxxxxxxxx"),
            endless,
        ),
        (
            "a literal of any size",
            "BODY",
            Act::SayAndFlood(b"* 1 FETCH (UID 1 BODY[] {9999999999}\r\n", b"xxxxxxxxxxxxxx\n"),
            late,
        ),
        ("literals without end", "BODY", Act::Flood(b"{1}\r\nx"), endless),
        ("messages without end", "BODY", Act::Flood(b"* 1 FETCH (UID 1 BODY[] {5}\r\nabcde)\r\n"), endless),
        ("brackets without end", "BODY", Act::SayAndFlood(b"* 1 FETCH (UID 1 BODY[] ", b"(((((((((((("), endless),
        ("restarts", "BODY", say("* BYE restarting\r\n{tag} NO \r\n"), "does not give the messages"),
        ("vanishes", "BODY", Act::Drop, broken),
        ("no good-bye", "LOGOUT", Act::Drop, three),
        ("greets octet by octet", "GREETING", Act::Single(b"* OK ready\r\n".to_vec()), three),
        ("greets with NUL", "GREETING", Act::Say(b"* OK \0ready\r\n".to_vec()), three),
        ("a carriage return alone", "GREETING", Act::Say(b"* OK a\rb\r\n".to_vec()), three),
        ("the number stands behind", "BODY", Act::Say(behind.into_bytes()), three),
        ("flags in between", "BODY", Act::Say(flags.into_bytes()), three),
        ("a literal of nothing", "BODY", Act::Say(nothing.into_bytes()), three),
        ("a literal that is longer than it says", "BODY", Act::Say(longer.into_bytes()), foreign),
        ("a literal without a length", "BODY", say("* 1 FETCH (UID 1 BODY[] {}\r\nx)\r\n{tag} OK\r\n"), foreign),
        ("a literal of less than nothing", "BODY", say("* 1 FETCH (UID 1 BODY[] {-1}\r\nx)\r\n{tag} OK\r\n"), foreign),
        ("an end that does not come", "BODY", say("* 1 FETCH (UID 1 BODY[] \"abc\r\n{tag} OK\r\n"), left_out),
    ];
    each_ends_well(cases, late, |world, (at, act), timeout| read(world, &Imap::start(at, act), timeout));
}

#[test]
fn nothing_said_in_clear_is_an_answer_inside_the_encryption() {
    let trusted = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls/authority.pem");
    let told = |at, act| {
        let (world, server) = (World::new(), Imap::start(at, act));
        let address = server.address.replace("127.0.0.1", "localhost");
        let arguments = ["replies", "--imap", &address, "--tls", "starttls", "--user", "ana"];
        let mut command = world.convoca(&arguments);
        printed(&command.env("CONVOCA_IMAP_PASSWORD", "x").env("SSL_CERT_FILE", &trusted).output().unwrap())
    };
    assert!(told("NOTHING", Act::Drop).contains("3 messages read"));
    let inject = b"{tag} OK go on\r\n* CAPABILITY AUTH=PLAIN\r\na2 OK\r\n".to_vec();
    assert!(told("STARTTLS", Act::Say(inject)).contains("it spoke out of turn"));
    assert!(told("GREETING", Act::Say(b"* PREAUTH hi\r\n".to_vec())).contains("it does not offer STARTTLS"));
}
