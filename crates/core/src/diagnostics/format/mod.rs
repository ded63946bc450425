//! How findings are shown: to people, and to other programs.

pub mod github;
pub mod human;
pub mod json;
pub mod sarif;
