//! A ledger in memory: for front ends without files, and for tests of disks that fill up.

use std::io::{self, Read, Write};

use super::Storage;

/// A disk of a size, which refuses what goes over it half-way through a write.
#[derive(Debug)]
pub struct Disk {
    pub bytes: Vec<u8>,
    pub read: usize,
    pub room: usize,
    pub can_cut: bool,
    /// So many octets survive a loss of power.
    pub synced: usize,
}

impl Disk {
    pub fn holding(text: &str) -> Disk {
        Disk { bytes: text.as_bytes().to_vec(), read: 0, room: usize::MAX, can_cut: true, synced: 0 }
    }

    /// The same on a disk with room, as the next run finds it.
    pub fn mended(self) -> Disk {
        Disk { read: 0, room: usize::MAX, can_cut: true, ..self }
    }

    /// What is written on it; a letter that was cut in two shows as a mark.
    pub fn text(self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

impl Read for Disk {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = (&self.bytes[self.read..]).read(buffer)?;
        self.read += count;
        Ok(count)
    }
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(self.room.saturating_sub(self.bytes.len()));
        self.bytes.extend_from_slice(&bytes[..count]);
        if count == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(count) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Storage for Disk {
    fn sync(&mut self) -> io::Result<()> {
        self.synced = self.bytes.len();
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        if !self.can_cut {
            return Err(io::ErrorKind::StorageFull.into());
        }
        // What is longer than memory is longer than what is in it.
        self.bytes.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        Ok(())
    }
}
