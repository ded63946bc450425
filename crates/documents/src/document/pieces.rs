//! Rows that are taller than a page of paper, in pieces: each piece says again what it belongs to (the hour of an
//! agenda's item), so that nothing has to be held together that no page could hold.

use std::borrow::Cow;

use super::flow::row_lines;
use super::{Block, Cell, Document, Field, Inline, Table, plain};

/// Lines of a row, with those that a cell of it reaches over, that stand together: some 45 % of a page.
const TALL: f64 = 24.0;
/// Lines of a piece of what is taller.
const PIECE: f64 = 18.0;
/// Lines of the head of a table, which stands on each of its pages.
const TALL_HEAD: f64 = 8.0;
/// Letters of a column's heading where the head would be taller.
const HEADING: usize = 40;

/// The document as paper takes it; `continued` is the word behind what a piece says again.
pub fn on_paper<'d>(document: &'d Document, continued: &str) -> Cow<'d, Document> {
    if !document.blocks.iter().any(is_tall) {
        return Cow::Borrowed(document);
    }
    let mut document = document.clone();
    document.blocks.iter_mut().for_each(|block| cut(block, continued));
    Cow::Owned(document)
}

fn is_tall(block: &Block) -> bool {
    match block {
        Block::Table(table) => {
            has_tall_head(table) || groups(table).iter().any(|group| lines(table, &table.rows[group.clone()]) > TALL)
        }
        Block::List { items, .. } => items.iter().flatten().any(is_tall),
        Block::Quote(content) => content.iter().any(is_tall),
        Block::Fields(fields) => fields.iter().flat_map(|field: &Field| &field.content).any(is_tall),
        _ => false,
    }
}

fn cut(block: &mut Block, continued: &str) {
    match block {
        Block::Table(table) => {
            if has_tall_head(table) {
                shorten_head(table);
            }
            in_pieces(table, continued);
        }
        Block::List { items, .. } => items.iter_mut().flatten().for_each(|block| cut(block, continued)),
        Block::Quote(content) => content.iter_mut().for_each(|block| cut(block, continued)),
        Block::Fields(fields) => {
            fields.iter_mut().flat_map(|field| &mut field.content).for_each(|block| cut(block, continued));
        }
        _ => {}
    }
}

/// The head of a table as a row of it.
fn head(table: &Table) -> Vec<Cell> {
    table.columns.iter().map(|column| Cell::new(vec![column.heading.clone()])).collect()
}

fn has_tall_head(table: &Table) -> bool {
    row_lines(table, &head(table)) > TALL_HEAD
}

/// A head of whole texts is said once, in a row that may break; what is repeated is how its columns begin.
fn shorten_head(table: &mut Table) {
    let row = table.columns.iter_mut().map(|column| {
        let text = plain(&column.heading);
        let Some((end, _)) = text.char_indices().nth(HEADING) else { return Cell::new(Vec::new()) };
        let begins = text[..end].rsplit_once(' ').map_or(&text[..end], |(whole, _)| whole).trim_end();
        let begins = vec![Inline::Text(format!("{begins}…"))];
        Cell::new(vec![vec![Inline::Strong(std::mem::replace(&mut column.heading, begins))]])
    });
    let row = row.collect();
    table.rows.insert(0, row);
}

/// Rows that stand together because a cell reaches over them.
fn groups(table: &Table) -> Vec<std::ops::Range<usize>> {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if row.iter().any(|cell| cell.covered) => group.end = index + 1,
            _ => groups.push(index..index + 1),
        }
    }
    groups
}

fn lines(table: &Table, rows: &[Vec<Cell>]) -> f64 {
    rows.iter().map(|row| row_lines(table, row)).sum()
}

fn in_pieces(table: &mut Table, continued: &str) {
    let mut out = Vec::new();
    for group in groups(table) {
        let rows = &table.rows[group];
        if lines(table, rows) <= TALL {
            out.extend(rows.iter().cloned());
            continue;
        }
        let mut pieces: Vec<Vec<Vec<Cell>>> = Vec::new();
        let mut height = 0.0;
        for strip in rows.iter().flat_map(|row| strips(table, row)) {
            let own = row_lines(table, &strip);
            match pieces.last_mut() {
                Some(piece) if height + own <= PIECE => {
                    piece.push(strip);
                    height += own;
                }
                _ => {
                    pieces.push(vec![strip]);
                    height = own;
                }
            }
        }
        let heads = &rows[0];
        for (index, mut piece) in pieces.into_iter().enumerate() {
            let count = piece.len();
            for (column, head) in heads.iter().enumerate().filter(|(_, head)| head.rows > 1 || head.heads_row) {
                for (row, cell) in piece.iter_mut().map(|strip| &mut strip[column]).enumerate() {
                    *cell = match row {
                        0 if index == 0 => Cell { rows: count, ..head.clone() },
                        0 => Cell { rows: count, ..again(head, continued) },
                        _ => Cell::covered(),
                    };
                }
            }
            out.extend(piece);
        }
    }
    table.rows = out;
}

