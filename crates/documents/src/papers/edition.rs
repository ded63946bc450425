//! What files are made from.

use std::sync::{LazyLock, OnceLock};

use chrono::NaiveDate;
use minijinja::Value;

use super::kinds::LETTER;
use crate::branding::Branding;
use crate::calendar::{Pages, Register, Revisions};
use crate::diagnostics::Sources;
use crate::locale::Lang;
use crate::model::{Programme, Public};
use crate::templates::Templates;
use crate::view::View;

/// What files are made from.
pub struct Edition<'a> {
    pub sources: &'a Sources,
    /// What letters to one person are made of.
    pub programme: &'a Programme,
    /// What everything else is made of, once it is asked for.
    pub public: LazyLock<Public, Covering<'a, Public>>,
    /// What the calendars that somebody alone gets are made of, once one is asked for.
    pub(super) invited: LazyLock<Programme, Covering<'a, Programme>>,
    pub templates: &'a Templates,
    pub branding: &'a Branding,
    /// Whether every document is marked as one.
    pub draft: bool,
    /// What templates see, worded once: for letters and for the rest, in each language.
    contexts: [[OnceLock<Value>; 2]; 2],
    /// What files have in common, as a part of their keys.
    pub(super) look: OnceLock<[u8; 32]>,
    /// What was published last, and the day as of which it is published anew.
    pub(super) published: Option<(Register, NaiveDate)>,
    pub(super) revisions: OnceLock<Revisions>,
    pub(super) pages: OnceLock<Pages>,
}

/// How a programme comes about in which not everything is told.
type Covering<'a, P> = Box<dyn FnOnce() -> P + Send + Sync + 'a>;

impl<'a> Edition<'a> {
    pub fn new(
        sources: &'a Sources,
        programme: &'a Programme,
        templates: &'a Templates,
        branding: &'a Branding,
        draft: bool,
    ) -> Edition<'a> {
        let public: Covering<'a, Public> = Box::new(|| programme.public());
        let invited: Covering<'a, Programme> = Box::new(|| programme.invited());
        Edition {
            sources,
            programme,
            public: LazyLock::new(public),
            invited: LazyLock::new(invited),
            templates,
            branding,
            draft,
            contexts: Default::default(),
            look: OnceLock::new(),
            published: None,
            revisions: OnceLock::new(),
            pages: OnceLock::new(),
        }
    }

    /// With what was published before: calendars whose content changed since then show a later state of it, as of a day.
    #[must_use]
    pub fn after(self, register: Register, today: NaiveDate) -> Edition<'a> {
        Edition { published: Some((register, today)), revisions: OnceLock::new(), ..self }
    }

    /// Words the programme as papers of a template see it: only letters see what is not public.
    pub fn view(&self, template: &str, lang: Lang) -> View<'_> {
        let programme = if template == LETTER { self.programme } else { &self.public };
        View { sources: self.sources, programme, templates: self.templates, lang }
    }

    pub(super) fn context(&self, template: &str, lang: Lang) -> Value {
        let of_language = match lang {
            Lang::En => &self.contexts[0],
            Lang::Es => &self.contexts[1],
        };
        of_language[usize::from(template == LETTER)].get_or_init(|| self.view(template, lang).context()).clone()
    }
}
