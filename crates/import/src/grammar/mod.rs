//! What can be read in one line by itself: hours, lengths, dates, weekdays, "to be confirmed", each with its place and
//! every reading that it allows. Which reading is meant, the whole session decides.

mod dates;
pub mod heads;
mod hours;
pub mod labels;
mod lengths;
mod marks;
mod meaning;
mod numbered;
mod places;
mod reader;
mod slips;
mod tokens;
pub mod words;

pub use marks::marks;
pub use meaning::{Bound, Day, Half, Hour, Mark, Meaning, Span, days};
pub use places::{is_places, leading_places, tells_clock};
pub use slips::mended;
pub use tokens::{Kind, Token, fold, folded, tokens};
