//! The zone of the hours, which a person says beside a document to a group that is there.

use convoca_core::diagnostics::{Sources, Subject};
use convoca_core::edit::{FieldValue, Operation};
use convoca_core::schema::{self, GROUP_FILE};
use convoca_core::text;

use super::difference::{Difference, Sort};

/// What a zone is to the text of `group.toml`: added where it states none, a change where it states another.
pub fn zone(group: &str, zone: &str) -> Option<Difference> {
    let mut sources = Sources::default();
    sources.add(GROUP_FILE, group.to_owned());
    let (_, written) = schema::decode(&sources).0.group?;
    let own = written.time_zone.as_ref().map(|own| own.0.clone());
    let to = Some(FieldValue::Line(zone.to_owned()));
    let set = vec![Operation::SetField { of: Subject::Group, field: "time-zone".to_owned(), to }];
    match own {
        Some(own) if own == zone => None,
        Some(own) => {
            let what = text!(
                "~ the zone of the hours: the file says {own}, you say {zone}",
                "~ la zona de las horas: el archivo dice {own}, usted dice {zone}"
            );
            Some(Difference::new(Sort::Changed, what, set))
        }
        None => {
            let what = text!("+ the zone of the hours: {zone}", "+ la zona de las horas: {zone}");
            Some(Difference::new(Sort::Added, what, set))
        }
    }
}
