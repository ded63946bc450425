//! Spreadsheets: every sheet is a table.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Cell, Data, DataRef, Reader, Sheets, open_workbook_auto_from_rs};
use chrono::{Days, NaiveDate};
use convoca_core::locale::Text;

use super::Document;
use super::blocks::{Blocks, Style};
use super::package::too_large;

/// Rows and columns that are looked at.
const MOST_ROWS: usize = 20_000;
const MOST_COLUMNS: usize = 60;
/// Columns to which anybody writes.
const MOST_COLUMN: u32 = 1_000;
/// Octets of what all cells say.
const MOST_OCTETS: usize = 16 * 1024 * 1024;

fn damaged() -> Text {
    Text::fixed(
        "the spreadsheet cannot be read; it may have a password: save it anew as .xlsx without one",
        "la hoja de cálculo no se puede leer; quizá tiene contraseña: guárdela de nuevo como .xlsx sin ella",
    )
}

pub(crate) fn read(bytes: &[u8]) -> Result<Document, Text> {
    // Somebody else's code on a stranger's bytes: what it stumbles over is a damaged file, not the end of the program.
    let sheets = catch_unwind(AssertUnwindSafe(|| sheets(bytes))).unwrap_or_else(|_| Err(damaged()))?;
    let mut blocks = Blocks::default();
    let several = sheets.len() > 1;
    for (name, rows) in sheets.into_iter().filter(|(_, rows)| !rows.is_empty()) {
        if several {
            blocks.gap();
            blocks.paragraph(&name, Style { heading: 2, ..Style::default() });
        }
        blocks.open_table();
        for mut cells in rows {
            if cells.len() == 1 {
                cells.push(String::new());
            }
            blocks.row(cells);
        }
        blocks.gap();
    }
    Ok(blocks.document())
}

/// A sheet's name, and its rows from the first that says something.
type Sheet = (String, Vec<Vec<String>>);

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Text> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut sheets = Vec::new();
    let mut left = MOST_OCTETS;
    for name in book.sheet_names() {
        let rows = match &mut book {
            Sheets::Xlsx(book) => match book.worksheet_cells_reader(&name) {
                Ok(mut cells) => from_cells(&mut left, || next(cells.next_cell()))?,
                Err(_) => continue,
            },
            Sheets::Xlsb(book) => match book.worksheet_cells_reader(&name) {
                Ok(mut cells) => from_cells(&mut left, || next(cells.next_cell()))?,
                Err(_) => continue,
            },
            book => {
                let Ok(range) = book.worksheet_range(&name) else { continue };
                let row = |row: &[Data]| row.iter().take(MOST_COLUMNS).map(written).collect();
                range.rows().take(MOST_ROWS).map(row).collect()
            }
        };
        sheets.push((name, rows));
    }
    Ok(sheets)
}

/// The place and the text of a cell.
type Placed = ((u32, u32), String);

fn next<E>(cell: Result<Option<Cell<DataRef<'_>>>, E>) -> Option<Placed> {
    let cell = cell.ok().flatten()?;
    let place = cell.get_position();
    Some((place, written(&Data::from(cell.get_value().clone()))))
}

/// Rows of the cells that say something: those between them too, as far as anybody looks, and no more. `left` are the
/// octets that a book may still have: a text may be written once, and stand in every cell.
fn from_cells(left: &mut usize, mut next: impl FnMut() -> Option<Placed>) -> Result<Vec<Vec<String>>, Text> {
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    while let Some(((row, column), text)) = next() {
        if text.is_empty() || column >= MOST_COLUMN || (rows.len() == MOST_ROWS && !rows.contains_key(&row)) {
            continue;
        }
        *left = left.checked_sub(text.len()).ok_or_else(too_large)?;
        rows.entry(row).or_default().insert(column, text);
    }
    let Some(first) = rows.keys().next().copied() else { return Ok(Vec::new()) };
    let columns = || rows.values().flat_map(BTreeMap::keys).copied();
    let left = columns().min().unwrap_or(0);
    let width = columns().max().map_or(0, |last| (last - left) as usize + 1).min(MOST_COLUMNS);
    let last = rows.keys().next_back().copied().unwrap_or(first).min(first.saturating_add(MOST_ROWS as u32 - 1));
    let cell =
        |row: u32, column: usize| rows.get(&row).and_then(|row| row.get(&(left + column as u32))).cloned().unwrap_or_default();
    Ok((first..=last).map(|row| (0..width).map(|column| cell(row, column)).collect()).collect())
}

fn num_days(value: f64) -> Option<Days> {
    (0.0..200_000.0).contains(&value).then(|| Days::new(value.floor() as u64))
}

/// A cell as people see it.
fn written(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) => text.trim().to_owned(),
        Data::Bool(is) => is.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Data::Float(number) => number.to_string(),
        Data::DateTimeIso(text) => text.replace('T', " "),
        // "PT10H05M00S": an hour of the day.
        Data::DurationIso(text) => {
            let part = |sign: char| {
                text.split(sign).next().and_then(|part| part.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse::<u32>().ok())
            };
            match (part('H'), part('M')) {
                (Some(hours), Some(minutes)) if text.contains('H') => format!("{hours:02}:{minutes:02}"),
                _ => text.clone(),
            }
        }
        Data::DateTime(moment) => {
            let value = moment.as_f64();
            let minutes = (value.fract() * 1440.0).round();
            let clock = format!("{:02}:{:02}", (minutes / 60.0).floor(), minutes % 60.0);
            if value < 1.0 {
                return clock;
            }
            // Days since the eve of 1900.
            let day =
                NaiveDate::from_ymd_opt(1899, 12, 30).zip(num_days(value)).and_then(|(first, days)| first.checked_add_days(days));
            match day {
                Some(day) if minutes < 1.0 => day.to_string(),
                Some(day) => format!("{day} {clock}"),
                None => value.to_string(),
            }
        }
        #[allow(unreachable_patterns)]
        other => other.to_string(),
    }
}
