//! Documents: a programme worded for templates, and set as DOCX, PDF, HTML, Markdown, text and JSON.
//!
//! ```text
//! papers             what can be made: one of it, or all
//! formats            a document as .docx .pdf .html .md .txt, and how it looks; the programme as .json
//! view               a programme worded in one language
//! templates          what a document contains, as people can edit it
//! letterhead         branding.toml with what it names, read and judged
//! document           the model of a document, its reader, its links, what stays together on a page
//! branding           how documents look, as plain data; below it pictures and fonts
//! stack              work that takes a step of the stack for each part of what others made
//! ```
//!
//! Each room uses only those below it. No renderer computes a time: the view words the hours, local and grouped.

// What cannot fail says why: `expect("…")`.
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

pub mod branding;
pub mod document;
#[cfg(feature = "pdf")]
mod fonts;
pub mod formats;
pub mod letterhead;
pub mod papers;
pub mod pictures;
pub mod rules;
mod stack;
pub mod templates;
pub mod view;
mod xml;

#[cfg(test)]
use convoca_core::check;
use convoca_core::{calendar, decode, diagnostics, invitees, locale, model, paths, project, resolve, schema, text, time};
