//! Spreadsheets: hours that are numbers, cells that are merged, and what others export.

mod support;

use chrono::NaiveDate;
use convoca_core::locale::Lang;
use convoca_import::agenda::{Clock, Hints, Imported, read};
use convoca_import::write::Request;
use convoca_import::{Import, import, source};
use support::package;

/// A cell: a text, or a number in a style (1 is an hour, 2 a day with its hour).
enum Cell {
    Text(&'static str),
    Number(f64, u8),
}

use Cell::{Number, Text};

fn xlsx(rows: &[Vec<Cell>]) -> Vec<u8> {
    let cell = |(at, cell): (usize, &Cell), row: usize| {
        let place = format!("{}{}", char::from(b'A' + u8::try_from(at).unwrap()), row + 1);
        match cell {
            Text(text) => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{}</t></is></c>", text.replace('&', "&amp;")),
            Number(value, style) => format!("<c r=\"{place}\" s=\"{style}\"><v>{value}</v></c>"),
        }
    };
    let rows = rows.iter().enumerate().map(|(row, cells)| {
        let cells: String = cells.iter().enumerate().map(|own| cell(own, row)).collect();
        format!("<row r=\"{}\">{cells}</row>", row + 1)
    });
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package_relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    package(&[
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{package_relationships}\"><Relationship Id=\"r1\" Type=\"{relationships}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relationships}\"><sheets><sheet name=\"Agenda\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"{package_relationships}\"><Relationship Id=\"r1\" Type=\"{relationships}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{relationships}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            &format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"20\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet xmlns=\"{main}\"><sheetData>{}</sheetData></worksheet>", rows.collect::<String>()),
        ),
    ])
}

fn imported(name: &str, bytes: &[u8]) -> Imported {
    let document = source::read(name, bytes).unwrap_or_else(|why| panic!("{name}: {}", why.en));
    read(&document, &Hints::default())
}

fn items(imported: &Imported) -> Vec<String> {
    let clock = |clock: Option<Clock>| clock.map(|clock| clock.to_string()).unwrap_or_default();
    let of = |session: &convoca_import::agenda::FoundSession| {
        let date = session.date.map_or_else(String::new, |date: NaiveDate| date.to_string());
        let item = |item: &convoca_import::agenda::Item| {
            let speakers: Vec<&str> = item.speakers.iter().map(|one| one.name.as_str()).collect();
            let minutes = item.minutes.map(|minutes| format!(" {minutes}")).unwrap_or_default();
            format!("{date} {}–{}{minutes} {} {speakers:?}", clock(item.start), clock(item.end), item.title)
        };
        session.items.iter().map(item).collect::<Vec<_>>()
    };
    imported.sessions.iter().flat_map(of).collect()
}

const NINE: f64 = 9.0 / 24.0;

#[test]
fn hours_that_are_fractions_of_a_day_are_hours() {
    let half = 0.5 / 24.0;
    let rows = vec![
        vec![Text("Taller de archivos – 3 de junio de 2027")],
        vec![Text("Inicio"), Text("Fin"), Text("Actividad"), Text("Responsable")],
        vec![Number(NINE, 1), Number(NINE + half, 1), Text("Apertura & saludo"), Text("Ana Ruiz")],
        vec![Number(NINE + half, 1), Number(NINE + 3.0 * half, 1), Text("Práctica"), Text("Luis Paz")],
    ];
    let expected = ["2027-06-03 09:00–09:30 Apertura & saludo [\"Ana Ruiz\"]", "2027-06-03 09:30–10:30 Práctica [\"Luis Paz\"]"];
    assert_eq!(items(&imported("taller.xlsx", &xlsx(&rows))), expected);
}

#[test]
fn an_open_document_sheet_is_read_as_one_of_excel() {
    let cell = |kind: &str, value: &str| format!("<table:table-cell office:value-type=\"{kind}\"{value}</table:table-cell>");
    let hour = |iso: &str| cell("time", &format!(" office:time-value=\"{iso}\"><text:p>x</text:p>"));
    let text = |text: &str| cell("string", &format!("><text:p>{text}</text:p>"));
    let rows = [
        [text("Hora"), text("Actividad"), text("Duración")],
        [hour("PT09H00M00S"), text("Apertura"), text("10 min")],
        [hour("PT09H10M00S"), text("Debate"), text("50 min")],
    ];
    let rows: String = rows.iter().map(|row| format!("<table:table-row>{}</table:table-row>", row.concat())).collect();
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Hoja1\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let bytes = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>"),
    ]);
    assert_eq!(items(&imported("hoja.ods", &bytes)), [" 09:00– 10 Apertura []", " 09:10– 50 Debate []"]);
}

