//! The small programme over which the examples of the documentation are laid.

use chrono::NaiveDate;

use crate::checked::check;
use crate::diagnostics::{Diagnostic, Sources};

/// A programme without a fault, for examples to change: two members and a session.
pub fn base_files() -> Vec<(&'static str, &'static str)> {
    vec![
        (
            "group.toml",
            "id = \"example\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\"]\n\
             name = { es = \"Ejemplo\", en = \"Example\" }\n\
             [parties.capital]\nname = { es = \"Capital\", en = \"Capital\" }\nmember = true\n\
             [parties.port]\nname = { es = \"Puerto\", en = \"Port\" }\nmember = true\n",
        ),
        ("session.toml", crate::checks::session_file!("")),
    ]
}

/// Checks files given as texts: those of the example in place of the base's own.
pub fn check_files(files: &[(&str, &str)]) -> (Sources, Vec<Diagnostic>) {
    let base = base_files().into_iter().filter(|(name, _)| !files.iter().any(|(given, _)| given == name));
    let mut all: Vec<(&str, &str)> = base.chain(files.iter().copied()).collect();
    all.sort_unstable();
    let mut sources = Sources::default();
    for (name, text) in all {
        sources.add(name, text);
    }
    // The examples' sessions are in 2027.
    let today = NaiveDate::from_ymd_opt(2027, 2, 26).unwrap_or_default();
    let findings = check(&sources, today).findings;
    (sources, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::rules;
    use crate::diagnostics::apply_fixes;

    fn fired(files: &[(&str, &str)]) -> Vec<&'static str> {
        check_files(files).1.iter().filter(|finding| finding.waived.is_none()).map(|finding| finding.check).collect()
    }

    #[test]
    fn the_base_is_without_a_fault() {
        assert_eq!(fired(&[]), Vec::<&str>::new());
    }

    #[test]
    fn every_example_fires_and_its_mended_form_is_clean() {
        // What is wrong with the bytes of a file cannot be shown by its text.
        for rule in rules().filter(|rule| !rule.example.faulty.is_empty()) {
            assert!(fired(rule.example.faulty).contains(&rule.id), "{} does not fire: {:?}", rule.id, fired(rule.example.faulty));
            assert_eq!(fired(rule.example.mended), Vec::<&str>::new(), "{} mended", rule.id);
        }
    }

    #[test]
    fn a_certain_mend_of_an_example_takes_its_finding_away() {
        for rule in rules() {
            let (sources, findings) = check_files(rule.example.faulty);
            let own: Vec<Diagnostic> = findings.into_iter().filter(|finding| finding.check == rule.id).collect();
            let fixed = apply_fixes(&sources, &own);
            if fixed.is_empty() {
                continue;
            }
            let texts: Vec<(String, String)> = sources
                .iter()
                .map(|(id, file)| {
                    let text = fixed.iter().find(|fixed| fixed.file == id).map_or(&file.text, |fixed| &fixed.text);
                    (file.path.clone(), text.clone())
                })
                .collect();
            let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            assert!(!fired(&files).contains(&rule.id), "{}", rule.id);
        }
    }
}
