//! What must not stand in a file for everybody: addresses, links to calls and the codes to enter them. Files are
//! searched once they are made, whatever template or text it came from.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::decode::Visibility;
use crate::diagnostics::{Diagnostic, Sources, Span};
use crate::formats::unpacked::{Unpacked, unpacked};
use crate::locale::{Lang, Text};
use crate::model::{Programme, link_key};
use crate::paths::FilePath;
use crate::rules::SECRET;
use crate::text;

/// Codes that are shorter stand in any text.
const SHORTEST_CODE: usize = 4;
/// What stands before a code in a text about how to join.
const CODE_WORDS: [&str; 10] =
    ["clave", "contraseña", "contrasena", "código", "codigo", "passcode", "password", "code", "pin", "id"];
/// Parts of a link that let one in.
const CODE_KEYS: [&str; 8] = ["pwd", "passcode", "password", "pass", "clave", "codigo", "pin", "tk"];

/// What a programme keeps from everybody.
#[derive(Debug)]
pub struct Secrets {
    secrets: Vec<Secret>,
    /// Finds addresses and links, wherever lines break in them.
    search: Option<AhoCorasick>,
    /// What may be said: the organizer's address and the links that the group publishes.
    allowed: Vec<String>,
}

#[derive(Debug)]
struct Secret {
    word: String,
    /// "the address of Upala"
    what: Text,
    /// Where it is declared.
    place: Option<Span>,
    /// A code counts only as a word of its own.
    is_code: bool,
}

/// A secret in a file: which one of its [`Secrets`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak(usize);

impl Secrets {
    pub fn of(programme: &Programme) -> Secrets {
        let group = &programme.group;
        let mut secrets = Vec::new();
        let organizer = group.organizer.as_ref().map(|organizer| organizer.email.to_lowercase());
        let parties = group.parties.iter().map(|party| {
            (
                Text { es: party.label(Lang::Es).into(), en: party.label(Lang::En).into() },
                [&party.also, &party.copy],
                &party.email,
            )
        });
        let people =
            group.people.iter().map(|person| (Text::same(person.name.clone()), [&person.also, &person.copy], &person.email));
        let all = parties.chain(people).flat_map(|(name, more, email)| {
            email.iter().chain(more.into_iter().flatten()).map(move |email| (name.clone(), email))
        });
        for (name, email) in all {
            if Some(email.value.to_lowercase()) != organizer {
                let what = text!(l, name = name.get(l).to_owned(); "the address of {name}", "la dirección de {name}");
                secrets.push(Secret { word: email.value.clone(), what, place: Some(email.span), is_code: false });
            }
        }
        let (open, closed): (Vec<_>, Vec<_>) = programme.sessions.iter().partition(|session| session.publish_join_link);
        let links = open.iter().filter_map(|session| session.join_link.as_ref());
        let published: Vec<String> = links.map(|link| link_key(&link.value)).collect();
        for session in closed {
            let name = |l: Lang| session.name(l);
            let mut codes: Vec<(String, Option<Span>)> = Vec::new();
            if let Some(link) = &session.join_link {
                let word = link_key(&link.value);
                // The home page of a platform lets nobody in.
                if !published.contains(&word) && word.split_once('/').is_some_and(|(_, path)| path.len() > 2) {
                    let what = text!(l, name = name(l); "the join link of {name}", "el enlace de {name}");
                    secrets.push(Secret { word, what, place: Some(link.span), is_code: false });
                }
                codes.extend(codes_in_link(&link.value).map(|code| (code, Some(link.span))));
            }
            session.clone().retain_texts(&mut |field, text| {
                if field.visibility == Visibility::Invitees {
                    Lang::ALL
                        .iter()
                        .for_each(|lang| codes.extend(codes_in_text(text.get(*lang)).into_iter().map(|code| (code, None))));
                }
                true
            });
            for (word, place) in codes.into_iter().filter(|(word, _)| word.len() >= SHORTEST_CODE) {
                let what = text!(l, name = name(l); "the code to enter {name}", "la clave para entrar a {name}");
                secrets.push(Secret { word, what, place, is_code: true });
            }
        }
        let words = secrets.iter().filter(|secret| !secret.is_code).map(|secret| squeezed(&secret.word));
        let words: Vec<String> = words.collect();
        let search = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&words).ok().filter(|_| !words.is_empty());
        // Codes stand behind, so that what the search finds is counted from the first.
        secrets.sort_by_key(|secret| secret.is_code);
        let mut allowed: Vec<String> = organizer.into_iter().chain(published).map(|word| squeezed(&word)).collect();
        allowed.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Secrets { secrets, search, allowed }
    }

    /// What of it stands in a file.
    pub fn within(&self, path: &FilePath, bytes: &[u8]) -> Vec<Leak> {
        if self.secrets.is_empty() {
            return Vec::new();
        }
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let Unpacked { read, raw } = unpacked(extension, bytes);
        let mut found = Vec::new();
        for text in read.iter().chain(&raw) {
            let mut text = squeezed(text);
            self.allowed.iter().filter(|word| !word.is_empty()).for_each(|word| text = text.replace(word.as_str(), "\n"));
            let matches = self.search.iter().flat_map(|search| search.find_overlapping_iter(&text));
            found.extend(matches.map(|found| Leak(found.pattern().as_usize())));
        }
        let codes = self.secrets.iter().enumerate().filter(|(_, secret)| secret.is_code);
        found.extend(codes.filter(|(_, code)| read.iter().any(|text| has_word(text, &code.word))).map(|(index, _)| Leak(index)));
        found.sort();
        found.dedup();
        found
    }

    /// One finding for each secret, at the places where somebody wrote it.
    pub fn findings(&self, leaks: &BTreeMap<Leak, Vec<FilePath>>, sources: &Sources) -> Vec<Diagnostic> {
        leaks.iter().filter_map(|(leak, files)| Some(finding(self.secrets.get(leak.0)?, files, sources))).collect()
    }
}

