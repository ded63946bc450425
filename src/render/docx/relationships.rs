//! What a part refers to: other parts, and addresses outside.

use super::XML;
use super::xml::escape;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const OFFICE_DOCUMENT: &str = "officeDocument";
pub const CORE_PROPERTIES: &str = "core-properties";
pub const STYLES: &str = "styles";
pub const NUMBERING: &str = "numbering";
pub const SETTINGS: &str = "settings";
pub const HYPERLINK: &str = "hyperlink";
pub const HEADER: &str = "header";
pub const FOOTER: &str = "footer";
pub const FOOTNOTES: &str = "footnotes";
pub const FONT_TABLE: &str = "fontTable";
pub const THEME: &str = "theme";
pub const IMAGE: &str = "image";

#[derive(Default)]
pub struct Relationships {
    /// Kind, target, and whether it is outside.
    list: Vec<(&'static str, String, bool)>,
    /// Put before the number of an id, so that it cannot be one of a template's own.
    prefix: &'static str,
}

impl Relationships {
    pub fn prefixed(prefix: &'static str) -> Relationships {
        Relationships { list: Vec::new(), prefix }
    }

    pub fn add(&mut self, kind: &'static str, target: &str) -> String {
        self.insert(kind, target, false)
    }

    pub fn add_external(&mut self, kind: &'static str, target: &str) -> String {
        self.insert(kind, target, true)
    }

    fn insert(&mut self, kind: &'static str, target: &str, external: bool) -> String {
        let entry = (kind, target.to_owned(), external);
        let index = match self.list.iter().position(|own| *own == entry) {
            Some(index) => index,
            None => {
                self.list.push(entry);
                self.list.len() - 1
            }
        };
        self.id(index)
    }

    fn id(&self, index: usize) -> String {
        format!("rId{}{}", self.prefix, index + 1)
    }

    /// As elements of a part that has others already.
    pub fn elements(&self) -> String {
        self.written(|_| true)
    }

    /// Those that lead outside, with the same ids: notes have links too, and a part of their own.
    pub fn external_elements(&self) -> String {
        self.written(|external| external)
    }

    fn written(&self, is_wanted: impl Fn(bool) -> bool) -> String {
        let element = |(index, (kind, target, external)): (usize, &(&str, String, bool))| {
            let mode = if *external { " TargetMode=\"External\"" } else { "" };
            let kind = match *kind {
                CORE_PROPERTIES => {
                    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned()
                }
                kind => format!("{OFFICE}/{kind}"),
            };
            format!("<Relationship Id=\"{}\" Type=\"{kind}\" Target=\"{}\"{mode}/>", self.id(index), escape(target))
        };
        self.list.iter().enumerate().filter(|(_, (_, _, external))| is_wanted(*external)).map(element).collect()
    }
}

/// The part that holds relationships.
pub fn part(elements: &str) -> String {
    format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{elements}</Relationships>"
    )
}
