//! A paper: its document, and the document set in a format.

use std::collections::HashSet;

use minijinja::context;

use super::Edition;
use super::kinds::{AGENDA, PROGRAMME};
use super::many::{each, once_each};
use super::output::{Calendar, Output, Paper, Subject};
use crate::diagnostics::{Diagnostic, FileId, SourceFile};
use crate::document::{self, Block, Document, Standing};
use crate::formats::{Format, Setting, lost_on_paper, page};
use crate::locale::dates;
use crate::schema::{Status, subjects};

impl Edition<'_> {
    /// What a paper says.
    ///
    /// # Errors
    /// Where its template cannot be followed, or where a link in it leads nowhere.
    pub fn document(&self, paper: &Paper<'_>) -> Result<Document, Box<Diagnostic>> {
        let view = self.view(paper.template, paper.lang);
        let (session, letter, unconfirmed) = match &paper.subject {
            Subject::Programme => (None, None, self.programme.is_unconfirmed()),
            Subject::Session(session) => (Some(view.session(session)), None, session.is_unconfirmed()),
            Subject::Reader(reader) => (None, Some(view.letter(reader)), false),
        };
        let draft = self.draft || paper.subject.session().is_some_and(|session| session.status == Status::Draft);
        let context = context! {
            session => session, letter => letter, draft => draft, unconfirmed => unconfirmed,
            ..self.context(paper.template, paper.lang)
        };
        let standing = match (draft, unconfirmed) {
            (true, _) => Standing::Draft,
            (_, true) => Standing::Unconfirmed,
            _ => Standing::Final,
        };
        let title = |blocks: &[Block]| self.title(paper, document::title(blocks));
        view.document(paper.template, context, standing, title)
    }

    pub(super) fn setting<'s>(&'s self, paper: &Paper<'_>, document: &'s Document) -> Setting<'s> {
        Setting {
            document,
            sources: self.sources,
            templates: self.templates,
            branding: self.branding,
            group: self.programme.group.short_name().get(paper.lang),
            calendar: self.calendar(paper),
            feed: self.feed(paper),
        }
    }

    /// The calendar that stands beside a paper, by its name.
    fn calendar(&self, paper: &Paper<'_>) -> Option<String> {
        let is_beside = match (paper.template, &paper.subject) {
            (PROGRAMME, _) => self.programme.sessions.iter().any(|session| session.time().is_some()),
            (AGENDA, Subject::Session(session)) => session.time().is_some(),
            _ => false,
        };
        let calendar = Output::Calendar(Calendar { subject: paper.subject.clone(), lang: paper.lang });
        let path = is_beside.then(|| self.path(&calendar, Format::Ics))?;
        path.rsplit('/').next().map(str::to_owned)
    }

    /// The address of the programme's calendar, for the pages that have one beside them.
    fn feed(&self, paper: &Paper<'_>) -> Option<String> {
        self.calendar(paper)?;
        let programme = Output::Calendar(Calendar { subject: Subject::Programme, lang: paper.lang });
        self.address(&programme, Format::Ics)
    }

    /// Of a document that has no heading, what its file is called: a PDF has a title, for those who read by ear.
    fn title(&self, paper: &Paper<'_>, heading: Option<String>) -> String {
        let name = || self.templates.word(&format!("file-{}", paper.template), paper.lang).unwrap_or(paper.template).to_owned();
        let title = heading.filter(|title| !title.trim().is_empty()).unwrap_or_else(name);
        match &paper.subject {
            Subject::Programme => title,
            Subject::Session(session) => match session.date {
                Some(date) => format!("{title} ({})", dates::date(paper.lang, date.value)),
                None => title,
            },
            Subject::Reader(reader) => format!("{title} – {}", reader.label(self.programme, paper.lang)),
        }
    }

    /// What would keep a document from being written, as far as the first of each template and language
    /// tells, and those of sessions whose texts may do so; and characters that no PDF can show. What nobody wrote,
    /// the program's own templates on texts without links or tables, has no such faults.
    pub fn faults(&self) -> Vec<Diagnostic> {
        let mut faults = self.faults_of_documents();
        #[cfg(feature = "pdf")]
        faults.extend(crate::formats::pdf::in_sources(&self.branding.fonts, self.sources));
        subjects::assign(self.sources, &mut faults);
        faults
    }

    fn faults_of_documents(&self) -> Vec<Diagnostic> {
        let fault = |paper: &Paper<'_>| {
            let made = self.document(paper).and_then(|document| {
                let setting = self.setting(paper, &document);
                page(&setting)?;
                lost_on_paper(&setting).map_or(Ok(()), Err)
            });
            made.err().into_iter().map(|fault| *fault).collect()
        };
        once_each(each(&self.doubtful(), fault))
    }

    /// The papers that may not come out: of each template and language the first, which has to do with all texts; of
    /// sessions those whose own texts may be at fault.
    pub(super) fn doubtful(&self) -> Vec<Paper<'_>> {
        let files = || self.sources.iter().filter(|(_, file)| file.path.ends_with(".toml") && !file.path.starts_with('<'));
        let sessions: HashSet<FileId> = self.programme.sessions.iter().map(|session| session.file).collect();
        // Each session brings the room to say it; what else there is has to find it.
        let shared: usize = files().filter(|(id, _)| !sessions.contains(id)).map(|(_, file)| file.text.len()).sum();
        // Papers of a session say what stands in its file, and what all share.
        let may_be_much = |file: &SourceFile| shared + file.text.len() > MUCH_TEXT;
        let own: HashSet<FileId> = files().filter(|(_, file)| may_be_much(file) || may_lose(file)).map(|(id, _)| id).collect();
        if !self.templates.are_changed() && own.is_empty() && shared <= MUCH_TEXT {
            return Vec::new();
        }
        let papers = self.outputs().into_iter().filter_map(|output| match output {
            Output::Paper(paper) => Some(paper),
            _ => None,
        });
        let mut made = HashSet::new();
        let mut is_first = |paper: &Paper<'_>| made.insert((paper.template.to_owned(), paper.lang));
        let is_doubtful = |paper: &Paper<'_>| paper.subject.session().is_some_and(|session| own.contains(&session.file));
        papers.filter(|paper| is_first(paper) || is_doubtful(paper)).collect()
    }
}

/// Octets of what a document is made of, from which on it may be too long.
const MUCH_TEXT: usize = 1024 * 1024;
/// Ends of lines and signs of Markdown in a file, from which on a text in it may be too long.
const MANY_SIGNS: usize = 5_000;

/// Whether a file of the programme may hold what a document cannot show: links within it, notes, pictures, tables,
/// a text without end.
fn may_lose(file: &SourceFile) -> bool {
    let signs = || file.text.bytes().filter(|octet| b"\n\\`*_<[".contains(octet)).count();
    ["](#", "[^", "!["].iter().any(|mark| file.text.contains(mark)) || may_have_table(&file.text) || signs() > MANY_SIGNS
}

/// Whether a line may stand in a text that divides the head of a table from its rows (`--|:-:`); in a comment, a bar
/// stands between words.
fn may_have_table(text: &str) -> bool {
    let mut bars = text.match_indices('|').map(|(at, bar)| (&text[..at], &text[at + bar.len()..]));
    bars.any(|(before, after)| before.trim_end().ends_with(['-', ':']) || after.trim_start().starts_with(['-', ':']))
}
