//! The zip around the parts, with their content types.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::XML;
use super::relationships::{self, Relationships};
use super::xml::escape;
use crate::document::Document;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts of a Word file, in the order in which they are written.
#[derive(Default)]
pub(crate) struct Package {
    parts: Vec<(String, Vec<u8>)>,
    /// Part name and content type.
    types: Vec<(String, String)>,
}

impl Package {
    pub(crate) fn part(&mut self, name: &str, kind: &str, text: String) {
        self.other_part(name, &format!("{WORD}.{kind}+xml"), text);
    }

    /// A part of a content type that is not Word's.
    pub(crate) fn other_part(&mut self, name: &str, content_type: &str, text: String) {
        self.types.push((format!("/{name}"), content_type.to_owned()));
        self.parts.push((name.to_owned(), text.into_bytes()));
    }

    pub(crate) fn media(&mut self, name: &str, bytes: Vec<u8>) {
        if !self.parts.iter().any(|(own, _)| own == name) {
            self.parts.push((name.to_owned(), bytes));
        }
    }

    pub(crate) fn relationships(&mut self, name: &str, elements: &str) {
        self.parts.push((name.to_owned(), relationships::part(elements).into_bytes()));
    }

    /// Title, author and language, as file managers and screen readers show them.
    pub(crate) fn properties(&mut self, document: &Document) {
        let content_type = "application/vnd.openxmlformats-package.core-properties+xml";
        self.other_part("docProps/core.xml", content_type, core_properties(document));
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        let overrides: String = self
            .types
            .iter()
            .map(|(part, kind)| format!("<Override PartName=\"{}\" ContentType=\"{kind}\"/>", escape(part)))
            .collect();
        let content_types = format!(
            "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
             <Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/><Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>\
             {overrides}</Types>"
        );
        let mut root = Relationships::default();
        root.add(relationships::OFFICE_DOCUMENT, "word/document.xml");
        root.add(relationships::CORE_PROPERTIES, "docProps/core.xml");
        self.parts.insert(0, ("[Content_Types].xml".to_owned(), content_types.into_bytes()));
        self.parts.insert(1, ("_rels/.rels".to_owned(), relationships::part(&root.elements()).into_bytes()));
        zip(&self.parts)
    }
}

pub(crate) fn core_properties(document: &Document) -> String {
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
         <cp:lastModifiedBy>{}</cp:lastModifiedBy><dc:language>{}</dc:language></cp:coreProperties>",
        escape(&document.title),
        escape(&document.author),
        escape(&document.author),
        document.tag
    )
}

/// A zip whose entries carry no day, so that the same parts give the same bytes.
pub(crate) fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // Writing into memory fails only where memory ends.
        let _ = writer.start_file(name.as_str(), options).map(|()| writer.write_all(bytes));
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}
