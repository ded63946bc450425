//! What hands do to an agenda, and everything that a spoilt one may have been.

use std::collections::HashSet;

use crate::agenda::{Agenda, Form, Item, Key, Place};
use crate::chance::Chance;

const NOON: i32 = 12 * 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slip {
    StartHourOff,
    EndHourOff,
    MinutesHourOff,
    StartMinutesOff,
    EndMinutesOff,
    MinutesWrong,
    TwelveHoursOff,
    DigitsSwapped,
    StartAndEndSwapped,
    BothHourOff,
    BothMinutesOff,
    WithoutTwelve,
    TwoSwapped,
    OneMisplaced,
    WindowOff,
    SeveralHourOff,
}

impl Slip {
    pub(crate) const ALL: [Slip; 16] = [
        Slip::StartHourOff,
        Slip::EndHourOff,
        Slip::MinutesHourOff,
        Slip::StartMinutesOff,
        Slip::EndMinutesOff,
        Slip::MinutesWrong,
        Slip::TwelveHoursOff,
        Slip::DigitsSwapped,
        Slip::StartAndEndSwapped,
        Slip::BothHourOff,
        Slip::BothMinutesOff,
        Slip::WithoutTwelve,
        Slip::TwoSwapped,
        Slip::OneMisplaced,
        Slip::WindowOff,
        Slip::SeveralHourOff,
    ];

    /// The agenda with the slip in it, unless it cannot be made here.
    pub(crate) fn put_in(self, agenda: &Agenda, chance: &mut Chance) -> Option<Agenda> {
        let mut spoilt = agenda.clone();
        let hour = chance.one_of(&[-60, 60]);
        let few = chance.one_of(&[-1, 1]) * 5 * (1 + chance.below(11));
        match self {
            Slip::StartHourOff => off(&mut spoilt, Key::Start, hour, chance)?,
            Slip::EndHourOff => off(&mut spoilt, Key::End, hour, chance)?,
            Slip::MinutesHourOff => off(&mut spoilt, Key::Minutes, hour, chance)?,
            Slip::StartMinutesOff => off(&mut spoilt, Key::Start, few, chance)?,
            Slip::EndMinutesOff => off(&mut spoilt, Key::End, few, chance)?,
            Slip::MinutesWrong => off(&mut spoilt, Key::Minutes, few, chance)?,
            Slip::TwelveHoursOff => {
                let key = [Key::Start, Key::End][chance.index(2)];
                off(&mut spoilt, key, NOON, chance)?;
            }
            Slip::DigitsSwapped => {
                let key = [Key::Start, Key::End, Key::Minutes][chance.index(3)];
                let place = any_place(&spoilt, key, chance)?;
                let value = spoilt.value(place).as_mut()?;
                let others = transposed(key, *value);
                *value = *others.get(chance.index(others.len().max(1)))?;
            }
            Slip::StartAndEndSwapped => {
                let values = &mut any_item(&mut spoilt, chance).values;
                (values.start, values.end) = (Some(values.end?), Some(values.start?));
            }
            Slip::BothHourOff => both(any_item(&mut spoilt, chance), hour)?,
            Slip::BothMinutesOff => both(any_item(&mut spoilt, chance), few)?,
            Slip::WithoutTwelve => {
                let hours: Vec<Place> = hours(&spoilt);
                // A session of the afternoon alone is consistent without its twelve.
                if hours.iter().all(|place| spoilt.value(*place).is_some_and(|hour| hour >= 13 * 60)) {
                    return None;
                }
                for place in hours {
                    if let Some(hour) = spoilt.value(place).as_mut().filter(|hour| **hour >= 13 * 60) {
                        *hour -= NOON;
                    }
                }
            }
            Slip::TwoSwapped => {
                let (one, other) = (chance.index(spoilt.items.len()), chance.index(spoilt.items.len()));
                spoilt.items.swap(one, other);
            }
            Slip::OneMisplaced => {
                let item = spoilt.items.remove(chance.index(spoilt.items.len()));
                let at = chance.index(spoilt.items.len() + 1);
                spoilt.items.insert(at, item);
            }
            Slip::WindowOff => {
                let place = Place::Window([Key::Start, Key::End][chance.index(2)]);
                *spoilt.value(place).as_mut()? += if chance.below(2) == 0 { hour } else { few };
            }
            Slip::SeveralHourOff => {
                let from = chance.index(spoilt.items.len() - 1);
                let several = 2 + chance.index(2);
                for item in spoilt.items[from..].iter_mut().take(several) {
                    both(item, hour)?;
                }
            }
        }
        let spoilt = spoilt.on_one_day();
        (spoilt.written() != agenda.written()).then_some(spoilt)
    }
}

fn any_place(agenda: &Agenda, key: Key, chance: &mut Chance) -> Option<Place> {
    let is_of = |place: &Place| matches!(place, Place::Item(_, of) | Place::Inner(_, _, of) if *of == key);
    let mut places: Vec<Place> = agenda.places().into_iter().filter(is_of).collect();
    (!places.is_empty()).then(|| places.swap_remove(chance.index(places.len())))
}

