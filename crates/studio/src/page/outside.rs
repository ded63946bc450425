//! A file that somebody else changed too: what each has where both changed the same.

use convoca_core::diagnostics::Subject;
use convoca_core::locale::Text;
use serde_json::{Value as Json, json};

use super::View;
use crate::desk::{Clash, Desk, Said};

/// A file that waits, see [`Desk::clashes`].
pub(super) fn outside(desk: &Desk, path: &str) -> Json {
    let view = View { snapshot: desk.snapshot(), programme: desk.snapshot().programme() };
    let theirs = desk.outside().get(path).and_then(|outside| outside.theirs.as_deref());
    let clashes = desk.clashes(path).map(|clashes| clashes.iter().map(|clash| told(&view, clash)).collect::<Json>());
    json!({
        "path": path,
        "about": about_file(&view, path),
        "isGone": theirs.is_none(),
        "clashes": clashes,
        "theirs": theirs.map(String::from_utf8_lossy),
        "mine": desk.project().text(path),
    })
}

/// What a file holds, by the name that people know.
fn about_file(view: &View<'_>, path: &str) -> Option<Text> {
    let file = view.snapshot.sources().find(path);
    let sessions = view.programme.map_or(&[][..], |programme| &programme.sessions);
    let session = sessions.iter().find(|session| Some(session.file) == file)?;
    Some(view.about(&Subject::Session { session: session.id.value.clone() }))
}

/// See [`super::changed`].
pub(super) fn changed(view: &View<'_>, desk: &Desk, path: &str, (before, after): (&str, &str)) -> Json {
    let mut things: Vec<(Text, Vec<String>)> = Vec::new();
    for (subject, field) in desk.changed(path, before, after) {
        let about = view.about(&subject);
        let place = things.iter().position(|(known, _)| *known == about).unwrap_or_else(|| {
            things.push((about, Vec::new()));
            things.len() - 1
        });
        let fields = &mut things[place].1;
        fields.extend(field.filter(|field| !fields.contains(field)));
    }
    things.iter().map(|(about, fields)| json!({ "about": about, "fields": fields })).collect()
}

fn told(view: &View<'_>, clash: &Clash) -> Json {
    let (mine, theirs) = (parts(&clash.mine), parts(&clash.theirs));
    json!({ "about": view.about(&clash.about), "mine": unlike(&mine, &theirs), "theirs": unlike(&theirs, &mine) })
}

/// A key, and what is said there: each text with the key that it has within, such as its language.
type Parts<'a> = (&'a Option<String>, Vec<(String, String)>);

fn parts(said: &[Said]) -> Vec<Parts<'_>> {
    said.iter().map(|said| (&said.field, value(&said.value))).collect()
}

/// What one has and another has not: of a text in two languages, the one that is another.
fn unlike(own: &[Parts<'_>], other: &[Parts<'_>]) -> Json {
    let told = own.iter().filter_map(|(field, parts)| {
        let same = other.iter().find(|(other, _)| other == field && field.is_some()).map(|(_, parts)| parts);
        let is_news = |part: &&(String, String)| same.is_none_or(|same| !same.contains(part));
        let news = parts.iter().filter(is_news).map(|(_, text)| text.as_str()).collect::<Vec<_>>();
        (!news.is_empty()).then(|| json!({ "field": field, "value": news.join(" · ") }))
    });
    told.collect()
}

/// What a line says, without what only the file needs: its key, quotes, braces and remarks.
fn value(line: &str) -> Vec<(String, String)> {
    let (key, said) = line.split_once('=').map_or(("", line), |(key, said)| (key.trim(), said.trim()));
    // An equals sign within a text parts no key from it.
    let said = if key.contains(['"', '\'', ' ']) { line } else { said };
    let quoted = quoted(said);
    match quoted.is_empty() {
        true => vec![(String::new(), said.split(" #").next().unwrap_or(said).trim().to_owned())],
        false => quoted,
    }
}

/// What stands between quotes, each with the key before it.
fn quoted(text: &str) -> Vec<(String, String)> {
    let (mut found, mut open, mut word, mut key) = (Vec::new(), None, String::new(), String::new());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match open {
            None if letter == '#' => break,
            None if letter == '"' || letter == '\'' => open = Some(letter),
            None if letter.is_alphanumeric() || letter == '-' => key.push(letter),
            None if letter == '=' || letter == ' ' => {}
            None => key.clear(),
            Some(quote) if letter == quote => {
                open = None;
                found.push((std::mem::take(&mut key), std::mem::take(&mut word)));
            }
            Some('"') if letter == '\\' => word.extend(letters.next()),
            Some(_) => word.push(letter),
        }
    }
    found.retain(|(_, word)| !word.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::{parts, unlike, value};
    use crate::desk::Said;

    #[test]
    fn a_line_is_told_without_what_only_the_file_needs() {
        for (line, told) in [
            ("start = \"10:05\" # en punto", "10:05"),
            ("minutes = 40  # min", "40"),
            ("title = { es = \"Apertura\", en = 'Opening' }", "Apertura · Opening"),
            ("es = \"di \\\"sí\\\" = #1\"", "di \"sí\" = #1"),
            ("[[slots]]", "[[slots]]"),
            ("Dos más dos = cuatro", "Dos más dos = cuatro"),
        ] {
            let texts = value(line).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
            assert_eq!(texts.join(" · "), told);
        }
    }

    #[test]
    fn only_the_language_that_differs_is_told() {
        let said = |value: &str| vec![Said { field: Some("title".into()), value: value.into() }];
        let (mine, theirs) = (said("title = { es = 'Hola', en = 'Hi' }"), said("title = { es = 'Buenas', en = 'Hi' }"));
        assert_eq!(unlike(&parts(&mine), &parts(&theirs))[0]["value"], "Hola");
        assert_eq!(unlike(&parts(&theirs), &parts(&mine))[0]["value"], "Buenas");
    }
}
