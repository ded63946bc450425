//! From the programme to the files that people open.

pub mod branding;
mod calendars;
mod columns;
pub mod document;
pub mod docx;
pub mod flow;
pub mod frame;
pub mod html;
pub mod json;
pub mod links;
pub mod markdown;
pub mod parse;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod rules;
pub mod template;
pub mod text;

pub use calendars::calendars;

use minijinja::{Value, context};
use rayon::prelude::*;

use crate::diagnostics::{Diagnostic, Sources};
use crate::locale::{Lang, Text, dates};
use crate::model::{Programme, Public, Section, Session};
use crate::schema::Status;
use crate::view::{Recipient, View};
use branding::Branding;
use document::{Block, Document, Inline, Standing};
use frame::Frame;
use template::Templates;

/// A file to be written: its path within the output folder, and what it holds.
#[derive(Debug)]
pub struct Artifact {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// What documents are made of.
pub struct Edition<'a> {
    pub sources: &'a Sources,
    /// What letters to one person are made of.
    pub programme: &'a Programme,
    /// What everything else is made of.
    pub public: &'a Public,
    pub templates: &'a Templates,
    pub branding: &'a Branding,
    pub draft: bool,
}

impl Edition<'_> {
    fn view(&self, template: &str, lang: Lang) -> View<'_> {
        let programme = if template == LETTER { self.programme } else { self.public };
        View { programme, templates: self.templates, lang }
    }
}

/// The one document that is written to one person.
const LETTER: &str = "letter";

/// A document to be made: which template, and for which session or to whom if it is one's own.
struct Job<'a> {
    template: &'a str,
    subject: Subject<'a>,
    lang: Lang,
    /// What every template of the language sees.
    context: Value,
}

impl Job<'_> {
    fn stem(&self, templates: &Templates) -> String {
        let session = match self.subject {
            Subject::Session(session) => Some(session),
            _ => None,
        };
        stem(templates, self.template, session, self.lang)
    }
}

enum Subject<'a> {
    Programme,
    Session(&'a Session),
    Recipient(Recipient),
}

/// The documents of a programme, as far as they could be made.
pub struct Documents {
    pub artifacts: Vec<Artifact>,
    pub faults: Vec<Diagnostic>,
    /// Those that could not: "es/propio.*" in all formats, "es/propio.pdf" in one.
    pub missing: Vec<String>,
}

/// Every document of the programme in each of the group's languages and every format. One that fails
/// does not lose the others.
pub fn documents(edition: &Edition<'_>) -> Documents {
    let made: Vec<Documents> = jobs(edition).par_iter().map(|job| make(edition, job)).collect();
    let mut documents = Documents { artifacts: Vec::new(), faults: Vec::new(), missing: Vec::new() };
    let mut faults = Vec::new();
    for made in made {
        documents.artifacts.extend(made.artifacts);
        documents.missing.extend(made.missing);
        faults.push(made.faults);
    }
    Documents { faults: once_each(faults), ..documents }
}

/// What would keep a document from being written, as far as the first of each template and language tells.
/// What nobody wrote, the program's own templates on texts without links, has no such faults.
pub fn faults(edition: &Edition<'_>) -> Vec<Diagnostic> {
    let note = edition.public.concept_note.as_ref();
    if !edition.templates.are_changed() && !note.is_some_and(|note| note.sections.iter().any(has_links)) {
        return Vec::new();
    }
    let mut jobs = jobs(edition);
    jobs.dedup_by_key(|job| (job.template, job.lang));
    let fault = |job: &Job<'_>| document(edition, job).and_then(|document| page(edition, &document, job)).err();
    once_each(jobs.par_iter().map(|job| fault(job).into_iter().map(|fault| *fault).collect()).collect())
}

/// Whether the text of a section refers to headings or notes.
fn has_links(section: &Section) -> bool {
    let refers = |text: &Text| Lang::ALL.iter().any(|lang| text.get(*lang).contains("](#") || text.get(*lang).contains("[^"));
    section.text.as_ref().is_some_and(refers) || section.sections.iter().any(has_links)
}

/// A template is at fault once, however many documents are made from it.
fn once_each(faults: Vec<Vec<Diagnostic>>) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = Vec::new();
    for fault in faults.into_iter().flatten() {
        if !findings.contains(&fault) {
            findings.push(fault);
        }
    }
    findings
}

fn jobs<'a>(edition: &'a Edition<'_>) -> Vec<Job<'a>> {
    let programme = edition.programme;
    let mut jobs = Vec::new();
    for lang in Lang::ALL {
        let is_ours = programme.group.languages.contains(&lang);
        let context = |template| edition.view(template, lang).context();
        let (personal, public) = (context(LETTER), context("programme"));
        for template in edition.templates.documents() {
            let subjects: Vec<Subject<'_>> = match template {
                LETTER => letters(programme, lang).map(Subject::Recipient).collect(),
                _ if !is_ours => Vec::new(),
                "agenda" => edition.public.sessions.iter().map(Subject::Session).collect(),
                "concept-note" if programme.concept_note.is_none() => Vec::new(),
                _ => vec![Subject::Programme],
            };
            let context = if template == LETTER { &personal } else { &public };
            jobs.extend(subjects.into_iter().map(|subject| Job { template, subject, lang, context: context.clone() }));
        }
    }
    jobs
}