/// The columns of Sessionize's export: what was not given an hour is left out, and the rows stand by their titles.
#[test]
fn an_export_of_sessionize_is_read_by_its_heads() {
    let day = 46_520.0; // 2027-05-13
    let head = [
        "Session Id",
        "Title",
        "Description",
        "Owner",
        "Owner Email",
        "Status",
        "Room",
        "Scheduled At",
        "Scheduled Duration",
        "Speakers",
    ];
    let talk = |title, at: Option<f64>, room, speakers| {
        let when = at.map_or(Text(""), |at| Number(day + at, 2));
        vec![
            Text("84511"),
            Text(title),
            Text("What it is about, in two sentences. It starts at 8:00 for some."),
            Text("Ola Berg"),
            Text("ola@example.org"),
            Text("Accepted"),
            Text(room),
            when,
            Number(45.0, 0),
            Text(speakers),
        ]
    };
    let rows = vec![
        head.map(Text).into_iter().collect(),
        talk("Bees and Bytes", Some(NINE + 1.0 / 24.0), "Hall B", "Ola Berg, Pavel Suk"),
        talk("A Keynote", Some(NINE), "Hall A", "Greta Lund"),
        talk("Never Scheduled", None, "", "Ida Nyman"),
    ];
    let expected =
        ["2027-05-13 09:00– 45 A Keynote [\"Greta Lund\"]", "2027-05-13 10:00– 45 Bees and Bytes [\"Ola Berg\", \"Pavel Suk\"]"];
    assert_eq!(items(&imported("sessionize.xlsx", &xlsx(&rows))), expected);
}

#[test]
fn exports_of_programmes_for_conferences_are_read_by_their_heads() {
    let indico = "Id,Title,Start Date,End Date,Duration,Speakers,Room\n\
                  1,Registration,2027-05-10 08:30,2027-05-10 09:00,0:30,,Foyer\n\
                  2,State of the archive,2027-05-10 09:15,2027-05-10 10:00,0:45,\"Olu Bankole, Pia Rask\",Main hall\n\
                  3,Discussion,2027-05-11 09:00,2027-05-11 10:30,1:30,Ada Weiss,Main hall\n";
    let pretalx = "ID,Proposal title,Session type,Track,Start (date),Start (time),End (time),Room,Speaker names\n\
                   A1,Opening,Talk,,2027-06-03,10:00,10:15,Aula,Ines Holm\n\
                   B2,Hands-on tiles,Workshop,Geo,2027-06-03,10:15,11:45,Lab 2,Mia Lund\n";
    let told = |text: &str| -> Vec<String> {
        let document = source::read("export.csv", text.as_bytes()).unwrap();
        let imported = read(&document, &Hints::default());
        let clock = |clock: Option<Clock>| clock.map(|clock| clock.to_string()).unwrap_or_default();
        let items = imported.sessions.iter().flat_map(|session| session.items.iter().map(move |item| (session, item)));
        items
            .map(|(session, item)| {
                let names: Vec<&str> = item.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
                let day = session.date.map(|date| date.to_string()).unwrap_or_default();
                format!("{day} {}–{} {} ({})", clock(item.start), clock(item.end), item.title, names.join("; "))
            })
            .collect()
    };
    assert_eq!(
        told(indico),
        [
            "2027-05-10 08:30–09:00 Registration ()",
            "2027-05-10 09:15–10:00 State of the archive (Olu Bankole; Pia Rask)",
            "2027-05-11 09:00–10:30 Discussion (Ada Weiss)",
        ]
    );
    assert_eq!(told(pretalx), ["2027-06-03 10:00–10:15 Opening (Ines Holm)", "2027-06-03 10:15–11:45 Hands-on tiles (Mia Lund)"]);
}

#[test]
fn the_agenda_of_a_note_says_the_same_as_a_sheet() {
    const NOTE: &str = include_str!("../../../tests/fixtures/import/concept-note.txt");
    let agenda = &NOTE[NOTE.find("Session 1").unwrap()..];
    let rows: Vec<Vec<Cell>> = agenda.lines().map(|line| line.split('\t').map(Text).collect()).collect();
    let request = |from| Request {
        lang: Lang::En,
        today: NaiveDate::from_ymd_opt(2027, 3, 4).unwrap(),
        from,
        zone: Some("America/Guatemala"),
        programme: None,
    };
    let files = |import: Import| -> Vec<(String, String)> {
        // The first line names the document.
        let text = |text: &str| text.split_once('\n').unwrap().1.to_owned();
        import.proposal.files.iter().map(|file| (file.name.clone(), text(&file.text))).collect()
    };
    let sheet = import(&xlsx(&rows), &request("agenda.xlsx")).unwrap();
    let text = import(agenda.as_bytes(), &request("agenda.txt")).unwrap();
    assert_eq!(sheet.imported.sessions.iter().map(|session| session.items.len()).collect::<Vec<_>>(), [3, 3]);
    assert_eq!(files(sheet), files(text));
}
