//! What differs in the items of an agenda.

use chrono::NaiveTime;
use convoca_core::diagnostics::Subject;
use convoca_core::edit::{NewSlot, Operation, SlotPath, Who};
use convoca_core::locale::Lang;
use convoca_core::locale::names::slug;
use convoca_core::model::{Group, RoleKind};
use convoca_core::text;

use super::difference::{Difference, Sort};
use super::pairs::pairs;
use super::told::{Item, Role};
use super::worded::{set, short, title, words};
use crate::write::line;

/// What holds for all items of a list.
pub(super) struct Around<'a> {
    /// The path of the file of their session.
    pub session: &'a str,
    pub langs: &'a [Lang],
    pub group: Option<&'a Group>,
    /// The item that they are inside of.
    pub within: SlotPath,
}

pub(super) fn compare(mine: &[Item], theirs: &[Item], around: &Around<'_>, found: &mut Vec<Difference>) {
    let pairs = pairs(mine, theirs, around.langs);
    for (at, item) in theirs.iter().enumerate() {
        match pairs[at] {
            Some(place) => changed(&mine[place], item, around, found),
            None => {
                // Before what stands behind it in the document, as far as the file has that.
                let next = pairs[at..].iter().flatten().next().copied().unwrap_or(mine.len());
                let place = around.within.inner(next);
                found.push(added(item, place.clone(), at, around));
                by_hand_within(item, place.0.len(), found);
            }
        }
    }
    for (at, own) in mine.iter().enumerate().filter(|(at, _)| !pairs.contains(&Some(*at))) {
        let (title, start) = (short(own.title.any()), own.start.map(clock).unwrap_or_default());
        let what = text!("- {start} \"{title}\": only in the file", "- {start} «{title}»: solo en el archivo");
        let place = around.within.inner(at);
        let remove = Operation::RemoveSlot { session: around.session.to_owned(), slot: place.clone() };
        found.push(Difference { moves: Some((place.0, true, 0)), ..Difference::new(Sort::Removed, what, vec![remove]) });
    }
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// An item with its hours, roles and what is inside it, before a place of the file.
fn added(item: &Item, place: SlotPath, order: usize, around: &Around<'_>) -> Difference {
    let (title, start) = (short(item.title.any()), item.start.map(clock).unwrap_or_default());
    let what = text!("+ {start} \"{title}\": only in the document", "+ {start} «{title}»: solo en el documento");
    let mut operations = Vec::new();
    put(item, &place, around, &mut operations);
    // Of several at one place the last goes in first.
    Difference { moves: Some((place.0, false, order)), ..Difference::new(Sort::Added, what, operations) }
}

fn put(item: &Item, place: &SlotPath, around: &Around<'_>, operations: &mut Vec<Operation>) {
    let slot = NewSlot { start: item.start, end: item.end, minutes: item.minutes, title: item.title.text() };
    operations.push(Operation::AddSlot { session: around.session.to_owned(), at: place.clone(), slot });
    let of = subject(around.session, place);
    for (key, words) in [("description", &item.description), ("place", &item.room)] {
        for lang in around.langs {
            operations.extend(words.get(*lang).map(|words| set(&of, key, words, *lang)));
        }
    }
    operations.extend(item.roles.iter().map(|role| add_role(&of, role, around)));
    for (at, inner) in item.items.iter().enumerate() {
        put(inner, &place.inner(at), around, operations);
    }
}

fn add_role(of: &Subject, role: &Role, around: &Around<'_>) -> Operation {
    let who = match role.name.is_empty() {
        true => Who::Described(role.words.text()),
        false => Who::Known(key(role, around)),
    };
    Operation::AddSpeaker { to: of.clone(), role: role.kind, who, tbc: role.tbc }
}

/// The item at a place, as findings name it.
fn subject(session: &str, place: &SlotPath) -> Subject {
    let session = session.to_owned();
    match place.0.as_slice() {
        [] => Subject::Session { session },
        [slot] => Subject::Slot { session, slot: *slot },
        [slot, items @ ..] => Subject::Item { session, slot: *slot, items: items.to_vec() },
    }
}

fn changed(own: &Item, item: &Item, around: &Around<'_>, found: &mut Vec<Difference>) {
    let session = around.session.to_owned();
    let of = subject(around.session, &own.place);
    title(&of, &own.title, &item.title, around.langs, found);
    if hours(own) != hours(item) {
        let (old, new, title) = (hours(own), hours(item), short(item.title.any()));
        let what = text!(
            "~ \"{title}\": the file says {old}, the document {new}",
            "~ «{title}»: el archivo dice {old}, el documento {new}"
        );
        let (start, end, minutes) = (item.start, item.end, item.minutes);
        let declare = Operation::DeclareTime { session, slot: own.place.clone(), start, end, minutes };
        found.push(Difference::new(Sort::Changed, what, vec![declare]));
    }
    for (key, mine, theirs) in [("description", &own.description, &item.description), ("place", &own.room, &item.room)] {
        words(&of, key, (mine, theirs), around.langs, found);
    }
    roles(own, item, &of, around, found);
    groups(own, item, around, found);
    compare(&own.items, &item.items, &Around { within: own.place.clone(), ..*around }, found);
}

fn hours(item: &Item) -> String {
    let minutes = item.minutes.map(|minutes| format!(" ({minutes} min)")).unwrap_or_default();
    let bound = |hour: Option<NaiveTime>| hour.map_or_else(|| "…".to_owned(), clock);
    format!("{}–{}{minutes}", bound(item.start), bound(item.end))
}

/// Under one name for all names of a party or person.
fn key(role: &Role, around: &Around<'_>) -> String {
    if role.name.is_empty() {
        return slug(role.words.any());
    }
    let wanted = slug(&role.name);
    let Some(group) = around.group else { return wanted };
    let party = group.parties.iter().find(|party| party.names().any(|own| slug(own) == wanted)).map(|party| &party.id);
    let person = group.people.iter().find(|person| slug(&person.name) == wanted).map(|person| &person.id);
    party.or(person).cloned().unwrap_or(wanted)
}

fn roles(own: &Item, item: &Item, of: &Subject, around: &Around<'_>, found: &mut Vec<Difference>) {
    let title = short(own.title.any());
    for kind in RoleKind::ALL {
        let mine: Vec<&Role> = own.roles.iter().filter(|role| role.kind == kind).collect();
        let theirs: Vec<&Role> = item.roles.iter().filter(|role| role.kind == kind).collect();
        let place = |role: &Role| mine.iter().position(|own| key(own, around) == key(role, around));
        let named = |role: &Role| short(if role.name.is_empty() { role.words.any() } else { &role.name });
        for role in &theirs {
            let Some(index) = place(role).filter(|index| mine[*index].tbc != role.tbc) else { continue };
            let who = named(role);
            let of = of.clone();
            let (what, operation) = match role.tbc {
                true => (
                    text!(
                        "~ \"{title}\": {who} is to be confirmed in the document",
                        "~ «{title}»: {who} está por confirmar en el documento"
                    ),
                    Operation::DoubtSpeaker { of, role: kind, index },
                ),
                false => (
                    text!(
                        "~ \"{title}\": {who} is confirmed in the document",
                        "~ «{title}»: {who} está confirmado en el documento"
                    ),
                    Operation::ConfirmSpeaker { of, role: kind, index },
                ),
            };
            found.push(Difference::new(Sort::Changed, what, vec![operation]));
        }
        // From the last one on, so that the places of the others hold.
        for (index, role) in mine.iter().enumerate().rev() {
            if !theirs.iter().any(|other| key(other, around) == key(role, around)) {
                let who = named(role);
                let what = text!("- \"{title}\": {who} only in the file", "- «{title}»: {who} solo en el archivo");
                let remove = Operation::RemoveSpeaker { of: of.clone(), role: kind, index };
                found.push(Difference::new(Sort::Removed, what, vec![remove]));
            }
        }
        for role in theirs.iter().filter(|role| place(role).is_none()) {
            let who = named(role);
            let what = text!("+ \"{title}\": {who} only in the document", "+ «{title}»: {who} solo en el documento");
            found.push(Difference::new(Sort::Added, what, vec![add_role(of, role, around)]));
        }
    }
}

/// Break-out groups, by their places.
fn groups(own: &Item, item: &Item, around: &Around<'_>, found: &mut Vec<Difference>) {
    for (at, group) in item.groups.iter().enumerate() {
        match (own.groups.get(at), own.place.0.as_slice()) {
            (Some(mine), [slot]) => {
                let of = Subject::BreakOut { session: around.session.to_owned(), slot: *slot, group: at };
                title(&of, &mine.title, &group.title, around.langs, found);
            }
            (None, _) => {
                found.push(by_hand(item, group, own.place.0.len()));
            }
            _ => {}
        }
    }
}

/// The groups of an item that is new, and of the items in it.
fn by_hand_within(item: &Item, depth: usize, found: &mut Vec<Difference>) {
    found.extend(item.groups.iter().map(|group| by_hand(item, group, depth)));
    item.items.iter().for_each(|inner| by_hand_within(inner, depth + 1, found));
}

/// No operation makes a break-out group: what to write into the file, and where.
fn by_hand(item: &Item, group: &Item, depth: usize) -> Difference {
    let (title, of) = (short(group.title.any()), short(item.title.any()));
    let table = format!("[[slots{}.groups]]", ".items".repeat(depth.saturating_sub(1)));
    let said = group.title.languages().into_iter().filter_map(|lang| Some((lang.code(), group.title.get(lang)?)));
    let said: Vec<String> = said.map(|(code, words)| format!("{code} = {}", line(words))).collect();
    let wording = format!("title = {{ {} }}", said.join(", "));
    let what = text!(
        "+ \"{title}\": a break-out group only in the document; write `{table}` and below it `{wording}` under \"{of}\"",
        "+ «{title}»: un grupo solo en el documento; escriba `{table}` y debajo `{wording}` bajo «{of}»"
    );
    Difference::new(Sort::Added, what, Vec::new())
}
