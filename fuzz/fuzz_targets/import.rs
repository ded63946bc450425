//! A document that somebody sends, to be imported: Word, PDF, spreadsheet, web page, mail or text, as its first octets say.
#![no_main]

use chrono::NaiveDate;
use convoca::locale::Lang;
use convoca_import::{import, write::Request};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    let today = NaiveDate::from_ymd_opt(2027, 1, 1).expect("a day");
    let request = Request { lang: Lang::Es, today, from: "agenda", zone: Some("America/Guatemala"), programme: None };
    if let Ok(import) = import(octets, &request) {
        for item in import.imported.sessions.iter().flat_map(|session| &session.items) {
            assert!(import.document.line(item.line).is_some(), "an item from nowhere");
        }
    }
});
