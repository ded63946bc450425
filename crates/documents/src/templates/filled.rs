//! Variables of templates that are more than a text.

use std::sync::{Arc, OnceLock};

use minijinja::value::{Object, ObjectRepr, Value};

use super::limits;
use crate::document::parse::Filling;
use crate::document::{Block, Inline};

/// A value that is more than a text: it keeps its form through the template.
#[derive(Debug)]
pub(super) struct Filled {
    filling: Filling,
    /// Counted once it is asked for.
    weight: OnceLock<usize>,
}

impl Filled {
    fn value(filling: Filling) -> Value {
        Value::from_object(Filled { filling, weight: OnceLock::new() })
    }

    pub(super) fn filling(&self) -> &Filling {
        &self.filling
    }

    /// How much of a document it takes.
    pub(super) fn weight(&self) -> usize {
        *self.weight.get_or_init(|| limits::weight(&self.filling))
    }
}

impl Object for Filled {
    /// No map: an empty one would count as nothing in `{% if %}`.
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// Blocks as a template's variable; put on a line of its own.
pub fn blocks_value(blocks: Vec<Block>) -> Value {
    Filled::value(Filling::Blocks(blocks))
}

/// Inlines as a template's variable.
pub fn inlines_value(inlines: Vec<Inline>) -> Value {
    Filled::value(Filling::Inlines(inlines))
}
