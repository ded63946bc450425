//! The lines of a table in a list of tables: its head, what stands under it, and the comments that are its own.

use std::ops::Range;

use toml::de::DeTable;

use super::Refusal;
use super::tree::{self, Form, Head, Key};
use crate::locale::Text;
use crate::schema::keys;

/// The stretches of the items of a list, in order: whole lines of `[[…]]`, or values between brackets.
///
/// # Errors
/// The lines of an item that stand apart cannot be taken as one.
pub(crate) fn pieces(text: &str, root: &DeTable<'_>, list: &[Key<'_>]) -> Result<Vec<Range<usize>>, Refusal> {
    let Some(value) = tree::find(root, list) else { return Ok(Vec::new()) };
    let items = tree::items(root, list);
    if tree::form(text, value) != Form::Tables {
        return Ok(items.iter().map(|item| item.span()).collect());
    }
    let heads = tree::heads(text, root);
    (0..items.len()).map(|index| block(text, &heads, &[list, &[Key::Index(index)]].concat())).collect()
}

/// The lines of everything that stands under the heads of a table and of what is in it. Comments right above
/// its head belong to it, and so do those right below its last line, unless they are right above the next head.
pub(crate) fn block(text: &str, heads: &[Head], path: &[Key<'_>]) -> Result<Range<usize>, Refusal> {
    let own: Vec<usize> = (0..heads.len()).filter(|at| is_within(&heads[*at], path)).collect();
    let (Some(first), Some(last)) = (own.first(), own.last()) else {
        return Err(Text::fixed("it does not stand under a head of its own", "no está bajo un encabezado propio").into());
    };
    if last - first + 1 != own.len() {
        let text = Text::fixed(
            "its lines stand apart in the file: put them together first",
            "sus renglones están separados en el archivo: júntelos primero",
        );
        return Err(text.into());
    }
    let start = with_comments_above(text, heads[*first].start);
    let end = own.iter().map(|at| heads[*at].end).max().unwrap_or(start);
    let next = heads.get(last + 1).map(|head| with_comments_above(text, head.start));
    Ok(start..with_comments_below(text, tree::line_end(text, end), next.unwrap_or(text.len())))
}

/// Whether a head is that of a table, or of something in it.
fn is_within(head: &Head, path: &[Key<'_>]) -> bool {
    let mut steps = head.path.iter().flat_map(|(name, index)| [Some(Key::Name(name)), index.map(Key::Index)]).flatten();
    path.iter().all(|key| match (steps.next(), key) {
        (Some(Key::Name(written)), Key::Name(name)) => keys::means(written, name),
        (step, key) => step == Some(*key),
    })
}

fn with_comments_above(text: &str, head: usize) -> usize {
    let mut start = tree::line_start(text, head);
    while start > tree::line_start(text, 0) {
        let above = tree::line_start(text, start - 1);
        if above == start || !is_comment(&text[above..start]) {
            break;
        }
        start = above;
    }
    start
}

/// From the end of a line on over the comments that follow right away, as far as `until`.
fn with_comments_below(text: &str, mut end: usize, until: usize) -> usize {
    while let Some(length) = text[end..].find('\n') {
        let next = end + length + 1;
        let last = tree::line_end(text, next);
        if next >= until || !is_comment(&text[next..last]) {
            break;
        }
        end = last;
    }
    end
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}
