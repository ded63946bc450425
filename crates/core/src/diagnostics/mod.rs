//! Findings: what is wrong, where, why, and how to mend it.

mod crowd;
mod difference;
mod fix;
pub mod format;
mod rule;
mod source;
mod subject;

pub use crowd::count_crowds;
pub use difference::{Difference, Identity, difference};
pub use fix::{Fixed, apply_edits, apply_fixes};
pub use rule::{Example, Rule};
pub use source::{At, FileId, SourceFile, Sources, Span};
pub use subject::Subject;

use serde::Serialize;

use crate::locale::{Lang, Text};

/// How grave a finding is. Only errors stop `build` and set the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Note,
    Warning,
    Error,
}

impl Level {
    pub const ALL: [Level; 3] = [Level::Error, Level::Warning, Level::Note];

    /// The name in files and formats for programs.
    pub fn id(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (level, Lang::En) => level.id(),
            (Level::Note, Lang::Es) => "nota",
            (Level::Warning, Lang::Es) => "advertencia",
            (Level::Error, Lang::Es) => "error",
        }
    }
}

/// The rule by which the checks tell what they could not look at.
pub const NOT_CHECKED: &str = "not-checked";

/// A place that a finding points at, with what is to be said there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: Text,
}

/// A replacement of the text at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

/// A way to mend a finding. Only a certain one is made by `check --fix`; the others are offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    pub message: Text,
    pub edits: Vec<Edit>,
    pub certain: bool,
}

impl Mend {
    /// The one right mend: what is written elsewhere leaves no other.
    pub fn certain(message: Text, edits: Vec<Edit>) -> Mend {
        Mend { message, edits, certain: true }
    }

    /// One of several possible mends: a person must choose.
    pub fn possible(message: Text, edits: Vec<Edit>) -> Mend {
        Mend { message, edits, certain: false }
    }

    /// What to do, where no edit of the text can be worked out.
    pub fn advice(message: Text) -> Mend {
        Mend { message, edits: Vec::new(), certain: false }
    }
}

/// One finding. The first label is the place that is wrong; the others are the other sides of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub check: &'static str,
    pub level: Level,
    /// What it is about; found from the first place ([`crate::schema::subjects::assign`]).
    pub subject: Subject,
    /// The key of the subject that is concerned, if it is one: "end", "title.es", "speakers.1".
    pub field: Option<String>,
    pub message: Text,
    pub labels: Vec<Label>,
    pub notes: Vec<Text>,
    pub mends: Vec<Mend>,
    /// The reason why the group accepts this finding, if it waived it in place.
    pub waived: Option<String>,
    /// How many more of its kind in its file it stands for.
    pub others: usize,
}

impl Diagnostic {
    pub fn new(rule: &Rule, message: Text) -> Diagnostic {
        Diagnostic {
            check: rule.id,
            level: rule.level,
            subject: Subject::default(),
            field: None,
            message,
            labels: Vec::new(),
            notes: Vec::new(),
            mends: Vec::new(),
            waived: None,
            others: 0,
        }
    }

    pub fn level(mut self, level: Level) -> Diagnostic {
        self.level = level;
        self
    }

    pub fn at(mut self, span: Span, text: Text) -> Diagnostic {
        self.labels.push(Label { span, text });
        self
    }

    /// Names the key that is concerned, where its place cannot tell: one that is missing has none.
    pub fn field(mut self, key: &str) -> Diagnostic {
        self.field = Some(key.to_owned());
        self
    }

    pub fn note(mut self, text: Text) -> Diagnostic {
        self.notes.push(text);
        self
    }

    pub fn mend(mut self, mend: Mend) -> Diagnostic {
        self.mends.push(mend);
        self
    }

    pub fn mends_with(mut self, mends: impl IntoIterator<Item = Mend>) -> Diagnostic {
        self.mends.extend(mends);
        self
    }

    pub fn advice(self, message: Text) -> Diagnostic {
        self.mend(Mend::advice(message))
    }

    /// The place that is wrong.
    pub fn place(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }

    /// Whether it only follows from other findings.
    fn follows(&self) -> bool {
        self.check == NOT_CHECKED
    }

    pub fn certain_mend(&self) -> Option<&Mend> {
        self.mends.iter().find(|mend| mend.certain)
    }

    pub fn counts_as(&self, level: Level) -> bool {
        self.waived.is_none() && self.level == level
    }
}

/// Whether an error stands, so that nothing may be built or sent.
pub fn has_errors(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.counts_as(Level::Error))
}

/// Findings in the order in which a person reads the files; what only follows from the others, such as
/// that something could not be checked, stands behind those of its file.
pub fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by(|a, b| {
        let key = |finding: &Diagnostic| (finding.place().map(|span| span.file), finding.follows(), finding.place());
        (key(a), a.check, &a.message.en).cmp(&(key(b), b.check, &b.message.en))
    });
}
