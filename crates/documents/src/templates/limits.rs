//! What a template may ask for. Templates come from anybody, and the engine reads and runs them with the
//! stack and the memory of this program: what is bounded here can neither end nor hang it.
//!
//! | | |
//! |---|---|
//! | length | [`LARGEST`], before the engine reads it |
//! | nesting | [`MOST_SIGNS`] in a tag, [`MOST_BRANCHES`] in a template: the engine recurses into each, and counts none |
//! | work | [`fuel`]: a step, or 64 octets of what is written or made |
//! | what comes out | [`LARGEST_DOCUMENT`], [`MOST_STEPS`](crate::document::parse::MOST_STEPS), and the sessions of the programme once (`room`) |

use std::fmt::Write;

use minijinja::value::Value;
use minijinja::{Error, ErrorKind};

use super::TEMPLATE;
use crate::diagnostics::{Diagnostic, FileId, Sources, Span};
use crate::document::parse::{Filling, MARK_END, MARK_START};
use crate::locale::Text;

/// Octets of a template. The longest that ships has 3,000.
pub(crate) const LARGEST: usize = 2 * 1024 * 1024;
/// Operators, brackets, dots and pipes of one tag (`{{ … }}` or `{% … %}`).
const MOST_SIGNS: usize = 300;
/// `elif` of one template.
const MOST_BRANCHES: usize = 300;
/// A looping template stops here, and one that writes without end at 64 times as many octets: the programme of
/// 340 municipalities takes a fiftieth of it. What a template makes and throws away is held two or three times for a
/// moment, so that the memory of a run is a few times these 64 MB.
const FUEL: u64 = 1_000_000;
/// Octets of the stack of a template that a person wrote: lists within lists, as many as [`FUEL`] lets it make, are
/// dropped one within the other.
pub(crate) const STACK: usize = 256 * 1024 * 1024;
/// Octets of a document with the values at its marks: eight hundred pages.
pub(crate) const LARGEST_DOCUMENT: usize = 2 * 1024 * 1024;

/// What templates may use up on a programme: the more is written, the longer they have to loop over it.
pub(crate) fn fuel(sources: &Sources) -> u64 {
    let written: usize = sources.iter().map(|(_, file)| file.text.len()).sum();
    FUEL + u64::try_from(written).unwrap_or(FUEL)
}

/// How much of [`LARGEST_DOCUMENT`] a value takes, of which the engine sees only the mark.
pub(crate) fn weight(value: &Filling) -> usize {
    struct Count(usize);
    impl std::io::Write for Count {
        fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
            self.0 += octets.len();
            Ok(octets.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    let counted = match value {
        Filling::Text(text) => return text.len(),
        Filling::Inlines(inlines) => serde_json::to_writer(&mut count, inlines),
        Filling::Blocks(blocks) => serde_json::to_writer(&mut count, blocks),
    };
    counted.map_or(LARGEST_DOCUMENT, |()| count.0)
}

/// The text of a value. A list that holds itself twice, and so on, has more of it than any document.
pub(crate) fn written(value: &Value) -> Result<String, Error> {
    struct Bounded(String);
    impl std::fmt::Write for Bounded {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            let is_held = self.0.len() + text.len() <= LARGEST_DOCUMENT;
            is_held.then(|| self.0.push_str(text)).ok_or(std::fmt::Error)
        }
    }
    let mut text = Bounded(String::new());
    write!(text, "{value}").map_err(|_| too_long())?;
    Ok(text.0)
}

/// The error of a document that would be too long.
pub(crate) fn too_long() -> Error {
    ErrorKind::OutOfFuel.into()
}

/// Why a template is not read, at its place.
pub(crate) fn exceeded(file: FileId, source: &str) -> Option<Diagnostic> {
    let finding = |span: std::ops::Range<usize>, message: Text, advice: Text| {
        Some(Diagnostic::new(&TEMPLATE, message).at(Span::new(file, span), Text::default()).advice(advice))
    };
    if source.len() > LARGEST {
        return finding(
            0..0,
            Text::fixed("the template is larger than 2 MiB", "la plantilla pasa de 2 MiB"),
            Text::fixed(
                "put the text of documents into the sessions and the concept note, not into the template",
                "ponga el texto de los documentos en las sesiones y en la nota conceptual, no en la plantilla",
            ),
        );
    }
    if let Some((at, sign)) = source.char_indices().find(|(_, c)| matches!(*c, MARK_START | MARK_END)) {
        return finding(
            at..at + sign.len_utf8(),
            Text::fixed("here is a sign that is no letter", "aquí hay un signo que no es ninguna letra"),
            Text::fixed("delete it and what was pasted with it", "bórrelo, con lo que se pegó junto a él"),
        );
    }
    let mut branches = 0;
    for tag in Tags::of(source) {
        let inner = &source[tag.clone()];
        branches += usize::from(inner.trim_start_matches(['-', '+']).trim_start().starts_with("elif"));
        if steps(inner) > MOST_SIGNS || branches > MOST_BRANCHES {
            let end = tag.start + inner.find('\n').unwrap_or(inner.len()).min(inner.floor_char_boundary(40));
            return finding(
                tag.start..end,
                Text::fixed("the template is nested too deeply", "la plantilla está anidada con demasiada profundidad"),
                Text::fixed(
                    "say it in several tags: `{% set part = … %}`, then use `part`",
                    "dígalo en varias etiquetas: `{% set parte = … %}`, y luego use `parte`",
                ),
            );
        }
    }
    None
}

/// How deep the engine may have to go for a tag: a chain of operators goes one deeper with each.
fn steps(tag: &str) -> usize {
    let mut steps = 0;
    let mut rest = tag;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' | '\'' => string(rest),
            c if c.is_alphanumeric() || c == '_' => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
                steps += usize::from(["not", "and", "or", "is", "in", "if", "else"].contains(&&rest[..end]));
                end
            }
            c => {
                steps += usize::from(!c.is_whitespace() && c != ',');
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    steps
}

/// The length of a string with its quotes, which a backslash keeps from ending it.
fn string(text: &str) -> usize {
    let mut octets = text.bytes().enumerate();
    let quote = octets.next().map(|(_, octet)| octet);
    while let Some((at, octet)) = octets.next() {
        if octet == b'\\' {
            octets.next();
        } else if Some(octet) == quote {
            return at + 1;
        }
    }
    text.len()
}

/// What stands within the tags of a template, each as the engine finds it.
struct Tags<'s> {
    source: &'s str,
    at: usize,
}

