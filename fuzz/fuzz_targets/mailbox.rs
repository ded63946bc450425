//! A file that may be a mailbox of many mails: read as it lies, and with an mbox line in front.
#![no_main]

use convoca::replies::mailbox::Messages;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    let found = |octets: &[u8]| Messages::new(octets).map(|message| message.map_or(0, |message| message.found.len())).sum::<usize>();
    found(octets);
    found(&[b"From - Thu Oct 27 10:00:00 2022\n", octets].concat());
});
