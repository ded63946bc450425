//! The files of a programme, from what was read: clean, commented TOML 1.0.

mod countries;
mod group;
mod newcomers;
mod note;
mod session;
mod toml;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use convoca_core::locale::{Lang, Text, names::slug};
use convoca_core::model::Programme;
use convoca_core::text;

use crate::agenda::{FoundSession, Imported, Stated};
use crate::grammar::folded;
use crate::parties::Cast;
use crate::source::Document;
pub use newcomers::Newcomer;
pub(crate) use toml::line;

/// What is written where.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name in the folder of the programme.
    pub name: String,
    pub text: String,
    /// Which session it is, counted from 0.
    pub session: Option<usize>,
}

/// The files that an import proposes.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub files: Vec<File>,
    /// What a person should know or settle: where, and what.
    pub notes: Vec<Note>,
    pub lang: Lang,
    /// Whom the group that is there does not have yet; a new `group.toml` has them.
    pub newcomers: Vec<Newcomer>,
}

/// A remark about the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub line: usize,
    pub what: Text,
    /// Whether a person has to settle it.
    pub doubt: bool,
}

/// What is known beside the document.
#[derive(Clone, Copy, Debug)]
pub struct Request<'p> {
    /// The language of the comments.
    pub lang: Lang,
    pub today: NaiveDate,
    /// What the document is called.
    pub from: &'p str,
    /// The zone of the hours, where the person said it.
    pub zone: Option<&'p str>,
    /// The programme that is there already.
    pub programme: Option<&'p Programme>,
}

/// Proposes the files of what was read.
pub fn propose(document: &Document, imported: &Imported, request: &Request<'_>) -> Proposal {
    let (lang, foreign) = language(document);
    let cast = Cast::of(imported, document, request.programme);
    let mut notes: Vec<Note> = Vec::new();
    if let Some(foreign) = foreign {
        let code = lang.code();
        notes.push(Note { line: 0, what: text!(l, name = foreign.get(l).to_owned(); "the document is in {name}; its texts stand under `{code}`", "el documento está en {name}; sus textos van en `{code}`"), doubt: false });
    }
    notes.extend(cast.doubts.iter().map(|what| Note { line: 0, what: what.clone(), doubt: true }));
    notes.extend(imported.faults.iter().map(|fault| Note { line: fault.line, what: fault.what.clone(), doubt: true }));
    for session in &imported.sessions {
        notes.extend(session.doubts.iter().map(|doubt| Note { line: doubt.line, what: doubt.what.clone(), doubt: true }));
    }
    let mut files = Vec::new();
    let note = crate::note::note(document, imported);
    let stated = stated(imported);
    let there = request.programme.map(|programme| programme.group.zone.name());
    let zone = there.or(request.zone).or(stated.map(|stated| stated.zone.as_str()));
    if request.programme.is_none() {
        let countries = countries::countries(document, &cast);
        files.push(File {
            name: "group.toml".to_owned(),
            text: group::file(imported, note.as_ref(), (&cast, &countries), lang, (request, zone)),
            session: None,
        });
        if countries.len() > 1 {
            let named = |l| countries.iter().map(|country| country.name.get(l)).collect::<Vec<_>>().join(", ");
            notes.push(Note {
                line: 0,
                what: text!(l, named = named(l);
                    "hours will be shown for the countries that the document names: {named}; correct `countries` in `group.toml` if others belong there",
                    "las horas se mostrarán para los países que el documento nombra: {named}; corrija `countries` en `group.toml` si no son esos"),
                doubt: false,
            });
        }
        if let (None, Some(Stated { zone, line })) = (request.zone, stated) {
            notes.push(Note {
                line: *line,
                what: text!(
                    "the hours are those of {zone}: it is the zone of the group",
                    "las horas son de {zone}: es la zona del grupo"
                ),
                doubt: false,
            });
        }
        if zone.is_none() {
            notes.push(Note {
                line: 0,
                what: Text::fixed(
                    "no time zone is stated: write it in `group.toml`",
                    "no se indica ninguna zona horaria: escríbala en `group.toml`",
                ),
                doubt: true,
            });
        }
    }
    let mut ids = Ids::default();
    // What a person says of the hours goes before what the document says.
    for (at, session) in imported.sessions.iter().enumerate() {
        let own_zone = if request.zone.is_some() { session.zone.as_ref().map(|own| own.zone.as_str()) } else { zone };
        let number = session.number.unwrap_or_else(|| u32::try_from(at + 1).unwrap_or(u32::MAX));
        let id = ids.free(&short_slug(session.title.as_deref().unwrap_or("")), number);
        let text = session::file(session, (&id, number), &cast, lang, (request, own_zone));
        files.push(File { name: format!("{number}-{id}.toml"), text, session: Some(at) });
    }
    if let Some(note) = note {
        files.push(File { name: "concept-note.toml".to_owned(), text: note::file(&note, lang, request), session: None });
    }
    let mut names: BTreeSet<String> = BTreeSet::new();
    for file in &mut files {
        while !names.insert(file.name.clone()) {
            file.name = file.name.replace(".toml", "-2.toml");
        }
    }
    let newcomers = if request.programme.is_some() { Newcomer::all(&cast) } else { Vec::new() };
    Proposal { files, notes, lang, newcomers }
}

