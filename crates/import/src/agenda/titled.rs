//! A title with what stands behind it.

use std::ops::Range;

use super::clean::clean;
use super::entry::{Draft, Shape};
use super::people::{are_names, labelled};
use crate::grammar::{Bound, Mark, Meaning, folded, marks};

/// The parenthesis around a place, with its signs.
pub(super) fn parenthesis(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let open = text[..range.start].rfind(['(', '['])?;
    let close = range.end + text[range.end..].find([')', ']'])?;
    // Nothing closes in between, and nothing else opens.
    let inside = !text[open + 1..range.start].contains([')', ']']) && !text[range.end..close].contains(['(', '[']);
    inside.then_some(open..close + 1)
}

/// A title with what stands behind it: lengths in parentheses, columns, remarks.
pub(crate) fn finish(rest: &str, mut draft: Draft) -> Shape {
    let mut title = rest.to_owned();
    if draft.minutes.is_none()
        && let Some((minutes, bound, range, others)) = length_within(&title)
    {
        (draft.minutes, draft.bound) = (Some(minutes), bound);
        let tail = title[range.end..].to_owned();
        title.truncate(range.start);
        draft.speakers.extend(others);
        let tail = clean(&tail);
        if !tail.is_empty() {
            if are_names(&tail) { draft.speakers.push(tail) } else { draft.details.push(tail.trim_start_matches('(').to_owned()) }
        }
    }
    draft.broken = is_broken(&title);
    // Columns of blanks or tabs.
    let title =
        title.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '|' | '.' | ')')).to_owned();
    let mut columns = title.split('\t').flat_map(|part| part.split("   ")).map(str::trim).filter(|part| !part.is_empty());
    draft.title = clean(columns.next().unwrap_or_default());
    let others: Vec<String> = columns.map(str::to_owned).collect();
    for column in others {
        match marks(&column).as_slice() {
            [Mark { meaning: Meaning::Minutes { minutes, bound }, range }] if range.len() + 3 > column.len() => {
                (draft.minutes, draft.bound) = (Some(*minutes), *bound)
            }
            _ => draft.speakers.push(column),
        }
    }
    Shape::Item(draft)
}

/// Whether a line ends within a word: "parti-".
pub(super) fn is_broken(text: &str) -> bool {
    let mut last = text.trim_end().chars().rev();
    matches!(last.next(), Some('-' | '\u{ad}' | '\u{2010}')) && last.next().is_some_and(char::is_lowercase)
}

/// A length in a parenthesis: how long, where the parenthesis is, and who else is in it.
pub(super) fn length_within(text: &str) -> Option<(u32, Bound, Range<usize>, Vec<String>)> {
    marks(text).iter().find_map(|mark| {
        let (minutes, bound) = match &mark.meaning {
            Meaning::Minutes { minutes, bound } => (*minutes, *bound),
            Meaning::Hours { minutes: Some(minutes), .. } => (*minutes, Bound::Plain),
            _ => return None,
        };
        let around = parenthesis(text, &mark.range);
        let range = match around {
            Some(range) => range,
            // Without a parenthesis only at the end, behind a dash or a comma.
            None => {
                let before = text[..mark.range.start].trim_end();
                let ends = text[mark.range.end..].chars().all(|c| !c.is_alphanumeric());
                let apart = before.ends_with(['-', '–', '—', ',', ':', '|', ';']) || text[..mark.range.start].ends_with("  ");
                if !(ends && apart) {
                    return None;
                }
                return Some((minutes, bound, mark.range.start..text.len(), Vec::new()));
            }
        };
        // "Short (≤30m) discussions": part of the title.
        let behind = text[range.end..].trim_start();
        let names = bound == Bound::Plain && are_names(behind);
        if behind.starts_with(|c: char| c.is_alphanumeric())
            && !text[range.end..].starts_with("  ")
            && !names
            && labelled(behind).is_none()
        {
            return None;
        }
        let inside = format!("{} {}", &text[range.start + 1..mark.range.start], &text[mark.range.end..range.end - 1]);
        let inside = clean(&inside);
        // "(meet at 9h45)" is an hour in a remark.
        if matches!(mark.meaning, Meaning::Hours { .. }) && (minutes > 300 || !inside.is_empty() && !are_names(&inside)) {
            return None;
        }
        // "(3 minutes per speaker)" is not how long the item takes.
        if ["per ", "por ", "par ", "cada ", "each "].iter().any(|word| folded(&inside).starts_with(word)) {
            return None;
        }
        let others = if inside.is_empty() { Vec::new() } else { vec![inside] };
        Some((minutes, bound, range, others))
    })
}
