//! What is published moves with the programme: files to download and to subscribe to, and a calendar on a server.

mod support;

use std::fs;
use std::process::Output;

use support::caldav::Caldav;
use support::{World, printed};

const ONE: &str = "one.published@g.example.org.ics";

fn build(world: &World, day: &str) -> String {
    let said = printed(&on(world, day, &["build", "--format", "ics,html"]));
    assert!(!said.contains("error"), "{said}");
    said
}

/// A file of `out/public/es`, unfolded.
fn read(world: &World, name: &str) -> String {
    fs::read_to_string(world.folder.path().join("out").join(name)).unwrap().replace("\r\n ", "")
}

fn lines(file: &str, names: &[&str]) -> Vec<String> {
    file.lines().filter(|line| names.iter().any(|name| line.starts_with(name))).map(str::to_owned).collect()
}

fn register(world: &World) -> String {
    fs::read_to_string(world.folder.path().join("sessions/published.jsonl")).unwrap_or_default()
}

/// The arguments that every run has; what comes later counts.
fn on(world: &World, day: &str, arguments: &[&str]) -> Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_convoca"));
    command.current_dir(world.folder.path()).args(arguments).args(["--lang", "en", "--today", day]).output().unwrap()
}

#[test]
fn a_calendar_moves_with_what_it_says() {
    let world = World::new();
    let state = |day: &str| {
        let out = on(&world, day, &["build", "--only", "calendars"]);
        assert!(out.status.success(), "{}", printed(&out));
        let feed = read(&world, "public/es/programa.ics");
        assert_eq!(
            lines(&read(&world, "public/es/agenda-1-one.ics"), &["UID", "SEQUENCE", "DTSTAMP"]),
            lines(&feed, &["UID", "SEQUENCE", "DTSTAMP"])
        );
        lines(&feed, &["SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "STATUS"]).join(" ")
    };
    let first = "DTSTAMP:20270201T000000Z LAST-MODIFIED:20270201T000000Z SEQUENCE:0 STATUS:CONFIRMED";
    assert_eq!(state("2027-02-01"), first);
    assert_eq!(state("2027-02-05"), first, "nothing changed");
    // By hand, twice in a day.
    world.edit("1.toml", "2027-03-02", "2027-04-06");
    assert_eq!(state("2027-03-05"), "DTSTAMP:20270305T000000Z LAST-MODIFIED:20270305T000000Z SEQUENCE:1 STATUS:CONFIRMED");
    world.edit("1.toml", "10:00", "11:00");
    assert_eq!(state("2027-03-05"), "DTSTAMP:20270305T000001Z LAST-MODIFIED:20270305T000001Z SEQUENCE:2 STATUS:CONFIRMED");
    world.edit("1.toml", "\"confirmed\"", "\"cancelled\"");
    assert_eq!(state("2027-03-06"), "DTSTAMP:20270306T000000Z LAST-MODIFIED:20270306T000000Z SEQUENCE:3 STATUS:CANCELLED");
    assert_eq!(register(&world).lines().count(), 4);
    assert!(!register(&world).contains("@example.org") && !register(&world).contains("meet."), "nobody's address and no link");
}

#[test]
fn a_register_that_is_lost_begins_after_what_lies_in_out() {
    let world = World::new();
    let state = |day: &str| {
        assert!(on(&world, day, &["build", "--only", "calendars"]).status.success());
        lines(&read(&world, "public/es/programa.ics"), &["SEQUENCE", "DTSTAMP"]).join(" ")
    };
    state("2027-02-01");
    world.edit("1.toml", "10:00", "11:00");
    assert_eq!(state("2027-02-02"), "DTSTAMP:20270202T000000Z SEQUENCE:1");
    fs::remove_file(world.folder.path().join("sessions/published.jsonl")).unwrap();
    assert_eq!(state("2027-02-02"), "DTSTAMP:20270202T000001Z SEQUENCE:2");
    assert_eq!(state("2027-02-03"), "DTSTAMP:20270202T000001Z SEQUENCE:2", "remembered again");
}

#[test]
fn what_is_gone_stays_as_cancelled_and_a_draft_is_not_remembered() {
    let world = World::new();
    on(&world, "2027-02-01", &["build", "--draft", "--only", "calendars", "--out", "draft"]);
    assert_eq!(register(&world), "", "nobody was told of a draft");
    on(&world, "2027-02-01", &["build", "--only", "agenda"]);
    assert_eq!(register(&world), "", "no calendar was made");
    on(&world, "2027-02-01", &["build", "--only", "calendars"]);
    fs::remove_file(world.folder.path().join("sessions/1.toml")).unwrap();
    let said = printed(&on(&world, "2027-02-02", &["build", "--only", "calendars"]));
    assert!(said.contains("delete the lines of `one` in `published.jsonl`"), "{said}");
    let feed = read(&world, "public/es/programa.ics");
    assert_eq!(
        lines(&feed, &["SUMMARY", "STATUS", "SEQUENCE"]),
        ["SEQUENCE:1", "SUMMARY;LANGUAGE=es:CANCELADA: Grupo: Sesión 1 – Sesión única", "STATUS:CANCELLED"]
    );
}

#[test]
fn an_invitation_and_a_download_are_two_events() {
    let world = World::new();
    let written = on(&world, "2027-02-01", &["invite", "write", "mails"]);
    assert!(written.status.success(), "{}", printed(&written));
    on(&world, "2027-02-01", &["build", "--only", "calendars"]);
    let mails = walk(&world.folder.path().join("mails"));
    let invitation = mails.iter().find(|path| path.ends_with(".ics")).unwrap();
    let uid = |file: &str| lines(file, &["UID:"])[0].clone();
    let invited = uid(&fs::read_to_string(invitation).unwrap().replace("\r\n ", ""));
    assert_eq!(
        (invited.as_str(), uid(&read(&world, "public/es/agenda-1-one.ics")).as_str()),
        ("UID:one@g.example.org", "UID:one.published@g.example.org")
    );
}

fn walk(folder: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push(path.display().to_string()) }
    }
    found
}

