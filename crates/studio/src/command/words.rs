//! What commands speak of, in the words of a page.

use chrono::NaiveDate;
use convoca_core::diagnostics::Subject;
use convoca_core::edit::{FieldValue, List, SlotPath};
use convoca_core::locale::{Lang, Text, dates};
use convoca_core::model::RoleKind;
use serde::Deserialize;

use crate::refused::Refused;
use crate::typed;

/// Where an item stands: its place in the agenda, or the places that lead to one inside another.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum At {
    Slot(usize),
    Inner(Vec<usize>),
}

/// What of the time was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Start,
    End,
    Minutes,
}

/// What becomes of the rest when one part of the time changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// Everything behind goes along.
    Following,
    /// The end stays; where the end itself is typed, the start does.
    End,
    /// The length stays.
    Length,
}

/// What is said in each language.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Both {
    #[serde(default)]
    pub es: String,
    #[serde(default)]
    pub en: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    Es,
    En,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Value {
    Flag(bool),
    Number(u32),
    Prose {
        prose: String,
    },
    /// A day as it was typed.
    Day {
        day: String,
    },
    /// An hour as it was typed.
    Hour {
        hour: String,
    },
    Lines {
        lines: Vec<String>,
    },
    Line(String),
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Speaker,
    Moderator,
    Facilitator,
}

/// Who gets a role: somebody of the group, somebody described, or somebody who joins the group with it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whom {
    Known(String),
    Described(Both),
    NewPerson { name: String, party: Option<String> },
    NewParty { name: Both, kind: String, country: Option<String> },
}

/// Something for the end of one of the lists of something; days as they were typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Listed {
    Document {
        title: Both,
        link: String,
    },
    Holiday {
        date: String,
        name: Both,
        #[serde(default)]
        yearly: bool,
        #[serde(default)]
        countries: Vec<String>,
        #[serde(default)]
        parties: Vec<String>,
        #[serde(default)]
        working: bool,
    },
    Absence {
        from: String,
        to: String,
        reason: String,
    },
    Country {
        code: String,
        /// Where it has several.
        zone: Option<String>,
    },
    Logo {
        file: String,
        alt: Both,
    },
}

/// One of the lists that something can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    Documents,
    Holidays,
    Absences,
    Countries,
    Logos,
}

/// What a change is about, as findings say it.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum About {
    Group,
    Party { id: String },
    Person { id: String },
    Session { session: String },
    Slot { session: String, slot: usize },
    Item { session: String, slot: usize, items: Vec<usize> },
    BreakOut { session: String, slot: usize, group: usize },
    ConceptNote,
    Section { id: String },
    Branding,
}

impl From<&About> for Subject {
    fn from(about: &About) -> Subject {
        match about.clone() {
            About::Group => Subject::Group,
            About::Party { id } => Subject::Party { id },
            About::Person { id } => Subject::Person { id },
            About::Session { session } => Subject::Session { session },
            About::Slot { session, slot } => Subject::Slot { session, slot },
            About::Item { session, slot, items } => Subject::Item { session, slot, items },
            About::BreakOut { session, slot, group } => Subject::BreakOut { session, slot, group },
            About::ConceptNote => Subject::ConceptNote,
            About::Section { id } => Subject::Section { id },
            About::Branding => Subject::Branding,
        }
    }
}

impl From<&At> for SlotPath {
    fn from(at: &At) -> SlotPath {
        match at {
            At::Slot(index) => (*index).into(),
            At::Inner(places) => SlotPath(places.clone()),
        }
    }
}

impl From<&Both> for Text {
    fn from(both: &Both) -> Text {
        Text { es: both.es.trim().to_owned().into(), en: both.en.trim().to_owned().into() }
    }
}

impl From<Role> for RoleKind {
    fn from(role: Role) -> RoleKind {
        match role {
            Role::Speaker => RoleKind::Speaker,
            Role::Moderator => RoleKind::Moderator,
            Role::Facilitator => RoleKind::Facilitator,
        }
    }
}

impl From<Language> for Lang {
    fn from(language: Language) -> Lang {
        match language {
            Language::Es => Lang::Es,
            Language::En => Lang::En,
        }
    }
}

impl From<Which> for List {
    fn from(which: Which) -> List {
        match which {
            Which::Documents => List::Documents,
            Which::Holidays => List::Holidays,
            Which::Absences => List::Absences,
            Which::Countries => List::Countries,
            Which::Logos => List::Logos,
        }
    }
}

impl From<typed::Unclear> for Refused {
    fn from(typed::Unclear { reason, choices }: typed::Unclear) -> Refused {
        Refused { choices, ..reason.into() }
    }
}

impl Value {
    /// # Errors
    /// What was typed is no day, or no hour.
    pub(super) fn read(&self, today: NaiveDate) -> Result<FieldValue, Refused> {
        let blank = FieldValue::Line(String::new());
        Ok(match self {
            Value::Flag(flag) => FieldValue::Flag(*flag),
            Value::Number(number) => FieldValue::Number(*number),
            Value::Prose { prose } => FieldValue::Prose(prose.clone()),
            Value::Day { day } if day.trim().is_empty() => blank,
            Value::Day { day } => FieldValue::Day(typed::date(day, today)?),
            Value::Hour { hour } if hour.trim().is_empty() => blank,
            Value::Hour { hour } => FieldValue::Line(dates::clock(typed::hour(hour, None)?)),
            Value::Lines { lines } if lines.is_empty() => blank,
            Value::Lines { lines } => FieldValue::Lines(lines.clone()),
            Value::Line(line) => FieldValue::Line(line.clone()),
        })
    }
}
