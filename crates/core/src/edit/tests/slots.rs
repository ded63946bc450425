//! The items of an agenda: their hours, their places, and what is inside them.

use chrono::NaiveDate;

use super::{HEAD, after, agenda, at, session};
use crate::diagnostics::Subject;
use crate::edit::{FieldValue, Mark, NewSlot, Operation, SlotPath, Who};
use crate::locale::{Lang, Text};
use crate::model::RoleKind;

/// A slot by its places from the agenda inward.
fn place(places: &[usize]) -> SlotPath {
    SlotPath(places.to_vec())
}

#[test]
fn a_slot_moves_and_stretches_with_everything_that_says_its_time() {
    let three = "[[slots]]\nstart = '10:00'\nend = '10:30'\nminutes = 30\n";
    let moved = Operation::MoveSlot { session: session(), slot: 0.into(), to: at(23, 45) };
    assert_eq!(agenda(three, &moved), "[[slots]]\nstart = '23:45'\nend = '00:15'\nminutes = 30\n");
    let stretched = Operation::StretchSlot { session: session(), slot: 0.into(), to: 45 };
    assert_eq!(agenda(three, &stretched), "[[slots]]\nstart = '10:00'\nend = '10:45'\nminutes = 45\n");
    assert_eq!(agenda("[[slots]]\nend = '10:30'\nminutes = 30\n", &moved), "[[slots]]\nend = '00:15'\nminutes = 30\n");
    let text = format!("{HEAD}[[slots]]\nend = '10:30'\n");
    assert!(after("1.toml", &text, &moved).is_err_and(|refusal| refusal.reason.en.contains("not known")));
}

#[test]
fn a_slot_is_split_with_its_roles() {
    let before = "[[slots]]\nstart = '10:00'\nend = '10:30'\nminutes = 30\ntitle = { es = 'x', en = 'y' }\nspeakers = ['a'] # who\n# below\n\n# of all\n\n[[slots]]\nminutes = 5\n";
    let split =
        Operation::SplitSlot { session: session(), slot: 0.into(), at: at(10, 20), title: Text::fixed("Questions", "Preguntas") };
    assert_eq!(
        agenda(before, &split),
        "[[slots]]\nstart = '10:00'\nend = '10:20'\nminutes = 20\ntitle = { es = 'x', en = 'y' }\nspeakers = ['a'] # who\n# below\n\n# of all\n\n\
         [[slots]]\nstart = '10:20'\nend = '10:30'\nminutes = 10\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nspeakers = ['a']\n\n[[slots]]\nminutes = 5\n"
    );
    let outside = Operation::SplitSlot { session: session(), slot: 0.into(), at: at(10, 30), title: Text::default() };
    assert!(after("1.toml", &format!("{HEAD}{before}"), &outside).is_err());
}

