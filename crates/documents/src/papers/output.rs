//! What can be made: each document, calendar and file of data, by its kind, its subject and its language.

use super::Edition;
use super::kinds::{AGENDA, CALENDARS, CONCEPT_NOTE, DATA, LETTER, PRIVATE, PROGRAMME, PUBLIC};
use crate::calendar::{Calendars, Pages, Published, Revisions, Told, percent_encoded};
use crate::formats::{self, Format};
use crate::locale::Lang;
use crate::model::{Actor, PartyId, PersonId, Session};
use crate::paths::{FileName, FilePath};
use crate::schema::Status;
use crate::view::Reader;

/// Something that can be made, in one format or several.
#[derive(Clone, Debug)]
pub enum Output<'e> {
    Paper(Paper<'e>),
    Calendar(Calendar<'e>),
    /// The whole programme for other programs.
    Data,
}

/// A document that can be made: which template, of what or for whom, in which language.
#[derive(Clone, Debug)]
pub struct Paper<'e> {
    pub template: &'e str,
    pub subject: Subject<'e>,
    pub lang: Lang,
}

/// A calendar that anybody may import or subscribe to.
#[derive(Clone, Debug)]
pub struct Calendar<'e> {
    pub subject: Subject<'e>,
    pub lang: Lang,
}

/// What a paper or a calendar is of, or whose own it is.
#[derive(Clone, Debug)]
pub enum Subject<'e> {
    Programme,
    Session(&'e Session),
    Reader(Reader),
}

impl Output<'_> {
    /// What sort of output it is: the name of its template, `CALENDARS` or `DATA`.
    pub fn kind(&self) -> &str {
        match self {
            Output::Paper(paper) => paper.template,
            Output::Calendar(_) => CALENDARS,
            Output::Data => DATA,
        }
    }

    /// The session that it is of, if it is of one.
    pub fn session(&self) -> Option<&Session> {
        match self {
            Output::Paper(Paper { subject, .. }) | Output::Calendar(Calendar { subject, .. }) => subject.session(),
            Output::Data => None,
        }
    }

    /// `None` for what is in no language.
    pub fn lang(&self) -> Option<Lang> {
        match self {
            Output::Paper(Paper { lang, .. }) | Output::Calendar(Calendar { lang, .. }) => Some(*lang),
            Output::Data => None,
        }
    }

    /// The formats that it can be had in.
    pub fn formats(&self) -> impl Iterator<Item = Format> {
        let (documents, other) = match self {
            Output::Paper(_) => (formats::DOCUMENTS, None),
            Output::Calendar(_) => (&[][..], Some(Format::Ics)),
            Output::Data => (&[][..], Some(Format::Json)),
        };
        documents.iter().map(|(format, _)| *format).chain(other)
    }
}

impl<'e> Subject<'e> {
    /// In which of the two folders it goes.
    fn shelf(&self) -> &'static str {
        match self {
            Subject::Programme | Subject::Session(_) => PUBLIC,
            Subject::Reader(_) => PRIVATE,
        }
    }

    pub fn session(&self) -> Option<&'e Session> {
        match self {
            Subject::Session(session) => Some(session),
            _ => None,
        }
    }
}

impl Calendar<'_> {
    /// Its events; a session that is still a draft says so.
    pub(super) fn published(&self, edition: &Edition<'_>) -> Published {
        let (calendars, lang) = (edition.calendars(), self.lang);
        let published = match &self.subject {
            Subject::Programme => calendars.programme(lang),
            Subject::Session(session) => calendars.session(session, lang),
            Subject::Reader(reader) => {
                Calendars::private(&edition.invited, edition.revisions(), edition.pages()).of(&reader.0, lang)
            }
        };
        let published = published.found_at(edition.address(&Output::Calendar(self.clone()), Format::Ics));
        match edition.draft || self.subject.session().is_some_and(|session| session.status == Status::Draft) {
            true => published.marked_draft(edition.templates.word("draft", lang).unwrap_or("DRAFT")),
            false => published,
        }
    }
}

