//! The same agenda in every kind of file reads the same; bad files get a sentence.

mod support;

use std::io::Write;

use convoca_import::agenda::{Hints, read};
use convoca_import::source;
use support::package;
use zip::write::SimpleFileOptions;

/// Hours, titles and speakers of what is read.
fn items(name: &str, bytes: &[u8]) -> Vec<String> {
    let document = source::read(name, bytes).unwrap_or_else(|why| panic!("{name}: {}", why.en));
    let imported = read(&document, &Hints::default());
    imported
        .sessions
        .iter()
        .flat_map(|session| session.items.iter().map(move |item| (session, item)))
        .map(|(session, item)| {
            let clock = |clock: Option<convoca_import::agenda::Clock>| clock.map(|clock| clock.to_string()).unwrap_or_default();
            let speakers: Vec<String> = item.speakers.iter().map(|one| one.name.clone()).collect();
            format!("{:?} {}-{} {:?} {} {speakers:?}", session.date, clock(item.start), clock(item.end), item.minutes, item.title)
        })
        .collect()
}

const ROWS: [[&str; 4]; 4] = [
    ["10:00–10:05", "Apertura", "Municipalidad de Ejemplo", "5 min"],
    ["10:05–10:45", "Marco & métodos", "Ana Ruiz", "40 min"],
    ["10:45–11:00", "Receso", "", "15 min"],
    ["11:00–11:30", "Cierre", "Por confirmar", "30 min"],
];

fn text() -> String {
    let rows: Vec<String> = ROWS.iter().map(|row| row.join("\t")).collect();
    format!("Sesión 1 – Marcos (4 de mayo de 2027)\n\nAgenda\n{}\n", rows.join("\n"))
}

fn docx() -> Vec<u8> {
    let escape = |text: &str| text.replace('&', "&amp;");
    let rows: String = ROWS
        .iter()
        .map(|row| {
            // A word over two runs, a deletion that is accepted, an insertion that is too.
            let cells: String = row
                .iter()
                .map(|cell| {
                    let (one, other) = cell.split_at(cell.char_indices().nth(2).map_or(cell.len(), |(at, _)| at));
                    format!(
                        "<w:tc><w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r><w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:ins></w:p></w:tc>",
                        escape(one),
                        escape(other)
                    )
                })
                .collect();
            format!("<w:tr>{cells}</w:tr>")
        })
        .collect();
    package(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "word/document.xml",
            &format!(
                "<w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:pStyle w:val=\"Ttulo1\"/></w:pPr><w:r><w:t>Sesión 1 – Marcos (4 de mayo de 2027)</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>Agenda</w:t></w:r></w:p><w:tbl>{rows}</w:tbl></w:body></w:document>"
            ),
        ),
        (
            "word/styles.xml",
            "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"Ttulo1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>",
        ),
    ])
}

fn odt() -> Vec<u8> {
    let rows: String = ROWS
        .iter()
        .map(|row| {
            let cells: String = row
                .iter()
                .map(|cell| format!("<table:table-cell><text:p>{}</text:p></table:table-cell>", cell.replace('&', "&amp;")))
                .collect();
            format!("<table:table-row>{cells}</table:table-row>")
        })
        .collect();
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            &format!(
                "<o:document-content xmlns:o=\"o\" xmlns:text=\"t\" xmlns:table=\"tb\"><o:body><o:text><text:h text:outline-level=\"1\">Sesión 1 – Marcos (4 de mayo de 2027)</text:h><text:p/><text:p>Agenda</text:p><table:table>{rows}</table:table></o:text></o:body></o:document-content>"
            ),
        ),
    ])
}

fn html() -> String {
    let rows: String = ROWS
        .iter()
        .map(|row| format!("<tr>{}</tr>", row.map(|cell| format!("<td><p>{}</p></td>", cell.replace('&', "&amp;"))).concat()))
        .collect();
    format!(
        "<!DOCTYPE html><html><head><title>x</title></head><body><h1>Sesión 1 – Marcos (4 de mayo de 2027)</h1><p>Agenda</p><table>{rows}</table><script>9:00 x</script></body></html>"
    )
}

fn csv() -> String {
    let rows: Vec<String> = ROWS.iter().map(|row| row.map(|cell| format!("\"{cell}\"")).join(";")).collect();
    format!("Sesión 1 – Marcos (4 de mayo de 2027);;;\n{}\n", rows.join("\n"))
}

fn mail() -> String {
    format!(
        "From: ana@example.org\nTo: luis@example.org\nSubject: agenda\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{}",
        html()
    )
}

#[test]
fn every_container_gives_the_same_items() {
    let expected = items("agenda.txt", text().as_bytes());
    assert_eq!(expected.len(), 4, "{expected:#?}");
    assert!(expected[1].contains("10:05-10:45 Some(40) Marco & métodos [\"Ana Ruiz\"]"), "{expected:#?}");
    let (utf16, _, _) = (text().encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), (), ());
    let latin: Vec<u8> = text().replace('–', "-").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for (name, bytes) in [
        ("agenda.docx", docx()),
        ("agenda.odt", odt()),
        ("agenda.html", html().into_bytes()),
        ("agenda.csv", csv().into_bytes()),
        ("agenda.eml", mail().into_bytes()),
        ("utf16.txt", utf16),
    ] {
        assert_eq!(items(name, &bytes), expected, "{name}");
    }
    let plain: Vec<String> = expected.iter().map(|item| item.replace('–', "-")).collect();
    assert_eq!(items("latin.txt", &latin), plain);
}

#[test]
fn bad_files_get_a_sentence_that_says_what_to_do() {
    let bomb = {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("word/document.xml", SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated))
            .unwrap();
        for _ in 0..64 {
            zip.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let entities = package(&[(
        "word/document.xml",
        "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><w:document xmlns:w=\"w\"><w:body>&b;</w:body></w:document>",
    )]);
    let cut = docx()[..200].to_vec();
    for (name, bytes, words) in [
        ("a.docx", bomb, "more than a document"),
        ("a.docx", entities, "damaged"),
        ("a.docx", cut, "damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "save it as .docx"),
        ("a.pdf", b"%PDF-1.7".to_vec(), if cfg!(feature = "pdf") { "print it to a new PDF" } else { "paste it" }),
        ("a.png", b"\x89PNG\r\n\x1a\n".to_vec(), "OCR"),
        ("a.txt", Vec::new(), "empty"),
        // Octets of any kind, without a nought: by their name a PDF, and nothing that is known.
        ("b.pdf", (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect(), "no kind of document"),
        ("a.zip", package(&[("x.txt", "x")]), "unpack it"),
    ] {
        let why = source::read(name, &bytes).expect_err(name);
        assert!(why.en.contains(words) && why.es != why.en, "{name}: {}", why.en);
    }
    // Damaged anywhere: a sentence or lines, never a panic.
    let whole = docx();
    for at in (0..whole.len()).step_by(7) {
        let mut hurt = whole.clone();
        hurt[at] ^= 0x55;
        let _ = source::read("a.docx", &hurt);
        let _ = source::read("a.docx", &whole[..at]);
    }
}
