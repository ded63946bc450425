//! The same document in the other language: its texts beside those of the first.

use convoca_core::diagnostics::{At, Subject};
use convoca_core::edit::{FieldValue, Operation};
use convoca_core::locale::{Lang, Text};
use convoca_core::project::Project;
use convoca_core::schema::{self, CONCEPT_NOTE_FILE, GROUP_FILE, Section};
use convoca_core::text;

use super::difference::{Difference, Sort};
use super::pairs::pairs;
use super::session::differences;
use super::told::{Item, Role, Told};
use super::worded::short;
use super::{file_of, take};
use crate::note::{self, Note};
use crate::write::{self, Newcomer, Proposal, Request};
use crate::{Import, Refused};

/// Joins a second document, which says the same in the other language, to what was read in a first: each text goes
/// beside its like, and what the two say differently is noted for a person to settle. `project` holds the texts that are
/// there already, in `folder`.
///
/// # Errors
/// Where the second cannot be read, holds no agenda, or is in the language of the first.
pub fn join(first: &mut Import, second: &[u8], request: &Request<'_>, project: &Project, folder: &str) -> Result<(), Refused> {
    let mut scratch = project.clone();
    let at = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    for file in &first.proposal.files {
        scratch.set(&at(&file.name), file.text.clone());
    }
    let snapshot = scratch.snapshot(request.today);
    let other = crate::import(second, &Request { programme: snapshot.programme(), ..*request })?;
    let lang = other.proposal.lang;
    if lang == first.proposal.lang {
        return Err(one_language(lang));
    }
    let mut made: Vec<Difference> = Vec::new();
    for (order, file) in other.proposal.files.iter().filter(|file| file.session.is_some()).enumerate() {
        let session = file.session.and_then(|at| other.imported.sessions.get(at));
        let mine = first.proposal.files.iter().filter(|file| file.session.is_some());
        let found = file_of(&scratch, folder, file, session)
            .map(|(path, _)| path)
            .filter(|path| mine.clone().any(|own| at(&own.name) == *path))
            .or_else(|| mine.clone().nth(order).map(|own| at(&own.name)));
        let Some(path) = found else {
            let line = session.map_or(0, |session| session.line);
            note(&mut first.proposal, request, line, Text::fixed("a session only in it", "una sesión solo en él"));
            continue;
        };
        let there = scratch.text(&path).unwrap_or_default().to_owned();
        let group = snapshot.programme().map(|programme| &programme.group);
        for difference in differences(&path, &there, &file.text, group) {
            match difference.sort {
                Sort::Translated => made.push(difference),
                Sort::Changed => note(&mut first.proposal, request, 0, difference.what),
                _ if difference.moves.is_some() => note(&mut first.proposal, request, 0, difference.what),
                _ => {}
            }
        }
        made.extend(actors(&path, &there, &file.text, &other.proposal));
    }
    let written = write::note_of(&other.document, &other.imported);
    made.extend(group(first, &other, written.as_ref()));
    if let Some(written) = &written {
        made.extend(prose(scratch.text(&at(CONCEPT_NOTE_FILE)).unwrap_or_default(), written, lang));
    }
    let chosen: Vec<&Difference> = made.iter().collect();
    let (_, left) = take(&mut scratch, request.today, &chosen);
    for one in left {
        note(
            &mut first.proposal,
            request,
            0,
            text!(l, what = one.what.get(l).to_owned(), why = one.why.get(l).to_owned(); "{what}: {why}", "{what}: {why}"),
        );
    }
    for file in &mut first.proposal.files {
        if let Some(text) = scratch.text(&at(&file.name)) {
            file.text = text.to_owned();
        }
    }
    Ok(())
}

fn one_language(lang: Lang) -> Refused {
    let why = match lang {
        Lang::Es => Text::fixed("it is in Spanish, as the first is", "está en español, como el primero"),
        Lang::En => Text::fixed("it is in English, as the first is", "está en inglés, como el primero"),
    };
    let help = Text::fixed(
        "`--with` takes the same document in the other language; give both as files to read each by itself",
        "`--con` recibe el mismo documento en el otro idioma; dé los dos como archivos para leer cada uno por sí mismo",
    );
    Refused { why, help: Some(help) }
}

/// What the two documents say differently is for a person to settle.
fn note(proposal: &mut Proposal, request: &Request<'_>, line: usize, what: Text) {
    let from = request.from;
    let what = text!(l, what = what.get(l).to_owned(); "`{from}`: {what}", "`{from}`: {what}");
    proposal.notes.push(write::Note { line, what, doubt: true });
}

