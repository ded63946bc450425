//! Tables drawn in plain text: rules of hyphens between rows whose cells go on over several lines, as this program
//! writes them, and as terminals and older mail programs do.

use std::ops::Range;

/// A row: the line on which it begins, from 0, and its cells.
pub(super) type Row = (usize, Vec<String>);

/// A rule is longer than a row of hyphens that stands for a dash.
const SHORTEST: usize = 10;
/// Fewer are a heading with a line under it.
const FEWEST: usize = 3;

/// The rows of the table that begins at a line, and how many lines it has.
pub(super) fn table(lines: &[&str]) -> Option<(Vec<Row>, usize)> {
    let end = lines.iter().position(|line| line.trim().is_empty()).unwrap_or(lines.len());
    let rules: Vec<usize> = (0..end).filter(|at| is_rule(lines[*at])).collect();
    let last = *rules.last().filter(|_| rules.first() == Some(&0) && rules.len() >= FEWEST)?;
    let texts: Vec<Vec<char>> =
        lines[..last].iter().map(|line| if is_rule(line) { Vec::new() } else { line.chars().collect() }).collect();
    let columns = columns(&texts);
    if columns.len() < 2 {
        return None;
    }
    let cell = |row: &[Vec<char>], column: &Range<usize>| {
        let parts = row.iter().map(|line| line.get(column.start..column.end.min(line.len())).unwrap_or_default());
        let parts = parts.map(|part| part.iter().collect::<String>().trim().to_owned()).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    };
    let between = rules.windows(2).filter(|pair| pair[0] + 1 < pair[1]);
    let rows = between.map(|pair| {
        let first = pair[0] + 1;
        (first, columns.iter().map(|column| cell(&texts[first..pair[1]], column)).collect())
    });
    Some((rows.collect(), last + 1))
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() >= SHORTEST && line.chars().all(|c| matches!(c, '-' | '=' | '+' | '─' | '═' | '┼' | '├' | '┤'))
}

/// Where cells stand: what at least two columns of blanks, or a line down, part in every row.
fn columns(texts: &[Vec<char>]) -> Vec<Range<usize>> {
    let width = texts.iter().map(Vec::len).max().unwrap_or(0);
    let mut filled = vec![false; width];
    for text in texts {
        for (at, c) in text.iter().enumerate() {
            filled[at] |= !c.is_whitespace() && !matches!(c, '|' | '│' | '┆');
        }
    }
    let mut columns: Vec<Range<usize>> = Vec::new();
    for at in (0..width).filter(|at| filled[*at]) {
        match columns.last_mut() {
            Some(column) if at - column.end < 2 => column.end = at + 1,
            _ => columns.push(at..at + 1),
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn cells_go_on_over_lines() {
        let text = "-----------------------------\n Hora         Tema\n=============================\n 10:00–10:05  Palabras de\n              apertura\n-----------------------------\n 10:05–10:45  Debate\n-----------------------------\n\nFin";
        let lines: Vec<&str> = text.split('\n').collect();
        let (rows, length) = table(&lines).unwrap();
        assert_eq!(length, 8);
        assert_eq!(rows[1], (3, vec!["10:00–10:05".to_owned(), "Palabras de apertura".to_owned()]));
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn a_heading_with_a_line_under_it_is_no_table() {
        assert!(table(&["==========", "Agenda", "==========", "", "10:00 Uno"]).is_none());
        assert!(table(&["Agenda", "==========", "----------"]).is_none());
        assert!(table(&["----------", "----------", "10:00 Uno", "----------"]).is_none());
    }
}
