//! Sections of the concept note.

use convoca_core::edit::Operation;
use convoca_core::locale::Text;
use convoca_core::model::Section;
use convoca_core::text;

use super::called;
use super::words::Both;
use crate::draft::{Draft, free};
use crate::refused::Refused;

pub(super) fn add(draft: &mut Draft<'_>, parent: Option<&str>, at: usize, title: &Both) -> Result<Text, Refused> {
    let title = Text::from(title);
    let note = draft.snapshot().programme().and_then(|programme| programme.concept_note.as_ref());
    let mut ids = Vec::new();
    note.iter().for_each(|note| section_ids(&note.sections, &mut ids));
    let id = free(&[&title.en, &title.es], |id| ids.iter().any(|own| own == id))?;
    draft.make(&Operation::AddSection { parent: parent.map(str::to_owned), at, id, title: title.clone() })?;
    Ok(text!(l, title = called::short(title.get(l)); "add the section “{title}”", "agregar la sección «{title}»"))
}

fn section_ids(sections: &[Section], ids: &mut Vec<String>) {
    for section in sections {
        ids.push(section.id.clone());
        section_ids(&section.sections, ids);
    }
}
