//! A calendar file of a participant.
#![no_main]

use convoca::replies::answers_in_calendar;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    for answer in answers_in_calendar(octets).into_iter().flatten() {
        answer.source();
    }
});
