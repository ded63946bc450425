//! The text of one file being changed, step by step.

use std::ops::Range;

use toml::de::DeTable;

use super::Refusal;
use super::blocks::{block, pieces};
use super::place::{place, with_comma, with_gap};
use super::tree::{self, Form, Key};
use super::values::{self, Entry};
use crate::locale::Text;
use crate::project::{Change, Step};
use crate::schema::keys;
use crate::text;

pub struct Draft {
    path: String,
    pub text: String,
    steps: Vec<Step>,
    is_new: bool,
}

impl Draft {
    /// # Errors
    /// What is not TOML cannot be changed by its meaning.
    pub fn new(path: &str, text: &str) -> Result<Draft, Refusal> {
        match DeTable::parse(text) {
            Ok(_) => Ok(Draft { path: path.to_owned(), text: text.to_owned(), steps: Vec::new(), is_new: false }),
            Err(_) => Err(text!("`{path}` cannot be read: mend it first", "`{path}` no se puede leer: corríjalo primero").into()),
        }
    }

    /// A file that is not there yet.
    pub fn fresh(path: &str) -> Draft {
        Draft { path: path.to_owned(), text: String::new(), steps: Vec::new(), is_new: true }
    }

    pub fn into_change(self) -> Change {
        match self.is_new && !self.steps.is_empty() {
            true => Change::of(Step::File { path: self.path, before: None, after: Some(ended(self.text)) }),
            false => Change { steps: self.steps },
        }
    }

