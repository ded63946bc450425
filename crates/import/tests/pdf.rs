//! Agendas in PDF: drawn tables over a page's end, hours at the left, tags; and PDFs that are no text, locked, or cut.
#![cfg(feature = "pdf")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use convoca_core::locale::Lang;
use convoca_import::{import, write::Request};

/// A PDF of pages with their drawing operators; further objects go behind them.
fn pdf(pages: &[String], catalogue: &str, more: &[String], trailer: &str) -> Vec<u8> {
    let mut objects: Vec<String> = Vec::new();
    let kids: String = (0..pages.len()).map(|at| format!("{} 0 R ", 4 + at * 2)).collect();
    objects.push(format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"));
    objects.push(format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", pages.len()));
    objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_owned());
    for (at, page) in pages.iter().enumerate() {
        let content = 5 + at * 2;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /StructParents {at} /Contents {content} 0 R /Resources << /Font << /F 3 0 R >> >> >>"
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len() + 1));
    }
    objects.extend(more.iter().cloned());
    let mut out = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        write!(out, "{} 0 obj\n{object}\nendobj\n", at + 1).unwrap();
    }
    let start = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).unwrap();
    places.iter().for_each(|place| writeln!(out, "{place:010} 00000 n ").unwrap());
    write!(out, "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n", places.len() + 1).unwrap();
    out.into_bytes()
}

/// Words at a place, in ten points.
fn words(x: f32, y: f32, text: &str) -> String {
    let text = text.replace('(', "\\(").replace(')', "\\)");
    format!("BT /F 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n")
}

fn rule(x0: f32, y0: f32, x1: f32, y1: f32) -> String {
    format!("{x0} {y0} m {x1} {y1} l S\n")
}

/// A row of a drawn table, its cells from a line at `top` down to one at `bottom`.
fn row(top: f32, bottom: f32, cells: [&str; 3]) -> String {
    let edges = [50.0, 150.0, 400.0, 540.0];
    let mut out = rule(50.0, top, 540.0, top) + &rule(50.0, bottom, 540.0, bottom);
    edges.iter().for_each(|edge| out += &rule(*edge, bottom, *edge, top));
    for (edge, cell) in edges.iter().zip(cells) {
        for (at, line) in cell.split('\n').enumerate() {
            out += &words(edge + 4.0, top - 12.0 - 12.0 * at as f32, line);
        }
    }
    out
}

/// Each item as `start–end title (speakers)`.
fn items(bytes: &[u8]) -> Vec<String> {
    let request = Request {
        lang: Lang::Es,
        today: NaiveDate::from_ymd_opt(2027, 1, 1).unwrap(),
        from: "agenda.pdf",
        zone: None,
        programme: None,
    };
    let import = import(bytes, &request).unwrap();
    let clock = |clock: Option<convoca_import::agenda::Clock>| clock.map(|clock| clock.to_string()).unwrap_or_default();
    let items = import.imported.sessions.iter().flat_map(|session| &session.items);
    items
        .map(|item| {
            let names: Vec<&str> = item.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
            format!("{}–{} {} ({})", clock(item.start), clock(item.end), item.title, names.join("; "))
        })
        .collect()
}

fn refusal(bytes: &[u8]) -> String {
    convoca_import::source::read("agenda.pdf", bytes).unwrap_err().es.into_owned()
}

/// A table over two pages: a row that the page's end parts, the head again, feet with numbers.
fn drawn() -> Vec<u8> {
    let foot = |page: u32| words(50.0, 30.0, "Municipalidad de Prueba") + &words(500.0, 30.0, &page.to_string());
    let one = words(50.0, 780.0, "Sesion 1 - Fronteras (3 de mayo de 2027)")
        + &row(740.0, 710.0, ["Hora", "Actividad", "Responsable"])
        + &row(710.0, 680.0, ["9:00-9:10", "Palabras de\nbienvenida", "Ana Ruiz"])
        + &row(680.0, 50.0, ["9:10-", "Informe de los municipios y", "Luis Paz"])
        + &foot(1);
    let two = row(790.0, 760.0, ["Hora", "Actividad", "Responsable"])
        + &row(760.0, 730.0, ["9:40", "de las redes", ""])
        + &row(730.0, 700.0, ["9:40-10:00", "Cierre", "Ana Ruiz"])
        + &foot(2);
    pdf(&[one, two], "", &[], "")
}

#[test]
fn a_drawn_table_goes_on_over_the_end_of_a_page() {
    assert_eq!(
        items(&drawn()),
        [
            "09:00–09:10 Palabras de bienvenida (Ana Ruiz)",
            "09:10–09:40 Informe de los municipios y de las redes (Luis Paz)",
            "09:40–10:00 Cierre (Ana Ruiz)"
        ]
    );
}

