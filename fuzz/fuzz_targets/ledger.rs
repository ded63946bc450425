//! A ledger that somebody merged, cut or edited: what is mended once stays mended.
#![no_main]

use std::io::{self, Cursor, Read, Write};

use convoca::ledger::{Ledger, Storage};
use convoca::replies::invitations::Invitations;
use libfuzzer_sys::fuzz_target;

struct Disk(Cursor<Vec<u8>>);

impl Read for Disk {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}

impl Write for Disk {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Storage for Disk {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.0.get_mut().truncate(length as usize);
        self.0.set_position(length);
        Ok(())
    }
}

fuzz_target!(|octets: &[u8]| {
    let Ok(first) = Ledger::new(Disk(Cursor::new(octets.to_vec()))) else { return };
    let states = |history: &convoca::ledger::History| history.mails().map(|mail| mail.state()).collect::<Vec<_>>();
    let mails = states(first.history());
    Invitations::of_ledger(first.history());
    let Disk(mut disk) = first.into_storage();
    disk.set_position(0);
    let Ok(second) = Ledger::new(Disk(disk)) else { panic!("a ledger that was opened cannot be opened again") };
    assert!(second.notes.is_empty(), "it is mended twice");
    assert_eq!(states(second.history()), mails);
});
