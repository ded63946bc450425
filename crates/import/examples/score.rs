//! How well agendas are read: `cargo run -p convoca-import --example score -- FOLDER [--show] [NAME…]`.
//!
//! The folder has a folder for each agenda, with `input.txt` (or `input.csv`, `.docx` …) as it was published and `expected.json` as a person reads it:
//! sessions with slots (`start`, `end`, `minutes`, `title`, `speakers`, `tbc`).

#![allow(clippy::disallowed_methods, reason = "the folder that it is given")]
#![allow(clippy::print_stdout, reason = "what it is for is to print")]

use std::collections::BTreeMap;
use std::path::Path;

use convoca_import::agenda::{FoundSession, Hints, Imported, Item, read};
use convoca_import::source::{Document, plain, read as opened};
use serde_json::Value;

#[derive(Default)]
struct Score {
    counts: BTreeMap<&'static str, (usize, usize)>,
}

impl Score {
    fn count(&mut self, what: &'static str, right: bool) {
        let entry = self.counts.entry(what).or_default();
        entry.0 += usize::from(right);
        entry.1 += 1;
    }
}

fn plain_letters(text: &str) -> String {
    convoca_import::grammar::folded(text)
}

/// Whether two titles are the same but for signs, or one is most of the other.
fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (plain_letters(one), plain_letters(other));
    if one == other {
        return true;
    }
    let (short, long) = if one.len() < other.len() { (&one, &other) } else { (&other, &one) };
    !short.is_empty() && long.contains(short.as_str()) && short.len() * 10 >= long.len() * 6
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value[key].as_str()
}

fn clock(item: Option<convoca_import::agenda::Clock>) -> Option<String> {
    item.map(|clock| clock.to_string())
}

