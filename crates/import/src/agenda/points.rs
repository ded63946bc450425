//! An agenda without any hour.

use super::about::says_tbc;
use super::clean::clean;
use super::clock::minutes_of;
use super::entry::{Entry, Head, Shape};
use super::result::{Clock, FoundSession, Item, Window};
use crate::grammar::{Meaning, folded, marks};
use crate::source::Bullet;

/// An agenda without any hour: the numbered points behind "orden del día".
pub(super) fn points(entries: &[Entry]) -> Option<FoundSession> {
    const ANNOUNCED: [&str; 8] =
        ["orden del dia", "agenda", "ordre du jour", "ordem do dia", "pauta", "temario", "programa", "order of business"];
    let announced =
        |entry: &Entry| matches!(&entry.shape, Shape::Text(text) if ANNOUNCED.iter().any(|word| folded(text).contains(word)));
    let after = entries.iter().position(announced)? + 1;
    let first = entries[after..].iter().position(|entry| entry.bullet != Bullet::None)? + after;
    let (sign, indent) = (entries[first].bullet, entries[first].indent);
    let items: Vec<Item> = entries[first..]
        .iter()
        .take_while(|entry| entry.heading == 0 && (entry.bullet != Bullet::None || !entry.gap || entry.indent > indent))
        .filter(|entry| entry.bullet == sign && entry.indent == indent)
        .filter_map(|entry| match &entry.shape {
            Shape::Text(text) => Some(Item {
                line: entry.line,
                lines: vec![entry.line],
                title: clean(text),
                tbc: says_tbc(text),
                ..Item::default()
            }),
            _ => None,
        })
        .collect();
    if items.len() < 3 {
        return None;
    }
    let mut session = FoundSession { line: entries[first].line, items, ..FoundSession::default() };
    // "a partir de las 9:00 horas" in what goes before.
    session.window = entries[..first].iter().find_map(|entry| match &entry.shape {
        Shape::Text(text) => marks(text).into_iter().find_map(|mark| match mark.meaning {
            Meaning::Hours { span, .. } if !span.weak => Some(Window {
                line: entry.line,
                start: Clock(minutes_of(&span.start)),
                end: span.end.map(|end| Clock(minutes_of(&end))),
                written: text[mark.range].to_owned(),
            }),
            _ => None,
        }),
        Shape::Window { span, written, .. } | Shape::Head(Head { span: Some((span, written)), .. }) => Some(Window {
            line: entry.line,
            start: Clock(minutes_of(&span.start)),
            end: span.end.map(|end| Clock(minutes_of(&end))),
            written: written.clone(),
        }),
        _ => None,
    });
    Some(session)
}
