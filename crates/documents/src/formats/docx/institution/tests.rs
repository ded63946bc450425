use super::*;
use crate::branding::Branding;
use crate::diagnostics::Sources;
use crate::document::Standing;
use crate::locale::{Lang, LanguageTag};
use crate::templates::Templates;

const SPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// A template with these numbers in it, and what becomes of a document with a list.
fn rendered(width: &str, margin: &str, list: &str) -> Option<Vec<u8>> {
    let section = format!("<w:sectPr><w:pgSz w:w=\"{width}\"/><w:pgMar w:left=\"{margin}\" w:right=\"{margin}\"/></w:sectPr>");
    let numbers = format!("<w:abstractNum w:abstractNumId=\"{list}\"/><w:num w:numId=\"{list}\"/>");
    let parts = [
        (CONTENT_TYPES, "<Types></Types>".to_owned()),
        (DOCUMENT, format!("<w:document {SPACE}><w:body>{section}</w:body></w:document>")),
        (STYLES, format!("<w:styles {SPACE}></w:styles>")),
        (NUMBERS, format!("<w:numbering {SPACE}>{numbers}</w:numbering>")),
        (DOCUMENT_RELATIONSHIPS, "<Relationships></Relationships>".to_owned()),
    ];
    let parts: Vec<(String, Vec<u8>)> = parts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
    let item = vec![Block::Paragraph(vec![Inline::Text("one".to_owned())])];
    let document = Document {
        tag: LanguageTag::new(Lang::En, None),
        title: String::new(),
        author: String::new(),
        standing: Standing::Final,
        blocks: vec![Block::List { start: Some(1), items: vec![item] }],
    };
    let (templates, _) = Templates::new(&mut Sources::default(), Vec::new());
    let branding = Branding::default();
    WordTemplate::read(&zip(&parts)).ok()?.render(&document, &Frame::new(&branding, &templates, &document, "Group"))
}

#[test]
fn numbers_that_no_word_writes_do_no_harm() {
    for (width, margin, list) in [
        ("12240", "1440", "1"),
        ("-9223372036854775808", "1", "18446744073709551615"),
        ("2147483647", "-2147483648", "4294967295"),
        ("", "x", "-1"),
    ] {
        assert!(rendered(width, margin, list).is_some(), "{width} {margin} {list}");
    }
}
