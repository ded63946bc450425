//! Where else a key stands: a list of tables is named by each of its heads and by those inside it, and a dotted key
//! by each of its lines. A tree of values knows only the first place, and a key that is renamed there alone is torn in two.

use std::collections::HashMap;
use std::ops::Range;

use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};

use super::forms::Forms;
use super::rules;
use crate::diagnostics::{Diagnostic, Edit};

/// As deep as the parser itself goes.
const DEEPEST: u32 = 80;

/// Lets the mends of keys reach every place of the key. What is rewritten before it is parsed waits until it is
/// mended itself.
pub(super) fn everywhere(file: &str, forms: &Forms, parsed: &str, findings: &mut [Diagnostic]) {
    let mut of_keys: Vec<&mut Diagnostic> =
        findings.iter_mut().filter(|finding| finding.check == rules::UNKNOWN_KEY.id && !finding.mends.is_empty()).collect();
    if of_keys.is_empty() {
        return;
    }
    let places: HashMap<_, Vec<_>> = again(parsed)
        .into_iter()
        .map(|(first, others)| (forms.span(first), others.into_iter().map(|other| forms.span(other)).collect()))
        .collect();
    for finding in &mut of_keys {
        for mend in &mut finding.mends {
            let others = mend.edits.iter().flat_map(|edit| {
                let spans = places.get(&edit.span).into_iter().flatten();
                spans.map(|span| Edit { span: *span, text: edit.text.clone() })
            });
            let others: Vec<Edit> = others.collect();
            mend.edits.extend(others);
        }
        let is_key = |edit: &Edit| !file.get(edit.span.range()).unwrap_or_default().starts_with('[');
        finding.mends.retain(|mend| mend.edits.iter().all(is_key));
    }
}

/// The first place of each key that stands in several, and the others.
fn again(text: &str) -> Vec<(Range<usize>, Vec<Range<usize>>)> {
    let tokens: Vec<_> = Source::new(text).lex().collect();
    let mut walk = Walk::new(text);
    let mut receiver = |event: Event| walk.event(&event);
    parse_document(&tokens, &mut RecursionGuard::new(&mut receiver, DEEPEST), &mut ());
    walk.keys.into_iter().filter(|key| !key.others.is_empty()).map(|key| (key.first, key.others)).collect()
}

#[derive(Default)]
struct Key {
    first: Range<usize>,
    others: Vec<Range<usize>>,
    /// What is in its table; of a list, in the last of its tables.
    inside: HashMap<String, usize>,
}

/// A way through the keys of a text; the first of them is the file itself.
struct Walk<'t> {
    text: &'t str,
    keys: Vec<Key>,
    /// The table that lines belong to.
    table: usize,
    /// The key that was read last.
    key: usize,
    /// Whether the next word begins a key of the table.
    begins: bool,
    /// The tables and keys around the inline tables that are open.
    around: Vec<(usize, usize)>,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str) -> Walk<'t> {
        Walk { text, keys: vec![Key::default()], table: 0, key: 0, begins: true, around: Vec::new() }
    }

    fn event(&mut self, event: &Event) {
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => (self.key, self.begins) = (0, false),
            EventKind::StdTableClose => (self.table, self.begins) = (self.key, true),
            EventKind::ArrayTableClose => {
                self.keys[self.key].inside.clear();
                (self.table, self.begins) = (self.key, true);
            }
            EventKind::InlineTableOpen => {
                self.around.push((self.table, self.key));
                self.keys[self.key].inside.clear();
                (self.table, self.begins) = (self.key, true);
            }
            EventKind::InlineTableClose => {
                (self.table, self.key) = self.around.pop().unwrap_or_default();
                self.begins = true;
            }
            EventKind::KeyValSep => self.begins = true,
            EventKind::SimpleKey => self.word(event.span().start()..event.span().end()),
            _ => {}
        }
    }

    /// A word of a key, inside the table or the word before it.
    fn word(&mut self, place: Range<usize>) {
        let within = if self.begins { self.table } else { self.key };
        self.begins = false;
        let name = self.text[place.clone()].trim_matches(['"', '\'']).to_owned();
        let next = self.keys.len();
        self.key = *self.keys[within].inside.entry(name).or_insert(next);
        match self.keys.get_mut(self.key) {
            Some(known) => known.others.push(place),
            None => self.keys.push(Key { first: place, ..Key::default() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_in_each_of_its_places_and_another_of_its_name_is_not() {
        let text = "a.x = 1\na.y = { b.c = 1, b.d = [{ e.f = 1, e.g = 2 }, { e = 1 }] }\n[[l]]\nn = 1\n[[l.i]]\nn = 1\n[[l.i]]\nn = 2\n\
                    [\"l\".t]\nn = '''\n[[l]]\n'''\n[[l]]\n[[l.i]]\n[t]\nl = 1\n";
        let mut found: Vec<(&str, Vec<usize>)> = again(text)
            .into_iter()
            .map(|(first, others)| {
                (&text[first.clone()], [first.start].into_iter().chain(others.into_iter().map(|other| other.start)).collect())
            })
            .collect();
        found.sort();
        let all = |word: &str| text.match_indices(word).map(|(at, _)| at).collect::<Vec<_>>();
        let heads: Vec<usize> = ["[[l]]\nn", "[[l.i]]\nn = 1", "[[l.i]]\nn = 2", "[\"l\"", "[[l]]\n[[", "[[l.i]]\n[t"]
            .into_iter()
            .map(|head| text.find(head).unwrap() + head.find(['l', '"']).unwrap())
            .collect();
        let items = all("i]]")[..2].to_vec();
        let expected = [
            ("a", vec![all("a.x")[0], all("a.y")[0]]),
            ("b", vec![all("b.c")[0], all("b.d")[0]]),
            ("e", vec![all("e.f")[0], all("e.g")[0]]),
            ("i", items),
            ("l", heads),
        ];
        assert_eq!(found, expected);
    }
}