#[test]
fn slots_are_added_taken_out_and_put_elsewhere_as_whole_lines() {
    let new = NewSlot { start: Some(at(10, 0)), minutes: Some(5), title: Text::fixed("N", "N"), ..NewSlot::default() };
    let add = |at: usize| Operation::AddSlot { session: session(), at: at.into(), slot: new.clone() };
    let mine = "[[slots]]\nstart = \"10:00\"\nminutes = 5\ntitle = { es = \"N\", en = \"N\" }";
    assert_eq!(agenda("# end", &add(9)), format!("# end\n\n{mine}"));
    let two = "[place]\nes = 'x'\n\n# of a\n[[slots]]\nminutes = 1\n  # of g\n  [[slots.groups]]\n  title.es = 'g'\n\n# between\n\n[[slots]]\nminutes = 2";
    assert_eq!(agenda(two, &add(0)), two.replace("# of a", &format!("{mine}\n\n# of a")));
    assert_eq!(agenda(two, &add(1)), two.replace("[[slots]]\nminutes = 2", &format!("{mine}\n\n[[slots]]\nminutes = 2")));
    assert_eq!(agenda(two, &add(2)), format!("{two}\n\n{mine}"));
    let reorder = Operation::ReorderSlot { session: session(), slot: 0.into(), to: 1 };
    assert_eq!(
        agenda(two, &reorder),
        "[place]\nes = 'x'\n\n[[slots]]\nminutes = 2\n\n# between\n\n# of a\n[[slots]]\nminutes = 1\n  # of g\n  [[slots.groups]]\n  title.es = 'g'"
    );
    let remove = |slot: usize| Operation::RemoveSlot { session: session(), slot: SlotPath::from(slot) };
    assert_eq!(agenda(two, &remove(1)), two.split("\n\n[[slots]]\nminutes = 2").next().unwrap());
    assert_eq!(agenda(two, &remove(0)), "[place]\nes = 'x'\n\n# between\n\n[[slots]]\nminutes = 2");

    let inline = "slots = [\n  { minutes = 1 }, # one\n  { minutes = 2 }\n]\n";
    let mine = "{ start = \"10:00\", minutes = 5, title = { es = \"N\", en = \"N\" } }";
    assert_eq!(agenda(inline, &add(1)), format!("slots = [\n  {{ minutes = 1 }}, # one\n  {mine},\n  {{ minutes = 2 }}\n]\n"));
    assert_eq!(agenda(inline, &add(2)), format!("slots = [\n  {{ minutes = 1 }}, # one\n  {{ minutes = 2 }},\n  {mine}\n]\n"));
    assert_eq!(agenda(inline, &add(0)), format!("slots = [\n  {mine},\n  {{ minutes = 1 }}, # one\n  {{ minutes = 2 }}\n]\n"));
    assert_eq!(agenda(inline, &reorder), "slots = [\n  { minutes = 2 }, # one\n  { minutes = 1 }\n]\n");
    assert_eq!(agenda(inline, &remove(0)), "slots = [\n  # one\n  { minutes = 2 }\n]\n");
    assert_eq!(agenda("slots = [ ]\n", &add(0)), format!("slots = [{mine} ]\n"));
    assert_eq!(agenda("slots = [{ minutes = 1 }]\n", &remove(0)), "slots = []\n");

    let apart = format!("{HEAD}[[slots]]\nminutes = 1\n[place]\nes = 'x'\n[slots.title]\nes = 'x'\n[[slots]]\nminutes = 2\n");
    assert!(after("1.toml", &apart, &reorder).is_err_and(|refusal| refusal.reason.es.contains("separados")));
}

#[test]
fn an_item_gets_its_time_and_what_follows_goes_along() {
    let three = "[[slots]]\nstart = 10:00\nend = 10:30\nminutes = 30\n\n[[slots]]\nstart = '10.30'\nminutes = 5\n\n\
                 [[slots]]\nstart = 10:35\nend = 10:40\npinned = true\n\n[[slots]]\nend = 10:50\nminutes = 10 # last\n";
    let set = |start, minutes, follow| Operation::SetTime { session: session(), slot: 0.into(), start, minutes, follow };
    assert_eq!(
        agenda(three, &set(at(10, 5), 40, true)),
        "[[slots]]\nstart = \"10:05\"\nend = \"10:45\"\nminutes = 40\n\n[[slots]]\nstart = '10.45'\nminutes = 5\n\n\
         [[slots]]\nstart = 10:35\nend = 10:40\npinned = true\n\n[[slots]]\nend = \"11:05\"\nminutes = 10 # last\n"
    );
    assert_eq!(
        agenda("[[slots]]\nend = 10:50\nminutes = 10\n", &set(at(10, 0), 20, false)),
        "[[slots]]\nend = \"10:20\"\nminutes = 20\n"
    );
    let shift = Operation::ShiftSlots { session: session(), from: 1.into(), minutes: -5 };
    assert_eq!(agenda(three, &shift), three.replace("10.30", "10.25").replace("end = 10:50", "end = \"10:45\""));
    let longer = three.replace("end = 10:30\nminutes = 30", "end = \"10:35\"\nminutes = 35");
    assert_eq!(agenda(three, &set(at(10, 0), 35, false)), longer);
    // What never waited for the end that was a slip does not come nearer when that is mended.
    let slip = "[[slots]]\nstart = '10:05'\nend = '11:45'\nminutes = 40\n\n[[slots]]\nstart = '10:45'\nend = '11:05'\n";
    assert_eq!(agenda(slip, &set(at(10, 5), 40, true)), slip.replace("11:45", "10:45"));
    assert_eq!(
        agenda(slip, &set(at(10, 0), 40, true)),
        slip.replace("11:45", "10:40").replace("10:05", "10:00").replace("'10:45'\nend = '11:05'", "'10:40'\nend = '11:00'")
    );
    // Over midnight it is minutes, not a day.
    let night = "[[slots]]\nstart = '23:50'\nminutes = 20\n\n[[slots]]\nstart = '00:10'\nminutes = 5\n";
    assert_eq!(agenda(night, &set(at(0, 5), 20, true)), night.replace("00:10", "00:25").replace("23:50", "00:05"));
}

