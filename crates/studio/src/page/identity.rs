//! What the group says of itself, as it is written.

use convoca_core::decode::{Line, ZoneName};
use convoca_core::diagnostics::At;
use convoca_core::schema::{Group, HourStyle, list};
use convoca_core::time::country;
use serde_json::{Value as Json, json};

use super::wording;

/// Nothing stands where nothing is written: what the programme takes instead is another matter.
pub(super) fn identity(group: &Group) -> Json {
    let line = |line: &Option<At<Line>>| line.as_ref().map(|line| line.0.clone());
    let zone = |zone: &Option<At<ZoneName>>| zone.as_ref().map(|zone| zone.0.clone());
    let organizer = group.organizer.as_ref();
    let email = |email: fn(&convoca_core::schema::Organizer) -> &Option<At<convoca_core::decode::Email>>| {
        organizer.and_then(|organizer| email(organizer).as_ref()).map(|email| email.0.clone())
    };
    let countries = list(&group.countries).iter().map(|member| {
        let own = &member.0;
        json!({
            "code": own.code.as_ref().map(|code| code.0),
            "name": own.code.as_ref().and_then(|code| Some(country(code.0)?.name)),
            "zone": zone(&own.time_zone),
        })
    });
    json!({
        "name": wording(group.name.as_ref()),
        "shortName": wording(group.short_name.as_ref()),
        "languages": list(&group.languages).iter().map(|lang| lang.value.code()).collect::<Vec<_>>(),
        "zone": zone(&group.time_zone),
        "countries": countries.collect::<Json>(),
        "presidency": line(&group.presidency),
        "secretariat": line(&group.secretariat),
        "organizer": {
            "party": organizer.and_then(|organizer| line(&organizer.party)),
            "email": email(|own| &own.email),
            "sender": email(|own| &own.sender),
        },
        "domain": group.domain.as_ref().map(|domain| domain.0.clone()),
        "publishUrl": group.publish_url.as_ref().map(|url| url.0.clone()),
        "publishJoinLink": group.publish_join_link.as_ref().is_some_and(|flag| flag.value),
        "hours": group.hours.as_ref().map(|style| match style.value {
            HourStyle::TwentyFour => "24",
            HourStyle::Country => "country",
        }),
    })
}
