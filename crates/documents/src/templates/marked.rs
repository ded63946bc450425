//! The marks that a template writes in the place of values, so that what they hold never meets the Markdown parser.

use minijinja::value::Value;
use minijinja::{Error, Output, State};

use super::filled::Filled;
use super::limits;
use super::room::{self, SESSIONS};
use crate::document::parse::{Filling, MARK_START, filled, mark};

/// The values at the marks of a document.
#[derive(Default)]
pub(super) struct Fillings {
    pub all: Vec<Filling>,
    pub weight: usize,
}

impl Fillings {
    /// A text that a template kept (`{% set %}`, a macro) has marks of its own: what they stand for.
    fn through(&self, text: String) -> Filling {
        match text.contains(MARK_START) {
            true => Filling::Inlines(filled(&text, &self.all)),
            false => Filling::Text(text),
        }
    }
}

/// Writes a mark in the place of a value: what it holds never meets the Markdown parser.
pub(super) fn fill(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(());
    }
    // Numbers are written as they are, so that `{{ loop.index }}.` begins a list.
    if value.is_integer() {
        return write!(out, "{value}").map_err(Error::from);
    }
    let fillings = state.get_or_insert_extension(Fillings::default());
    let (filling, weight) = match value.downcast_object_ref::<Filled>() {
        Some(filled) => (filled.filling().clone(), filled.weight()),
        None => {
            let filling = fillings.through(limits::written(value)?.replace(['\n', '\r'], " "));
            let weight = limits::weight(&filling);
            (filling, weight)
        }
    };
    fillings.all.push(filling);
    fillings.weight += weight;
    let (count, weight) = (fillings.all.len(), fillings.weight);
    if weight > limits::LARGEST_DOCUMENT && weight > room::octets(state.lookup(SESSIONS).as_ref()) {
        return Err(limits::too_long());
    }
    write!(out, "{}", mark(count - 1)).map_err(Error::from)
}
