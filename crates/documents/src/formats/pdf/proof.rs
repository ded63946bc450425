//! Proof of the pages: after they are set, every word of the document lies within the text of a page, and none over
//! another. What typst cannot place it lets run off the paper, in silence.

use std::collections::HashMap;

use typst::layout::{Frame, FrameItem, Point, Transform};
use typst_layout::PagedDocument;

use super::MARGINALS;
use crate::document::{Document, each_text};

/// A fault of a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fault {
    /// These words lie outside of what is printed.
    Outside { page: usize, words: String },
    /// Two texts lie over each other.
    Over { page: usize, words: String, other: String },
    /// Letters of the document are on no page.
    Lost(String),
}

/// Of the sides, in points, that what is printed keeps free; the layout's margins are wider.
const SIDE: f64 = 64.0;
const FOOT: f64 = 60.0;
const HEAD: f64 = 25.0;
/// Texts that touch by so much, in points, are read all the same.
const TOUCH: f64 = 1.5;

/// The first fault of the pages, if there is any.
pub(crate) fn fault(pages: &PagedDocument, document: &Document) -> Option<Fault> {
    let mut left = letters(document);
    for (index, page) in pages.pages().iter().enumerate() {
        let number = index + 1;
        let mut texts = Vec::new();
        collect(&page.frame, Transform::identity(), &mut texts);
        let size = page.frame.size();
        let (width, height) = (size.x.to_pt(), size.y.to_pt());
        for text in &texts {
            let within = text.left >= SIDE && text.right <= width - SIDE && text.top >= HEAD;
            let foot = if text.is_marginal { 0.0 } else { FOOT };
            // The hyphen at the end of a line hangs out a little.
            let is_hyphen = !text.words.is_empty() && text.words.chars().all(|c| c == '\u{ad}');
            if is_hyphen {
                continue;
            }
            if !within || text.bottom > height - foot {
                return Some(Fault::Outside { page: number, words: text.words.clone() });
            }
            for letter in text.words.chars().filter(|_| !text.is_marginal) {
                if let Some(count) = left.get_mut(&letter) {
                    *count -= 1;
                }
            }
        }
        if let Some((text, other)) = over(&mut texts) {
            return Some(Fault::Over { page: number, words: text, other });
        }
    }
    let lost: String = left.into_iter().filter(|(_, count)| *count > 0).map(|(letter, _)| letter).collect();
    (!lost.is_empty()).then_some(Fault::Lost(lost))
}

/// A run of text or a picture in its place: the box of the small letters, so that lines do not touch.
#[derive(Debug)]
struct Placed {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    words: String,
    /// At the head or foot of the page.
    is_marginal: bool,
}

fn collect(frame: &Frame, at: Transform, out: &mut Vec<Placed>) {
    for (position, item) in frame.items() {
        let here = at.pre_concat(Transform::translate(position.x, position.y));
        match item {
            FrameItem::Group(group) => collect(&group.frame, here.pre_concat(group.transform), out),
            // What is turned lies behind the text: the word across a draft.
            _ if here.kx.get() != 0.0 || here.ky.get() != 0.0 => {}
            FrameItem::Text(text) => {
                let start = Point::zero().transform(here);
                let (left, baseline, size) = (start.x.to_pt(), start.y.to_pt(), text.size.to_pt());
                out.push(Placed {
                    left,
                    right: left + text.width().to_pt(),
                    top: baseline - 0.45 * size,
                    bottom: baseline,
                    words: text.text.to_string(),
                    is_marginal: MARGINALS.iter().any(|marginal| (size - marginal).abs() < 0.01),
                });
            }
            FrameItem::Image(_, size, _) => {
                let start = Point::zero().transform(here);
                let (left, top) = (start.x.to_pt(), start.y.to_pt());
                out.push(Placed {
                    left,
                    right: left + size.x.to_pt(),
                    top,
                    bottom: top + size.y.to_pt(),
                    words: String::new(),
                    is_marginal: false,
                });
            }
            _ => {}
        }
    }
}

/// Two that lie over each other. From top to bottom, each is held against those that it reaches down to.
fn over(texts: &mut [Placed]) -> Option<(String, String)> {
    texts.sort_by(|a, b| a.top.total_cmp(&b.top));
    for (index, text) in texts.iter().enumerate() {
        let reached = texts[index + 1..].iter().take_while(|other| other.top < text.bottom - TOUCH);
        let common = |other: &&Placed| {
            let across = text.right.min(other.right) - text.left.max(other.left);
            let down = text.bottom.min(other.bottom) - other.top;
            across > TOUCH && down > TOUCH
        };
        let words = |placed: &Placed| placed.words.trim().is_empty() && placed.bottom - placed.top < 30.0;
        if let Some(other) = reached.filter(|other| !words(other) && !words(text)).find(common) {
            return Some((text.words.clone(), other.words.clone()));
        }
    }
    None
}

/// How often each letter and digit stands in a document.
fn letters(document: &Document) -> HashMap<char, i64> {
    let mut count = HashMap::new();
    each_text(&document.blocks, &mut |text| {
        for letter in text.chars().filter(|letter| letter.is_alphanumeric()) {
            *count.entry(letter).or_insert(0) += 1;
        }
    });
    count
}
