//! What a server says (RFC 9051 §7): lines, in which literals stand whose size is announced. The size says
//! where the line goes on, and nothing else: it is bounded before a single octet is kept.

use crate::transport::Unusable;
use crate::transport::wire::Heard;

/// Octets of a line outside of its literals: the numbers of 100,000 messages.
const LONGEST_LINE: usize = 1024 * 1024;
/// Octets of a literal, and so of a message.
pub(crate) const LARGEST: usize = 8 * 1024 * 1024;
/// Literals of one response: a message is one.
const MOST_LITERALS: usize = 64;

/// A piece of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Line(Vec<u8>),
    Literal(Vec<u8>),
    /// A literal beyond 8 MiB, of which nothing was kept.
    TooLarge,
}

/// Something that a server says as a whole. There is always a line at its end.
pub type Response = Vec<Piece>;

/// Understands responses.
#[derive(Debug, Default)]
pub struct Responses {
    pub heard: Heard,
    begun: Response,
    /// Octets that are still to come of the literal at the end of `begun`.
    missing: usize,
}

impl Responses {
    /// The next response, once it is whole.
    ///
    /// # Errors
    /// Where it has no end, or more in it than any.
    pub fn whole(&mut self) -> Result<Option<Response>, Unusable> {
        loop {
            if self.missing > 0 {
                let octets = self.heard.take(self.missing);
                self.missing -= octets.len();
                if let Some(Piece::Literal(literal)) = self.begun.last_mut() {
                    literal.extend(octets);
                }
                if self.missing > 0 {
                    return Ok(None);
                }
            }
            let Some(mut line) = self.heard.line(LONGEST_LINE)? else { return Ok(None) };
            let literal = announced(&line);
            if let Some((at, _)) = literal {
                line.truncate(at);
            }
            self.begun.push(Piece::Line(line));
            let Some((_, size)) = literal else { return Ok(Some(std::mem::take(&mut self.begun))) };
            if self.begun.len() > 2 * MOST_LITERALS {
                return Err(Unusable::endless());
            }
            self.missing = size;
            self.begun.push(if size > LARGEST { Piece::TooLarge } else { Piece::Literal(Vec::new()) });
        }
    }

    /// Whether all that was heard was understood.
    pub fn is_empty(&self) -> bool {
        self.heard.is_empty() && self.begun.is_empty()
    }
}

/// Where a literal is announced at the end of a line, and of how many octets: `… {123}`.
fn announced(line: &[u8]) -> Option<(usize, usize)> {
    let inner = line.strip_suffix(b"}")?;
    let at = inner.iter().rposition(|octet| *octet == b'{')?;
    let digits = inner.get(at + 1..)?.strip_suffix(b"+").or(inner.get(at + 1..))?;
    let is_number = !digits.is_empty() && digits.len() <= 10 && digits.iter().all(u8::is_ascii_digit);
    let size = std::str::from_utf8(digits).ok().filter(|_| is_number)?.parse().ok()?;
    // `~{…}` announces octets of any kind (RFC 3516).
    let at = if inner.get(..at)?.ends_with(b"~") { at - 1 } else { at };
    Some((at, size))
}

/// A value of a list, as far as anybody here wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number, a name, NIL, or a quoted text.
    Word(Vec<u8>),
    Literal(Vec<u8>),
    TooLarge,
    /// What stands in brackets is passed over.
    List,
}

/// What `* 1 FETCH (UID 7 BODY[] …)` says of a message; `None` where the response is another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    pub uid: Option<u32>,
    pub size: Option<u32>,
    pub body: Option<Value>,
}

impl Fetched {
    pub fn of(response: Response) -> Option<Fetched> {
        let mut pieces = response.into_iter();
        let Some(Piece::Line(first)) = pieces.next() else { return None };
        let rest = first.strip_prefix(b"* ")?;
        let digits = rest.iter().take_while(|octet| octet.is_ascii_digit()).count();
        let rest = rest.get(digits..).filter(|_| digits > 0)?;
        let is_fetch = rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b" FETCH "));
        let list = rest.get(7..).filter(|_| is_fetch)?.strip_prefix(b"(")?.to_vec();
        let mut fetched = Fetched::default();
        let mut values = Values::new(list, pieces);
        while let Some(Value::Word(name)) = values.next() {
            let value = values.next()?;
            let number = || match &value {
                Value::Word(word) => std::str::from_utf8(word).ok()?.parse().ok(),
                _ => None,
            };
            match name.to_ascii_uppercase().as_slice() {
                b"UID" => fetched.uid = number(),
                b"RFC822.SIZE" => fetched.size = number(),
                b"BODY[]" => fetched.body = Some(value).filter(|value| *value != Value::Word(b"NIL".to_vec())),
                _ => {}
            }
        }
        Some(fetched)
    }
}

/// The values of a list, one after another.
pub(super) struct Values<P> {
    line: Vec<u8>,
    at: usize,
    pieces: P,
}

impl<P: Iterator<Item = Piece>> Values<P> {
    pub(super) fn new(line: Vec<u8>, pieces: P) -> Values<P> {
        Values { line, at: 0, pieces }
    }