/// The zone that the sessions state, where they all state one.
fn stated(imported: &Imported) -> Option<&Stated> {
    let first = imported.sessions.first()?.zone.as_ref()?;
    let same = |session: &FoundSession| session.zone.as_ref().is_none_or(|own| own.zone == first.zone);
    imported.sessions.iter().all(same).then_some(first)
}

/// The prose of a document.
pub(crate) fn note_of(document: &Document, imported: &Imported) -> Option<crate::note::Note> {
    crate::note::note(document, imported)
}

/// What a document calls the group.
pub(crate) fn group_name(imported: &Imported, note: Option<&crate::note::Note>) -> Option<String> {
    let title = note
        .and_then(|note| note.title.clone())
        .or_else(|| imported.title.clone())
        .or_else(|| imported.sessions.first().and_then(|session| session.title.clone()))?;
    // "Concept Note – Working Group": the group is what stands behind the dash.
    let name = title.split_once(" – ").filter(|(kind, _)| {
        matches!(slug(kind).as_str(), "concept-note" | "nota-conceptual" | "agenda" | "programa" | "programme" | "program")
    });
    Some(name.map_or(title.clone(), |(_, name)| name.to_owned()))
}

/// Ids that are in use, and the number from which on one that is wanted again is sought.
#[derive(Default)]
struct Ids {
    used: BTreeSet<String>,
    next: BTreeMap<String, usize>,
}

impl Ids {
    fn free(&mut self, wanted: &str, number: u32) -> String {
        let wanted = if wanted.is_empty() { format!("session-{number}") } else { wanted.to_owned() };
        let mut id = wanted.clone();
        while !self.used.insert(id.clone()) {
            let count = self.next.entry(wanted.clone()).or_insert(1);
            *count += 1;
            id = format!("{wanted}-{count}");
        }
        id
    }
}

/// The first words of a title as an id.
fn short_slug(title: &str) -> String {
    let whole = slug(title);
    if whole.len() <= 36 {
        return whole;
    }
    let cut = whole[..36].rfind('-').unwrap_or(36);
    let mut short = whole[..cut].to_owned();
    while let Some(last) = short.rsplit('-').next().filter(|last| {
        matches!(
            *last,
            "de" | "del"
                | "la"
                | "el"
                | "los"
                | "las"
                | "y"
                | "a"
                | "en"
                | "para"
                | "of"
                | "and"
                | "the"
                | "on"
                | "for"
                | "e"
                | "da"
                | "do"
                | "et"
                | "le"
        )
    }) {
        short.truncate(short.len() - last.len());
        short.truncate(short.trim_end_matches('-').len());
    }
    short
}

/// In which language a document is; where it is neither Spanish nor English, which one it is.
pub fn language(document: &Document) -> (Lang, Option<Text>) {
    const ES: [&str; 14] =
        ["el", "los", "las", "del", "para", "por", "con", "una", "y", "palabras", "almuerzo", "receso", "cierre", "sesion"];
    const EN: [&str; 14] =
        ["the", "of", "and", "for", "to", "with", "on", "in", "break", "lunch", "welcome", "remarks", "session", "opening"];
    const PT: [&str; 14] =
        ["do", "da", "dos", "das", "em", "uma", "com", "e", "abertura", "almoco", "encerramento", "mesa", "ao", "nao"];
    const FR: [&str; 14] =
        ["le", "les", "des", "et", "du", "une", "pour", "dans", "pause", "dejeuner", "cloture", "accueil", "par", "au"];
    let mut counts = [0usize; 4];
    for line in document.lines.iter().take(2000) {
        for word in folded(&line.whole()).split(' ') {
            for (count, words) in counts.iter_mut().zip([&ES, &EN, &PT, &FR]) {
                *count += usize::from(words.contains(&word));
            }
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    match counts.iter().position(|count| *count == most) {
        Some(1) => (Lang::En, None),
        Some(2) => (Lang::Es, Some(Text::fixed("Portuguese", "portugués"))),
        Some(3) => (Lang::Es, Some(Text::fixed("French", "francés"))),
        _ => (Lang::Es, None),
    }
}
