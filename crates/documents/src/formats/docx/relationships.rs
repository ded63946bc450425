//! What a part refers to: other parts, and addresses outside.

use std::collections::HashMap;

use super::XML;
use super::xml::escape;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(crate) const OFFICE_DOCUMENT: &str = "officeDocument";
pub(crate) const CORE_PROPERTIES: &str = "core-properties";
pub(crate) const STYLES: &str = "styles";
pub(crate) const NUMBERING: &str = "numbering";
pub(crate) const SETTINGS: &str = "settings";
pub(crate) const HYPERLINK: &str = "hyperlink";
pub(crate) const HEADER: &str = "header";
pub(crate) const FOOTER: &str = "footer";
pub(crate) const FOOTNOTES: &str = "footnotes";
pub(crate) const FONT_TABLE: &str = "fontTable";
pub(crate) const THEME: &str = "theme";
pub(crate) const IMAGE: &str = "image";

#[derive(Default)]
pub(crate) struct Relationships {
    /// Kind, target, and whether it is outside.
    list: Vec<(&'static str, String, bool)>,
    /// Where each stands in the list: a text may have thousands of links.
    places: HashMap<(&'static str, String, bool), usize>,
    /// Put before the number of an id, so that it cannot be one of a template's own.
    prefix: &'static str,
}

impl Relationships {
    pub(crate) fn prefixed(prefix: &'static str) -> Relationships {
        Relationships { prefix, ..Relationships::default() }
    }

    pub(crate) fn add(&mut self, kind: &'static str, target: &str) -> String {
        self.insert(kind, target, false)
    }

    pub(crate) fn add_external(&mut self, kind: &'static str, target: &str) -> String {
        self.insert(kind, target, true)
    }

    fn insert(&mut self, kind: &'static str, target: &str, external: bool) -> String {
        let next = self.list.len();
        let index = *self.places.entry((kind, target.to_owned(), external)).or_insert(next);
        if index == next {
            self.list.push((kind, target.to_owned(), external));
        }
        self.id(index)
    }

    fn id(&self, index: usize) -> String {
        format!("rId{}{}", self.prefix, index + 1)
    }

    /// As elements of a part that has others already.
    pub(crate) fn elements(&self) -> String {
        self.written(|_| true)
    }

    /// Those that lead outside, with the same ids: notes have links too, and a part of their own.
    pub(crate) fn external_elements(&self) -> String {
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
pub(crate) fn part(elements: &str) -> String {
    format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{elements}</Relationships>"
    )
}
