//! What stands together on paper, in every format: a heading's lead-in with the table or list that it
//! introduces, a short table, and the close of a letter.

use crate::document::{Block, Cell, Table, plain};

/// Lines of a table that stays whole: some 40 % of a page.
const SHORT: f64 = 22.0;
/// Above and below the text of a row, in lines.
const ROW_SPACE: f64 = 0.5;
/// Letters in a line of a table that is as wide as the page.
pub const LETTERS: f64 = 90.0;
/// Paragraphs that may stand between a heading and the table that it introduces.
const LEAD_IN: usize = 3;
/// Paragraphs at the end of a document: the last sentence, the closing and who signs.
const CLOSE: usize = 3;

/// A document's blocks, or those within one of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Document,
    Within,
}

/// For each block whether it stays with the next.
pub fn stays_with_next(blocks: &[Block], level: Level) -> Vec<bool> {
    let is_paragraph = |block: &Block| matches!(block, Block::Paragraph(_));
    let stays = |(index, block): (usize, &Block)| {
        let next = &blocks[index + 1..];
        let paragraphs = next.iter().take(LEAD_IN).take_while(|block| is_paragraph(block)).count();
        let closes = level == Level::Document && !next.is_empty() && next.len() < CLOSE && paragraphs == next.len();
        match block {
            Block::Paragraph(_) => match next.get(paragraphs) {
                Some(Block::Table(_)) => paragraphs < LEAD_IN,
                Some(Block::List { .. }) => paragraphs == 0,
                _ => closes,
            },
            Block::Table(_) => closes,
            Block::Heading(_) => !next.is_empty(),
            _ => false,
        }
    };
    blocks.iter().enumerate().map(stays).collect()
}

impl Table {
    /// Whether it is so short that it stands whole on one page.
    pub fn is_short(&self) -> bool {
        self.rows.len() as f64 <= SHORT && self.lines() <= SHORT
    }

    /// How high it is, in lines of text; those of a cell that reaches over rows are in all of these.
    fn lines(&self) -> f64 {
        self.rows.iter().map(|row| row_lines(self, row)).sum()
    }
}

/// How high a row of a table is, in lines of text.
pub(super) fn row_lines(table: &Table, row: &[Cell]) -> f64 {
    let whole: f64 = table.columns.iter().map(|column| f64::from(column.width)).sum::<f64>().max(1.0);
    let cell = |(cell, share): (&Cell, f64)| {
        let line = |content| (plain(content).chars().count() as f64 / (LETTERS * share)).ceil().max(1.0);
        cell.lines.iter().map(|content| line(content)).sum::<f64>() / cell.rows.max(1) as f64
    };
    let shares = table.columns.iter().map(|column| f64::from(column.width).max(1.0) / whole);
    row.iter().zip(shares).map(cell).fold(1.0, f64::max) + ROW_SPACE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Column;

    fn paragraph() -> Block {
        Block::Paragraph(Vec::new())
    }

    fn table() -> Block {
        Block::Table(Table::default())
    }

    fn list() -> Block {
        Block::List { start: None, items: Vec::new() }
    }

    #[test]
    fn a_lead_in_stays_with_what_it_introduces() {
        let stay = |blocks: &[Block]| stays_with_next(blocks, Level::Within);
        assert_eq!(stay(&[paragraph(), paragraph(), list()]), [false, true, false]);
        assert_eq!(stay(&[paragraph(), paragraph(), table()]), [true, true, false]);
        let far = [paragraph(), paragraph(), paragraph(), paragraph(), table()];
        assert_eq!(stay(&far), [false, true, true, true, false]);
        assert_eq!(stay(&[paragraph(), Block::Rule, table()]), [false; 3]);
    }

    #[test]
    fn a_letter_ends_in_one_piece() {
        let letter = [paragraph(), paragraph(), paragraph(), paragraph()];
        assert_eq!(stays_with_next(&letter, Level::Document), [false, true, true, false]);
        assert_eq!(stays_with_next(&letter, Level::Within), [false; 4]);
        assert_eq!(stays_with_next(&[table(), paragraph(), paragraph()], Level::Document), [true, true, false]);
        assert_eq!(stays_with_next(&[paragraph(), table()], Level::Document), [true, false]);
    }

    #[test]
    fn a_short_table_is_one_with_little_text() {
        let column = |width| Column { width, ..Column::default() };
        let of = |rows: usize, text: &str| Table {
            columns: vec![column(30), column(70)],
            rows: vec![vec![Cell::text("9:00"), Cell::text(text)]; rows],
            caption: None,
        };
        assert!(of(14, "Opening").is_short() && !of(15, "Opening").is_short());
        let long = "text ".repeat(60);
        assert!(of(4, &long).is_short() && !of(5, &long).is_short());
    }
}
