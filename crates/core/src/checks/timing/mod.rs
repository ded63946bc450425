//! The hours of every session before the judge, and its verdicts as findings.
//!
//! A session is judged once; each check tells those of the findings that are its own, and the checks of
//! what follows from hours ask here whether these can be relied on.

mod inner;
mod mends;
mod order;
mod overlap;
pub(crate) mod rules;
mod tell;

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike};

use super::judge::{self, Agenda, Item};
use crate::cores;
use crate::diagnostics::{Diagnostic, Sources, Span};
use crate::locale::{Text, dates, words};
use crate::model::{Programme, Run, Session, Sitting, Slot, Window};
use crate::text;

/// What is wrong with the hours of one session.
#[derive(Debug, Default)]
pub struct Judged {
    findings: Vec<(&'static str, Diagnostic)>,
    /// Items, by their heads in the file.
    doubtful: HashSet<Span>,
    mended: HashSet<Span>,
    /// Whether the bounds of the session take part in a contradiction.
    window: bool,
    /// Whose hours a mend changes together with those inside it.
    carried: HashSet<Span>,
}

impl Judged {
    /// Whether the hours of an item contradict something, so that nothing further is to be made of them.
    pub fn doubts(&self, slot: &Slot) -> bool {
        self.doubtful.contains(&slot.span)
    }

    /// Whether the hours of an item, or of one beside it, are wrong and a certain mend says how they are right.
    pub fn mends(&self, slot: &Slot) -> bool {
        self.mended.contains(&slot.span)
    }

    /// What is found of a rule.
    pub fn told(&self, rule: &str) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter().filter(move |(of, _)| *of == rule).map(|(_, finding)| finding)
    }

    /// Whether the bounds of the session contradict something.
    pub fn doubts_window(&self) -> bool {
        self.window
    }

    /// When a session is held: of hours that contradict each other those that are announced for all of it, if there are.
    pub fn sittings(&self, session: &Session) -> Option<Vec<Sitting>> {
        if !self.is_doubtful() || session.slots.is_empty() {
            return Some(session.sittings());
        }
        let announced = session.window.start.zip(session.closes());
        announced.map(|(start, end)| vec![(start.value, end.value)])
    }

    /// Whether anything about the hours of the session is contradicted.
    pub fn is_doubtful(&self) -> bool {
        !self.findings.is_empty()
    }
}

/// Every session of a programme, in its order.
pub(crate) fn judge_all(sources: &Sources, programme: &Programme) -> Vec<Judged> {
    cores::map(programme.sessions.len(), &programme.sessions, |session| judged(sources, session))
}

fn judged(sources: &Sources, session: &Session) -> Judged {
    let mut judged = Judged::default();
    let Some(date) = session.date else { return judged };
    for run in session.runs() {
        days(&run, date.value).iter().for_each(|day| judge_day(sources, session, &run, day, &mut judged));
    }
    if judged.findings.is_empty() {
        judged.findings.extend(endless(session));
    }
    judged
}

/// Items that follow one another on one day.
struct Day<'a> {
    date: NaiveDate,
    slots: Vec<&'a Slot>,
    /// Whether what they are the agenda of opens on it, and closes.
    opens: bool,
    closes: bool,
}

/// The items of a run, day by day. What is parallel is judged by itself.
fn days<'a>(run: &Run<'a>, first: NaiveDate) -> Vec<Day<'a>> {
    let new = |date| Day { date, slots: Vec::new(), opens: false, closes: false };
    let (mut days, mut alone, mut date) = (vec![new(first)], Vec::new(), first);
    for slot in run.slots {
        if let Some(next) = slot.date.filter(|next| next.value != date) {
            date = next.value;
            days.push(new(date));
        }
        if slot.parallel || run.beside {
            alone.push(Day { slots: vec![slot], ..new(date) });
        } else if let Some(day) = days.last_mut() {
            day.slots.push(slot);
        }
    }
    days[0].opens = true;
    days.last_mut().into_iter().for_each(|day| day.closes = true);
    days.into_iter().chain(alone).collect()
}

