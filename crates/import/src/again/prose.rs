//! What a document says otherwise than the concept note that is there, section by section.

use std::collections::BTreeMap;

use convoca_core::diagnostics::{At, Sources, Subject};
use convoca_core::edit::{FieldValue, Operation};
use convoca_core::locale::Lang;
use convoca_core::schema::{self, CONCEPT_NOTE_FILE, Section};
use convoca_core::text;

use super::difference::{Difference, Sort};
use super::told::Words;
use super::worded::{self, short};

/// A section as a file has it.
struct Part {
    id: String,
    title: Words,
    text: Words,
    items: Vec<Words>,
    /// The section that it is part of.
    parent: Option<String>,
    /// Its place among those beside it.
    place: usize,
}

/// Everything that a proposed note says otherwise than the one that is there.
pub(super) fn differences(there: &str, proposed: &str) -> Vec<Difference> {
    let ((mine_title, mine), (theirs_title, theirs)) = (parts(there), parts(proposed));
    let langs = theirs_title.languages();
    let same = |own: &Part, part: &Part| {
        own.id == part.id
            || langs.iter().any(|lang| part.title.get(*lang).is_some_and(|title| own.title.get(*lang) == Some(title)))
    };
    if !mine.is_empty() && !theirs.iter().any(|part| mine.iter().any(|own| same(own, part))) {
        return vec![another_note(&theirs)];
    }
    let mut found = Vec::new();
    worded::title(&Subject::ConceptNote, &mine_title, &theirs_title, &langs, &mut found);
    let mut used = vec![false; mine.len()];
    // The ids of the document, and those that its sections have in the file.
    let mut ids: BTreeMap<&str, &str> = BTreeMap::new();
    for part in &theirs {
        match (0..mine.len()).find(|at| !used[*at] && same(&mine[*at], part)) {
            Some(at) => {
                used[at] = true;
                ids.insert(&part.id, &mine[at].id);
                compare(&mine[at], part, &langs, &mut found);
            }
            None => {
                let parent = part.parent.as_deref().map(|parent| ids.get(parent).copied().unwrap_or(parent));
                found.push(only_in_document(part, parent, &langs));
            }
        }
    }
    for (part, _) in mine.iter().zip(used).filter(|(_, used)| !used) {
        let title = short(part.title.any());
        let what = text!("- section \"{title}\": only in the file", "- sección «{title}»: solo en el archivo");
        found.push(Difference::new(Sort::Removed, what, vec![Operation::RemoveSection { section: part.id.clone() }]));
    }
    found
}

/// No section of the document is in the file: it is about something else, and is no newer text of the note.
fn another_note(theirs: &[Part]) -> Difference {
    let titles = short(&theirs.iter().map(|part| part.title.any()).collect::<Vec<_>>().join("; "));
    let what = text!(
        "~ the document has prose of its own ({titles}), and none of its sections is in the concept note; copy by hand what belongs there",
        "~ el documento tiene su propio texto ({titles}) y ninguna de sus secciones está en la nota conceptual; copie a mano lo que le corresponda"
    );
    Difference::new(Sort::Changed, what, Vec::new())
}

/// The title of a note, and its sections from the top down with those in them behind each.
fn parts(text: &str) -> (Words, Vec<Part>) {
    fn walk(sections: &[At<Section>], parent: Option<&str>, found: &mut Vec<Part>) {
        for (place, section) in sections.iter().enumerate() {
            let id = section.id.as_ref().map(|id| id.0.clone()).unwrap_or_default();
            found.push(Part {
                id: id.clone(),
                title: Words::line(section.title.as_ref()),
                text: Words::prose(section.text.as_ref()),
                items: schema::list(&section.items).iter().map(|item| Words::line(Some(item))).collect(),
                parent: parent.map(str::to_owned),
                place,
            });
            walk(schema::list(&section.sections), Some(&id), found);
        }
    }
    let mut sources = Sources::default();
    sources.add(CONCEPT_NOTE_FILE, text.to_owned());
    let Some((_, note)) = schema::decode(&sources).0.concept_note else { return Default::default() };
    let mut found = Vec::new();
    walk(schema::list(&note.sections), None, &mut found);
    (Words::line(note.title.as_ref()), found)
}

