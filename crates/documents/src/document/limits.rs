//! Tables that no page has room for. A line of hyphens and bars makes every line below it a row of as many cells:
//! 18 kB become nine million of them (CVE-2020-5238), so they are counted before the parser makes any.

/// Columns of a table, each with room for a few letters.
pub(super) const MOST_COLUMNS: usize = 20;
/// Cells of all tables of a text, as far as lines that follow may be rows.
const MOST_CELLS: usize = 60_000;

/// The number of the line, from 0, that would begin such a table.
pub(super) fn too_wide(markdown: &str) -> Option<usize> {
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
        (columns > MOST_COLUMNS || cells > MOST_CELLS).then_some(index)
    })
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
        assert_eq!(too_wide("| a |\n|---|\n| b |\n"), None);
        let row = |cell: &str, count: usize| format!("|{}\n", format!("{cell}|").repeat(count));
        assert_eq!(too_wide(&format!("a\n\n{}{}", row("a", 20), row("-", 20))), None);
        assert_eq!(too_wide(&format!("a\n\n{}{}", row("a", 21), row("-", 21))), Some(3));
        assert_eq!(too_wide(&format!("> {}> {}", row("a", 3000), row("-", 3000))), Some(1));
        assert_eq!(too_wide(&format!("{}{}{}", row("a", 20), row("-", 20), "|a\n".repeat(4000))), Some(1));
        assert_eq!(too_wide(&format!("|a\n|-\n{}", "|a\n".repeat(30_000))), None);
    }
}
