//! What a document is called.

use super::clean::clean;
use super::window::is_window_label;
use crate::grammar::days;
use crate::grammar::{folded, heads, marks};
use crate::source::Document;

/// The first thing that reads like a title.
pub(super) fn title_of(document: &Document) -> Option<String> {
    if let Some(subject) = subject_of(document) {
        return Some(subject);
    }
    let is_header = |text: &str| folded(text).split(' ').all(|word| heads::heads(word).is_some());
    let is_title = |text: &str| {
        !is_header(text)
            && !is_window_label(text)
            && text.chars().filter(|c| c.is_alphabetic()).count() > 8
            && text.len() < 240
            && !text.starts_with("title:")
    };
    let short = |text: &str| !is_header(text) && text.chars().filter(|c| c.is_alphabetic()).count() > 3 && text.len() < 240;
    let heading = document.lines.iter().find(|line| line.heading > 0 && line.only().is_some_and(short));
    let first = document.lines.iter().take(3).find(|line| line.only().is_some_and(is_title) && !line.is_list_item());
    let line = match (heading, first) {
        (Some(heading), Some(first)) if first.heading > 0 || heading.number < first.number => heading,
        (Some(heading), None) => heading,
        (_, Some(first)) if !super::entry::has_time(first) => first,
        _ => return heading.and_then(|line| line.only()).map(clean),
    };
    line.only().map(clean)
}

/// What a mail at the front says that it is about, without "Re:".
fn subject_of(document: &Document) -> Option<String> {
    let heads = super::aside::asides(document);
    let line = document.lines.iter().take(12).filter(|line| heads.contains(&line.number)).find_map(|line| {
        let (label, rest) = line.only()?.split_once(':')?;
        matches!(folded(label).as_str(), "subject" | "asunto" | "objet" | "assunto").then(|| rest.trim().to_owned())
    })?;
    let mut subject = line.as_str();
    let again = |label: &str| matches!(folded(label).as_str(), "re" | "rv" | "fw" | "fwd" | "enc" | "res" | "tr" | "rif");
    while let Some((_, rest)) = subject.split_once(':').filter(|(label, _)| again(label)) {
        subject = rest.trim();
    }
    (!subject.is_empty()).then(|| clean(subject))
}

pub(super) fn is_only_date(title: &str) -> bool {
    let marks = marks(title);
    let mut rest = title.to_owned();
    for (mark, _) in days(&marks).collect::<Vec<_>>().into_iter().rev() {
        rest.replace_range(mark.range.clone(), " ");
    }
    !marks.is_empty() && !rest.chars().any(char::is_alphabetic)
}
