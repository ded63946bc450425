//! What a text may ask for. A line of hyphens and bars makes every line below it a row of as many cells: 18 kB become
//! nine million of them (CVE-2020-5238), so they are counted before the parser makes any. Everything else is counted
//! as it is read.

use comrak::nodes::NodeValue;

/// Columns of a table, each with room for a few letters.
pub(super) const MOST_COLUMNS: usize = 20;
/// Cells of all tables of a text, as far as lines that follow may be rows.
const MOST_CELLS: usize = 60_000;

/// Steps of work that a text may take: eight hundred pages of paragraphs, lists and tables have a fifth of it.
pub const MOST_STEPS: usize = 50_000;
/// A heading has its mark, its number and its place in every list of headings.
const HEADING: usize = 5;
/// Octets of a note that is said again with each reference to it.
const NOTE: usize = 40;

/// How many steps a part of a text takes to be written in every format. Letters take none: what a text may have of
/// those is bounded where it is read.
pub(super) fn steps(value: &NodeValue) -> usize {
    match value {
        NodeValue::Text(_) | NodeValue::SoftBreak => 0,
        NodeValue::Heading(_) => HEADING,
        NodeValue::CodeBlock(code) => 1 + code.literal.lines().count(),
        NodeValue::HtmlBlock(html) => 1 + html.literal.lines().count(),
        _ => 1,
    }
}

/// How many steps the text of a note takes at a reference to it.
pub(super) fn steps_of_note(octets: usize) -> usize {
    octets / NOTE
}

/// The number of the line, from 0, that would begin such a table, and what there is too much of.
pub(super) fn too_large(markdown: &str) -> Option<(usize, TooLarge)> {
    if !markdown.contains('|') {
        return None;
    }
    let lines: Vec<&str> = markdown.lines().collect();
    // How many lines follow each without an empty one between.
    let mut following = vec![0; lines.len() + 1];
    for index in (0..lines.len()).rev() {
        following[index] = if lines[index].trim().is_empty() { 0 } else { following[index + 1] + 1 };
    }
    let mut cells = 0;
    lines.iter().enumerate().find_map(|(index, line)| {
        let columns = columns(line)?;
        cells += columns * following[index];
        match (columns > MOST_COLUMNS, cells > MOST_CELLS) {
            (true, _) => Some((index, TooLarge::Columns)),
            (false, true) => Some((index, TooLarge::Cells)),
            (false, false) => None,
        }
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooLarge {
    Columns,
    Cells,
}

/// The columns that a line sets out, whatever stands before it (quotes, lists).
fn columns(line: &str) -> Option<usize> {
    let runs = line.split(|c| !matches!(c, '|' | '-' | ':' | ' ' | '\t'));
    let run = runs.map(str::trim).filter(|run| run.contains('-') && run.contains('|')).max_by_key(|run| run.len())?;
    Some(run.split('|').filter(|cell| cell.contains('-')).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_counted_by_their_second_line() {
        assert_eq!(columns("|---|:-:|"), Some(2));
        assert_eq!(columns("> 1. a | b"), None);
        assert_eq!(columns("> - ---|---"), Some(2));
        assert_eq!(too_large("| a |\n|---|\n| b |\n"), None);
        let row = |cell: &str, count: usize| format!("|{}\n", format!("{cell}|").repeat(count));
        assert_eq!(too_large(&format!("a\n\n{}{}", row("a", 20), row("-", 20))), None);
        let wide = |line| Some((line, TooLarge::Columns));
        assert_eq!(too_large(&format!("a\n\n{}{}", row("a", 21), row("-", 21))), wide(3));
        assert_eq!(too_large(&format!("> {}> {}", row("a", 3000), row("-", 3000))), wide(1));
        let long = format!("{}{}{}", row("a", 20), row("-", 20), "|a\n".repeat(4000));
        assert_eq!(too_large(&long), Some((1, TooLarge::Cells)));
        assert_eq!(too_large(&format!("|a\n|-\n{}", "|a\n".repeat(30_000))), None);
    }
}
