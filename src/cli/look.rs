//! A programme with its templates and its branding: what `check` looks at and `build` writes from.

use std::path::Path;

use super::args::Options;
use super::{Failure, check, read};
use crate::Checked;
use crate::diagnostics::{Diagnostic, Sources};
use crate::model::{Programme, Public};
use crate::render::Edition;
use crate::render::branding::Branding;
use crate::render::template::Templates;

pub struct Look {
    pub sources: Sources,
    /// With what is wrong with the templates and the branding.
    pub checked: Checked,
    /// That alone.
    pub faults: Vec<Diagnostic>,
    templates: Templates,
    branding: Branding,
}

impl Look {
    /// `folder` has the templates, if not those beside the programme are meant.
    pub fn load(options: &Options, folder: Option<&Path>) -> Result<Look, Failure> {
        let (mut sources, mut checked) = check::load(options)?;
        let (templates, mut faults) = Templates::new(&mut sources, read::templates(&options.programme, folder)?);
        let (branding, unusable) = Branding::new(&sources, templates.branding(), &read::assets(&options.programme, folder)?);
        faults.extend(unusable);
        checked.findings.extend(faults.iter().cloned());
        Ok(Look { sources, checked, faults, templates, branding })
    }

    pub fn edition<'a>(&'a self, programme: &'a Programme, public: &'a Public, draft: bool) -> Edition<'a> {
        Edition { sources: &self.sources, programme, public, templates: &self.templates, branding: &self.branding, draft }
    }
}
