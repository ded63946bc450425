//! Plain text and Markdown, typed or pasted.

use std::collections::BTreeMap;

use super::{Bullet, Document, Line, letters, ruled_text};

/// Reads lines: headings, list items, rows of tables (`|` or tabs), and text without the marks of Markdown.
pub fn plain(text: &str) -> Document {
    let mut lines: Vec<Line> = Vec::new();
    let mut notes = BTreeMap::new();
    let (mut gap, mut table, mut in_table) = (false, 0, false);
    let written: Vec<&str> = text.split('\n').map(|raw| raw.trim_end_matches('\r').trim_start_matches('\u{feff}')).collect();
    let written = letters::unquoted(written);
    // Looked for once in each block: a block of nothing but rules would be read through at each of them.
    let (mut next, mut sought) = (0, false);
    while let Some(raw) = written.get(next) {
        let index = next;
        next += 1;
        let body = raw.trim();
        if body.is_empty() {
            (gap, in_table, sought) = (true, false, false);
            continue;
        }
        if is_rule(body) {
            if !in_table
                && !std::mem::replace(&mut sought, true)
                && let Some((rows, length)) = ruled_text::table(&written[index..])
            {
                table += 1;
                for (at, cells) in rows {
                    let cells = cells.iter().map(|cell| unmarked(cell)).collect();
                    lines.push(Line { number: index + at + 1, cells, table: Some(table), ..Line::default() });
                }
                next = index + length;
                gap = true;
            }
            gap |= !in_table;
            continue;
        }
        if let Some((name, said)) = footnote(body) {
            notes.insert(name.to_owned(), said.to_owned());
            continue;
        }
        let mut line = self::line(raw, index + 1);
        // "Registro |": a cell to a line, as tables are copied, unless the table goes on.
        if !in_table && !body.starts_with('|') && body.ends_with('|') && line.only().is_some() {
            line = self::line(body.trim_end_matches(['|', ' ']), index + 1);
        }
        if line.cells.len() > 1 {
            if !in_table {
                table += 1;
            }
            in_table = true;
            line.table = Some(table);
        } else if in_table && line.cells.len() == 1 && !raw.contains(['|', '\t']) {
            in_table = false;
        }
        line.gap = std::mem::take(&mut gap);
        if line.cells.iter().any(|cell| !cell.is_empty()) {
            lines.push(line);
        }
    }
    Document { lines, notes }
}

/// "[^2]: What the note says."
fn footnote(body: &str) -> Option<(&str, &str)> {
    let (name, said) = body.strip_prefix("[^")?.split_once("]:")?;
    (!name.is_empty() && name.len() <= 40 && !name.contains(['[', ']', ' '])).then(|| (name, said.trim()))
}

/// Lines of nothing but `-`, `=`, `|` and the like.
fn is_rule(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '=' | '|' | ':' | '_' | '*' | '+' | '~' | '`') || c.is_whitespace())
}

/// One line by itself.
pub(super) fn line(raw: &str, number: usize) -> Line {
    let body = raw.trim();
    let mut line = Line { number, indent: indent(raw), ..Line::default() };
    let level = body.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&level) && body[level..].starts_with([' ', '\t']) {
        line.heading = u8::try_from(level).unwrap_or(6);
        line.cells = vec![unmarked(body[level..].trim().trim_end_matches('#'))];
        return line;
    }
    let tabbed = raw.trim_start().contains('\t');
    if tabbed && !body.contains('|') {
        // A tab before the text is an empty cell where tabs stand behind it too.
        let cells: Vec<String> = raw.split('\t').map(unmarked).collect();
        if cells.iter().filter(|cell| !cell.is_empty()).count() > 1 || cells.first().is_some_and(String::is_empty) {
            let bulleted = Line { cells: vec![cells[0].clone()], ..bullet(&cells[0], &line) };
            if bulleted.is_list_item() && cells.len() == 2 && bulleted.cells[0].trim().is_empty() {
                // A bullet, a tab, and the text of a list copied from Word.
                return Line { cells: vec![cells[1].clone()], ..bulleted };
            }
            line.cells = cells;
            return line;
        }
    } else if body.contains('|') && (body.starts_with('|') || body.ends_with('|') || body.contains(" | ") || body.contains("\t|"))
    {
        let inner = body.strip_prefix('|').unwrap_or(body);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        line.cells = inner.split('|').map(unmarked).collect();
        if line.cells.len() == 1 {
            line.cells.push(String::new());
        }
        return line;
    }
    let mut line = bullet(body, &line);
    let written = std::mem::take(&mut line.cells);
    line.cells = written.iter().map(|cell| unmarked(cell)).collect();
    line.prose = written.into_iter().next().filter(|written| is_marked(written) && *written != line.cells[0]);
    line
}

