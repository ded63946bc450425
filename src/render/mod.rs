//! From the programme to the files that people open.

mod calendars;
pub mod document;
pub mod html;
pub mod json;
pub mod markdown;
pub mod parse;
pub mod template;
pub mod text;

pub use calendars::calendars;

use minijinja::{Value, context};
use rayon::prelude::*;

use crate::diagnostics::{Diagnostic, Sources};
use crate::locale::{Lang, dates};
use crate::model::{Programme, Session};
use crate::schema::Status;
use crate::view::View;
use document::{Block, Document, Inline};
use template::Templates;

/// A file to be written: its path within the output folder, and what it holds.
#[derive(Debug)]
pub struct Artifact {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// A document to be made: which template, for which session if it is one's own.
struct Job<'a> {
    template: &'a str,
    session: Option<&'a Session>,
    lang: Lang,
}

/// Every document of the programme in each of the group's languages and every format. One that fails
/// does not lose the others.
pub fn documents(
    sources: &Sources,
    programme: &Programme,
    templates: &Templates,
    draft: bool,
) -> (Vec<Artifact>, Vec<Diagnostic>) {
    let mut jobs = Vec::new();
    for lang in programme.group.languages.iter().copied() {
        for template in templates.documents() {
            match template {
                "agenda" => jobs.extend(programme.sessions.iter().map(|session| Job { template, session: Some(session), lang })),
                "concept-note" if programme.concept_note.is_none() => {}
                _ => jobs.push(Job { template, session: None, lang }),
            }
        }
    }
    let made: Vec<Result<Vec<Artifact>, Box<Diagnostic>>> =
        jobs.par_iter().map(|job| make(sources, programme, templates, job, draft)).collect();
    let mut artifacts = Vec::new();
    let mut findings: Vec<Diagnostic> = Vec::new();
    for result in made {
        match result {
            Ok(files) => artifacts.extend(files),
            // A template is at fault once, however many documents are made from it.
            Err(finding) if findings.contains(&finding) => {}
            Err(finding) => findings.push(*finding),
        }
    }
    (artifacts, findings)
}

fn make(
    sources: &Sources,
    programme: &Programme,
    templates: &Templates,
    job: &Job<'_>,
    draft: bool,
) -> Result<Vec<Artifact>, Box<Diagnostic>> {
    let draft = draft || job.session.is_some_and(|session| session.status == Status::Draft);
    let view = View { programme, templates, lang: job.lang };
    let session = job.session.map(|session| view.session(session));
    let context = context! { session => session, draft => draft, ..view.context() };
    let body = templates.document(sources, job.template, job.lang, context)?;
    let document = Document { blocks: body };
    let stem = stem(templates, job.template, job.session, job.lang);
    let base = format!("{}/{stem}", job.lang);
    let calendar = has_calendar(programme, job).then(|| format!("{stem}.ics"));
    let context = context! { calendar => calendar, ..page_context(programme, &document, job, draft) };
    let page = templates.page(sources, template::PAGE, context, job.lang)?;
    let marked = if draft { marked_draft(document, templates, job.lang) } else { document };
    Ok(vec![
        Artifact { path: format!("{base}.md"), bytes: markdown::render(&marked).into_bytes() },
        Artifact { path: format!("{base}.txt"), bytes: text::render(&marked).into_bytes() },
        Artifact { path: format!("{base}.html"), bytes: page.into_bytes() },
    ])
}

/// Whether a calendar stands beside the document.
fn has_calendar(programme: &Programme, job: &Job<'_>) -> bool {
    match (job.template, job.session) {
        ("programme", None) => programme.sessions.iter().any(|session| session.time().is_some()),
        ("agenda", Some(session)) => session.time().is_some(),
        _ => false,
    }
}

/// "agenda-1-global-initiatives", "programa", "nota-conceptual"
fn stem(templates: &Templates, document: &str, session: Option<&Session>, lang: Lang) -> String {
    let key = format!("file-{document}");
    let name = templates.word(&key, lang).map_or_else(|| document.to_owned(), crate::decode::slug);
    match session {
        Some(session) => format!("{name}-{}", session_stem(session)),
        None => name,
    }
}

/// How the files of a session are called: its number and id.
fn session_stem(session: &Session) -> String {
    match session.number {
        Some(number) => format!("{}-{}", number.value, session.id.value),
        None => session.id.value.clone(),
    }
}

fn page_context(programme: &Programme, document: &Document, job: &Job<'_>, draft: bool) -> Value {
    let title = match job.session {
        Some(session) => {
            let date = session.date.map_or(String::new(), |date| format!(" ({})", dates::date(job.lang, date.value)));
            format!("{}{date}", document.title().unwrap_or_default())
        }
        None => document.title().unwrap_or_default(),
    };
    let group = programme.group.short_name.get(job.lang);
    let group = (!title.contains(group)).then_some(group);
    context! {
        title => title,
        group => group,
        body => html::render(document),
        draft => draft,
        rules => crate::time::release(),
        version => env!("CARGO_PKG_VERSION"),
    }
}

/// A draft says so at its head, whatever its template contains.
fn marked_draft(mut document: Document, templates: &Templates, lang: Lang) -> Document {
    let word = |key: &str| templates.word(key, lang).unwrap_or(key).to_owned();
    let mark = vec![Inline::Strong(vec![Inline::Text(word("draft"))]), Inline::Text(format!(" – {}", word("draft-note")))];
    document.blocks.insert(0, Block::Quote(vec![Block::Paragraph(mark)]));
    document
}
