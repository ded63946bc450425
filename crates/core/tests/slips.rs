//! Slips of the hand in consistent agendas: what the checks make of each.
//!
//! Agendas are made in which everything fits; in each copy one value is spoilt in a way in which hands do
//! spoil it. Told is a slip that is an error; right is a file that the certain mends make again what it was,
//! wrong one that they make something else. The table is printed by
//! `cargo test -p convoca-core --test slips -- --nocapture`.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "with --nocapture it shows the table")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use convoca_core::check;
use convoca_core::diagnostics::{Diagnostic, Level, Sources, apply_edits, apply_fixes};

/// Agendas of each form.
const AGENDAS: u64 = 120;

/// A row of numbers that is the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: i32) -> i32 {
        // The step of Knuth's MMIX; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i32::try_from((self.0 >> 33) % u64::try_from(limit).unwrap()).unwrap()
    }

    fn one_of(&mut self, choices: &[i32]) -> i32 {
        choices[usize::try_from(self.below(i32::try_from(choices.len()).unwrap())).unwrap()]
    }

    fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(i32::try_from(length).unwrap())).unwrap()
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Item {
    name: usize,
    start: i32,
    end: i32,
    minutes: i32,
}

#[derive(Clone, Debug, PartialEq)]
struct Agenda {
    items: Vec<Item>,
    window: (i32, i32),
}

/// Which values a file writes.
#[derive(Clone, Copy, Debug)]
struct Form {
    end: bool,
    minutes: bool,
    window: bool,
    pauses: bool,
}

impl Form {
    const ALL: [Form; 8] = {
        const fn form(end: bool, minutes: bool, window: bool, pauses: bool) -> Form {
            Form { end, minutes, window, pauses }
        }
        [
            form(true, true, true, false),
            form(true, true, false, false),
            form(true, false, true, false),
            form(false, true, true, false),
            form(true, true, true, true),
            form(true, true, false, true),
            form(true, false, true, true),
            form(false, true, true, true),
        ]
    };

    fn name(self) -> String {
        let mut name = "start".to_owned();
        for (written, what) in
            [(self.end, " end"), (self.minutes, " minutes"), (self.window, ", window"), (self.pauses, ", pauses")]
        {
            if written {
                name.push_str(what);
            }
        }
        name
    }
}

fn agenda(form: Form, chance: &mut Chance) -> Agenda {
    let mut at = 8 * 60 + 5 * chance.below(60);
    let open = at;
    let items = (0..3 + chance.index(6)).map(|name| {
        let minutes = chance.one_of(&[5, 10, 15, 20, 25, 30, 40, 45, 60, 90]);
        let start =
            at + if form.pauses && name > 0 && chance.below(3) == 0 { chance.one_of(&[5, 10, 15, 20, 30, 60]) } else { 0 };
        at = start + minutes;
        Item { name, start, end: at, minutes }
    });
    let items = items.collect();
    Agenda { items, window: (open, at) }
}

