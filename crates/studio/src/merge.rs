//! Two texts that came from a third, put together: what only one of them changed is taken, what both changed is for
//! a person to decide.
//!
//! ```
//! use convoca_studio::merge::{Piece, merge, text};
//! let base = "title = 1\n\n[[slots]]\nstart = 10\nend = 11\n";
//! let mine = "title = 2\n\n[[slots]]\nstart = 10\nend = 12\n";
//! let theirs = "title = 1\n\n[[slots]]\nstart = 10\nend = 13\n\n[[slots]]\n";
//! let pieces = merge(base, mine, theirs);
//! assert_eq!(pieces.iter().filter(|piece| matches!(piece, Piece::Clash { .. })).count(), 1);
//! assert_eq!(text(&pieces, |_| true), "title = 2\n\n[[slots]]\nstart = 10\nend = 13\n\n[[slots]]\n");
//! ```

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A stretch of what was put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it was, or as one of both changed it.
    Agreed(String),
    /// As each of both changed it.
    Clash { mine: String, theirs: String },
}

/// Lines of the third text, and what stands in their place.
struct Hunk {
    base: Range<usize>,
    new: Range<usize>,
}

/// Puts two texts together, line by line. Changes that touch one another are one.
pub fn merge(base: &str, mine: &str, theirs: &str) -> Vec<Piece> {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<&str>>();
    let (base, mine, theirs) = (lines(base), lines(mine), lines(theirs));
    let (own, other) = (hunks(&base, &mine), hunks(&base, &theirs));
    let mut pieces = Pieces::default();
    let (mut at, mut own_at, mut other_at) = (0, 0, 0);
    while own_at < own.len() || other_at < other.len() {
        let start = [own.get(own_at), other.get(other_at)].into_iter().flatten().map(|hunk| hunk.base.start).min().unwrap_or(at);
        pieces.agree(&base[at..start]);
        // What touches the stretch belongs to it, and makes it longer.
        let (own_from, other_from) = (own_at, other_at);
        let mut end = start;
        loop {
            let before = (own_at, other_at);
            for (list, place) in [(&own, &mut own_at), (&other, &mut other_at)] {
                while let Some(hunk) = list.get(*place).filter(|hunk| hunk.base.start <= end) {
                    end = end.max(hunk.base.end);
                    *place += 1;
                }
            }
            if before == (own_at, other_at) {
                break;
            }
        }
        let made = |list: &[Hunk], text: &[&str]| -> String {
            let (Some(first), Some(last)) = (list.first(), list.last()) else { return base[start..end].concat() };
            let from = first.new.start - (first.base.start - start);
            let to = last.new.end + (end - last.base.end);
            text[from..to].concat()
        };
        let (own_made, other_made) = (made(&own[own_from..own_at], &mine), made(&other[other_from..other_at], &theirs));
        match (own_from < own_at, other_from < other_at) {
            (true, true) if own_made != other_made => {
                pieces.0.push(Piece::Clash { mine: own_made, theirs: other_made });
            }
            (true, _) => pieces.agree(&[&own_made]),
            (false, _) => pieces.agree(&[&other_made]),
        }
        at = end;
    }
    pieces.agree(&base[at..]);
    pieces.0
}

/// The text, once it is said of each clash, by its place among them, whether theirs stands.
pub fn text(pieces: &[Piece], is_theirs: impl Fn(usize) -> bool) -> String {
    let mut clashes = 0;
    let pieces = pieces.iter().map(|piece| match piece {
        Piece::Agreed(text) => text.as_str(),
        Piece::Clash { mine, theirs } => {
            clashes += 1;
            if is_theirs(clashes - 1) { theirs } else { mine }
        }
    });
    pieces.collect()
}

/// The stretches of a text that another has not, each with where it begins.
pub fn changed<'t>(other: &str, text: &'t str) -> Vec<(usize, &'t str)> {
    let lines = |text: &'t str| text.split_inclusive('\n').collect::<Vec<&'t str>>();
    let (old, new) = (str::split_inclusive(other, '\n').collect::<Vec<&str>>(), lines(text));
    let starts = new.iter().scan(0, |at, line| Some(std::mem::replace(at, *at + line.len()))).chain([text.len()]);
    let starts: Vec<usize> = starts.collect();
    let stretches =
        hunks(&old, &new).into_iter().map(|hunk| (starts[hunk.new.start], &text[starts[hunk.new.start]..starts[hunk.new.end]]));
    stretches.filter(|(_, stretch)| !stretch.is_empty()).collect()
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn agree(&mut self, lines: &[&str]) {
        if lines.iter().all(|line| line.is_empty()) {
            return;
        }
        match self.0.last_mut() {
            Some(Piece::Agreed(text)) => text.extend(lines.iter().copied()),
            _ => self.0.push(Piece::Agreed(lines.concat())),
        }
    }
}

fn hunks(base: &[&str], new: &[&str]) -> Vec<Hunk> {
    let hunks = capture_diff_slices(Algorithm::Patience, base, new).into_iter().filter_map(|op| match op {
        DiffOp::Equal { .. } => None,
        changed => Some(Hunk { base: changed.old_range(), new: changed.new_range() }),
    });
    hunks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clashes(pieces: &[Piece]) -> Vec<(&str, &str)> {
        let clashes = pieces.iter().filter_map(|piece| match piece {
            Piece::Agreed(_) => None,
            Piece::Clash { mine, theirs } => Some((mine.as_str(), theirs.as_str())),
        });
        clashes.collect()
    }

    #[test]
    fn what_one_changed_is_taken_and_what_both_changed_is_asked() {
        let base = "a\nb\nc\nd\ne\n";
        for (mine, theirs, together, asked) in [
            ("A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n", "A\nb\nc\nd\nE\n", vec![]),
            ("A\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", vec![]),
            ("a\nc\nd\ne\n", "a\nb\nc\nd\n", "a\nc\nd\n", vec![]),
            ("a\nx\nb\nc\nd\ne\n", "a\ny\nb\nc\nd\ne\n", "a\nx\nb\nc\nd\ne\n", vec![("x\n", "y\n")]),
            ("a\nB\nc\nd\ne\n", "a\nb\nC\nd\ne\n", "a\nB\nc\nd\ne\n", vec![("B\nc\n", "b\nC\n")]),
            ("a\nB\nc\nd\n", "a\nβ\nc\nd\ne\nf\n", "a\nB\nc\nd\n", vec![("B\n", "β\n"), ("", "e\nf\n")]),
            ("", "a\nb\nc\nd\ne\n", "", vec![]),
        ] {
            let pieces = merge(base, mine, theirs);
            assert_eq!((text(&pieces, |_| false).as_str(), clashes(&pieces)), (together, asked), "{mine:?} {theirs:?}");
        }
    }

    #[test]
    fn the_same_on_both_sides_gives_the_one_or_the_other_whole() {
        let texts = ["", "a", "a\n", "a\nb\n", "b\na\n", "a\nb\na\nb", "x\na\n\nb\n", "\n\n"];
        for base in texts {
            for one in texts {
                assert_eq!(text(&merge(base, one, base), |_| true), one, "{base:?}");
                assert_eq!(text(&merge(base, base, one), |_| false), one, "{base:?}");
                assert_eq!(text(&merge(base, one, one), |_| false), one, "{base:?}");
            }
        }
    }
}