impl Tags<'_> {
    fn of(source: &str) -> Tags<'_> {
        Tags { source, at: 0 }
    }

    /// Where a tag ends that begins here: its end is no part of a string.
    fn end(&self, start: usize, mark: &str) -> usize {
        let mut at = start;
        while at < self.source.len() {
            let rest = &self.source[at..];
            if rest.starts_with(mark) {
                break;
            }
            at += match rest.chars().next() {
                Some('"' | '\'') => string(rest),
                c => c.map_or(1, char::len_utf8),
            };
        }
        at.min(self.source.len())
    }
}

impl Iterator for Tags<'_> {
    type Item = std::ops::Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let open = self.at + self.source.get(self.at..)?.find('{')?;
            let start = open + 2;
            let mark = match self.source.as_bytes().get(open + 1) {
                Some(b'{') => "}}",
                Some(b'%') => "%}",
                Some(b'#') => {
                    self.at = start + self.source[start..].find("#}")? + 2;
                    continue;
                }
                _ => {
                    self.at = open + 1;
                    continue;
                }
            };
            let end = self.end(start, mark);
            self.at = (end + mark.len()).min(self.source.len());
            let words = self.source[start..end].trim_matches(['-', '+']).trim();
            if mark == "%}" && words == "raw" {
                // Nothing within is a tag.
                self.at += endraw(&self.source[self.at..])?;
                continue;
            }
            return Some(start..end);
        }
    }
}

/// Behind the tag that ends what is raw.
fn endraw(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let start = at + text[at..].find("{%")? + 2;
        let rest = text[start..].trim_start_matches(['-', '+']).trim_start();
        if let Some(behind) = rest.strip_prefix("endraw") {
            let behind = behind.trim_start().trim_start_matches(['-', '+']);
            if behind.starts_with("%}") {
                return Some(text.len() - behind.len() + 2);
            }
        }
        at = start;
    }
}

#[cfg(test)]
mod tests {
    use minijinja::Environment;

    use super::*;

    fn is_refused(source: &str) -> bool {
        exceeded(FileId(0), source).is_some()
    }

    #[test]
    fn chains_are_refused_before_the_engine_follows_them() {
        for chain in ["not ", "-", "- -", "1 + ", "a.b ~ ", "(", "[", "a|f|", "a if b else "] {
            let many = chain.repeat(100_000 / chain.len());
            assert!(is_refused(&format!("{{{{ {many} 1 }}}}")), "{chain}");
            assert!(is_refused(&format!("{{# {{{{ \" #}}{{% if {many} 1 %}}")), "{chain}");
            assert!(is_refused(&format!("{{% raw %}}{{{{ \" {{%- endraw -%}}{{% set a = {many} 1 %}}")), "{chain}");
            assert!(is_refused(&format!("{{{{ 'a\\'b' {many}")), "{chain}");
        }
        assert!(is_refused(&"{% if a %}{% elif b %}".replace("{% elif b %}", &"{%- elif b %}".repeat(1000))));
        assert!(is_refused(&" ".repeat(LARGEST + 1)));
        assert!(is_refused("# T \u{fdd0}0\u{fdd1}"), "a mark of its own");
    }

    #[test]
    fn what_is_text_counts_for_nothing() {
        let many = "- ( [ not ".repeat(1000);
        for source in
            [many.clone(), format!("{{# {many} #}}"), format!("{{{{ \"{many}\" }}}}"), format!("{{% raw %}}{many}{{% endraw %}}")]
        {
            assert!(!is_refused(&source), "{}", &source[..20]);
        }
        for (name, text) in super::super::BUILT_IN.iter().filter(|(name, _)| name.ends_with(".j2")) {
            assert!(!is_refused(text), "{name}");
        }
    }

    /// At the limit the engine still has room, in a thread with the stack that threads have.
    #[test]
    fn what_is_let_through_can_be_followed() {
        for chain in ["not ", "-", "1 + ", "1 ~ ", "1|int + ", "1 if 1 else ", "x."] {
            let steps = steps(chain).max(1);
            let source = format!("{{{{ {}x }}}}", chain.repeat(MOST_SIGNS / steps - 1));
            assert!(!is_refused(&source), "{chain}");
            let run = move || {
                let environment = Environment::new();
                let _ = environment.template_from_str(&source).map(|template| template.render(minijinja::context! { x => 1 }));
            };
            std::thread::spawn(run).join().unwrap();
        }
        let branches = format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(MOST_BRANCHES));
        assert!(!is_refused(&branches));
        std::thread::spawn(move || Environment::new().render_str(&branches, ()).unwrap()).join().unwrap();
    }
}
