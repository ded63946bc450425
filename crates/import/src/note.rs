//! The prose of a concept note: its sections as Markdown, up to where the sessions begin.

use crate::agenda::Imported;
use crate::grammar::{Meaning, marks};
use crate::source::{Bullet, Document, Line};

/// What stands before the sessions.
#[derive(Clone, Debug, Default)]
pub struct Note {
    pub title: Option<String>,
    /// The date that it carries.
    pub date: Option<chrono::NaiveDate>,
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug, Default)]
pub struct Section {
    pub line: usize,
    /// The number as written, which may be wrong.
    pub number: Option<u32>,
    pub title: String,
    pub paragraphs: Vec<String>,
    /// A numbered list behind the text.
    pub items: Vec<String>,
    pub sections: Vec<Section>,
}

/// The note of a document that has one: at least two sections with text before the sessions.
pub fn note(document: &Document, imported: &Imported) -> Option<Note> {
    let first = imported.sessions.iter().map(|session| session.line).min().unwrap_or(usize::MAX);
    let lines: Vec<&Line> =
        document.lines.iter().take_while(|line| line.number < first).filter(|line| line.table.is_none()).collect();
    let mut note = Note::default();
    let prose = |line: &Line| line.only().is_some_and(|text| text.split_whitespace().count() > 25);
    let mut at = 0;
    // The title, and the date under it.
    while let Some(line) = lines.get(at).filter(|line| head_number(line).is_none() && !prose(line)) {
        if note.title.is_some() && line.heading > 1 {
            break;
        }
        let text = line.only().unwrap_or_default();
        let day = marks(text).into_iter().find_map(|mark| match mark.meaning {
            Meaning::Day(day) => day
                .year
                .zip(day.month)
                .zip(day.days.first().copied())
                .and_then(|((year, month), own)| chrono::NaiveDate::from_ymd_opt(year, month, own)),
            _ => None,
        });
        if note.title.is_none() && day.is_none() {
            note.title = Some(text.to_owned());
        } else if note.date.is_none() {
            note.date = day;
        }
        at += 1;
        if at > 6 {
            break;
        }
    }
    let numbered = lines.iter().any(|line| head_number(line).is_some());
    for (offset, line) in lines[at.min(lines.len())..].iter().enumerate() {
        let next = lines.get(at + offset + 1);
        let text = line.only().unwrap_or_default();
        if let Some(number) = head_number(line) {
            let title = unnumbered(line, text).to_owned();
            note.sections.push(Section { line: line.number, number: Some(number), title, ..Section::default() });
            continue;
        }
        let short = text.split_whitespace().count() <= 14
            && !text.ends_with(['.', ';', ':', ','])
            && text.starts_with(char::is_uppercase);
        let heading = line.heading > 0
            || short && line.gap && line.bullet == Bullet::None && next.is_some_and(|next| next.gap && prose(next));
        if heading {
            let section = Section { line: line.number, title: text.to_owned(), ..Section::default() };
            match note.sections.last_mut() {
                Some(last) if numbered || line.heading > 2 => last.sections.push(section),
                _ => note.sections.push(section),
            }
            continue;
        }
        let Some(section) = note.sections.last_mut() else { continue };
        let section = match section.sections.len() {
            0 => section,
            length => &mut section.sections[length - 1],
        };
        if line.bullet == Bullet::Number {
            section.items.push(text.to_owned());
            continue;
        }
        let text = line.markdown();
        if let Some(last) = section.items.last_mut() {
            // The rest of an item over a page break; anything else behind a list is text again.
            if text.starts_with(char::is_lowercase) {
                *last = format!("{last} {text}");
            } else {
                section.paragraphs.push(text.to_owned());
            }
        } else if line.bullet != Bullet::None {
            section.paragraphs.push(format!("- {text}"));
        } else {
            match section.paragraphs.last_mut() {
                // A paragraph that a page break cut in two.
                Some(last) if text.starts_with(char::is_lowercase) || !line.gap && !line.opens && !last.starts_with("- ") => {
                    *last = format!("{last} {text}")
                }
                _ => section.paragraphs.push(text.to_owned()),
            }
        }
    }
    note.sections.iter_mut().for_each(|section| footnotes(section, document));
    let filled = note
        .sections
        .iter()
        .filter(|section| !section.paragraphs.is_empty() || !section.items.is_empty() || !section.sections.is_empty())
        .count();
    (filled >= 2).then_some(note)
}

/// What the notes say that a section refers to stands behind its text.
fn footnotes(section: &mut Section, document: &Document) {
    let said = section.paragraphs.join("\n");
    for (name, text) in document.notes.iter().filter(|(name, _)| said.contains(&format!("[^{name}]"))) {
        section.paragraphs.push(format!("[^{name}]: {text}"));
    }
    section.sections.iter_mut().for_each(|section| footnotes(section, document));
}

const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// "IV. Participants" over a paragraph, "3. Objectives" as a heading.
fn head_number(line: &Line) -> Option<u32> {
    let text = line.only().filter(|text| text.split_whitespace().count() <= 14)?;
    let label = if line.heading > 0 && line.label.is_empty() {
        text.split_once(['.', ')']).map(|(label, _)| label.trim())?
    } else if line.bullet == Bullet::Number && line.indent == 0 {
        &line.label
    } else {
        return None;
    };
    let roman = ROMAN.iter().position(|roman| *roman == label).and_then(|place| u32::try_from(place + 1).ok());
    roman.or_else(|| label.parse().ok().filter(|number| line.heading > 0 && *number < 40))
}

/// A heading without its number.
fn unnumbered<'t>(line: &Line, text: &'t str) -> &'t str {
    if line.heading == 0 {
        return text;
    }
    text.split_once(['.', ')']).map_or(text, |(_, rest)| rest.trim())
}
