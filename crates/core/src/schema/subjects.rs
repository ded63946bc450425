//! What each finding is about, found from its place in the files: no check needs to say it.

use std::collections::HashMap;

use rayon::prelude::*;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{CONCEPT_NOTE_FILE, GROUP_FILE, Trees, keys};
use crate::diagnostics::{Diagnostic, FileId, Sources, Span, Subject};

/// Says of each finding what it is about, and at which key of it.
pub fn assign(sources: &Sources, findings: &mut [Diagnostic]) {
    assign_in(sources, &Trees::new(), findings);
}

/// The same, by what was parsed of the files.
pub fn assign_in(sources: &Sources, trees: &Trees<'_>, findings: &mut [Diagnostic]) {
    let mut by_file: HashMap<FileId, Vec<&mut Diagnostic>> = HashMap::new();
    for finding in findings {
        if let Some(place) = finding.place() {
            by_file.entry(place.file).or_default().push(finding);
        }
    }
    by_file.into_par_iter().for_each(|(id, findings)| {
        let file = sources.get(id);
        // What cannot be parsed is passed over here: it was reported.
        let parsed;
        let tree = match trees.get(&id) {
            Some(tree) => tree,
            None => {
                parsed = DeTable::parse_recoverable(&file.text).0;
                &parsed
            }
        };
        let outline = Outline::new(tree.get_ref());
        for finding in findings {
            let (subject, field) = outline.subject(&file.path, finding.place().unwrap_or_default());
            finding.subject = subject;
            finding.field = finding.field.take().or(field);
        }
    });
}

