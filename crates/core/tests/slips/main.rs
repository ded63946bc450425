//! Slips of the hand in consistent agendas: what the checks make of each.
//!
//! Agendas are made in which everything fits; in each copy something is spoilt in a way in which hands do spoil
//! it. From the spoilt text alone everything is then reckoned that one slip may have made it of: a slip whose text
//! has one origin is to be mended, and nothing may be touched that was meant. "One way" counts the origins that have
//! a pause only where the form has them; "sole" those of any kind, since a text does not say that no pause is meant. The table is printed by
//! `cargo test --workspace --no-default-features --test slips -- --nocapture`; `SLIPS=300` makes more of them, and
//! `SLIPS_SHOWN=1` shows what was mended wrongly.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "with --nocapture it shows the table")]

mod agenda;
mod chance;
mod slip;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use agenda::{Form, Shape, agenda};
use chance::Chance;
use chrono::NaiveDate;
use convoca_core::check;
use convoca_core::diagnostics::{Diagnostic, Level, Sources, apply_edits, apply_fixes};
use slip::{Origins, Slip, origins};

/// Agendas of each form and slip, unless `SLIPS` says how many.
const AGENDAS: u64 = 6;

#[derive(Default)]
struct Row {
    slips: usize,
    /// That still fit, but for a pause: no text can tell them.
    silent: usize,
    told: usize,
    findings: usize,
    /// Of which the text has one origin, and those of them that are mended.
    single: usize,
    right: usize,
    /// Of which it has several; those mended all the same, and those whose origin is among the first three mends.
    several: usize,
    touched: usize,
    offered: usize,
    /// Mended to something else.
    wrong: usize,
    /// Of which the text has one origin even if a pause may be meant anywhere, and those of them that are mended.
    sole: usize,
    sole_right: usize,
}

impl Row {
    fn add(&mut self, other: &Row) {
        self.slips += other.slips;
        self.silent += other.silent;
        self.told += other.told;
        self.findings += other.findings;
        self.single += other.single;
        self.right += other.right;
        self.several += other.several;
        self.touched += other.touched;
        self.offered += other.offered;
        self.wrong += other.wrong;
        self.sole += other.sole;
        self.sole_right += other.sole_right;
    }
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

fn judge(row: &mut Row, original: &str, spoilt: &str, origins: &Origins) {
    let Origins { alike: origins, any } = origins;
    assert!(origins.contains(original), "the reckoning of origins lacks one\n{original}\n---\n{spoilt}");
    // A pause is told in the consistent agenda as well.
    let before = findings(&sources(original));
    let sources = sources(spoilt);
    let mut findings = findings(&sources);
    findings.retain(|finding| !before.iter().any(|known| known.message == finding.message));
    let fixed = apply_fixes(&sources, &findings);
    row.findings += findings.len();
    row.told += usize::from(findings.iter().any(|finding| finding.level == Level::Error));
    let mended = fixed.first().map(|fixed| fixed.text == original);
    if mended == Some(false) {
        row.wrong += 1;
        if std::env::var_os("SLIPS_SHOWN").is_some() {
            println!(
                "--- {origins} ways; meant\n{original}\n--- written\n{spoilt}\n--- mended\n{}",
                fixed[0].text,
                origins = origins.len()
            );
        }
    }
    if any.len() == 1 {
        row.sole += 1;
        row.sole_right += usize::from(mended == Some(true));
    }
    if origins.len() == 1 {
        if mended.is_none() && std::env::var_os("SLIPS_MISSED").is_some() {
            let mends: Vec<_> = findings.iter().flat_map(|finding| &finding.mends).map(|mend| &*mend.message.en).collect();
            println!("--- 1 ways; meant\n{original}\n--- written\n{spoilt}\n--- mended\n{spoilt}\n{mends:#?}\n---");
        }
        row.single += 1;
        row.right += usize::from(mended == Some(true));
    } else {
        row.several += 1;
        row.touched += usize::from(mended.is_some());
        row.offered += usize::from(mended == Some(true) || offers(&sources, &findings, original));
    }
}

fn line(name: &str, row: &Row) -> String {
    let each =
        format!("{:.2}", f64::from(u32::try_from(row.findings).unwrap()) / f64::from(u32::try_from(row.slips.max(1)).unwrap()));
    let Row { slips, silent, told, single, right, several, offered, touched, wrong, sole, sole_right, .. } = row;
    format!(
        "{name:<20}{slips:>7}{silent:>8}{told:>7}{each:>10}{single:>9}{right:>7}{several:>9}{offered:>9}{touched:>9}{wrong:>7}{sole:>7}{sole_right:>7}\n"
    )
}

fn table(name: &str, rows: &BTreeMap<Slip, Row>, sum: &Row) -> String {
    let mut table = format!(
        "\n{name}\n{:<20}{:>7}{:>8}{:>7}{:>10}{:>9}{:>7}{:>9}{:>9}{:>9}{:>7}{:>7}{:>7}\n",
        "", "slips", "silent", "told", "findings", "one way", "right", "several", "offered", "touched", "wrong", "sole", "right"
    );
    for (slip, row) in rows {
        write!(table, "{}", line(&format!("{slip:?}"), row)).unwrap();
    }
    table + &line("", sum)
}

#[test]
fn one_slip_is_one_finding_mended_right_or_not_at_all() {
    let agendas = std::env::var("SLIPS").ok().and_then(|number| number.parse().ok()).unwrap_or(AGENDAS);
    let mut all = Row::default();
    for form in Form::ALL {
        let mut rows: BTreeMap<Slip, Row> = BTreeMap::new();
        for slip in Slip::ALL {
            let row = rows.entry(slip).or_default();
            for seed in 0..agendas {
                let mut chance = Chance(seed.wrapping_mul(7919) + slip as u64);
                let agenda = agenda(form, &mut chance);
                let Some(spoilt) = slip.put_in(&agenda, &mut chance) else { continue };
                row.slips += 1;
                // What leaves a pause alone contradicts nothing: a pause may be meant.
                if spoilt.fits(Form { pauses: true, ..form }) {
                    row.silent += 1;
                } else {
                    judge(row, &agenda.written(), &spoilt.written(), &origins(form, &spoilt));
                }
            }
        }
        let mut sum = Row::default();
        rows.values().for_each(|row| sum.add(row));
        println!("{}", table(&form.name(), &rows, &sum));
        // What stands beside the others is told by itself.
        let most = if form.is_threefold() { 105 } else { 115 };
        assert!(sum.findings * 100 <= sum.slips * most, "{}: {} findings", form.name(), sum.findings);
        if form.is_threefold() {
            assert!(sum.right * 100 >= sum.single * 95, "{}: {} of {} right", form.name(), sum.right, sum.single);
        }
        // Also without a window, where nothing but the items themselves tells what is wrong.
        if form.start && form.end && form.minutes && !form.pauses && form.shape == Shape::Plain {
            assert!(sum.sole_right * 100 >= sum.sole * 95, "{}: {} of {} right", form.name(), sum.sole_right, sum.sole);
        }
        all.add(&sum);
    }
    println!("{}", line("all", &all));
    assert_eq!(all.wrong, 0, "mended to something else");
}
