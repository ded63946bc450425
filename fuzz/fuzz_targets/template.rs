//! A template of a document, in every format that this build has.
#![no_main]

use convoca::formats::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| convoca_fuzz::make(vec![("templates/own.md.j2", text.into())], "own", &Format::ALL));
