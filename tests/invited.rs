//! Who is invited to a session and in whose name, who gets a copy, and what is told when it is near, postponed,
//! cancelled, or organized by another address.

mod support;

use support::smtp::{Act, Smtp, Step};
use support::{World, calendar, printed};

fn said(world: &World, arguments: &[&str]) -> String {
    let output = world.run(arguments);
    assert!(output.status.success(), "{}", printed(&output));
    printed(&output)
}

/// Sends the plan; what came in, sorted by recipient.
fn sent(world: &World, arguments: &[&str]) -> Vec<(String, String)> {
    let server = Smtp::honest();
    let output = world.send(&server.address, arguments);
    assert!(output.status.success(), "{}", printed(&output));
    let mut mailbox = server.mailbox();
    mailbox.sort();
    mailbox
}

fn header<'m>(mail: &'m str, name: &str) -> &'m str {
    let line = mail.split("\r\n").find(|line| line.starts_with(&format!("{name}: ")));
    line.map_or("", |line| &line[name.len() + 2..])
}

/// The lines of a calendar that say something of a property.
fn lines(mail: &str, name: &str) -> Vec<String> {
    let calendar = calendar(mail);
    let event = calendar.split("BEGIN:VEVENT").nth(1).unwrap().to_owned();
    event.lines().filter(|line| line.starts_with(name)).map(|line| line.trim_end().to_owned()).collect()
}

fn actions(plan: &serde_json::Value) -> Vec<(String, String)> {
    let recipients = plan["sessions"][0]["recipients"].as_array().unwrap();
    let word = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    recipients.iter().map(|one| (word(&one["who"]), word(&one["action"]))).collect()
}

#[test]
fn guests_and_observers_are_invited_to_one_session_and_the_excused_are_not() {
    let world = World::new();
    let agency =
        "[parties.agency]\nname = { es = \"Agencia\", en = \"Agency\" }\nemail = \"agency@example.org\"\nlanguage = \"en\"\n";
    world.edit("group.toml", "[parties.uclg]", &format!("{agency}[parties.uclg]"));
    world.edit("1.toml", "number = 1", "number = 1\nguests = [\"agency\"]");
    let role = |world: &World| {
        let mails = sent(world, &[]);
        let (_, mail) = mails.iter().find(|(to, _)| to == "agency@example.org").unwrap();
        lines(mail, "ATTENDEE").remove(0)
    };
    assert!(role(&world).contains("ROLE=REQ-PARTICIPANT"));
    world.edit("1.toml", "guests = [", "observers = [");
    assert!(role(&world).contains("ROLE=OPT-PARTICIPANT"), "their role changed, and they are told");
    world.edit("1.toml", "observers = [\"agency\"]", "excused = [\"panama\"]");
    let mut left = actions(&world.plan(&[]));
    left.retain(|(_, action)| action != "unchanged");
    assert_eq!(left, [("agency", "cancel"), ("panama", "cancel")].map(|(who, action)| (who.to_owned(), action.to_owned())));
    // Who has a part in the session is there, excused or not.
    world.edit("1.toml", "excused = [\"panama\"]", "excused = [\"panama\", \"esquipulas\"]");
    assert!(!actions(&world.plan(&[])).iter().any(|(who, action)| who == "esquipulas" && action == "cancel"));
    world.edit("1.toml", "excused = [", "guests = [\"nobody-known\"]\nexcused = [");
    assert!(printed(&world.run(&["check"])).contains("`nobody-known` is no party or person of the group"));
}

#[test]
fn an_assistant_gets_a_copy_and_a_copy_that_is_refused_keeps_nothing_back() {
    let world = World::new();
    world.edit(
        "group.toml",
        "language = \"en\"",
        "language = \"en\"\ncopy = [\"assistant@example.org\", \"Panama@example.org\"]",
    );
    let plan = said(&world, &["invite", "plan"]);
    assert!(plan.contains("<panama@example.org> – in English; copy to assistant@example.org\n"), "{plan}");
    let mut asked = 0;
    // Of the three mails, the second has two recipients.
    let server = Smtp::start(move |step, _| {
        asked += usize::from(step == Step::To);
        if step == Step::To && asked == 3 { Act::Say("550 no such user") } else { Act::Go }
    });
    let told = printed(&world.send(&server.address, &[]));
    assert!(told.contains("3 of 3 mails sent"), "{told}");
    let refused = "sent to panama@example.org, but without its copy to assistant@example.org, which the server refused: 550 no";
    assert!(told.contains(refused), "{told}");
    world.edit("1.toml", "10:00", "11:00");
    let mails = sent(&world, &["--same-link", "1"]);
    let (_, copied) = mails.iter().find(|(to, _)| to == "assistant@example.org").unwrap();
    assert_eq!(header(copied, "Cc"), "assistant@example.org");
    assert!(lines(copied, "ATTENDEE")[0].ends_with("mailto:panama@example.org"), "the invited is who answers");
    assert_eq!(lines(copied, "ATTENDEE").len(), 1);
}