/// What holds the items of a day: the window of the session, or the hours that the item writes that they are
/// inside of.
fn bounds(session: &Session, run: &Run<'_>, day: &Day<'_>) -> Window {
    let declared = match run.within {
        None => session.window,
        Some(block) => Window {
            start: run.start.filter(|_| block.start.is_some()),
            end: run.end.filter(|_| block.end.is_some()),
            ..Window::default()
        },
    };
    Window {
        start: declared.start.filter(|_| day.opens),
        end: declared.end.filter(|_| day.closes),
        minutes: declared.minutes.filter(|_| day.opens && day.closes),
        backwards: declared.backwards.filter(|_| day.opens && day.closes),
    }
}

fn judge_day(sources: &Sources, session: &Session, run: &Run<'_>, day: &Day<'_>, judged: &mut Judged) {
    // What comes along with the item that it is inside of is mended there.
    if run.within.is_some_and(|block| judged.carried.contains(&block.span)) {
        return;
    }
    let clock = Clock::new(session, day.date);
    let mut window = bounds(session, run, day);
    if let Some(block) = run.within
        && (judged.doubts(block) || judge::judge(&agenda(&day.slots, &Window::default(), &clock)).is_empty())
    {
        // Of hours that agree with each other, `slot-outside-session` tells that they are outside of their item;
        // and an item whose own hours are in doubt is no measure for those inside it.
        window = Window::default();
    }
    let agenda = agenda(&day.slots, &window, &clock);
    let mut verdicts = judge::judge(&agenda);
    let beside: Vec<&Slot> = run.slots.iter().filter(|slot| slot.parallel && !run.beside && run.within.is_none()).collect();
    verdicts.iter_mut().for_each(|verdict| doubt_beside(verdict, !beside.is_empty()));
    let overlaps = overlap::overlaps(&day.slots);
    let case = Case {
        sources,
        session,
        within: run.within,
        beside: &beside,
        slots: &day.slots,
        window: &window,
        clock: &clock,
        agenda: &agenda,
        overlaps: &overlaps,
    };
    let of_verdicts: HashSet<usize> = verdicts.iter().flat_map(|verdict| verdict.items.iter().copied()).collect();
    for verdict in &verdicts {
        judged.window |= verdict.window && run.within.is_none();
        for at in &verdict.items {
            let span = day.slots[*at].span;
            judged.doubtful.insert(span);
            match verdict.certain {
                true => judged.mended.insert(span),
                false => judged.mended.remove(&span),
            };
        }
        judged.carried.extend(mends::carried(&case, verdict));
        judged.findings.push(tell::finding(&case, verdict));
        // One slip makes two items disagree with themselves at most: more of them are faults of their own.
        if verdict.disagree.len() > 2 {
            judged.findings.extend(verdict.disagree.iter().skip(1).map(|at| tell::of_item(&case, *at)));
        }
    }
    // What overlaps with something far off in the file, which no neighbour contradicts.
    for overlap in &overlaps {
        let items = || overlap.over.iter().map(|(at, _)| *at).chain([overlap.at]);
        if items().all(|at| !of_verdicts.contains(&at)) {
            judged.findings.push(tell::of_overlap(&case, overlap));
        }
        judged.doubtful.extend(items().map(|at| day.slots[at].span));
    }
}

/// Where something runs beside the items, nobody knows whether it goes along when one of them is moved.
fn doubt_beside(verdict: &mut judge::Verdict, is_beside: bool) {
    let sweeping = |best: &judge::Repair| matches!(best.kind, judge::Kind::Order | judge::Kind::Moved);
    if is_beside && verdict.repairs.first().is_some_and(sweeping) {
        verdict.certain = false;
    }
}

/// Items of more than a day: nobody sits so long, however well the hours agree.
fn endless(session: &Session) -> impl Iterator<Item = (&'static str, Diagnostic)> {
    let long =
        session.slots.iter().filter_map(|slot| Some((slot, slot.time?.minutes()))).filter(|(_, minutes)| *minutes > 24 * 60);
    long.map(|(slot, minutes)| {
        let length = words::duration(minutes);
        let rule = &rules::SLOT_DURATION;
        let message = text!(l, title = short(slot.title.get(l)); "“{title}” lasts {length}", "«{title}» dura {length}");
        let finding = Diagnostic::new(rule, message).at(slot.end_span(), Text::fixed("more than a day", "más de un día"));
        (rule.id, finding.advice(Text::fixed("write how long it lasts in minutes", "escriba cuánto dura, en minutos")))
    })
}

