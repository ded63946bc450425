//! Those who attend, gathered by what matters for finding a date: zone, working hours and holidays.

use super::grid::{Grid, Set, stretch};
use crate::locale::Text;
use crate::model::{Absence, Actor, Group, Location, Member, WorkingHours};
use crate::text;
use crate::time::{Zone, country};

/// People whom the same hours and days suit.
#[derive(Debug)]
pub(crate) struct Seat<'g> {
    pub location: Location<'g>,
    pub zone: &'g Zone,
    pub hours: WorkingHours,
    /// Countries, and parties that differ from theirs.
    pub who: Vec<Text>,
    pub absences: Vec<(Text, Absence)>,
}

impl Seat<'_> {
    /// The starts that an absence touches.
    pub(crate) fn absent(&self, absence: &Absence, grid: &Grid) -> Set {
        let mut starts = grid.none();
        for date in grid.dates().filter(|date| absence.is_on(*date)) {
            let from = absence.start.unwrap_or_default();
            if let Some((from, to)) = stretch(self.zone, date, from, absence.end) {
                starts.insert(grid.touching(from, to));
            }
        }
        starts
    }
}

/// The seats of the actors, and the names of those whose place is not known.
pub(crate) fn seats<'g>(group: &'g Group, actors: &[Actor]) -> (Vec<Seat<'g>>, Vec<Text>) {
    let mut seats: Vec<Seat<'g>> = Vec::new();
    let mut unplaced = Vec::new();
    for actor in actors {
        let location = located(group, actor);
        let label = text!(l, label = actor.label(group, l); "{label}", "{label}");
        let Some(zone) = location.zone else {
            unplaced.push(label);
            continue;
        };
        let own_days =
            |holiday: &crate::model::AddedHoliday| location.party.is_some_and(|party| holiday.parties.contains(&party));
        let own_hours = location.party.is_some_and(|party| group.party(party).working_hours.is_some());
        let special = own_hours || group.holidays.iter().any(own_days);
        let location = if special { location } else { Location { party: None, ..location } };
        let hours = group.working_hours(&location);
        let who = location.country.and_then(country).filter(|_| !special).map_or_else(|| label.clone(), |country| country.name);
        let absences = match actor {
            Actor::Party(id) => group.party(*id).absences.clone(),
            Actor::Person(id) => group.person(*id).absences.clone(),
            Actor::Described(_) => Vec::new(),
        };
        let absences = absences.into_iter().map(|absence| (label.clone(), absence));
        let known = seats.iter_mut().find(|seat| {
            (seat.location.party, seat.location.country) == (location.party, location.country)
                && seat.zone == zone
                && seat.hours == hours
        });
        match known {
            Some(seat) => {
                seat.absences.extend(absences);
                if !seat.who.contains(&who) {
                    seat.who.push(who);
                }
            }
            None => seats.push(Seat { location, zone, hours, who: vec![who], absences: absences.collect() }),
        }
    }
    (seats, unplaced)
}

/// The seats of the member countries that nobody of `seats` comes from: their offices' hours and holidays count
/// all the same. `without` leaves some out.
pub(crate) fn countries<'g>(group: &'g Group, seats: &[Seat<'_>], without: &[&str]) -> Vec<Seat<'g>> {
    let missing = group
        .members
        .iter()
        .filter(|member| !without.contains(&member.code) && !seats.iter().any(|seat| seat.location.country == Some(member.code)));
    let seat = |member: &'g Member| {
        let location = Location { party: None, country: Some(member.code), zone: Some(&member.place.zone) };
        let hours = group.working_hours(&location);
        Seat { location, zone: &member.place.zone, hours, who: vec![member.place.name.clone()], absences: Vec::new() }
    };
    missing.map(seat).collect()
}

/// Where somebody is; a member that says nothing of it is in the one country of the group, if it has one.
fn located<'g>(group: &'g Group, actor: &Actor) -> Location<'g> {
    let location = group.location(actor);
    match (actor, &group.members[..]) {
        (Actor::Party(id), [only]) if location.zone.is_none() && group.party(*id).member => {
            Location { country: Some(only.code), zone: Some(&only.place.zone), ..location }
        }
        _ => location,
    }
}
