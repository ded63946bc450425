//! Days that suit, drawn day by day with what is against each, and the best of them.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use convoca_studio::typed;
use serde::Deserialize;
use serde_json::{Value, json};

use super::invitations::{aside, each};
use super::refusal::No;
use super::shared::Shared;
use crate::locale::dates::{clock, long_date};
use crate::model::Group;
use crate::scheduling::{Outlook, ProposedSession, find, outlook};
use crate::workspace::dates::{Asked, request};
use crate::workspace::programme;

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/", post(dates))
}

/// What is looked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// As people write a period: "octubre de 2027", "2027-10-01..2027-11-15".
    days: String,
    minutes: u32,
    with: Vec<String>,
    without: Vec<String>,
    /// "09:00-12:00", or nothing.
    hours: String,
}

async fn dates(State(shared): State<Arc<Shared>>, Json(wanted): Json<Wanted>) -> Result<Json<Value>, No> {
    aside(move || {
        let materials = shared.materials();
        let snapshot = materials.snapshot();
        let programme = programme(snapshot)?;
        let group = &programme.group;
        let asked = Asked {
            days: wanted.days,
            minutes: wanted.minutes,
            sessions: 1,
            apart: 1,
            with: wanted.with,
            without: wanted.without,
            proposals: 5,
            hours: Some(hours(&wanted.hours)).filter(|hours| !hours.trim().is_empty()),
            ..Asked::default()
        };
        let request = request(&asked, group, snapshot.today())?;
        let found = find(programme, &request);
        let days = outlook(programme, &request);
        let proposals = found.proposals.iter().filter_map(|proposal| Some(session(group, proposal.sessions.first()?)));
        Ok(Json(json!({
            "days": days.iter().map(|own| day(group, own)).collect::<Value>(),
            "proposals": proposals.collect::<Value>(),
            "clash": found.clash.iter().map(|obstacle| &obstacle.text).collect::<Vec<_>>(),
            "notChecked": found.not_checked, "unplaced": found.unplaced,
        })))
    })
    .await
}

/// Hours as people type them into a field, `9 a 11`, as they are written elsewhere.
fn hours(typed: &str) -> String {
    let read = |typed: &str| Some(clock(typed::hour(typed, None).ok()?));
    let span = typed::span(typed).and_then(|(from, to)| Some(format!("{}-{}", read(from)?, read(to)?)));
    span.unwrap_or_else(|| typed.to_owned())
}

fn day(group: &Group, outlook: &Outlook) -> Value {
    let countries = outlook.countries.iter().map(|view| json!({ "code": view.code, "suits": view.suits, "why": view.why }));
    json!({
        "date": outlook.date.to_string(), "day": each(|lang| long_date(lang, outlook.date)), "against": outlook.against,
        "best": outlook.best.as_ref().map(|best| session(group, best)), "countries": countries.collect::<Value>(),
    })
}

fn session(group: &Group, session: &ProposedSession) -> Value {
    let date = session.date(group);
    let [start, end] = [session.start, session.end].map(|at| clock(group.zone.local(at).time.time()));
    json!({
        "date": date.to_string(), "day": each(|lang| long_date(lang, date)), "start": start, "end": end,
        "hours": convoca_studio::page::hours(group, &group.zone, (session.start, session.end)), "against": session.against,
    })
}