#[test]
fn what_a_slot_declares_of_its_time_is_written_and_nothing_else() {
    let three = "[[slots]]\nstart = '10:00' # a\nend = '10:30'\nminutes = 30\ntitle = 'x' # x\n";
    let declare = |start, end, minutes| Operation::DeclareTime { session: session(), slot: 0.into(), start, end, minutes };
    assert_eq!(agenda(three, &declare(None, None, Some(20))), "[[slots]]\nminutes = 20\ntitle = 'x' # x\n");
    assert_eq!(agenda(three, &declare(Some(at(9, 0)), None, None)), "[[slots]]\nstart = '09:00' # a\ntitle = 'x' # x\n");
    assert_eq!(agenda(three, &declare(None, None, None)), "[[slots]]\ntitle = 'x' # x\n");
    let inline = "slots = [{ minutes = 5, items = [{ title = 'x', end = '9:30' }] }]\n";
    let inner =
        Operation::DeclareTime { session: session(), slot: place(&[0, 0]), start: Some(at(9, 5)), end: None, minutes: None };
    assert_eq!(agenda(inline, &inner), "slots = [{ minutes = 5, items = [{ start = \"09:05\", title = 'x' }] }]\n");
}

#[test]
fn a_slot_is_marked_and_gets_a_day() {
    let before = "[[slots]]\nstart = '10:00'\ntitle = 'x' # x\nspeakers = ['a']\n";
    let mark = |mark, to| Operation::MarkSlot { session: session(), slot: 0.into(), mark, to };
    let pause = agenda(before, &mark(Mark::Break, true));
    assert_eq!(pause, "[[slots]]\nstart = '10:00'\nbreak = true\ntitle = 'x' # x\nspeakers = ['a']\n");
    assert_eq!(agenda(&pause, &mark(Mark::Break, false)), before);
    assert_eq!(agenda("slots = [{ title = 'x' }]", &mark(Mark::Parallel, true)), "slots = [{ parallel = true, title = 'x' }]");
    let day = |to| Operation::SetDay { session: session(), slot: 0.into(), to };
    let second = agenda(before, &day(NaiveDate::from_ymd_opt(2027, 3, 3)));
    assert_eq!(second, "[[slots]]\ndate = 2027-03-03\nstart = '10:00'\ntitle = 'x' # x\nspeakers = ['a']\n");
    assert_eq!(agenda(&second, &day(None)), before);
}