#[test]
fn hours_at_the_left_part_rows_where_nothing_is_drawn() {
    let page = words(50.0, 780.0, "Taller de prueba, 4 de mayo de 2027")
        + &words(50.0, 740.0, "9:00")
        + &words(150.0, 740.0, "Palabras de bienvenida, con")
        + &words(400.0, 740.0, "Ana Ruiz")
        + &words(150.0, 728.0, "un recuerdo del camino")
        + &words(50.0, 705.0, "9:15")
        + &words(150.0, 705.0, "Ponencia")
        + &words(400.0, 705.0, "Luis Paz")
        + &words(50.0, 682.0, "10:00")
        + &words(150.0, 682.0, "Cierre")
        + &words(400.0, 682.0, "Ana Ruiz");
    assert_eq!(
        items(&pdf(&[page], "", &[], "")),
        [
            "09:00– Palabras de bienvenida, con un recuerdo del camino (Ana Ruiz)",
            "09:15– Ponencia (Luis Paz)",
            "10:00– Cierre (Ana Ruiz)"
        ]
    );
}

#[test]
fn tags_say_which_cell_a_word_is_of() {
    // Cells whose words stand on one another's lines, drawn column by column: only the tags know.
    let cells = [
        (50.0, 700.0, "9:00-9:10"),
        (60.0, 695.0, "Bienvenida"),
        (50.0, 690.0, "9:10-9:40"),
        (60.0, 685.0, "Debate"),
        (50.0, 680.0, "9:40-10:00"),
        (60.0, 675.0, "Cierre"),
    ];
    let page: String = cells
        .iter()
        .enumerate()
        .map(|(at, (x, y, text))| format!("/TD << /MCID {at} >> BDC\n{}EMC\n", words(*x, *y, text)))
        .chain(["/Artifact BMC\n".to_owned() + &words(50.0, 800.0, "8:00 Encabezado de la casa") + "EMC\n"])
        .collect();
    // 6: the tree, 7: the table, 8–10: rows, 11–16: cells, 17: where each word's mark belongs.
    let mut more = vec![
        "<< /Type /StructTreeRoot /K 7 0 R /ParentTree 17 0 R >>".to_owned(),
        "<< /Type /StructElem /S /Table /P 6 0 R /K [8 0 R 9 0 R 10 0 R] >>".to_owned(),
    ];
    more.extend(
        (0..3).map(|row| format!("<< /Type /StructElem /S /TR /P 7 0 R /K [{} 0 R {} 0 R] >>", 11 + row * 2, 12 + row * 2)),
    );
    more.extend((0..6).map(|cell| format!("<< /Type /StructElem /S /TD /P {} 0 R /Pg 4 0 R /K {cell} >>", 8 + cell / 2)));
    more.push("<< /Nums [0 [11 0 R 12 0 R 13 0 R 14 0 R 15 0 R 16 0 R]] >>".to_owned());
    let bytes = pdf(&[page], "/StructTreeRoot 6 0 R /MarkInfo << /Marked true >>", &more, "");
    assert_eq!(items(&bytes), ["09:00–09:10 Bienvenida ()", "09:10–09:40 Debate ()", "09:40–10:00 Cierre ()"]);
}

#[test]
fn what_cannot_be_read_is_said_with_the_way_out() {
    let picture = pdf(&["q 100 0 0 100 0 0 cm Q".to_owned()], "", &[], "");
    assert!(refusal(&picture).contains("OCR"), "{}", refusal(&picture));
    let key = "0".repeat(64);
    let encrypt = format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{key}> /U <{key}> >>");
    let locked = pdf(&[words(50.0, 700.0, "9:00 Apertura")], "", &[encrypt], "/Encrypt 6 0 R /ID [<00> <00>]");
    assert!(refusal(&locked).contains("contraseña"), "{}", refusal(&locked));
    assert!(refusal(b"%PDF-1.7\n1 0 obj\n<< /Type /Cat").contains("dañado"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
fn damaged_bytes_end_in_a_sentence_or_in_lines() {
    let whole = drawn();
    let mut seed = 7u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize
    };
    for round in 0..120 {
        let mut bytes = whole.clone();
        if round % 4 == 0 {
            bytes.truncate(next() % whole.len());
        }
        for _ in 0..1 + round % 30 {
            let at = next() % bytes.len().max(1);
            if let Some(byte) = bytes.get_mut(at) {
                *byte = (next() % 256) as u8;
            }
        }
        let start = Instant::now();
        let _ = convoca_import::source::read("agenda.pdf", &bytes);
        assert!(start.elapsed() < Duration::from_secs(5), "round {round}");
    }
}