#[test]
fn where_the_files_are_on_the_web_calendars_and_pages_say_so() {
    let world = World::new();
    world.edit("group.toml", "id = \"g\"", "id = \"g\"\npublish-url = \"https://example.org/mesa\"");
    build(&world, "2027-02-01");
    let feed = read(&world, "public/es/programa.ics");
    assert!(feed.contains("\r\nSOURCE;VALUE=URI:https://example.org/mesa/es/programa.ics\r\n"), "{feed}");
    assert!(feed.contains("\r\nURL:https://example.org/mesa/es/agenda-1-one.html\r\n"), "{feed}");
    assert!(feed.contains("\r\nCONTACT;LANGUAGE=es:Secretaría\\, secretaria@example.org\r\n"), "{feed}");
    for page in ["public/es/programa.html", "public/es/agenda-1-one.html"] {
        let page = read(&world, page);
        assert!(page.contains("<a href=\"webcal://example.org/mesa/es/programa.ics\">Suscribirse al calendario"), "{page}");
        assert!(page.contains("<a href=\"https://example.org/mesa/es/programa.ics\">"), "{page}");
    }
    // What is for one reader is nowhere on the web.
    let own = read(&world, "private/es/calendarios/panama.ics");
    assert!(!own.contains("SOURCE") && own.contains("\r\nURL:https://example.org/mesa/es/agenda-1-one.html\r\n"), "{own}");
    let other = World::new();
    build(&other, "2027-02-01");
    assert!(
        !read(&other, "public/es/programa.html").contains("webcal") && !read(&other, "public/es/programa.ics").contains("URL")
    );
}

#[test]
fn an_address_that_is_no_folder_is_told() {
    let world = World::new();
    for wrong in ["https://example.org/?a=1", "example.org", "https://ana@example.org/", "https:///x"] {
        let world = World::new();
        world.edit("group.toml", "id = \"g\"", &format!("id = \"g\"\npublish-url = \"{wrong}\""));
        let said = printed(&world.run(&["check"]));
        assert!(said.contains("is not the address of a folder on the web"), "{wrong}: {said}");
    }
    drop(world);
}

#[test]
fn a_register_that_is_damaged_is_told_with_the_line() {
    let world = World::new();
    on(&world, "2027-02-01", &["build", "--only", "calendars"]);
    let path = world.folder.path().join("sessions/published.jsonl");
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("hello\n{whole}")).unwrap();
    let said = printed(&world.speaking("es", &["build", "--only", "calendars"]).output().unwrap());
    assert!(
        said.contains("sessions/published.jsonl") && said.contains("renglón 1") && said.contains("git o de un respaldo"),
        "{said}"
    );
    // Half a line of a run that was killed, and a last line that an editor left without its end.
    for tail in ["{\"kind\":\"publ", ""] {
        fs::write(&path, format!("{}{tail}", if tail.is_empty() { whole.trim_end() } else { &whole })).unwrap();
        world.edit("1.toml", "Opening\"", "Opening.\"");
        assert!(on(&world, "2027-02-03", &["build", "--only", "calendars"]).status.success());
        assert_eq!(register(&world).lines().count(), 2, "{}", register(&world));
        world.edit("1.toml", "Opening.\"", "Opening\"");
    }
}

