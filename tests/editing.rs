//! Any row of changes leaves TOML that reads, every comment and every line that it does not speak of; undone, it
//! leaves the first bytes.

mod common;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use convoca::diagnostics::Subject;
use convoca::edit::{Bound, FieldValue, Mark, NewParty, NewPerson, NewSlot, Operation, SlotPath, Who, plan};
use convoca::locale::{Lang, Text};
use convoca::model::RoleKind;
use convoca::project::{Change, Project, Snapshot};
use convoca::schema::{PartyKind, Status};
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 10, 3).unwrap()
}

fn shipped() -> Project {
    let mut project = Project::default();
    for (path, bytes) in common::contents(&common::shipped()) {
        project.set(&format!("sessions/{}", path.file_name().unwrap().to_str().unwrap()), bytes);
    }
    project
}

/// How a generated file is laid out.
#[derive(Clone, Copy, Debug)]
struct Layout {
    crlf: bool,
    tabs: bool,
    mark: bool,
    last_newline: bool,
    form: u8,
}

fn layouts() -> impl Strategy<Value = Layout> {
    (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), 0..4_u8)
        .prop_map(|(crlf, tabs, mark, last_newline, form)| Layout { crlf, tabs, mark, last_newline, form })
}

/// A programme of a group, two sessions and a note, in a layout; each comment has a number of its own.
fn generated(layout: Layout) -> Project {
    let mut comments = 0;
    let mut remark = || {
        comments += 1;
        format!("#{comments:03}#")
    };
    let indent = if layout.tabs { "\t" } else { "" };
    let mut group = format!(
        "id = \"g\" {}\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\"]\npresidency = 'a'\nname = {{ es = \"G\", en = \"G\" }}\n",
        remark()
    );
    if layout.form.is_multiple_of(2) {
        group += &format!(
            "\n{}\n[parties.a]\nname = {{ es = 'A', en = 'A' }} {}\n\n{}\n\n[people.p]\nname = 'P'\n",
            remark(),
            remark(),
            remark()
        );
    } else {
        group += &format!(
            "parties = {{ a = {{ name = {{ es = 'A', en = 'A' }} }} }} {}\n[people]\n{}\np.name = 'P'\n",
            remark(),
            remark()
        );
    }
    let mut files = vec![("group.toml", group)];
    for (file, id, day) in [("1.toml", "one", "2023-03-01"), ("2.toml", "two", "2023-03-08")] {
        let mut text = format!(
            "{}\nid = '{id}' {}\nnumber = {}\ndate = {day}\nmoderator = \"a\"\ntitle = {{ es = 'S', en = 'S' }}\n{}\n",
            remark(),
            remark(),
            &file[..1],
            remark()
        );
        let slots: Vec<(u32, String)> = (0..4).map(|slot| (slot, format!("1{slot}:00"))).collect();
        match layout.form {
            0 => {
                for (slot, start) in &slots {
                    text += &format!(
                        "\n{}\n[[slots]] {}\n{indent}start = \"{start}\" {}\n{indent}end = '1{slot}.30'\n{indent}minutes = 30\n{indent}title = {{ es = 'x', en = 'y' }}\n\
                         {indent}speakers = ['a', {{ party = 'a', tbc = true }}] {}\n\n{}\n",
                        remark(),
                        remark(),
                        remark(),
                        remark(),
                        remark()
                    );
                }
            }
            1 => {
                for (_, start) in &slots {
                    text += &format!(
                        "[[slots]]\n{indent}title.es = 'x' {}\n{indent}start = {start}\n{indent}minutes = 60\n{indent}speakers = [\n{indent}  'a', {}\n{indent}  'p' {}\n{indent}]\n\
                         {indent}[[slots.groups]] {}\n{indent}title = {{ es = 'g', en = 'g' }}\n",
                        remark(),
                        remark(),
                        remark(),
                        remark()
                    );
                }
            }
            2 => {
                let items: Vec<String> = slots
                    .iter()
                    .map(|(_, start)| {
                        format!("{indent}{{ start = '{start}', minutes = 45, title = {{ es = 'x' }} }}, {}\n", remark())
                    })
                    .collect();
                text += &format!("slots = [ {}\n{}]\n[place] {}\nes = 'En línea'\n", remark(), items.concat(), remark());
            }
            _ => {
                let items: Vec<String> = slots.iter().map(|(_, start)| format!("{{start='{start}',end='16:00'}}")).collect();
                text += &format!(
                    "[place] {}\nes = 'En línea'\n[[documents]]\ntitle = {{ es = 'd', en = 'd' }}\nlink = 'https://example.org' {}\n",
                    remark(),
                    remark()
                );
                text = text.replacen("title =", &format!("slots=[{}]\ntitle =", items.join(",")), 1);
            }
        }
        files.push((file, text));
    }
    let mut note = format!("title = {{ es = 'N', en = 'N' }} {}\n", remark());
    for number in 1..4 {
        note += &format!(
            "\n{}\n\n{}\n[[sections]]\nid = 's{number}'\nnumber = {number} {}\ntitle = {{ es = 't', en = 't' }}\n[sections.text]\nes = \"\"\"\nuno [dos](#s2)\n# no comment\n\"\"\" {}\n",
            remark(),
            remark(),
            remark(),
            remark()
        );
        note += &format!("{indent}[[sections.sections]]\n{indent}title = {{ es = 'p', en = 'p' }} {}\n", remark());
    }
    files.push(("concept-note.toml", note));
    let mut project = Project::default();
    for (file, mut text) in files {
        if !layout.last_newline {
            text.truncate(text.trim_end().len());
        }
        let text = if layout.crlf { text.replace('\n', "\r\n") } else { text };
        project.set(&format!("sessions/{file}"), if layout.mark { format!("\u{feff}{text}") } else { text });
    }
    project
}