fn written(form: Form, agenda: &Agenda) -> String {
    let clock = |minutes: i32| {
        let minutes = minutes.rem_euclid(24 * 60);
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    };
    let mut text =
        "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = { es = \"S\", en = \"S\" }\n"
            .to_owned();
    if form.window {
        let (open, close) = agenda.window;
        writeln!(text, "start = \"{}\"\nend = \"{}\"", clock(open), clock(close)).unwrap();
    }
    for item in &agenda.items {
        let name = item.name;
        writeln!(text, "\n[[slots]]\nstart = \"{}\"", clock(item.start)).unwrap();
        if form.end {
            writeln!(text, "end = \"{}\"", clock(item.end)).unwrap();
        }
        if form.minutes {
            writeln!(text, "minutes = {}", item.minutes).unwrap();
        }
        writeln!(text, "title = {{ es = \"T{name}\", en = \"T{name}\" }}\nparticipants = \"all\"").unwrap();
    }
    text
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slip {
    EndHourLate,
    EndHourEarly,
    StartHourLate,
    StartHourEarly,
    StartMinutesOff,
    EndMinutesOff,
    MinutesWrong,
    DigitsSwapped,
    StartAndEndSwapped,
    BothHourLate,
    WithoutTwelve,
    WrongOrder,
}

impl Slip {
    const ALL: [Slip; 12] = [
        Slip::EndHourLate,
        Slip::EndHourEarly,
        Slip::StartHourLate,
        Slip::StartHourEarly,
        Slip::StartMinutesOff,
        Slip::EndMinutesOff,
        Slip::MinutesWrong,
        Slip::DigitsSwapped,
        Slip::StartAndEndSwapped,
        Slip::BothHourLate,
        Slip::WithoutTwelve,
        Slip::WrongOrder,
    ];

    /// The agenda with the slip in it, unless it cannot be made here.
    fn put_in(self, form: Form, agenda: &Agenda, chance: &mut Chance) -> Option<Agenda> {
        let mut spoilt = agenda.clone();
        let at = chance.index(agenda.items.len());
        let off = chance.one_of(&[-20, -15, -10, -5, 5, 10, 15, 20]);
        let item = &mut spoilt.items[at];
        match self {
            Slip::EndHourLate => item.end += 60,
            Slip::EndHourEarly => item.end -= 60,
            Slip::StartHourLate => item.start += 60,
            Slip::StartHourEarly => item.start -= 60,
            Slip::StartMinutesOff => item.start += off,
            Slip::EndMinutesOff => item.end += off,
            Slip::MinutesWrong => item.minutes = (item.minutes + off).max(5),
            Slip::DigitsSwapped => {
                let (hour, minute) = (item.end / 60, item.end % 60);
                let swapped = minute % 10 * 10 + minute / 10;
                if swapped >= 60 {
                    return None;
                }
                item.end = hour * 60 + swapped;
            }
            Slip::StartAndEndSwapped => (item.start, item.end) = (item.end, item.start),
            Slip::BothHourLate => {
                item.start += 60;
                item.end += 60;
            }
            Slip::WithoutTwelve => {
                for hour in spoilt.items.iter_mut().flat_map(|item| [&mut item.start, &mut item.end]) {
                    if *hour >= 13 * 60 {
                        *hour -= 12 * 60;
                    }
                }
                // A session of the afternoon alone is consistent without its twelve.
                if agenda.items[0].start >= 13 * 60 {
                    return None;
                }
            }
            Slip::WrongOrder => {
                let other = chance.index(agenda.items.len());
                spoilt.items.swap(at, other);
            }
        }
        (written(form, &spoilt) != written(form, agenda)).then_some(spoilt)
    }
}

#[derive(Default)]
struct Row {
    slips: u32,
    told: u32,
    findings: usize,
    right: u32,
    wrong: u32,
    offered: u32,
}

fn sources(session: &str) -> Sources {
    let mut sources = Sources::default();
    sources.add(
        "group.toml",
        "id = \"g\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\"]\nname = { es = \"G\", en = \"G\" }\n\
         [parties.capital]\nname = { es = \"Capital\", en = \"Capital\" }\nmember = true\n",
    );
    sources.add("session.toml", session);
    sources
}

/// What is said of the hours within a session.
fn findings(sources: &Sources) -> Vec<Diagnostic> {
    let today = NaiveDate::from_ymd_opt(2027, 2, 26).unwrap();
    let about = |finding: &Diagnostic| !["outside-working-hours", "unused-party"].contains(&finding.check);
    check(sources, today).findings.into_iter().filter(about).collect()
}

fn offers(sources: &Sources, findings: &[Diagnostic], original: &str) -> bool {
    findings.iter().flat_map(|finding| finding.mends.iter().take(3)).any(|mend| {
        let Some(file) = mend.edits.first().map(|edit| edit.span.file) else { return false };
        apply_edits(&sources.get(file).text, &mend.edits).is_ok_and(|text| text == original)
    })
}

fn judge(row: &mut Row, original: &str, spoilt: &str) {
    // A pause is told in the consistent agenda as well.
    let before = findings(&sources(original));
    let sources = sources(spoilt);
    let mut findings = findings(&sources);
    findings.retain(|finding| !before.iter().any(|known| known.message == finding.message));
    let fixed = apply_fixes(&sources, &findings);
    row.slips += 1;
    row.findings += findings.len();
    row.told += u32::from(findings.iter().any(|finding| finding.level == Level::Error));
    match fixed.first() {
        Some(fixed) if fixed.text == original => row.right += 1,
        Some(fixed) => {
            row.wrong += 1;
            if std::env::var_os("SLIPS_SHOWN").is_some() {
                println!("--- meant\n{original}\n--- written\n{spoilt}\n--- mended\n{}", fixed.text);
            }
        }
        None => row.offered += u32::from(offers(&sources, &findings, original)),
    }
}

fn table(form: Form, rows: &BTreeMap<Slip, Row>) -> String {
    let mut table = format!(
        "\n{}\n{:<20}{:>7}{:>7}{:>10}{:>8}{:>8}{:>9}\n",
        form.name(),
        "",
        "slips",
        "told",
        "findings",
        "right",
        "wrong",
        "offered"
    );
    for (slip, row) in rows {
        let each = f64::from(u32::try_from(row.findings).unwrap()) / f64::from(row.slips.max(1));
        let name = format!("{slip:?}");
        writeln!(
            table,
            "{name:<20}{:>7}{:>7}{each:>10.2}{:>8}{:>8}{:>9}",
            row.slips, row.told, row.right, row.wrong, row.offered
        )
        .unwrap();
    }
    table
}

#[test]
fn one_slip_is_one_finding_mended_right_or_not_at_all() {
    for form in Form::ALL {
        let mut rows: BTreeMap<Slip, Row> = BTreeMap::new();
        for slip in Slip::ALL {
            let row = rows.entry(slip).or_default();
            for seed in 0..AGENDAS {
                let mut chance = Chance(seed.wrapping_mul(7919) + slip as u64);
                let agenda = agenda(form, &mut chance);
                let original = written(form, &agenda);
                if let Some(spoilt) = slip.put_in(form, &agenda, &mut chance) {
                    judge(row, &original, &written(form, &spoilt));
                }
            }
        }
        println!("{}", table(form, &rows));
        let sum = |of: fn(&Row) -> u32| rows.values().map(of).sum::<u32>();
        let (slips, told, right, wrong) = (sum(|row| row.slips), sum(|row| row.told), sum(|row| row.right), sum(|row| row.wrong));
        let findings: usize = rows.values().map(|row| row.findings).sum();
        assert!(findings * 100 <= usize::try_from(slips).unwrap() * 105, "{}: {findings} findings", form.name());
        // With a pause, a slip may leave the very text of an agenda without pauses and with another slip.
        let permille = if form.pauses { 4 } else { 0 };
        assert!(wrong * 1000 <= slips * permille, "{}: {wrong} wrong", form.name());
        // Where everything is written three times over, every slip has one repair.
        if form.end && form.minutes && form.window && !form.pauses {
            assert_eq!(told, slips);
            assert!(right * 100 >= slips * 98, "{right} of {slips} right");
        }
    }
}