#[test]
fn a_cancellation_says_why_and_a_postponement_when() {
    let world = World::new();
    sent(&world, &[]);
    world.edit(
        "1.toml",
        "status = \"confirmed\"",
        "status = \"cancelled\"\nreason = { es = \"Por huelga\", en = \"For a strike\" }",
    );
    assert!(said(&world, &["invite", "plan"]).contains("3 cancellations – the session is cancelled: «For a strike»\n"));
    said(&world, &["invite", "write", "cancelled"]);
    let file = |folder: &str, name: &str| {
        std::fs::read_to_string(world.folder.path().join(folder).join("one").join(name)).unwrap().replace("\r\n ", "")
    };
    let (mail, calendar) = (file("cancelled", "panama-cancel.eml"), file("cancelled", "panama-cancel.ics"));
    assert!(header(&mail, "Subject").starts_with("CANCELLED: ") && mail.contains("\r\n\r\nFor a strike\r\n"), "{mail}");
    assert!(calendar.contains("This session is cancelled.\\nFor a strike\r\n"), "{calendar}");
    assert!(!mail.contains("postponed"));
    world.edit("1.toml", "reason =", "postponed-to = 2027-04-06\nreason =");
    let shown = said(&world, &["invite", "plan"]);
    assert!(shown.contains("the session is cancelled: «For a strike»; postponed to Tuesday 6 April 2027"), "{shown}");
    said(&world, &["invite", "write", "postponed"]);
    let (mail, calendar) = (file("postponed", "panama-cancel.eml"), file("postponed", "panama-cancel.ics"));
    assert!(header(&mail, "Subject").starts_with("POSTPONED: "), "{mail}");
    assert!(mail.contains("It is postponed to Tuesday 6 April 2027. You will get another invitation"), "{mail}");
    assert!(calendar.contains("For a strike\\nIt is postponed to Tuesday 6 April 2027.\r\n"), "{calendar}");
    said(&world, &["build", "--format", "md,ics", "--out", "out"]);
    let agenda = std::fs::read_to_string(world.folder.path().join("out/public/es/agenda-1-one.md")).unwrap();
    assert!(agenda.contains("CANCELADA; se pospone para el martes 6 de abril de 2027"), "{agenda}");
    let feed = std::fs::read_to_string(world.folder.path().join("out/public/en/agenda-1-one.ics")).unwrap().replace("\r\n ", "");
    assert!(feed.contains("This session is cancelled: it is postponed to Tuesday 6 April 2027."), "{feed}");
    assert!(!agenda.contains("huelga"), "why is told to those who were invited");
    assert!(said(&world, &["agenda", "1"]).contains("CANCELLED; postponed to Tuesday 6 April 2027"));
    let spanish = file("postponed", "uclg-cancel.ics");
    assert!(spanish.contains("Se pospone para el martes 6 de abril de 2027."), "{spanish}");
}

#[test]
fn who_sends_for_the_organizer_is_named_as_that() {
    let world = World::new();
    world.edit(
        "group.toml",
        "email = \"secretaria@example.org\" }",
        "email = \"presidencia@example.org\", sender = \"secretaria@example.org\" }",
    );
    let mails = sent(&world, &[]);
    for (_, mail) in &mails {
        assert!(header(mail, "From").ends_with("<secretaria@example.org>"), "{mail}");
        let organizer = lines(mail, "ORGANIZER").remove(0);
        assert!(
            organizer.contains("SENT-BY=\"mailto:secretaria@example.org\"")
                && organizer.ends_with(":mailto:presidencia@example.org"),
            "{organizer}"
        );
    }
}

#[test]
fn those_who_come_are_reminded_the_day_before_with_the_link() {
    let world = World::new();
    sent(&world, &[]);
    said(&world, &["replies", "--accepts", "panama", "--may-come", "uclg", "--declines", "esquipulas", "--session", "1"]);
    let on = |day: &str, arguments: &[&str]| {
        let output = world.on(day, arguments).output().unwrap();
        assert!(output.status.success(), "{}", printed(&output));
        printed(&output)
    };
    assert!(on("2027-02-20", &["invite", "plan", "--remind"]).contains("nothing to send"), "it is not near yet");
    let plan = on("2027-03-01", &["invite", "plan", "--remind"]);
    assert!(plan.contains("2 reminders – comes, and it takes place soon") && plan.contains("2 mails to send"), "{plan}");
    on("2027-03-01", &["invite", "write", "eve", "--remind"]);
    let mail = std::fs::read_to_string(world.folder.path().join("eve/one/panama-request.eml")).unwrap();
    assert!(
        header(&mail, "Subject").starts_with("Coming up: Tuesday 2 March, ")
            || header(&mail, "Subject").starts_with("Coming up: "),
        "{mail}"
    );
    assert!(calendar(&mail).contains("https://meet.example.org/abc") && calendar(&mail).contains("PARTSTAT=ACCEPTED"));
    on("2027-03-01", &["invite", "record", "eve"]);
    assert!(on("2027-03-01", &["invite", "plan", "--remind"]).contains("nothing to send"), "once");
}

