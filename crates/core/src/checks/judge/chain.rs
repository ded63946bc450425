//! Items laid on a line of minutes, and where they contradict each other.

use super::{Agenda, Change, Item, Of};

const DAY: i32 = 24 * 60;
/// An end before its start is past midnight only up to this length, unless the minutes confirm it.
const LONGEST_NIGHT: i32 = 6 * 60;
/// A start this much earlier than the one before it is on the next day.
const NEXT_DAY: i32 = 12 * 60;

/// A contradiction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// An item starts before the one in front of it is over; before the window opens, for the first; at
    /// the number of items, the window closes before the last is over.
    Joint(usize),
    /// Start, end and minutes of one item.
    Span(usize),
    /// Start, end and minutes of the window.
    Window,
}

impl Fault {
    /// First and last of the items that take part.
    pub(crate) fn items(self, count: usize) -> Option<(usize, usize)> {
        match self {
            Fault::Joint(at) => Some((at.saturating_sub(1), at.min(count.saturating_sub(1)))),
            Fault::Span(at) => Some((at, at)),
            Fault::Window => None,
        }
    }

    pub(crate) fn touches_window(self, count: usize) -> bool {
        match self {
            Fault::Joint(at) => at == 0 || at == count,
            Fault::Span(_) => false,
            Fault::Window => true,
        }
    }
}

/// An item on the line of minutes; past midnight the count goes on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Placed {
    pub start: Option<i32>,
    pub end: Option<i32>,
    backwards: bool,
}

/// How two neighbours meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meeting {
    Touch,
    /// Minutes between the two.
    Apart(i32),
    Over,
    Unknown,
}

/// What a stretch of an agenda is like.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub faults: Vec<Fault>,
    /// Neighbours that meet to the minute.
    pub touching: usize,
    /// Neighbours with time between them.
    pub gaps: usize,
    pub longest_gap: i32,
}

pub(crate) struct Chain<'a> {
    pub agenda: &'a Agenda,
    /// The latest start before each item.
    before: Vec<Option<i32>>,
    pub placed: Vec<Placed>,
}

impl<'a> Chain<'a> {
    pub(crate) fn new(agenda: &'a Agenda) -> Chain<'a> {
        let (mut before, mut placed) = (Vec::new(), Vec::new());
        let mut latest = None;
        for item in &agenda.items {
            before.push(latest);
            let at = place(item, latest);
            latest = latest.max(at.start);
            placed.push(at);
        }
        Chain { agenda, before, placed }
    }

    pub(crate) fn len(&self) -> usize {
        self.agenda.items.len()
    }

    /// An hour of an item as a clock shows it.
    pub(crate) fn clock(&self, at: usize, side: impl Fn(&Placed) -> Option<i32>) -> Option<i32> {
        self.placed.get(at).and_then(side).map(|minute| minute.rem_euclid(DAY))
    }

    /// When what stands before an item is over.
    pub(crate) fn left(&self, at: usize) -> Option<i32> {
        match at.checked_sub(1) {
            Some(before) => self.clock(before, |left| left.end),
            None => self.agenda.window.start,
        }
    }

    /// When what stands behind an item begins.
    pub(crate) fn right(&self, at: usize) -> Option<i32> {
        if at + 1 < self.len() {
            return self.clock(at + 1, |right| right.start);
        }
        let window = &self.agenda.window;
        window.end.or_else(|| Some((window.start? + window.minutes?).rem_euclid(DAY)))
    }

    pub(crate) fn state(&self) -> State {
        state(&self.agenda.items, self.agenda.window)
    }

    pub(crate) fn item(&self, of: Of) -> &Item {
        match of {
            Of::Item(at) => &self.agenda.items[at],
            Of::Window => &self.agenda.window,
        }
    }

    /// What the items from `from` to `to` are like after changes, with how they meet their neighbours.
    pub(crate) fn state_after(&self, from: usize, to: usize, changes: &[Change]) -> State {
        let (first, last) = (from.saturating_sub(1), (to + 1).min(self.len() - 1));
        let mut items = self.agenda.items[first..=last].to_vec();
        let mut window = self.agenda.window;
        for change in changes {
            match change.of {
                Of::Window => window.set(change.key, change.to),
                Of::Item(at) if (first..=last).contains(&at) => items[at - first].set(change.key, change.to),
                Of::Item(_) => {}
            }
        }
        let mut state = State::default();
        let mut latest = self.before[first];
        let mut left: Option<Placed> = None;
        for (offset, item) in items.iter().enumerate() {
            let (at, placed) = (first + offset, place(item, latest));
            latest = latest.max(placed.start);
            let meets = match left {
                Some(left) => meeting(left, placed),
                None if from == 0 => opens(window, placed),
                // How the neighbour meets what is before it is as it was.
                None => Meeting::Unknown,
            };
            state.joint(at, meets);
            if (from..=to).contains(&at) {
                state.span(Fault::Span(at), item, placed);
            }
            left = Some(placed);
        }
        if let Some(left) = left
            && to + 1 == self.len()
        {
            state.joint(self.len(), closes(window, place(&items[0], self.before[first]), left));
        }
        if from == 0 || to + 1 == self.len() {
            state.window(window);
        }
        state
    }
}

/// What a whole agenda is like.
pub(crate) fn state(items: &[Item], window: Item) -> State {
    let mut state = State::default();
    state.window(window);
    let (mut latest, mut left, mut first) = (None, None::<Placed>, None);
    for (at, item) in items.iter().enumerate() {
        let placed = place(item, latest);
        latest = latest.max(placed.start);
        state.joint(at, left.map_or_else(|| opens(window, placed), |left| meeting(left, placed)));
        state.span(Fault::Span(at), item, placed);
        left = Some(placed);
        first = first.or(left);
    }
    if let (Some(left), Some(first)) = (left, first) {
        state.joint(items.len(), closes(window, first, left));
    }
    state
}

impl State {
    fn joint(&mut self, at: usize, meets: Meeting) {
        match meets {
            Meeting::Touch => self.touching += 1,
            Meeting::Apart(minutes) => {
                self.gaps += 1;
                self.longest_gap = self.longest_gap.max(minutes);
            }
            Meeting::Over => self.faults.push(Fault::Joint(at)),
            Meeting::Unknown => {}
        }
    }

