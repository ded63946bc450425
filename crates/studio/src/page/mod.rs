//! What a page sees of the desk, as JSON. Every hour is worded here: a page computes none.

mod agenda;
mod branding;
mod findings;
mod group;
mod identity;
mod news;
mod outside;

pub use agenda::hours;

use std::ops::Deref;

use convoca_core::decode::{Line, Paragraphs};
use convoca_core::diagnostics::At;
use convoca_core::locale::{Lang, Text, words};
use convoca_core::model::{Programme, Section};
use convoca_core::project::Snapshot;
use convoca_core::schema::{self, Prose, WordingKeys};
use serde_json::{Value as Json, json};

use crate::desk::Desk;

/// Everything that there is to be seen.
pub fn desk(desk: &Desk) -> Json {
    seen(desk, programme(desk.snapshot()))
}

/// What there is to be seen for a page that saw a revision: what is as it was then is told by its place, see
/// [`tried`].
pub fn since(desk: &Desk, revision: u64) -> Json {
    match desk.before(revision) {
        Some(before) => seen(desk, tried(before, desk.snapshot())),
        None => self::desk(desk),
    }
}

fn seen(desk: &Desk, mut seen: Json) -> Json {
    let [undo, redo] = desk.next();
    seen["blank"] = desk.is_blank().into();
    seen["revision"] = desk.revision().into();
    seen["today"] = desk.today().to_string().into();
    seen["undo"] = json!(undo);
    seen["redo"] = json!(redo);
    seen["history"] = desk.history().take(30).map(|label| json!(label)).collect();
    seen["unsaved"] = desk.unsaved().iter().map(|file| json!(file.path)).collect();
    seen["outside"] = desk.outside().keys().map(|path| outside::outside(desk, path)).collect();
    seen["notice"] = json!(desk.notice().map(|(revision, text)| json!({ "revision": revision, "text": text })));
    seen
}

/// The programme with its findings, at a moment: also one that is only tried.
pub fn programme(snapshot: &Snapshot) -> Json {
    let view = View { snapshot, programme: snapshot.programme() };
    let findings = snapshot.findings().iter().enumerate();
    json!({
        "group": view.group(),
        "sessions": view.sessions(),
        "note": view.note(),
        "branding": branding::branding(snapshot),
        "findings": findings.map(|(index, finding)| view.finding(index, finding)).collect::<Json>(),
    })
}

/// The programme as it would be, for a page that saw another state of it: a session or a finding that is as it was
/// there is a number, its place in the list that was seen; the group and the note are left out where they are the
/// same.
///
/// So a key stroke costs what it changes, however many sessions there are.
pub fn tried(before: &Snapshot, after: &Snapshot) -> Json {
    news::news(before, after)
}

/// What a change of a file changed, by the names that people know, and of each which keys; the lines are those of a
/// version that may be an earlier one.
pub fn changed(desk: &Desk, path: &str, before: &str, after: &str) -> Json {
    let view = View { snapshot: desk.snapshot(), programme: desk.snapshot().programme() };
    outside::changed(&view, desk, path, (before, after))
}

struct View<'a> {
    snapshot: &'a Snapshot,
    programme: Option<&'a Programme>,
}

impl View<'_> {
    fn sessions(&self) -> Json {
        let Some(programme) = self.programme else { return json!([]) };
        programme.sessions.iter().map(|session| self.session(&programme.group, session)).collect()
    }

    fn note(&self) -> Json {
        let Some((_, written)) = &self.snapshot.written().concept_note else { return Json::Null };
        let Some(note) = self.programme.and_then(|programme| programme.concept_note.as_ref()) else { return Json::Null };
        let sections = written.sections.as_ref().map_or(&[][..], |sections| &sections.value);
        json!({
            "title": wording(written.title.as_ref()),
            "sections": section_list(sections, &note.sections, ""),
        })
    }
}

fn section_list(written: &[At<schema::Section>], known: &[Section], place: &str) -> Json {
    let sections = written.iter().enumerate().map(|(index, own)| {
        let model = known.get(index);
        let at = format!("{place}{}", index + 1);
        let inner = own.value.sections.as_ref().map_or(&[][..], |sections| &sections.value);
        let id = own.value.id.as_ref().map_or_else(|| at.clone(), |id| id.value.0.clone());
        json!({
            "id": id,
            "place": index,
            "number": own.value.number.as_ref().map(|number| words::roman(number.value.0)),
            "title": wording(own.value.title.as_ref()),
            "text": prose(own.value.text.as_ref()),
            "items": own.value.items.as_ref().map_or(0, |items| items.value.len()),
            "includes": own.value.include.is_some(),
            "sections": section_list(inner, model.map_or(&[][..], |model| &model.sections), &format!("{at}.")),
        })
    });
    sections.collect()
}

fn find_section<'s>(sections: &'s [Section], id: &str) -> Option<&'s Section> {
    sections.iter().find_map(|section| if section.id == id { Some(section) } else { find_section(&section.sections, id) })
}

/// A text as it is written: nothing stands in for a language that is missing.
fn wording<T: Deref<Target = WordingKeys>>(text: Option<&At<T>>) -> Json {
    let said = |line: Option<&At<Line>>| line.map(|line| line.value.0.clone()).unwrap_or_default();
    let keys = text.map(|text| &*text.value);
    json!({ "es": said(keys.and_then(|keys| keys.es.as_ref())), "en": said(keys.and_then(|keys| keys.en.as_ref())) })
}

fn prose(text: Option<&At<Prose>>) -> Json {
    let said = |text: Option<&At<Paragraphs>>| text.map(|text| text.value.0.trim().to_owned()).unwrap_or_default();
    let keys = text.map(|text| &text.value.0);
    json!({ "es": said(keys.and_then(|keys| keys.es.as_ref())), "en": said(keys.and_then(|keys| keys.en.as_ref())) })
}

fn each(word: impl Fn(Lang) -> String) -> Json {
    json!(each_text(word))
}

fn each_text(word: impl Fn(Lang) -> String) -> Text {
    Text { es: word(Lang::Es).into(), en: word(Lang::En).into() }
}
