//! Keys of a whole file that stand behind a head, and so in another table: whoever adds a line at the end of a
//! session's file writes it into the last item.

use toml::de::DeTable;

use super::{ConceptNote, Group, WrittenSession, keys};
use crate::decode::{Field, rules};
use crate::diagnostics::{Diagnostic, Edit, Level, Mend, Span};
use crate::locale::Text;
use crate::text;

/// Says of an unknown key that the file itself has it, and puts its line above the first head.
pub(super) fn tell(path: &str, text: &str, findings: &mut [Diagnostic]) {
    let fields = match super::file_name(path) {
        super::GROUP_FILE => Group::FIELDS,
        super::CONCEPT_NOTE_FILE => ConceptNote::FIELDS,
        _ => WrittenSession::FIELDS,
    };
    let Some(head) = first_head(text) else { return };
    for finding in findings {
        if finding.check != rules::UNKNOWN_KEY.id || finding.level != Level::Error {
            continue;
        }
        let Some(place) = finding.place().filter(|place| place.range().start > head) else { continue };
        let Some(mend) = mend(text, head, place, fields) else { continue };
        let name = &text[place.range()];
        finding.message = text!("`{name}` belongs at the top of the file", "`{name}` va al principio del archivo");
        if let Some(label) = finding.labels.first_mut() {
            label.text = Text::fixed(
                "what stands behind a head in brackets belongs to it",
                "lo que va después de un encabezado entre corchetes es parte de él",
            );
        }
        finding.mends = vec![mend];
    }
}

/// Where the first head in brackets begins.
fn first_head(text: &str) -> Option<usize> {
    let mut start = 0;
    text.split_inclusive('\n').find_map(|line| {
        let at = start;
        start += line.len();
        line.trim_start().starts_with('[').then_some(at)
    })
}

/// A line with its whole value, put above the first head.
fn mend(text: &str, head: usize, place: Span, fields: &[Field]) -> Option<Mend> {
    let key = place.range();
    let name = text.get(key.clone())?;
    if !fields.iter().any(|field| keys::means(name, field.key)) {
        return None;
    }
    let start = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[key.end..].find('\n').map_or(text.len(), |at| key.end + at + 1);
    let line = text.get(start..end)?;
    // A head, or a value of several lines, is not moved by its first line.
    if !text[start..key.start].trim().is_empty() || DeTable::parse(line).is_err() {
        return None;
    }
    let line = line.trim_end_matches(['\n', '\r']);
    let span = |range: std::ops::Range<usize>| Span::new(place.file, range);
    let edits = vec![
        Edit { span: span(head..head), text: format!("{}\n\n", line.trim_start()) },
        Edit { span: span(start..end), text: String::new() },
    ];
    Some(Mend::possible(text!("put this line above the first head", "ponga este renglón antes del primer encabezado"), edits))
}
