//! The checks: one file each, with its documentation, its messages in both languages and an example
//! that fires. A check reads the programme and reports; it never changes anything.

mod also_hour;
mod clock_shift;
mod context;
mod double_booking;
mod duplicate_id;
mod empty_agenda;
mod empty_section;
mod empty_slot;
mod engine;
mod exposed_link;
mod hours;
mod judge;
mod late_notice;
mod missing_translation;
mod no_facilitator;
mod no_moderator;
mod no_session;
mod older_zone_rules;
mod one_party_two_names;
mod open_end;
mod outside_working_hours;
mod public_holiday;
mod section_number;
mod session_number;
mod session_order;
mod session_overlap;
mod session_total;
mod shared_address;
mod slot_duration;
mod slot_ends_before_start;
mod slot_gap;
mod slot_order;
mod slot_outside_session;
mod slot_overlap;
mod speaker_tbc;
mod stated_absence;
mod sweep;
mod timing;
mod unlikely_date;
mod unused_party;
mod waiver;
mod weekday;

pub use context::{Context, Findings};
pub use engine::{NOT_CHECKED, TOLD_BESIDE, is_waivable, run, settle};

use crate::decode;
use crate::diagnostics::Rule;
use crate::resolve;

/// A check: the rule that it enforces, and how.
pub struct Check {
    pub rule: &'static Rule,
    pub run: fn(&Context<'_>, &mut Findings),
}

/// Every check, in the order in which `convoca explain` lists them.
pub static ALL: &[&Check] = &[
    &slot_overlap::CHECK,
    &slot_order::CHECK,
    &slot_duration::CHECK,
    &slot_ends_before_start::CHECK,
    &slot_gap::CHECK,
    &slot_outside_session::CHECK,
    &session_total::CHECK,
    &open_end::CHECK,
    &also_hour::CHECK,
    &session_overlap::CHECK,
    &session_order::CHECK,
    &weekday::CHECK,
    &unlikely_date::CHECK,
    &public_holiday::CHECK,
    &outside_working_hours::CHECK,
    &stated_absence::CHECK,
    &clock_shift::CHECK,
    &older_zone_rules::CHECK,
    &late_notice::CHECK,
    &double_booking::CHECK,
    &no_moderator::CHECK,
    &no_session::CHECK,
    &no_facilitator::CHECK,
    &empty_agenda::CHECK,
    &empty_slot::CHECK,
    &speaker_tbc::CHECK,
    &one_party_two_names::CHECK,
    &unused_party::CHECK,
    &shared_address::CHECK,
    &missing_translation::CHECK,
    &exposed_link::CHECK,
    &empty_section::CHECK,
    &duplicate_id::CHECK,
    &session_number::CHECK,
    &section_number::CHECK,
    &waiver::CHECK,
];

/// Every rule about the texts of a programme: the checks, then what reading them can find.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    ALL.iter()
        .map(|check| check.rule)
        .chain(resolve::rules::ALL.iter().copied())
        .chain(decode::rules::ALL.iter().copied())
        .chain([&NOT_CHECKED])
}

/// The session file of an example, with what is given behind its head.
macro_rules! session_file {
    ($rest:literal) => {
        concat!(
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\n",
            "title = { es = \"Sesión\", en = \"Session\" }\n",
            $rest
        )
    };
}
pub(crate) use session_file;

/// The group file of an example, with keys of the party `port` and of the group.
macro_rules! group_file {
    ($port:literal) => {
        $crate::checks::group_file!($port, "")
    };
    ($port:literal, $group:literal) => {
        concat!(
            "id = \"example\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\"]\n",
            $group,
            "name = { es = \"Ejemplo\", en = \"Example\" }\n",
            "[parties.capital]\nname = { es = \"Capital\", en = \"Capital\" }\nmember = true\n",
            "[parties.port]\nname = { es = \"Puerto\", en = \"Port\" }\nmember = true\n",
            $port,
            "\n"
        )
    };
}
use group_file;

#[cfg(test)]
mod tests {
    use super::*;

    /// A check whose file nobody registered would never run.
    #[test]
    fn every_file_of_the_folder_is_registered() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/checks");
        let files = std::fs::read_dir(folder).unwrap().filter_map(|entry| {
            let path = entry.unwrap().path();
            let declares = || std::fs::read_to_string(&path).unwrap().contains("static CHECK: Check =");
            let name = path.file_name()?.to_str()?.strip_suffix(".rs")?;
            (name != "mod" && declares()).then(|| name.replace('_', "-"))
        });
        let mut files: Vec<String> = files.collect();
        let mut registered: Vec<String> = ALL.iter().map(|check| check.rule.id.to_owned()).collect();
        files.sort();
        registered.sort();
        assert_eq!(files, registered);
    }

    #[test]
    fn every_rule_is_documented_in_both_languages() {
        for rule in rules() {
            for text in [&rule.summary, &rule.documentation] {
                assert!(!text.es.is_empty() && !text.en.is_empty() && text.es != text.en, "{}", rule.id);
            }
        }
    }
}
