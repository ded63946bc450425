//! Characters that no font at hand has. A PDF shows a sign in their place, so that it can be read aloud all the
//! same, and each is told once at its line.

use std::borrow::Cow;
use std::collections::BTreeSet;

use typst::text::Font;

use super::written;
use crate::diagnostics::{Diagnostic, Level, Sources};
use crate::document::Document;
use crate::fonts;
use crate::rules::PDF;
use crate::text;

/// A white square: DejaVu Sans has it.
const STAND_IN: char = '□';
/// So many are told; a whole page in another script is one matter.
const MOST_TOLD: usize = 5;

/// The document with a sign for each character that cannot be shown, and where those are written.
pub(crate) fn stood_in<'d>(document: &'d Document, own: &[Vec<u8>], sources: &Sources) -> (Cow<'d, Document>, Vec<Diagnostic>) {
    let mut lacking = BTreeSet::new();
    let mut missing = Vec::new();
    let fonts = Lacking::new(own);
    document.each_text(&mut |text| missing.extend(fonts.runs(text, &mut lacking)));
    if lacking.is_empty() {
        return (Cow::Borrowed(document), Vec::new());
    }
    let mut shown = document.clone();
    shown.each_text_mut(&mut |text| *text = text.replace(|c| lacking.contains(&c), &STAND_IN.to_string()));
    (Cow::Owned(shown), told(missing, sources))
}

/// The same of all that somebody wrote, before any document is made of it.
pub fn in_sources(own: &[Vec<u8>], sources: &Sources) -> Vec<Diagnostic> {
    let fonts = Lacking::new(own);
    let mut missing = Vec::new();
    for (file, text) in written::files(sources).filter(|(_, text)| text.chars().any(is_rare)) {
        let mut at = 0;
        for comment in written::comments(written::file_kind(sources, file), text) {
            missing.extend(fonts.runs(&text[at..comment.start], &mut BTreeSet::new()));
            at = comment.end;
        }
        missing.extend(fonts.runs(&text[at..], &mut BTreeSet::new()));
    }
    told(missing, sources)
}

fn told(missing: Vec<String>, sources: &Sources) -> Vec<Diagnostic> {
    let mut told: Vec<String> = Vec::new();
    for words in missing {
        if !told.contains(&words) && told.len() < MOST_TOLD {
            told.push(words);
        }
    }
    told.iter().map(|words| of_words(words, sources)).collect()
}

fn of_words(words: &str, sources: &Sources) -> Diagnostic {
    let finding = Diagnostic::new(&PDF, text!("no font at hand has “{words}”", "ninguna letra disponible tiene «{words}»"))
        .level(Level::Warning);
    let why = text!("a PDF shows {STAND_IN} in its place", "un PDF muestra {STAND_IN} en su lugar");
    let finding = match written::of(sources, words) {
        Some(span) => finding.at(span, why),
        None => finding.note(why),
    };
    finding.advice(text!(
        "put a font that has it (`.ttf`) into `templates/`",
        "ponga en `templates/` un archivo de letra (`.ttf`) que lo tenga"
    ))
}

/// Beyond what every font of the program has: Latin letters and the usual signs.
fn is_rare(c: char) -> bool {
    c > '\u{24f}'
}

struct Lacking(Vec<Font>);

impl Lacking {
    fn new(own: &[Vec<u8>]) -> Lacking {
        Lacking(fonts::at_hand(own))
    }

    fn lacks(&self, c: char) -> bool {
        let is_shown = |c: char| !c.is_control() && !c.is_whitespace() && !is_ignorable(c);
        is_rare(c) && is_shown(c) && !self.0.iter().any(|font| font.info().coverage.contains(c as u32))
    }

    /// The words of a text that are made of such characters, with the spaces between them.
    fn runs(&self, text: &str, lacking: &mut BTreeSet<char>) -> Vec<String> {
        let mut runs: Vec<String> = Vec::new();
        let mut open = String::new();
        for c in text.chars() {
            if self.lacks(c) {
                lacking.insert(c);
                open.push(c);
            } else if !open.is_empty() && c == ' ' {
                open.push(c);
            } else if !open.is_empty() {
                runs.push(std::mem::take(&mut open));
            }
        }
        runs.extend((!open.is_empty()).then_some(open));
        runs.into_iter().map(|run| run.trim_end().chars().take(40).collect()).collect()
    }
}

/// What is never shown: joiners, marks of direction, selectors of forms.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}
