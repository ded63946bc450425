//! Notes at the foot of the page, as Word keeps them: a part of their own.

use roxmltree::Document as Xml;

use super::{MAIN, XML, root};

/// The lines above the notes, without which Word does not show them.
const SEPARATORS: &str = "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
                          <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>";

/// What the settings say of those lines.
pub(crate) const SETTING: &str = "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>";

/// The mark that a note begins with.
pub(crate) fn mark(style: &str) -> String {
    format!(
        "<w:r><w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>"
    )
}

pub(crate) fn reference(style: &str, id: usize) -> String {
    format!("<w:r><w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr><w:footnoteReference w:id=\"{id}\"/></w:r>")
}

/// The part of a file that had none.
pub(crate) fn part(notes: &[String]) -> String {
    format!("{XML}{}{SEPARATORS}{}</w:footnotes>", root("footnotes"), elements(notes, 0))
}

/// The notes, with ids behind `shift`.
pub(crate) fn elements(notes: &[String], shift: usize) -> String {
    let note = |(index, xml): (usize, &String)| format!("<w:footnote w:id=\"{}\">{xml}</w:footnote>", index + 1 + shift);
    notes.iter().enumerate().map(note).collect()
}

/// The last id that the notes of a template have.
pub(crate) fn last(text: &str) -> Option<usize> {
    let xml = Xml::parse(text).ok()?;
    let ids = xml.root_element().children().filter_map(|note| note.attribute((MAIN, "id"))?.parse::<usize>().ok());
    Some(ids.max().unwrap_or(0))
}
