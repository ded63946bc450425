//! The TOML files as a person writes them: `group.toml`, `concept-note.toml`, and a file a session.
//! All keys are optional here; what is missing was reported, and later stages make do without.

mod concept_note;
mod group;
mod session;

pub use concept_note::{ConceptNote, Include, Item, Section};
pub use group::{CountryCode, Group, MemberCountry, Organizer, Party, PartyKind, Person, Quorum};
pub use session::{BreakOut, DocumentLink, Everyone, Session, Slot, Speaker, SpeakerTable, Status, Waiver};

use rayon::prelude::*;
use serde_json::{Value as Json, json};

use crate::decode::{self, Line, Paragraphs, Value, record};
use crate::diagnostics::{At, Diagnostic, FileId, Sources};
use crate::locale::Lang;

record! {
    /// One line of text in each language of the group.
    Wording {
        "es" => es: Line, optional, "in Spanish", "en español";
        "en" => en: Line, optional, "in English", "en inglés";
    }
}

record! {
    /// Prose in Markdown in each language of the group.
    Prose {
        "es" => es: Paragraphs, optional, "in Spanish", "en español";
        "en" => en: Paragraphs, optional, "in English", "en inglés";
    }
}

/// Every file of a programme, as written.
#[derive(Debug, Default)]
pub struct Written {
    pub group: Option<(FileId, Group)>,
    pub concept_note: Option<(FileId, ConceptNote)>,
    pub sessions: Vec<(FileId, Session)>,
}

/// What a file of the programme's folder holds, by its name.
enum File {
    Group(Group),
    ConceptNote(ConceptNote),
    Session(Session),
}

pub const GROUP_FILE: &str = "group.toml";
pub const CONCEPT_NOTE_FILE: &str = "concept-note.toml";

/// Decodes every file, on every core, and gathers all that is wrong with them.
pub fn decode(sources: &Sources) -> (Written, Vec<Diagnostic>) {
    let files: Vec<(FileId, &str, &str)> =
        sources.iter().map(|(id, file)| (id, file.path.as_str(), file.text.as_str())).collect();
    let decoded: Vec<(FileId, File, Vec<Diagnostic>)> = files
        .into_par_iter()
        .map(|(id, path, text)| {
            let mut findings = Vec::new();
            let file = decode::parse(id, text, &mut findings, |table, findings| match path.rsplit(['/', '\\']).next() {
                Some(GROUP_FILE) => File::Group(Group::from_table(table, findings)),
                Some(CONCEPT_NOTE_FILE) => File::ConceptNote(ConceptNote::from_table(table, findings)),
                _ => File::Session(Session::from_table(table, findings)),
            });
            (id, file, findings)
        })
        .collect();
    let mut written = Written::default();
    let mut findings = Vec::new();
    for (id, file, found) in decoded {
        findings.extend(found);
        match file {
            File::Group(group) => written.group = Some((id, group)),
            File::ConceptNote(note) => written.concept_note = Some((id, note)),
            File::Session(session) => written.sessions.push((id, session)),
        }
    }
    (written, findings)
}

/// The items of a list that may be absent.
pub fn list<T>(list: &Option<At<Vec<At<T>>>>) -> &[At<T>] {
    list.as_ref().map_or(&[], |list| list.value.as_slice())
}

/// The JSON Schema of a TOML file, for editors: `group`, `session` or `concept-note`.
pub fn json_schema(file: &str, lang: Lang) -> Option<Json> {
    let mut schema = match file {
        "group" => Group::schema(lang),
        "session" => Session::schema(lang),
        "concept-note" => ConceptNote::schema(lang),
        _ => return None,
    };
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(format!("convoca: {file}.toml"));
    Some(schema)
}
