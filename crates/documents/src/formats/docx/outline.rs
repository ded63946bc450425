//! The numbers of headings as a multilevel list that is linked to the heading styles, so that a section
//! put in between in Word moves all that follow.

use std::fmt::Write;

use super::styles::Ids;
use super::xml::escape;
use crate::document::{Block, Heading, Number, Numerals};

/// Levels of heading that have a style of their own.
pub(crate) const LEVELS: usize = 4;

/// The style of a heading that is not the title: 0 is "heading 1".
pub(crate) fn level(heading: &Heading) -> usize {
    usize::from(heading.level.saturating_sub(2)).min(LEVELS - 1)
}

/// What Word calls the style of a level.
pub(crate) fn style(level: usize) -> String {
    format!("heading {}", level + 1)
}

/// How the numbers of each level are written, after the first number that a document has there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    sorts: [Option<Sort>; LEVELS],
    /// Levels whose style numbers by itself, in an institution's template: its way is kept.
    theirs: [bool; LEVELS],
}

#[derive(Clone, Copy, Debug)]
struct Sort {
    numerals: Numerals,
    /// How many levels the number shows: 2 in "2.1".
    parts: usize,
    stop: bool,
    /// All its parts are figures, whatever the levels above are written in.
    figures: bool,
}

impl Outline {
    pub(crate) fn of(blocks: &[Block], theirs: [bool; LEVELS]) -> Outline {
        let mut outline = Outline { theirs, ..Outline::default() };
        for block in blocks {
            if let Block::Heading(heading) = block
                && let Some(number) = &heading.number
            {
                let stop = number.text.ends_with('.');
                let figures = number.text.starts_with(|c: char| c.is_ascii_digit());
                let sort = Sort { numerals: number.numerals, parts: number.parts, stop, figures };
                outline.sorts[level(heading)].get_or_insert(sort);
            }
        }
        outline
    }

    pub(crate) fn is_empty(&self) -> bool {
        (0..LEVELS).all(|level| !self.is_ours(level))
    }

    /// Whether the style of a level is linked to our list.
    pub(crate) fn is_ours(&self, level: usize) -> bool {
        self.sorts[level].is_some() && !self.theirs[level]
    }

    /// Whether a heading of a level has a number unless it is taken off.
    pub(crate) fn is_numbered(&self, level: usize) -> bool {
        self.sorts[level].is_some() || self.theirs[level]
    }

    /// The list, with its levels linked to the styles.
    pub(crate) fn definition(&self, id: usize, styles: &Ids) -> String {
        let mut levels = String::new();
        for (level, sort) in self.sorts.iter().enumerate() {
            let (format, link, text) = match (sort, styles.get(&style(level))) {
                (Some(sort), Some(style)) if self.is_ours(level) => {
                    let format = match sort.numerals {
                        Numerals::Roman => "upperRoman",
                        Numerals::Decimal => "decimal",
                    };
                    let figures = if sort.figures { "<w:isLgl/>" } else { "" };
                    (format, format!("<w:pStyle w:val=\"{}\"/>{figures}", escape(style)), sort.pattern(level))
                }
                _ => ("none", String::new(), String::new()),
            };
            let _ = write!(
                levels,
                "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{link}<w:suff w:val=\"space\"/>\
                 <w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"0\" w:firstLine=\"0\"/></w:pPr></w:lvl>"
            );
        }
        format!("<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"multilevel\"/>{levels}</w:abstractNum>")
    }
}

impl Sort {
    /// "%1.%2."
    fn pattern(self, level: usize) -> String {
        let first = (level + 1).saturating_sub(self.parts);
        let parts: Vec<String> = (first..=level).map(|level| format!("%{}", level + 1)).collect();
        parts.join(".") + if self.stop { "." } else { "" }
    }
}

/// Counts as Word does.
pub(crate) struct Counter<'o> {
    outline: &'o Outline,
    counts: [u32; LEVELS],
}

impl Counter<'_> {
    pub(crate) fn new(outline: &Outline) -> Counter<'_> {
        Counter { outline, counts: [0; LEVELS] }
    }

    /// Whether Word comes to this very number by itself. One out of turn is left to be written as text.
    pub(crate) fn reaches(&mut self, level: usize, number: &Number) -> bool {
        if self.outline.theirs[level] {
            return true;
        }
        let before = self.counts;
        self.counts[level] += 1;
        self.counts[level + 1..].fill(0);
        let reached = self.text(level).is_some_and(|text| text == number.text);
        if !reached {
            self.counts = before;
        }
        reached
    }

    fn text(&self, level: usize) -> Option<String> {
        let sort = self.outline.sorts[level]?;
        let mut text = sort.pattern(level);
        for (upper, count) in self.counts.iter().enumerate().take(level + 1) {
            let own = self.outline.sorts[upper].map_or(Numerals::Decimal, |sort| sort.numerals);
            let numerals = if sort.figures { Numerals::Decimal } else { own };
            text = text.replace(&format!("%{}", upper + 1), &numerals.write(*count));
        }
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(numbers: &[(u8, &str)]) -> (Vec<bool>, Outline) {
        let heading = |(level, text): &(u8, &str)| {
            Block::Heading(Heading { level: *level, number: Number::read(text), anchor: String::new(), content: Vec::new() })
        };
        let blocks: Vec<Block> = numbers.iter().map(heading).collect();
        let outline = Outline::of(&blocks, [false; LEVELS]);
        let mut counter = Counter::new(&outline);
        let reached = blocks.iter().map(|block| match block {
            Block::Heading(heading) => heading.number.as_ref().is_some_and(|number| counter.reaches(level(heading), number)),
            _ => false,
        });
        (reached.collect(), outline)
    }

    #[test]
    fn levels_count_as_in_word() {
        let (reached, outline) = outline(&[(2, "I."), (3, "1."), (3, "2."), (2, "II."), (3, "1."), (2, "III.")]);
        assert_eq!(reached, [true; 6]);
        let definition = outline.definition(7, &super::super::styles::own());
        assert!(definition.contains("upperRoman\"/><w:pStyle w:val=\"Heading1\"/>") && definition.contains("\"%2.\""));
        assert_eq!(outline_reached(&[(2, "I."), (3, "1.1"), (2, "II."), (3, "2.1")]), [true; 4]);
        assert_eq!(outline_reached(&[(2, "1."), (3, "1.1"), (3, "1.2"), (2, "2."), (3, "2.1")]), [true; 5]);
    }

    #[test]
    fn a_number_out_of_turn_is_text() {
        assert_eq!(outline_reached(&[(2, "I."), (2, "III."), (2, "II.")]), [true, false, true]);
        assert_eq!(outline_reached(&[(2, "I."), (2, "2."), (2, "II.")]), [true, false, true]);
    }

    fn outline_reached(numbers: &[(u8, &str)]) -> Vec<bool> {
        outline(numbers).0
    }
}
