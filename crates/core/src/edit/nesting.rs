//! Items inside others: one goes into the one before it, or comes out of the one that it is inside of.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::blocks::pieces;
use super::draft::Draft;
use super::slots::beside;
use super::tree::{self, Form, Key};
use super::{Desk, Refusal, SlotPath};
use crate::locale::Text;
use crate::project::Change;

const ITEMS: Key<'static> = Key::Name("items");

impl Desk<'_> {
    pub(super) fn nest_slot(&self, session: &str, slot: &SlotPath) -> Result<Change, Refusal> {
        let (mut draft, _) = self.slot(session, slot)?;
        let (list, at) = beside(slot)?;
        let Some(before) = at.checked_sub(1) else {
            return Err(Text::fixed(
                "it is the first: there is none before it to put it into",
                "es el primero: no hay otro antes en el que ponerlo",
            )
            .into());
        };
        let into = [&list[..], &[Key::Index(before), ITEMS]].concat();
        let inner = draft.read(|text, root| tree::find(root, &into).map(|items| tree::form(text, items)));
        match (is_headed(&draft, &list), inner) {
            (true, None | Some(Form::Tables)) => {
                let (block, before) = draft.read(|text, root| {
                    let mut pieces = pieces(text, root, &list)?;
                    Ok::<_, Refusal>((pieces.swap_remove(at), pieces.swap_remove(before)))
                })?;
                // Whatever stands between both would part them.
                if !draft.text[before.end..block.start].lines().all(|line| line.trim().is_empty() || line.trim().starts_with('#'))
                {
                    return Err(apart());
                }
                let (depth, written) = (names(&list), draft.key(&into));
                rename(&mut draft, &block, |head| {
                    let at = segment(head, depth).end;
                    format!("{}.{written}{}", &head[..at], &head[at..])
                });
            }
            (false, inner) => {
                let item = draft.written(&[&list[..], &[Key::Index(at)]].concat()).unwrap_or_default();
                draft.remove(&list, at)?;
                put_value(&mut draft, &into, inner.is_some(), &item)?;
            }
            (true, Some(_)) => return Err(mixed()),
        }
        Ok(draft.into())
    }

    pub(super) fn lift_slot(&self, session: &str, slot: &SlotPath) -> Result<Change, Refusal> {
        let (mut draft, _) = self.slot(session, slot)?;
        let outer = SlotPath(slot.0[..slot.0.len() - 1].to_vec());
        if outer.0.is_empty() {
            return Err(Text::fixed("it is not inside another item", "no está dentro de otro punto").into());
        }
        let ((list, at), (around, parent)) = (beside(slot)?, beside(&outer)?);
        match (is_headed(&draft, &list), is_headed(&draft, &around)) {
            (true, _) => lift_block(&mut draft, &list, at, (&around, parent))?,
            (false, true) => {
                let own = [&list[..], &[Key::Index(at)]].concat();
                let lines =
                    draft.read(|text, root| tree::find(root, &own).and_then(|item| written_out(text, item))).ok_or_else(mixed)?;
                draft.take(&list, at)?;
                draft.insert_written(&around, parent + 1, &lines)?;
            }
            (false, false) => {
                let item = draft.written(&[&list[..], &[Key::Index(at)]].concat()).unwrap_or_default();
                draft.take(&list, at)?;
                draft.insert_item(&around, parent + 1, &item)?;
            }
        }
        Ok(draft.into())
    }
}

