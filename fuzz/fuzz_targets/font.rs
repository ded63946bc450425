//! A font file beside the templates. With `--features pdf` a document is set in what is taken for one.
#![no_main]

use convoca::formats::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    let files = vec![("templates/x.ttf", octets.to_vec().into()), ("templates/branding.toml", "font = 'X'".into())];
    convoca_fuzz::make(files, "agenda", &[Format::Pdf]);
});