/// A session under judgement.
struct Case<'a> {
    sources: &'a Sources,
    session: &'a Session,
    /// The item that they are inside of.
    within: Option<&'a Slot>,
    /// What runs beside them.
    beside: &'a [&'a Slot],
    /// The items that are judged.
    slots: &'a [&'a Slot],
    window: &'a Window,
    clock: &'a Clock<'a>,
    agenda: &'a Agenda,
    overlaps: &'a [overlap::Overlap],
}

impl Case<'_> {
    fn slot(&self, at: usize) -> &Slot {
        self.slots[at]
    }

    fn item(&self, at: usize) -> &Item {
        &self.agenda.items[at]
    }

    fn hour(&self, minute: i32) -> String {
        dates::clock(self.clock.hour(minute))
    }

    fn title(&self, at: usize) -> Text {
        let title = &self.slot(at).title;
        text!(l, title = short(title.get(l)); "{title}", "{title}")
    }
}

fn agenda(slots: &[&Slot], window: &Window, clock: &Clock<'_>) -> Agenda {
    let minutes = |minutes: u32| i32::try_from(minutes).unwrap_or(i32::MAX / 4);
    // An hour that is only about right contradicts nothing.
    let items = slots.iter().map(|slot| match slot.approximate {
        true => Item::default(),
        false => Item {
            start: slot.start.and_then(|at| clock.minute(at.value)),
            end: slot.end.and_then(|at| clock.minute(at.value)),
            minutes: slot.minutes.map(|at| minutes(at.value)),
        },
    });
    let bound = |at: Option<crate::diagnostics::At<chrono::DateTime<chrono::Utc>>>| {
        clock.minute(clock.session.zone.local(at?.value).time.time())
    };
    let backwards = || window.backwards.and_then(|at| clock.minute(at.value));
    let end = bound(window.end).or_else(backwards);
    let window = Item { start: bound(window.start), end, minutes: window.minutes.map(|at| minutes(at.value)) };
    Agenda { items: items.collect(), window }
}

/// Hours of a session's day as minutes that have passed since its midnight, also where the clocks change.
struct Clock<'a> {
    session: &'a Session,
    date: NaiveDate,
    changes: bool,
}

impl Clock<'_> {
    fn new(session: &Session, date: NaiveDate) -> Clock<'_> {
        let until = TimeDelta::hours(36);
        let changes = midnight(session, date).is_some_and(|from| !session.zone.transitions(from, from + until).is_empty());
        Clock { session, date, changes }
    }

    fn minute(&self, hour: NaiveTime) -> Option<i32> {
        if !self.changes {
            return i32::try_from(hour.num_seconds_from_midnight() / 60).ok();
        }
        let local = self.date.and_time(hour);
        match self.session.zone.instant(local)? {
            crate::time::Reading::Once(instant) => {
                i32::try_from((instant - midnight(self.session, self.date)?).num_minutes()).ok()
            }
            _ => None,
        }
    }

    fn hour(&self, minute: i32) -> NaiveTime {
        let minutes = TimeDelta::minutes(minute.into());
        match midnight(self.session, self.date).filter(|_| self.changes) {
            Some(midnight) => self.session.zone.local(midnight + minutes).time.time(),
            None => NaiveTime::MIN + minutes,
        }
    }
}

/// The instant at which a day begins by the clock of a session, or the first hour that it has.
fn midnight(session: &Session, date: NaiveDate) -> Option<chrono::DateTime<chrono::Utc>> {
    match session.zone.instant(date.and_time(NaiveTime::MIN))? {
        crate::time::Reading::Once(instant) => Some(instant),
        crate::time::Reading::Skipped(first, _) | crate::time::Reading::Twice(first, _) => Some(first),
    }
}

/// An hour in quotes, with a point or a colon like the one that it replaces: TOML 1.0 has no hour without seconds.
pub(crate) fn clock_like(sources: &Sources, span: Span, hour: &str) -> String {
    let old = sources.text(span);
    let hour = if old.contains('.') { hour.replace(':', ".") } else { hour.to_owned() };
    let quote = if old.starts_with('\'') { '\'' } else { '"' };
    format!("{quote}{hour}{quote}")
}

/// A title short enough for a label.
pub(crate) fn short(title: &str) -> String {
    const MOST: usize = 48;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    let cut: String = title.chars().take(MOST).collect();
    format!("{}…", cut.trim_end())
}
