//! What a check is given, and what it gives.

use chrono::NaiveDate;

use super::timing::{self, Judged};
use crate::diagnostics::{Diagnostic, Rule, Sources, Span};
use crate::locale::Text;
use crate::model::Programme;
use crate::schema::Written;

/// What a check may look at.
pub struct Context<'a> {
    pub sources: &'a Sources,
    pub written: &'a Written,
    pub programme: &'a Programme,
    /// The same programme with its hours laid out though nobody said of which zone they are: what compares hours
    /// with each other asks it, and what compares them with the world outside asks `programme`.
    pub clocks: &'a Programme,
    pub today: NaiveDate,
    /// Where reading already found fault: what is missing there is not missing for another reason.
    pub faults: &'a [Span],
    /// What is wrong with the hours of each session, in the programme's order.
    pub timing: Vec<Judged>,
}

impl<'a> Context<'a> {
    pub fn new(
        sources: &'a Sources,
        written: &'a Written,
        programme: &'a Programme,
        clocks: &'a Programme,
        today: NaiveDate,
        faults: &'a [Span],
    ) -> Context<'a> {
        let timing = timing::judge_all(sources, clocks);
        Context { sources, written, programme, clocks, today, faults, timing }
    }

    /// Whether reading found fault within a stretch, so that what follows from it is not told again.
    pub fn is_doubtful(&self, extent: Span) -> bool {
        self.faults.iter().any(|fault| extent.contains(*fault))
    }
}

/// What a check reports.
pub struct Findings {
    pub(super) rule: &'static Rule,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) not_checked: Vec<(Span, Text)>,
}

impl Findings {
    pub fn new(rule: &'static Rule) -> Findings {
        Findings { rule, findings: Vec::new(), not_checked: Vec::new() }
    }

    /// A finding of this check, to be filled in and pushed.
    pub fn finding(&self, message: Text) -> Diagnostic {
        Diagnostic::new(self.rule, message)
    }

    pub fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Says that the check could not look at something: what is not checked has not passed.
    pub fn not_checked(&mut self, span: Span, why: Text) {
        self.not_checked.push((span, why));
    }
}