/// The same section with other words.
fn compare(mine: &Part, theirs: &Part, langs: &[Lang], found: &mut Vec<Difference>) {
    let of = Subject::Section { id: mine.id.clone() };
    let title = short(mine.title.any());
    worded::title(&of, &mine.title, &theirs.title, langs, found);
    let set = |field: String, to| Operation::SetField { of: of.clone(), field, to: Some(to) };
    for lang in langs {
        let code = lang.code();
        if let Some(words) = theirs.text.get(*lang).filter(|words| mine.text.get(*lang).map(plain) != Some(plain(words))) {
            let operation = set(format!("text.{code}"), FieldValue::Prose(words.to_owned()));
            found.push(told(&title, mine.text.get(*lang), words, vec![operation]));
        }
        if mine.items.len() != theirs.items.len() && !theirs.items.is_empty() {
            let (own, other) = (mine.items.len(), theirs.items.len());
            let what = text!(
                "~ section \"{title}\": its list has {own} points in the file, {other} in the document; correct it by hand",
                "~ sección «{title}»: su lista tiene {own} puntos en el archivo, {other} en el documento; corríjala a mano"
            );
            found.push(Difference::new(Sort::Changed, what, Vec::new()));
            continue;
        }
        for (at, (own, item)) in mine.items.iter().zip(&theirs.items).enumerate() {
            if let Some(words) = item.get(*lang).filter(|words| own.get(*lang).map(plain) != Some(plain(words))) {
                let operation = set(format!("items.{at}.{code}"), FieldValue::Line(words.to_owned()));
                found.push(told(&title, own.get(*lang), words, vec![operation]));
            }
        }
    }
}

/// A text without how its lines are broken.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// From where on two texts differ; or that the file has none in the language.
fn told(section: &str, old: Option<&str>, new: &str, operations: Vec<Operation>) -> Difference {
    let new = plain(new);
    let Some(old) = old.map(plain) else {
        let new = short(&new);
        let what = text!("+ section \"{section}\": \"{new}\"", "+ sección «{section}»: «{new}»");
        return Difference::new(Sort::Translated, what, operations);
    };
    let (mine, theirs): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let same = mine.iter().zip(&theirs).take_while(|(own, other)| own == other).count();
    // A few words before, so that the place is found.
    let from = |words: &[&str]| {
        let start = same.saturating_sub(3);
        let lead = if start > 0 { "… " } else { "" };
        format!("{lead}{}", short(&words[start.min(words.len())..].join(" ")))
    };
    let (old, new) = (from(&mine), from(&theirs));
    let what = text!(
        "~ section \"{section}\": the file says \"{old}\", the document \"{new}\"",
        "~ sección «{section}»: el archivo dice «{old}», el documento «{new}»"
    );
    Difference::new(Sort::Changed, what, operations)
}

fn only_in_document(part: &Part, parent: Option<&str>, langs: &[Lang]) -> Difference {
    let title = short(part.title.any());
    let of = Subject::Section { id: part.id.clone() };
    let mut operations = vec![Operation::AddSection {
        parent: parent.map(str::to_owned),
        at: part.place,
        id: part.id.clone(),
        title: part.title.text(),
    }];
    for lang in langs {
        if let Some(words) = part.text.get(*lang) {
            let to = Some(FieldValue::Prose(words.to_owned()));
            operations.push(Operation::SetField { of: of.clone(), field: format!("text.{}", lang.code()), to });
        }
    }
    let what = text!("+ section \"{title}\": only in the document", "+ sección «{title}»: solo en el documento");
    Difference::new(Sort::Added, what, operations)
}
