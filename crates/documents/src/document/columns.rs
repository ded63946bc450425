//! How wide the columns of a table are that says nothing of it: by what they hold, so that no word is
//! broken where there is room and no short column takes the place of a long one.

use crate::document::flow::LETTERS;
use crate::document::{Table, plain};

/// Of a cell's sides, in letters.
const SIDES: usize = 3;

/// Gives every column its share in percent.
pub fn balance(table: &mut Table) {
    let count = table.columns.len();
    let lines = |index: usize| {
        let cells = table.rows.iter().filter_map(move |row| row.get(index)).flat_map(|cell| &cell.lines);
        cells.chain(std::iter::once(&table.columns[index].heading)).map(|line| plain(line))
    };
    let letters = |text: &str| text.chars().count();
    let word = |index: usize| {
        lines(index).filter_map(|line| line.split_whitespace().map(letters).max()).max().unwrap_or(0).min(30) + SIDES
    };
    // Square roots, so that a long column does not take everything.
    let wish = |index: usize| (lines(index).map(|line| letters(&line)).max().unwrap_or(0).clamp(4, 400) as f64).sqrt();
    let least: Vec<f64> = (0..count).map(|index| word(index) as f64 / LETTERS * 100.0).collect();
    let wishes: Vec<f64> = (0..count).map(wish).collect();
    let (taken, wished): (f64, f64) = (least.iter().sum(), wishes.iter().sum());
    let left = (100.0 - taken).max(0.0);
    let scale = 100.0 / taken.max(100.0);
    for (column, (least, wish)) in table.columns.iter_mut().zip(least.iter().zip(&wishes)) {
        column.width = ((least * scale + left * wish / wished).round() as u8).max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Align, Cell, Column, Inline};

    fn shares(heads: &[&str], row: &[&str]) -> Vec<u8> {
        let column = |head: &&str| Column { heading: vec![Inline::Text((*head).to_owned())], align: Align::Start, width: 0 };
        let rows = vec![row.iter().map(|text| Cell::text(*text)).collect()];
        let mut table = Table { caption: None, columns: heads.iter().map(column).collect(), rows };
        balance(&mut table);
        table.columns.iter().map(|column| column.width).collect()
    }

    #[test]
    fn a_short_column_is_narrow_and_its_words_stay_whole() {
        let long = "text ".repeat(60);
        let [number, text, who] = shares(&["No", "Topic", "Responsibilities"], &["1", &long, "all"])[..] else { panic!() };
        assert!(number < 15 && text > 45 && who >= 21, "{number} {text} {who}");
        assert_eq!(shares(&["a", "b"], &["c", "d"]), [50, 50]);
        assert!(shares(&["a"; 40], &["b"; 40]).iter().all(|share| *share > 0));
    }
}