    /// Looks at the text as TOML.
    pub fn read<R>(&self, look: impl FnOnce(&str, &DeTable<'_>) -> R) -> R {
        let (root, _) = DeTable::parse_recoverable(&self.text);
        look(&self.text, root.get_ref())
    }

    pub fn replace(&mut self, range: Range<usize>, new: &str) {
        if self.text[range.clone()] != *new {
            self.steps.push(Step::replace(&self.path, range.start, &self.text[range.clone()], new));
            self.text.replace_range(range, new);
        }
    }

    /// What is written at a place of the tree.
    pub fn written(&self, path: &[Key<'_>]) -> Option<String> {
        self.read(|text, root| tree::find(root, path).and_then(|value| text.get(value.span())).map(str::to_owned))
    }

    /// Takes an entry out, with what is said of it on its line; one whose last it was goes too, but not the
    /// thing itself, which is so many steps from the top.
    pub fn unset(&mut self, path: &[Key<'_>], thing: usize) {
        let range = self.read(|text, root| {
            let value = tree::find(root, path)?;
            let (Some(Key::Name(name)), parent) = (path.last(), &path[..path.len() - 1]) else { return None };
            let table = match parent {
                [] => root,
                _ => tree::find(root, parent)?.get_ref().as_table()?,
            };
            if table.len() == 1 && parent.len() > thing && tree::form(text, value) != Form::Headed {
                return Some(Err(parent.len()));
            }
            let end = tree::end(text, value)?;
            let (key, _) = keys::entry(table, name)?;
            let key = key.span().start;
            let holder = (1..path.len()).rev().filter_map(|depth| tree::find(root, &path[..depth]));
            let is_inline = holder.into_iter().any(|holder| tree::form(text, holder) == Form::Inline);
            Some(Ok(match is_inline {
                true => {
                    let before = text[..key].rfind(['{', ',']).map_or(key, |at| at + 1);
                    let start = before + (text[before..key].len() - text[before..key].trim_start().len());
                    with_comma(text, start..end)
                }
                false => {
                    let line_end = tree::line_end(text, end);
                    let behind = text[line_end..].find('\n').map_or(text.len(), |at| line_end + at + 1);
                    tree::line_start(text, key)..behind
                }
            }))
        });
        match range {
            Some(Ok(range)) => self.replace(range, ""),
            Some(Err(depth)) => self.unset(&path[..depth], thing),
            None => {}
        }
    }

    pub fn count(&self, list: &[Key<'_>]) -> usize {
        self.read(|_, root| tree::items(root, list).len())
    }

    /// How a key is written in this file.
    pub fn name<'k>(&self, key: &'k str) -> &'k str {
        keys::name(key, self.read(|_, root| keys::are_spanish(root)))
    }

    /// `{ party = "…", tbc = true }`
    pub fn inline(&self, entries: &[Entry]) -> String {
        values::inline(&self.named(entries))
    }

    /// `[parties.net]` and what stands under it, of each.
    pub fn of_map(&self, table: &str, new: &[(&str, Vec<Entry>)]) -> Vec<(String, Vec<Entry>)> {
        let written = self.read(|_, root| keys::entry(root, table).map(|(key, _)| key.get_ref().to_string()));
        let table = written.unwrap_or_else(|| self.name(table).to_owned());
        let in_spanish = self.read(|_, root| keys::are_spanish(root));
        let named = |(id, entries): &(&str, Vec<Entry>)| (format!("[{table}.{id}]"), named(entries, in_spanish));
        new.iter().map(named).collect()
    }

    fn named(&self, entries: &[Entry]) -> Vec<Entry> {
        named(entries, self.read(|_, root| keys::are_spanish(root)))
    }

    fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Writes a value, in the place of what is written there or, where there is nothing, where its record declares it:
    /// behind what is declared before it, or else at the beginning. What no record declares goes to the end.
    pub fn set(&mut self, path: &[Key<'_>], value: &str) -> Result<(), Refusal> {
        let newline = self.newline();
        let (range, new) = self.read(|text, root| place(text, root, path, value, newline))?;
        self.replace(range, &new);
        Ok(())
    }

    /// Puts a table into a list, before what stands at a place now.
    pub fn insert(&mut self, list: &[Key<'_>], at: usize, entries: &[Entry]) -> Result<(), Refusal> {
        let entries = &self.named(entries);
        let inline = values::inline(entries);
        let form = self.read(|text, root| tree::find(root, list).map(|value| tree::form(text, value)));
        match form {
            Some(Form::Tables) => self.insert_lines(list, at, entries),
            Some(_) => self.insert_item(list, at, &inline),
            None => {
                let parent = &list[..list.len() - 1];
                let is_inline =
                    self.read(|text, root| tree::find(root, parent).is_some_and(|value| tree::form(text, value) == Form::Inline));
                if is_inline {
                    return self.set(list, &format!("[{inline}]"));
                }
                let lines = lines(&self.head(list), entries, "", self.newline());
                let after = self.read(|text, root| match parent {
                    [] => Ok(None),
                    _ => block(text, &tree::heads(text, root), parent).map(Some),
                })?;
                self.append(after.map(|block| block.end), &lines);
                Ok(())
            }
        }
    }

    fn insert_lines(&mut self, list: &[Key<'_>], at: usize, entries: &[Entry]) -> Result<(), Refusal> {
        let entries = entries.iter().map(|(key, value)| format!("{key} = {value}")).collect::<Vec<_>>();
        self.insert_written(list, at, &entries)
    }

    /// Puts a table into a list under a head, before what stands at a place now, with its entries as they are
    /// written.
    pub fn insert_written(&mut self, list: &[Key<'_>], at: usize, entries: &[String]) -> Result<(), Refusal> {
        let newline = self.newline();
        let (blocks, indent) = self.read(|text, root| {
            let blocks = pieces(text, root, list)?;
            let first = tree::items(root, list).first().map_or(0, |item| item.span().start);
            Ok::<_, Refusal>((blocks, tree::indent(text, first).to_owned()))
        })?;
        let entries = entries.iter().map(|entry| format!("{newline}{indent}{entry}"));
        let lines = format!("{indent}{}{}", self.head(list), entries.collect::<String>());
        match blocks.get(at) {
            Some(next) => self.replace(next.start..next.start, &format!("{lines}{newline}{newline}")),
            None => self.append(blocks.last().map(|last| last.end), &lines),
        }
        Ok(())
    }

    /// `[[slots.groups]]`, by the names that are written already.
    fn head(&self, list: &[Key<'_>]) -> String {
        let named = (0..list.len()).filter(|at| matches!(list[*at], Key::Name(_))).map(|at| self.key(&list[..=at]));
        format!("[[{}]]", named.collect::<Vec<_>>().join("."))
    }

    /// The last key of some steps, as it is written or as it would be.
    pub fn key(&self, path: &[Key<'_>]) -> String {
        let Some((Key::Name(name), holder)) = path.split_last() else { return String::new() };
        let written = self.read(|_, root| {
            let table = if holder.is_empty() { root } else { tree::find(root, holder)?.get_ref().as_table()? };
            keys::entry(table, name).map(|(key, _)| key.get_ref().to_string())
        });
        values::key(&written.unwrap_or_else(|| self.name(name).to_owned()))
    }

    /// Puts lines behind a place, or at the end of the file, with a blank line between.
    pub fn append(&mut self, after: Option<usize>, lines: &str) {
        let newline = self.newline();
        let end = self.text.trim_end_matches([' ', '\t', '\r', '\n', '\u{feff}']).len();
        let after = after.unwrap_or_else(|| tree::line_end(&self.text, end));
        let gap = if self.text[..after].trim_matches('\u{feff}').is_empty() { String::new() } else { newline.repeat(2) };
        self.replace(after..after, &format!("{gap}{lines}"));
    }

    /// Puts a value into a list between brackets.
    pub fn insert_item(&mut self, list: &[Key<'_>], at: usize, item: &str) -> Result<(), Refusal> {
        let newline = self.newline();
        let edits = self.read(|text, root| {
            let value = tree::find(root, list).filter(|value| tree::form(text, value) == Form::List).ok_or_else(not_a_list)?;
            let items = tree::items(root, list);
            let inside = value.span().start + 1..value.span().end - 1;
            let Some(before) = at.min(items.len()).checked_sub(1).map(|at| items[at].span()) else {
                let Some(first) = items.first().map(|item| item.span().start) else {
                    return Ok(vec![(inside.start..inside.start, item.to_owned())]);
                };
                let alone = text[tree::line_start(text, first)..first].trim().is_empty();
                let gap = if alone { format!("{newline}{}", tree::indent(text, first)) } else { " ".to_owned() };
                return Ok(vec![(first..first, format!("{item},{gap}"))]);
            };
            let line = tree::line_end(text, before.end);
            let alone = text[tree::line_start(text, before.start)..before.start].trim().is_empty();
            if !alone || line > inside.end {
                return Ok(vec![(before.end..before.end, format!(", {item}"))]);
            }
            // A line of its own, behind whatever the line before says in a comment.
            let indent = tree::indent(text, before.start);
            let comma = text[before.end..line].trim_start().starts_with(',');
            let mine = format!("{newline}{indent}{item}{}", if comma { "," } else { "" });
            let mut edits = vec![(line..line, mine)];
            if !comma {
                edits.push((before.end..before.end, ",".to_owned()));
            }
            Ok::<_, Refusal>(edits)
        })?;
        edits.into_iter().for_each(|(range, new)| self.replace(range, &new));
        Ok(())
    }

    /// Takes a table out of a list, with the comments that are its own.
    pub fn remove(&mut self, list: &[Key<'_>], at: usize) -> Result<(), Refusal> {
        let range = self.read(|text, root| {
            let pieces = pieces(text, root, list)?;
            let piece = pieces.get(at).cloned().ok_or_else(not_a_list)?;
            let is_list = tree::find(root, list).is_some_and(|value| tree::form(text, value) == Form::List);
            Ok::<_, Refusal>(if is_list { with_comma(text, piece) } else { with_gap(text, piece) })
        })?;
        self.replace(range, "");
        Ok(())
    }

    /// Takes an item out of a list, and the list itself where nothing is left in it, not even a comment.
    pub fn take(&mut self, list: &[Key<'_>], at: usize) -> Result<(), Refusal> {
        self.remove(list, at)?;
        let is_bare = self.read(|text, root| {
            tree::find(root, list).is_some_and(|value| {
                let inside = text[value.span()].trim_matches(['[', ']']);
                let behind = &text[value.span().end..tree::line_end(text, value.span().end)];
                inside.trim().is_empty() && !behind.contains('#')
            })
        });
        if is_bare {
            self.unset(list, list.len() - 1);
        }
        Ok(())
    }

    /// Puts an item of a list at another place in it. What stands between the items stays where it is.
    pub fn reorder(&mut self, list: &[Key<'_>], from: usize, to: usize) -> Result<(), Refusal> {
        let pieces = self.read(|text, root| pieces(text, root, list))?;
        if from.max(to) >= pieces.len() {
            return Err(not_a_list());
        }
        let mut order: Vec<usize> = (0..pieces.len()).collect();
        let moved = order.remove(from);
        order.insert(to, moved);
        let (first, last) = (from.min(to), from.max(to));
        let mut new = String::new();
        for place in first..=last {
            new.push_str(&self.text[pieces[order[place]].clone()]);
            if place < last {
                new.push_str(&self.text[pieces[place].end..pieces[place + 1].start]);
            }
        }
        self.replace(pieces[first].start..pieces[last].end, &new);
        Ok(())
    }
}

/// A text ends with the end of a line.
fn ended(text: String) -> String {
    if text.ends_with('\n') { text } else { text + "\n" }
}

fn not_a_list() -> Refusal {
    Text::fixed("there is no such place in the list", "no hay tal lugar en la lista").into()
}

fn named(entries: &[Entry], in_spanish: bool) -> Vec<Entry> {
    entries.iter().map(|(key, value)| (keys::name(key, in_spanish), value.clone())).collect()
}

/// A head and the lines under it.
pub(crate) fn lines(head: &str, entries: &[Entry], indent: &str, newline: &str) -> String {
    let entries = entries.iter().map(|(key, value)| format!("{newline}{indent}{key} = {value}"));
    format!("{indent}{head}{}", entries.collect::<String>())
}