#[test]
fn the_calendar_on_a_server_follows_and_nothing_is_lost_there() {
    let (world, server) = (World::new(), Caldav::new());
    let publish = |day: &str, more: &[&str]| printed(&on(&world, day, &[&["publish", "--caldav", &server.url], more].concat()));
    assert!(publish("2027-02-01", &["--dry-run"]).contains("to be put: Grupo: Sesión 1 – Sesión única"));
    assert!(server.event(ONE).is_none() && register(&world).is_empty());
    let said = publish("2027-02-01", &[]);
    assert!(said.contains("put: Grupo: Sesión 1 – Sesión única\n1 event on 127.0.0.1: 1 put or changed, 0 taken away"), "{said}");
    assert_eq!(server.asked().last().unwrap(), &format!("PUT /g/{ONE} If-None-Match: *"));
    let event = server.event(ONE).unwrap();
    assert!(!event.contains("METHOD") && !event.contains("ORGANIZER") && !event.contains("meet.example.org"), "{event}");
    assert!(event.contains("SEQUENCE:0") && event.contains("DTSTART;TZID=America/Guatemala:20270302T100000"), "{event}");

    // Nothing to do, then a change.
    assert!(publish("2027-02-02", &[]).contains("0 put or changed, 0 taken away, 1 as they were"));
    assert!(server.asked().iter().all(|asked| asked.starts_with("PROPFIND")));
    world.edit("1.toml", "2027-03-02", "2027-03-03");
    assert!(publish("2027-02-03", &[]).contains("changed: Grupo"));
    assert!(server.asked().last().unwrap().contains("If-Match: \""));
    assert!(server.event(ONE).unwrap().contains("SEQUENCE:1"));

    // Somebody changes it there.
    server.change(ONE, "SUMMARY;LANGUAGE=es:Grupo", "SUMMARY;LANGUAGE=es:Mesa");
    world.edit("1.toml", "2027-03-03", "2027-03-04");
    let said = publish("2027-02-04", &[]);
    assert!(
        said.contains("left as it is, since somebody changed it on the server") && said.contains("`--overwrite one`"),
        "{said}"
    );
    assert!(server.event(ONE).unwrap().contains("Mesa: "));
    assert!(publish("2027-02-04", &["--overwrite", "1"]).contains("changed: Grupo"));
    assert!(!server.event(ONE).unwrap().contains("Mesa: "));

    // Somebody deletes it there.
    server.events.lock().unwrap().clear();
    assert!(publish("2027-02-05", &[]).contains("not put again, since somebody deleted it on the server"));
    assert!(publish("2027-02-05", &["--overwrite", "one"]).contains("put: Grupo"));

    // Its file is gone.
    fs::rename(world.folder.path().join("sessions/1.toml"), world.folder.path().join("1.toml")).unwrap();
    assert!(publish("2027-02-06", &[]).contains("changed: CANCELADA: Grupo"));
    assert!(server.event(ONE).unwrap().contains("STATUS:CANCELLED"));
    // Nobody ever saw it: its lines are taken out.
    let kept: String =
        register(&world).lines().filter(|line| !line.contains("\"published\"")).map(|line| format!("{line}\n")).collect();
    fs::write(world.folder.path().join("sessions/published.jsonl"), kept).unwrap();
    server.events.lock().unwrap().insert("/g/other.ics".into(), ("\"o\"".into(), "x".into()));
    assert!(publish("2027-02-07", &[]).contains("taken away: one.published@g.example.org"));
    assert!(server.event(ONE).is_none() && server.event("other.ics").is_some(), "only what convoca put there");
}

#[test]
fn what_lies_there_and_says_the_same_is_taken_for_ours() {
    let (world, server) = (World::new(), Caldav::new());
    let publish = || printed(&on(&world, "2027-02-01", &["publish", "--caldav", &server.url]));
    publish();
    // Another desk, or a run that was cut off before it could write down what the server said.
    let path = world.folder.path().join("sessions/published.jsonl");
    let kept: String =
        register(&world).lines().filter(|line| line.contains("\"published\"")).map(|line| format!("{line}\n")).collect();
    fs::write(&path, kept).unwrap();
    assert!(publish().contains("1 as they were"));
    assert_eq!(register(&world).matches("\"kind\":\"put\"").count(), 1);
}

#[test]
fn nothing_is_published_while_errors_stand_or_something_secret_would_show() {
    let (world, server) = (World::new(), Caldav::new());
    world.edit("1.toml", "Sesión única", "Sesión única: esquipulas@example.org");
    let said = printed(&on(&world, "2027-02-01", &["publish", "--caldav", &server.url]));
    assert!(said.contains("nothing was published"), "{said}");
    world.edit("1.toml", "minutes = 30", "minutes = 30\nend = 12:00");
    let said = printed(&world.speaking("es", &["publicar", "--caldav", &server.url]).output().unwrap());
    assert!(said.contains("no se publicó nada: corrija antes los errores"), "{said}");
    assert!(server.asked().is_empty());
}