/// Whether a text has emphasis, links or notes of Markdown.
fn is_marked(text: &str) -> bool {
    let pair = |sign: &str| text.matches(sign).count() >= 2;
    pair("*") || pair("_") || text.contains("](") || text.contains("[^")
}

/// Takes the bullet or the number from the front.
fn bullet(body: &str, line: &Line) -> Line {
    let mut line = line.clone();
    let mut rest = body;
    let mut chars = body.chars();
    let first = chars.next().unwrap_or(' ');
    let spaced = chars.next().is_none_or(char::is_whitespace);
    let always =
        matches!(first, '•' | '◦' | '▪' | '●' | '○' | '■' | '‣' | '·' | '➢' | '►' | '✓' | '❖' | '⁃' | '\u{f0b7}' | '\u{f0a7}');
    if always || spaced && matches!(first, '-' | '*' | '+' | '–' | '—' | 'o' | '>' | '»') && body.len() > 2 {
        let sign = if matches!(first, '–' | '—') { '-' } else { first };
        line.bullet = Bullet::Sign(sign);
        rest = body[first.len_utf8()..].trim_start();
    } else {
        if let Some(rest) = outline_number(body) {
            line.bullet = Bullet::Number;
            line.indent += 3;
            line.cells = vec![rest.to_owned()];
            return line;
        }
        let length = body.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(0);
        let (label, behind) = (&body[..length], &body[length..]);
        let closed = behind.strip_prefix(['.', ')']).or_else(|| behind.strip_prefix(".-")).or_else(|| behind.strip_prefix("º"));
        if let Some(behind) = closed.filter(|behind| behind.starts_with([' ', '\t', '\u{a0}'])) {
            let behind = behind.trim_start();
            let number = length <= 2
                && label.bytes().all(|byte| byte.is_ascii_digit())
                && !behind.starts_with(|c: char| c.is_ascii_digit());
            // "a. m." is half a day.
            let half = matches!(label, "a" | "p") && behind.trim_start_matches(['.', ' ']).starts_with(['m', 'M']);
            let letter = label.len() == 1 && label.bytes().all(|byte| byte.is_ascii_lowercase()) && !half && label != "o";
            let roman = (1..=5).contains(&length) && label.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
            if number || letter || roman || length == 1 && body[1..].starts_with(')') {
                line.bullet = if number || roman { Bullet::Number } else { Bullet::Letter };
                line.label = label.to_owned();
                rest = behind;
            }
        }
    }
    line.cells = vec![rest.to_owned()];
    line
}

/// What stands behind "3.1" or "2.1.4." at the front; "10.30" is an hour.
fn outline_number(body: &str) -> Option<&str> {
    let end = body.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let rest = body[end..].strip_prefix([' ', '\t', ')'])?;
    let parts: Vec<&str> = body[..end].trim_end_matches('.').split('.').collect();
    let right =
        parts.len() >= 2 && parts.iter().all(|part| (1..=2).contains(&part.len())) && (parts.len() > 2 || parts[1].len() == 1);
    right.then(|| rest.trim_start())
}

/// Columns of blanks at the front; a tab goes to the next fourth column.
fn indent(raw: &str) -> usize {
    let mut column = 0;
    for c in raw.chars() {
        match c {
            '\t' => column = (column / 4 + 1) * 4,
            c if c.is_whitespace() => column += 1,
            _ => break,
        }
    }
    column
}

/// What links to papers are called: they are no part of a title.
const PAPERS: [&str; 12] = [
    "slides",
    "minutes",
    "video",
    "pdf",
    "notes",
    "recording",
    "presentation",
    "presentación",
    "diapositivas",
    "slide",
    "grabación",
    "ppt",
];

