//! A mail of a participant.
#![no_main]

use convoca::replies::answers_in_mail;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    for answer in answers_in_mail(octets).into_iter().flatten() {
        answer.source();
    }
});