/// What stands in a session's file, and how many steps lead there.
fn session(path: &[Step<'_>], session: String) -> (Subject, usize) {
    match *path {
        [Step::Key("slots"), Step::Index(slot), Step::Key("groups"), Step::Index(group), ..] => {
            (Subject::BreakOut { session, slot, group }, 4)
        }
        [Step::Key("slots"), Step::Index(slot), ref inner @ ..] => {
            let mut items = Vec::new();
            let mut rest = inner;
            while let [Step::Key("items"), Step::Index(place), inner @ ..] = rest {
                items.push(*place);
                rest = inner;
            }
            let own = path.len() - rest.len();
            match items.is_empty() {
                true => (Subject::Slot { session, slot }, own),
                false => (Subject::Item { session, slot, items }, own),
            }
        }
        _ => (Subject::Session { session }, 0),
    }
}

fn group(path: &[Step<'_>]) -> (Subject, usize) {
    match *path {
        [Step::Key("parties"), Step::Key(id), ..] => (Subject::Party { id: id.to_owned() }, 2),
        [Step::Key("people"), Step::Key(id), ..] => (Subject::Person { id: id.to_owned() }, 2),
        _ => (Subject::Group, 0),
    }
}

/// The innermost section that a place is in.
fn section(tree: &DeTable<'_>, path: &[Step<'_>]) -> (Subject, usize) {
    let (mut table, mut rest, mut places, mut id) = (tree, path, Vec::new(), None);
    while let [Step::Key("sections"), Step::Index(index), inner @ ..] = rest {
        let list = keys::get(table, "sections").and_then(|list| list.get_ref().as_array());
        let Some(section) = list.and_then(|list| list.get(*index)).and_then(|item| item.get_ref().as_table()) else { break };
        places.push((index + 1).to_string());
        id = Some(section.get("id").and_then(|id| id.get_ref().as_str()).map_or_else(|| places.join("."), str::to_owned));
        (table, rest) = (section, inner);
    }
    match id {
        Some(id) => (Subject::Section { id }, path.len() - rest.len()),
        None => (Subject::ConceptNote, 0),
    }
}

/// A step from a table or a list to what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// Where each key and value of a file begins, with the steps that lead there.
struct Outline<'a> {
    tree: &'a DeTable<'a>,
    /// In order of place; of what begins together the innermost is last.
    starts: Vec<(usize, Vec<Step<'a>>)>,
}

impl<'a> Outline<'a> {
    fn new(tree: &'a DeTable<'a>) -> Outline<'a> {
        let mut outline = Outline { tree, starts: Vec::new() };
        outline.table(tree, &mut Vec::new());
        outline.starts.sort_by_key(|(start, path)| (*start, path.len()));
        outline
    }

    /// What a place is about, and the key of it that the place is in.
    fn subject(&self, file: &str, place: Span) -> (Subject, Option<String>) {
        let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
        // What points at nothing speaks of the file.
        let path = if place.range() == (0..0) { &[] } else { self.path(place.start) };
        let (subject, own) = match name {
            GROUP_FILE => group(path),
            CONCEPT_NOTE_FILE => section(self.tree, path),
            "branding.toml" => (Subject::Branding, 0),
            "words.toml" => (Subject::Template { file: name.to_owned() }, 0),
            _ if name.ends_with(".toml") => {
                let id = self.tree.get("id").and_then(|id| id.get_ref().as_str());
                session(path, id.unwrap_or(file).to_owned())
            }
            _ => (Subject::Template { file: name.to_owned() }, path.len()),
        };
        let steps = path[own..].iter().map(|step| match step {
            Step::Key(key) => (*key).to_owned(),
            Step::Index(index) => index.to_string(),
        });
        let field = steps.collect::<Vec<_>>().join(".");
        (subject, (!field.is_empty()).then_some(field))
    }

    fn table(&mut self, table: &'a DeTable<'a>, path: &mut Vec<Step<'a>>) {
        for (key, value) in table.iter() {
            // An id under `parties` is nobody's key.
            let is_id = matches!(path.last(), Some(Step::Key("parties" | "people")));
            let name = key.get_ref();
            path.push(Step::Key(if is_id { name } else { keys::english(name, path.is_empty()) }));
            self.starts.push((key.span().start, path.clone()));
            self.value(value, path);
            path.pop();
        }
    }

    fn value(&mut self, value: &'a Spanned<DeValue<'a>>, path: &mut Vec<Step<'a>>) {
        self.starts.push((value.span().start, path.clone()));
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, path),
            DeValue::Array(array) => {
                for (index, item) in array.iter().enumerate() {
                    path.push(Step::Index(index));
                    self.value(item, path);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    /// The steps to what a place is in, or comes right after: a line that says nothing belongs to the
    /// table it stands in.
    fn path(&self, place: u32) -> &[Step<'a>] {
        let behind = self.starts.partition_point(|(start, _)| *start <= place as usize);
        behind.checked_sub(1).map_or(&[], |at| &self.starts[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The subject and key of a place, given by the first words that stand there.
    fn about(file: &str, text: &str, at: &str) -> (Subject, Option<String>) {
        let (tree, _) = DeTable::parse_recoverable(text);
        let start = text.find(at).expect(at);
        Outline::new(tree.get_ref()).subject(file, Span::new(FileId(0), start..start + at.len()))
    }

    #[test]
    fn a_place_is_about_the_innermost_thing_that_it_stands_in() {
        let text = "id = 'one'\ntitle.es = 'Una'\nslots = [{ start = '9:00' }, { start = '10:00', speakers = ['a', 'b'] }]\n";
        let slot = |slot| Subject::Slot { session: "one".to_owned(), slot };
        let session = Subject::Session { session: "one".to_owned() };
        assert_eq!(about("s/1.toml", text, "'Una'"), (session.clone(), Some("title.es".to_owned())));
        assert_eq!(about("s/1.toml", text, "{ start = '9"), (slot(0), None));
        assert_eq!(about("s/1.toml", text, "'10:00'"), (slot(1), Some("start".to_owned())));
        assert_eq!(about("s/1.toml", text, "'b'"), (slot(1), Some("speakers.1".to_owned())));
        assert_eq!(about("s/1.toml", text, ""), (session, None));

        let text = "\u{feff}number = 1\r\n[[slots]]\r\nstart = 9:00\r\n\r\n[[slots.groups]]\r\ntitle.es = 'G'\r\n# nothing\r\n\r\n\
                    [place]\r\nes = 'x'\r\n[slots.title]\r\nen = 'y'\r\n";
        let named = |group| Subject::BreakOut { session: "s/1.toml".to_owned(), slot: 0, group };
        assert_eq!(about("s/1.toml", text, "[[slots.groups]]"), (named(0), None));
        assert_eq!(about("s/1.toml", text, "# nothing").0, named(0));
        assert_eq!(about("s/1.toml", text, "'x'").1, Some("place.es".to_owned()));
        assert_eq!(
            about("s/1.toml", text, "'y'"),
            (Subject::Slot { session: "s/1.toml".to_owned(), slot: 0 }, Some("title.en".to_owned()))
        );
    }

    #[test]
    fn parties_people_sections_and_templates_are_named() {
        let text = "id = 'g'\n[parties.a]\nname.es = 'A'\n[people.b]\nname = 'B'\n[parties.a.working-hours]\nstart = '8:00'\n";
        let party = Subject::Party { id: "a".to_owned() };
        assert_eq!(about("group.toml", text, "'g'"), (Subject::Group, Some("id".to_owned())));
        assert_eq!(about("group.toml", text, "[parties.a]"), (party.clone(), None));
        assert_eq!(about("group.toml", text, "'8:00'"), (party, Some("working-hours.start".to_owned())));
        assert_eq!(about("group.toml", text, "'B'"), (Subject::Person { id: "b".to_owned() }, Some("name".to_owned())));
        let text = "date = 2027-01-01\n[[sections]]\nid = 'one'\n[[sections.sections]]\nnumber = 9\n";
        assert_eq!(about("x/concept-note.toml", text, "2027").0, Subject::ConceptNote);
        assert_eq!(about("concept-note.toml", text, "'one'").0, Subject::Section { id: "one".to_owned() });
        assert_eq!(about("concept-note.toml", text, "9").0, Subject::Section { id: "1.1".to_owned() });
        assert_eq!(about("t/agenda.md.j2", "{{ x }}", "x").0, Subject::Template { file: "agenda.md.j2".to_owned() });
        assert_eq!(about("t/branding.toml", "font = 'x'", "'x'"), (Subject::Branding, Some("font".to_owned())));
    }
}
