//! Tables in text: CSV and TSV, with whatever sign between their cells.

use super::Document;
use super::blocks::Blocks;

const SIGNS: [u8; 4] = [b'\t', b';', b',', b'|'];

/// Which sign parts the cells: that which every line has as often.
fn sign(text: &str) -> Option<u8> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(40).collect();
    SIGNS.into_iter().find(|sign| {
        let counts: Vec<usize> = lines.iter().map(|line| line.bytes().filter(|byte| byte == sign).count()).collect();
        let first = counts.first().copied().unwrap_or(0);
        first >= 1 && counts.iter().filter(|count| **count == first).count() * 10 >= counts.len() * 7
    })
}

/// Whether a text without a name is a table: quotes and the same signs in every line.
pub(crate) fn is_delimited(text: &str) -> bool {
    let rows = text.lines().filter(|line| !line.trim().is_empty()).count();
    rows >= 3
        && matches!(sign(text), Some(b';' | b','))
        && text.lines().take(40).filter(|line| line.contains("\",\"") || line.matches(';').count() >= 2).count() * 2
            >= rows.min(40)
}

pub(crate) fn read(text: &str) -> Document {
    let delimiter = sign(text).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut blocks = Blocks::default();
    blocks.open_table();
    for record in reader.records().flatten() {
        let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if cells.len() == 1 {
            cells.push(String::new());
        }
        blocks.row(cells);
    }
    blocks.document()
}