#[test]
fn another_organizer_is_told_and_then_invites_anew() {
    let world = World::new();
    let first = sent(&world, &[]);
    let uid = lines(&first[0].1, "UID").remove(0);
    world.edit("group.toml", "email = \"secretaria@example.org\" }", "email = \"mesa@example.org\" }");
    let held = printed(&world.run(&["invite", "plan"]));
    assert!(held.contains("keep `email = \"secretaria@example.org\"` and write the new address as `sender`"), "{held}");
    assert!(held.contains("`--new-organizer`") && held.contains("nothing to send"), "{held}");
    assert_eq!(world.plan(&[])["messages"], 0);
    let plan = said(&world, &["invite", "plan", "--new-organizer"]);
    assert!(plan.contains("3 invitations of another organizer taken back") && plan.contains("6 mails to send"), "{plan}");
    let mails = sent(&world, &["--new-organizer"]);
    let of_panama: Vec<&String> = mails.iter().filter(|(to, _)| to == "panama@example.org").map(|(_, mail)| mail).collect();
    let [taken_back, anew] = of_panama.as_slice() else { panic!("{}", of_panama.len()) };
    let (taken_back, anew) = if calendar(taken_back).contains("METHOD:CANCEL") { (taken_back, anew) } else { (anew, taken_back) };
    // What is taken back is so in the name of whom it came from, and says that the session is held.
    assert_eq!(lines(taken_back, "UID"), std::slice::from_ref(&uid));
    let organizer = lines(taken_back, "ORGANIZER").remove(0);
    assert!(
        organizer.contains("SENT-BY=\"mailto:mesa@example.org\"") && organizer.ends_with(":mailto:secretaria@example.org"),
        "{organizer}"
    );
    assert!(
        lines(taken_back, "SUMMARY")[0].contains(":Replaced: ")
            && header(taken_back, "Subject").starts_with("Your invitation is replaced")
    );
    assert!(lines(anew, "UID")[0] != uid && lines(anew, "ORGANIZER")[0].ends_with(":mailto:mesa@example.org"));
    assert_eq!(world.plan(&[])["messages"], 0, "with that it is settled");
    // From here on the new one is what changes.
    world.edit("1.toml", "10:00", "11:00");
    let moved = sent(&world, &["--same-link", "1"]);
    assert!(moved.len() == 3 && moved.iter().all(|(_, mail)| lines(mail, "UID") == lines(anew, "UID")));
    said(&world, &["replies", "--accepts", "panama", "--session", "1"]);
    assert!(said(&world, &["attendance", "1"]).contains("1 accepted · 2 without an answer"));
}

#[test]
fn a_ledger_that_does_not_say_who_organized_asks_and_takes_an_answer() {
    let world = World::new();
    sent(&world, &[]);
    let ledger = world.ledger();
    assert!(ledger.contains("\"organizer\":\"secretaria@example.org\","));
    world.write("invitations.jsonl", &ledger.replace("\"organizer\":\"secretaria@example.org\",", ""));
    world.edit("group.toml", "email = \"secretaria@example.org\" }", "email = \"mesa@example.org\" }");
    let silent = printed(&world.run(&["invite", "plan"]));
    assert!(!silent.contains("does not say"), "where nothing is sent, nothing is asked: {silent}");
    world.edit("1.toml", "10:00", "11:00");
    let asked = printed(&world.run(&["invite", "plan", "--same-link", "1"]));
    assert!(asked.contains("write the earlier one beside it as `formerly`"), "{asked}");
    world.edit(
        "group.toml",
        "email = \"mesa@example.org\" }",
        "email = \"mesa@example.org\", formerly = \"secretaria@example.org\" }",
    );
    let held = printed(&world.run(&["invite", "plan", "--same-link", "1"]));
    assert!(held.contains("what was sent came from secretaria@example.org"), "{held}");
    let anew = said(&world, &["invite", "plan", "--new-organizer"]);
    assert!(anew.contains("6 mails to send"), "{anew}");
}
