//! What documents are made from: a programme with its templates and its branding.

use super::Edition;
use crate::branding::Branding;
use crate::decode::rules::UNREADABLE_FILE;
use crate::diagnostics::{Diagnostic, Sources, Span};
use crate::letterhead::{self, Assets};
use crate::locale::Text;
use crate::project::{Content, Snapshot};
use crate::templates::{SETTINGS, Templates, meant};
use crate::text;

/// What the files of pictures, fonts and Word templates are called.
pub const ASSETS: [&str; 9] = ["png", "jpg", "jpeg", "svg", "ttf", "otf", "ttc", "docx", "dotx"];

/// A snapshot with its templates and its branding read.
///
/// ```
/// use chrono::NaiveDate;
/// use convoca_core::project::Project;
/// use convoca_documents::{papers::Materials, formats::Format};
/// let mut project = Project::default();
/// project.set("sessions/group.toml", "id = 'g'\ntime-zone = 'America/Guatemala'\nname = { es = 'Grupo', en = 'Group' }");
/// project.set("sessions/1.toml", "id = 'one'\nnumber = 1\ndate = 2027-03-01\ntitle = { es = 'Una', en = 'One' }");
/// project.set("templates/agenda.md.j2", "# Orden del día de {{ session.title }}\n");
/// let materials = Materials::new(project.snapshot(NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()));
/// let edition = materials.edition(false).unwrap();
/// let agenda = edition.outputs().into_iter().find(|output| edition.path(output, Format::Html).ends_with("agenda-1-one.html"));
/// let page = edition.make(&agenda.unwrap(), Format::Html).unwrap().artifact.unwrap();
/// assert!(String::from_utf8(page.bytes).unwrap().contains("Orden del día de Una"));
/// ```
pub struct Materials {
    snapshot: Snapshot,
    faults: Vec<Diagnostic>,
    templates: Templates,
    branding: Branding,
}

impl Materials {
    /// Reads the templates and the branding of a snapshot; what is wrong with them joins its findings.
    pub fn new(mut snapshot: Snapshot) -> Materials {
        let assets = snapshot.templates().filter(|(name, ..)| !is_template(name) && is_asset(name));
        let bytes = |content: &Content| content.bytes().map(<[u8]>::to_vec).map_err(Text::clone);
        let assets: Assets = assets.map(|(name, _, content)| (name.to_owned(), bytes(content))).collect();
        let (templates, mut faults) = templates(&mut snapshot);
        let (branding, unusable) = letterhead::read(snapshot.sources(), templates.branding(), &assets);
        faults.extend(unusable);
        let faults = snapshot.add_findings(faults);
        Materials { snapshot, faults, templates, branding }
    }

    /// The snapshot, with the findings about templates and branding among its own.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// What is wrong with the templates and the branding alone.
    pub fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }

    /// The words of documents and mails.
    pub fn templates(&self) -> &Templates {
        &self.templates
    }

    pub fn sources(&self) -> &Sources {
        self.snapshot.sources()
    }

    /// What can be made, and the making of it; a draft is marked as one. Without a programme there is nothing
    /// to make.
    pub fn edition(&self, draft: bool) -> Option<Edition<'_>> {
        let programme = self.snapshot.programme()?;
        Some(Edition::new(self.snapshot.sources(), programme, &self.templates, &self.branding, draft))
    }
}

/// The templates of a snapshot with the words of documents, and what is wrong with them.
pub fn templates(snapshot: &mut Snapshot) -> (Templates, Vec<Diagnostic>) {
    let (mut texts, mut unreadable) = (Vec::new(), Vec::new());
    for (name, path, content) in snapshot.templates().filter(|(name, ..)| is_template(name)) {
        match content.clone().into_text() {
            Ok(text) => texts.push((name.to_owned(), path.to_owned(), text)),
            Err(why) => unreadable.push((path.to_owned(), why)),
        }
    }
    let mut faults = Vec::new();
    for (path, why) in unreadable {
        let file = snapshot.sources_mut().add_unreadable(path.clone());
        let message = text!(l, why = why.get(l).to_owned(); "cannot read `{path}`: {why}", "no se puede leer `{path}`: {why}");
        faults.push(Diagnostic::new(&UNREADABLE_FILE, message).at(Span::new(file, 0..0), Text::default()));
    }
    let (templates, wrong) = Templates::new(snapshot.sources_mut(), texts);
    faults.extend(wrong);
    (templates, faults)
}

/// Whether a file is a template, or has settings or words of documents, by its name.
pub fn is_template(name: &str) -> bool {
    name.ends_with(".j2") || meant(name).is_some() || SETTINGS.contains(&name)
}

/// Whether a file is a picture, a font or a Word template, by the ending of its name.
pub fn is_asset(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| ASSETS.contains(&ending.as_str()))
}
