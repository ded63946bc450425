//! The fuzz targets, compiled with the program and run on their seeds, whole and hurt: a target that no longer fits the
//! program shows here and not when somebody fuzzes next.
#![allow(unused_attributes, unused_imports, reason = "each target is a crate of its own to the fuzzer")]
#![allow(unreachable_pub, reason = "the fuzzer's own crate exports them")]

use std::fs;
use std::path::Path;

// To the targets this is the fuzzer's crate, and the one that they share.
extern crate self as convoca_fuzz;
extern crate self as libfuzzer_sys;

/// What the fuzzer makes a program of is a function here.
#[macro_export]
macro_rules! fuzz_target {
    (|$input:ident: &[u8]| $work:expr) => {
        pub fn run($input: &[u8]) {
            $work;
        }
    };
    (|$input:ident: &str| $work:expr) => {
        pub fn run(octets: &[u8]) {
            let Ok($input) = std::str::from_utf8(octets) else { return };
            $work;
        }
    };
}

#[path = "../fuzz/src/lib.rs"]
mod shared;
pub use shared::make;

macro_rules! targets {
    ($($name:ident: $path:literal from $($seeds:literal)+;)+) => {
        $(#[path = $path] mod $name;)+

        /// Name, work and folders of seeds.
        const TARGETS: &[(&str, fn(&[u8]), &[&str])] = &[$((stringify!($name), $name::run, &[$($seeds),+])),+];
    };
}

targets! {
    calendar: "../fuzz/fuzz_targets/calendar.rs" from "tests/fixtures/replies";
    font: "../fuzz/fuzz_targets/font.rs" from "tests/corpus/fonts";
    imap: "../fuzz/fuzz_targets/imap.rs" from "fuzz/seeds/imap";
    import: "../fuzz/fuzz_targets/import.rs" from "tests/fixtures/import";
    ledger: "../fuzz/fuzz_targets/ledger.rs" from "fuzz/seeds/ledger";
    logo: "../fuzz/fuzz_targets/logo.rs" from "fuzz/seeds/logo" "tests/corpus/logos";
    mail: "../fuzz/fuzz_targets/mail.rs" from "tests/fixtures/replies";
    mailbox: "../fuzz/fuzz_targets/mailbox.rs" from "tests/fixtures/replies";
    markdown: "../fuzz/fuzz_targets/markdown.rs" from "tests/corpus/prose";
    programme: "../fuzz/fuzz_targets/programme.rs" from "tests/fixtures/advisors";
    smtp: "../fuzz/fuzz_targets/smtp.rs" from "fuzz/seeds/smtp";
    template: "../fuzz/fuzz_targets/template.rs" from "templates" "tests/corpus/templates";
    word_template: "../fuzz/fuzz_targets/word_template.rs" from "fuzz/seeds/word_template";
}

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// Seeds of a target, and how often each is hurt: a moment's work, no campaign.
const MOST_SEEDS: usize = 8;
const HURTS: u32 = 3;
/// Octets of a seed.
const LARGEST: usize = 20_000;

#[test]
fn each_target_fits_the_program_and_its_seeds() {
    for (name, work, folders) in TARGETS {
        let seeds = folders.iter().flat_map(|folder| files(&Path::new(ROOT).join(folder)));
        let seeds: Vec<Vec<u8>> = seeds.filter(|seed| seed.len() <= LARGEST).take(MOST_SEEDS).collect();
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for seed in &seeds {
            work(seed);
            (0..HURTS).for_each(|hurt| work(&hurt_by(seed, hurt)));
        }
    }
}

#[test]
fn each_file_is_a_target() {
    let manifest = fs::read_to_string(Path::new(ROOT).join("fuzz/Cargo.toml")).unwrap();
    let files = fs::read_dir(Path::new(ROOT).join("fuzz/fuzz_targets")).unwrap();
    let names: Vec<String> = files.map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
    for name in &names {
        assert!(TARGETS.iter().any(|(own, ..)| own == name), "{name} is run nowhere here");
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} is not built");
    }
    assert_eq!(names.len(), TARGETS.len());
}

/// All files of a folder and those within it, in the order of their names.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![fs::read(path).unwrap()] }).collect()
}

/// Some octets changed, one piece twice, the end cut off: the same each time.
fn hurt_by(seed: &[u8], number: u32) -> Vec<u8> {
    let mut state = number.wrapping_mul(2_654_435_761).wrapping_add(seed.len() as u32);
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below.max(1)
    };
    let mut hurt = seed.to_vec();
    for _ in 0..4 {
        let at = next(hurt.len());
        let sign = next(256) as u8;
        if let Some(octet) = hurt.get_mut(at) {
            *octet = sign;
        }
    }
    let (start, length) = (next(hurt.len()), next(200));
    let piece = hurt[start..(start + length).min(hurt.len())].to_vec();
    hurt.splice(start..start, piece);
    hurt.truncate(hurt.len() - next(hurt.len() / 4));
    hurt
}
