//! The speed of finding dates: `cargo bench --bench when`.
//!
//! Prints times; asserts nothing, because machines differ. The target is a year for 60 parties in 20 zones
//! in 100 ms, and nothing at start-up for the tables of holidays.

#![allow(clippy::print_stdout, reason = "what it is for is to print")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use convoca::diagnostics::Sources;
use convoca::model::{Actor, PartyId, Programme, Quorum};
use convoca::scheduling::{Request, Wishes, find};
use convoca::time::{country, holiday_countries, public_holiday};

const ZONES: [&str; 20] = [
    "America/Costa_Rica",
    "America/Guatemala",
    "America/Tegucigalpa",
    "America/Panama",
    "America/El_Salvador",
    "America/Managua",
    "America/Belize",
    "America/Mexico_City",
    "America/Cancun",
    "America/Tijuana",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Bogota",
    "America/Sao_Paulo",
    "America/Santiago",
    "Europe/Madrid",
    "Europe/Zurich",
    "Atlantic/Canary",
    "Europe/London",
];

fn main() {
    println!("Holidays");
    let countries = best(20, || {
        black_box(country("GT"));
    });
    line("a look-up that needs no holidays", countries);
    let day = NaiveDate::from_ymd_opt(2027, 10, 6).expect("a day");
    let start = Instant::now();
    holiday_countries().for_each(|code| {
        black_box(public_holiday(code, day));
    });
    line("reading every table, once, when first asked", start.elapsed());
    line(
        "asking every table again",
        best(20, || {
            holiday_countries().for_each(|code| {
                black_box(public_holiday(code, day));
            })
        }),
    );

    println!("A year, 60 parties in 20 zones (best of 5, target 100 ms)");
    let programme = programme();
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    let request = |attending: usize, sessions, minutes| Request {
        first: day(2027, 1, 1),
        last: day(2027, 12, 31),
        minutes,
        sessions,
        apart: 7,
        attending: (0..attending).map(|index| Actor::Party(PartyId(index))).collect(),
        without_countries: Vec::new(),
        indispensable: Vec::new(),
        quorum: Quorum::default(),
        wishes: Wishes::default(),
        moving: None,
        notice: 10,
        today: day(2026, 11, 23),
        proposals: 3,
    };
    for (what, request) in [
        ("1 session, 12 must attend", request(12, 1, 90)),
        ("10 sessions, 12 must attend", request(12, 10, 90)),
        ("1 session, all 60 must attend", request(60, 1, 60)),
        ("10 sessions, all 60 must attend", request(60, 10, 60)),
        ("1 session of 5 hours, all 60", request(60, 1, 300)),
        ("10 sessions of 5 hours, all 60", request(60, 10, 300)),
    ] {
        let found = find(&programme, &request);
        line(
            &format!("{what} ({} proposals)", found.proposals.len()),
            best(5, || {
                black_box(find(&programme, &request));
            }),
        );
    }
}

fn programme() -> Programme {
    let mut group = String::from(
        "id = 'group'\ntime-zone = 'America/Guatemala'\ncountries = ['CR', 'GT', 'HN', 'PA']\nname = { es = 'Grupo', en = 'Group' }\n",
    );
    for party in 0..60 {
        let zone = ZONES[party % ZONES.len()];
        group.push_str(&format!(
            "[parties.p{party}]\nname = {{ es = 'P{party}', en = 'P{party}' }}\ntime-zone = '{zone}'\nmember = true\n\
             unavailable = [{{ weekdays = ['lunes'], start = {:02}:00, end = {:02}:30 }}, {{ from = 2027-{:02}-03, to = 2027-{:02}-09 }}]\n",
            8 + party % 8, 9 + party % 8, 1 + party % 12, 1 + party % 12
        ));
    }
    let mut sources = Sources::default();
    sources.add("group.toml", group);
    convoca::check(&sources, NaiveDate::default()).programme.expect("a group")
}

fn line(what: &str, took: Duration) {
    println!("  {what:<48} {:9.3} ms", took.as_secs_f64() * 1e3);
}

fn best(times: usize, mut work: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..times).map(time).min().unwrap_or_default()
}