/// The lines of an item under heads come to stand behind those of the one around it.
fn lift_block(draft: &mut Draft, list: &[Key<'_>], at: usize, (around, parent): (&[Key<'_>], usize)) -> Result<(), Refusal> {
    let (own, whole) = draft.read(|text, root| {
        let own = pieces(text, root, list)?.swap_remove(at);
        Ok::<_, Refusal>((own, pieces(text, root, around)?.swap_remove(parent)))
    })?;
    let depth = names(list);
    let shorter = |head: &str| {
        let (last, before) = (segment(head, depth), segment(head, depth - 1));
        format!("{}{}", &head[..before.end], &head[last.end..])
    };
    if own.end == whole.end {
        rename(draft, &own, shorter);
        return Ok(());
    }
    let mut lines = draft.text[own.clone()].to_owned();
    let heads = draft.read(|text, root| heads_in(text, root, &own));
    for head in heads.into_iter().rev() {
        let place = head.start - own.start..head.end - own.start;
        let new = shorter(&lines[place.clone()]);
        lines.replace_range(place, &new);
    }
    draft.remove(list, at)?;
    let end = draft.read(|text, root| pieces(text, root, around).map(|mut pieces| pieces.swap_remove(parent).end))?;
    draft.append(Some(end), &lines);
    Ok(())
}

/// Whether the items of a list have heads of their own, `[[…]]`.
fn is_headed(draft: &Draft, list: &[Key<'_>]) -> bool {
    draft.read(|text, root| tree::find(root, list).is_some_and(|value| tree::form(text, value) == Form::Tables))
}

fn put_value(draft: &mut Draft, list: &[Key<'_>], is_there: bool, item: &str) -> Result<(), Refusal> {
    match is_there {
        true => draft.insert_item(list, draft.count(list), item),
        false => draft.set(list, &format!("[{item}]")),
    }
}

fn names(list: &[Key<'_>]) -> usize {
    list.iter().filter(|key| matches!(key, Key::Name(_))).count()
}

/// Writes every head anew within a stretch of the text.
fn rename(draft: &mut Draft, stretch: &Range<usize>, new: impl Fn(&str) -> String) {
    let heads = draft.read(|text, root| heads_in(text, root, stretch));
    for head in heads.into_iter().rev() {
        let new = new(&draft.text[head.clone()]);
        draft.replace(head, &new);
    }
}

/// Where the heads stand within a stretch of the text, from bracket to bracket.
fn heads_in(text: &str, root: &DeTable<'_>, stretch: &Range<usize>) -> Vec<Range<usize>> {
    let heads = tree::heads(text, root).into_iter().map(|head| head.start).filter(|start| stretch.contains(start));
    heads.map(|start| start..tree::line_end(text, start)).collect()
}

/// Where one of the names of a head stands, counted from 1: `items` in `[[slots.items]]` is the second.
fn segment(head: &str, which: usize) -> Range<usize> {
    let (mut count, mut quote, mut start) = (1, None, 0);
    let mut end = head.len();
    for (at, c) in head.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => start = at + 1,
            (None, '.') if count < which => (count, start) = (count + 1, at + 1),
            (None, '.' | ']') => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    start..start + head[start..end].trim_end().len()
}

/// The entries of a table between braces, each as a line; `None` where something would be lost.
fn written_out(text: &str, item: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
    fn add(text: &str, names: &str, table: &DeTable<'_>, lines: &mut Vec<(usize, String)>) {
        for (key, value) in table.iter() {
            let own = &text[key.span()];
            let name = if names.is_empty() { own.to_owned() } else { format!("{names}.{own}") };
            match (tree::form(text, value), value.get_ref()) {
                (Form::Dotted, DeValue::Table(inner)) => add(text, &name, inner, lines),
                _ => lines.push((value.span().start, format!("{name} = {}", &text[value.span()]))),
            }
        }
    }
    let table = item.get_ref().as_table()?;
    // A comment between the braces would have no place.
    if text[item.span()].contains('\n') {
        return None;
    }
    let mut lines = Vec::new();
    add(text, "", table, &mut lines);
    lines.sort_unstable();
    Some(lines.into_iter().map(|(_, line)| line).collect())
}

fn apart() -> Refusal {
    Text::fixed(
        "something else stands between it and the item before it in the file: move that first",
        "en el archivo hay otra cosa entre este punto y el anterior: muévala primero",
    )
    .into()
}

fn mixed() -> Refusal {
    Text::fixed(
        "one of them stands between braces and the other under a head: write both in the same way first",
        "uno está entre llaves y el otro bajo un encabezado: escriba primero los dos de la misma forma",
    )
    .into()
}
