//! Spreadsheets: every sheet is a table.

use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use chrono::{Days, NaiveDate};
use convoca_core::locale::Text;

use super::Document;
use super::blocks::{Blocks, Style};

/// Rows and columns that are looked at.
const MOST_ROWS: usize = 20_000;
const MOST_COLUMNS: usize = 60;

pub(crate) fn read(bytes: &[u8]) -> Result<Document, Text> {
    let damaged = || {
        Text::fixed(
            "the spreadsheet cannot be read; it may have a password: save it anew as .xlsx without one",
            "la hoja de cálculo no se puede leer; quizá tiene contraseña: guárdela de nuevo como .xlsx sin ella",
        )
    };
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut blocks = Blocks::default();
    let names = book.sheet_names();
    for name in &names {
        let Ok(range) = book.worksheet_range(name) else { continue };
        if range.is_empty() {
            continue;
        }
        if names.len() > 1 {
            blocks.gap();
            blocks.paragraph(name, Style { heading: 2, ..Style::default() });
        }
        blocks.open_table();
        for row in range.rows().take(MOST_ROWS) {
            let mut cells: Vec<String> = row.iter().take(MOST_COLUMNS).map(written).collect();
            if cells.len() == 1 {
                cells.push(String::new());
            }
            blocks.row(cells);
        }
        blocks.gap();
    }
    Ok(blocks.document())
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
