//! From bytes to lines, whatever the file is. What cannot be read is said in a sentence that tells the way out.

use convoca_core::locale::Text;

use super::encoding::decoded;
use super::package::Package;
use super::{Document, Line, calendar, cells, delimited, docx, html, mail, odt, plain, programme, sheet};

/// What a document of 200 pages has, twice over.
const MOST_LINES: usize = 20_000;
const MOST_LETTERS: usize = 2 * 1024 * 1024;
/// Octets of text, marks of every kind included, and its lines with the blank ones, before it is looked at.
const LARGEST_TEXT: usize = 16 * 1024 * 1024;
const MOST_WRITTEN: usize = 10 * MOST_LINES;

/// Reads a document. What it is, its first bytes say, and its name where those do not.
///
/// # Errors
/// Why it cannot be read, and what to do about it.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Text> {
    let document = read_within(name, bytes, 0)?;
    let letters = |line: &Line| line.cells.iter().map(String::len).sum::<usize>();
    if document.lines.len() > MOST_LINES || document.lines.iter().map(letters).sum::<usize>() > MOST_LETTERS {
        return Err(too_long());
    }
    Ok(document)
}

fn too_long() -> Text {
    Text::fixed(
        "it is longer than any agenda: keep the pages of the agenda alone",
        "es más largo que cualquier agenda: deje solo las páginas de la agenda",
    )
}

/// The same for what is attached to a mail, of which no further mail is opened.
fn read_within(name: &str, bytes: &[u8], depth: usize) -> Result<Document, Text> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Text::fixed("it is empty", "está vacío"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return container(bytes);
    }
    if bytes.starts_with(b"%PDF")
        || bytes.iter().take(1024).collect::<Vec<_>>().windows(5).any(|five| five == [&b'%', &b'P', &b'D', &b'F', &b'-'])
    {
        return portable(bytes);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return match ending.as_str() {
            "xls" | "xlt" => {
                cells::check_workbook(bytes)?;
                sheet::read(bytes)
            }
            "xlsx" | "xlsm" | "ods" => Err(Text::fixed(
                "it is an old spreadsheet, or one with a password: open it and save it as .xlsx without a password",
                "es una hoja de cálculo antigua, o con contraseña: ábrala y guárdela como .xlsx sin contraseña",
            )),
            _ => Err(Text::fixed(
                "it is an old Word file, or one with a password: open it and save it as .docx without a password",
                "es un archivo de Word antiguo, o con contraseña: ábralo y guárdelo como .docx sin contraseña",
            )),
        };
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(Text::fixed(
            "it is rich text (RTF): open it and save it as .docx",
            "es texto enriquecido (RTF): ábralo y guárdelo como .docx",
        ));
    }
    let pictures: [&[u8]; 4] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0"];
    if pictures.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(Text::fixed(
            "it is a picture: there is no text in it; run OCR (text recognition) first",
            "es una imagen: no contiene texto; pásela antes por OCR (reconocimiento de texto)",
        ));
    }
    if depth == 0 && (ending == "eml" || is_mail(bytes)) {
        return mail::read(bytes, |name, attached| read_within(name, attached, 1));
    }
    if bytes.len() > LARGEST_TEXT {
        return Err(too_long());
    }
    let text = decoded(bytes);
    // Nobody types them; octets of another kind of file, read as letters, are one in ten of them.
    let is_strange = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}');
    if text.chars().take(4000).filter(|c| is_strange(c) || *c == char::REPLACEMENT_CHARACTER).count() > 20 {
        return Err(Text::fixed(
            "it is no text, and no kind of document that is known here: save it as .docx or as plain text",
            "no es texto ni un tipo de documento conocido: guárdelo como .docx o como texto",
        ));
    }
    if matches!(ending.as_str(), "html" | "htm" | "xhtml") || is_html(&text) {
        return Ok(html::read(&text));
    }
    if text.trim_start().get(..15).is_some_and(|head| head.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return calendar::read(&text);
    }
    if programme::is_programme(&text) {
        return programme::read(&text);
    }
    if text.matches('\n').count() > MOST_WRITTEN {
        return Err(too_long());
    }
    if matches!(ending.as_str(), "csv" | "tsv") || ending.is_empty() && delimited::is_delimited(&text) {
        return Ok(delimited::read(&text));
    }
    Ok(plain(&text))
}

#[cfg(feature = "pdf")]
fn portable(bytes: &[u8]) -> Result<Document, Text> {
    super::pdf::read(bytes)
}

#[cfg(not(feature = "pdf"))]
fn portable(_: &[u8]) -> Result<Document, Text> {
    Err(Text::fixed(
        "it is a PDF: open it, select the agenda, copy it and paste it into `convoca import`",
        "es un PDF: ábralo, seleccione la agenda, cópiela y péguela en `convoca importar`",
    ))
}

fn container(bytes: &[u8]) -> Result<Document, Text> {
    let mut package = Package::open(bytes)?;
    if package.has("word/document.xml") {
        return docx::read(&mut package);
    }
    if package.has("xl/workbook.xml") || package.has("xl/workbook.bin") {
        package.check_all()?;
        return sheet::read(bytes);
    }
    match package.text("mimetype").unwrap_or_default().trim() {
        kind if kind.starts_with("application/vnd.oasis.opendocument.text") => odt::read(&mut package),
        kind if kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") => {
            package.check_all()?;
            cells::check_open_document(&mut package)?;
            sheet::read(bytes)
        }
        _ if package.has("ppt/presentation.xml") => Err(Text::fixed(
            "it is a presentation: copy the agenda and paste it",
            "es una presentación: copie la agenda y péguela",
        )),
        _ => Err(Text::fixed(
            "it is a compressed file without a document: unpack it first",
            "es un archivo comprimido sin documento: descomprímalo primero",
        )),
    }
}

fn is_mail(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]);
    let names = ["from:", "to:", "subject:", "date:", "received:", "mime-version:", "return-path:", "message-id:"];
    let found = head.lines().take(30).filter(|line| names.iter().any(|name| line.to_lowercase().starts_with(name))).count();
    found >= 3 && head.lines().next().is_some_and(|line| line.contains(':'))
}

fn is_html(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(400).collect::<String>().to_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with('<')
            && ["<table", "<div", "<p>", "<p ", "<ul", "<body", "<meta", "<h1", "<h2"].iter().any(|tag| head.contains(tag))
}
