//! How many cells a spreadsheet would have once it is laid out. A cell may be written once and stand a million times
//! (ODS), or two may lie at the opposite corners of a sheet (XLS): they are counted before somebody else's reader makes them.

use std::io::{Cursor, Read};

use convoca_core::locale::Text;
use roxmltree::Node;

use super::package::{Package, too_large, tree};

/// Cells of a sheet, with the empty ones between, and octets of what is written in them.
const MOST_CELLS: usize = 1_000_000;
const MOST_OCTETS: usize = 16 * 1024 * 1024;
/// Octets of the stream of a workbook.
const LARGEST_BOOK: u64 = 16 * 1024 * 1024;

/// An OpenDocument spreadsheet.
///
/// # Errors
/// Where it would grow too large, or is damaged.
pub(crate) fn check_open_document(package: &mut Package<'_>) -> Result<(), Text> {
    let text = package.text("content.xml")?;
    let document = tree(&text)?;
    let is = |node: &Node<'_, '_>, name: &str| node.is_element() && node.tag_name().name() == name;
    for table in document.descendants().filter(|node| is(node, "table")) {
        // Rows down to the last that says something, columns likewise, and what is written over and over.
        let (mut at, mut height, mut width, mut octets) = (0usize, 0usize, 0usize, 0usize);
        for row in table.descendants().filter(|node| is(node, "table-row")) {
            let rows = repeated(row, "number-rows-repeated");
            let mut column = 0usize;
            for cell in row.children().filter(Node::is_element) {
                let columns = repeated(cell, "number-columns-repeated");
                column = column.saturating_add(columns);
                let length = cell.range().len();
                if cell.first_child().is_some() || cell.attributes().any(|attribute| attribute.name().contains("value")) {
                    width = width.max(column);
                    height = at.saturating_add(rows);
                    octets = octets.saturating_add(length.saturating_mul(columns).saturating_mul(rows));
                }
            }
            at = at.saturating_add(rows);
        }
        if height.saturating_mul(width) > MOST_CELLS || octets > MOST_OCTETS {
            return Err(too_large());
        }
    }
    Ok(())
}

fn repeated(node: Node<'_, '_>, name: &str) -> usize {
    let written = node.attributes().find(|attribute| attribute.name() == name);
    written.map_or(1, |attribute| attribute.value().trim().parse().unwrap_or(usize::MAX))
}

/// A workbook of Excel before 2007: records with a number, a length, and for cells the row and the column.
///
/// # Errors
/// Where a sheet would grow too large. What is damaged is left to the reader.
pub(crate) fn check_workbook(bytes: &[u8]) -> Result<(), Text> {
    let Ok(mut file) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return Ok(()) };
    for name in ["/Workbook", "/Book"] {
        let Ok(stream) = file.open_stream(name) else { continue };
        let mut book = Vec::new();
        if stream.take(LARGEST_BOOK + 1).read_to_end(&mut book).is_err() {
            continue;
        }
        if book.len() as u64 > LARGEST_BOOK || !is_bounded(&book) {
            return Err(too_large());
        }
    }
    Ok(())
}

/// [MS-XLS] 2.3: the beginning of a sheet, and the records of cells.
const BEGINNING: u16 = 0x0809;
const CELLS: [u16; 10] = [0x0006, 0x00bd, 0x00be, 0x00d6, 0x00fd, 0x0201, 0x0203, 0x0204, 0x0205, 0x027e];

fn is_bounded(book: &[u8]) -> bool {
    let number = |at: usize| book.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let mut at = 0;
    let mut corners: Option<[u16; 4]> = None;
    while let (Some(record), Some(length)) = (number(at), number(at + 2)) {
        if record == BEGINNING {
            corners = None;
        }
        if CELLS.contains(&record)
            && let (Some(row), Some(column)) = (number(at + 4), number(at + 6))
        {
            // Several cells in a row end with the last column.
            let last =
                matches!(record, 0x00bd | 0x00be).then(|| number(at + 2 + usize::from(length))).flatten().unwrap_or(column);
            let [top, bottom, left, right] = corners.unwrap_or([row, row, column, column]);
            let wider = [top.min(row), bottom.max(row), left.min(column), right.max(last.max(column))];
            let side = |least: u16, most: u16| usize::from(most - least) + 1;
            if side(wider[0], wider[1]) * side(wider[2], wider[3]) > MOST_CELLS {
                return false;
            }
            corners = Some(wider);
        }
        at += 4 + usize::from(length);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(number: u16, data: &[u16]) -> Vec<u8> {
        let numbers = [number, data.len() as u16 * 2].into_iter().chain(data.iter().copied());
        numbers.flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn cells_at_opposite_corners_are_too_many() {
        let beginning = record(BEGINNING, &[0, 0]);
        let cell = |row, column| record(0x0203, &[row, column, 0, 0, 0, 0, 0]);
        assert!(is_bounded(&[beginning.clone(), cell(0, 0), cell(60_000, 10)].concat()));
        assert!(!is_bounded(&[beginning.clone(), cell(0, 0), cell(60_000, 200)].concat()));
        assert!(is_bounded(&[beginning.clone(), cell(0, 0), beginning.clone(), cell(60_000, 200)].concat()), "two sheets");
        assert!(!is_bounded(&[beginning, cell(9, 9), record(0x00be, &[60_000, 0, 0, 0, 250])].concat()), "many in a record");
    }
}
