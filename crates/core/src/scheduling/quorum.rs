//! Starts that do not suit everybody, but enough of the members.

use super::conditions::{days_off, outside_hours};
use super::grid::{Condition, Grid, Set};
use super::request::Request;
use super::seats::{Seat, countries, seats};
use crate::locale::Text;
use crate::model::{Actor, Group, Quorum};
use crate::text;

/// One more who is missing speaks more against a start than anything that is merely unwelcome.
const MISSING: u32 = 1_000;

/// What is asked for once a quorum is enough.
pub(crate) struct Enough {
    /// As before, but only of those who are indispensable.
    pub request: Request,
    /// The starts at which too few could attend.
    pub too_few: Condition,
    /// For each who may be missing, the starts at which they would be.
    pub missing: Vec<Condition>,
}

/// Somebody who counts towards the quorum.
struct Voice {
    label: Text,
    country: Option<&'static str>,
    is_party: bool,
    /// Where they cannot attend.
    cannot: Set,
}

/// `None` where no quorum is asked for.
pub(crate) fn enough(group: &Group, request: &Request, grid: &Grid) -> Option<Enough> {
    let Quorum { parties, countries } = request.quorum;
    if parties.is_none() && countries.is_none() {
        return None;
    }
    let voices = voices(group, request, grid);
    let mut starts = grid.none();
    let mut there: Vec<&str> = Vec::new();
    for start in 0..grid.starts.len() {
        let able = voices.iter().filter(|voice| !voice.cannot.contains(start));
        let count = able.clone().filter(|voice| voice.is_party).count();
        there.clear();
        there.extend(able.filter_map(|voice| voice.country));
        there.sort_unstable();
        there.dedup();
        if parties.is_some_and(|needed| count < needed as usize) || countries.is_some_and(|needed| there.len() < needed as usize)
        {
            starts.insert(start..start + 1);
        }
    }
    let text = Text::fixed("the quorum", "el quórum");
    let missing = voices.into_iter().filter(|voice| !voice.cannot.is_empty()).map(|voice| Condition {
        text: text!(l, who = voice.label.get(l); "would be missing: {who}", "faltaría: {who}"),
        starts: voice.cannot,
        weight: MISSING,
    });
    let missing = missing.collect();
    let attending = request.attending.iter().filter(|actor| !may_miss(group, request, actor)).cloned().collect();
    let without_countries = group.members.iter().map(|member| member.code).collect();
    let request = Request { attending, without_countries, ..request.clone() };
    Some(Enough { request, too_few: Condition { text, starts, weight: 0 }, missing })
}

/// Members may be missing, unless they were named as indispensable; whoever was asked for besides may not.
fn may_miss(group: &Group, request: &Request, actor: &Actor) -> bool {
    matches!(actor, Actor::Party(id) if group.party(*id).member) && !request.indispensable.contains(actor)
}

fn voices(group: &Group, request: &Request, grid: &Grid) -> Vec<Voice> {
    let mut all = Vec::new();
    let mut voices = Vec::new();
    for actor in &request.attending {
        let (mut own, _) = seats(group, std::slice::from_ref(actor));
        let Some(seat) = own.pop() else { continue };
        if let Actor::Party(id) = actor
            && group.party(*id).member
        {
            let never_missing = !may_miss(group, request, actor);
            voices.push(Voice {
                label: text!(l, label = actor.label(group, l); "{label}", "{label}"),
                country: seat.location.country,
                is_party: true,
                cannot: if never_missing { grid.none() } else { cannot(group, &seat, grid) },
            });
        }
        all.push(seat);
    }
    let alone = countries(group, &all, &request.without_countries);
    voices.extend(alone.iter().map(|seat| Voice {
        label: seat.who[0].clone(),
        country: seat.location.country,
        is_party: false,
        cannot: cannot(group, seat, grid),
    }));
    voices
}

/// The starts at which somebody of a seat cannot attend.
fn cannot(group: &Group, seat: &Seat<'_>, grid: &Grid) -> Set {
    let mut starts = outside_hours(seat, grid);
    for off in days_off(group, seat, grid, &mut Vec::new()).iter().filter(|off| off.is_holiday()) {
        starts.add(&off.starts);
    }
    for (_, absence) in &seat.absences {
        starts.add(&seat.absent(absence, grid));
    }
    starts
}