fn score(name: &str, input: &Document, expected: &Value, total: &mut Score, show: bool) {
    let hints = Hints {
        year: expected["year_hint"].as_i64().and_then(|year| i32::try_from(year).ok()),
        month: expected["month_hint"].as_u64().and_then(|month| u32::try_from(month).ok()),
        today: None,
    };
    let imported = read(input, &hints);
    let mut own = Score::default();
    let mut found: Vec<(&FoundSession, &Item, bool)> =
        imported.sessions.iter().flat_map(|session| session.items.iter().map(move |item| (session, item, false))).collect();
    let mut wrong = Vec::new();
    let slots: Vec<(&Value, &Value)> = expected["sessions"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|session| session["slots"].as_array().into_iter().flatten().map(move |slot| (session, slot)))
        .collect();
    for pass in 0..2 {
        for (_, slot) in &slots {
            let optional = slot["optional"] == true;
            if (pass == 0) == optional {
                continue;
            }
            let (title, start) = (text(slot, "title").unwrap_or_default(), text(slot, "start"));
            let right_start = |item: &Item| clock(item.start).as_deref() == start || optional;
            let place = found
                .iter()
                .position(|(_, item, used)| !used && alike(&item.title, title) && right_start(item))
                .or_else(|| {
                    found.iter().position(|(_, item, used)| {
                        !used
                            && start.is_some()
                            && clock(item.start).as_deref() == start
                            && title.split(' ').next() == item.title.split(' ').next()
                    })
                })
                .or_else(|| found.iter().position(|(_, item, used)| !used && alike(&item.title, title)));
            let item = place.map(|place| {
                found[place].2 = true;
                found[place].1
            });
            if optional {
                continue;
            }
            let right = item.is_some_and(|item| right_start(item) && alike(&item.title, title));
            own.count("items", right);
            if !right {
                wrong
                    .push(format!("  missed {start:?} {title:?}, found {:?}", item.map(|item| (clock(item.start), &item.title))));
            }
            let Some(item) = item else {
                if start.is_some() {
                    own.count("starts", false);
                }
                continue;
            };
            if start.is_some() {
                own.count("starts", clock(item.start).as_deref() == start);
            }
            if let Some(end) = text(slot, "end") {
                let right = clock(item.end).as_deref() == Some(end);
                own.count("ends", right);
                if !right {
                    wrong.push(format!("  end of {title:?}: {end}, found {:?}", clock(item.end)));
                }
            }
            if let Some(minutes) = slot["minutes"].as_u64() {
                own.count("minutes", item.minutes.map(u64::from) == Some(minutes));
            }
            if let Some(speakers) = text(slot, "speakers") {
                let named = item.speakers.iter().map(|speaker| speaker.name.as_str()).collect::<Vec<_>>().join(" ");
                let all =
                    format!("{named} {}", item.groups.iter().map(|group| group.title.as_str()).collect::<Vec<_>>().join(" "));
                let first = speakers.split(['/', ',', '[']).find(|part| !part.trim().is_empty()).unwrap_or_default();
                let right = plain_letters(&all).contains(&plain_letters(first)) || item.tbc && speakers.contains("definir");
                own.count("speakers", right);
                if !right {
                    wrong.push(format!("  speakers of {title:?}: {speakers:?}, found {named:?} {:?}", item.details));
                }
            } else {
                own.count("no speakers", item.speakers.is_empty());
                if !item.speakers.is_empty() {
                    wrong.push(format!(
                        "  no speakers of {title:?}, found {:?}",
                        item.speakers.iter().map(|one| &one.name).collect::<Vec<_>>()
                    ));
                }
            }
            let tbc = slot["tbc"] == true;
            if tbc || item.tbc {
                own.count("to be confirmed", tbc == item.tbc);
            }
        }
    }
    for (_, item, used) in &found {
        own.count("not invented", *used);
        if !used {
            wrong.push(format!("  invented {:?} {:?} {:?} (line {})", clock(item.start), item.minutes, item.title, item.line));
        }
    }
    dates(expected, &imported, &mut own, &mut wrong);
    let problems = expected["true_problems"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let said = said(&imported);
    for problem in problems {
        let right = told(problem, &said);
        own.count("true problems", right);
        if !right {
            wrong.push(format!("  not told: {problem}"));
        }
    }
    let shown = |key| own.counts.get(key).map_or(String::from("-"), |(right, all)| format!("{right}/{all}"));
    println!(
        "{name:36} items {:7} starts {:7} kept {:7} dates {:5} problems {:4} left {}",
        shown("items"),
        shown("starts"),
        shown("not invented"),
        shown("dates"),
        shown("true problems"),
        imported.left.len()
    );
    if show {
        wrong.iter().for_each(|line| println!("{line}"));
        imported.left.iter().for_each(|left| println!("  left {}: {:?} ({})", left.line, left.text, left.why.en));
        imported.faults.iter().for_each(|fault| println!("  fault {}: {}", fault.line, fault.what.en));
        for session in &imported.sessions {
            println!(
                "  session {:?} {:?} {:?} window {:?} confidence {}",
                session.title,
                session.date,
                session.date_text,
                session.window.as_ref().map(|w| (w.start.to_string(), clock(w.end))),
                session.confidence
            );
            session.doubts.iter().for_each(|doubt| println!("    doubt {}: {}", doubt.line, doubt.what.en));
        }
    }
    for (what, (right, all)) in own.counts {
        let sum = total.counts.entry(what).or_default();
        (sum.0, sum.1) = (sum.0 + right, sum.1 + all);
    }
}

fn dates(expected: &Value, imported: &Imported, own: &mut Score, wrong: &mut Vec<String>) {
    for session in expected["sessions"].as_array().into_iter().flatten() {
        let Some(date) = text(session, "date").or_else(|| text(session, "date_with_year_hint")) else { continue };
        let right = imported.sessions.iter().any(|own| own.date.is_some_and(|own| own.to_string() == date));
        own.count("dates", right);
        if !right {
            wrong
                .push(format!("  date {date} not found: {:?}", imported.sessions.iter().map(|own| own.date).collect::<Vec<_>>()));
        }
    }
}

/// Everything that a user is told of faults: by the import, and of what was imported.
fn said(imported: &Imported) -> Vec<String> {
    let mut said: Vec<String> = imported.faults.iter().map(|fault| fault.what.en.to_string()).collect();
    for session in &imported.sessions {
        said.extend(session.doubts.iter().map(|doubt| doubt.what.en.to_string()));
        let total: u32 = session.items.iter().filter_map(|item| item.minutes).sum();
        if let Some(window) = &session.window
            && let Some(end) = window.end
            && session.items.iter().all(|item| item.start.is_none())
            && total > u32::from(end.0 - window.start.0)
        {
            said.push("total exceeds".into());
        }
        let mut before: Option<(u16, u16)> = None;
        for item in session.items.iter().filter(|item| item.level == 0 && !item.parallel) {
            let Some(start) = item.start else { continue };
            let declared = item.minutes.and_then(|minutes| u16::try_from(minutes).ok());
            let end = item.end.map(|end| end.0).or(declared.map(|minutes| start.0 + minutes)).unwrap_or(start.0);
            if let Some((_, last)) = before {
                if start.0 < last {
                    said.push("overlap".into());
                }
                if start.0 > last {
                    said.push("gap".into());
                }
            }
            before = Some((start.0, end));
        }
    }
    said
}

fn told(problem: &str, said: &[String]) -> bool {
    let about = |words: &[&str]| said.iter().any(|line| words.iter().any(|word| line.contains(word)));
    match problem.split(':').next().unwrap_or_default() {
        "weekday_mismatch" => about(&["weekday:"]),
        "ampm_error" => about(&["am and pm:"]),
        "timezone_mismatch" => about(&["same moment", "same meeting"]),
        "overlap" => about(&["overlap"]),
        "duration_mismatch" => about(&["gap"]),
        "total_exceeds_window" => about(&["total exceeds"]),
        _ => false,
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".to_owned());
    let rest: Vec<String> = arguments.collect();
    let show = rest.iter().any(|argument| argument == "--show");
    let names: Vec<&String> = rest.iter().filter(|argument| !argument.starts_with('-')).collect();
    let mut total = Score::default();
    let mut folders: Vec<_> =
        std::fs::read_dir(&folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect()).unwrap_or_default();
    folders.sort();
    for path in folders.iter().filter(|path| path.join("expected.json").is_file()) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !names.is_empty() && !names.iter().any(|part| name.contains(part.as_str())) {
            continue;
        }
        let file = |own: &str| std::fs::read_to_string(Path::new(path).join(own)).unwrap_or_default();
        let expected: Value = serde_json::from_str(&file("expected.json")).unwrap_or_default();
        let input = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
        let input = input.into_iter().find(|path| path.file_stem().is_some_and(|stem| stem == "input"));
        let input = input.and_then(|path| {
            if path.extension().is_some_and(|ending| ending == "txt") {
                return Some(plain(&file("input.txt")));
            }
            opened(&path.to_string_lossy(), &std::fs::read(&path).ok()?).ok()
        });
        score(&name, &input.unwrap_or_default(), &expected, &mut total, show);
    }
    println!();
    for (what, (right, all)) in &total.counts {
        println!("{what:16} {right:4} of {all:4}  {:5.1} %", 100.0 * *right as f64 / (*all).max(1) as f64);
    }
}
