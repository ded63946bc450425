//! Agendas in which everything fits, in the forms in which people write them, and whether everything fits.

use std::fmt::Write as _;

use crate::chance::Chance;

pub(crate) const DAY: i32 = 24 * 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Start,
    End,
    Minutes,
}

/// Where a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    Item(usize, Key),
    /// Of an item inside another.
    Inner(usize, usize, Key),
    Window(Key),
}

/// The values of an item, or of the window that holds them all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Values {
    pub(crate) start: Option<i32>,
    pub(crate) end: Option<i32>,
    pub(crate) minutes: Option<i32>,
}

impl Values {
    fn new(form: Form, start: i32, minutes: i32) -> Values {
        Values {
            start: form.start.then_some(start),
            end: form.end.then_some(start + minutes),
            minutes: form.minutes.then_some(minutes),
        }
    }

    pub(crate) fn of(&mut self, key: Key) -> &mut Option<i32> {
        match key {
            Key::Start => &mut self.start,
            Key::End => &mut self.end,
            Key::Minutes => &mut self.minutes,
        }
    }

    fn starts(&self) -> Option<i32> {
        self.start.or_else(|| Some(self.end? - self.minutes?))
    }

    fn ends(&self) -> Option<i32> {
        self.end.or_else(|| Some(self.start? + self.minutes?))
    }

