//! What `convoca invite plan` costs, as a whole process, for 50 sessions and 2,000 people, against a bare
//! loop that only reads and parses the same ledger: `cargo bench --bench invite --profile dist --no-default-features`.

#![allow(clippy::print_stdout, reason = "what it is for is to print")]

mod measured;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use measured::{BIN, can_measure, line, median, process};
use tempfile::TempDir;

const SESSIONS: usize = 50;
const PEOPLE: usize = 2000;
const TODAY: &str = "2027-01-10";

/// The group, of which every nth municipality is a member: its people are invited to every session.
fn group(nth: usize) -> String {
    let mut text = "id = \"g\"\ndomain = \"example.org\"\ntime-zone = \"America/Guatemala\"\n\
                    countries = [\"CR\", \"GT\", \"HN\", \"PA\"]\nname = { es = \"Grupo\", en = \"Group\" }\n\
                    organizer = { party = \"secretaria\", email = \"secretaria@example.org\" }\n\
                    [parties.secretaria]\nname = { es = \"Secretaría\", en = \"Secretariat\" }\n"
        .to_owned();
    let countries = ["CR", "GT", "HN", "PA"];
    for n in 0..40 {
        let (country, member) = (countries[n % 4], n % nth == 0);
        let _ = writeln!(
            text,
            "[parties.m{n}]\nname = {{ es = \"Municipalidad {n}\", en = \"Municipality {n}\" }}\ncountry = \"{country}\"\nmember = {member}"
        );
    }
    for n in 0..PEOPLE {
        let party = n % 40;
        let _ =
            writeln!(text, "[people.p{n}]\nname = \"Persona Número {n}\"\nparty = \"m{party}\"\nemail = \"p{n}@example.org\"");
    }
    text
}

fn session(number: usize, start: &str) -> String {
    let date = chrono::NaiveDate::from_ymd_opt(2027, 2, 1).unwrap() + chrono::Days::new(number as u64 * 7);
    let mut text = format!(
        "id = \"s{number}\"\nnumber = {number}\ndate = {date}\nstatus = \"confirmed\"\nmoderator = \"p{}\"\n\
         place = {{ es = \"Sala {number}\", en = \"Room {number}\" }}\n\
         title = {{ es = \"Sesión número {number}\", en = \"Session number {number}\" }}\n",
        number * 2
    );
    for slot in 0..5 {
        let speaker = (number * 5 + slot) * 2;
        let first =
            if slot == 0 { format!("start = {start}\n") } else { format!("start = {}:{:02}\n", 10 + slot / 2, slot % 2 * 30) };
        let _ = write!(
            text,
            "[[slots]]\n{first}minutes = 30\ntitle = {{ es = \"Punto {slot}\", en = \"Item {slot}\" }}\nspeakers = [\"p{speaker}\"]\n"
        );
    }
    text
}

/// Plans several times; gives the seconds of the processor.
fn plan(what: &str, folder: &Path, expected: &str) -> f64 {
    let output = command(folder, &["invite", "plan"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains(expected), "{expected}: {said}{}", String::from_utf8_lossy(&output.stderr));
    line(what, 5, || (), || process(command(folder, &["invite", "plan"])))
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(BIN);
    command.current_dir(folder).args(arguments).args(["--lang", "en", "--today", TODAY]);
    command
}

/// The ledger after everything of the plan was sent: a line before and a line after each mail.
fn ledger(folder: &Path) -> String {
    use convoca::diagnostics::Sources;
    use convoca::ledger::{Entry, History, Record, Sending, ServerAnswer};
    let mut sources = Sources::default();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        sources.add(path.file_name().unwrap().to_str().unwrap(), fs::read_to_string(&path).unwrap());
    }
    let today: chrono::NaiveDate = TODAY.parse().unwrap();
    let programme = convoca::check(&sources, today).programme.unwrap();
    let now = today.and_hms_opt(12, 0, 0).unwrap().and_utc();
    let wish = convoca::itip::Wish::at(now);
    let plan = convoca::itip::plan(&programme, &History::default(), &wish);
    let mut lines = Vec::new();
    for (_, _, letter) in plan.letters() {
        let content = serde_json::value::to_raw_value(&letter.content).unwrap();
        let message = letter.message.clone();
        let sending = Sending { message: message.clone(), reason: letter.reason.clone(), content };
        let said = "2.0.0 Ok: queued as 4ZxN0B1Yt2z9rS".to_owned();
        for entry in [Entry::Sending(Box::new(sending)), Entry::Sent(Box::new(ServerAnswer { message, said }))] {
            lines.extend(Record { at: now, entry }.line().unwrap());
        }
    }
    String::from_utf8(lines).unwrap()
}

/// Only reads and parses the lines.
fn bare(path: &Path) -> f64 {
    let once = |_| {
        let start = Instant::now();
        let text = fs::read_to_string(path).unwrap();
        let lines = text.lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).unwrap().is_object());
        assert!(lines.count() > 0);
        start.elapsed().as_secs_f64()
    };
    median(&(0..5).map(once).collect::<Vec<_>>())
}

/// A folder with the programme, without a ledger.
fn programme(nth: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sessions = folder.path().join("sessions");
    fs::create_dir(&sessions).unwrap();
    fs::write(sessions.join("group.toml"), group(nth)).unwrap();
    for number in 1..=SESSIONS {
        fs::write(sessions.join(format!("{number}.toml")), session(number, "10:00")).unwrap();
    }
    folder
}

fn main() {
    if !can_measure() {
        return;
    }
    println!("{SESSIONS} sessions, {PEOPLE} people");
    let all = programme(1);
    plan("everything new", all.path(), &format!("{} mails to send", SESSIONS * PEOPLE));
    // Half of the people are invited, with a line before and a line after each mail: 100,000 lines.
    let half = programme(2);
    let sessions = half.path().join("sessions");
    let path = sessions.join("invitations.jsonl");
    let lines = ledger(&sessions);
    assert_eq!(lines.lines().count(), SESSIONS * PEOPLE);
    fs::write(&path, lines).unwrap();
    let loops = bare(&path);
    println!("A ledger of 100,000 lines; a bare loop over it takes {loops:.3} s");
    let unchanged = plan("everything unchanged", half.path(), "nothing to send");
    fs::write(sessions.join("1.toml"), session(1, "09:45")).unwrap();
    let moved = plan("one session moved", half.path(), &format!("{} mails to send", PEOPLE / 2));
    println!("  ratios to the bare loop: {:.2} and {:.2}", unchanged / loops, moved / loops);
}
