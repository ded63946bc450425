//! A project as it stood at a moment, read and checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Content, Project};
use crate::Checked;
use crate::decode::rules::UNREADABLE_FILE;
use crate::diagnostics::{self, Diagnostic, Difference, Sources, Span, Subject};
use crate::locale::Text;
use crate::model::Programme;
use crate::schema::{GROUP_FILE, Written, subjects};
use crate::text;

/// What a project says at a moment. Changing the project later does not change it.
#[derive(Debug)]
pub struct Snapshot {
    sources: Sources,
    checked: Checked,
    today: NaiveDate,
    folder: String,
    templates: String,
    others: Arc<BTreeMap<String, Content>>,
}

impl Snapshot {
    pub(super) fn new(project: &Project, today: NaiveDate) -> Snapshot {
        let sources = project.sources.clone();
        let checked = crate::check(&sources, today);
        let mut more = Vec::new();
        for (path, why) in &project.unreadable {
            let message =
                text!(l, why = why.get(l).to_owned(); "cannot read `{path}`: {why}", "no se puede leer `{path}`: {why}");
            let place = sources.find(path).map_or_else(Span::default, |file| Span::new(file, 0..0));
            more.push(Diagnostic::new(&UNREADABLE_FILE, message).at(place, Text::default()));
        }
        let group =
            if project.programme.is_empty() { GROUP_FILE.to_owned() } else { format!("{}/{GROUP_FILE}", project.programme) };
        if sources.find(&group).is_none() {
            let message = text!("there is no `{group}`", "no hay `{group}`");
            more.push(Diagnostic { subject: Subject::Group, ..Diagnostic::new(&UNREADABLE_FILE, message) });
        }
        if let (Some(witness), Some(programme)) = (&project.witness, &checked.programme) {
            let mut said = witness.says(programme);
            crate::checks::settle(&checked.written, &mut said);
            more.extend(said);
        }
        let folder = project.programme.clone();
        let mut snapshot =
            Snapshot { sources, checked, today, folder, templates: project.templates.clone(), others: project.others.clone() };
        snapshot.add_findings(more);
        snapshot
    }

    /// All that is wrong with the programme, in the order of the files.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.checked.findings
    }

    /// The programme, unless there is no group to resolve names in.
    pub fn programme(&self) -> Option<&Programme> {
        self.checked.programme.as_ref()
    }

    /// The files as a person wrote them, with the place of every value.
    pub fn written(&self) -> &Written {
        &self.checked.written
    }

    /// The texts that places of findings and values are in.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The day as of which it was checked.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// The folder of the programme.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// What stands in the folder of the templates: name, path and content.
    pub fn templates(&self) -> impl Iterator<Item = (&str, &str, &Content)> {
        self.others.iter().filter_map(|(path, content)| {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            (folder == self.templates).then_some((name, path.as_str(), content))
        })
    }

    /// Where a file of the templates lies, or would.
    pub fn template_path(&self, name: &str) -> String {
        if self.templates.is_empty() { name.to_owned() } else { format!("{}/{name}", self.templates) }
    }

    /// A file that is no text of the programme, such as a picture, by its path.
    pub fn other(&self, path: &str) -> Option<&Content> {
        self.others.get(path)
    }

    /// What came and what went since an earlier snapshot of the same programme.
    pub fn since<'a>(&'a self, earlier: &'a Snapshot) -> Difference<'a> {
        diagnostics::difference(earlier.findings(), self.findings())
    }

    /// Texts and findings of those who read more of the project, such as its templates.
    pub fn sources_mut(&mut self) -> &mut Sources {
        &mut self.sources
    }

    /// Adds what others have to say; gives it back with what each finding is about.
    pub fn add_findings(&mut self, mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        subjects::assign(&self.sources, &mut findings);
        self.checked.findings.extend(findings.iter().cloned());
        diagnostics::sort(&mut self.checked.findings);
        findings
    }
}
