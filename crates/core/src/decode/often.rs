//! What is told once for a file, since whoever writes it so writes it often: keys in Spanish, hours in another form.

use super::rules;
use crate::diagnostics::{Diagnostic, Level, Mend, Rule};
use crate::locale::Text;
use crate::text;

/// The most places that one finding points at.
const SHOWN: usize = 3;

/// So many values in another form are a habit: fewer are told each at its place.
const FORMS: usize = 9;

/// Whether a key is told that is read under its Spanish name.
pub fn is_other_name(finding: &Diagnostic) -> bool {
    finding.check == rules::UNKNOWN_KEY.id && finding.level == Level::Warning
}

/// Several findings of a kind in a file as one, with the mends of all.
pub fn together(findings: &mut Vec<Diagnostic>) {
    fold(
        findings,
        &rules::UNKNOWN_KEY,
        2,
        |count| text!("{count} keys of this file go by another name", "{count} claves de este archivo llevan otro nombre"),
        Text::fixed(
            "they are read as they stand; to write them as the guides do, use their English names",
            "se leen tal como están; para escribirlas como las guías, use sus nombres en inglés",
        ),
    );
    fold(
        findings,
        &rules::OTHER_FORM,
        FORMS,
        |count| text!("{count} values of this file are in another form", "{count} valores de este archivo van en otra forma"),
        Text::fixed(
            "they are read as they stand; `check --fix` writes them as the guides do",
            "se leen tal como están; `revisar --corregir` los escribe como las guías",
        ),
    );
}

fn fold(findings: &mut Vec<Diagnostic>, rule: &'static Rule, least: usize, told: impl Fn(usize) -> Text, mend: Text) {
    let is_of =
        |finding: &Diagnostic| finding.check == rule.id && finding.level == Level::Warning && finding.certain_mend().is_some();
    let all: Vec<Diagnostic> = findings.iter().filter(|finding| is_of(finding)).cloned().collect();
    if all.len() < least {
        return;
    }
    let mut one = Diagnostic::new(rule, told(all.len())).level(Level::Warning);
    for finding in all.iter().take(SHOWN) {
        let Some(label) = finding.labels.first() else { continue };
        let text = if label.text.en.is_empty() || rule.id == rules::OTHER_FORM.id { &finding.message } else { &label.text };
        one = one.at(label.span, text.clone());
    }
    let edits = all.iter().filter_map(Diagnostic::certain_mend).flat_map(|mend| mend.edits.clone()).collect();
    let at = findings.iter().position(is_of).unwrap_or(0);
    findings.retain(|finding| !is_of(finding));
    findings.insert(at, one.mend(Mend::certain(mend, edits)));
}