/// An operation out of four numbers, about what is in a programme.
fn operation(snapshot: &Snapshot, [kind, a, b, c]: [u32; 4]) -> Operation {
    let sessions = &snapshot.written().sessions;
    let (_, chosen) = &sessions[a as usize % sessions.len()];
    let session = chosen.id.as_ref().map_or_else(|| "sessions/1.toml".to_owned(), |id| id.0.clone());
    let slots = chosen.slots.as_ref().map_or(0, |slots| slots.value.len()).max(1);
    let index = b as usize % slots;
    let inner = chosen.slots.as_ref().and_then(|slots| slots.value.get(index)?.items.as_ref());
    // Every third time what is inside, where something is.
    let slot = match inner.map_or(0, |items| items.value.len()) {
        inner if inner > 0 && c % 3 == 0 => SlotPath::from(index).inner(a as usize % inner),
        _ => SlotPath::from(index),
    };
    let hour = NaiveTime::from_hms_opt(9 + c % 6, c % 12 * 5, 0).unwrap();
    let title = Text { es: format!("Título «{c}» # sí").into(), en: format!("Title \"{c}\"").into() };
    let subject = match (&slot.0[..], b % 3) {
        (_, 0) => Subject::Session { session: session.clone() },
        ([slot], _) => Subject::Slot { session: session.clone(), slot: *slot },
        ([slot, items @ ..], _) => Subject::Item { session: session.clone(), slot: *slot, items: items.to_vec() },
        ([], _) => unreachable!("a place has at least one step"),
    };
    let note = snapshot.written().concept_note.as_ref().unwrap();
    let sections = note.1.sections.as_ref().map_or(1, |sections| sections.value.len()).max(1);
    let section = (a as usize % sections + 1).to_string();
    let findings = snapshot.findings().len().max(1);
    match kind % 37 {
        0 => Operation::SetHour { session, slot, bound: if a % 2 == 0 { Bound::Start } else { Bound::End }, to: hour },
        1 => Operation::SetMinutes { session, slot, to: c % 90 + 1 },
        2 => Operation::MoveSlot { session, slot, to: hour },
        3 => Operation::StretchSlot { session, slot, to: c % 90 + 1 },
        4 => Operation::AddSlot {
            session,
            at: if c % 2 == 0 { (b as usize % (slots + 1)).into() } else { SlotPath::from(index).inner(a as usize % 2) },
            slot: NewSlot { start: Some(hour), minutes: Some(5), title, ..NewSlot::default() },
        },
        5 => Operation::SplitSlot { session, slot, at: hour, title },
        6 | 7 => Operation::ReorderSlot { session, slot, to: c as usize % slots },
        8 => Operation::RemoveSlot { session, slot },
        9 | 10 => Operation::SetTitle { of: subject, lang: Lang::ALL[c as usize % 2], to: title.en.to_string() },
        11 => Operation::AddSpeaker {
            to: subject,
            role: [RoleKind::Speaker, RoleKind::Facilitator, RoleKind::Moderator][c as usize % 3],
            who: if c % 2 == 0 {
                Who::Described(title)
            } else {
                Who::Known(snapshot.programme().unwrap().group.parties[0].id.clone())
            },
            tbc: a % 2 == 0,
        },
        12 => Operation::ConfirmSpeaker { of: subject, role: RoleKind::Speaker, index: c as usize % 2 },
        13 => Operation::AddParty {
            id: format!("party-{c}"),
            name: title,
            kind: PartyKind::Agency,
            country: None,
            member: b % 2 == 0,
        },
        14 if b % 2 == 0 => enlist(c, title),
        14 => Operation::AddPerson { id: format!("person-{c}"), name: "Una Persona".to_owned(), party: None },
        15 => Operation::SetStatus { session, to: [Status::Draft, Status::Confirmed, Status::Cancelled][c as usize % 3] },
        16 => Operation::Waive { finding: c as usize % findings, reason: format!("motivo {b}") },
        17 => Operation::ApplyMend { finding: c as usize % findings, mend: b as usize % 2 },
        18 => Operation::AddSession { id: format!("session-{c}"), number: c % 50 + 1, date: today(), title },
        19 => Operation::RenameSession { session, id: Some(format!("renamed-{c}")), number: Some(b % 9 + 1) },
        20 => Operation::MoveSession { session, date: None, start: Some(hour) },
        21 => Operation::AddSection {
            parent: (c % 2 == 0).then_some(section),
            at: b as usize % 3,
            id: format!("section-{c}"),
            title,
        },
        22 => Operation::RenameSection { section, id: format!("named-{c}") },
        23 => Operation::SetTime { session, slot, start: hour, minutes: c % 90 + 1, follow: a % 2 == 0 },
        24 => Operation::DoubtSpeaker { of: subject, role: RoleKind::Speaker, index: c as usize % 2 },
        25 => Operation::RemoveSpeaker { of: subject, role: RoleKind::Speaker, index: c as usize % 2 },
        26 => Operation::SetField { of: subject, field: "title.en".to_owned(), to: None },
        27 => Operation::SetField {
            of: [Subject::Session { session }, Subject::Section { id: section }, Subject::Group][c as usize % 3].clone(),
            field: ["place.es", "text.en", "name.es"][c as usize % 3].to_owned(),
            to: Some(if b % 2 == 0 {
                FieldValue::Line("x \\ \"".to_owned())
            } else {
                FieldValue::Prose("x\n\n\"\"\"\\".to_owned())
            }),
        },
        28 => Operation::ShiftSlots { session, from: slot, minutes: i64::from(c % 90) - 45 },
        29 => Operation::SetDate { session, to: today() },
        30 => Operation::DeclareTime {
            session,
            slot,
            start: (c % 2 == 0).then_some(hour),
            end: None,
            minutes: (c % 3 == 0).then_some(c % 90 + 1),
        },
        31 => {
            let mark = [Mark::Break, Mark::Parallel, Mark::Approximate, Mark::Pinned][c as usize % 4];
            Operation::MarkSlot { session, slot, mark, to: a % 3 != 0 }
        }
        32 => Operation::SetDay { session, slot, to: (c % 2 == 0).then(|| NaiveDate::from_ymd_opt(2023, 3, 1 + c % 9).unwrap()) },
        33 | 34 => Operation::NestSlot { session, slot },
        35 => Operation::LiftSlot { session, slot },
        _ if c % 3 == 0 => Operation::RemoveSection { section },
        _ => Operation::MoveSection { section, to: b as usize % sections },
    }
}

