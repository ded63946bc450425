//! Whatever is derived from the declaration of a field sees every field: the sample has each of them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use convoca::decode::{Field, Kind, Visibility};
use convoca::diagnostics::{FileId, Sources, Span};
use convoca::formats::json;
use convoca::locale::Lang;
use convoca::schema::{Written, fields};
use convoca::{Checked, check};

const SAMPLE: [(&str, &str); 3] = [
    ("1.toml", include_str!("fixtures/every-field/1.toml")),
    ("concept-note.toml", include_str!("fixtures/every-field/concept-note.toml")),
    ("group.toml", include_str!("fixtures/every-field/group.toml")),
];

/// A call that no session names; a text must not bring people to it.
const CALL: &str = "https://zoom.us/j/8123456789";

/// The texts of the sample, some of them changed.
struct Sample([String; 3]);

impl Sample {
    fn new() -> Sample {
        Sample(SAMPLE.map(|(_, text)| text.to_owned()))
    }

    fn check(&self) -> Checked {
        let mut sources = Sources::default();
        for ((path, _), text) in SAMPLE.iter().zip(&self.0) {
            sources.add(*path, text.clone());
        }
        let checked = check(&sources, NaiveDate::from_ymd_opt(2027, 1, 25).unwrap());
        let errors: Vec<_> = checked.findings.iter().filter(|finding| finding.check == "syntax").collect();
        assert!(errors.is_empty(), "{errors:#?}");
        checked
    }

    /// With other words at places in one file.
    fn with(&self, file: FileId, places: &[Span], words: impl Fn(&str) -> String) -> Sample {
        let mut texts = self.0.clone();
        let text = &mut texts[file.0 as usize];
        let mut places: Vec<Span> = places.to_vec();
        places.sort();
        for place in places.iter().rev() {
            let new = words(&text[place.range()]);
            text.replace_range(place.range(), &new);
        }
        Sample(texts)
    }
}

/// A field of the sample with the places of its values: of a text, those of each language.
struct Place {
    field: &'static Field,
    file: FileId,
    whole: Span,
    words: Vec<(Lang, Span)>,
}

fn places(written: &Written) -> Vec<Place> {
    let mut places = Vec::new();
    written.each_field(&mut |file, filled| {
        let words = filled.text.into_iter().flatten().filter_map(|(lang, words)| Some((lang, words?.span))).collect();
        places.push(Place { field: filled.field, file, whole: filled.span, words });
    });
    places
}

fn texts(written: &Written) -> Vec<Place> {
    let mut places = places(written);
    places.retain(|place| place.field.is_text());
    places
}

fn name(field: &Field) -> String {
    format!("{}.{}", field.record, field.key)
}

#[test]
fn the_sample_has_every_field() {
    let checked = Sample::new().check();
    let filled: BTreeSet<String> = places(&checked.written).iter().map(|place| name(place.field)).collect();
    let declared = fields().into_iter().filter(|field| field.kind != Kind::Records).map(name).collect();
    assert_eq!(filled, declared);
}

#[test]
fn every_text_is_asked_for_in_each_language() {
    let sample = Sample::new();
    let checked = sample.check();
    let missing = |checked: &Checked| checked.findings.iter().filter(|finding| finding.check == "missing-translation").count();
    assert_eq!(missing(&checked), 0);
    for place in texts(&checked.written) {
        for (lang, words) in &place.words {
            let short = sample.with(place.file, &[*words], |_| "\"\"".to_owned()).check();
            assert_eq!(missing(&short), 1, "{} without {lang}", name(place.field));
        }
    }
}

#[test]
fn nothing_leads_everybody_to_a_call() {
    let sample = Sample::new();
    for place in texts(&sample.check().written) {
        let spans: Vec<Span> = place.words.iter().map(|(_, span)| *span).collect();
        let exposing = sample.with(place.file, &spans, |_| format!("\"En {CALL}\"")).check();
        let told = exposing.findings.iter().filter(|finding| finding.check == "exposed-link").count();
        assert_eq!(told, usize::from(place.field.visibility == Visibility::Published), "{}", name(place.field));
        let public = exposing.programme.unwrap().public();
        assert!(!format!("{public:?}").contains(CALL), "{} is not covered", name(place.field));
    }
}

#[test]
fn what_is_not_for_everybody_is_not_in_the_public_programme() {
    let sample = Sample::new();
    let checked = sample.check();
    let programme = checked.programme.unwrap();
    let public = format!("{:?}", programme.public());
    let mut seen = BTreeSet::new();
    for place in places(&checked.written) {
        if place.field.visibility == Visibility::Published {
            continue;
        }
        seen.insert(name(place.field));
        let spans = if place.words.is_empty() { vec![place.whole] } else { place.words.iter().map(|(_, span)| *span).collect() };
        for span in spans {
            let value = sample.0[place.file.0 as usize][span.range()].trim_matches('"');
            assert!(format!("{programme:?}").contains(value), "{} is lost", name(place.field));
            assert!(!public.contains(value), "{} is for {:?}", name(place.field), place.field.visibility);
        }
    }
    assert!(seen.len() >= 7, "{seen:?}");
}

#[test]
fn an_open_call_is_published_with_what_belongs_to_it() {
    let open = Sample::new();
    let mut texts = open.0.clone();
    texts[0] = texts[0].replace("publish-join-link = false", "publish-join-link = true");
    let public = Sample(texts).check().programme.unwrap().public();
    let file = String::from_utf8(json::file(&public)).unwrap();
    for said in ["https://meet.example.org/abc", "Hay sala de espera", "Globe button"] {
        assert!(file.contains(said), "{said}");
    }
}

#[test]
fn every_published_text_of_the_sessions_and_the_note_is_exported() {
    let sample = Sample::new();
    let checked = sample.check();
    let file = String::from_utf8(json::file(&checked.programme.unwrap().public())).unwrap();
    // Nobody's position and no holiday is in it.
    let left_out = ["Person.role", "Holiday.name"];
    for place in texts(&checked.written) {
        let shown = place.field.visibility == Visibility::Published && !left_out.contains(&name(place.field).as_str());
        for (_, words) in place.words {
            let words = sample.0[place.file.0 as usize][words.range()].trim_matches('"').to_owned();
            assert_eq!(file.contains(&words), shown, "{}: {words}", name(place.field));
        }
    }
}

#[test]
fn spanish_keys_are_told_apart() {
    for field in fields() {
        for word in field.spanish {
            assert_eq!(*word, convoca::locale::names::slug(word), "{}", name(field));
            let is_other = |other: &&'static Field| other.record == field.record && other.key != field.key;
            let other = fields().into_iter().filter(is_other).find(|other| other.key == *word || other.spanish.contains(word));
            assert_eq!(other.map(name), None, "`{word}` of {}", name(field));
        }
    }
}
