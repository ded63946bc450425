//! Calendar servers that lie, break off, or never come to an end: each is told, with what can be done, and none decides
//! how long or how large a run is.

mod support;

use std::process::Output;

use support::caldav::{Caldav, listing};
use support::imap::Act;
use support::{World, each_ends_well, printed};

fn publish(world: &World, url: &str, more: &[&str]) -> Output {
    let mut command = world.convoca(&[&["publish", "--caldav", url, "--user", "ana"], more].concat());
    command.env("CONVOCA_CALDAV_PASSWORD", "hunter2").output().unwrap()
}

#[test]
fn every_fault_of_a_calendar_server_ends_well() {
    let say = |text: &str| Act::Say(text.as_bytes().to_vec());
    let answer = |head: &str, body: &str| say(&format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
    let late = "it does not answer in time";
    let broken = "it broke off the connection";
    let endless = "its answer does not end";
    let foreign = "it does not answer as web servers do";
    let empty = listing(&Default::default());
    let bomb = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><d>&b;</d>";
    let deep = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
    let chunked = |text: &str| say(&format!("HTTP/1.1 207 x\r\nTransfer-Encoding: chunked\r\n\r\n{text}"));
    let own = listing(&Default::default());
    let cases = [
        (
            "octet by octet",
            "PROPFIND",
            Act::Single(format!("HTTP/1.1 207 x\r\nContent-Length: {}\r\n\r\n{own}", own.len()).into_bytes()),
            "1 put or changed",
        ),
        (
            "line feeds alone",
            "PROPFIND",
            say(&format!("HTTP/1.1 207\nContent-Length: {}\n\n{own}", own.len())),
            "1 put or changed",
        ),
        (
            "pieces with something beside",
            "PROPFIND",
            chunked(&format!("{:x};a=b\r\n{own}\r\n0\r\nX: y\r\n\r\n", own.len())),
            "1 put or changed",
        ),
        ("a piece of less than nothing", "PROPFIND", chunked("-5\r\nabc\r\n0\r\n\r\n"), foreign),
        ("a piece longer than it says", "PROPFIND", chunked(&format!("5\r\n{own}\r\n0\r\n\r\n")), foreign),
        ("less than nothing", "PROPFIND", say("HTTP/1.1 207 x\r\nContent-Length: -1\r\n\r\n"), foreign),
        (
            "two lengths",
            "PROPFIND",
            say(&format!("HTTP/1.1 207 x\r\nContent-Length: 5\r\nContent-Length: {}\r\n\r\n{own}", own.len())),
            foreign,
        ),
        ("NUL", "PROPFIND", answer("207 \0x", "\0\0"), foreign),
        ("another tongue", "PROPFIND", say("PRI * HTTP/2.0\r\n\r\n"), foreign),
        ("a code of four figures", "PROPFIND", answer("2070 x", &own), foreign),
        ("as it should be", "NOTHING", Act::Drop, "1 put or changed"),
        ("close at once", "GREETING", Act::Drop, broken),
        ("says nothing", "GREETING", Act::Stall, late),
        ("SMTP", "GREETING", say("220 hi \x1b[31m\r\n"), foreign),
        ("a line without end", "GREETING", Act::Flood(b"HTTP/1.1 200 aaaaaaaaaaa"), endless),
        ("lines without end", "PROPFIND", Act::SayAndFlood(b"HTTP/1.1 207 x\r\n", b"X: y\r\n"), endless),
        ("an octet now and then", "PROPFIND", Act::Drip(b"HTTP/1.1 207 x\r\nX: y\r\n"), late),
        ("waits for ever", "PROPFIND", Act::Flood(b"HTTP/1.1 100 Continue\r\n\r\n"), endless),
        ("a body without end", "PROPFIND", Act::SayAndFlood(b"HTTP/1.1 207 x\r\n\r\n", b"<a>aaaaaaaa</a>"), endless),
        ("a length of any size", "PROPFIND", say("HTTP/1.1 207 x\r\nContent-Length: 99999999999999999999\r\n\r\n"), foreign),
        ("more than anybody has", "PROPFIND", say("HTTP/1.1 207 x\r\nContent-Length: 99999999999\r\n\r\n"), endless),
        ("half of it", "PROPFIND", say("HTTP/1.1 207 x\r\nContent-Length: 99\r\n\r\n<a>"), broken),
        (
            "pieces without end",
            "PROPFIND",
            Act::SayAndFlood(b"HTTP/1.1 207 x\r\nTransfer-Encoding: chunked\r\n\r\n", b"3\r\nabc\r\n"),
            endless,
        ),
        (
            "a piece of any size",
            "PROPFIND",
            say("HTTP/1.1 207 x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"),
            endless,
        ),
        ("packed", "PROPFIND", say("HTTP/1.1 207 x\r\nTransfer-Encoding: gzip\r\n\r\n"), foreign),
        ("a page", "PROPFIND", answer("200 OK", "<html>"), "200 OK"),
        ("no XML", "PROPFIND", answer("207 x", "<html>"), foreign),
        ("entities", "PROPFIND", answer("207 x", bomb), foreign),
        ("depth", "PROPFIND", answer("207 x", &deep), foreign),
        ("a wrong password", "PROPFIND", answer("401 Unauthorized", ""), "check `--user` and the password"),
        (
            "no password at all",
            "PROPFIND",
            say("HTTP/1.1 401 x\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n"),
            "wants another way to log in",
        ),
        ("not allowed", "PROPFIND", answer("403 Forbidden", ""), "403 Forbidden"),
        ("no calendar", "PROPFIND", answer("404 Not Found", ""), "make the calendar on the server first"),
        ("a folder", "PROPFIND", answer("207 x", &empty.replace("<c:calendar/>", "")), "there is no calendar at this address"),
        (
            "it is elsewhere",
            "PROPFIND",
            say("HTTP/1.1 301 x\r\nLocation: https://evil.example.org/\r\nContent-Length: 0\r\n\r\n"),
            "is at another address (https://evil.example.org/)",
        ),
        ("it is ill", "PROPFIND", answer("500 Oh \x1b[31m", ""), "500 Oh"),
        ("a conflict in between", "PUT", answer("412 Precondition Failed", ""), "since somebody changed it on the server"),
        (
            "too large",
            "PUT",
            answer("403 Forbidden", "<error xmlns=\"DAV:\"><max-resource-size/></error>"),
            "403 Forbidden, max-resource-size",
        ),
        ("no room", "PUT", answer("507 Insufficient Storage", ""), "it stopped at"),
        ("vanishes", "PUT", Act::Drop, "it stopped at"),
        (
            "a state that adds a line",
            "PUT",
            say("HTTP/1.1 201 x\r\nETag: \"a\x0bb\"\r\nContent-Length: 0\r\n\r\n"),
            "1 put or changed",
        ),
    ];
    each_ends_well(cases, late, |world, (at, act), timeout| publish(world, &Caldav::start(at, act).url, timeout));
}

#[test]
fn a_state_that_nobody_can_ask_for_again_is_no_harm() {
    let world = World::new();
    let odd = "HTTP/1.1 201 x\r\nETag: \"a\x0bb\"\r\nContent-Length: 0\r\n\r\n";
    publish(&world, &Caldav::start("PUT", Act::Say(odd.as_bytes().to_vec())).url, &[]);
    let told = printed(&publish(&world, &Caldav::new().url, &[]));
    assert!(told.contains("1 put or changed"), "{told}");
}

#[test]
fn nothing_is_said_in_clear_over_the_network() {
    let world = World::new();
    for (url, says) in [
        ("http://calendar.example.org/g/", "must not be in clear"),
        ("https://ana:x@calendar.example.org/g/", "is not the address of a calendar"),
        ("calendar.example.org", "is not the address of a calendar"),
        ("https://no-such-server.invalid/g/", "its name was not found"),
    ] {
        let told = printed(&publish(&world, url, &[]));
        assert!(told.contains(says), "{url}: {told}");
    }
    let told =
        printed(&world.convoca(&["publish", "--caldav", "https://no-such-server.invalid/g/", "--user", "ana"]).output().unwrap());
    assert!(told.contains("the password is missing") && told.contains("CONVOCA_CALDAV_PASSWORD"), "{told}");
}

#[test]
fn a_server_that_is_not_trusted_hears_no_password() {
    let trusted = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls/authority.pem");
    let world = World::new();
    // It speaks no TLS at all.
    let plain = Caldav::new();
    let url = plain.url.replace("http://127.0.0.1", "https://localhost");
    let mut command = world.convoca(&["publish", "--caldav", &url, "--user", "ana", "--timeout", "5"]);
    let told = printed(&command.env("CONVOCA_CALDAV_PASSWORD", "hunter2").env("SSL_CERT_FILE", &trusted).output().unwrap());
    assert!(told.contains("cannot be used"), "{told}");
    assert!(plain.asked().is_empty());
}
