//! Blocks as lines, for where only lines have room.

use crate::document::{Block, Inline};

/// What a note may hold: lines of text.
pub(super) fn lines_of(block: Block, out: &mut Vec<Vec<Inline>>) {
    match block {
        Block::Paragraph(content) => out.push(content),
        Block::Heading(heading) => out.push(heading.content),
        Block::Code(code) => out.push(vec![Inline::Code(code.trim_end().to_owned())]),
        Block::Quote(content) => content.into_iter().for_each(|block| lines_of(block, out)),
        Block::List { items, .. } => items.into_iter().flatten().for_each(|block| lines_of(block, out)),
        Block::Fields(fields) => {
            for field in fields {
                out.push(field.label);
                field.content.into_iter().for_each(|block| lines_of(block, out));
            }
        }
        Block::Table(table) => out.extend(table.rows.into_iter().flatten().flat_map(|cell| cell.lines)),
        Block::Rule => {}
    }
}
