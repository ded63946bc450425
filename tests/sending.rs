//! Sending through a mail server that fails in every way, and a sender that is killed at every step:
//! nothing is lost in silence, and nothing goes twice but what is in doubt, as it was.

mod support;

use std::collections::BTreeMap;
use std::time::Duration;

use support::smtp::{Act, Smtp, Step};
use support::{World, printed};

const EVERYBODY: [&str; 3] = ["esquipulas@example.org", "panama@example.org", "uclg@example.org"];

/// Sends what is left through a good server, and judges what came in all.
fn settle(world: &World, before: &Smtp, may_double: bool, context: &str) {
    let honest = Smtp::honest();
    // It never stalls, but this machine may.
    let arguments = world.sending(&honest.address, "60", &[]);
    let output = world.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(output.status.success(), "{context}: {}", printed(&output));
    let mut received: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (to, mail) in before.mailbox().into_iter().chain(honest.mailbox()) {
        received.entry(to).or_default().push(mail);
    }
    assert_eq!(received.keys().collect::<Vec<_>>(), EVERYBODY, "{context}: nobody is left out");
    for (to, copies) in &received {
        assert!(copies.len() == 1 || may_double, "{context}: {to} got {} copies", copies.len());
        assert!(copies.iter().all(|copy| *copy == copies[0]), "{context}: a second copy is the same");
    }
    assert_eq!(world.plan(&[])["messages"], 0, "{context}: a second plan is empty");
}

#[test]
fn a_plan_is_sent_once() {
    let (world, server) = (World::new(), Smtp::honest());
    let output = world.send(&server.address, &[]);
    assert!(output.status.success(), "{}", printed(&output));
    assert!(printed(&output).contains("3 of 3 mails sent"));
    assert_eq!(world.ledger().lines().count(), 7, "two a mail, and what the links are made from");
    settle(&world, &server, false, "");
}

#[test]
fn a_server_that_fails_at_any_step_loses_nothing() {
    let acts = [
        Act::Drop,
        Act::Stall,
        Act::Say("451 4.3.0 later"),
        Act::Say("550 5.1.1 never"),
        Act::Say("421 closing"),
        Act::Say("garbage"),
    ];
    std::thread::scope(|scope| {
        for step in Step::ALL {
            for act in acts.clone() {
                // A server that keeps a mail and says that it did not is beyond help.
                if step == Step::Taken && matches!(act, Act::Say(said) if said.starts_with(['4', '5'])) {
                    continue;
                }
                scope.spawn(move || {
                    for nth in [0, 1] {
                        let context = format!("{act:?} at {step:?} of mail {nth}");
                        let world = World::new();
                        let act = act.clone();
                        // Once only: what comes after is as it should be.
                        let mut done = false;
                        let server = Smtp::start(move |at, count| {
                            let now = at == step && count == nth && !done;
                            done |= now;
                            if now { act.clone() } else { Act::Go }
                        });
                        let output = world.send(&server.address, &[]);
                        let failed_before_any = matches!(step, Step::Connect | Step::Hello);
                        if failed_before_any && nth == 0 {
                            assert!(!output.status.success(), "{context}");
                            assert_eq!(world.ledger(), "", "{context}: nothing was begun");
                        }
                        settle(&world, &server, true, &context);
                    }
                });
            }
        }
    });
}

#[test]
fn only_what_was_in_doubt_may_go_twice() {
    for (step, act, doubt) in [
        (Step::Taken, Act::Drop, true),
        (Step::End, Act::Drop, true),
        (Step::Body, Act::Drop, true),
        (Step::End, Act::Say("554 no"), false),
        (Step::To, Act::Say("450 busy"), false),
    ] {
        let world = World::new();
        let server = Smtp::start(move |at, count| if at == step && count == 1 { act.clone() } else { Act::Go });
        let output = world.send(&server.address, &[]);
        let told = printed(&output);
        assert!(!output.status.success());
        assert_eq!(told.contains("is in doubt, it may have arrived"), doubt, "{step:?}: {told}");
        let plan = world.plan(&[]).to_string();
        assert_eq!(plan.contains("\"reason\":\"in-doubt\""), doubt, "{step:?}");
        assert_eq!(plan.contains("\"reason\":\"refused\""), !doubt, "{step:?}: {plan}");
        settle(&world, &server, step == Step::Taken, &format!("{step:?}"));
    }
}

#[test]
fn a_sender_that_is_killed_at_any_step_goes_on_where_it_was() {
    std::thread::scope(|scope| {
        for step in Step::ALL {
            scope.spawn(move || {
                for nth in [0, 1, 2] {
                    if nth > 0 && matches!(step, Step::Connect | Step::Hello) {
                        continue;
                    }
                    let context = format!("killed at {step:?} of mail {nth}");
                    let world = World::new();
                    let server = Smtp::start(move |at, count| if at == step && count == nth { Act::Freeze } else { Act::Go });
                    // Long enough that the kill is what ends it.
                    let arguments = world.sending(&server.address, "60", &[]);
                    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                    let mut sender = world.convoca(&arguments).spawn().unwrap();
                    assert!(server.wait_until_frozen(Duration::from_secs(30)), "{context}");
                    sender.kill().unwrap();
                    sender.wait().unwrap();
                    settle(&world, &server, step == Step::Taken, &context);
                }
            });
        }
    });
}