fn any_item<'a>(agenda: &'a mut Agenda, chance: &mut Chance) -> &'a mut Item {
    let at = chance.index(agenda.items.len());
    &mut agenda.items[at]
}

fn off(agenda: &mut Agenda, key: Key, by: i32, chance: &mut Chance) -> Option<()> {
    let place = any_place(agenda, key, chance)?;
    let value = agenda.value(place).as_mut()?;
    *value += by;
    (key != Key::Minutes || *value > 0).then_some(())
}

/// The hours of an item and of what is inside it, all off by as much.
fn both(item: &mut Item, by: i32) -> Option<()> {
    let values = &mut item.values;
    *values.start.as_mut()? += by;
    values.end.iter_mut().for_each(|end| *end += by);
    item.inside.iter_mut().try_for_each(|inner| both(inner, by))
}

/// In the order in which they pass.
fn hours(agenda: &Agenda) -> Vec<Place> {
    let is_hour = |place: &Place| matches!(place, Place::Item(_, key) | Place::Inner(_, _, key) | Place::Window(key) if *key != Key::Minutes);
    let mut hours: Vec<Place> = agenda.places().into_iter().filter(is_hour).collect();
    hours.sort_by_key(|place| *place != Place::Window(Key::Start));
    hours
}

/// A value with two neighbouring digits in each other's place.
fn transposed(key: Key, value: i32) -> Vec<i32> {
    let digits = match key {
        Key::Minutes => format!("{value:03}"),
        _ => format!("{:02}{:02}", value / 60, value % 60),
    };
    let swap = |at: usize| {
        let mut swapped: Vec<char> = digits.chars().collect();
        swapped.swap(at, at + 1);
        let number: i32 = swapped.iter().collect::<String>().parse().ok()?;
        match key {
            Key::Minutes => Some(number),
            _ => (number / 100 < 24 && number % 100 < 60).then_some(number / 100 * 60 + number % 100),
        }
    };
    (0..digits.len() - 1).filter_map(swap).filter(|other| *other != value && *other > 0).collect()
}

/// What one slip may have made a text of.
#[derive(Default)]
pub(crate) struct Origins {
    /// Agendas of the form.
    pub(crate) alike: HashSet<String>,
    /// The same, and those with a pause where the form has none: the text alone does not say that none is meant.
    pub(crate) any: HashSet<String>,
}

/// Every agenda from which one slip makes this one.
pub(crate) fn origins(form: Form, spoilt: &Agenda) -> Origins {
    let mut found = Origins::default();
    let mut keep = |agenda: Agenda| {
        let agenda = agenda.on_one_day();
        if agenda.fits(Form { pauses: true, ..form }) {
            if agenda.fits(form) {
                found.alike.insert(agenda.written());
            }
            found.any.insert(agenda.written());
        }
    };
    let steps = || (1..=12).flat_map(|step| [5 * step, -5 * step]);
    for place in spoilt.places() {
        let mut copy = spoilt.clone();
        let Some(written) = *copy.value(place) else { continue };
        let key = match place {
            Place::Item(_, key) | Place::Inner(_, _, key) | Place::Window(key) => key,
        };
        let twelve = (key != Key::Minutes).then_some(written + NOON);
        for value in steps().map(|by| written + by).chain(twelve).chain(transposed(key, written)) {
            *copy.value(place) = Some(value);
            keep(copy.clone());
        }
    }
    let count = spoilt.items.len();
    for at in 0..count {
        for by in steps().chain([NOON]) {
            let mut copy = spoilt.clone();
            if both(&mut copy.items[at], by).is_some() {
                keep(copy);
            }
        }
        let mut copy = spoilt.clone();
        let values = &mut copy.items[at].values;
        std::mem::swap(&mut values.start, &mut values.end);
        keep(copy);
        for other in 0..count {
            let mut copy = spoilt.clone();
            copy.items.swap(at, other);
            keep(copy);
            let mut copy = spoilt.clone();
            let item = copy.items.remove(at);
            copy.items.insert(other, item);
            keep(copy);
        }
        for (several, by) in [(2, 60), (2, -60), (3, 60), (3, -60)] {
            let mut copy = spoilt.clone();
            if copy.items[at..].iter_mut().take(several).all(|item| both(item, by).is_some()) {
                keep(copy);
            }
        }
    }
    let places = hours(spoilt);
    for first in 0..places.len() {
        let mut copy = spoilt.clone();
        for place in &places[first..] {
            if let Some(hour) = copy.value(*place).as_mut().filter(|hour| **hour < NOON) {
                *hour += NOON;
            }
        }
        keep(copy);
    }
    found.alike.remove(&spoilt.written());
    found.any.remove(&spoilt.written());
    found
}
