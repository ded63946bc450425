//! What a server answers (RFC 5321 §4.2): a code, which alone counts, and words for people.

use crate::transport::said::read;
use crate::transport::wire::Heard;
use crate::transport::{Unusable, shown};

/// Octets of a line: eight times what a server may write (RFC 5321 §4.5.3.1.5).
const LONGEST_LINE: usize = 4096;
/// Lines of one answer: the longest is what a server offers after EHLO.
const MOST_LINES: usize = 256;

/// An answer as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub code: u16,
    /// Without the code.
    pub lines: Vec<String>,
}

/// What an answer means for the one who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// 2xx
    Done,
    /// 3xx
    GoOn,
    /// 4xx: not now.
    Later,
    /// 5xx: not ever.
    Never,
    /// 421, to whatever: it is closing the connection.
    Closing,
}

impl Answer {
    pub fn meaning(&self) -> Meaning {
        match (self.code, self.code / 100) {
            (421, _) => Meaning::Closing,
            (_, 2) => Meaning::Done,
            (_, 3) => Meaning::GoOn,
            (_, 4) => Meaning::Later,
            _ => Meaning::Never,
        }
    }

    /// On one line, with its code.
    pub fn said(&self) -> String {
        shown(&format!("{} {}", self.code, self.lines.join(" ")))
    }
}

/// Understands answers, line by line.
#[derive(Debug, Default)]
pub struct Answers {
    pub heard: Heard,
    begun: Option<Answer>,
}

impl Answers {
    /// The next answer, once it is whole.
    ///
    /// # Errors
    /// Where it is none, or has no end.
    pub fn whole(&mut self) -> Result<Option<Answer>, Unusable> {
        while let Some(line) = self.heard.line(LONGEST_LINE)? {
            let (code, is_last, words) = parts(&line).ok_or_else(|| Unusable::foreign(&line))?;
            let answer = self.begun.get_or_insert(Answer { code, lines: Vec::new() });
            if answer.code != code {
                return Err(Unusable::foreign(&line));
            }
            answer.lines.push(read(words));
            if is_last {
                return Ok(self.begun.take());
            }
            if answer.lines.len() == MOST_LINES {
                return Err(Unusable::endless());
            }
        }
        Ok(None)
    }

    /// Whether all that was heard was understood.
    pub fn is_empty(&self) -> bool {
        self.heard.is_empty() && self.begun.is_none()
    }
}

/// The code, whether this line is the last, and the words: `250-more`, `250 last`, or `250` alone.
fn parts(line: &[u8]) -> Option<(u16, bool, &[u8])> {
    let (code, rest) = line.split_at_checked(3)?;
    let is_code = matches!(code[0], b'2'..=b'5') && code.iter().all(u8::is_ascii_digit);
    let code = std::str::from_utf8(code).ok().filter(|_| is_code)?.parse().ok()?;
    match rest.split_first() {
        None => Some((code, true, rest)),
        Some((b' ', words)) => Some((code, true, words)),
        Some((b'-', words)) => Some((code, false, words)),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(octets: &[u8]) -> Result<Vec<Answer>, Unusable> {
        let mut answers = Answers::default();
        answers.heard.end().extend(octets);
        std::iter::from_fn(|| answers.whole().transpose()).collect()
    }

    fn said(octets: &[u8]) -> Vec<String> {
        answers(octets).unwrap().iter().map(Answer::said).collect()
    }

    #[test]
    fn only_the_code_counts() {
        for (octets, expected) in [
            (&b"250 ok\r\n"[..], "250 ok"),
            (b"250\r\n", "250"),
            (b"250 \r\n", "250"),
            (b"250 ok\n", "250 ok"),
            (b"250-one\r\n250-two\r\n250 three\r\n", "250 one two three"),
            (b"250-one\r\n250\r\n", "250 one"),
            (b"250 su atenci\xf3n\r\n", "250 su atención"),
            ("250 atención\r\n".as_bytes(), "250 atención"),
            (b"250 \x1b[2J\x07red\r\n", "250  [2J red"),
        ] {
            assert_eq!(said(octets), [expected], "{octets:?}");
        }
        assert_eq!(said(b"250 a\r\n354 b\r\n25"), ["250 a", "354 b"], "half an answer is none yet");
    }

    #[test]
    fn what_is_no_answer_is_told() {
        for octets in [&b"hello\r\n"[..], b"25\r\n", b"250ok\r\n", b"950 x\r\n", b"150 x\r\n", b"\r\n", b"250-a\r\n251 b\r\n"] {
            let unusable = answers(octets).unwrap_err();
            assert!(unusable.said.en.starts_with("it does not answer as mail servers do"), "{octets:?}");
        }
    }

    #[test]
    fn lines_and_answers_are_bounded() {
        let long = [&b"220 "[..], &[b'a'; LONGEST_LINE]].concat();
        assert_eq!(answers(&long).unwrap_err().said, Unusable::endless().said, "before its end has come");
        assert_eq!(answers(&b"220-hello\r\n".repeat(MOST_LINES)).unwrap_err().said, Unusable::endless().said);
    }

    #[test]
    fn codes_are_told_apart() {
        let meaning = |code| Answer { code, lines: Vec::new() }.meaning();
        let codes = [250, 354, 450, 421, 554].map(meaning);
        assert_eq!(codes, [Meaning::Done, Meaning::GoOn, Meaning::Later, Meaning::Closing, Meaning::Never]);
    }
}
