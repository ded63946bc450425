//! Pages that are written by the program itself are as it writes them now.
//! `CONVOCA_BLESS=1 cargo test --test documentation` writes them anew.

mod common;

use std::path::Path;

use common::{ROOT, convoca, run};

#[test]
fn the_pages_of_checks_are_what_explain_says() {
    for (lang, page) in [("en", "docs/checks.md"), ("es", "docs/checks.es.md")] {
        let told = run(convoca(lang).args(["explain", "--all"]));
        assert_eq!(told.status, Some(0), "{told:?}");
        let path = Path::new(ROOT).join(page);
        if std::env::var_os("CONVOCA_BLESS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &told.stdout).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(written == told.stdout, "{page} is not what `convoca explain --all --lang {lang}` says");
    }
}

#[test]
fn a_front_end_needs_no_more_than_a_screen() {
    let text = std::fs::read_to_string(Path::new(ROOT).join("examples/front_end.rs")).unwrap();
    let code = text.lines().filter(|line| !line.starts_with("//!") && !line.is_empty());
    assert!(code.count() <= 25);
}