/// A text without the marks of Markdown and the entities of HTML: links become their texts.
pub(crate) fn unmarked(text: &str) -> String {
    let text = text.trim();
    if !text.contains(['*', '_', '~', '[', '<', '&', '\\']) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    // Where the next "](" stands is looked for once, so that many "[" cost no more than one.
    let closing = closings(&chars);
    while at < chars.len() {
        let c = chars[at];
        match c {
            '\\' if chars.get(at + 1).is_some_and(char::is_ascii_punctuation) => {
                out.push(chars[at + 1]);
                at += 2;
            }
            '*' | '~' | '_' => {
                let run = chars[at..].iter().take_while(|next| **next == c).count();
                let before = at.checked_sub(1).map(|at| chars[at]);
                let after = chars.get(at + run).copied();
                let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                let opens = edge(before) && after.is_some_and(|c| !c.is_whitespace());
                let closes = edge(after) && before.is_some_and(|c| !c.is_whitespace());
                let marks = match c {
                    '~' => run == 2,
                    // A lone star behind a word is a footnote's; it closes nothing.
                    '*' => run > 1 || opens && chars[at + 1..].contains(&'*') || closes && chars[..at].contains(&'*'),
                    _ => opens && chars[at + run..].contains(&'_') || closes && chars[..at].contains(&'_'),
                };
                if !marks || !(opens || closes) && c != '*' {
                    out.extend(&chars[at..at + run]);
                }
                at += run;
            }
            '!' if chars.get(at + 1) == Some(&'[') && closing.get(at + 1).is_some_and(Option::is_some) => at += 1,
            '[' => match closing[at] {
                Some((text_end, link_end)) => {
                    let label: String = chars[at + 1..text_end].iter().collect();
                    // Links within links are none: no deeper.
                    let label = if label.contains('[') { label } else { unmarked(&label) };
                    if label.is_empty() {
                        out.extend(&chars[text_end + 2..link_end]);
                    } else if !PAPERS.contains(&label.to_lowercase().as_str()) {
                        out.push_str(&label);
                    }
                    at = link_end + 1;
                }
                None => {
                    out.push(c);
                    at += 1;
                }
            },
            '<' => {
                let end = chars[at..].iter().take(60).position(|c| *c == '>');
                match end.filter(|_| chars.get(at + 1).is_some_and(|c| c.is_ascii_alphabetic() || *c == '/')) {
                    Some(end) => {
                        out.push(' ');
                        at += end + 1;
                    }
                    None => {
                        out.push(c);
                        at += 1;
                    }
                }
            }
            '&' => {
                let end = chars[at..].iter().take(8).position(|c| *c == ';');
                let name: String = end.map(|end| chars[at + 1..at + end].iter().collect()).unwrap_or_default();
                let meant = match name.as_str() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "le" => Some('≤'),
                    "ge" => Some('≥'),
                    "nbsp" => Some(' '),
                    "quot" => Some('"'),
                    "ndash" => Some('–'),
                    "mdash" => Some('—'),
                    _ => None,
                };
                out.push(meant.unwrap_or('&'));
                at += if meant.is_some() { end.unwrap_or(0) + 1 } else { 1 };
            }
            _ => {
                out.push(c);
                at += 1;
            }
        }
    }
    out.trim().to_owned()
}

/// For each `[` that opens a link, where its text and its address end.
fn closings(chars: &[char]) -> Vec<Option<(usize, usize)>> {
    let mut found = vec![None; chars.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut last_paren = None;
    let ends: Vec<Option<usize>> = {
        let mut ends = vec![None; chars.len() + 1];
        for at in (0..chars.len()).rev() {
            if chars[at] == ')' {
                last_paren = Some(at);
            }
            ends[at] = last_paren;
        }
        ends
    };
    for (at, c) in chars.iter().enumerate() {
        match c {
            '[' => open.push(at),
            ']' => {
                if let Some(start) = open.pop()
                    && chars.get(at + 1) == Some(&'(')
                    && let Some(end) = ends[at + 1]
                {
                    found[start] = Some((at, end));
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_markdown_go_and_what_they_mark_stays() {
        for (text, expected) in [
            ("**09.15 - 10.45**", "09.15 - 10.45"),
            ("*Coffee break*", "Coffee break"),
            ("Talleres digitales*. Debate", "Talleres digitales*. Debate"),
            ("[Cookies](https://example.org/a_b) - Ana Ruiz [slides](x.pdf)", "Cookies - Ana Ruiz"),
            ("[](modules/a.md)", "modules/a.md"),
            ("~~[Report](…) of 2019~~", "Report of 2019"),
            ("Short (&le;30m) & sweet", "Short (≤30m) & sweet"),
            ("_15:00-16:30 Session III_", "15:00-16:30 Session III"),
            ("qpack_static_table", "qpack_static_table"),
            ("5/2 <br /> WEDNESDAY", "5/2   WEDNESDAY"),
            ("[Por definir]", "[Por definir]"),
        ] {
            assert_eq!(unmarked(text), expected, "{text}");
        }
    }
}