    fn fits_itself(&self) -> bool {
        self.minutes.is_none_or(|minutes| minutes > 0)
            && self
                .start
                .zip(self.end)
                .is_none_or(|(start, end)| start < end && self.minutes.is_none_or(|minutes| end - start == minutes))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Item {
    pub(crate) name: usize,
    pub(crate) values: Values,
    pub(crate) parallel: bool,
    pub(crate) inside: Vec<Item>,
}

impl Item {
    fn each(&mut self) -> impl Iterator<Item = &mut Values> {
        [&mut self.values].into_iter().chain(self.inside.iter_mut().map(|inner| &mut inner.values))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Agenda {
    pub(crate) items: Vec<Item>,
    pub(crate) window: Values,
}

/// What an agenda is made of besides items that follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Plain,
    /// One of the items consists of items with hours.
    Nested,
    /// One stands beside the others.
    Parallel,
}

/// Which values a file writes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) start: bool,
    pub(crate) end: bool,
    pub(crate) minutes: bool,
    pub(crate) window: bool,
    /// Whether there may be time between items that nothing says.
    pub(crate) pauses: bool,
    pub(crate) shape: Shape,
}

impl Form {
    pub(crate) const ALL: [Form; 16] = {
        const fn form(start: bool, end: bool, minutes: bool, window: bool, pauses: bool) -> Form {
            Form { start, end, minutes, window, pauses, shape: Shape::Plain }
        }
        const WHOLE: Form = form(true, true, true, true, false);
        [
            WHOLE,
            form(true, true, true, false, false),
            form(true, true, false, true, false),
            form(true, true, false, false, false),
            form(true, false, true, true, false),
            form(true, false, true, false, false),
            form(true, true, true, true, true),
            form(true, true, true, false, true),
            form(true, true, false, true, true),
            form(true, false, true, true, true),
            form(true, false, false, true, false),
            form(false, false, true, true, false),
            Form { shape: Shape::Nested, ..WHOLE },
            Form { shape: Shape::Nested, window: false, pauses: true, ..WHOLE },
            Form { shape: Shape::Parallel, ..WHOLE },
            Form { shape: Shape::Parallel, pauses: true, ..WHOLE },
        ]
    };

    /// Whether each value follows from others, and none of these stands apart.
    pub(crate) fn is_threefold(self) -> bool {
        self.start && self.end && self.minutes && self.window && !self.pauses && self.shape != Shape::Parallel
    }

    pub(crate) fn name(self) -> String {
        let parts = [
            (self.start, "start"),
            (self.end, "end"),
            (self.minutes, "minutes"),
            (self.window, "and window"),
            (self.pauses, "with pauses"),
            (self.shape == Shape::Nested, "nested"),
            (self.shape == Shape::Parallel, "parallel"),
        ];
        parts.iter().filter(|(is, _)| *is).map(|(_, what)| *what).collect::<Vec<_>>().join(" ")
    }
}

/// One of three to fifteen items, over before the night.
pub(crate) fn agenda(form: Form, chance: &mut Chance) -> Agenda {
    loop {
        let (agenda, closes) = any(form, chance);
        if closes <= 22 * 60 {
            return agenda;
        }
    }
}

fn any(form: Form, chance: &mut Chance) -> (Agenda, i32) {
    let open = 7 * 60 + 5 * chance.below(72);
    let mut at = open;
    let mut items: Vec<Item> = Vec::new();
    for name in 0..3 + chance.index(13) {
        let minutes = chance.one_of(&[5, 10, 15, 20, 25, 30, 40, 45, 60, 90]);
        let pause = form.pauses && name > 0 && chance.below(3) == 0;
        let start = at + if pause { chance.one_of(&[5, 10, 15, 20, 30, 60]) } else { 0 };
        at = start + minutes;
        items.push(Item { name, values: Values::new(form, start, minutes), parallel: false, inside: Vec::new() });
    }
    let chosen = chance.index(items.len());
    let (start, end) = (items[chosen].values.starts().unwrap_or(open), items[chosen].values.ends().unwrap_or(at));
    match form.shape {
        Shape::Plain => {}
        Shape::Nested if end - start >= 20 => {
            let first = 5 * (1 + chance.below((end - start) / 5 - 1));
            let inner = |name, start, minutes| Item {
                name,
                values: Values::new(form, start, minutes),
                parallel: false,
                inside: Vec::new(),
            };
            items[chosen].inside = vec![inner(100, start, first), inner(101, start + first, end - start - first)];
        }
        Shape::Nested => return any(form, chance),
        Shape::Parallel => {
            let values = Values::new(form, start, end - start);
            items.insert(chosen + 1, Item { name: 100, values, parallel: true, inside: Vec::new() });
        }
    }
    let window = Values { start: form.window.then_some(open), end: form.window.then_some(at), minutes: None };
    (Agenda { items, window }, at)
}

impl Agenda {
    pub(crate) fn places(&self) -> Vec<Place> {
        let keys = [Key::Start, Key::End, Key::Minutes];
        let mut places = Vec::new();
        for (at, item) in self.items.iter().enumerate() {
            places.extend(keys.map(|key| Place::Item(at, key)));
            places.extend((0..item.inside.len()).flat_map(|inner| keys.map(|key| Place::Inner(at, inner, key))));
        }
        places.extend(keys.map(Place::Window));
        let mut copy = self.clone();
        places.retain(|place| copy.value(*place).is_some());
        places
    }

    pub(crate) fn value(&mut self, place: Place) -> &mut Option<i32> {
        match place {
            Place::Item(at, key) => self.items[at].values.of(key),
            Place::Inner(at, inner, key) => self.items[at].inside[inner].values.of(key),
            Place::Window(key) => self.window.of(key),
        }
    }

    /// Hours as a clock shows them.
    pub(crate) fn on_one_day(mut self) -> Agenda {
        for values in self.items.iter_mut().flat_map(Item::each).chain([&mut self.window]) {
            for hour in values.start.iter_mut().chain(&mut values.end) {
                *hour = hour.rem_euclid(DAY);
            }
        }
        self
    }

    /// Whether nothing in it contradicts anything else, and there is a pause only where the form may have one.
    pub(crate) fn fits(&self, form: Form) -> bool {
        let follows = |items: &[&Item], open: Option<i32>, close: Option<i32>| {
            let meets = |end: i32, start: i32| if form.pauses { end <= start } else { end == start };
            let pairs = items.windows(2).all(|pair| {
                let (one, next) = (&pair[0].values, &pair[1].values);
                match (one.ends(), next.starts()) {
                    (Some(end), Some(start)) => meets(end, start),
                    (None, Some(start)) => one.starts().is_none_or(|before| before < start),
                    _ => true,
                }
            });
            let bounds =
                |of: fn(&Values) -> Option<i32>, item: Option<&&Item>, bound: Option<i32>, inside: fn(i32, i32) -> bool| {
                    item.and_then(|item| of(&item.values))
                        .zip(bound)
                        .is_none_or(|(value, bound)| value == bound || (form.pauses && inside(value, bound)))
                };
            pairs
                && items.iter().all(|item| item.values.fits_itself())
                && bounds(Values::starts, items.first(), open, |start, open| open <= start)
                && bounds(Values::ends, items.last(), close, |end, close| end <= close)
        };
        let chain: Vec<&Item> = self.items.iter().filter(|item| !item.parallel).collect();
        let minutes_alone = !form.start && !form.end;
        let sum = || chain.iter().filter_map(|item| item.values.minutes).sum::<i32>();
        follows(&chain, self.window.start, self.window.end)
            && self
                .window
                .start
                .zip(self.window.end)
                .is_none_or(|(start, end)| start < end && (!minutes_alone || sum() == end - start))
            && self.items.iter().filter(|item| item.parallel).all(|item| item.values.fits_itself())
            && self
                .items
                .iter()
                .filter(|item| !item.inside.is_empty())
                .all(|item| follows(&item.inside.iter().collect::<Vec<_>>(), item.values.starts(), item.values.ends()))
    }

    pub(crate) fn written(&self) -> String {
        let mut text =
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = { es = \"S\", en = \"S\" }\n"
                .to_owned();
        values(&mut text, &self.window);
        for item in &self.items {
            head(&mut text, "slots", item);
            item.inside.iter().for_each(|inner| head(&mut text, "slots.items", inner));
        }
        text
    }
}

fn head(text: &mut String, list: &str, item: &Item) {
    let name = item.name;
    writeln!(text, "\n[[{list}]]").unwrap();
    values(text, &item.values);
    if item.parallel {
        text.push_str("parallel = true\n");
    }
    writeln!(text, "title = {{ es = \"T{name}\", en = \"T{name}\" }}\nparticipants = \"all\"").unwrap();
}

fn values(text: &mut String, values: &Values) {
    let clock = |minutes: i32| format!("{:02}:{:02}", minutes.rem_euclid(DAY) / 60, minutes.rem_euclid(60));
    if let Some(start) = values.start {
        writeln!(text, "start = \"{}\"", clock(start)).unwrap();
    }
    if let Some(end) = values.end {
        writeln!(text, "end = \"{}\"", clock(end)).unwrap();
    }
    if let Some(minutes) = values.minutes {
        writeln!(text, "minutes = {minutes}").unwrap();
    }
}
