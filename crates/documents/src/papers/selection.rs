//! A part of all that can be made: some kinds, of some sessions.

use super::Edition;
use super::kinds::KINDS;
use super::output::Output;
use crate::decode::slug;
use crate::locale::Lang;

/// What of all that can be made is wanted; everything unless it says otherwise.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Kinds, as [`Output::kind`] names them.
    pub kinds: Option<Vec<String>>,
    /// Ids of sessions: then only what is of one of them.
    pub sessions: Option<Vec<String>>,
}

impl Selection {
    pub fn takes(&self, output: &Output<'_>) -> bool {
        let is_kind = |kinds: &Vec<String>| kinds.iter().any(|kind| kind == output.kind());
        let is_session =
            |ids: &Vec<String>| output.session().is_some_and(|session| ids.iter().any(|id| id == session.id.as_str()));
        self.kinds.as_ref().is_none_or(is_kind) && self.sessions.as_ref().is_none_or(is_session)
    }
}

impl Edition<'_> {
    /// The kind that a word means, in either language: one that there always is, or a template of one's own
    /// by its name or by that of its files.
    pub fn kind(&self, word: &str) -> Option<String> {
        let word = slug(word);
        let built_in = KINDS.iter().find(|(_, en, es)| en.iter().chain(*es).any(|known| *known == word));
        if let Some((kind, _, _)) = built_in {
            return Some((*kind).to_owned());
        }
        let file = |template: &str, lang| self.templates.word(&format!("file-{template}"), lang).map(slug);
        let is_meant = |template: &&str| {
            slug(template) == word || Lang::ALL.iter().any(|lang| file(template, *lang).as_ref() == Some(&word))
        };
        self.templates.documents().find(is_meant).map(str::to_owned)
    }

    /// The words for all kinds that there are, in a language.
    pub fn kinds(&self, lang: Lang) -> Vec<String> {
        let usual = KINDS.iter().map(|(_, en, es)| match lang {
            Lang::En => en[0],
            Lang::Es => es[0],
        });
        let is_own = |template: &&str| KINDS.iter().all(|(kind, _, _)| kind != template);
        usual.chain(self.templates.documents().filter(is_own)).map(str::to_owned).collect()
    }
}