/// Names of organisations and words for somebody, where the two documents have as many with a role in an item.
fn actors(path: &str, there: &str, proposed: &str, other: &Proposal) -> Vec<Difference> {
    fn walk(path: &str, mine: &[Item], theirs: &[Item], other: &Proposal, langs: &[Lang], found: &mut Vec<Difference>) {
        for (at, place) in pairs(mine, theirs, langs).into_iter().enumerate() {
            let Some(own) = place.map(|place| &mine[place]) else { continue };
            let item = &theirs[at];
            if own.roles.len() == item.roles.len() {
                let alike = own.roles.iter().zip(&item.roles).all(|(own, role)| own.kind == role.kind);
                for (index, (own_role, role)) in own.roles.iter().zip(&item.roles).enumerate().filter(|_| alike) {
                    found.extend(actor(path, own, index, (own_role, role), other));
                }
            }
            walk(path, &own.items, &item.items, other, langs, found);
        }
    }
    let mut found = Vec::new();
    walk(path, &Told::of(there).items, &Told::of(proposed).items, other, &[other.lang], &mut found);
    found
}

fn actor(path: &str, item: &Item, index: usize, (own, role): (&Role, &Role), other: &Proposal) -> Option<Difference> {
    let (lang, code) = (other.lang, other.lang.code());
    let translated = |of: Subject, field: String, words: &str| {
        let set = Operation::SetField { of, field, to: Some(FieldValue::Line(words.to_owned())) };
        let words = short(words);
        Difference::new(Sort::Translated, text!("+ {code}: \"{words}\"", "+ {code}: «{words}»"), vec![set])
    };
    if own.name.is_empty() && role.name.is_empty() {
        let words = role.words.get(lang).filter(|_| own.words.get(lang).is_none())?;
        let list = match own.kind {
            convoca_core::model::RoleKind::Speaker => "speakers",
            convoca_core::model::RoleKind::Facilitator => "facilitators",
            convoca_core::model::RoleKind::Moderator => return None,
        };
        let [slot] = item.place.0.as_slice() else { return None };
        let before = item.roles[..index].iter().filter(|other| other.kind == own.kind).count();
        let of = Subject::Slot { session: path.to_owned(), slot: *slot };
        return Some(translated(of, format!("{list}.{before}.who.{code}"), words));
    }
    let new = other.newcomers.iter().find_map(|newcomer| match newcomer {
        Newcomer::Party(party) if party.id == role.name => Some(party),
        _ => None,
    })?;
    (!own.name.is_empty() && own.name != role.name)
        .then(|| translated(Subject::Party { id: own.name.clone() }, format!("name.{code}"), &new.name))
}

/// The name of the group, and that it has two languages.
fn group(first: &Import, other: &Import, note: Option<&Note>) -> Vec<Difference> {
    if !first.proposal.files.iter().any(|file| file.name == GROUP_FILE) {
        return Vec::new();
    }
    let (lang, code) = (other.proposal.lang, other.proposal.lang.code());
    let set = |field: &str, to| Operation::SetField { of: Subject::Group, field: field.to_owned(), to: Some(to) };
    let both = [first.proposal.lang, lang].map(|lang| lang.code().to_owned()).to_vec();
    let mut operations = vec![set("languages", FieldValue::Lines(both))];
    let name = write::group_name(&other.imported, note);
    if let Some(name) = &name {
        operations.push(set(&format!("name.{code}"), FieldValue::Line(name.clone())));
    }
    let name = name.unwrap_or_default();
    vec![Difference::new(Sort::Translated, text!("+ {code}: \"{name}\"", "+ {code}: «{name}»"), operations)]
}

/// Titles, texts and lists of the concept note, section by section.
fn prose(there: &str, other: &Note, lang: Lang) -> Vec<Difference> {
    let mut sources = convoca_core::diagnostics::Sources::default();
    sources.add(CONCEPT_NOTE_FILE, there.to_owned());
    let Some((_, note)) = schema::decode(&sources).0.concept_note else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(title) = &other.title {
        let set = Operation::SetTitle { of: Subject::ConceptNote, lang, to: title.clone() };
        found.push(Difference::new(Sort::Translated, text!("+ \"{title}\"", "+ «{title}»"), vec![set]));
    }
    sections(schema::list(&note.sections), &other.sections, lang, &mut found);
    found
}

fn sections(mine: &[At<Section>], theirs: &[note::Section], lang: Lang, found: &mut Vec<Difference>) {
    let code = lang.code();
    for (own, section) in mine.iter().zip(theirs) {
        let Some(id) = own.id.as_ref().map(|id| id.0.clone()) else { continue };
        let of = Subject::Section { id };
        let mut operations = vec![Operation::SetTitle { of: of.clone(), lang, to: section.title.clone() }];
        let set = |field: String, to| Operation::SetField { of: of.clone(), field, to: Some(to) };
        if !section.paragraphs.is_empty() {
            operations.push(set(format!("text.{code}"), FieldValue::Prose(section.paragraphs.join("\n\n"))));
        }
        let items = schema::list(&own.items).len();
        if items == section.items.len() {
            let lines = section.items.iter().enumerate();
            operations.extend(lines.map(|(at, item)| set(format!("items.{at}.{code}"), FieldValue::Line(item.clone()))));
        }
        let title = short(&section.title);
        found.push(Difference::new(Sort::Translated, text!("+ {code}: \"{title}\"", "+ {code}: «{title}»"), operations));
        sections(schema::list(&own.sections), &section.sections, lang, found);
    }
}