fn finding(secret: &Secret, files: &[FilePath], sources: &Sources) -> Diagnostic {
    let Secret { what, word, .. } = secret;
    let (first, more) = (files.first().map_or("", |file| &**file), files.len().saturating_sub(1));
    let message = match more {
        0 => text!(l, what = what.get(l).to_owned();
            "{what} would stand in a file for everybody: {first}", "{what} quedaría en un archivo para todo público: {first}"),
        _ => text!(l, what = what.get(l).to_owned();
            "{what} would stand in files for everybody: {first} and {more} more",
            "{what} quedaría en archivos para todo público: {first} y {more} más"),
    };
    let mut finding = Diagnostic::new(&SECRET, message);
    for (file, source) in sources.iter() {
        let mut start = 0;
        for line in source.text.split_inclusive('\n') {
            if squeezed(line).contains(&squeezed(word)) {
                let exact = line.to_ascii_lowercase().find(&word.to_ascii_lowercase()).map(|at| at..at + word.len());
                let within = exact.unwrap_or(0..line.trim_end().len());
                let span = Span::new(file, start + within.start..start + within.end);
                // Where it is declared it may stand.
                if !secret.place.is_some_and(|place| place.contains(span) || span.contains(place)) {
                    finding = finding.at(span, Text::fixed("it stands here", "está aquí"));
                }
            }
            start += line.len();
        }
    }
    finding.advice(Text::fixed(
        "take it out of the text or the template; in letters and invitations it may stand",
        "quítelo del texto o de la plantilla; en las cartas y las invitaciones sí puede estar",
    ))
}

/// As texts are compared: in small letters, without what lines and formats put between letters.
fn squeezed(text: &str) -> String {
    let is_between =
        |c: &char| c.is_whitespace() || matches!(c, '\\' | '\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let plain = if text.contains("%40") { text.replace("%40", "@") } else { text.to_owned() };
    plain.chars().filter(|c| !is_between(c)).flat_map(char::to_lowercase).collect()
}

fn has_word(text: &str, word: &str) -> bool {
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(word).any(|(at, _)| ends(text[..at].chars().next_back()) && ends(text[at + word.len()..].chars().next()))
}

/// "https://zoom.us/j/1?pwd=Abc123" lets in with "Abc123".
fn codes_in_link(link: &str) -> impl Iterator<Item = String> {
    let query = link.split_once(['?', '#']).map_or("", |(_, query)| query);
    let parts = query.split(['&', ';', '?', '#']).filter_map(|part| part.split_once('='));
    parts.filter(|(key, _)| CODE_KEYS.contains(&key.to_lowercase().as_str())).map(|(_, code)| code.to_owned())
}

/// "ID 812 3456, clave: xY3-z" holds "812 3456" and "xY3-z".
fn codes_in_text(text: &str) -> Vec<String> {
    let trimmed = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<&str> = text.split_whitespace().flat_map(|word| word.split_inclusive([':', '='])).collect();
    let mut codes = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let before = words[index.saturating_sub(4)..index].iter().map(|word| trimmed(word).to_lowercase());
        let code = trimmed(word);
        if code.contains(|c: char| c.is_ascii_digit()) && before.into_iter().any(|word| CODE_WORDS.contains(&word.as_str())) {
            codes.push(code);
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_where_people_write_them() {
        assert_eq!(codes_in_text("ID de la reunión: 8123456, clave: xY3-z."), ["8123456", "xY3-z"]);
        assert_eq!(codes_in_text("A las 10:30 por Zoom, sala 1204"), [""; 0]);
        assert_eq!(codes_in_link("https://zoom.us/j/1?pwd=Abc123&x=1").collect::<Vec<_>>(), ["Abc123"]);
        assert!(has_word("clave 4711.", "4711") && !has_word("a47110", "4711"));
    }
}
