//! Bullets and numbers, as lists of Word.

use super::{XML, root};

/// The two sorts of list; every list is an instance of its own, so that its numbers begin anew.
const BULLETS: usize = 1;
const NUMBERS: usize = 2;
const LEVELS: usize = 9;

/// A list of a document: `start` is the first number of an ordered one.
#[derive(Clone, Copy, Debug)]
pub struct List {
    pub start: Option<usize>,
    pub level: usize,
}

pub fn part(lists: &[List]) -> String {
    format!("{XML}{}{}{}</w:numbering>", root("numbering"), definitions(0), instances(lists, 0, 0))
}

/// The sorts of list; `shift` moves their ids behind those that a template has.
pub fn definitions(shift: usize) -> String {
    definition(BULLETS + shift, "hybridMultilevel", &|level| ("bullet", ["•", "–", "·"][level % 3].to_owned()))
        + &definition(NUMBERS + shift, "multilevel", &|level| {
            let sort = ["decimal", "lowerLetter", "lowerRoman"][level % 3];
            (sort, format!("%{}.", level + 1))
        })
}

pub fn instances(lists: &[List], shift: usize, definition_shift: usize) -> String {
    let instance = |(index, list): (usize, &List)| {
        let sort = if list.start.is_some() { NUMBERS } else { BULLETS } + definition_shift;
        let restart = list.start.map_or(String::new(), |start| {
            format!("<w:lvlOverride w:ilvl=\"{}\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride>", list.level)
        });
        format!("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{sort}\"/>{restart}</w:num>", index + 1 + shift)
    };
    lists.iter().enumerate().map(instance).collect()
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
