//! One line an invitation, for spreadsheets: in the reader's language, by the group's clock.

use std::io::Write;

use chrono::{DateTime, Utc};

use crate::ledger::Answer;
use crate::locale::{Lang, Text};
use crate::replies::attendance::{Attendance, Invited};
use crate::text;
use crate::time::Zone;
use crate::workspace::Failure;

/// With a BOM, without which Excel takes UTF-8 for Latin 1.
pub(crate) fn write(out: &mut impl Write, all: impl Iterator<Item = Attendance>, zone: &Zone, lang: Lang) -> Result<(), Failure> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut rows = csv::Writer::from_writer(out);
    let failed = |error: csv::Error| Failure::from(std::io::Error::from(error));
    rows.write_record(head(zone).each_ref().map(|cell| cell.get(lang))).map_err(failed)?;
    let no_longer = Text::fixed("no longer invited", "ya no se convoca");
    let cancelled = Text::fixed("session cancelled", "sesión cancelada");
    let removed = Text::fixed("session taken out of the programme", "sesión retirada del programa");
    for attendance in all {
        let state = match (attendance.cancelled, attendance.removed) {
            (true, _) => cancelled.get(lang),
            (false, true) => removed.get(lang),
            (false, false) => "",
        };
        let invited = attendance.invited.iter().map(|row| (row, state));
        for (row, state) in invited.chain(attendance.no_longer_invited.iter().map(|row| (row, no_longer.get(lang)))) {
            let cells = cells(&attendance, row, state, zone, lang);
            rows.write_record(cells.map(|cell| harmless(&cell))).map_err(failed)?;
        }
    }
    Ok(rows.flush()?)
}

fn head(zone: &Zone) -> [Text; 13] {
    let zone = zone.name();
    [
        Text::fixed("Session", "Sesión"),
        Text::fixed("Title", "Título"),
        Text::fixed("Country", "País"),
        Text::fixed("Party", "Parte"),
        Text::fixed("Id", "Identificador"),
        Text::fixed("Name", "Nombre"),
        Text::fixed("Address", "Dirección"),
        Text::fixed("Answer", "Respuesta"),
        text!("Answered ({zone})", "Respondió ({zone})"),
        text!("Proposed time ({zone})", "Hora propuesta ({zone})"),
        Text::fixed("Before the change", "Antes del cambio"),
        Text::fixed("Comment", "Comentario"),
        Text::fixed("Remarks", "Observaciones"),
    ]
}

fn cells(attendance: &Attendance, row: &Invited, state: &str, zone: &Zone, lang: Lang) -> [String; 13] {
    let moment =
        |at: Option<DateTime<Utc>>| at.map_or(String::new(), |at| zone.local(at).time.format("%Y-%m-%d %H:%M").to_string());
    let by_hand = if row.by_hand { Text::fixed("entered by hand", "anotado a mano") } else { Text::default() };
    let remarks: Vec<&str> = [state, by_hand.get(lang)].into_iter().filter(|remark| !remark.is_empty()).collect();
    [
        attendance.session.clone(),
        attendance.title.clone(),
        row.country.clone().unwrap_or_default(),
        row.party.clone().unwrap_or_default(),
        row.who.clone(),
        row.name.clone(),
        row.address.clone(),
        Answer::word_of(row.answer, lang).to_owned(),
        moment(row.answered),
        moment(row.proposed),
        row.earlier.map_or(String::new(), |answer| answer.word(lang).to_owned()),
        row.comment.clone().unwrap_or_default(),
        remarks.join("; "),
    ]
}

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection): others wrote what is in it.
fn harmless(cell: &str) -> String {
    match cell.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '|' | '%') => format!("'{cell}"),
        _ if cell.starts_with(['\t', '\r', '\n']) => format!("'{cell}"),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1"] {
            assert!(harmless(cell).starts_with('\''), "{cell:?}");
        }
        assert_eq!(harmless("Municipalidad de Upala"), "Municipalidad de Upala");
    }
}
