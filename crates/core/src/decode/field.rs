//! What a field is: who may see it, and as what a change of it is told. Said once, where the field is declared.

use crate::diagnostics::{At, Span};
use crate::locale::{Lang, Text};

/// A key of a record, as it is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The record that it belongs to.
    pub record: &'static str,
    pub key: &'static str,
    /// What people write who take the key for a Spanish word; it is reported with the key that is meant.
    pub spanish: &'static [&'static str],
    pub visibility: Visibility,
    pub weight: Weight,
    pub kind: Kind,
    pub holds: Holds,
}

impl Field {
    pub fn is_text(&self) -> bool {
        self.kind == Kind::Text
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words for people to read, in each language of the group.
    Text,
    /// Records, each with fields of its own.
    Records,
    /// Anything else: an hour, a name, a link.
    Data,
}

/// How many things may stand under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    One,
    /// A list of them.
    List,
    /// One text of several names.
    Names,
}

/// What may stand under a key, by any of its names; `None` where a word is no key.
pub type Vocabulary = fn(&str) -> Option<Holds>;

/// Who gets to see what a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody.
    Published,
    /// Those who are invited; everybody where the group opens its calls to everybody.
    Invitees,
    /// Only those who keep the files.
    Never,
}

/// As what an invitee is told of a change of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Time,
    Place,
    Status,
    Link,
    /// Who does what.
    Role,
    Title,
    /// A text or the agenda.
    Text,
    /// Not at all.
    Nothing,
}

/// A text as it is written: each language with its place, where it is there.
pub type Languages<'a> = [(Lang, Option<At<&'a str>>); 2];

/// A field that somebody filled in.
#[derive(Clone, Copy, Debug)]
pub struct Filled<'a> {
    pub field: &'static Field,
    /// The whole value.
    pub span: Span,
    /// The words, of a text.
    pub text: Option<Languages<'a>>,
}

/// What a visitor of a record is told, field by field, in the order of the declaration; of a list or a table,
/// each field in it.
pub type Visitor<'v, 'a> = &'v mut dyn FnMut(Filled<'a>);

/// A text of which a language may be missing; its words are there in both.
pub trait Worded: Sized {
    type Words: Words;

    fn words(written: Option<&At<Self>>) -> Self::Words;
}

/// Where a record holds texts: one, none or several.
pub trait Words: Default {
    fn texts(&self) -> &[Text];

    /// Lets each be changed, and drops those that are not kept.
    fn retain(&mut self, keep: &mut dyn FnMut(&mut Text) -> bool);
}

impl Words for At<Text> {
    fn texts(&self) -> &[Text] {
        std::slice::from_ref(&self.value)
    }

    fn retain(&mut self, keep: &mut dyn FnMut(&mut Text) -> bool) {
        if !keep(&mut self.value) {
            self.value = Text::default();
        }
    }
}

impl Words for Option<Text> {
    fn texts(&self) -> &[Text] {
        self.as_slice()
    }

    fn retain(&mut self, keep: &mut dyn FnMut(&mut Text) -> bool) {
        if self.as_mut().is_some_and(|text| !keep(text)) {
            *self = None;
        }
    }
}

impl Words for Vec<Text> {
    fn texts(&self) -> &[Text] {
        self
    }

    fn retain(&mut self, keep: &mut dyn FnMut(&mut Text) -> bool) {
        self.retain_mut(keep);
    }
}

/// A text that has to be there, with its place; `whole` stands for one that is not.
pub fn heading<T: Worded<Words = Option<Text>>>(written: Option<&At<T>>, whole: Span) -> At<Text> {
    At::new(T::words(written).unwrap_or_default(), written.map_or(whole, |at| at.span))
}

/// The text of two languages; where one is missing the other stands in for it.
pub fn both(languages: Languages<'_>) -> Option<Text> {
    let text = |wanted| languages.iter().find(|(lang, _)| *lang == wanted)?.1.map(|at| at.value).filter(|text| !text.is_empty());
    let (es, en) = (text(Lang::Es), text(Lang::En));
    let (es, en) = (es.or(en)?, en.or(es)?);
    Some(Text { es: es.to_owned().into(), en: en.to_owned().into() })
}

/// The languages of a text, from its keys.
pub fn languages<'a, T: AsRef<str>>(es: &'a Option<At<T>>, en: &'a Option<At<T>>) -> Languages<'a> {
    let words = |written: &'a Option<At<T>>| written.as_ref().map(|at| At::new(at.value.as_ref(), at.span));
    [(Lang::Es, words(es)), (Lang::En, words(en))]
}
