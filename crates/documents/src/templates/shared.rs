//! Templates whose files would have one name, on one system or on all: the last one written would stand for both.

use std::collections::HashMap;

use super::{TEMPLATE, Templates};
use crate::diagnostics::{Diagnostic, Sources, Span};
use crate::locale::{Lang, Text};
use crate::paths::FileName;
use crate::text;

/// What goes into a folder of its own: its name stands for nothing else.
const LETTER: &str = "letter";

/// The templates of each name that is shared, at one that somebody wrote.
pub(super) fn names(templates: &Templates, sources: &Sources) -> Vec<Diagnostic> {
    let mut told: Vec<(&str, &str)> = Vec::new();
    for lang in Lang::ALL {
        // Windows and macOS take capitals for no difference.
        let mut first: HashMap<String, &str> = HashMap::new();
        for template in templates.documents() {
            let name = if template == LETTER { LETTER.to_owned() } else { templates.file_name(template, lang) };
            let other = *first.entry(FileName::of(&name).as_str().to_lowercase()).or_insert(template);
            if other != template && !told.contains(&(other, template)) {
                told.push((other, template));
            }
        }
    }
    told.into_iter().map(|(one, other)| shared(templates, sources, one, other)).collect()
}

fn shared(templates: &Templates, sources: &Sources, one: &str, other: &str) -> Diagnostic {
    let names = [one, other].map(|name| format!("{name}{}", super::DOCUMENT_SUFFIX));
    let is_own = |name: &&String| templates.file(name).is_some_and(|file| !sources.get(file).path.starts_with('<'));
    let own = names.iter().rev().find(is_own).and_then(|name| templates.file(name));
    let [one, other] = &names;
    Diagnostic::new(
        &TEMPLATE,
        text!("`{one}` and `{other}` would make files of one name", "`{one}` y `{other}` harían archivos de un mismo nombre"),
    )
    .at(own.map_or_else(Span::default, |file| Span::new(file, 0..0)), Text::default())
    .note(Text::fixed(
        "Windows and macOS take capitals and small letters for the same",
        "para Windows y macOS, mayúsculas y minúsculas son lo mismo",
    ))
    .advice(Text::fixed(
        "call one of them otherwise, or give its files another name with `file-…` in words.toml",
        "póngale otro nombre a una, o dé otro nombre a sus archivos con `file-…` en words.toml",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(own: &[(&str, &str)]) -> Vec<String> {
        let mut sources = Sources::default();
        let own = own.iter().map(|(name, text)| ((*name).to_owned(), format!("templates/{name}"), (*text).to_owned())).collect();
        let (_, findings) = Templates::new(&mut sources, own);
        let place = |finding: &Diagnostic| sources.get(finding.place().unwrap().file).path.clone();
        findings.iter().map(|finding| format!("{}: {}", place(finding), finding.message.en)).collect()
    }

    #[test]
    fn two_templates_of_one_name_are_told_before_anything_is_written() {
        assert_eq!(
            told(&[("Anexo.md.j2", "# A"), ("anexo.md.j2", "# A")]),
            ["templates/anexo.md.j2: `Anexo.md.j2` and `anexo.md.j2` would make files of one name"]
        );
        // The documents that there always are have a name in each language.
        assert_eq!(
            told(&[("programa.md.j2", "# A")]),
            ["templates/programa.md.j2: `programa.md.j2` and `programme.md.j2` would make files of one name"]
        );
        let words = "file-uno = { es = 'anexo', en = 'one' }\nfile-dos = { es = 'Anexo', en = 'two' }\n";
        assert_eq!(told(&[("dos.md.j2", "# A"), ("uno.md.j2", "# A"), ("words.toml", words)]).len(), 1);
        assert_eq!(told(&[("agenda.md.j2", "# A"), ("anexo.md.j2", "# A"), ("cartas.md.j2", "# A")]), [""; 0]);
    }
}