impl Edition<'_> {
    /// What is to be remembered once the calendars of this edition are out. A draft is not remembered.
    pub fn news(&self) -> &[Told] {
        if self.draft { &[] } else { self.revisions().news() }
    }

    /// The calendars for everybody.
    pub fn calendars(&self) -> Calendars<'_> {
        Calendars::new(&self.public, self.revisions(), self.pages())
    }

    fn revisions(&self) -> &Revisions {
        self.revisions.get_or_init(|| match &self.published {
            Some((register, today)) => Revisions::new(&self.public, register, *today, self.pages()),
            None => Revisions::default(),
        })
    }

    /// The address of every session's page, where the group says where its files are on the web.
    fn pages(&self) -> &Pages {
        self.pages.get_or_init(|| {
            let sessions = self.public.sessions.iter().flat_map(|session| Lang::ALL.map(|lang| (session, lang)));
            let of = |(session, lang)| {
                let page = Output::Paper(Paper { template: AGENDA, subject: Subject::Session(session), lang });
                Some(((session.id.value.clone(), lang), self.address(&page, Format::Html)?))
            };
            sessions.filter_map(of).collect()
        })
    }

    /// All that can be made: documents and calendars in each of the group's languages, letters in their
    /// readers' own.
    pub fn outputs(&self) -> Vec<Output<'_>> {
        let mut outputs = Vec::new();
        for lang in Lang::ALL {
            for template in self.templates.documents() {
                let paper = |subject| Output::Paper(Paper { template, subject, lang });
                outputs.extend(self.subjects(template, lang).into_iter().map(paper));
            }
            if self.has_language(lang) {
                let readers = self.public.group.parties.iter().enumerate().map(|(index, _)| Actor::Party(PartyId(index)));
                let people = self.public.group.people.iter().enumerate().map(|(index, _)| Actor::Person(PersonId(index)));
                let own = readers.chain(people).map(|actor| Subject::Reader(Reader(actor)));
                let subjects = std::iter::once(Subject::Programme).chain(self.sessions()).chain(own);
                outputs.extend(subjects.map(|subject| Output::Calendar(Calendar { subject, lang })));
            }
        }
        outputs.push(Output::Data);
        outputs
    }

    /// The first output of a kind in a language; of a session, by its id, if one is named.
    pub fn output(&self, kind: &str, session: Option<&str>, lang: Lang) -> Option<Output<'_>> {
        let is_of = |output: &Output<'_>| session.is_none_or(|id| output.session().is_some_and(|own| own.id.as_str() == id));
        let is_in = |output: &Output<'_>| output.lang().is_none_or(|own| own == lang);
        self.outputs().into_iter().find(|output| output.kind() == kind && is_of(output) && is_in(output))
    }

    /// Where an output is found within the output folder: "public/es/agenda-1-global-initiatives.docx".
    pub fn path(&self, output: &Output<'_>, format: Format) -> FilePath {
        let path = |like: &str, subject: &Subject<'_>, lang: Lang| {
            let (folder, name) = self.stem(like, subject, lang);
            let name = name.ending(format.extension());
            let names = [Some(subject.shelf()), Some(lang.code()), folder.as_deref(), Some(name.as_str())];
            FilePath::of(&names.into_iter().flatten().collect::<Vec<_>>())
        };
        match output {
            Output::Paper(Paper { template, subject, lang }) => path(template, subject, *lang),
            Output::Calendar(Calendar { subject, lang }) => {
                // It stands beside the document of the same subject.
                let like = match subject {
                    Subject::Programme => PROGRAMME,
                    Subject::Session(_) => AGENDA,
                    Subject::Reader(_) => CALENDARS,
                };
                path(like, subject, *lang)
            }
            Output::Data => FilePath::of(&[PUBLIC, FileName::of(PROGRAMME).ending(format.extension()).as_str()]),
        }
    }

    /// Where an output is found on the web; `None` for what is not public, and where the group does not say.
    pub fn address(&self, output: &Output<'_>, format: Format) -> Option<String> {
        let base = self.public.group.publish_url.as_ref()?;
        let path = self.path(output, format);
        let names = path.strip_prefix(PUBLIC)?.strip_prefix('/')?.split('/').map(percent_encoded);
        Some(format!("{base}{}", names.collect::<Vec<_>>().join("/")))
    }

    /// What papers of a template are of.
    fn subjects(&self, template: &str, lang: Lang) -> Vec<Subject<'_>> {
        match template {
            LETTER => self.letters(lang).map(Subject::Reader).collect(),
            _ if !self.has_language(lang) => Vec::new(),
            AGENDA => self.sessions().collect(),
            CONCEPT_NOTE if self.programme.concept_note.is_none() => Vec::new(),
            _ => vec![Subject::Programme],
        }
    }

    fn sessions(&self) -> impl Iterator<Item = Subject<'_>> {
        self.public.sessions.iter().map(Subject::Session)
    }

    /// Whose letters are written in a language: those who are written to in it, and those of whom that is
    /// not known.
    fn letters(&self, lang: Lang) -> impl Iterator<Item = Reader> {
        let programme = self.programme;
        let is_in = move |reader: &Reader| reader.lang(programme).map_or(self.has_language(lang), |own| own == lang);
        Reader::of_letters(programme).into_iter().filter(is_in)
    }

    fn has_language(&self, lang: Lang) -> bool {
        self.programme.group.languages.contains(&lang)
    }

    /// "agenda-1-global-initiatives", "programa"; for one reader in a folder: "cartas", "upala".
    fn stem(&self, kind: &str, subject: &Subject<'_>, lang: Lang) -> (Option<String>, FileName) {
        let name = self.templates.file_name(kind, lang);
        match subject {
            Subject::Programme => (None, FileName::of(&name)),
            Subject::Session(session) => {
                let id = FileName::of(&session.id.value);
                let id = id.as_str();
                let number = session.number.map_or(String::new(), |number| format!("{}-", number.value));
                (None, FileName::of(&format!("{name}-{number}{id}")))
            }
            Subject::Reader(reader) => (Some(name), FileName::of(&reader.stem(self.programme))),
        }
    }
}
