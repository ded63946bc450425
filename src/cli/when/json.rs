//! Proposals for other programs.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use crate::locale::Text;
use crate::model::Programme;
use crate::scheduling::{ProposedSession, SuitableDates};

/// Proposals of dates, or what rules them all out.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Answer<'a> {
    /// Version of this format.
    version: u32,
    /// Release of the IANA time zone database that the local hours follow.
    zone_rules: &'static str,
    /// The best first; each with its sessions in order.
    proposals: Vec<Vec<Held<'a>>>,
    /// Where nothing suits everybody: the conditions that together rule everything out. The proposals are then those that
    /// reach the quorum.
    clash: Vec<Given<'a>>,
    not_checked: &'a [Text],
    /// Whose hours are not known, so that they were not looked at.
    unplaced: &'a [Text],
}

/// A condition, and what giving it up would buy.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Given<'a> {
    condition: &'a Text,
    /// The best dates without it; none where it alone is not enough.
    without: Vec<Held<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Held<'a> {
    /// The day by the group's clock.
    date: NaiveDate,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    local: Vec<LocalTime<'a>>,
    /// What speaks against it.
    against: &'a [Text],
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct LocalTime<'a> {
    place: &'a Text,
    /// IANA name.
    time_zone: &'a str,
    start: chrono::NaiveDateTime,
    end: chrono::NaiveDateTime,
}

impl<'a> Answer<'a> {
    pub(crate) fn new(programme: &'a Programme, found: &'a SuitableDates) -> Answer<'a> {
        let held = |session: &'a ProposedSession| Held {
            date: session.date(&programme.group),
            start: session.start,
            end: session.end,
            local: programme
                .group
                .places()
                .map(|place| LocalTime {
                    place: &place.name,
                    time_zone: place.zone.name(),
                    start: place.zone.local(session.start).time,
                    end: place.zone.local(session.end).time,
                })
                .collect(),
            against: &session.against,
        };
        Answer {
            version: 1,
            zone_rules: crate::time::release(),
            proposals: found.proposals.iter().map(|proposal| proposal.sessions.iter().map(held).collect()).collect(),
            clash: found
                .clash
                .iter()
                .map(|obstacle| Given {
                    condition: &obstacle.text,
                    without: obstacle.buys.iter().flat_map(|proposal| &proposal.sessions).map(held).collect(),
                })
                .collect(),
            not_checked: &found.not_checked,
            unplaced: &found.unplaced,
        }
    }
}
