//! What stands around a document on every page of paper, worded.

use crate::branding::Branding;
use crate::document::{Document, Standing};
use crate::templates::Templates;

pub struct Frame<'a> {
    pub branding: &'a Branding,
    /// The institution's line at the head of the first page.
    pub header: Option<String>,
    pub footer: String,
    /// What of the document's standing every page says.
    pub mark: Option<String>,
    /// The word that lies across the pages of a draft.
    pub watermark: Option<String>,
    /// "Page" and "of".
    pub page: [String; 2],
    /// Behind what a row says again on a further page.
    pub continued: String,
}

impl Frame<'_> {
    /// One without words of its own, to try a template with.
    pub fn of_draft(branding: &Branding) -> Frame<'_> {
        let word = || "a".to_owned();
        Frame {
            branding,
            header: None,
            footer: word(),
            mark: Some(word()),
            watermark: Some(word()),
            page: [word(), word()],
            continued: word(),
        }
    }

    /// The line at the foot of each page, with the standing of the document; `as_said` may shorten both.
    pub fn foot(&self, as_said: impl Fn(&str) -> String) -> String {
        let mark = self.mark.iter().map(|mark| format!(" · {}", as_said(mark)));
        std::iter::once(as_said(&self.footer)).chain(mark).collect()
    }

    pub fn new<'a>(branding: &'a Branding, templates: &Templates, document: &Document, group: &str) -> Frame<'a> {
        let lang = document.lang();
        let word = |key: &str| templates.word(key, lang).unwrap_or(key).to_owned();
        let text = |text: &crate::locale::Text| text.get(lang).to_owned();
        Frame {
            branding,
            header: branding.header.as_ref().map(text),
            footer: branding.footer.as_ref().map_or_else(|| group.to_owned(), text),
            mark: match document.standing {
                Standing::Draft => Some(word("draft")),
                Standing::Unconfirmed => Some(word("unconfirmed")),
                Standing::Final => None,
            },
            watermark: (document.standing == Standing::Draft).then(|| word("draft")),
            page: [word("page"), word("of")],
            continued: word("continued"),
        }
    }
}