fn files(project: &Project) -> BTreeMap<String, String> {
    project.paths().into_iter().map(|path| (path.to_owned(), project.text(path).unwrap().to_owned())).collect()
}

/// The comments of a generated programme, each with its number of uses.
fn comments(files: &BTreeMap<String, String>) -> BTreeMap<&str, usize> {
    let mut found = BTreeMap::new();
    for text in files.values() {
        for (at, _) in text.match_indices('#') {
            // "#007#": two comments one below the other may stand as far apart.
            let whole = |comment: &&str| comment.ends_with('#') && comment[1..4].bytes().all(|byte| byte.is_ascii_digit());
            if let Some(comment) = text.get(at..at + 5).filter(whole) {
                *found.entry(comment).or_default() += 1;
            }
        }
    }
    found
}

/// An organisation with two of its people.
fn enlist(number: u32, name: Text) -> Operation {
    let id = format!("party-{number}");
    let party = NewParty { id: id.clone(), name, kind: PartyKind::Agency, country: None, member: number.is_multiple_of(2) };
    let person = |which: u32| NewPerson {
        id: format!("person-{number}-{which}"),
        name: "Una \"Persona\"\n[parties.x]".to_owned(),
        party: Some(id.clone()),
        role: Some(Text::fixed("Mayor", "Alcaldesa")),
        emails: ["a", "b"].iter().take(number as usize % 3).map(|own| format!("{own}{which}@example.org")).collect(),
        language: None,
    };
    let people = vec![person(1), person(2)];
    Operation::Enlist { parties: vec![party], people }
}

