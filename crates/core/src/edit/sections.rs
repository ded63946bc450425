//! Sections of the concept note.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::draft::Draft;
use super::group::{taken, valid_id};
use super::tree::{self, Key};
use super::{Desk, Refusal, values};
use crate::locale::Text;
use crate::project::Change;
use crate::schema::keys;
use crate::text;

const SECTIONS: Key<'static> = Key::Name("sections");

/// The steps to a section, by its id or by its place ("2.1").
pub(crate) fn path(draft: &Draft, section: &str) -> Result<Vec<Key<'static>>, Refusal> {
    let by_id = draft.read(|_, root| by_id(root, section));
    let by_place = || {
        let places: Option<Vec<usize>> = section.split('.').map(|place| place.parse::<usize>().ok()?.checked_sub(1)).collect();
        let path: Vec<Key<'static>> = places?.into_iter().flat_map(|place| [SECTIONS, Key::Index(place)]).collect();
        draft.written(&path).map(|_| path)
    };
    let missing = || text!("the note has no section `{section}`", "la nota no tiene ninguna sección `{section}`").into();
    by_id.or_else(by_place).ok_or_else(missing)
}

fn by_id(table: &DeTable<'_>, id: &str) -> Option<Vec<Key<'static>>> {
    let sections = keys::get(table, "sections")?.get_ref().as_array()?;
    sections.iter().enumerate().find_map(|(index, section)| {
        let section = section.get_ref().as_table()?;
        let own = [SECTIONS, Key::Index(index)];
        if section.get("id").and_then(|own| own.get_ref().as_str()) == Some(id) {
            return Some(own.to_vec());
        }
        Some([&own[..], &by_id(section, id)?].concat())
    })
}

impl Desk<'_> {
    pub(super) fn add_section(&self, parent: Option<&str>, at: usize, id: &str, title: &Text) -> Result<Change, Refusal> {
        valid_id(id)?;
        let mut draft = self.note_draft()?;
        if path(&draft, id).is_ok() {
            return Err(taken(id));
        }
        let mut list = parent.map_or_else(|| Ok(Vec::new()), |parent| path(&draft, parent))?;
        list.push(SECTIONS);
        let mut numbers = numbers(&draft, &list);
        let at = at.min(numbers.len());
        let mut entries = vec![("id", values::line(id))];
        if numbers.iter().all(Option::is_some) {
            entries.push(("number", (at + 1).to_string()));
        }
        entries.push(("title", values::wording(title)));
        draft.insert(&list, at, &entries)?;
        numbers.insert(at, None);
        renumber(&mut draft, &list, &numbers)?;
        Ok(draft.into())
    }

    pub(super) fn rename_section(&self, section: &str, id: &str) -> Result<Change, Refusal> {
        valid_id(id)?;
        let mut draft = self.note_draft()?;
        let mut path = path(&draft, section)?;
        if draft.read(|_, root| by_id(root, id)).is_some() {
            return Err(taken(id));
        }
        path.push(Key::Name("id"));
        let old = draft.read(|_, root| tree::find(root, &path).and_then(|id| id.get_ref().as_str()).map(str::to_owned));
        draft.set(&path, &values::line(id))?;
        if let Some(old) = old {
            let link = format!("](#{old})");
            let links = draft.read(|text, root| {
                let mut links = Vec::new();
                root.values().for_each(|value| find_links(text, value, &link, &mut links));
                links
            });
            for at in links.into_iter().rev() {
                draft.replace(at..at + link.len(), &format!("](#{id})"));
            }
        }
        Ok(draft.into())
    }

    pub(super) fn move_section(&self, section: &str, to: usize) -> Result<Change, Refusal> {
        let mut draft = self.note_draft()?;
        let (list, from) = place(&draft, section)?;
        let mut numbers = numbers(&draft, &list);
        draft.reorder(&list, from, to)?;
        let moved = numbers.remove(from);
        numbers.insert(to, moved);
        renumber(&mut draft, &list, &numbers)?;
        Ok(draft.into())
    }

    pub(super) fn remove_section(&self, section: &str) -> Result<Change, Refusal> {
        let mut draft = self.note_draft()?;
        let (list, at) = place(&draft, section)?;
        let mut numbers = numbers(&draft, &list);
        draft.remove(&list, at)?;
        numbers.remove(at);
        renumber(&mut draft, &list, &numbers)?;
        Ok(draft.into())
    }
}

/// The list that a section is in, and its place there.
fn place(draft: &Draft, section: &str) -> Result<(Vec<Key<'static>>, usize), Refusal> {
    let mut list = path(draft, section)?;
    match list.pop() {
        Some(Key::Index(at)) => Ok((list, at)),
        _ => Err(Text::fixed("there is no such section", "no hay tal sección").into()),
    }
}

/// The numbers of the sections of a list that say their place.
fn numbers(draft: &Draft, list: &[Key<'_>]) -> Vec<Option<usize>> {
    draft.read(|text, root| {
        let number = |section: &Spanned<DeValue<'_>>| {
            let number = section.get_ref().as_table().and_then(|table| keys::get(table, "number"))?;
            text[number.span()].parse().ok()
        };
        let numbers = tree::items(root, list).into_iter().map(number).zip(1..);
        numbers.map(|(number, place)| number.filter(|number| *number == place)).collect()
    })
}

/// Writes the new place where the number said the old one.
fn renumber(draft: &mut Draft, list: &[Key<'_>], numbers: &[Option<usize>]) -> Result<(), Refusal> {
    for (at, _) in numbers.iter().enumerate().filter(|(_, number)| number.is_some()) {
        draft.set(&[list, &[Key::Index(at), Key::Name("number")]].concat(), &(at + 1).to_string())?;
    }
    Ok(())
}

/// Where a link stands in the texts of a value.
fn find_links(text: &str, value: &Spanned<DeValue<'_>>, link: &str, links: &mut Vec<usize>) {
    match value.get_ref() {
        DeValue::String(_) => {
            let start = value.span().start;
            links.extend(text[value.span()].match_indices(link).map(|(at, _)| start + at));
        }
        DeValue::Array(items) => items.iter().for_each(|item| find_links(text, item, link, links)),
        DeValue::Table(table) => table.values().for_each(|value| find_links(text, value, link, links)),
        _ => {}
    }
    links.sort_unstable();
}