/// Whose letters are written in a language: those who are written to in it, and those of whom that is not known.
fn letters(programme: &Programme, lang: Lang) -> impl Iterator<Item = Recipient> {
    let is_ours = programme.group.languages.contains(&lang);
    let recipients = Recipient::all(programme).into_iter();
    recipients.filter(move |recipient| recipient.lang(programme).map_or(is_ours, |own| own == lang))
}

fn make(edition: &Edition<'_>, job: &Job<'_>) -> Documents {
    let templates = edition.templates;
    let stem = job.stem(templates);
    let base = match &job.subject {
        // "es/cartas/upala"
        Subject::Recipient(recipient) => format!("{}/{stem}/{}", job.lang, recipient.stem(edition.programme)),
        _ => format!("{}/{stem}", job.lang),
    };
    let document = match document(edition, job) {
        Ok(document) => document,
        Err(fault) => return Documents { artifacts: Vec::new(), faults: vec![*fault], missing: vec![format!("{base}.*")] },
    };
    let (mut artifacts, mut faults, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    let mut add = |extension: &str, bytes: Vec<u8>| artifacts.push(Artifact { path: format!("{base}.{extension}"), bytes });
    match page(edition, &document, job) {
        Ok(page) => add("html", page.into_bytes()),
        Err(fault) => {
            faults.push(*fault);
            missing.push(format!("{base}.html"));
        }
    }
    let group = edition.programme.group.short_name.get(job.lang);
    let frame = Frame::new(edition.branding, templates, &document, group);
    add("docx", docx::render(&document, &frame));
    #[cfg(feature = "pdf")]
    match pdf::render(&document, &frame) {
        Ok((bytes, warnings)) => {
            add("pdf", bytes);
            faults.extend(warnings);
        }
        Err(fault) => {
            faults.push(*fault);
            missing.push(format!("{base}.pdf"));
        }
    }
    let marked = if document.standing == Standing::Draft { marked_draft(document, templates, job.lang) } else { document };
    add("md", markdown::render(&marked).into_bytes());
    add("txt", text::render(&marked).into_bytes());
    Documents { artifacts, faults, missing }
}

fn document(edition: &Edition<'_>, job: &Job<'_>) -> Result<Document, Box<Diagnostic>> {
    let view = edition.view(job.template, job.lang);
    let (session, letter, unconfirmed) = match &job.subject {
        Subject::Programme => (None, None, edition.programme.is_unconfirmed()),
        Subject::Session(session) => (Some(view.session(session)), None, session.is_unconfirmed()),
        Subject::Recipient(recipient) => (None, Some(view.letter(recipient)), false),
    };
    let draft = edition.draft || matches!(job.subject, Subject::Session(session) if session.status == Status::Draft);
    let context = context! {
        session => session, letter => letter, draft => draft, unconfirmed => unconfirmed, ..job.context.clone()
    };
    let blocks = edition.templates.document(edition.sources, job.template, job.lang, context)?;
    Ok(Document {
        lang: job.lang,
        title: title(edition, job, &blocks),
        author: view.signer(),
        standing: match (draft, unconfirmed) {
            (true, _) => Standing::Draft,
            (_, true) => Standing::Unconfirmed,
            _ => Standing::Final,
        },
        blocks,
    })
}

/// Whether a calendar stands beside the document.
fn has_calendar(edition: &Edition<'_>, job: &Job<'_>) -> bool {
    match (job.template, &job.subject) {
        ("programme", _) => edition.programme.sessions.iter().any(|session| session.time().is_some()),
        ("agenda", Subject::Session(session)) => session.time().is_some(),
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

fn title(edition: &Edition<'_>, job: &Job<'_>, blocks: &[Block]) -> String {
    let title = document::title(blocks).unwrap_or_default();
    match &job.subject {
        Subject::Session(session) => {
            let date = session.date.map_or(String::new(), |date| format!(" ({})", dates::date(job.lang, date.value)));
            format!("{title}{date}")
        }
        Subject::Recipient(recipient) => {
            format!("{title} – {}", recipient.label(edition.programme, job.lang))
        }
        Subject::Programme => title,
    }
}

fn page(edition: &Edition<'_>, document: &Document, job: &Job<'_>) -> Result<String, Box<Diagnostic>> {
    let calendar = has_calendar(edition, job).then(|| format!("{}.ics", job.stem(edition.templates)));
    let group = edition.programme.group.short_name.get(job.lang);
    let group = (!document.title.contains(group)).then_some(group);
    let context = context! {
        calendar => calendar,
        title => document.title.as_str(),
        group => group,
        body => html::render(document),
        draft => document.standing == Standing::Draft,
        unconfirmed => document.standing == Standing::Unconfirmed,
        rules => crate::time::release(),
        version => env!("CARGO_PKG_VERSION"),
        branding => html::branding(edition.branding, job.lang),
    };
    edition.templates.page(edition.sources, template::PAGE, context, job.lang)
}

/// A draft says so at its head, whatever its template contains.
fn marked_draft(mut document: Document, templates: &Templates, lang: Lang) -> Document {
    let word = |key: &str| templates.word(key, lang).unwrap_or(key).to_owned();
    let mark = vec![Inline::Strong(vec![Inline::Text(word("draft"))]), Inline::Text(format!(" – {}", word("draft-note")))];
    document.blocks.insert(0, Block::Quote(vec![Block::Paragraph(mark)]));
    document
}