    fn peek(&self) -> Option<u8> {
        self.line.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<Value> {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
        let Some(first) = self.peek() else { return self.literal() };
        let from = self.at;
        match first {
            b')' => None,
            b'"' => Some(Value::Word(self.quoted())),
            b'(' => self.list(),
            _ => {
                // A name such as BODY[HEADER.FIELDS (FROM)] holds spaces in its brackets.
                let mut depth = 0usize;
                while let Some(octet) = self.peek() {
                    match octet {
                        b'[' => depth += 1,
                        b']' => depth = depth.saturating_sub(1),
                        b' ' | b'(' | b')' if depth == 0 => break,
                        _ => {}
                    }
                    self.at += 1;
                }
                Some(Value::Word(self.line.get(from..self.at)?.to_vec()))
            }
        }
    }

    /// The literal behind this line, and with it the line that goes on behind it.
    fn literal(&mut self) -> Option<Value> {
        let literal = match self.pieces.next()? {
            Piece::Literal(octets) => Value::Literal(octets),
            Piece::TooLarge => Value::TooLarge,
            Piece::Line(_) => return None,
        };
        let Some(Piece::Line(line)) = self.pieces.next() else { return None };
        (self.line, self.at) = (line, 0);
        Some(literal)
    }

    fn quoted(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        self.at += 1;
        while let Some(octet) = self.peek() {
            self.at += 1;
            match octet {
                b'"' => break,
                b'\\' => {
                    text.extend(self.peek());
                    self.at += 1;
                }
                _ => text.push(octet),
            }
        }
        text
    }

    /// Counted, not called again for each bracket: a server may open any number.
    fn list(&mut self) -> Option<Value> {
        let mut depth = 0usize;
        loop {
            match self.peek() {
                None => {
                    self.literal()?;
                    continue;
                }
                Some(b'"') => {
                    self.quoted();
                    continue;
                }
                Some(b'(') => depth += 1,
                Some(b')') => depth -= 1,
                Some(_) => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(Value::List);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn responses(octets: &[u8]) -> Result<Vec<Response>, Unusable> {
        let mut responses = Responses::default();
        let mut found = Vec::new();
        for some in octets.chunks(7) {
            responses.heard.end().extend(some);
            while let Some(response) = responses.whole()? {
                found.push(response);
            }
        }
        Ok(found)
    }

    fn fetched(octets: &[u8]) -> Vec<Option<Fetched>> {
        responses(octets).unwrap().into_iter().map(Fetched::of).collect()
    }

    #[test]
    fn a_message_is_found_wherever_it_stands_in_the_list() {
        let body = |octets: &[u8]| Some(Value::Literal(octets.to_vec()));
        for (said, body) in [
            (&b"* 1 FETCH (UID 7 BODY[] {5}\r\nab\r\nc)\r\n"[..], body(b"ab\r\nc")),
            (b"* 1 fetch (BODY[] {3}\r\n){9 FLAGS (\\Seen \"a)b\" (x)) uid 7)\r\n", body(b"){9")),
            (b"* 1 FETCH (FLAGS () BODY[HEADER.FIELDS (FROM)] \"x\" UID 7 BODY[] ~{0}\r\n)\r\n", body(b"")),
            (b"* 1 FETCH (ENVELOPE ({2}\r\n)) ({1}\r\n() NIL) UID 7 BODY[] \"q\\\"t\")\r\n", Some(Value::Word(b"q\"t".to_vec()))),
            (b"* 1 FETCH (UID 7 BODY[] NIL)\r\n", None),
        ] {
            assert_eq!(fetched(said), [Some(Fetched { uid: Some(7), size: None, body })], "{}", String::from_utf8_lossy(said));
        }
        let size = Fetched { uid: Some(7), size: Some(12), body: None };
        assert_eq!(fetched(b"* 1 FETCH (RFC822.SIZE 12 UID 7)\r\n* OK FETCH (\r\n* FETCH (UID 1)\r\n"), [Some(size), None, None]);
    }

    #[test]
    fn the_announced_size_is_not_believed() {
        let huge = [&b"* 1 FETCH (UID 7 BODY[] {8388609}\r\n"[..], &vec![b'x'; LARGEST + 1], b" FLAGS ())\r\na OK\r\n"].concat();
        let found = fetched(&huge);
        assert_eq!(found, [Some(Fetched { uid: Some(7), size: None, body: Some(Value::TooLarge) }), None], "it is passed over");
        // More comes than was announced: it is the rest of the line, and has its bound.
        let more = [&b"* 1 FETCH (UID 7 BODY[] {10}\r\n"[..], &vec![b'x'; LONGEST_LINE + 20]].concat();
        assert_eq!(responses(&more).unwrap_err().said, Unusable::endless().said);
        let many = b"{1}\r\nx".repeat(MOST_LITERALS + 1);
        assert_eq!(responses(&many).unwrap_err().said, Unusable::endless().said);
        assert_eq!(announced(b"x {99999999999}"), None, "no number of octets");
    }
}
