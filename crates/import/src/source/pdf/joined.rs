//! Runs of letters put together as a text: blanks where the letters stand apart, words that a line end parted made whole.

use std::collections::HashSet;

use super::reader::{Page, Run};
use crate::grammar::folded;

/// A text that grows run by run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Joined {
    lines: Vec<String>,
    /// Where the last run ended: page, line, right edge.
    last: Option<(usize, f32, f32)>,
    /// A new line begins although the text could go on.
    broken: bool,
}

/// The whole words of a document, against which parted ones are held; [`DIVIDES`] where it divides words at line ends.
pub(crate) fn words(pages: &[Page]) -> HashSet<String> {
    let runs = || pages.iter().flat_map(|page| &page.runs);
    let mut found: HashSet<String> =
        runs().flat_map(|run| folded(&run.text).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
    let divided = runs()
        .filter(|run| run.text.trim_end().strip_suffix('-').is_some_and(|stem| stem.ends_with(char::is_alphabetic)))
        .count();
    if divided >= 3 * pages.len().max(1) {
        found.insert(DIVIDES.to_owned());
    }
    found
}

const DIVIDES: &str = "-";

impl Joined {
    pub(crate) fn push(&mut self, run: &Run, page: usize) {
        let apart = self.last.map(|(last_page, base, right)| {
            let same = last_page == page && (base - run.base).abs() < run.size * 0.6;
            (same, run.left - right)
        });
        match (apart, self.lines.last_mut()) {
            (Some((true, gap)), Some(line)) => {
                if gap > run.size * 0.15 && !line.ends_with(' ') && !run.text.starts_with(' ') {
                    line.push(' ');
                }
                line.push_str(&run.text);
            }
            _ => {
                if std::mem::take(&mut self.broken) {
                    self.lines.push(String::from('\n'));
                }
                self.lines.push(run.text.clone());
            }
        }
        self.last = Some((page, run.base, run.right));
    }

    /// Begins a line of its own.
    pub(crate) fn line(&mut self) {
        self.broken = !self.lines.is_empty();
        self.last = None;
    }

    /// The text, its lines flowing into each other.
    pub(crate) fn text(&self, words: &HashSet<String>) -> String {
        let mut out = String::new();
        for line in &self.lines {
            if line == "\n" {
                out.truncate(out.trim_end().len());
                out.push('\n');
                continue;
            }
            join(&mut out, line, words);
        }
        out.lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
            .join("\n")
            .trim()
            .to_owned()
    }
}

/// Adds a line behind a text.
pub(crate) fn join(out: &mut String, line: &str, words: &HashSet<String>) {
    let line = line.trim();
    if let Some(stem) = out.trim_end().strip_suffix(['\u{ad}', '\u{2010}', '-'])
        && stem.ends_with(char::is_alphabetic)
        && line.starts_with(char::is_lowercase)
    {
        let soft = !out.trim_end().ends_with('-');
        let head = stem.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let tail: String = line.chars().take_while(|c| c.is_alphabetic()).collect();
        // "self-" over "assessment" keeps its hyphen, unless the document has the word without it or divides many.
        let whole = soft
            || words.contains(&folded(&format!("{head}{tail}")))
            || words.contains(DIVIDES) && !words.contains(&folded(&tail));
        let keep = if whole { stem.len() } else { out.trim_end().len() };
        out.truncate(keep);
        out.push_str(line);
        return;
    }
    if !out.is_empty() && !out.ends_with(['\n', ' ']) {
        out.push(' ');
    }
    out.push_str(line);
}
