//! The TOML files as a person writes them: `group.toml`, `concept-note.toml`, and a file a session.
//! All keys are optional here; what is missing was reported, and later stages make do without.

mod branding;
mod concept_note;
mod country;
mod days;
mod enumerated;
mod group;
pub(crate) mod keys;
mod misplaced;
mod session;
pub mod subjects;

pub use branding::{Branding, Colour, Logo, Millimetres, Paper, branding};
pub use concept_note::{ConceptNote, ConceptNoteTexts, Include, Item, Section, SectionTexts};
pub use country::{CountryCode, MemberCountry};
pub use days::{Absence, DayOfWeek, Holiday, Hours};
pub use enumerated::Enumerated;
pub use group::{Group, GroupTexts, HourStyle, Organizer, Party, PartyKind, PartyTexts, Person, PersonTexts, Quorum};
pub use session::{
    AlsoHour, DocumentLink, DocumentTexts, Everyone, Material, MaterialTexts, SessionTexts, SlotTexts, Speaker, SpeakerTable,
    Status, Waiver, WrittenSession, WrittenSlot,
};

use std::collections::HashMap;

use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::DeTable;

use crate::cores;
use crate::decode::{
    self, Field, Filled, Kind, Languages, Line, Node, Paragraphs, Value, Visitor, Worded, both, languages, record,
};
use crate::diagnostics::{At, Diagnostic, FileId, Sources, Span};
use crate::locale::{Lang, Text};

record! {
    /// The languages of a text of one line.
    WordingKeys {
        "es" | "espanol" => es: Line, optional, "in Spanish", "en español";
        "en" | "ingles" => en: Line, optional, "in English", "en inglés";
    }
}

record! {
    /// The languages of prose.
    ProseKeys {
        "es" | "espanol" => es: Paragraphs, optional, "in Spanish", "en español";
        "en" | "ingles" => en: Paragraphs, optional, "in English", "en inglés";
    }
}

/// One line of text in each language of the group.
#[derive(Clone, Debug, Default)]
pub struct Wording(pub WordingKeys);

/// Prose in Markdown in each language of the group.
#[derive(Clone, Debug, Default)]
pub struct Prose(pub ProseKeys);

impl Wording {
    pub fn languages(&self) -> Languages<'_> {
        languages(&self.es, &self.en)
    }
}

impl Prose {
    pub fn languages(&self) -> Languages<'_> {
        languages(&self.es, &self.en)
    }
}

impl std::ops::Deref for Wording {
    type Target = WordingKeys;
    fn deref(&self) -> &WordingKeys {
        &self.0
    }
}

impl std::ops::Deref for Prose {
    type Target = ProseKeys;
    fn deref(&self) -> &ProseKeys {
        &self.0
    }
}

impl Value for Wording {
    const KIND: Kind = Kind::Text;

    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        if !node.value.is_str() {
            return WordingKeys::decode(node, findings).map(Wording);
        }
        let [es, en] = said_in(node.lang(), At::new(Line::decode(node, findings)?, node.span));
        Some(Wording(WordingKeys { es, en }))
    }

    fn schema(lang: Lang) -> Json {
        json!({ "anyOf": [{ "type": "string" }, WordingKeys::schema(lang)] })
    }

    fn visit<'a>(&'a self, field: &'static Field, span: Span, visitor: Visitor<'_, 'a>) {
        visitor(Filled { field, span, text: Some(self.languages()) });
    }
}

impl Value for Prose {
    const KIND: Kind = Kind::Text;

    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        if !node.value.is_str() {
            return ProseKeys::decode(node, findings).map(Prose);
        }
        let [es, en] = said_in(node.lang(), At::new(Paragraphs::decode(node, findings)?, node.span));
        Some(Prose(ProseKeys { es, en }))
    }

    fn schema(lang: Lang) -> Json {
        json!({ "anyOf": [{ "type": "string" }, ProseKeys::schema(lang)] })
    }

    fn visit<'a>(&'a self, field: &'static Field, span: Span, visitor: Visitor<'_, 'a>) {
        visitor(Filled { field, span, text: Some(self.languages()) });
    }
}

impl Worded for Wording {
    type Words = Option<Text>;

    fn words(written: Option<&At<Self>>) -> Option<Text> {
        both(written?.languages())
    }
}

impl Worded for Prose {
    type Words = Option<Text>;

    fn words(written: Option<&At<Self>>) -> Option<Text> {
        both(written?.languages())
    }
}

impl Worded for Vec<At<Wording>> {
    type Words = Vec<Text>;

    fn words(written: Option<&At<Self>>) -> Vec<Text> {
        written.into_iter().flat_map(|list| &list.value).filter_map(|item| both(item.languages())).collect()
    }
}

/// A text that says no language, in Spanish and in English.
fn said_in<T>(lang: Lang, text: At<T>) -> [Option<At<T>>; 2] {
    match lang {
        Lang::Es => [Some(text), None],
        Lang::En => [None, Some(text)],
    }
}

/// Files as TOML has them.
pub type Trees<'t> = HashMap<FileId, Spanned<DeTable<'t>>>;

/// Every file of a programme, as written.
#[derive(Debug, Default)]
pub struct Written {
    pub group: Option<(FileId, Group)>,
    pub concept_note: Option<(FileId, ConceptNote)>,
    pub sessions: Vec<(FileId, WrittenSession)>,
    /// Whether every file was read to its end.
    pub whole: bool,
}