/// A row as several, none of them higher than a piece unless a single line of it is.
fn strips(table: &Table, row: &[Cell]) -> Vec<Vec<Cell>> {
    let empty = |cell: &Cell| Cell { lines: Vec::new(), rows: 1, covered: false, ..cell.clone() };
    let mut strips: Vec<Vec<Cell>> = Vec::new();
    for (column, cell) in row.iter().enumerate() {
        let (mut at, mut height) = (0, 0.0);
        for line in &cell.lines {
            let alone: Vec<Cell> = row
                .iter()
                .enumerate()
                .map(|(other, cell)| if other == column { Cell::new(vec![line.clone()]) } else { empty(cell) })
                .collect();
            let own = row_lines(table, &alone);
            // What reaches over rows stands in the first, however high it is.
            if height > 0.0 && height + own > PIECE && cell.rows <= 1 && !cell.heads_row {
                (at, height) = (at + 1, 0.0);
            }
            height += own;
            while strips.len() <= at {
                strips.push(row.iter().map(empty).collect());
            }
            strips[at][column].lines.push(line.clone());
        }
    }
    if strips.is_empty() {
        strips.push(row.iter().map(empty).collect());
    }
    strips
}

/// What a piece says again: the first line of the head with the word behind it.
fn again(head: &Cell, continued: &str) -> Cell {
    let first = head.lines.first().filter(|line| head.heads_row && !plain(line).is_empty());
    let lines = first.map(|line| {
        let mut line = line.clone();
        line.push(Inline::Aside(vec![Inline::Text(format!(" ({continued})"))]));
        line
    });
    Cell { lines: lines.into_iter().collect(), ..head.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Column;

    fn table(rows: Vec<Vec<Cell>>) -> Table {
        let column = |width| Column { width, ..Column::default() };
        Table { caption: None, columns: vec![column(20), column(60), column(20)], rows }
    }

    fn agenda(groups: usize, speakers: usize) -> Table {
        let names = (0..speakers).map(|n| vec![Inline::Text(format!("Speaker number {n} of the town"))]).collect();
        let head = Cell { heads_row: true, rows: groups + 1, ..Cell::text("10:00–11:00") };
        let mut rows = vec![vec![head, Cell::new(names), Cell { rows: groups + 1, ..Cell::text("60 min") }]];
        rows.extend((0..groups).map(|n| vec![Cell::covered(), Cell::text(format!("Group {n}")), Cell::covered()]));
        table(rows)
    }

    /// All that it says, but for what is said again.
    fn words(table: &Table) -> Vec<String> {
        let lines = table.rows.iter().flatten().flat_map(|cell| &cell.lines).map(|line| plain(line));
        let mut words: Vec<String> = lines.filter(|line| !line.contains("cont.")).collect();
        words.sort();
        words
    }

    /// Every covered cell has one above it that reaches over it, and none reaches further.
    fn is_whole(table: &Table) -> bool {
        (0..table.columns.len()).all(|column| {
            let mut left = 0;
            table.rows.iter().all(|row| {
                let cell = &row[column];
                let fits = cell.covered == (left > 0);
                left = if cell.covered { left - 1 } else { cell.rows.max(1) - 1 };
                fits
            }) && left == 0
        })
    }

    #[test]
    fn what_is_taller_than_a_page_is_cut_and_says_its_hour_again() {
        for (groups, speakers) in [(0, 60), (30, 1), (30, 30), (60, 0), (1, 200)] {
            let whole = agenda(groups, speakers);
            let mut cut = whole.clone();
            in_pieces(&mut cut, "cont.");
            assert_eq!(words(&cut), words(&whole), "{groups} {speakers}");
            assert!(is_whole(&cut), "{groups} {speakers}: {:?}", cut.rows);
            let pieces = super::groups(&cut);
            assert!(
                pieces.len() > 1 && pieces.iter().all(|piece| lines(&cut, &cut.rows[piece.clone()]) <= TALL),
                "{groups} {speakers}"
            );
            for piece in &pieces[1..] {
                assert_eq!(plain(&cut.rows[piece.start][0].lines[0]), "10:00–11:00 (cont.)");
            }
        }
    }

    #[test]
    fn a_head_that_no_page_could_repeat_is_said_once() {
        let heading = |text: &str| vec![Inline::Text(text.to_owned())];
        let mut table = table(vec![vec![Cell::text("a"), Cell::text("b"), Cell::text("c")]]);
        let long = "What each of the municipalities said of it ".repeat(100);
        table.columns[0].heading = heading("No");
        table.columns[1].heading = heading(&long);
        let mut block = Block::Table(table.clone());
        assert!(is_tall(&block));
        cut(&mut block, "cont.");
        let Block::Table(cut) = block else { panic!() };
        assert_eq!(plain(&cut.columns[0].heading), "No");
        assert_eq!(plain(&cut.columns[1].heading), "What each of the municipalities said of…");
        assert_eq!(plain(&cut.rows[0][1].lines[0]), long);
        assert_eq!(cut.rows[1..], table.rows);
        assert!(cut.rows.iter().all(|row| row.len() == 3) && !has_tall_head(&cut));
        table.columns[1].heading = heading("What each of them said");
        assert!(!is_tall(&Block::Table(table)));
    }

    #[test]
    fn what_a_page_holds_stays_as_it_is() {
        let mut few = agenda(5, 5);
        let before = few.clone();
        in_pieces(&mut few, "cont.");
        assert_eq!(few, before);
    }
}
