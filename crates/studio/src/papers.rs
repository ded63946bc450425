//! The documents of the programme as it stands on the desk, one at a time.

use convoca_core::locale::{Lang, Text};
use convoca_core::project::Snapshot;
use convoca_documents::formats::Format;
use convoca_documents::papers::{Edition, Fault, Materials, Output, Paper, Subject};
use serde_json::{Value as Json, json};

/// What can be looked at.
pub fn list(materials: &Materials) -> Json {
    let Some(edition) = materials.edition(true) else { return json!([]) };
    let outputs = edition.outputs();
    let papers = outputs.iter().filter_map(|output| match output {
        Output::Paper(paper) => Some((output, paper)),
        _ => None,
    });
    let papers = papers.map(|(output, paper)| {
        json!({
            "paper": edition.path(output, Format::Html).as_str(),
            "kind": paper.template,
            "lang": paper.lang.code(),
            "session": paper.subject.session().map(|session| &session.id.value),
            "title": title(&edition, paper),
            "formats": output.formats().map(Format::extension).collect::<Vec<_>>(),
        })
    });
    papers.collect()
}

/// What a list calls a document.
fn title(edition: &Edition<'_>, paper: &Paper<'_>) -> Text {
    let programme = edition.programme;
    let each = |word: &dyn Fn(Lang) -> String| Text { es: word(Lang::Es).into(), en: word(Lang::En).into() };
    match &paper.subject {
        Subject::Session(session) => each(&|lang| session.heading(lang)),
        Subject::Reader(reader) => each(&|lang| reader.label(programme, lang)),
        Subject::Programme => match paper.template {
            "programme" => Text::fixed("Programme", "Programa"),
            "concept-note" => Text::fixed("Concept note", "Nota conceptual"),
            other => Text::same(other),
        },
    }
}

/// One document in one format, by the path under which [`list`] has it.
///
/// # Errors
/// It is not there any more, or cannot be made, and why.
pub fn make(materials: &Materials, paper: &str, format: Format) -> Result<Vec<u8>, Text> {
    let gone = || Text::fixed("this document is no longer there", "este documento ya no está");
    // What has errors is marked as a draft, as `build --draft` marks it.
    let edition = materials.edition(convoca_core::diagnostics::has_errors(materials.snapshot().findings()));
    let edition = edition.ok_or_else(gone)?;
    let outputs = edition.outputs();
    let output = outputs.iter().find(|output| edition.path(output, Format::Html).as_str() == paper).ok_or_else(gone)?;
    match edition.make(output, format) {
        Ok(made) => made.artifact.map(|artifact| artifact.bytes).ok_or_else(gone),
        Err(Fault::Finding(finding)) => Err(finding.message),
        Err(Fault::Calendar(error)) => Err(error.message()),
        Err(Fault::Format(_)) => Err(Text::fixed("this program was built without PDF", "este programa se compiló sin PDF")),
    }
}

/// A snapshot with its templates and its branding.
pub fn materials(snapshot: Snapshot) -> Materials {
    Materials::new(snapshot)
}