#[test]
fn a_slot_goes_into_the_one_before_it_and_comes_out_again() {
    let nest = |places: &[usize]| Operation::NestSlot { session: session(), slot: place(places) };
    let lift = |places: &[usize]| Operation::LiftSlot { session: session(), slot: place(places) };
    let apart = "[[slots]]\nstart = '9:00'\n\n# b\n[[slots]] # two\ntitle.es = 'x'\n[[slots.groups]]\ntitle = 'g'\n\n[[slots]]\nminutes = 5\n";
    let nested = "[[slots]]\nstart = '9:00'\n\n# b\n[[slots.items]] # two\ntitle.es = 'x'\n[[slots.items.groups]]\ntitle = 'g'\n\n[[slots]]\nminutes = 5\n";
    assert_eq!(agenda(apart, &nest(&[1])), nested);
    assert_eq!(agenda(nested, &lift(&[0, 0])), apart);
    let both = agenda(nested, &nest(&[1]));
    assert_eq!(both, nested.replace("[[slots]]\nminutes", "[[slots.items]]\nminutes"));
    // Those that stay inside stay before it.
    let first_out = agenda(&both, &lift(&[0, 0]));
    assert_eq!(
        first_out,
        "[[slots]]\nstart = '9:00'\n\n[[slots.items]]\nminutes = 5\n\n# b\n[[slots]] # two\ntitle.es = 'x'\n[[slots.groups]]\ntitle = 'g'\n"
    );
    let deeper = agenda(&both, &nest(&[0, 1]));
    assert!(deeper.contains("[[slots.items.items]]\nminutes = 5"), "{deeper}");
    assert_eq!(agenda(&deeper, &lift(&[0, 0, 0])), both);
    let quoted = agenda("[[slots]]\n[['slots']]\n[[ slots . \"groups\" ]]\ntitle = 'g'\n", &nest(&[1]));
    assert_eq!(quoted, "[[slots]]\n[['slots'.items]]\n[[ slots.items . \"groups\" ]]\ntitle = 'g'\n");

    let inline = "slots = [{ minutes = 5 }, { minutes = 6 }, { minutes = 7 }]\n";
    let nested = agenda(inline, &nest(&[1]));
    assert_eq!(nested, "slots = [{ minutes = 5, items = [{ minutes = 6 }] }, { minutes = 7 }]\n");
    assert_eq!(agenda(&nested, &lift(&[0, 0])), inline);
    let both = agenda(&nested, &nest(&[1]));
    assert_eq!(both, "slots = [{ minutes = 5, items = [{ minutes = 6 }, { minutes = 7 }] }]\n");

    let mixed = "[[slots]]\nminutes = 5\nitems = [{ title.es = 'x', minutes = 6 }] # i\n\n[[slots]]\nminutes = 7\n";
    let out = agenda(mixed, &lift(&[0, 0]));
    assert_eq!(
        out,
        "[[slots]]\nminutes = 5\nitems = [] # i\n\n[[slots]]\ntitle.es = 'x'\nminutes = 6\n\n[[slots]]\nminutes = 7\n"
    );
    let refused = |text: &str, operation: &Operation| {
        after("1.toml", &format!("{HEAD}{text}"), operation).unwrap_err().reason.en.to_string()
    };
    assert!(refused(mixed, &nest(&[1])).contains("braces"));
    assert!(refused(mixed, &nest(&[0])).contains("first"));
    assert!(refused(mixed, &lift(&[1])).contains("not inside"));
    let between = "[[slots]]\n[place]\nes = 'x'\n[[slots]]\n";
    assert!(refused(between, &nest(&[1])).contains("between"));
}

#[test]
fn what_is_inside_a_slot_is_changed_like_a_slot() {
    let before = "[[slots]]\nstart = '9:00'\n[[slots.items]]\ntitle = 'x' # x\n\n[[slots]]\nstart = '10:00'\n";
    let item = Subject::Item { session: session(), slot: 0, items: vec![0] };
    let title = Operation::SetTitle { of: item.clone(), lang: Lang::En, to: "y".to_owned() };
    assert_eq!(agenda(before, &title), before.replace("title = 'x'", "title = { es = 'x', en = \"y\" }"));
    let speaker =
        Operation::AddSpeaker { to: item.clone(), role: RoleKind::Speaker, who: Who::Known("a".to_owned()), tbc: false };
    assert_eq!(agenda(before, &speaker), before.replace("# x\n", "# x\nspeakers = [\"a\"]\n"));
    let about =
        Operation::SetField { of: item, field: "description.es".to_owned(), to: Some(FieldValue::Prose("uno".to_owned())) };
    assert_eq!(agenda(before, &about), before.replace("# x\n", "# x\ndescription = { es = \"\"\"\nuno\n\"\"\" }\n"));
    let new = NewSlot { minutes: Some(5), title: Text::fixed("B", "A"), ..NewSlot::default() };
    let add = Operation::AddSlot { session: session(), at: place(&[0, 1]), slot: new };
    let added = agenda(before, &add);
    assert_eq!(added, before.replace("# x\n", "# x\n\n[[slots.items]]\nminutes = 5\ntitle = { es = \"A\", en = \"B\" }\n"));
    let remove = |places: &[usize]| Operation::RemoveSlot { session: session(), slot: place(places) };
    assert_eq!(agenda(&added, &remove(&[0, 1])), before);
    // What is inside goes along.
    let timed = "[[slots]]\nstart = '9:00'\n\n[[slots]]\nstart = '10:00'\n[[slots.items]]\nstart = '10:10'\n";
    let shift = Operation::ShiftSlots { session: session(), from: 1.into(), minutes: 5 };
    assert_eq!(agenda(timed, &shift), timed.replace("10:00", "10:05").replace("10:10", "10:15"));
}
