//! What people read in the terminal, as transcripts: `tests/cmd/*.en.trycmd`, `*.es.trycmd`, and the
//! READMEs. `TRYCMD=overwrite cargo test --test transcripts` writes them anew.

mod common;

use std::path::Path;

use common::{ROOT, copy, published, shipped};

/// One test, because a process has one current folder.
#[test]
fn transcripts_and_readmes_say_what_the_program_says() {
    for (locale, cases) in [
        ("en_US.UTF-8", "tests/cmd/*.en.trycmd"),
        ("es_GT.UTF-8", "tests/cmd/*.es.trycmd"),
        ("en_US.UTF-8", "README.md"),
        ("es_GT.UTF-8", "README.es.md"),
    ] {
        let cases = Path::new(ROOT).join(cases);
        if cases.extension().is_some_and(|extension| extension == "md") && !cases.exists() {
            continue;
        }
        // Commands that write do so in a copy.
        let folder = tempfile::tempdir().unwrap();
        copy(&shipped(), &folder.path().join("sessions"));
        copy(&published(), &folder.path().join("tests/fixtures/as-published"));
        std::env::set_current_dir(folder.path()).unwrap();
        let transcripts = trycmd::TestCases::new();
        for variable in ["LC_ALL", "LC_MESSAGES"] {
            transcripts.env(variable, "");
        }
        transcripts.env("XDG_STATE_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/state"));
        transcripts.env("LANG", locale).env("COLUMNS", "100");
        transcripts.register_bin("convoca", Path::new(common::BIN));
        // What a reader types to build and to test would build and test again.
        for other in ["cargo", "tests/run", "git"] {
            transcripts.register_bin(other, trycmd::schema::Bin::Ignore);
        }
        transcripts.case(cases).run();
        std::env::set_current_dir(ROOT).unwrap();
    }
}
