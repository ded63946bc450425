//! Bullets and numbers, as lists of Word.

use super::outline::Outline;
use super::styles::Ids;
use super::{XML, root};

/// The sorts of list; every list is an instance of its own, so that its numbers begin anew.
const BULLETS: usize = 1;
const NUMBERS: usize = 2;
const HEADINGS: usize = 3;
/// The list that numbers the headings comes before all others.
pub(crate) const HEADINGS_LIST: usize = 1;
const LEVELS: usize = 9;

/// A list of a document: `start` is the first number of an ordered one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct List {
    pub start: Option<usize>,
    pub level: usize,
}

/// What of a body is counted.
pub(crate) struct Counted {
    pub lists: Vec<List>,
    pub outline: Outline,
}

pub(crate) fn part(counted: &Counted, styles: &Ids) -> String {
    format!("{XML}{}{}{}</w:numbering>", root("numbering"), definitions(counted, styles, 0), instances(counted, 0, 0))
}

/// The sorts of list; `shift` moves their ids behind those that a template has.
pub(crate) fn definitions(counted: &Counted, styles: &Ids, shift: usize) -> String {
    let lists = definition(BULLETS + shift, "hybridMultilevel", &|level| ("bullet", ["•", "–", "·"][level % 3].to_owned()))
        + &definition(NUMBERS + shift, "multilevel", &|level| {
            let sort = ["decimal", "lowerLetter", "lowerRoman"][level % 3];
            (sort, format!("%{}.", level + 1))
        });
    if counted.outline.is_empty() { lists } else { lists + &counted.outline.definition(HEADINGS + shift, styles) }
}

pub(crate) fn instances(counted: &Counted, shift: usize, definition_shift: usize) -> String {
    let instance = |id: usize, sort: usize, rest: &str| {
        let (id, sort) = (id + shift, sort + definition_shift);
        format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{sort}\"/>{rest}</w:num>")
    };
    let mut out = if counted.outline.is_empty() { String::new() } else { instance(HEADINGS_LIST, HEADINGS, "") };
    for (index, list) in counted.lists.iter().enumerate() {
        let id = HEADINGS_LIST + 1 + index;
        out += &match list.start {
            None => instance(id, BULLETS, ""),
            Some(start) => {
                let level = list.level;
                let restart = format!("<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride>");
                instance(id, NUMBERS, &restart)
            }
        };
    }
    out
}

fn definition(id: usize, kind: &str, level: &dyn Fn(usize) -> (&'static str, String)) -> String {
    let levels: String = (0..LEVELS)
        .map(|index| {
            let (format, text) = level(index);
            let indent = 360 * (index + 1);
            format!(
                "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/>\
                 <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{indent}\" w:hanging=\"360\"/></w:pPr></w:lvl>"
            )
        })
        .collect();
    format!("<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"{kind}\"/>{levels}</w:abstractNum>")
}
