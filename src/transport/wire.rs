//! The octets of a connection, wherever they come from: what speaks a protocol needs no socket for it.

use std::collections::VecDeque;
use std::io;

use super::Unusable;

/// A connection. One side speaks, then the other.
pub trait Wire {
    /// Says something. The answer as a whole must have come before the time limit of the connection.
    ///
    /// # Errors
    /// Where the connection is broken, or the other side does not listen in time.
    fn say(&mut self, octets: &[u8]) -> io::Result<()>;

    /// Waits for octets, and puts some of them behind those that are there, a few thousand at most.
    ///
    /// # Errors
    /// Where the connection ends, or the time for the answer is over.
    fn hear(&mut self, into: &mut Vec<u8>) -> io::Result<()>;

    /// Whether the other side has said something that nobody heard yet, or hung up.
    ///
    /// # Errors
    /// Where the connection is broken.
    fn is_waiting(&mut self) -> io::Result<bool>;

    /// So many octets are asked for: the answer may take as long as a slow line needs for them.
    fn allow(&mut self, octets: usize);

    /// From here on nobody else reads or speaks along.
    ///
    /// # Errors
    /// Where the other side does not speak TLS, or is not trusted.
    fn encrypt(&mut self) -> Result<(), Unusable>;
}

/// What was heard and not yet understood: never more than the longest line and what came with its end.
#[derive(Debug, Default)]
pub struct Heard {
    octets: Vec<u8>,
    /// Up to here it was understood.
    start: usize,
    /// Up to here there is no line end.
    seen: usize,
}

impl Heard {
    /// Where octets are put behind the others.
    pub fn end(&mut self) -> &mut Vec<u8> {
        self.octets.drain(..self.start);
        self.seen -= self.start;
        self.start = 0;
        &mut self.octets
    }

    pub fn is_empty(&self) -> bool {
        self.start == self.octets.len()
    }

    /// The next line, without its end: CRLF, or a lone line feed as some servers have it.
    ///
    /// # Errors
    /// Where it is longer than so many octets, whether its end has come or not.
    pub fn line(&mut self, longest: usize) -> Result<Option<Vec<u8>>, Unusable> {
        let rest = self.octets.get(self.seen..).unwrap_or_default();
        let end = rest.iter().position(|octet| *octet == b'\n').map(|at| self.seen + at);
        self.seen = end.unwrap_or(self.octets.len());
        if self.seen - self.start > longest {
            return Err(Unusable::endless());
        }
        let Some(end) = end else { return Ok(None) };
        let line = &self.octets[self.start..end];
        let line = line.strip_suffix(b"\r").unwrap_or(line).to_vec();
        self.seen = end + 1;
        self.start = self.seen;
        Ok(Some(line))
    }

    /// What is there, so many octets at most, whatever they are.
    pub fn take(&mut self, most: usize) -> &[u8] {
        let from = self.start;
        self.start = self.octets.len().min(from.saturating_add(most));
        self.seen = self.start;
        &self.octets[from..self.start]
    }
}

/// A connection whose other side says what was written down before, one piece for each thing that is said
/// to it: for tests and for fuzzing.
#[derive(Debug, Default)]
pub struct Tape {
    pieces: VecDeque<Vec<u8>>,
    now: Vec<u8>,
    /// All that was said to it.
    pub said: Vec<u8>,
    /// How much of that was said before encryption, if it began.
    pub in_clear: Option<usize>,
}

impl Tape {
    /// The first piece is said unasked.
    pub fn new(pieces: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Tape {
        let mut pieces: VecDeque<Vec<u8>> = pieces.into_iter().map(Into::into).collect();
        let now = pieces.pop_front().unwrap_or_default();
        Tape { pieces, now, ..Tape::default() }
    }
}

impl Wire for Tape {
    fn say(&mut self, octets: &[u8]) -> io::Result<()> {
        self.said.extend(octets);
        self.now.extend(self.pieces.pop_front().unwrap_or_default());
        Ok(())
    }

    fn hear(&mut self, into: &mut Vec<u8>) -> io::Result<()> {
        if self.now.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        into.extend(self.now.drain(..self.now.len().min(4096)));
        Ok(())
    }

    fn is_waiting(&mut self) -> io::Result<bool> {
        Ok(!self.now.is_empty())
    }

    fn allow(&mut self, _: usize) {}

    /// What was said in clear and not heard is no TLS.
    fn encrypt(&mut self) -> Result<(), Unusable> {
        if !self.now.is_empty() {
            return Err(Unusable::out_of_turn());
        }
        self.in_clear = Some(self.said.len());
        Ok(())
    }
}

impl<W: Wire + ?Sized> Wire for &mut W {
    fn say(&mut self, octets: &[u8]) -> io::Result<()> {
        (**self).say(octets)
    }

    fn hear(&mut self, into: &mut Vec<u8>) -> io::Result<()> {
        (**self).hear(into)
    }

    fn is_waiting(&mut self) -> io::Result<bool> {
        (**self).is_waiting()
    }

    fn allow(&mut self, octets: usize) {
        (**self).allow(octets);
    }

    fn encrypt(&mut self) -> Result<(), Unusable> {
        (**self).encrypt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_where_it_ends_and_never_grows_beyond_its_bound() {
        let mut heard = Heard::default();
        heard.end().extend(b"one\r\ntwo\nthr");
        let mut next = || heard.line(5).unwrap();
        assert_eq!((next().as_deref(), next().as_deref(), next()), (Some(&b"one"[..]), Some(&b"two"[..]), None));
        heard.end().extend(b"ee");
        assert_eq!(heard.line(5).unwrap(), None);
        heard.end().extend(b"\r\n");
        assert_eq!(heard.line(6).unwrap().as_deref(), Some(&b"three"[..]));
        heard.end().extend(b"more than that");
        assert!(heard.line(5).is_err());
    }

    #[test]
    fn octets_are_taken_as_they_are() {
        let mut heard = Heard::default();
        heard.end().extend(b"a\nb\nc\n");
        assert_eq!(heard.take(3), b"a\nb");
        assert_eq!(heard.line(5).unwrap().as_deref(), Some(&b""[..]));
        heard.end().extend(b"d");
        assert_eq!(heard.take(99), b"c\nd");
        assert!(heard.is_empty());
    }
}
