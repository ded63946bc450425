//! Tables: fixed widths, a head that is repeated, rows that are not divided.

use std::fmt::Write;

use super::super::xml::escape;
use super::{KEEP, Look, Writer};
use crate::document::{Align, Block, Cell, Column, Inline, Table, plain};

impl Writer<'_> {
    /// Two tables in a row would be one, and a file must not end in a table: there the paragraph is as
    /// small as Word allows, whatever the styles say, lest it spill over to a page of its own.
    pub(super) fn table_end(&mut self, next: Option<&Block>) {
        const SMALLEST: &str = "<w:spacing w:before=\"0\" w:beforeAutospacing=\"0\" w:after=\"0\" w:afterAutospacing=\"0\" \
                                w:line=\"20\" w:lineRule=\"exact\"/><w:rPr><w:sz w:val=\"2\"/><w:szCs w:val=\"2\"/></w:rPr>";
        if !matches!(next, Some(Block::Heading(_))) {
            let keep = if self.stays { KEEP } else { "" };
            self.open("table end", &format!("{keep}{}", if next.is_none() { SMALLEST } else { "" }));
            self.out.push_str("</w:p>");
        }
    }

    pub(super) fn table(&mut self, table: &Table) {
        if let Some(caption) = &table.caption {
            self.open("caption", "");
            self.inlines(caption, Look::default());
            self.out.push_str("</w:p>");
        }
        let widths = widths(table, self.place.width);
        let style = escape(&self.place.table.clone().unwrap_or_else(|| self.style("agenda table")));
        // The stripes of an institution's own tables are part of its style.
        let stripes = u8::from(self.place.table.is_none());
        let first_column = table.rows.iter().any(|row| row.iter().any(|cell| cell.heads_row));
        let _ = write!(
            self.out,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblLook w:val=\"{}\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"{}\" w:lastColumn=\"0\" w:noHBand=\"{stripes}\" \
             w:noVBand=\"1\"/></w:tblPr><w:tblGrid>",
            widths.iter().sum::<i64>(),
            if first_column { "06A0" } else { "0620" },
            u8::from(first_column)
        );
        for width in &widths {
            let _ = write!(self.out, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            let _ = write!(self.out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
            // A colour in a template's own "Normal" would stand before that of our table style.
            self.cell_line(&column.heading, column.align, true, Look { white: self.place.table.is_none(), ..Look::default() });
            self.out.push_str("</w:tc>");
        }
        self.out.push_str("</w:tr>");
        let short = table.is_short();
        for (index, row) in table.rows.iter().enumerate() {
            // No row stands alone at the head or foot of a page, and those that a cell reaches over stand together.
            let with_next = match table.rows.get(index + 1) {
                Some(next) => short || index == 0 || index + 2 == table.rows.len() || next.iter().any(|cell| cell.covered),
                None => self.stays,
            };
            self.row(row, table, &widths, with_next);
        }
        self.out.push_str("</w:tbl>");
    }

    fn row(&mut self, row: &[Cell], table: &Table, widths: &[i64], with_next: bool) {
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        let empty = Cell::default();
        for (index, (column, width)) in table.columns.iter().zip(widths).enumerate() {
            let cell = row.get(index).unwrap_or(&empty);
            let merge = match (cell.covered, cell.rows) {
                (true, _) => "<w:vMerge/>",
                (false, rows) if rows > 1 => "<w:vMerge w:val=\"restart\"/>",
                _ => "",
            };
            let _ = write!(self.out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{merge}</w:tcPr>");
            if cell.lines.is_empty() {
                self.cell_line(&[], column.align, with_next, Look::default());
            }
            for line in &cell.lines {
                self.cell_line(line, column.align, with_next, Look { bold: cell.heads_row, ..Look::default() });
            }
            self.out.push_str("</w:tc>");
        }
        self.out.push_str("</w:tr>");
    }

    fn cell_line(&mut self, line: &[Inline], align: Align, with_next: bool, look: Look) {
        let style = match align {
            Align::Start => "table text",
            Align::Center => "table text centred",
            Align::End => "table text right",
        };
        self.open(style, if with_next { KEEP } else { "" });
        self.inlines(line, look);
        self.out.push_str("</w:p>");
    }
}

/// The widths of a table's columns: by their shares, but no heading is broken within a word, be the font as
/// wide as an institution's own may be.
fn widths(table: &Table, width: i64) -> Vec<i64> {
    /// A letter in bold, and the sides of a cell.
    const LETTER: i64 = 130;
    const SIDES: i64 = 216;
    let whole = table.columns.iter().map(|column| i64::from(column.width)).sum::<i64>().max(1);
    let least = |column: &Column| {
        let longest = plain(&column.heading).split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
        longest as i64 * LETTER + SIDES
    };
    let mut widths: Vec<i64> = table.columns.iter().map(|column| width * i64::from(column.width) / whole).collect();
    for (index, column) in table.columns.iter().enumerate() {
        let lacking = least(column) - widths[index];
        // The widest has most to give.
        let Some(giver) = (0..widths.len()).max_by_key(|other| widths[*other] - least(&table.columns[*other])) else { break };
        let given = lacking.min(widths[giver] - least(&table.columns[giver]));
        if given > 0 {
            widths[giver] -= given;
            widths[index] += given;
        }
    }
    widths
}