/// The lines that are no longer there.
fn lost(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let mut kept: BTreeMap<&str, isize> = BTreeMap::new();
    let lines = |text: &'_ String| text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect::<Vec<_>>();
    let after: Vec<String> = after.values().flat_map(lines).collect();
    after.iter().for_each(|line| *kept.entry(line).or_default() += 1);
    let before: Vec<String> = before.values().flat_map(lines).collect();
    let gone = before.iter().filter(|line| {
        let left = kept.entry(line).or_default();
        *left -= 1;
        *left < 0 && !line.trim().is_empty()
    });
    gone.cloned().collect()
}

/// How many lines an operation may write anew; `None` where it depends on what the session or the note holds.
fn most_lines(operation: &Operation) -> Option<usize> {
    match operation {
        Operation::AddSession { .. } => Some(0),
        Operation::SetHour { .. } | Operation::SetMinutes { .. } | Operation::SetTitle { .. } | Operation::SetStatus { .. } => {
            Some(1)
        }
        Operation::AddSlot { .. }
        | Operation::SetDay { .. }
        | Operation::MarkSlot { .. }
        | Operation::ConfirmSpeaker { .. }
        | Operation::DoubtSpeaker { .. }
        | Operation::AddParty { .. }
        | Operation::AddPerson { .. }
        | Operation::Enlist { .. } => Some(1),
        Operation::Waive { .. } | Operation::AddSpeaker { .. } => Some(1),
        Operation::MoveSlot { .. } | Operation::StretchSlot { .. } | Operation::RenameSession { .. } => Some(2),
        Operation::SplitSlot { .. } | Operation::DeclareTime { .. } => Some(3),
        _ => None,
    }
}

/// Makes the operations one after another; gives how many could be made.
fn hold(mut project: Project, numbers: &[[u32; 4]]) -> usize {
    let first = files(&project);
    let mut history: Vec<Change> = Vec::new();
    for numbers in numbers {
        let snapshot = project.snapshot(today());
        let operation = operation(&snapshot, *numbers);
        let before = files(&project);
        let Ok(change) = plan(&snapshot, &operation) else { continue };
        project.apply(&change).unwrap();
        let after = files(&project);
        let broken: Vec<_> =
            project.snapshot(today()).findings().iter().filter(|finding| finding.check == "syntax").cloned().collect();
        assert!(broken.is_empty(), "{operation:?}\n{change:#?}\n{broken:#?}");
        let gone = lost(&before, &after);
        assert!(most_lines(&operation).is_none_or(|most| gone.len() <= most), "{operation:?} rewrote {gone:#?}");
        let takes_away = matches!(
            operation,
            Operation::RemoveSlot { .. }
                | Operation::RemoveSection { .. }
                | Operation::DeclareTime { .. }
                | Operation::MarkSlot { to: false, .. }
                | Operation::SetDay { to: None, .. }
                | Operation::RemoveSpeaker { .. }
                | Operation::SetField { .. }
        );
        for (comment, uses) in comments(&before) {
            let left = comments(&after).get(comment).copied().unwrap_or(0);
            assert!(left == uses || (takes_away && left < uses), "{operation:?} loses or doubles {comment}");
        }
        history.push(change);
    }
    for change in history.iter().rev() {
        project.apply(&change.inverse()).unwrap();
    }
    assert_eq!(files(&project), first);
    history.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn any_changes_keep_the_rest_and_can_be_undone(
        layout in layouts(),
        numbers in proptest::collection::vec(any::<[u32; 4]>(), 32),
    ) {
        hold(generated(layout), &numbers);
    }
}

#[test]
fn most_operations_can_be_made_in_every_layout_and_on_the_shipped_programme() {
    // Numbers without a pattern, the same at each run.
    let mut state = 0x9E37_79B9_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    let numbers: Vec<[u32; 4]> = (0..144).map(|kind| [kind, next(), next(), next()]).collect();
    for form in 0..4 {
        let made =
            hold(generated(Layout { crlf: form % 2 == 0, tabs: true, mark: form == 3, last_newline: form != 1, form }), &numbers);
        assert!(made > 60, "layout {form}: {made}");
    }
    assert!(hold(shipped(), &numbers) > 70);
}
