//! Those who attend, gathered by what matters for finding a date: zone, working hours and holidays.

use super::grid::{Grid, Set, stretch};
use crate::locale::Text;
use crate::model::{Absence, Actor, Group, Location, WorkingHours};
use crate::text;
use crate::time::{Zone, country};

/// People whom the same hours and days suit.
#[derive(Debug)]
pub struct Seat<'g> {
    pub location: Location<'g>,
    pub zone: &'g Zone,
    pub hours: WorkingHours,
    /// Countries, and parties that differ from theirs.
    pub who: Vec<Text>,
    pub absences: Vec<(Text, Absence)>,
}

impl Seat<'_> {
    /// The starts that an absence touches.
    pub fn absent(&self, absence: &Absence, grid: &Grid) -> Set {
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
pub fn seats<'g>(group: &'g Group, actors: &[Actor]) -> (Vec<Seat<'g>>, Vec<Text>) {
    let mut seats: Vec<Seat<'g>> = Vec::new();
    let mut unplaced = Vec::new();
    for actor in actors {
        let location = group.location(actor);
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
