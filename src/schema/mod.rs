//! The TOML files as a person writes them: `group.toml`, `concept-note.toml`, and a file a session.
//! All keys are optional here; what is missing was reported, and later stages make do without.

mod branding;
mod concept_note;
mod days;
mod group;
mod session;

pub use branding::{Branding, Colour, Logo, Millimetres, Paper, branding};
pub use concept_note::{ConceptNote, Include, Item, Section};
pub use days::{Absence, DayOfWeek, Holiday, Hours};
pub use group::{CountryCode, Group, HourStyle, MemberCountry, Organizer, Party, PartyKind, Person, Quorum};
pub use session::{BreakOut, DocumentLink, Everyone, Session, Slot, Speaker, SpeakerTable, Status, Waiver};

use rayon::prelude::*;
use serde_json::{Value as Json, json};

use crate::decode::{self, Line, Node, Paragraphs, Value, record, rules};
use crate::diagnostics::{At, Diagnostic, FileId, Sources};
use crate::locale::{Lang, Text};
use crate::text;

record! {
    /// The languages of a text of one line.
    WordingKeys {
        "es" => es: Line, optional, "in Spanish", "en español";
        "en" => en: Line, optional, "in English", "en inglés";
    }
}

/// One line of text in each language of the group.
#[derive(Clone, Debug, Default)]
pub struct Wording(pub WordingKeys);

impl std::ops::Deref for Wording {
    type Target = WordingKeys;
    fn deref(&self) -> &WordingKeys {
        &self.0
    }
}

impl Value for Wording {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let Some(text) = node.value.as_str() else { return WordingKeys::decode(node, findings).map(Wording) };
        let shown = text.replace('"', "\\\"");
        findings.push(
            Diagnostic::new(&rules::WRONG_VALUE, Text::fixed("in which language is this?", "¿en qué idioma está esto?"))
                .at(node.span, Text::fixed("a text says its languages", "un texto dice sus idiomas"))
                .advice(text!("write `{{ es = \"{shown}\", en = \"…\" }}`", "escriba `{{ es = \"{shown}\", en = \"…\" }}`")),
        );
        None
    }

    fn schema(lang: Lang) -> Json {
        WordingKeys::schema(lang)
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
    /// Whether every file was read to its end.
    pub whole: bool,
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
        sources.iter().filter(|(_, file)| file.readable).map(|(id, file)| (id, file.path.as_str(), file.text.as_str())).collect();
    let all_readable = sources.iter().all(|(_, file)| file.readable);
    let decoded: Vec<(FileId, decode::Parsed<File>, Vec<Diagnostic>)> = files
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
    let mut written = Written { whole: all_readable, ..Written::default() };
    let mut findings = Vec::new();
    for (id, file, found) in decoded {
        findings.extend(found);
        // Of a file that was not read to its end, what is missing is not known: it takes no part.
        if !file.whole {
            written.whole = false;
            continue;
        }
        match file.value {
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

/// The JSON Schema of a TOML file, for editors: `group`, `session`, `concept-note` or `branding`.
pub fn json_schema(file: &str, lang: Lang) -> Option<Json> {
    let mut schema = match file {
        "group" => Group::schema(lang),
        "session" => Session::schema(lang),
        "concept-note" => ConceptNote::schema(lang),
        "branding" => Branding::schema(lang),
        _ => return None,
    };
    if file == "concept-note" {
        schema["$defs"] = json!({ "section": Section::definition(lang) });
    }
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(format!("convoca: {file}.toml"));
    Some(schema)
}
