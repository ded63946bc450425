//! Prose of the concept note, in every format that this build has.
#![no_main]

use convoca::formats::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // What TOML would not hold is no matter here.
    let text = text.replace("'''", "'").replace(|c: char| c.is_control() && c != '\n' && c != '\t', " ");
    let note = format!(
        "date = 2027-01-01\ntitle = {{ en = 'Note' }}\n[[sections]]\nid = 'a'\ntitle = {{ en = 'A' }}\n[sections.text]\nen = '''\n{text}\n'''\n"
    );
    convoca_fuzz::make(vec![("sessions/concept-note.toml", note.into())], "concept-note", &Format::ALL);
});