impl Written {
    /// Every field that is filled in, with the file that it is in.
    pub fn each_field<'a>(&'a self, visitor: &mut dyn FnMut(FileId, Filled<'a>)) {
        if let Some((file, group)) = &self.group {
            group.each_field(&mut |filled| visitor(*file, filled));
        }
        if let Some((file, note)) = &self.concept_note {
            note.each_field(&mut |filled| visitor(*file, filled));
        }
        for (file, session) in &self.sessions {
            session.each_field(&mut |filled| visitor(*file, filled));
        }
    }
}

/// What a file of the programme's folder holds, by its name.
enum File {
    Group(Box<Group>),
    ConceptNote(ConceptNote),
    Session(Box<WrittenSession>),
}

pub const GROUP_FILE: &str = "group.toml";
/// Beside the templates: how documents look.
pub const BRANDING_FILE: &str = "branding.toml";
pub const CONCEPT_NOTE_FILE: &str = "concept-note.toml";

/// Files whose trees are kept for what comes after. A tree takes several times the memory of its text.
const MOST_TREES: usize = 500;

/// Decodes every file, on every core, and gathers all that is wrong with them. With it what each file says, where it was
/// read as it stands.
pub fn decode(sources: &Sources) -> (Written, Vec<Diagnostic>, Trees<'_>) {
    let files: Vec<(FileId, &str, &str)> =
        sources.iter().filter(|(_, file)| file.readable).map(|(id, file)| (id, file.path.as_str(), file.text.as_str())).collect();
    let lang =
        files.iter().find(|(_, path, _)| file_name(path) == GROUP_FILE).map_or(Lang::ALL[0], |(_, _, text)| first_language(text));
    let all_readable = sources.iter().all(|(_, file)| file.readable);
    let decoded = cores::map(files.len(), &files, |&(id, path, text)| {
        let mut findings = Vec::new();
        let mut file = decode::parse_knowing(id, text, (lang, keys::holds), &mut findings, |table, findings| {
            let file = match file_name(path) {
                GROUP_FILE => File::Group(Box::new(Group::from_table(table, findings))),
                CONCEPT_NOTE_FILE => File::ConceptNote(ConceptNote::from_table(table, findings)),
                _ => File::Session(Box::new(WrittenSession::from_table(table, findings))),
            };
            // Whoever writes a whole file in Spanish means to.
            if findings.iter().any(decode::often::is_other_name) && keys::are_all_spanish(table.tree()) {
                findings.retain(|finding| !decode::often::is_other_name(finding));
            }
            file
        });
        decode::often::together(&mut findings);
        misplaced::tell(path, text, &mut findings);
        // Those that are needed once more are read again: few of so many.
        if files.len() > MOST_TREES {
            file.tree = None;
        }
        (id, file, findings)
    });
    let encoded = sources.iter().filter_map(|(id, file)| Some(decode::encoding::other_encoding(id, &file.path, file.encoding?)));
    let mut findings: Vec<Diagnostic> = encoded.collect();
    let mut written = Written { whole: all_readable, ..Written::default() };
    let mut trees = Trees::new();
    for (id, file, found) in decoded {
        findings.extend(found);
        trees.extend(file.tree.map(|tree| (id, tree)));
        // Of a file that was not read to its end, what is missing is not known: it takes no part.
        if !file.whole {
            written.whole = false;
            continue;
        }
        match file.value {
            File::Group(group) => written.group = Some((id, *group)),
            File::ConceptNote(note) => written.concept_note = Some((id, note)),
            File::Session(session) => written.sessions.push((id, *session)),
        }
    }
    (written, findings, trees)
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The language of texts that do not say theirs: the first of the group's.
fn first_language(group: &str) -> Lang {
    let (tree, _) = DeTable::parse_recoverable(group);
    let first =
        keys::get(tree.get_ref(), "languages").and_then(|list| list.get_ref().as_array()?.iter().next()?.get_ref().as_str());
    Lang::ALL.into_iter().find(|lang| Some(lang.code()) == first).unwrap_or(Lang::ALL[0])
}

/// Every field that the files of a programme may have.
pub fn fields() -> Vec<&'static Field> {
    let mut fields = Vec::new();
    Group::declared(&mut fields);
    ConceptNote::declared(&mut fields);
    WrittenSession::declared(&mut fields);
    fields
}

/// The items of a list that may be absent.
pub fn list<T>(list: &Option<At<Vec<At<T>>>>) -> &[At<T>] {
    list.as_ref().map_or(&[], |list| list.value.as_slice())
}

/// The JSON Schema of a TOML file, for editors: `group`, `session`, `concept-note` or `branding`.
pub fn json_schema(file: &str, lang: Lang) -> Option<Json> {
    let mut schema = match file {
        "group" => Group::schema(lang),
        "session" => WrittenSession::schema(lang),
        "concept-note" => ConceptNote::schema(lang),
        "branding" => Branding::schema(lang),
        _ => return None,
    };
    // What holds its like.
    match file {
        "concept-note" => schema["$defs"] = json!({ "section": Section::definition(lang) }),
        "session" => schema["$defs"] = json!({ "item": WrittenSlot::definition(lang) }),
        _ => {}
    }
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(format!("convoca: {file}.toml"));
    Some(schema)
}
