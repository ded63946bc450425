//! An institution's Word template: a part of it, as each of those that are read, in a container that is whole.
#![no_main]

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use convoca::diagnostics::Sources;
use convoca::locale::{Lang, LanguageTag};
use convoca::branding::{Branding, WordTemplate};
use convoca::document::{Block, Document, Inline, Standing};
use convoca::formats::frame::Frame;
use convoca::templates::Templates;
use libfuzzer_sys::fuzz_target;
use zip::write::{SimpleFileOptions, ZipWriter};

const PARTS: [(&str, &str); 5] = [
    ("[Content_Types].xml", include_str!("../seeds/word_template/content-types.xml")),
    ("word/document.xml", include_str!("../seeds/word_template/document.xml")),
    ("word/styles.xml", include_str!("../seeds/word_template/styles.xml")),
    ("word/numbering.xml", include_str!("../seeds/word_template/numbering.xml")),
    ("word/_rels/document.xml.rels", include_str!("../seeds/word_template/relationships.xml")),
];

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| Templates::new(&mut Sources::default(), Vec::new()).0);

fuzz_target!(|octets: &[u8]| {
    // A container that is none, or a damaged one.
    let _ = WordTemplate::read(octets);
    let branding = Branding::default();
    let item = Block::Paragraph(vec![Inline::Text("one".to_owned())]);
    let blocks = vec![item.clone(), Block::List { start: Some(1), items: vec![vec![item]] }];
    let document = Document { tag: LanguageTag::new(Lang::En, None), title: String::new(), author: String::new(), standing: Standing::Draft, blocks };
    let frame = Frame::new(&branding, &TEMPLATES, &document, "Group");
    for (fuzzed, _) in PARTS {
        let mut container = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, own) in PARTS {
            container.start_file(name, stored).expect("a part");
            container.write_all(if name == fuzzed { octets } else { own.as_bytes() }).expect("memory");
        }
        let container = container.finish().expect("memory").into_inner();
        if let Ok(template) = WordTemplate::read(&container) {
            template.render(&document, &frame);
        }
    }
});
