//! Each operation on the layouts that people have, with the exact text that is left.

mod slots;

use chrono::{NaiveDate, NaiveTime};

use super::{Bound, FieldValue, Mark, NewSlot, Operation, Refusal, Who, plan};
use crate::diagnostics::Subject;
use crate::locale::{Lang, Text};
use crate::model::RoleKind;
use crate::project::Project;
use crate::schema::{PartyKind, Status};

const GROUP: &str = "id = 'g'\ntime-zone = 'America/Guatemala'\nname = { es = 'G', en = 'G' }\n\n\
                     [parties.a]\nname = { es = 'A', en = 'A' }\n\n# Personas\n[people.p]\nname = 'P'\n";

const HEAD: &str = "id = 's'\nnumber = 1\ndate = 2027-03-02\ntitle = { es = 'S', en = 'S' }\n";

fn at(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn project(file: &str, text: &str) -> Project {
    let mut project = Project::in_folders("", "templates");
    project.set("group.toml", GROUP);
    project.set(file, text);
    project
}

/// The text of a file after an operation; undone, it is what it was.
fn after(file: &str, text: &str, operation: &Operation) -> Result<String, Refusal> {
    let mut project = project(file, text);
    let change = plan(&project.snapshot(NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()), operation)?;
    project.apply(&change).unwrap();
    let after = project.text(file).unwrap_or_default().to_owned();
    project.apply(&change.inverse()).unwrap();
    assert_eq!(project.text(file), Some(text));
    Ok(after)
}

/// The agenda after an operation on a session.
fn agenda(slots: &str, operation: &Operation) -> String {
    let text = format!("{HEAD}{slots}");
    let after = after("1.toml", &text, operation).unwrap_or_else(|refusal| panic!("{operation:?}: {}", refusal.reason.en));
    after.strip_prefix(HEAD).expect("the head stays").to_owned()
}

fn session() -> String {
    "s".to_owned()
}

fn slot(slot: usize) -> Subject {
    Subject::Slot { session: session(), slot }
}

#[test]
fn an_hour_is_written_where_it_stands_as_it_was_or_in_quotes() {
    let to = |bound| Operation::SetHour { session: session(), slot: 0.into(), bound, to: at(9, 5) };
    assert_eq!(agenda("\n[[slots]]\nstart = 10:00 # x\n", &to(Bound::Start)), "\n[[slots]]\nstart = \"09:05\" # x\n");
    assert_eq!(agenda("\n[[slots]]\nstart='10.00'", &to(Bound::Start)), "\n[[slots]]\nstart='09.05'");
    assert_eq!(
        agenda("\n[[slots]]\n\tstart = '10:00' # x", &to(Bound::End)),
        "\n[[slots]]\n\tstart = '10:00' # x\n\tend = \"09:05\""
    );
    assert_eq!(agenda("[[slots]] # one\r\n", &to(Bound::Start)), "[[slots]] # one\r\nstart = \"09:05\"\r\n");
    assert_eq!(agenda("slots = [{ minutes = 5 }]\n", &to(Bound::Start)), "slots = [{ start = \"09:05\", minutes = 5 }]\n");
    assert_eq!(agenda("slots = [{}]\n", &to(Bound::Start)), "slots = [{ start = \"09:05\" }]\n");
    assert_eq!(
        agenda("slots = [{ start = '9:00', title.es = 'x' }]\n", &to(Bound::End)),
        "slots = [{ start = '9:00', end = \"09:05\", title.es = 'x' }]\n"
    );
}

#[test]
fn a_title_is_written_in_whatever_way_titles_are_written() {
    let to = Operation::SetTitle { of: slot(0), lang: Lang::En, to: "a \"b\"\n c".to_owned() };
    for (before, after) in [
        ("[[slots]]\ntitle = { es = 'x' } # t\n", "[[slots]]\ntitle = { es = 'x', en = \"a \\\"b\\\" c\" } # t\n"),
        ("[[slots]]\ntitle.es = 'x'\nminutes = 5\n", "[[slots]]\ntitle.es = 'x'\ntitle.en = \"a \\\"b\\\" c\"\nminutes = 5\n"),
        (
            "[[slots]]\nminutes = 5\n[slots.title]\nes = 'x'\n",
            "[[slots]]\nminutes = 5\n[slots.title]\nes = 'x'\nen = \"a \\\"b\\\" c\"\n",
        ),
        (
            "[[slots]]\nminutes = 5\npinned = true\n",
            "[[slots]]\nminutes = 5\npinned = true\ntitle = { en = \"a \\\"b\\\" c\" }\n",
        ),
        ("slots = [{ title = { en = 'old' } }]\n", "slots = [{ title = { en = \"a \\\"b\\\" c\" } }]\n"),
    ] {
        assert_eq!(agenda(before, &to), after);
    }
    let note = "# first\ntitle = { es = 'N', en = 'N' }\n";
    let to = Operation::SetTitle { of: Subject::ConceptNote, lang: Lang::Es, to: "Nota".to_owned() };
    assert_eq!(after("concept-note.toml", note, &to).unwrap(), "# first\ntitle = { es = \"Nota\", en = 'N' }\n");
}

#[test]
fn speakers_are_added_and_confirmed() {
    let add =
        |who: &str, tbc| Operation::AddSpeaker { to: slot(0), role: RoleKind::Speaker, who: Who::Known(who.to_owned()), tbc };
    assert_eq!(agenda("[[slots]]\nminutes = 5\n", &add("a", false)), "[[slots]]\nminutes = 5\nspeakers = [\"a\"]\n");
    assert_eq!(
        agenda("[[slots]]\nspeakers = ['a'] # x\n", &add("p", true)),
        "[[slots]]\nspeakers = ['a', { person = \"p\", tbc = true }] # x\n"
    );
    assert_eq!(
        agenda("[[slots]]\nspeakers = [\n\t'a', # x\n]\n", &add("p", false)),
        "[[slots]]\nspeakers = [\n\t'a', # x\n\t\"p\",\n]\n"
    );
    let unknown = after("1.toml", &format!("{HEAD}[[slots]]\nminutes = 5\n"), &add("nobody", false));
    assert!(unknown.is_err_and(|refusal| refusal.reason.en.contains("no person `nobody`")));
    let confirm = |index| Operation::ConfirmSpeaker { of: slot(0), role: RoleKind::Speaker, index };
    let two = "[[slots]]\nspeakers = [{ party = 'a', tbc = true }, { who.es = 'x', party = 'a', tbc = true }, { who.es = 'x', tbc = true }]\n";
    assert_eq!(agenda(two, &confirm(0)), two.replace("{ party = 'a', tbc = true }, { who", "'a', { who"));
    assert_eq!(
        agenda(two, &confirm(1)),
        two.replace("party = 'a', tbc = true }, { who.es = 'x', tbc", "party = 'a', tbc = false }, { who.es = 'x', tbc")
    );
    assert!(after("1.toml", &format!("{HEAD}{two}"), &confirm(2)).is_err());
    let in_words = "[[slots]]\nspeakers = ['Ana Prueba (por confirmar)', 'Por confirmar']\n";
    assert_eq!(agenda(in_words, &confirm(0)), in_words.replace("'Ana Prueba (por confirmar)'", "\"Ana Prueba\""));
    assert!(after("1.toml", &format!("{HEAD}{in_words}"), &confirm(1)).is_err());
}

#[test]
fn parties_people_status_and_sessions() {
    let party = Operation::AddParty {
        id: "b".to_owned(),
        name: Text::fixed("B", "B"),
        kind: PartyKind::Agency,
        country: Some("GT".to_owned()),
        member: true,
    };
    let added =
        "[parties.b]\nkind = \"agency\"\ncountry = \"GT\"\nmember = true\nname = { es = \"B\", en = \"B\" }\n\n# Personas";
    assert_eq!(after("group.toml", GROUP, &party).unwrap(), GROUP.replace("# Personas", added));
    let person = Operation::AddPerson { id: "q".to_owned(), name: "Q".to_owned(), party: Some("a".to_owned()) };
    assert_eq!(after("group.toml", GROUP, &person).unwrap(), format!("{GROUP}\n[people.q]\nname = \"Q\"\nparty = \"a\"\n"));
    let twice = Operation::AddPerson { id: "a".to_owned(), name: "Q".to_owned(), party: None };
    assert!(after("group.toml", GROUP, &twice).is_err_and(|refusal| refusal.reason.es.contains("en uso")));
    let inline = "id = 'g'\nname = { es = 'G', en = 'G' }\npeople = { p = { name = 'P' } }\n";
    assert_eq!(
        after("group.toml", inline, &person).unwrap(),
        inline.replace("'P' }", "'P' }, q = { name = \"Q\", party = \"a\" }")
    );

    let status = Operation::SetStatus { session: session(), to: Status::Confirmed };
    assert_eq!(after("1.toml", HEAD, &status).unwrap(), HEAD.replace("title", "status = \"confirmed\"\ntitle"));
    let rename = Operation::RenameSession { session: session(), id: Some("t".to_owned()), number: Some(2) };
    assert_eq!(after("1.toml", HEAD, &rename).unwrap(), HEAD.replace("'s'\nnumber = 1", "\"t\"\nnumber = 2"));
    let mut project = project("1.toml", HEAD);
    let today = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    let add = Operation::AddSession { id: "new".to_owned(), number: 2, date: today, title: Text::fixed("New", "Nueva") };
    let change = plan(&project.snapshot(today), &add).unwrap();
    project.apply(&change).unwrap();
    assert_eq!(
        project.text("2-new.toml"),
        Some("id = \"new\"\nnumber = 2\ndate = 2027-01-01\nstatus = \"draft\"\ntitle = { es = \"Nueva\", en = \"New\" }\n")
    );
    assert!(plan(&project.snapshot(today), &add).is_err());
    project.apply(&change.inverse()).unwrap();
    assert_eq!(project.paths(), ["1.toml", "group.toml"]);
}

#[test]
fn findings_are_mended_or_accepted_in_place() {
    let today = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    let text = format!(
        "{HEAD}moderator = 'a'\n\n[[slots]]\nstart = '10:00'\nminutes = 5\ntitle = {{ es = 'x', en = 'y' }}\nspeakers = [{{ party = 'a', tbc = true }}]\n"
    );
    let mut project = project("1.toml", &text);
    let snapshot = project.snapshot(today);
    let finding = snapshot.findings().iter().position(|finding| finding.check == "speaker-tbc").unwrap();
    let change = plan(&snapshot, &Operation::Waive { finding, reason: "así se anuncia".to_owned() }).unwrap();
    project.apply(&change).unwrap();
    let waiver = "waive = [{ check = \"speaker-tbc\", reason = \"así se anuncia\" }]\n";
    assert_eq!(project.text("1.toml"), Some(format!("{text}{waiver}").as_str()));
    assert!(project.snapshot(today).findings().iter().any(|finding| finding.waived.is_some()));
    assert!(plan(&snapshot, &Operation::Waive { finding, reason: " ".to_owned() }).is_err());
    assert!(plan(&snapshot, &Operation::ApplyMend { finding: 99, mend: 0 }).is_err());
}

#[test]
fn sections_are_numbered_by_their_place() {
    let note = "title = { es = 'N', en = 'N' }\n\n# ── I ──\n\n[[sections]]\nid = 'one'\nnumber = 1\ntitle.es = 'x'\ntext.es = \"\"\"\n[y](#two)\n\"\"\"\n\n\
                # of two\n[[sections]]\nid = 'two'\nnumber = 2\n\n[[sections.sections]]\nid = 'part'\n";
    let made = |operation: &Operation| {
        after("concept-note.toml", note, operation).unwrap_or_else(|refusal| panic!("{}", refusal.reason.en))
    };
    let moved = made(&Operation::MoveSection { section: "one".to_owned(), to: 1 });
    assert!(moved.contains("# ── I ──\n\n# of two\n[[sections]]\nid = 'two'\nnumber = 1\n\n[[sections.sections]]\nid = 'part'\n\n[[sections]]\nid = 'one'\nnumber = 2"), "{moved}");
    let renamed = made(&Operation::RenameSection { section: "two".to_owned(), id: "dos".to_owned() });
    assert_eq!(renamed, note.replace("'two'", "\"dos\"").replace("#two", "#dos"));
    let removed = made(&Operation::RemoveSection { section: "1".to_owned() });
    assert!(removed.contains("# ── I ──\n\n# of two\n[[sections]]\nid = 'two'\nnumber = 1"), "{removed}");
    let title = Text::fixed("T", "T");
    let added = made(&Operation::AddSection { parent: None, at: 1, id: "mid".to_owned(), title: title.clone() });
    assert!(added.contains("[[sections]]\nid = \"mid\"\nnumber = 2\ntitle = { es = \"T\", en = \"T\" }\n\n# of two\n[[sections]]\nid = 'two'\nnumber = 3"), "{added}");
    let inner = made(&Operation::AddSection { parent: Some("one".to_owned()), at: 0, id: "in".to_owned(), title });
    assert!(inner.contains("\"\"\"\n\n[[sections.sections]]\nid = \"in\"\nnumber = 1\n"), "{inner}");
}

#[test]
fn a_key_is_written_and_taken_away() {
    let line = |text: &str| Some(FieldValue::Line(text.to_owned()));
    let set = |of: Subject, field: &str, to| Operation::SetField { of, field: field.to_owned(), to };
    let one = Subject::Session { session: session() };
    assert_eq!(agenda("# end\n", &set(one.clone(), "place.es", line("Aquí"))), "place = { es = \"Aquí\" }\n# end\n");
    for (before, after) in [
        ("place = { es = 'x', en = 'y' } # p\n", "place = { en = 'y' } # p\n"),
        ("place = { en = 'y', es = 'x' }\n", "place = { en = 'y' }\n"),
        ("place = { es = 'x' } # p\nrevised = 2027-01-01\n", "revised = 2027-01-01\n"),
        ("place.es = 'x' # p\nplace.en = 'y'\n", "place.en = 'y'\n"),
        ("[place]\nes = 'x'\nen = 'y'\n", "[place]\nen = 'y'\n"),
        ("[place]\nen = 'y'\n", "[place]\nen = 'y'\n"),
    ] {
        assert_eq!(agenda(before, &set(one.clone(), "place.es", None)), after, "{before}");
    }
    assert_eq!(
        agenda("slots = [{ minutes = 5, pinned = true }]\n", &set(slot(0), "pinned", None)),
        "slots = [{ minutes = 5 }]\n"
    );
    assert_eq!(
        agenda("[[slots]]\nminutes = 5\n", &set(slot(0), "pinned", Some(FieldValue::Flag(true)))),
        "[[slots]]\nminutes = 5\npinned = true\n"
    );
    let mail = set(Subject::Person { id: "p".to_owned() }, "email", line("p@example.org"));
    let with = after("group.toml", GROUP, &mail).unwrap();
    assert_eq!(with, GROUP.replace("name = 'P'", "name = 'P'\nemail = \"p@example.org\""));
    let note = "title = { es = 'N', en = 'N' }\n[[sections]]\nid = 'one'\ntitle = { es = 'U', en = 'O' }\n[sections.text]\nes = \"\"\"\nviejo\n\"\"\"\n";
    let prose = Some(FieldValue::Prose("Uno \"\"\"tres\"\"\" \\ \n\n- dos\n".to_owned()));
    let text = set(Subject::Section { id: "one".to_owned() }, "text.es", prose);
    let after = after("concept-note.toml", note, &text).unwrap();
    assert_eq!(after, note.replace("viejo", "Uno \"\"\\\"tres\"\"\\\" \\\\\n\n- dos"));
}

#[test]
fn a_role_is_doubted_and_taken_away() {
    let role = RoleKind::Speaker;
    let doubt = |index| Operation::DoubtSpeaker { of: slot(0), role, index };
    let before = "[[slots]]\nspeakers = ['a', 'p', { who = { es = 'x', en = 'x' } }]\nminutes = 5\n";
    assert_eq!(agenda(before, &doubt(0)), before.replace("['a'", "[{ party = 'a', tbc = true }"));
    assert_eq!(agenda(before, &doubt(1)), before.replace("'p'", "{ person = 'p', tbc = true }"));
    assert_eq!(agenda(before, &doubt(2)), before.replace("'x' } }]", "'x' }, tbc = true }]"));
    let remove = |index| Operation::RemoveSpeaker { of: slot(0), role, index };
    assert_eq!(agenda(before, &remove(1)), before.replace("'p', ", ""));
    assert_eq!(agenda("[[slots]]\nspeakers = ['a']\nminutes = 5\n", &remove(0)), "[[slots]]\nminutes = 5\n");
    assert!(after("1.toml", &format!("{HEAD}{before}"), &remove(3)).is_err());
}

#[test]
fn a_session_moves_with_the_days_of_its_items_and_its_hours_elsewhere() {
    let head = "id = 's'\nnumber = 1\ndate = 2027-03-02\nrevised = 2027-01-01\nmoderator = 'a'\ntitle = { es = 'S', en = 'S' }\n";
    let rest = "also = [{ time-zone = 'America/New_York', start = '11:00', end = '12:00' }]\n\
                [[slots]]\nstart = '10:00'\nend = '11:00'\n\n[[slots]]\ndate = 2027-03-03\nstart = '9:00'\nend = '11:00'\n";
    let day = |day| NaiveDate::from_ymd_opt(2027, 3, day);
    let to = |date, start| Operation::MoveSession { session: session(), date, start };
    // Summer time in the United States begins on 14 March 2027 (15 U.S.C. § 260a): New York is an hour nearer then.
    let written = format!("{head}{rest}");
    let moved = after("1.toml", &written, &to(day(23), Some(at(10, 0)))).unwrap();
    let expected = written
        .replace("2027-03-02", "2027-03-23")
        .replace("2027-03-03", "2027-03-24")
        .replace("start = '11:00', end = '12:00'", "start = '12:00', end = '13:00'");
    assert_eq!(moved, expected);
    // Without hours only the day moves.
    let written = format!("{head}weekday = 'martes'\n");
    let moved = after("1.toml", &written, &to(day(10), None)).unwrap();
    assert_eq!(moved, written.replace("2027-03-02", "2027-03-10").replace("'martes'", "\"miércoles\""));
}

/// A file whose keys are Spanish stays Spanish, whatever is done to it.
#[test]
fn what_is_written_into_a_file_has_keys_in_its_language() {
    const HEAD: &str = "id = 's'\nnumero = 1\nfecha = 2027-03-02\ntitulo = { es = 'S', en = 'S' }\n";
    let done = |slots: &str, operation: Operation| {
        let after =
            after("1.toml", &format!("{HEAD}{slots}"), &operation).unwrap_or_else(|refusal| panic!("{}", refusal.reason.en));
        after.strip_prefix(HEAD).expect("the head stays").to_owned()
    };
    let item = "\n[[agenda]]\ninicio = '10:00'\ntitulo = { es = 'X', en = 'X' }\n";
    let hour = Operation::SetHour { session: session(), slot: 0.into(), bound: Bound::Start, to: at(9, 5) };
    assert_eq!(done(item, hour), item.replace("10:00", "09:05"));
    let end = Operation::SetHour { session: session(), slot: 0.into(), bound: Bound::End, to: at(10, 30) };
    assert_eq!(done(item, end), item.replace("'10:00'\n", "'10:00'\nfin = \"10:30\"\n"));
    let new = NewSlot { start: Some(at(11, 0)), end: None, minutes: Some(20), title: Text::same("Y") };
    let add = Operation::AddSlot { session: session(), at: 1.into(), slot: new };
    let added = "\n[[agenda]]\ninicio = \"11:00\"\nminutos = 20\ntitulo = { es = \"Y\", en = \"Y\" }\n";
    assert_eq!(done(item, add), format!("{item}{added}"));
    let speaker = Operation::AddSpeaker { to: slot(0), role: RoleKind::Speaker, who: Who::Known("a".to_owned()), tbc: true };
    assert_eq!(done(item, speaker), format!("{item}ponentes = [{{ organizacion = \"a\", por-confirmar = true }}]\n"));
    let mark = Operation::MarkSlot { session: session(), slot: 0.into(), mark: Mark::Break, to: true };
    assert_eq!(done(item, mark), item.replace("'10:00'\n", "'10:00'\nreceso = true\n"));
    let two = format!("{item}{}", item.replace("10:00", "11:00"));
    let nested = Operation::NestSlot { session: session(), slot: 1.into() };
    assert_eq!(
        done(&two, nested),
        format!("{item}{}", item.replace("10:00", "11:00").replace("[[agenda]]", "[[agenda.puntos]]"))
    );
    let title = Operation::SetTitle { of: slot(0), lang: Lang::Es, to: "Z".to_owned() };
    assert_eq!(done(item, title), item.replace("es = 'X'", "es = \"Z\""));
    let date = Operation::SetDate { session: session(), to: NaiveDate::from_ymd_opt(2027, 3, 9).unwrap() };
    let moved = after("1.toml", &format!("{HEAD}{item}"), &date).unwrap();
    assert_eq!(moved, format!("{HEAD}{item}").replace("03-02", "03-09"));
}
