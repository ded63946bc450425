//! A file of a programme, as each of its kinds: checked, reported in every form, and mended.
#![no_main]

use chrono::NaiveDate;
use convoca::diagnostics::{Sources, apply_fixes, format};
use convoca::locale::Lang;
use libfuzzer_sys::fuzz_target;

const FILES: [(&str, &str); 3] = [
    ("group.toml", include_str!("../../tests/fixtures/advisors/group.toml")),
    ("1.toml", include_str!("../../tests/fixtures/advisors/1.toml")),
    ("concept-note.toml", ""),
];

fuzz_target!(|text: &str| {
    for (fuzzed, _) in FILES {
        let mut sources = Sources::default();
        for (name, own) in FILES {
            let text = if name == fuzzed { text } else { own };
            if !text.is_empty() {
                sources.add(name, text);
            }
        }
        let today = NaiveDate::from_ymd_opt(2022, 10, 1).expect("a day");
        let checked = convoca::check(&sources, today);
        for lang in Lang::ALL {
            format::human::render(&sources, &checked.findings, lang);
            format::json::render(&sources, &checked.findings, lang);
            format::github::render(&sources, &checked.findings, lang);
        }
        apply_fixes(&sources, &checked.findings);
    }
});