    fn span(&mut self, fault: Fault, item: &Item, placed: Placed) {
        let disagrees = item.is_threefold()
            && placed.start.zip(placed.end).zip(item.minutes).is_some_and(|((start, end), minutes)| end - start != minutes);
        if placed.backwards || disagrees {
            self.faults.push(fault);
        }
    }

    fn window(&mut self, window: Item) {
        self.span(Fault::Window, &window, place(&window, None));
    }
}

/// Where an item is, after the latest start before it.
fn place(item: &Item, latest: Option<i32>) -> Placed {
    let first = item.start.or_else(|| Some((item.end? - item.minutes?).rem_euclid(DAY)));
    let Some(first) = first else {
        return Placed { start: None, end: item.end.map(|end| on_day_of(latest.unwrap_or(0), end)), backwards: false };
    };
    let start = latest.map_or(first, |latest| on_day_of(latest, first));
    let Some(end) = item.end else {
        return Placed { start: Some(start), end: item.minutes.map(|minutes| start + minutes), backwards: false };
    };
    let same_day = start.div_euclid(DAY) * DAY + end;
    if same_day > start {
        return Placed { start: Some(start), end: Some(same_day), backwards: false };
    }
    let length = same_day + DAY - start;
    let is_night = item.minutes.map_or(length <= LONGEST_NIGHT, |minutes| minutes == length);
    let end = if is_night { same_day + DAY } else { same_day };
    Placed { start: Some(start), end: Some(end), backwards: !is_night }
}

/// An hour on the day of another, or on the next where it would be far before it.
fn on_day_of(latest: i32, hour: i32) -> i32 {
    let same_day = latest.div_euclid(DAY) * DAY + hour;
    if latest - same_day > NEXT_DAY { same_day + DAY } else { same_day }
}

fn meeting(left: Placed, right: Placed) -> Meeting {
    match (left.end, right.start) {
        // Without an end it is over when the next one starts: later than it began itself.
        (None, Some(start)) if left.start.is_some_and(|before| before >= start) => Meeting::Over,
        (Some(end), Some(start)) => met(end, start),
        // Without a start it begins when the one before is over.
        (Some(end), None) if right.end.is_some_and(|until| until <= end) => Meeting::Over,
        _ => Meeting::Unknown,
    }
}

fn met(end: i32, start: i32) -> Meeting {
    match start - end {
        0 => Meeting::Touch,
        minutes if minutes > 0 => Meeting::Apart(minutes),
        _ => Meeting::Over,
    }
}

fn opens(window: Item, first: Placed) -> Meeting {
    window.start.zip(first.start).map_or(Meeting::Unknown, |(open, start)| met(open, start))
}

/// How the last item meets the end of the window: as written, or as its start and minutes tell it.
fn closes(window: Item, first: Placed, last: Placed) -> Meeting {
    let placed = place(&window, None);
    let close = match (window.start, window.end) {
        (None, Some(end)) => first.start.map(|start| on_day_of(start, end)),
        _ => placed.end,
    };
    last.end.zip(close).map_or(Meeting::Unknown, |(end, close)| met(end, close))
}
