//! PDF: what its tags say; where it has none, what its lines and its hours say.

mod anchored;
mod grown;
mod joined;
mod layout;
mod lines;
mod reader;
mod ruled;
mod tagged;

use convoca_core::locale::Text;

use super::Document;

/// Reads the text of a PDF, and its tables.
///
/// # Errors
/// Where it is damaged, has a password, or shows pictures of text only.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, Text> {
    let pages = reader::pages(bytes)?;
    let letters: usize = pages.iter().flat_map(|page| &page.runs).map(|run| run.text.trim().len()).sum();
    if letters < 20 {
        return Err(Text::fixed(
            "there is no text in the PDF, only pictures: run OCR (text recognition) first, or paste the agenda",
            "el PDF no contiene texto, solo imágenes: páselo antes por OCR (reconocimiento de texto) o pegue la agenda",
        ));
    }
    Ok(if tagged::is_tagged(&pages) { tagged::read(&pages) } else { layout::read(pages) })
}
