//! A folder as a project: a programme read from the disk and checked, its ledger, and files written whole or
//! not at all. No terminal and no grammar of commands; what goes wrong is a [`Failure`] in words.

mod correspondent;
pub mod dates;
mod example;
mod exchange;
mod failure;
mod folder;
mod in_the_way;
pub mod letters;
mod manifest;
mod modes;
pub mod posted;
mod publication;
pub mod read;
mod register;
mod searched;
mod session;
mod tidy;
mod turn;
mod undo;
pub mod write;

pub use correspondent::{Correspondent, names};
pub use example::{example, git_attributes};
pub use failure::{Failure, why};
pub use folder::{USUAL_FOLDER, Workspace, programme};
pub use in_the_way::in_the_way;
pub use manifest::Kind;
pub use publication::{Others, Publication, Written};
pub use read::Beside;
pub use searched::Searched;
pub use session::{find_session, find_session_id, find_sessions};
pub use undo::{LastWrite, Writes};
