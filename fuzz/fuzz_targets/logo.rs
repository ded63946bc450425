//! A logo beside the templates.
#![no_main]

use convoca::diagnostics::Sources;
use convoca::branding::emu;
use convoca::letterhead::{self, Assets};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    let mut sources = Sources::default();
    let file = sources.add("branding.toml", "[[logos]]\nfile = \"logo\"\nalt = { es = \"Logo\", en = \"Logo\" }\n");
    let assets = Assets::from([("logo".to_owned(), Ok(octets.to_vec()))]);
    let (branding, _) = letterhead::read(&sources, Some(file), &assets);
    for logo in &branding.logos {
        assert!(logo.width_mm > 0.0 && logo.width_mm <= 170.0 && logo.height_mm.is_finite());
        emu(logo.height_mm);
    }
});
