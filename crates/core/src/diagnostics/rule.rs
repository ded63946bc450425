//! What a finding is an instance of: a rule with its documentation.

use super::Level;
use crate::locale::Text;

/// A rule as `convoca explain` tells it.
#[derive(Debug)]
pub struct Rule {
    /// The name in kebab-case by which findings, levels and waivers speak of it; never changes.
    pub id: &'static str,
    /// How grave it is unless the group says otherwise.
    pub level: Level,
    /// What the rule asks, in one line.
    pub summary: Text,
    /// Why, and how to mend it; Markdown.
    pub documentation: Text,
    pub example: Example,
}

/// Files that make the rule fire, and the same files mended. They are laid over a small programme
/// (`checks/example/`), so only what matters is written. They run as tests.
#[derive(Debug)]
pub struct Example {
    pub faulty: &'static [(&'static str, &'static str)],
    pub mended: &'static [(&'static str, &'static str)],
}