#[test]
fn two_senders_at_once_send_once() {
    let world = World::new();
    let server = Smtp::start(|at, count| if at == Step::End && count == 0 { Act::Freeze } else { Act::Go });
    let arguments = world.sending(&server.address, "60", &[]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut first = world.convoca(&arguments).spawn().unwrap();
    assert!(server.wait_until_frozen(Duration::from_secs(30)));
    let second = world.send(&server.address, &[]);
    assert_eq!(second.status.code(), Some(2));
    assert!(printed(&second).contains("another convoca is using the ledger"), "{}", printed(&second));
    first.kill().unwrap();
    first.wait().unwrap();
    settle(&world, &server, false, "two senders");
}

#[test]
fn a_plan_that_changed_or_was_not_confirmed_is_refused() {
    let (world, server) = (World::new(), Smtp::honest());
    let arguments = world.sending(&server.address, "1", &[]);
    world.edit("1.toml", "minutes = 30", "minutes = 45");
    let output = world.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(output.status.code(), Some(2));
    assert!(printed(&output).contains("is not the plan any more"));
    let output = world.run(&["invite", "send", "--server", &server.address, "--tls", "none"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(printed(&output).contains("the plan was not confirmed"));
    assert_eq!((server.mailbox().len(), world.ledger().as_str()), (0, ""));
}

#[test]
fn a_server_that_cannot_be_used_is_named_before_anything_is_begun() {
    let world = World::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let output = world.send(&free, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(printed(&output).contains("cannot be used, and nothing was sent"), "{}", printed(&output));
    let honest = Smtp::honest();
    let without_tls = world.plan(&[])["plan"].as_str().unwrap().to_owned();
    let output = world.run(&["invite", "send", "--server", &honest.address, "--yes", &without_tls]);
    assert_eq!(output.status.code(), Some(2), "STARTTLS is a must unless told otherwise");
    let output = world.run(&["invite", "send", "--server", "mail.example.org", "--tls", "none", "--yes", &without_tls]);
    assert!(printed(&output).contains("must not be in clear"));
    assert_eq!((honest.mailbox().len(), world.ledger().as_str()), (0, ""));
}

/// Why a server cannot be used, and what to look at, without a word in another language.
#[test]
fn what_keeps_from_a_server_is_told_in_the_readers_language() {
    let world = World::new();
    let plan = world.plan(&[])["plan"].as_str().unwrap().to_owned();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = silent.local_addr().map(|address| (silent, address.to_string())).unwrap();
    let (honest, other) = (Smtp::honest(), Smtp::start(|_, _| Act::Say("* OK IMAP4rev1")));
    let dropping = Smtp::start(|_, _| Act::Drop);
    let sending = ["invite", "send", "--timeout", "1", "--yes", &plan];
    let reading = ["replies", "--user", "ana"];
    for (server, tls, smtp, imap, help) in [
        (free.as_str(), "none", "no acepta conexiones en este puerto", "no acepta conexiones en este puerto", "un cortafuegos"),
        (
            "no-existe.invalid:25",
            "tls",
            "su nombre no se encontró en la red",
            "su nombre no se encontró en la red",
            "el nombre del servidor",
        ),
        (&honest.address, "tls", "no habla TLS en este puerto", "no habla TLS en este puerto", "pruebe `--tls starttls`"),
        (&silent.1, "none", "no responde a tiempo", "", "un cortafuegos"),
        (&honest.address, "starttls", "no ofrece STARTTLS", "", "este puerto no ofrece cifrado"),
        (&dropping.address, "none", "cortó la conexión", "", ""),
        (&other.address, "none", "no contesta como un servidor de correo", "", ""),
    ] {
        let run = |arguments: &[&str], told: &str| {
            let mut command = world.speaking("es", arguments);
            let output = command.env("CONVOCA_IMAP_PASSWORD", "x").output().unwrap();
            let shown = printed(&output);
            assert_eq!(output.status.code(), Some(2), "{shown}");
            assert!(shown.contains(told) && shown.contains(help) && !shown.contains("os error"), "{server}: {shown}");
            assert!(!shown.contains("incomplete"), "{shown}");
        };
        run(&[&sending[..], &["--server", server, "--tls", tls]].concat(), smtp);
        if !imap.is_empty() {
            run(&[&reading[..], &["--imap", server, "--tls", tls]].concat(), imap);
        }
    }
}

#[test]
#[cfg(unix)]
fn a_command_for_the_password_that_fails_is_told_in_the_readers_language() {
    let world = World::new();
    for (command, lang, told) in [
        ("exit 3", "es", "la orden de `--password-command` falló: terminó con el código 3"),
        ("exit 3", "en", "the command of `--password-command` failed: it ended with status 3"),
        ("kill -9 $$", "es", "falló: se interrumpió"),
    ] {
        let arguments = ["replies", "--imap", "mail.example.org", "--user", "ana", "--password-command", command];
        let output = world.speaking(lang, &arguments).output().unwrap();
        assert!(printed(&output).contains(told), "{}", printed(&output));
    }
}

#[test]
fn a_server_that_refuses_everything_is_left_alone() {
    let world = World::new();
    let parties: String = (0..20)
        .map(|n| {
            format!("[parties.p{n}]\nname = {{ es = \"P{n}\", en = \"P{n}\" }}\nmember = true\nemail = \"p{n}@example.org\"\n")
        })
        .collect();
    world.edit("group.toml", "[parties.uclg]", &format!("{parties}[parties.uclg]"));
    let server = Smtp::start(|at, _| if at == Step::From { Act::Say("530 5.7.0 log in first") } else { Act::Go });
    let output = world.send(&server.address, &[]);
    assert!(printed(&output).contains("the server refuses every mail"), "{}", printed(&output));
    // Two a mail, and what the links are made from.
    assert_eq!(world.ledger().lines().count(), 11);
    assert_eq!(world.plan(&[])["messages"], 23);
}
